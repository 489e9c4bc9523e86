#include "world/break/fracture.h"

#include "base/core/check.h"
#include "base/core/random.h"
#include "world/break/polyhedron.h"
#include "world/materials/material.h"

namespace world {

using base::Vec3;
using base::Vec3f;

namespace {

// Half of the seeds gather around the blow: small splinters there, large pieces far away.
std::vector<Vec3> scatter(const base::Bounds& box, int count, uint64_t seed, Vec3 focus) {
    base::Rng random(seed, 11);
    const Vec3 size = box.size();
    std::vector<Vec3> out;
    for (int i = 0; i < count; ++i) {
        Vec3 p;
        for (int k = 0; k < 3; ++k) p[k] = random.uniform(box.low[k], box.high[k]);
        if (i % 2 == 0) {
            const double pull = 0.35 + 0.4 * random.uniform();
            p = p + (focus - p) * pull;
        }
        out.push_back(max(box.low, min(box.high, p)));
    }
    // Seeds that coincide would make empty cells.
    for (size_t i = 0; i < out.size(); ++i) {
        out[i] += size * (1e-4 * (random.uniform() - 0.5));
    }
    return out;
}

void add_flat_faces(const Polyhedron& solid, TriMesh& mesh) {
    for (const auto& face : solid.faces) {
        const Vec3 n = normalize(cross(face[1] - face[0], face[2] - face[0]));
        const auto first = static_cast<uint32_t>(mesh.positions.size());
        for (const Vec3& p : face) {
            mesh.positions.push_back(p.cast<float>());
            mesh.normals.push_back(n.cast<float>());
        }
        for (uint32_t i = 2; i < face.size(); ++i) {
            mesh.triangles.push_back({first, first + i - 1, first + i});
        }
    }
}

std::shared_ptr<Shape> new_shard(const Shape& parent) {
    auto shard = std::make_shared<Shape>();
    shard->name = "shard";
    shard->default_material = parent.default_material;
    shard->parts.emplace_back();
    return shard;
}

void finish(Shape& shard) {
    for (const Vec3f& p : shard.parts[0].mesh.positions) shard.bounds.add(p.cast<double>());
}

std::vector<ShapePtr> solid_shards(const Shape& shape, const std::vector<Vec3>& seeds) {
    std::vector<Polyhedron> parts;
    for (const CollisionPart& part : shape.collision) {
        if (part.kind != CollisionKind::StaticMesh) parts.push_back(polyhedron_of(part));
    }
    double whole = 0;
    for (const Polyhedron& p : parts) whole += volume(p);
    const double scale = shape.volume_m3 > 0 && whole > 0 ? shape.volume_m3 / whole : 1;
    std::vector<ShapePtr> shards;
    for (size_t i = 0; i < seeds.size(); ++i) {
        auto shard = new_shard(shape);
        for (const Polyhedron& part : parts) {
            Polyhedron cell = part;
            for (size_t k = 0; k < seeds.size() && !cell.faces.empty(); ++k) {
                if (k == i) continue;
                const Vec3 d = seeds[k] - seeds[i];
                const double l = length(d);
                if (l < 1e-12) continue;
                cell = cut(cell, d / l, dot(d / l, (seeds[i] + seeds[k]) * 0.5));
            }
            const double v = cell.faces.size() >= 4 ? volume(cell) : 0;
            if (v <= 1e-12) continue;
            CollisionPart hull;
            hull.kind = CollisionKind::ConvexHull;
            for (const Vec3& p : corners(cell)) hull.points.push_back(p.cast<float>());
            shard->collision.push_back(std::move(hull));
            shard->volume_m3 += v * scale;
            add_flat_faces(cell, shard->parts[0].mesh);
        }
        if (shard->collision.empty()) continue;
        finish(*shard);
        shards.push_back(shard);
    }
    return shards;
}

struct WallCorner {
    Vec3 p, n;
};
using WallPolygon = std::vector<WallCorner>;

// Keeps what lies nearer to seed i than to seed k. Normals are carried along.
WallPolygon clip_to_cell(const WallPolygon& polygon, Vec3 normal, double offset) {
    WallPolygon out;
    for (size_t i = 0; i < polygon.size(); ++i) {
        const WallCorner &a = polygon[i], &b = polygon[(i + 1) % polygon.size()];
        const double da = dot(normal, a.p) - offset, db = dot(normal, b.p) - offset;
        if (da <= 0) out.push_back(a);
        if ((da < 0 && db > 0) || (da > 0 && db < 0)) {
            const double t = da / (da - db);
            out.push_back({a.p + (b.p - a.p) * t, normalize(a.n + (b.n - a.n) * t)});
        }
    }
    return out;
}

// A wall piece as a slab: outer side, inner side at `thickness` below it, rim around.
void add_slab(const WallPolygon& polygon, double thickness, TriMesh& mesh) {
    const auto first = static_cast<uint32_t>(mesh.positions.size());
    const auto n = static_cast<uint32_t>(polygon.size());
    for (const WallCorner& c : polygon) {
        mesh.positions.push_back(c.p.cast<float>());
        mesh.normals.push_back(c.n.cast<float>());
    }
    for (const WallCorner& c : polygon) {
        mesh.positions.push_back((c.p - c.n * thickness).cast<float>());
        mesh.normals.push_back((-c.n).cast<float>());
    }
    for (uint32_t i = 2; i < n; ++i) {
        mesh.triangles.push_back({first, first + i - 1, first + i});
        mesh.triangles.push_back({first + n, first + n + i, first + n + i - 1});
    }
    for (uint32_t i = 0; i < n; ++i) {
        const WallCorner &a = polygon[i], &b = polygon[(i + 1) % n];
        const Vec3 side = normalize(cross(b.p - a.p, a.n));
        const auto base = static_cast<uint32_t>(mesh.positions.size());
        for (const Vec3 p : {a.p, b.p, b.p - b.n * thickness, a.p - a.n * thickness}) {
            mesh.positions.push_back(p.cast<float>());
            mesh.normals.push_back(side.cast<float>());
        }
        mesh.triangles.push_back({base, base + 3, base + 2});
        mesh.triangles.push_back({base, base + 2, base + 1});
    }
}

std::vector<ShapePtr> wall_shards(const Shape& shape, const std::vector<Vec3>& seeds) {
    std::vector<WallPolygon> wall;
    double area = 0;
    for (const MeshPart& part : shape.parts) {
        for (const auto& t : part.mesh.triangles) {
            WallPolygon polygon;
            Vec3 p[3];
            for (int k = 0; k < 3; ++k) p[k] = part.mesh.positions[t[k]].cast<double>();
            const Vec3 flat = cross(p[1] - p[0], p[2] - p[0]);
            if (length(flat) < 1e-14) continue;
            for (int k = 0; k < 3; ++k) {
                const Vec3 n = part.mesh.normals.empty() ? normalize(flat)
                                                         : part.mesh.normals[t[k]].cast<double>();
                polygon.push_back({p[k], n});
            }
            area += length(flat) / 2;
            wall.push_back(std::move(polygon));
        }
    }
    if (area <= 0) return {};
    const double v = shape.volume_m3 > 0 ? shape.volume_m3 : 0.003 * area;
    const double thickness = v / area;
    std::vector<ShapePtr> shards;
    for (size_t i = 0; i < seeds.size(); ++i) {
        auto shard = new_shard(shape);
        CollisionPart hull;
        hull.kind = CollisionKind::ConvexHull;
        double piece = 0;
        for (const WallPolygon& whole : wall) {
            WallPolygon polygon = whole;
            for (size_t k = 0; k < seeds.size() && polygon.size() >= 3; ++k) {
                if (k == i) continue;
                const Vec3 d = normalize(seeds[k] - seeds[i]);
                polygon = clip_to_cell(polygon, d, dot(d, (seeds[i] + seeds[k]) * 0.5));
            }
            if (polygon.size() < 3) continue;
            for (size_t k = 2; k < polygon.size(); ++k) {
                piece +=
                    length(cross(polygon[k - 1].p - polygon[0].p, polygon[k].p - polygon[0].p)) / 2;
            }
            add_slab(polygon, thickness, shard->parts[0].mesh);
            for (const WallCorner& c : polygon) {
                hull.points.push_back(c.p.cast<float>());
                hull.points.push_back((c.p - c.n * thickness).cast<float>());
            }
        }
        if (piece <= 1e-10) continue;
        // A hull of hundreds of points costs more than it shows: keep every n-th.
        std::vector<Vec3f> few;
        const size_t stride = std::max<size_t>(1, hull.points.size() / 40);
        for (size_t k = 0; k < hull.points.size(); k += stride) few.push_back(hull.points[k]);
        hull.points = std::move(few);
        shard->collision.push_back(std::move(hull));
        shard->volume_m3 = piece * thickness;
        finish(*shard);
        shards.push_back(shard);
    }
    return shards;
}

}  // namespace

std::vector<ShapePtr> fracture(const Shape& shape, int pieces, uint64_t seed, Vec3 focus) {
    pieces = std::clamp(pieces, 2, 200);
    base::Bounds box = shape.bounds;
    if (box.empty()) {
        for (const CollisionPart& part : shape.collision) {
            if (part.kind == CollisionKind::StaticMesh) continue;
            for (const Vec3& p : corners(polyhedron_of(part))) box.add(p);
        }
    }
    if (box.empty()) return {};
    const std::vector<Vec3> seeds = scatter(box, pieces, seed, focus);
    if (shape.hollow) {
        auto shards = wall_shards(shape, seeds);
        if (!shards.empty()) return shards;
    }
    return solid_shards(shape, seeds);
}

void make_breakable(Scene& scene, BodyIndex index, int pieces, uint64_t seed) {
    CHECK(index >= 0 && index < static_cast<BodyIndex>(scene.bodies.size()), "no such body");
    const Shape& shape = *scene.bodies[index].shape;
    const base::Bounds& box = shape.bounds;
    const Vec3 bottom{box.centre().x, box.centre().y, box.empty() ? 0 : box.low.z};
    const std::vector<ShapePtr> shards = fracture(shape, pieces, seed, bottom);
    if (shards.size() < 2) return;
    double whole = 0;
    for (const ShapePtr& shard : shards) whole += shard->volume_m3;
    const Body parent = scene.bodies[index];
    const double mass =
        parent.mass_kg > 0
            ? parent.mass_kg
            : shape.default_mass_kg.value_or(whole * material(parent.material).density_kgpm3);
    for (size_t i = 0; i < shards.size(); ++i) {
        Body shard;
        shard.name = parent.name + "_shard_" + std::to_string(i + 1);
        shard.kind = "shard";
        shard.shape = shards[i];
        shard.material = parent.material;
        shard.colour = parent.colour;
        shard.mass_kg = mass * shards[i]->volume_m3 / whole;
        shard.pose = parent.pose;
        shard.drag_coefficient = 0.5;
        shard.hidden = true;
        scene.bodies[index].shards.push_back(static_cast<BodyIndex>(scene.bodies.size()));
        scene.bodies.push_back(std::move(shard));
    }
    scene.bodies[index].breakable = true;
}

}  // namespace world
