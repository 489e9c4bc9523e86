// Rotary codes of tokens that cover intervals of time and space ("split" layout: each head owns
// another slice of the spectrum).
//
// Angles reach 15,700 rad, where one float step is 1e-3 rad, so the outputs of the published
// weights depend on the order of rounding: f_j = float(theta^(j/(n-1)) pi/2) with the power in
// double, then ((p / max) 2 - 1) f_j with every operation rounded to float. Angles that stay in
// double are "more exact" and wrong.
#pragma once

#include <span>

#include "neural/ltx/transformer/config.h"
#include "tensor/core/tensor.h"
#include "tensor/ops/rope.h"

namespace neural::ltx {

struct RopeTable {
    tensor::Tensor cos, sin;  // [1|B, T, heads, head_dim/2]
    tensor::RopeLayout layout = tensor::RopeLayout::Halves;
};

// positions [B, axes, T, 2]: start and end of each token's interval per axis. max: the position
// that maps to 1, per axis. width = heads * head_dim; floor(width / (2 axes)) frequencies serve
// all axes (frequency-major, axis-minor), what is left of width/2 is padded in front with
// cos 1, sin 0. Equal batch entries share one table.
RopeTable rope_table(const tensor::Tensor& positions, std::span<const double> max, int64_t heads,
                     int64_t head_dim, const RopeConfig& config);

}  // namespace neural::ltx
