// A plain rectangular room: four walls with windows, ceiling, skirting. Most indoor sets start
// here.
#pragma once

#include <vector>

#include "world/sets/set_builder.h"

namespace world {

struct RoomShell {
    base::Vec3 low, high;  // inside faces
    double thickness = 0.25;
    Paint wall, ceiling;
    // Along each wall, as seen from inside with the wall ahead, counted from its right end.
    std::vector<Opening> back, right, front, left;
    double lm_per_m2 = 1900;  // daylight a window brings, per area, at noon
    int bars_across = 1, bars_up = 1;
    Paint window_frame;
    double skirting_m = 0.1;  // 0 = none
    Paint skirting;
};

// Opens the wall shape, so that doors and pictures can still be hung on it; add it as "wall".
ShapeMaker start_room(SetBuilder& set, const RoomShell& shell);

}  // namespace world
