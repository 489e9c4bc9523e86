// A school sports hall: FIBA half court in view, painted block walls, pads, bleachers, high
// windows.
#include "world/sets/dressing/hoop.h"
#include "world/sets/dressing/interior.h"
#include "world/sets/places.h"
#include "world/sets/set_builder.h"

namespace world {

using base::Vec3;

namespace {

// The court pattern (render/material/patterns_sport.cc) puts the hoop's centre here.
constexpr double kHoopX = 2.725, kHoopY = 0;
constexpr Vec3 kLow{-25.5, -9.5, 0}, kHigh{7.5, 9.5, 8.2};

void bleachers(SetBuilder& set) {
    ShapeMaker maker("bleachers", "wood");
    const double run = 18, x = -7.5;
    for (int row = 0; row < 4; ++row) {
        const double y = kHigh.y - 0.1 - 0.8 * (3 - row) - 0.45, z = 0.42 + 0.36 * row;
        maker.paint(painted("wood", 0xb98754, "grain_uv"));
        for (int plank = 0; plank < 3; ++plank) {
            maker.solid({x, y - 0.14 + plank * 0.145, z}, {run, 0.135, 0.035}, 0.006);
        }
        maker.solid({x, y - 0.38, z - 0.32}, {run, 0.28, 0.03}, 0.005);
        maker.paint(painted("steel", 0x4a4f57));
        for (int post = 0; post <= 6; ++post) {
            const double px = x - run / 2 + 0.2 + (run - 0.4) * post / 6;
            maker.box({px, y + 0.1, z / 2}, {0.05, 0.05, z - 0.04});
            maker.box({px, y - 0.1, z - 0.05}, {0.05, 0.5, 0.06});
        }
    }
    set.add("bench", maker.finish());
}

}  // namespace

SetModel build_gym(const SetOptions& options) {
    SetBuilder set("gym", options);
    set.floor(kLow, kHigh * Vec3{1, 1, 0}, plain("wood", "gym_court"));

    ShapeMaker walls("wall", set.wall_paint(plain("concrete")).material);
    const Paint blocks = set.wall_paint(painted("concrete", 0xdcd5c4, "block_wall"));
    const double thick = 0.35, height = kHigh.z;
    const Vec3 sw{kLow.x, kLow.y, 0}, se{kHigh.x, kLow.y, 0}, ne{kHigh.x, kHigh.y, 0},
        nw{kLow.x, kHigh.y, 0};
    std::vector<Opening> windows;
    for (int i = 0; i < 6; ++i) windows.push_back({4.0 + 5.0 * i, 5.0, 3.4, 1.9});
    walls.paint(blocks);
    SetBuilder::wall(walls, sw, se, height, thick, windows);
    SetBuilder::wall(walls, se, ne, height, thick);
    SetBuilder::wall(walls, ne, nw, height, thick, windows);
    SetBuilder::wall(walls, nw, sw, height, thick);
    for (const Opening& hole : windows) {
        const Paint frame = painted("steel", 0xd8d8d4);
        set.window(walls, sw, se, thick, hole, 9000, 3, 1, frame);
        set.window(walls, ne, nw, thick, hole, 9000, 3, 1, frame);
    }
    // A red band at eye height above the pads, as school halls have.
    walls.paint(painted("plaster", 0xa32a24, "block_wall"));
    walls.box({kHigh.x - 0.004, 0, 2.35}, {0.012, kHigh.y - kLow.y, 0.35});
    walls.box({(kLow.x + kHigh.x) / 2, kHigh.y - 0.004, 2.35}, {kHigh.x - kLow.x, 0.012, 0.35});
    walls.box({(kLow.x + kHigh.x) / 2, kLow.y + 0.004, 2.35}, {kHigh.x - kLow.x, 0.012, 0.35});
    // Pads on the end wall behind the hoop.
    for (int i = 0; i < 14; ++i) {
        const double y = -8.6 + i * 1.32;
        walls.paint(painted("leather", i % 2 ? 0x1f3f8a : 0x1d3a80, "padding"));
        walls.box({kHigh.x - 0.06, y, 1.05}, {0.12, 1.28, 1.95}, 0.04);
    }
    walls.collide_box({kHigh.x - 0.06, 0, 1.05}, {0.12, 18.4, 1.95}, "", "leather");
    walls.paint(painted("plastic", 0x2a2c30));
    walls.box({(kLow.x + kHigh.x) / 2, kHigh.y - 0.015, 0.08}, {kHigh.x - kLow.x, 0.03, 0.16},
              0.01);
    walls.box({kHigh.x - 0.015, 0, 0.08}, {0.03, kHigh.y - kLow.y, 0.16}, 0.01);
    add_door(walls, {5.0, kHigh.y, 0}, 180, 1.0, 2.1, painted("steel", 0x39557a));
    add_door(walls, {6.15, kHigh.y, 0}, 180, 1.0, 2.1, painted("steel", 0x39557a));
    add_clock(walls, {kHigh.x, -3.6, 4.3}, 90, 0.28);
    // Scoreboard.
    walls.paint(painted("plastic", 0x14161a));
    walls.box({kHigh.x - 0.08, 5.2, 4.6}, {0.16, 2.6, 1.2}, 0.03);
    walls.paint(glowing(0xff5a2a, 1.6f, "scoreboard"));
    walls.quad({kHigh.x - 0.165, 6.35, 4.15}, {kHigh.x - 0.165, 4.05, 4.15},
               {kHigh.x - 0.165, 4.05, 5.05}, {kHigh.x - 0.165, 6.35, 5.05});
    // Wall bars on the long wall.
    for (int bay = 0; bay < 3; ++bay) {
        const double x = 1.0 + bay * 1.05;
        walls.paint(painted("wood", 0xc89a5e, "grain_uv"));
        walls.box({x - 0.5, kHigh.y - 0.09, 1.3}, {0.04, 0.16, 2.6}, 0.006);
        walls.box({x + 0.5, kHigh.y - 0.09, 1.3}, {0.04, 0.16, 2.6}, 0.006);
        for (int bar = 0; bar < 14; ++bar) {
            const double z = 0.25 + bar * 0.175;
            walls.cylinder({x - 0.48, kHigh.y - 0.12, z}, {x + 0.48, kHigh.y - 0.12, z}, 0.018, -1,
                           8);
        }
    }
    set.add("wall", walls.finish());

    ShapeMaker roof("ceiling", "steel");
    roof.paint(painted("steel", 0xe4e3de, "corrugated"));
    const double mid_x = (kLow.x + kHigh.x) / 2;
    roof.box({mid_x, 0, height + 0.05}, {kHigh.x - kLow.x + 1, kHigh.y - kLow.y + 1, 0.1});
    roof.collide_box({mid_x, 0, height + 0.25}, {kHigh.x - kLow.x, kHigh.y - kLow.y, 0.5});
    roof.paint(painted("steel", 0xc9c7c0, "paint"));
    for (int truss = 0; truss < 7; ++truss) {
        const double x = kLow.x + 2.5 + truss * 4.7, top = height - 0.1, low = height - 0.95;
        roof.box({x, 0, top}, {0.16, 19, 0.12});
        roof.box({x, 0, low}, {0.16, 19, 0.10});
        for (int i = 0; i < 12; ++i) {
            const double y0 = -9.4 + i * 1.567, y1 = y0 + 0.783, y2 = y0 + 1.567;
            roof.cylinder({x, y0, low}, {x, y1, top}, 0.035, -1, 6);
            roof.cylinder({x, y1, top}, {x, y2, low}, 0.035, -1, 6);
        }
    }
    roof.paint(painted("aluminium", 0xd2d4d6));
    roof.cylinder({kLow.x, -4.6, height - 1.25}, {kHigh.x, -4.6, height - 1.25}, 0.3, -1, 24);
    set.add("ceiling", roof.finish());

    for (int i = 0; i < 5; ++i) {
        for (const double y : {-4.2, 4.2}) {
            set.ceiling_panel({4.2 - i * 6.2, y, height - 1.1}, 1.5, 0.7, 34000, 4300);
        }
    }
    add_hoop(set, kHoopX, kHoopY, true, true);
    add_hoop(set, kHoopX - 24.85, 0, false, false);
    bleachers(set);

    set.room(kLow, kHigh, "wood", "concrete", "steel");
    set.anchor("stage", {0, 0, 0}, 0, 3.5);
    set.anchor("free_throw", {-1.5, 0, 0}, 0, 2.0);
    set.anchor("bench", {-7.5, kHigh.y - 2.5, 0}, -90, 0.8);
    set.camera({-5.4, -4.9, 1.75}, {1.5, 0.6, 1.95}, 26);
    set.model().ambience = "gym";
    return set.finish();
}

}  // namespace world
