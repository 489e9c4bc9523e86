// A city park: lawn, gravel path, benches, lamps, old trees, a low wall of houses far behind.
#include <cmath>

#include "world/sets/dressing/nature.h"
#include "world/sets/dressing/street_things.h"
#include "world/sets/places.h"

namespace world {

using base::Vec3;

SetModel build_park(const SetOptions& options) {
    SetBuilder set("park", options);
    const auto relief = [](double x, double y) {
        return 0.35 * ground_fbm(x * 0.06, y * 0.06, 91, 3);
    };
    add_ground(set, {-80, -40, 0}, {80, 100, 0}, 80, 80, plain("grass", "lawn"), 4.5, relief);
    {
        ShapeMaker path("path", "sand");
        path.paint(painted("sand", 0xb9a27d, "gravel"));
        path.sheet(120, 6, [&](double s, double t) {
            const double x = -60 + 120 * s, y = 6.4 + 0.9 * std::sin(x * 0.12) + (t - 0.5) * 2.2;
            const double beyond = std::max(std::abs(x), std::abs(y)) - 4.5;
            const double share = std::clamp(beyond / 3.6, 0.0, 1.0);
            return Vec3{x, y,
                        relief(x, y) * share * share * (3 - 2 * share) + 0.015 +
                            0.015 * std::sin(base::kPi * t)};
        });
        set.add("path", path.finish());
    }
    ShapePtr trees[3] = {make_broadleaf(10, options.seed + 1, 0x5a8a34, 2400),
                         make_broadleaf(12, options.seed + 2, 0x4c7a2d, 2400),
                         make_broadleaf(8, options.seed + 3, 0x7a9a3c, 2000)};
    const double tx[] = {-9, -14, 8.5, 14, -4, 4.5, 20, -22, -30, 30, 12, -12, 0, 38, -40, 24, -18};
    const double ty[] = {9.5, 4, 10.5, 5.5, 17, 19, 12, 13, 22, 20, 24, 27, 33, 30, 30, 34, 36};
    for (int i = 0; i < 17; ++i) {
        set.add("park_tree_" + std::to_string(i + 1), trees[i % 3],
                placed({tx[i], ty[i], relief(tx[i], ty[i]) - 0.05}, 53.0 * i), "tree");
    }
    ShapePtr bushes[3] = {make_bush(1.3, options.seed + 5),
                          make_bush(1.1, options.seed + 6, 0x47702c, 0xd85a7a),
                          make_bush(1.2, options.seed + 7, 0x55803a, 0xf0d24a)};
    for (int i = 0; i < 14; ++i) {
        const double x = -13 + 2.0 * i + 0.4 * std::sin(i * 3.0), y = 8.6 + 0.5 * std::cos(i * 2.0);
        if (std::abs(x - 1.5) < 1.4) continue;
        set.add("park_bush_" + std::to_string(i + 1), bushes[i % 3],
                placed({x, y, -0.02}, 40.0 * i), "bush");
    }
    ShapeMaker things("park_things", "wood");
    add_park_bench(things, {1.4, 7.9, 0.03}, 180);
    add_park_bench(things, {-6.2, 8.2, 0.03}, 180);
    for (int i = 0; i < 4; ++i)
        add_street_lamp(set, things, {-17.5 + 11.0 * i, 5.0 + 0.6 * (i % 2), 0}, 0, 3.6);
    set.add("park_things", things.finish(), {}, "bench");
    ShapeMaker houses("far_houses", "plaster");
    houses.paint(painted("plaster", 0xc9bda6, "facade"));
    for (int i = 0; i < 11; ++i) {
        const double h = 12 + 4 * ((i * 7) % 3);
        houses.box({-75 + 15.0 * i, 92, h / 2}, {14.2, 10, h});
    }
    set.add("far_houses", houses.finish());
    set.outdoors({-20, -12, 0}, {20, 14, 12}, "grass");
    set.camera_bounds({-14, -12, 0.2}, {14, 6, 9});
    set.anchor("stage", {0, 0, 0}, 0, 4);
    set.anchor("bench", {1.4, 7.7, 0.5}, -90, 0.5);
    set.camera({-1.9, -5.6, 1.5}, {0.4, 1.6, 1.2}, 28);
    set.model().ambience = "park";
    return set.finish();
}

}  // namespace world
