// Convolutions of 3x3 in height and width with a quarter of the products: Winograd's minimal
// filtering F(4x4, 3x3) (Lavin & Gray 2016). Tiles of 4x4 results come from 36 products of
// transformed tiles of 6x6 inputs, summed over the channels and over the kernel's taps in time. The
// points are 0, +-1/sqrt(2), +-sqrt(2) and infinity, which round better than the usual 0, 1, 2.
//
// The price: a weight takes four times the memory (36 values for 9), and rounding errors are
// several times those of the direct sum (winograd_test.cc measures them).
#pragma once

#include <memory>

#include "tensor/ops/conv.h"

namespace tensor {

// Whether it applies (kernel k x 3 x 3, stride and dilation 1) and pays (channels enough to be
// bound by products, pictures large enough to be worth the larger weight).
bool winograd_fits(const Tensor& x, const Tensor& weight, const ConvGeometry& geometry,
                   const Tensor& y);

// y = conv(x); `weight` is any storage type. `packed` keeps the transformed weight.
void winograd_conv(const Tensor& x, const Tensor& weight, const Tensor& bias,
                   const ConvGeometry& geometry, std::shared_ptr<void>& packed, Tensor& y);

}  // namespace tensor
