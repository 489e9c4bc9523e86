// A pattern draws on a surface: bricks, boards, lines, leaves of a picture. Inside render/material.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/math/colour.h"
#include "render/material/grain.h"
#include "render/material/surface.h"

namespace render {
// Inline, for its small names must not meet those of other folders of the room.
inline namespace looks {

using base::Vec2f;
using base::Vec3f;

struct Pattern;

// A material with its pattern and colour, resolved.
struct Look {
    Surface base;  // colour applied
    Surface mean;
    const Grain* grain = nullptr;
    const Grain* end_grain = nullptr;  // faces across the fibre
    const Pattern* pattern = nullptr;
    float tile_m = 0.3f;  // size of one tile of the grain
    float colour_strength = 1, bump_strength = 1;
    int fibre_axis = 0;  // longest axis of the shape
    Vec2f offset;        // of the grain, by seed
    Vec3f centre, half;  // of the bounds
    uint32_t seed = 1;
    float wetness = 0, snow = 0;
    bool clay = false, flat = false;
    bool coloured = false;  // the request named a colour
};

// A flat frame on the surface: position (metres) and the axes in which it is measured.
struct Plane {
    Vec2f at;
    Vec3f u_axis, v_axis;
};

// What a pattern works with at one point.
struct Canvas {
    const Look& look;
    const SurfacePoint& point;
    Surface& s;
    Vec3f bend;  // added to the normal by relief, summed up

    float footprint() const { return point.footprint_m; }
    // Horizontal faces: (x, y). Upright faces: (level direction, z).
    Plane plane() const;
    // Multiplies tint, adds relief and roughness of a grain laid in `plane`, one tile = tile_m.
    void grain(const Grain* grain, const Plane& plane, float tile_m, float colour, float bump,
               Vec2f offset = {});
    // The look's own grain, box projected in the body's frame.
    void own_grain(float colour = 1, float bump = 1);
    // Mixes toward another matter.
    void paint(Vec3f colour, float share, float roughness = -1);
    // Height falls off an edge: tilts the normal along `direction` by `slope`.
    void tilt(Vec3f direction, float slope) { bend += direction * slope; }
};

struct Pattern {
    std::string_view name;
    void (*draw)(Canvas& canvas);
    std::string_view grains[2];  // baked before the first evaluation
};

std::span<const Pattern> building_patterns();
std::span<const Pattern> sport_patterns();
std::span<const Pattern> nature_patterns();
std::span<const Pattern> thing_patterns();

// --- small tools of all patterns ---

inline float clamp01(float x) { return std::clamp(x, 0.f, 1.f); }
inline float smoothly(float low, float high, float x) {
    const float t = clamp01((x - low) / (high - low));
    return t * t * (3 - 2 * t);
}
inline Vec3f hex(unsigned rgb) { return base::colour_from_hex(rgb); }
inline uint32_t hash_cell(int x, int y, uint32_t seed) {
    uint32_t h = static_cast<uint32_t>(x) * 0x8da6b343u ^ static_cast<uint32_t>(y) * 0xd8163841u ^
                 seed * 0xcb1ab31fu;
    h ^= h >> 16;
    h *= 0x7feb352du;
    h ^= h >> 15;
    h *= 0x846ca68bu;
    return h ^ (h >> 16);
}
// [0, 1), constant in a cell.
inline float cell_noise(int x, int y, uint32_t seed) {
    return static_cast<float>(hash_cell(x, y, seed) >> 8) * 0x1p-24f;
}
// Share of the pixel that lies within |x| < half (a stripe), box filtered.
inline float stripe(float x, float half, float footprint) {
    const float f = std::max(footprint, 1e-5f);
    const float low = std::max(x - f * 0.5f, -half), high = std::min(x + f * 0.5f, half);
    return clamp01((high - low) / f);
}
// Share of the pixel where x > 0.
inline float above(float x, float footprint) {
    return clamp01(x / std::max(footprint, 1e-5f) + 0.5f);
}
// Fades detail of size `detail_m` when it gets smaller than the pixel.
inline float visible(float detail_m, float footprint) {
    return clamp01(2.f - footprint / (detail_m * 0.5f));
}
inline float fraction(float x) { return x - std::floor(x); }
// Smooth noise in three dimensions, about [-1, 1]; and its octaves.
float solid_noise(Vec3f p, uint32_t seed);
float solid_fbm(Vec3f p, uint32_t seed, int octaves);

// Bond of rectangles: which cell, where in it, how far from its nearest edge.
struct BondCell {
    int column, row;
    float x, y;  // from the cell's centre, metres
    float edge;  // metres inside the nearest edge
    float random;
};
// shift: how far each row is moved, in cell widths (0.5 = running bond, 0 = grid).
BondCell bond(Vec2f at, float width, float height, float shift, uint32_t seed);
// Relief of a joint around a cell: sunk by `depth` slope within `bevel` metres; returns how much of
// the pixel is joint of the given half width.
float joint(Canvas& canvas, const Plane& plane, const BondCell& cell, float width, float height,
            float half_joint, float bevel, float slope);

}  // namespace looks
}  // namespace render
