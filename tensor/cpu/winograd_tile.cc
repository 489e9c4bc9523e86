#include "tensor/cpu/winograd_tile.h"

#include "tensor/cpu/lanes.h"

namespace tensor {
namespace {

constexpr float kRoot = 1.41421356237309505f, kHalfRoot = 0.70710678118654752f;

// B^T d, the input's transform.
template <typename Lane>
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

template <int W>
AOZORA_INLINE void winograd_input_body(const float* const* pixels, float* planes) {
    using Lane = typename Lanes<W>::type;
    for (int64_t c = 0; c < kWinogradLanes; c += W) {
        Lane columns[6][6];  // [column][row]
        for (int j = 0; j < 6; ++j) {
            for (int i = 0; i < 6; ++i) load_lanes<W>(columns[j][i], pixels[6 * i + j] + c);
            input_line(columns[j]);
        }
        for (int i = 0; i < 6; ++i) {
            Lane row[6];
            for (int j = 0; j < 6; ++j) row[j] = columns[j][i];
            input_line(row);
            for (int j = 0; j < 6; ++j)
                store_lanes<W>(planes + (6 * i + j) * kWinogradLanes + c, row[j]);
        }
    }
}

// A^T m.
template <typename Lane>
AOZORA_INLINE void output_line(const Lane* m, Lane* y) {
    const Lane p = m[1] + m[2], q = m[1] - m[2], r = m[3] + m[4], s = m[3] - m[4];
    y[0] = m[0] + p + r;
    y[1] = kHalfRoot * q + kRoot * s;
    y[2] = 0.5f * p + 2.0f * r;
    y[3] = 0.5f * kHalfRoot * q + 2.0f * kRoot * s + m[5];
}

template <int W>
AOZORA_INLINE void winograd_output_body(const float* planes, int64_t step, float* out) {
    using Lane = typename Lanes<W>::type;
    for (int64_t c = 0; c < kWinogradLanes; c += W) {
        Lane columns[6][4];
        for (int j = 0; j < 6; ++j) {
            Lane m[6];
            for (int i = 0; i < 6; ++i) load_lanes<W>(m[i], planes + (6 * i + j) * step + c);
            output_line(m, columns[j]);
        }
        for (int i = 0; i < 4; ++i) {
            Lane m[6], y[4];
            for (int j = 0; j < 6; ++j) m[j] = columns[j][i];
            output_line(m, y);
            for (int j = 0; j < 4; ++j)
                store_lanes<W>(out + (4 * i + j) * kWinogradLanes + c, y[j]);
        }
    }
}

}  // namespace

AOZORA_KERNEL_BY_WIDTH(winograd_input, (const float* const* pixels, float* planes),
                       (pixels, planes))
AOZORA_KERNEL_BY_WIDTH(winograd_output, (const float* planes, int64_t step, float* out),
                       (planes, step, out))

}  // namespace tensor
