// A living room with sofa, rug, books, fireplace and a window to the garden.
#include "world/sets/dressing/furniture.h"
#include "world/sets/dressing/interior.h"
#include "world/sets/places.h"
#include "world/sets/room_shell.h"

namespace world {

using base::Vec3;

SetModel build_living_room(const SetOptions& options) {
    SetBuilder set("living_room", options);
    const Vec3 low{-3.9, -3.9, 0}, high{3.9, 3.1, 2.75};
    set.floor(low, high * Vec3{1, 1, 0}, painted("wood", 0xa87748, "herringbone"));
    RoomShell shell{low, high};
    shell.wall = painted("plaster", 0xd9d2c3);
    shell.back = {{1.75, 0.55, 1.9, 1.9}};
    shell.left = {{2.4, 0.55, 1.7, 1.9}};
    shell.bars_up = 2;
    ShapeMaker walls = start_room(set, shell);
    add_door(walls, {high.x, -2.4, 0}, 90, 0.9, 2.05);
    add_picture(walls, {-2.35, high.y, 1.75}, 180, 1.15, 0.8, plain("paper", "painting_abstract"),
                painted("wood", 0x2c211a, "paint"));
    // Fireplace with marble surround and a mirror in a gilt frame.
    const double fy = high.y;
    walls.paint(plain("marble_stone"));
    walls.box({0.05, fy - 0.13, 1.12}, {1.65, 0.3, 0.06}, 0.012);
    walls.box({-0.6, fy - 0.1, 0.55}, {0.22, 0.2, 1.1}, 0.015);
    walls.box({0.7, fy - 0.1, 0.55}, {0.22, 0.2, 1.1}, 0.015);
    walls.box({0.05, fy - 0.1, 0.98}, {1.1, 0.2, 0.22}, 0.015);
    walls.box({0.05, fy - 0.28, 0.02}, {1.7, 0.55, 0.04}, 0.01);
    walls.paint(painted("iron", 0x121212));
    walls.box({0.05, fy - 0.02, 0.44}, {1.08, 0.05, 0.88});
    walls.paint(painted("wood", 0x4a3423, "bark"));
    for (int i = 0; i < 4; ++i) {
        walls.cylinder({-0.25 + 0.04 * i, fy - 0.12, 0.1 + 0.06 * (i / 2)},
                       {0.35 + 0.03 * i, fy - 0.16 + 0.03 * (i % 2), 0.1 + 0.07 * (i / 2)}, 0.045,
                       -1, 10);
    }
    walls.paint(plain("silver", "mirror"));
    walls.box({0.05, fy - 0.012, 1.83}, {0.9, 0.02, 1.05});
    walls.paint(plain("gold"));
    for (const double s : {-1.0, 1.0}) {
        walls.box({0.05 + s * 0.475, fy - 0.02, 1.83}, {0.06, 0.05, 1.17}, 0.018);
        walls.box({0.05, fy - 0.02, 1.83 + s * 0.555}, {1.0, 0.05, 0.06}, 0.018);
    }
    set.add("wall", walls.finish());

    ShapeMaker rug("rug", "carpet");
    rug.paint(painted("carpet", 0x8a2f2c, "rug_persian"));
    rug.box({0, 0.55, 0.006}, {2.9, 2.0, 0.012}, 0.004);
    set.add("rug", rug.finish());

    ShapeMaker decor("furniture", "fabric");
    const Paint cloth = painted("fabric", 0x54707a), pillow = painted("fabric", 0xc98a3a);
    add_sofa(decor, {-2.55, 0.5, 0}, -90, 2.1, cloth, pillow);
    add_sofa(decor, {2.75, 1.25, 0}, 118, 1.0, painted("leather", 0x6b3f25),
             painted("wool", 0xe6dcc6));
    add_bookcase(decor, {-2.6, high.y, 0}, 180, 1.2, 1.15, 0.28, 3, options.seed + 2,
                 painted("wood", 0x6b4426, "grain_uv"));
    add_cabinet(decor, {high.x, -0.6, 0}, 90, {1.5, 0.42, 0.55}, 3, 1,
                painted("wood", 0x7b4f2c, "grain_uv"), plain("brass"));
    decor.paint(painted("plastic", 0x0d0e10));
    decor.box({3.66, -0.6, 0.98}, {0.05, 1.25, 0.72}, 0.012);
    decor.paint(painted("plastic", 0x08090a, "screen_off"));
    decor.box({3.632, -0.6, 0.98}, {0.006, 1.2, 0.67});
    add_plant(decor, {3.3, 2.65, 0}, 1.5, options.seed + 6);
    add_curtain(decor, {3.35, high.y - 0.05, 2.6}, 180, 0.55, 2.55, 6, painted("fabric", 0xd8c8a4));
    add_curtain(decor, {0.98, high.y - 0.05, 2.6}, 180, 0.42, 2.55, 5, painted("fabric", 0xd8c8a4));
    add_table_lamp(decor, {-2.2, high.y - 0.16, 1.15}, painted("ceramic", 0x3f7a78),
                   set.night() ? 2.2f : 0.9f);
    add_table_lamp(decor, {-0.35, fy - 0.12, 1.15}, plain("brass"), set.night() ? 2.2f : 0.7f);
    for (const double x : {0.35, 0.47}) {
        decor.paint(plain("brass"));
        decor.lathe({x, fy - 0.13, 1.15}, {{0.035, 0}, {0.012, 0.03}, {0.012, 0.1}, {0.02, 0.12}},
                    14);
        decor.paint(painted("wax", 0xf3ead2));
        decor.cylinder({x, fy - 0.13, 1.27}, {x, fy - 0.13, 1.45}, 0.011, -1, 12);
    }
    set.add("furniture", decor.finish());
    ShapeMaker low_table("coffee_table", "wood");
    add_table(low_table, {-1.15, 0.5, 0}, 90, {1.0, 0.55, 0.42}, 0.03,
              painted("wood", 0x9a6334, "grain_uv"), painted("wood", 0x5c3820, "paint"));
    add_books(low_table, {-1.3, 0.3, 0.42}, 70, 0.12, 0.2, 0.03, 5);
    set.add("coffee_table", low_table.finish());

    const double evening = set.night() ? 1.6 : 0.7;
    set.sphere_lamp({-2.2, high.y - 0.16, 1.52}, 0.09, 550 * evening, 2700).invisible = true;
    set.sphere_lamp({-0.35, fy - 0.12, 1.52}, 0.09, 420 * evening, 2700).invisible = true;
    set.ceiling_panel({0, -0.4, high.z - 0.03}, 0.7, 0.7, set.night() ? 3200 : 2200, 3100);
    set.rectangle_lamp({-1.4, -3.6, 2.5}, {0.4, 1.2, 0.7}, 1.8, 1.0, 2300, 4300).invisible = true;

    set.room(low, high, "wood", "plaster", "plaster");
    set.anchor("stage", {0.2, 0.2, 0.012}, 0, 1.2);
    set.anchor("sofa", {-2.4, 0.5, 0.45}, 0, 0.5);
    set.anchor("table_top", {-1.15, 0.5, 0.42}, 90, 0.2);
    set.anchor("shelf_edge", {-2.6, high.y - 0.25, 1.15}, -90, 0.2);
    set.anchor("door", {high.x - 0.6, -2.4, 0}, 180, 0.5);
    set.anchor("window", {2.15, high.y - 0.2, 0.6}, -90, 0.4);
    set.camera({-0.5, -3.3, 1.4}, {0.15, 1.2, 0.85}, 27);
    set.model().ambience = "room";
    return set.finish();
}

}  // namespace world
