// All that sounds at the moment, placed around the ear and added up in stereo.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "sound/dsp/biquad.h"
#include "sound/room/listener.h"
#include "sound/source/source.h"

namespace sound {

constexpr int kBlock = 240;      // 5 ms: gains are straight lines within it
constexpr int kMostVoices = 96;  // beyond, the quietest gives way

// Stereo block, planar.
struct StereoBlock {
    std::array<float, kBlock> left{}, right{};
};

class EarlyReflections;

class Stage {
public:
    // Starts a source; `start_sample` must not lie before the block that is rendered next.
    void add(PlacedSource source);
    // Renders samples [first, first + count), count <= kBlock, heard by `ear`. Adds to `dry` and,
    // mono and before panning, to `send` (the reverb). `early` may be null.
    void render(int64_t first, int count, const EarKey& ear, StereoBlock& dry,
                std::array<float, kBlock>& send, EarlyReflections* early);
    int voice_count() const { return static_cast<int>(voices_.size()); }

private:
    struct Voice {
        PlacedSource placed;
        OnePole tone[2];
        float gain[2] = {0, 0};
        bool fresh = true;
        bool fading = false;                            // gives way within one block
        std::vector<std::array<float, 3>> reflections;  // delay, left, right; see EarlyReflections
    };
    void make_room();
    std::vector<Voice> voices_;
    std::vector<PlacedSource> waiting_;  // sorted by start, latest first
};

}  // namespace sound
