#include "world/step/hull.h"

#include <LinearMath/btConvexHullComputer.h>

#include <algorithm>
#include <map>

namespace world::step {

namespace {

struct HullTriangle {
    std::array<int, 3> corner;
    Vec3 normal;
    double offset;
};

HullTriangle make_triangle_of(const std::vector<Vec3>& p, int a, int b, int c) {
    const Vec3 n = normalize(cross(p[b] - p[a], p[c] - p[a]));
    return {{a, b, c}, n, dot(n, p[a])};
}

std::vector<Vec3> box_around(const std::vector<Vec3>& points, double least_half) {
    base::Bounds box;
    for (const Vec3& p : points) box.add(p);
    const Vec3 c = box.centre();
    const Vec3 h = max(box.size() * 0.5, Vec3{least_half, least_half, least_half});
    std::vector<Vec3> out;
    for (int i = 0; i < 8; ++i) {
        out.push_back(c + Vec3{i & 1 ? h.x : -h.x, i & 2 ? h.y : -h.y, i & 4 ? h.z : -h.z});
    }
    return out;
}

// Joins coplanar neighbours so that a box has 6 faces and contact patches are whole.
std::vector<ConvexFace> merge_coplanar(const std::vector<Vec3>& p,
                                       const std::vector<HullTriangle>& triangles, double eps) {
    std::vector<ConvexFace> faces;
    std::vector<bool> used(triangles.size());
    for (size_t i = 0; i < triangles.size(); ++i) {
        if (used[i]) continue;
        std::map<std::pair<int, int>, bool> edges;
        for (size_t j = i; j < triangles.size(); ++j) {
            if (used[j] || dot(triangles[j].normal, triangles[i].normal) < 1 - 1e-5) continue;
            const auto& c = triangles[j].corner;
            const auto off = [&](int k) {
                return std::abs(dot(triangles[i].normal, p[c[k]]) - triangles[i].offset);
            };
            if (std::max({off(0), off(1), off(2)}) > 4 * eps + 1e-9) continue;
            used[j] = true;
            for (int k = 0; k < 3; ++k) edges[{c[k], c[(k + 1) % 3]}] = true;
        }
        std::map<int, int> next;
        for (const auto& [edge, _] : edges) {
            if (!edges.contains({edge.second, edge.first})) next[edge.first] = edge.second;
        }
        ConvexFace face;
        face.normal = triangles[i].normal;
        face.offset = triangles[i].offset;
        if (next.empty()) continue;
        const int start = next.begin()->first;
        int at = start;
        do {
            face.loop.push_back(static_cast<uint16_t>(at));
            const auto found = next.find(at);
            if (found == next.end()) break;
            at = found->second;
        } while (at != start && face.loop.size() <= next.size());
        faces.push_back(std::move(face));
    }
    return faces;
}

}  // namespace

Hull convex_hull(std::vector<Vec3> points) {
    base::Bounds box;
    for (const Vec3& p : points) box.add(p);
    const double scale = std::max(length(box.size()), 1e-6);
    // Bullet's hull works in exact integers: no point set, however flat, breaks its topology.
    btConvexHullComputer computer;
    const auto compute = [&] {
        computer.compute(&points[0].x, sizeof(Vec3), static_cast<int>(points.size()), 0, 0);
    };
    compute();
    const auto measured = [&] {
        Hull hull;
        for (int i = 0; i < computer.vertices.size(); ++i) {
            const btVector3& v = computer.vertices[i];
            hull.vertices.push_back({v.x(), v.y(), v.z()});
        }
        for (int i = 0; i < computer.faces.size(); ++i) {
            const btConvexHullComputer::Edge* first = &computer.edges[computer.faces[i]];
            const int apex = first->getSourceVertex();
            for (auto* e = first->getNextEdgeOfFace(); e->getTargetVertex() != apex;
                 e = e->getNextEdgeOfFace()) {
                hull.triangles.push_back({apex, e->getSourceVertex(), e->getTargetVertex()});
            }
        }
        return hull;
    };
    Hull hull = measured();
    double volume = solid_integral(hull.vertices, hull.triangles).amount;
    if (std::abs(volume) < 1e-9 * scale * scale * scale) {
        points = box_around(points, 1e-4);
        compute();
        hull = measured();
        volume = solid_integral(hull.vertices, hull.triangles).amount;
    }
    if (volume < 0) {
        for (auto& t : hull.triangles) std::swap(t[1], t[2]);
    }
    std::vector<HullTriangle> triangles;
    for (const auto& t : hull.triangles) {
        const Vec3 n = cross(hull.vertices[t[1]] - hull.vertices[t[0]],
                             hull.vertices[t[2]] - hull.vertices[t[0]]);
        if (length(n) < 1e-12 * scale * scale) continue;
        triangles.push_back(make_triangle_of(hull.vertices, t[0], t[1], t[2]));
    }
    // Faces take the plane of their largest triangle: slivers have poor normals.
    const auto twice_area = [&](const HullTriangle& t) {
        return length(cross(hull.vertices[t.corner[1]] - hull.vertices[t.corner[0]],
                            hull.vertices[t.corner[2]] - hull.vertices[t.corner[0]]));
    };
    std::stable_sort(triangles.begin(), triangles.end(),
                     [&](const HullTriangle& a, const HullTriangle& b) {
                         return twice_area(a) > twice_area(b);
                     });
    hull.faces = merge_coplanar(hull.vertices, triangles, 1e-6 * scale);
    return hull;
}

// Covariance of a tetrahedron with one corner at the origin: Blow and Binstock, "How to find the
// inertia tensor (or other mass properties) of a 3D solid body represented by a triangle mesh",
// 2004.
MassIntegral solid_integral(const std::vector<Vec3>& vertices,
                            const std::vector<std::array<int, 3>>& triangles) {
    double volume = 0;
    Vec3 moment;
    Mat3 covariance;
    for (const auto& t : triangles) {
        const Vec3 a = vertices[t[0]], b = vertices[t[1]], c = vertices[t[2]];
        const double six_v = dot(a, cross(b, c));
        const Vec3 s = a + b + c;
        volume += six_v / 6;
        moment += s * (six_v / 24);
        covariance = covariance + (Mat3::outer(a, a) + Mat3::outer(b, b) + Mat3::outer(c, c) +
                                   Mat3::outer(s, s)) *
                                      (six_v / 120);
    }
    MassIntegral out;
    out.amount = volume;
    if (volume == 0) return out;
    out.centroid = moment / volume;
    const Mat3 about = covariance - Mat3::outer(out.centroid, out.centroid) * volume;
    const double trace = about.row[0].x + about.row[1].y + about.row[2].z;
    out.inertia = Mat3::identity() * trace - about;
    return out;
}

MassIntegral sheet_integral(const std::vector<Vec3>& vertices,
                            const std::vector<std::array<int, 3>>& triangles) {
    double area = 0;
    Vec3 moment;
    Mat3 covariance;
    for (const auto& t : triangles) {
        const Vec3 a = vertices[t[0]], b = vertices[t[1]], c = vertices[t[2]];
        const double part = length(cross(b - a, c - a)) / 2;
        const Vec3 s = a + b + c;
        area += part;
        moment += s * (part / 3);
        covariance = covariance + (Mat3::outer(a, a) + Mat3::outer(b, b) + Mat3::outer(c, c) +
                                   Mat3::outer(s, s)) *
                                      (part / 12);
    }
    MassIntegral out;
    out.amount = area;
    if (area == 0) return out;
    out.centroid = moment / area;
    const Mat3 about = covariance - Mat3::outer(out.centroid, out.centroid) * area;
    const double trace = about.row[0].x + about.row[1].y + about.row[2].z;
    out.inertia = Mat3::identity() * trace - about;
    return out;
}

}  // namespace world::step
