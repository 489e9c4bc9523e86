// Scaled dot-product attention; the [Tq,Tk] matrix is never formed (Dao et al. 2022).
#pragma once

#include <array>

#include "tensor/core/tensor.h"

namespace tensor {

struct AttentionOptions {
    float scale = 1.0f;
    bool causal = false;     // query i sees keys <= i + Tk - Tq
    int64_t window = 0;      // with causal: only the newest `window` keys; 0: all
    int64_t key_count = -1;  // only the first n keys exist; -1: all
    Tensor bias;             // f32 [1|B, 1|H, Tq, Tk] added to the logits, or undefined
};

// q [B,Tq,H,D], k [B,Tk,Hk,D], v [B,Tk,Hk,Dv], H a multiple of Hk -> [B,Tq,H,Dv]. Where layers
// compute in 8 bits (linear.h, set_compute()), attention over 64 keys and more computes in
// integers: a relative error of 1.5 to 3 % on normal values.
Tensor attention(const Tensor& q, const Tensor& k, const Tensor& v,
                 const AttentionOptions& options);

// Neighbourhood attention (Hassani et al. 2023), channels last: q, k, v [B,T,H,W,heads,D]. Each
// position sees a window of exactly kernel[i] positions (clipped to the axis) per axis, beginning
// at clamp(i - kernel/2, 0, L - kernel).
Tensor neighbourhood_attention(const Tensor& q, const Tensor& k, const Tensor& v,
                               std::array<int64_t, 3> kernel, float scale);

}  // namespace tensor
