// A mesh under construction: positions, unit normals, triangles, and fluent ways to place it.
// Authoring is in double and any unit; Maker scales the finished thing to metres.
#pragma once

#include <functional>
#include <utility>
#include <vector>

#include "base/math/transform.h"
#include "world/shapes/shape.h"

namespace world::kit {

using base::Bounds;
using base::kPi;
using base::Quat;
using base::Transform;
using base::Vec2;
using base::Vec3;
using base::Vec3f;

struct Mesh {
    TriMesh tri;

    uint32_t vertex(Vec3 position, Vec3 normal);
    void triangle(uint32_t a, uint32_t b, uint32_t c) { tri.triangles.push_back({a, b, c}); }
    // Counter-clockwise seen from outside.
    void quad(uint32_t a, uint32_t b, uint32_t c, uint32_t d) {
        triangle(a, b, c);
        triangle(a, c, d);
    }
    bool empty() const { return tri.triangles.empty(); }

    Mesh& move(double x, double y, double z);
    Mesh& move(Vec3 by) { return move(by.x, by.y, by.z); }
    // Degrees, right-handed, about the axis through the origin.
    Mesh& turn_x(double degrees) { return turn({1, 0, 0}, degrees); }
    Mesh& turn_y(double degrees) { return turn({0, 1, 0}, degrees); }
    Mesh& turn_z(double degrees) { return turn({0, 0, 1}, degrees); }
    Mesh& turn(Vec3 unit_axis, double degrees);
    Mesh& place(const Transform& pose);
    // Per axis; a negative factor mirrors and turns the winding round.
    Mesh& scale(double x, double y, double z);
    Mesh& scale(double s) { return scale(s, s, s); }
    Mesh& add(const Mesh& other);
    // Any smooth deformation (bend, taper, twist); normals follow from differences.
    Mesh& warp(const std::function<Vec3(Vec3)>& where);
    // Both halves: this and its mirror image at y = 0.
    Mesh& mirror_y();
    // `count` copies about the z axis.
    Mesh& around_z(int count);

    Bounds bounds() const;
};

// The part where `inside(p) < 0` and the rest, cut exactly along the zero line: painted patches
// with crisp smooth borders. The two together have the surface of `mesh`.
std::pair<Mesh, Mesh> split(const Mesh& mesh, const std::function<double(Vec3)>& inside);

// Normals from geometry: faces that meet at less than `crease_degrees` are smoothed.
void crease_normals(TriMesh& mesh, double crease_degrees);

}  // namespace world::kit
