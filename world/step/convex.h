// A convex solid as the contact finder sees it: a core (point, segment, polyhedron, round solid)
// plus a rounding radius. Coordinates are the body frame: origin at the centre of mass.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "world/shapes/shape.h"
#include "world/step/mat3.h"

namespace world::step {

struct ConvexFace {
    Vec3 normal;                 // outward, unit
    double offset = 0;           // dot(normal, x) = offset on the face
    std::vector<uint16_t> loop;  // counter-clockwise seen from outside
};

struct Convex {
    CollisionKind kind = CollisionKind::Box;
    Vec3 centre;                    // of the primitive
    Quat rotation;                  // primitive frame -> body frame
    Mat3 axes = Mat3::identity();   // the same as a matrix
    Vec3 half;                      // as CollisionPart::half_extents
    double radius = 0;              // rounding of sphere and capsule; else 0
    std::vector<Vec3> vertices;     // box, hull, triangle: body frame
    std::vector<ConvexFace> faces;  // box, hull; empty for a lone triangle
    base::Bounds bounds;            // body frame, radius included
    double reach = 0;               // largest distance of a point from the body's origin
};

// Part of a shape whose frame is moved so that `origin` becomes (0,0,0). Not for StaticMesh.
Convex make_convex(const CollisionPart& part, Vec3 origin);
Convex make_triangle(Vec3 a, Vec3 b, Vec3 c);

// Farthest core point in direction `d` (any length), body frame.
Vec3 core_support(const Convex& shape, Vec3 d);
// True when the body-frame point lies inside (radius included).
bool contains(const Convex& shape, Vec3 point);
double convex_volume(const Convex& shape);

// The feature that faces direction `d` (unit, body frame): polygon, edge or point of the core.
struct Feature {
    static constexpr int kMost = 32;
    int count = 0;
    Vec3 point[kMost];
    Vec3 normal;  // of a polygon (count >= 3)
};
Feature supporting_feature(const Convex& shape, Vec3 d);

// A convex placed in the world.
struct Posed {
    const Convex* shape = nullptr;
    Vec3 position;
    Mat3 rotation = Mat3::identity();
    Vec3 to_world(Vec3 p) const { return rotation * p + position; }
    Vec3 to_local(Vec3 p) const { return rotation.transposed_times(p - position); }
    Vec3 support(Vec3 d) const {
        return to_world(core_support(*shape, rotation.transposed_times(d)));
    }
};

base::Bounds world_bounds(const Posed& posed);

}  // namespace world::step
