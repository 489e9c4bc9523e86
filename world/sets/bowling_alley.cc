// Bowling lanes to USBC measures: 60 ft from foul line to head pin, 41.5 in wide, gutters 9.25 in.
// The lanes run along +y, away from the camera.
#include "world/sets/dressing/interior.h"
#include "world/sets/places.h"
#include "world/sets/room_shell.h"

namespace world {

using base::Vec3;

namespace {
// USBC Equipment Specifications, Lane and pin specifications.
constexpr double kLaneWidth = 1.0541, kGutter = 0.235, kFoulY = -1.0, kHeadPin = 18.288;
constexpr double kPitch = 1.75;  // lane to lane
constexpr double kDeckEnd = kFoulY + kHeadPin + 0.95;
}  // namespace

SetModel build_bowling_alley(const SetOptions& options) {
    SetBuilder set("bowling_alley", options);
    const Vec3 low{-8.2, -7.5, 0}, high{8.2, kDeckEnd + 1.6, 4.0};
    {
        // The approach is the floor in play; lanes are level with it.
        const Paint approach = set.floor_paint(plain("wood", "bowling_approach"));
        ShapeMaker floor("floor", approach.material);
        floor.paint(approach);
        floor.quad({low.x, low.y, 0}, {high.x, low.y, 0}, {high.x, kFoulY, 0}, {low.x, kFoulY, 0});
        floor.collide_box({0, (low.y + kFoulY) / 2, -0.25}, {high.x - low.x, kFoulY - low.y, 0.5});
        set.add("floor", floor.finish());
    }
    ShapeMaker gutters("gutter", "rubber");
    ShapeMaker dividers("lane_divider", "plastic");
    const double run = kDeckEnd - kFoulY, mid = (kDeckEnd + kFoulY) / 2;
    for (int i = -4; i <= 4; ++i) {
        const double x = kPitch * i;
        ShapeMaker lane(i == 0 ? "lane" : "far_lane", "wood");
        lane.paint(plain("wood", "bowling_lane"));
        // In its own frame: x across, y from the foul line.
        lane.quad({-kLaneWidth / 2, 0, 0}, {kLaneWidth / 2, 0, 0}, {kLaneWidth / 2, run, 0},
                  {-kLaneWidth / 2, run, 0});
        lane.collide_box({0, run / 2, -0.05}, {kLaneWidth, run, 0.1}, "", "wood");
        set.add(i == 0 ? "lane" : "lane_" + std::to_string(i + 5), lane.finish(),
                placed({x, kFoulY, 0}), "lane")
            .friction = 0.08;  // oiled boards
        for (const double s : {-1.0, 1.0}) {
            const double gx = x + s * (kLaneWidth / 2 + kGutter / 2);
            gutters.paint(painted("rubber", 0x26282b));
            gutters.sheet(10, 1, [&](double u, double t) {
                const double a = base::kPi * (u - 0.5);
                return Vec3{gx + std::sin(a) * kGutter / 2, kFoulY + run * t, -0.065 * std::cos(a)};
            });
            gutters.collide_box({gx, mid, -0.115}, {kGutter, run, 0.1}, "", "rubber");
            gutters.collide_box({x + s * (kLaneWidth / 2 - 0.02), mid, -0.08}, {0.04, run, 0.155},
                                "", "wood");
        }
        dividers.paint(painted("wood", 0x3a2618, "paint"));
        const double dx = x + kPitch / 2, w = kPitch - kLaneWidth - 2 * kGutter;
        dividers.solid({dx, mid, -0.02}, {w, run, 0.06}, 0.006);
    }
    set.add("gutter", gutters.finish());
    set.add("lane_divider", dividers.finish());

    RoomShell shell{low, high};
    shell.wall = painted("plaster", 0x2c2450);
    shell.ceiling = painted("plaster", 0x23232c);
    shell.skirting_m = 0;
    ShapeMaker walls = start_room(set, shell);
    walls.paint(painted("plastic", 0xf0a63a));
    walls.box({low.x + 0.02, 4, 1.15}, {0.04, 26, 0.12}, 0.01);
    walls.box({high.x - 0.02, 4, 1.15}, {0.04, 26, 0.12}, 0.01);
    walls.paint(painted("plastic", 0xd24a6a));
    walls.box({low.x + 0.02, 4, 1.35}, {0.04, 26, 0.12}, 0.01);
    walls.box({high.x - 0.02, 4, 1.35}, {0.04, 26, 0.12}, 0.01);
    set.add("wall", walls.finish());

    // Masking unit above the pin decks, pit curtain behind them.
    ShapeMaker mask("masking_unit", "plastic");
    mask.paint(painted("plastic", 0x1c2f6e, "bowling_mask"));
    mask.solid({0, kDeckEnd - 0.75, 1.75}, {16.4, 0.12, 1.9}, 0.02);
    mask.paint(painted("plastic", 0x0f1014));
    mask.box({0, kDeckEnd + 0.9, 0.5}, {16.4, 0.1, 1.5});
    mask.collide_box({0, kDeckEnd + 0.9, 0.4}, {16.4, 0.1, 1.8}, "", "leather");
    mask.collide_box({0, kDeckEnd + 0.5, -0.35}, {16.4, 0.9, 0.1}, "pit", "carpet");
    for (int i = -4; i <= 4; ++i) {
        mask.paint(painted("plastic", 0x2b2d33));
        mask.solid({kPitch * (i + 0.5), kDeckEnd - 0.55, 0.40},
                   {kPitch - kLaneWidth - 0.5, 1.5, 0.80}, 0.01);
    }
    set.add("masking_unit", mask.finish());
    // Pins on the neighbouring lanes are part of the place; the lane in play is set by the shot.
    {
        ShapeMaker pins("set_pins", "plastic");
        for (int i = -4; i <= 4; ++i) {
            if (i == 0) continue;
            for (int row = 0; row < 4; ++row) {
                for (int k = 0; k <= row; ++k) {
                    const Vec3 at{kPitch * i + (k - row / 2.0) * 0.3048,
                                  kFoulY + kHeadPin + row * 0.264, 0};
                    pins.paint(painted("plastic", 0xf6f4ee));
                    pins.lathe(at,
                               {{0.026, 0},
                                {0.029, 0.02},
                                {0.05, 0.08},
                                {0.0605, 0.114},
                                {0.055, 0.16},
                                {0.036, 0.215},
                                {0.0235, 0.254}},
                               14);
                    pins.lathe(at,
                               {{0.026, 0.292},
                                {0.0318, 0.32},
                                {0.0322, 0.345},
                                {0.025, 0.368},
                                {0.012, 0.379},
                                {0.001, 0.381}},
                               14);
                    pins.paint(painted("plastic", 0xc1272d));
                    pins.lathe(at, {{0.0235, 0.254}, {0.024, 0.27}, {0.026, 0.292}}, 14);
                }
            }
        }
        set.add("set_pins", pins.finish());
    }
    {
        ShapeMaker rack("ball_return", "steel");
        rack.paint(painted("plastic", 0x22252b));
        rack.solid({-2.4, -3.4, 0.3}, {0.45, 1.7, 0.6}, 0.05);
        rack.paint(plain("steel"));
        for (const double x : {-2.55, -2.25})
            rack.tube({{x, -4.3, 0.72}, {x, -2.5, 0.72}}, 0.02, 8);
        const unsigned balls[] = {0x1f3fa0, 0xb02530, 0x2c8a4a, 0xe08a1c, 0x6a2a8a, 0x202020};
        for (int i = 0; i < 6; ++i) {
            rack.paint(painted("resin", balls[i], "bowling_swirl"));
            rack.ellipsoid({-2.4, -4.15 + 0.26 * i, 0.82}, {0.108, 0.108, 0.108}, 24);
        }
        rack.collide_box({-2.4, -3.4, 0.45}, {0.5, 1.8, 0.9}, "", "plastic");
        rack.paint(painted("plastic", 0xd8582c));
        for (int i = 0; i < 4; ++i) {
            rack.box({4.6 + 0.56 * i, -4.2, 0.44}, {0.5, 0.5, 0.07}, 0.03);
            rack.box({4.6 + 0.56 * i, -4.45, 0.72}, {0.5, 0.07, 0.5}, 0.03);
            rack.cylinder({4.6 + 0.56 * i, -4.2, 0}, {4.6 + 0.56 * i, -4.2, 0.42}, 0.04, -1, 10);
        }
        set.add("ball_return", rack.finish());
    }
    // Light above each pin deck, a row of coves along the lanes, warm pendants over the approach.
    set.rectangle_lamp({0, kDeckEnd - 1.2, 1.45}, {0, kDeckEnd - 0.2, 0.2}, 15.4, 0.12, 16000,
                       4800);
    for (int i = 0; i < 3; ++i) {
        set.ceiling_panel({0, 2.0 + 5.2 * i, high.z - 0.05}, 14.0, 0.35, 9000, 3900);
    }
    set.ceiling_panel({-3.4, -3.6, high.z - 0.05}, 1.6, 1.6, 5200, 3200);
    set.ceiling_panel({3.4, -3.6, high.z - 0.05}, 1.6, 1.6, 5200, 3200);
    for (const double x : {low.x + 0.06, high.x - 0.06}) {
        set.rectangle_lamp({x, 8, 2.3}, {0, 8, 0.3}, 18, 0.12, 3600, 9500);
    }
    set.room(low, high, "wood", "plaster", "plaster");
    set.camera_bounds({-7.5, -7.1, 0.1}, {7.5, kDeckEnd - 1.1, 3.4});
    set.anchor("stage", {0, kFoulY - 0.9, 0}, 90, 0.8);
    set.anchor("lane_start", {0, kFoulY + 0.1, 0}, 90, 0.5);
    set.anchor("pins", {0, kFoulY + kHeadPin, 0}, 90, 0.6);
    set.camera({-0.95, kFoulY - 3.6, 1.35}, {0.1, 8.5, 0.35}, 38);
    set.model().ambience = "bowling_alley";
    return set.finish();
}

}  // namespace world
