// Pointwise non-linearities, [..] -> the same shape.
#pragma once

#include <cstdint>

#include "tensor/core/tensor.h"

namespace tensor {

enum class Activation : uint8_t {
    None,
    GeluTanh,  // x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))), Hendrycks & Gimpel 2016
    Silu,      // x / (1 + e^-x)
    Tanh,
    Sigmoid,
    Exp,
    LeakyRelu01,   // slope 0.1 below zero
    LeakyRelu001,  // slope 0.01 below zero
    Clamp1,        // to [-1, 1]
};

Tensor activate(const Tensor& x, Activation kind);
void activate_inplace(Tensor& x, Activation kind);

// activate(gate) * up, the gated half of SwiGLU (Silu) and GEGLU (GeluTanh). Same shapes.
Tensor gated(const Tensor& gate, const Tensor& up, Activation kind);

}  // namespace tensor
