#include "world/step/compiled_shape.h"

#include <map>
#include <mutex>

#include "world/materials/material.h"
#include "world/step/hull.h"

namespace world::step {

namespace {

struct PartMass {
    double volume = 0;
    Vec3 centroid;      // shape frame
    Mat3 unit_inertia;  // about the centroid, for 1 kg, shape frame
};

Mat3 turned(Vec3 principal, const Mat3& axes) {
    return axes * Mat3::diagonal(principal) * axes.transposed();
}

// Textbook solids about their centroids (Goldstein, "Classical Mechanics", or any handbook).
PartMass part_mass(const CollisionPart& part, const Convex& convex) {
    const Vec3 h = part.half_extents;
    PartMass out;
    out.volume = convex_volume(convex);
    out.centroid = part.pose.translation;
    const Mat3 axes = Mat3::rotation(part.pose.rotation);
    const double r2 = h.x * h.x;
    switch (part.kind) {
        case CollisionKind::Sphere: out.unit_inertia = Mat3::identity() * (0.4 * r2); break;
        case CollisionKind::Box:
            out.unit_inertia = turned(
                Vec3{h.y * h.y + h.z * h.z, h.x * h.x + h.z * h.z, h.x * h.x + h.y * h.y} / 3,
                axes);
            break;
        case CollisionKind::Cylinder: {
            const double across = r2 / 4 + h.z * h.z / 3;
            out.unit_inertia = turned({across, across, r2 / 2}, axes);
            break;
        }
        case CollisionKind::Cone: {
            const double height = 2 * h.z;
            const double across = 3.0 / 80 * (4 * r2 + height * height);
            out.unit_inertia = turned({across, across, 0.3 * r2}, axes);
            out.centroid = part.pose.apply({0, 0, -h.z / 2});
            break;
        }
        case CollisionKind::Capsule: {
            const double tube = base::kPi * r2 * 2 * h.z, caps = 4.0 / 3 * base::kPi * r2 * h.x;
            const double m = tube + caps;
            const double along = (tube * r2 / 2 + caps * 0.4 * r2) / m;
            const double across = (tube * (r2 / 4 + h.z * h.z / 3) +
                                   caps * (0.4 * r2 + h.z * h.z + 0.75 * h.z * h.x)) /
                                  m;
            out.unit_inertia = turned({across, across, along}, axes);
            break;
        }
        case CollisionKind::ConvexHull: {
            std::vector<Vec3> points;
            for (const auto& p : part.points) points.push_back(part.pose.apply(p.cast<double>()));
            const Hull hull = convex_hull(std::move(points));
            const MassIntegral solid = solid_integral(hull.vertices, hull.triangles);
            out.volume = solid.amount;
            out.centroid = solid.centroid;
            out.unit_inertia = solid.inertia * (1 / solid.amount);
            break;
        }
        case CollisionKind::StaticMesh: break;
    }
    return out;
}

// Thin walls: the visible skin carries the mass evenly.
bool shell_mass(const Shape& shape, Vec3& centroid, Mat3& unit_inertia) {
    if (shape.collision.size() == 1 && shape.collision[0].kind == CollisionKind::Sphere) {
        const double r = shape.collision[0].half_extents.x;
        centroid = shape.collision[0].pose.translation;
        unit_inertia = Mat3::identity() * (2.0 / 3 * r * r);
        return true;
    }
    std::vector<Vec3> vertices;
    std::vector<std::array<int, 3>> triangles;
    for (const MeshPart& part : shape.parts) {
        const int first = static_cast<int>(vertices.size());
        for (const auto& p : part.mesh.positions) vertices.push_back(p.cast<double>());
        for (const auto& t : part.mesh.triangles) {
            triangles.push_back({first + static_cast<int>(t[0]), first + static_cast<int>(t[1]),
                                 first + static_cast<int>(t[2])});
        }
    }
    const MassIntegral sheet = sheet_integral(vertices, triangles);
    if (sheet.amount <= 0) return false;
    centroid = sheet.centroid;
    unit_inertia = sheet.inertia * (1 / sheet.amount);
    return true;
}

void distribute_mass(const Shape& shape, const std::string& body_material, CompiledShape& out) {
    double weighted = 0, volume = 0;
    Vec3 moment;
    std::vector<std::pair<PartMass, double>> solids;  // with mass at handbook density
    for (const CollisionPart& part : shape.collision) {
        if (part.kind == CollisionKind::StaticMesh) continue;
        const PartMass m = part_mass(part, make_convex(part, {}));
        const double density =
            material(part.material.empty() ? body_material : part.material).density_kgpm3;
        solids.push_back({m, m.volume * density});
        weighted += m.volume * density;
        volume += m.volume;
        moment += m.centroid * (m.volume * density);
    }
    if (weighted <= 0) return;
    const double matter = shape.volume_m3 > 0 ? shape.volume_m3 : volume;
    out.mass_kg = shape.default_mass_kg.value_or(weighted / volume * matter);
    out.centre_of_mass = moment / weighted;
    Mat3 inertia;
    for (const auto& [m, mass] : solids) {
        inertia =
            inertia + m.unit_inertia * mass + parallel_axis(mass, m.centroid - out.centre_of_mass);
    }
    out.unit_inertia = inertia * (1 / weighted);
    const Mat3& i = out.unit_inertia;
    if (!(i.row[0].x > 0 && i.row[1].y > 0 && i.row[2].z > 0 && i.determinant() > 0)) {
        // Sheets and needles beyond the arithmetic: as a ball of the same mean reach.
        const double r =
            0.5 * length(shape.bounds.empty() ? Vec3{0.02, 0.02, 0.02} : shape.bounds.size());
        out.unit_inertia = Mat3::identity() * (0.1 * r * r);
    }
    Vec3 centroid;
    Mat3 shell;
    if (shape.hollow && shell_mass(shape, centroid, shell)) {
        out.centre_of_mass = centroid;
        out.unit_inertia = shell;
    }
}

// Cells of about a sixth of the thinnest side, at most 6 x 6 x 6 of them.
void fill_cells(CompiledShape& out) {
    const Vec3 size = out.bounds.size();
    const double longest = std::max({size.x, size.y, size.z});
    const double cell = std::max(longest / 6, std::min({size.x, size.y, size.z}) / 6);
    int n[3];
    Vec3 step;
    for (int i = 0; i < 3; ++i) {
        n[i] = std::max(2, static_cast<int>(std::lround(size[i] / cell)));
        step[i] = size[i] / n[i];
    }
    for (int k = 0; k < n[2]; ++k) {
        for (int j = 0; j < n[1]; ++j) {
            for (int i = 0; i < n[0]; ++i) {
                const Vec3 p = out.bounds.low + step * Vec3{i + 0.5, j + 0.5, k + 0.5};
                for (const CompiledPart& part : out.parts) {
                    if (part.mesh || !contains(part.convex, p)) continue;
                    out.cells.push_back(p);
                    break;
                }
            }
        }
    }
    out.cell_volume_m3 = step.x * step.y * step.z;
    out.cell_size_m = step.z;
    double exact = 0;
    for (const CompiledPart& part : out.parts) {
        if (!part.mesh) exact += convex_volume(part.convex);
    }
    const double sampled = out.cell_volume_m3 * static_cast<double>(out.cells.size());
    out.displaced_m3 = out.parts.size() == 1 ? exact : sampled;
    if (out.parts.size() == 1 && sampled > 0) out.cell_volume_m3 *= exact / sampled;
}

std::shared_ptr<const CompiledShape> compile(const ShapePtr& shape, const std::string& material) {
    auto out = std::make_shared<CompiledShape>();
    out->source = shape;
    out->unit_inertia = Mat3::identity() * 0.0;
    distribute_mass(*shape, material, *out);
    const Vec3 origin = out->centre_of_mass;
    for (const CollisionPart& part : shape->collision) {
        CompiledPart compiled;
        compiled.name = part.name;
        compiled.material = part.material;
        if (part.kind == CollisionKind::StaticMesh) {
            std::vector<Vec3> points;
            for (const auto& p : part.points)
                points.push_back(part.pose.apply(p.cast<double>()) - origin);
            compiled.mesh = std::make_shared<TriangleMesh>(points, part.triangles);
            compiled.bounds = compiled.mesh->bounds();
        } else {
            compiled.convex = make_convex(part, origin);
            compiled.bounds = compiled.convex.bounds;
            out->reach = std::max(out->reach, compiled.convex.reach);
        }
        out->bounds.add(compiled.bounds);
        out->parts.push_back(std::move(compiled));
    }
    if (out->parts.empty()) return out;
    const Vec3 size = out->bounds.size();
    out->face_area_m2 = {size.y * size.z, size.x * size.z, size.x * size.y};
    const Convex& first = out->parts[0].convex;
    out->is_ball = out->parts.size() == 1 && !out->parts[0].mesh &&
                   first.kind == CollisionKind::Sphere && length(first.centre) < 1e-9;
    if (out->is_ball) {
        out->ball_radius = first.radius;
        out->face_area_m2 = Vec3{1, 1, 1} * (base::kPi * first.radius * first.radius);
    }
    fill_cells(*out);
    return out;
}

}  // namespace

std::shared_ptr<const CompiledShape> compile_shape(const ShapePtr& shape,
                                                   const std::string& material) {
    static std::mutex mutex;
    static std::map<std::pair<const Shape*, std::string>, std::weak_ptr<const CompiledShape>> cache;
    const std::lock_guard lock(mutex);
    auto& slot = cache[{shape.get(), material}];
    if (auto known = slot.lock()) return known;
    if (cache.size() > 512) std::erase_if(cache, [](const auto& e) { return e.second.expired(); });
    auto made = compile(shape, material);
    cache[{shape.get(), material}] = made;
    return made;
}

}  // namespace world::step
