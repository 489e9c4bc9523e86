// Baked, cooked and sweet things.
#include <cmath>

#include "base/core/random.h"
#include "world/shapes/catalogue.h"
#include "world/shapes/kit/beast.h"
#include "world/shapes/kit/detail.h"
#include "world/shapes/kit/noise.h"
#include "world/shapes/kit/solids.h"

namespace world::kit {
namespace {

void make_egg(Maker& m) {
    m.colour(0xe8cfae);
    m.add("egg", sphere({}, 1, 56).warp([](Vec3 p) {
        const double k = 0.76 * (1 - 0.14 * p.x);
        return Vec3{p.x, p.y * k, p.z * k};
    }));
    m.mass(0.058);
}
void make_bread(Maker& m) {
    m.colour(0xb9783a);
    m.add("loaf", loft({{-0.13, 0.045, 0.05, 0.05, 0.045, 3},
                        {-0.1, 0.05, 0.06, 0.065, 0.05, 3},
                        {0, 0.05, 0.062, 0.07, 0.05, 3},
                        {0.1, 0.05, 0.06, 0.065, 0.05, 3},
                        {0.13, 0.045, 0.05, 0.05, 0.045, 3}},
                       4, 40, true));
    for (int i = -1; i <= 1; ++i)
        m.add("slash",
              tube({{0.08 * i - 0.02, -0.035, 0.1085},
                    {0.08 * i, 0, 0.1175},
                    {0.08 * i + 0.02, 0.035, 0.1085}},
                   {0.004, 0.009, 0.004}),
              own(0xe8c890));
    m.mass(0.6);
}
void make_baguette(Maker& m) {
    m.colour(0xc08440);
    m.add("loaf", loft({{-0.3, 0.028, 0.01, 0.01, 0.01},
                        {-0.26, 0.03, 0.03, 0.03, 0.026},
                        {0, 0.03, 0.036, 0.036, 0.03},
                        {0.26, 0.03, 0.03, 0.03, 0.026},
                        {0.3, 0.028, 0.01, 0.01, 0.01}},
                       5, 32));
    for (int i = -3; i <= 3; ++i)
        m.add("slash",
              tube({{0.075 * i - 0.03, -0.016, 0.058},
                    {0.075 * i, 0, 0.0635},
                    {0.075 * i + 0.03, 0.016, 0.058}},
                   {0.003, 0.007, 0.003}),
              own(0xead0a0));
    m.mass(0.25);
}
void make_cake(Maker& m) {
    m.colour(0xf4c8d4);
    m.add("plate", lathe({{0, 0}, {0.14, 0}, {0.145, 0.008}, {0, 0.01}}, 0.002, 56), of("ceramic"));
    m.add(
        "cake",
        lathe(fillet({{0, 0.008}, {0.11, 0.008}, {0.11, 0.105}, {0, 0.105}}, 0.012, false), 0, 64));
    m.add(
        "icing",
        lathe({{0.1, 0.095}, {0.113, 0.085}, {0.1135, 0.1}, {0.104, 0.109}, {0, 0.109}}, 0.003, 64),
        own(0x6b3a22));
    Mesh d;
    for (int i = 0; i < 20; ++i)
        d.add(capsule({0.111, 0, 0.09}, {0.111, 0, 0.08 - 0.018 * ((i * 7) % 3)}, 0.008)
                  .turn_z(18 * i));
    m.add("drips", d, own(0x6b3a22));
    Mesh c;
    for (int i = 0; i < 12; ++i)
        c.add(lathe(spline({{0.014, 0.108}, {0.016, 0.114}, {0.008, 0.124}, {0, 0.13}}), 0, 16)
                  .move(0.088, 0, 0)
                  .turn_z(30 * i));
    m.add("cream", c, own(0xfdf8f0));
    for (int i = 0; i < 5; ++i) {
        m.add("candle", rod({0.04, 0, 0.105}, {0.04, 0, 0.165}, 0.004).turn_z(72 * i),
              of("wax", i % 2 ? 0x3a7ac8 : 0xe04a5a));
        m.add("flame", ellipsoid({0.04, 0, 0.175}, {0.004, 0.004, 0.009}, 10).turn_z(72 * i),
              Look(of("glass", 0xffcf70)).glowing(5));
    }
    m.mass(1.5);
}
void make_cupcake(Maker& m) {
    m.colour(0xf2b8cc);
    Curve o;
    for (int i = 0; i < 96; ++i) {
        const double a = 2 * kPi * i / 96, r = 1 + 0.045 * std::cos(24 * a);
        o.push_back({r * std::cos(a), r * std::sin(a)});
    }
    m.add("case", extrude(o, 0, 0.9, 0.01).warp([](Vec3 p) {
        return Vec3{p.x * (0.62 + 0.28 * p.z), p.y * (0.62 + 0.28 * p.z), p.z};
    }),
          of("paper", 0x7a4a2a));
    std::vector<Vec3> p;
    std::vector<double> r;
    for (int i = 0; i <= 60; ++i) {
        const double t = i / 60.0, a = t * 2 * kPi * 3.6;
        p.push_back(
            {(0.68 - 0.66 * t) * std::cos(a), (0.68 - 0.66 * t) * std::sin(a), 0.98 + 0.85 * t});
        r.push_back(0.26 - 0.15 * t);
    }
    m.add("icing", tube(p, r, {.sides = 12, .steps = 1}));
    m.add("base", rod({0, 0, 0.85}, {0, 0, 1.5}, 0.8, 0.2));
    m.add("cherry", sphere({0, 0, 1.98}, 0.17, 24), own(0xc01828));
    m.mass(0.08);
}
void make_donut(Maker& m) {
    m.colour(0xc98a4a);
    m.add("dough", torus({0, 0, 0}, 0.68, 0.34, 64, 28).scale(1, 1, 0.85));
    m.add("icing", torus({}, 0.68, 0.35, 96, 28).warp([](Vec3 p) {
        const double a = std::atan2(p.y, p.x);
        const double low = 0.05 + 0.045 * std::sin(a * 7) + 0.03 * std::sin(a * 11 + 1);
        return Vec3{p.x, p.y, std::max(p.z * 0.87, low)};
    }),
          own(0xe87aa4));
    Mesh s;
    static const unsigned kHex[4] = {0xf8f4ea, 0x3a8ad0, 0xf2c830, 0x58b04a};
    base::Rng g(3);
    Mesh groups[4];
    for (int i = 0; i < 72; ++i) {
        const double a = g.uniform(0, 2 * kPi), t = g.uniform(0.6, 2.5),
                     r = 0.68 + 0.345 * std::cos(t);
        const Vec3 c{r * std::cos(a), r * std::sin(a), 0.352 * std::sin(t) * 0.87};
        const double b = g.uniform(0, kPi);
        const Vec3 d{0.05 * std::cos(b), 0.05 * std::sin(b), 0};
        groups[i % 4].add(tube({c - d, c + d}, {0.019}, {.sides = 8, .steps = 1}));
    }
    for (int k = 0; k < 4; ++k) m.add("sprinkles", groups[k], own(kHex[k]));
    m.collide_ring({}, 0.68, 0.31, 10);
    m.mass(0.07);
}
void make_cookie(Maker& m) {
    m.colour(0xc08a4c);
    m.add(
        "cookie",
        lathe(spline({{0, 0}, {0.9, 0.0}, {1.0, 0.09}, {0.8, 0.22}, {0.4, 0.27}, {0, 0.27}}), 0, 64)
            .warp([](Vec3 p) {
                return Vec3{p.x, p.y, p.z * (1 + 0.25 * rough(p * 3.0, 3))} *
                       (1 + 0.02 * noise(p * 2.5, 5));
            }));
    Mesh c;
    base::Rng g(5);
    for (int i = 0; i < 16; ++i) {
        const double a = i * 2.39996, r = 0.82 * std::sqrt((i + 0.5) / 16);
        c.add(facets({{0.09, 0, 0},
                      {-0.08, 0.03, 0},
                      {0, 0.09, 0.01},
                      {0.01, -0.08, 0},
                      {0, 0, 0.09},
                      {0, 0, -0.05}},
                     60)
                  .turn_z(40 * i)
                  .move(r * std::cos(a), r * std::sin(a), 0.285 - 0.12 * r * r));
    }
    m.add("chips", c, own(0x3a2012));
    m.mass(0.03);
}
void make_pizza(Maker& m) {
    m.colour(0xd29a52);
    m.add("crust",
          lathe({{0, 0}, {0.95, 0}, {1, 0.04}, {0.97, 0.11}, {0.9, 0.1}, {0.86, 0.05}, {0, 0.05}},
                0.02, 72));
    m.add("sauce", rod({0, 0, 0.04}, {0, 0, 0.06}, 0.87, -1, 64), own(0xb83a1c));
    m.add("cheese",
          lathe({{0, 0.05}, {0.84, 0.05}, {0.8, 0.072}, {0, 0.075}}, 0.01, 64).warp([](Vec3 p) {
              const double a = std::atan2(p.y, p.x),
                           k = 1 + 0.035 * std::sin(a * 9) + 0.02 * std::sin(a * 17);
              return Vec3{p.x * k, p.y * k, p.z + 0.006 * noise(p * 7.0, 2)};
          }),
          own(0xf2cc62));
    Mesh s, g;
    for (int i = 0; i < 11; ++i) {
        const double a = i * 2.39996, r = 0.72 * std::sqrt((i + 0.6) / 11);
        s.add(rod({r * std::cos(a), r * std::sin(a), 0.06},
                  {r * std::cos(a), r * std::sin(a), 0.092}, 0.115, -1, 24, 0.01));
    }
    for (int i = 0; i < 9; ++i) {
        const double a = i * 2.1 + 1, r = 0.35 + 0.04 * (i % 9);
        g.add(
            flap({{0, 0, 0.085}, {0.08, 0, 0.12}, {0.16, 0, 0.09}}, 0.1, {0, 1, 0}, 0.1, 0.01, 0.02)
                .turn_z(70 * i)
                .move(r * std::cos(a), r * std::sin(a), 0));
    }
    m.add("salami", s, own(0xa8281c));
    m.add("basil", g, of("leaf", 0x3f7a2c));
    Mesh cut;
    for (int i = 0; i < 4; ++i)
        cut.add(slab({-0.9, -0.005, 0.055}, {0.9, 0.005, 0.082}, 0).turn_z(45 * i));
    m.add("cuts", cut, own(0x8a4a20));
    m.mass(0.7);
}
void make_hamburger(Maker& m) {
    m.colour(0xcf8f48);
    m.add("bottom bun",
          lathe(fillet({{0, 0}, {0.93, 0}, {0.98, 0.25}, {0, 0.25}}, 0.1, false), 0.02, 56));
    m.add("patty",
          lathe(fillet({{0, 0.33}, {1.0, 0.33}, {1.0, 0.56}, {0, 0.56}}, 0.1, false), 0.02, 56)
              .warp([](Vec3 p) {
                  return p * Vec3{1 + 0.02 * noise(p * 6.0, 1), 1 + 0.02 * noise(p * 6.0, 1), 1};
              }),
          own(0x4e2a18));
    m.add("cheese",
          facets({{-0.98, -0.98, 0.57},
                  {0.98, -0.98, 0.57},
                  {0.98, 0.98, 0.57},
                  {-0.98, 0.98, 0.57},
                  {-0.9, -0.9, 0.6},
                  {0.9, -0.9, 0.6},
                  {0.9, 0.9, 0.6},
                  {-0.9, 0.9, 0.6}},
                 30)
              .turn_z(20)
              .warp([](Vec3 p) {
                  const double r = std::hypot(p.x, p.y);
                  return Vec3{p.x, p.y, p.z - (r > 1 ? 0.6 * (r - 1) : 0)};
              }),
          own(0xf2b830));
    m.add("tomato", rod({0, 0, 0.6}, {0, 0, 0.68}, 0.95, -1, 48, 0.02), own(0xc82a1e));
    m.add("lettuce",
          lathe({{0, 0.25}, {1.02, 0.27}, {1.02, 0.31}, {0, 0.33}}, 0.01, 120).warp([](Vec3 p) {
              const double a = std::atan2(p.y, p.x), r = std::hypot(p.x, p.y);
              const double k = 1 + 0.05 * std::sin(a * 13) * r;
              return Vec3{p.x * k, p.y * k, p.z + 0.06 * std::sin(a * 17) * r * r};
          }),
          of("leaf", 0x6fae3a));
    m.add("top bun", lathe(joined({{0, 0.68}, {0.95, 0.68}},
                                  spline({{1.02, 0.78}, {0.94, 1.05}, {0.6, 1.28}, {0, 1.36}})),
                           0.03, 56));
    Mesh s;
    for (int i = 0; i < 60; ++i) {
        const double a = i * 2.39996, r = 0.8 * std::sqrt((i + 0.5) / 60);
        s.add(ellipsoid({r * std::cos(a), r * std::sin(a), 1.365 - 0.42 * r * r * r},
                        {0.05, 0.028, 0.02}, 8)
                  .turn_z(0));
    }
    m.add("sesame", s, own(0xf6e6c0));
    m.mass(0.25);
}
void make_cheese(Maker& m) {
    m.colour(0xf2c23c);
    Mesh w =
        extrude({{-0.6, 0}, {0.55, -0.36}, {0.62, -0.18}, {0.645, 0}, {0.62, 0.18}, {0.55, 0.36}},
                0, 0.42, 0.015);
    m.add("wedge", w);
    Mesh h;
    for (const auto& [x, z, r] : {std::tuple{0.35, 0.25, 0.075},
                                  {0.1, 0.14, 0.06},
                                  {-0.1, 0.3, 0.045},
                                  {0.25, 0.08, 0.035},
                                  {-0.28, 0.18, 0.05},
                                  {0.02, 0.32, 0.03}})
        for (const double s : {-1.0, 1.0}) {
            const double y = s * 0.36 * (x + 0.6) / 1.15;
            h.add(ellipsoid({x, y, z}, {r, 0.012, r}, 20).turn_z(0));
        }
    for (const auto& [x, y, r] : {std::tuple{0.3, 0.08, 0.07},
                                  {0.05, -0.05, 0.05},
                                  {-0.2, 0.03, 0.04},
                                  {0.42, -0.16, 0.045}})
        h.add(ellipsoid({x, y, 0.42}, {r, r, 0.008}, 20));
    m.add("holes", h, own(0xc08c1c));
    m.add("rind",
          extrude({{0.545, -0.362},
                   {0.555, -0.362},
                   {0.628, -0.18},
                   {0.653, 0},
                   {0.628, 0.18},
                   {0.555, 0.362},
                   {0.545, 0.362},
                   {0.61, 0.18},
                   {0.635, 0},
                   {0.61, -0.18}},
                  0.0, 0.422, 0.004),
          own(0xd88a1c));
    m.mass(0.4);
}
void make_ice_cream(Maker& m) {
    m.colour(0xf6e2c0);
    m.piece();
    m.add("cone", lathe({{0, -1.15}, {0.06, -1.13}, {0.52, 0.1}, {0.46, 0.1}, {0, -0.9}}, 0.01, 48),
          of("bread", 0xcf9448));
    Mesh w;
    for (int i = 0; i < 10; ++i)
        for (const double s : {-1.0, 1.0}) {
            std::vector<Vec3> p;
            for (int k = 0; k <= 10; ++k) {
                const double t = k / 10.0, a = s * t * 2.2 + i * 0.628, r = 0.065 + 0.458 * t;
                p.push_back({r * std::cos(a), r * std::sin(a), -1.12 + 1.22 * t});
            }
            w.add(tube(p, {0.012}, {.sides = 5, .steps = 1}));
        }
    m.add("waffle", w, of("bread", 0xa8702c));
    m.piece();
    const auto scoop = [](Vec3 c, double r, int seed) {
        return sphere({}, r, 48)
            .warp([=](Vec3 p) {
                const Vec3 q = p / r;
                return p * (1 + 0.05 * rough(q * 3.0, seed) + (q.z < -0.35 ? 0.1 : 0));
            })
            .move(c);
    };
    m.add("vanilla", scoop({0, 0, 0.32}, 0.5, 1));
    m.add("strawberry", scoop({0, 0, 0.88}, 0.44, 2), own(0xe88aa4));
    m.add("cherry", sphere({0.03, 0, 1.36}, 0.12, 24), own(0xb81426));
    m.mass(0.12);
    m.anchor("grip", {0, 0, -0.5});
}
void make_ice_cube(Maker& m) {
    m.add("cube",
          box({}, {1, 1, 1}, 0.09).warp([](Vec3 p) { return p * (1 + 0.03 * noise(p * 1.7, 5)); }));
    m.collide_box({-0.49, -0.49, -0.49}, {0.49, 0.49, 0.49});
}
void make_chocolate(Maker& m) {
    m.colour(0x4a2816);
    m.add("bar", slab({-0.08, -0.04, 0}, {0.08, 0.04, 0.006}, 0.001));
    Mesh s;
    for (int i = 0; i < 6; ++i)
        for (int j = 0; j < 3; ++j) {
            const double x = -0.066 + 0.0265 * i, y = -0.0265 + 0.0265 * j;
            s.add(facets({{x - 0.012, y - 0.012, 0.005},
                          {x + 0.012, y - 0.012, 0.005},
                          {x + 0.012, y + 0.012, 0.005},
                          {x - 0.012, y + 0.012, 0.005},
                          {x - 0.009, y - 0.009, 0.011},
                          {x + 0.009, y - 0.009, 0.011},
                          {x + 0.009, y + 0.009, 0.011},
                          {x - 0.009, y + 0.009, 0.011}},
                         20));
        }
    m.add("squares", s);
    m.add("foil", slab({-0.082, -0.0415, -0.001}, {-0.02, 0.0415, 0.0118}, 0.003), of("silver"));
    m.add("wrapper", slab({-0.083, -0.042, -0.0012}, {-0.035, 0.042, 0.0122}, 0.003),
          of("paper", 0xb02434));
    m.mass(0.1);
}
void make_candy(Maker& m) {
    m.colour(0xd8243c);
    m.add("sweet", ellipsoid({}, {0.52, 0.4, 0.4}, 40));
    for (int i = -1; i <= 1; ++i)
        m.add("band",
              torus({}, 0.4 * std::sqrt(1 - 0.09 * i * i), 0.022, 40, 8)
                  .turn_y(90)
                  .move(0.16 * i, 0, 0),
              own(0xf8f4ee));
    Mesh t;
    for (const double s : {-1.0, 1.0})
        for (int i = 0; i < 10; ++i)
            t.add(facets({{s * 0.46, 0, 0},
                          {s * 0.95, 0.3, 0.06},
                          {s * 0.95, 0.3, -0.06},
                          {s * 0.9, 0.16, 0},
                          {s * 0.5, 0.06, 0.02}})
                      .turn_x(36 * i));
    m.add("wrapper", t);
    m.mass(0.008);
}
void make_lollipop(Maker& m) {
    m.colour(0xd8243c);
    m.piece();
    std::vector<Vec3> p, q;
    std::vector<double> r;
    for (int i = 0; i <= 90; ++i) {
        const double t = i / 90.0, a = t * 2 * kPi * 3.2, rad = 0.03 + 0.32 * t;
        p.push_back({0, rad * std::cos(a), rad * std::sin(a)});
        q.push_back({0, (rad + 0.052) * std::cos(a), (rad + 0.052) * std::sin(a)});
    }
    m.add("spiral", tube(p, {0.055}, {.sides = 12, .steps = 1, .flat = 1}));
    m.add("white spiral", tube(q, {0.05}, {.sides = 12, .steps = 1}), own(0xf8f4ee));
    m.add("disc", rod({-0.03, 0, 0}, {0.03, 0, 0}, 0.36, -1, 48));
    m.piece();
    m.add("stick", rod({0, 0, -1.25}, {0, 0, -0.3}, 0.028), of("paper", 0xf6f2e8));
    m.mass(0.02);
}
void make_sugar_cube(Maker& m) {
    m.colour(0xfaf8f2);
    m.add("cube", box({}, {1, 1, 0.9}, 0.05), own().with("sugar"));
    m.collide_box({-0.5, -0.5, -0.45}, {0.5, 0.5, 0.45});
    m.mass(0.004);
}
void make_jelly(Maker& m) {
    m.colour(0xd0243c);
    Curve o;
    for (int i = 0; i < 120; ++i) {
        const double a = 2 * kPi * i / 120, r = 1 + 0.07 * std::cos(12 * a);
        o.push_back({r * std::cos(a), r * std::sin(a)});
    }
    std::vector<std::vector<Vec3>> rings;
    for (const auto& [k, z] : {std::pair{1.0, 0.0},
                               {1.02, 0.05},
                               {0.95, 0.35},
                               {0.8, 0.38},
                               {0.76, 0.42},
                               {0.7, 0.72},
                               {0.6, 0.76},
                               {0.56, 0.8},
                               {0.48, 1.0},
                               {0.42, 1.05},
                               {0.2, 1.06}}) {
        std::vector<Vec3> r;
        for (const Vec2 p : o) r.push_back({p.x * k, p.y * k, z});
        rings.push_back(r);
    }
    m.add("jelly", loft_rings(rings));
    m.mass(0.5);
}
void make_sandwich(Maker& m) {
    const Curve t = fillet({{-0.5, -0.5}, {0.5, -0.5}, {-0.5, 0.5}}, 0.07);
    const auto layer = [&](const char* n, double k, double z0, double z1, const Look& l,
                           double wave) {
        Curve c = t;
        for (Vec2& p : c) p = {p.x * k + (k - 1) * 0.16, p.y * k + (k - 1) * 0.16};
        m.add(n, extrude(c, z0, z1, 0.012).warp([=](Vec3 p) {
            return Vec3{p.x, p.y, p.z + wave * std::sin(p.x * 25) * std::cos(p.y * 22)};
        }),
              l);
    };
    m.colour(0xecd2a4);
    layer("bread", 1, 0, 0.13, own(), 0);
    layer("crust", 1.015, 0.012, 0.118, own(0xb07a3c), 0);
    layer("lettuce", 1.08, 0.13, 0.16, of("leaf", 0x6fae3a), 0.012);
    layer("ham", 1.05, 0.16, 0.195, own(0xe08a84), 0.005);
    layer("cheese", 1.06, 0.195, 0.22, own(0xf2c23c), 0.002);
    layer("tomato", 1.0, 0.22, 0.255, own(0xc83020), 0);
    layer("bread", 1, 0.255, 0.385, own(), 0);
    layer("crust", 1.015, 0.267, 0.373, own(0xb07a3c), 0);
    m.mass(0.2);
}

constexpr Noun kNouns[] = {
    {"egg", 0.058, "ceramic", make_egg},          {"bread", 0.28, "bread", make_bread},
    {"baguette", 0.6, "bread", make_baguette},    {"cake", 0.28, "bread", make_cake},
    {"cupcake", 0.08, "bread", make_cupcake},     {"donut", 0.1, "bread", make_donut},
    {"cookie", 0.08, "bread", make_cookie},       {"pizza", 0.32, "bread", make_pizza},
    {"hamburger", 0.11, "bread", make_hamburger}, {"cheese", 0.18, "wax", make_cheese},
    {"ice_cream", 0.14, "ice", make_ice_cream},   {"ice_cube", 0.03, "ice", make_ice_cube},
    {"chocolate", 0.16, "wax", make_chocolate},   {"candy", 0.03, "plastic", make_candy},
    {"lollipop", 0.15, "plastic", make_lollipop}, {"sugar_cube", 0.015, "salt", make_sugar_cube},
    {"jelly", 0.14, "jelly", make_jelly},         {"sandwich", 0.13, "bread", make_sandwich},
};

}  // namespace

std::span<const Noun> dishes_nouns() { return kNouns; }

}  // namespace world::kit
