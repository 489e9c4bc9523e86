// Convex hull of a point set and the mass integrals of closed triangle meshes.
#pragma once

#include <array>
#include <vector>

#include "world/step/convex.h"

namespace world::step {

struct Hull {
    std::vector<Vec3> vertices;
    std::vector<std::array<int, 3>> triangles;  // outward
    std::vector<ConvexFace> faces;              // coplanar triangles merged
};

// By Bullet's btConvexHullComputer. A flat or thin set is thickened to 0.2 mm so that it stays a
// solid.
Hull convex_hull(std::vector<Vec3> points);

// Volume or area, centroid and inertia about the centroid, for density 1.
struct MassIntegral {
    double amount = 0;  // m3 (solid) or m2 (sheet)
    Vec3 centroid;
    Mat3 inertia;
};
MassIntegral solid_integral(const std::vector<Vec3>& vertices,
                            const std::vector<std::array<int, 3>>& triangles);
MassIntegral sheet_integral(const std::vector<Vec3>& vertices,
                            const std::vector<std::array<int, 3>>& triangles);

}  // namespace world::step
