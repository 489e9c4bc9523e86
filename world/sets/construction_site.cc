// A building site: levelled ground, a concrete skeleton, crane, scaffold, fence, materials.
#include <cmath>

#include "world/sets/dressing/nature.h"
#include "world/sets/dressing/street_things.h"
#include "world/sets/places.h"

namespace world {

using base::Vec3;

SetModel build_construction_site(const SetOptions& options) {
    SetBuilder set("construction_site", options);
    add_ground(set, {-70, -40, 0}, {70, 90, 0}, 90, 90, painted("sand", 0x9a8468, "site_ground"),
               8.0, [](double x, double y) {
                   return 0.22 * ground_fbm(x * 0.3, y * 0.3, 151, 4) +
                          0.5 * ground_fbm(x * 0.05, y * 0.05, 152, 2);
               });
    {
        // Half-built: five slabs on columns, rebar sprouting from the top, one bay walled up.
        ShapeMaker shell("building", "concrete");
        const double x0 = 4.5, y0 = 13, bay = 5.2, storey = 3.3;
        for (int floor = 0; floor < 5; ++floor) {
            const double z = storey * (floor + 1);
            const int bays = floor < 3 ? 4 : 3;
            shell.paint(painted("concrete", 0xa7a49c, "concrete_wall"));
            shell.box({x0 + bay * bays / 2, y0 + bay, z - 0.14},
                      {bay * bays + 0.9, 2 * bay + 0.9, 0.28}, 0.01);
            for (int i = 0; i <= bays; ++i) {
                for (int k = 0; k < 3; ++k) {
                    shell.box({x0 + bay * i, y0 + bay * k, z - storey / 2 - 0.14},
                              {0.45, 0.45, storey - 0.28}, 0.012);
                }
            }
            if (floor < 2) {
                shell.paint(painted("brick", 0xa3553c, "brick_wall"));
                shell.box({x0 + bay * 3.5, y0, z - storey / 2 - 0.14},
                          {bay - 0.45, 0.24, storey - 0.28});
                shell.box({x0 + bay * 2.5, y0, z - storey + 0.5}, {bay - 0.45, 0.24, 1.0});
            }
        }
        shell.paint(painted("iron", 0x7a4a30, "rust"));
        for (int i = 0; i < 60; ++i) {
            const double x = x0 + bay * (i % 4) + 0.07 * ((i * 7) % 5 - 2),
                         y = y0 + bay * ((i / 4) % 3) + 0.07 * ((i * 3) % 5 - 2);
            shell.cylinder({x, y, storey * 5}, {x + 0.02, y, storey * 5 + 0.7 + 0.1 * (i % 3)},
                           0.014, -1, 5);
        }
        shell.collide_box({x0 + bay * 2, y0 + bay, storey * 2.5},
                          {bay * 4 + 0.9, 2 * bay + 0.9, storey * 5}, "", "concrete");
        set.add("building", shell.finish());
        ShapeMaker scaffold("scaffold", "steel");
        scaffold.paint(plain("steel"));
        for (int i = 0; i <= 6; ++i) {
            const double x = x0 - 0.5 + 1.9 * i;
            for (const double y : {y0 - 1.5, y0 - 0.6})
                scaffold.cylinder({x, y, 0}, {x, y, 10.6}, 0.026, -1, 6);
            for (int level = 1; level <= 5; ++level)
                scaffold.cylinder({x, y0 - 1.5, 2.05 * level}, {x, y0 - 0.6, 2.05 * level}, 0.024,
                                  -1, 6);
        }
        for (int level = 1; level <= 5; ++level) {
            const double z = 2.05 * level;
            for (const double dz : {0.0, 1.0})
                scaffold.cylinder({x0 - 0.5, y0 - 1.5, z + dz}, {x0 + 10.9, y0 - 1.5, z + dz},
                                  0.022, -1, 6);
            scaffold.cylinder({x0 - 0.5 + 1.9 * (level % 5), y0 - 1.52, z - 2.05},
                              {x0 + 1.4 + 1.9 * (level % 5), y0 - 1.52, z}, 0.022, -1, 6);
        }
        scaffold.paint(painted("wood", 0xb08c58, "grain_uv"));
        for (int level = 1; level <= 4; ++level) {
            for (int k = 0; k < 3; ++k)
                scaffold.box({x0 + 5.2, y0 - 1.35 + 0.28 * k, 2.05 * level + 0.03},
                             {11.4, 0.26, 0.04}, 0.004);
        }
        scaffold.collide_box({x0 + 5.2, y0 - 1.05, 5}, {11.6, 1.1, 10}, "", "steel");
        set.add("scaffold", scaffold.finish());
    }
    {
        ShapeMaker crane("tower_crane", "steel");
        crane.paint(painted("steel", 0xe2a81e, "paint"));
        const Vec3 foot{-13, 21, 0};
        add_lattice(crane, foot, foot + Vec3{0, 0, 30}, 1.7, 1.9, 0.09);
        const Vec3 top = foot + Vec3{0, 0, 30};
        const Vec3 out = normalize(Vec3{0.93, -0.36, 0});
        add_lattice(crane, top, top + out * 34, 1.2, 1.6, 0.06);
        add_lattice(crane, top, top - out * 11, 1.2, 1.6, 0.06);
        add_lattice(crane, top, top + Vec3{0, 0, 6}, 1.2, 1.5, 0.07);
        crane.cylinder(top + Vec3{0, 0, 6}, top + out * 26, 0.04, -1, 5);
        crane.cylinder(top + Vec3{0, 0, 6}, top - out * 10, 0.04, -1, 5);
        crane.box(top + out * 1.4 + Vec3{0, -0.4, -1.3}, {1.5, 1.5, 2.0}, 0.06);
        crane.paint(painted("concrete", 0x8a8880));
        crane.box(top - out * 9.5 + Vec3{0, 0, -1.2}, {1.9, 1.4, 2.2}, 0.03);
        crane.box(foot + Vec3{0, 0, 0.3}, {4.5, 4.5, 0.6}, 0.03);
        crane.paint(plain("steel"));
        const Vec3 trolley = top + out * 19;
        crane.cylinder(trolley, trolley - Vec3{0, 0, 14}, 0.03, -1, 5);
        crane.box(trolley - Vec3{0, 0, 14.3}, {0.35, 0.2, 0.6}, 0.05);
        crane.collide_box(foot + Vec3{0, 0, 15}, {1.8, 1.8, 30}, "", "steel");
        set.add("tower_crane", crane.finish(), {}, "crane");
    }
    {
        ShapeMaker fence("fence", "steel");
        for (int i = 0; i < 22; ++i) {
            const double x = -38.5 + 3.5 * i, y = 30;
            fence.paint(plain("aluminium"));
            fence.box({x, y, 1.0}, {0.04, 0.04, 2.0});
            fence.box({x + 1.75, y, 2.0}, {3.5, 0.04, 0.04});
            fence.paint(painted("plastic", i % 3 == 1 ? 0x2f6f4a : 0x3d7a56));
            fence.box({x + 1.75, y + 0.01, 1.05}, {3.4, 0.01, 1.85});
        }
        for (const double x : {-22.0, 30.0}) {
            for (int i = 0; i < 14; ++i) {
                fence.paint(painted("wood", i % 2 ? 0xb98a4e : 0xa87c44, "grain_uv"));
                fence.box({x, -9 + 2.6 * i, 1.1}, {0.04, 2.55, 2.2}, 0.004);
            }
        }
        set.add("fence", fence.finish());
    }
    {
        ShapeMaker goods("site_goods", "brick");
        // Bricks on pallets, pipes, a heap of sand, a mixer, cones, a container office.
        for (int i = 0; i < 3; ++i) {
            const Vec3 at{-7.4 - 1.6 * i, 7.4 + 0.5 * i, 0};
            goods.paint(painted("wood", 0xa98a5c, "grain_uv"));
            goods.box(at + Vec3{0, 0, 0.06}, {1.2, 0.9, 0.12}, 0.01);
            goods.paint(painted("brick", 0xa8553c, "brick_stack"));
            goods.solid(at + Vec3{0, 0, 0.12 + 0.4}, {1.08, 0.86, 0.8 - 0.2 * (i % 2)}, 0.004);
        }
        goods.paint(painted("concrete", 0x9d9a93));
        for (int i = 0; i < 6; ++i) {
            const double x = -9.2 + 0.62 * (i % 3) + (i / 3) * 0.31, z = 0.3 + 0.53 * (i / 3);
            goods.at(placed({x, 11.8, z}, 0));
            goods.sheet(24, 1, [&](double s, double t) {
                return Vec3{0.3 * std::cos(6.28318 * s), 2.4 * t, 0.3 * std::sin(6.28318 * s)};
            });
            goods.sheet(24, 1, [&](double s, double t) {
                return Vec3{0.25 * std::cos(6.28318 * s), 2.4 * (1 - t),
                            0.25 * std::sin(6.28318 * s)};
            });
            goods.sheet(24, 1, [&](double s, double t) {
                const double r = 0.25 + 0.05 * t;
                return Vec3{r * std::cos(6.28318 * s), 0, r * std::sin(6.28318 * s)};
            });
            goods.at({});
        }
        goods.collide_box({-8.6, 13, 0.55}, {2.2, 2.4, 1.1}, "", "concrete");
        goods.paint(painted("sand", 0xcdb283, "sand_ripples"));
        goods.sheet(40, 10, [](double s, double t) {
            const double a = 2 * base::kPi * s,
                         r = 2.1 * (1 - t) * (1 + 0.12 * std::sin(3 * a + 1));
            return Vec3{-13.5 + r * std::cos(a), 9.0 + r * std::sin(a),
                        1.25 * (1 - std::pow(1 - t, 1.1)) - 0.05 + 0.04 * std::sin(7 * a + 9 * t)};
        });
        goods.paint(painted("steel", 0xc9c4b8, "container"));
        goods.solid({-17, 15.5, 1.35}, {2.5, 6.1, 2.6}, 0.03);
        goods.paint(painted("steel", 0x2f5d92, "container"));
        goods.solid({-20.5, 12, 1.35}, {2.5, 6.1, 2.6}, 0.03);
        const double cx[] = {-4.9, 6.0, 7.3, -6.2}, cy[] = {6.4, 6.8, 6.0, 5.2};
        for (int i = 0; i < 4; ++i) {
            goods.paint(painted("rubber", 0xe8551c));
            goods.box({cx[i], cy[i], 0.015}, {0.36, 0.36, 0.03}, 0.01);
            goods.lathe({cx[i], cy[i], 0.03}, {{0.14, 0}, {0.11, 0.16}}, 20);
            goods.lathe({cx[i], cy[i], 0.03},
                        {{0.078, 0.32}, {0.03, 0.54}, {0.02, 0.55}, {0.001, 0.55}}, 20);
            goods.paint(painted("plastic", 0xf4f4ee));
            goods.lathe({cx[i], cy[i], 0.03}, {{0.11, 0.16}, {0.078, 0.32}}, 20);
        }
        goods.paint(painted("steel", 0x2e6f9e, "paint"));
        goods.at({{8.8, 8.0, 0.95}, base::Quat::from_axis_angle({0, 1, 0}, -0.5)});
        goods.lathe({}, {{0.3, -0.45}, {0.42, -0.2}, {0.42, 0.1}, {0.22, 0.5}, {0.17, 0.45}}, 24);
        goods.at({});
        goods.paint(painted("steel", 0x2a2c30));
        goods.tube({{8.4, 7.6, 0}, {8.7, 7.8, 0.8}, {9.2, 8.4, 0}}, 0.03, 8);
        goods.tube({{8.4, 8.4, 0}, {8.8, 8.2, 0.8}, {9.3, 7.6, 0}}, 0.03, 8);
        goods.collide_box({8.8, 8.0, 0.6}, {0.9, 0.9, 1.2}, "", "steel");
        set.add("site_goods", goods.finish());
    }
    {
        ShapeMaker city("far_houses", "plaster");
        for (int i = 0; i < 15; ++i) {
            const double h = 13 + 7 * ((i * 5) % 4);
            city.paint(painted("plaster", i % 3 ? 0xb5aca0 : 0x9aa3aa, "facade"));
            city.box({-105 + 15.0 * i, 105 + 12.0 * (i % 2), h / 2}, {13.5, 12, h});
        }
        set.add("far_houses", city.finish());
    }
    const ShapePtr tree = make_broadleaf(9, options.seed + 3, 0x557a38, 1700);
    for (int i = 0; i < 6; ++i)
        set.add("site_tree_" + std::to_string(i + 1), tree,
                placed({-40.0 + 14.0 * i, 36, -0.1}, 60.0 * i), "tree");
    set.outdoors({-20, -14, 0}, {24, 30, 22}, "sand");
    set.camera_bounds({-18, -16, 0.25}, {18, 10, 14});
    set.anchor("stage", {0, 0, 0}, 0, 5.5);
    set.camera({-3.0, -9.0, 1.65}, {0.6, 2.0, 2.0}, 28);
    set.model().ambience = "construction_site";
    return set.finish();
}

}  // namespace world
