// A billiard room: nine-foot table with exact cushions and open pockets, lamp above, panelled
// walls.
#include <cmath>

#include "world/sets/dressing/furniture.h"
#include "world/sets/dressing/interior.h"
#include "world/sets/places.h"
#include "world/sets/room_shell.h"

namespace world {

using base::Vec2;
using base::Vec3;

namespace {

// WPA Tournament Table & Equipment Specifications: playing area 100 x 50 in between the cushion
// noses, bed 29.25-31 in high, nose 62.5-64.5 % of the ball's diameter, corner mouth 4.5-4.625 in,
// side mouth 5-5.125 in.
constexpr double kHalfX = 1.27, kHalfY = 0.635, kBed = 0.77, kNose = 0.0365;
constexpr double kCornerMouth = 0.1165, kSideMouth = 0.130, kCushion = 0.05;

void cushion(ShapeMaker& maker, double x0, double x1, double side, bool along_x, double cut0,
             double cut1) {
    // A bar whose nose runs from x0 to x1; its back is longer or shorter by the pocket cuts.
    const double nose = along_x ? kHalfY : kHalfX, back = nose + kCushion;
    const auto at = [&](double along, double across, double z) {
        return along_x ? Vec3{along, side * across, kBed + z}
                       : Vec3{side * across, along, kBed + z};
    };
    const Vec3 p[8] = {at(x0, nose, kNose - 0.006), at(x1, nose, kNose - 0.006),
                       at(x1, nose, kNose + 0.004), at(x0, nose, kNose + 0.004),
                       at(x0 + cut0, back, 0.0),    at(x1 - cut1, back, 0.0),
                       at(x1 - cut1, back, 0.048),  at(x0 + cut0, back, 0.048)};
    const bool flip = along_x ? side > 0 : side < 0;
    const auto face = [&](int a, int b, int c, int d) {
        if (flip) {
            maker.quad(p[a], p[b], p[c], p[d]);
        } else {
            maker.quad(p[d], p[c], p[b], p[a]);
        }
    };
    face(0, 1, 2, 3);  // nose
    face(3, 2, 6, 7);  // top
    face(4, 5, 1, 0);  // underside
    face(0, 3, 7, 4);
    face(1, 5, 6, 2);
    std::vector<base::Vec3f> hull;
    for (const Vec3& q : p) hull.push_back(q.cast<float>());
    maker.collide_hull(std::move(hull), "", "rubber");
}

}  // namespace

SetModel build_billiard_hall(const SetOptions& options) {
    SetBuilder set("billiard_hall", options);
    const Vec3 low{-4.6, -3.8, 0}, high{4.6, 3.6, 3.1};
    {
        ShapeMaker floor("floor", "wood");
        floor.paint(painted("wood", 0x6b4526, "herringbone"));
        floor.quad({low.x, low.y, 0}, {high.x, low.y, 0}, {high.x, high.y, 0}, {low.x, high.y, 0});
        floor.collide_box({0, -0.1, -0.25}, {9.2, 7.4, 0.5});
        floor.paint(painted("carpet", 0x4a1f24, "rug_persian"));
        floor.box({0, 0, 0.006}, {4.6, 3.2, 0.012}, 0.004);
        set.add("floor", floor.finish());
    }
    const double mouth = kCornerMouth / std::sqrt(2.0), side_half = kSideMouth / 2;
    {
        // The bed stops short of the pockets, so balls drop by gravity alone.
        const Paint cloth = set.floor_paint(painted("felt", 0x0e4a2c, "billiard_cloth"));
        ShapeMaker bed("table", cloth.material);
        bed.paint(cloth);
        const double corner = 0.062, shelf = 0.035, ex = kHalfX + 0.03, ey = kHalfY + 0.03;
        bed.quad({-ex, -ey, kBed}, {ex, -ey, kBed}, {ex, ey, kBed}, {-ex, ey, kBed});
        // Collision in slabs: the middle, then strips between the pockets.
        const double in_x = kHalfX - corner, in_y = kHalfY - corner;
        const auto slab = [&](double x0, double x1, double y0, double y1) {
            bed.collide_box({(x0 + x1) / 2, (y0 + y1) / 2, kBed - 0.02}, {x1 - x0, y1 - y0, 0.04},
                            "", cloth.material);
        };
        slab(-in_x, in_x, -in_y, in_y);
        slab(-ex, -in_x, -in_y, in_y);
        slab(in_x, ex, -in_y, in_y);
        for (const double s : {-1.0, 1.0}) {
            const double y0 = s > 0 ? in_y : -ey, y1 = s > 0 ? ey : -in_y;
            const double edge = side_half - 0.01;
            slab(-in_x, -edge, y0, y1);
            slab(edge, in_x, y0, y1);
            // In front of a side pocket the bed reaches to the nose line less the shelf.
            const double n0 = s > 0 ? in_y : -kHalfY + 0.0, n1 = s > 0 ? kHalfY - 0.0 : -in_y;
            slab(-edge, edge, std::min(n0, n1), std::max(n0, n1));
        }
        (void)shelf;
        // Slate edge and frame under it.
        bed.paint(painted("wood", 0x4a2716, "grain_uv"));
        bed.box({0, 0, kBed - 0.19}, {2 * kHalfX + 0.1, 2 * kHalfY + 0.1, 0.3}, 0.01);
        for (int i = 0; i < 4; ++i) {
            const double x = (i & 1 ? 1 : -1) * 1.05, y = (i & 2 ? 1 : -1) * 0.46;
            bed.lathe({x, y, 0},
                      {{0.07, 0},
                       {0.075, 0.06},
                       {0.05, 0.1},
                       {0.1, 0.2},
                       {0.11, 0.32},
                       {0.07, 0.42},
                       {0.09, 0.46}},
                      20);
            bed.collide_cylinder({x, y, 0}, {x, y, 0.46}, 0.09, "", "wood");
        }
        set.add("table", bed.finish());
    }
    {
        ShapeMaker cushions("cushion", "rubber");
        Paint cloth = set.floor_paint(painted("felt", 0x0c3f26));
        cloth.pattern.clear();
        cushions.paint(cloth);
        for (const double s : {-1.0, 1.0}) {
            cushion(cushions, -kHalfX + mouth, -side_half, s, true, -kCushion * 0.95, 0.014);
            cushion(cushions, side_half, kHalfX - mouth, s, true, 0.014, -kCushion * 0.95);
            cushion(cushions, -kHalfY + mouth, kHalfY - mouth, s, false, -kCushion * 0.95,
                    -kCushion * 0.95);
        }
        set.add("cushion", cushions.finish()).restitution = 0.85;
    }
    {
        // Rails: polished wood behind the cushions, broken at the pockets; ivory sights.
        ShapeMaker rail("rail", "wood");
        rail.paint(painted("wood", 0x5c2f18, "lacquered_wood"));
        const double inner = kCushion, wide = 0.115, top = 0.052, gap = 0.075;
        const double ox = kHalfX + inner + wide / 2, oy = kHalfY + inner + wide / 2;
        const double long_half = (kHalfX - gap) / 2;
        for (const double s : {-1.0, 1.0}) {
            for (const double h : {-1.0, 1.0}) {
                rail.solid({h * (long_half + gap * 0.95), s * oy, kBed + top / 2 - 0.06},
                           {2 * long_half - 0.05, wide, top + 0.12}, 0.012);
            }
            rail.solid({s * ox, 0, kBed + top / 2 - 0.06},
                       {wide, 2 * (kHalfY - gap) + 0.04, top + 0.12}, 0.012);
        }
        rail.paint(painted("bone", 0xf3ead6));
        for (const double s : {-1.0, 1.0}) {
            for (int i = -3; i <= 3; ++i) {
                if (i != 0) {
                    rail.cylinder({i * kHalfX / 4, s * oy, kBed + top - 0.001},
                                  {i * kHalfX / 4, s * oy, kBed + top + 0.0012}, 0.007, -1, 12);
                }
            }
            for (int i = -1; i <= 1; ++i) {
                rail.cylinder({s * ox, i * kHalfY / 2, kBed + top - 0.001},
                              {s * ox, i * kHalfY / 2, kBed + top + 0.0012}, 0.007, -1, 12);
            }
        }
        set.add("rail", rail.finish());
    }
    {
        // Pockets: a dark cup under each mouth with a leather rim; the cup's floor holds the ball.
        ShapeMaker pocket("pocket", "leather");
        const double cx = kHalfX + 0.032, cy = kHalfY + 0.032;
        const Vec2 at[6] = {{-cx, -cy}, {0, -kHalfY - 0.068}, {cx, -cy},
                            {-cx, cy},  {0, kHalfY + 0.068},  {cx, cy}};
        for (const Vec2& p : at) {
            const double r = p.x == 0 ? 0.062 : 0.068;
            pocket.paint(painted("leather", 0x0a0a0a));
            pocket.cylinder({p.x, p.y, kBed + 0.0005}, {p.x, p.y, kBed + 0.0015}, r, -1, 28);
            pocket.lathe({p.x, p.y, kBed}, {{r * 0.2, -0.16}, {r, -0.12}, {r * 1.04, -0.01}}, 24);
            pocket.paint(painted("leather", 0x2b1a10));
            std::vector<Vec3> rim;
            const double face = std::atan2(p.y, p.x);
            const double spread = p.x == 0 ? 1.45 : 1.9;
            for (int i = 0; i <= 16; ++i) {
                const double a = face - spread + 2 * spread * i / 16;
                rim.push_back({p.x + (r + 0.016) * std::cos(a), p.y + (r + 0.016) * std::sin(a),
                               kBed + 0.04});
            }
            pocket.tube(rim, 0.018, 10);
            pocket.collide_box({p.x, p.y, kBed - 0.17}, {0.2, 0.2, 0.04}, "", "leather");
            // A wall behind the mouth, so that a hard ball stays in.
            for (int i = -1; i <= 1; ++i) {
                const double a = face + i * 0.9;
                pocket.at(placed(
                    {p.x + (r + 0.02) * std::cos(a), p.y + (r + 0.02) * std::sin(a), kBed - 0.06},
                    a * 180 / base::kPi));
                pocket.collide_box({}, {0.03, 0.11, 0.22}, "", "leather");
                pocket.at({});
            }
        }
        set.add("pocket", pocket.finish());
    }

    RoomShell shell{low, high};
    shell.wall = painted("plaster", 0x274238, "wallpaper_damask");
    shell.back = {{1.7, 1.15, 1.3, 1.5}};
    shell.lm_per_m2 = 1100;
    shell.bars_up = 2;
    shell.window_frame = painted("wood", 0x3d2415, "paint");
    shell.skirting = painted("wood", 0x3d2415, "paint");
    ShapeMaker walls = start_room(set, shell);
    walls.paint(painted("wood", 0x4e2d18, "wood_panelling"));
    walls.box({0, high.y - 0.012, 0.55}, {9.2, 0.024, 1.1});
    walls.box({high.x - 0.012, -0.1, 0.55}, {0.024, 7.4, 1.1});
    walls.box({low.x + 0.012, -0.1, 0.55}, {0.024, 7.4, 1.1});
    walls.paint(painted("wood", 0x3d2415, "grain_uv"));
    walls.box({0, high.y - 0.03, 1.12}, {9.2, 0.06, 0.05}, 0.012);
    walls.box({high.x - 0.03, -0.1, 1.12}, {0.06, 7.4, 0.05}, 0.012);
    walls.box({low.x + 0.03, -0.1, 1.12}, {0.06, 7.4, 0.05}, 0.012);
    add_picture(walls, {0.2, high.y, 1.85}, 180, 1.2, 0.75, plain("paper", "painting_landscape"),
                plain("gold"));
    add_picture(walls, {-1.7, high.y, 1.85}, 180, 0.55, 0.7, plain("paper", "painting_portrait"),
                plain("gold"));
    add_door(walls, {high.x, -2.2, 0}, 90, 0.9, 2.05, painted("wood", 0x4e2d18, "paint"));
    // Cue rack.
    walls.paint(painted("wood", 0x3d2415, "grain_uv"));
    walls.box({-3.2, high.y - 0.05, 1.75}, {0.8, 0.08, 0.06}, 0.01);
    walls.box({-3.2, high.y - 0.06, 0.62}, {0.8, 0.12, 0.05}, 0.01);
    for (int i = 0; i < 6; ++i) {
        const double x = -3.5 + 0.12 * i;
        walls.paint(painted("wood", 0xd9b277, "paint"));
        walls.cylinder({x, high.y - 0.09, 1.3}, {x, high.y - 0.09, 2.08}, 0.010, 0.006, 10);
        walls.paint(painted("wood", i % 2 ? 0x24130b : 0x5d1d18));
        walls.cylinder({x, high.y - 0.09, 0.64}, {x, high.y - 0.09, 1.3}, 0.015, 0.010, 10);
    }
    set.add("wall", walls.finish());

    ShapeMaker lamp("table_lamp", "brass");
    lamp.paint(plain("brass"));
    lamp.tube({{-0.95, 0, 1.93}, {0.95, 0, 1.93}}, 0.016, 12);
    for (const double x : {-0.55, 0.55}) lamp.cylinder({x, 0, 1.93}, {x, 0, high.z}, 0.008, -1, 8);
    for (const double x : {-0.8, 0.0, 0.8}) {
        add_pendant(lamp, {x, 0, 1.93}, 0.27, 0.2, painted("glass", 0x1d5a3c, "lamp_glass"));
        set.sphere_lamp({x, 0, 1.70}, 0.11, 1100, 2900).invisible = true;
        set.rectangle_lamp({x, 0, 1.665}, {x, 0, 0}, 0.3, 0.3, 1200, 3100);
    }
    set.add("table_lamp", lamp.finish());
    ShapeMaker decor("furniture", "leather");
    add_sofa(decor, {3.2, high.y - 0.55, 0}, 180, 1.0, painted("leather", 0x5a2a1c),
             painted("leather", 0x5a2a1c));
    add_sofa(decor, {-4.0, 0.6, 0}, -90, 1.7, painted("leather", 0x5a2a1c),
             painted("leather", 0x4c2016));
    set.add("furniture", decor.finish());
    for (const double x : {-2.9, 2.9}) {
        set.rectangle_lamp({x, 2.6, high.z - 0.04}, {x, 3.3, 0}, 0.5, 0.5, 1500, 3000);
    }
    set.rectangle_lamp({0, -3.5, 2.7}, {0, 0.5, 0.9}, 2.4, 0.8, 1300, 3600).invisible = true;
    set.room(low, high, "wood", "plaster", "plaster");
    set.camera_bounds({low.x + 0.3, low.y + 0.3, 0.1}, {high.x - 0.3, high.y - 0.3, high.z - 0.1});
    set.anchor("stage", {0, 0, kBed}, 0, 0.6);
    set.anchor("billiard_centre", {0, 0, kBed}, 0, 0.6);
    set.anchor("table_top", {0, 0, kBed}, 0, 0.6);
    set.anchor("door", {high.x - 0.5, -2.2, 0}, 180, 0.5);
    set.camera({-1.75, -2.35, 1.85}, {0.15, 0.15, 0.75}, 30);
    set.model().ambience = "room";
    return set.finish();
}

}  // namespace world
