#include "world/shapes/kit/profile.h"

#include <algorithm>
#include <cmath>

namespace world::kit {
namespace {

double length(Vec2 v) { return std::hypot(v.x, v.y); }
double dot(Vec2 a, Vec2 b) { return a.x * b.x + a.y * b.y; }
double cross(Vec2 a, Vec2 b) { return a.x * b.y - a.y * b.x; }
Vec2 unit(Vec2 v) {
    const double l = length(v);
    return l > 0 ? v * (1 / l) : v;
}
Vec2 right_of(Vec2 direction) { return {direction.y, -direction.x}; }

Curve without_doubles(const Curve& curve, bool closed) {
    Curve out;
    for (const Vec2& p : curve) {
        if (out.empty() || length(p - out.back()) > 1e-9) out.push_back(p);
    }
    if (closed && out.size() > 1 && length(out.front() - out.back()) < 1e-9) out.pop_back();
    return out;
}

template <typename V>
V catmull_rom(V a, V b, V c, V d, double t) {
    return (b * 2.0 + (c - a) * t + (a * 2.0 - b * 5.0 + c * 4.0 - d) * (t * t) +
            (b * 3.0 - a - c * 3.0 + d) * (t * t * t)) *
           0.5;
}

template <typename V>
std::vector<V> spline_through(const std::vector<V>& points, bool closed, int steps) {
    const int n = static_cast<int>(points.size());
    if (n < 3 || steps < 2) return points;
    const auto at = [&](int i) {
        return closed ? points[(i + n) % n] : points[std::clamp(i, 0, n - 1)];
    };
    std::vector<V> out;
    for (int i = 0; i < (closed ? n : n - 1); ++i) {
        for (int k = 0; k < steps; ++k) {
            out.push_back(catmull_rom(at(i - 1), at(i), at(i + 1), at(i + 2),
                                      static_cast<double>(k) / steps));
        }
    }
    if (!closed) out.push_back(points.back());
    return out;
}

bool inside_triangle(Vec2 p, Vec2 a, Vec2 b, Vec2 c) {
    constexpr double kTouching = 1e-12;  // a point on the border does not spoil an ear
    return cross(b - a, p - a) > kTouching && cross(c - b, p - b) > kTouching &&
           cross(a - c, p - c) > kTouching;
}

}  // namespace

std::vector<ProfilePoint> bevelled(const Curve& raw, bool closed, double bevel,
                                   double crease_degrees) {
    const Curve curve = without_doubles(raw, closed);
    const int n = static_cast<int>(curve.size());
    const double limit = std::cos(crease_degrees * kPi / 180);
    std::vector<ProfilePoint> out;
    for (int i = 0; i < n; ++i) {
        const Vec2 p = curve[i];
        const bool first = !closed && i == 0, last = !closed && i == n - 1;
        const Vec2 before = p - curve[(i + n - 1) % n], after = curve[(i + 1) % n] - p;
        const Vec2 d0 = unit(first ? after : before), d1 = unit(last ? before : after);
        if (dot(d0, d1) >= limit || first || last) {
            const Vec2 n = unit(right_of(d0) + right_of(d1));
            out.push_back({p, n, n});
            continue;
        }
        const Vec2 n0 = right_of(d0), n1 = right_of(d1);
        // Both ends of a bevel move inward to one point on the bisector.
        const Vec2 miter = (n0 + n1) * (1 / std::max(1 + dot(n0, n1), 0.35));
        if (cross(d0, d1) < 0) {  // an inner corner stays sharp
            out.push_back({p, n0, miter});
            out.push_back({p, n1, miter});
            continue;
        }
        const double b = std::min({bevel, 0.4 * length(before), 0.4 * length(after)});
        const double share = bevel > 0 ? b / bevel : 0;
        out.push_back({p - d0 * b, n0, miter - d0 * share});
        out.push_back({p + d1 * b, n1, miter + d1 * share});
    }
    return out;
}

Curve spline(const Curve& points, bool closed, int steps) {
    return spline_through(points, closed, steps);
}
std::vector<Vec3> spline3(const std::vector<Vec3>& points, bool closed, int steps) {
    return spline_through(points, closed, steps);
}

Curve fillet(const Curve& points, double radius, bool closed, int steps) {
    const int n = static_cast<int>(points.size());
    Curve out;
    for (int i = 0; i < n; ++i) {
        const Vec2 p = points[i];
        if (!closed && (i == 0 || i == n - 1)) {
            out.push_back(p);
            continue;
        }
        const Vec2 to0 = points[(i + n - 1) % n] - p, to1 = points[(i + 1) % n] - p;
        const Vec2 u = unit(to0), v = unit(to1);
        const double half = 0.5 * std::acos(std::clamp(dot(u, v), -1.0, 1.0));
        const double reach =
            std::min({radius / std::tan(half), 0.48 * length(to0), 0.48 * length(to1)});
        if (half > 1.5 || reach <= 0) {
            out.push_back(p);
            continue;
        }
        // A quadratic from tangent point to tangent point is within 1 % of the arc here.
        for (int k = 0; k <= steps; ++k) {
            const double t = static_cast<double>(k) / steps;
            out.push_back(p + u * (reach * (1 - t) * (1 - t)) + v * (reach * t * t));
        }
    }
    return out;
}

Curve ellipse(double rx, double ry, int sides, Vec2 centre) {
    Curve out;
    for (int i = 0; i < sides; ++i) {
        const double a = 2 * kPi * i / sides;
        out.push_back(centre + Vec2{rx * std::cos(a), ry * std::sin(a)});
    }
    return out;
}
Curve circle(double radius, int sides, Vec2 centre) {
    return ellipse(radius, radius, sides, centre);
}
Curve rectangle(double width, double height, Vec2 c) {
    const double x = width / 2, y = height / 2;
    return {{c.x - x, c.y - y}, {c.x + x, c.y - y}, {c.x + x, c.y + y}, {c.x - x, c.y + y}};
}
Curve rounded_rectangle(double width, double height, double radius, Vec2 centre) {
    return fillet(rectangle(width, height, centre), radius);
}
Curve regular_polygon(int sides, double radius, double first_degrees) {
    Curve out;
    for (int i = 0; i < sides; ++i) {
        const double a = first_degrees * kPi / 180 + 2 * kPi * i / sides;
        out.push_back({radius * std::cos(a), radius * std::sin(a)});
    }
    return out;
}
Curve star_outline(int points, double outer, double inner) {
    Curve out;
    for (int i = 0; i < 2 * points; ++i) {
        const double a = kPi / 2 + kPi * i / points, r = i % 2 == 0 ? outer : inner;
        out.push_back({r * std::cos(a), r * std::sin(a)});
    }
    return out;
}
Curve arc(Vec2 centre, double radius, double from_degrees, double to_degrees, int steps) {
    Curve out;
    for (int i = 0; i <= steps; ++i) {
        const double a = (from_degrees + (to_degrees - from_degrees) * i / steps) * kPi / 180;
        out.push_back(centre + Vec2{radius * std::cos(a), radius * std::sin(a)});
    }
    return out;
}
Curve joined(Curve a, const Curve& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

// Ear clipping.
std::vector<std::array<uint32_t, 3>> fill_polygon(const Curve& polygon) {
    // Points that fall together (the two ends of a bevel) would block their own ear.
    std::vector<uint32_t> left;
    const auto same = [&](uint32_t i, uint32_t j) {
        return length(polygon[i] - polygon[j]) < 1e-9;
    };
    for (uint32_t i = 0; i < polygon.size(); ++i) {
        if (left.empty() || !same(i, left.back())) left.push_back(i);
    }
    if (left.size() > 1 && same(left.front(), left.back())) left.pop_back();
    std::vector<std::array<uint32_t, 3>> out;
    while (left.size() > 3) {
        const size_t n = left.size();
        size_t best = n;
        for (size_t i = 0; i < n && best == n; ++i) {
            const uint32_t ia = left[(i + n - 1) % n], ib = left[i], ic = left[(i + 1) % n];
            const Vec2 a = polygon[ia], b = polygon[ib], c = polygon[ic];
            if (cross(b - a, c - b) <= 1e-14) continue;
            bool ear = true;
            for (size_t k = 0; k < n && ear; ++k) {
                const uint32_t j = left[k];
                if (j == ia || j == ib || j == ic) continue;
                ear = !inside_triangle(polygon[j], a, b, c);
            }
            if (ear) best = i;
        }
        if (best == n) best = 0;  // collinear remains: any cut will do
        out.push_back({left[(best + n - 1) % n], left[best], left[(best + 1) % n]});
        left.erase(left.begin() + static_cast<std::ptrdiff_t>(best));
    }
    if (left.size() == 3) out.push_back({left[0], left[1], left[2]});
    return out;
}

}  // namespace world::kit
