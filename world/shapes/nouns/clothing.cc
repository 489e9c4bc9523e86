// Clothes and what is worn.
#include <cmath>

#include "base/core/random.h"
#include "world/shapes/catalogue.h"
#include "world/shapes/kit/beast.h"
#include "world/shapes/kit/detail.h"
#include "world/shapes/kit/noise.h"
#include "world/shapes/kit/solids.h"

namespace world::kit {
namespace {

Curve brim(double r0, double r1, double z, double t) {
    return {{r0, z}, {r1, z}, {r1, z + t}, {r0, z + t}};
}
void make_hat(Maker& m) {
    m.colour(0x6b5236);
    m.add("crown",
          lathe(spline({{0.092, 0.0}, {0.094, 0.06}, {0.085, 0.1}, {0.06, 0.115}, {0, 0.1}}), 0, 48)
              .add(rod({0, 0, 0}, {0, 0, 0.08}, 0.085))
              .scale(1.15, 1, 1));
    m.add("brim", lathe(brim(0.08, 0.15, 0, 0.004), 0.001, 56, true).warp([](Vec3 p) {
        return Vec3{p.x * 1.1, p.y, p.z + 0.6 * p.y * p.y};
    }));
    m.add("ribbon",
          lathe({{0.0945, 0.005}, {0.096, 0.006}, {0.096, 0.03}, {0.0945, 0.031}}, 0, 48)
              .scale(1.15, 1, 1),
          own(0x1c1814));
    m.mass(0.15);
}
void make_top_hat(Maker& m) {
    m.colour(0x17171a);
    m.add("crown", lathe(joined({{0, 0}, {0.088, 0}},
                                joined(spline({{0.085, 0.03}, {0.083, 0.1}, {0.092, 0.175}}),
                                       {{0.09, 0.178}, {0, 0.178}})),
                         0.002, 56));
    m.add("brim", lathe(brim(0.08, 0.14, 0, 0.005), 0.002, 56, true).warp([](Vec3 p) {
        return Vec3{p.x, p.y, p.z + 1.1 * p.y * p.y};
    }));
    m.add("ribbon",
          lathe({{0.0862, 0.012}, {0.0875, 0.013}, {0.0855, 0.045}, {0.084, 0.046}}, 0, 56),
          of("fabric", 0x8a1c2a));
    m.mass(0.15);
}
void make_cowboy_hat(Maker& m) {
    m.colour(0x7a4a26);
    m.add("crown", sphere({}, 1, 64).warp([](Vec3 p) {
        const double dent = p.z > 0 ? 0.035 * std::exp(-p.y * p.y * 9) : 0;
        return Vec3{0.1 * p.x, 0.078 * p.y,
                    (p.z > 0 ? 0.12 * std::pow(p.z, 0.7) : 0.01 * p.z) - dent};
    }));
    m.add("brim", lathe(brim(0.06, 0.155, 0, 0.004), 0.001, 72, true).warp([](Vec3 p) {
        const double y = std::abs(p.y);
        return Vec3{p.x * 1.15, p.y * 0.86,
                    p.z + 5.5 * y * y * (y > 0.06 ? 0.6 : 0.4) - 0.5 * p.x * p.x};
    }));
    m.add("band", torus({}, 1, 0.06, 56, 8).scale(0.1, 0.078, 0.1).move(0, 0, 0.012),
          own(0x2a1810));
    m.mass(0.2);
}
void make_crown(Maker& m) {
    Curve o;
    for (int i = 0; i < 8; ++i) {
        o.push_back({i * 45.0, 0.11});
        o.push_back({i * 45.0 + 22.5, 0.055});
    }
    Mesh c = sheet(
        96, 8,
        [](double u, double v) {
            const double a = 2 * kPi * u, t = std::abs(std::fmod(u * 8, 1.0) - 0.5) * 2;
            const double h = 0.05 + 0.06 * t, r = 0.088 + 0.012 * v;
            return Vec3{r * std::cos(a), r * std::sin(a), v * h};
        },
        0.004);
    m.add("crown", c);
    m.add("band",
          torus({0, 0, 0.008}, 0.09, 0.007, 64, 10).add(torus({0, 0, 0.035}, 0.094, 0.004, 64, 8)));
    for (int i = 0; i < 8; ++i) {
        m.add("pearl", sphere({0.1, 0, 0.114}, 0.008, 16).turn_z(45 * i), of("ceramic", 0xf6f0e6));
        m.add("jewel", sphere({0.0935, 0, 0.021}, 0.0085, 16).turn_z(45 * i + 22),
              of("glass", i % 2 ? 0xb0182c : 0x1c5ab0));
    }
    m.mass(0.9);
}
void shoe(Maker& m, double shaft, unsigned hex, bool laces) {
    Blob b;
    b.blend(0.03)
        .bone({-0.095, 0, 0.06}, 0.04, {0.02, 0, 0.05}, 0.043)
        .egg({0.085, 0, 0.042}, {0.075, 0.047, 0.036})
        .bone({-0.085, 0, 0.07}, 0.041, {-0.09, 0, 0.07 + shaft}, 0.044 + shaft * 0.05);
    b.blend(0.006).cut_below(0.014).cut_egg({-0.088, 0, 0.11 + shaft},
                                            {0.037 + shaft * 0.05, 0.032, 0.045}, 0);
    m.colour(hex);
    m.add("upper", b.mesh(68));
    m.add("sole",
          extrude(spline({{-0.138, 0},
                          {-0.12, -0.036},
                          {-0.02, -0.036},
                          {0.08, -0.05},
                          {0.162, -0.02},
                          {0.165, 0.015},
                          {0.08, 0.05},
                          {-0.02, 0.036},
                          {-0.12, 0.036}},
                         true, 5),
                  0, 0.018, 0.004)
              .add(slab({-0.135, -0.03, -0.008}, {-0.06, 0.03, 0.012}, 0.004)),
          of("rubber", 0x211a16));
    if (laces) {
        Mesh l;
        for (int i = 0; i < 4; ++i)
            l.add(tube({{0.045 - 0.026 * i, -0.025, 0.083 + 0.008 * i},
                        {0.048 - 0.026 * i, 0, 0.093 + 0.009 * i},
                        {0.045 - 0.026 * i, 0.025, 0.083 + 0.008 * i}},
                       {0.0036}));
        m.add("laces", l, of("cotton", 0xf0ece0));
    }
    m.mass(0.4 + 2 * shaft);
}
void make_shoe(Maker& m) { shoe(m, 0.0, 0x6b3a1e, true); }
void make_boot(Maker& m) { shoe(m, 0.2, 0x4a2c18, true); }
void make_sock(Maker& m) {
    m.colour(0xc83a3a);
    Mesh s = tube(
        {{-0.06, 0, 0.24}, {-0.06, 0, 0.1}, {-0.045, 0, 0.045}, {0.02, 0, 0.03}, {0.1, 0, 0.028}},
        {0.038, 0.036, 0.04, 0.034, 0.028}, {.sides = 20});
    auto [a, b] = split(s, [](Vec3 p) { return std::sin(p.z * 110 - p.x * 60) - 0.1; });
    m.add("sock", a);
    m.add("stripes", b, own(0xf4f0e6));
    m.add("cuff", torus({-0.06, 0, 0.25}, 0.036, 0.01, 32, 10), own(0xf4f0e6));
    m.mass(0.04);
}
void make_glove(Maker& m) {
    m.colour(0x2a4f8a);
    Blob b;
    b.blend(0.012)
        .block({0, 0, 0.085}, {0.016, 0.042, 0.045}, 0.016)
        .bone({0, 0, 0.0}, 0.034, {0, 0, 0.05}, 0.034);
    for (int i = 0; i < 4; ++i)
        b.bone({0, -0.033 + 0.022 * i, 0.12}, 0.0125,
               {0, -0.042 + 0.028 * i, 0.2 - 0.01 * std::abs(i - 1.6)}, 0.011);
    b.bone({0.005, 0.038, 0.07}, 0.015, {0.01, 0.085, 0.125}, 0.013);
    m.add("glove", b.mesh(80));
    m.add("cuff", torus({0, 0, 0.0}, 0.034, 0.011, 32, 10), own(0xf4f0e6));
    m.mass(0.06);
}
void make_scarf(Maker& m) {
    m.colour(0xb02a34);
    for (int i = 0; i < 12; ++i)
        m.add("stripe",
              sheet(
                  8, 6,
                  [=](double u, double v) {
                      const double t = (i + v) / 12;
                      return Vec3{-0.7 + 1.4 * t, (u - 0.5) * 0.24 + 0.05 * std::sin(t * 9),
                                  0.015 + 0.012 * std::sin(t * 22)};
                  },
                  0.008),
              i % 2 ? own(0xf2e6c8) : own());
    Mesh f;
    for (int i = 0; i < 14; ++i)
        for (const double s : {-1.0, 1.0})
            f.add(rod({s * 0.69, -0.11 + 0.017 * i + (s > 0 ? 0.02 : 0), 0.015},
                      {s * 0.75, -0.11 + 0.017 * i + (s > 0 ? 0.02 : 0), 0.006}, 0.003, -1, 5));
    m.add("fringe", f);
    m.mass(0.2);
}
void make_shirt(Maker& m) {
    m.colour(0x2f6fb8);
    m.piece();
    m.add("body", loft_rings([] {
              std::vector<std::vector<Vec3>> r;
              for (const auto& [x, y, z] : {std::tuple{0.09, 0.24, 0.0},
                                            {0.095, 0.235, 0.25},
                                            {0.09, 0.25, 0.5},
                                            {0.07, 0.2, 0.6},
                                            {0.05, 0.085, 0.645}}) {
                  std::vector<Vec3> q;
                  for (const Vec2 p : ellipse(x, y, 48)) q.push_back({p.x, p.y, z});
                  r.push_back(q);
              }
              return r;
          }()));
    for (const double s : {-1.0, 1.0}) {
        m.piece();
        m.add("sleeve", tube({{0, s * 0.18, 0.55}, {0, s * 0.3, 0.46}, {0, s * 0.4, 0.34}},
                             {0.085, 0.075, 0.07}, {.sides = 20}));
    }
    m.ghost();
    m.add("collar", torus({}, 1, 0.16, 40, 10).scale(0.055, 0.09, 0.1).move(0, 0, 0.645),
          own(0xf4f2ea));
    for (int i = 0; i < 5; ++i)
        m.add("button", rod({0.085, 0, 0.1 + 0.11 * i}, {0.1, 0, 0.1 + 0.11 * i}, 0.009),
              of("plastic", 0xf8f6f0));
    m.add("placket", slab({0.08, -0.018, 0.02}, {0.0965, 0.018, 0.55}, 0.003));
    m.mass(0.2);
}
void make_glasses(Maker& m) {
    m.colour(0x1b1b1d);
    for (const double s : {-1.0, 1.0}) {
        m.add("rim", torus({}, 0.024, 0.0028, 40, 10)
                         .turn_y(90)
                         .scale(1, 1.1, 0.9)
                         .move(0, s * 0.034, 0.022));
        m.add("lens",
              rod({-0.0006, s * 0.034, 0.022}, {0.0006, s * 0.034, 0.022}, 0.0232, -1, 40)
                  .warp([](Vec3 p) { return p; }),
              of("glass"));
        m.add("temple", tube({{0, s * 0.062, 0.028},
                              {-0.05, s * 0.067, 0.03},
                              {-0.105, s * 0.067, 0.028},
                              {-0.135, s * 0.066, 0.008}},
                             {0.0028}));
    }
    m.add("bridge", tube({{0, -0.011, 0.026}, {0.004, 0, 0.03}, {0, 0.011, 0.026}}, {0.0028}));
    m.mass(0.03);
}
void make_watch(Maker& m) {
    m.add("case", rod({0, 0, 0.02}, {0, 0, 0.028}, 0.02, -1, 56, 0.002));
    m.add("dial", rod({0, 0, 0.0275}, {0, 0, 0.0285}, 0.0172, -1, 48, 0), of("paper", 0xf4f1e6));
    Mesh t;
    for (int i = 0; i < 12; ++i)
        t.add(box({0.0145, 0, 0.0286}, {0.004, 0.001, 0.0004}, 0).turn_z(30 * i));
    t.add(box({0.004, 0, 0.0289}, {0.0095, 0.0014, 0.0003}, 0).turn_z(40))
        .add(box({0.006, 0, 0.0292}, {0.0135, 0.001, 0.0003}, 0).turn_z(-70));
    m.add("hands", t, of("plastic", 0x141414));
    m.add("crown", rod({0, 0.019, 0.024}, {0, 0.0235, 0.024}, 0.003));
    std::vector<Vec3> p;
    for (int i = 0; i <= 16; ++i) {
        const double a = (55 - 290.0 * i / 16) * kPi / 180;
        p.push_back({0.024 * std::cos(a) * 1.05, 0, 0.005 + 0.021 * std::sin(a)});
    }
    m.add("strap", tube(p, {0.0016}, {.sides = 10, .steps = 2, .flat = 5.5, .up = {0, 1, 0}}),
          of("leather", 0x4a2a18));
    m.mass(0.06);
}
void make_ring_jewel(Maker& m) {
    m.add("band", torus({}, 0.0095, 0.0013, 64, 14).turn_x(90));
    m.add("setting", rod({0, 0, 0.009}, {0, 0, 0.012}, 0.0016, 0.003));
    std::vector<Vec3> p{{0, 0, 0.0095}};
    for (int i = 0; i < 10; ++i) {
        const double a = i * kPi / 5;
        p.push_back({0.0042 * std::cos(a), 0.0042 * std::sin(a), 0.0138});
        p.push_back({0.0026 * std::cos(a), 0.0026 * std::sin(a), 0.0155});
    }
    m.add("stone", facets(p), of("diamond"));
    m.mass(0.004);
    m.piece();
    m.collide_ring({}, 0.0095, 0.0013, 1);
}
void make_necklace(Maker& m) {
    Mesh c;
    std::vector<Vec3> p;
    for (int i = 0; i < 54; ++i) {
        const double a = 2 * kPi * i / 54;
        c.add(sphere({0.11 * std::cos(a), 0.085 * std::sin(a), 0.006}, 0.0052, 12));
    }
    m.add("beads", c);
    m.add("pendant",
          facets({{0.115, 0, 0.006},
                  {0.135, 0.014, 0.006},
                  {0.135, -0.014, 0.006},
                  {0.165, 0, 0.006},
                  {0.14, 0, 0.014},
                  {0.14, 0, 0}}),
          of("glass", 0xb0182c));
    m.collide_ring({0, 0, 0.006}, 0.098, 0.012, 10);
    m.collide_box({0.11, -0.014, 0}, {0.165, 0.014, 0.014}, "pendant");
    m.mass(0.04);
}
void make_mask(Maker& m) {
    m.colour(0xf4f0e6);
    const auto f = [](double y, double z) {
        return 0.07 * std::sqrt(std::max(
                          0.0, 1 - std::pow(y / 0.1, 2) * 0.9 - std::pow(z / 0.13, 2) * 0.8)) +
               0.022 * std::exp(-y * y / 0.0003 - std::pow((z + 0.01) / 0.03, 2));
    };
    m.add("mask", sheet(
                      36, 36,
                      [=](double u, double v) {
                          const double a = 2 * u - 1, b = 2 * v - 1,
                                       y = 0.085 * a * std::sqrt(1 - b * b / 2),
                                       z = 0.11 * b * std::sqrt(1 - a * a / 2);
                          return Vec3{f(y, z), y * (1 + 0.12 * b), z};
                      },
                      0.004));
    for (const double s : {-1.0, 1.0}) {
        m.add("eye",
              ellipsoid({f(0.036, 0.028) - 0.002, s * 0.037, 0.028}, {0.007, 0.018, 0.01}, 20)
                  .turn_z(0),
              own(0x0c0a0a));
        m.add("cheek",
              ellipsoid({f(0.045, -0.02) - 0.004, s * 0.047, -0.022}, {0.007, 0.014, 0.014}, 20),
              own(0xd8343c));
        m.add("brow",
              tube({{f(0.018, 0.05) + 0.001, s * 0.018, 0.05},
                    {f(0.04, 0.057) + 0.001, s * 0.04, 0.057},
                    {f(0.06, 0.045) + 0.001, s * 0.06, 0.045}},
                   {0.0035}),
              own(0x0c0a0a));
    }
    m.add("mouth",
          tube({{f(0.035, -0.05) + 0.001, -0.035, -0.045},
                {f(0.0, -0.062) + 0.001, 0, -0.066},
                {f(0.035, -0.05) + 0.001, 0.035, -0.045}},
               {0.003, 0.008, 0.003}),
          own(0xb0141c));
    m.mass(0.12);
}
void make_tie(Maker& m) {
    m.colour(0x9a1c2a);
    m.piece();
    m.add("knot", facets({{0.012, 0.024, 0.55},
                          {0.012, -0.024, 0.55},
                          {0.014, 0.014, 0.51},
                          {0.014, -0.014, 0.51},
                          {-0.01, 0.02, 0.55},
                          {-0.01, -0.02, 0.55},
                          {-0.008, 0.012, 0.51},
                          {-0.008, -0.012, 0.51}}));
    Mesh b = extrude_x({{0, 0}, {0.045, 0.05}, {0.018, 0.515}, {-0.018, 0.515}, {-0.045, 0.05}},
                       -0.003, 0.005, 0.002);
    auto [s, r] = split(b, [](Vec3 p) { return std::sin((p.z + p.y) * 110) - 0.6; });
    m.add("tie", s);
    m.add("stripes", r, own(0xe8d08a));
    m.add("loop", tube({{0, 0.02, 0.55},
                        {-0.06, 0.06, 0.58},
                        {-0.12, 0, 0.6},
                        {-0.06, -0.06, 0.58},
                        {0, -0.02, 0.55}},
                       {0.004}, {.flat = 2.5}));
    m.mass(0.05);
}
void make_wallet(Maker& m) {
    m.colour(0x5a341c);
    m.add("leather", slab({-0.045, -0.055, 0}, {0.045, 0.055, 0.008}, 0.003)
                         .add(slab({-0.045, -0.055, 0.011}, {0.045, 0.055, 0.019}, 0.003))
                         .add(capsule({-0.043, -0.05, 0.0095}, {-0.043, 0.05, 0.0095}, 0.0085)));
    m.add("notes", slab({-0.035, -0.052, 0.0078}, {0.047, 0.052, 0.0112}, 0.0003),
          of("paper", 0x8fae84));
    m.add(
        "stitch",
        [] {
            Mesh s;
            for (int i = 0; i < 22; ++i)
                s.add(capsule({0.041, -0.05 + 0.0047 * i, 0.0192},
                              {0.041, -0.048 + 0.0047 * i, 0.0192}, 0.0005));
            return s;
        }(),
        own(0xd8b888));
    m.mass(0.1);
}
void make_parachute(Maker& m) {
    static const unsigned kHex[3] = {0xe0402a, 0xf6f2ea, 0x2a6fc0};
    m.colour(kHex[0]);
    m.piece("canopy");
    for (int i = 0; i < 12; ++i)
        m.add("gore",
              sheet(
                  6, 14,
                  [=](double u, double v) {
                      const double a = (30.0 * (i + u)) * kPi / 180, t = 0.04 + 1.4 * v,
                                   r = 2.5 * std::sin(t) * (1 - 0.05 * std::sin(kPi * u) * v);
                      return Vec3{r * std::cos(a), r * std::sin(a),
                                  3.3 + 1.7 * std::cos(t) + 0.1 * std::sin(kPi * u) * v};
                  },
                  0.02),
              i % 3 == 0 ? own() : own(kHex[i % 3]));
    m.ghost();
    Mesh l;
    for (int i = 0; i < 12; ++i) {
        const double a = i * kPi / 6;
        l.add(rod({2.45 * std::cos(a), 2.45 * std::sin(a), 3.57},
                  {0.12 * std::cos(a), 0.12 * std::sin(a), 0.45}, 0.012, -1, 5));
    }
    m.add("lines", l, of("rope", 0xf0ece0));
    m.piece("harness");
    m.add("harness", slab({-0.15, -0.2, 0}, {0.15, 0.2, 0.48}, 0.05), of("fabric", 0x2f3a2a));
    m.mass(12);
    m.hollow();
}
// Flat cloths: a sheet with a few folds, a hem and a decoration.
void cloth_sheet(Maker& m, double l, double w, double folds, unsigned hex, unsigned band,
                 double band_at) {
    m.colour(hex);
    const auto z = [=](double x, double y) {
        return 0.02 * l * (0.5 + 0.5 * noise({x / l * folds, y / l * folds, 0.3}, 7));
    };
    const auto strip = [&](double x0, double x1, double up) {
        return sheet(
            30, 24,
            [=](double u, double v) {
                const double x = x0 + (x1 - x0) * u, y = (v - 0.5) * w;
                return Vec3{x, y, z(x, y) + up};
            },
            0.003 * l);
    };
    m.add("cloth", strip(-l / 2, l / 2, 0));
    if (band_at > 0)
        for (const double s : {-1.0, 1.0})
            m.add("band", strip(s * band_at * l - 0.03 * l, s * band_at * l + 0.03 * l, 0.001 * l),
                  own(band));
    m.mass(0.25 * l * w);
}
void make_towel(Maker& m) { cloth_sheet(m, 1.2, 0.6, 3, 0x3f8ab0, 0xf4f2ea, 0.38); }
void make_blanket(Maker& m) { cloth_sheet(m, 1.8, 1.4, 4, 0xa83a34, 0xf0e2c0, 0.3); }
void make_handkerchief(Maker& m) { cloth_sheet(m, 0.4, 0.4, 4, 0xf6f4ee, 0x2a5fa8, 0.42); }
void make_tablecloth(Maker& m) {
    cloth_sheet(m, 1.8, 1.3, 3, 0xf6f2ea, 0xc02434, 0.44);
    Mesh c;
    for (int i = -4; i <= 4; ++i)
        for (int j = -3; j <= 3; ++j)
            if ((i + j) % 2 == 0)
                c.add(sheet(
                    3, 3,
                    [=](double u, double v) {
                        const double x = 0.18 * (i - 0.5 + u), y = 0.18 * (j - 0.5 + v);
                        return Vec3{
                            x, y,
                            0.036 * (0.5 + 0.5 * noise({x / 1.8 * 3, y / 1.8 * 3, 0.3}, 7)) +
                                0.0035};
                    },
                    0.001));
    m.add("checks", c, own(0xc02434));
}
void make_sheet(Maker& m) { cloth_sheet(m, 2.0, 1.5, 4, 0xf8f7f2, 0, 0); }

constexpr Noun kNouns[] = {
    {"hat", 0.3, "fabric", make_hat},
    {"top_hat", 0.3, "felt", make_top_hat},
    {"cowboy_hat", 0.36, "leather", make_cowboy_hat},
    {"crown", 0.2, "gold", make_crown},
    {"shoe", 0.28, "leather", make_shoe},
    {"boot", 0.32, "leather", make_boot},
    {"sock", 0.25, "fabric", make_sock},
    {"glove", 0.24, "fabric", make_glove},
    {"scarf", 1.5, "fabric", make_scarf},
    {"shirt", 0.7, "fabric", make_shirt},
    {"glasses", 0.14, "plastic", make_glasses},
    {"watch", 0.05, "steel", make_watch},
    {"ring_jewel", 0.022, "gold", make_ring_jewel},
    {"necklace", 0.25, "gold", make_necklace},
    {"mask", 0.22, "plastic", make_mask},
    {"tie", 0.6, "fabric", make_tie},
    {"wallet", 0.11, "leather", make_wallet},
    {"parachute", 5, "fabric", make_parachute},
    {"towel", 1.2, "fabric", make_towel},
    {"blanket", 1.8, "fabric", make_blanket},
    {"handkerchief", 0.4, "fabric", make_handkerchief},
    {"tablecloth", 1.8, "fabric", make_tablecloth},
    {"sheet", 2, "fabric", make_sheet},
};

}  // namespace

std::span<const Noun> clothing_nouns() { return kNouns; }

}  // namespace world::kit
