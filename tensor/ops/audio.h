// Operators of audio nets, channels last: signals [B,L,C].
#pragma once

#include "tensor/core/tensor.h"

namespace tensor {

// The anti-aliased periodic activation of BigVGAN v2 (Lee et al. 2023), [B,L,C] -> [B,L,C]: twice
// as many samples by `up`, u + sin^2(a u) / (b + 1e-9) on them, half as many by `down`.
//   u[n] = 2 sum_m x[m] up[n + k/2 - 1 - 2m]          n in [0,2L)
//   y[j] = sum_i s[2j + i - (k/2 - 1)] down[i]        j in [0,L)
// Signals continue beyond their ends with the value at the end. Arguments of the sine beyond 8192
// lose digits.
struct SnakeOptions {
    Tensor alpha, beta;     // [C]
    bool log_scale = true;  // a = e^alpha, b = e^beta; else a = alpha, b = beta
    Tensor up, down;        // k taps each, k even, 4 <= k <= 64
};
Tensor snake(const Tensor& x, const SnakeOptions& options);

// [.., 2F], real parts then imaginary ones -> sqrt(re^2 + im^2) [.., F].
Tensor magnitude(const Tensor& x);

// ln(max(x, floor)), floor > 0.
Tensor log_floor(const Tensor& x, float floor);

}  // namespace tensor
