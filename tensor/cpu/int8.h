// Products in 8 bits (W8A8, after Dettmers et al. 2022 without the outlier split): the weight has
// a scale per output channel and is symmetric, the activations have one per row, made as they come,
// and lie at 128 so that they are unsigned as the instructions want. Sums are exact in 32 bits up
// to a depth of 65536.
//
//   y[m][n] = (sum_k a[m][k] w[n][k] - 128 sum_k w[n][k]) row_scale[m] scale[n] + bias[n]
#pragma once

#include <cstdint>
#include <vector>

#include "tensor/core/tensor.h"
#include "tensor/ops/activation.h"

namespace tensor {

constexpr int64_t kInt8Depth = 65536;

struct Int8Weight {
    Tensor codes;  // i8 [N,K]
    std::vector<float> scale;
    std::vector<int32_t> sum;  // of a channel's codes
};

// The largest |x|; NaN where one is.
float magnitude(const float* x, int64_t n);

// The largest weight code. 127 where vpdpbusd sums in 32 bits; 63 where pairs of products pass
// through 16 bits (vpmaddubsw) and 255 * 127 * 2 would saturate: seven bits then.
int int8_weight_limit();

// weight [N,K] of any storage type.
Int8Weight quantise_weight(const Tensor& weight, int limit);

// Row of k values to codes; returns its scale. A row with a NaN has a
// scale that is NaN.
float quantise_row(const float* x, int64_t k, uint8_t* codes);

// Sums (as 32-bit integers in y's memory) to results, in place; n channels of one row.
void scale_sums(float* y, int64_t n, float row_scale, const Int8Weight& weight, const float* bias);

}  // namespace tensor
