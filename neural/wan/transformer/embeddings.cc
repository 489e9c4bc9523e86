#include "neural/wan/transformer/embeddings.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <unordered_map>

namespace neural::wan {

using tensor::Shape;
using tensor::Tensor;

RopeTable wan_rope(std::array<int64_t, 3> grid, int64_t head_dim) {
    const int64_t half = head_dim / 2, side = half / 3;
    const std::array<int64_t, 3> pairs = {half - 2 * side, side, side};
    std::array<std::vector<float>, 3> cos, sin;  // [position, pair] of an axis
    for (size_t axis = 0; axis < 3; ++axis) {
        for (int64_t p = 0; p < grid[axis]; ++p) {
            for (int64_t i = 0; i < pairs[axis]; ++i) {
                const double frequency =
                    1.0 / std::pow(10000.0, static_cast<double>(2 * i) /
                                                static_cast<double>(2 * pairs[axis]));
                const double angle = static_cast<double>(p) * frequency;
                cos[axis].push_back(static_cast<float>(std::cos(angle)));
                sin[axis].push_back(static_cast<float>(std::sin(angle)));
            }
        }
    }
    const int64_t tokens = grid[0] * grid[1] * grid[2];
    RopeTable table{Tensor(Shape{1, tokens, 1, half}), Tensor(Shape{1, tokens, 1, half})};
    float* c = table.cos.f32();
    float* s = table.sin.f32();
    for (int64_t token = 0; token < tokens; ++token) {
        const std::array<int64_t, 3> at = {token / (grid[1] * grid[2]), token / grid[2] % grid[1],
                                           token % grid[2]};
        for (size_t axis = 0; axis < 3; ++axis) {
            const size_t row = static_cast<size_t>(at[axis] * pairs[axis]);
            c = std::copy_n(cos[axis].data() + row, pairs[axis], c);
            s = std::copy_n(sin[axis].data() + row, pairs[axis], s);
        }
    }
    return table;
}

Tensor timestep_sinusoid(const std::vector<float>& timesteps, int64_t width) {
    const int64_t half = width / 2;
    Tensor t(Shape{static_cast<int64_t>(timesteps.size()), width});
    float* out = t.f32();
    for (const float timestep : timesteps) {
        for (int64_t i = 0; i < half; ++i) {
            const double angle =
                static_cast<double>(timestep) *
                std::pow(10000.0, -static_cast<double>(i) / static_cast<double>(half));
            out[i] = static_cast<float>(std::cos(angle));
            out[half + i] = static_cast<float>(std::sin(angle));
        }
        out += width;
    }
    return t;
}

Distinct distinct(const float* values, int64_t count) {
    Distinct d;
    std::unordered_map<uint32_t, int32_t> known;
    for (int64_t i = 0; i < count; ++i) {
        const auto [entry, fresh] = known.emplace(std::bit_cast<uint32_t>(values[i]),
                                                  static_cast<int32_t>(d.values.size()));
        if (fresh) d.values.push_back(values[i]);
        d.index.push_back(entry->second);
    }
    return d;
}

}  // namespace neural::wan
