#include "render/scene/soft_mesh.h"

namespace render {

std::vector<std::array<uint32_t, 3>> grid_triangles(int columns, int rows) {
    std::vector<std::array<uint32_t, 3>> triangles;
    for (int r = 0; r + 1 < rows; ++r) {
        for (int c = 0; c + 1 < columns; ++c) {
            const auto a = static_cast<uint32_t>(r * columns + c);
            const uint32_t b = a + 1, d = a + static_cast<uint32_t>(columns), e = d + 1;
            triangles.push_back({a, b, e});
            triangles.push_back({a, e, d});
        }
    }
    return triangles;
}

void smooth_normals(const std::vector<Vec3f>& positions,
                    const std::vector<std::array<uint32_t, 3>>& triangles,
                    std::vector<Vec3f>& normals) {
    normals.assign(positions.size(), Vec3f{});
    for (const auto& t : triangles) {
        const Vec3f n = cross(positions[t[1]] - positions[t[0]], positions[t[2]] - positions[t[0]]);
        for (const uint32_t i : t) normals[i] += n;
    }
    for (Vec3f& n : normals) n = length_squared(n) > 0 ? normalize(n) : Vec3f{0, 0, 1};
}

void tube_positions(const std::vector<Vec3f>& points, float radius_m, std::vector<Vec3f>& positions,
                    std::vector<Vec3f>& normals) {
    const size_t count = points.size();
    positions.resize(count * kRopeSides);
    normals.resize(positions.size());
    Vec3f side{};
    for (size_t i = 0; i < count; ++i) {
        const Vec3f ahead = points[std::min(i + 1, count - 1)] - points[i > 0 ? i - 1 : 0];
        const Vec3f along = length_squared(ahead) > 0 ? normalize(ahead) : Vec3f{0, 0, 1};
        if (i == 0) side = base::any_perpendicular(along);
        const Vec3f flat = side - along * dot(side, along);
        side = length_squared(flat) > 1e-12f ? normalize(flat) : base::any_perpendicular(along);
        const Vec3f other = cross(along, side);
        const float radius = (i == 0 || i + 1 == count) ? 0.05f * radius_m : radius_m;
        for (int s = 0; s < kRopeSides; ++s) {
            const float angle =
                2 * static_cast<float>(base::kPi) * static_cast<float>(s) / kRopeSides;
            const Vec3f out = side * std::cos(angle) + other * std::sin(angle);
            positions[i * kRopeSides + static_cast<size_t>(s)] = points[i] + out * radius;
            normals[i * kRopeSides + static_cast<size_t>(s)] = out;
        }
    }
}

std::vector<std::array<uint32_t, 3>> tube_triangles(int point_count) {
    std::vector<std::array<uint32_t, 3>> triangles;
    for (int i = 0; i + 1 < point_count; ++i) {
        for (int s = 0; s < kRopeSides; ++s) {
            const auto a = static_cast<uint32_t>(i * kRopeSides + s);
            const auto b = static_cast<uint32_t>(i * kRopeSides + (s + 1) % kRopeSides);
            triangles.push_back({a, b, b + kRopeSides});
            triangles.push_back({a, b + kRopeSides, a + kRopeSides});
        }
    }
    return triangles;
}

}  // namespace render
