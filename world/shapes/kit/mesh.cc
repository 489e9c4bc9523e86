#include "world/shapes/kit/mesh.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace world::kit {

uint32_t Mesh::vertex(Vec3 position, Vec3 normal) {
    tri.positions.push_back(position.cast<float>());
    tri.normals.push_back(base::normalize(normal).cast<float>());
    return static_cast<uint32_t>(tri.positions.size() - 1);
}

Mesh& Mesh::move(double x, double y, double z) {
    const Vec3f by = Vec3{x, y, z}.cast<float>();
    for (Vec3f& p : tri.positions) p += by;
    return *this;
}

Mesh& Mesh::turn(Vec3 unit_axis, double degrees) {
    return place({{}, Quat::from_axis_angle(unit_axis, degrees * kPi / 180)});
}

Mesh& Mesh::place(const Transform& pose) {
    for (Vec3f& p : tri.positions) p = pose.apply(p.cast<double>()).cast<float>();
    for (Vec3f& n : tri.normals) {
        n = base::normalize(pose.apply_vector(n.cast<double>())).cast<float>();
    }
    return *this;
}

Mesh& Mesh::scale(double x, double y, double z) {
    for (Vec3f& p : tri.positions) p = (p.cast<double>() * Vec3{x, y, z}).cast<float>();
    for (Vec3f& n : tri.normals) {
        n = base::normalize(n.cast<double>() / Vec3{x, y, z}).cast<float>();
    }
    if (x * y * z < 0) {
        for (auto& t : tri.triangles) std::swap(t[1], t[2]);
    }
    return *this;
}

Mesh& Mesh::add(const Mesh& other) {
    const auto offset = static_cast<uint32_t>(tri.positions.size());
    const size_t count = other.tri.triangles.size();
    tri.positions.insert(tri.positions.end(), other.tri.positions.begin(),
                         other.tri.positions.end());
    tri.normals.insert(tri.normals.end(), other.tri.normals.begin(), other.tri.normals.end());
    tri.triangles.reserve(tri.triangles.size() + count);
    for (size_t i = 0; i < count; ++i) {
        const auto t = other.tri.triangles[i];
        tri.triangles.push_back({t[0] + offset, t[1] + offset, t[2] + offset});
    }
    return *this;
}

Mesh& Mesh::warp(const std::function<Vec3(Vec3)>& where) {
    const Vec3 size = bounds().size();
    const double h = 1e-4 * std::max({size.x, size.y, size.z, 1e-9});
    for (size_t i = 0; i < tri.positions.size(); ++i) {
        const Vec3 p = tri.positions[i].cast<double>();
        const Vec3 n = tri.normals[i].cast<double>();
        const Vec3 u = base::any_perpendicular(n), v = base::cross(n, u);
        const Vec3 du = where(p + u * h) - where(p - u * h);
        const Vec3 dv = where(p + v * h) - where(p - v * h);
        const Vec3 turned = base::normalize(base::cross(du, dv));
        tri.positions[i] = where(p).cast<float>();
        if (base::length_squared(turned) > 0.5) tri.normals[i] = turned.cast<float>();
    }
    return *this;
}

Mesh& Mesh::mirror_y() {
    Mesh other = *this;
    return add(other.scale(1, -1, 1));
}

Mesh& Mesh::around_z(int count) {
    const Mesh one = *this;
    for (int i = 1; i < count; ++i) add(Mesh(one).turn_z(360.0 * i / count));
    return *this;
}

Bounds Mesh::bounds() const {
    Bounds b;
    for (const Vec3f& p : tri.positions) b.add(p.cast<double>());
    return b;
}

namespace {

// One side of the cut; vertices are made once each.
class Half {
public:
    Half(const Mesh& from, const std::vector<double>& values) : from_(from), values_(values) {}

    uint32_t corner(uint32_t i) {
        const auto [it, fresh] = corners_.try_emplace(i, 0);
        if (fresh) {
            it->second = mesh.vertex(from_.tri.positions[i].cast<double>(),
                                     from_.tri.normals[i].cast<double>());
        }
        return it->second;
    }
    uint32_t crossing(uint32_t i, uint32_t j) {
        const std::pair<uint32_t, uint32_t> key = std::minmax(i, j);
        const auto [it, fresh] = crossings_.try_emplace(key, 0);
        if (fresh) {
            const auto a = key.first, b = key.second;  // clang 14 cannot capture bindings
            const double t = values_[a] / (values_[a] - values_[b]);
            const auto mix = [&](const std::vector<Vec3f>& v) {
                return base::lerp(v[a].cast<double>(), v[b].cast<double>(), t);
            };
            it->second = mesh.vertex(mix(from_.tri.positions), mix(from_.tri.normals));
        }
        return it->second;
    }

    Mesh mesh;

private:
    const Mesh& from_;
    const std::vector<double>& values_;
    std::map<uint32_t, uint32_t> corners_;
    std::map<std::pair<uint32_t, uint32_t>, uint32_t> crossings_;
};

}  // namespace

std::pair<Mesh, Mesh> split(const Mesh& mesh, const std::function<double(Vec3)>& inside) {
    std::vector<double> values;
    values.reserve(mesh.tri.positions.size());
    for (const Vec3f& p : mesh.tri.positions) {
        const double v = inside(p.cast<double>());
        values.push_back(std::abs(v) < 1e-9 ? 1e-9 : v);
    }
    Half in(mesh, values), out(mesh, values);
    for (const auto& t : mesh.tri.triangles) {
        const int negative = (values[t[0]] < 0) + (values[t[1]] < 0) + (values[t[2]] < 0);
        if (negative == 0 || negative == 3) {
            Half& side = negative == 3 ? in : out;
            side.mesh.triangle(side.corner(t[0]), side.corner(t[1]), side.corner(t[2]));
            continue;
        }
        // Turn so that `a` is alone on its side.
        int lone = 0;
        for (int i = 0; i < 3; ++i) {
            if ((values[t[i]] < 0) == (negative == 1)) lone = i;
        }
        const uint32_t a = t[lone], b = t[(lone + 1) % 3], c = t[(lone + 2) % 3];
        Half& one = negative == 1 ? in : out;
        Half& two = negative == 1 ? out : in;
        one.mesh.triangle(one.corner(a), one.crossing(a, b), one.crossing(a, c));
        two.mesh.quad(two.crossing(a, b), two.corner(b), two.corner(c), two.crossing(a, c));
    }
    return {std::move(in.mesh), std::move(out.mesh)};
}

void crease_normals(TriMesh& mesh, double crease_degrees) {
    const double limit = std::cos(crease_degrees * kPi / 180);
    // Weld by exact position, so that duplicated corners count as one.
    std::map<std::array<float, 3>, uint32_t> places;
    std::vector<uint32_t> place(mesh.positions.size());
    for (size_t i = 0; i < place.size(); ++i) {
        const Vec3f p = mesh.positions[i];
        place[i] =
            places.try_emplace({p.x, p.y, p.z}, static_cast<uint32_t>(places.size())).first->second;
    }
    std::vector<Vec3> face(mesh.triangles.size());
    std::vector<std::vector<uint32_t>> around(places.size());
    for (size_t f = 0; f < face.size(); ++f) {
        const auto& t = mesh.triangles[f];
        const Vec3 a = mesh.positions[t[0]].cast<double>();
        face[f] = base::cross(mesh.positions[t[1]].cast<double>() - a,
                              mesh.positions[t[2]].cast<double>() - a);
        for (const uint32_t i : t) around[place[i]].push_back(static_cast<uint32_t>(f));
    }
    TriMesh out;
    std::map<std::array<float, 6>, uint32_t> made;
    for (size_t f = 0; f < face.size(); ++f) {
        const Vec3 own = base::normalize(face[f]);
        if (base::length_squared(own) == 0) continue;
        std::array<uint32_t, 3> corners{};
        for (int k = 0; k < 3; ++k) {
            const uint32_t i = mesh.triangles[f][k];
            Vec3 sum;
            for (const uint32_t g : around[place[i]]) {
                if (base::dot(base::normalize(face[g]), own) >= limit) sum += face[g];
            }
            const Vec3f n = base::normalize(sum).cast<float>(), p = mesh.positions[i];
            const auto [it, fresh] = made.try_emplace({p.x, p.y, p.z, n.x, n.y, n.z},
                                                      static_cast<uint32_t>(out.positions.size()));
            if (fresh) {
                out.positions.push_back(p);
                out.normals.push_back(n);
            }
            corners[k] = it->second;
        }
        out.triangles.push_back(corners);
    }
    mesh = std::move(out);
}

}  // namespace world::kit
