// Convex hulls for collision and for cut stones.
#pragma once

#include <vector>

#include "world/shapes/kit/mesh.h"

namespace world::kit {

// Incremental hull; triangles counter-clockwise from outside, no normals. Nearly coplanar points
// within 1e-9 of the size are dropped. Empty when all points lie in a plane.
TriMesh convex_hull(const std::vector<Vec3>& points);

// At most `count` of the points: the extreme ones along well spread directions, first of all the
// six axes, so that the bounds stay exact.
std::vector<Vec3> extreme_points(const std::vector<Vec3>& points, int count = 32);

}  // namespace world::kit
