// An indoor swimming bath: 25 m basin with tiled walls, lane lines, starting blocks, glass front.
#include <cmath>

#include "world/sets/dressing/interior.h"
#include "world/sets/places.h"
#include "world/sets/set_builder.h"

namespace world {

using base::Vec3;

namespace {
// The near edge of the basin runs along x at y = kNear; the deck is the stage.
constexpr double kWest = -12.5, kEast = 12.5, kNear = 1.2, kFar = 11.2, kDepth = 2.0;
constexpr int kLanes = 5;
constexpr double kWater = -0.14;
constexpr Vec3 kLow{-16, -5.5, 0}, kHigh{16, 15, 6.5};
}  // namespace

SetModel build_pool(const SetOptions& options) {
    SetBuilder set("pool", options);
    const Paint deck = set.floor_paint(painted("tile", 0xcfd6d4, "pool_deck"));
    {
        // Four slabs around the hole; the top is at z = 0.
        ShapeMaker floor("floor", deck.material);
        floor.paint(deck);
        const auto slab = [&](double x0, double x1, double y0, double y1) {
            floor.quad({x0, y0, 0}, {x1, y0, 0}, {x1, y1, 0}, {x0, y1, 0});
            floor.collide_box({(x0 + x1) / 2, (y0 + y1) / 2, -0.25}, {x1 - x0, y1 - y0, 0.5});
        };
        slab(kLow.x, kHigh.x, kLow.y, kNear);
        slab(kLow.x, kHigh.x, kFar, kHigh.y);
        slab(kLow.x, kWest, kNear, kFar);
        slab(kEast, kHigh.x, kNear, kFar);
        set.add("floor", floor.finish());
    }
    const double mid_y = (kNear + kFar) / 2, wide = kFar - kNear, run = kEast - kWest;
    {
        ShapeMaker bottom("pool_floor", "tile");
        bottom.paint(painted("tile", 0x9fd4e6, "pool_bottom"));
        bottom.quad({kWest, kNear, -kDepth}, {kEast, kNear, -kDepth}, {kEast, kFar, -kDepth},
                    {kWest, kFar, -kDepth});
        bottom.collide_box({0, mid_y, -kDepth - 0.25}, {run, wide, 0.5});
        set.add("pool_floor", bottom.finish());
    }
    {
        ShapeMaker sides("pool_wall", "tile");
        sides.paint(painted("tile", 0x8fcbe2, "pool_tiles"));
        const double d = kDepth, t = 0.3;
        // Shown from inside the basin: far wall faces -y, near +y, west +x, east -x.
        sides.quad({kWest, kFar, -d}, {kEast, kFar, -d}, {kEast, kFar, 0}, {kWest, kFar, 0});
        sides.quad({kEast, kNear, -d}, {kWest, kNear, -d}, {kWest, kNear, 0}, {kEast, kNear, 0});
        sides.quad({kWest, kNear, -d}, {kWest, kFar, -d}, {kWest, kFar, 0}, {kWest, kNear, 0});
        sides.quad({kEast, kFar, -d}, {kEast, kNear, -d}, {kEast, kNear, 0}, {kEast, kFar, 0});
        sides.collide_box({0, kFar + t / 2, -d / 2 - 0.25}, {run, t, d - 0.5});
        sides.collide_box({0, kNear - t / 2, -d / 2 - 0.25}, {run, t, d - 0.5});
        sides.collide_box({kWest - t / 2, mid_y, -d / 2 - 0.25}, {t, wide, d - 0.5});
        sides.collide_box({kEast + t / 2, mid_y, -d / 2 - 0.25}, {t, wide, d - 0.5});
        set.add("pool_wall", sides.finish());
    }
    {
        ShapeMaker edge("pool_edge", "tile");
        edge.paint(painted("tile", 0xf3f4f0, "edge_tiles"));
        const double w = 0.34, h = 0.05;
        edge.solid({0, kNear - w / 2 + 0.03, -h / 2 + 0.012}, {run + 2 * w, w, h}, 0.012);
        edge.solid({0, kFar + w / 2 - 0.03, -h / 2 + 0.012}, {run + 2 * w, w, h}, 0.012);
        edge.solid({kWest - w / 2 + 0.03, mid_y, -h / 2 + 0.012}, {w, wide, h}, 0.012);
        edge.solid({kEast + w / 2 - 0.03, mid_y, -h / 2 + 0.012}, {w, wide, h}, 0.012);
        // A dark line at the water's edge.
        edge.paint(painted("tile", 0x1f4f9a, "edge_tiles"));
        edge.box({0, kFar - 0.003, -0.12}, {run, 0.01, 0.10});
        edge.box({kWest + 0.003, mid_y, -0.12}, {0.01, wide, 0.10});
        edge.box({kEast - 0.003, mid_y, -0.12}, {0.01, wide, 0.10});
        set.add("pool_edge", edge.finish());
    }
    {
        ShapeMaker lanes("lane_lines", "plastic");
        for (int lane = 1; lane < kLanes; ++lane) {
            const double y = kNear + wide * lane / kLanes;
            for (int i = 0; i < 125; ++i) {
                const double x = kWest + 0.3 + i * 0.2;
                const bool red = i < 20 || i >= 105 || (i / 8) % 2;
                lanes.paint(painted("plastic", red ? 0xd83a2e : 0xf2f2ee));
                lanes.cylinder({x, y, kWater}, {x + 0.16, y, kWater}, 0.052, -1, 8);
            }
        }
        set.add("lane_lines", lanes.finish());
    }
    {
        ShapeMaker ladder("ladder", "steel");
        for (const double dx : {-0.25, 0.25}) {
            const double x = 5.2 + dx;
            ladder.paint(plain("steel"));
            ladder.tube({{x, kNear - 0.55, 0},
                         {x, kNear - 0.55, 0.5},
                         {x, kNear - 0.42, 0.78},
                         {x, kNear - 0.15, 0.88},
                         {x, kNear + 0.06, 0.74},
                         {x, kNear + 0.12, 0.4},
                         {x, kNear + 0.12, -1.3}},
                        0.022, 12);
        }
        for (int i = 0; i < 4; ++i) {
            const double z = -0.25 - 0.28 * i;
            ladder.box({5.2, kNear + 0.12, z}, {0.5, 0.07, 0.025}, 0.01);
        }
        ladder.collide_box({5.2, kNear - 0.2, 0.45}, {0.55, 0.7, 0.9});
        set.add("ladder", ladder.finish());
    }
    {
        ShapeMaker blocks("starting_blocks", "plastic");
        for (int lane = 0; lane < kLanes; ++lane) {
            const double y = kNear + wide * (lane + 0.5) / kLanes;
            blocks.paint(painted("plastic", 0x2a62b0));
            blocks.solid({kWest - 0.45, y, 0.32}, {0.5, 0.55, 0.64}, 0.03);
            blocks.paint(painted("rubber", 0x222428));
            blocks.box({kWest - 0.42, y, 0.67}, {0.62, 0.58, 0.06}, 0.02);
        }
        set.add("starting_blocks", blocks.finish());
    }
    const Paint paint = set.wall_paint(painted("tile", 0xe7ecec, "wall_tiles"));
    const double thick = 0.3, height = kHigh.z;
    const Vec3 sw{kLow.x, kLow.y, 0}, se{kHigh.x, kLow.y, 0}, ne{kHigh.x, kHigh.y, 0},
        nw{kLow.x, kHigh.y, 0};
    ShapeMaker walls("wall", paint.material);
    walls.paint(paint);
    std::vector<Opening> back;
    for (int i = 0; i < 6; ++i) back.push_back({3.5 + 5.0 * i, 0.9, 4.2, 4.3});
    SetBuilder::wall(walls, ne, nw, height, thick, back);
    SetBuilder::wall(walls, se, ne, height, thick);
    SetBuilder::wall(walls, sw, se, height, thick);
    SetBuilder::wall(walls, nw, sw, height, thick);
    for (const Opening& hole : back) {
        set.window(walls, ne, nw, thick, hole, 26000, 2, 1, painted("aluminium", 0xe6e8e8));
    }
    walls.paint(painted("tile", 0x2f76b5, "wall_tiles"));
    walls.box({kLow.x + 0.006, 4.75, 1.55}, {0.012, 20.5, 0.3});
    walls.box({kHigh.x - 0.006, 4.75, 1.55}, {0.012, 20.5, 0.3});
    add_clock(walls, {kHigh.x, 5.5, 3.6}, 90, 0.45);
    add_door(walls, {kLow.x, -2.5, 0}, -90, 1.0, 2.1, painted("steel", 0x4d7d9c));
    set.add("wall", walls.finish());

    ShapeMaker roof("ceiling", "wood");
    roof.paint(painted("wood", 0xd9b27c, "wood_panelling"));
    roof.solid({0, 4.75, height + 0.1}, {33, 21, 0.2});
    roof.paint(painted("wood", 0xb58450, "grain_uv"));
    for (int i = 0; i < 7; ++i) {
        roof.box({-15 + i * 5.0, 4.75, height - 0.3}, {0.24, 20.5, 0.6}, 0.01);
    }
    set.add("ceiling", roof.finish());

    ShapeMaker decor("pool_furniture", "plastic");
    decor.paint(painted("plastic", 0xf0efe8));
    for (int i = 0; i < 4; ++i) {
        const double x = -9 + i * 2.1, y = kFar + 2.3;
        decor.box({x, y, 0.35}, {0.65, 1.9, 0.06}, 0.02);
        decor.at({{x, y + 0.85, 0.36}, base::Quat::from_axis_angle({1, 0, 0}, 0.9)});
        decor.box({0, 0.38, 0}, {0.65, 0.8, 0.05}, 0.02);
        decor.at({});
        for (int k = 0; k < 4; ++k) {
            decor.box({x + (k & 1 ? 0.28 : -0.28), y + (k & 2 ? 0.8 : -0.8), 0.17},
                      {0.05, 0.05, 0.34});
        }
    }
    for (int i = 0; i < 3; ++i) add_plant(decor, {-14.6 + i * 14.4, kFar + 2.8, 0}, 2.1, 20 + i);
    // Lifebuoy on its post.
    decor.paint(painted("steel", 0xe8e8e8));
    decor.cylinder({-7.5, kFar + 1.1, 0}, {-7.5, kFar + 1.1, 1.5}, 0.03, -1, 10);
    std::vector<Vec3> ring;
    for (int i = 0; i < 28; ++i) {
        const double a = 2 * base::kPi * i / 28;
        ring.push_back({-7.5 + 0.29 * std::cos(a), kFar + 1.04, 1.25 + 0.29 * std::sin(a)});
    }
    decor.paint(painted("plastic", 0xe2442a, "lifebuoy"));
    decor.tube(ring, 0.062, 12, true);
    set.add("pool_furniture", decor.finish());

    for (int i = 0; i < 4; ++i) {
        for (const double y : {2.2, 9.6}) {
            set.ceiling_panel({-10.5 + 7 * i, y, height - 0.25}, 2.0, 0.4,
                              set.night() ? 16000 : 9000, 4600);
        }
    }
    Water water;
    water.level_z_m = kWater;
    water.low = {kWest, kNear, -kDepth};
    water.high = {kEast, kFar, kWater};
    set.model().water = water;

    set.room(kLow, kHigh, "tile", "tile", "wood");
    set.camera_bounds({kLow.x + 0.4, kLow.y + 0.4, 0.1},
                      {kHigh.x - 0.4, kHigh.y - 0.4, height - 0.8});
    set.anchor("stage", {0, 0, 0}, 90, 1.1);
    set.anchor("pool_edge", {0, kNear - 0.2, 0.012}, 90, 0.6);
    set.anchor("water", {0.3, kNear + 3.0, kWater}, 90, 2.2);
    set.anchor("pool_floor", {0.3, kNear + 3.0, -kDepth}, 90, 2.2);
    set.camera({-3.4, -2.9, 1.75}, {0.5, 4.2, 0.15}, 26);
    set.model().ambience = "pool";
    return set.finish();
}

}  // namespace world
