// Patterns of the open air: ground, rock, bark, leaves, far hills.
#include "render/material/pattern.h"

namespace render {
inline namespace looks {
namespace {

const Grain* named(const char* name) { return find_grain(name); }

// Two scales of one grain, so that large grounds neither blur near nor repeat far.
void ground(Canvas& c, const Grain* grain, float near_tile, float far_tile, float colour,
            float bump) {
    const Plane plane{{c.point.p.x, c.point.p.y}, {1, 0, 0}, {0, 1, 0}};
    c.grain(grain, plane, near_tile, colour, bump);
    const Plane turned{
        {0.8f * plane.at.x - 0.6f * plane.at.y, 0.6f * plane.at.x + 0.8f * plane.at.y},
        {0.8f, -0.6f, 0},
        {0.6f, 0.8f, 0}};
    c.grain(grain, turned, far_tile, colour * 0.6f, bump * 0.5f, {0.3f, 0.7f});
}

void lawn(Canvas& c) {
    static const Grain* grass = named("grass");
    ground(c, grass, 0.8f, 3.7f, 1, 0.35f);
    const float patch = solid_fbm({c.point.p.x * 0.35f, c.point.p.y * 0.35f, 1}, 21, 4);
    c.s.albedo *= Vec3f{1 + 0.35f * patch, 1 + 0.16f * patch, 1};
    const float daisy = smoothly(0.50f, 0.52f, solid_noise(c.point.p * 9.0f, 25)) *
                        visible(0.03f, c.footprint()) * smoothly(0.0f, 0.3f, patch);
    c.paint(hex(0xf2f0e2),
            0.7f * daisy * above(0.35f - std::abs(solid_noise(c.point.p * 40.0f, 27)), 0.2f));
}

void meadow(Canvas& c) {
    static const Grain* grass = named("grass");
    ground(c, grass, 1.0f, 4.9f, 1, 0.4f);
    const float patch = solid_fbm({c.point.p.x * 0.12f, c.point.p.y * 0.12f, 1}, 22, 4);
    c.s.albedo *= Vec3f{1 + 0.5f * patch, 1 + 0.22f * patch, 1 - 0.1f * patch};
    const float f = c.footprint();
    const float flowers =
        smoothly(0.42f, 0.46f, solid_noise(c.point.p * 5.0f, 31)) * visible(0.09f, f);
    const float hue = solid_noise(c.point.p * 0.6f, 33);
    c.paint(hue > 0.2f    ? hex(0xe8c530)
            : hue > -0.1f ? hex(0xf0ede4)
                          : hex(0x8a6ac0),
            0.75f * flowers);
}

void forest_floor(Canvas& c) {
    static const Grain *litter = named("litter"), *earth = named("earth");
    ground(c, litter, 1.3f, 4.3f, 1, 0.35f);
    const float bare =
        smoothly(0.05f, 0.35f, solid_fbm({c.point.p.x * 0.3f, c.point.p.y * 0.3f, 1}, 35, 4));
    if (bare > 0.01f) {
        Surface moss = c.s;
        c.s.albedo = hex(0x4a3a28);
        ground(c, earth, 0.9f, 3.1f, 0.9f, 0);
        c.s.albedo = base::lerp(moss.albedo, c.s.albedo, bare * 0.8f);
    }
    c.s.roughness = 0.95f;
}

void soil(Canvas& c) { ground(c, named("earth"), 0.5f, 1.7f, 1, 0.5f); }

void gravel(Canvas& c) {
    static const Grain* earth = named("earth");
    ground(c, earth, 0.35f, 1.3f, 1.2f, 0.6f);
}

void site_ground(Canvas& c) {
    static const Grain* earth = named("earth");
    ground(c, earth, 0.9f, 3.9f, 1, 0.4f);
    // Ruts of lorries, pale where dry.
    const float x = c.point.p.x + 0.8f * std::sin(c.point.p.y * 0.21f);
    const float rut = std::exp(-std::pow((std::abs(std::abs(x - 2.4f) - 0.9f)) / 0.22f, 2.f));
    const float tread = 0.5f + 0.5f * std::sin(c.point.p.y * 38);
    c.s.albedo *= 1 - rut * (0.16f + 0.12f * tread * visible(0.16f, c.footprint()));
    c.tilt({0, 1, 0}, 0.25f * rut * std::cos(c.point.p.y * 38) * visible(0.16f, c.footprint()));
    c.s.albedo *= 1 + 0.22f * solid_fbm({c.point.p.x * 0.22f, c.point.p.y * 0.22f, 1}, 38, 4);
}

void sand_ripples(Canvas& c) {
    static const Grain* sand = named("sand");
    ground(c, sand, 0.5f, 2.9f, 1, 0.35f);
    const Vec3f p = c.point.p;
    // Wind ripples 9 cm apart that fork and fade (Bagnold 1941: wavelength 8-15 cm).
    const float warp = 0.35f * solid_fbm({p.x * 0.5f, p.y * 0.5f, 0}, 41, 3) +
                       0.03f * solid_noise({p.x * 5, p.y * 5, 1}, 43);
    const float phase = (p.y + 0.35f * p.x + warp) / 0.095f * 6.2832f;
    const float keep =
        smoothly(-0.25f, 0.25f, solid_fbm({p.x * 0.23f, p.y * 0.23f, 2}, 45, 3) + 0.05f);
    const float seen = visible(0.095f, c.footprint());
    const float slope =
        (std::cos(phase) + 0.35f * std::cos(2 * phase + 0.6f)) * 0.30f * keep * seen;
    c.tilt({0.33f, 0.94f, 0}, -slope);
    c.s.albedo *= 1 + 0.05f * std::sin(phase) * keep * seen;
    c.s.albedo *= 1 + 0.10f * solid_fbm({p.x * 0.15f, p.y * 0.15f, 3}, 47, 3);
    // Wet and dark toward the sea: beaches slope down below the stage.
    const float wet = c.point.n.z > 0.8f ? smoothly(-0.04f, -0.16f, p.z) : 0.f;
    c.s.albedo *= 1 - 0.45f * wet;
    c.s.roughness = base::lerp(0.95f, 0.25f, wet * 0.8f);
    c.bend = c.bend * (1 - 0.7f * wet);
}

void snow_drifts(Canvas& c) {
    static const Grain* snow = named("snow");
    ground(c, snow, 1.3f, 5.3f, 1, 0.10f);
    const Vec3f p = c.point.p;
    const float phase =
        (p.y * 0.8f + p.x * 0.4f + 1.4f * solid_fbm({p.x * 0.3f, p.y * 0.3f, 0}, 51, 4)) * 6.2832f /
        0.8f;
    c.tilt({0.45f, 0.9f, 0}, 0.06f * std::cos(phase) * visible(0.8f, c.footprint()));
}

void regolith(Canvas& c) {
    static const Grain *sand = named("sand"), *earth = named("earth");
    ground(c, sand, 0.6f, 3.3f, 0.9f, 0.5f);
    ground(c, earth, 1.9f, 7.1f, 0.28f, 0.45f);
    c.s.albedo *= 1 + 0.16f * solid_fbm(c.point.p * 0.2f, 55, 4);
    c.s.roughness = 1;
    c.s.specular = 0.1f;
}

void lake_shore(Canvas& c) {
    static const Grain* earth = named("earth");
    const float z = c.point.p.z + 0.05f * solid_fbm(c.point.p * 1.5f, 57, 3);
    const float beach = smoothly(-0.02f, -0.12f, z);
    lawn(c);
    if (beach > 0.01f) {
        const Surface grass = c.s;
        c.s.albedo = hex(0x8a7d68);
        ground(c, earth, 0.6f, 2.3f, 1.2f, 0);
        c.s.albedo =
            base::lerp(grass.albedo, c.s.albedo * (1 - 0.4f * smoothly(-0.2f, -0.34f, z)), beach);
        c.s.roughness = base::lerp(0.95f, 0.5f, beach);
    }
}

// Stone by solid noise: no seams on round boulders.
void rock(Canvas& c) {
    c.own_grain(0.8f, 0.55f);
    const float cloud = solid_fbm(c.point.p * 2.2f, 61, 4);
    c.s.albedo *= 1 + 0.22f * cloud;
    const float lichen = smoothly(0.30f, 0.42f, solid_fbm(c.point.p * 3.1f, 63, 4));
    c.paint(hex(0x9a9a78), 0.45f * lichen);
}

void mossy_rock(Canvas& c) {
    rock(c);
    const float up = c.point.n.z + 0.5f * solid_fbm(c.point.p * 3.0f, 67, 4);
    const float moss = smoothly(0.45f, 0.75f, up);
    c.paint(hex(0x4c6326) *
                (1 + 0.4f * solid_noise(c.point.p * 60.0f, 69) * visible(0.04f, c.footprint())),
            0.9f * moss, 1.0f);
    c.s.sheen = 0.3f * moss;
}

void snowy_rock(Canvas& c) {
    rock(c);
    const float lie =
        smoothly(0.30f, 0.55f, c.point.n.z + 0.2f * solid_fbm(c.point.p * 3.0f, 71, 3));
    c.paint({0.86f, 0.89f, 0.94f}, lie, 0.8f);
}

void sandstone(Canvas& c) {
    c.own_grain(0.5f, 0.4f);
    const float z = c.point.p.z + 0.05f * solid_fbm(c.point.p * 2.0f, 73, 3);
    c.s.albedo *=
        1 + 0.18f * solid_noise({0, 0, z * 14}, 75) + 0.1f * solid_noise({0, 0, z * 47}, 77);
}

void sandstone_layers(Canvas& c) {
    const Vec3f p = c.point.p;
    const float z = p.z + 4 * solid_fbm(p * 0.02f, 79, 4);
    const float bed =
        solid_noise({0, 0, z * 0.16f}, 81) + 0.6f * solid_noise({0, 0, z * 0.55f}, 83);
    c.s.albedo *= Vec3f{1 + 0.22f * bed, 1 + 0.30f * bed, 1 + 0.34f * bed};
    const float gully = solid_fbm({p.x * 0.12f, p.y * 0.12f, p.z * 0.015f}, 85, 4);
    c.s.albedo *= 1 + 0.35f * gully;
    // Distance: air between camera and mesa is the sky's business.
}

void moon_rock(Canvas& c) {
    c.own_grain(0.6f, 0.7f);
    c.s.specular = 0.15f;
    c.s.albedo *= 1 + 0.2f * solid_fbm(c.point.p * 2.0f, 87, 4);
}

// Ridges seen kilometres away: only broad tones remain.
void far_hills(Canvas& c) {
    c.s.albedo *= 1 + 0.30f * solid_fbm(c.point.p * 0.012f, 91, 5);
    c.s.roughness = 1;
    c.s.specular = 0;
}

void far_forest(Canvas& c) {
    const Vec3f p = c.point.p;
    // Crowns as a dark-light grain, thinning to meadow here and there.
    const float crown = solid_noise(p * 0.22f, 93) * visible(9, c.footprint());
    const float open = smoothly(0.16f, 0.3f, solid_fbm(p * 0.011f, 95, 4));
    c.s.albedo *= 1 + 0.45f * crown;
    c.paint(hex(0x7a8f4a), 0.7f * open);
    c.s.roughness = 1;
    c.s.specular = 0;
}

void far_forest_snow(Canvas& c) {
    far_forest(c);
    const float white =
        smoothly(-0.1f, 0.45f,
                 solid_noise(c.point.p * 0.25f, 97) + 0.4f * solid_fbm(c.point.p * 0.012f, 98, 4));
    c.paint({0.78f, 0.83f, 0.90f}, 0.65f * white);
}

void snow_peaks(Canvas& c) {
    const Vec3f p = c.point.p;
    const float crag = solid_fbm(p * 0.018f, 101, 5);
    const float high = (p.z - c.look.centre.z) / std::max(1.f, c.look.half.z);
    const float snow =
        smoothly(-0.15f, 0.15f, high * 0.55f + 0.9f * crag + 0.55f * (c.point.n.z - 0.55f));
    c.s.albedo *= 1 + 0.35f * crag;
    c.paint({0.80f, 0.85f, 0.92f}, snow * 0.95f);
    c.tilt({1, 0, 0}, 0.35f * crag);
    c.s.roughness = 1;
    c.s.specular = 0;
}

void bark(Canvas& c) {
    static const Grain* grain = named("bark");
    // Round about the stem: angle and height.
    const float radius = 0.25f;
    const float a = std::atan2(c.point.n.y, c.point.n.x) * radius;
    const Vec3f around{-c.point.n.y, c.point.n.x, 0};
    c.grain(grain, {{c.point.p.z, a}, {0, 0, 1}, around}, 0.7854f, 1, 0.5f);
    c.s.roughness = 0.95f;
    const float moss =
        smoothly(0.1f, 0.5f, solid_fbm(c.point.p * 1.5f, 103, 3) + 0.3f * c.point.n.y);
    c.paint(hex(0x55602f), 0.35f * moss);
}

void palm_bark(Canvas& c) {
    c.own_grain(0.7f, 0.3f);
    const float ring = fraction(c.point.p.z / 0.11f + 0.1f * solid_noise(c.point.p * 5.0f, 105));
    c.s.albedo *= 1 - 0.35f * smoothly(0.75f, 0.95f, ring) * visible(0.1f, c.footprint());
    c.tilt({0, 0, 1}, 0.5f * (ring - 0.5f) * visible(0.1f, c.footprint()));
}

void end_grain(Canvas& c) {
    static const Grain* grain = named("wood_end");
    const Vec3f n = c.point.n, p = c.point.p - c.look.centre;
    const float r = std::max(0.05f, std::min({c.look.half.x, c.look.half.y, c.look.half.z}));
    const Vec2f at = std::abs(n.z) > 0.7f   ? Vec2f{c.point.p.x, c.point.p.y}
                     : std::abs(n.x) > 0.7f ? Vec2f{c.point.p.y, p.z}
                                            : Vec2f{p.x, p.z};
    c.grain(grain, {at, {1, 0, 0}, {0, 1, 0}}, 2.4f * r, 1, 0.1f, {0.5f, 0.5f});
}

void foliage(Canvas& c) {
    // Each leaf a little different; its own blade reads by the geometry.
    const float tone = solid_noise(c.point.p * 11.0f, 107);
    c.s.albedo *= Vec3f{1 + 0.28f * tone, 1 + 0.16f * tone, 1 + 0.05f * tone};
    c.s.roughness = 0.55f;
    c.s.subsurface = 0.55f;
    c.s.thin = true;
}

void needles(Canvas& c) {
    const float stripe_noise = solid_noise(c.point.p * 70.0f, 109) * visible(0.03f, c.footprint());
    const float tone = solid_noise(c.point.p * 2.5f, 111);
    c.s.albedo *= 1 + 0.40f * stripe_noise + 0.2f * tone;
    c.s.roughness = 0.75f;
    c.s.subsurface = 0.3f;
}

void leaf_veins(Canvas& c) {
    static const Grain* grain = named("leaf");
    c.grain(grain, c.plane(), 0.16f, 1, 0.2f);
    c.s.roughness = 0.35f;
    c.s.thin = true;
}

void cactus_ribs(Canvas& c) {
    c.own_grain(0.5f, 0.2f);
    const float spine = smoothly(0.52f, 0.62f, solid_noise(c.point.p * Vec3f{30, 30, 22}, 113)) *
                        visible(0.03f, c.footprint());
    c.paint(hex(0xd8cfa6), spine);
    c.s.albedo *= 1 + 0.2f * solid_fbm(c.point.p * 3.0f, 115, 3);
}

constexpr std::array kPatterns{
    Pattern{"lawn", lawn, {"grass", ""}},
    Pattern{"meadow", meadow, {"grass", ""}},
    Pattern{"forest_floor", forest_floor, {"litter", "earth"}},
    Pattern{"soil", soil, {"earth", ""}},
    Pattern{"gravel", gravel, {"earth", ""}},
    Pattern{"site_ground", site_ground, {"earth", ""}},
    Pattern{"sand_ripples", sand_ripples, {"sand", ""}},
    Pattern{"snow_drifts", snow_drifts, {"snow", ""}},
    Pattern{"regolith", regolith, {"sand", "earth"}},
    Pattern{"lake_shore", lake_shore, {"grass", "earth"}},
    Pattern{"rock", rock, {"", ""}},
    Pattern{"mossy_rock", mossy_rock, {"", ""}},
    Pattern{"snowy_rock", snowy_rock, {"", ""}},
    Pattern{"sandstone", sandstone, {"", ""}},
    Pattern{"sandstone_layers", sandstone_layers, {"", ""}},
    Pattern{"moon_rock", moon_rock, {"", ""}},
    Pattern{"far_hills", far_hills, {"", ""}},
    Pattern{"far_forest", far_forest, {"", ""}},
    Pattern{"far_forest_snow", far_forest_snow, {"", ""}},
    Pattern{"snow_peaks", snow_peaks, {"", ""}},
    Pattern{"bark", bark, {"bark", ""}},
    Pattern{"palm_bark", palm_bark, {"", ""}},
    Pattern{"end_grain", end_grain, {"wood_end", ""}},
    Pattern{"foliage", foliage, {"", ""}},
    Pattern{"needles", needles, {"", ""}},
    Pattern{"leaf_veins", leaf_veins, {"leaf", ""}},
    Pattern{"cactus_ribs", cactus_ribs, {"", ""}},
};

}  // namespace

std::span<const Pattern> nature_patterns() { return kPatterns; }

}  // namespace looks
}  // namespace render
