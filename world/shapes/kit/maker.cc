#include "world/shapes/kit/maker.h"

#include <algorithm>
#include <map>

#include "base/core/check.h"
#include "base/math/colour.h"
#include "world/materials/material.h"
#include "world/shapes/kit/hull.h"
#include "world/shapes/kit/measure.h"

namespace world::kit {

Look own() { return {}; }
Look own(unsigned hex) { return {.colour = base::colour_from_hex(hex)}; }
Look of(std::string material) { return {.material = std::move(material)}; }
Look of(std::string material, unsigned hex) {
    return {.material = std::move(material), .colour = base::colour_from_hex(hex)};
}

void Maker::colour(unsigned hex) { shape_.default_colour = base::colour_from_hex(hex); }

void Maker::anchor(std::string name, Vec3 at, Quat turn) {
    shape_.anchors.emplace_back(std::move(name), Transform{at, turn});
}

void Maker::add(std::string name, Mesh mesh, const Look& look) {
    if (mesh.empty()) return;
    if (!ghost_) {
        if (pieces_.empty()) pieces_.push_back({});
        for (const Vec3f& p : mesh.tri.positions) {
            pieces_.back().points.push_back(p.cast<double>());
        }
    } else {
        for (const Vec3f& p : mesh.tri.positions) unsolid_.push_back(p.cast<double>());
    }
    shape_.parts.push_back({.mesh = std::move(mesh.tri),
                            .material = look.material,
                            .colour = look.colour,
                            .pattern = look.pattern,
                            .name = std::move(name),
                            .emission = look.emission});
}

void Maker::collide_groups(const Blob& blob, const Mesh& mesh) {
    std::map<int, std::vector<Vec3>> groups;
    for (const Vec3f& p : mesh.tri.positions) {
        groups[blob.group_at(p.cast<double>())].push_back(p.cast<double>());
    }
    explicit_pieces_ = true;
    for (auto& [group, points] : groups) pieces_.push_back({"", "", std::move(points)});
    ghost_ = true;
}

void Maker::piece(std::string name, std::string material) {
    explicit_pieces_ = true;
    ghost_ = false;
    pieces_.push_back({std::move(name), std::move(material), {}});
}

void Maker::collide_sphere(Vec3 centre, double radius, std::string name) {
    shape_.collision.push_back({.kind = CollisionKind::Sphere,
                                .pose = {centre, {}},
                                .half_extents = {radius, radius, radius},
                                .name = std::move(name)});
}
void Maker::collide_box(Vec3 low, Vec3 high, std::string name) {
    shape_.collision.push_back({.kind = CollisionKind::Box,
                                .pose = {(low + high) * 0.5, {}},
                                .half_extents = (high - low) * 0.5,
                                .name = std::move(name)});
}
void Maker::collide_beam(Vec3 from, Vec3 to, double width, double height, std::string name) {
    const Vec3 x = base::normalize(to - from);
    shape_.collision.push_back(
        {.kind = CollisionKind::Box,
         .pose = {(from + to) * 0.5, Quat::between({1, 0, 0}, x)},
         .half_extents = {base::length(to - from) / 2, width / 2, height / 2},
         .name = std::move(name)});
}
void Maker::collide_rod(Vec3 from, Vec3 to, double radius, std::string name) {
    shape_.collision.push_back(
        {.kind = CollisionKind::Cylinder,
         .pose = {(from + to) * 0.5, Quat::between({0, 0, 1}, base::normalize(to - from))},
         .half_extents = {radius, radius, base::length(to - from) / 2},
         .name = std::move(name)});
}
void Maker::collide_capsule(Vec3 from, Vec3 to, double radius, std::string name) {
    collide_rod(from, to, radius, std::move(name));
    shape_.collision.back().kind = CollisionKind::Capsule;
}
void Maker::collide_hull(std::vector<Vec3> points, std::string name) {
    CollisionPart part{.kind = CollisionKind::ConvexHull, .name = std::move(name)};
    for (const Vec3& p : extreme_points(points)) part.points.push_back(p.cast<float>());
    shape_.collision.push_back(std::move(part));
}
void Maker::collide_ring(Vec3 centre, double ring_radius, double tube_radius, int count,
                         std::string name) {
    for (int i = 0; i < count; ++i) {
        const auto at = [&](int k) {
            const double a = 2 * kPi * k / count;
            return centre + Vec3{std::cos(a), std::sin(a), 0} * ring_radius;
        };
        collide_capsule(at(i), at(i + 1), tube_radius, name);
    }
}
void Maker::collide_wall(Vec2 low, Vec2 high, double thickness, int count, std::string name) {
    for (int i = 0; i < count; ++i) {
        std::vector<Vec3> points;
        for (int k = 0; k < 3; ++k) {
            const double a = 2 * kPi * (i + 0.5 * k) / count;
            const Vec3 out{std::cos(a), std::sin(a), 0};
            for (const Vec2 p : {low, high}) {
                points.push_back(out * p.x + Vec3{0, 0, p.y});
                if (k != 1) {
                    points.push_back(out * std::max(p.x - thickness, 0.0) + Vec3{0, 0, p.y});
                }
            }
        }
        collide_hull(std::move(points), name);
    }
}
void Maker::collide_mesh(const Mesh& mesh, std::string name) {
    CollisionPart part{.kind = CollisionKind::StaticMesh, .name = std::move(name)};
    part.points = mesh.tri.positions;
    part.triangles = mesh.tri.triangles;
    shape_.collision.push_back(std::move(part));
}

void Maker::stand_on_low_parts() {
    Bounds solid;
    for (const Piece& piece : pieces_) {
        for (const Vec3& p : piece.points) solid.add(p);
    }
    if (solid.empty()) return;
    const double low = solid.low.z - 0.002 * base::length(solid.size());
    for (const Vec3& p : unsolid_) {
        if (p.z >= low) continue;
        Piece* nearest = nullptr;
        double best = 1e300;
        for (Piece& piece : pieces_) {
            for (size_t i = 0; i < piece.points.size(); i += 7) {
                const double d = base::length_squared(piece.points[i] - p);
                if (d < best) best = d, nearest = &piece;
            }
        }
        if (nearest) nearest->points.push_back(p);
    }
}

namespace {

void place_rig(BeastRig& rig, Vec3 foot, double scale) {
    const auto move = [&](Vec3& p) { p = (p - foot) * scale; };
    for (BeastRig::Leg& leg : rig.legs) {
        for (Vec3* p : {&leg.hip, &leg.knee, &leg.ankle, &leg.foot}) move(*p);
        leg.thick_m *= scale;
        leg.thin_m *= scale;
    }
    for (Vec3* p :
         {&rig.rump, &rig.chest, &rig.neck, &rig.head, &rig.muzzle, &rig.tail, &rig.tail_tip})
        move(*p);
    for (double* r : {&rig.trunk_m, &rig.neck_m, &rig.head_m, &rig.tail_m}) *r *= scale;
}

}  // namespace

ShapePtr Maker::finish(double size_m, double usual_size_m, std::string_view usual_material) {
    CHECK(!shape_.parts.empty(), "a shape needs parts: " + request_.kind);
    if (shape_.collision.empty() || explicit_pieces_) {
        if (shape_.collision.empty()) stand_on_low_parts();
        for (Piece& piece : pieces_) {
            if (piece.points.empty()) continue;
            collide_hull(std::move(piece.points), piece.name);
            shape_.collision.back().material = piece.material;
        }
    }
    Bounds raw;
    for (const MeshPart& part : shape_.parts) {
        for (const Vec3f& p : part.mesh.positions) raw.add(p.cast<double>());
    }
    const Vec3 size = raw.size();
    const double scale = size_m / std::max({size.x, size.y, size.z});
    const Vec3 foot{(raw.low.x + raw.high.x) / 2, (raw.low.y + raw.high.y) / 2, raw.low.z};
    std::vector<const TriMesh*> meshes;
    for (MeshPart& part : shape_.parts) {
        for (Vec3f& p : part.mesh.positions) {
            p = ((p.cast<double>() - foot) * scale).cast<float>();
            shape_.bounds.add(p.cast<double>());
        }
        meshes.push_back(&part.mesh);
    }
    for (CollisionPart& part : shape_.collision) {
        part.pose.translation = (part.pose.translation - foot) * scale;
        part.half_extents *= scale;
        // Points keep their frame; only primitives were placed by pose.
        if (!part.points.empty()) {
            part.pose.translation = {};
            for (Vec3f& p : part.points) p = ((p.cast<double>() - foot) * scale).cast<float>();
        }
    }
    for (auto& [name, pose] : shape_.anchors) {
        pose.translation = (pose.translation - foot) * scale;
    }
    if (shape_.beast) place_rig(*shape_.beast, foot, scale);
    shape_.name = request_.kind;
    shape_.default_material = usual_material;
    shape_.volume_m3 = measure(meshes).volume_m3;
    const double ratio = size_m / usual_size_m;
    if (mass_kg_) shape_.default_mass_kg = *mass_kg_ * ratio * ratio * ratio;
    if (!request_.material.empty() && request_.material != usual_material) {
        const Material* asked = find_material(request_.material);
        const Material* usual = find_material(usual_material);
        if (asked && usual && shape_.default_mass_kg) {
            *shape_.default_mass_kg *= asked->density_kgpm3 / usual->density_kgpm3;
        }
        for (MeshPart& part : shape_.parts) {
            if (!part.material.empty()) continue;
            part.colour.reset();
            part.pattern.clear();
        }
        shape_.default_colour.reset();
    }
    return std::make_shared<const Shape>(std::move(shape_));
}

}  // namespace world::kit
