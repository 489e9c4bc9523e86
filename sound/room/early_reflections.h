// Mirror images of a source in the walls, first and second order (Allen & Berkley 1979, J. Acoust.
// Soc. Am. 65, 943). Sounds are written ahead into a ring of future samples, so a voice costs one
// scaled addition per image and no history of its own.
#pragma once

#include <array>
#include <vector>

#include "sound/dsp/biquad.h"
#include "sound/mix/stage.h"
#include "sound/room/absorption.h"

namespace sound {

class EarlyReflections {
public:
    explicit EarlyReflections(const world::Room& room);
    // Delay in samples relative to the direct sound, gain left, gain right of every audible image.
    std::vector<std::array<float, 3>> paths(const EarKey& ear, const PlacedSource& source) const;
    void add(const std::vector<std::array<float, 3>>& paths, const float* mono, int count,
             float gain);
    // Adds the reflections that are due in the next `count` samples.
    void take(StereoBlock& out, int count);
    bool silent() const { return pending_ <= 0; }

private:
    static constexpr int kRing = 1 << 14;  // 340 ms
    world::Room room_;
    Bands floor_, wall_, ceiling_;
    std::vector<float> left_, right_;
    int at_ = 0;
    int pending_ = 0;
    Biquad tone_[2];  // walls and air dull what they return
};

}  // namespace sound
