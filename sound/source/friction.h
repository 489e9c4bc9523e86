// Rolling, sliding and scraping: a stream of tiny blows where two rough surfaces meet, heard
// through the modes of both bodies (van den Doel, Kry & Pai 2001, "FoleyAutomatic", SIGGRAPH).
//
// Grains come at speed / roughness; how bright they are grows with speed; the level follows the
// power lost in the contact. Rolling bodies waver once a turn.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "sound/modes/ring_body.h"
#include "sound/source/control.h"
#include "sound/source/source.h"

namespace sound {

struct FrictionSpec {
    RingBody a, b;
    std::vector<ControlPoint> points;  // level and corner by friction_point()
    uint64_t seed = 1;
    double pitch = 1;
};

// Level, corner and grain rate of one moment.
ControlPoint friction_point(const RingBody& a, const RingBody& b, double normal_force_N,
                            double slide_speed_mps, double roll_speed_mps);

std::unique_ptr<Source> make_friction(const FrictionSpec& spec);

}  // namespace sound
