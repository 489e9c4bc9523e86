// Standard normal noise, from which every film of a diffusion model begins. A source is a sequence:
// each draw goes on where the last one ended. One thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/core/result.h"
#include "tensor/core/tensor.h"

namespace neural {

class NoiseSource {
public:
    virtual ~NoiseSource() = default;
    virtual tensor::Tensor normal(const tensor::Shape& shape) = 0;
};

// Our own generator. Element i of draw d is a function of (seed, d, i) alone, so threads and order
// do not matter: Philox 4x32-10 (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2,
// 3"), key = seed, counter = (i / 4 low, i / 4 high, d low, d high); its four words make two pairs
// (u, v), u = (word + 1) 2^-32, v = word 2^-32, and each pair two values sqrt(-2 ln u) cos(2 pi v)
// and the same with sin, in double, rounded to float.
std::unique_ptr<NoiseSource> counter_noise(uint64_t seed);

// torch.randn(shape, generator=torch.Generator("cpu").manual_seed(seed)), bit for bit as PyTorch's
// x86 builds compute it on a CPU with AVX2, so that seeds mean what they mean elsewhere. Checked
// against PyTorch 1.13.1. (Its builds for other instruction sets differ in last bits.)
std::unique_ptr<NoiseSource> torch_noise(uint64_t seed);

// "own" or "torch".
base::Result<std::unique_ptr<NoiseSource>> noise_of(const std::string& generator, uint64_t seed);

}  // namespace neural
