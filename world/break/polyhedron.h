// Convex polyhedra cut by planes: the knife of fracture.
#pragma once

#include <vector>

#include "base/math/transform.h"
#include "world/shapes/shape.h"

namespace world {

struct Polyhedron {
    // Faces are loops of corners, counter-clockwise seen from outside.
    std::vector<std::vector<base::Vec3>> faces;
};

Polyhedron polyhedron_of(const CollisionPart& part);  // round parts as fine facets
// What lies where dot(normal, x) <= offset; empty when nothing does.
Polyhedron cut(const Polyhedron& solid, base::Vec3 normal, double offset);
double volume(const Polyhedron& solid);
base::Vec3 centroid(const Polyhedron& solid);
std::vector<base::Vec3> corners(const Polyhedron& solid);  // each once

}  // namespace world
