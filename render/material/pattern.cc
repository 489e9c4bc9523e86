#include "render/material/pattern.h"

namespace render {
inline namespace looks {

Plane Canvas::plane() const {
    const Vec3f n = point.n, p = point.p;
    const float ax = std::abs(n.x), ay = std::abs(n.y), az = std::abs(n.z);
    if (az >= ax && az >= ay) return {{p.x, p.y}, {1, 0, 0}, {0, 1, 0}};
    if (ax >= ay) return {{p.y, p.z}, {0, 1, 0}, {0, 0, 1}};
    return {{p.x, p.z}, {1, 0, 0}, {0, 0, 1}};
}

void Canvas::grain(const Grain* grain, const Plane& plane, float tile_m, float colour, float bump,
                   Vec2f offset) {
    if (grain == nullptr) return;
    const float scale = 1 / tile_m;
    const float texels = footprint() * scale * static_cast<float>(grain->size());
    const GrainSample g =
        grain->sample(plane.at.x * scale + offset.x, plane.at.y * scale + offset.y, texels);
    if (look.flat) {
        s.albedo *= Vec3f{1, 1, 1} + (g.tint - Vec3f{1, 1, 1}) * (0.25f * colour);
        return;
    }
    const Vec3f tint = Vec3f{1, 1, 1} + (g.tint - Vec3f{1, 1, 1}) * colour;
    s.albedo *= base::max(tint, Vec3f{0, 0, 0});
    s.roughness += g.roughness * colour;
    bend += (plane.u_axis * -g.slope_u + plane.v_axis * -g.slope_v) * bump;
}

void Canvas::own_grain(float colour, float bump) {
    if (look.grain == nullptr) return;
    const Vec3f n = point.n, p = point.p;
    float w[3] = {std::abs(n.x), std::abs(n.y), std::abs(n.z)};
    float total = 0;
    for (float& x : w) {
        x = x * x * x;
        x = x * x;
        if (x < 0.02f) x = 0;  // nearly always one plane is enough
        total += x;
    }
    GrainSample mixed;
    mixed.tint = {};
    mixed.cavity = 0;
    Vec3f slope{};
    const float scale = 1 / look.tile_m;
    for (int axis = 0; axis < 3; ++axis) {
        if (w[axis] <= 0) continue;
        const float share = w[axis] / total;
        const bool end = axis == look.fibre_axis;
        const Grain* grain = end && look.end_grain ? look.end_grain : look.grain;
        const int u = end ? (axis + 1) % 3 : look.fibre_axis, v = 3 - axis - u;
        const float texels = footprint() * scale * static_cast<float>(grain->size());
        const float shift = 0.37f * static_cast<float>(axis);
        const GrainSample g = grain->sample(p[u] * scale + look.offset.x + shift,
                                            p[v] * scale + look.offset.y + shift, texels);
        mixed.tint += g.tint * share;
        mixed.roughness += g.roughness * share;
        slope[u] -= g.slope_u * share;
        slope[v] -= g.slope_v * share;
    }
    if (look.flat) {
        s.albedo *= Vec3f{1, 1, 1} + (mixed.tint - Vec3f{1, 1, 1}) * (0.25f * colour);
        return;
    }
    const float strength = colour * look.colour_strength;
    s.albedo *=
        base::max(Vec3f{1, 1, 1} + (mixed.tint - Vec3f{1, 1, 1}) * strength, Vec3f{0, 0, 0});
    s.roughness += mixed.roughness * colour;
    bend += slope * (bump * look.bump_strength);
}

void Canvas::paint(Vec3f colour, float share, float roughness) {
    if (share <= 0) return;
    s.albedo = base::lerp(s.albedo, colour, share);
    s.metallic *= 1 - share;
    if (roughness >= 0) s.roughness = base::lerp(s.roughness, roughness, share);
}

namespace {
float lattice(int x, int y, int z, uint32_t seed) {
    return cell_noise(x + z * 1619, y - z * 3767, seed) * 2 - 1;
}
}  // namespace

float solid_noise(Vec3f p, uint32_t seed) {
    const float fx = std::floor(p.x), fy = std::floor(p.y), fz = std::floor(p.z);
    const int x = static_cast<int>(fx), y = static_cast<int>(fy), z = static_cast<int>(fz);
    const auto ease = [](float t) { return t * t * (3 - 2 * t); };
    const float u = ease(p.x - fx), v = ease(p.y - fy), w = ease(p.z - fz);
    const auto row = [&](int j, int k) {
        const float a = lattice(x, y + j, z + k, seed), b = lattice(x + 1, y + j, z + k, seed);
        return a + (b - a) * u;
    };
    const float low = row(0, 0) + (row(1, 0) - row(0, 0)) * v;
    const float high = row(0, 1) + (row(1, 1) - row(0, 1)) * v;
    return low + (high - low) * w;
}

float solid_fbm(Vec3f p, uint32_t seed, int octaves) {
    float sum = 0, gain = 0.5f;
    for (int i = 0; i < octaves; ++i) {
        sum += gain * solid_noise(p, seed + static_cast<uint32_t>(i) * 101u);
        p = p * 2.03f;
        gain *= 0.5f;
    }
    return sum;
}

BondCell bond(Vec2f at, float width, float height, float shift, uint32_t seed) {
    BondCell cell;
    const float y = at.y / height;
    cell.row = static_cast<int>(std::floor(y));
    const float moved = shift * static_cast<float>(cell.row);
    const float x = at.x / width + moved - std::floor(moved);
    cell.column = static_cast<int>(std::floor(x));
    cell.x = (x - std::floor(x) - 0.5f) * width;
    cell.y = (y - std::floor(y) - 0.5f) * height;
    cell.edge = std::min(width / 2 - std::abs(cell.x), height / 2 - std::abs(cell.y));
    cell.random = cell_noise(cell.column, cell.row, seed);
    return cell;
}

float joint(Canvas& canvas, const Plane& plane, const BondCell& cell, float width, float height,
            float half_joint, float bevel, float slope) {
    const float f = std::max(canvas.footprint(), 1e-5f);
    // Box filter of the distance to the joint's border, plus its share of area when all is
    // unresolved.
    const float sharp = clamp01((half_joint - cell.edge) / f + 0.5f);
    const float area = 1 - (1 - 2 * half_joint / width) * (1 - 2 * half_joint / height);
    const float seen = clamp01(1.6f - f / std::min(width, height) * 2.5f);
    const float share = base::lerp(area, sharp, seen);
    const float d = cell.edge - half_joint;
    if (d > 0 && d < bevel && f < bevel * 4) {
        const bool side = width / 2 - std::abs(cell.x) < height / 2 - std::abs(cell.y);
        const Vec3f out = side ? plane.u_axis * (cell.x > 0 ? 1.f : -1.f)
                               : plane.v_axis * (cell.y > 0 ? 1.f : -1.f);
        canvas.tilt(out, slope * (1 - d / bevel) * visible(bevel * 2, f));
    }
    return share;
}

}  // namespace looks
}  // namespace render
