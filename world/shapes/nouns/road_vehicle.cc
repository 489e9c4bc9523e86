// Things on wheels and rails. Driving direction +x.
#include <cmath>

#include "base/core/random.h"
#include "world/shapes/catalogue.h"
#include "world/shapes/kit/beast.h"
#include "world/shapes/kit/detail.h"
#include "world/shapes/kit/noise.h"
#include "world/shapes/kit/solids.h"

namespace world::kit {
namespace {

// A car body: side profile drawn out in y, tumblehome above the belt line, glass as dark panes.
struct Car {
    double l = 4.2, w = 1.75, h = 1.42, wheel = 0.32, front = 1.25, rear = -1.3;
    Curve body, cabin;
    unsigned hex = 0xb81c20;
};
Mesh side_body(const Curve& c, double w, double belt, double lean, double nose) {
    return extrude_y(fillet(c, 0.16), -w / 2, w / 2, 0.07).warp([=](Vec3 p) {
        const double up = std::max(0.0, p.z - belt), e = std::max(0.0, std::abs(p.x) - nose);
        return Vec3{p.x, p.y * (1 - lean * up) * (1 - 0.12 * e * e), p.z};
    });
}
void add_car(Maker& m, const Car& c) {
    m.colour(c.hex);
    m.piece("body");
    m.add("body", side_body(c.body, c.w, 0.8, 0.08, c.l * 0.36));
    m.piece("cabin");
    m.add("cabin", side_body(c.cabin, c.w - 0.1, 0.85, 0.42, 9));
    m.ghost();
    Curve g;
    Vec2 mid;
    for (const Vec2& p : c.cabin) mid = mid + p * (1.0 / c.cabin.size());
    for (const Vec2& p : c.cabin)
        g.push_back({mid.x + (p.x - mid.x) * 0.86, std::max(0.86, mid.y + (p.y - mid.y) * 0.78)});
    m.add("side glass", side_body(g, c.w - 0.085, 0.85, 0.42, 9), of("glass", 0x14181c));
    Curve f;
    for (const Vec2& p : c.cabin)
        f.push_back({mid.x + (p.x - mid.x) * 1.01, mid.y + (p.y - mid.y) * 0.9});
    m.add("glass", side_body(f, c.w - 0.42, 0.85, 0.42, 9), of("glass", 0x14181c));
    m.add("pillar",
          slab({mid.x - 0.045, -c.w / 2 + 0.02, 0.8}, {mid.x + 0.045, c.w / 2 - 0.02, mid.y + 0.05},
               0.01)
              .warp([](Vec3 p) {
                  return Vec3{p.x, p.y * (1 - 0.42 * std::max(0.0, p.z - 0.85)) * 0.965, p.z};
              }));
    for (const double x : {c.front, c.rear})
        for (const double s : {-1.0, 1.0}) {
            m.add("arch",
                  rod({x, s * (c.w / 2 - 0.2), c.wheel}, {x, s * (c.w / 2 + 0.006), c.wheel},
                      c.wheel * 1.17, -1, 36, 0.005),
                  of("plastic", 0x101011));
            m.ghost(false);
            m.piece("wheel");
            add_wheel(m, {x, s * (c.w / 2 - 0.08), c.wheel}, c.wheel, 0.21);
            m.ghost();
        }
    const double xf = c.l / 2, z = 0.62;
    m.add("headlight",
          ellipsoid({xf - 0.16, c.w / 2 - 0.32, z + 0.04}, {0.14, 0.17, 0.085}, 24).mirror_y(),
          Look(of("glass", 0xf6f4e6)).glowing(0.6));
    m.add("taillight",
          slab({-xf - 0.005, c.w / 2 - 0.5, z + 0.05}, {-xf + 0.12, c.w / 2 - 0.2, z + 0.17}, 0.02)
              .mirror_y(),
          of("plastic", 0xa01010));
    m.add("grille", slab({xf - 0.1, -0.42, z - 0.14}, {xf + 0.012, 0.42, z - 0.02}, 0.02),
          of("plastic", 0x141416));
    m.add("bumper",
          slab({xf - 0.16, -c.w / 2 + 0.14, 0.3}, {xf + 0.03, c.w / 2 - 0.14, 0.42}, 0.04)
              .add(slab({-xf - 0.03, -c.w / 2 + 0.14, 0.3}, {-xf + 0.16, c.w / 2 - 0.14, 0.42},
                        0.04)),
          of("plastic", 0x1e1f22));
    m.add("plate", slab({xf + 0.028, -0.24, 0.33}, {xf + 0.036, 0.24, 0.42}, 0.002),
          of("plastic", 0xf0efe6));
    m.add(
        "door line",
        slab({mid.x - 0.01, -c.w / 2 - 0.003, 0.34}, {mid.x + 0.004, c.w / 2 + 0.003, 0.86}, 0.001),
        of("plastic", 0x141416));
    m.add("handle",
          slab({mid.x - 0.24, c.w / 2 - 0.01, 0.74}, {mid.x - 0.1, c.w / 2 + 0.02, 0.77}, 0.01)
              .mirror_y(),
          of("steel"));
    m.add("mirror",
          ellipsoid({mid.x + 0.72, c.w / 2 + 0.06, 0.94}, {0.06, 0.1, 0.07}, 18).mirror_y());
    m.anchor("seat", {mid.x, 0.35, 0.5});
    m.anchor("top", {mid.x, 0, c.h});
    m.hollow();
}
Car saloon() {
    Car c;
    c.body = {{-2.08, 0.28}, {2.05, 0.28}, {2.1, 0.62},   {1.95, 0.76},
              {0.95, 0.9},   {-1.5, 0.93}, {-2.06, 0.88}, {-2.1, 0.55}};
    c.cabin = {{-1.65, 0.8}, {1.05, 0.8}, {0.32, 1.38}, {-0.1, 1.42}, {-0.85, 1.4}};
    return c;
}
void make_car(Maker& m) {
    add_car(m, saloon());
    m.mass(1300);
}
void make_taxi(Maker& m) {
    Car c = saloon();
    c.hex = 0xf2b81c;
    add_car(m, c);
    m.add("sign", slab({-0.4, -0.28, 1.42}, {-0.14, 0.28, 1.58}, 0.03),
          Look(of("plastic", 0xf8f2d8)).glowing(0.8));
    Mesh d;
    for (int i = 0; i < 36; ++i)
        for (const double s : {-1.0, 1.0})
            d.add(
                box({-1.6 + 0.085 * i, s * 0.878, 0.6 + (i % 2) * 0.07}, {0.085, 0.012, 0.07}, 0));
    m.add("chequers", d, own(0x141414));
    m.mass(1400);
}
void make_van(Maker& m) {
    Car c;
    c.l = 4.8, c.w = 1.9, c.h = 2, c.hex = 0xe8eaec, c.wheel = 0.34, c.front = 1.45, c.rear = -1.45;
    c.body = {{-2.38, 0.3}, {2.35, 0.3},  {2.4, 0.75}, {2.2, 0.95},
              {1.55, 1.15}, {0.95, 1.95}, {-2.3, 2.0}, {-2.4, 1.8}};
    c.cabin = {{0.25, 1.1}, {1.52, 1.1}, {1.06, 1.78}, {0.3, 1.8}};
    add_car(m, c);
    m.ghost();
    m.add("cab windows", slab({0.35, -0.955, 1.15}, {1.2, 0.955, 1.68}, 0.06),
          of("glass", 0x14181c));
    m.add("windscreen", beam({1.56, 0, 1.2}, {1.05, 0, 1.88}, 1.6, 0.05), of("glass", 0x14181c));
    m.mass(1900);
}
void wheels4(Maker& m, std::initializer_list<double> xs, double y, double r, double w) {
    for (const double x : xs)
        for (const double s : {-1.0, 1.0}) {
            m.piece("wheel");
            add_wheel(m, {x, s * y, r}, r, w);
        }
    m.ghost();
}
void make_truck(Maker& m) {
    m.colour(0x2a5fa8);
    m.piece("cab");
    m.add("cab",
          extrude_y(fillet({{1.55, 0.5}, {3.2, 0.5}, {3.25, 1.4}, {3.0, 2.5}, {1.55, 2.6}}, 0.15),
                    -1.1, 1.1, 0.08));
    m.ghost();
    m.add("windscreen", slab({3.05, -0.95, 1.5}, {3.3, 0.95, 2.25}, 0.05).warp([](Vec3 p) {
        return Vec3{p.x - 0.24 * (p.z - 1.4), p.y, p.z};
    }),
          of("glass", 0x14181c));
    m.add("side glass", slab({2.1, -1.11, 1.55}, {2.85, 1.11, 2.2}, 0.03), of("glass", 0x14181c));
    m.add("grille", slab({3.2, -0.6, 0.75}, {3.27, 0.6, 1.25}, 0.02), of("steel"));
    m.add("lights", rod({3.2, 0.85, 0.9}, {3.28, 0.85, 0.9}, 0.14).mirror_y(),
          of("glass", 0xf6f4e6));
    m.add("bumper", slab({3.1, -1.12, 0.42}, {3.35, 1.12, 0.66}, 0.05), of("steel", 0x303236));
    m.piece("box");
    m.add("cargo box", slab({-3.2, -1.2, 0.95}, {1.4, 1.2, 3.1}, 0.04), own(0xe8e8e6));
    m.piece("frame");
    m.add("frame", slab({-3.1, -0.45, 0.6}, {3.0, 0.45, 0.95}), of("steel", 0x26282b));
    m.ghost();
    Mesh r;
    for (int i = 0; i < 9; ++i)
        for (const double s : {-1.0, 1.0})
            r.add(slab({-3.0 + 0.5 * i, s * 1.2 - 0.015, 1.05},
                       {-2.96 + 0.5 * i, s * 1.2 + 0.015, 3.0}, 0.005));
    m.add("ribs", r, own(0xd0d0ce));
    m.add("exhaust", rod({1.45, 0.95, 0.8}, {1.45, 0.95, 2.9}, 0.07), of("steel"));
    wheels4(m, {2.4, -1.3, -2.3}, 0.98, 0.5, 0.32);
    m.mass(7000);
    m.hollow();
}
void make_bus(Maker& m) {
    m.colour(0xd02a24);
    m.piece("body");
    m.add("body", slab({-5, -1.25, 0.45}, {5, 1.25, 3.1}, 0.16));
    m.ghost();
    for (int i = 0; i < 7; ++i)
        m.add("window", slab({-4.6 + 1.2 * i, -1.262, 1.6}, {-3.55 + 1.2 * i, 1.262, 2.6}, 0.02),
              of("glass", 0x171c22));
    m.add("windscreen",
          slab({4.9, -1.1, 1.4}, {5.012, 1.1, 2.75}, 0.03)
              .add(slab({-5.012, -1.0, 1.6}, {-4.9, 1.0, 2.6}, 0.03)),
          of("glass", 0x171c22));
    m.add("stripe", slab({-4.9, -1.258, 1.15}, {4.9, 1.258, 1.3}, 0.004), own(0xf4f0e6));
    m.add("door", slab({3.95, -1.265, 0.55}, {4.75, -1.2, 2.65}, 0.02), of("glass", 0x1c2228));
    m.add("sign", slab({4.95, -0.8, 2.8}, {5.02, 0.8, 3.02}, 0.01),
          Look(of("glass", 0xf2a020)).glowing(0.7));
    m.add("lights", rod({4.95, 0.9, 0.85}, {5.03, 0.9, 0.85}, 0.14).mirror_y(),
          of("glass", 0xf6f4e6));
    m.add("bumper",
          slab({4.8, -1.27, 0.4}, {5.05, 1.27, 0.62}, 0.05)
              .add(slab({-5.05, -1.27, 0.4}, {-4.8, 1.27, 0.62}, 0.05)),
          of("rubber", 0x1c1c1e));
    wheels4(m, {3.1, -2.9}, 1.12, 0.5, 0.3);
    m.mass(11000);
    m.hollow();
}
void make_racing_car(Maker& m) {
    m.colour(0xc81c20);
    m.piece("body");
    m.add("body", loft({{-1.9, 0.45, 0.2, 0.15, 0.2},
                        {-1.0, 0.42, 0.42, 0.3, 0.26, 3},
                        {-0.3, 0.38, 0.5, 0.26, 0.24, 3},
                        {0.6, 0.36, 0.34, 0.2, 0.2, 3},
                        {1.4, 0.3, 0.2, 0.12, 0.12},
                        {2.05, 0.22, 0.1, 0.06, 0.06}},
                       5, 36, true));
    m.add("airbox", loft({{-1.2, 0.7, 0.06, 0.05, 0.1},
                          {-0.6, 0.78, 0.14, 0.14, 0.2},
                          {-0.32, 0.8, 0.13, 0.14, 0.2}},
                         4, 24, true));
    m.ghost();
    m.add("cockpit", ellipsoid({0.05, 0, 0.58}, {0.38, 0.24, 0.08}, 24), of("plastic", 0x0e0e10));
    m.add("helmet", sphere({-0.1, 0, 0.72}, 0.15, 28), own(0xf4e020));
    m.add("visor", ellipsoid({-0.02, 0, 0.73}, {0.09, 0.13, 0.05}, 20), of("glass", 0x101014));
    m.piece("front wing");
    m.add("front wing", slab({1.7, -0.85, 0.1}, {2.1, 0.85, 0.14}, 0.015)
                            .add(slab({1.6, 0.83, 0.08}, {2.1, 0.86, 0.3}, 0.01).mirror_y()));
    m.piece("rear wing");
    m.add("rear wing", slab({-2.1, -0.6, 0.88}, {-1.7, 0.6, 0.93}, 0.015)
                           .add(slab({-2.15, 0.58, 0.45}, {-1.65, 0.61, 1.0}, 0.01).mirror_y()));
    m.ghost();
    m.add("number", number_strokes(7, 0.3, 0.025).turn_z(90).move(1.0, 0, 0.535), own(0xffffff));
    for (const double x : {1.3, -1.35})
        for (const double s : {-1.0, 1.0}) {
            m.piece("wheel");
            add_wheel(m, {x, s * 0.75, 0.33}, 0.33, x > 0 ? 0.32 : 0.42,
                      {.hub_hex = 0x222226, .tyre_share = 0.4});
            m.ghost();
            m.add("arm",
                  rod({x - 0.15, s * 0.25, 0.36}, {x, s * 0.62, 0.33}, 0.018)
                      .add(rod({x + 0.15, s * 0.2, 0.36}, {x, s * 0.62, 0.33}, 0.018)),
                  of("steel", 0x222226));
        }
    m.mass(750);
}
void make_tractor(Maker& m) {
    m.colour(0x2f7a30);
    m.piece("hood");
    m.add("hood", slab({0.1, -0.36, 0.8}, {1.6, 0.36, 1.4}, 0.08));
    m.piece("cab");
    m.add("roof", slab({-1.0, -0.65, 2.35}, {0.25, 0.65, 2.47}, 0.05));
    for (const double x : {-0.95, 0.15})
        for (const double s : {-1.0, 1.0})
            m.add("post",
                  slab({x - 0.03, s * 0.58 - 0.03, 1.2}, {x + 0.03, s * 0.58 + 0.03, 2.37}));
    m.add("cab", slab({-1.0, -0.6, 0.8}, {0.15, 0.6, 1.35}, 0.04));
    m.ghost();
    m.add("glass", slab({-0.93, -0.57, 1.3}, {0.13, 0.57, 2.33}, 0.02), of("glass", 0x2a3238));
    m.add("grille", slab({1.58, -0.28, 0.88}, {1.63, 0.28, 1.32}, 0.02), of("steel", 0x1c1d1f));
    m.add("lights", rod({1.6, 0.26, 1.22}, {1.66, 0.26, 1.22}, 0.07).mirror_y(),
          of("glass", 0xf6f4e6));
    m.add("exhaust", rod({0.8, 0.2, 1.38}, {0.8, 0.2, 2.2}, 0.045), of("steel", 0x26282b));
    m.add("chassis", slab({-0.6, -0.25, 0.55}, {1.55, 0.25, 0.82}, 0.03), of("steel", 0x26282b));
    for (const double s : {-1.0, 1.0}) {
        m.piece("wheel");
        add_wheel(m, {-0.6, s * 0.88, 0.8}, 0.8, 0.42,
                  {.hub_hex = 0xf0c020, .spokes = 8, .tyre_share = 0.36});
        Mesh lug;
        for (int i = 0; i < 20; ++i)
            lug.add(box({0.79, 0, 0}, {0.06, 0.4, 0.07}, 0.01).turn_y(18 * i));
        m.add("lugs", lug.move(-0.6, s * 0.88, 0.8), of("rubber", 0x1b1b1c));
        m.piece("wheel");
        add_wheel(m, {1.15, s * 0.62, 0.45}, 0.45, 0.26, {.hub_hex = 0xf0c020, .spokes = 6});
        m.ghost();
        Curve f = arc({-0.6, 0.8}, 0.93, 20, 160, 14);
        const Curve in = arc({-0.6, 0.8}, 0.87, 160, 20, 14);
        m.add("fender", extrude_y(joined(f, in), s * 0.88 - 0.25, s * 0.88 + 0.25, 0.01));
    }
    m.mass(3500);
}
void make_motorcycle(Maker& m) {
    m.colour(0xb01c1e);
    for (const double x : {0.72, -0.72}) {
        m.piece("wheel");
        add_wheel(m, {x, 0, 0.32}, 0.32, 0.14, {.spokes = 7, .tyre_share = 0.26});
    }
    m.piece("body");
    m.add("tank", ellipsoid({0.12, 0, 0.86}, {0.3, 0.15, 0.15}, 32).turn_y(0));
    m.add("seat",
          loft({{-0.75, 0.86, 0.1, 0.06, 0.05},
                {-0.45, 0.78, 0.13, 0.06, 0.06},
                {-0.1, 0.8, 0.11, 0.06, 0.06}},
               4, 24, true),
          of("leather", 0x161414));
    m.add("engine", slab({-0.22, -0.16, 0.32}, {0.24, 0.16, 0.66}, 0.05),
          of("aluminium", 0x8a8d90));
    Mesh fins;
    for (int i = 0; i < 6; ++i)
        fins.add(slab({-0.14, -0.18, 0.44 + 0.045 * i}, {0.2, 0.18, 0.46 + 0.045 * i}, 0.004));
    m.add("fins", fins, of("aluminium"));
    m.ghost();
    m.add("frame",
          tube({{0.42, 0, 0.9}, {0.3, 0, 0.5}, {0.1, 0, 0.3}, {-0.3, 0, 0.32}, {-0.45, 0, 0.75}},
               {0.03}),
          of("steel", 0x222326));
    m.add("fork", rod({0.72, 0.1, 0.32}, {0.45, 0.1, 1.0}, 0.025).mirror_y(), of("steel"));
    m.add("bars",
          tube({{0.36, -0.36, 1.06}, {0.44, -0.16, 1.02}, {0.44, 0.16, 1.02}, {0.36, 0.36, 1.06}},
               {0.016}),
          of("steel"));
    m.add("grip", rod({0.37, 0.26, 1.05}, {0.35, 0.38, 1.065}, 0.024).mirror_y(),
          of("rubber", 0x161616));
    m.add("headlight", ellipsoid({0.56, 0, 0.9}, {0.1, 0.1, 0.1}, 24), of("steel"));
    m.add("lamp", ellipsoid({0.63, 0, 0.9}, {0.05, 0.085, 0.085}, 24), of("glass", 0xf6f4e6));
    m.add("exhaust",
          tube({{0.2, -0.17, 0.4}, {0.1, -0.2, 0.24}, {-0.3, -0.2, 0.24}, {-0.85, -0.2, 0.32}},
               {0.03, 0.035, 0.045, 0.055}),
          of("steel"));
    m.add("swing arm", rod({-0.2, 0.09, 0.36}, {-0.72, 0.1, 0.32}, 0.025).mirror_y(),
          of("steel", 0x222326));
    for (const auto& [x, a0, a1] : {std::tuple{0.72, 20.0, 130.0}, {-0.72, 40.0, 160.0}})
        m.add("fender",
              extrude_y(joined(arc({x, 0.32}, 0.38, a0, a1, 12), arc({x, 0.32}, 0.36, a1, a0, 12)),
                        -0.08, 0.08, 0.004));
    m.anchor("seat", {-0.3, 0, 0.85});
    m.mass(200);
}
void bicycle_wheel(Maker& m, Vec3 c, double r) {
    m.add("tyre", torus({}, r - 0.02, 0.02, 64, 10).turn_x(90).move(c), of("rubber", 0x18181a));
    Mesh s = torus({}, r - 0.045, 0.011, 56, 8);
    for (int i = 0; i < 18; ++i)
        s.add(rod({0, 0, (i % 2 ? 0.02 : -0.02)},
                  {(r - 0.05) * std::cos(i * kPi / 9), (r - 0.05) * std::sin(i * kPi / 9), 0},
                  0.003, -1, 5));
    s.add(rod({0, 0, -0.04}, {0, 0, 0.04}, 0.022, -1, 14));
    m.add("rim", s.turn_x(90).move(c), of("aluminium"));
}
void make_bicycle(Maker& m) {
    m.colour(0x1f5fb0);
    const Vec3 r{-0.52, 0, 0.34}, f{0.54, 0, 0.34}, bb{-0.05, 0, 0.3}, st{-0.2, 0, 0.82},
        hd{0.38, 0, 0.84};
    for (const Vec3 c : {r, f}) {
        m.piece("wheel");
        bicycle_wheel(m, c, 0.34);
    }
    m.piece("frame");
    Mesh fr = rod(bb, st, 0.018)
                  .add(rod(st + Vec3{0.02, 0, -0.05}, hd, 0.018))
                  .add(rod(bb, hd + Vec3{0.02, 0, -0.08}, 0.02))
                  .add(rod(hd + Vec3{0.035, 0, -0.12}, hd + Vec3{-0.02, 0, 0.06}, 0.021));
    for (const double s : {-1.0, 1.0})
        fr.add(rod(bb + Vec3{0, s * 0.03, 0}, r + Vec3{0, s * 0.05, 0}, 0.011))
            .add(rod(st + Vec3{0.02, s * 0.02, -0.06}, r + Vec3{0, s * 0.05, 0}, 0.01))
            .add(tube(
                {hd + Vec3{0.04, s * 0.04, -0.14}, {0.48, s * 0.05, 0.5}, f + Vec3{0, s * 0.05, 0}},
                {0.012}));
    m.add("frame", fr);
    m.add("seat post", rod(st, st + Vec3{-0.025, 0, 0.12}, 0.013), of("steel"));
    m.add("saddle",
          loft({{-0.36, 0.96, 0.08, 0.03, 0.02},
                {-0.28, 0.955, 0.085, 0.03, 0.025},
                {-0.15, 0.95, 0.03, 0.025, 0.02},
                {-0.06, 0.95, 0.02, 0.02, 0.02}},
               4, 20, true),
          of("leather", 0x1c1614));
    m.piece("bars");
    m.add("bars",
          tube({{0.26, -0.28, 0.95},
                {0.36, -0.22, 0.98},
                {0.38, 0, 0.96},
                {0.36, 0.22, 0.98},
                {0.26, 0.28, 0.95}},
               {0.012})
              .add(rod(hd, {0.38, 0, 0.97}, 0.013)),
          of("steel"));
    m.add("grip", rod({0.33, 0.25, 0.965}, {0.22, 0.29, 0.94}, 0.018).mirror_y(),
          of("rubber", 0x161616));
    m.piece("crank");
    Mesh ch = torus({}, 0.09, 0.006, 40, 6).turn_x(90);
    for (int i = 0; i < 5; ++i)
        ch.add(rod({0, 0, 0}, {0.09 * std::cos(i * 1.2566), 0, 0.09 * std::sin(i * 1.2566)}, 0.006,
                   -1, 8));
    m.add("chainring", ch.move(bb + Vec3{0, -0.05, 0}), of("steel"));
    m.add("chain",
          tube({bb + Vec3{0, -0.05, 0.09}, r + Vec3{0, -0.05, 0.035}, r + Vec3{-0.035, -0.05, 0},
                r + Vec3{0, -0.05, -0.035}, bb + Vec3{0, -0.05, -0.09}},
               {0.005}, {.sides = 6, .steps = 1}),
          of("steel", 0x3a3a3c));
    for (const double s : {-1.0, 1.0}) {
        m.add("crank",
              rod(bb + Vec3{0, s * 0.07, 0}, bb + Vec3{s * 0.16, s * 0.08, -s * 0.04}, 0.011),
              of("steel"));
        m.add("pedal", box(bb + Vec3{s * 0.16, s * 0.13, -s * 0.04}, {0.09, 0.08, 0.025}),
              of("plastic", 0x18181a));
    }
    m.anchor("seat", {-0.25, 0, 0.98});
    m.mass(13);
}
void rail_wheels(Maker& m, std::initializer_list<double> xs, double r) {
    Mesh w;
    for (const double x : xs)
        w.add(lathe({{0, -0.06},
                     {r * 1.08, -0.06},
                     {r * 1.08, -0.03},
                     {r, -0.02},
                     {r, 0.06},
                     {0, 0.06}},
                    0.01, 32)
                  .turn_x(90)
                  .move(x, 0.72, r));
    m.add("wheels", w.mirror_y(), of("steel", 0x3a3c40));
}
void make_train(Maker& m) {  // A steam engine with tender: what a child draws.
    m.colour(0x1f4f3a);
    m.piece("boiler");
    m.add("boiler", rod({-1.2, 0, 2.1}, {5.0, 0, 2.1}, 0.85, -1, 48, 0.05));
    m.add("smokebox", rod({3.9, 0, 2.1}, {5.25, 0, 2.1}, 0.9, -1, 48, 0.06), of("iron", 0x1a1a1c));
    m.ghost();
    for (const double x : {-0.2, 1.2, 2.6})
        m.add("band", torus({}, 0.855, 0.025, 48, 8).turn_y(90).move(x, 0, 2.1), of("brass"));
    m.add("door",
          lathe(spline({{0.62, 0}, {0.5, 0.08}, {0, 0.14}}), 0, 36).turn_y(90).move(5.24, 0, 2.1),
          of("iron", 0x26272a));
    m.add("chimney",
          lathe({{0, 2.8},
                 {0.28, 2.8},
                 {0.25, 3.4},
                 {0.42, 3.85},
                 {0.42, 3.95},
                 {0.3, 3.95},
                 {0.2, 3.6},
                 {0, 3.6}},
                0.03, 32)
              .move(4.6, 0, 0),
          of("iron", 0x1a1a1c));
    m.add("dome",
          lathe(spline({{0.36, 2.85}, {0.34, 3.15}, {0.2, 3.35}, {0, 3.4}}), 0, 32).move(1.9, 0, 0),
          of("brass"));
    m.piece("cab");
    m.add("cab", slab({-3.0, -1.25, 1.1}, {-1.1, 1.25, 3.5}, 0.05));
    m.add("roof",
          extrude_x(joined(arc({0, 2.2}, 1.95, 45, 135, 12), arc({0, 2.1}, 1.95, 135, 45, 12)),
                    -3.2, -0.9, 0.02),
          of("iron", 0x1a1a1c));
    m.ghost();
    m.add("window",
          slab({-2.5, -1.265, 2.3}, {-1.6, 1.265, 3.0}, 0.02)
              .add(slab({-1.12, 0.85, 2.4}, {-1.08, 1.15, 3.0}, 0.01).mirror_y()),
          of("glass", 0x181c20));
    m.add("lamp", rod({5.2, 0, 3.15}, {5.45, 0, 3.15}, 0.17), of("brass"));
    m.add("lamp glass", rod({5.4, 0, 3.15}, {5.47, 0, 3.15}, 0.13),
          Look(of("glass", 0xfff0c0)).glowing(1));
    m.piece("frame");
    m.add("frame", slab({-3.1, -1.05, 0.95}, {5.3, 1.05, 1.25}, 0.04), own(0x9a1c1c));
    m.add("buffer beam", slab({5.2, -1.25, 0.8}, {5.4, 1.25, 1.25}, 0.03), own(0x9a1c1c));
    Mesh cow;
    for (int i = -5; i <= 5; ++i)
        cow.add(beam({5.35, 0.2 * i, 0.95}, {6.1 - 0.1 * std::abs(i), 0.1 * i, 0.2}, 0.06, 0.06));
    m.add("cowcatcher", cow, own(0x9a1c1c));
    m.piece("wheels");
    Mesh w;
    for (const double x : {-0.6, 1.1, 2.8}) {
        w.add(torus({}, 0.72, 0.08, 44, 8).turn_x(90).move(x, 0.95, 0.8));
        for (int i = 0; i < 6; ++i)
            w.add(beam({x, 0.95, 0.8},
                       {x + 0.7 * std::cos(i * kPi / 3), 0.95, 0.8 + 0.7 * std::sin(i * kPi / 3)},
                       0.06, 0.06, {0, 1, 0}));
        w.add(rod({x, 0.88, 0.8}, {x, 1.06, 0.8}, 0.15));
    }
    for (const double x : {4.0, 4.75})
        w.add(torus({}, 0.38, 0.06, 32, 8).turn_x(90).move(x, 0.95, 0.42))
            .add(rod({x, 0.9, 0.42}, {x, 1.0, 0.42}, 0.34));
    m.add("wheels", w.mirror_y(), own(0xa82020));
    m.ghost();
    m.add("rod",
          beam({-0.6, 1.08, 0.6}, {2.8, 1.08, 0.6}, 0.05, 0.12)
              .add(beam({1.1, 1.12, 0.6}, {4.3, 1.12, 0.95}, 0.05, 0.1))
              .mirror_y(),
          of("steel"));
    m.add("cylinder", rod({3.9, 1.1, 0.95}, {4.9, 1.1, 0.95}, 0.27).mirror_y());
    m.piece("tender");
    m.add("tender", slab({-6.1, -1.2, 1.0}, {-3.4, 1.2, 2.6}, 0.06));
    m.ghost();
    m.add("coal", ellipsoid({-4.7, 0, 2.5}, {1.15, 1.0, 0.45}, 40).warp([](Vec3 p) {
        return p + Vec3{0, 0, 0.12 * noise(p * 3.0, 4)};
    }),
          of("stone", 0x151515));
    Mesh t;
    for (const double x : {-5.5, -4.7, -3.9}) t.add(rod({x, 0.85, 0.45}, {x, 0.98, 0.45}, 0.44));
    m.add("wheels", t.mirror_y(), own(0xa82020));
    m.add("tender frame", slab({-6.1, -1.0, 0.75}, {-3.2, 1.0, 1.02}, 0.03), of("iron", 0x1a1a1c));
    m.mass(70000);
}
void make_tram(Maker& m) {
    m.colour(0xc8342a);
    m.piece("body");
    m.add("body", slab({-6, -1.2, 0.5}, {6, 1.2, 1.75}, 0.12)
                      .add(slab({-6, -1.2, 2.8}, {6, 1.2, 3.25}, 0.14)));
    m.add("upper", slab({-5.95, -1.17, 1.6}, {5.95, 1.17, 2.9}, 0.1), own(0xf2ead2));
    m.ghost();
    for (int i = 0; i < 8; ++i)
        m.add("window", slab({-5.3 + 1.35 * i, -1.19, 1.85}, {-4.15 + 1.35 * i, 1.19, 2.7}, 0.03),
              of("glass", 0x171c22));
    m.add("windscreen",
          slab({5.9, -0.95, 1.85}, {5.98, 0.95, 2.75}, 0.03)
              .add(slab({-5.98, -0.95, 1.85}, {-5.9, 0.95, 2.75}, 0.03)),
          of("glass", 0x171c22));
    m.add("lamp", rod({5.97, 0, 1.2}, {6.06, 0, 1.2}, 0.17), of("glass", 0xfff0c0));
    m.add("pantograph",
          beam({-0.6, 0, 3.25}, {0.5, 0, 3.75}, 0.05, 0.05)
              .add(beam({0.5, 0, 3.75}, {-0.3, 0, 4.2}, 0.05, 0.05))
              .add(beam({-0.3, -0.7, 4.22}, {-0.3, 0.7, 4.22}, 0.08, 0.04)),
          of("steel", 0x303236));
    m.add("number", number_strokes(5, 0.35, 0.03).turn_x(90).turn_z(90).move(5.99, 0, 3.02),
          own(0xfff4d8));
    m.add("skirt", slab({-5, -1.1, 0.2}, {5, 1.1, 0.55}, 0.03), of("steel", 0x26282b));
    rail_wheels(m, {-4, -2.6, 2.6, 4}, 0.33);
    m.mass(20000);
    m.hollow();
}

constexpr Noun kNouns[] = {
    {"car", 4.2, "steel", make_car},          {"taxi", 4.4, "steel", make_taxi},
    {"van", 4.8, "steel", make_van},          {"truck", 6.5, "steel", make_truck},
    {"bus", 10, "steel", make_bus},           {"racing_car", 4.2, "plastic", make_racing_car},
    {"tractor", 3.6, "steel", make_tractor},  {"motorcycle", 2.1, "steel", make_motorcycle},
    {"bicycle", 1.75, "steel", make_bicycle}, {"train", 12, "steel", make_train},
    {"tram", 12, "steel", make_tram},
};

}  // namespace

std::span<const Noun> road_vehicle_nouns() { return kNouns; }

}  // namespace world::kit
