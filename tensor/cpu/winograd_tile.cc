#include "tensor/cpu/winograd_tile.h"

#include "base/cpu/kernel.h"

namespace tensor {
namespace {

constexpr int kN = kWinogradLanes;
typedef float Lane __attribute__((vector_size(kN * sizeof(float))));

AOZORA_INLINE void load(Lane& v, const float* from) { __builtin_memcpy(&v, from, sizeof v); }
AOZORA_INLINE void store(float* to, const Lane& v) { __builtin_memcpy(to, &v, sizeof v); }

constexpr float kRoot = 1.41421356237309505f, kHalfRoot = 0.70710678118654752f;

// B^T d, the input's transform.
AOZORA_INLINE void input_line(Lane* d) {
    const Lane a = d[4] - 2.0f * d[2], b = kHalfRoot * d[3] - kRoot * d[1];
    const Lane c = d[4] - 0.5f * d[2], e = kRoot * d[3] - kHalfRoot * d[1];
    const Lane first = d[0] + d[4] - 2.5f * d[2];
    const Lane last = d[1] + d[5] - 2.5f * d[3];
    d[0] = first;
    d[1] = a + b;
    d[2] = a - b;
    d[3] = c + e;
    d[4] = c - e;
    d[5] = last;
}

AOZORA_INLINE void winograd_input_body(const float* const* pixels, float* planes) {
    Lane columns[6][6];  // [column][row]
    for (int j = 0; j < 6; ++j) {
        for (int i = 0; i < 6; ++i) load(columns[j][i], pixels[6 * i + j]);
        input_line(columns[j]);
    }
    for (int i = 0; i < 6; ++i) {
        Lane row[6];
        for (int j = 0; j < 6; ++j) row[j] = columns[j][i];
        input_line(row);
        for (int j = 0; j < 6; ++j) store(planes + (6 * i + j) * kN, row[j]);
    }
}

// A^T m.
AOZORA_INLINE void output_line(const Lane* m, Lane* y) {
    const Lane p = m[1] + m[2], q = m[1] - m[2], r = m[3] + m[4], s = m[3] - m[4];
    y[0] = m[0] + p + r;
    y[1] = kHalfRoot * q + kRoot * s;
    y[2] = 0.5f * p + 2.0f * r;
    y[3] = 0.5f * kHalfRoot * q + 2.0f * kRoot * s + m[5];
}

AOZORA_INLINE void winograd_output_body(const float* planes, int64_t step, float* out) {
    Lane columns[6][4];
    for (int j = 0; j < 6; ++j) {
        Lane m[6];
        for (int i = 0; i < 6; ++i) load(m[i], planes + (6 * i + j) * step);
        output_line(m, columns[j]);
    }
    for (int i = 0; i < 4; ++i) {
        Lane m[6], y[4];
        for (int j = 0; j < 6; ++j) m[j] = columns[j][i];
        output_line(m, y);
        for (int j = 0; j < 4; ++j) store(out + (4 * i + j) * kN, y[j]);
    }
}

}  // namespace

AOZORA_KERNEL(winograd_input, (const float* const* pixels, float* planes), (pixels, planes))
AOZORA_KERNEL(winograd_output, (const float* planes, int64_t step, float* out), (planes, step, out))

}  // namespace tensor
