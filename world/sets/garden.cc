// A back garden: lawn, flower beds, apple tree, picket fence, the house with its terrace.
#include <cmath>

#include "world/sets/dressing/interior.h"
#include "world/sets/dressing/nature.h"
#include "world/sets/dressing/street_things.h"
#include "world/sets/places.h"

namespace world {

using base::Vec3;

SetModel build_garden(const SetOptions& options) {
    SetBuilder set("garden", options);
    add_ground(set, {-40, -20, 0}, {40, 50, 0}, 60, 60, plain("grass", "lawn"), 5.0,
               [](double x, double y) { return 0.15 * ground_fbm(x * 0.1, y * 0.1, 95, 3); });
    ShapeMaker house("house", "brick");
    HouseStyle style;
    style.wall = set.wall_paint(painted("brick", 0xa8614a, "brick_wall"));
    style.trim = painted("plaster", 0xf0ece2);
    style.roof = painted("clay", 0x6e4034, "roof_tiles");
    style.floors = 2;
    add_house_front(set, house, {-13.5, 9.5, 0}, 0, 9.5, style, options.seed + 1);
    house.paint(painted("stone", 0xb5ad9c, "flagstones"));
    house.solid({-8.7, 8.0, 0.04}, {9.5, 3.0, 0.08}, 0.01);
    set.add("house", house.finish(), {}, "house");
    ShapeMaker fence("fence", "wood");
    add_fence(fence, {-4.0, 9.6, 0}, {16, 9.6, 0}, 1.15, painted("wood", 0xf2efe6, "paint"), true);
    add_fence(fence, {16, 9.6, 0}, {16, -8, 0}, 1.15, painted("wood", 0xf2efe6, "paint"), true);
    add_fence(fence, {-14, -8, 0}, {-14, 9.6, 0}, 1.15, painted("wood", 0xf2efe6, "paint"), true);
    set.add("fence", fence.finish());
    {
        ShapeMaker soil("flower_bed", "sand");
        soil.paint(painted("sand", 0x4a3424, "soil"));
        for (const double y : {8.7}) soil.box({5.5, y, 0.03}, {18, 1.3, 0.08}, 0.03);
        set.add("flower_bed", soil.finish());
    }
    const unsigned flowers[] = {0xe04a5f, 0xf2c230, 0xf4f0ea, 0x8a5ac8, 0xf08a3a};
    for (int i = 0; i < 17; ++i) {
        const ShapePtr bush =
            make_bush(0.62 + 0.1 * (i % 3), options.seed + 20 + i % 5, 0x4f7d35, flowers[i % 5]);
        set.add("flowers_" + std::to_string(i + 1), bush,
                placed({-2.6 + 1.02 * i, 8.65 + 0.2 * std::sin(i * 2.2), 0.04}, 71.0 * i),
                "flower");
    }
    const ShapePtr apple = make_broadleaf(5.2, options.seed + 3, 0x5f8f3a, 2300);
    set.add("apple_tree", apple, placed({5.6, 5.4, -0.03}, 30), "tree");
    set.add("apple_tree_2", apple, placed({-6.6, 6.1, -0.03}, 190), "tree");
    ShapePtr far[2] = {make_broadleaf(11, options.seed + 4, 0x55803a, 2200),
                       make_conifer(11, options.seed + 5)};
    for (int i = 0; i < 13; ++i) {
        set.add("far_tree_" + std::to_string(i + 1), far[i % 3 == 2],
                placed({-26 + 4.6 * i, 17.0 + 5 * (i % 3), -0.05}, 47.0 * i), "tree");
    }
    const ShapePtr tuft = make_grass_tuft(0.6, 0.13, 170, options.seed + 8, 0x68903c);
    for (int i = 0; i < 34; ++i) {
        const double a = set.rng().uniform(0, 6.283), r = set.rng().uniform(2.6, 7.5);
        set.add("tuft_" + std::to_string(i + 1), tuft,
                placed({r * std::cos(a), r * std::sin(a), 0}, a * 57), "grass");
    }
    {
        ShapeMaker things("garden_things", "wood");
        add_park_bench(things, {2.4, 6.9, 0}, 180);
        things.paint(painted("steel", 0x5f8a86, "paint"));
        things.lathe({-3.5, 7.2, 0},
                     {{0.13, 0}, {0.14, 0.3}, {0.12, 0.31}, {0.115, 0.02}, {0.001, 0.02}}, 22);
        things.tube({{-3.37, 7.2, 0.08}, {-3.12, 7.2, 0.22}, {-3.02, 7.2, 0.36}}, 0.016, 8);
        things.tube({{-3.63, 7.2, 0.05}, {-3.78, 7.2, 0.18}, {-3.66, 7.2, 0.34}, {-3.5, 7.2, 0.36}},
                    0.01, 8);
        add_table(things, {-9.2, 8.2, 0.08}, 0, {1.0, 1.0, 0.72}, 0.03,
                  painted("wood", 0xb98a58, "grain_uv"), painted("wood", 0xe8e4da, "paint"));
        add_chair(things, {-10.1, 8.2, 0.08}, -90, painted("wood", 0xe8e4da, "paint"),
                  painted("wood", 0xe8e4da, "paint"));
        add_chair(things, {-8.3, 8.2, 0.08}, 90, painted("wood", 0xe8e4da, "paint"),
                  painted("wood", 0xe8e4da, "paint"));
        set.add("garden_things", things.finish());
    }
    set.outdoors({-13, -9, 0}, {15, 9, 8}, "grass");
    set.camera_bounds({-12, -9, 0.2}, {13, 7, 7});
    set.anchor("stage", {0, 0, 0}, 0, 4);
    set.anchor("bench", {2.4, 6.7, 0.47}, -90, 0.5);
    set.anchor("table_top", {-9.2, 8.2, 0.80}, 0, 0.35);
    set.anchor("door", {-8.7, 9.0, 0.08}, -90, 0.5);
    set.camera({-1.6, -5.2, 1.4}, {0.4, 1.8, 1.0}, 28);
    set.model().ambience = "garden";
    return set.finish();
}

}  // namespace world
