#include "world/sets/dressing/street_things.h"

#include <cmath>

namespace world {

using base::Rng;
using base::Vec2;
using base::Vec3;

void add_house_front(SetBuilder& set, ShapeMaker& maker, Vec3 base, double yaw_deg, double width,
                     const HouseStyle& style, uint64_t seed) {
    Rng rng(seed, 31);
    const base::Transform place = placed(base, yaw_deg);
    const double ground = style.shop ? 3.8 : 3.3;
    const double height = ground + (style.floors - 1) * style.storey_m + 0.5, depth = 7;
    const int bays = std::max(2, static_cast<int>(width / style.bay_m));
    maker.at(place).paint(style.wall);
    maker.box({width / 2, depth / 2, height / 2}, {width, depth, height});
    maker.collide_box({width / 2, depth / 2, height / 2}, {width, depth, height}, "",
                      style.wall.material);
    maker.paint(style.trim);
    maker.box({width / 2, -0.12, height - 0.12}, {width, 0.34, 0.24}, 0.05);
    maker.box({width / 2, -0.05, ground - 0.1}, {width, 0.16, 0.16}, 0.03);
    maker.box({width / 2, -0.03, 0.22}, {width, 0.1, 0.44}, 0.02);
    maker.paint(style.roof);
    maker.quad({-0.1, -0.3, height}, {width + 0.1, -0.3, height},
               {width + 0.1, depth / 2, height + 2.4}, {-0.1, depth / 2, height + 2.4});
    maker.paint(painted("brick", 0x8d4a38, "brick_wall"));
    maker.box({width * 0.8, depth * 0.45, height + 2.2}, {0.7, 0.6, 2.6});
    const auto pane = [&](double x, double z, double w, double h, bool lit) {
        Paint glass = painted("glass", 0x1a222b, "window_pane");
        if (lit) glass = glowing(rng.uniform() < 0.3 ? 0xffe3b0 : 0xffc873, 0.55f, "lit_window");
        maker.paint(glass);
        maker.quad({x - w / 2, -0.012, z - h / 2}, {x + w / 2, -0.012, z - h / 2},
                   {x + w / 2, -0.012, z + h / 2}, {x - w / 2, -0.012, z + h / 2});
    };
    for (int floor = 0; floor < style.floors; ++floor) {
        const double foot = floor == 0 ? 0 : ground + (floor - 1) * style.storey_m;
        if (floor == 0 && style.shop) {
            pane(width / 2 - 0.6, 1.65, width - 2.2, 2.3, set.dark_enough_for_lamps());
            maker.paint(painted("wood", 0x23342d, "paint"));
            for (int i = 0; i <= 3; ++i) {
                maker.box({0.5 + (width - 2.2) * i / 3, -0.05, 1.65}, {0.1, 0.12, 2.4}, 0.01);
            }
            maker.box({width / 2 - 0.6, -0.05, 0.4}, {width - 2.2, 0.12, 0.4}, 0.01);
            maker.box({width / 2, -0.07, 3.15}, {width - 0.4, 0.16, 0.55}, 0.02);
            maker.box({width - 0.85, -0.04, 1.2}, {0.95, 0.1, 2.4}, 0.02);
            Paint cloth = painted("fabric", style.awning_srgb, "awning_stripes");
            maker.paint(cloth);
            maker.quad({0.4, -1.25, 2.55}, {width - 1.6, -1.25, 2.55}, {width - 1.6, -0.1, 3.0},
                       {0.4, -0.1, 3.0});
            maker.quad({width - 1.6, -1.25, 2.55}, {0.4, -1.25, 2.55}, {0.4, -0.1, 3.0},
                       {width - 1.6, -0.1, 3.0});
            maker.quad({0.4, -1.25, 2.38}, {width - 1.6, -1.25, 2.38}, {width - 1.6, -1.25, 2.55},
                       {0.4, -1.25, 2.55});
            continue;
        }
        for (int bay = 0; bay < bays; ++bay) {
            const double x = width * (bay + 0.5) / bays;
            const double w = 1.0, h = floor == 0 ? 1.6 : 1.55 - 0.1 * (floor - 1), z = foot + 1.75;
            if (floor == 0 && bay == bays / 2) {
                // Front door with a step and a fanlight.
                maker.paint(painted("stone", 0xb8b2a4));
                maker.box({x, -0.25, 0.09}, {1.5, 0.5, 0.18}, 0.02);
                maker.paint(painted("wood", seed % 3 == 0   ? 0x1f4a3c
                                            : seed % 3 == 1 ? 0x7a1f22
                                                            : 0x21355a));
                maker.box({x, -0.03, 1.25}, {0.95, 0.08, 2.1}, 0.01);
                maker.paint(style.trim);
                maker.box({x - 0.58, -0.06, 1.35}, {0.16, 0.14, 2.7}, 0.02);
                maker.box({x + 0.58, -0.06, 1.35}, {0.16, 0.14, 2.7}, 0.02);
                maker.box({x, -0.08, 2.78}, {1.5, 0.2, 0.16}, 0.03);
                maker.paint(plain("brass"));
                maker.ellipsoid({x + 0.36, -0.1, 1.15}, {0.035, 0.035, 0.035}, 10);
                continue;
            }
            const bool lit =
                set.dark_enough_for_lamps() && rng.uniform() < (set.night() ? 0.45 : 0.25);
            pane(x, z, w, h, lit);
            maker.paint(style.trim);
            const double f = 0.09;
            maker.box({x - w / 2 - f / 2, -0.04, z}, {f, 0.12, h + 2 * f}, 0.01);
            maker.box({x + w / 2 + f / 2, -0.04, z}, {f, 0.12, h + 2 * f}, 0.01);
            maker.box({x, -0.05, z + h / 2 + f}, {w + 0.34, 0.16, 0.15}, 0.02);
            maker.box({x, -0.09, z - h / 2 - 0.05}, {w + 0.3, 0.24, 0.08}, 0.02);
            maker.paint(painted("wood", 0xefece4, "paint"));
            maker.box({x, -0.02, z}, {0.05, 0.04, h}, 0.004);
            maker.box({x, -0.02, z + h * 0.12}, {w, 0.04, 0.05}, 0.004);
        }
    }
    // Down pipe.
    maker.paint(painted("iron", 0x30343a));
    maker.cylinder({0.12, -0.08, 0}, {0.12, -0.08, height - 0.2}, 0.05, -1, 8);
    maker.at({});
}

void add_street_lamp(SetBuilder& set, ShapeMaker& maker, Vec3 base, double yaw_deg, double height) {
    maker.at(placed(base, yaw_deg)).paint(painted("iron", 0x20262a, "paint"));
    maker.lathe({},
                {{0.14, 0},
                 {0.14, 0.35},
                 {0.10, 0.42},
                 {0.075, 0.9},
                 {0.085, 0.95},
                 {0.055, 1.05},
                 {0.045, height - 0.5},
                 {0.08, height - 0.42},
                 {0.05, height - 0.36}},
                16);
    maker.box({0, 0, height - 0.62}, {0.6, 0.03, 0.03}, 0.01);
    maker.lathe({}, {{0.10, height - 0.36}, {0.12, height - 0.33}}, 6);
    maker.lathe({},
                {{0.24, height + 0.06},
                 {0.10, height + 0.2},
                 {0.04, height + 0.28},
                 {0.001, height + 0.36}},
                6);
    for (int i = 0; i < 6; ++i) {
        const double a = i * base::kPi / 3;
        maker.cylinder({0.12 * std::cos(a), 0.12 * std::sin(a), height - 0.33},
                       {0.21 * std::cos(a), 0.21 * std::sin(a), height + 0.06}, 0.012, -1, 5);
    }
    maker.paint(set.dark_enough_for_lamps() ? glowing(0xffd69a, 3.0f)
                                            : painted("ceramic", 0xf4f1e6));
    maker.ellipsoid({0, 0, height - 0.14}, {0.085, 0.085, 0.15}, 14);
    maker.collide_cylinder({0, 0, 0}, {0, 0, height}, 0.08, "", "iron");
    Lamp& lamp =
        set.sphere_lamp(placed(base, yaw_deg).apply({0, 0, height - 0.14}), 0.22, 5200, 2700);
    lamp.night_only = true;
    lamp.invisible = true;
    maker.at({});
}

void add_parked_car(ShapeMaker& maker, Vec3 base, double yaw_deg, unsigned srgb) {
    maker.at(placed(base, yaw_deg));
    // Side outline of a small hatchback, x along the car; two shells: body and cabin.
    const double half = 0.84;
    const std::vector<Vec2> side{{-2.05, 0.30}, {-2.12, 0.55}, {-2.08, 0.86},
                                 {-1.95, 0.96}, {0.75, 1.0},   {1.75, 0.86},
                                 {2.08, 0.66},  {2.12, 0.42},  {2.05, 0.30}};
    const auto shell = [&](const std::vector<Vec2>& outline, double wide, double tumble,
                           double z_ref) {
        const auto count = static_cast<int>(outline.size());
        // Cross-section bulges: narrower at top (tumblehome) and rounded at the sills.
        const auto at_point = [&](int i, double v) {
            const Vec2 p = outline[static_cast<size_t>(i % count)];
            const double lift = (p.y - z_ref) * tumble;
            const double w = wide - std::max(0.0, lift);
            const double edge = std::abs(v) > 0.92 ? 0.965 : 1.0;
            const double cx = 0, cz = 0.65;
            return Vec3{cx + (p.x - cx) * edge, v * w, cz + (p.y - cz) * edge};
        };
        maker.sheet(count * 1, 8, [&](double s, double t) {
            const int i = static_cast<int>(std::lround(s * count));
            const double v[] = {-1, -0.98, -0.92, -0.5, 0, 0.5, 0.92, 0.98, 1};
            return at_point(i, v[static_cast<int>(std::lround(t * 8))]);
        });
        for (int lr = -1; lr <= 1; lr += 2) {
            for (int i = 1; i + 1 < count; ++i) {
                const Vec3 a = at_point(0, lr), b = at_point(i, lr), c = at_point(i + 1, lr);
                if (lr < 0) {
                    maker.quad(a, c, b, a);
                } else {
                    maker.quad(a, b, c, a);
                }
            }
        }
    };
    Paint lacquer = painted("plastic", srgb, "car_paint");
    maker.paint(lacquer);
    shell(side, half, 0.06, 0.6);
    maker.paint(painted("glass", 0x11161b, "window_pane"));
    shell({{-1.75, 0.95}, {-1.45, 1.38}, {-0.9, 1.45}, {0.05, 1.44}, {0.95, 0.99}}, half - 0.05,
          0.42, 0.98);
    maker.paint(lacquer);
    shell({{-1.42, 1.385}, {-0.9, 1.462}, {0.05, 1.452}, {0.12, 1.41}, {-1.36, 1.37}}, half - 0.2,
          0.1, 1.4);
    for (const double x : {-0.62, -1.5, 0.12}) {
        maker.box({x, -half + 0.09, 1.2}, {0.05, 0.03, 0.46}, 0.004);
        maker.box({x, half - 0.09, 1.2}, {0.05, 0.03, 0.46}, 0.004);
    }
    for (const double x : {-1.32, 1.32}) {
        for (const double y : {-half + 0.07, half - 0.07}) {
            const double out = y < 0 ? -1 : 1;
            maker.paint(painted("rubber", 0x1b1b1d));
            maker.cylinder({x, y - 0.1, 0.31}, {x, y + 0.1, 0.31}, 0.31, -1, 26);
            maker.paint(plain("aluminium"));
            maker.cylinder({x, y + out * 0.09, 0.31}, {x, y + out * 0.115, 0.31}, 0.19, 0.17, 18);
            maker.paint(painted("plastic", 0x101113));
            maker.cylinder({x, y - 0.08, 0.33}, {x, y + 0.08, 0.33}, 0.37, -1, 24);
        }
    }
    maker.paint(painted("glass", 0xe8eef2, "window_pane"));
    for (const double y : {-0.58, 0.58}) maker.ellipsoid({2.02, y, 0.66}, {0.09, 0.17, 0.09}, 14);
    maker.paint(painted("plastic", 0xa01616));
    for (const double y : {-0.66, 0.66}) maker.box({-2.08, y, 0.78}, {0.06, 0.22, 0.13}, 0.02);
    maker.paint(painted("plastic", 0x17181a));
    maker.box({2.08, 0, 0.36}, {0.1, 1.5, 0.14}, 0.03);
    maker.box({-2.08, 0, 0.38}, {0.1, 1.5, 0.14}, 0.03);
    maker.collide_box({0, 0, 0.63}, {4.2, 1.68, 0.68}, "", "steel");
    maker.collide_box({-0.45, 0, 1.2}, {2.0, 1.4, 0.48}, "", "steel");
    maker.at({});
}

void add_park_bench(ShapeMaker& maker, Vec3 base, double yaw_deg) {
    maker.at(placed(base, yaw_deg)).paint(painted("wood", 0x8a5a30, "grain_uv"));
    for (int i = 0; i < 4; ++i) maker.box({0, -0.06 + 0.115 * i, 0.45}, {1.7, 0.095, 0.03}, 0.008);
    for (int i = 0; i < 3; ++i) {
        maker.box({0, -0.13 - 0.025 * i, 0.58 + 0.13 * i}, {1.7, 0.028, 0.095}, 0.008);
    }
    maker.paint(painted("iron", 0x23282a));
    for (const double x : {-0.7, 0.7}) {
        maker.tube({{x, 0.3, 0}, {x, 0.27, 0.43}, {x, -0.09, 0.43}, {x, -0.2, 0.9}}, 0.022, 8);
        maker.tube({{x, -0.2, 0}, {x, -0.09, 0.43}}, 0.022, 8);
        maker.tube({{x, 0.29, 0.44}, {x, 0.27, 0.65}, {x, -0.12, 0.66}}, 0.018, 8);
    }
    maker.collide_box({0, 0.11, 0.23}, {1.7, 0.46, 0.47}, "", "wood");
    maker.collide_box({0, -0.16, 0.68}, {1.7, 0.08, 0.44}, "", "wood");
    maker.at({});
}

void add_fence(ShapeMaker& maker, Vec3 a, Vec3 b, double height, Paint paint, bool pickets) {
    const Vec3 along = b - a;
    const double run = length(along), yaw = std::atan2(along.y, along.x) * 180 / base::kPi;
    maker.at(placed(a, yaw)).paint(std::move(paint));
    const int posts = std::max(1, static_cast<int>(run / 2.0 + 0.5));
    for (int i = 0; i <= posts; ++i) {
        maker.box({run * i / posts, 0, height * 0.52}, {0.1, 0.1, height * 1.04}, 0.012);
    }
    for (const double share : {0.3, 0.75}) {
        maker.box({run / 2, 0.03, height * share}, {run, 0.03, 0.09}, 0.006);
    }
    if (pickets) {
        const int count = static_cast<int>(run / 0.13);
        for (int i = 0; i < count; ++i) {
            const double x = (i + 0.5) * run / count;
            maker.box({x, 0.055, height * 0.5}, {0.08, 0.018, height * 0.92}, 0.004);
        }
    }
    maker.collide_box({run / 2, 0.02, height / 2}, {run, 0.1, height}, "fence", "wood");
    maker.at({});
}

void add_lattice(ShapeMaker& maker, Vec3 from, Vec3 to, double width, double pitch, double bar) {
    const Vec3 w = normalize(to - from), u = any_perpendicular(w), v = cross(w, u);
    const double run = length(to - from), h = width / 2;
    const Vec3 corner[4] = {u * h + v * h, u * -h + v * h, u * -h - v * h, u * h - v * h};
    for (const Vec3& c : corner) maker.cylinder(from + c, to + c, bar, -1, 6);
    const int bays = std::max(1, static_cast<int>(run / pitch));
    for (int i = 0; i < bays; ++i) {
        const Vec3 p = from + w * (run * i / bays), q = from + w * (run * (i + 1) / bays);
        for (int k = 0; k < 4; ++k) {
            const Vec3 c = corner[k], d = corner[(k + 1) % 4];
            maker.cylinder(p + c, p + d, bar * 0.6, -1, 5);
            if (i % 2) {
                maker.cylinder(p + c, q + d, bar * 0.6, -1, 5);
            } else {
                maker.cylinder(p + d, q + c, bar * 0.6, -1, 5);
            }
        }
    }
}

}  // namespace world
