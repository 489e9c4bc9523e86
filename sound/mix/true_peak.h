// True peak between the samples: ITU-R BS.1770-4, annex 2: four times oversampled maximum.
#pragma once

#include <array>

namespace sound {

// Feeds on stereo pairs; answers the larger of both channels' true peaks around the pair that came
// kDelay calls before.
class TruePeakMeter {
public:
    static constexpr int kDelay = 6;
    TruePeakMeter();
    float push(float left, float right);

private:
    static constexpr int kTaps = 12;
    static constexpr int kPhases = 3;  // between two samples; the samples themselves come free
    std::array<std::array<float, kTaps>, kPhases> taps_;
    std::array<std::array<float, 2 * kTaps>, 2> history_{};  // twice, so a window never wraps
    int at_ = 0;
    int quiet_for_ = 0;
    float last_peak_ = 0;
};

}  // namespace sound
