// A winter field: smooth drifts, snow-laden spruces, a fence, blue hills.
#include <cmath>

#include "world/sets/dressing/nature.h"
#include "world/sets/dressing/street_things.h"
#include "world/sets/places.h"

namespace world {

using base::Vec3;

SetModel build_snow_field(const SetOptions& options) {
    SetBuilder set("snow_field", options);
    const auto drift = [](double x, double y) {
        const double far = std::clamp((std::hypot(x, y) - 8) / 50, 0.0, 1.0);
        return 0.3 * ground_fbm(x * 0.1, y * 0.16, 131, 4) +
               far * 6 * ground_fbm(x * 0.015, y * 0.015, 132, 3);
    };
    add_ground(set, {-120, -40, 0}, {120, 170, 0}, 110, 110, plain("snow", "snow_drifts"), 4.5,
               drift);
    const ShapePtr tall = make_conifer(12, options.seed + 1, 0x2b4a33, true);
    const ShapePtr low = make_conifer(6, options.seed + 2, 0x2f5238, true);
    for (int i = 0; i < 54; ++i) {
        const double x = (i % 2 ? 1 : -1) * set.rng().uniform(6.5, 60),
                     y = set.rng().uniform(6, 80);
        if (std::abs(x) < y * 0.16 + 3) continue;
        set.add("spruce_" + std::to_string(i + 1), i % 3 ? tall : low,
                placed({x, y, drift(x, y) - 0.15}, 67.0 * i), "tree");
    }
    ShapeMaker fence("fence", "wood");
    add_fence(fence, {-18, 8.2, 0}, {18, 9.6, 0.15}, 0.95, painted("wood", 0x6e5a48, "grain_uv"),
              false);
    fence.paint(plain("snow"));
    fence.at(placed({-18, 8.2, 0}, 2.2));
    for (int i = 0; i <= 18; ++i)
        fence.ellipsoid({i * 2.0, 0, 1.0 + 0.004 * i}, {0.075, 0.075, 0.05}, 10);
    fence.at({});
    set.add("fence", fence.finish());
    const ShapePtr rock = make_boulder(1.1, options.seed + 3, 0x77777a, "snowy_rock");
    const double rx[] = {-5.6, 6.4, 8.5}, ry[] = {4.2, 5.4, 3.2};
    for (int i = 0; i < 3; ++i) {
        set.add("rock_" + std::to_string(i + 1), rock,
                placed({rx[i], ry[i], drift(rx[i], ry[i]) - 0.3}, 80.0 * i), "rock");
    }
    set.add("near_ridge", make_ridge(330, 14, 70, 71, painted("stone", 0x5d6f7c, "far_forest_snow"),
                                     10, 170, 1.2));
    set.add("peaks",
            make_ridge(800, 110, 300, 73, painted("stone", 0x8b99a8, "snow_peaks"), 5, 175, 2.0));
    set.outdoors({-22, -12, -1}, {22, 20, 16}, "snow");
    set.camera_bounds({-12, -12, 0.4}, {12, 6, 10});
    set.anchor("stage", {0, 0, 0}, 0, 4);
    set.anchor("hill_top", {6, 30, drift(6, 30)}, -90, 2);
    set.camera({-1.9, -5.8, 1.5}, {0.5, 2.6, 1.25}, 28);
    set.model().ambience = "snow_field";
    return set.finish();
}

}  // namespace world
