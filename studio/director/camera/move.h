// Moves of the camera over a shot: dolly, pan, orbit, crane, zoom, and the unrest of a hand.
#pragma once

#include <cstdint>

#include "script/shots/shot_list.h"
#include "studio/director/camera/fit.h"

namespace studio {

// Begins and ends slowly: [0, 1] to [0, 1], clamped.
double ease(double t01);

// The view at `t01` of the shot, [0, 1], that is `t_s` film seconds. `distance_m` to the target
// gives the scale of the moves.
View moved(View view, const script::Camera& camera, double distance_m, double t01, double t_s,
           uint64_t seed);

}  // namespace studio
