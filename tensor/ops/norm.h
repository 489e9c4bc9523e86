// Normalisation over the innermost axis, with the modulation that follows it in diffusion nets.
#pragma once

#include "tensor/core/tensor.h"
#include "tensor/ops/activation.h"
#include "tensor/ops/arithmetic.h"

namespace tensor {

enum class NormKind : uint8_t {
    Rms,    // x / sqrt(mean(x^2) + eps), Zhang & Sennrich 2019
    Layer,  // (x - mean) / sqrt(var + eps), biased variance, Ba et al. 2016
};

// y <- y (1 + scale) + shift, tables [R,D], row by token (RowMap). Undefined tensors are left out.
struct Modulation {
    Tensor scale;
    Tensor shift;
    RowMap map;
};

struct NormOptions {
    NormKind kind = NormKind::Rms;
    float eps = 1e-6f;
    Tensor weight;  // [D] or undefined
    Tensor bias;    // [D] or undefined
    Modulation modulation;
    Activation activation = Activation::None;  // of all that, in the same pass
};

// x [.., D]; with a modulation x is [B,T,D]. The statistics of a row are summed in f32 over lanes
// (pairwise-like), so that they stay within a few ulp for D up to 16384.
Tensor norm(const Tensor& x, const NormOptions& options);

// norm(x) behind `before`: [B,S,..,D] and [B,T,..,D] -> [B,S+T,..,D]. The history of a streamed
// convolution stands in front of the frames that are normalised for it, without one more copy.
Tensor norm_after(const Tensor& before, const Tensor& x, const NormOptions& options);

Tensor rms_norm(const Tensor& x, float eps, const Tensor& weight = {});
Tensor layer_norm(const Tensor& x, float eps, const Tensor& weight = {}, const Tensor& bias = {});

// y = x (1 + scale) + shift without a norm, [B,T,D].
Tensor modulate(const Tensor& x, const Modulation& modulation);

// Group normalisation (Wu & He 2018), channels last: x [B, .., C]; statistics over all inner
// positions and the C/groups channels of a group. weight, bias [C].
Tensor group_norm(const Tensor& x, int groups, float eps, const Tensor& weight, const Tensor& bias);

}  // namespace tensor
