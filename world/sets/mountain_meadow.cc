// An alpine meadow: flowers in the grass, spruces, a wooden hut, snow peaks behind.
#include <cmath>

#include "world/sets/dressing/nature.h"
#include "world/sets/dressing/street_things.h"
#include "world/sets/places.h"

namespace world {

using base::Vec3;

SetModel build_mountain_meadow(const SetOptions& options) {
    SetBuilder set("mountain_meadow", options);
    const auto hills = [](double x, double y) {
        const double far = std::clamp((std::hypot(x, y) - 8) / 60, 0.0, 1.0);
        return 0.25 * ground_fbm(x * 0.15, y * 0.15, 121, 3) +
               far * (9 * ground_fbm(x * 0.014, y * 0.014, 122, 4) + 3 * far * std::abs(x) / 60);
    };
    add_ground(set, {-150, -40, 0}, {150, 210, 0}, 120, 120, painted("grass", 0x6f8f3c, "meadow"),
               4.5, hills);
    ShapePtr tufts[4] = {make_grass_tuft(0.7, 0.28, 200, options.seed + 1, 0x7c9a44),
                         make_grass_tuft(0.6, 0.22, 170, options.seed + 2, 0x6a9038),
                         make_bush(0.42, options.seed + 3, 0x6a9038, 0xf4d03a),
                         make_bush(0.36, options.seed + 4, 0x6a9038, 0x8a6ad8)};
    for (int i = 0; i < 110; ++i) {
        const double a = set.rng().uniform(0, 6.283), r = 2.4 + 9 * std::sqrt(set.rng().uniform());
        const double x = r * std::cos(a), y = r * std::sin(a) + 1.5;
        const ShapePtr& shape = tufts[i % 7 < 4 ? 0 : i % 7 == 4 ? 1 : i % 7 == 5 ? 2 : 3];
        set.add("meadow_" + std::to_string(i + 1), shape,
                placed({x, y, hills(x, y) * 0.8 - 0.02}, a * 57), "grass");
    }
    const ShapePtr spruce = make_conifer(14, options.seed + 5),
                   young = make_conifer(8, options.seed + 6, 0x35602f);
    for (int i = 0; i < 60; ++i) {
        const double side = i % 2 ? 1 : -1;
        const double x = side * set.rng().uniform(12, 70), y = set.rng().uniform(10, 110);
        if (std::abs(x) < y * 0.25) continue;
        set.add("spruce_" + std::to_string(i + 1), i % 3 ? spruce : young,
                placed({x, y, hills(x, y) - 0.2}, 61.0 * i), "tree");
    }
    const ShapePtr rock = make_boulder(1.0, options.seed + 7, 0x8e8b84, "mossy_rock");
    const double rx[] = {-5.4, 5.8, 6.9, -8.6}, ry[] = {4.0, 6.2, 5.6, 8.5};
    for (int i = 0; i < 4; ++i) {
        set.add("rock_" + std::to_string(i + 1), rock,
                placed({rx[i], ry[i], hills(rx[i], ry[i]) - 0.15}, 80.0 * i), "rock");
    }
    {
        ShapeMaker hut("set_hut", "wood");
        hut.paint(painted("wood", 0x6b4a2e, "wood_panelling"));
        hut.solid({0, 0, 1.3}, {5.4, 4.2, 2.6}, 0.02);
        for (const double s : {-1.0, 1.0}) {
            hut.quad({s * 2.7, -2.1 * s, 2.6}, {s * 2.7, 2.1 * s, 2.6}, {s * 2.7, 0, 4.2},
                     {s * 2.7, 0, 4.2});
        }
        hut.paint(painted("wood", 0x5a5048, "roof_tiles"));
        for (const double s : {-1.0, 1.0}) {
            hut.quad({s * -3.2, s * -2.7, 2.15}, {s * 3.2, s * -2.7, 2.15}, {s * 3.2, 0, 4.3},
                     {s * -3.2, 0, 4.3});
        }
        hut.paint(painted("stone", 0x8a857b, "stone_wall"));
        hut.box({0, 0, 0.25}, {5.6, 4.4, 0.5}, 0.03);
        hut.box({1.5, 0.4, 4.2}, {0.6, 0.6, 1.6}, 0.02);
        hut.paint(painted("wood", 0x3b2a1c, "paint"));
        hut.box({-1.2, -2.12, 1.3}, {0.95, 0.08, 1.9}, 0.02);
        hut.paint(set.dark_enough_for_lamps() ? glowing(0xffc873, 0.9f)
                                              : painted("glass", 0x1d252c, "window_pane"));
        hut.box({0.9, -2.11, 1.6}, {0.9, 0.05, 0.8});
        hut.paint(painted("wood", 0xa33b2c, "paint"));
        hut.box({0.28, -2.14, 1.6}, {0.34, 0.05, 0.86}, 0.01);
        hut.box({1.52, -2.14, 1.6}, {0.34, 0.05, 0.86}, 0.01);
        set.add("set_hut", hut.finish(), placed({12.5, 23, hills(12.5, 23) - 0.3}, -18), "house");
    }
    ShapeMaker fence("fence", "wood");
    add_fence(fence, {-16, 9.5, -0.1}, {16, 11.5, 0.1}, 1.0, painted("wood", 0x8a7358, "grain_uv"),
              false);
    set.add("fence", fence.finish());
    set.add("near_ridge",
            make_ridge(380, 20, 95, 65, painted("stone", 0x4f6a45, "far_forest"), 10, 170, 1.2));
    set.add("peaks",
            make_ridge(900, 150, 430, 67, painted("stone", 0x76808c, "snow_peaks"), 5, 175, 2.2));
    set.outdoors({-22, -12, -1}, {22, 25, 18}, "grass");
    set.camera_bounds({-12, -12, 0.35}, {12, 6, 10});
    set.anchor("stage", {0, 0, 0}, 0, 4);
    set.anchor("hill_top", {-20, 40, hills(-20, 40)}, -90, 2);
    set.camera({-1.9, -5.8, 1.5}, {0.5, 3.0, 1.5}, 27);
    set.model().ambience = "meadow";
    return set.finish();
}

}  // namespace world
