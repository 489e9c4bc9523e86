// The rush of air around something fast that passes the ear: noise about the vortex frequency
// f = 0.2 v / d (Strouhal), louder with v^2 (film-tame; nature has v^3), Doppler-shifted; and the
// swish of a net.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "sound/source/control.h"
#include "sound/source/source.h"

namespace sound {

// `points`: level, centre frequency.
std::unique_ptr<Source> make_rush(std::vector<ControlPoint> points, double q, uint64_t seed);

// A ball through a net: 0.2 s of cord noise with a fast start.
std::unique_ptr<Source> make_net_swish(uint64_t seed);

}  // namespace sound
