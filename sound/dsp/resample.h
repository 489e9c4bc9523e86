// Change of sample rate by windowed sinc; offline, any ratio.
#pragma once

#include <cstdint>
#include <vector>

namespace sound {

// Output i is the input at time i * ratio (in input samples); ratio = rate_in / rate_out.
// Kaiser window (beta 9), 32 zero crossings each side: images below -90 dB.
std::vector<float> resample(const std::vector<float>& input, double ratio);

}  // namespace sound
