// An ice arena: 56 x 26 m sheet with round corners, boards, glass, stands, roof trusses.
#include <cmath>

#include "world/sets/dressing/interior.h"
#include "world/sets/places.h"
#include "world/sets/set_builder.h"

namespace world {

using base::Vec3;

namespace {
// IIHF Official Rule Book: small sheet 56 x 26 m, corner radius 7 m, boards 1.07 m, glass 1.8 m.
constexpr double kHalfX = 28, kHalfY = 13, kCorner = 7, kBoard = 1.07, kGlass = 1.8;
constexpr Vec3 kLow{-36, -21, 0}, kHigh{36, 22, 13};

// A point of the rounded rectangle, `along` in [0, 1) of its length, moved outward by `out`.
Vec3 rink_outline(double along, double out) {
    const double sx = 2 * (kHalfX - kCorner), sy = 2 * (kHalfY - kCorner),
                 arc = base::kPi * kCorner / 2;
    double s = along * (2 * sx + 2 * sy + 4 * arc);
    struct Side {
        Vec3 start;
        double heading, run;
    };
    const double r = kCorner;
    const Side sides[4] = {{{-kHalfX + r, -kHalfY, 0}, 0, sx},
                           {{kHalfX, -kHalfY + r, 0}, 90, sy},
                           {{kHalfX - r, kHalfY, 0}, 180, sx},
                           {{-kHalfX, kHalfY - r, 0}, 270, sy}};
    for (const Side& side : sides) {
        const double h = side.heading * base::kPi / 180;
        const Vec3 d{std::cos(h), std::sin(h), 0}, normal{d.y, -d.x, 0};
        if (s <= side.run) return side.start + d * s + normal * out;
        s -= side.run;
        if (s <= arc) {
            const Vec3 centre = side.start + d * side.run - normal * r;
            const double a = s / r;
            return centre + (normal * std::cos(a) + d * std::sin(a)) * (r + out);
        }
        s -= arc;
    }
    return sides[0].start + Vec3{0, -out, 0};
}
}  // namespace

SetModel build_ice_rink(const SetOptions& options) {
    SetBuilder set("ice_rink", options);
    {
        const Paint ice = set.floor_paint(plain("ice", "ice_rink"));
        ShapeMaker floor("floor", ice.material);
        floor.paint(ice);
        floor.quad({-kHalfX, -kHalfY, 0}, {kHalfX, -kHalfY, 0}, {kHalfX, kHalfY, 0},
                   {-kHalfX, kHalfY, 0});
        floor.collide_box({0, 0, -0.25}, {kHigh.x - kLow.x, kHigh.y - kLow.y, 0.5});
        floor.paint(painted("rubber", 0x2a2c2f));
        floor.quad({kLow.x, kLow.y, -0.01}, {kHigh.x, kLow.y, -0.01}, {kHigh.x, kHigh.y, -0.01},
                   {kLow.x, kHigh.y, -0.01});
        set.add("floor", floor.finish());
    }
    {
        ShapeMaker board("board", "plastic");
        const auto band = [&](Paint paint, double z0, double z1, double out, int pieces) {
            board.paint(paint);
            board.sheet(pieces, 1, [&](double s, double t) {
                const Vec3 p = rink_outline(1 - s, out);
                return Vec3{p.x, p.y, z0 + (z1 - z0) * t};
            });
        };
        band(painted("plastic", 0xf2f3f4), 0.2, kBoard - 0.06, 0, 160);
        band(painted("plastic", 0xe3c02c), 0, 0.2, -0.006, 160);
        band(painted("plastic", 0x2456a8), kBoard - 0.2, kBoard - 0.06, -0.004, 160);
        board.paint(painted("plastic", 0xc5372c));
        board.sheet(160, 1, [&](double s, double t) {
            const Vec3 p = rink_outline(1 - s, -0.02 + 0.14 * t);
            return Vec3{p.x, p.y, kBoard};
        });
        band(painted("plastic", 0xc5372c), kBoard - 0.06, kBoard, -0.02, 160);
        const int pieces = 56;
        for (int i = 0; i < pieces; ++i) {
            const Vec3 a = rink_outline(static_cast<double>(i) / pieces, 0.05);
            const Vec3 b = rink_outline((i + 1.0) / pieces, 0.05);
            const double yaw = std::atan2(b.y - a.y, b.x - a.x) * 180 / base::kPi;
            board.at(placed((a + b) * 0.5, yaw));
            board.collide_box({0, 0, (kBoard + kGlass) / 2},
                              {length(b - a) + 0.05, 0.1, kBoard + kGlass});
            board.at({});
        }
        set.add("board", board.finish());
    }
    {
        ShapeMaker glass("rink_glass", "glass");
        glass.paint(plain("glass", "pane"));
        glass.sheet(120, 1, [&](double s, double t) {
            const Vec3 p = rink_outline(1 - s, 0.05);
            return Vec3{p.x, p.y, kBoard + kGlass * t};
        });
        glass.paint(plain("aluminium"));
        for (int i = 0; i < 112; ++i) {
            const Vec3 p = rink_outline(i / 112.0, 0.06);
            glass.cylinder(p + Vec3{0, 0, kBoard}, p + Vec3{0, 0, kBoard + kGlass}, 0.018, -1, 6);
        }
        set.add("rink_glass", glass.finish());
    }
    {
        // Stands on the far side and behind both ends: steps with rows of seats.
        ShapeMaker stands("stands", "concrete");
        const Paint seat_red = painted("plastic", 0xa2322c),
                    seat_blue = painted("plastic", 0x27508f);
        for (int row = 0; row < 7; ++row) {
            const double y = kHalfY + 1.8 + 0.85 * row, z = 0.7 + 0.42 * row;
            stands.paint(plain("concrete"));
            stands.box({0, y + 0.4, z / 2}, {62, 0.86, z});
            for (int seat = 0; seat < 104; ++seat) {
                if (seat % 26 == 25 || seat % 26 == 0) continue;
                const double x = -30 + seat * 0.577;
                stands.paint((seat / 26) % 2 ? seat_red : seat_blue);
                stands.box({x, y + 0.42, z + 0.40}, {0.46, 0.38, 0.05});
                stands.box({x, y + 0.64, z + 0.62}, {0.46, 0.05, 0.42});
            }
        }
        stands.collide_box({0, kHalfY + 4.5, 1.8}, {62, 5.5, 3.6}, "", "concrete");
        stands.paint(plain("steel"));
        stands.tube({{-31, kHalfY + 1.6, 1.7}, {31, kHalfY + 1.6, 1.7}}, 0.025, 8);
        set.add("stands", stands.finish());
    }
    ShapeMaker walls("wall", "concrete");
    const Paint paint = set.wall_paint(painted("concrete", 0x5e6b7a, "block_wall"));
    walls.paint(paint);
    const Vec3 sw{kLow.x, kLow.y, 0}, se{kHigh.x, kLow.y, 0}, ne{kHigh.x, kHigh.y, 0},
        nw{kLow.x, kHigh.y, 0};
    const double height = kHigh.z;
    SetBuilder::wall(walls, ne, nw, height, 0.3);
    SetBuilder::wall(walls, se, ne, height, 0.3);
    SetBuilder::wall(walls, sw, se, height, 0.3);
    SetBuilder::wall(walls, nw, sw, height, 0.3);
    // Flags along the back wall, in plain bands of colour.
    const unsigned colours[][3] = {{0x1f4fa0, 0xf2f2f2, 0xc23030},
                                   {0xc23030, 0xf2f2f2, 0xc23030},
                                   {0x1d7a46, 0xf2f2f2, 0xe0a72a},
                                   {0x1f4fa0, 0xe8c22d, 0x1f4fa0},
                                   {0xf2f2f2, 0x1f4fa0, 0xf2f2f2}};
    for (int i = 0; i < 9; ++i) {
        const double x = -24 + 6.0 * i;
        for (int band = 0; band < 3; ++band) {
            walls.paint(painted("fabric", colours[i % 5][band]));
            walls.box({x, kHigh.y - 0.06, 9.0 + 0.5 * (2 - band)}, {2.4, 0.02, 0.5});
        }
    }
    set.add("wall", walls.finish());
    {
        ShapeMaker roof("ceiling", "steel");
        roof.paint(painted("steel", 0xb9bfc6, "corrugated"));
        roof.box({0, 0.5, height + 0.1}, {72, 43, 0.2});
        roof.collide_box({0, 0.5, height + 0.25}, {72, 43, 0.5});
        roof.paint(painted("steel", 0xdde1e4, "paint"));
        for (int i = 0; i < 9; ++i) {
            const double x = -32 + 8.0 * i;
            roof.box({x, 0.5, height - 0.15}, {0.25, 42, 0.2});
            roof.box({x, 0.5, height - 1.6}, {0.2, 42, 0.16});
            for (int k = 0; k < 14; ++k) {
                const double y0 = -20.5 + 3.0 * k;
                roof.cylinder({x, y0, height - 1.6}, {x, y0 + 1.5, height - 0.2}, 0.06, -1, 6);
                roof.cylinder({x, y0 + 1.5, height - 0.2}, {x, y0 + 3.0, height - 1.6}, 0.06, -1,
                              6);
            }
        }
        // Cube with displays over the centre.
        roof.paint(painted("plastic", 0x15181c));
        roof.box({0, 0, 9.6}, {3.6, 3.6, 2.2}, 0.08);
        roof.paint(glowing(0x2f7fe0, 1.2f, "scoreboard"));
        roof.quad({-1.6, -1.815, 8.75}, {1.6, -1.815, 8.75}, {1.6, -1.815, 10.45},
                  {-1.6, -1.815, 10.45});
        roof.quad({-1.815, 1.6, 8.75}, {-1.815, -1.6, 8.75}, {-1.815, -1.6, 10.45},
                  {-1.815, 1.6, 10.45});
        roof.quad({1.815, -1.6, 8.75}, {1.815, 1.6, 8.75}, {1.815, 1.6, 10.45},
                  {1.815, -1.6, 10.45});
        set.add("ceiling", roof.finish());
    }
    for (int i = 0; i < 5; ++i) {
        for (const double y : {-6.0, 6.0}) {
            set.ceiling_panel({-22.0 + 11.0 * i, y, height - 1.9}, 2.2, 1.2, 52000, 5200);
        }
    }
    set.room(kLow, kHigh, "ice", "concrete", "steel");
    set.camera_bounds({-kHalfX + 0.5, -kHalfY + 0.5, 0.1}, {kHalfX - 0.5, kHalfY - 0.5, 9});
    set.anchor("stage", {0, 0, 0}, 0, 10);
    set.anchor("rink_centre", {0, 0, 0}, 0, 10);
    set.anchor("goal", {22, 0, 0}, 180, 2);
    set.camera({-3.2, -9.5, 2.3}, {0.6, 1.5, 1.1}, 27);
    set.model().ambience = "ice_rink";
    return set.finish();
}

}  // namespace world
