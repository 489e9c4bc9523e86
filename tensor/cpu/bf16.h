// Products in bf16 where the core has dot products of it (AVX-512 BF16, AMX), by oneDNN.
#pragma once

namespace tensor {

// True where base::isa() and the core allow vdpbf16ps. Elsewhere linear_bf16() rounds and computes
// in f32, which is as exact and gains nothing.
bool has_bf16_dots();

// How many times as fast a product of bf16 is as one of f32, their weights packed and activations
// rounded as they come; 0 where the core has no such dot products. Measures anew: some 20 ms.
double bf16_gain();

}  // namespace tensor
