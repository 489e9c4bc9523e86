// From one noise level to the next, for rectified flow: x = (1 - sigma) clean + sigma noise.
// `clean` is the net's estimate x0 of the clean latent. All tensors have one shape; the arithmetic
// is elementwise, so streams step one by one.
#pragma once

#include "tensor/core/tensor.h"

namespace neural::sampler {

// x - sigma velocity, sigma per token [B,T] of x [B,T,D] or one for all.
tensor::Tensor clean_of_velocity(const tensor::Tensor& x, const tensor::Tensor& velocity,
                                 double sigma);
tensor::Tensor clean_of_velocity(const tensor::Tensor& x, const tensor::Tensor& velocity,
                                 const tensor::Tensor& token_sigma);

// x + (x - clean) / sigma (next - sigma); sigma > 0.
tensor::Tensor euler_step(const tensor::Tensor& x, const tensor::Tensor& clean, double sigma,
                          double next);

// Euler to a lower level, then fresh noise up to `next`, such that mean and variance fit a
// rectified flow. eta 0 is Euler, eta 1 all of it. next = 0 gives `clean`. `noise` may be undefined
// where it is not used (eta or next 0).
tensor::Tensor ancestral_step(const tensor::Tensor& x, const tensor::Tensor& clean, double sigma,
                              double next, double eta, const tensor::Tensor& noise);

}  // namespace neural::sampler
