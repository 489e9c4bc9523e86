// Patterns of sports grounds and balls.
#include "render/material/pattern.h"

namespace render {
inline namespace looks {
namespace {

float circle_line(Vec2f p, Vec2f centre, float radius, float half, float f) {
    const float d =
        std::sqrt((p.x - centre.x) * (p.x - centre.x) + (p.y - centre.y) * (p.y - centre.y));
    return stripe(d - radius, half, f);
}
// An outline of a rectangle, from low to high, line inside.
float box_line(Vec2f p, Vec2f low, Vec2f high, float width, float f) {
    const float in = std::min({p.x - low.x, high.x - p.x, p.y - low.y, high.y - p.y});
    return above(in, f) * (1 - above(in - width, f));
}
float box_area(Vec2f p, Vec2f low, Vec2f high, float f) {
    return above(std::min({p.x - low.x, high.x - p.x, p.y - low.y, high.y - p.y}), f);
}

// Maple strips under lacquer with the lines of FIBA's Official Basketball Rules 2022 (drawing 1).
// The hoop is where world/sets/gym.cc puts it: ring centre at x = 2.725, end line at x = 4.30.
void gym_court(Canvas& c) {
    static const Grain* wood = find_grain("wood");
    const Plane plane = c.plane();
    const float f = c.footprint();
    const BondCell cell = bond(plane.at, 1.3f, 0.06f, 0.371f, c.look.seed);
    const float other = cell_noise(cell.column, cell.row, 17);
    const float seen = visible(0.06f, f);
    c.s.albedo = hex(0xc79a63);
    c.grain(wood, plane, 0.8f, 0.6f, 0.03f, {cell.random * 7.3f, other * 5.1f});
    c.s.albedo *= 1 + 0.24f * (cell.random - 0.5f) * seen;
    c.s.albedo *= 1 - 0.5f * joint(c, plane, cell, 1.3f, 0.06f, 0.0006f, 0.001f, 0.1f);
    // Mirror the far half onto the near one: centre line at x = 4.30 - 14.
    const float x = std::abs(plane.at.x + 9.70f), y = plane.at.y;
    const Vec2f p{x, y};
    const float end = 14.0f, half_width = 7.5f, line = 0.05f, ring = end - 1.575f;
    // Painted key and surround.
    c.paint(hex(0x27448f), 0.92f * box_area(p, {end - 5.8f, -2.45f}, {end, 2.45f}, f));
    const float outside = 1 - box_area(p, {-1, -half_width}, {end, half_width}, f);
    c.paint(hex(0x27448f),
            0.92f * outside *
                box_area(p, {-2, -half_width - 1.6f}, {end + 1.6f, half_width + 1.6f}, f));
    const float disc = above(1.8f - std::sqrt(x * x + y * y), f);
    c.paint(hex(0x27448f), 0.92f * disc);
    float lines = box_line(p, {-50, -half_width}, {end, half_width}, line, f);
    lines = std::max(lines, stripe(x, line / 2, f) * above(half_width - std::abs(y), f));
    lines = std::max(lines, circle_line(p, {0, 0}, 1.8f, line / 2, f));
    lines = std::max(
        lines, box_line(p, {end - 5.8f, -2.45f}, {end + 1, 2.45f}, line, f) * above(end - x, f));
    const float throw_circle = circle_line(p, {end - 5.8f, 0}, 1.8f, line / 2, f);
    lines = std::max(lines, throw_circle * above(end - 5.8f - x, f));
    // Three-point line: arc of 6.75 m about the ring, straight 0.9 m from the side.
    const float corner = end - 2.99f;
    lines = std::max(lines, circle_line(p, {ring, 0}, 6.75f, line / 2, f) * above(corner - x, f));
    lines = std::max(lines, stripe(std::abs(y) - (half_width - 0.9f), line / 2, f) *
                                above(x - corner, f) * above(end - x, f));
    lines = std::max(lines, circle_line(p, {ring, 0}, 1.25f, line / 2, f) * above(ring - x, f));
    // Rebound marks along the key.
    for (const float at : {1.75f, 3.0f, 3.85f, 4.70f}) {
        const float wide = at == 3.0f ? 0.2f : 0.05f;
        lines = std::max(lines,
                         stripe(x - (end - at), wide, f) * stripe(std::abs(y) - 2.50f, 0.05f, f));
    }
    c.paint(hex(0xeceae4), lines * 0.95f);
    c.s.roughness = 0.30f;
    c.s.clearcoat = 0.75f;
    c.s.clearcoat_roughness = 0.09f + 0.04f * other;
}

void bowling_lane(Canvas& c) {
    // u across, v from the foul line. 39 boards, arrows at 15 ft, dots at 7 ft (USBC manual).
    static const Grain* wood = find_grain("wood");
    const Vec2f p{c.point.p.x, c.point.p.y};
    const float f = c.footprint(), board = 1.0541f / 39;
    const float b = p.x / board;
    const int index = static_cast<int>(std::floor(b));
    const float random =
        cell_noise(index, static_cast<int>(std::floor(p.y / 4.5f + cell_noise(index, 1, 3))), 8);
    c.s.albedo = base::lerp(hex(0xd9ab6b), hex(0xc28a4c), random);
    const Plane along{{p.y, p.x}, {0, 1, 0}, {1, 0, 0}};
    c.grain(wood, along, 0.9f, 0.6f, 0.02f, {random * 9, fraction(random * 53) * 7});
    c.s.albedo *= 1 - 0.35f * stripe((fraction(b) - 0.5f) * board - board / 2, 0.0005f, f) -
                  0.35f * stripe((fraction(b) - 0.5f) * board + board / 2, 0.0005f, f);
    float mark = stripe(p.y, 0.03f, f);
    for (int i = -3; i <= 3; ++i) {
        // Arrow: a narrow triangle pointing away; the middle one farthest.
        const float ax = static_cast<float>(i) * 5 * board,
                    ay = 4.85f - 0.15f * static_cast<float>(std::abs(i));
        const float v = p.y - ay;
        mark = std::max(mark, above(0.028f * (1 - v / 0.15f) - std::abs(p.x - ax), f) *
                                  above(v, f) * above(0.15f - v, f));
    }
    for (int i = 0; i < 5; ++i) {
        for (const float s : {-1.f, 1.f}) {
            const float dx = p.x - s * (3 + 2.5f * static_cast<float>(i)) * board, dy = p.y - 2.13f;
            mark = std::max(mark, above(0.010f - std::sqrt(dx * dx + dy * dy), f));
        }
    }
    c.paint(hex(0x4a2412), mark);
    c.s.roughness = 0.2f;
    c.s.clearcoat = 1;
    c.s.clearcoat_roughness = 0.05f;
}

void bowling_approach(Canvas& c) {
    static const Grain* wood = find_grain("wood");
    const Vec2f p{c.point.p.x, c.point.p.y};
    const float board = 0.06f, f = c.footprint();
    const Plane along{{p.y, p.x}, {0, 1, 0}, {1, 0, 0}};
    const BondCell cell = bond(along.at, 2.2f, board, 0.37f, c.look.seed);
    c.s.albedo = base::lerp(hex(0xd3a868), hex(0xbd8a50), cell.random);
    c.grain(wood, along, 0.9f, 0.6f, 0.02f, {cell.random * 9, fraction(cell.random * 53) * 7});
    c.s.albedo *= 1 - 0.4f * joint(c, along, cell, 2.2f, board, 0.0006f, 0.001f, 0.1f);
    float dots = 0;
    const float dx = (fraction(p.x / 0.1351f + 0.5f) - 0.5f) * 0.1351f;
    for (const float y : {-4.6f, -5.5f, -1.08f}) {
        const float dy = p.y - y;
        dots = std::max(dots, above(0.009f - std::sqrt(dx * dx + dy * dy), f));
    }
    c.paint(hex(0x4a2412), dots);
    c.s.roughness = 0.22f;
    c.s.clearcoat = 0.9f;
    c.s.clearcoat_roughness = 0.07f;
}

void bowling_mask(Canvas& c) {
    // Night sky over the pin decks: rings and stars in club colours.
    const Vec2f p{c.point.p.x, c.point.p.z};
    const float f = c.footprint();
    c.s.albedo = base::lerp(hex(0x1a2a6e), hex(0x3a1a5e), 0.5f + 0.5f * std::sin(p.x * 0.7f));
    for (int i = -3; i <= 3; ++i) {
        const float cx = 2.4f * static_cast<float>(i),
                    cz = 1.75f + 0.3f * static_cast<float>((i * 5) % 3 - 1);
        const float r = std::sqrt((p.x - cx) * (p.x - cx) + (p.y - cz) * (p.y - cz));
        const Vec3f hue = i % 3 == 0 ? hex(0xf2a53a) : i % 2 ? hex(0xe0527a) : hex(0x3ac0d8);
        c.paint(hue, above(0.42f - r, f));
        c.paint(hex(0x1d2560), above(0.30f - r, f));
        c.paint(hue, above(0.16f - r, f));
    }
    c.s.roughness = 0.35f;
}

void bowling_swirl(Canvas& c) {
    const Vec3f q = (c.point.p - c.look.centre) * (2.2f / std::max(0.02f, c.look.half.z));
    const Vec3f warp{solid_fbm(q, 3, 3), solid_fbm(q + Vec3f{7, 1, 3}, 5, 3),
                     solid_fbm(q + Vec3f{2, 9, 4}, 7, 3)};
    const float vein = solid_fbm(q * 1.3f + warp * 1.6f, 11, 4);
    c.s.albedo =
        base::lerp(c.s.albedo, Vec3f{0.75f, 0.78f, 0.85f}, 0.55f * smoothly(0.12f, 0.38f, vein));
    c.s.albedo *= 1 - 0.55f * smoothly(0.1f, 0.4f, -vein);
    c.s.roughness = 0.2f;
    c.s.clearcoat = 1;
    c.s.clearcoat_roughness = 0.04f;
}

// Lines of an ice hockey rink (IIHF Official Rule Book, section 1) frozen under the surface.
void ice_rink(Canvas& c) {
    const Vec2f p{c.point.p.x, c.point.p.y};
    const float f = c.footprint(), x = std::abs(p.x), y = std::abs(p.y);
    const Vec3f red = hex(0xc23a3a), blue = hex(0x2b5ab0);
    const float veil = 0.78f;  // seen through a few centimetres of ice
    c.paint(red, veil * stripe(p.x, 0.15f, f) *
                     (0.55f + 0.45f * above(0.06f - std::abs(fraction(p.y / 0.5f) - 0.5f), 0.1f)));
    c.paint(blue, veil * stripe(x - 7.14f, 0.15f, f));
    c.paint(red, veil * stripe(x - 24.0f, 0.025f, f));
    c.paint(blue, veil * circle_line(p, {0, 0}, 4.5f, 0.025f, f));
    c.paint(blue, veil * above(0.15f - std::sqrt(p.x * p.x + p.y * p.y), f));
    c.paint(red, veil * circle_line({x, y}, {18.0f, 7.0f}, 4.5f, 0.025f, f));
    c.paint(red, veil * above(0.30f - std::sqrt((x - 18) * (x - 18) + (y - 7) * (y - 7)), f));
    c.paint(red, veil * above(0.30f - std::sqrt((x - 5.6f) * (x - 5.6f) + (y - 7) * (y - 7)), f));
    c.paint(hex(0x9cc4e8),
            0.5f * above(1.8f - std::sqrt((x - 24) * (x - 24) + y * y), f) * above(24 - x, f));
    const Plane plane = c.plane();
    const Grain* grain = c.look.grain;
    c.grain(grain, plane, 2.3f, 1, 0.05f, c.look.offset);
    c.grain(grain, plane, 0.83f, 0.6f, 0.035f, {0.3f, 0.7f});
    c.s.albedo *= 1 + 0.05f * solid_fbm({p.x * 0.15f, p.y * 0.15f, 0}, 4, 3);
}

void ice_scratches(Canvas& c) {
    const Plane plane = c.plane();
    c.grain(c.look.grain, plane, 2.3f, 1, 0.05f, c.look.offset);
    c.grain(c.look.grain, plane, 0.83f, 0.6f, 0.035f, {0.3f, 0.7f});
}

// Law 1 of the IFAB Laws of the Game 2023/24; the goal line lies at x = 13.
void football_pitch(Canvas& c) {
    const Vec2f p{c.point.p.x, c.point.p.y};
    const float f = c.footprint();
    c.grain(c.look.grain, c.plane(), 0.85f, 1, 0.35f);
    c.grain(c.look.grain, c.plane(), 3.1f, 0.4f, 0);
    // Mown in stripes 5.5 m wide: blades lean one way or the other.
    const float band = fraction((p.x - 13) / 11.0f);
    const float lean = smoothly(0.0f, 0.02f, band) * (1 - smoothly(0.5f, 0.52f, band));
    c.s.albedo *= 0.86f + 0.28f * lean;
    c.s.albedo *= 1 + 0.14f * solid_fbm({p.x * 0.12f, p.y * 0.12f, 0}, 6, 4);
    const float x = 13.06f - p.x, y = p.y, w = 0.12f;
    const Vec2f q{x, y};
    float lines = box_line(q, {0, -34}, {105, 34}, w, f);
    lines = std::max(lines, box_line(q, {0, -20.16f}, {16.5f, 20.16f}, w, f));
    lines = std::max(lines, box_line(q, {0, -9.16f}, {5.5f, 9.16f}, w, f));
    lines = std::max(lines, above(0.11f - std::sqrt((x - 11) * (x - 11) + y * y), f));
    lines = std::max(lines, circle_line(q, {11, 0}, 9.15f, w / 2, f) * above(x - 16.5f, f));
    lines = std::max(lines, stripe(x - 52.5f, w / 2, f) * above(34 - std::abs(y), f));
    lines = std::max(lines, circle_line(q, {52.5f, 0}, 9.15f, w / 2, f));
    c.paint(hex(0xe6eae2), lines * (0.75f + 0.25f * cell_noise(static_cast<int>(p.x * 60),
                                                               static_cast<int>(p.y * 60), 3)));
    // Bare earth in front of the goal and at the penalty mark.
    const float wear = std::exp(-(x - 1.5f) * (x - 1.5f) / 3.0f - y * y / 5.0f) +
                       0.6f * std::exp(-((x - 11) * (x - 11) + y * y) / 0.35f);
    c.paint(hex(0x7a6a42),
            clamp01(wear * (0.45f + 0.5f * solid_fbm({p.x * 2, p.y * 2, 1}, 13, 3))));
}

void billiard_cloth(Canvas& c) {
    static const Grain* felt = find_grain("felt");
    const Plane plane = c.plane();
    c.grain(felt, plane, 0.12f, 0.8f, 0.10f);
    c.s.albedo *= 1 + 0.05f * solid_fbm(c.point.p * 4.0f, 5, 3);
    // Foot spot.
    const float f = c.footprint();
    const float dx = c.point.p.x - 0.635f, dy = c.point.p.y;
    c.paint(hex(0x10241a), 0.8f * above(0.006f - std::sqrt(dx * dx + dy * dy), f));
    c.s.sheen = 0.35f;
}

void padding(Canvas& c) {
    static const Grain* leather = find_grain("leather");
    c.grain(leather, c.plane(), 0.22f, 0.6f, 0.2f);
    c.s.roughness = 0.46f;
}

void pebbled(Canvas& c) {
    // Basketball: hexagonal dots 1.4 mm apart; relief only, and dust in the valleys.
    const Vec3f d = normalize(c.point.p - c.look.centre);
    const float radius = std::max(0.01f, c.look.half.z),
                cells = 2 * 3.14159f * radius / 0.0042f / 4;
    const float ax = std::abs(d.x), ay = std::abs(d.y), az = std::abs(d.z);
    const int axis = ax > ay && ax > az ? 0 : ay > az ? 1 : 2;
    const int iu = (axis + 1) % 3, iv = (axis + 2) % 3;
    const float u = d[iu] / std::max(0.3f, std::abs(d[axis])) * cells,
                v = d[iv] / std::max(0.3f, std::abs(d[axis])) * cells * 1.1547f;
    const float row = std::floor(v),
                x = fraction(u + (static_cast<int>(row) & 1 ? 0.5f : 0.f)) - 0.5f,
                y = fraction(v) - 0.5f;
    const float r = std::sqrt(x * x + y * y);
    const float seen = visible(0.004f, c.footprint());
    const float valley = smoothly(0.30f, 0.48f, r);
    c.s.albedo *= 1 - 0.22f * (seen * valley + (1 - seen) * 0.4f);
    if (r > 1e-3f) {
        const float slope = 0.5f * seen * smoothly(0.1f, 0.42f, r);
        Vec3f tilt{};
        tilt[iu] = x / r * slope;
        tilt[iv] = y / r * slope;
        c.bend += tilt;
    }
    c.own_grain(0.5f, 0.2f);
    c.s.roughness = 0.62f - 0.12f * (1 - valley) * seen;
}

void fuzz(Canvas& c) {
    static const Grain* felt = find_grain("felt");
    const Look& look = c.look;
    c.grain(felt, c.plane(), std::max(0.02f, look.half.z * 1.2f), 1.6f, 0.8f);
    c.s.sheen = 0.8f;
    c.s.roughness = 1;
}

constexpr std::array kPatterns{
    Pattern{"gym_court", gym_court, {"wood", ""}},
    Pattern{"bowling_lane", bowling_lane, {"wood", ""}},
    Pattern{"bowling_approach", bowling_approach, {"wood", ""}},
    Pattern{"bowling_mask", bowling_mask, {"", ""}},
    Pattern{"bowling_swirl", bowling_swirl, {"", ""}},
    Pattern{"marbled_swirl", bowling_swirl, {"", ""}},
    Pattern{"ice_rink", ice_rink, {"ice", ""}},
    Pattern{"ice_scratches", ice_scratches, {"ice", ""}},
    Pattern{"football_pitch", football_pitch, {"grass", ""}},
    Pattern{"billiard_cloth", billiard_cloth, {"felt", ""}},
    Pattern{"padding", padding, {"leather", ""}},
    Pattern{"pebbled", pebbled, {"rubber", ""}},
    Pattern{"fuzz", fuzz, {"felt", ""}},
};

}  // namespace

std::span<const Pattern> sport_patterns() { return kPatterns; }

}  // namespace looks
}  // namespace render
