// Between a net's sound and a film's.
#pragma once

#include <vector>

#include "tensor/core/tensor.h"

namespace neural {

// wave [1,C,n] in [-1, 1] at rate_hz (C of 1 or 2) -> interleaved stereo at 48 kHz. Other rates are
// resampled with a windowed sinc (32 lobes of the lower rate, Kaiser beta 9: 90 dB); values beyond
// [-1, 1] and non-finite ones are clamped.
std::vector<float> to_stereo_48k(const tensor::Tensor& wave, int64_t rate_hz);

// Interleaved stereo -> [1,2,n].
tensor::Tensor from_stereo(const std::vector<float>& samples);

}  // namespace neural
