// Neighbourhood attention. A group is six queries side by side along the width: their windows
// cover the same lines of keys, and of each line kernel + 5 columns, packed as panels of sixteen
// once per group position. Groups below one another meet the keys of a frame while those are in
// the cache. Loops: flash.cc.
#include <algorithm>
#include <limits>
#include <vector>

#include "tensor/core/memory.h"
#include "tensor/core/parallel.h"
#include "tensor/cpu/cpu.h"
#include "tensor/cpu/flash.h"
#include "tensor/cpu/panel.h"
#include "tensor/cpu/scratch.h"

namespace tensor {
namespace {

using namespace flash;

constexpr int64_t kStack = 8;  // groups below one another
constexpr float kNoKey = -std::numeric_limits<float>::infinity();

int64_t up_to(int64_t n, int64_t step) { return (n + step - 1) / step * step; }

// Where windows begin, and how the keys of one head are packed:
//   keys   [frame][group position][line][chunk][D][16]
//   values [frame][line][column, padded][width]
struct Plan {
    std::array<int64_t, 3> size, kernel;
    int64_t heads, D, width;
    int64_t positions;  // groups of a line
    int64_t chunks;     // panels that a group needs of a line
    int64_t columns;    // of a packed line of values

    Plan(const Tensor& q, const std::array<int64_t, 3>& k)
        : size{q.dim(1), q.dim(2), q.dim(3)},
          kernel(k),
          heads(q.dim(4)),
          D(q.dim(5)),
          width(up_to(D, kPanel)),
          positions((size[2] + kRows - 1) / kRows),
          chunks(up_to(std::min(kernel[2] + kRows - 1, size[2]), kPanel) / kPanel),
          columns(size[2] + chunks * kPanel) {}

    int64_t start(int axis, int64_t i) const {
        return std::clamp<int64_t>(i - kernel[axis] / 2, 0, size[axis] - kernel[axis]);
    }
    int64_t first_column(int64_t position) const { return start(2, position * kRows); }
    int64_t key_panel(int64_t t, int64_t position, int64_t line) const {
        return ((t * positions + position) * size[1] + line) * chunks * D * kPanel;
    }
    int64_t value_row(int64_t t, int64_t line, int64_t column) const {
        return ((t * size[1] + line) * columns + column) * width;
    }
    int64_t keys_size() const { return key_panel(size[0], 0, 0); }
    int64_t values_size() const { return value_row(size[0], 0, 0); }
};

// One line of keys and values; `k` and `v` at its first column, columns heads * D apart.
void pack_line(const Plan& p, int64_t t, int64_t line, const float* k, const float* v, float* keys,
               float* values) {
    const int64_t stride = p.heads * p.D;
    for (int64_t g = 0; g < p.positions; ++g) {
        float* to = keys + p.key_panel(t, g, line);
        for (int64_t c = 0; c < p.chunks; ++c, to += p.D * kPanel) {
            const int64_t at = p.first_column(g) + c * kPanel;
            pack_panel(k + at * stride, stride, std::clamp<int64_t>(p.size[2] - at, 0, kPanel), p.D,
                       to);
        }
    }
    for (int64_t at = 0; at < p.columns; at += kPanel) {
        // The last panel may overlap the one before it: a line is not a whole number of them.
        const int64_t from = std::min(at, p.columns - kPanel);
        pack_values(v + from * stride, stride, std::clamp<int64_t>(p.size[2] - from, 0, kPanel),
                    p.D, p.width, values + p.value_row(t, line, from));
    }
}

// Groups at `position` of the lines [top, bottom) of frame t; q and y at the head's first value.
void attend(const Plan& p, int64_t t, int64_t position, int64_t top, int64_t bottom, float scale,
            const float* q, const float* keys, const float* values, float* y) {
    const int64_t stride = p.heads * p.D, column = position * kRows,
                  count = std::min(kRows, p.size[2] - column), period = p.chunks * kPanel;
    const int64_t groups = bottom - top, q_size = p.D * kRows, out_size = kRows * p.width;
    Scratch& scratch = thread_scratch();
    scratch.begin(Scratch::padded(groups * q_size) + Scratch::padded(groups * out_size) +
                  kRows * (kColumns + period));
    float* packed = scratch.take(groups * q_size);
    float* out = scratch.take(groups * out_size);
    float* logits = scratch.take(kRows * kColumns);
    float* mask = scratch.take(kRows * period);
    std::fill_n(mask, kRows * period, kNoKey);
    const int64_t base = p.first_column(position);
    for (int64_t i = 0; i < kRows; ++i) {
        const int64_t from = p.start(2, column + std::min(i, count - 1)) - base;
        std::fill_n(mask + i * period + from, p.kernel[2], 0.0f);
    }
    std::fill_n(out, groups * out_size, 0.0f);
    Softmax states[kStack];
    const auto row_of = [&](int64_t line, int64_t i) {
        return ((t * p.size[1] + line) * p.size[2] + column + i) * stride;
    };
    for (int64_t g = 0; g < groups; ++g) {
        const float* rows[kRows];
        for (int64_t i = 0; i < count; ++i) rows[i] = q + row_of(top + g, i);
        pack_strip(rows, count, p.D, scale, packed + g * q_size);
        flash::begin(states[g]);
    }
    const int64_t t0 = p.start(0, t);
    for (int64_t frame = t0; frame < t0 + p.kernel[0]; ++frame) {
        for (int64_t g = 0; g < groups; ++g) {
            const int64_t line0 = p.start(1, top + g), panels_of_frame = p.kernel[1] * p.chunks;
            // A block is a whole number of lines where a line fits, so that the mask repeats.
            const int64_t step = p.chunks <= kPanels ? kPanels / p.chunks * p.chunks : kPanels;
            for (int64_t first = 0; first < panels_of_frame;) {
                const int64_t chunk = first % p.chunks;
                const int64_t n = std::min(
                    {step, panels_of_frame - first, p.chunks <= kPanels ? step : p.chunks - chunk});
                Panel panels[kPanels];
                for (int64_t i = 0; i < n; ++i) {
                    const int64_t line = line0 + (first + i) / p.chunks, c = (first + i) % p.chunks;
                    panels[i] = {keys + p.key_panel(frame, position, line) + c * p.D * kPanel,
                                 values + p.value_row(frame, line, base + c * kPanel)};
                }
                scores(packed + g * q_size, p.D, panels, n, kPanel, logits);
                if (p.chunks <= kPanels) {
                    add_mask(logits, n * kPanel, mask, period, period);
                } else {
                    add_mask(logits, n * kPanel, mask + chunk * kPanel, period, n * kPanel);
                }
                float keep[kRows];
                soften(logits, n * kPanel, &states[g], keep);
                mix(logits, panels, n, p.width, p.width, keep, out + g * out_size);
                first += n;
            }
        }
    }
    for (int64_t g = 0; g < groups; ++g) {
        for (int64_t i = 0; i < count; ++i) {
            const float factor = inverse_sum(states[g], i);
            const float* from = out + g * out_size + i * p.width;
            float* to = y + row_of(top + g, i);
            for (int64_t c = 0; c < p.D; ++c) to[c] = from[c] * factor;
        }
    }
}

}  // namespace

void CpuBackend::neighbourhood_attention(const Tensor& q, const Tensor& k, const Tensor& v,
                                         std::array<int64_t, 3> kernel, float scale, Tensor& y) {
    const Plan p(q, kernel);
    const int64_t lines = p.size[0] * p.size[1];
    if (q.elements() == 0) return;
    Tensor keys(Shape{p.keys_size()}), values(Shape{p.values_size()});
    const int64_t stacks = (p.size[1] + kStack - 1) / kStack;
    for (int64_t u = 0; u < q.dim(0) * p.heads; ++u) {
        const int64_t at = (u / p.heads * lines * p.size[2] * p.heads + u % p.heads) * p.D;
        parallel_for(lines, 4, [&](int64_t begin, int64_t end) {
            for (int64_t l = begin; l < end; ++l) {
                const int64_t row = at + l * p.size[2] * p.heads * p.D;
                pack_line(p, l / p.size[1], l % p.size[1], k.f32() + row, v.f32() + row, keys.f32(),
                          values.f32());
            }
        });
        parallel_for(p.size[0] * stacks * p.positions, 1, [&](int64_t begin, int64_t end) {
            for (int64_t i = begin; i < end; ++i) {
                const int64_t stack = i / p.positions % stacks;
                attend(p, i / (p.positions * stacks), i % p.positions, stack * kStack,
                       std::min((stack + 1) * kStack, p.size[1]), scale, q.f32() + at, keys.f32(),
                       values.f32(), y.f32() + at);
            }
        });
    }
}

}  // namespace tensor
