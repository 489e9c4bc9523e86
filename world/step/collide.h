// Contact patches of two convex solids: a normal and up to four point pairs.
#pragma once

#include "world/step/convex.h"

namespace world::step {

struct PatchPoint {
    Vec3 on_a, on_b;        // world frame, on the surfaces
    double separation = 0;  // along the normal; negative = penetration
};

struct Patch {
    static constexpr int kMost = 4;
    Vec3 normal;  // unit, from A to B
    int count = 0;
    PatchPoint point[kMost];
};

// False when farther apart than `reach`. Method: separating axis (boxes), closed form (balls) or
// GJK/EPA for the normal, then the facing features clipped against each other (Gregorius, "The
// Separating Axis Test between Convex Polyhedra", GDC 2013; features as in Ericson 2005, ch. 9).
bool collide(const Posed& a, const Posed& b, double reach, Patch& out);

}  // namespace world::step
