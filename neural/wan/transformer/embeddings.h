// The tables that the transformer makes from positions and timesteps, on the host.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "tensor/ops/arithmetic.h"

namespace neural::wan {

struct RopeTable {
    tensor::Tensor cos, sin;  // [1, T, 1, head_dim/2] for rope_inplace with pairs
};

// Positions (frame, row, column) of a grid, tokens frame-major. The pairs of a head are split into
// head_dim/2 - 2 n for time and n each for rows and columns, n = head_dim/2/3; each axis has its
// own frequencies 10000^(-2i/d) over its own width d. Angles in double, as Wan's model.py keeps
// them.
RopeTable wan_rope(std::array<int64_t, 3> grid, int64_t head_dim);

// The largest side of a grid, in tokens.
constexpr int64_t kMostPositions = 1024;

// [n] timesteps -> [n, width]: cos then sin of t 10000^(-2i/width), i below width/2; in double.
tensor::Tensor timestep_sinusoid(const std::vector<float>& timesteps, int64_t width);

// The different values of a list, and which of them each entry is.
struct Distinct {
    std::vector<float> values;
    std::vector<int32_t> index;
};
Distinct distinct(const float* values, int64_t count);

}  // namespace neural::wan
