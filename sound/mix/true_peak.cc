#include "sound/mix/true_peak.h"

#include <algorithm>
#include <cmath>

#include "base/math/vec.h"

namespace sound {

TruePeakMeter::TruePeakMeter() {
    // Sinc under a Kaiser window (beta 5): within 0.1 dB up to 18 kHz.
    const auto bessel = [](double x) {
        double sum = 1, term = 1;
        for (int k = 1; k < 20; ++k) sum += term *= (x / (2 * k)) * (x / (2 * k));
        return sum;
    };
    for (int phase = 0; phase < kPhases; ++phase) {
        const double shift = (phase + 1) / 4.0;
        double total = 0;
        for (int tap = 0; tap < kTaps; ++tap) {
            const double x = tap - (kTaps / 2 - 1) - shift;
            const double window = bessel(5 * std::sqrt(std::max(0.0, 1 - x * x / 36))) / bessel(5);
            const double value = std::sin(base::kPi * x) / (base::kPi * x) * window;
            taps_[phase][tap] = static_cast<float>(value);
            total += value;
        }
        for (float& tap : taps_[phase]) tap = static_cast<float>(tap / total);
    }
}

float TruePeakMeter::push(float left, float right) {
    history_[0][at_] = history_[0][at_ + kTaps] = left;
    history_[1][at_] = history_[1][at_ + kTaps] = right;
    at_ = (at_ + 1) % kTaps;
    // Window [at_, at_ + kTaps): oldest first; the sample kDelay ago is at index 5.
    const bool silent = left == 0 && right == 0;
    quiet_for_ = silent ? quiet_for_ + 1 : 0;
    if (quiet_for_ > kTaps) return 0;
    float peak = 0;
    for (int channel = 0; channel < 2; ++channel) {
        const float* window = history_[channel].data() + at_;
        peak = std::max(peak, std::abs(window[kTaps / 2 - 1]));
        for (const auto& taps : taps_) {
            float sum = 0;
            for (int tap = 0; tap < kTaps; ++tap) sum += taps[tap] * window[tap];
            peak = std::max(peak, std::abs(sum));
        }
    }
    // A peak between two samples belongs to both.
    const float both = std::max(peak, last_peak_);
    last_peak_ = peak;
    return both;
}

}  // namespace sound
