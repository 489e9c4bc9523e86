#include "world/sets/dressing/furniture.h"

#include "base/core/random.h"
#include "world/sets/set_builder.h"

namespace world {

using base::Rng;
using base::Vec3;

void add_sofa(ShapeMaker& maker, Vec3 base, double yaw_deg, double width, Paint cloth,
              Paint pillow) {
    maker.at(placed(base, yaw_deg)).paint(cloth);
    const double d = 0.92, arm = 0.2, seat = 0.44;
    maker.box({0, 0, 0.22}, {width, d, 0.22}, 0.03);
    maker.box({0, -d / 2 + 0.12, 0.55}, {width, 0.24, 0.56}, 0.07);
    for (const double s : {-1.0, 1.0}) {
        maker.box({s * (width / 2 - arm / 2), 0.02, 0.40}, {arm, d - 0.04, 0.46}, 0.07);
    }
    const int cushions = width > 1.7 ? 3 : 2;
    const double w = (width - 2 * arm) / cushions;
    for (int i = 0; i < cushions; ++i) {
        const double x = -width / 2 + arm + w * (i + 0.5);
        maker.box({x, 0.08, seat - 0.06}, {w - 0.012, d - 0.3, 0.15}, 0.05);
        maker.at(
            placed(base, yaw_deg) *
            base::Transform{{x, -d / 2 + 0.28, 0.64}, base::Quat::from_axis_angle({1, 0, 0}, 0.2)});
        maker.box({}, {w - 0.015, 0.16, 0.42}, 0.07);
        maker.at(placed(base, yaw_deg));
    }
    maker.paint(pillow);
    for (const double s : {-1.0, 1.0}) {
        maker.at(placed(base, yaw_deg) *
                 base::Transform{
                     {s * (width / 2 - arm - 0.22), 0.0, 0.63},
                     base::Quat::from_axis_angle(normalize(Vec3{1, 0.3 * s, 0.25 * s}), 0.45)});
        maker.ellipsoid({}, {0.23, 0.08, 0.21}, 20);
    }
    maker.at(placed(base, yaw_deg)).paint(painted("wood", 0x4a3220, "paint"));
    for (int i = 0; i < 4; ++i) {
        maker.cylinder(
            {(i & 1 ? 1 : -1) * (width / 2 - 0.1), (i & 2 ? 1 : -1) * (d / 2 - 0.1), 0},
            {(i & 1 ? 1 : -1) * (width / 2 - 0.1), (i & 2 ? 1 : -1) * (d / 2 - 0.1), 0.12}, 0.02,
            0.03, 10);
    }
    maker.collide_box({0, 0.05, seat / 2}, {width, d, seat}, "", "fabric");
    maker.collide_box({0, -d / 2 + 0.15, 0.62}, {width, 0.3, 0.4}, "", "fabric");
    for (const double s : {-1.0, 1.0}) {
        maker.collide_box({s * (width / 2 - arm / 2), 0, 0.5}, {arm, d, 0.26}, "", "fabric");
    }
    maker.at({});
}

void add_bed(ShapeMaker& maker, Vec3 base, double yaw_deg, Vec3 size, Paint frame, Paint cover) {
    maker.at(placed(base, yaw_deg)).paint(frame);
    const double w = size.x, l = size.y;
    maker.box({0, 0, 0.24}, {w + 0.06, l + 0.04, 0.16}, 0.012);
    maker.box({0, -l / 2 - 0.03, 0.55}, {w + 0.1, 0.05, 1.1}, 0.02);
    maker.box({0, -l / 2 - 0.03, 1.12}, {w + 0.16, 0.08, 0.05}, 0.02);
    maker.box({0, l / 2 + 0.03, 0.3}, {w + 0.1, 0.05, 0.4}, 0.02);
    for (int i = 0; i < 4; ++i) {
        maker.box({(i & 1 ? 1 : -1) * w * 0.48, (i & 2 ? 1 : -1) * l * 0.47, 0.08},
                  {0.07, 0.07, 0.16});
    }
    maker.paint(painted("cotton", 0xf3f0e8));
    maker.box({0, 0, 0.42}, {w, l, 0.22}, 0.06);
    // Duvet: a sheet with soft waves that hangs over the sides.
    maker.paint(cover);
    maker.sheet(40, 30, [&](double s, double t) {
        const double x = (s - 0.5) * (w + 0.36), y = -l * 0.22 + t * (l * 0.72 + 0.06);
        const double over = std::max(0.0, std::abs(x) - w / 2 - 0.02);
        const double soft = 0.022 * std::sin(5.3 * x + 2.1 * y) * std::cos(4.1 * y - 1.3 * x) +
                            0.012 * std::sin(11 * y + 3 * x);
        const double side = std::clamp(x, -w / 2 - 0.05, w / 2 + 0.05);
        const double edge = 0.03 * std::min(1.0, std::min(t, 1 - t) * 12);
        return Vec3{side, y, 0.545 + edge + soft - 1.7 * over};
    });
    maker.paint(painted("cotton", 0xfaf8f2));
    for (const double s : {-1.0, 1.0}) {
        maker.ellipsoid({s * w * 0.24, -l / 2 + 0.27, 0.60}, {w * 0.21, 0.21, 0.085}, 24);
    }
    maker.collide_box({0, 0, 0.28}, {w, l, 0.55}, "", "cotton");
    maker.collide_box({0, -l / 2 - 0.03, 0.56}, {w + 0.1, 0.06, 1.13}, "", "wood");
    maker.at({});
}

void add_cabinet(ShapeMaker& maker, Vec3 base, double yaw_deg, Vec3 size, int columns, int rows,
                 Paint body, Paint knobs) {
    maker.at(placed(base, yaw_deg)).paint(body);
    const double d = size.y;
    maker.box({0, d / 2 - 0.005, size.z / 2 + 0.04}, {size.x, d - 0.02, size.z - 0.10}, 0.004);
    maker.box({0, d / 2, size.z - 0.015}, {size.x + 0.03, d + 0.03, 0.03}, 0.008);
    maker.box({0, d / 2 - 0.02, 0.05}, {size.x - 0.06, d - 0.06, 0.1});
    const double w = (size.x - 0.03) / columns, h = (size.z - 0.15) / rows;
    for (int c = 0; c < columns; ++c) {
        for (int r = 0; r < rows; ++r) {
            const double x = -size.x / 2 + 0.015 + w * (c + 0.5), z = 0.11 + h * (r + 0.5);
            maker.paint(body);
            maker.box({x, d - 0.006, z}, {w - 0.014, 0.022, h - 0.014}, 0.005);
            maker.paint(knobs);
            maker.ellipsoid({x, d + 0.022, z}, {0.016, 0.016, 0.016}, 12);
        }
    }
    maker.collide_box({0, d / 2, size.z / 2}, {size.x, d, size.z}, "", body.material);
    maker.at({});
}

void add_table_lamp(ShapeMaker& maker, Vec3 base, Paint foot, float glow) {
    maker.at(placed(base, 0)).paint(foot);
    maker.lathe({},
                {{0.07, 0},
                 {0.075, 0.01},
                 {0.03, 0.03},
                 {0.05, 0.10},
                 {0.055, 0.15},
                 {0.02, 0.22},
                 {0.012, 0.32}},
                20);
    Paint shade = painted("paper", 0xf4e2bf);
    shade.emission = glow;
    maker.paint(shade);
    maker.lathe({}, {{0.15, 0.28}, {0.09, 0.47}}, 26);
    maker.at({});
}

void add_pallet(ShapeMaker& maker, Vec3 base, double yaw_deg) {
    maker.at(placed(base, yaw_deg)).paint(painted("wood", 0xb6905e, "grain_uv"));
    for (int i = 0; i < 5; ++i) maker.box({0, -0.35 + 0.175 * i, 0.133}, {1.2, 0.13, 0.022}, 0.002);
    for (int i = 0; i < 3; ++i) {
        maker.box({-0.54 + 0.54 * i, 0, 0.111}, {0.13, 0.8, 0.022}, 0.002);
        maker.box({0, -0.35 + 0.35 * i, 0.011}, {1.2, 0.1, 0.022}, 0.002);
        for (int k = 0; k < 3; ++k) {
            maker.box({-0.54 + 0.54 * i, -0.35 + 0.35 * k, 0.061}, {0.13, 0.1, 0.078}, 0.002);
        }
    }
    maker.collide_box({0, 0, 0.072}, {1.2, 0.8, 0.144}, "", "wood");
    maker.at({});
}

void add_carton(ShapeMaker& maker, Vec3 base, double yaw_deg, Vec3 size) {
    maker.at(placed(base, yaw_deg)).paint(painted("cardboard", 0xb18a5a));
    maker.box({0, 0, size.z / 2}, size, 0.006);
    maker.paint(painted("plastic", 0xc9ab78));
    maker.box({0, 0, size.z + 0.0008}, {size.x, 0.05, 0.0016});
    maker.box({size.x / 2, 0, size.z - 0.04}, {0.0016, 0.05, 0.08});
    maker.box({-size.x / 2, 0, size.z - 0.04}, {0.0016, 0.05, 0.08});
    maker.paint(painted("paper", 0xf0eee6, "label"));
    maker.box({size.x * 0.2, -size.y / 2 - 0.0008, size.z * 0.6},
              {size.x * 0.3, 0.0016, size.z * 0.28});
    maker.at({});
}

void add_pallet_rack(ShapeMaker& maker, Vec3 base, double yaw_deg, double width, double height,
                     int levels, uint64_t seed) {
    Rng rng(seed, 41);
    const base::Transform place = placed(base, yaw_deg);
    maker.at(place).paint(painted("steel", 0x20508f, "paint"));
    const double depth = 1.1;
    const int bays = std::max(1, static_cast<int>(width / 2.8));
    for (int i = 0; i <= bays; ++i) {
        const double x = -width / 2 + width * i / bays;
        for (const double y : {0.05, depth - 0.05})
            maker.box({x, y, height / 2}, {0.09, 0.07, height}, 0.004);
        for (int k = 0; k < static_cast<int>(height / 0.8); ++k) {
            const double z = 0.2 + 0.8 * k;
            maker.cylinder({x, k % 2 ? 0.05 : depth - 0.05, z},
                           {x, k % 2 ? depth - 0.05 : 0.05, z + 0.75}, 0.018, -1, 5);
        }
    }
    const double rise = height / (levels + 0.35);
    for (int level = 1; level <= levels; ++level) {
        maker.paint(painted("steel", 0xd8701c, "paint"));
        const double z = rise * level;
        for (const double y : {0.04, depth - 0.04})
            maker.box({0, y, z}, {width, 0.05, 0.11}, 0.006);
    }
    for (int level = 0; level <= levels; ++level) {
        const double z = level == 0 ? 0 : rise * level + 0.055;
        for (int slot = 0; slot < bays * 2; ++slot) {
            if (rng.uniform() < 0.14) continue;
            const double x = -width / 2 + width * (slot + 0.5) / (bays * 2);
            const Vec3 at = place.apply({x, depth / 2, z});
            add_pallet(maker, at, yaw_deg);
            const double room = std::min(1.2, rise - 0.45);
            const int columns = 2, rows = 1 + static_cast<int>(rng.below(2));
            for (int c = 0; c < columns; ++c) {
                const double h = room / 2 * rng.uniform(0.75, 0.98);
                for (int r = 0; r < rows; ++r) {
                    const Vec3 box =
                        place.apply({x - 0.28 + 0.56 * c, depth / 2, z + 0.145 + r * (h + 0.002)});
                    add_carton(maker, box, yaw_deg, {0.54, 0.74, h});
                }
            }
        }
    }
    maker.at(place).collide_box({0, depth / 2, height / 2}, {width, depth, height}, "", "steel");
    maker.at({});
}

}  // namespace world
