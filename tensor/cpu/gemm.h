// y = activation(x W^T + b) without a packed copy of W: the weight is read in the type it is stored
// in, and a block of it at a time is widened and brought into panels in a thread's cache. That
// costs about a cycle a value, against M/16 (AVX2) for the arithmetic, so it vanishes beyond a few
// hundred rows; a handful of rows take the other path, dot products along the rows of W.
#pragma once

#include "tensor/core/tensor.h"
#include "tensor/ops/activation.h"

namespace tensor {

// x [M,K], weight [N,K] of any storage type, bias [N] or null, y [M,N].
void gemm(const Tensor& x, const Tensor& weight, const float* bias, Activation activation,
          Tensor& y);

}  // namespace tensor
