// Distance and penetration of two convex cores.
//
// Distance: Gilbert, Johnson, Keerthi 1988, in the form of van den Bergen, "Collision Detection in
// Interactive 3D Environments" (2003), ch. 4.3. Penetration: expanding polytope, ibid. ch. 4.3.8.
// Both work on the difference A - B; both are pure functions, so that restored states go on alike.
#pragma once

#include "world/step/convex.h"

namespace world::step {

struct Gap {
    double separation = 0;  // negative = depth; radii included
    Vec3 normal;            // unit, from A to B
    Vec3 on_a, on_b;        // witness points on the surfaces, world frame
};

// False when farther apart than `reach`.
bool closest_features(const Posed& a, const Posed& b, double reach, Gap& out);

}  // namespace world::step
