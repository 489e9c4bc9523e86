// A sandy bay: sea to the horizon beyond the stage, palms and dunes to the sides, a headland.
#include <cmath>

#include "world/sets/dressing/nature.h"
#include "world/sets/dressing/street_things.h"
#include "world/sets/places.h"

namespace world {

using base::Vec3;

SetModel build_beach(const SetOptions& options) {
    SetBuilder set("beach", options);
    constexpr double kShore = 6.5;  // y where the sand meets the rest level
    const auto relief = [&](double x, double y) {
        const double slope = y > 3.5 ? -(y - 3.5) * 0.075 : 0;
        const double dune = 0.9 * std::max(0.0, ground_fbm(x * 0.09, y * 0.12, 71, 4) + 0.15) *
                            std::clamp((std::abs(x) - 5) / 12, 0.0, 1.0) *
                            std::clamp((4 - y) / 8, 0.0, 1.0);
        const double ripple = 0.035 * ground_fbm(x * 0.5, y * 0.5, 72, 3);
        return std::max(-3.0, slope) + dune * 2.2 + ripple;
    };
    add_ground(set, {-70, -28, 0}, {70, 60, 0}, 110, 90, plain("sand", "sand_ripples"), 3.2,
               relief);
    Water water;
    water.level_z_m = -0.22;
    water.low = {-400, kShore, -3};
    water.high = {400, 900, -0.22};
    set.model().water = water;
    for (int i = 0; i < 5; ++i) {
        const double x[] = {-9.5, -12.2, -8.1, 11.0, 14.2}, y[] = {4.5, 1.0, -1.5, 5.5, 0.5};
        const ShapePtr palm =
            make_palm(6.0 + 0.7 * i, options.seed + static_cast<uint64_t>(i) + 40);
        set.add("palm_" + std::to_string(i + 1), palm,
                placed({x[i], y[i], relief(x[i], y[i]) - 0.1}, 70.0 * i), "tree");
    }
    const ShapePtr tuft = make_grass_tuft(0.5, 0.6, 90, options.seed, 0x8a9a55);
    for (int i = 0; i < 14; ++i) {
        const double x = (i % 2 ? 1 : -1) * set.rng().uniform(5.5, 13),
                     y = set.rng().uniform(-3, 3.5);
        set.add("marram_" + std::to_string(i + 1), tuft,
                placed({x, y, relief(x, y) * 0.9 - 0.02}, 50.0 * i), "grass");
    }
    const ShapePtr rock = make_boulder(1.3, options.seed + 3, 0x75706a);
    const double rx[] = {7.5, 8.6, 9.2, -6.6}, ry[] = {7.4, 8.2, 7.0, 8.6};
    for (int i = 0; i < 4; ++i) {
        set.add("rock_" + std::to_string(i + 1), rock, placed({rx[i], ry[i], -0.45}, 80.0 * i + 20),
                "rock");
    }
    {
        // Parasol and towel, a little away from the stage.
        ShapeMaker things("beach_things", "fabric");
        const Vec3 foot{-4.4, 2.6, 0};
        things.paint(painted("wood", 0xe6e0d0, "paint"));
        things.cylinder(foot, foot + Vec3{0.15, 0, 2.2}, 0.02, -1, 10);
        things.paint(painted("fabric", 0xd8432f, "parasol"));
        things.at({foot + Vec3{0.13, 0, 1.72}, base::Quat::from_axis_angle({0, 1, 0}, 0.07)});
        things.lathe({}, {{1.15, 0}, {0.7, 0.3}, {0.001, 0.46}}, 16);
        things.lathe({}, {{0.001, 0.455}, {0.7, 0.295}, {1.15, -0.005}}, 16);
        things.at(placed({-4.6, 3.0, 0}, 20)).paint(painted("cotton", 0x3a86b8, "towel_stripes"));
        things.box({0, 0, 0.012}, {0.8, 1.7, 0.02}, 0.008);
        things.at({});
        set.add("beach_things", things.finish());
        ShapeMaker boat("set_sailboat", "wood");
        boat.paint(painted("plastic", 0xf4f2ec));
        boat.quad({0, 0, 0.6}, {0, 0, 9.5}, {-3.2, 0, 0.9}, {-3.2, 0, 0.9});
        boat.quad({0, 0, 0.6}, {-3.2, 0, 0.9}, {-3.2, 0, 0.9}, {0, 0, 9.5});
        boat.quad({0.3, 0, 0.8}, {2.2, 0, 0.8}, {2.2, 0, 0.8}, {0.3, 0, 8});
        boat.ellipsoid({-0.3, 0, 0.1}, {3.2, 0.9, 0.6}, 20);
        set.add("set_sailboat", boat.finish(), placed({34, 120, -0.3}, 10), "boat");
    }
    set.add("headland",
            make_ridge(420, 6, 42, 51, painted("stone", 0x6d7f6a, "far_hills"), 22, 66, 1.2));
    set.add("headland_far",
            make_ridge(620, 3, 36, 58, painted("stone", 0x8497a2, "far_hills"), 128, 168, 0.8));
    set.outdoors({-25, -12, -1.5}, {25, 9, 14}, "sand");
    set.camera_bounds({-18, -14, 0.35}, {18, 8, 12});
    set.anchor("stage", {0, 0, 0}, 0, 3);
    set.anchor("water", {0, 11, -0.22}, 90, 3);
    set.camera({-1.9, -5.4, 1.45}, {0.5, 3.0, 1.0}, 28);
    set.model().ambience = "beach";
    return set.finish();
}

}  // namespace world
