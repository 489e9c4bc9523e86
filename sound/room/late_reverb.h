// The late field: a feedback delay network whose lines lose what the room's walls and air would
// take (Jot & Chaigne 1991, "Digital delay networks for designing artificial reverberators").
#pragma once

#include <array>
#include <vector>

#include "sound/dsp/biquad.h"
#include "sound/mix/stage.h"
#include "sound/room/absorption.h"

namespace sound {

class LateReverb {
public:
    // RT60 by room_acoustics; level from the diffuse field 16 pi / A against the direct sound at
    // 1 m, less `kFilmDryDb`. Outdoors: a faint short slap.
    explicit LateReverb(const world::Room& room);
    // Feeds `send` and adds the stereo tail to `out`.
    void render(const std::array<float, kBlock>& send, StereoBlock& out, int count);
    // True when the tail has died away below 100 dB.
    bool silent() const { return quiet_samples_ > kRateHz / 4; }

private:
    static constexpr int kLines = 12;
    static constexpr double kFilmDryDb = 13;  // close-miked: drier than the place itself
    struct Line {
        std::vector<float> samples;
        int at = 0;
        float gain = 1;
        Biquad low = Biquad::low_shelf(250, 0), high = Biquad::high_shelf(3000, 0);
    };
    float impulse_energy();
    std::array<Line, kLines> lines_;
    std::vector<float> pre_delay_;
    int pre_at_ = 0;
    float level_ = 0;
    int quiet_samples_ = 1 << 20;
};

}  // namespace sound
