#include "world/step/gjk.h"

#include <array>
#include <vector>

namespace world::step {

namespace {

struct SupportPoint {
    Vec3 w, a, b;  // w = a - b
};

SupportPoint support(const Posed& a, const Posed& b, Vec3 d) {
    const Vec3 pa = a.support(d), pb = b.support(-d);
    return {pa - pb, pa, pb};
}

struct Simplex {
    std::array<SupportPoint, 4> point;
    std::array<double, 4> weight{};
    int count = 0;

    void keep(std::initializer_list<int> which, std::initializer_list<double> weights) {
        std::array<SupportPoint, 4> kept;
        int n = 0;
        for (int i : which) kept[n++] = point[i];
        n = 0;
        for (double w : weights) weight[n++] = w;
        point = kept;
        count = n;
    }
    Vec3 closest() const {
        Vec3 v;
        for (int i = 0; i < count; ++i) v += point[i].w * weight[i];
        return v;
    }
};

// The regions of a triangle, after Ericson, "Real-Time Collision Detection" (2005), 5.1.5, for the
// origin as query point. Weights are of corners a, b, c.
std::array<double, 3> triangle_weights(Vec3 a, Vec3 b, Vec3 c) {
    const Vec3 ab = b - a, ac = c - a;
    const double d1 = -dot(ab, a), d2 = -dot(ac, a);
    if (d1 <= 0 && d2 <= 0) return {1, 0, 0};
    const double d3 = -dot(ab, b), d4 = -dot(ac, b);
    if (d3 >= 0 && d4 <= d3) return {0, 1, 0};
    const double vc = d1 * d4 - d3 * d2;
    if (vc <= 0 && d1 >= 0 && d3 <= 0) {
        const double v = d1 / (d1 - d3);
        return {1 - v, v, 0};
    }
    const double d5 = -dot(ab, c), d6 = -dot(ac, c);
    if (d6 >= 0 && d5 <= d6) return {0, 0, 1};
    const double vb = d5 * d2 - d1 * d6;
    if (vb <= 0 && d2 >= 0 && d6 <= 0) {
        const double w = d2 / (d2 - d6);
        return {1 - w, 0, w};
    }
    const double va = d3 * d6 - d5 * d4;
    if (va <= 0 && d4 - d3 >= 0 && d5 - d6 >= 0) {
        const double w = (d4 - d3) / ((d4 - d3) + (d5 - d6));
        return {0, 1 - w, w};
    }
    const double sum = va + vb + vc;
    return {va / sum, vb / sum, vc / sum};
}

void reduce_triangle(Simplex& s, int i, int j, int k) {
    const auto w = triangle_weights(s.point[i].w, s.point[j].w, s.point[k].w);
    const int index[3] = {i, j, k};
    std::array<SupportPoint, 4> kept;
    int n = 0;
    for (int t = 0; t < 3; ++t) {
        if (w[t] <= 0) continue;
        kept[n] = s.point[index[t]];
        s.weight[n++] = w[t];
    }
    s.point = kept;
    s.count = n;
}

// Shrinks the simplex to the feature nearest the origin. True when it encloses the origin.
bool reduce(Simplex& s) {
    if (s.count == 1) {
        s.weight[0] = 1;
        return false;
    }
    if (s.count == 2) {
        const Vec3 a = s.point[0].w, ab = s.point[1].w - a;
        const double t = -dot(a, ab), all = dot(ab, ab);
        if (t <= 0) s.keep({0}, {1});
        else if (t >= all) s.keep({1}, {1});
        else s.keep({0, 1}, {1 - t / all, t / all});
        return false;
    }
    if (s.count == 3) {
        reduce_triangle(s, 0, 1, 2);
        return false;
    }
    static constexpr int kFaces[4][4] = {{0, 1, 2, 3}, {0, 2, 3, 1}, {0, 3, 1, 2}, {1, 3, 2, 0}};
    Simplex best;
    double nearest = -1;
    for (const auto& f : kFaces) {
        const Vec3 a = s.point[f[0]].w;
        const Vec3 n = cross(s.point[f[1]].w - a, s.point[f[2]].w - a);
        const double inside = dot(n, s.point[f[3]].w - a);
        if (-dot(n, a) * inside > 0) continue;  // origin on the inner side of this face
        Simplex trial = s;
        reduce_triangle(trial, f[0], f[1], f[2]);
        const double d = length_squared(trial.closest());
        if (nearest < 0 || d < nearest) nearest = d, best = trial;
    }
    if (nearest < 0) return true;
    s = best;
    return false;
}

struct PolytopeFace {
    int a, b, c;
    Vec3 normal;
    double distance;
    bool alive = true;
};

// Grows the simplex of an overlap to a tetrahedron around the origin. False for flat cores.
bool grow(const Posed& a, const Posed& b, Simplex& s) {
    static const Vec3 kTry[6] = {{1, 0, 0},  {-1, 0, 0}, {0, 1, 0},
                                 {0, -1, 0}, {0, 0, 1},  {0, 0, -1}};
    const auto distinct = [&](Vec3 w) {
        for (int i = 0; i < s.count; ++i) {
            if (length_squared(w - s.point[i].w) < 1e-18) return false;
        }
        return true;
    };
    const auto add = [&](Vec3 d, auto&& good) {
        const SupportPoint p = support(a, b, d);
        if (!distinct(p.w) || !good(p.w)) return false;
        s.point[s.count++] = p;
        return true;
    };
    const auto any = [](Vec3) { return true; };
    if (s.count == 0) s.point[s.count++] = support(a, b, {1, 0, 0});
    for (int i = 0; s.count == 1 && i < 6; ++i) add(kTry[i], any);
    if (s.count == 2) {
        const Vec3 u = s.point[1].w - s.point[0].w;
        for (int i = 0; s.count == 2 && i < 6; ++i) {
            const Vec3 d = cross(u, kTry[i]);
            if (length_squared(d) < 1e-24) continue;
            add(d, [&](Vec3 w) { return length(cross(w - s.point[0].w, u)) > 1e-10 * length(u); });
        }
    }
    if (s.count == 3) {
        const Vec3 n = normalize(cross(s.point[1].w - s.point[0].w, s.point[2].w - s.point[0].w));
        const auto off = [&](Vec3 w) { return std::abs(dot(n, w - s.point[0].w)) > 1e-10; };
        if (!add(n, off)) add(-n, off);
    }
    return s.count == 4;
}

bool penetration(const Posed& a, const Posed& b, Simplex& s, Gap& out) {
    if (!grow(a, b, s)) return false;
    std::vector<SupportPoint> points(s.point.begin(), s.point.end());
    std::vector<PolytopeFace> faces;
    const auto add_face = [&](int i, int j, int k) {
        const Vec3 n = cross(points[j].w - points[i].w, points[k].w - points[i].w);
        const double l = length(n);
        if (l < 1e-24) return false;
        faces.push_back({i, j, k, n / l, dot(n / l, points[i].w)});
        return true;
    };
    const Vec3 inside = cross(points[1].w - points[0].w, points[2].w - points[0].w);
    const bool flip = dot(inside, points[3].w - points[0].w) > 0;
    static constexpr int kFaces[4][3] = {{0, 1, 2}, {0, 3, 1}, {0, 2, 3}, {1, 3, 2}};
    for (const auto& f : kFaces) {
        if (!(flip ? add_face(f[0], f[2], f[1]) : add_face(f[0], f[1], f[2]))) return false;
    }
    PolytopeFace best{};
    for (int iteration = 0; iteration < 64; ++iteration) {
        const PolytopeFace* nearest = nullptr;
        for (const PolytopeFace& f : faces) {
            if (f.alive && (!nearest || f.distance < nearest->distance)) nearest = &f;
        }
        if (!nearest) return false;
        best = *nearest;
        const SupportPoint p = support(a, b, best.normal);
        if (dot(p.w, best.normal) - best.distance < 1e-7 + 1e-5 * std::abs(best.distance)) break;
        const int index = static_cast<int>(points.size());
        points.push_back(p);
        std::vector<std::pair<int, int>> rim;
        const auto edge = [&](int i, int j) {
            for (size_t k = 0; k < rim.size(); ++k) {
                if (rim[k] == std::pair{j, i}) {
                    rim.erase(rim.begin() + static_cast<long>(k));
                    return;
                }
            }
            rim.push_back({i, j});
        };
        for (PolytopeFace& f : faces) {
            if (!f.alive || dot(f.normal, p.w) - f.distance <= 1e-12) continue;
            f.alive = false;
            edge(f.a, f.b), edge(f.b, f.c), edge(f.c, f.a);
        }
        if (rim.empty()) break;
        bool whole = true;
        for (const auto& [i, j] : rim) whole = add_face(i, j, index) && whole;
        if (!whole) break;
    }
    // Barycentric place of the nearest point gives the witnesses.
    const Vec3 foot = best.normal * best.distance;
    const auto w =
        triangle_weights(points[best.a].w - foot, points[best.b].w - foot, points[best.c].w - foot);
    out.on_a = points[best.a].a * w[0] + points[best.b].a * w[1] + points[best.c].a * w[2];
    out.on_b = points[best.a].b * w[0] + points[best.b].b * w[1] + points[best.c].b * w[2];
    out.normal = best.normal;
    out.separation = -std::max(best.distance, 0.0);
    return true;
}

void add_radii(const Posed& a, const Posed& b, Gap& out) {
    out.on_a += out.normal * a.shape->radius;
    out.on_b -= out.normal * b.shape->radius;
    out.separation -= a.shape->radius + b.shape->radius;
}

}  // namespace

bool closest_features(const Posed& a, const Posed& b, double reach, Gap& out) {
    const double radii = a.shape->radius + b.shape->radius;
    Simplex s;
    Vec3 v = a.to_world(a.shape->centre) - b.to_world(b.shape->centre);
    if (length_squared(v) < 1e-20) v = {0, 0, 1};
    bool overlap = false;
    double last = std::numeric_limits<double>::max();
    for (int iteration = 0; iteration < 40; ++iteration) {
        const SupportPoint p = support(a, b, -v);
        const double vv = length_squared(v), vw = dot(v, p.w);
        if (vw > 0 && vw > (reach + radii) * std::sqrt(vv)) return false;
        if (s.count > 0 && vv - vw <= 1e-11 * vv) break;
        bool known = false;
        for (int i = 0; i < s.count; ++i) known |= length_squared(s.point[i].w - p.w) < 1e-22;
        if (known) break;
        const Simplex before = s;
        s.point[s.count++] = p;
        if (reduce(s)) {
            overlap = true;
            break;
        }
        v = s.closest();
        const double now = length_squared(v);
        if (now < 1e-18) {
            overlap = true;
            break;
        }
        if (now >= last) {  // numerically stuck: the one before was the best
            s = before;
            v = s.closest();
            break;
        }
        last = now;
    }
    if (!overlap) {
        const double d = length(v);
        if (d - radii > reach) return false;
        out.normal = -v / d;
        out.on_a = out.on_b = {};
        for (int i = 0; i < s.count; ++i) {
            out.on_a += s.point[i].a * s.weight[i];
            out.on_b += s.point[i].b * s.weight[i];
        }
        out.separation = d;
        add_radii(a, b, out);
        return true;
    }
    if (!penetration(a, b, s, out)) {
        const Vec3 c = b.to_world(b.shape->centre) - a.to_world(a.shape->centre);
        out.normal = length_squared(c) > 0 ? normalize(c) : Vec3{0, 0, 1};
        out.on_a = s.count ? s.point[0].a : a.to_world(a.shape->centre);
        out.on_b = out.on_a;
        out.separation = 0;
    }
    add_radii(a, b, out);
    return true;
}

}  // namespace world::step
