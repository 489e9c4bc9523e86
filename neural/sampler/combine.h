// Weighted sums of latents in double.
#pragma once

#include <span>
#include <utility>

#include "tensor/core/tensor.h"

namespace neural::sampler {

struct Term {
    double factor;
    const tensor::Tensor& x;
};

// sum of factor * x, element by element, rounded once to f32. Host tensors of one shape, at most 8.
tensor::Tensor combine(std::initializer_list<Term> terms);

}  // namespace neural::sampler
