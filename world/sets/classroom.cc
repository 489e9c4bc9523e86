// A classroom: board, teacher's desk, pupils' tables to the sides, map, shelf, tall windows.
#include "world/sets/dressing/interior.h"
#include "world/sets/places.h"
#include "world/sets/room_shell.h"

namespace world {

using base::Vec3;

SetModel build_classroom(const SetOptions& options) {
    SetBuilder set("classroom", options);
    const Vec3 low{-4.6, -5.2, 0}, high{4.6, 3.6, 3.2};
    set.floor(low, high * Vec3{1, 1, 0}, painted("wood", 0xb78d5c, "plank_floor"));
    RoomShell shell{low, high};
    shell.wall = painted("plaster", 0xe7dfc6);
    shell.left = {{1.7, 0.95, 1.9, 1.85}, {4.4, 0.95, 1.9, 1.85}, {7.1, 0.95, 1.9, 1.85}};
    shell.lm_per_m2 = 1500;
    shell.bars_up = 2;
    ShapeMaker walls = start_room(set, shell);
    walls.paint(painted("plastic", 0x24483a, "chalkboard"));
    walls.quad({-2.1, high.y - 0.025, 0.95}, {1.7, high.y - 0.025, 0.95},
               {1.7, high.y - 0.025, 2.25}, {-2.1, high.y - 0.025, 2.25});
    walls.paint(painted("wood", 0x8a5f38, "grain_uv"));
    walls.box({-0.2, high.y - 0.02, 0.92}, {3.95, 0.1, 0.06}, 0.01);
    walls.box({-0.2, high.y - 0.015, 2.28}, {3.95, 0.05, 0.06}, 0.01);
    walls.box({-2.13, high.y - 0.015, 1.6}, {0.06, 0.05, 1.4}, 0.01);
    walls.box({1.73, high.y - 0.015, 1.6}, {0.06, 0.05, 1.4}, 0.01);
    walls.paint(painted("plaster", 0xf6f4ee));
    for (int i = 0; i < 3; ++i)
        walls.cylinder({-0.9 + 0.35 * i, high.y - 0.055, 0.957},
                       {-0.82 + 0.35 * i, high.y - 0.05, 0.957}, 0.007, -1, 8);
    add_picture(walls, {3.15, high.y, 1.75}, 180, 1.5, 1.05, plain("paper", "world_map"),
                painted("wood", 0x6a4a2c, "paint"));
    walls.paint(painted("cardboard", 0xb88a58, "cork"));
    walls.box({high.x - 0.012, -0.2, 1.6}, {0.024, 2.6, 1.1}, 0.004);
    const unsigned sheet[] = {0xf6f2e2, 0xf0d860, 0x9ed0e8, 0xf2a8a0, 0xb8e0a8, 0xffffff};
    for (int i = 0; i < 12; ++i) {
        walls.paint(painted("paper", sheet[(i * 5) % 6], i % 2 ? "painting_child" : ""));
        const double y = -1.3 + 0.38 * (i % 6), z = 1.36 + 0.5 * (i / 6);
        walls.quad({high.x - 0.027, y + 0.14, z - 0.19}, {high.x - 0.027, y + 0.14, z + 0.19},
                   {high.x - 0.027, y - 0.14, z + 0.19}, {high.x - 0.027, y - 0.14, z - 0.19});
    }
    add_clock(walls, {-0.2, high.y, 2.72}, 180, 0.17);
    add_door(walls, {high.x, -3.2, 0}, 90, 0.95, 2.1, painted("wood", 0x9a7a4a, "paint"));
    set.add("wall", walls.finish());

    ShapeMaker desks("desk", "wood");
    const Paint top = painted("wood", 0xd2aa74, "grain_uv"),
                frame = painted("steel", 0x4f6a5a, "paint");
    const Paint chair_frame = painted("steel", 0x4f6a5a, "paint"),
                seat = painted("wood", 0xc79a62, "grain_uv");
    for (int row = 0; row < 3; ++row) {
        for (const double x : {-3.05, 3.05}) {
            const double y = 0.9 - 1.7 * row;
            add_table(desks, {x, y, 0}, 0, {1.3, 0.55, 0.74}, 0.028, top, frame);
            add_chair(desks, {x - 0.3, y - 0.5, 0}, 3, chair_frame, seat);
            add_chair(desks, {x + 0.32, y - 0.5, 0}, -5, chair_frame, seat);
        }
    }
    add_table(desks, {1.2, 2.55, 0}, 0, {1.5, 0.7, 0.76}, 0.035,
              painted("wood", 0xa8763f, "grain_uv"), painted("wood", 0x8a5f38, "paint"));
    add_chair(desks, {1.2, 3.1, 0}, 180, painted("wood", 0x8a5f38, "paint"), seat);
    add_books(desks, {0.65, 2.6, 0.76}, 0, 0.25, 0.2, 0.25, options.seed + 3);
    desks.paint(painted("fruit", 0xc23a24));
    desks.ellipsoid({1.75, 2.45, 0.797}, {0.039, 0.039, 0.036}, 18);
    set.add("desk", desks.finish());
    ShapeMaker shelf("shelf", "wood");
    add_bookcase(shelf, {-3.6, high.y, 0}, 180, 1.3, 1.25, 0.3, 3, options.seed + 5,
                 painted("wood", 0xb98c56, "grain_uv"));
    // A globe on top.
    shelf.paint(painted("plastic", 0x2f6fb0, "globe"));
    shelf.ellipsoid({-3.6, high.y - 0.16, 1.47}, {0.14, 0.14, 0.14}, 28);
    shelf.paint(plain("brass"));
    shelf.cylinder({-3.6, high.y - 0.16, 1.25}, {-3.6, high.y - 0.16, 1.32}, 0.06, 0.012, 18);
    set.add("shelf", shelf.finish());
    for (int i = 0; i < 2; ++i) {
        for (const double x : {-1.9, 1.9})
            set.ceiling_panel({x, -2.6 + 3.6 * i, high.z - 0.05}, 1.3, 0.3, 4300, 4000);
    }
    set.rectangle_lamp({0, 2.6, 3.0}, {0, high.y, 1.5}, 2.6, 0.15, 1200, 4000).invisible = true;
    set.room(low, high, "wood", "plaster", "plaster");
    set.anchor("stage", {0, 0, 0}, 0, 2.0);
    set.anchor("table_top", {1.2, 2.4, 0.76}, -90, 0.25);
    set.anchor("shelf_edge", {-3.3, high.y - 0.27, 1.25}, -90, 0.2);
    set.anchor("door", {high.x - 0.5, -3.2, 0}, 180, 0.5);
    set.anchor("window", {low.x + 0.2, 0, 0.95}, 0, 0.4);
    set.camera({-1.0, -4.5, 1.5}, {0.2, 1.2, 1.1}, 27);
    set.model().ambience = "classroom";
    return set.finish();
}

}  // namespace world
