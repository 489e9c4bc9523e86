#include "world/shapes/kit/hull.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace world::kit {
namespace {

struct Face {
    std::array<int, 3> v;
    Vec3 normal;
    double offset;
    bool gone = false;
};

Face make_face(const std::vector<Vec3>& p, int a, int b, int c) {
    const Vec3 n = base::normalize(base::cross(p[b] - p[a], p[c] - p[a]));
    return {{a, b, c}, n, base::dot(n, p[a])};
}

}  // namespace

TriMesh convex_hull(const std::vector<Vec3>& points) {
    TriMesh out;
    const int n = static_cast<int>(points.size());
    if (n < 4) return out;
    Bounds extent;
    for (const Vec3& p : points) extent.add(p);
    const double size = base::length(extent.size()), tiny = 1e-9 * size;

    // A first tetrahedron: farthest along x, then from the point, line and plane.
    const auto farthest = [&](auto&& measure) {
        int best = 0;
        for (int i = 1; i < n; ++i) {
            if (measure(points[i]) > measure(points[best])) best = i;
        }
        return best;
    };
    const int a = farthest([](Vec3 p) { return -p.x; });
    const int b = farthest([&](Vec3 p) { return base::length_squared(p - points[a]); });
    const Vec3 line = base::normalize(points[b] - points[a]);
    const int c =
        farthest([&](Vec3 p) { return base::length_squared(base::cross(p - points[a], line)); });
    const Vec3 plane = base::normalize(base::cross(points[b] - points[a], points[c] - points[a]));
    const int d = farthest([&](Vec3 p) { return std::abs(base::dot(p - points[a], plane)); });
    const double side = base::dot(points[d] - points[a], plane);
    if (std::abs(side) < 1e-6 * size) return out;

    std::vector<Face> faces;
    const auto add = [&](int i, int j, int k) { faces.push_back(make_face(points, i, j, k)); };
    if (side < 0) {
        add(a, b, c), add(a, d, b), add(b, d, c), add(c, d, a);
    } else {
        add(a, c, b), add(a, b, d), add(b, c, d), add(c, a, d);
    }
    for (int i = 0; i < n; ++i) {
        std::set<std::pair<int, int>> horizon;
        bool seen = false;
        for (Face& f : faces) {
            if (base::dot(f.normal, points[i]) - f.offset <= tiny) continue;
            seen = f.gone = true;
            for (int k = 0; k < 3; ++k) {
                const std::pair<int, int> edge{f.v[k], f.v[(k + 1) % 3]};
                if (!horizon.erase({edge.second, edge.first})) horizon.insert(edge);
            }
        }
        if (!seen) continue;
        std::erase_if(faces, [](const Face& f) { return f.gone; });
        for (const auto& [from, to] : horizon) add(from, to, i);
    }
    std::vector<int> index(n, -1);
    for (const Face& f : faces) {
        std::array<uint32_t, 3> t{};
        for (int k = 0; k < 3; ++k) {
            int& at = index[f.v[k]];
            if (at < 0) {
                at = static_cast<int>(out.positions.size());
                out.positions.push_back(points[f.v[k]].cast<float>());
            }
            t[k] = static_cast<uint32_t>(at);
        }
        out.triangles.push_back(t);
    }
    return out;
}

std::vector<Vec3> extreme_points(const std::vector<Vec3>& points, int count) {
    std::vector<Vec3> directions{{1, 0, 0},  {-1, 0, 0}, {0, 1, 0},
                                 {0, -1, 0}, {0, 0, 1},  {0, 0, -1}};
    // Fibonacci sphere for the rest.
    const int rest = std::max(count - 6, 0);
    for (int i = 0; i < rest; ++i) {
        const double z = 1 - 2 * (i + 0.5) / rest, r = std::sqrt(1 - z * z);
        const double a = kPi * (3 - std::sqrt(5.0)) * i;
        directions.push_back({r * std::cos(a), r * std::sin(a), z});
    }
    std::vector<size_t> chosen;
    for (const Vec3& d : directions) {
        size_t best = 0;
        double most = -1e300;
        for (size_t i = 0; i < points.size(); ++i) {
            const double m = base::dot(points[i], d);
            if (m > most) most = m, best = i;
        }
        if (std::find(chosen.begin(), chosen.end(), best) == chosen.end()) chosen.push_back(best);
    }
    std::vector<Vec3> out;
    if (points.empty()) return out;
    for (const size_t i : chosen) out.push_back(points[i]);
    return out;
}

}  // namespace world::kit
