// Bodies to build with. Every edge has a real bevel: sharp edges catch no light and look cheap.
#pragma once

#include <functional>
#include <vector>

#include "world/shapes/kit/mesh.h"
#include "world/shapes/kit/profile.h"

namespace world::kit {

constexpr double kAutoBevel = -1;  // 6 % of the thinnest side

// Box from corner to corner.
Mesh slab(Vec3 low, Vec3 high, double bevel = kAutoBevel);
// Box by centre and full size.
Mesh box(Vec3 centre, Vec3 size, double bevel = kAutoBevel);
// Beam with a rectangular section between two points; `up` is the direction of `height`.
Mesh beam(Vec3 from, Vec3 to, double width, double height, Vec3 up = {0, 0, 1});
// Round bar or cone between two points; r1 < 0 means the same radius.
Mesh rod(Vec3 from, Vec3 to, double r0, double r1 = -1, int sides = 28, double bevel = kAutoBevel);
Mesh sphere(Vec3 centre, double radius, int detail = 32);
Mesh ellipsoid(Vec3 centre, Vec3 radii, int detail = 32);
Mesh capsule(Vec3 from, Vec3 to, double radius);
// Ring about the z axis through `centre`.
Mesh torus(Vec3 centre, double ring_radius, double tube_radius, int around = 48, int sides = 14);

// Turned about z. A profile that touches the axis at both ends, or is closed, makes a closed body.
Mesh lathe(const Curve& profile, double bevel = 0, int around = 48, bool closed = false);
// A vessel wall: outer profile (r, z) from foot centre to rim, offset inward by `wall`.
Curve vessel(const Curve& outer, double wall);

// Outline in x, y drawn out along z; extrude_y: outline in x, z; extrude_x: outline in y, z.
Mesh extrude(const Curve& outline, double z0, double z1, double bevel = kAutoBevel);
Mesh extrude_y(const Curve& outline_xz, double y0, double y1, double bevel = kAutoBevel);
Mesh extrude_x(const Curve& outline_yz, double x0, double x1, double bevel = kAutoBevel);

// Round tube along a smooth curve; radii: one, or one per point. Ends are domes.
struct TubeOptions {
    int sides = 12;
    int steps = 6;  // per pair of points; 1 = straight pieces
    bool closed = false;
    double flat = 1;   // thickness along the second axis of the section relative to the first
    Vec3 up{0, 0, 1};  // the second axis leans this way at the start
};
Mesh tube(const std::vector<Vec3>& points, const std::vector<double>& radii,
          const TubeOptions& options = {});

// Superellipse sections across x, joined smoothly. Exponent 2 = ellipse, 4 = nearly square.
struct Station {
    double x, z, half_width, up, down;
    double power = 2;
    double y = 0;
};
Mesh loft(const std::vector<Station>& stations, int steps = 4, int around = 32,
          bool round_ends = false);
// Rings of equal count, counter-clockwise seen from the end; flat caps.
Mesh loft_rings(const std::vector<std::vector<Vec3>>& rings, bool caps = true);

// A curved sheet: point(u, v), u and v in [0, 1]; thickness along the normal du x dv, centred.
Mesh sheet(int columns, int rows, const std::function<Vec3(double, double)>& point,
           double thickness);

// Convex hull of points as a mesh; crease 0 = facets.
Mesh facets(const std::vector<Vec3>& points, double crease_degrees = 0);

}  // namespace world::kit
