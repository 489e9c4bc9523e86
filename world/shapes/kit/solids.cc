#include "world/shapes/kit/solids.h"

#include <algorithm>
#include <cmath>

#include "world/shapes/kit/hull.h"

namespace world::kit {
namespace {

constexpr double kAutoBevelShare = 0.06;

double chosen(double bevel, double thinnest) {
    return bevel >= 0 ? std::min(bevel, 0.45 * thinnest) : kAutoBevelShare * thinnest;
}

// Pose that takes +z to the direction from -> to, origin at `from`.
Transform along(Vec3 from, Vec3 to) {
    return {from, Quat::between({0, 0, 1}, base::normalize(to - from))};
}

double signed_area(const Curve& curve) {
    double twice = 0;
    for (size_t i = 0; i < curve.size(); ++i) {
        const Vec2 p = curve[i], q = curve[(i + 1) % curve.size()];
        twice += p.x * q.y - q.x * p.y;
    }
    return twice / 2;
}

// Turns x, y, z into y, z, x: an outline in x, y becomes one in y, z.
void cycle_axes(TriMesh& mesh) {
    for (Vec3f& p : mesh.positions) p = {p.z, p.x, p.y};
    for (Vec3f& n : mesh.normals) n = {n.z, n.x, n.y};
}

}  // namespace

Mesh slab(Vec3 low, Vec3 high, double bevel) { return box((low + high) * 0.5, high - low, bevel); }

// Twenty-four corners, each with the normal of its face; twelve edge strips, eight corner facets.
Mesh box(Vec3 centre, Vec3 size, double bevel) {
    const Vec3 half = size * 0.5;
    const double b = chosen(bevel, std::min({size.x, size.y, size.z}));
    Mesh mesh;
    uint32_t corner[3][2][2][2];  // [axis of the face][sign of x][y][z]
    for (int axis = 0; axis < 3; ++axis) {
        for (int i = 0; i < 8; ++i) {
            const int s[3] = {i & 1, (i >> 1) & 1, (i >> 2) & 1};
            Vec3 p, n;
            for (int k = 0; k < 3; ++k) {
                const double inset = k == axis ? 0 : b;
                p[k] = (s[k] ? 1 : -1) * (half[k] - inset);
            }
            n[axis] = s[axis] ? 1 : -1;
            corner[axis][s[0]][s[1]][s[2]] = mesh.vertex(centre + p, n);
        }
    }
    const auto at = [&](int axis, int a, int b1, int sa, int sb, int sc) {
        int s[3] = {};
        s[axis] = sa;
        s[a] = sb;
        s[b1] = sc;
        return [&, s0 = s[0], s1 = s[1], s2 = s[2]](int face) { return corner[face][s0][s1][s2]; };
    };
    for (int axis = 0; axis < 3; ++axis) {
        const int u = (axis + 1) % 3, v = (axis + 2) % 3;
        for (int sign = 0; sign < 2; ++sign) {
            const uint32_t q[4] = {
                at(axis, u, v, sign, 0, 0)(axis), at(axis, u, v, sign, 1, 0)(axis),
                at(axis, u, v, sign, 1, 1)(axis), at(axis, u, v, sign, 0, 1)(axis)};
            sign ? mesh.quad(q[0], q[1], q[2], q[3]) : mesh.quad(q[0], q[3], q[2], q[1]);
        }
        // Edges along `axis`: between the faces of u and v.
        for (int su = 0; su < 2; ++su) {
            for (int sv = 0; sv < 2; ++sv) {
                const auto low = at(axis, u, v, 0, su, sv), high = at(axis, u, v, 1, su, sv);
                const bool even = su == sv;
                even ? mesh.quad(low(u), low(v), high(v), high(u))
                     : mesh.quad(low(v), low(u), high(u), high(v));
            }
        }
    }
    for (int i = 0; i < 8; ++i) {
        const int s[3] = {i & 1, (i >> 1) & 1, (i >> 2) & 1};
        const uint32_t c[3] = {corner[0][s[0]][s[1]][s[2]], corner[1][s[0]][s[1]][s[2]],
                               corner[2][s[0]][s[1]][s[2]]};
        const bool even = (s[0] + s[1] + s[2]) % 2 == 1;
        even ? mesh.triangle(c[0], c[1], c[2]) : mesh.triangle(c[0], c[2], c[1]);
    }
    return mesh;
}

Mesh beam(Vec3 from, Vec3 to, double width, double height, Vec3 up) {
    const Vec3 x = base::normalize(to - from);
    Vec3 y = base::cross(up, x);
    if (base::length_squared(y) < 1e-9) y = base::any_perpendicular(x);
    y = base::normalize(y);
    const Vec3 z = base::cross(x, y);
    Mesh mesh = box({}, {base::length(to - from), width, height});
    const auto turned = [&](Vec3f v) {
        return (x * double(v.x) + y * double(v.y) + z * double(v.z)).cast<float>();
    };
    for (Vec3f& p : mesh.tri.positions) p = turned(p);
    for (Vec3f& n : mesh.tri.normals) n = turned(n);
    return mesh.move((from + to) * 0.5);
}

Mesh rod(Vec3 from, Vec3 to, double r0, double r1, int sides, double bevel) {
    if (r1 < 0) r1 = r0;
    const double h = base::length(to - from);
    const double b = chosen(bevel, std::min(h, 2 * std::max(r0, r1)));
    Curve profile{{0, 0}};
    if (r0 > 0) profile.push_back({r0, 0});
    if (r1 > 0) profile.push_back({r1, h});
    profile.push_back({0, h});
    return lathe(profile, b, sides).place(along(from, to));
}

Mesh sphere(Vec3 centre, double radius, int detail) {
    const int rows = detail * 5 / 8;
    Mesh mesh;
    for (int i = 0; i <= rows; ++i) {
        const double t = -kPi / 2 + kPi * i / rows;
        for (int j = 0; j < detail; ++j) {
            const double a = 2 * kPi * j / detail;
            const Vec3 n{std::cos(t) * std::cos(a), std::cos(t) * std::sin(a), std::sin(t)};
            mesh.vertex(centre + n * radius, n);
        }
    }
    for (int i = 0; i < rows; ++i) {
        for (int j = 0; j < detail; ++j) {
            const auto at = [&](int row, int k) {
                return static_cast<uint32_t>(row * detail + k % detail);
            };
            if (i > 0) mesh.triangle(at(i, j), at(i, j + 1), at(i + 1, j + 1));
            if (i < rows - 1) mesh.triangle(at(i, j), at(i + 1, j + 1), at(i + 1, j));
        }
    }
    return mesh;
}

Mesh ellipsoid(Vec3 centre, Vec3 radii, int detail) {
    return sphere({}, 1, detail).scale(radii.x, radii.y, radii.z).move(centre);
}

Mesh capsule(Vec3 from, Vec3 to, double radius) {
    const double h = base::length(to - from);
    Curve profile = arc({0, 0}, radius, -90, 0, 8);
    profile = joined(profile, arc({0, h}, radius, 0, 90, 8));
    return lathe(profile, 0, 24).place(along(from, to));
}

Mesh torus(Vec3 centre, double ring_radius, double tube_radius, int around, int sides) {
    return lathe(circle(tube_radius, sides, {ring_radius, 0}), 0, around, true).move(centre);
}

Mesh lathe(const Curve& given, double bevel, int around, bool closed) {
    // A closed body may be given either way round; an open wall means what it says.
    const bool solid =
        closed || (std::abs(given.front().x) < 1e-9 && std::abs(given.back().x) < 1e-9);
    const Curve profile =
        solid && signed_area(given) < 0 ? Curve(given.rbegin(), given.rend()) : given;
    const std::vector<ProfilePoint> points = bevelled(profile, closed, bevel);
    const int n = static_cast<int>(points.size());
    Mesh mesh;
    for (const ProfilePoint& p : points) {
        for (int j = 0; j < around; ++j) {
            const double a = 2 * kPi * j / around, c = std::cos(a), s = std::sin(a);
            mesh.vertex({p.point.x * c, p.point.x * s, p.point.y},
                        {p.normal.x * c, p.normal.x * s, p.normal.y});
        }
    }
    for (int i = 0; i < (closed ? n : n - 1); ++i) {
        const int next = (i + 1) % n;
        for (int j = 0; j < around; ++j) {
            const auto at = [&](int row, int k) {
                return static_cast<uint32_t>(row * around + k % around);
            };
            if (std::abs(points[i].point.x) > 1e-9) {
                mesh.triangle(at(i, j), at(i, j + 1), at(next, j + 1));
            }
            if (std::abs(points[next].point.x) > 1e-9) {
                mesh.triangle(at(i, j), at(next, j + 1), at(next, j));
            }
        }
    }
    return mesh;
}

Curve vessel(const Curve& outer, double wall) {
    const std::vector<ProfilePoint> points = bevelled(outer, false, 0, 179);
    Curve out = outer;
    const size_t first = points.size() > 1 && points[0].point.x < 1e-9 ? 1 : 0;
    const Vec2 rim = points.back().point;
    out.push_back({std::max(rim.x - wall, 0.0), rim.y});
    double last = rim.y;
    for (size_t i = points.size() - 1; i-- > first;) {
        const Vec2 p = points[i].point - points[i].normal * wall;
        if (p.y < points[0].point.y + wall || p.x < 0.02 * wall || p.y > last - 1e-9) continue;
        out.push_back(p);
        last = p.y;
    }
    const double floor = points[0].point.y + wall;
    const double foot = points[std::min<size_t>(1, points.size() - 1)].point.x - wall;
    out.push_back({std::max(std::min(out.back().x * 0.92, foot), 0.0), floor});
    out.push_back({0, floor});
    return out;
}

Mesh extrude(const Curve& given, double z0, double z1, double bevel) {
    // Either way round will do; matter is inside.
    const Curve outline = signed_area(given) < 0 ? Curve(given.rbegin(), given.rend()) : given;
    Bounds extent;
    for (const Vec2& p : outline) extent.add(Vec3{p.x, p.y, 0});
    const double thin = std::min({z1 - z0, extent.size().x, extent.size().y});
    const double b = chosen(bevel, thin);
    const std::vector<ProfilePoint> points = bevelled(outline, true, b);
    const auto n = static_cast<uint32_t>(points.size());
    Mesh mesh;
    Curve inset;
    for (const ProfilePoint& p : points) inset.push_back(p.point - p.outset * b);
    for (uint32_t i = 0; i < n; ++i) mesh.vertex({inset[i].x, inset[i].y, z0}, {0, 0, -1});
    for (const double z : {z0 + b, z1 - b}) {
        for (const ProfilePoint& p : points) {
            mesh.vertex({p.point.x, p.point.y, z}, {p.normal.x, p.normal.y, 0});
        }
    }
    for (uint32_t i = 0; i < n; ++i) mesh.vertex({inset[i].x, inset[i].y, z1}, {0, 0, 1});
    for (uint32_t ring = 0; ring < 3; ++ring) {
        for (uint32_t i = 0; i < n; ++i) {
            const uint32_t j = (i + 1) % n, low = ring * n, high = low + n;
            mesh.quad(low + i, low + j, high + j, high + i);
        }
    }
    for (const auto& t : fill_polygon(inset)) {
        mesh.triangle(t[2], t[1], t[0]);
        mesh.triangle(3 * n + t[0], 3 * n + t[1], 3 * n + t[2]);
    }
    return mesh;
}

Mesh extrude_y(const Curve& outline_xz, double y0, double y1, double bevel) {
    return extrude(outline_xz, -y1, -y0, bevel).turn_x(90);
}

Mesh extrude_x(const Curve& outline_yz, double x0, double x1, double bevel) {
    Mesh mesh = extrude(outline_yz, x0, x1, bevel);
    cycle_axes(mesh.tri);
    return mesh;
}

Mesh facets(const std::vector<Vec3>& points, double crease_degrees) {
    Mesh mesh;
    mesh.tri = convex_hull(points);
    crease_normals(mesh.tri, crease_degrees > 0 ? crease_degrees : 2);
    return mesh;
}

}  // namespace world::kit
