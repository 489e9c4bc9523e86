// A thing that sounds from a place: impacts, friction, splashes, steps, voices. Mono, pulled in
// blocks; sound/room places it in the stereo picture.
#pragma once

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "base/math/vec.h"

namespace sound {

class Source {
public:
    virtual ~Source() = default;
    // Adds `count` samples to `out` (never null). False when nothing more will come.
    virtual bool render(float* out, int count) = 0;
    // Rough upper bound of what is still to come; the quietest gives way when too many sound.
    virtual float level() const = 0;
};

// A source with its place and time.
struct PlacedSource {
    std::unique_ptr<Source> source;
    int64_t start_sample = 0;                          // film time
    base::Vec3 position;                               // world, metres
    std::vector<std::pair<int64_t, base::Vec3>> path;  // film samples, rising; empty = stays
    float gain = 1;
    float pan_width = 1;          // 0 = always centred (voice over), 1 = as seen
    float distance_exponent = 1;  // level ~ r^-exponent; voices carry further in films
    float reverb_send = 1;
    bool essential = false;  // voices and beds never give way
};

// Where it is at a film sample: along its path, linear between points.
base::Vec3 position_at(const PlacedSource& source, int64_t sample);

}  // namespace sound
