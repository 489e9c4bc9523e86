// Reptiles, insects and beasts of legend and of long ago.
#include <cmath>

#include "base/core/random.h"
#include "world/shapes/catalogue.h"
#include "world/shapes/kit/beast.h"
#include "world/shapes/kit/detail.h"
#include "world/shapes/kit/noise.h"
#include "world/shapes/kit/solids.h"

namespace world::kit {
namespace {

Mesh painted(Maker& m, const Blob& b, int cells, const std::vector<Patch>& ps) {
    Mesh c = b.mesh(cells);
    m.collide_groups(b, c);
    for (const Patch& p : ps) {
        auto [in, out] = split(c, p.inside);
        m.add(p.name, in, p.look);
        c = out;
    }
    m.add("body", c);
    return c;
}
void make_turtle(Maker& m) {
    Blob b;
    b.blend(0.04).egg({0, 0, 0.2}, {0.4, 0.32, 0.1});
    b.group(1)
        .bone({0.38, 0, 0.2}, 0.07, {0.52, 0, 0.27}, 0.075)
        .egg({0.56, 0, 0.29}, {0.1, 0.08, 0.075});
    b.both()
        .group(2)
        .chain(
            {{{0.26, 0.22, 0.18}, 0.08}, {{0.34, 0.36, 0.12}, 0.065}, {{0.4, 0.38, 0.045}, 0.06}})
        .group(3)
        .chain({{{-0.26, 0.2, 0.18}, 0.075},
                {{-0.34, 0.32, 0.12}, 0.06},
                {{-0.36, 0.34, 0.045}, 0.055}})
        .one()
        .group(0)
        .bone({-0.38, 0, 0.17}, 0.04, {-0.5, 0, 0.13}, 0.012);
    m.colour(0x7a8f4a);
    painted(m, b, 76, {});
    m.piece("shell");
    m.add("shell", ellipsoid({0, 0, 0.22}, {0.45, 0.37, 0.28}, 56).warp([](Vec3 p) {
        return Vec3{p.x, p.y, std::max(p.z, 0.2)};
    }),
          own(0x5a4424));
    m.ghost();
    Mesh s;
    const auto plate = [&](double x, double y, double r, int n) {
        const double z = 0.22 + 0.28 * std::sqrt(std::max(0.0, 1 - x * x / 0.2025 - y * y / 0.137));
        const Vec3 nrm = base::normalize(Vec3{x / 0.2025, y / 0.137, (z - 0.22) / 0.0784});
        s.add(extrude(regular_polygon(n, r), -0.02, 0.014, 0.008)
                  .place({{x, y, z}, Quat::between({0, 0, 1}, nrm)}));
    };
    for (int i = -1; i <= 1; ++i) plate(i * 0.2, 0, 0.105, 6);
    for (const double y : {-1.0, 1.0})
        for (int i = -1; i <= 1; ++i) plate(i * 0.19 + 0.0, y * 0.2, 0.095, 6);
    m.add("plates", s, own(0x8a6a34));
    m.add("rim", torus({}, 1, 0.05, 56, 8).scale(0.45, 0.37, 0.6).move(0, 0, 0.215), own(0xa88a4a));
    add_eyes(m, {0.6, 0.06, 0.32}, 0.02);
    m.mass(5);
}
void make_frog(Maker& m) {
    Blob b;
    b.blend(0.07).egg({0, 0, 0.3}, {0.36, 0.28, 0.2}, -22).egg({0.26, 0, 0.42}, {0.22, 0.24, 0.14});
    b.both().blend(0.03).ball({0.28, 0.14, 0.54}, 0.09);
    b.group(1)
        .chain({{{0.2, 0.22, 0.3}, 0.08}, {{0.26, 0.34, 0.16}, 0.055}, {{0.34, 0.32, 0.03}, 0.04}})
        .bone({0.34, 0.32, 0.025}, 0.03, {0.46, 0.36, 0.02}, 0.025);
    b.group(2)
        .chain({{{-0.22, 0.22, 0.24}, 0.13},
                {{0.06, 0.42, 0.22}, 0.1},
                {{-0.3, 0.42, 0.1}, 0.065},
                {{-0.12, 0.46, 0.03}, 0.035}})
        .bone({-0.12, 0.46, 0.03}, 0.03, {0.12, 0.54, 0.02}, 0.025)
        .bone({-0.12, 0.46, 0.03}, 0.028, {0.14, 0.44, 0.02}, 0.024);
    m.colour(0x5fa02c);
    painted(
        m, b, 88,
        {{"belly", [](Vec3 p) { return std::max(p.z - 0.33 - 0.25 * p.x, std::abs(p.y) - 0.24); },
          own(0xe8e2a0)},
         {"spots", [](Vec3 p) { return 0.2 - noise(p * 6.0, 4) + (p.z < 0.2 ? 0.5 : 0); },
          own(0x3a701c)}});
    for (const double s : {-1.0, 1.0}) {
        m.add("eye", sphere({0.31, s * 0.17, 0.57}, 0.068, 20), of("glass", 0xe8b828));
        m.add("pupil", ellipsoid({0.345, s * 0.215, 0.58}, {0.035, 0.02, 0.02}, 14),
              of("resin", 0x080808));
    }
    m.add("mouth",
          surface_line(b, {{0.2, 0.4, 0.4}, {0.36, 0.3, 0.385}, {0.45, 0.2, 0.38}}, {-0.4, -1, 0},
                       0.008)
              .mirror_y(),
          own(0x2a4a14));
    m.mass(0.05);
}
void make_snake(Maker& m) {
    std::vector<Vec3> p;
    std::vector<double> r;
    for (int i = 0; i <= 60; ++i) {
        const double t = i / 60.0;
        p.push_back({-0.6 + 1.05 * t, 0.16 * std::sin(t * 11) * (1 - 0.3 * t),
                     0.03 + 0.09 * std::pow(t, 10)});
        r.push_back(0.004 + 0.026 * std::pow(std::sin(kPi * std::min(0.93, 0.06 + t * 0.85)), 0.6));
    }
    Mesh b = tube(p, r, {.sides = 18, .steps = 2});
    m.colour(0x5f8a34);
    auto [d, q] = split(b, [](Vec3 v) {
        return std::max(std::abs(std::fmod((v.x + 0.62) * 10, 1.0) - 0.5) * 2 - 0.45, 0.034 - v.z);
    });
    auto [w, s] = split(q, [](Vec3 v) { return v.z - 0.016; });
    m.add("saddles", d, own(0x2f4a1c));
    m.add("belly", w, own(0xe0d8a0));
    m.add("skin", s);
    const Vec3 h = p.back();
    const Vec3 head = h + Vec3{0.045, -0.0, 0.012};
    m.add("head", ellipsoid(head, {0.055, 0.036, 0.026}, 28));
    add_eyes(m, head + Vec3{0.025, 0.026, 0.012}, 0.008);
    for (const double y : {-1.0, 1.0})
        m.add("tongue",
              tube({head + Vec3{0.05, 0, -0.004}, head + Vec3{0.085, 0, -0.002},
                    head + Vec3{0.105, y * 0.01, 0.0}},
                   {0.003}, {.sides = 6}),
              own(0xc01c2a));
    for (int i = 0; i < 8; ++i) {
        const size_t a = i * 60 / 8, e = (i + 1) * 60 / 8;
        m.collide_capsule(p[a], p[e], 0.026);
    }
    m.collide_sphere(head, 0.04);
    m.mass(1);
}
Blob lizard_body(double fat, double snout, double tail) {
    Blob b;
    b.blend(0.04).chain({{{-0.4, 0, 0.16}, 0.085 * fat},
                         {{0, 0, 0.17}, 0.125 * fat},
                         {{0.35, 0, 0.17}, 0.095 * fat},
                         {{0.5, 0, 0.18}, 0.08 * fat}});
    b.group(1)
        .egg({0.6, 0, 0.19}, {0.13, 0.085 * fat, 0.065 * fat})
        .bone({0.65, 0, 0.185}, 0.06 * fat, {0.65 + snout, 0, 0.175}, 0.042 * fat);
    b.group(2).chain({{{-0.4, 0, 0.16}, 0.085 * fat},
                      {{-0.4 - tail * 0.35, 0.08, 0.1}, 0.06 * fat},
                      {{-0.4 - tail * 0.7, -0.08, 0.06}, 0.035 * fat},
                      {{-0.4 - tail, 0.04, 0.035}, 0.01}});
    b.both()
        .group(3)
        .chain({{{0.32, 0.07 * fat, 0.15}, 0.055},
                {{0.28, 0.25, 0.14}, 0.042},
                {{0.38, 0.28, 0.025}, 0.03}})
        .bone({0.38, 0.28, 0.025}, 0.026, {0.48, 0.31, 0.018}, 0.02)
        .group(4)
        .chain({{{-0.34, 0.06 * fat, 0.15}, 0.06},
                {{-0.28, 0.25, 0.15}, 0.046},
                {{-0.38, 0.29, 0.025}, 0.03}})
        .bone({-0.38, 0.29, 0.025}, 0.026, {-0.27, 0.32, 0.018}, 0.02);
    return b.one();
}
void make_lizard(Maker& m) {
    const Blob b = lizard_body(0.85, 0.08, 1.2);
    m.colour(0x6a9a3a);
    painted(
        m, b, 120,
        {{"belly", [](Vec3 p) { return std::max(p.z - 0.105, std::abs(p.y) - 0.12); },
          own(0xd8d49a)},
         {"bands", [](Vec3 p) { return std::max(std::sin(p.x * 30) + 0.5, std::abs(p.y) - 0.13); },
          own(0x35551f)}});
    add_eyes(m, {0.66, 0.062, 0.225}, 0.018);
    m.mass(0.05);
}
void make_crocodile(Maker& m) {
    const Blob b = lizard_body(1.35, 0.5, 1.1);
    m.colour(0x556a38);
    painted(m, b, 120, {{"belly", [](Vec3 p) { return p.z - 0.10; }, own(0xb8b480)}});
    Mesh s;
    for (int i = 0; i < 22; ++i) {
        const double x = 0.42 - 0.085 * i, t = std::max(0.0, -0.4 - x) / 1.1,
                     z = x > -0.4 ? 0.31 - 0.1 * x * x : base::lerp(0.26, 0.04, t),
                     y = x < -0.4 ? 0.07 * std::sin((-0.4 - x) * 4.5) : 0;
        for (const double w : {-0.05, 0.05})
            s.add(facets({{x + 0.03, y + w - 0.015, z - 0.03},
                          {x - 0.03, y + w - 0.015, z - 0.03},
                          {x, y + w + 0.02, z - 0.03},
                          {x - 0.015, y + w, z + 0.045}}));
    }
    m.add("scutes", s, own(0x3f5228));
    add_eyes(m, {0.63, 0.07, 0.285}, 0.025);
    m.add("brow", ellipsoid({0.61, 0.07, 0.28}, {0.045, 0.03, 0.03}, 14).mirror_y());
    Mesh te;
    for (int i = 0; i < 9; ++i)
        te.add(rod({0.72 + 0.05 * i, 0.062 - 0.0025 * i, 0.165},
                   {0.722 + 0.05 * i, 0.066 - 0.0025 * i, 0.115}, 0.011, 0.001, 6, 0));
    m.add("teeth", te.mirror_y(), of("bone", 0xffffff));
    m.add("mouth",
          tube({{0.62, 0.105, 0.165}, {0.85, 0.07, 0.165}, {1.14, 0.052, 0.162}, {1.2, 0, 0.162}},
               {0.006})
              .mirror_y(),
          own(0x2a3218));
    m.add("nostril", sphere({1.17, 0.022, 0.225}, 0.014, 8).mirror_y(), own(0x1c2210));
    m.mass(250);
}
void make_snail(Maker& m) {
    Blob b;
    b.blend(0.05).chain({{{-0.5, 0, 0.05}, 0.03},
                         {{-0.2, 0, 0.09}, 0.1},
                         {{0.3, 0, 0.1}, 0.1},
                         {{0.55, 0, 0.26}, 0.085},
                         {{0.62, 0, 0.34}, 0.09}});
    b.cut_below(0);
    m.piece();
    m.add("body", b.mesh(60), of("skin", 0xc8a878));
    m.piece();
    std::vector<Vec3> p;
    std::vector<double> r;
    for (int i = 0; i <= 66; ++i) {
        const double t = i / 66.0, a = -0.6 + t * 2 * kPi * 2.6,
                     q = 0.3 * std::pow(1 - t, 1.25) + 0.015;
        p.push_back({-0.05 + q * std::cos(a), 0.11 * t * 0.4, 0.42 + q * std::sin(a)});
        r.push_back(0.03 + 0.17 * std::pow(1 - t, 1.1));
    }
    m.colour(0x9a6434);
    m.add("shell", tube(p, r, {.sides = 16, .steps = 1}));
    m.ghost();
    std::vector<Vec3> l;
    for (size_t i = 0; i < p.size(); ++i) l.push_back(p[i] + Vec3{0, -(r[i] + 0.0), 0});
    m.add("spiral", tube(l, {0.012}, {.sides = 6, .steps = 1}), own(0x5a3418));
    for (const double s : {-1.0, 1.0}) {
        m.add("stalk",
              tube({{0.64, s * 0.04, 0.4}, {0.7, s * 0.07, 0.52}, {0.73, s * 0.09, 0.62}},
                   {0.024, 0.018, 0.014}),
              of("skin", 0xc8a878));
        m.add("eye", sphere({0.735, s * 0.092, 0.64}, 0.03, 14), of("resin", 0x140e0a));
        m.add("feeler",
              tube({{0.68, s * 0.04, 0.32}, {0.76, s * 0.06, 0.29}}, {0.016, 0.01}, {.steps = 2}),
              of("skin", 0xc8a878));
    }
    m.mass(0.02);
}
void make_butterfly(Maker& m) {
    m.piece("body");
    m.add("body",
          ellipsoid({0.02, 0, 0.3}, {0.2, 0.04, 0.045}, 24)
              .add(ellipsoid({-0.28, 0, 0.28}, {0.24, 0.03, 0.032}, 24))
              .add(sphere({0.25, 0, 0.31}, 0.055, 20)),
          of("fur", 0x1c1512));
    m.ghost();
    m.add("feeler",
          tube({{0.28, 0.02, 0.34}, {0.42, 0.08, 0.45}, {0.52, 0.14, 0.5}}, {0.007})
              .add(sphere({0.52, 0.14, 0.5}, 0.016, 10))
              .mirror_y(),
          of("fur", 0x1c1512));
    m.colour(0xe8862a);
    const auto wing = [](const Curve& c) {
        return extrude(spline(c, true, 6), -0.004, 0.004, 0.002);
    };
    const Curve f{{0.12, 0.03}, {0.32, 0.32}, {0.5, 0.72},
                  {0.36, 0.82}, {0.06, 0.62}, {-0.05, 0.25}},
        h{{-0.02, 0.03}, {0.04, 0.4}, {-0.12, 0.66}, {-0.38, 0.6}, {-0.46, 0.3}, {-0.24, 0.08}};
    const auto shrink = [](Curve c, double k) {
        Vec2 mid;
        for (const Vec2& p : c) mid = mid + p * (1.0 / c.size());
        for (Vec2& p : c) p = mid + (p - mid) * k;
        return c;
    };
    m.piece("wings");
    for (const Curve& c : {f, h}) {
        m.add("wing edge", wing(c).turn_x(24).move(0, 0, 0.3).mirror_y(), own(0x1c1512));
        m.add("wing", wing(shrink(c, 0.8)).scale(1, 1, 2.2).turn_x(24).move(0, 0, 0.3).mirror_y());
        m.add("spot", wing(shrink(c, 0.22)).scale(1, 1, 3.2).turn_x(24).move(0, 0, 0.3).mirror_y(),
              own(0x1c1512));
    }
    Mesh d;
    for (int i = 0; i < 5; ++i)
        d.add(sphere({0.47 - 0.09 * i, 0.72 + 0.03 * std::sin(i * 1.4), 0.0}, 0.022, 8)
                  .scale(1, 1, 0.4));
    m.add("dots", d.turn_x(24).move(0, 0, 0.3).mirror_y(), own(0xf8f4e8));
    m.mass(0.0005);
}
void legs6(Maker& m, double x0, double dx, double y, double z, double r, unsigned hex) {
    Mesh l;
    for (int i = 0; i < 3; ++i) {
        const double x = x0 + dx * i, f = (i - 1) * 0.16;
        l.add(tube({{x, y, z}, {x + f * 0.5, y + 0.16, z + 0.04}, {x + f, y + 0.26, 0.0}},
                   {r, r, r * 0.5}, {.sides = 6, .steps = 2}));
    }
    m.add("legs", l.mirror_y(), own(hex));
}
void make_bee(Maker& m) {
    m.colour(0xf0b41c);
    m.piece();
    Mesh a = ellipsoid({-0.3, 0, 0.34}, {0.36, 0.24, 0.23}, 48);
    auto [s, y] = split(a, [](Vec3 p) { return std::sin(p.x * 21 + 1.0) - 0.05; });
    m.add("stripes", s, own(0x1a1512));
    m.add("abdomen", y);
    m.add("thorax", sphere({0.12, 0, 0.38}, 0.2, 32), own(0xc8902a));
    m.add("head", ellipsoid({0.36, 0, 0.36}, {0.13, 0.16, 0.15}, 28), own(0x1a1512));
    m.add("sting", rod({-0.64, 0, 0.32}, {-0.76, 0, 0.3}, 0.025, 0.003), own(0x1a1512));
    m.ghost();
    m.add("eye", ellipsoid({0.4, 0.11, 0.4}, {0.07, 0.05, 0.09}, 18).mirror_y(),
          of("resin", 0x3a2418));
    m.add("feeler",
          tube({{0.46, 0.04, 0.45}, {0.56, 0.08, 0.56}, {0.66, 0.1, 0.55}}, {0.014}).mirror_y(),
          own(0x1a1512));
    m.add("wing",
          flap({{0.1, 0.1, 0.55}, {-0.08, 0.34, 0.66}, {-0.3, 0.6, 0.72}}, 0.26, {1, 0.5, 0}, 0.04,
               0.008, 0.4)
              .add(flap({{0.0, 0.1, 0.53}, {-0.18, 0.28, 0.58}, {-0.36, 0.42, 0.6}}, 0.18,
                        {1, 0.5, 0}, 0.04, 0.008, 0.4))
              .mirror_y(),
          of("glass", 0xd8e8f0));
    legs6(m, -0.06, 0.14, 0.14, 0.24, 0.022, 0x1a1512);
    m.mass(0.0001);
}
void make_ladybug(Maker& m) {
    m.colour(0xc8201c);
    m.piece();
    Mesh a = ellipsoid({0, 0, 0.12}, {0.5, 0.42, 0.36}, 110).warp([](Vec3 p) {
        return Vec3{p.x, p.y, std::max(p.z, 0.1)};
    });
    auto [s, r] = split(a, [](Vec3 p) {
        const double y = std::abs(p.y);
        double d = y - 0.012;
        for (const Vec2 c : {Vec2{0.2, 0.2}, Vec2{-0.05, 0.27}, Vec2{-0.28, 0.16}, Vec2{0.36, 0.0}})
            d = std::min(d, std::hypot(p.x - c.x, y - c.y) - 0.085);
        return d;
    });
    m.add("spots", s, own(0x141210));
    m.add("wing cases", r);
    m.add("head", ellipsoid({0.48, 0, 0.16}, {0.15, 0.2, 0.13}, 28), own(0x141210));
    m.add("belly", ellipsoid({0, 0, 0.1}, {0.45, 0.38, 0.06}, 28), own(0x141210));
    m.ghost();
    m.add("cheek", sphere({0.53, 0.13, 0.2}, 0.05, 14).mirror_y(), own(0xf4f0e6));
    m.add("feeler", tube({{0.58, 0.05, 0.22}, {0.68, 0.1, 0.27}}, {0.012}, {.steps = 2}).mirror_y(),
          own(0x141210));
    legs6(m, -0.22, 0.22, 0.3, 0.12, 0.024, 0x141210);
    m.mass(0.00005);
}
void make_spider(Maker& m) {
    m.colour(0x2e241c);
    m.piece();
    m.add("abdomen", ellipsoid({-0.24, 0, 0.3}, {0.26, 0.2, 0.2}, 36));
    m.add("mark", ellipsoid({-0.26, 0, 0.49}, {0.07, 0.04, 0.02}, 16), own(0xc02a20));
    m.add("thorax", ellipsoid({0.1, 0, 0.26}, {0.16, 0.13, 0.1}, 28));
    m.add("fangs",
          horn({{0.24, 0.03, 0.26}, {0.3, 0.035, 0.22}, {0.29, 0.03, 0.15}}, 0.028).mirror_y());
    m.ghost();
    Mesh e;
    for (const Vec3 q : {Vec3{0.24, 0.035, 0.32}, Vec3{0.22, 0.075, 0.33}, Vec3{0.19, 0.03, 0.355},
                         Vec3{0.16, 0.07, 0.35}})
        e.add(sphere(q, 0.018, 10));
    m.add("eyes", e.mirror_y(), of("resin", 0x050505));
    Mesh l;
    for (int i = 0; i < 4; ++i) {
        const double a = (28 + 42 * i) * kPi / 180, c = std::cos(a), s = std::sin(a);
        l.add(tube({{0.1 + 0.1 * c, 0.1 * s, 0.26},
                    {0.1 + 0.36 * c, 0.36 * s, 0.5},
                    {0.1 + 0.62 * c, 0.62 * s, 0.28},
                    {0.1 + 0.78 * c, 0.78 * s, 0.0}},
                   {0.032, 0.028, 0.022, 0.008}, {.sides = 8, .steps = 3}));
    }
    m.piece("legs");
    m.add("legs", l.mirror_y());
    m.mass(0.01);
}
void make_dinosaur(Maker& m) {
    Blob b;
    b.blend(0.1).chain({{{-0.35, 0, 1.1}, 0.3},
                        {{0.1, 0, 1.2}, 0.32},
                        {{0.42, 0, 1.42}, 0.22},
                        {{0.62, 0, 1.72}, 0.17}});
    b.group(1)
        .blend(0.06)
        .egg({0.78, 0, 1.86}, {0.25, 0.17, 0.17})
        .bone({0.86, 0, 1.86}, 0.14, {1.22, 0, 1.8}, 0.095)
        .bone({0.8, 0, 1.72}, 0.09, {1.16, 0, 1.64}, 0.06)
        .both()
        .ball({0.86, 0.1, 1.98}, 0.06)
        .one()
        .blend(0.02)
        .cut_egg({1.12, 0, 1.72}, {0.28, 0.2, 0.035}, 5);
    b.group(2).blend(0.1).chain({{{-0.35, 0, 1.1}, 0.28},
                                 {{-0.85, 0, 1.06}, 0.2},
                                 {{-1.35, 0, 1.02}, 0.12},
                                 {{-1.8, 0, 1.1}, 0.03}});
    b.both().group(3).blend(0.07).chain({{{-0.2, 0.2, 1.02}, 0.26},
                                         {{0.1, 0.26, 0.66}, 0.15},
                                         {{-0.2, 0.26, 0.32}, 0.085},
                                         {{-0.06, 0.26, 0.07}, 0.075}});
    b.blend(0.03);
    for (const double y : {0.18, 0.26, 0.34})
        b.bone({-0.06, 0.26, 0.06}, 0.055, {0.2, y + (y - 0.26) * 0.6, 0.04}, 0.035);
    b.group(4).chain({{{0.42, 0.16, 1.28}, 0.07},
                      {{0.56, 0.22, 1.12}, 0.045},
                      {{0.68, 0.18, 1.16}, 0.03},
                      {{0.74, 0.18, 1.1}, 0.02}});
    m.colour(0x5f7a3a);
    painted(m, b, 118,
            {{"belly",
              [](Vec3 p) {
                  return std::max(p.z - 0.95 - 0.62 * std::max(0.0, p.x - 0.05),
                                  std::abs(p.y) - 0.2) +
                         (p.z < 0.75 ? 1 : 0);
              },
              own(0xcfc48c)},
             {"stripes",
              [](Vec3 p) {
                  return std::max(std::sin(p.x * 17 + 1.5 * noise(p * 2.0, 3)) + 0.45,
                                  1.12 - p.z + 0.35 * std::max(0.0, p.x));
              },
              own(0x3a4f22)}});
    add_eyes(m, {0.94, 0.135, 1.96}, 0.035, true, 0x2a1a08);
    Mesh t;
    for (int i = 0; i < 8; ++i) {
        const double x = 0.94 + 0.043 * i, y = 0.105 - 0.004 * i;
        t.add(rod({x, y, 1.765}, {x, y, 1.69}, 0.018, 0.002, 6, 0))
            .add(rod({x, y * 0.8, 1.69}, {x, y * 0.8, 1.74}, 0.014, 0.002, 6, 0));
    }
    m.add("teeth", t.mirror_y(), of("bone", 0xffffff));
    Mesh c;
    for (const double y : {0.132, 0.26, 0.388})
        c.add(horn({{0.2, y, 0.05}, {0.26, y, 0.04}, {0.31, y, 0.0}}, 0.028));
    m.add("claws", c.mirror_y(), of("bone", 0x2a2420));
    m.mass(3000);
}
void make_dragon(Maker& m) {
    Beast b;
    b.withers = 0.95, b.croup = 0.9, b.chest = {0.19, 0.25}, b.waist = {0.16, 0.2},
    b.rump = {0.17, 0.2}, b.foot = {0.11, 0.08, 0.045}, b.knee = 0.065, b.ankle = 0.055,
    b.stance = 0.16;
    b.head = {0.98, 1.62}, b.neck = {0.15, 0.1}, b.skull = 0.125, b.pitch = 8, b.muzzle = 0.22,
    b.muzzle_radius = {0.095, 0.06}, b.nose = 0, b.eye_at = {0.6, 0.66, 0.4},
    b.tail = {{{-0.55, 0, 0.74}, 0.12},
              {{-0.95, 0, 0.5}, 0.09},
              {{-1.35, 0.1, 0.3}, 0.06},
              {{-1.7, 0, 0.34}, 0.035},
              {{-1.9, -0.05, 0.5}, 0.02}};
    b.cells = 116;
    Blob body = beast_body(b);
    body.one().group(0).blend(0.1).chain({{{0.4, 0, 0.8}, 0.17},
                                          {{0.72, 0, 1.05}, 0.12},
                                          {{0.78, 0, 1.35}, 0.1},
                                          {{0.92, 0, 1.6}, 0.09}});
    m.colour(0x3f8a3a);
    add_beast(m, b, body,
              {{"belly",
                [](Vec3 p) {
                    return std::max(p.z - 0.66 - (p.x > 0.5 ? 1.3 * (p.x - 0.5) : 0),
                                    std::abs(p.y) - 0.13) +
                           (p.x < -1 ? 1 : 0);
                },
                own(0xe0c468)}});
    for (const double s : {-1.0, 1.0}) {
        const Vec3 r{0.22, s * 0.14, 0.98}, e{0.3, s * 0.6, 1.55};
        const Vec3 tips[4] = {{0.45, s * 1.45, 1.75},
                              {0.05, s * 1.4, 1.15},
                              {-0.32, s * 1.05, 0.85},
                              {-0.5, s * 0.3, 0.85}};
        Mesh w = tube({r, e}, {0.05, 0.035}, {.steps = 1});
        for (const Vec3& t : tips)
            w.add(tube({e, base::lerp(e, t, 0.5) + Vec3{0, 0, 0.06}, t}, {0.03, 0.022, 0.008}));
        m.piece("wing");
        m.add("wing bones", w);
        for (int i = 0; i < 3; ++i)
            m.add("membrane",
                  sheet(
                      8, 8,
                      [=](double u, double v) {
                          const Vec3 a = base::lerp(e, tips[i], v) +
                                         Vec3{0, 0, 0.12 * v * (1 - v) * 2},
                                     c = base::lerp(e, tips[i + 1], v) +
                                         Vec3{0, 0, 0.12 * v * (1 - v) * 2};
                          return base::lerp(s > 0 ? a : c, s > 0 ? c : a, u) +
                                 (e - (tips[i] + tips[i + 1]) * 0.5) *
                                     (0.22 * std::sin(kPi * u) * v * v) +
                                 Vec3{0, 0, 0.06 * std::sin(kPi * u) * v};
                      },
                      0.012),
                  own(0xd8a03a));
    }
    m.ghost();
    m.add("horn",
          horn({head_point(b, {-0.3, 0.45, 0.8}), head_point(b, {-1.2, 0.75, 1.6}),
                head_point(b, {-2.3, 0.8, 1.8})},
               0.035)
              .mirror_y(),
          of("bone", 0xe8dcc0));
    Mesh sp;
    for (int i = 0; i < 26; ++i) {
        const double t = i / 25.0;
        const Vec3 p =
            t < 0.25  ? base::lerp(Vec3{0.86, 0, 1.68}, Vec3{0.62, 0, 1.14}, t / 0.25)
            : t < 0.6 ? base::lerp(Vec3{0.5, 0, 1.02}, Vec3{-0.55, 0, 0.87}, (t - 0.25) / 0.35)
                      : base::lerp(Vec3{-0.6, 0, 0.82}, Vec3{-1.5, 0.08, 0.34}, (t - 0.6) / 0.4);
        sp.add(
            facets({p + Vec3{0.05, 0, -0.03}, p + Vec3{-0.05, 0, -0.03}, p + Vec3{0, 0.015, -0.02},
                    p + Vec3{0, -0.015, -0.02}, p + Vec3{-0.05, 0, 0.09}}));
    }
    m.add("spines", sp, own(0xd8a03a));
    m.add("tail tip",
          facets({{-1.86, -0.04, 0.46},
                  {-2.02, 0.06, 0.52},
                  {-2.02, -0.16, 0.52},
                  {-2.14, -0.06, 0.72},
                  {-1.95, -0.05, 0.56},
                  {-1.93, -0.05, 0.5}}),
          own(0xd8a03a));
    Mesh c;
    for (const double x : {0.52, -0.3})
        for (int i = -1; i <= 1; ++i)
            c.add(horn({{x, b.stance + 0.05 * i, 0.04},
                        {x + 0.04, b.stance + 0.05 * i, 0.035},
                        {x + 0.07, b.stance + 0.05 * i, 0.0}},
                       0.018));
    m.add("claw", c.mirror_y(), of("bone", 0x2a2420));
    m.mass(900);
}

constexpr Noun kNouns[] = {
    {"turtle", 0.4, "shell", make_turtle},        {"frog", 0.1, "skin", make_frog},
    {"snake", 1.2, "skin", make_snake},           {"lizard", 0.25, "skin", make_lizard},
    {"crocodile", 3, "skin", make_crocodile},     {"snail", 0.06, "shell", make_snail},
    {"butterfly", 0.09, "paper", make_butterfly}, {"bee", 0.03, "fur", make_bee},
    {"ladybug", 0.02, "shell", make_ladybug},     {"spider", 0.06, "fur", make_spider},
    {"dinosaur", 3.5, "skin", make_dinosaur},     {"dragon", 3, "skin", make_dragon},
};

}  // namespace

std::span<const Noun> reptile_nouns() { return kNouns; }

}  // namespace world::kit
