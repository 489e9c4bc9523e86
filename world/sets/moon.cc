// The Moon: grey regolith with craters and boulders, hills, a landing stage far off, black sky.
#include <cmath>

#include "world/sets/dressing/nature.h"
#include "world/sets/places.h"

namespace world {

using base::Vec3;

SetModel build_moon(const SetOptions& options) {
    SetBuilder set("moon", options);
    struct Crater {
        double x, y, r;
    };
    std::vector<Crater> craters;
    base::Rng rng(options.seed, 91);
    for (int i = 0; i < 90; ++i) {
        const double r = 0.5 + 9 * std::pow(rng.uniform(), 3.5);
        const double a = rng.uniform(0, 2 * base::kPi), d = 6.5 + r + 75 * rng.uniform();
        craters.push_back({d * std::cos(a), d * std::sin(a), r});
    }
    const auto relief = [&](double x, double y) {
        double z = 0.12 * ground_fbm(x * 0.35, y * 0.35, 161, 4) +
                   1.6 * std::clamp((std::hypot(x, y) - 10) / 50, 0.0, 1.0) *
                       ground_fbm(x * 0.03, y * 0.03, 162, 3);
        for (const Crater& c : craters) {
            const double d = std::hypot(x - c.x, y - c.y) / c.r;
            if (d > 2.2) continue;
            // Bowl with a raised rim; depth a fifth of the width (fresh simple craters, Pike 1977).
            const double bowl = d < 1 ? (d * d - 1) * 0.34 * c.r : 0;
            const double rim = 0.085 * c.r * std::exp(-std::pow((d - 1) / 0.28, 2));
            z += bowl + rim;
        }
        return z;
    };
    add_ground(set, {-120, -60, 0}, {120, 170, 0}, 190, 190, painted("sand", 0x8a8884, "regolith"),
               4.5, relief);
    const ShapePtr big = make_boulder(1.5, options.seed + 1, 0x75736f, "moon_rock");
    const ShapePtr small = make_boulder(0.5, options.seed + 2, 0x7d7b76, "moon_rock");
    for (int i = 0; i < 30; ++i) {
        const double a = rng.uniform(0, 6.283), r = 4.8 + 20 * rng.uniform();
        const double x = r * std::cos(a), y = r * std::sin(a) + 4;
        const bool large = i % 5 == 0 && r > 7;
        if (std::hypot(x, y) < 4.6 || (y < 0 && std::abs(x) < 4)) continue;
        set.add("moon_rock_" + std::to_string(i + 1), large ? big : small,
                placed({x, y, relief(x, y) - (large ? 0.3 : 0.1)}, 77.0 * i), "rock");
    }
    {
        // A landing stage: octagonal body in gold foil on four legs, and a flag.
        ShapeMaker lander("set_lander", "gold");
        lander.paint(painted("gold", 0xd8a24a, "foil"));
        lander.cylinder({0, 0, 1.3}, {0, 0, 2.8}, 2.0, 2.0, 8);
        lander.paint(painted("aluminium", 0xb9bcc0, "foil"));
        lander.cylinder({0, 0, 2.8}, {0.2, 0, 4.6}, 1.5, 1.0, 8);
        lander.cylinder({0.2, 0, 4.6}, {0.3, 0, 5.0}, 0.6, 0.3, 12);
        lander.paint(painted("plastic", 0x16181b));
        lander.box({-1.2, -0.6, 3.6}, {0.3, 0.6, 0.6}, 0.03);
        lander.cylinder({0, 0, 0.5}, {0, 0, 1.3}, 0.75, 0.3, 18);
        lander.paint(painted("gold", 0xc99a4a, "foil"));
        for (int i = 0; i < 4; ++i) {
            const double a = base::kPi / 4 + i * base::kPi / 2;
            const Vec3 out{std::cos(a), std::sin(a), 0};
            lander.cylinder(out * 1.9 + Vec3{0, 0, 2.3}, out * 3.6 + Vec3{0, 0, 0.1}, 0.09, -1, 8);
            lander.cylinder(out * 1.9 + Vec3{0, 0, 1.4}, out * 3.0 + Vec3{0, 0, 0.9}, 0.05, -1, 6);
            lander.cylinder(out * 3.6 + Vec3{0, 0, 0.02}, out * 3.6 + Vec3{0, 0, 0.14}, 0.45, 0.3,
                            16);
        }
        set.add("set_lander", lander.finish(), placed({9.5, 16, relief(9.5, 16)}, 20), "spaceship");
        ShapeMaker earth("set_earth", "plastic");
        earth.paint(glowing(0xffffff, 1.0f, "earth"));
        earth.ellipsoid({}, {26, 26, 26}, 48);
        set.add("set_earth", earth.finish(), placed({-420, 820, 420}, 40));
    }
    set.add("hills",
            make_ridge(260, 14, 60, 93, painted("stone", 0x8f8d88, "regolith"), 5, 175, 1.2));
    set.outdoors({-22, -14, -1}, {22, 25, 16}, "sand");
    set.model().room.wall_material = "sand";
    set.camera_bounds({-12, -12, 0.4}, {12, 6, 10});
    set.anchor("stage", {0, 0, 0}, 0, 4);
    set.anchor("hill_top", {0, 30, relief(0, 30)}, -90, 2);
    set.camera({-2.0, -6.0, 1.5}, {0.6, 3.0, 1.45}, 28);
    set.model().ambience = "moon";
    return set.finish();
}

}  // namespace world
