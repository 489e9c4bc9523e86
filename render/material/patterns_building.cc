// Patterns of buildings: boards, bricks, tiles, concrete, paper on walls, roads.
#include "render/material/pattern.h"

namespace render {
inline namespace looks {
namespace {

const Grain* wood() {
    static const Grain* grain = find_grain("wood");
    return grain;
}
const Grain* concrete() {
    static const Grain* grain = find_grain("concrete");
    return grain;
}
const Grain* brick_clay() {
    static const Grain* grain = find_grain("brick_clay");
    return grain;
}
const Grain* marble() {
    static const Grain* grain = find_grain("marble");
    return grain;
}
const Grain* stone() {
    static const Grain* grain = find_grain("stone");
    return grain;
}
const Grain* plaster() {
    static const Grain* grain = find_grain("plaster");
    return grain;
}

// Boards laid in rows along u, each its own cut of timber and its own shade.
void boards(Canvas& c, const Plane& plane, float width, float run, float tile, float shade,
            float gap, float slope) {
    const BondCell cell = bond(plane.at, run, width, 0.381f, c.look.seed);
    const float other = cell_noise(cell.column, cell.row, c.look.seed + 17);
    const float seen = visible(width, c.footprint());
    c.grain(wood(), plane, tile, 0.85f, 0.10f, {cell.random * 7.3f, other * 5.1f});
    const float tone = 1 + shade * (cell.random - 0.5f) * seen;
    c.s.albedo *= Vec3f{tone, tone * (1 + 0.06f * (other - 0.5f) * seen),
                        tone * (1 - 0.08f * (other - 0.5f) * seen)};
    c.s.roughness += 0.05f * (other - 0.5f) * seen;
    const float share = joint(c, plane, cell, run, width, gap, 0.0018f, slope);
    c.s.albedo *= 1 - 0.72f * share;
}

void plank_floor(Canvas& c) {
    boards(c, c.plane(), 0.14f, 1.9f, 0.9f, 0.30f, 0.0009f, 0.25f);
    c.s.roughness = 0.34f + (c.s.roughness - 0.5f);
    c.s.clearcoat = 0.35f;
    c.s.clearcoat_roughness = 0.22f;
}

void stage_boards(Canvas& c) {
    Plane plane = c.plane();
    std::swap(plane.at.x, plane.at.y);
    std::swap(plane.u_axis, plane.v_axis);
    boards(c, plane, 0.18f, 4.0f, 1.0f, 0.25f, 0.0018f, 0.35f);
    // Scuffs of many shoes.
    const float scuff =
        smoothly(0.15f, 0.5f, solid_fbm({c.point.p.x * 1.1f, c.point.p.y * 1.4f, 2}, 31, 4));
    c.s.albedo *= 1 + 0.25f * scuff;
    c.s.roughness = 0.42f + 0.15f * scuff;
}

void herringbone(Canvas& c) {
    // Blocks of L = 5 W in a zig-zag (45 degrees to the room): find the block by its diagonal
    // class.
    const Plane plane = c.plane();
    const float w = 0.075f;
    const Vec2f q{(plane.at.x + plane.at.y) * 0.70711f / w,
                  (plane.at.y - plane.at.x) * 0.70711f / w};
    const int ix = static_cast<int>(std::floor(q.x)), iy = static_cast<int>(std::floor(q.y));
    const int k = ((ix - iy) % 10 + 10) % 10;
    const bool along_x = k < 5;
    const int start_x = along_x ? ix - k : ix, start_y = along_x ? iy : iy - (9 - k);
    const float fx = along_x ? q.x - static_cast<float>(start_x) : q.x - static_cast<float>(ix);
    const float fy = along_x ? q.y - static_cast<float>(iy) : q.y - static_cast<float>(start_y);
    const float lx = (along_x ? fx : fy) * w, ly = (along_x ? fy : fx) * w;
    const float random = cell_noise(start_x, start_y, c.look.seed + (along_x ? 3u : 4u));
    const Vec3f a = (plane.u_axis + plane.v_axis) * 0.70711f,
                b = (plane.v_axis - plane.u_axis) * 0.70711f;
    const Plane block{{lx, ly}, along_x ? a : b, along_x ? b : a};
    c.grain(wood(), block, 0.55f, 0.8f, 0.08f, {random * 9.7f, fraction(random * 37) * 6.1f});
    const float seen = visible(w, c.footprint());
    c.s.albedo *= 1 + (0.30f * (random - 0.5f) + (along_x ? 0.04f : -0.04f)) * seen;
    const float edge = std::min({lx, 5 * w - lx, ly, w - ly});
    const float gap = clamp01((0.0008f - edge) / std::max(c.footprint(), 1e-5f) + 0.5f) * seen;
    c.s.albedo *= 1 - 0.65f * gap;
    c.s.roughness = 0.30f + (c.s.roughness - 0.5f);
    c.s.clearcoat = 0.5f;
    c.s.clearcoat_roughness = 0.16f;
}

void table_top(Canvas& c) {
    // Wide staves glued edge to edge: no gaps, only changes of figure; oiled.
    boards(c, c.plane(), 0.21f, 6.0f, 0.75f, 0.16f, 0.0003f, 0.05f);
    c.s.roughness = 0.48f + (c.s.roughness - 0.5f);
    c.s.clearcoat = 0.18f;
    c.s.clearcoat_roughness = 0.32f;
}

void grain_uv(Canvas& c) {
    // uvs in metres along the fibre; relief is left out where the mesh gives no tangent.
    const Plane plane{c.point.uv, any_perpendicular(c.point.n), {}};
    c.grain(c.look.grain, plane, std::min(c.look.tile_m * 1.2f, 0.9f), c.look.colour_strength, 0.0f,
            c.look.offset);
    c.s.roughness -= 0.06f;
}

void wood_panelling(Canvas& c) {
    Plane plane = c.plane();
    std::swap(plane.at.x, plane.at.y);
    std::swap(plane.u_axis, plane.v_axis);
    boards(c, plane, 0.16f, 4.0f, 0.9f, 0.22f, 0.0025f, 0.6f);
    c.s.roughness -= 0.04f;
}

void lacquered_wood(Canvas& c) {
    c.own_grain(0.9f, 0.05f);
    c.s.roughness = 0.3f;
    c.s.clearcoat = 0.9f;
    c.s.clearcoat_roughness = 0.06f;
}

void bricks(Canvas& c, float width, float height, float mortar_half, Vec3f mortar, float spread) {
    const Plane plane = c.plane();
    const bool flat = std::abs(c.point.n.z) > 0.7f;
    const BondCell cell = bond(plane.at, width, height, 0.5f, c.look.seed);
    const float other = cell_noise(cell.column, cell.row, c.look.seed + 5);
    const float seen = visible(height, c.footprint());
    const float tone = 1 + spread * (cell.random - 0.5f) * seen;
    c.s.albedo *= Vec3f{tone, tone * (1 + 0.16f * (other - 0.5f) * seen),
                        tone * (1 + 0.2f * (other - 0.5f) * seen)};
    c.grain(brick_clay(), plane, 0.45f, 1, 0.45f, {cell.random * 3.1f, other * 2.7f});
    // A brick in the wall is never quite flush.
    c.tilt(plane.u_axis, 0.05f * (cell.random - 0.5f) * seen);
    c.tilt(plane.v_axis, 0.05f * (other - 0.5f) * seen);
    const float share = flat ? joint(c, plane, cell, width, height, mortar_half, 0.004f, 0.5f)
                             : joint(c, plane, cell, width, height, mortar_half, 0.006f, 0.8f);
    const float grit =
        1 + 0.18f * solid_noise(c.point.p * 140.f, 3) * visible(0.014f, c.footprint());
    c.paint(mortar * grit, share, 0.95f);
}

void brick_wall(Canvas& c) { bricks(c, 0.225f, 0.075f, 0.005f, hex(0xb9b0a2), 0.55f); }
void brick_paving(Canvas& c) { bricks(c, 0.21f, 0.105f, 0.003f, hex(0x8d8577), 0.4f); }
void brick_stack(Canvas& c) { bricks(c, 0.215f, 0.067f, 0.0012f, hex(0x3a2822), 0.6f); }

void block_wall(Canvas& c) {
    // Concrete blocks under thick paint.
    const Plane plane = c.plane();
    const BondCell cell = bond(plane.at, 0.40f, 0.20f, 0.5f, c.look.seed);
    const float seen = visible(0.2f, c.footprint());
    c.s.albedo *= 1 + 0.09f * (cell.random - 0.5f) * seen;
    c.grain(concrete(), plane, 0.7f, 0.28f, 0.30f, {cell.random, 0});
    const float share = joint(c, plane, cell, 0.40f, 0.20f, 0.004f, 0.007f, 0.65f);
    c.s.albedo *= 1 - 0.22f * share;
    c.s.roughness = 0.55f;
}

void stone_wall(Canvas& c) {
    const Plane plane = c.plane();
    const float row_hash =
        cell_noise(static_cast<int>(std::floor(plane.at.y / 0.24f)), 3, c.look.seed);
    const BondCell cell = bond({plane.at.x + row_hash, plane.at.y}, 0.34f + 0.22f * row_hash, 0.24f,
                               0.43f, c.look.seed);
    c.s.albedo *= 1 + 0.35f * (cell.random - 0.5f) * visible(0.24f, c.footprint());
    c.grain(stone(), plane, 0.6f, 0.9f, 0.5f, {cell.random * 3, 0});
    const float share = joint(c, plane, cell, 0.34f + 0.22f * row_hash, 0.24f, 0.007f, 0.02f, 0.8f);
    c.paint(hex(0xa39b8c), share * 0.85f, 0.95f);
}

// Square or oblong tiles with grout; glaze that differs a little from tile to tile.
float tiles(Canvas& c, const Plane& plane, float width, float height, float shift, float grout_half,
            Vec3f grout, float spread, float gloss) {
    const BondCell cell = bond(plane.at, width, height, shift, c.look.seed);
    const float other = cell_noise(cell.column, cell.row, c.look.seed + 9);
    const float seen = visible(std::min(width, height), c.footprint());
    c.s.albedo *= 1 + spread * (cell.random - 0.5f) * seen;
    c.s.roughness = gloss + 0.06f * other * seen;
    // Each tile is laid a hair out of true: reflections break at the joints.
    c.tilt(plane.u_axis, 0.012f * (cell.random - 0.5f) * seen);
    c.tilt(plane.v_axis, 0.012f * (other - 0.5f) * seen);
    const float share = joint(c, plane, cell, width, height, grout_half, 0.0022f, 0.5f);
    c.paint(grout, share, 0.9f);
    c.s.clearcoat *= 1 - share;
    return share;
}

void floor_tiles(Canvas& c) {
    c.own_grain(0.6f, 0.15f);
    tiles(c, c.plane(), 0.40f, 0.40f, 0, 0.0018f, hex(0x8d8a84), 0.07f, 0.22f);
}

void kitchen_tiles(Canvas& c) {
    // Cream stone-ware with small dark insets at the corners: old kitchens.
    const Plane plane = c.plane();
    const float w = 0.33f;
    const BondCell cell = bond(plane.at, w, w, 0, c.look.seed);
    c.s.albedo = hex(0xd8cdb8);
    c.grain(stone(), plane, 0.8f, 0.16f, 0.04f, {cell.random * 3, cell.random * 7});
    const float share = tiles(c, plane, w, w, 0, 0.0022f, hex(0x86796a), 0.10f, 0.20f);
    const float dx = w / 2 - std::abs(cell.x), dy = w / 2 - std::abs(cell.y);
    const float inset = above(0.052f - (dx + dy), c.footprint()) * (1 - share);
    c.paint(hex(0x2f3b3c), inset, 0.18f);
    const float ring = stripe(0.052f - (dx + dy), 0.0022f, c.footprint());
    c.paint(hex(0x86796a), ring, 0.9f);
    c.s.clearcoat = 0.6f * (1 - share);
    c.s.clearcoat_roughness = 0.12f;
}

void subway_tiles(Canvas& c) {
    tiles(c, c.plane(), 0.15f, 0.075f, 0.5f, 0.0013f, hex(0xb9b6ae), 0.05f, 0.10f);
}
void wall_tiles(Canvas& c) {
    tiles(c, c.plane(), 0.15f, 0.15f, 0, 0.0013f, hex(0xb5b8b6), 0.05f, 0.14f);
}
void edge_tiles(Canvas& c) {
    tiles(c, c.plane(), 0.244f, 0.119f, 0, 0.0016f, hex(0x9aa3a4), 0.06f, 0.3f);
}
void pool_tiles(Canvas& c) {
    tiles(c, c.plane(), 0.10f, 0.10f, 0, 0.002f, hex(0xe6eeee), 0.16f, 0.2f);
}

void pool_bottom(Canvas& c) {
    const Plane plane = c.plane();
    tiles(c, plane, 0.10f, 0.10f, 0, 0.002f, hex(0xe6eeee), 0.16f, 0.25f);
    // Lane markings: a dark band under the middle of each of four lanes, with cross bars at the
    // ends.
    const float y = (plane.at.y - 1.2f) / 10.0f * 4;
    const float lane = (fraction(y) - 0.5f) * 2.5f;
    const float inside = above(10.5f - std::abs(plane.at.x), c.footprint());
    const float cross = stripe(std::abs(plane.at.x) - 10.4f, 0.125f, c.footprint()) *
                        stripe(lane, 0.5f, c.footprint());
    const float mark = std::max(stripe(lane, 0.125f, c.footprint()) * inside, cross);
    c.paint(hex(0x15376e), mark * 0.95f);
}

void pool_deck(Canvas& c) {
    const Plane plane = c.plane();
    tiles(c, plane, 0.10f, 0.10f, 0, 0.002f, hex(0x9aa09c), 0.10f, 0.42f);
    // Splashed near the water, drying in patches.
    const float wet =
        smoothly(0.0f, 0.3f, solid_fbm({plane.at.x * 0.9f, plane.at.y * 0.9f, 1}, 21, 4) + 0.12f);
    c.s.albedo *= 1 - 0.25f * wet;
    c.s.roughness = base::lerp(c.s.roughness, 0.10f, wet);
}

void checker_marble(Canvas& c) {
    const Plane plane = c.plane();
    const float w = 0.45f;
    const float a = (plane.at.x + plane.at.y) * 0.70711f, b = (plane.at.y - plane.at.x) * 0.70711f;
    const BondCell cell = bond({a, b}, w, w, 0, c.look.seed);
    const bool dark = ((cell.column + cell.row) & 1) != 0;
    const Vec3f light = c.look.coloured ? c.look.base.albedo : hex(0xdcd6ca), deep = hex(0x2b2b2d);
    // When unresolved the two blend.
    const float seen = visible(w, c.footprint());
    const Vec3f mid = (light + deep) * 0.5f;
    c.s.albedo = base::lerp(mid, dark ? deep : light, seen);
    const float turn = dark ? 1.9f : 1.0f;
    c.grain(marble(), plane, 1.1f, turn, 0, {cell.random * 5, fraction(cell.random * 91) * 5});
    const Vec3f ua = (plane.u_axis + plane.v_axis) * 0.70711f,
                va = (plane.v_axis - plane.u_axis) * 0.70711f;
    const float share = joint(c, {{a, b}, ua, va}, cell, w, w, 0.0008f, 0.001f, 0.2f);
    c.s.albedo *= 1 - 0.5f * share;
    c.s.roughness = 0.12f;
    c.s.clearcoat = 0.5f;
    c.s.clearcoat_roughness = 0.05f;
}

void marble_floor(Canvas& c) {
    const Plane plane = c.plane();
    const BondCell cell = bond(plane.at, 0.6f, 0.6f, 0, c.look.seed);
    c.grain(marble(), plane, 1.2f, 1, 0, {cell.random * 5, fraction(cell.random * 91) * 5});
    const float share = joint(c, plane, cell, 0.6f, 0.6f, 0.0008f, 0.001f, 0.2f);
    c.s.albedo *= 1 - 0.45f * share;
    c.s.roughness = 0.13f;
}

void flagstones(Canvas& c) {
    const Plane plane = c.plane();
    const BondCell cell = bond(plane.at, 0.62f, 0.42f, 0.37f, c.look.seed);
    c.s.albedo *= 1 + 0.25f * (cell.random - 0.5f) * visible(0.4f, c.footprint());
    c.grain(stone(), plane, 0.9f, 0.8f, 0.35f, {cell.random * 3, 0});
    const float share = joint(c, plane, cell, 0.62f, 0.42f, 0.005f, 0.012f, 0.5f);
    c.paint(hex(0x6c675d), share, 0.95f);
}

void pavement(Canvas& c) {
    const Plane plane = c.plane();
    const BondCell cell = bond(plane.at, 0.60f, 0.60f, 0.5f, c.look.seed);
    c.s.albedo *= 1 + 0.14f * (cell.random - 0.5f) * visible(0.6f, c.footprint());
    c.grain(concrete(), plane, 1.1f, 0.8f, 0.3f, {cell.random * 5, cell.random * 3});
    const float share = joint(c, plane, cell, 0.60f, 0.60f, 0.003f, 0.006f, 0.5f);
    c.s.albedo *= 1 - 0.55f * share;
}

void roof_paving(Canvas& c) {
    const Plane plane = c.plane();
    const BondCell cell = bond(plane.at, 0.50f, 0.50f, 0, c.look.seed);
    c.s.albedo *= 1 + 0.16f * (cell.random - 0.5f) * visible(0.5f, c.footprint());
    c.grain(concrete(), plane, 1.3f, 1.0f, 0.35f, {cell.random * 5, cell.random * 3});
    const float share = joint(c, plane, cell, 0.50f, 0.50f, 0.003f, 0.005f, 0.5f);
    c.s.albedo *= 1 - 0.6f * share;
    const float stain = smoothly(0.1f, 0.45f, solid_fbm(c.point.p * 0.5f, 41, 4));
    c.s.albedo *= 1 - 0.25f * stain;
}

void concrete_floor(Canvas& c) {
    // Power-floated slab: cloudy, faintly shiny, with saw-cut joints every three metres.
    const Plane plane = c.plane();
    c.grain(concrete(), plane, 2.3f, 0.7f, 0.22f, c.look.offset);
    c.grain(concrete(), plane, 0.61f, 0.35f, 0.12f);
    const float cloud = solid_fbm(c.point.p * 0.9f, 44, 4);
    c.s.albedo *= 1 + 0.12f * cloud;
    c.s.roughness = 0.46f + 0.20f * cloud + (c.s.roughness - 0.85f) * 0.6f;
    const float cut =
        std::max(stripe((fraction(plane.at.x / 3 + 0.5f) - 0.5f) * 3, 0.002f, c.footprint()),
                 stripe((fraction(plane.at.y / 3 + 0.5f) - 0.5f) * 3, 0.002f, c.footprint()));
    c.s.albedo *= 1 - 0.6f * cut;
}

void warehouse_floor(Canvas& c) {
    concrete_floor(c);
    // Yellow aisle lines beside the racks, worn by wheels; dark tyre tracks.
    const Plane plane = c.plane();
    const float f = c.footprint();
    const float wear = 0.55f + 0.45f * smoothly(-0.25f, 0.1f, solid_fbm(c.point.p * 3.5f, 47, 4));
    const float lines =
        std::max(stripe(std::abs(plane.at.x) - 4.0f, 0.05f, f),
                 stripe(plane.at.y - 4.1f, 0.05f, f) * above(std::abs(plane.at.x) - 4.0f, f));
    c.paint(hex(0xd9a520), lines * wear * 0.9f, 0.5f);
    const float track =
        stripe(std::abs(plane.at.x + 0.25f * std::sin(plane.at.y * 0.6f)) - 0.55f, 0.09f, f) *
        (0.35f + 0.3f * solid_noise(c.point.p * 4, 48));
    c.s.albedo *= 1 - 0.28f * clamp01(track);
}

void concrete_wall(Canvas& c) {
    // Board-marked shuttering with tie holes.
    const Plane plane = c.plane();
    c.grain(concrete(), plane, 1.7f, 0.9f, 0.3f, c.look.offset);
    const BondCell panel = bond(plane.at, 1.25f, 0.625f, 0, c.look.seed);
    c.s.albedo *= 1 + 0.08f * (panel.random - 0.5f);
    c.s.albedo *= 1 - 0.25f * joint(c, plane, panel, 1.25f, 0.625f, 0.0015f, 0.004f, 0.35f);
    const float hole = std::sqrt(std::pow(std::abs(panel.x) - 0.31f, 2.f) + panel.y * panel.y);
    c.s.albedo *= 1 - 0.6f * above(0.013f - hole, c.footprint());
    // Rain streaks.
    const float streak =
        smoothly(0.1f, 0.5f, solid_fbm({plane.at.x * 5, plane.at.y * 0.35f, 3}, 52, 4));
    c.s.albedo *= 1 - 0.18f * streak;
}

void render_wall(Canvas& c) {
    c.grain(plaster(), c.plane(), 0.7f, 1.4f, 0.6f);
    const Plane plane = c.plane();
    const float streak =
        smoothly(0.05f, 0.5f, solid_fbm({plane.at.x * 1.6f, plane.at.y * 0.3f, 3}, 57, 4));
    c.s.albedo *= 1 - 0.14f * streak;
    // Splashed near the ground.
    c.s.albedo *= 1 - 0.25f * smoothly(0.9f, 0.1f, c.point.p.z) * 0.8f;
}

void corrugated(Canvas& c) {
    const Plane plane = c.plane();
    const float pitch = 0.20f, x = fraction(plane.at.x / pitch);
    // Trapezoid sheets: two flats and two slopes.
    float slope = 0;
    if (x > 0.35f && x < 0.5f) slope = -0.8f;
    if (x > 0.85f) slope = 0.8f;
    c.tilt(plane.u_axis, slope * visible(0.06f, c.footprint()));
    c.s.albedo *= 1 - 0.12f * (x > 0.5f && x < 0.85f ? 1.f : 0.f) * visible(0.06f, c.footprint());
    c.s.metallic = 0;  // coated sheet
    c.s.roughness = 0.45f;
    c.own_grain(0.5f, 0.2f);
}

void roller_door(Canvas& c) {
    const Plane plane = c.plane();
    const float y = fraction(plane.at.y / 0.09f);
    c.tilt(plane.v_axis, 0.6f * (0.5f - y) * visible(0.09f, c.footprint()));
    c.s.albedo *= 1 - 0.5f * stripe((y - 0.5f) * 0.09f + 0.045f, 0.004f, c.footprint());
    c.s.metallic = 0;
    c.s.roughness = 0.42f;
    c.own_grain(0.6f, 0.2f);
}

void container(Canvas& c) {
    const Plane plane = c.plane();
    const float x = fraction(plane.at.x / 0.28f);
    const float slope = x < 0.2f ? 0.9f : x > 0.5f && x < 0.7f ? -0.9f : 0.f;
    if (std::abs(c.point.n.z) < 0.5f) c.tilt(plane.u_axis, slope * visible(0.06f, c.footprint()));
    c.s.metallic = 0;
    c.s.roughness = 0.5f;
    c.own_grain(0.5f, 0.2f);
    const float rust = smoothly(0.28f, 0.5f, solid_fbm(c.point.p * 2.5f, 63, 5));
    c.paint(hex(0x6b3a22), rust * 0.8f, 0.9f);
}

void coat_of_paint(Canvas& c) {
    // Painted metal or wood: the coat's colour, never metallic, brush or spray relief.
    c.s.metallic = 0;
    c.s.albedo *= 1 + 0.05f * solid_fbm(c.point.p * 3.0f, 71, 3);
    c.s.roughness = 0.36f;
    c.s.clearcoat = 0.35f;
    c.s.clearcoat_roughness = 0.25f;
}

void enamel(Canvas& c) {
    c.s.metallic = 0;
    c.s.roughness = 0.25f;
    c.s.clearcoat = 1;
    c.s.clearcoat_roughness = 0.05f;
}

void brushed_metal(Canvas& c) {
    static const Grain* grain = find_grain("brushed");
    c.grain(grain, c.plane(), 0.3f, 1, 0.25f);
    c.s.roughness = 0.32f + 0.5f * (c.s.roughness - c.look.base.roughness);
}

void roof_tiles(Canvas& c) {
    // Courses of plain tiles up the slope; v = distance up it, from height.
    const float up = c.point.p.z / std::max(0.25f, std::sqrt(1 - c.point.n.z * c.point.n.z));
    const Plane plane{
        {std::abs(c.point.n.y) > std::abs(c.point.n.x) ? c.point.p.x : c.point.p.y, up},
        std::abs(c.point.n.y) > std::abs(c.point.n.x) ? Vec3f{1, 0, 0} : Vec3f{0, 1, 0},
        {0, 0, 1}};
    const BondCell cell = bond(plane.at, 0.18f, 0.24f, 0.5f, c.look.seed);
    const float seen = visible(0.2f, c.footprint());
    c.s.albedo *= 1 + 0.4f * (cell.random - 0.5f) * seen;
    c.grain(brick_clay(), plane, 0.5f, 0.8f, 0.3f);
    c.s.albedo *= 1 - 0.45f * smoothly(0.09f, 0.12f, cell.y) * seen;
    const float share = joint(c, plane, cell, 0.18f, 0.24f, 0.002f, 0.01f, 0.5f);
    c.s.albedo *= 1 - 0.5f * share;
}

void wallpaper_damask(Canvas& c) {
    const Plane plane = c.plane();
    if (std::abs(c.point.n.z) > 0.7f) return;
    c.grain(plaster(), plane, 0.8f, 0.6f, 0.15f);
    // An ogee with a leaf in it, drawn by level lines; two repeats half a drop apart.
    const float w = 0.27f, h = 0.40f;
    const BondCell cell = bond({plane.at.y, plane.at.x}, h, w, 0.5f, 1);
    const float x = std::abs(cell.y) / (w / 2), y = cell.x / (h / 2);
    const float ogee = x - 0.82f * std::cos(y * 1.5708f) * (0.8f + 0.2f * std::cos(y * 6.2832f));
    const float f = c.footprint() / (w / 2);
    float mark = stripe(ogee, 0.045f, f);
    const float r = std::sqrt(x * x * 1.7f + y * y), a = std::atan2(y, x + 1e-4f);
    mark = std::max(mark, above(0.42f + 0.14f * std::cos(5 * a) - r, f) *
                              (1 - above(0.20f + 0.08f * std::cos(5 * a) - r, f)));
    mark = std::max(mark, above(0.11f - r, f));
    const float seen = visible(0.05f, c.footprint());
    c.s.albedo *= 1 + (0.16f * mark) * seen + 0.04f * (1 - seen);
    c.s.roughness = 0.8f - 0.28f * mark * seen;
}

void wallpaper_stripes(Canvas& c) {
    const Plane plane = c.plane();
    if (std::abs(c.point.n.z) > 0.7f) return;
    c.grain(plaster(), plane, 0.8f, 0.6f, 0.12f);
    const float x = (fraction(plane.at.x / 0.16f) - 0.5f) * 0.16f;
    c.s.albedo *= 1 + 0.11f * stripe(x, 0.04f, c.footprint()) - 0.05f;
    c.s.albedo *= 1 + 0.16f * stripe(std::abs(x) - 0.055f, 0.002f, c.footprint());
}

void road(Canvas& c) {
    const Plane plane = c.plane();
    c.own_grain();
    const float x = plane.at.x, y = plane.at.y, f = c.footprint();
    // Wheel tracks are smoother and darker; a tar-sealed crack or two.
    const float track = std::exp(-std::pow((std::abs(std::abs(y) - 1.7f) - 0.75f) / 0.35f, 2.f));
    c.s.albedo *= 1 - 0.10f * track;
    c.s.roughness -= 0.12f * track;
    const float field = solid_fbm({x * 0.22f, y * 0.22f, 7}, 83, 4);
    const float seal = stripe(std::abs(field) * 4.0f, 0.02f, f * 1.2f) *
                       smoothly(0.0f, 0.3f, solid_noise({x * 0.1f, y * 0.1f, 3}, 85));
    c.paint(hex(0x161618), 0.8f * seal, 0.45f);
    const float patch = smoothly(0.34f, 0.36f, solid_fbm({x * 0.13f + 3, y * 0.2f, 1}, 88, 2));
    c.s.albedo *= 1 - 0.18f * patch;
    // Broken centre line 3 m on, 3 m off; edge lines; a stop line is the shot's business.
    const float worn = 0.6f + 0.4f * smoothly(-0.3f, 0.05f, solid_fbm(c.point.p * 6.0f, 81, 4));
    const float dash = stripe((fraction(x / 6) - 0.5f) * 6, 1.5f, f);
    float line = stripe(y, 0.06f, f) * dash;
    line = std::max(line, stripe(std::abs(y) - 3.25f, 0.05f, f));
    c.paint(hex(0xd8d6cc), line * worn, 0.6f);
    // Gutters collect dust.
    c.paint(hex(0x6f6a60), 0.35f * smoothly(3.35f, 3.6f, std::abs(y)));
}

void facade(Canvas& c) {
    // A tower block from afar: windows in a grid, each a little different.
    const Plane plane = c.plane();
    c.s.roughness = 0.85f;
    if (std::abs(c.point.n.z) > 0.7f) return;
    const float w = 2.6f, h = 3.2f;
    const BondCell cell = bond(plane.at, w, h, 0, c.look.seed);
    const float f = c.footprint();
    const float pane = stripe(cell.x, 0.75f, f) * stripe(cell.y - 0.1f, 0.8f, f);
    const float tone = 0.05f + 0.10f * cell.random * cell.random;
    c.s.albedo *= 1 + 0.08f * solid_fbm(c.point.p * 0.15f, 91, 3);
    c.paint(Vec3f{tone, tone * 1.05f, tone * 1.15f}, pane, 0.12f);
    c.s.albedo *= 1 - 0.2f * stripe(cell.y + h / 2, 0.12f, f);
}

void facade_glass(Canvas& c) {
    const Plane plane = c.plane();
    c.s.roughness = 0.8f;
    if (std::abs(c.point.n.z) > 0.7f) return;
    const BondCell cell = bond(plane.at, 1.5f, 3.6f, 0, c.look.seed);
    const float f = c.footprint();
    const Vec3f glass = base::lerp(hex(0x32485a), hex(0x5d7688), cell.random);
    const float pane = stripe(cell.x, 0.70f, f) * stripe(cell.y, 1.45f, f);
    c.paint(glass, pane * 0.95f, 0.10f);
    c.tilt(plane.u_axis, 0.02f * (cell.random - 0.5f) * visible(1.5f, f));
}

constexpr std::array kPatterns{
    Pattern{"plank_floor", plank_floor, {"wood", ""}},
    Pattern{"stage_boards", stage_boards, {"wood", ""}},
    Pattern{"herringbone", herringbone, {"wood", ""}},
    Pattern{"table_top", table_top, {"wood", ""}},
    Pattern{"grain_uv", grain_uv, {"", ""}},
    Pattern{"wood_panelling", wood_panelling, {"wood", ""}},
    Pattern{"lacquered_wood", lacquered_wood, {"wood", ""}},
    Pattern{"brick_wall", brick_wall, {"brick_clay", ""}},
    Pattern{"brick_paving", brick_paving, {"brick_clay", ""}},
    Pattern{"brick_stack", brick_stack, {"brick_clay", ""}},
    Pattern{"block_wall", block_wall, {"concrete", ""}},
    Pattern{"stone_wall", stone_wall, {"stone", ""}},
    Pattern{"floor_tiles", floor_tiles, {"glaze", ""}},
    Pattern{"kitchen_tiles", kitchen_tiles, {"stone", ""}},
    Pattern{"subway_tiles", subway_tiles, {"", ""}},
    Pattern{"wall_tiles", wall_tiles, {"", ""}},
    Pattern{"edge_tiles", edge_tiles, {"", ""}},
    Pattern{"pool_tiles", pool_tiles, {"", ""}},
    Pattern{"pool_bottom", pool_bottom, {"", ""}},
    Pattern{"pool_deck", pool_deck, {"", ""}},
    Pattern{"checker_marble", checker_marble, {"marble", ""}},
    Pattern{"marble_floor", marble_floor, {"marble", ""}},
    Pattern{"flagstones", flagstones, {"stone", ""}},
    Pattern{"pavement", pavement, {"concrete", ""}},
    Pattern{"roof_paving", roof_paving, {"concrete", ""}},
    Pattern{"concrete_floor", concrete_floor, {"concrete", ""}},
    Pattern{"warehouse_floor", warehouse_floor, {"concrete", ""}},
    Pattern{"concrete_wall", concrete_wall, {"concrete", ""}},
    Pattern{"render_wall", render_wall, {"plaster", ""}},
    Pattern{"corrugated", corrugated, {"", ""}},
    Pattern{"roller_door", roller_door, {"", ""}},
    Pattern{"container", container, {"", ""}},
    Pattern{"paint", coat_of_paint, {"", ""}},
    Pattern{"enamel", enamel, {"", ""}},
    Pattern{"brushed", brushed_metal, {"brushed", ""}},
    Pattern{"roof_tiles", roof_tiles, {"brick_clay", ""}},
    Pattern{"wallpaper_damask", wallpaper_damask, {"plaster", ""}},
    Pattern{"wallpaper_stripes", wallpaper_stripes, {"plaster", ""}},
    Pattern{"road", road, {"", ""}},
    Pattern{"facade", facade, {"", ""}},
    Pattern{"facade_glass", facade_glass, {"", ""}},
};

}  // namespace

std::span<const Pattern> building_patterns() { return kPatterns; }

}  // namespace looks
}  // namespace render
