// Noise levels of the steps. A table of n steps has n + 1 entries, falls, and ends with 0.
#pragma once

#include <cstdint>
#include <vector>

namespace neural::sampler {

// LTX's dev schedule: linspace(1, 0, n + 1), shifted by the number of tokens (mu grows linearly
// from 0.95 at 1024 to 2.05 at 4096) and stretched so that the last level before 0 is 0.1. The
// vendor always takes 4096 tokens, diffusers the real count. In double: at large mu, 1 - s loses
// its digits in float.
constexpr int64_t kVendorTokens = 4096;
std::vector<double> shifted_sigmas(int64_t steps, int64_t tokens = kVendorTokens);

// What the distilled weights were trained on: eight steps, and three more after upscaling.
const std::vector<double>& distilled_sigmas();
const std::vector<double>& distilled_second_stage_sigmas();

}  // namespace neural::sampler
