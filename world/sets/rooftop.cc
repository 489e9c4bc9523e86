// A flat roof high over a city: paving, parapet, vents, water tank, towers to the horizon.
#include <cmath>

#include "world/sets/dressing/interior.h"
#include "world/sets/places.h"
#include "world/sets/set_builder.h"

namespace world {

using base::Vec3;

SetModel build_rooftop(const SetOptions& options) {
    SetBuilder set("rooftop", options);
    const Vec3 low{-11, -8, 0}, high{11, 6.5, 0};
    set.floor(low, high, painted("concrete", 0x8f8d88, "roof_paving"));
    {
        ShapeMaker wall("wall", "brick");
        wall.paint(set.wall_paint(painted("brick", 0x96503c, "brick_wall")));
        const double t = 0.3, h = 0.85;
        wall.solid({0, high.y + t / 2, h / 2}, {22.6, t, h});
        wall.solid({0, low.y - t / 2, h / 2}, {22.6, t, h});
        wall.solid({low.x - t / 2, -0.75, h / 2}, {t, 14.5, h});
        wall.solid({high.x + t / 2, -0.75, h / 2}, {t, 14.5, h});
        wall.paint(painted("stone", 0xb0aaa0, "grain_uv"));
        wall.box({0, high.y + t / 2, h + 0.05}, {22.8, t + 0.14, 0.1}, 0.015);
        wall.box({0, low.y - t / 2, h + 0.05}, {22.8, t + 0.14, 0.1}, 0.015);
        wall.box({low.x - t / 2, -0.75, h + 0.05}, {t + 0.14, 14.6, 0.1}, 0.015);
        wall.box({high.x + t / 2, -0.75, h + 0.05}, {t + 0.14, 14.6, 0.1}, 0.015);
        wall.paint(painted("brick", 0x96503c, "brick_wall"));
        wall.box({0, -0.75, -22}, {22.4, 14.8, 43.9});
        set.add("wall", wall.finish());
    }
    {
        ShapeMaker things("roof_things", "steel");
        // Stair head with door.
        things.paint(painted("brick", 0x8a4a38, "brick_wall"));
        things.solid({7.2, 4.4, 1.35}, {3.6, 3.4, 2.7});
        things.paint(painted("stone", 0xa8a298));
        things.box({7.2, 4.4, 2.75}, {3.9, 3.7, 0.12}, 0.02);
        add_door(things, {6.6, 2.7, 0}, 180, 0.9, 2.05, painted("steel", 0x4a6a58));
        things.paint(set.dark_enough_for_lamps() ? glowing(0xffd9a0, 2.4f)
                                                 : painted("glass", 0xf2f0e8));
        things.ellipsoid({6.6, 2.62, 2.35}, {0.09, 0.07, 0.12}, 14);
        Lamp& door_lamp = set.sphere_lamp({6.6, 2.5, 2.35}, 0.14, 900, 2800);
        door_lamp.night_only = true;
        door_lamp.invisible = true;
        // Timber water tank on legs.
        const Vec3 tank{-7.4, 4.2, 0};
        things.paint(painted("steel", 0x3b3f44));
        for (int i = 0; i < 4; ++i) {
            const double x = (i & 1 ? 1.1 : -1.1), y = (i & 2 ? 1.1 : -1.1);
            things.cylinder(tank + Vec3{x, y, 0}, tank + Vec3{x * 0.85, y * 0.85, 2.4}, 0.07, -1,
                            8);
            things.cylinder(tank + Vec3{x, y, 0.1}, tank + Vec3{-x, y, 2.3}, 0.025, -1, 5);
        }
        things.paint(painted("wood", 0x6d5138, "wood_panelling"));
        things.cylinder(tank + Vec3{0, 0, 2.4}, tank + Vec3{0, 0, 5.2}, 1.35, 1.3, 36);
        things.paint(plain("iron"));
        for (int i = 0; i < 5; ++i)
            things.cylinder(tank + Vec3{0, 0, 2.6 + 0.55 * i}, tank + Vec3{0, 0, 2.64 + 0.55 * i},
                            1.37, -1, 36);
        things.paint(painted("steel", 0x5a4a3c, "corrugated"));
        things.cylinder(tank + Vec3{0, 0, 5.2}, tank + Vec3{0, 0, 6.2}, 1.5, 0.02, 36);
        things.collide_box(tank + Vec3{0, 0, 2.5}, {2.4, 2.4, 5}, "", "wood");
        // Air handler, vents, aerial.
        things.paint(painted("steel", 0xb6bab8, "brushed"));
        things.solid({-2.6, 5.1, 0.65}, {2.2, 1.4, 1.1}, 0.03);
        things.paint(painted("plastic", 0x1a1c1e));
        for (const double x : {-3.1, -2.1})
            things.cylinder({x, 5.1, 1.2}, {x, 5.1, 1.22}, 0.38, -1, 28);
        things.paint(plain("steel"));
        for (const double x : {-3.1, -2.1}) {
            for (int k = 1; k <= 3; ++k) {
                std::vector<Vec3> ring;
                for (int i = 0; i < 24; ++i)
                    ring.push_back({x + 0.12 * k * std::cos(i * 0.2618),
                                    5.1 + 0.12 * k * std::sin(i * 0.2618), 1.24});
                things.tube(ring, 0.008, 5, true);
            }
        }
        for (int i = 0; i < 3; ++i) {
            const Vec3 p{1.6 + 0.9 * i, 5.6, 0};
            things.paint(painted("aluminium", 0xc4c8ca));
            things.cylinder(p, p + Vec3{0, 0, 0.7 + 0.2 * i}, 0.11, -1, 16);
            things.lathe(p + Vec3{0, 0, 0.7 + 0.2 * i}, {{0.19, 0.05}, {0.16, 0.16}, {0.001, 0.24}},
                         18);
            things.collide_cylinder(p, p + Vec3{0, 0, 0.9}, 0.12, "", "steel");
        }
        things.paint(plain("aluminium"));
        things.cylinder({9.6, 5.6, 2.8}, {9.6, 5.6, 5.8}, 0.025, -1, 6);
        for (int i = 0; i < 7; ++i)
            things.cylinder({9.6 - 0.5 + 0.05 * i, 5.6, 5.2 + 0.08 * i},
                            {9.6 + 0.5 - 0.05 * i, 5.6, 5.2 + 0.08 * i}, 0.008, -1, 5);
        set.add("roof_things", things.finish());
    }
    {
        // The city: blocks of four facades, taller toward the middle distance, haze is the sky's
        // work.
        ShapeMaker city("skyline", "concrete");
        const unsigned tone[] = {0x8e959c, 0xa89a88, 0x6f7f8e, 0xb5aca0, 0x7a6a62, 0x95a3ad};
        const char* face[] = {"facade",       "facade_glass", "facade",
                              "facade_glass", "facade",       "facade"};
        base::Rng rng(options.seed, 77);
        int made = 0;
        for (int ring = 0; ring < 5; ++ring) {
            const double y0 = 42 + 52 * ring + 20 * ring * ring;
            const int count = 13 + 5 * ring;
            for (int i = 0; i < count; ++i) {
                const double half = 90 + 75 * ring;
                const double x = -half + 2 * half * (i + rng.uniform(0.15, 0.85)) / count;
                const double w = rng.uniform(13, 24) * (1 + 0.1 * ring), d = rng.uniform(13, 22);
                const double top = -22 +
                                   rng.uniform(0, 1) * rng.uniform(0.3, 1) * (42 + 28 * ring) +
                                   (ring == 0 ? -4 : 6);
                const int k = (made * 5 + ring) % 6;
                city.paint(painted("concrete", tone[k], face[k]));
                city.box({x, y0 + rng.uniform(-14, 14), (top - 45) / 2}, {w, d, top + 45});
                if (made % 3 == 0) {
                    city.box({x + w * 0.1, y0, top + 2}, {w * 0.4, d * 0.4, 4});
                }
                ++made;
            }
        }
        set.add("skyline", city.finish());
        ShapeMaker ground("city_floor", "asphalt");
        ground.paint(painted("asphalt", 0x55585c));
        ground.quad({-1500, -400, -44}, {1500, -400, -44}, {1500, 2200, -44}, {-1500, 2200, -44});
        set.add("city_floor", ground.finish());
    }
    set.outdoors(low, {high.x, high.y, 10}, "concrete");
    set.model().room.wall_material = "brick";
    set.camera_bounds({-10.3, -7.5, 0.15}, {10.3, 5.8, 7});
    set.anchor("stage", {0, 0, 0}, 0, 3.6);
    set.anchor("door", {6.6, 2.0, 0}, -90, 0.6);
    set.camera({-2.2, -5.9, 1.65}, {0.6, 2.0, 1.55}, 27);
    set.model().ambience = "rooftop";
    return set.finish();
}

}  // namespace world
