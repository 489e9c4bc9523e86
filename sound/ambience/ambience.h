// The background of a place: which layers belong to a set and to the prompt's sound words.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "sound/ambience/layer.h"

namespace sound {

struct AmbienceSpec {
    std::string key;  // set name; unknown ones are a room tone or open air
    std::vector<std::string>
        words;  // quiet crowd wind music rain silence night birds waves traffic
    bool outdoors = false;
    uint64_t seed = 1;
    friend bool operator==(const AmbienceSpec&, const AmbienceSpec&) = default;
};

// Endless; rms between 0.0005 (room tone) and 0.03 (music), speech lies near 0.05.
class Ambience : public Layer {
public:
    explicit Ambience(const AmbienceSpec& spec);
    void render(StereoBlock& out, int count) override;

private:
    std::vector<std::unique_ptr<Layer>> layers_;
    std::vector<std::unique_ptr<Layer>> score_;  // music: not hushed by "quiet"
    float level_ = 0.75f;
};

}  // namespace sound
