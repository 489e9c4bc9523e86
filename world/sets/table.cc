// A big wooden table in a study by a window: the stage is its top.
#include <cmath>

#include "world/sets/dressing/interior.h"
#include "world/sets/places.h"
#include "world/sets/set_builder.h"

namespace world {

using base::Vec3;

namespace {
constexpr Vec3 kLow{-3.4, -3.2, 0}, kHigh{3.4, 2.6, 2.8};
constexpr double kTop = 0.76;
}  // namespace

SetModel build_table(const SetOptions& options) {
    SetBuilder set("table", options);
    // The surface in play is the table, so the floor option is about the table top.
    const Paint top = set.floor_paint(painted("wood", 0x9c6635, "table_top"));
    {
        ShapeMaker floor("floor", "wood");
        floor.paint(painted("wood", 0x7d5836, "plank_floor"));
        floor.quad({kLow.x, kLow.y, 0}, {kHigh.x, kLow.y, 0}, {kHigh.x, kHigh.y, 0},
                   {kLow.x, kHigh.y, 0});
        floor.collide_box({0, -0.3, -0.25}, {6.8, 5.8, 0.5});
        set.add("floor", floor.finish());
    }
    ShapeMaker table("table", top.material);
    table.paint(top);
    const double thick = 0.045;
    const Vec3 size{2.4, 1.5, thick};
    table.box({0, 0, kTop - thick / 2}, size, 0.008);
    table.collide_box({0, 0, kTop - thick / 2}, size);
    const Paint legs = painted("wood", 0x6e4322, "grain_uv");
    table.paint(legs);
    for (int i = 0; i < 4; ++i) {
        const double x = (i & 1 ? 1 : -1) * 1.06, y = (i & 2 ? 1 : -1) * 0.62;
        table.lathe({x, y, 0},
                    {{0.03, 0},
                     {0.036, 0.05},
                     {0.03, 0.12},
                     {0.045, 0.35},
                     {0.05, 0.5},
                     {0.035, 0.54},
                     {0.05, 0.57},
                     {0.05, 0.62}},
                    18);
        table.box({x, y, 0.67}, {0.1, 0.1, 0.1}, 0.004);
        table.collide_box({x, y, 0.36}, {0.09, 0.09, 0.71});
    }
    table.box({0, 0.62, 0.66}, {2.05, 0.025, 0.11}, 0.003);
    table.box({0, -0.62, 0.66}, {2.05, 0.025, 0.11}, 0.003);
    table.box({1.06, 0, 0.66}, {0.025, 1.2, 0.11}, 0.003);
    table.box({-1.06, 0, 0.66}, {0.025, 1.2, 0.11}, 0.003);
    set.add("table", table.finish());

    const Paint paint = set.wall_paint(painted("plaster", 0x8fa08c));
    const double wall = 0.25, height = kHigh.z;
    const Vec3 sw{kLow.x, kLow.y, 0}, se{kHigh.x, kLow.y, 0}, ne{kHigh.x, kHigh.y, 0},
        nw{kLow.x, kHigh.y, 0};
    ShapeMaker walls("wall", paint.material);
    walls.paint(paint);
    const std::vector<Opening> back{{4.75, 0.85, 1.7, 1.55}};
    const std::vector<Opening> left{{2.4, 0.85, 1.6, 1.5}};
    SetBuilder::wall(walls, ne, nw, height, wall, back);
    SetBuilder::wall(walls, se, ne, height, wall);
    SetBuilder::wall(walls, sw, se, height, wall);
    SetBuilder::wall(walls, nw, sw, height, wall, left);
    set.window(walls, ne, nw, wall, back[0], 4200, 1, 2);
    set.window(walls, nw, sw, wall, left[0], 6800, 1, 2);
    add_skirting(walls, kLow, kHigh, 0.12, painted("wood", 0xede6d8, "paint"));
    add_picture(walls, {2.35, kHigh.y, 2.05}, 180, 0.62, 0.5, plain("paper", "painting_landscape"),
                painted("wood", 0x3a2616, "paint"));
    add_door(walls, {kHigh.x, -1.7, 0}, 90, 0.85, 2.03);
    set.add("wall", walls.finish());

    ShapeMaker ceiling("ceiling", "plaster");
    ceiling.paint(painted("plaster", 0xf4f0e6));
    ceiling.solid({0, -0.3, height + 0.1}, {7.3, 6.3, 0.2});
    set.add("ceiling", ceiling.finish());

    ShapeMaker decor("study_furniture", "wood");
    add_bookcase(decor, {0.55, kHigh.y, 0}, 180, 1.5, 2.1, 0.28, 6, options.seed + 1,
                 painted("wood", 0x5f3b20, "grain_uv"));
    add_curtain(decor, {-0.28, kHigh.y - 0.04, 2.55}, 180, 0.55, 2.45, 6,
                painted("fabric", 0xb9a581));
    add_curtain(decor, {-2.45, kHigh.y - 0.04, 2.55}, 180, 0.55, 2.45, 6,
                painted("fabric", 0xb9a581));
    add_radiator(decor, {-1.35, kHigh.y, 0}, 180, 1.2);
    add_plant(decor, {2.75, 1.95, 0}, 1.25, options.seed + 4);
    const Paint chair = painted("wood", 0x5f3b20, "grain_uv");
    add_chair(decor, {0.55, 1.05, 0}, 176, chair, painted("leather", 0x40552f));
    add_chair(decor, {-0.75, 1.1, 0}, 187, chair, painted("leather", 0x40552f));
    // Floor lamp in the corner.
    decor.paint(plain("brass"));
    decor.cylinder({1.85, 2.15, 0}, {1.85, 2.15, 0.025}, 0.14, -1, 28);
    decor.cylinder({1.85, 2.15, 0}, {1.85, 2.15, 1.5}, 0.011, -1, 12);
    Paint shade = painted("paper", 0xf2dfb8);
    shade.emission = set.night() ? 1.6f : 0.5f;
    decor.paint(shade);
    decor.lathe({1.85, 2.15, 0}, {{0.22, 1.36}, {0.13, 1.66}}, 28);
    set.add("study_furniture", decor.finish());
    set.sphere_lamp({1.85, 2.15, 1.52}, 0.1, set.night() ? 900 : 420, 2700).invisible = true;

    // A soft key from above the camera's left: what a photographer would hang there.
    set.rectangle_lamp({-1.5, -1.7, 2.65}, {0, 0.1, kTop}, 1.1, 1.1, set.night() ? 3200 : 3600,
                       4300)
        .invisible = true;
    set.sphere_lamp({0.2, -0.2, 2.52}, 0.22, set.night() ? 1800 : 900, 3000).invisible = true;

    set.room(kLow, kHigh, "wood", "plaster", "plaster");
    set.anchor("stage", {0, 0, kTop}, 0, 0.7);
    set.anchor("table_top", {0, 0, kTop}, 0, 0.7);
    set.anchor("window", {-1.35, kHigh.y - 0.2, 0.9}, -90, 0.4);
    set.anchor("door", {kHigh.x - 0.5, -1.7, 0}, 180, 0.5);
    set.camera({-0.35, -1.75, 1.42}, {0.05, 0.15, 0.80}, 35);
    set.model().ambience = "room";
    return set.finish();
}

}  // namespace world
