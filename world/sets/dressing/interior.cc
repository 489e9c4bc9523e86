#include "world/sets/dressing/interior.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/core/random.h"
#include "world/sets/set_builder.h"

namespace world {

using base::Vec2;
using base::Vec3;

void add_door(ShapeMaker& maker, Vec3 base, double yaw_deg, double width, double height,
              Paint leaf) {
    if (leaf.material.empty()) leaf = painted("wood", 0xe9e4d8, "paint");
    maker.at(placed(base, yaw_deg)).paint(leaf);
    const double f = 0.09;
    maker.box({-width / 2 - f / 2, 0.02, (height + f) / 2}, {f, 0.06, height + f}, 0.008);
    maker.box({width / 2 + f / 2, 0.02, (height + f) / 2}, {f, 0.06, height + f}, 0.008);
    maker.box({0, 0.02, height + f / 2}, {width, 0.06, f}, 0.008);
    maker.box({0, 0.005, height / 2}, {width - 0.01, 0.03, height - 0.01}, 0.003);
    // Four raised panels.
    for (int column = 0; column < 2; ++column) {
        const double x = (column ? 1 : -1) * width * 0.22;
        maker.box({x, 0.022, height * 0.27}, {width * 0.32, 0.02, height * 0.36}, 0.012);
        maker.box({x, 0.022, height * 0.72}, {width * 0.32, 0.02, height * 0.40}, 0.012);
    }
    maker.paint(plain("brass"));
    const double hx = width / 2 - 0.07;
    maker.cylinder({hx, 0.02, 1.02}, {hx, 0.07, 1.02}, 0.012, -1, 12);
    maker.tube({{hx, 0.07, 1.02}, {hx - 0.02, 0.078, 1.02}, {hx - 0.12, 0.078, 1.02}}, 0.010, 8);
    maker.box({hx, 0.022, 1.0}, {0.045, 0.006, 0.2}, 0.002);
    maker.collide_box({0, 0, height / 2}, {width + 2 * f, 0.05, height}, "door", "wood");
    maker.at({});
}

void add_picture(ShapeMaker& maker, Vec3 centre, double yaw_deg, double width, double height,
                 Paint canvas, Paint frame) {
    maker.at(placed(centre, yaw_deg)).paint(frame);
    const double f = std::min(width, height) * 0.07 + 0.01;
    maker.box({-width / 2 - f / 2, 0.015, 0}, {f, 0.03, height + 2 * f}, 0.006);
    maker.box({width / 2 + f / 2, 0.015, 0}, {f, 0.03, height + 2 * f}, 0.006);
    maker.box({0, 0.015, height / 2 + f / 2}, {width, 0.03, f}, 0.006);
    maker.box({0, 0.015, -height / 2 - f / 2}, {width, 0.03, f}, 0.006);
    maker.paint(painted("paper", 0xf4f1ea));
    maker.box({0, 0.006, 0}, {width, 0.008, height});
    const double m = std::min(width, height) * 0.1;
    // The picture's pattern reads uv in metres from its lower left corner.
    maker.paint(canvas);
    maker.quad({width / 2 - m, 0.012, -height / 2 + m}, {-width / 2 + m, 0.012, -height / 2 + m},
               {-width / 2 + m, 0.012, height / 2 - m}, {width / 2 - m, 0.012, height / 2 - m});
    maker.at({});
}

void add_radiator(ShapeMaker& maker, Vec3 base, double yaw_deg, double width) {
    maker.at(placed(base, yaw_deg)).paint(painted("plastic", 0xeeeae2));
    const int ribs = std::max(3, static_cast<int>(width / 0.07));
    for (int i = 0; i < ribs; ++i) {
        const double x = -width / 2 + (i + 0.5) * width / ribs;
        maker.box({x, 0.09, 0.40}, {width / ribs * 0.72, 0.09, 0.56}, 0.02);
    }
    maker.box({0, 0.09, 0.655}, {width, 0.05, 0.035}, 0.012);
    maker.box({0, 0.09, 0.145}, {width, 0.05, 0.035}, 0.012);
    maker.paint(plain("copper"));
    maker.cylinder({width / 2 + 0.03, 0.09, 0}, {width / 2 + 0.03, 0.09, 0.15}, 0.01, -1, 8);
    maker.at({});
}

void add_skirting(ShapeMaker& maker, Vec3 low, Vec3 high, double height, Paint paint) {
    maker.at({}).paint(paint);
    const double t = 0.018, z = low.z + height / 2;
    const double cx = (low.x + high.x) / 2, cy = (low.y + high.y) / 2;
    maker.box({cx, high.y - t / 2, z}, {high.x - low.x, t, height}, 0.006);
    maker.box({cx, low.y + t / 2, z}, {high.x - low.x, t, height}, 0.006);
    maker.box({low.x + t / 2, cy, z}, {t, high.y - low.y, height}, 0.006);
    maker.box({high.x - t / 2, cy, z}, {t, high.y - low.y, height}, 0.006);
}

void add_books(ShapeMaker& maker, Vec3 base, double yaw_deg, double run, double depth,
               double tallest, uint64_t seed) {
    // Cloth bindings as they stand on shelves: muted, a few bright.
    static constexpr std::array<unsigned, 10> kSpines{0x6b2b2a, 0x24405c, 0x2f4d38, 0xc9b78f,
                                                      0x7d4f2a, 0x1f2328, 0xa9653b, 0x8a8f96,
                                                      0x5a3a57, 0xd8d2c4};
    base::Rng rng(seed, 11);
    maker.at(placed(base, yaw_deg));
    double x = 0;
    while (x < run - 0.015) {
        const double t = std::min(run - x, rng.uniform(0.018, 0.05));
        if (rng.uniform() < 0.06) {  // a gap, or a book lying down
            x += t * 1.5;
            continue;
        }
        const double h = tallest * rng.uniform(0.62, 0.97), d = depth * rng.uniform(0.68, 0.92);
        Paint spine = painted("fabric", kSpines[rng.below(kSpines.size())], "book_spine");
        maker.paint(spine);
        maker.box({x + t / 2, depth * 0.02 - (depth - d) / 2, h / 2}, {t * 0.94, d, h}, 0.003);
        x += t;
    }
    maker.at({});
}

void add_bookcase(ShapeMaker& maker, Vec3 base, double yaw_deg, double width, double height,
                  double depth, int shelves, uint64_t seed, Paint wood) {
    const base::Transform place = placed(base, yaw_deg);
    maker.at(place).paint(wood);
    const double b = 0.022;
    maker.box({-width / 2 + b / 2, depth / 2, height / 2}, {b, depth, height}, 0.003);
    maker.box({width / 2 - b / 2, depth / 2, height / 2}, {b, depth, height}, 0.003);
    maker.box({0, 0.006, height / 2}, {width - 2 * b, 0.012, height});
    for (int i = 0; i <= shelves; ++i) {
        const double z = 0.06 + (height - 0.06 - b) * i / shelves;
        maker.box({0, depth / 2, z + b / 2}, {width - 2 * b, depth, b}, 0.003);
    }
    maker.collide_box({0, depth / 2, height / 2}, {width, depth, height}, "", "wood");
    const double room = (height - 0.06 - b) / shelves;
    for (int i = 0; i < shelves; ++i) {
        const Vec3 start = place.apply({-width / 2 + b + 0.01, depth * 0.52, 0.06 + room * i + b});
        add_books(maker, start, yaw_deg, (width - 2 * b) * 0.97, depth * 0.85, room - b - 0.02,
                  base::hash_combine(seed, static_cast<uint64_t>(i)));
    }
}

void add_curtain(ShapeMaker& maker, Vec3 top, double yaw_deg, double width, double drop, int folds,
                 Paint cloth) {
    maker.at(placed(top, yaw_deg)).paint(cloth);
    const double amplitude = width / folds * 0.30;
    const auto fold = [&](double s, double t) {
        // Folds open out toward the hem and wander a little.
        const double phase = 2 * base::kPi * folds * s + 0.6 * std::sin(5.1 * s + 2.3 * t);
        const double y = 0.06 + amplitude * (0.75 + 0.4 * t) * std::sin(phase);
        return Vec3{(s - 0.5) * width * (1 - 0.03 * std::sin(base::kPi * t)), y, -drop * t};
    };
    maker.sheet(folds * 10, 6, [&](double s, double t) { return fold(s, t); });
    maker.at({});
}

void add_plant(ShapeMaker& maker, Vec3 base, double height, uint64_t seed) {
    base::Rng rng(seed, 5);
    const double pot = height * 0.28;
    maker.at(placed(base, 0)).paint(painted("clay", 0xb0653f));
    maker.lathe({}, {{0.001, 0},
                     {pot * 0.36, 0},
                     {pot * 0.5, pot * 0.9},
                     {pot * 0.55, pot * 0.9},
                     {pot * 0.55, pot},
                     {pot * 0.45, pot},
                     {pot * 0.44, pot * 0.86},
                     {0.001, pot * 0.86}});
    maker.paint(painted("leaf", 0x3f7a38, "leaf_veins"));
    const int leaves = 26;
    for (int i = 0; i < leaves; ++i) {
        const double a = 2.39996 * i, lean = 0.25 + 0.85 * (1 - static_cast<double>(i) / leaves);
        const double reach = height * (0.55 + 0.25 * rng.uniform());
        const double w = height * 0.07 * (0.8 + 0.4 * rng.uniform());
        const Vec3 out{std::cos(a), std::sin(a), 0}, side{-std::sin(a), std::cos(a), 0};
        const auto blade = [&](double s, double t) {
            const double bend = lean * (0.4 + 0.9 * t);
            const Vec3 spine = out * (reach * t * std::sin(bend)) +
                               Vec3{0, 0, pot * 0.86 + reach * t * std::cos(bend)};
            const double half = w * std::sin(base::kPi * std::min(0.98, 0.06 + 0.94 * t));
            return spine + side * ((s - 0.5) * 2 * half) +
                   Vec3{0, 0, std::abs(s - 0.5) * half * 0.8};
        };
        maker.sheet(2, 6, blade);
        maker.sheet(2, 6, [&](double s, double t) { return blade(1 - s, t); });
    }
    maker.at({});
}

void add_table(ShapeMaker& maker, Vec3 base, double yaw_deg, Vec3 size, double top, Paint wood,
               Paint legs) {
    maker.at(placed(base, yaw_deg)).paint(wood);
    maker.box({0, 0, size.z - top / 2}, {size.x, size.y, top}, 0.006);
    maker.collide_box({0, 0, size.z - top / 2}, {size.x, size.y, top}, "", wood.material);
    maker.paint(legs);
    const double leg = 0.06, inset = 0.08;
    const double x = size.x / 2 - inset, y = size.y / 2 - inset, h = size.z - top;
    maker.box({0, y, h - 0.045}, {2 * x, 0.022, 0.09}, 0.002);
    maker.box({0, -y, h - 0.045}, {2 * x, 0.022, 0.09}, 0.002);
    maker.box({x, 0, h - 0.045}, {0.022, 2 * y, 0.09}, 0.002);
    maker.box({-x, 0, h - 0.045}, {0.022, 2 * y, 0.09}, 0.002);
    for (int i = 0; i < 4; ++i) {
        const Vec3 c{(i & 1 ? 1 : -1) * x, (i & 2 ? 1 : -1) * y, h / 2};
        maker.box(c, {leg, leg, h}, 0.006);
        maker.collide_box(c, {leg, leg, h}, "", legs.material);
    }
    maker.at({});
}

void add_chair(ShapeMaker& maker, Vec3 base, double yaw_deg, Paint frame, Paint seat) {
    maker.at(placed(base, yaw_deg)).paint(frame);
    const double w = 0.40, d = 0.40, h = 0.45, back = 0.88;
    for (int i = 0; i < 2; ++i) {
        const double x = (i ? 1 : -1) * (w / 2 - 0.02);
        maker.cylinder({x, d / 2 - 0.02, 0}, {x, d / 2 - 0.02, h}, 0.014, 0.018, 10);
        maker.tube({{x, -d / 2 - 0.03, 0}, {x, -d / 2 + 0.01, h}, {x, -d / 2 - 0.05, back}}, 0.017,
                   10);
    }
    for (int i = 0; i < 3; ++i) {
        const double z = 0.60 + 0.11 * i, y = -d / 2 - 0.01 - 0.012 * i;
        maker.box({0, y, z}, {w - 0.03, 0.014, 0.06}, 0.005);
    }
    maker.box({0, d / 2 - 0.02, 0.2}, {w - 0.04, 0.02, 0.025}, 0.004);
    maker.box({w / 2 - 0.02, 0, 0.22}, {0.02, d - 0.02, 0.025}, 0.004);
    maker.box({-w / 2 + 0.02, 0, 0.22}, {0.02, d - 0.02, 0.025}, 0.004);
    maker.paint(seat);
    maker.box({0, 0, h}, {w + 0.02, d + 0.02, 0.035}, 0.014);
    maker.collide_box({0, 0, h / 2}, {w, d, h + 0.03}, "", frame.material);
    maker.collide_box({0, -d / 2 - 0.02, (h + back) / 2}, {w, 0.05, back - h}, "", frame.material);
    maker.at({});
}

void add_pendant(ShapeMaker& maker, Vec3 hook, double drop, double radius, Paint shade) {
    maker.at(placed(hook, 0)).paint(painted("plastic", 0x1c1c1c));
    const double rim = -drop, top = rim + radius * 0.75;
    maker.cylinder({0, 0, top}, {0, 0, 0}, 0.004, -1, 6);
    maker.cylinder({0, 0, -0.03}, {0, 0, 0}, 0.05, -1, 16);
    maker.paint(shade);
    const std::vector<Vec2> outside{{radius, rim},
                                    {radius * 0.86, rim + radius * 0.34},
                                    {radius * 0.5, rim + radius * 0.62},
                                    {0.03, top},
                                    {0.001, top}};
    maker.lathe({}, outside, 32);
    std::vector<Vec2> inside;
    for (const Vec2& p : outside) inside.push_back({std::max(0.001, p.x - 0.004), p.y - 0.004});
    std::reverse(inside.begin(), inside.end());
    maker.paint(painted("plastic", 0xf4f0e6));
    maker.lathe({}, inside, 32);
    maker.at({});
}

void add_clock(ShapeMaker& maker, Vec3 centre, double yaw_deg, double radius) {
    maker.at(placed(centre, yaw_deg)).paint(painted("plastic", 0x202225));
    maker.cylinder({0, 0, 0}, {0, 0.04, 0}, radius, -1, 36);
    maker.paint(painted("paper", 0xf7f5ef));
    maker.cylinder({0, 0.03, 0}, {0, 0.042, 0}, radius * 0.92, -1, 36);
    maker.paint(painted("plastic", 0x17181a));
    for (int i = 0; i < 12; ++i) {
        const double a = i * base::kPi / 6;
        const double r0 = radius * (i % 3 == 0 ? 0.70 : 0.78);
        maker.cylinder({std::sin(a) * r0, 0.044, std::cos(a) * r0},
                       {std::sin(a) * radius * 0.87, 0.044, std::cos(a) * radius * 0.87},
                       radius * 0.02, -1, 6);
    }
    // Ten past ten, as clocks in pictures stand.
    maker.cylinder({0, 0.047, 0}, {radius * 0.45, 0.047, radius * 0.27}, radius * 0.03, -1, 6);
    maker.cylinder({0, 0.050, 0}, {-radius * 0.66, 0.050, radius * 0.38}, radius * 0.02, -1, 6);
    maker.at({});
}

}  // namespace world
