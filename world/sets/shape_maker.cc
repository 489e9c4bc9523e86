#include "world/sets/shape_maker.h"

#include <array>
#include <cmath>
#include <utility>

#include "base/core/check.h"
#include "base/core/random.h"
#include "base/math/colour.h"

namespace world {

using base::Quat;
using base::Transform;
using base::Vec2;
using base::Vec3;
using base::Vec3f;

ShapeMaker::ShapeMaker(std::string name, std::string default_material) {
    shape_.name = std::move(name);
    paint_.material = default_material;
    shape_.default_material = std::move(default_material);
}

ShapeMaker& ShapeMaker::paint(Paint paint) {
    paint_ = std::move(paint);
    current_part_ = -1;
    return *this;
}

ShapeMaker& ShapeMaker::at(const Transform& placement) {
    placement_ = placement;
    return *this;
}

MeshPart& ShapeMaker::part() {
    if (current_part_ < 0) {
        for (size_t i = 0; i < shape_.parts.size() && current_part_ < 0; ++i) {
            const MeshPart& p = shape_.parts[i];
            if (Paint{p.material, p.colour, p.pattern, p.emission, p.name} == paint_) {
                current_part_ = static_cast<int>(i);
            }
        }
        if (current_part_ < 0) {
            MeshPart fresh;
            fresh.material = paint_.material;
            fresh.colour = paint_.colour;
            fresh.pattern = paint_.pattern;
            fresh.emission = paint_.emission;
            fresh.name = paint_.name;
            current_part_ = static_cast<int>(shape_.parts.size());
            shape_.parts.push_back(std::move(fresh));
        }
    }
    return shape_.parts[static_cast<size_t>(current_part_)];
}

uint32_t ShapeMaker::vertex(Vec3 p, Vec3 n, Vec2 uv) {
    TriMesh& mesh = part().mesh;
    const Vec3 placed = placement_.apply(p);
    shape_.bounds.add(placed);
    mesh.positions.push_back(placed.cast<float>());
    mesh.normals.push_back(placement_.apply_vector(n).cast<float>());
    mesh.uvs.push_back({static_cast<float>(uv.x), static_cast<float>(uv.y)});
    return static_cast<uint32_t>(mesh.positions.size() - 1);
}

void ShapeMaker::triangle(uint32_t a, uint32_t b, uint32_t c) {
    part().mesh.triangles.push_back({a, b, c});
}

ShapeMaker& ShapeMaker::box(Vec3 centre, Vec3 size, double bevel) {
    const Vec3 h = size * 0.5;
    bevel = std::min({bevel, h.x * 0.9, h.y * 0.9, h.z * 0.9});
    const int longest = h.x >= h.y && h.x >= h.z ? 0 : h.y >= h.z ? 1 : 2;
    const uint64_t cut = base::hash_combine(base::hash_text(shape_.name), ++piece_count_);
    const Vec2 shift{static_cast<double>(cut & 1023u) * 0.01,
                     static_cast<double>((cut >> 10) & 1023u) * 0.01};
    // corner[axis][sx][sy][sz]: the vertex of that corner which lies on the face across `axis`.
    uint32_t corner[3][2][2][2];
    for (int axis = 0; axis < 3; ++axis) {
        const int u = longest != axis ? longest : (axis + 1) % 3;
        const int v = 3 - axis - u;
        for (int bits = 0; bits < 8; ++bits) {
            const int s[3] = {bits & 1, (bits >> 1) & 1, (bits >> 2) & 1};
            Vec3 p, n;
            for (int k = 0; k < 3; ++k) {
                const double reach = k == axis ? h[k] : h[k] - bevel;
                p[k] = s[k] ? reach : -reach;
            }
            n[axis] = s[axis] ? 1 : -1;
            corner[axis][s[0]][s[1]][s[2]] =
                vertex(centre + p, n, {p[u] + shift.x, p[v] + shift.y + axis * 0.31});
        }
    }
    const auto face = [&](uint32_t a, uint32_t b, uint32_t c, uint32_t d) {
        triangle(a, b, c);
        triangle(a, c, d);
    };
    auto& C = corner;
    face(C[0][1][0][0], C[0][1][1][0], C[0][1][1][1], C[0][1][0][1]);
    face(C[0][0][1][0], C[0][0][0][0], C[0][0][0][1], C[0][0][1][1]);
    face(C[1][1][1][0], C[1][0][1][0], C[1][0][1][1], C[1][1][1][1]);
    face(C[1][0][0][0], C[1][1][0][0], C[1][1][0][1], C[1][0][0][1]);
    face(C[2][0][0][1], C[2][1][0][1], C[2][1][1][1], C[2][0][1][1]);
    face(C[2][1][0][0], C[2][0][0][0], C[2][0][1][0], C[2][1][1][0]);
    if (bevel <= 0) return *this;
    // Strips between faces a and b along axis c, and the eight corner triangles.
    for (int c = 0; c < 3; ++c) {
        const int a = (c + 1) % 3, b = (c + 2) % 3;
        for (int sa = 0; sa < 2; ++sa) {
            for (int sb = 0; sb < 2; ++sb) {
                int low[3], high[3];
                low[a] = high[a] = sa;
                low[b] = high[b] = sb;
                low[c] = 0;
                high[c] = 1;
                const uint32_t a0 = C[a][low[0]][low[1]][low[2]];
                const uint32_t a1 = C[a][high[0]][high[1]][high[2]];
                const uint32_t b0 = C[b][low[0]][low[1]][low[2]];
                const uint32_t b1 = C[b][high[0]][high[1]][high[2]];
                if ((sa == 1) == (sb == 1)) {
                    face(a0, b0, b1, a1);
                } else {
                    face(b0, a0, a1, b1);
                }
            }
        }
    }
    for (int bits = 0; bits < 8; ++bits) {
        const int x = bits & 1, y = (bits >> 1) & 1, z = (bits >> 2) & 1;
        if ((x + y + z) % 2 == 1) {
            triangle(C[0][x][y][z], C[1][x][y][z], C[2][x][y][z]);
        } else {
            triangle(C[0][x][y][z], C[2][x][y][z], C[1][x][y][z]);
        }
    }
    return *this;
}

ShapeMaker& ShapeMaker::cylinder(Vec3 from, Vec3 to, double r0, double r1, int sides) {
    if (r1 < 0) r1 = r0;
    const Vec3 along = to - from;
    const double height = length(along);
    const Vec3 w = normalize(along), u = any_perpendicular(w), v = cross(w, u);
    const double slope = height > 0 ? (r0 - r1) / height : 0;
    const double shift = ++piece_count_ * 0.37;
    std::vector<uint32_t> low, high;
    for (int i = 0; i <= sides; ++i) {
        const double angle = 2 * base::kPi * i / sides;
        const Vec3 out = u * std::cos(angle) + v * std::sin(angle);
        const Vec3 n = normalize(out + w * slope);
        const double around = angle * std::max(r0, r1);
        low.push_back(vertex(from + out * r0, n, {shift, around}));
        high.push_back(vertex(to + out * r1, n, {shift + height, around}));
    }
    for (int i = 0; i < sides; ++i) {
        triangle(low[i], low[i + 1], high[i + 1]);
        triangle(low[i], high[i + 1], high[i]);
    }
    const auto cap = [&](Vec3 centre, double r, Vec3 n, bool top) {
        if (r <= 0) return;
        const uint32_t middle = vertex(centre, n, {shift, 0});
        uint32_t previous = 0;
        for (int i = 0; i <= sides; ++i) {
            const double angle = 2 * base::kPi * i / sides;
            const Vec3 out = u * std::cos(angle) + v * std::sin(angle);
            const uint32_t now =
                vertex(centre + out * r, n, {shift + r * std::cos(angle), r * std::sin(angle)});
            if (i > 0) {
                if (top) {
                    triangle(middle, previous, now);
                } else {
                    triangle(middle, now, previous);
                }
            }
            previous = now;
        }
    };
    cap(from, r0, -w, false);
    cap(to, r1, w, true);
    return *this;
}

ShapeMaker& ShapeMaker::ellipsoid(Vec3 centre, Vec3 radii, int segments) {
    const int rows = std::max(4, segments / 2);
    return sheet(segments, rows, [&](double s, double t) {
        const double a = 2 * base::kPi * s, b = base::kPi * (t - 0.5);
        return centre + Vec3{radii.x * std::cos(a) * std::cos(b),
                             radii.y * std::sin(a) * std::cos(b), radii.z * std::sin(b)};
    });
}

ShapeMaker& ShapeMaker::tube(const std::vector<Vec3>& path, double radius, int sides, bool closed) {
    CHECK(path.size() >= 2, "a tube needs two points");
    const auto count = static_cast<int>(path.size());
    const int rings = closed ? count + 1 : count;
    Vec3 side{};
    std::vector<uint32_t> previous;
    double run = ++piece_count_ * 0.37;
    for (int i = 0; i < rings; ++i) {
        const Vec3 here = path[i % count];
        const Vec3 before = path[closed ? (i + count - 1) % count : std::max(0, i - 1)];
        const Vec3 after = path[closed ? (i + 1) % count : std::min(count - 1, i + 1)];
        const Vec3 w = normalize(after - before);
        // The frame is carried along by projection, so the tube does not twist.
        side = i == 0 ? any_perpendicular(w) : normalize(side - w * dot(side, w));
        const Vec3 up = cross(w, side);
        if (i > 0) run += length(here - path[(i - 1) % count]);
        std::vector<uint32_t> ring;
        for (int k = 0; k <= sides; ++k) {
            const double angle = 2 * base::kPi * k / sides;
            const Vec3 out = side * std::cos(angle) + up * std::sin(angle);
            ring.push_back(vertex(here + out * radius, out, {run, angle * radius}));
        }
        for (int k = 0; i > 0 && k < sides; ++k) {
            triangle(previous[k], previous[k + 1], ring[k + 1]);
            triangle(previous[k], ring[k + 1], ring[k]);
        }
        if (!closed && (i == 0 || i == rings - 1)) {
            const Vec3 n = i == 0 ? -w : w;
            const uint32_t middle = vertex(here, n, {run, 0});
            for (int k = 0; k < sides; ++k) {
                const double a0 = 2 * base::kPi * k / sides, a1 = 2 * base::kPi * (k + 1) / sides;
                const uint32_t p =
                    vertex(here + (side * std::cos(a0) + up * std::sin(a0)) * radius, n, {run, 0});
                const uint32_t q =
                    vertex(here + (side * std::cos(a1) + up * std::sin(a1)) * radius, n, {run, 0});
                if (i == 0) {
                    triangle(middle, q, p);
                } else {
                    triangle(middle, p, q);
                }
            }
        }
        previous = std::move(ring);
    }
    return *this;
}

ShapeMaker& ShapeMaker::lathe(Vec3 centre, const std::vector<Vec2>& profile, int sides) {
    // One sheet per straight piece of the profile, so that corners stay sharp.
    for (size_t i = 0; i + 1 < profile.size(); ++i) {
        const Vec2 a = profile[i], b = profile[i + 1];
        sheet(sides, 1, [&](double s, double t) {
            const double angle = 2 * base::kPi * s, r = a.x + (b.x - a.x) * t;
            return centre + Vec3{r * std::cos(angle), r * std::sin(angle), a.y + (b.y - a.y) * t};
        });
    }
    return *this;
}

ShapeMaker& ShapeMaker::quad(Vec3 a, Vec3 b, Vec3 c, Vec3 d) {
    const Vec3 n = normalize(cross(b - a, d - a));
    const double w = length(b - a), h = length(d - a);
    const bool along = w >= h;
    const auto uv = [&](double x, double y) { return along ? Vec2{x, y} : Vec2{y, x}; };
    const uint32_t i = vertex(a, n, uv(0, 0));
    vertex(b, n, uv(w, 0));
    vertex(c, n, uv(w, h));
    vertex(d, n, uv(0, h));
    triangle(i, i + 1, i + 2);
    triangle(i, i + 2, i + 3);
    return *this;
}

ShapeMaker& ShapeMaker::sheet(int columns, int rows,
                              const std::function<Vec3(double, double)>& surface) {
    const int stride = columns + 1;
    std::vector<Vec3> points;
    points.reserve(static_cast<size_t>(stride) * (rows + 1));
    for (int j = 0; j <= rows; ++j) {
        for (int i = 0; i <= columns; ++i) {
            points.push_back(
                surface(static_cast<double>(i) / columns, static_cast<double>(j) / rows));
        }
    }
    const auto at_grid = [&](int i, int j) { return points[static_cast<size_t>(j) * stride + i]; };
    const bool wraps = length(at_grid(0, rows / 2) - at_grid(columns, rows / 2)) < 1e-9;
    const uint32_t first = static_cast<uint32_t>(part().mesh.positions.size());
    last_sheet_ = {};
    for (int j = 0; j <= rows; ++j) {
        for (int i = 0; i <= columns; ++i) {
            const int left = i > 0 ? i - 1 : wraps ? columns - 1 : 0;
            const int right = i < columns ? i + 1 : wraps ? 1 : columns;
            Vec3 ds = at_grid(right, j) - at_grid(left, j);
            const Vec3 dt = at_grid(i, std::min(rows, j + 1)) - at_grid(i, std::max(0, j - 1));
            Vec3 n = cross(ds, dt);
            if (length_squared(n) < 1e-20) {
                // A pole: every column meets there, the next row knows the direction.
                const int near = j == 0 ? 1 : rows - 1;
                Vec3 middle{};
                for (int k = 0; k < columns; ++k) middle += at_grid(k, near);
                n = at_grid(i, j) - middle / static_cast<double>(columns);
            }
            const Vec3 p = at_grid(i, j);
            vertex(p, normalize(n), {p.x, p.y});
            last_sheet_.positions.push_back(placement_.apply(p).cast<float>());
        }
    }
    for (int j = 0; j < rows; ++j) {
        for (int i = 0; i < columns; ++i) {
            const uint32_t k = static_cast<uint32_t>(j * stride + i);
            const uint32_t up = k + static_cast<uint32_t>(stride);
            triangle(first + k, first + k + 1, first + up + 1);
            triangle(first + k, first + up + 1, first + up);
            last_sheet_.triangles.push_back({k, k + 1, up + 1});
            last_sheet_.triangles.push_back({k, up + 1, up});
        }
    }
    return *this;
}

ShapeMaker& ShapeMaker::prism(const std::vector<Vec2>& outline, double z0, double z1) {
    const size_t count = outline.size();
    for (size_t i = 0; i < count; ++i) {
        const Vec2 a = outline[i], b = outline[(i + 1) % count];
        quad({a.x, a.y, z0}, {b.x, b.y, z0}, {b.x, b.y, z1}, {a.x, a.y, z1});
    }
    for (size_t i = 1; i + 1 < count; ++i) {
        const Vec2 p[3] = {outline[0], outline[i], outline[i + 1]};
        const uint32_t top = vertex({p[0].x, p[0].y, z1}, {0, 0, 1}, p[0]);
        vertex({p[1].x, p[1].y, z1}, {0, 0, 1}, p[1]);
        vertex({p[2].x, p[2].y, z1}, {0, 0, 1}, p[2]);
        triangle(top, top + 1, top + 2);
        const uint32_t low = vertex({p[0].x, p[0].y, z0}, {0, 0, -1}, p[0]);
        vertex({p[1].x, p[1].y, z0}, {0, 0, -1}, p[1]);
        vertex({p[2].x, p[2].y, z0}, {0, 0, -1}, p[2]);
        triangle(low, low + 2, low + 1);
    }
    return *this;
}

ShapeMaker& ShapeMaker::mesh(const TriMesh& source) {
    const bool has_normals = source.normals.size() == source.positions.size();
    if (!has_normals) {
        for (const auto& t : source.triangles) {
            const Vec3 a = source.positions[t[0]].cast<double>();
            const Vec3 b = source.positions[t[1]].cast<double>();
            const Vec3 c = source.positions[t[2]].cast<double>();
            const Vec3 n = normalize(cross(b - a, c - a));
            const uint32_t first = vertex(a, n);
            vertex(b, n);
            vertex(c, n);
            triangle(first, first + 1, first + 2);
        }
        return *this;
    }
    const auto first = static_cast<uint32_t>(part().mesh.positions.size());
    for (size_t i = 0; i < source.positions.size(); ++i) {
        Vec2 uv{};
        if (i < source.uvs.size()) uv = {source.uvs[i].x, source.uvs[i].y};
        vertex(source.positions[i].cast<double>(), source.normals[i].cast<double>(), uv);
    }
    for (const auto& t : source.triangles) triangle(first + t[0], first + t[1], first + t[2]);
    return *this;
}

ShapeMaker& ShapeMaker::include(const Shape& other, const Transform& placement) {
    const Transform before = placement_;
    placement_ = placement_ * placement;
    for (const MeshPart& p : other.parts) {
        paint({p.material.empty() ? other.default_material : p.material, p.colour, p.pattern,
               p.emission, p.name});
        mesh(p.mesh);
    }
    placement_ = before;
    return *this;
}

namespace {
CollisionPart named(CollisionKind kind, std::string name, std::string material) {
    CollisionPart part;
    part.kind = kind;
    part.name = std::move(name);
    part.material = std::move(material);
    return part;
}
}  // namespace

ShapeMaker& ShapeMaker::collide_box(Vec3 centre, Vec3 size, std::string name,
                                    std::string material) {
    CollisionPart part = named(CollisionKind::Box, std::move(name), std::move(material));
    part.pose = placement_ * Transform{centre, {}};
    part.half_extents = size * 0.5;
    shape_.volume_m3 += size.x * size.y * size.z;
    shape_.collision.push_back(std::move(part));
    return *this;
}

ShapeMaker& ShapeMaker::collide_cylinder(Vec3 from, Vec3 to, double radius, std::string name,
                                         std::string material) {
    CollisionPart part = named(CollisionKind::Cylinder, std::move(name), std::move(material));
    const Vec3 along = to - from;
    part.pose =
        placement_ * Transform{(from + to) * 0.5, Quat::between({0, 0, 1}, normalize(along))};
    part.half_extents = {radius, radius, length(along) / 2};
    shape_.volume_m3 += base::kPi * radius * radius * length(along);
    shape_.collision.push_back(std::move(part));
    return *this;
}

ShapeMaker& ShapeMaker::collide_sphere(Vec3 centre, double radius, std::string name,
                                       std::string material) {
    CollisionPart part = named(CollisionKind::Sphere, std::move(name), std::move(material));
    part.pose = placement_ * Transform{centre, {}};
    part.half_extents = {radius, radius, radius};
    shape_.volume_m3 += 4.0 / 3.0 * base::kPi * radius * radius * radius;
    shape_.collision.push_back(std::move(part));
    return *this;
}

ShapeMaker& ShapeMaker::collide_hull(std::vector<Vec3f> points, std::string name,
                                     std::string material) {
    CollisionPart part = named(CollisionKind::ConvexHull, std::move(name), std::move(material));
    part.pose = placement_;
    part.points = std::move(points);
    shape_.collision.push_back(std::move(part));
    return *this;
}

ShapeMaker& ShapeMaker::collide_last_sheet(std::string name, std::string material) {
    CHECK(!last_sheet_.triangles.empty(), "no sheet was made yet");
    CollisionPart part = named(CollisionKind::StaticMesh, std::move(name), std::move(material));
    part.points = last_sheet_.positions;
    part.triangles = last_sheet_.triangles;
    shape_.collision.push_back(std::move(part));
    return *this;
}

ShapeMaker& ShapeMaker::solid(Vec3 centre, Vec3 size, double bevel, std::string name) {
    box(centre, size, bevel);
    return collide_box(centre, size, std::move(name), paint_.material);
}

ShapeMaker& ShapeMaker::anchor(std::string name, Vec3 position) {
    shape_.anchors.emplace_back(std::move(name),
                                Transform{placement_.apply(position), placement_.rotation});
    return *this;
}

ShapePtr ShapeMaker::finish() {
    if (shape_.volume_m3 <= 0) shape_.volume_m3 = 1e-3;
    return std::make_shared<const Shape>(std::move(shape_));
}

Paint painted(std::string material, unsigned srgb_hex, std::string pattern) {
    return {std::move(material), base::colour_from_hex(srgb_hex), std::move(pattern), 0, ""};
}
Paint plain(std::string material, std::string pattern) {
    return {std::move(material), std::nullopt, std::move(pattern), 0, ""};
}
Paint glowing(unsigned srgb_hex, float emission, std::string pattern) {
    return {"plastic", base::colour_from_hex(srgb_hex), std::move(pattern), emission, ""};
}

int triangle_count(const Shape& shape) {
    size_t count = 0;
    for (const MeshPart& part : shape.parts) count += part.mesh.triangles.size();
    return static_cast<int>(count);
}

}  // namespace world
