// A mountain lake: a jetty, reeds, stones on the shore, woods and hills across the water.
#include <cmath>

#include "world/sets/dressing/nature.h"
#include "world/sets/places.h"

namespace world {

using base::Vec3;

SetModel build_lake(const SetOptions& options) {
    SetBuilder set("lake", options);
    constexpr double kShore = 4.6;
    const auto shore = [](double x, double y) {
        const double edge = kShore + 1.1 * ground_fbm(x * 0.12, 0, 141, 3) - 0.02 * x * x * 0.05;
        const double beyond = y - edge + 1.2;
        const double slope = beyond > 0 ? -0.16 * beyond : 0.02 * -beyond;
        return std::max(-2.6, slope) + 0.08 * ground_fbm(x * 0.4, y * 0.4, 142, 3);
    };
    add_ground(set, {-90, -40, 0}, {90, 60, 0}, 110, 100, painted("grass", 0x66853c, "lake_shore"),
               2.8, shore);
    Water water;
    water.level_z_m = -0.3;
    water.low = {-260, 2.5, -2.6};
    water.high = {260, 330, -0.3};
    set.model().water = water;
    {
        ShapeMaker jetty("jetty", "wood");
        jetty.paint(painted("wood", 0x8f7a5f, "grain_uv"));
        for (int i = 0; i < 42; ++i)
            jetty.box({0, 0.07 + 0.155 * i, -0.02}, {1.5, 0.145, 0.04}, 0.006);
        jetty.collide_box({0, 3.25, -0.02}, {1.5, 6.5, 0.04}, "", "wood");
        for (int i = 0; i < 4; ++i) {
            for (const double x : {-0.68, 0.68}) {
                jetty.cylinder({x, 0.6 + 1.9 * i, -2.6}, {x, 0.6 + 1.9 * i, i == 3 ? 0.55 : 0.1},
                               0.08, -1, 12);
            }
        }
        jetty.box({-0.6, 3.25, -0.11}, {0.1, 6.4, 0.14});
        jetty.box({0.6, 3.25, -0.11}, {0.1, 6.4, 0.14});
        set.add("jetty", jetty.finish(), placed({3.9, 3.6, 0.10}, 0));
        ShapeMaker boat("set_rowing_boat", "wood");
        boat.paint(painted("wood", 0x2f5f7a, "paint"));
        const auto hull = [](double s, double t) {
            const double x = (s - 0.5) * 3.4, taper = 1 - std::pow(std::abs(2 * s - 1), 2.6);
            const double w = 0.62 * std::max(0.02, taper), a = base::kPi * (t - 0.5) * 0.94;
            return Vec3{x, w * std::sin(a),
                        -0.34 * std::cos(a) * std::max(0.15, taper) + 0.16 +
                            0.12 * std::pow(std::abs(2 * s - 1), 2)};
        };
        boat.sheet(28, 12, [&](double s, double t) { return hull(s, t); });
        boat.paint(painted("wood", 0xb08a5a, "grain_uv"));
        boat.sheet(28, 12, [&](double s, double t) {
            return hull(s, 1 - t) * Vec3{0.985, 0.96, 1} + Vec3{0, 0, 0.015};
        });
        boat.box({-0.6, 0, 0.08}, {0.24, 1.0, 0.03}, 0.005);
        boat.box({0.6, 0, 0.08}, {0.24, 1.0, 0.03}, 0.005);
        set.add("set_rowing_boat", boat.finish(), placed({2.35, 8.2, -0.28}, 70), "boat");
    }
    const ShapePtr reed = make_grass_tuft(0.5, 1.3, 60, options.seed + 1, 0x7d8c48);
    for (int i = 0; i < 26; ++i) {
        const double x = (i % 2 ? 6.2 : -4.0) + (i % 2 ? 1 : -1) * set.rng().uniform(0, 9),
                     y = set.rng().uniform(5.2, 7.6);
        set.add("reed_" + std::to_string(i + 1), reed, placed({x, y, shore(x, y)}, 71.0 * i),
                "grass");
    }
    const ShapePtr rock = make_boulder(0.7, options.seed + 2, 0x817e77, "rock");
    for (int i = 0; i < 12; ++i) {
        const double x = set.rng().uniform(-12, 12), y = set.rng().uniform(3.9, 6.0);
        if (std::abs(x - 3.9) < 1.3 || std::abs(x) < 1.4) continue;
        set.add("rock_" + std::to_string(i + 1), rock, placed({x, y, shore(x, y) - 0.18}, 83.0 * i),
                "rock");
    }
    const ShapePtr grass = make_grass_tuft(0.6, 0.24, 160, options.seed + 3, 0x728f40);
    for (int i = 0; i < 36; ++i) {
        const double x = set.rng().uniform(-11, 11), y = set.rng().uniform(-4, 4.0);
        if (std::hypot(x, y) < 2.6) continue;
        set.add("grass_" + std::to_string(i + 1), grass,
                placed({x, y, shore(x, y) * 0.8 - 0.02}, 53.0 * i), "grass");
    }
    const ShapePtr birch = make_broadleaf(8, options.seed + 4, 0x7a9a40, 1800),
                   spruce = make_conifer(13, options.seed + 5);
    const double tx[] = {-9.5, -12.5, 11.5, 14.5, -16}, ty[] = {2.5, 5.0, 3.0, 5.5, 1.0};
    for (int i = 0; i < 5; ++i) {
        set.add("shore_tree_" + std::to_string(i + 1), i % 2 ? spruce : birch,
                placed({tx[i], ty[i], shore(tx[i], ty[i]) - 0.1}, 77.0 * i), "tree");
    }
    set.add("far_shore",
            make_ridge(300, 8, 46, 81, painted("stone", 0x3f5a3a, "far_forest"), 0, 180, 1.0));
    set.add("hills",
            make_ridge(620, 60, 190, 83, painted("stone", 0x6b8296, "far_hills"), 0, 180, 1.4));
    set.add("peaks",
            make_ridge(1000, 140, 360, 85, painted("stone", 0x8494a6, "snow_peaks"), 20, 160, 2.0));
    set.outdoors({-18, -10, -2}, {18, 14, 12}, "grass");
    set.camera_bounds({-12, -9, 0.35}, {12, 9, 9});
    set.anchor("stage", {0, 0, 0}, 0, 2.6);
    set.anchor("pool_edge", {3.9, 9.6, 0.10}, 90, 0.6);
    set.anchor("water", {-0.5, 11, -0.3}, 90, 3);
    set.camera({-2.2, -5.0, 1.6}, {1.0, 4.5, 0.7}, 27);
    set.model().ambience = "lake";
    return set.finish();
}

}  // namespace world
