#include "world/break/polyhedron.h"

#include "world/step/hull.h"

namespace world {

using base::Vec3;

namespace {

void add_ring(std::vector<Vec3>& out, double radius, double z, int count) {
    for (int i = 0; i < count; ++i) {
        const double a = 2 * base::kPi * i / count;
        out.push_back({radius * std::cos(a), radius * std::sin(a), z});
    }
}

std::vector<Vec3> outline(const CollisionPart& part) {
    const Vec3 h = part.half_extents;
    std::vector<Vec3> out;
    const auto cap = [&](double centre_z, double sign) {
        for (int k = 1; k <= 4; ++k) {
            const double a = base::kPi / 2 * k / 4;
            if (k == 4) out.push_back({0, 0, centre_z + sign * h.x});
            else add_ring(out, h.x * std::cos(a), centre_z + sign * h.x * std::sin(a), 16);
        }
    };
    switch (part.kind) {
        case CollisionKind::Box:
            for (int i = 0; i < 8; ++i) {
                out.push_back({i & 1 ? h.x : -h.x, i & 2 ? h.y : -h.y, i & 4 ? h.z : -h.z});
            }
            break;
        case CollisionKind::Sphere:
            add_ring(out, h.x, 0, 16);
            cap(0, 1), cap(0, -1);
            break;
        case CollisionKind::Capsule:
            add_ring(out, h.x, h.z, 16), add_ring(out, h.x, -h.z, 16);
            cap(h.z, 1), cap(-h.z, -1);
            break;
        case CollisionKind::Cylinder:
            add_ring(out, h.x, h.z, 20), add_ring(out, h.x, -h.z, 20);
            break;
        case CollisionKind::Cone:
            add_ring(out, h.x, -h.z, 20);
            out.push_back({0, 0, h.z});
            break;
        default:
            for (const auto& p : part.points) out.push_back(p.cast<double>());
    }
    return out;
}

}  // namespace

Polyhedron polyhedron_of(const CollisionPart& part) {
    const step::Hull hull = step::convex_hull(outline(part));
    Polyhedron out;
    for (const step::ConvexFace& face : hull.faces) {
        std::vector<Vec3> loop;
        for (uint16_t i : face.loop) loop.push_back(part.pose.apply(hull.vertices[i]));
        out.faces.push_back(std::move(loop));
    }
    return out;
}

Polyhedron cut(const Polyhedron& solid, Vec3 normal, double offset) {
    constexpr double kOn = 1e-9;  // m
    Polyhedron out;
    std::vector<Vec3> rim;  // points of the new face
    bool removed = false;
    for (const auto& face : solid.faces) {
        std::vector<Vec3> kept;
        for (size_t i = 0; i < face.size(); ++i) {
            const Vec3 a = face[i], b = face[(i + 1) % face.size()];
            const double da = dot(normal, a) - offset, db = dot(normal, b) - offset;
            if (da <= kOn) kept.push_back(a);
            if (std::abs(da) <= kOn) rim.push_back(a);
            if (da > kOn) removed = true;
            if ((da > kOn && db < -kOn) || (da < -kOn && db > kOn)) {
                const Vec3 p = a + (b - a) * (da / (da - db));
                kept.push_back(p);
                rim.push_back(p);
            }
        }
        bool inside = false;  // not merely lying in the plane
        for (const Vec3& p : kept) inside |= dot(normal, p) - offset < -kOn;
        if (kept.size() >= 3 && inside) out.faces.push_back(std::move(kept));
    }
    if (!removed) return solid;
    if (out.faces.empty()) return out;
    // The cut is convex: order its corners by angle around their centre.
    std::vector<Vec3> corners;
    for (const Vec3& p : rim) {
        bool known = false;
        for (const Vec3& q : corners) known |= length_squared(p - q) < 1e-16;
        if (!known) corners.push_back(p);
    }
    if (corners.size() < 3) return out;
    Vec3 centre;
    for (const Vec3& p : corners) centre += p / static_cast<double>(corners.size());
    const Vec3 u = any_perpendicular(normal), v = cross(normal, u);
    std::sort(corners.begin(), corners.end(), [&](Vec3 a, Vec3 b) {
        return std::atan2(dot(a - centre, v), dot(a - centre, u)) <
               std::atan2(dot(b - centre, v), dot(b - centre, u));
    });
    out.faces.push_back(std::move(corners));
    return out;
}

double volume(const Polyhedron& solid) {
    double sum = 0;
    for (const auto& face : solid.faces) {
        for (size_t i = 2; i < face.size(); ++i) {
            sum += dot(face[0], cross(face[i - 1], face[i])) / 6;
        }
    }
    return sum;
}

Vec3 centroid(const Polyhedron& solid) {
    Vec3 sum;
    double all = 0;
    for (const auto& face : solid.faces) {
        for (size_t i = 2; i < face.size(); ++i) {
            const double six = dot(face[0], cross(face[i - 1], face[i]));
            sum += (face[0] + face[i - 1] + face[i]) * (six / 4);
            all += six;
        }
    }
    return all != 0 ? sum / all : sum;
}

std::vector<Vec3> corners(const Polyhedron& solid) {
    std::vector<Vec3> out;
    for (const auto& face : solid.faces) {
        for (const Vec3& p : face) {
            bool known = false;
            for (const Vec3& q : out) known |= length_squared(p - q) < 1e-16;
            if (!known) out.push_back(p);
        }
    }
    return out;
}

}  // namespace world
