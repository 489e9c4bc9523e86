// A clearing in a mixed wood: moss and leaf litter, spruces and beeches, a fallen log, ferns.
#include <cmath>

#include "world/sets/dressing/nature.h"
#include "world/sets/places.h"

namespace world {

using base::Vec3;

SetModel build_forest(const SetOptions& options) {
    SetBuilder set("forest", options);
    const auto relief = [](double x, double y) {
        return 0.5 * ground_fbm(x * 0.12, y * 0.12, 81, 4) +
               0.05 * ground_fbm(x * 0.9, y * 0.9, 82, 3);
    };
    const auto foot = [&](double x, double y) {
        const double beyond = std::max(std::abs(x), std::abs(y)) - 3.2;
        const double share = std::clamp(beyond / (3.2 * 0.8), 0.0, 1.0);
        return relief(x, y) * share * share * (3 - 2 * share);
    };
    add_ground(set, {-60, -40, 0}, {60, 70, 0}, 100, 100,
               painted("grass", 0x394324, "forest_floor"), 3.2, relief);
    ShapePtr trees[5] = {make_conifer(15, options.seed + 1),
                         make_conifer(12, options.seed + 2, 0x33592f),
                         make_broadleaf(13, options.seed + 3, 0x5f8a35, 1900),
                         make_broadleaf(10, options.seed + 4, 0x6f9440, 1600),
                         make_conifer(18, options.seed + 5, 0x264a2c)};
    int made = 0;
    for (int tries = 0; tries < 900 && made < 74; ++tries) {
        const double x = set.rng().uniform(-42, 42), y = set.rng().uniform(-16, 52);
        // The clearing, and a lane toward the camera, stay open.
        const double clearing = std::hypot(x / 1.15, (y - 0.5) / 1.0);
        if (clearing < 6.8 || (y < 0 && std::abs(x) < 7)) continue;
        if (clearing > 30 && set.rng().uniform() < 0.4) continue;
        bool crowded = false;
        for (const Body& body : set.model().bodies) {
            if (body.set_part == "tree" &&
                std::hypot(body.pose.translation.x - x, body.pose.translation.y - y) < 2.3) {
                crowded = true;
            }
        }
        if (crowded) continue;
        const ShapePtr& tree = trees[set.rng().below(5)];
        set.add("forest_tree_" + std::to_string(++made), tree,
                placed({x, y, foot(x, y) - 0.08}, set.rng().uniform(0, 360)), "tree");
    }
    const ShapePtr bush = make_bush(1.1, options.seed + 6, 0x4a6e2b);
    const ShapePtr fern = make_grass_tuft(0.38, 0.55, 70, options.seed + 7, 0x5f8a38);
    const ShapePtr grass = make_grass_tuft(0.7, 0.22, 160, options.seed + 8, 0x66853a);
    const ShapePtr rock = make_boulder(0.9, options.seed + 9, 0x6f6d64, "mossy_rock");
    for (int i = 0; i < 46; ++i) {
        const double a = set.rng().uniform(0, 2 * base::kPi), r = set.rng().uniform(3.6, 10);
        const double x = r * std::cos(a), y = r * std::sin(a) + 0.5;
        if (y < -2.5 && std::abs(x) < 3.5) continue;
        const uint32_t kind = set.rng().below(10);
        const ShapePtr& shape = kind < 3 ? fern : kind < 8 ? grass : kind == 8 ? bush : rock;
        if (shape == bush && r < 5.4) continue;
        set.add("undergrowth_" + std::to_string(i + 1), shape,
                placed({x, y, foot(x, y) - 0.03}, a * 57), "bush");
    }
    {
        ShapeMaker log("set_log", "wood");
        log.paint(painted("wood", 0x5b4a38, "bark"));
        log.cylinder({-1.9, 0, 0.24}, {1.9, 0.2, 0.28}, 0.27, 0.22, 22);
        log.cylinder({0.7, 0.1, 0.35}, {1.0, 0.35, 0.78}, 0.06, 0.03, 8);
        log.paint(painted("wood", 0xb78f5d, "end_grain"));
        log.cylinder({-1.905, 0, 0.24}, {-1.90, 0, 0.24}, 0.245, -1, 22);
        log.collide_cylinder({-1.9, 0, 0.24}, {1.9, 0.2, 0.28}, 0.25, "", "wood");
        set.add("set_log", log.finish(), placed({-3.9, 4.4, foot(-3.9, 4.4) - 0.03}, 24), "log");
        ShapeMaker stump("set_stump", "wood");
        stump.paint(painted("wood", 0x5b4a38, "bark"));
        stump.lathe({}, {{0.42, 0}, {0.33, 0.1}, {0.29, 0.42}}, 20);
        stump.paint(painted("wood", 0xc09a66, "end_grain"));
        stump.cylinder({0, 0, 0.41}, {0, 0, 0.43}, 0.29, -1, 20);
        stump.collide_cylinder({0, 0, 0}, {0, 0, 0.43}, 0.3, "", "wood");
        set.add("set_stump", stump.finish(), placed({4.3, 3.2, foot(4.3, 3.2)}, 0), "stump");
    }
    set.outdoors({-14, -10, 0}, {14, 12, 12}, "grass");
    set.camera_bounds({-6.5, -9, 0.25}, {6.5, 6, 7});
    set.anchor("stage", {0, 0, 0}, 0, 3);
    set.camera({-1.7, -5.9, 1.5}, {0.3, 2.0, 1.35}, 28);
    set.model().ambience = "forest";
    return set.finish();
}

}  // namespace world
