// Fruit, vegetables and nuts.
#include <cmath>

#include "base/core/random.h"
#include "world/shapes/catalogue.h"
#include "world/shapes/kit/beast.h"
#include "world/shapes/kit/detail.h"
#include "world/shapes/kit/noise.h"
#include "world/shapes/kit/solids.h"

namespace world::kit {
namespace {

void stalk(Maker& m, Vec3 from, Vec3 to, double r, unsigned hex = 0x5a3c1e) {
    m.add("stalk",
          tube({from, base::lerp(from, to, 0.5) + Vec3{r, 0, 0}, to}, {r, r * 0.8, r * 1.2},
               {.sides = 8}),
          of("wood", hex));
}
Mesh leaf_blade(Vec3 from, Vec3 to, double width) {
    const Vec3 d = to - from;
    const Vec3 across = base::normalize(base::cross(Vec3{0, 0, 1}, d));
    return flap({from, base::lerp(from, to, 0.5) + Vec3{0, 0, 0.12 * base::length(d)}, to}, width,
                across, 0.12, width * 0.05, 0.02);
}
// A fruit on the unit ball: `pole` dips at top and foot.
Mesh dimpled(double top, double foot, double shoulders, int detail = 64) {
    Curve c;
    for (int i = 0; i <= 40; ++i) {
        const double t = -kPi / 2 + kPi * i / 40, r = std::cos(t), z = std::sin(t);
        const double dip = z > 0 ? top * std::exp(-r * r * 9) : foot * std::exp(-r * r * 9);
        c.push_back({r * (1 + shoulders * z), z * 0.92 - (z > 0 ? dip : -dip)});
    }
    return lathe(c, 0, detail);
}
void make_apple(Maker& m) {
    m.colour(0xb81c22);
    Mesh a = dimpled(0.32, 0.2, 0.08).warp([](Vec3 p) {
        const double n =
            1 + 0.02 * std::cos(5 * std::atan2(p.y, p.x)) * std::clamp(0.6 - 0.5 * p.z, 0.0, 1.0);
        return Vec3{p.x * n, p.y * n, p.z};
    });
    auto [blush, rest] = split(a, [](Vec3 p) {
        return std::max(0.48 - p.z + 0.22 * rough(p * 3.0, 3),
                        std::hypot(p.x, p.y) - 0.62 - 0.1 * noise(p * 5.0, 2));
    });
    m.add("apple", rest);
    m.add("blush", blush, own(0xc9b23a));
    stalk(m, {0, 0, 0.55}, {0.1, 0.05, 1.15}, 0.035);
    m.ghost();
    m.add("leaf", leaf_blade({0.04, 0, 0.85}, {0.55, 0.25, 1.05}, 0.28), of("leaf"));
}
void make_orange(Maker& m) {
    m.colour(0xe8831c);
    m.add("orange", dimpled(0.05, 0.05, 0), own().with("peel"));
    m.add("navel", lathe({{0.05, 0.84}, {0.1, 0.86}, {0.07, 0.885}, {0, 0.88}}, 0.01, 20),
          of("leaf", 0x5a7a2a));
    m.ghost();
    m.add("leaf", leaf_blade({0, 0, 0.88}, {0.6, 0.15, 1.0}, 0.3), of("leaf"));
    m.mass(0.2);
}
void make_lemon(Maker& m) {
    m.colour(0xf0d22a);
    m.add("lemon",
          lathe(spline({{0, -1.0},
                        {0.14, -0.95},
                        {0.24, -0.84},
                        {0.52, -0.6},
                        {0.68, 0},
                        {0.52, 0.62},
                        {0.2, 0.86},
                        {0.12, 0.98},
                        {0, 1.02}}),
                0, 48)
              .turn_y(90),
          own().with("peel"));
    m.add("stem", rod({-1.02, 0, 0}, {-0.95, 0, 0}, 0.07), of("leaf", 0x6a7a2a));
    m.mass(0.1);
}
void make_banana(Maker& m) {
    m.colour(0xf0cf30);
    std::vector<Vec3> p;
    for (int i = 0; i <= 8; ++i) {
        const double a = (215 + 14.5 * i) * kPi / 180;
        p.push_back({0.75 * std::cos(a), 0, 0.75 * std::sin(a)});
    }
    m.add("banana", tube(p, {0.07, 0.12, 0.155, 0.17, 0.172, 0.17, 0.15, 0.11, 0.05},
                         {.sides = 5, .steps = 6}));
    Mesh r = tube(p, {0.065, 0.115, 0.153, 0.168, 0.170, 0.168, 0.148, 0.105, 0.045},
                  {.sides = 24, .steps = 6});
    m.add("skin", r);
    m.add("tip", sphere(p.front(), 0.062, 12), own(0x2a2012));
    m.add("stalk",
          tube({p.back(), p.back() + Vec3{0.09, 0, 0.1}, p.back() + Vec3{0.15, 0, 0.22}},
               {0.055, 0.04, 0.045}),
          own(0x8a8a2a));
    m.mass(0.12);
    m.collide_capsule(p[0], p[3], 0.14);
    m.collide_capsule(p[3], p[5], 0.17);
    m.collide_capsule(p[5], p[8], 0.13);
    m.collide_capsule(p.back(), p.back() + Vec3{0.15, 0, 0.22}, 0.045);
}
void make_pear(Maker& m) {
    m.colour(0xc3c23e);
    m.add("pear", lathe(spline({{0, -0.86},
                                {0.15, -0.92},
                                {0.5, -0.8},
                                {0.72, -0.35},
                                {0.6, 0.15},
                                {0.36, 0.55},
                                {0.28, 0.85},
                                {0.12, 1.0},
                                {0, 0.96}}),
                        0, 56));
    stalk(m, {0, 0, 0.92}, {0.12, 0, 1.3}, 0.035);
    m.ghost();
    m.add("leaf", leaf_blade({0.03, 0, 1.05}, {0.5, 0.2, 1.15}, 0.26), of("leaf"));
    m.mass(0.18);
}
void make_strawberry(Maker& m) {
    const Curve c = spline({{0, -1},
                            {0.16, -0.93},
                            {0.45, -0.45},
                            {0.68, 0.15},
                            {0.62, 0.55},
                            {0.3, 0.75},
                            {0, 0.76}});
    m.colour(0xd01f28);
    m.add("berry", lathe(c, 0, 48));
    Mesh seeds;
    for (int i = 0; i < 90; ++i) {
        const double t = (i + 0.5) / 90, z = -0.85 + 1.35 * t, a = i * 2.39996;
        double r = 0;
        for (size_t k = 0; k + 1 < c.size(); ++k)
            if (c[k].y <= z && z < c[k + 1].y)
                r = base::lerp(c[k].x, c[k + 1].x, (z - c[k].y) / (c[k + 1].y - c[k].y));
        seeds.add(ellipsoid({}, {0.022, 0.02, 0.036}, 8).move(r, 0, z).turn_z(a * 180 / kPi));
    }
    m.add("seeds", seeds, own(0xe8c84a));
    Mesh leaves;
    for (int i = 0; i < 8; ++i)
        leaves.add(flap({{0.02, 0, 0.78}, {0.3, 0, 0.88}, {0.62, 0, 0.68}}, 0.26, {0, 1, 0}, 0.1,
                        0.02, 0.02)
                       .turn_z(45 * i));
    m.add("leaves", leaves, of("leaf", 0x3f8a30));
    stalk(m, {0, 0, 0.78}, {0.1, 0, 1.1}, 0.035, 0x5a8a30);
    m.mass(0.015);
}
void make_cherry(Maker& m) {
    m.colour(0x9a1020);
    for (const double s : {-1.0, 1.0}) {
        m.piece();
        m.add("cherry", dimpled(0.22, 0.05, 0.02, 40).move(s * 0.95, 0, 0));
    }
    m.ghost();
    for (const double s : {-1.0, 1.0})
        m.add("stalk", tube({{s * 0.95, 0, 0.7}, {s * 0.7, 0, 1.8}, {0.05 * s, 0, 2.7}}, {0.05}),
              of("leaf", 0x5f8a34));
    m.add("leaf", leaf_blade({0, 0, 2.7}, {1.3, 0.2, 2.8}, 0.7), of("leaf"));
    m.mass(0.016);
}
void make_grape(Maker& m) {
    m.colour(0x5c2a78);
    m.add("grape", ellipsoid({}, {0.8, 0.8, 1}, 48));
    m.add("stem", rod({0, 0, 0.97}, {0.05, 0, 1.2}, 0.07), of("leaf", 0x6a8a3a));
    m.mass(0.005);
}
void make_watermelon(Maker& m) {
    m.colour(0x2f6a2c);
    Mesh a = ellipsoid({}, {1.15, 1, 1}, 110);
    auto [dark, light] = split(a, [](Vec3 p) {
        const double t =
            std::atan2(p.z, p.y) * 5 + 1.4 * rough(Vec3{p.x * 3.5, p.y * 5, p.z * 5}, 6);
        return std::sin(t) + 0.35;
    });
    m.add("dark stripes", dark, own(0x1d4a20));
    m.add("rind", light, own(0x6fa84a));
    m.add("stem", tube({{-1.13, 0, 0}, {-1.25, 0, 0.05}, {-1.3, 0.05, 0.16}}, {0.05, 0.035, 0.035}),
          of("leaf", 0x6a7a3a));
    m.collide_sphere({-0.12, 0, 0}, 1);
    m.collide_sphere({0.12, 0, 0}, 1);
}
void make_pineapple(Maker& m) {
    m.colour(0xc98a2a);
    m.add("core", ellipsoid({}, {0.62, 0.62, 0.95}, 40));
    Mesh eyes;
    for (int k = 0; k < 11; ++k) {
        const double z = -0.82 + 0.164 * k,
                     r = 0.62 * std::sqrt(std::max(0.05, 1 - z * z / 0.9025));
        const int n = std::max(6, int(15 * r / 0.62));
        for (int i = 0; i < n; ++i) {
            const double a = 360.0 * (i + 0.5 * (k % 2)) / n;
            eyes.add(facets({{0.07, 0, 0},
                             {0, 0.115, 0},
                             {0, -0.115, 0},
                             {0, 0, 0.105},
                             {0, 0, -0.105},
                             {-0.08, 0, 0}},
                            40)
                         .turn_y(-std::asin(z * 0.7) * 57)
                         .move(r + 0.01, 0, z)
                         .turn_z(a));
        }
    }
    m.add("eyes", eyes);
    m.piece();
    Mesh leaves;
    for (int k = 0; k < 4; ++k)
        for (int i = 0; i < 8; ++i) {
            const double out = 0.62 - 0.15 * k, up = 0.55 + 0.25 * k;
            leaves.add(flap({{0.1, 0, 0.85},
                             {0.1 + out * 0.5, 0, 0.95 + up * 0.6},
                             {0.1 + out, 0, 0.95 + up}},
                            0.2, {0, 1, 0}, 0.25, 0.025, 0.02)
                           .turn_z(45 * i + 22 * k));
        }
    m.add("leaves", leaves, of("leaf", 0x4f8040));
    m.mass(1.5);
}
void make_coconut(Maker& m) {
    m.colour(0x5e3d22);
    m.add("nut", sphere({}, 1, 72).warp([](Vec3 p) {
        return p * (1 + 0.03 * rough(Vec3{p.x * 3, p.y * 3, p.z * 12}, 4)) + Vec3{0, 0, 0.06 * p.z};
    }));
    for (int i = 0; i < 3; ++i)
        m.add("eye",
              ellipsoid({0.93, 0, 0.4}, {0.09, 0.1, 0.12}, 16)
                  .move(-0.02, 0, 0)
                  .turn_z(0)
                  .turn_x(0)
                  .turn({0.919, 0, 0.394}, 0)
                  .move(0, 0.22 * std::cos(i * 2.094), 0.2 * std::sin(i * 2.094)),
              own(0x22150c));
    Mesh hair;
    base::Rng g(4);
    for (int i = 0; i < 120; ++i) {
        const Vec3 d = base::normalize(Vec3{g.normal(), g.normal(), g.normal()});
        hair.add(tube({d * 1.0, d * 1.04 + Vec3{0, 0, 0.08}, d * 1.03 + Vec3{0, 0, 0.2}},
                      {0.014, 0.01, 0.004}, {.sides = 5, .steps = 2}));
    }
    m.add("fibre", hair, own(0x7a5636));
    m.collide_sphere({}, 1.03);
    m.mass(1.4);
}
void make_tomato(Maker& m) {
    m.colour(0xd22a1c);
    m.add("tomato", dimpled(0.2, 0.08, 0.02).warp([](Vec3 p) {
        const double n = 1 + 0.025 * std::cos(6 * std::atan2(p.y, p.x)) * (p.z > -0.3 ? 1 : 0.4);
        return Vec3{p.x * n, p.y * n, p.z * 0.86};
    }));
    Mesh l;
    for (int i = 0; i < 6; ++i)
        l.add(
            flap({{0, 0, 0.64}, {0.25, 0, 0.75}, {0.5, 0, 0.72}}, 0.13, {0, 1, 0}, 0.1, 0.02, 0.02)
                .turn_z(60 * i));
    m.add("calyx", l, of("leaf", 0x3f7a2c));
    stalk(m, {0, 0, 0.6}, {0.05, 0, 0.9}, 0.045, 0x4f7a2c);
    m.mass(0.12);
}
void make_potato(Maker& m) {
    const uint64_t s = m.request().seed;
    m.colour(0xb08a54);
    m.add("potato", sphere({}, 1, 64).warp([=](Vec3 p) {
        return (p + Vec3{0, 0, 0.1 * p.x * p.x}) * Vec3{1, 0.68, 0.6} *
               (1 + 0.16 * rough(p * 1.3, s, 3));
    }));
    Mesh e;
    base::Rng g(s);
    for (int i = 0; i < 12; ++i) {
        const Vec3 d = base::normalize(Vec3{g.normal(), g.normal(), g.normal()});
        e.add(ellipsoid((d + Vec3{0, 0, 0.1 * d.x * d.x}) * Vec3{1, 0.68, 0.6} *
                            (1 + 0.16 * rough(d * 1.3, s, 3)),
                        {0.035, 0.04, 0.018}, 8));
    }
    m.add("eyes", e, own(0x7a5a30));
    m.mass(0.2);
}
void make_carrot(Maker& m) {
    m.colour(0xe5761c);
    Curve c{{0, -1}};
    c = joined(
        c,
        spline(
            {{0.02, -0.98}, {0.1, -0.5}, {0.17, 0.1}, {0.215, 0.55}, {0.17, 0.68}, {0.06, 0.7}}));
    c.push_back({0, 0.69});
    m.add("carrot", lathe(c, 0, 40));
    Mesh r;
    for (int i = 0; i < 9; ++i) {
        const double z = -0.6 + 0.14 * i, x = 0.085 + 0.075 * (z + 0.6) * 1.1;
        r.add(tube({{x, -0.05, z}, {x + 0.012, 0.0, z}, {x, 0.05, z}}, {0.006}, {.sides = 5})
                  .turn_z(97 * i));
    }
    m.add("rings", r, own(0xb8560e));
    m.ghost();
    Mesh l;
    for (int i = 0; i < 7; ++i)
        l.add(
            tube({{0, 0, 0.66}, {0.05, 0, 0.9}, {0.12 + 0.02 * (i % 3), 0, 1.15 + 0.05 * (i % 2)}},
                 {0.025, 0.02, 0.03})
                .turn_z(51 * i));
    for (int i = 0; i < 40; ++i)
        l.add(flap({{0.05 + 0.002 * i, 0, 0.85 + 0.009 * i},
                    {0.13 + 0.002 * i, 0.02, 0.92 + 0.009 * i},
                    {0.18, 0, 0.98 + 0.008 * i}},
                   0.05, {0, 1, 0}, 0.1, 0.008, 0.02)
                  .turn_z(67 * i));
    m.add("greens", l.turn_z(10), of("leaf", 0x4a9a34));
    m.mass(0.1);
}
void make_pumpkin(Maker& m) {
    m.colour(0xdd7a1a);
    m.add("pumpkin", sphere({}, 1, 120).warp([](Vec3 p) {
        const double a = std::atan2(p.y, p.x), r = std::hypot(p.x, p.y);
        const double rib = 1 - 0.09 * std::pow(std::abs(std::cos(a * 5)), 6) * r;
        const double dip = 0.22 * std::exp(-r * r * 8) * (p.z > 0 ? 1 : -0.7);
        return Vec3{p.x * rib, p.y * rib, p.z * 0.78 - dip};
    }));
    m.add("stalk",
          tube({{0, 0, 0.5}, {0.02, 0, 0.72}, {0.1, 0.03, 0.9}, {0.22, 0.05, 0.98}},
               {0.13, 0.085, 0.075, 0.09}, {.sides = 8}),
          of("leaf", 0x6a7a3a));
    m.mass(5);
}
void make_mushroom(Maker& m) {
    m.colour(0xc8261e);
    m.piece();
    m.add("stem",
          lathe(joined({{0, 0}, {0.2, 0}},
                       joined(spline({{0.21, 0.05}, {0.15, 0.35}, {0.14, 0.7}}), {{0, 0.72}})),
                0.02, 40),
          own(0xf2ead8));
    m.add("skirt", lathe({{0.15, 0.55}, {0.26, 0.47}, {0.25, 0.46}, {0.15, 0.52}}, 0.004, 40, true),
          own(0xf2ead8));
    m.piece();
    const Curve cap =
        joined({{0, 0.68}, {0.4, 0.62}},
               spline({{0.54, 0.64}, {0.53, 0.74}, {0.38, 0.95}, {0.18, 1.06}, {0, 1.09}}));
    m.add("cap", lathe(cap, 0.01, 56));
    m.add("gills", lathe({{0.14, 0.672}, {0.5, 0.617}, {0.5, 0.625}, {0.14, 0.68}}, 0, 56, true),
          own(0xf0e2c6));
    Mesh d;
    for (int i = 0; i < 16; ++i) {
        const double t = i / 16.0, a = i * 2.39996;
        const double r = 0.08 + 0.43 * std::sqrt(t),
                     z = 0.68 + 0.41 * std::sqrt(std::max(0.0, 1 - r * r / 0.31));
        d.add(ellipsoid({r * std::cos(a), r * std::sin(a), z}, {0.05, 0.05, 0.025}, 12));
    }
    m.add("spots", d, own(0xf6f2e8));
    m.mass(0.03);
}
void make_walnut(Maker& m) {
    m.colour(0xa87a48);
    m.add("nut", sphere({}, 1, 96).warp([](Vec3 p) {
        return p * Vec3{1, 0.88, 0.88} * (1 + 0.09 * rough(p * 3.2, 12, 3));
    }));
    m.add("seam", torus({}, 0.98, 0.06, 64, 10).turn_x(90).scale(1.02, 1, 0.92), own(0x96683a));
    m.mass(0.012);
    m.collide_sphere({}, 0.98);
}
void make_corn(Maker& m) {
    m.colour(0xf0c630);
    m.add("cob", ellipsoid({0.05, 0, 0}, {0.9, 0.2, 0.2}, 32));
    Mesh k;
    for (int r = 0; r < 24; ++r) {
        const double x = -0.62 + 0.0625 * r,
                     w = 0.205 * std::sqrt(std::max(0.02, 1 - std::pow((x - 0.0) / 0.98, 4)));
        for (int i = 0; i < 14; ++i)
            k.add(ellipsoid({x, 0, w}, {0.036, 0.05, 0.035}, 8).turn_x(360.0 / 14 * i));
    }
    m.add("kernels", k);
    Mesh h;
    for (int i = 0; i < 5; ++i)
        h.add(flap({{-0.98, 0, 0.06}, {-0.6, 0, 0.27}, {-0.2, 0, 0.31}, {0.15, 0, 0.48}}, 0.42,
                   {0, 1, 0}, -0.25, 0.018, 0.03)
                  .turn_x(72 * i + 36));
    m.add("husk", h, of("leaf", 0x7fb04a));
    m.add("stem", rod({-1.12, 0, 0}, {-0.9, 0, 0}, 0.07), of("leaf", 0x7fa04a));
    m.mass(0.25);
}

constexpr Noun kNouns[] = {
    {"apple", 0.08, "fruit", make_apple},
    {"orange", 0.08, "fruit", make_orange},
    {"lemon", 0.08, "fruit", make_lemon},
    {"banana", 0.19, "fruit", make_banana},
    {"pear", 0.1, "fruit", make_pear},
    {"strawberry", 0.04, "fruit", make_strawberry},
    {"cherry", 0.025, "fruit", make_cherry},
    {"grape", 0.02, "fruit", make_grape},
    {"watermelon", 0.32, "fruit", make_watermelon},
    {"pineapple", 0.3, "fruit", make_pineapple},
    {"coconut", 0.14, "wood", make_coconut},
    {"tomato", 0.07, "fruit", make_tomato},
    {"potato", 0.09, "fruit", make_potato},
    {"carrot", 0.18, "fruit", make_carrot},
    {"pumpkin", 0.35, "fruit", make_pumpkin},
    {"mushroom", 0.08, "fruit", make_mushroom},
    {"walnut", 0.035, "wood", make_walnut},
    {"corn", 0.18, "fruit", make_corn},
};

}  // namespace

std::span<const Noun> fruit_nouns() { return kNouns; }

}  // namespace world::kit
