// Bodies drawn along a path or through sections: tube, loft, sheet.
#include <algorithm>
#include <cmath>

#include "world/shapes/kit/solids.h"

namespace world::kit {
namespace {

// Area-weighted normals over shared vertices from `first` on.
void smooth_from(Mesh& mesh, size_t first_vertex, size_t first_triangle) {
    std::vector<Vec3> sums(mesh.tri.positions.size());
    for (size_t f = first_triangle; f < mesh.tri.triangles.size(); ++f) {
        const auto& t = mesh.tri.triangles[f];
        const Vec3 a = mesh.tri.positions[t[0]].cast<double>();
        const Vec3 n = base::cross(mesh.tri.positions[t[1]].cast<double>() - a,
                                   mesh.tri.positions[t[2]].cast<double>() - a);
        for (const uint32_t i : t) sums[i] += n;
    }
    for (size_t i = first_vertex; i < sums.size(); ++i) {
        const Vec3 n = base::normalize(sums[i]);
        if (base::length_squared(n) > 0.5) mesh.tri.normals[i] = n.cast<float>();
    }
}

}  // namespace

Mesh tube(const std::vector<Vec3>& points, const std::vector<double>& radii,
          const TubeOptions& options) {
    std::vector<Vec3> radius_points;
    for (size_t i = 0; i < points.size(); ++i) {
        radius_points.push_back({radii.size() == 1 ? radii[0] : radii[i], 0, 0});
    }
    const std::vector<Vec3> path = spline3(points, options.closed, options.steps);
    const std::vector<Vec3> widths = spline3(radius_points, options.closed, options.steps);
    const int n = static_cast<int>(path.size());

    std::vector<Vec3> tangents(n);
    for (int i = 0; i < n; ++i) {
        const int before = options.closed ? (i + n - 1) % n : std::max(i - 1, 0);
        const int after = options.closed ? (i + 1) % n : std::min(i + 1, n - 1);
        tangents[i] = base::normalize(path[after] - path[before]);
    }
    // Parallel transport keeps the section from twisting.
    Vec3 side = base::cross(options.up, tangents[0]);
    side = base::length_squared(side) < 1e-6 ? base::any_perpendicular(tangents[0])
                                             : base::normalize(side);
    struct Ring {
        Vec3 centre, u, v, tangent;
        double radius, lean;  // lean: share of the normal along the tangent (domes)
    };
    std::vector<Ring> rings;
    for (int i = 0; i < n; ++i) {
        if (i > 0) side = Quat::between(tangents[i - 1], tangents[i]).rotate(side);
        side = base::normalize(side - tangents[i] * base::dot(side, tangents[i]));
        rings.push_back({path[i], side, base::cross(tangents[i], side), tangents[i],
                         std::max(widths[i].x, 1e-6), 0});
    }
    if (options.closed) {
        // Spread what transport turned over one round.
        Vec3 end = Quat::between(tangents[n - 1], tangents[0]).rotate(rings[n - 1].u);
        const double turn = std::atan2(base::dot(end, rings[0].v), base::dot(end, rings[0].u));
        for (int i = 0; i < n; ++i) {
            const Quat q = Quat::from_axis_angle(tangents[i], -turn * i / n);
            rings[i].u = q.rotate(rings[i].u);
            rings[i].v = q.rotate(rings[i].v);
        }
    } else {
        constexpr int kDome = 3;
        const auto dome = [&](const Ring& end, double sign) {
            std::vector<Ring> out;
            for (int k = 1; k <= kDome; ++k) {
                const double a = kPi / 2 * k / kDome;
                Ring r = end;
                r.centre =
                    end.centre + end.tangent * (sign * end.radius * options.flat * std::sin(a));
                r.radius = std::max(end.radius * std::cos(a), 1e-7);
                r.lean = sign * std::sin(a);
                out.push_back(r);
            }
            return out;
        };
        const std::vector<Ring> tail = dome(rings.back(), 1);
        std::vector<Ring> head = dome(rings.front(), -1);
        std::reverse(head.begin(), head.end());
        rings.insert(rings.begin(), head.begin(), head.end());
        rings.insert(rings.end(), tail.begin(), tail.end());
    }
    Mesh mesh;
    const int sides = options.sides, count = static_cast<int>(rings.size());
    for (const Ring& r : rings) {
        for (int j = 0; j < sides; ++j) {
            const double a = 2 * kPi * j / sides, c = std::cos(a), s = std::sin(a);
            const double across = std::sqrt(std::max(0.0, 1 - r.lean * r.lean));
            mesh.vertex(r.centre + r.u * (r.radius * c) + r.v * (r.radius * options.flat * s),
                        (r.u * c + r.v * (s / options.flat)) * across + r.tangent * r.lean);
        }
    }
    for (int i = 0; i < (options.closed ? count : count - 1); ++i) {
        for (int j = 0; j < sides; ++j) {
            const auto at = [&](int row, int k) {
                return static_cast<uint32_t>((row % count) * sides + k % sides);
            };
            mesh.quad(at(i, j), at(i, j + 1), at(i + 1, j + 1), at(i + 1, j));
        }
    }
    return mesh;
}

Mesh loft_rings(const std::vector<std::vector<Vec3>>& rings, bool caps) {
    Mesh mesh;
    const auto sides = static_cast<uint32_t>(rings[0].size());
    for (const auto& ring : rings) {
        for (const Vec3& p : ring) mesh.vertex(p, {0, 0, 1});
    }
    for (uint32_t i = 0; i + 1 < rings.size(); ++i) {
        for (uint32_t j = 0; j < sides; ++j) {
            const uint32_t k = (j + 1) % sides, low = i * sides, high = low + sides;
            mesh.quad(low + j, low + k, high + k, high + j);
        }
    }
    smooth_from(mesh, 0, 0);
    for (int end = 0; end < 2 && caps; ++end) {
        const auto& ring = end ? rings.back() : rings.front();
        Vec3 centre, normal;
        for (const Vec3& p : ring) centre += p / double(sides);
        for (uint32_t j = 0; j < sides; ++j) {
            normal += base::cross(ring[j] - centre, ring[(j + 1) % sides] - centre);
        }
        if (base::length_squared(normal) < 1e-24) continue;
        if (!end) normal = -normal;
        const uint32_t c = mesh.vertex(centre, normal);
        for (const Vec3& p : ring) mesh.vertex(p, normal);
        for (uint32_t j = 0; j < sides; ++j) {
            const uint32_t k = (j + 1) % sides;
            end ? mesh.triangle(c, c + 1 + j, c + 1 + k) : mesh.triangle(c, c + 1 + k, c + 1 + j);
        }
    }
    return mesh;
}

Mesh loft(const std::vector<Station>& stations, int steps, int around, bool round_ends) {
    std::vector<Vec3> first, second, third;
    for (const Station& s : stations) {
        first.push_back({s.x, s.y, s.z});
        second.push_back({s.half_width, s.up, s.down});
        third.push_back({s.power, 0, 0});
    }
    first = spline3(first, false, steps);
    second = spline3(second, false, steps);
    third = spline3(third, false, steps);
    if (round_ends) {
        // A dome at each end, as deep as a third of the section.
        for (int end = 0; end < 2; ++end) {
            const bool front = end == 1;
            const Vec3 at = front ? first.back() : first.front();
            const Vec3 size = front ? second.back() : second.front();
            const Vec3 power = front ? third.back() : third.front();
            const double sign = (stations.back().x > stations.front().x) == front ? 1 : -1;
            const double depth = 0.35 * std::min(size.x, 0.5 * (size.y + size.z));
            for (int k = 1; k <= 4; ++k) {
                const double a = kPi / 2 * k / 4;
                const Vec3 p = at + Vec3{sign * depth * std::sin(a), 0, 0};
                const Vec3 s = size * std::max(std::cos(a), 0.02);
                first.insert(front ? first.end() : first.begin(), p);
                second.insert(front ? second.end() : second.begin(), s);
                third.insert(front ? third.end() : third.begin(), power);
            }
        }
    }
    std::vector<std::vector<Vec3>> rings;
    for (size_t i = 0; i < first.size(); ++i) {
        std::vector<Vec3> ring;
        const double e = 2 / std::max(third[i].x, 0.5);
        for (int j = 0; j < around; ++j) {
            const double a = 2 * kPi * j / around, c = std::cos(a), s = std::sin(a);
            const double y = std::copysign(std::pow(std::abs(c), e), c);
            const double z = std::copysign(std::pow(std::abs(s), e), s);
            ring.push_back(first[i] + Vec3{0, std::max(second[i].x, 1e-5) * y,
                                           std::max(z > 0 ? second[i].y : second[i].z, 1e-5) * z});
        }
        rings.push_back(std::move(ring));
    }
    if (rings.back()[0].x < rings.front()[0].x) std::reverse(rings.begin(), rings.end());
    return loft_rings(rings);
}

Mesh sheet(int columns, int rows, const std::function<Vec3(double, double)>& point,
           double thickness) {
    Mesh front;
    const auto at = [&](int i, int j) { return static_cast<uint32_t>(j * (columns + 1) + i); };
    for (int j = 0; j <= rows; ++j) {
        for (int i = 0; i <= columns; ++i) {
            front.vertex(point(double(i) / columns, double(j) / rows), {0, 0, 1});
        }
    }
    for (int j = 0; j < rows; ++j) {
        for (int i = 0; i < columns; ++i) {
            front.quad(at(i, j), at(i + 1, j), at(i + 1, j + 1), at(i, j + 1));
        }
    }
    smooth_from(front, 0, 0);
    Mesh mesh = front, back = front;
    const auto half = static_cast<float>(thickness / 2);
    for (size_t i = 0; i < front.tri.positions.size(); ++i) {
        mesh.tri.positions[i] += front.tri.normals[i] * half;
        back.tri.positions[i] -= front.tri.normals[i] * half;
        back.tri.normals[i] = -front.tri.normals[i];
    }
    for (auto& t : back.tri.triangles) std::swap(t[1], t[2]);
    std::vector<uint32_t> rim;
    for (int i = 0; i < columns; ++i) rim.push_back(at(i, 0));
    for (int j = 0; j < rows; ++j) rim.push_back(at(columns, j));
    for (int i = columns; i > 0; --i) rim.push_back(at(i, rows));
    for (int j = rows; j > 0; --j) rim.push_back(at(0, j));
    Mesh edge;
    for (size_t k = 0; k < rim.size(); ++k) {
        const uint32_t a = rim[k], b = rim[(k + 1) % rim.size()];
        const Vec3 fa = mesh.tri.positions[a].cast<double>(),
                   fb = mesh.tri.positions[b].cast<double>();
        const Vec3 ba = back.tri.positions[a].cast<double>(),
                   bb = back.tri.positions[b].cast<double>();
        const Vec3 n = base::cross(fb - fa, fa - ba);
        if (base::length_squared(n) < 1e-30) continue;
        const uint32_t v = edge.vertex(ba, n);
        edge.vertex(bb, n);
        edge.vertex(fb, n);
        edge.vertex(fa, n);
        edge.quad(v, v + 1, v + 2, v + 3);
    }
    return mesh.add(back).add(edge);
}

}  // namespace world::kit
