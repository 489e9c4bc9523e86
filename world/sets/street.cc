// A street of an old town: road with kerbs along x, terraced fronts beyond it, lamps, parked cars.
#include "world/sets/dressing/nature.h"
#include "world/sets/dressing/street_things.h"
#include "world/sets/places.h"
#include "world/sets/set_builder.h"

namespace world {

using base::Vec3;

SetModel build_street(const SetOptions& options) {
    SetBuilder set("street", options);
    const double half = 3.6, kerb = 0.13, reach = 60;
    {
        const Paint road = set.floor_paint(plain("asphalt", "road"));
        ShapeMaker floor("floor", road.material);
        floor.paint(road);
        floor.quad({-reach, -half, 0}, {reach, -half, 0}, {reach, half, 0}, {-reach, half, 0});
        floor.collide_box({0, 0, -0.25}, {2 * reach, 2 * half, 0.5});
        set.add("floor", floor.finish()).kind = "road";
    }
    {
        ShapeMaker walk("pavement", "concrete");
        walk.paint(painted("concrete", 0xa9a59c, "pavement"));
        for (const double side : {1.0, -1.0}) {
            const double y0 = side * (half + 0.15), y1 = side * (half + 3.6);
            const double lo = std::min(y0, y1), hi = std::max(y0, y1);
            walk.quad({-reach, lo, kerb}, {reach, lo, kerb}, {reach, hi, kerb}, {-reach, hi, kerb});
            walk.collide_box({0, (lo + hi) / 2, kerb / 2 - 0.2}, {2 * reach, hi - lo, kerb + 0.4});
        }
        set.add("pavement", walk.finish());
        ShapeMaker stones("kerb", "stone");
        stones.paint(painted("stone", 0x9c9a94, "grain_uv"));
        for (const double side : {1.0, -1.0}) {
            for (int i = 0; i < 40; ++i) {
                stones.box({-39 + 2.0 * i, side * (half + 0.075), kerb / 2 + 0.004},
                           {1.99, 0.15, kerb}, 0.02);
            }
            stones.collide_box({0, side * (half + 0.075), kerb / 2 - 0.2},
                               {2 * reach, 0.15, kerb + 0.4});
        }
        set.add("kerb", stones.finish());
    }
    {
        ShapeMaker houses("wall", "brick");
        const unsigned walls[] = {0xa4553f, 0xd9c7a3, 0xb9c2bd, 0x8f4a3a,
                                  0xd8a98a, 0xe3dccb, 0xa65f45, 0x9db0bd};
        double x = -46;
        for (int i = 0; i < 13; ++i) {
            HouseStyle style;
            const unsigned colour = walls[i % 8];
            const bool brick = colour == 0xa4553f || colour == 0x8f4a3a || colour == 0xa65f45;
            style.wall = set.wall_paint(brick ? painted("brick", colour, "brick_wall")
                                              : painted("plaster", colour, "render_wall"));
            style.trim = painted("plaster", 0xe9e4d8);
            style.roof = painted("clay", 0x7c4636, "roof_tiles");
            style.floors = 2 + (i * 7) % 3;
            style.shop = i % 4 == 2;
            style.awning_srgb = i % 8 == 2 ? 0x2c5f4a : 0xa5332b;
            const double width = 6.2 + (i * 5 % 4) * 0.7;
            add_house_front(set, houses, {x, half + 3.6, 0}, 0, width, style,
                            options.seed * 31 + i);
            x += width;
        }
        // The row behind the camera closes the street: plain blocks, seen in reflections only.
        houses.paint(painted("brick", 0x9a5a45, "brick_wall"));
        houses.solid({0, -half - 3.6 - 4, 5}, {100, 8, 10});
        // The far ends.
        houses.paint(painted("plaster", 0xcdbfa2, "render_wall"));
        houses.solid({62, 0, 5.5}, {4, 24, 11});
        houses.solid({-62, 0, 5.5}, {4, 24, 11});
        set.add("wall", houses.finish());
    }
    {
        ShapeMaker things("street_furniture", "iron");
        for (int i = 0; i < 5; ++i) {
            add_street_lamp(set, things, {-26 + 13.0 * i, half + 0.75, kerb}, 0);
        }
        // Hydrant, bin, letter box.
        things.paint(painted("iron", 0xb8281f, "paint"));
        things.lathe({4.4, half + 0.7, kerb},
                     {{0.13, 0},
                      {0.13, 0.08},
                      {0.1, 0.1},
                      {0.1, 0.5},
                      {0.13, 0.54},
                      {0.1, 0.62},
                      {0.03, 0.7},
                      {0.001, 0.72}},
                     18);
        things.cylinder({4.25, half + 0.7, kerb + 0.4}, {4.55, half + 0.7, kerb + 0.4}, 0.05, -1,
                        12);
        things.collide_cylinder({4.4, half + 0.7, kerb}, {4.4, half + 0.7, kerb + 0.7}, 0.12);
        things.paint(painted("steel", 0x33423a, "paint"));
        things.lathe({-3.4, half + 0.9, kerb},
                     {{0.2, 0},
                      {0.24, 0.75},
                      {0.26, 0.76},
                      {0.26, 0.82},
                      {0.22, 0.82},
                      {0.2, 0.7},
                      {0.001, 0.68}},
                     22);
        things.collide_cylinder({-3.4, half + 0.9, kerb}, {-3.4, half + 0.9, kerb + 0.82}, 0.25);
        add_park_bench(things, {8.6, half + 2.6, kerb}, 180);
        set.add("street_furniture", things.finish());
    }
    const unsigned paints[] = {0x9a1f22, 0x20406b, 0xd8d6cf, 0x2c4a3a, 0xc9a03a};
    const double places[] = {-14.6, -8.6, 9.8, 16.4, 22.8};
    for (int i = 0; i < 5; ++i) {
        ShapeMaker car("parked_car", "steel");
        add_parked_car(car, {}, 0, paints[i]);
        set.add("parked_car_" + std::to_string(i + 1), car.finish(),
                placed({places[i], half - 1.0, 0}, 180), "car");
    }
    const ShapePtr tree = make_broadleaf(6.5, options.seed + 5, 0x55803a, 1300);
    for (int i = 0; i < 4; ++i) {
        set.add("street_tree_" + std::to_string(i + 1), tree,
                placed({-19.5 + 13.0 * i, half + 1.1, kerb}, 77.0 * i), "tree");
    }
    set.outdoors({-40, -7.0, 0}, {40, 7.2, 12}, "asphalt");
    set.model().room.wall_material = "brick";
    set.camera_bounds({-35, -7.0, 0.1}, {35, 6.8, 14});
    set.anchor("stage", {0, 0, 0}, 0, 3.4);
    set.anchor("road_start", {-12, -1.4, 0}, 0, 1.5);
    set.anchor("road_end", {14, -1.4, 0}, 180, 1.5);
    set.anchor("door", {0.5, half + 3.0, kerb}, -90, 0.6);
    set.camera({-4.6, -6.2, 1.55}, {1.2, 2.0, 1.35}, 28);
    set.model().ambience = "street";
    return set.finish();
}

}  // namespace world
