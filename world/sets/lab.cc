// A physics laboratory: clean floor, benches with apparatus, board with formulas, glass cupboards.
#include <cmath>

#include "world/sets/dressing/interior.h"
#include "world/sets/places.h"
#include "world/sets/room_shell.h"

namespace world {

using base::Vec3;

SetModel build_lab(const SetOptions& options) {
    SetBuilder set("lab", options);
    const Vec3 low{-4.6, -4.4, 0}, high{4.6, 3.8, 3.2};
    set.floor(low, high * Vec3{1, 1, 0}, painted("concrete", 0xb4b7b6, "concrete_floor"));
    RoomShell shell{low, high};
    shell.wall = painted("plaster", 0xe6e9e8);
    shell.left = {{1.9, 1.0, 2.2, 1.7}, {4.9, 1.0, 2.2, 1.7}};
    shell.lm_per_m2 = 1700;
    shell.window_frame = painted("aluminium", 0xe0e3e4);
    shell.skirting = painted("plastic", 0x5b6a72);
    ShapeMaker walls = start_room(set, shell);
    walls.paint(painted("plastic", 0x1f3a30, "chalkboard"));
    walls.quad({-1.4, high.y - 0.02, 0.95}, {1.9, high.y - 0.02, 0.95}, {1.9, high.y - 0.02, 2.2},
               {-1.4, high.y - 0.02, 2.2});
    walls.paint(painted("aluminium", 0xc8ccce));
    walls.box({0.25, high.y - 0.02, 0.93}, {3.4, 0.08, 0.04}, 0.008);
    walls.box({0.25, high.y - 0.015, 2.22}, {3.4, 0.04, 0.04}, 0.008);
    walls.box({-1.42, high.y - 0.015, 1.58}, {0.04, 0.04, 1.32}, 0.008);
    walls.box({1.92, high.y - 0.015, 1.58}, {0.04, 0.04, 1.32}, 0.008);
    add_door(walls, {high.x, -2.6, 0}, 90, 0.95, 2.1, painted("wood", 0x9fb3bd, "paint"));
    add_clock(walls, {2.6, high.y, 2.45}, 180, 0.17);
    set.add("wall", walls.finish());

    ShapeMaker bench("bench", "wood");
    const auto run = [&](Vec3 at, double yaw, double width) {
        bench.at(placed(at, yaw)).paint(painted("resin", 0x2b2f33));
        bench.box({0, 0.36, 0.90}, {width, 0.74, 0.035}, 0.006);
        bench.paint(painted("plastic", 0xdfe4e6));
        const int units = static_cast<int>(width / 0.6 + 0.5);
        for (int i = 0; i < units; ++i) {
            const double w = width / units, x = -width / 2 + w * (i + 0.5);
            bench.paint(painted("plastic", i % 3 == 1 ? 0x7fa8bd : 0xdfe4e6));
            bench.box({x, 0.34, 0.48}, {w - 0.006, 0.62, 0.76}, 0.006);
            bench.paint(plain("aluminium"));
            bench.box({x, 0.66, 0.78}, {0.14, 0.015, 0.015}, 0.004);
        }
        bench.collide_box({0, 0.36, 0.46}, {width, 0.74, 0.92}, "", "resin");
        bench.at({});
    };
    run({-3.0, high.y, 0}, 180, 2.4);
    run({3.3, high.y, 0}, 180, 2.2);
    run({high.x, 0.9, 0}, 90, 3.0);
    set.add("bench", bench.finish());

    ShapeMaker apparatus("apparatus", "glass");
    const double top = 0.918, y = high.y - 0.36;
    apparatus.paint(plain("glass", "vessel"));
    const double flasks[] = {-3.9, -3.55, -3.2};
    const unsigned liquids[] = {0x2a7fd0, 0xd05a2a, 0x3aa04a};
    for (int i = 0; i < 3; ++i) {
        apparatus.paint(plain("glass", "vessel"));
        apparatus.lathe({flasks[i], y, top},
                        {{0.07, 0}, {0.072, 0.01}, {0.02, 0.12}, {0.02, 0.19}, {0.025, 0.195}}, 24);
        apparatus.paint(painted("plastic", liquids[i], "liquid"));
        apparatus.lathe({flasks[i], y, top + 0.004},
                        {{0.001, 0}, {0.064, 0}, {0.066, 0.01}, {0.04, 0.062}, {0.001, 0.062}}, 24);
    }
    // Stand with clamp, balance, microscope, a row of test tubes.
    apparatus.paint(plain("iron"));
    apparatus.box({-2.6, y, top + 0.01}, {0.22, 0.14, 0.02}, 0.004);
    apparatus.paint(plain("steel"));
    apparatus.cylinder({-2.6, y + 0.04, top}, {-2.6, y + 0.04, top + 0.62}, 0.006, -1, 10);
    apparatus.cylinder({-2.6, y + 0.04, top + 0.45}, {-2.4, y + 0.02, top + 0.45}, 0.005, -1, 8);
    apparatus.paint(painted("wood", 0xb98a52, "grain_uv"));
    apparatus.box({-2.1, y, top + 0.06}, {0.3, 0.07, 0.015}, 0.003);
    apparatus.box({-2.1, y, top + 0.01}, {0.3, 0.09, 0.02}, 0.003);
    for (int i = 0; i < 6; ++i) {
        const double x = -2.22 + 0.048 * i;
        apparatus.paint(painted("plastic", liquids[i % 3], "liquid"));
        apparatus.cylinder({x, y, top + 0.03}, {x, y, top + 0.08}, 0.0085, -1, 10);
        apparatus.paint(plain("glass", "vessel"));
        apparatus.cylinder({x, y, top + 0.02}, {x, y, top + 0.15}, 0.011, -1, 12);
    }
    apparatus.paint(painted("plastic", 0xf0f2f2));
    apparatus.box({2.8, y, top + 0.17}, {0.36, 0.3, 0.34}, 0.02);
    apparatus.paint(painted("plastic", 0x101a16));
    apparatus.box({2.8, y - 0.152, top + 0.22}, {0.26, 0.006, 0.16}, 0.004);
    apparatus.paint(glowing(0x4dff9a, 0.7f, "oscilloscope"));
    apparatus.quad({2.68, y - 0.157, top + 0.15}, {2.92, y - 0.157, top + 0.15},
                   {2.92, y - 0.157, top + 0.29}, {2.68, y - 0.157, top + 0.29});
    apparatus.paint(painted("plastic", 0x22262a));
    for (int i = 0; i < 5; ++i) {
        apparatus.cylinder({2.69 + 0.055 * i, y - 0.15, top + 0.07},
                           {2.69 + 0.055 * i, y - 0.175, top + 0.07}, 0.015, -1, 14);
    }
    apparatus.paint(painted("iron", 0x25272b));
    apparatus.box({3.6, y, top + 0.02}, {0.16, 0.22, 0.04}, 0.01);
    apparatus.tube(
        {{3.6, y + 0.08, top + 0.03}, {3.6, y + 0.1, top + 0.2}, {3.6, y + 0.02, top + 0.3}}, 0.024,
        10);
    apparatus.paint(painted("plastic", 0xe8eaea));
    apparatus.cylinder({3.6, y + 0.04, top + 0.34}, {3.6, y - 0.05, top + 0.2}, 0.022, -1, 14);
    apparatus.paint(painted("iron", 0x25272b));
    apparatus.box({3.6, y - 0.03, top + 0.13}, {0.13, 0.13, 0.015}, 0.003);
    // Glass-fronted wall cupboards.
    apparatus.paint(painted("wood", 0xd9dee0, "paint"));
    for (const double x : {-3.0, 3.3}) {
        apparatus.box({x, high.y - 0.16, 1.98}, {2.2, 0.02, 0.9});
        for (const double z : {1.55, 1.98, 2.41})
            apparatus.box({x, high.y - 0.17, z}, {2.2, 0.34, 0.03}, 0.004);
        for (const double e : {-1.1, -0.36, 0.36, 1.1})
            apparatus.box({x + e, high.y - 0.17, 1.98}, {0.03, 0.34, 0.88}, 0.004);
    }
    set.add("apparatus", apparatus.finish());
    ShapeMaker jars("jars", "glass");
    const unsigned powders[] = {0xb7772a, 0x7a2f2a, 0xd8cfae, 0x35506a, 0x6a8a3a, 0xe0b23a};
    for (int i = 0; i < 22; ++i) {
        const double x = (i < 11 ? -3.95 : 2.35) + 0.175 * (i % 11), z = i % 3 == 0 ? 1.997 : 1.567;
        jars.paint(painted("resin", powders[(i * 5) % 6]));
        jars.cylinder({x, high.y - 0.24, z}, {x, high.y - 0.24, z + 0.11 + 0.02 * (i % 4)}, 0.048,
                      -1, 14);
        jars.paint(painted("plastic", 0x1d2023));
        jars.cylinder({x, high.y - 0.24, z + 0.11 + 0.02 * (i % 4)},
                      {x, high.y - 0.24, z + 0.135 + 0.02 * (i % 4)}, 0.04, -1, 14);
    }
    set.add("jars", jars.finish());

    for (int i = 0; i < 2; ++i) {
        for (const double x : {-2.2, 2.2})
            set.ceiling_panel({x, -1.6 + 3.2 * i, high.z - 0.04}, 1.2, 0.6, 5200, 4800);
    }
    set.ceiling_panel({0, 0.2, high.z - 0.04}, 1.2, 0.6, 5200, 4800);
    set.room(low, high, "concrete", "plaster", "plaster");
    set.anchor("stage", {0, 0, 0}, 0, 2.6);
    set.anchor("counter_top", {-3.0, high.y - 0.5, 0.918}, -90, 0.2);
    set.anchor("table_top", {3.3, high.y - 0.5, 0.918}, -90, 0.2);
    set.anchor("door", {high.x - 0.5, -2.6, 0}, 180, 0.5);
    set.camera({-1.1, -3.7, 1.4}, {0.15, 0.6, 0.95}, 28);
    set.model().ambience = "lab";
    return set.finish();
}

}  // namespace world
