// Curves in the plane: outlines to extrude, profiles to turn on the lathe, and their bevels.
//
// Matter lies on the left of the direction of travel: outlines run counter-clockwise; a lathe
// profile (x = radius, y = height) runs from the foot up the outside, over the rim, down inside.
#pragma once

#include <vector>

#include "world/shapes/kit/mesh.h"

namespace world::kit {

using Curve = std::vector<Vec2>;

struct ProfilePoint {
    Vec2 point;
    Vec2 normal;  // unit, away from matter
    Vec2 outset;  // step that moves the outline outward by one
};

// Corners sharper than `crease_degrees` become chamfers `bevel` wide (less on short edges) whose
// two ends carry the normals of the faces beside them, so that they shade as a round.
std::vector<ProfilePoint> bevelled(const Curve& curve, bool closed, double bevel,
                                   double crease_degrees = 32);

// Catmull-Rom through the points, `steps` pieces between each two.
Curve spline(const Curve& points, bool closed = false, int steps = 6);
std::vector<Vec3> spline3(const std::vector<Vec3>& points, bool closed = false, int steps = 6);
// Corners rounded by arcs of at most this radius.
Curve fillet(const Curve& points, double radius, bool closed = true, int steps = 5);

Curve circle(double radius, int sides = 40, Vec2 centre = {});
Curve ellipse(double rx, double ry, int sides = 40, Vec2 centre = {});
Curve rectangle(double width, double height, Vec2 centre = {});
Curve rounded_rectangle(double width, double height, double radius, Vec2 centre = {});
Curve regular_polygon(int sides, double radius, double first_degrees = 90);
Curve star_outline(int points, double outer, double inner);
// Degrees, counter-clockwise when to > from; includes both ends.
Curve arc(Vec2 centre, double radius, double from_degrees, double to_degrees, int steps = 12);
Curve joined(Curve a, const Curve& b);

// Indices of counter-clockwise triangles that fill a simple counter-clockwise polygon.
std::vector<std::array<uint32_t, 3>> fill_polygon(const Curve& polygon);

}  // namespace world::kit
