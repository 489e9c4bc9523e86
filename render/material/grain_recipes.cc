#include "render/material/grain_recipes.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "render/material/tiling_noise.h"

namespace render {
namespace {

using base::Vec3f;

constexpr float kTurn = 6.2831853f;

Vec3f grey(float x) { return {x, x, x}; }
float smooth(float low, float high, float x) {
    const float t = std::clamp((x - low) / (high - low), 0.f, 1.f);
    return t * t * (3 - 2 * t);
}
float mix(float a, float b, float t) { return a + (b - a) * t; }
Vec3f mix(Vec3f a, Vec3f b, float t) { return a + (b - a) * t; }

// Straight-grained timber, u along the fibre: growth rings as warped lines, pores as short dashes.
GrainTexel wood(float u, float v) {
    static const TilingNoise noise(1);
    const float warp = 0.05f * noise.fbm(u, v, 1, 4, 3) + 0.010f * noise.at(u, v, 3, 16);
    const float lines = 9;  // rings across a tile
    const float ring = (v + warp) * lines;
    const float phase = ring - std::floor(ring);
    // Early wood pale and wide, late wood a dark line, then a sharp step.
    const float late = smooth(0.35f, 0.95f, phase) * (1 - smooth(0.95f, 1.0f, phase));
    const float broad = noise.fbm(u, v, 1, 3, 2);
    const float fibre = noise.at(u, v, 6, 128) * 0.6f + noise.at(u, v, 12, 256) * 0.4f;
    const float pore = smooth(0.50f, 0.72f, noise.at(u, v + warp * 0.5f, 10, 96));
    const float level = 1.0f - 0.30f * late + 0.10f * broad + 0.07f * fibre - 0.30f * pore;
    GrainTexel t;
    t.tint = Vec3f{level, std::pow(level, 1.25f), std::pow(level, 1.55f)};
    t.height = -1.1f * pore + 0.25f * fibre - 0.25f * late;
    t.roughness = 0.06f * fibre + 0.10f * pore - 0.03f * late;
    t.cavity = 1 - 0.3f * pore;
    return t;
}

// Cut across: rings about a point off the tile's middle are not periodic, so they are warped
// circles about the middle that fade into fibre noise at the border.
GrainTexel wood_end(float u, float v) {
    static const TilingNoise noise(2);
    const float dx = u - 0.5f, dy = v - 0.5f;
    const float r = std::sqrt(dx * dx + dy * dy) + 0.012f * noise.fbm(u, v, 4, 4, 3);
    const float phase = r * 34 - std::floor(r * 34);
    const float late = smooth(0.3f, 0.95f, phase) * (1 - smooth(0.95f, 1.0f, phase));
    const float spoke = noise.at(std::atan2(dy, dx) / kTurn + 0.5f, r, 90, 3);
    const float level = 0.92f - 0.28f * late + 0.07f * spoke + 0.05f * noise.at(u, v, 90, 90);
    GrainTexel t;
    t.tint = Vec3f{level, std::pow(level, 1.2f), std::pow(level, 1.45f)};
    t.height = -0.3f * late + 0.3f * spoke;
    t.roughness = 0.12f;
    return t;
}

GrainTexel bark(float u, float v) {
    static const TilingNoise noise(3);
    const float w = v + 0.05f * noise.fbm(u, v, 3, 3, 3);
    const auto plate = noise.cells(u, w, 4, 14);
    const float crack = 1 - smooth(0.02f, 0.22f, plate.second - plate.nearest);
    const float rough = noise.fbm(u, v, 12, 24, 4);
    GrainTexel t;
    t.tint = grey(0.95f + 0.28f * rough + 0.2f * (plate.id - 0.5f) - 0.55f * crack);
    t.tint.x *= 1 + 0.05f * rough;
    t.height = 5.0f * (1 - crack) + 2.5f * rough;
    t.cavity = 1 - 0.7f * crack;
    return t;
}

GrainTexel concrete(float u, float v) {
    static const TilingNoise noise(4);
    const float cloud = noise.fbm(u, v, 2, 2, 5), stain = noise.fbm(u + 0.37f, v + 0.11f, 3, 3, 4);
    const float grit = noise.fbm(u, v, 64, 64, 3);
    const auto pit = noise.cells(u, v, 26, 26);
    const float hole =
        pit.id > 0.72f ? 1 - smooth(0.05f, 0.05f + 0.16f * pit.id * pit.id, pit.nearest) : 0;
    const float crack_field = noise.fbm(u + 0.7f, v + 0.3f, 2, 2, 5);
    const float crack =
        (1 - smooth(0.0f, 0.006f, std::abs(crack_field))) * smooth(0.1f, 0.4f, cloud + 0.1f);
    const float level = 1 + 0.20f * cloud - 0.14f * smooth(0.1f, 0.5f, stain) + 0.09f * grit -
                        0.38f * hole - 0.35f * crack;
    GrainTexel t;
    t.tint = {level, level * (1 - 0.02f * stain), level * (1 - 0.05f * stain)};
    t.height = 0.9f * grit - 2.2f * hole - 1.2f * crack;
    t.roughness = 0.06f * grit - 0.10f * smooth(0.0f, 0.5f, cloud);
    t.cavity = 1 - 0.6f * hole - 0.5f * crack;
    return t;
}

GrainTexel brick_clay(float u, float v) {
    static const TilingNoise noise(5);
    const float cloud = noise.fbm(u, v, 5, 5, 4), grit = noise.fbm(u, v, 48, 48, 3);
    const auto speck = noise.cells(u, v, 40, 40);
    const float dark = speck.id > 0.8f ? 1 - smooth(0.1f, 0.3f, speck.nearest) : 0;
    const float level = 1 + 0.22f * cloud + 0.16f * grit - 0.4f * dark;
    GrainTexel t;
    t.tint = {level, level * (1 - 0.07f * cloud), level * (1 - 0.1f * cloud)};
    t.height = 1.6f * grit + 1.5f * cloud - 1.5f * dark;
    t.cavity = 1 - 0.4f * dark;
    return t;
}

GrainTexel plaster(float u, float v) {
    static const TilingNoise noise(6);
    const float cloud = noise.fbm(u, v, 2, 2, 4);
    const float roller = noise.fbm(u, v, 48, 48, 3);
    GrainTexel t;
    t.tint = grey(1 + 0.045f * cloud + 0.02f * roller);
    t.height = 0.55f * roller + 1.2f * noise.at(u, v, 6, 6);
    t.roughness = 0.03f * cloud;
    return t;
}

GrainTexel asphalt(float u, float v) {
    static const TilingNoise noise(7);
    const auto stone = noise.cells(u, v, 52, 52);
    const float edge = smooth(0.0f, 0.30f, stone.second - stone.nearest);
    const float cloud = noise.fbm(u, v, 2, 2, 4);
    const float shade = 0.55f + 0.85f * stone.id * stone.id;
    GrainTexel t;
    t.tint = grey((0.45f + 0.55f * edge * shade) * (1 + 0.18f * cloud));
    t.tint.z *= 1.02f;
    t.height = 3.0f * edge * (0.5f + 0.5f * stone.id);
    t.roughness = -0.1f * edge * stone.id;
    t.cavity = 0.4f + 0.6f * edge;
    return t;
}

GrainTexel stone(float u, float v) {
    static const TilingNoise noise(8);
    const float cloud = noise.fbm(u, v, 3, 3, 5), grit = noise.fbm(u, v, 40, 40, 3);
    const float vein = 1 - smooth(0.0f, 0.05f, std::abs(noise.fbm(u + 0.2f, v + 0.6f, 2, 2, 4)));
    const auto speck = noise.cells(u, v, 60, 60);
    const float level = 1 + 0.35f * cloud + 0.18f * grit + 0.10f * (speck.id - 0.5f) - 0.12f * vein;
    GrainTexel t;
    t.tint = {level * (1 + 0.03f * cloud), level, level * (1 - 0.04f * cloud)};
    t.height = 5.0f * cloud + 2.0f * grit - 1.0f * vein;
    t.roughness = 0.05f * grit;
    t.cavity = 1 - 0.4f * vein;
    return t;
}

GrainTexel marble(float u, float v) {
    static const TilingNoise noise(9);
    const float wu = u + 0.10f * noise.fbm(u, v, 2, 2, 4),
                wv = v + 0.10f * noise.fbm(u + 0.5f, v + 0.2f, 2, 2, 4);
    const float broad = noise.fbm(wu, wv, 2, 2, 3), fine = noise.fbm(wu + 0.3f, wv + 0.8f, 4, 4, 3);
    const float vein = std::pow(1 - std::min(1.f, std::abs(broad) * 5), 3.f);
    const float thin = std::pow(1 - std::min(1.f, std::abs(fine) * 9), 4.f);
    const float cloud = noise.fbm(u, v, 3, 3, 4);
    const float level = 1 + 0.05f * cloud - 0.36f * vein - 0.22f * thin;
    GrainTexel t;
    t.tint = {level, level * (1 - 0.01f * vein), level * (1 - 0.03f * vein - 0.02f * thin)};
    t.roughness = 0.04f * vein;
    return t;
}

GrainTexel sand(float u, float v) {
    static const TilingNoise noise(10);
    const float grain =
        noise.at(u, v, 160, 160) * 0.6f +
        (noise.cell_random(static_cast<int>(u * 256), static_cast<int>(v * 256)) - 0.5f);
    const float cloud = noise.fbm(u, v, 3, 3, 4);
    const float dark =
        noise.cell_random(static_cast<int>(u * 256), static_cast<int>(v * 256), 3) > 0.96f ? 0.3f
                                                                                           : 0;
    const float level = 1 + 0.10f * grain + 0.10f * cloud - dark;
    GrainTexel t;
    t.tint = {level, level, level * (1 + 0.03f * cloud)};
    t.height = 0.9f * grain + 3.0f * noise.fbm(u, v, 8, 8, 3);
    return t;
}

GrainTexel snow(float u, float v) {
    static const TilingNoise noise(11);
    const float soft = noise.fbm(u, v, 4, 4, 4), grain = noise.at(u, v, 120, 120);
    const float spark =
        noise.cell_random(static_cast<int>(u * 256), static_cast<int>(v * 256)) > 0.985f ? 1.f
                                                                                         : 0.f;
    GrainTexel t;
    t.tint = grey(1 + 0.03f * soft + 0.015f * grain);
    t.height = 6.0f * soft + 0.5f * grain;
    t.roughness = -0.45f * spark;
    return t;
}

GrainTexel ice(float u, float v) {
    static const TilingNoise noise(12);
    // Skate cuts: long thin arcs, each a level line of a smooth field kept only where a mask
    // allows.
    float cut = 0;
    for (int i = 0; i < 4; ++i) {
        const float s = 0.23f * static_cast<float>(i);
        const float field =
            noise.at(u + s, v + 2 * s, 2 + i % 2, 3 - i % 2) * (6.0f + 2 * static_cast<float>(i)) +
            0.15f * noise.at(u, v, 9, 9);
        const float line = std::abs(field - std::round(field));
        const float keep = smooth(0.08f, 0.28f, noise.at(u + s * 3, v + s, 5, 5));
        cut = std::max(cut, keep * (1 - smooth(0.012f, 0.045f, line)));
    }
    const float frost = noise.fbm(u, v, 6, 6, 5), cloud = noise.fbm(u + 0.4f, v, 2, 2, 3);
    GrainTexel t;
    const float level = 1 + 0.035f * cloud + 0.03f * frost + 0.10f * cut;
    t.tint = {level * (1 - 0.02f * cloud), level, level * (1 + 0.01f * cloud)};
    t.height = -0.7f * cut + 0.35f * frost;
    t.roughness = 0.30f * cut + 0.10f * smooth(0.0f, 0.4f, frost);
    return t;
}

GrainTexel grass(float u, float v) {
    static const TilingNoise noise(13);
    // Blades: three layers of short slanted dashes; the gaps show dark earth.
    float light = 0, hue = 0.5f, depth = 0;
    for (int i = 0; i < 3; ++i) {
        const float shear = 0.35f * static_cast<float>(i - 1);
        const auto blade =
            noise.cells(u + shear * v * 0.0f + 0.17f * static_cast<float>(i),
                        v + 0.31f * static_cast<float>(i), 70 - 14 * (i % 2), 38 + 16 * (i % 2));
        const float b = 1 - smooth(0.18f, 0.5f, blade.nearest);
        if (b > depth) {
            depth = b;
            light = 0.55f + 0.75f * blade.id;
            hue = blade.id;
        }
    }
    const float cloud = noise.fbm(u, v, 3, 3, 4), patch = noise.fbm(u + 0.6f, v + 0.4f, 7, 7, 3);
    const float level = mix(0.42f, light, depth) * (1 + 0.22f * cloud);
    GrainTexel t;
    t.tint = Vec3f{level * (0.92f + 0.20f * hue + 0.30f * std::max(0.f, patch)), level,
                   level * (0.95f - 0.25f * hue)};
    t.height = 3.5f * depth * (0.5f + hue);
    t.cavity = 0.45f + 0.55f * depth;
    return t;
}

GrainTexel weave(float u, float v) {
    static const TilingNoise noise(14);
    // Plain weave, 16 threads a tile each way: over, under.
    const float n = 16, x = u * n, y = v * n;
    const int ix = static_cast<int>(x), iy = static_cast<int>(y);
    const float fx = x - std::floor(x) - 0.5f, fy = y - std::floor(y) - 0.5f;
    const bool over = (ix + iy) % 2 == 0;
    const float across = over ? fy : fx, along = over ? fx : fy;
    const float round = std::sqrt(std::max(0.f, 1 - 4 * across * across)) *
                        (0.75f + 0.25f * std::cos(along * 3.14159f));
    const float thread = noise.cell_random(over ? iy : ix, over ? 900 : 800) - 0.5f;
    const float fibre = noise.at(u, v, over ? 32 : 128, over ? 128 : 32);
    GrainTexel t;
    t.tint = grey((0.55f + 0.45f * round) * (1 + 0.10f * thread + 0.08f * fibre));
    t.height = 3.2f * round + 0.3f * fibre;
    t.cavity = 0.4f + 0.6f * round;
    return t;
}

GrainTexel knit(float u, float v) {
    static const TilingNoise noise(15);
    // Columns of V stitches.
    const float n = 12, x = u * n, y = v * n * 1.0f;
    const float fx = std::abs(x - std::floor(x) - 0.5f), fy = y + fx * 1.1f;
    const float stitch = fy - std::floor(fy) - 0.5f;
    const float round = std::sqrt(std::max(0.f, 1 - 4 * stitch * stitch)) *
                        std::sqrt(std::max(0.f, 1 - std::pow((fx - 0.25f) * 3.6f, 2.f)));
    const float fuzz = noise.fbm(u, v, 60, 60, 2);
    GrainTexel t;
    t.tint = grey(0.55f + 0.5f * round + 0.15f * fuzz);
    t.height = 4.0f * round + 0.8f * fuzz;
    t.cavity = 0.45f + 0.55f * round;
    return t;
}

GrainTexel felt(float u, float v) {
    static const TilingNoise noise(16);
    const float fibre = noise.at(u + 0.02f * noise.at(u, v, 9, 9), v, 150, 60) +
                        noise.at(u, v + 0.02f * noise.at(u, v, 7, 7), 60, 150);
    const float cloud = noise.fbm(u, v, 4, 4, 4);
    GrainTexel t;
    t.tint = grey(1 + 0.10f * fibre + 0.06f * cloud);
    t.height = 0.7f * fibre;
    return t;
}

GrainTexel carpet(float u, float v) {
    static const TilingNoise noise(17);
    const auto tuft = noise.cells(u, v, 44, 44);
    const float round = 1 - smooth(0.1f, 0.62f, tuft.nearest);
    GrainTexel t;
    t.tint = grey((0.55f + 0.5f * round) * (0.85f + 0.3f * tuft.id) *
                  (1 + 0.1f * noise.fbm(u, v, 3, 3, 3)));
    t.height = 3.0f * round;
    t.cavity = 0.4f + 0.6f * round;
    return t;
}

GrainTexel leather(float u, float v) {
    static const TilingNoise noise(18);
    const float wu = u + 0.008f * noise.at(u, v, 20, 20);
    const auto grain = noise.cells(wu, v, 42, 42);
    const float crease = 1 - smooth(0.03f, 0.20f, grain.second - grain.nearest);
    const float cloud = noise.fbm(u, v, 3, 3, 4);
    GrainTexel t;
    t.tint = grey(1 + 0.14f * cloud - 0.24f * crease + 0.05f * (grain.id - 0.5f));
    t.height = 1.6f * (1 - crease);
    t.roughness = 0.12f * crease + 0.06f * cloud;
    t.cavity = 1 - 0.5f * crease;
    return t;
}

GrainTexel skin(float u, float v) {
    static const TilingNoise noise(19);
    const auto pore = noise.cells(u, v, 56, 56);
    const float crease = 1 - smooth(0.02f, 0.2f, pore.second - pore.nearest);
    const float blotch = noise.fbm(u, v, 4, 4, 4);
    GrainTexel t;
    t.tint = {1 + 0.05f * blotch, 1 - 0.07f * blotch - 0.03f * crease,
              1 - 0.09f * blotch - 0.03f * crease};
    t.height = 0.7f * (1 - crease);
    t.roughness = 0.05f * blotch;
    return t;
}

GrainTexel brushed(float u, float v) {
    static const TilingNoise noise(20);
    const float line = noise.at(u, v, 3, 256) * 0.55f + noise.at(u, v, 8, 256) * 0.45f +
                       0.4f * noise.at(u, v, 2, 90);
    GrainTexel t;
    t.tint = grey(1 + 0.07f * line);
    t.height = 0.45f * line;
    t.roughness = 0.10f * line + 0.05f;
    return t;
}

GrainTexel polished(float u, float v) {
    static const TilingNoise noise(21);
    const float smear = noise.fbm(u, v, 3, 3, 4);
    // Hairline scratches, few.
    float scratch = 0;
    for (int i = 0; i < 3; ++i) {
        const float s = 0.29f * static_cast<float>(i);
        const float field = noise.at(u + s, v + s, 2, 2) * 9 + (i % 2 ? u : v) * 3;
        const float line = std::abs(field - std::round(field));
        scratch = std::max(scratch, smooth(0.2f, 0.4f, noise.at(u + s, v, 8, 8)) *
                                        (1 - smooth(0.008f, 0.03f, line)));
    }
    GrainTexel t;
    t.tint = grey(1 + 0.025f * smear - 0.05f * scratch);
    t.height = 0.15f * scratch;
    t.roughness = 0.09f * smear + 0.15f * scratch;
    return t;
}

GrainTexel cast(float u, float v) {
    static const TilingNoise noise(22);
    const float lump = noise.fbm(u, v, 20, 20, 4), stain = noise.fbm(u, v, 3, 3, 4);
    const float rust = smooth(0.12f, 0.5f, noise.fbm(u + 0.5f, v + 0.25f, 4, 4, 5));
    GrainTexel t;
    const float level = 1 + 0.12f * lump + 0.12f * stain;
    t.tint = mix(grey(level), Vec3f{level * 1.15f, level * 0.80f, level * 0.62f}, 0.55f * rust);
    t.height = 1.6f * lump;
    t.roughness = 0.08f * lump + 0.22f * rust;
    return t;
}

GrainTexel rust(float u, float v) {
    static const TilingNoise noise(23);
    const float flake = noise.fbm(u, v, 8, 8, 5);
    GrainTexel t;
    t.tint = {1 + 0.35f * flake, 1 + 0.5f * flake, 1 + 0.55f * flake};
    t.height = 2.5f * flake;
    t.roughness = 0.1f;
    return t;
}

GrainTexel glaze(float u, float v) {
    static const TilingNoise noise(24);
    const float cloud = noise.fbm(u, v, 3, 3, 3);
    GrainTexel t;
    t.tint = grey(1 + 0.035f * cloud);
    t.height = 1.4f * noise.fbm(u, v, 5, 5, 2);
    t.roughness = 0.02f * cloud;
    return t;
}

GrainTexel plastic(float u, float v) {
    static const TilingNoise noise(25);
    const float fine = noise.fbm(u, v, 64, 64, 2);
    GrainTexel t;
    t.tint = grey(1 + 0.012f * fine);
    t.height = 0.30f * fine;
    t.roughness = 0.05f * noise.fbm(u, v, 4, 4, 3) + 0.02f * fine;
    return t;
}

GrainTexel rubber(float u, float v) {
    static const TilingNoise noise(26);
    const float fine = noise.fbm(u, v, 56, 56, 3),
                dust = smooth(0.05f, 0.5f, noise.fbm(u, v, 4, 4, 5));
    GrainTexel t;
    t.tint = grey(1 + 0.10f * fine + 0.18f * dust);
    t.height = 0.8f * fine;
    t.roughness = 0.05f * fine + 0.12f * dust;
    return t;
}

// Plasticine: soft dents of thumbs, and here and there a print with its ridges.
GrainTexel fingerprints(float u, float v) {
    static const TilingNoise noise(27);
    const float dent = noise.fbm(u, v, 4, 4, 3);
    const auto thumb = noise.cells(u, v, 4, 4);
    const float print = thumb.id > 0.35f ? 1 - smooth(0.28f, 0.46f, thumb.nearest) : 0;
    // Ridges: whorls as distorted rings about the thumb's centre.
    const float ring = (thumb.nearest * 7.5f + 0.35f * noise.at(u, v, 9, 9)) * kTurn;
    const float ridge = print * std::sin(ring * 1.4f + 4 * thumb.id);
    const float fine = noise.fbm(u, v, 40, 40, 3);
    GrainTexel t;
    t.tint = grey(1 + 0.05f * dent + 0.02f * fine + 0.035f * ridge);
    t.height = 9.0f * dent - 3.0f * print + 0.55f * ridge + 0.35f * fine;
    t.roughness = 0.06f * dent - 0.05f * print;
    return t;
}

GrainTexel fur(float u, float v) {
    static const TilingNoise noise(28);
    // Hair lies along u, in locks.
    const float lock = noise.fbm(u, v, 3, 10, 3);
    const float w = v + 0.020f * lock;
    const float hair = noise.at(u, w, 10, 128) * 0.6f + noise.at(u, w, 20, 256) * 0.4f;
    const float shade = noise.at(u, w, 4, 30);
    GrainTexel t;
    const float level = 1 + 0.24f * hair + 0.22f * shade + 0.12f * lock;
    t.tint = {level, level * (1 - 0.03f * shade), level * (1 - 0.06f * shade)};
    t.height = 1.6f * hair + 2.5f * shade + 3.0f * lock;
    t.cavity = 0.75f + 0.25f * smooth(-0.4f, 0.2f, hair);
    return t;
}

GrainTexel feather(float u, float v) {
    static const TilingNoise noise(29);
    // Overlapping scales with barbs.
    const float n = 5, y = v * n;
    const int row = static_cast<int>(y);
    const float x = u * n + (row % 2 ? 0.5f : 0.f);
    const float fx = x - std::floor(x) - 0.5f, fy = y - std::floor(y);
    const float edge = fy + 1.6f * fx * fx;
    const float barb = std::sin((std::abs(fx) * 1.4f + fy) * 40);
    const float rib = 1 - smooth(0.0f, 0.05f, std::abs(fx));
    GrainTexel t;
    const float tip = smooth(0.75f, 1.05f, edge);
    t.tint = grey(1 + 0.06f * barb - 0.22f * tip + 0.10f * rib + 0.05f * noise.fbm(u, v, 5, 5, 3));
    t.height = 4.0f * (1 - edge) + 0.5f * barb;
    t.cavity = 1 - 0.3f * tip;
    return t;
}

GrainTexel peel(float u, float v) {
    static const TilingNoise noise(30);
    const auto pore = noise.cells(u, v, 34, 34);
    const float dot = 1 - smooth(0.08f, 0.24f, pore.nearest);
    const float cloud = noise.fbm(u, v, 3, 3, 4);
    GrainTexel t;
    t.tint = {1 + 0.05f * cloud, 1 + 0.16f * cloud + 0.06f * dot, 1 + 0.1f * cloud + 0.04f * dot};
    t.height = -0.7f * dot;
    t.roughness = 0.04f * cloud;
    return t;
}

GrainTexel leaf(float u, float v) {
    static const TilingNoise noise(31);
    const auto cell = noise.cells(u, v, 10, 10);
    const float vein = 1 - smooth(0.02f, 0.12f, cell.second - cell.nearest);
    const float cloud = noise.fbm(u, v, 3, 3, 4);
    GrainTexel t;
    t.tint = {1 + 0.14f * cloud + 0.18f * vein, 1 + 0.10f * cloud + 0.08f * vein, 1 + 0.1f * vein};
    t.height = -1.4f * vein;
    return t;
}

GrainTexel paper(float u, float v) {
    static const TilingNoise noise(32);
    const float fibre = noise.fbm(u, v, 30, 30, 4);
    GrainTexel t;
    t.tint = grey(1 + 0.025f * fibre);
    t.height = 0.5f * fibre;
    return t;
}

GrainTexel cardboard(float u, float v) {
    static const TilingNoise noise(33);
    const float fibre = noise.at(u, v, 24, 160) + 0.6f * noise.at(u, v, 60, 60),
                cloud = noise.fbm(u, v, 3, 3, 4);
    const float flute = std::sin(u * kTurn * 36);
    GrainTexel t;
    t.tint = grey(1 + 0.06f * fibre + 0.07f * cloud + 0.012f * flute);
    t.height = 0.35f * fibre + 0.35f * flute;
    return t;
}

GrainTexel rope(float u, float v) {
    static const TilingNoise noise(34);
    // Strands laid at an angle; u runs along the rope.
    const float s = u * 8 + v * 4, f = s - std::floor(s) - 0.5f;
    const float round = std::sqrt(std::max(0.f, 1 - 4 * f * f));
    const float yarn = noise.at(u + 0.0f, v, 60, 90);
    GrainTexel t;
    t.tint = grey((0.5f + 0.5f * round) * (1 + 0.18f * yarn));
    t.height = 5.0f * round + 0.7f * yarn;
    t.cavity = 0.35f + 0.65f * round;
    return t;
}

GrainTexel wicker(float u, float v) {
    static const TilingNoise noise(35);
    const float n = 8, x = u * n, y = v * n * 2;
    const int ix = static_cast<int>(x), iy = static_cast<int>(y);
    const float fx = x - std::floor(x) - 0.5f, fy = y - std::floor(y) - 0.5f;
    const float wave = ((ix + iy) % 2 ? 1.f : -1.f) * std::cos(fx * 3.14159f);
    const float round = std::sqrt(std::max(0.f, 1 - 4 * fy * fy));
    const float fibre = noise.at(u, v, 30, 160);
    GrainTexel t;
    t.tint = grey((0.6f + 0.25f * round + 0.2f * wave) * (1 + 0.12f * fibre));
    t.height = 4.0f * round + 3.0f * wave;
    t.cavity = 0.45f + 0.3f * round + 0.25f * std::max(0.f, wave);
    return t;
}

GrainTexel straw(float u, float v) {
    static const TilingNoise noise(36);
    const float w = v + 0.03f * noise.at(u, v, 3, 12);
    const float stalk = noise.at(u, w, 4, 56), fine = noise.at(u, w, 10, 160);
    const float gap = smooth(0.3f, 0.6f, -stalk);
    GrainTexel t;
    t.tint = grey(1 + 0.3f * stalk + 0.12f * fine - 0.35f * gap);
    t.height = 3.0f * stalk + 0.5f * fine;
    t.cavity = 1 - 0.6f * gap;
    return t;
}

GrainTexel pores(float u, float v) {
    static const TilingNoise noise(37);
    const auto pore = noise.cells(u, v, 22, 22);
    const float hole = 1 - smooth(0.08f, 0.08f + 0.35f * pore.id, pore.nearest);
    const float cloud = noise.fbm(u, v, 4, 4, 4);
    GrainTexel t;
    t.tint = grey(1 + 0.10f * cloud - 0.35f * hole);
    t.height = -3.0f * hole + noise.fbm(u, v, 30, 30, 2);
    t.cavity = 1 - 0.6f * hole;
    return t;
}

GrainTexel crumb(float u, float v) {
    static const TilingNoise noise(38);
    const float crust = noise.fbm(u, v, 5, 5, 5), fine = noise.fbm(u, v, 40, 40, 3);
    const auto bubble = noise.cells(u, v, 12, 12);
    const float pit = bubble.id > 0.7f ? 1 - smooth(0.05f, 0.25f, bubble.nearest) : 0;
    GrainTexel t;
    const float level = 1 + 0.40f * crust + 0.15f * fine;
    t.tint = {level, level * (1 + 0.12f * crust), level * (1 + 0.2f * crust)};
    t.height = 3.0f * crust + 1.4f * fine - 2.5f * pit;
    t.cavity = 1 - 0.4f * pit;
    return t;
}

GrainTexel shell(float u, float v) {
    static const TilingNoise noise(39);
    const float band = std::sin((v + 0.02f * noise.fbm(u, v, 3, 3, 3)) * kTurn * 14);
    const float cloud = noise.fbm(u, v, 3, 3, 4);
    GrainTexel t;
    t.tint = {1 + 0.04f * band, 1 + 0.07f * band + 0.08f * cloud, 1 + 0.08f * band + 0.12f * cloud};
    t.height = 1.2f * band;
    return t;
}

GrainTexel water(float u, float v) {
    static const TilingNoise noise(40);
    GrainTexel t;
    t.height = 5.0f * noise.fbm(u, v, 4, 4, 5);
    return t;
}

// Trampled earth with pebbles and leaf crumbs.
GrainTexel earth(float u, float v) {
    static const TilingNoise noise(41);
    const float cloud = noise.fbm(u, v, 3, 3, 5), grit = noise.fbm(u, v, 30, 30, 4);
    const auto pebble = noise.cells(u, v, 24, 24);
    const float p = pebble.id > 0.62f ? 1 - smooth(0.16f, 0.34f, pebble.nearest) : 0;
    const float level = 1 + 0.3f * cloud + 0.25f * grit;
    GrainTexel t;
    t.tint = mix(Vec3f{level, level * 0.97f, level * 0.93f},
                 grey(0.9f + 0.9f * pebble.id * pebble.id), p * 0.8f);
    t.height = 4.0f * cloud + 2.0f * grit + 3.5f * p;
    t.cavity = 0.85f + 0.15f * smooth(-0.3f, 0.2f, grit);
    return t;
}

// Fallen leaves and needles over moss.
GrainTexel litter(float u, float v) {
    static const TilingNoise noise(42);
    GrainTexel t;
    const float moss = smooth(-0.12f, 0.25f, noise.fbm(u, v, 4, 4, 4));
    const float fuzz = noise.fbm(u, v, 48, 48, 3);
    t.tint = mix(Vec3f{1.25f, 0.78f, 0.62f}, Vec3f{0.75f, 1.05f, 0.6f}, moss) *
             (0.8f + 0.5f * fuzz + 0.2f * moss);
    t.height = 2.0f * fuzz + 2.0f * moss;
    for (int i = 0; i < 2; ++i) {
        const float s = 0.37f * static_cast<float>(i);
        const auto fallen = noise.cells(u + s, v + 2 * s, 15, 19);
        const float l = fallen.id > 0.45f ? 1 - smooth(0.26f, 0.40f, fallen.nearest) : 0;
        const Vec3f hue = fallen.id > 0.8f    ? Vec3f{2.2f, 1.25f, 0.45f}
                          : fallen.id > 0.62f ? Vec3f{1.7f, 0.85f, 0.4f}
                                              : Vec3f{1.05f, 0.7f, 0.5f};
        t.tint = mix(t.tint, hue * (0.75f + 0.5f * fallen.nearest), l * 0.9f * (1 - 0.5f * moss));
        t.height += 1.5f * l;
    }
    return t;
}

constexpr std::array kRecipes{
    GrainRecipe{"wood", 512, wood},
    GrainRecipe{"wood_end", 256, wood_end},
    GrainRecipe{"bark", 256, bark},
    GrainRecipe{"concrete", 512, concrete},
    GrainRecipe{"brick_clay", 256, brick_clay},
    GrainRecipe{"plaster", 256, plaster},
    GrainRecipe{"asphalt", 256, asphalt},
    GrainRecipe{"stone", 256, stone},
    GrainRecipe{"marble", 512, marble},
    GrainRecipe{"sand", 256, sand},
    GrainRecipe{"snow", 256, snow},
    GrainRecipe{"ice", 512, ice},
    GrainRecipe{"grass", 256, grass},
    GrainRecipe{"weave", 256, weave},
    GrainRecipe{"knit", 256, knit},
    GrainRecipe{"felt", 256, felt},
    GrainRecipe{"carpet", 256, carpet},
    GrainRecipe{"leather", 256, leather},
    GrainRecipe{"skin", 256, skin},
    GrainRecipe{"brushed", 256, brushed},
    GrainRecipe{"polished", 256, polished},
    GrainRecipe{"cast", 256, cast},
    GrainRecipe{"rust", 256, rust},
    GrainRecipe{"glaze", 128, glaze},
    GrainRecipe{"plastic", 256, plastic},
    GrainRecipe{"rubber", 256, rubber},
    GrainRecipe{"fingerprints", 512, fingerprints},
    GrainRecipe{"fur", 256, fur},
    GrainRecipe{"feather", 256, feather},
    GrainRecipe{"peel", 256, peel},
    GrainRecipe{"leaf", 256, leaf},
    GrainRecipe{"paper", 128, paper},
    GrainRecipe{"cardboard", 256, cardboard},
    GrainRecipe{"rope", 256, rope},
    GrainRecipe{"wicker", 256, wicker},
    GrainRecipe{"straw", 256, straw},
    GrainRecipe{"pores", 256, pores},
    GrainRecipe{"crumb", 256, crumb},
    GrainRecipe{"shell", 128, shell},
    GrainRecipe{"water", 256, water},
    GrainRecipe{"earth", 256, earth},
    GrainRecipe{"litter", 256, litter},
};

}  // namespace

std::span<const GrainRecipe> grain_recipes() { return kRecipes; }

}  // namespace render
