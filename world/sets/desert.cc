// Dunes, cacti, weathered rocks, mesas on the horizon.
#include <cmath>

#include "world/sets/dressing/nature.h"
#include "world/sets/places.h"

namespace world {

using base::Vec3;

SetModel build_desert(const SetOptions& options) {
    SetBuilder set("desert", options);
    const auto dune = [](double x, double y) {
        // Crests across the wind: gentle luff, steep lee.
        const double warp = 5 * ground_fbm(x * 0.02, y * 0.02, 101, 3);
        const double phase = (y * 0.85 + x * 0.35 + warp * 3) / 26;
        const double saw = phase - std::floor(phase);
        const double ridge = saw < 0.72 ? saw / 0.72 : (1 - saw) / 0.28;
        const double far = std::clamp((std::hypot(x, y) - 9) / 30, 0.0, 1.0);
        return far * (5.2 * ridge * ridge * (3 - 2 * ridge) +
                      1.5 * ground_fbm(x * 0.03, y * 0.03, 102, 3)) +
               0.12 * ground_fbm(x * 0.25, y * 0.25, 103, 3);
    };
    add_ground(set, {-160, -60, 0}, {160, 220, 0}, 150, 150,
               painted("sand", 0xd9a866, "sand_ripples"), 4.5, dune);
    const ShapePtr cactus = make_cactus(3.4, options.seed + 1),
                   small = make_cactus(2.1, options.seed + 2);
    const double cx[] = {-6.8, 7.4, -11, 13.5, 5.0}, cy[] = {7.5, 6.2, 13, 14, 19};
    for (int i = 0; i < 5; ++i) {
        set.add("cactus_" + std::to_string(i + 1), i % 2 ? small : cactus,
                placed({cx[i], cy[i], dune(cx[i], cy[i]) - 0.1}, 65.0 * i), "cactus");
    }
    const ShapePtr rock = make_boulder(1.4, options.seed + 3, 0xa86a44, "sandstone");
    const double rx[] = {-5.6, 9.0, -8.0, 6.2, 10.2}, ry[] = {5.2, 4.2, 3.4, 10.5, 8.0},
                 rs[] = {0, 0.1, 0.3, 0.2, 0};
    for (int i = 0; i < 5; ++i) {
        set.add("rock_" + std::to_string(i + 1), rock,
                placed({rx[i], ry[i], dune(rx[i], ry[i]) - 0.25 - rs[i]}, 77.0 * i), "rock");
    }
    const ShapePtr dry = make_grass_tuft(0.35, 0.4, 60, options.seed + 4, 0xb09a58);
    for (int i = 0; i < 16; ++i) {
        const double a = set.rng().uniform(0, 6.283), r = set.rng().uniform(4, 11);
        const double x = r * std::cos(a), y = r * std::sin(a) + 2;
        set.add("dry_grass_" + std::to_string(i + 1), dry,
                placed({x, y, dune(x, y) - 0.03}, 99.0 * i), "grass");
    }
    {
        // Mesas: stepped towers of red rock.
        ShapeMaker mesa("mesa", "stone");
        mesa.paint(painted("stone", 0xa0603f, "sandstone_layers"));
        const double mx[] = {-150, -60, 95, 190, 20}, my[] = {330, 420, 380, 300, 520},
                     mr[] = {42, 30, 50, 34, 60}, mh[] = {62, 74, 58, 80, 66};
        for (int i = 0; i < 5; ++i) {
            mesa.sheet(60, 12, [&](double s, double t) {
                const double a = 2 * base::kPi * s;
                const double wobble =
                    1 + 0.16 * ground_fbm(std::cos(a) * 2.2 + i * 7, std::sin(a) * 2.2 + t, 110, 4);
                const double steps[] = {2.0, 1.75, 1.55, 1.36, 1.2,  1.06, 1.03,
                                        1.0, 0.99, 0.97, 0.95, 0.93, 0.0};
                const double heights[] = {-0.1, 0.12, 0.22, 0.32, 0.42, 0.5, 0.66,
                                          0.82, 0.94, 0.98, 1.0,  1.01, 1.02};
                const int k = static_cast<int>(std::lround(t * 12));
                const double r = mr[i] * steps[k] * wobble;
                return Vec3{mx[i] + r * std::cos(a), my[i] + r * std::sin(a), mh[i] * heights[k]};
            });
        }
        set.add("mesa", mesa.finish());
    }
    set.add("far_range",
            make_ridge(900, 20, 90, 61, painted("stone", 0xb08a74, "far_hills"), 15, 165, 1.0));
    set.outdoors({-25, -14, -1}, {25, 25, 18}, "sand");
    set.camera_bounds({-12, -12, 0.4}, {12, 6, 12});
    set.anchor("stage", {0, 0, 0}, 0, 4);
    set.anchor("hill_top", {0, 24, dune(0, 24)}, -90, 1.5);
    set.camera({-2.0, -6.2, 1.5}, {0.5, 3.0, 1.35}, 27);
    set.model().ambience = "desert";
    return set.finish();
}

}  // namespace world
