#include "world/step/convex.h"

#include "world/step/hull.h"

namespace world::step {

namespace {

constexpr int kRimPoints = 12;  // polygon that stands for a round cap in contact patches

ConvexFace quad(const std::vector<Vec3>& v, uint16_t a, uint16_t b, uint16_t c, uint16_t d) {
    ConvexFace face;
    face.loop = {a, b, c, d};
    face.normal = normalize(cross(v[b] - v[a], v[c] - v[a]));
    face.offset = dot(face.normal, v[a]);
    return face;
}

void make_box(Convex& out) {
    for (int i = 0; i < 8; ++i) {
        const Vec3 corner{i & 1 ? out.half.x : -out.half.x, i & 2 ? out.half.y : -out.half.y,
                          i & 4 ? out.half.z : -out.half.z};
        out.vertices.push_back(out.centre + out.axes * corner);
    }
    const auto& v = out.vertices;
    out.faces = {quad(v, 0, 4, 6, 2), quad(v, 1, 3, 7, 5), quad(v, 0, 1, 5, 4),
                 quad(v, 2, 6, 7, 3), quad(v, 0, 2, 3, 1), quad(v, 4, 5, 7, 6)};
}

void measure(Convex& out) {
    const Vec3 axes[3] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    for (int i = 0; i < 3; ++i) {
        out.bounds.high[i] = core_support(out, axes[i])[i] + out.radius;
        out.bounds.low[i] = core_support(out, -axes[i])[i] - out.radius;
    }
    if (out.vertices.empty()) {
        const double round = std::sqrt(out.half.x * out.half.x + out.half.z * out.half.z);
        const double own = out.kind == CollisionKind::Sphere    ? out.half.x
                           : out.kind == CollisionKind::Capsule ? out.half.x + out.half.z
                                                                : round;
        out.reach = length(out.centre) + own;
    } else {
        for (const Vec3& v : out.vertices) out.reach = std::max(out.reach, length(v));
    }
}

// The rim of a circle at height z in the primitive frame; its first point lies toward `d`.
void add_rim(const Convex& shape, Vec3 d, double z, bool upward, Feature& out) {
    const double flat = std::hypot(d.x, d.y);
    const double start = flat > 1e-9 ? std::atan2(d.y, d.x) : 0;
    for (int i = 0; i < kRimPoints; ++i) {
        const double turn = 2 * base::kPi * i / kRimPoints;
        const double angle = start + (upward ? turn : -turn);
        const Vec3 p{shape.half.x * std::cos(angle), shape.half.x * std::sin(angle), z};
        out.point[out.count++] = shape.centre + shape.axes * p;
    }
    out.normal = shape.axes * Vec3{0, 0, upward ? 1.0 : -1.0};
}

void add_edge(const Convex& shape, Vec3 a, Vec3 b, Feature& out) {
    out.point[out.count++] = shape.centre + shape.axes * a;
    out.point[out.count++] = shape.centre + shape.axes * b;
}

}  // namespace

Convex make_convex(const CollisionPart& part, Vec3 origin) {
    Convex out;
    out.kind = part.kind;
    out.centre = part.pose.translation - origin;
    out.rotation = part.pose.rotation;
    out.axes = Mat3::rotation(part.pose.rotation);
    out.half = part.half_extents;
    switch (part.kind) {
        case CollisionKind::Sphere:
        case CollisionKind::Capsule: out.radius = part.half_extents.x; break;
        case CollisionKind::Box: make_box(out); break;
        case CollisionKind::ConvexHull: {
            std::vector<Vec3> points;
            for (const auto& p : part.points)
                points.push_back(part.pose.apply(p.cast<double>()) - origin);
            Hull hull = convex_hull(std::move(points));
            out.vertices = std::move(hull.vertices);
            out.faces = std::move(hull.faces);
            base::Bounds box;
            for (const Vec3& v : out.vertices) box.add(v);
            out.centre = box.centre();
            break;
        }
        default: break;
    }
    measure(out);
    return out;
}

Convex make_triangle(Vec3 a, Vec3 b, Vec3 c) {
    Convex out;
    out.kind = CollisionKind::ConvexHull;
    out.vertices = {a, b, c};
    out.centre = (a + b + c) / 3;
    measure(out);
    return out;
}

Vec3 core_support(const Convex& shape, Vec3 d) {
    switch (shape.kind) {
        case CollisionKind::Sphere: return shape.centre;
        case CollisionKind::Capsule: {
            const Vec3 axis = shape.axes.column(2) * shape.half.z;
            return dot(axis, d) >= 0 ? shape.centre + axis : shape.centre - axis;
        }
        case CollisionKind::Box: {
            const Vec3 l = shape.axes.transposed_times(d);
            return shape.centre + shape.axes * Vec3{l.x >= 0 ? shape.half.x : -shape.half.x,
                                                    l.y >= 0 ? shape.half.y : -shape.half.y,
                                                    l.z >= 0 ? shape.half.z : -shape.half.z};
        }
        case CollisionKind::Cylinder: {
            const Vec3 l = shape.axes.transposed_times(d);
            const double flat = std::hypot(l.x, l.y);
            const double s = flat > 1e-12 ? shape.half.x / flat : 0;
            return shape.centre +
                   shape.axes * Vec3{l.x * s, l.y * s, l.z >= 0 ? shape.half.z : -shape.half.z};
        }
        case CollisionKind::Cone: {
            const Vec3 l = shape.axes.transposed_times(d);
            const double flat = std::hypot(l.x, l.y);
            const double at_tip = l.z * shape.half.z;
            const double at_rim = -l.z * shape.half.z + flat * shape.half.x;
            if (at_tip > at_rim) return shape.centre + shape.axes * Vec3{0, 0, shape.half.z};
            const double s = flat > 1e-12 ? shape.half.x / flat : 0;
            return shape.centre + shape.axes * Vec3{l.x * s, l.y * s, -shape.half.z};
        }
        default: break;
    }
    const Vec3* best = &shape.vertices[0];
    double most = dot(*best, d);
    for (const Vec3& v : shape.vertices) {
        if (const double along = dot(v, d); along > most) most = along, best = &v;
    }
    return *best;
}

bool contains(const Convex& shape, Vec3 point) {
    const Vec3 l = shape.axes.transposed_times(point - shape.centre);
    const Vec3 h = shape.half;
    const double flat = std::hypot(l.x, l.y);
    switch (shape.kind) {
        case CollisionKind::Sphere: return length(l) <= h.x;
        case CollisionKind::Capsule:
            return std::hypot(flat, std::max(std::abs(l.z) - h.z, 0.0)) <= h.x;
        case CollisionKind::Cylinder: return flat <= h.x && std::abs(l.z) <= h.z;
        case CollisionKind::Cone:
            return std::abs(l.z) <= h.z && flat <= h.x * (h.z - l.z) / (2 * h.z);
        default: break;
    }
    for (const ConvexFace& face : shape.faces) {
        if (dot(face.normal, point) > face.offset) return false;
    }
    return !shape.faces.empty();
}

double convex_volume(const Convex& shape) {
    const Vec3 h = shape.half;
    switch (shape.kind) {
        case CollisionKind::Sphere: return 4.0 / 3 * base::kPi * h.x * h.x * h.x;
        case CollisionKind::Box: return 8 * h.x * h.y * h.z;
        case CollisionKind::Capsule: return base::kPi * h.x * h.x * (2 * h.z + 4.0 / 3 * h.x);
        case CollisionKind::Cylinder: return base::kPi * h.x * h.x * 2 * h.z;
        case CollisionKind::Cone: return base::kPi * h.x * h.x * 2 * h.z / 3;
        default: break;
    }
    double volume = 0;
    for (const ConvexFace& face : shape.faces) {
        const Vec3 a = shape.vertices[face.loop[0]];
        for (size_t i = 2; i < face.loop.size(); ++i) {
            volume +=
                dot(a, cross(shape.vertices[face.loop[i - 1]], shape.vertices[face.loop[i]])) / 6;
        }
    }
    return volume;
}

Feature supporting_feature(const Convex& shape, Vec3 d) {
    Feature out;
    const Vec3 h = shape.half;
    switch (shape.kind) {
        case CollisionKind::Sphere: out.point[out.count++] = shape.centre; return out;
        case CollisionKind::Capsule: add_edge(shape, {0, 0, -h.z}, {0, 0, h.z}, out); return out;
        case CollisionKind::Cylinder: {
            const Vec3 l = shape.axes.transposed_times(d);
            const double flat = std::hypot(l.x, l.y);
            if (std::abs(l.z) > flat) {
                add_rim(shape, l, l.z > 0 ? h.z : -h.z, l.z > 0, out);
            } else {
                const Vec3 r = Vec3{l.x, l.y, 0} * (h.x / flat);
                add_edge(shape, {r.x, r.y, -h.z}, {r.x, r.y, h.z}, out);
            }
            return out;
        }
        case CollisionKind::Cone: {
            const Vec3 l = shape.axes.transposed_times(d);
            const double flat = std::hypot(l.x, l.y);
            const double slant = std::hypot(h.x, 2 * h.z);
            const double toward_side = (flat * 2 * h.z + l.z * h.x) / slant;
            if (-l.z > toward_side) {
                add_rim(shape, l, -h.z, false, out);
            } else if (flat > 1e-9) {
                add_edge(shape, {l.x * h.x / flat, l.y * h.x / flat, -h.z}, {0, 0, h.z}, out);
            } else {
                out.point[out.count++] = shape.centre + shape.axes * Vec3{0, 0, h.z};
            }
            return out;
        }
        default: break;
    }
    if (shape.faces.empty()) {  // a triangle of a mesh
        for (const Vec3& v : shape.vertices) out.point[out.count++] = v;
        out.normal = normalize(cross(out.point[1] - out.point[0], out.point[2] - out.point[0]));
        if (dot(out.normal, d) < 0) {
            std::swap(out.point[1], out.point[2]);
            out.normal = -out.normal;
        }
        return out;
    }
    const ConvexFace* best = &shape.faces[0];
    double most = -2;
    for (const ConvexFace& face : shape.faces) {
        if (const double along = dot(face.normal, d); along > most) most = along, best = &face;
    }
    const size_t stride = (best->loop.size() + Feature::kMost - 1) / Feature::kMost;
    for (size_t i = 0; i < best->loop.size(); i += stride) {
        out.point[out.count++] = shape.vertices[best->loop[i]];
    }
    out.normal = best->normal;
    return out;
}

base::Bounds world_bounds(const Posed& posed) {
    const Vec3 c = posed.to_world(posed.shape->bounds.centre());
    const Vec3 h = posed.shape->bounds.size() * 0.5;
    const Mat3& r = posed.rotation;
    base::Bounds out;
    for (int i = 0; i < 3; ++i) {
        const double e =
            std::abs(r.row[i].x) * h.x + std::abs(r.row[i].y) * h.y + std::abs(r.row[i].z) * h.z;
        out.low[i] = c[i] - e;
        out.high[i] = c[i] + e;
    }
    return out;
}

}  // namespace world::step
