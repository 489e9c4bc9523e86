// Patterns of things: cloth, pictures, glass, screens, what lies behind windows.
#include "render/material/pattern.h"

namespace render {
inline namespace looks {
namespace {

void wood_grain(Canvas& c) { c.own_grain(); }

void carpet_pile(Canvas& c) {
    static const Grain* grain = find_grain("carpet");
    c.grain(grain, c.plane(), 0.22f, 1, 0.4f);
}

void rug_persian(Canvas& c) {
    static const Grain* grain = find_grain("carpet");
    const Vec3f q = c.point.p - c.look.centre;
    const float hx = std::max(0.1f, c.look.half.x), hy = std::max(0.1f, c.look.half.y),
                f = c.footprint();
    const float dx = hx - std::abs(q.x), dy = hy - std::abs(q.y), in = std::min(dx, dy);
    const Vec3f field = c.s.albedo, navy = hex(0x1c2640), cream = hex(0xd9c9a3),
                gold = hex(0xb98a3c);
    const auto rosette = [&](float x, float y, float r, int petals, Vec3f colour) {
        const float d = std::sqrt(x * x + y * y), a = std::atan2(y, x);
        c.paint(colour, above(r * (0.8f + 0.2f * std::cos(static_cast<float>(petals) * a)) - d, f));
    };
    // Field: a lattice of small flowers, a medallion in the middle.
    const float step = 0.17f;
    const float fx = (fraction(q.x / step) - 0.5f) * step,
                fy = (fraction(q.y / step) - 0.5f) * step;
    rosette(fx, fy, 0.030f, 4, gold);
    rosette(fx, fy, 0.014f, 4, cream);
    const float mx = q.x / (hx * 0.52f), my = q.y / (hy * 0.58f);
    const float m = std::sqrt(mx * mx + my * my), ma = std::atan2(my, mx), mf = f / (hx * 0.5f);
    const float lobe = 0.86f + 0.14f * std::cos(8 * ma);
    c.paint(navy, above(lobe - m, mf));
    c.paint(cream, stripe(m - lobe, 0.022f, mf));
    c.paint(field * 0.8f, above(0.62f * (0.88f + 0.12f * std::cos(8 * ma + 3.14159f)) - m, mf));
    rosette(q.x, q.y, 0.16f, 8, gold);
    rosette(q.x, q.y, 0.09f, 8, navy);
    // Borders.
    const float border = 0.24f;
    c.paint(navy, above(border - in, f));
    const float along = dx < dy ? q.y : q.x;
    const float bx = (fraction(along / 0.15f) - 0.5f) * 0.15f, by = in - border / 2;
    if (in < border) {
        rosette(bx, by, 0.055f, 6, field);
        rosette(bx, by, 0.026f, 6, cream);
    }
    c.paint(cream, stripe(in - border, 0.008f, f));
    c.paint(cream, stripe(in - 0.035f, 0.008f, f));
    c.paint(field, above(0.027f - in, f));
    c.grain(grain, c.plane(), 0.16f, 0.7f, 0.3f);
}

void rug_stripes(Canvas& c) {
    static const Grain* grain = find_grain("knit");
    const float x = c.point.p.x - c.look.centre.x, f = c.footprint();
    c.paint(hex(0x8a9aa2), 0.9f * stripe((fraction(x / 0.5f) - 0.5f) * 0.5f, 0.05f, f));
    c.paint(hex(0xc08a5a), 0.9f * stripe((fraction(x / 0.5f) - 0.5f) * 0.5f - 0.12f, 0.014f, f));
    c.grain(grain, c.plane(), 0.12f, 0.9f, 0.5f);
}

void runner(Canvas& c) {
    static const Grain* grain = find_grain("carpet");
    const float y = std::abs(c.point.p.y - 1.8f), f = c.footprint();
    c.paint(hex(0xc39a4a), stripe(y - 0.66f, 0.02f, f));
    c.paint(hex(0x2a2036), stripe(y - 0.58f, 0.035f, f));
    c.grain(grain, c.plane(), 0.18f, 0.8f, 0.35f);
}

void quilt(Canvas& c) {
    static const Grain* grain = find_grain("weave");
    const Plane plane = c.plane();
    const BondCell cell = bond(plane.at, 0.24f, 0.24f, 0, c.look.seed);
    c.s.albedo *=
        1 + 0.16f * (((cell.row + cell.column) & 1) ? 1.f : -1.f) * visible(0.24f, c.footprint());
    c.grain(grain, plane, 0.05f, 0.6f, 0.2f);
    const float d = cell.edge;
    if (d < 0.05f) {
        const bool side = 0.12f - std::abs(cell.x) < 0.12f - std::abs(cell.y);
        c.tilt(side ? plane.u_axis : plane.v_axis,
               (side ? (cell.x > 0 ? 1.f : -1.f) : (cell.y > 0 ? 1.f : -1.f)) * 0.35f *
                   (1 - d / 0.05f) * visible(0.1f, c.footprint()));
    }
}

void velvet(Canvas& c) {
    c.s.sheen = 1;
    c.s.roughness = 0.95f;
    c.s.albedo *= 0.7f + 0.12f * solid_fbm(c.point.p * Vec3f{3, 3, 0.8f}, 5, 3);
}

void awning_stripes(Canvas& c) {
    const float x = std::abs(c.point.n.x) > 0.7f ? c.point.p.y : c.point.p.x;
    c.paint(hex(0xe9e4d6), stripe((fraction(x / 0.5f) - 0.5f) * 0.5f, 0.125f, c.footprint()));
    c.s.roughness = 0.9f;
}

void towel_stripes(Canvas& c) {
    static const Grain* grain = find_grain("carpet");
    const float f = c.footprint(), y = c.point.p.y * 0.94f - c.point.p.x * 0.34f;
    c.paint(hex(0xf2efe6), stripe((fraction(y / 0.22f) - 0.5f) * 0.22f, 0.055f, f));
    c.grain(grain, c.plane(), 0.1f, 0.6f, 0.3f);
}

void parasol(Canvas& c) {
    // Eight gores, every other one white, about the pole.
    const Vec3f q = c.point.p - Vec3f{-4.27f, 2.6f, 0};
    const float a = std::atan2(q.y, q.x) / 6.2832f * 8;
    c.paint(hex(0xf4f0e6), fraction(a * 0.5f) < 0.5f ? 1.f : 0.f);
    c.s.subsurface = 0.5f;
    c.s.thin = true;
    c.s.roughness = 0.9f;
}

void lifebuoy(Canvas& c) {
    const Vec3f q = c.point.p;
    const float a = std::atan2(q.z - 1.25f, q.x + 7.5f) / 6.2832f;
    c.paint(hex(0xf2f2ee), stripe(fraction(a * 4 + 0.125f) - 0.5f, 0.14f, 0.01f));
}

void book_spine(Canvas& c) {
    const float f = c.footprint();
    c.own_grain(0.3f, 0.1f);
    const float z = c.point.uv.x;  // along the longest edge, shifted by the box's cut
    c.paint(hex(0xb99a52),
            0.8f * visible(0.01f, f) * stripe((fraction(z / 0.075f) - 0.5f) * 0.075f, 0.0012f, f));
    c.s.roughness = 0.6f;
}

void mirror(Canvas& c) {
    c.s.albedo = {0.94f, 0.95f, 0.95f};
    c.s.metallic = 1;
    c.s.roughness = 0.02f;
}

void pane(Canvas& c) { c.s.thin = true; }

void window_pane(Canvas& c) {
    // A window seen from outside by day: dark room behind, sky in the glass, a curtain's edge.
    c.s = Surface{};
    c.s.normal = c.point.n;
    c.s.albedo = c.look.base.transmission > 0 ? hex(0x161c22) : c.look.base.albedo;
    c.s.albedo *= 1 + 0.5f * solid_fbm(c.point.p * 0.9f, 7, 2);
    c.s.roughness = 0.03f;
    c.s.specular = 0.8f;
    c.s.clearcoat = 1;
    c.s.clearcoat_roughness = 0.02f;
}

void lit_window(Canvas& c) {
    // Warm light, a pale curtain to one side, darker below.
    const float x = c.point.uv.y, z = c.point.uv.x;
    const float drape = 0.75f + 0.25f * std::sin(x * 60 + 1.5f * z);
    const float fall = 0.55f + 0.45f * smoothly(0.0f, 1.4f, z);
    c.s.emission = c.look.base.emission * (fall * (x < 0.3f ? drape * 0.7f : 1.f));
    c.s.roughness = 0.2f;
}

// What is seen through a window by day, far out of focus: sky, trees, a strip of lawn. Upright, in
// metres from the floor.
void window_view(Canvas& c) {
    const Plane plane = c.plane();
    const float z = c.point.p.z, x = plane.at.x;
    const float tree_top = 1.55f + 0.55f * solid_fbm({x * 0.9f, 0, 1}, 11, 3);
    const float trees = smoothly(tree_top + 0.12f, tree_top - 0.12f, z);
    const float lawn = smoothly(1.05f, 0.95f, z);
    Vec3f colour =
        base::lerp(Vec3f{0.95f, 0.97f, 1.0f}, Vec3f{0.55f, 0.74f, 1.0f}, smoothly(1.2f, 4.0f, z));
    const float cloud = smoothly(0.0f, 0.35f, solid_fbm({x * 0.5f, z * 0.9f, 4}, 13, 3));
    colour = base::lerp(colour, Vec3f{1, 1, 1}, 0.7f * cloud);
    const Vec3f green = base::lerp(Vec3f{0.10f, 0.17f, 0.06f}, Vec3f{0.30f, 0.40f, 0.16f},
                                   0.5f + 0.5f * solid_fbm({x * 3, z * 3, 2}, 15, 3));
    colour = base::lerp(colour, green, trees * 0.9f);
    colour = base::lerp(colour, Vec3f{0.30f, 0.42f, 0.16f}, lawn * 0.85f);
    const Vec3f glow = c.look.base.emission;
    c.s.emission = glow * colour;
    c.s.albedo = {0.02f, 0.02f, 0.02f};
    c.s.roughness = 0.05f;
    c.s.specular = 0.5f;
}

void window_view_night(Canvas& c) {
    const Plane plane = c.plane();
    const float z = c.point.p.z, x = plane.at.x;
    Vec3f colour =
        base::lerp(Vec3f{0.10f, 0.13f, 0.22f}, Vec3f{0.03f, 0.05f, 0.12f}, smoothly(1.0f, 3.0f, z));
    const float roofs =
        smoothly(0.02f, -0.02f,
                 z - 1.5f - 0.35f * cell_noise(static_cast<int>(std::floor(x / 0.35f)), 1, 3));
    colour = base::lerp(colour, Vec3f{0.01f, 0.012f, 0.02f}, roofs);
    const BondCell cell = bond({x, z}, 0.16f, 0.14f, 0, 5);
    const float lit =
        cell.random > 0.72f
            ? roofs * smoothly(0.05f, 0.02f, std::sqrt(cell.x * cell.x + cell.y * cell.y))
            : 0;
    colour += Vec3f{1.0f, 0.72f, 0.35f} * (6 * lit);
    c.s.emission = c.look.base.emission * colour;
    c.s.albedo = {0.01f, 0.01f, 0.015f};
    c.s.roughness = 0.04f;
}

void screen_off(Canvas& c) {
    c.s.roughness = 0.12f;
    c.s.clearcoat = 1;
    c.s.clearcoat_roughness = 0.05f;
}

// --- pictures: uv in metres from the lower left corner ---

Vec2f picture_uv(const Canvas& c) {
    // The quad's longer side is u; both are under 1.6 m. Without size the scale is fixed.
    return {c.point.uv.x, c.point.uv.y};
}

void painting_landscape(Canvas& c) {
    const Vec2f p = picture_uv(c);
    const float x = p.x * 3.1f, z = p.y * 3.1f;
    Vec3f colour = base::lerp(hex(0xe8c896), hex(0x6f98b8), smoothly(0.7f, 1.7f, z));
    colour = base::lerp(colour, hex(0xf4e6cc),
                        0.7f * smoothly(0.05f, 0.35f, solid_fbm({x * 1.2f, z * 2.6f, 1}, 3, 4)) *
                            above(z - 0.8f, 0.2f));
    const float far = 0.85f + 0.22f * solid_fbm({x * 1.3f, 0, 2}, 5, 4);
    colour = base::lerp(colour, hex(0x6a7f8a), above(far - z, 0.02f));
    const float near = 0.6f + 0.25f * solid_fbm({x * 1.0f, 3, 2}, 7, 4);
    colour = base::lerp(
        colour,
        base::lerp(hex(0x4f6230), hex(0x8a8a3e), 0.5f + 0.8f * solid_fbm({x * 5, z * 9, 1}, 9, 3)),
        above(near - z, 0.02f));
    const float water = stripe(z - 0.22f - 0.03f * std::sin(x * 3), 0.09f, 0.02f);
    colour = base::lerp(colour, hex(0x9db4c0), 0.8f * water);
    const float tree =
        above(0.30f + 0.10f * solid_fbm({x * 9, z * 9, 4}, 11, 3) -
                  std::sqrt((x - 0.6f) * (x - 0.6f) * 1.4f + (z - 0.85f) * (z - 0.85f)),
              0.03f);
    colour = base::lerp(
        colour,
        base::lerp(hex(0x263a1c), hex(0x5a6a2a), 0.5f + solid_noise({x * 22, z * 22, 1}, 13)),
        tree);
    c.s.albedo = colour * 0.85f;
    c.s.roughness = 0.45f;
    c.tilt(c.plane().u_axis,
           0.10f * solid_noise({x * 60, z * 25, 1}, 15) * visible(0.01f, c.footprint()));
}

void painting_portrait(Canvas& c) {
    const Vec2f p = picture_uv(c);
    // Upright: u runs along the longer, vertical side.
    const float x = (p.y - 0.25f) * 2.4f, z = p.x * 2.0f;
    Vec3f colour =
        base::lerp(hex(0x1d1712), hex(0x4a3524),
                   smoothly(0.9f, 0.0f, std::sqrt((x - 0.2f) * (x - 0.2f) + (z - 1) * (z - 1))));
    const float coat =
        above(0.42f - std::abs(x) * 0.55f - std::pow(std::max(0.f, z - 0.15f), 2.f) * 1.4f, 0.03f) *
        above(0.72f - z, 0.03f);
    colour = base::lerp(colour, hex(0x24180f), coat);
    colour = base::lerp(colour, hex(0xd8cfbc),
                        above(0.06f - std::abs(x) - 0.25f * std::max(0.f, 0.62f - z), 0.02f) *
                            stripe(z - 0.6f, 0.12f, 0.03f));
    const float face =
        above(1 - std::sqrt(x * x / 0.0196f + (z - 0.9f) * (z - 0.9f) / 0.036f), 0.08f);
    colour = base::lerp(colour, base::lerp(hex(0x8a5a3c), hex(0xd9a880), smoothly(0.12f, -0.1f, x)),
                        face);
    const float hair =
        above(1 - std::sqrt(x * x / 0.026f + (z - 0.99f) * (z - 0.99f) / 0.03f), 0.1f) *
        above(z - 0.97f - 0.4f * std::abs(x), 0.03f);
    colour = base::lerp(colour, hex(0x2a1a10), hair);
    for (const float s : {-1.f, 1.f}) {
        colour = base::lerp(colour, hex(0x22150e),
                            above(0.016f - std::sqrt((x - s * 0.052f) * (x - s * 0.052f) +
                                                     (z - 0.92f) * (z - 0.92f) * 3),
                                  0.012f));
    }
    colour = base::lerp(colour, hex(0x7a3428),
                        stripe(x, 0.035f, 0.02f) * stripe(z - 0.805f, 0.008f, 0.012f));
    c.s.albedo = colour;
    c.s.roughness = 0.35f;
}

void painting_still(Canvas& c) {
    const Vec2f p = picture_uv(c);
    const float x = (p.y - 0.19f) * 3, z = p.x * 3;
    Vec3f colour = base::lerp(hex(0x5d6a52), hex(0x2f3a34), smoothly(0.3f, 1.6f, z));
    colour = base::lerp(colour, hex(0x9a7448), above(0.5f - z, 0.02f));
    const auto fruit = [&](float cx, float cz, float r, Vec3f hue) {
        const float d = std::sqrt((x - cx) * (x - cx) + (z - cz) * (z - cz)) / r;
        const float light = smoothly(1.2f, 0.0f,
                                     std::sqrt((x - cx + 0.35f * r) * (x - cx + 0.35f * r) +
                                               (z - cz - 0.35f * r) * (z - cz - 0.35f * r)) /
                                         r);
        colour = base::lerp(colour, hue * (0.3f + 0.9f * light), above(1 - d, 0.05f));
    };
    const float jug = above(0.20f + 0.09f * std::sin((z - 0.4f) * 4) - std::abs(x + 0.16f), 0.02f) *
                      stripe(z - 0.8f, 0.42f, 0.02f);
    colour = base::lerp(
        colour, base::lerp(hex(0x6f90a0), hex(0xd2dcdc), smoothly(0.1f, -0.3f, x + 0.12f)), jug);
    fruit(0.16f, 0.55f, 0.16f, hex(0xd98a2a));
    fruit(0.36f, 0.48f, 0.12f, hex(0xb0302a));
    fruit(-0.02f, 0.46f, 0.11f, hex(0xb8b040));
    c.s.albedo = colour;
    c.s.roughness = 0.4f;
}

void painting_abstract(Canvas& c) {
    const Vec2f p = picture_uv(c);
    const float f = c.footprint();
    Vec3f colour = hex(0xe9dfcb);
    const unsigned hues[] = {0xc8452f, 0x23506e, 0xe0a83a, 0x2b2b2b, 0x7f9a7a};
    for (int i = 0; i < 9; ++i) {
        const float cx = 0.98f * cell_noise(i, 1, 3), cy = 0.66f * cell_noise(i, 2, 3),
                    w = 0.06f + 0.16f * cell_noise(i, 3, 3),
                    h = 0.05f + 0.14f * cell_noise(i, 4, 3);
        const Vec3f hue = hex(hues[i % 5]);
        const float share =
            i % 3 == 2 ? above(w - std::sqrt((p.x - cx) * (p.x - cx) + (p.y - cy) * (p.y - cy)), f)
                       : stripe(p.x - cx, w, f) * stripe(p.y - cy, h, f);
        colour = base::lerp(colour, hue, 0.9f * share);
    }
    for (int i = 0; i < 5; ++i) {
        const float k = 0.1f + 0.2f * static_cast<float>(i);
        colour = base::lerp(
            colour, hex(0x1f1f1f),
            stripe(p.y - k * 0.6f - (p.x - 0.5f) * (cell_noise(i, 7, 3) - 0.5f), 0.004f, f));
    }
    c.s.albedo = colour;
    c.s.roughness = 0.5f;
}

void painting_child(Canvas& c) {
    const float x = c.point.p.y, z = c.point.p.z, f = c.footprint();
    const float u = fraction((x + 1.44f) / 0.38f) * 0.38f - 0.14f,
                v = fraction((z - 1.17f) / 0.5f) * 0.5f - 0.19f;
    c.paint(hex(0x4a9a3a), above(-0.10f + 0.02f * std::sin(u * 40) - v, f));
    c.paint(hex(0xf0c020),
            above(0.035f - std::sqrt((u - 0.07f) * (u - 0.07f) + (v - 0.11f) * (v - 0.11f)), f));
    c.paint(hex(0xc83a3a), stripe(u + 0.03f, 0.045f, f) * stripe(v + 0.05f, 0.045f, f));
    c.paint(hex(0x7a3a20),
            above(0.05f - (v - 0.0f) - std::abs(u + 0.03f), f) * above(v + 0.005f, f));
}

void world_map(Canvas& c) {
    const Vec2f p = picture_uv(c);
    const Vec3f q{p.x * 4.2f, p.y * 4.2f, 0.4f};
    const float land = smoothly(0.03f, 0.06f, solid_fbm(q, 31, 5) + 0.05f * std::sin(p.y * 9));
    const unsigned tone[] = {0xd8c26a, 0x8ab06a, 0xd89a7a, 0xb8a0c8, 0xe0cfa0};
    const float region = solid_noise(q * 1.3f + Vec3f{5, 2, 0}, 33);
    const int k = std::clamp(static_cast<int>((region + 1) * 2.5f), 0, 4);
    c.s.albedo = base::lerp(hex(0x9cc4d8), hex(tone[k]), land);
    const float f = c.footprint();
    c.s.albedo *= 1 - 0.25f * std::max(stripe((fraction(p.x / 0.15f) - 0.5f) * 0.15f, 0.001f, f),
                                       stripe((fraction(p.y / 0.15f) - 0.5f) * 0.15f, 0.001f, f));
    c.s.roughness = 0.5f;
}

void globe(Canvas& c) {
    const Vec3f d = normalize(c.point.n);
    const float land = smoothly(0.02f, 0.06f, solid_fbm(d * 2.3f, 35, 5));
    c.s.albedo = base::lerp(
        c.s.albedo, base::lerp(hex(0x6a8f3a), hex(0xc8a860), 0.5f + solid_noise(d * 3.0f, 37)),
        land);
    c.s.roughness = 0.25f;
    c.s.clearcoat = 0.8f;
}

void earth(Canvas& c) {
    const Vec3f d = normalize(c.point.n);
    const float land = smoothly(0.02f, 0.08f, solid_fbm(d * 2.0f, 39, 5));
    Vec3f colour = base::lerp(Vec3f{0.02f, 0.07f, 0.22f}, Vec3f{0.16f, 0.17f, 0.07f}, land);
    const float cloud =
        smoothly(-0.02f, 0.30f,
                 solid_fbm(d * Vec3f{3, 3, 5} + Vec3f{solid_fbm(d * 2.5f, 41, 3), 0, 0}, 43, 5));
    colour = base::lerp(colour, Vec3f{0.9f, 0.92f, 0.95f}, 0.85f * cloud);
    // Lit from the same side as the ground: half of it lies in its own night.
    const float day = smoothly(-0.1f, 0.35f, dot(d, normalize(Vec3f{-0.7f, -0.5f, 0.5f})));
    c.s.emission = c.look.base.emission * colour * (4 * day);
    c.s.albedo = {};
    c.s.specular = 0;
}

void chalkboard(Canvas& c) {
    const float x = c.point.p.x, z = c.point.p.z, f = c.footprint();
    // Smears of the sponge, a few lines of writing: strokes of a slanted hand, a triangle, a graph.
    c.s.albedo *= 1 + 0.6f * smoothly(-0.1f, 0.5f, solid_fbm({x * 2.2f, z * 1.1f, 1}, 45, 4));
    float chalk = 0;
    const float seen = visible(0.02f, f);
    for (int row = 0; row < 4; ++row) {
        const float base_z = 2.02f - 0.17f * static_cast<float>(row);
        const float left = -1.25f, right = -0.15f - 0.25f * cell_noise(row, 1, 9);
        if (x < left || x > right) continue;
        const float letter = 0.055f;
        const int i = static_cast<int>(std::floor((x - left) / letter));
        if (cell_noise(i, row, 10) < 0.18f) continue;
        const float u = (x - left) / letter - static_cast<float>(i) - 0.5f,
                    v = (z - base_z) / 0.05f;
        const float kind = cell_noise(i, row, 11);
        const float curve = kind < 0.35f ? std::abs(std::sqrt(u * u * 6 + v * v) - 0.8f) * 0.4f
                            : kind < 0.7f
                                ? std::abs(u - 0.25f * std::sin(v * 3))
                                : std::min(std::abs(u + 0.2f - 0.1f * v),
                                           std::abs(v) * 0.5f + (std::abs(u) > 0.35f ? 1.f : 0.f));
        if (std::abs(v) < 1) chalk = std::max(chalk, above(0.10f - curve, f / letter));
    }
    const Vec2f t{x - 0.75f, z - 1.45f};
    const auto segment = [&](Vec2f a, Vec2f b) {
        const Vec2f ab = b - a, ap = t - a;
        const float h = clamp01((ap.x * ab.x + ap.y * ab.y) / (ab.x * ab.x + ab.y * ab.y));
        const float dx = ap.x - ab.x * h, dy = ap.y - ab.y * h;
        chalk = std::max(chalk, above(0.006f - std::sqrt(dx * dx + dy * dy), f));
    };
    segment({-0.35f, -0.2f}, {0.35f, -0.2f});
    segment({0.35f, -0.2f}, {0.35f, 0.35f});
    segment({0.35f, 0.35f}, {-0.35f, -0.2f});
    segment({0.29f, -0.2f}, {0.29f, -0.14f});
    segment({0.29f, -0.14f}, {0.35f, -0.14f});
    chalk = std::max(chalk, above(0.006f - std::abs(std::sqrt((t.x - 0.0f) * (t.x - 0.0f) +
                                                              (t.y - 0.62f) * (t.y - 0.62f)) -
                                                    0.1f),
                                  f));
    const float dust = 0.65f + 0.35f * solid_noise({x * 160, z * 160, 1}, 47) * seen;
    c.paint(hex(0xe4e6e0), chalk * dust * 0.85f);
    c.s.roughness = 0.8f;
}

void scoreboard(Canvas& c) {
    // Seven-segment figures: 78 - 74 and a clock, lit segments only.
    const Vec2f p = c.point.uv;  // longer side first, metres
    const float f = c.footprint();
    const int digits[] = {7, 8, -1, 7, 4};
    static constexpr int kSegments[10] = {0x77, 0x24, 0x5d, 0x6d, 0x2e,
                                          0x6b, 0x7b, 0x25, 0x7f, 0x6f};
    float lit = 0;
    const float cell = 0.44f, x0 = p.x - 0.05f;
    const int i = static_cast<int>(std::floor(x0 / cell));
    if (i >= 0 && i < 5 && digits[i] >= 0) {
        const float u = (x0 - static_cast<float>(i) * cell) - cell / 2, v = p.y - 0.45f, h = 0.26f,
                    w = 0.13f, t = 0.022f;
        const int mask = kSegments[digits[i]];
        const auto bar = [&](int bit, float cx, float cy, float hx, float hy) {
            if (mask & (1 << bit))
                lit = std::max(lit, stripe(u - cx, hx, f) * stripe(v - cy, hy, f));
        };
        bar(0, 0, h, w - t, t);
        bar(1, -w, h / 2, t, h / 2 - t);
        bar(2, w, h / 2, t, h / 2 - t);
        bar(3, 0, 0, w - t, t);
        bar(4, -w, -h / 2, t, h / 2 - t);
        bar(5, w, -h / 2, t, h / 2 - t);
        bar(6, 0, -h, w - t, t);
    }
    c.s.emission = c.look.base.emission * (0.02f + 1.4f * lit);
    c.s.albedo = {0.01f, 0.01f, 0.012f};
    c.s.roughness = 0.2f;
}

void oscilloscope(Canvas& c) {
    const Plane plane = c.plane();
    const float x = plane.at.x, z = c.point.p.z - 1.14f, f = c.footprint();
    const float wave = 0.035f * std::sin(x * 110 + 6 * c.point.time_s);
    const float grid = std::max(stripe((fraction(x / 0.03f) - 0.5f) * 0.03f, 0.0008f, f),
                                stripe((fraction(z / 0.03f) - 0.5f) * 0.03f, 0.0008f, f));
    c.s.emission =
        c.look.base.emission * (0.06f + 0.12f * grid + 2.0f * stripe(z - wave, 0.004f, f));
    c.s.albedo = {0.01f, 0.03f, 0.02f};
}

void label(Canvas& c) {
    const float f = c.footprint();
    const Vec2f p = c.point.uv;
    const float row = fraction(p.y / 0.03f);
    c.paint(hex(0x2a2a2a),
            0.75f * visible(0.02f, f) * stripe((row - 0.5f) * 0.03f, 0.005f, f) *
                (cell_noise(static_cast<int>(p.x * 90), static_cast<int>(p.y / 0.03f), 3) > 0.3f
                     ? 1.f
                     : 0.f));
}

void cork(Canvas& c) {
    static const Grain* grain = find_grain("pores");
    c.grain(grain, c.plane(), 0.12f, 1.1f, 0.4f);
}

void vessel(Canvas& c) { c.s.thin = true; }

void liquid(Canvas& c) {
    c.s.roughness = 0.05f;
    c.s.clearcoat = 1;
    c.s.clearcoat_roughness = 0.03f;
    c.s.subsurface = 0.5f;
}

void vase_blue(Canvas& c) {
    const Vec3f q = c.point.p - c.look.centre;
    const float band = stripe(std::abs(q.z) - c.look.half.z * 0.5f, 0.006f, c.footprint());
    const float leaf = smoothly(0.12f, 0.16f, solid_fbm(q * 14.0f, 49, 3)) *
                       above(c.look.half.z * 0.45f - std::abs(q.z), 0.01f);
    c.paint(hex(0xeef0ee), std::max(band, 0.9f * leaf));
    c.s.clearcoat = 1;
    c.s.clearcoat_roughness = 0.03f;
}

void car_paint(Canvas& c) {
    c.s.metallic = 0.25f;
    c.s.roughness = 0.35f;
    c.s.clearcoat = 1;
    c.s.clearcoat_roughness = 0.02f;
    const float flake = solid_noise(c.point.p * 700.0f, 51) * visible(0.004f, c.footprint());
    c.s.albedo *= 1 + 0.12f * flake;
}

void lamp_glass(Canvas& c) {
    // Cased glass shade: coloured outside, glowing a little.
    c.s = Surface{};
    c.s.normal = c.point.n;
    c.s.albedo = hex(0x1d5a3c);
    c.s.emission = Vec3f{0.10f, 0.42f, 0.22f} * 0.35f;
    c.s.roughness = 0.08f;
    c.s.clearcoat = 1;
}

void foil(Canvas& c) {
    const Vec3f p = c.point.p * 4.0f;
    const float a = solid_noise(p, 53) + 0.5f * solid_noise(p * 2.3f, 55),
                b = solid_noise(p + Vec3f{9, 4, 2}, 57) + 0.5f * solid_noise(p * 2.3f, 59);
    c.tilt(any_perpendicular(c.point.n), 0.35f * a);
    c.tilt(cross(c.point.n, any_perpendicular(c.point.n)), 0.35f * b);
    c.s.roughness = 0.22f;
}

void stadium_seats(Canvas& c) {
    const Plane plane = c.plane();
    const float x = fraction(plane.at.x / 0.5f) - 0.5f;
    c.s.albedo *= 1 - 0.6f * stripe(std::abs(x) * 0.5f - 0.25f, 0.03f, c.footprint());
}

void yarn(Canvas& c) {
    static const Grain* grain = find_grain("rope");
    c.grain(grain, c.plane(), std::max(0.01f, c.look.half.z * 0.35f), 0.7f, 0.6f);
    c.s.sheen = 0.7f;
}

void sugar(Canvas& c) {
    const float k = 1 / std::max(0.004f, c.look.half.z * 0.12f);
    const float grain = solid_noise(c.point.p * k, 61);
    c.s.albedo = base::lerp(hex(0xf4f2ee), c.s.albedo, 0.3f);
    c.tilt({1, 0, 0}, 0.4f * grain);
    c.tilt({0, 0, 1}, 0.4f * solid_noise(c.point.p * k + Vec3f{3, 1, 7}, 63));
    c.s.roughness = 0.4f;
    c.s.subsurface = 0.4f;
}

void nacre(Canvas& c) {
    const Vec3f d = c.point.n;
    const float phase = solid_fbm(d * 1.5f, 65, 3) * 4 + d.z * 2;
    const Vec3f tint{1 + 0.06f * std::sin(phase), 1 + 0.05f * std::sin(phase + 2.1f),
                     1 + 0.08f * std::sin(phase + 4.2f)};
    c.s.albedo *= tint;
    c.s.clearcoat = 1;
    c.s.clearcoat_roughness = 0.12f;
    c.s.subsurface = 0.4f;
}

void soap_film(Canvas& c) {
    // Thin film: mostly clear, coloured by thickness that drains downward; the rim reflects.
    const Vec3f d = normalize(c.point.p - c.look.centre);
    const float thick = 320 + 260 * (0.5f - 0.5f * d.z) +
                        90 * solid_fbm(d * 2.0f + Vec3f{0, 0, 0.2f * c.point.time_s}, 67, 4);
    const auto interference = [&](float wavelength_nm) {
        const float phase = 6.2832f * 1.33f * thick * 2 / wavelength_nm;
        return 0.5f - 0.5f * std::cos(phase);
    };
    c.s = Surface{};
    c.s.normal = c.point.n;
    c.s.albedo = Vec3f{interference(620), interference(540), interference(455)};
    c.s.metallic = 1;
    c.s.roughness = 0.03f;
    c.s.opacity = 0.16f;
    c.s.thin = true;
}

void worn(Canvas& c) {
    static const Grain* grain = find_grain("cast");
    c.grain(grain, c.plane(), std::max(0.1f, c.look.half.z * 1.5f), 0.9f, 0.35f);
    const float scrape = smoothly(
        0.12f, 0.3f,
        solid_fbm(c.point.p * (3 / std::max(0.05f, c.look.half.z)) * Vec3f{1, 1, 0.4f}, 69, 4));
    c.s.albedo = base::lerp(c.s.albedo, Vec3f{0.56f, 0.55f, 0.53f}, 0.6f * scrape);
    c.s.roughness = base::lerp(c.s.roughness + 0.12f, 0.28f, scrape);
}

void brick_single(Canvas& c) {
    static const Grain* grain = find_grain("brick_clay");
    c.grain(grain, c.plane(), 0.22f, 1.1f, 0.6f, c.look.offset);
    c.s.albedo *= 1 + 0.22f * (fraction(c.look.offset.x * 17) - 0.5f);
}

// Coats: stripes and spots that follow the body, dark on the body's own colour.
void zebra(Canvas& c) {
    c.own_grain();
    const Vec3f q = (c.point.p - c.look.centre) * (1 / std::max(0.05f, c.look.half.x));
    const float v = std::sin((q.x + 0.12f * solid_fbm(q * 3.0f, 71, 3)) * 24 + q.z * 3);
    c.paint(hex(0x17161a), smoothly(-0.08f, 0.08f, v));
}
void tiger(Canvas& c) {
    c.own_grain();
    const Vec3f q = (c.point.p - c.look.centre) * (1 / std::max(0.05f, c.look.half.x));
    const float v = std::sin((q.x + 0.16f * solid_fbm(q * 3.0f, 73, 3)) * 22) - 0.35f -
                    0.5f * solid_noise(q * 5.0f, 75);
    c.paint(hex(0x1c1310), smoothly(-0.06f, 0.06f, v) * smoothly(-0.6f, -0.3f, q.z));
}
void spots(Canvas& c) {
    c.own_grain();
    const Vec3f q = (c.point.p - c.look.centre) * (7 / std::max(0.05f, c.look.half.x));
    c.paint(hex(0x2a1a10), smoothly(0.30f, 0.38f, solid_noise(q, 77)));
}
void patches(Canvas& c) {
    c.own_grain();
    const Vec3f q = (c.point.p - c.look.centre) * (2.4f / std::max(0.05f, c.look.half.x));
    c.paint(hex(0x1d1916), smoothly(0.02f, 0.08f, solid_fbm(q, 79, 3)));
}
void giraffe(Canvas& c) {
    c.own_grain();
    const Vec3f q = (c.point.p - c.look.centre) * (6 / std::max(0.05f, c.look.half.z));
    const float net = std::abs(solid_noise(q, 81)) + 0.5f * std::abs(solid_noise(q * 1.7f, 83));
    c.paint(hex(0x8a4a1e), smoothly(0.14f, 0.22f, net));
}

constexpr std::array kPatterns{
    Pattern{"wood_grain", wood_grain, {"", ""}},
    Pattern{"carpet_pile", carpet_pile, {"carpet", ""}},
    Pattern{"rug_persian", rug_persian, {"carpet", ""}},
    Pattern{"rug_stripes", rug_stripes, {"knit", ""}},
    Pattern{"runner", runner, {"carpet", ""}},
    Pattern{"quilt", quilt, {"weave", ""}},
    Pattern{"velvet", velvet, {"", ""}},
    Pattern{"awning_stripes", awning_stripes, {"", ""}},
    Pattern{"towel_stripes", towel_stripes, {"carpet", ""}},
    Pattern{"parasol", parasol, {"", ""}},
    Pattern{"lifebuoy", lifebuoy, {"", ""}},
    Pattern{"book_spine", book_spine, {"", ""}},
    Pattern{"mirror", mirror, {"", ""}},
    Pattern{"pane", pane, {"", ""}},
    Pattern{"window_pane", window_pane, {"", ""}},
    Pattern{"lit_window", lit_window, {"", ""}},
    Pattern{"window_view", window_view, {"", ""}},
    Pattern{"window_view_night", window_view_night, {"", ""}},
    Pattern{"screen_off", screen_off, {"", ""}},
    Pattern{"painting_landscape", painting_landscape, {"", ""}},
    Pattern{"painting_portrait", painting_portrait, {"", ""}},
    Pattern{"painting_still", painting_still, {"", ""}},
    Pattern{"painting_abstract", painting_abstract, {"", ""}},
    Pattern{"painting_child", painting_child, {"", ""}},
    Pattern{"world_map", world_map, {"", ""}},
    Pattern{"globe", globe, {"", ""}},
    Pattern{"earth", earth, {"", ""}},
    Pattern{"chalkboard", chalkboard, {"", ""}},
    Pattern{"scoreboard", scoreboard, {"", ""}},
    Pattern{"oscilloscope", oscilloscope, {"", ""}},
    Pattern{"label", label, {"", ""}},
    Pattern{"cork", cork, {"pores", ""}},
    Pattern{"vessel", vessel, {"", ""}},
    Pattern{"liquid", liquid, {"", ""}},
    Pattern{"vase_blue", vase_blue, {"", ""}},
    Pattern{"car_paint", car_paint, {"", ""}},
    Pattern{"lamp_glass", lamp_glass, {"", ""}},
    Pattern{"foil", foil, {"", ""}},
    Pattern{"stadium_seats", stadium_seats, {"", ""}},
    Pattern{"yarn", yarn, {"rope", ""}},
    Pattern{"sugar", sugar, {"", ""}},
    Pattern{"nacre", nacre, {"", ""}},
    Pattern{"soap_film", soap_film, {"", ""}},
    Pattern{"worn", worn, {"cast", ""}},
    Pattern{"brick_single", brick_single, {"brick_clay", ""}},
    Pattern{"zebra", zebra, {"", ""}},
    Pattern{"tiger", tiger, {"", ""}},
    Pattern{"spots", spots, {"", ""}},
    Pattern{"patches", patches, {"", ""}},
    Pattern{"giraffe", giraffe, {"", ""}},
};

}  // namespace

std::span<const Pattern> thing_patterns() { return kPatterns; }

}  // namespace looks
}  // namespace render
