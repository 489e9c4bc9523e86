// Rotary position codes (Su et al. 2021).
#pragma once

#include "tensor/core/tensor.h"

namespace tensor {

enum class RopeLayout : uint8_t {
    Halves,  // pairs (i, i + D/2): "split", rotate_half
    Pairs,   // pairs (2i, 2i + 1): "interleaved"
};

// x [B,T,H,D] rotated in place by cos, sin [1|B, T, 1|H, D/2]: (a,b) -> (a cos - b sin, b cos + a
// sin).
void rope_inplace(Tensor& x, const Tensor& cos, const Tensor& sin, RopeLayout layout);

}  // namespace tensor
