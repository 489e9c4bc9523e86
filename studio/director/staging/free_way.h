// Free ways through a set: where somebody can walk without bumping into what stands about.
#pragma once

#include "studio/director/staging/workshop.h"

namespace studio {

// A way by the ground covered on it: straight along the origin's x, or round a circle to its left.
struct Track {
    base::Transform origin;
    double radius_m = 0;  // 0 = straight
    double ahead_m = 0;   // on the circle already

    base::Transform at(double covered_m) const;
};

// On the surface in play, for a body that is `slot`th of `count` alike and wants to cover
// `distance_m`: straight on where there is room, round and round where there is not. Where nothing
// is free, the smallest circle about the middle.
Track free_way(Workshop& shop, world::BodyIndex body, double distance_m, int slot, int count);

}  // namespace studio
