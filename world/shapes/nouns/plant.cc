// Trees, flowers and other plants.
#include <cmath>

#include "base/core/random.h"
#include "world/shapes/catalogue.h"
#include "world/shapes/kit/beast.h"
#include "world/shapes/kit/detail.h"
#include "world/shapes/kit/noise.h"
#include "world/shapes/kit/solids.h"

namespace world::kit {
namespace {

Mesh leaf_ball(Vec3 c, double r, int seed, int n = 90, double leaf = 0.3) {
    Mesh out = sphere({}, r * 0.8, 20)
                   .warp([=](Vec3 p) { return p * (1 + 0.18 * noise(p * (2.2 / r), seed)); })
                   .move(c);
    base::Rng g(seed);
    for (int i = 0; i < n; ++i) {
        const Vec3 d = base::normalize(Vec3{g.normal(), g.normal(), g.normal() + 0.2}),
                   u = base::any_perpendicular(d);
        const Vec3 p = c + d * (r * g.uniform(0.78, 0.98));
        out.add(facets({p - u * (leaf * r * 0.5), p + u * (leaf * r * 0.5),
                        p + d * (leaf * r * 0.25) + Vec3{0, 0, leaf * r * 0.15},
                        p + base::cross(d, u) * (leaf * r * 0.3),
                        p - base::cross(d, u) * (leaf * r * 0.3)}));
    }
    return out;
}
void trunk(Maker& m, double h, double r, unsigned hex = 0x5f4229) {
    m.piece("trunk");
    Mesh t =
        tube({{0, 0, 0}, {0.04, 0.02, h * 0.4}, {0, 0, h}}, {r * 1.25, r, r * 0.7}, {.sides = 18});
    for (int i = 0; i < 5; ++i)
        t.add(tube({{0, 0, r * 1.2},
                    {r * 1.3 * std::cos(i * 1.257), r * 1.3 * std::sin(i * 1.257), r * 0.3},
                    {r * 2.3 * std::cos(i * 1.257), r * 2.3 * std::sin(i * 1.257), 0}},
                   {r * 0.7, r * 0.45, r * 0.15}));
    m.add("trunk", t, of("wood", hex).with("bark"));
}
void make_tree(Maker& m) {
    base::Rng g(m.request().seed);
    trunk(m, 3.2, 0.2);
    Mesh b;
    for (int i = 0; i < 6; ++i) {
        const double a = i * 1.05;
        b.add(tube({{0, 0, 1.9 + 0.15 * i},
                    {0.5 * std::cos(a), 0.5 * std::sin(a), 2.8 + 0.1 * i},
                    {1.1 * std::cos(a), 1.1 * std::sin(a), 3.5}},
                   {0.1, 0.07, 0.03}));
    }
    m.ghost();
    m.add("branches", b, of("wood", 0x5f4229));
    m.piece("crown");
    Mesh c;
    for (int i = 0; i < 13; ++i) {
        const double a = i * 2.39996, r = i == 0 ? 0 : 0.55 + 0.75 * g.uniform();
        c.add(leaf_ball(
            {r * std::cos(a), r * std::sin(a), 3.4 + 1.5 * (i / 13.0) + 0.4 * g.uniform()},
            0.75 + 0.25 * g.uniform(), 10 + i, 70));
    }
    m.add("leaves", c, of("leaf", 0x4a7f30));
}
void make_bush(Maker& m) {
    Mesh c;
    for (int i = 0; i < 11; ++i) {
        const double a = i * 2.39996, r = 0.38 * std::sqrt(i / 11.0);
        c.add(leaf_ball({r * std::cos(a), r * std::sin(a), 0.28 + 0.22 * (1 - i / 11.0)}, 0.25,
                        40 + i, 80, 0.34));
    }
    m.add("leaves", c);
}
void make_pine_tree(Maker& m) {
    trunk(m, 2.2, 0.16);
    m.piece("crown");
    Mesh c;
    for (int k = 0; k < 8; ++k) {
        const double z = 1.1 + 0.72 * k, r = 1.55 * (1 - k / 8.4);
        for (int i = 0; i < 22; ++i) {
            const double a = (i + 0.5 * (k % 2)) * 2 * kPi / 22,
                         q = r * (0.92 + 0.14 * std::sin(i * 4.7 + k));
            c.add(flap({{0.03 * std::cos(a), 0.03 * std::sin(a), z + 0.75},
                        {q * 0.55 * std::cos(a), q * 0.55 * std::sin(a), z + 0.3},
                        {q * std::cos(a), q * std::sin(a), z - 0.05}},
                       0.2 + 0.32 * r, {-std::sin(a), std::cos(a), 0}, -0.12, 0.05, 0.03));
        }
    }
    c.add(rod({0, 0, 6.2}, {0, 0, 7.1}, 0.12, 0.01, 12));
    m.add("needles", c, of("leaf", 0x23522c));
}
void make_palm_tree(Maker& m) {
    m.piece("trunk");
    std::vector<Vec3> p;
    for (int i = 0; i <= 8; ++i) p.push_back({0.9 * std::pow(i / 8.0, 2), 0, 0.65 * i});
    m.add("trunk", tube(p, {0.26, 0.2, 0.18, 0.17, 0.16, 0.155, 0.15, 0.15, 0.16}),
          of("wood", 0x8a6a44));
    Mesh r;
    for (size_t i = 0; i + 1 < p.size(); ++i)
        for (int k = 0; k < 3; ++k)
            r.add(torus({}, 0.19 - 0.005 * i, 0.025, 20, 6)
                      .move(base::lerp(p[i], p[i + 1], k / 3.0)));
    m.add("rings", r, of("wood", 0x6f5232));
    m.piece("crown");
    const Vec3 top{0.9, 0, 5.2};
    Mesh l;
    for (int i = 0; i < 13; ++i) {
        const double a = i * 2 * kPi / 13, up = 0.7 + 0.35 * std::sin(i * 2.4);
        const Vec3 o{std::cos(a), std::sin(a), 0};
        std::vector<Vec3> s =
            spline3({top, top + o * 0.9 + Vec3{0, 0, up}, top + o * 1.9 + Vec3{0, 0, up * 0.7},
                     top + o * 2.5 + Vec3{0, 0, up - 1.2}},
                    false, 6);
        l.add(tube(s, {0.03}, {.sides = 6, .steps = 1}));
        for (size_t k = 2; k + 1 < s.size(); ++k)
            for (const double e : {-1.0, 1.0}) {
                const Vec3 side = base::cross(o, Vec3{0, 0, 1}) * e;
                l.add(facets({s[k], s[k] + o * 0.1, s[k] + side * 0.45 + o * 0.3 - Vec3{0, 0, 0.25},
                              s[k] + o * 0.05 + Vec3{0, 0, 0.025}}));
            }
    }
    m.add("fronds", l, of("leaf", 0x3f8a36));
    m.ghost();
    m.add("coconuts", sphere({0.22, 0, -0.12}, 0.15, 18).around_z(4).move(top),
          of("wood", 0x5e3d22));
}
void stem(Maker& m, double h, double r) {
    m.add("stem", tube({{0, 0, 0}, {0.01, 0.01, h / 2}, {0, 0, h}}, {r}), of("leaf", 0x3f7a2c));
    Mesh l;
    for (int i = 0; i < 2; ++i)
        l.add(flap({{0, 0, h * (0.3 + 0.2 * i)},
                    {h * 0.12, 0, h * (0.42 + 0.2 * i)},
                    {h * 0.26, 0, h * (0.40 + 0.2 * i)}},
                   h * 0.1, {0, 1, 0}, 0.2, r * 0.4, 0.03)
                  .turn_z(200 * i + 30));
    m.add("leaf", l, of("leaf", 0x3f7a2c));
}
void daisy(Maker& m, double h, double r, int n, unsigned petal, unsigned core, double disc,
           double tilt, double petal_w) {
    stem(m, h, r * 0.07);
    Mesh p;
    for (int k = 0; k < 2; ++k)
        for (int i = 0; i < n; ++i)
            p.add(flap({{disc * r * 0.8, 0, 0},
                        {r * 0.6, 0, 0.1 * r},
                        {r * (1 - 0.08 * k), 0, 0.02 * r - 0.06 * k * r}},
                       r * petal_w, {0, 1, 0}, 0.1, r * 0.02, 0.15)
                      .turn_z((i + 0.5 * k) * 360.0 / n));
    m.add("petals", p.turn_y(tilt).move(0, 0, h), of("leaf", petal));
    Mesh c = ellipsoid({0, 0, 0.02 * r}, {disc * r, disc * r, disc * r * 0.35}, 32);
    for (int i = 0; i < 60; ++i) {
        const double q = disc * r * std::sqrt((i + 0.5) / 60), a = i * 2.39996;
        c.add(sphere({q * std::cos(a), q * std::sin(a),
                      0.02 * r + disc * r * 0.35 * std::sqrt(1 - (i + 0.5) / 60)},
                     disc * r * 0.07, 6));
    }
    m.add("centre", c.turn_y(tilt).move(0, 0, h), of("leaf", core));
}
void make_flower(Maker& m) { daisy(m, 0.33, 0.08, 13, 0xf8f6f0, 0xf0c020, 0.3, 25, 0.3); }
void make_sunflower(Maker& m) { daisy(m, 1.1, 0.17, 20, 0xf2b81c, 0x4a2c14, 0.52, 60, 0.24); }
void make_rose(Maker& m) {
    stem(m, 0.33, 0.004);
    Mesh p;
    for (int k = 0; k < 5; ++k) {
        const double r = 0.008 + 0.0085 * k, open = 0.25 + 0.28 * k;
        for (int i = 0; i < 4 + (k > 2); ++i)
            p.add(flap({{r * 0.35, 0, 0},
                        {r * 1.05, 0, 0.028 - 0.002 * k},
                        {r * (0.85 + open * 0.36), 0, 0.055 - 0.0065 * k}},
                       0.02 + r * 1.35, {0, 1, 0}, 0.35, 0.0012, 0.55)
                      .turn_z((i + 0.37 * k) * 360.0 / (4 + (k > 2))));
    }
    p.add(ellipsoid({0, 0, 0.03}, {0.01, 0.01, 0.025}, 16));
    m.add("petals", p.move(0, 0, 0.335), of("leaf", 0xb8121e));
    m.add("sepals",
          flap({{0.004, 0, 0.335}, {0.022, 0, 0.33}, {0.035, 0, 0.315}}, 0.014, {0, 1, 0}, 0.1,
               0.001, 0.03)
              .around_z(5),
          of("leaf", 0x3f7a2c));
    m.add("thorn",
          rod({0.003, 0, 0.1}, {0.014, 0, 0.106}, 0.003, 0.0004, 8)
              .add(rod({-0.003, 0, 0.2}, {-0.014, 0, 0.206}, 0.003, 0.0004, 8)),
          of("leaf", 0x5a4a2c));
}
void make_tulip(Maker& m) {
    stem(m, 0.27, 0.005);
    Mesh p;
    for (int k = 0; k < 2; ++k)
        for (int i = 0; i < 3; ++i)
            p.add(
                flap(
                    {{0.002, 0, 0.27}, {0.033 - 0.003 * k, 0, 0.295}, {0.016 - 0.004 * k, 0, 0.35}},
                    0.062, {0, 1, 0}, 0.25, 0.0014, 0.1)
                    .turn_z(120 * i + 60 * k));
    m.add("petals", p, of("leaf", 0xd8243c));
    m.add("leaf",
          flap({{0, 0, 0}, {0.035, 0, 0.1}, {0.05, 0, 0.21}}, 0.045, {0, 1, 0}, 0.3, 0.0015, 0.03)
              .around_z(2),
          of("leaf", 0x3f7a4c));
}
void make_cactus(Maker& m) {
    Curve c;
    for (int i = 0; i < 96; ++i) {
        const double a = 2 * kPi * i / 96, r = 1 + 0.1 * std::cos(12 * a);
        c.push_back({r * std::cos(a), r * std::sin(a)});
    }
    m.colour(0x3f7a44);
    const auto part = [&](double r, double z0, double z1) {
        std::vector<std::vector<Vec3>> g;
        for (int k = 0; k <= 14; ++k) {
            const double t = k / 14.0, z = z0 + (z1 - z0) * t,
                         e = t > 0.8 ? std::sqrt(std::max(0.0004, 1 - std::pow((t - 0.8) / 0.2, 2)))
                                     : 1;
            std::vector<Vec3> q;
            for (const Vec2 p : c) q.push_back({p.x * r * e, p.y * r * e, z});
            g.push_back(q);
        }
        return loft_rings(g);
    };
    m.piece();
    m.add("body", part(0.11, 0, 0.9));
    for (const double s : {-1.0, 1.0}) {
        const double z = s > 0 ? 0.35 : 0.46;
        m.piece();
        m.add("arm",
              tube({{0, s * 0.08, z}, {0, s * 0.2, z + 0.01}, {0, s * 0.25, z + 0.07}}, {0.062})
                  .add(part(0.065, z + 0.05, z + 0.33).move(0, s * 0.25, 0)));
    }
    m.ghost();
    Mesh n;
    for (int i = 0; i < 12; ++i)
        for (int k = 0; k < 9; ++k)
            for (const double a : {-25.0, 25.0})
                n.add(rod({0, 0, 0}, {0.035, 0, 0.01}, 0.0016, 0.0003, 4, 0)
                          .turn_z(a)
                          .move(0.119, 0, 0.06 + 0.08 * k)
                          .turn_z(30 * i));
    m.add("spines", n, of("wood", 0xf0e8d0));
    m.add("bloom",
          flap({{0.004, 0, 0.89}, {0.03, 0, 0.92}, {0.045, 0, 0.95}}, 0.035, {0, 1, 0}, 0.2, 0.002,
               0.1)
              .around_z(7),
          of("leaf", 0xe8508a));
}
void make_grass(Maker& m) {
    base::Rng g(m.request().seed);
    Mesh b;
    for (int i = 0; i < 90; ++i) {
        const double a = g.uniform(0, 360), r = 0.07 * std::sqrt(g.uniform()),
                     h = g.uniform(0.14, 0.3), o = g.uniform(0.02, 0.12);
        b.add(flap({{r, 0, 0}, {r + o * 0.3, 0, h * 0.6}, {r + o, 0, h}}, 0.012, {0, 1, 0}, 0.2,
                   0.001, 0.02)
                  .turn_z(a));
    }
    m.colour(0x4f8a2c);
    m.add("blades", b);
}
void make_leaf(Maker& m) {
    m.colour(0x5a9a34);
    m.add("blade", flap({{-0.03, 0, 0.004}, {0.0, 0, 0.009}, {0.035, 0, 0.007}, {0.055, 0, 0.003}},
                        0.05, {0, 1, 0}, 0.12, 0.0008, 0.02));
    Mesh v = tube({{-0.05, 0, 0.001},
                   {-0.03, 0, 0.003},
                   {0.0, 0, 0.0065},
                   {0.035, 0, 0.0045},
                   {0.05, 0, 0.0025}},
                  {0.0012, 0.001, 0.0008, 0.0006, 0.0003});
    for (int i = 0; i < 5; ++i)
        v.add(rod({-0.02 + 0.012 * i, 0, 0.0045 + 0.0004 * i},
                  {-0.008 + 0.012 * i, 0.018 - 0.002 * i, 0.0075}, 0.0005, 0.0002, 5)
                  .mirror_y());
    m.add("veins", v, own(0x86b858));
}
void make_log(Maker& m) {
    m.piece();
    m.add("bark",
          lathe({{0, 0}, {0.15, 0}, {0.155, 0.01}, {0.15, 1.19}, {0.145, 1.2}, {0, 1.2}}, 0.005, 48)
              .warp([](Vec3 p) {
                  const double a = std::atan2(p.y, p.x);
                  return Vec3{p.x * (1 + 0.03 * std::sin(a * 14 + 2 * noise(p * 4.0, 1))),
                              p.y * (1 + 0.03 * std::sin(a * 14 + 2 * noise(p * 4.0, 1))), p.z};
              })
              .turn_y(90)
              .move(-0.6, 0, 0),
          own(0x5f4229).with("bark"));
    for (const double s : {-1.0, 1.0}) {
        m.add("end", rod({s * 0.59, 0, 0}, {s * 0.604, 0, 0}, 0.138, -1, 40), own(0xd8ac70));
        for (const double r : {0.035, 0.065, 0.095, 0.12})
            m.add("ring", torus({}, r, 0.0022, 40, 6).turn_y(90).move(s * 0.604, 0, 0),
                  own(0x9a6a38));
    }
    m.add("knot", rod({0.1, -0.1, 0.06}, {0.14, -0.22, 0.12}, 0.035, 0.028), own(0x5f4229));
}
void make_stump(Maker& m) {
    m.add("bark",
          lathe(spline({{0.25, 0}, {0.2, 0.06}, {0.17, 0.2}, {0.165, 0.38}}), 0, 56)
              .add(rod({0, 0, 0}, {0, 0, 0.38}, 0.16))
              .warp([](Vec3 p) {
                  const double a = std::atan2(p.y, p.x),
                               k = 1 + 0.07 * std::sin(a * 7) * (1.2 - 2 * p.z) +
                                   0.015 * std::sin(a * 23);
                  return Vec3{p.x * k, p.y * k, p.z};
              }),
          own(0x5f4229).with("bark"));
    m.add("top", rod({0, 0, 0.37}, {0, 0, 0.384}, 0.158, -1, 48), own(0xd8ac70));
    for (const double r : {0.03, 0.06, 0.09, 0.12, 0.145})
        m.add("ring", torus({0.008, 0, 0.384}, r, 0.0025, 44, 6), own(0x9a6a38));
    m.anchor("top", {0, 0, 0.384});
}
void make_stick(Maker& m) {
    m.colour(0x6b4a2c);
    m.add("stick",
          tube({{-0.3, 0, 0}, {-0.12, 0.015, 0.005}, {0.08, -0.012, 0}, {0.3, 0.012, 0.006}},
               {0.013, 0.0125, 0.011, 0.008}, {.sides = 9}));
    m.add("twig", tube({{0.08, -0.012, 0}, {0.14, 0.04, 0.015}, {0.17, 0.07, 0.03}},
                       {0.007, 0.006, 0.004}));
    m.collide_capsule({-0.29, 0, 0}, {0.29, 0.005, 0.003}, 0.012);
}
void make_branch(Maker& m) {
    m.colour(0x6b4a2c);
    m.add("wood", tube({{-0.5, 0, 0}, {-0.15, 0.04, 0.03}, {0.2, -0.02, 0.06}, {0.48, 0.03, 0.12}},
                       {0.028, 0.022, 0.016, 0.006})
                      .add(tube({{-0.15, 0.04, 0.03}, {0.05, 0.2, 0.1}, {0.22, 0.3, 0.12}},
                                {0.015, 0.01, 0.004}))
                      .add(tube({{0.1, 0, 0.05}, {0.22, -0.14, 0.1}, {0.36, -0.22, 0.1}},
                                {0.012, 0.008, 0.004})));
    Mesh l;
    base::Rng g(3);
    for (int i = 0; i < 34; ++i) {
        const double t = g.uniform();
        const Vec3 p = i % 3 == 0   ? base::lerp(Vec3{0, 0.16, 0.08}, Vec3{0.22, 0.3, 0.12}, t)
                       : i % 3 == 1 ? base::lerp(Vec3{0.18, -0.08, 0.08}, Vec3{0.36, -0.22, 0.1}, t)
                                    : base::lerp(Vec3{0.2, -0.02, 0.06}, Vec3{0.48, 0.03, 0.12}, t);
        l.add(flap({{0, 0, 0}, {0.035, 0, 0.018}, {0.075, 0, 0.01}}, 0.034, {0, 1, 0}, 0.12, 0.001,
                   0.03)
                  .turn_z(g.uniform(-110, 110))
                  .move(p));
    }
    m.add("leaves", l, of("leaf", 0x4f8a34));
}
void make_pinecone(Maker& m) {
    m.colour(0x7a4f2c);
    m.add("core", ellipsoid({}, {0.24, 0.24, 0.85}, 24));
    Mesh s;
    for (int i = 0; i < 110; ++i) {
        const double t = (i + 0.5) / 110, z = -0.9 + 1.8 * t,
                     r = 0.5 * std::pow(std::sin(kPi * (0.08 + 0.88 * std::pow(t, 0.8))), 0.8);
        s.add(facets({{0.05, 0.03, 0},
                      {0.05, -0.03, 0},
                      {r * 0.95, 0.13, 0.1},
                      {r * 0.95, -0.13, 0.1},
                      {r * 1.05, 0, 0.15},
                      {r * 0.95, 0, 0.05},
                      {r * 0.9, 0, 0.17}},
                     40)
                  .move(0, 0, z - 0.08)
                  .turn_z(i * 137.5));
    }
    m.add("scales", s);
    m.mass(0.02);
}
void make_acorn(Maker& m) {
    m.colour(0x9a6a30);
    m.add("nut",
          lathe(spline({{0, -1}, {0.06, -0.93}, {0.4, -0.6}, {0.56, -0.1}, {0.5, 0.3}, {0, 0.32}}),
                0, 40));
    m.add("cup",
          lathe(spline({{0.58, 0.08}, {0.66, 0.2}, {0.55, 0.5}, {0.2, 0.66}, {0, 0.68}}), 0, 40)
              .add(rod({0, 0, 0.08}, {0, 0, 0.4}, 0.57)),
          own(0x6b4524));
    Mesh b;
    for (int i = 0; i < 80; ++i) {
        const double t = (i + 0.5) / 80, a = i * 2.39996, r = 0.62 * std::sqrt(t),
                     z = 0.66 - 0.46 * t * t;
        b.add(ellipsoid({r * std::cos(a), r * std::sin(a), z}, {0.06, 0.06, 0.03}, 7));
    }
    m.add("scales", b, own(0x6b4524));
    m.add("stalk", tube({{0, 0, 0.64}, {0.02, 0, 0.85}, {0.1, 0, 0.98}}, {0.07, 0.055, 0.06}),
          own(0x5a3a1e));
    m.mass(0.004);
}

constexpr Noun kNouns[] = {
    {"tree", 6, "wood", make_tree},           {"bush", 1.2, "leaf", make_bush},
    {"pine_tree", 7, "wood", make_pine_tree}, {"palm_tree", 7, "wood", make_palm_tree},
    {"flower", 0.35, "leaf", make_flower},    {"sunflower", 1.2, "leaf", make_sunflower},
    {"rose", 0.4, "leaf", make_rose},         {"tulip", 0.35, "leaf", make_tulip},
    {"cactus", 0.9, "leaf", make_cactus},     {"grass", 0.3, "leaf", make_grass},
    {"leaf", 0.09, "leaf", make_leaf},        {"log", 1.2, "wood", make_log},
    {"stump", 0.5, "wood", make_stump},       {"stick", 0.6, "wood", make_stick},
    {"branch", 1, "wood", make_branch},       {"pinecone", 0.09, "wood", make_pinecone},
    {"acorn", 0.03, "wood", make_acorn},
};

}  // namespace

std::span<const Noun> plant_nouns() { return kNouns; }

}  // namespace world::kit
