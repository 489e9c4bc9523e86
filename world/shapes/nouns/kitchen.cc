// Tools of the kitchen, containers and things that are carried.
#include <cmath>

#include "base/core/random.h"
#include "world/shapes/catalogue.h"
#include "world/shapes/kit/beast.h"
#include "world/shapes/kit/detail.h"
#include "world/shapes/kit/noise.h"
#include "world/shapes/kit/solids.h"

namespace world::kit {
namespace {

void make_spoon(Maker& m) {
    m.add("handle", loft({{-0.095, 0.012, 0.009, 0.0018, 0.0018},
                          {-0.04, 0.008, 0.005, 0.0017, 0.0017},
                          {0.03, 0.003, 0.003, 0.0018, 0.0018},
                          {0.042, 0.004, 0.004, 0.0016, 0.0016}},
                         5, 16, true));
    m.add(
        "bowl",
        sheet(
            18, 18,
            [](double u, double v) {
                const double a = 2 * v - 1, b = 2 * u - 1;
                const double w =
                    0.021 * std::sqrt(std::max(0.0, 1 - a * a)) * (1 + 0.15 * a) + 0.0005;
                return Vec3{0.065 + 0.031 * a, w * b, 0.002 + 0.009 * std::max(b * b, a * a) + 0.0};
            },
            0.0016));
    m.anchor("grip", {-0.06, 0, 0.01});
    m.mass(0.05);
}
void make_fork(Maker& m) {
    m.add("handle", loft({{-0.095, 0.012, 0.009, 0.0018, 0.0018},
                          {-0.04, 0.008, 0.005, 0.0017, 0.0017},
                          {0.03, 0.003, 0.0032, 0.0018, 0.0018},
                          {0.048, 0.002, 0.0125, 0.0016, 0.0016},
                          {0.055, 0.002, 0.0128, 0.0014, 0.0014}},
                         5, 16, true));
    Mesh t;
    for (int i = 0; i < 4; ++i)
        t.add(tube({{0.053, (i - 1.5) * 0.0073, 0.002},
                    {0.075, (i - 1.5) * 0.0073, 0.0},
                    {0.098, (i - 1.5) * 0.0070, 0.006}},
                   {0.0018, 0.0016, 0.0009}, {.sides = 8, .flat = 0.7}));
    m.add("tines", t);
    m.anchor("grip", {-0.06, 0, 0.01});
    m.mass(0.05);
}
void make_knife(Maker& m) {
    m.add("blade", extrude_y(spline({{-0.01, 0.0},
                                     {0.05, -0.001},
                                     {0.11, 0.006},
                                     {0.122, 0.014},
                                     {0.105, 0.02},
                                     {0.05, 0.023},
                                     {-0.01, 0.023}},
                                    true, 4),
                             -0.0009, 0.0009, 0.0006));
    m.add(
        "handle",
        extrude_y(
            fillet(
                {{-0.098, -0.002}, {-0.005, 0.001}, {-0.003, 0.024}, {-0.09, 0.024}, {-0.1, 0.014}},
                0.006),
            -0.008, 0.008, 0.003),
        of("wood", 0x2a1a12));
    for (const double x : {-0.075, -0.05, -0.025})
        m.add("rivet", rod({x, -0.0085, 0.012}, {x, 0.0085, 0.012}, 0.0022, -1, 12), of("steel"));
    m.anchor("grip", {-0.05, 0, 0.012});
    m.mass(0.12);
}
void make_ladle(Maker& m) {
    m.add("bowl", lathe(vessel(arc({0, 0.045}, 0.045, -90, -4, 12), 0.002), 0.0005, 40));
    m.add("handle", tube({{-0.043, 0, 0.04},
                          {-0.055, 0, 0.1},
                          {-0.065, 0, 0.26},
                          {-0.05, 0, 0.3},
                          {-0.035, 0, 0.29}},
                         {0.004, 0.005, 0.005, 0.004, 0.004}, {.flat = 0.5, .up = {1, 0, 0}}));
    m.mass(0.15);
    m.anchor("grip", {-0.063, 0, 0.2});
}
void make_cutting_board(Maker& m) {
    m.add(
        "board",
        extrude(joined(arc({0.11, 0}, 0.045, -40, 40, 8),
                       fillet({{0.1, 0.115}, {-0.2, 0.115}, {-0.2, -0.115}, {0.1, -0.115}}, 0.02)),
                0, 0.02, 0.004),
        own().with("wood_grain"));
    m.add("handle", extrude(rounded_rectangle(0.12, 0.05, 0.024, {0.14, 0}), 0, 0.02, 0.004),
          own().with("wood_grain"));
    m.add("hole", rod({0.175, 0, -0.0004}, {0.175, 0, 0.0204}, 0.009), own(0x2a1a10));
    m.mass(0.9);
}
void make_rolling_pin(Maker& m) {
    m.add("roller", rod({0, -0.13, 0}, {0, 0.13, 0}, 0.03, -1, 48, 0.004));
    m.add(
        "handle",
        lathe(joined(
                  {{0, 0.13}, {0.011, 0.13}},
                  spline({{0.01, 0.135}, {0.014, 0.17}, {0.016, 0.2}, {0.012, 0.222}, {0, 0.226}})),
              0.002, 28)
            .turn_x(-90)
            .mirror_y(),
        own(0x6b3f20));
    m.mass(0.5);
}
void make_toaster(Maker& m) {
    m.add("body", slab({-0.08, -0.14, 0.012}, {0.08, 0.14, 0.18}, 0.025));
    m.add("base", slab({-0.082, -0.142, 0}, {0.082, 0.142, 0.022}, 0.008), of("plastic", 0x18181a));
    for (const double x : {-0.03, 0.03}) {
        m.add("slot", slab({x - 0.013, -0.11, 0.178}, {x + 0.013, 0.11, 0.1806}, 0.001),
              of("plastic", 0x101010));
        m.add("toast", slab({x - 0.007, -0.055, 0.12}, {x + 0.007, 0.055, 0.215}, 0.005),
              of("bread", 0xc88a48));
    }
    m.add("lever",
          slab({-0.02, 0.139, 0.11}, {0.02, 0.158, 0.125}, 0.004)
              .add(slab({-0.003, 0.139, 0.05}, {0.003, 0.1415, 0.15}, 0)),
          of("plastic", 0x18181a));
    m.add("dial", rod({0, 0.138, 0.05}, {0, 0.152, 0.05}, 0.014), of("plastic", 0x18181a));
    m.mass(1.4);
}
void make_can(Maker& m) {
    m.colour(0xc8202a);
    m.add("body",
          lathe({{0.026, 0.003}, {0.033, 0.012}, {0.033, 0.106}, {0.026, 0.117}}, 0.003, 56));
    m.add(
        "ends",
        lathe(
            {{0, 0.006}, {0.022, 0.006}, {0.024, 0}, {0.027, 0.002}, {0.0262, 0.0045}, {0, 0.007}},
            0.001, 48)
            .add(lathe({{0, 0.113},
                        {0.0265, 0.115},
                        {0.0275, 0.12},
                        {0.0255, 0.12},
                        {0.0242, 0.1155},
                        {0, 0.1155}},
                       0.0006, 48)),
        of("aluminium"));
    m.add("band",
          lathe({{0.0331, 0.045}, {0.0333, 0.046}, {0.0333, 0.074}, {0.0331, 0.075}}, 0, 56),
          own(0xf4f2ec));
    m.add("tab",
          extrude(rounded_rectangle(0.024, 0.014, 0.006), 0.1155, 0.117, 0.0004)
              .move(0.004, 0, 0)
              .add(torus({0.012, 0, 0.117}, 0.004, 0.0008, 16, 6)),
          of("aluminium"));
    m.add("opening",
          extrude(rounded_rectangle(0.016, 0.017, 0.007), 0.1154, 0.1159, 0).move(-0.012, 0, 0),
          of("aluminium", 0x80848a));
    m.collide_rod({0, 0, 0}, {0, 0, 0.12}, 0.033);
    m.mass(0.015);
    m.hollow();
}
void make_tray(Maker& m) {
    m.piece("floor");
    m.add("floor", slab({-0.15, -0.225, 0}, {0.15, 0.225, 0.012}, 0.003));
    for (const double s : {-1.0, 1.0}) {
        m.piece("side");
        m.add("side", slab({s * 0.15 - 0.007, -0.225, 0}, {s * 0.15 + 0.007, 0.225, 0.045}, 0.003));
        m.piece("end");
        m.add("end", slab({-0.15, s * 0.22 - 0.007, 0}, {0.15, s * 0.22 + 0.007, 0.06}, 0.003));
        m.add("handle hole",
              slab({-0.045, s * 0.22 - 0.0075, 0.03}, {0.045, s * 0.22 + 0.0075, 0.045}, 0.001),
              own(0x1c110a));
    }
    m.mass(1);
}
void bucket_walls(Maker& m, double r0, double r1, double h, double t) {
    m.collide_rod({0, 0, 0}, {0, 0, t * 2}, r0, "floor");
    m.collide_wall({r0, 0}, {r1, h}, t, 10, "wall");
    m.hollow();
    m.anchor("mouth", {0, 0, h});
}
void make_bucket(Maker& m) {
    m.add("bucket",
          lathe(vessel({{0, 0}, {0.1, 0}, {0.105, 0.004}, {0.135, 0.25}, {0.141, 0.252}}, 0.003),
                0.002, 64));
    for (const auto& [r, z] : {std::pair{0.112, 0.06}, {0.13, 0.205}})
        m.add("bead", torus({0, 0, z}, r, 0.0035, 64, 8));
    std::vector<Vec3> p;
    for (int i = 0; i <= 12; ++i) {
        const double a = kPi * i / 12;
        p.push_back({-0.0 - 0.03 * std::sin(a), 0.139 * std::cos(a), 0.235 + 0.1 * std::sin(a)});
    }
    m.add("handle", tube(p, {0.0035}, {.steps = 2}), of("steel", 0x808488));
    m.add("lug", sphere({0, 0.138, 0.235}, 0.012, 16).mirror_y(), of("steel", 0x808488));
    bucket_walls(m, 0.105, 0.14, 0.252, 0.006);
    m.collide_capsule({-0.03, -0.05, 0.33}, {-0.03, 0.05, 0.33}, 0.004, "handle");
    m.mass(1);
}
void make_barrel(Maker& m) {
    const Curve side = spline({{0.24, 0.0}, {0.3, 0.22}, {0.32, 0.45}, {0.3, 0.68}, {0.24, 0.9}});
    m.add("staves",
          lathe(joined(joined({{0, 0.03}, {0.225, 0.03}, {0.225, 0}}, side),
                       {{0.225, 0.9}, {0.225, 0.87}, {0, 0.87}}),
                0.006, 64),
          own().with("wood_grain"));
    Mesh gaps;
    for (int i = 0; i < 20; ++i) {
        std::vector<Vec3> p;
        for (const Vec2 q : side) p.push_back(Vec3{(q.x - 0.001), 0, q.y});
        gaps.add(tube(p, {0.0028}, {.sides = 6, .steps = 1}).turn_z(18 * i));
    }
    m.add("seams", gaps, own(0x3a2412));
    for (const auto& [z, r, d] : {std::tuple{0.07, 0.2635, 0.02},
                                  {0.2, 0.2975, 0.012},
                                  {0.7, 0.2975, -0.012},
                                  {0.83, 0.2635, -0.02}})
        m.add("hoop",
              lathe({{r - d * 0.6, z - 0.028}, {r + d * 0.6, z + 0.028}}, 0, 64)
                  .add(lathe({{r - d * 0.6 + 0.005, z - 0.028}, {r + d * 0.6 + 0.005, z + 0.028}},
                             0, 64)),
              of("iron"));
    std::vector<Vec3> hull;
    for (int i = 0; i < 10; ++i)
        for (const auto& [r, z] : {std::pair{0.245, 0.0}, {0.325, 0.45}, {0.245, 0.9}})
            hull.push_back({r * std::cos(i * kPi / 5), r * std::sin(i * kPi / 5), z});
    m.collide_hull(hull);
    m.hollow();
    m.mass(45);
    m.anchor("top", {0, 0, 0.9});
}
void weave(Maker& m, double r0, double r1, double h, double flatten) {
    Mesh w;
    const int rows = 14;
    for (int k = 0; k <= rows; ++k) {
        const double t = double(k) / rows, r = r0 + (r1 - r0) * t;
        std::vector<Vec3> p;
        for (int i = 0; i < 80; ++i) {
            const double a = 2 * kPi * i / 80;
            p.push_back({(r + 0.005 * std::sin(a * 20 + kPi * k)) * std::cos(a),
                         flatten * (r + 0.005 * std::sin(a * 20 + kPi * k)) * std::sin(a),
                         0.01 + h * t});
        }
        w.add(tube(p, {h / rows * 0.56}, {.sides = 6, .steps = 1, .closed = true}));
    }
    m.add("weave", w);
}
void make_basket(Maker& m) {
    weave(m, 0.13, 0.17, 0.16, 0.8);
    m.add("floor", extrude(ellipse(0.13, 0.104), 0, 0.012, 0.003));
    std::vector<Vec3> rim;
    for (int i = 0; i < 40; ++i) {
        const double a = 2 * kPi * i / 40;
        rim.push_back({0.173 * std::cos(a), 0.139 * std::sin(a), 0.178});
    }
    m.add("rim", tube(rim, {0.011}, {.sides = 10, .steps = 1, .closed = true}));
    std::vector<Vec3> p;
    for (int i = 0; i <= 16; ++i) {
        const double a = kPi * i / 16;
        p.push_back({0.17 * std::cos(a), 0, 0.17 + 0.19 * std::sin(a)});
    }
    m.add("handle", tube(p, {0.01}, {.steps = 2}));
    bucket_walls(m, 0.12, 0.155, 0.178, 0.012);
    m.collide_capsule({-0.08, 0, 0.345}, {0.08, 0, 0.345}, 0.01, "handle");
    m.mass(0.5);
}
void make_candle(Maker& m) {
    m.colour(0xf2ead6);
    m.add("wax", lathe(joined({{0, 0.012}, {0.016, 0.012}, {0.016, 0.145}, {0.013, 0.152}},
                              {{0.008, 0.148}, {0, 0.147}}),
                       0.002, 40));
    m.add("drips",
          tube({{0.015, 0.003, 0.148}, {0.0168, 0.003, 0.12}, {0.0168, 0.003, 0.1}},
               {0.002, 0.0025, 0.004})
              .add(tube({{-0.006, -0.0145, 0.148}, {-0.006, -0.016, 0.125}}, {0.002, 0.0035})));
    m.add("holder",
          lathe({{0, 0},
                 {0.04, 0},
                 {0.05, 0.012},
                 {0.046, 0.014},
                 {0.022, 0.006},
                 {0.02, 0.025},
                 {0.0165, 0.025},
                 {0.0165, 0.01},
                 {0, 0.01}},
                0.0015, 48)
              .add(torus({}, 0.013, 0.0025, 24).turn_x(90).move(-0.058, 0, 0.014)),
          of("brass"));
    m.ghost();
    m.add("wick", rod({0, 0, 0.145}, {0.001, 0, 0.158}, 0.001), of("cotton", 0x1a1614));
    m.add("flame", lathe(spline({{0, 0.154}, {0.0065, 0.164}, {0.005, 0.178}, {0, 0.2}}), 0, 24),
          Look(of("glass", 0xffcf70)).glowing(6));
    m.anchor("flame", {0, 0, 0.17});
    m.mass(0.25);
}
void make_lantern(Maker& m) {
    m.colour(0x2a2c2e);
    m.add("base", lathe({{0, 0}, {0.07, 0}, {0.075, 0.02}, {0.05, 0.045}, {0, 0.045}}, 0.006, 48));
    m.add("glass",
          lathe(vessel(spline({{0.04, 0.045}, {0.055, 0.09}, {0.05, 0.14}, {0.035, 0.17}}), 0.002),
                0, 48),
          of("glass"));
    m.add("cap",
          lathe(joined({{0, 0.165}, {0.05, 0.165}},
                       {{0.052, 0.18}, {0.03, 0.2}, {0.03, 0.215}, {0.04, 0.22}, {0, 0.235}}),
                0.004, 48));
    m.add("rails", rod({0.06, 0, 0.035}, {0.05, 0, 0.175}, 0.004, -1, 10).around_z(4));
    std::vector<Vec3> p;
    for (int i = 0; i <= 12; ++i) {
        const double a = kPi * i / 12;
        p.push_back({0, 0.062 * std::cos(a), 0.18 + 0.115 * std::sin(a)});
    }
    m.add("handle", tube(p, {0.003}, {.steps = 2}));
    m.ghost();
    m.add("flame", lathe(spline({{0, 0.07}, {0.014, 0.09}, {0.01, 0.115}, {0, 0.145}}), 0, 24),
          Look(of("glass", 0xffcf70)).glowing(6));
    m.mass(0.9);
    m.anchor("grip", {0, 0, 0.295});
}
void make_watering_can(Maker& m) {
    m.colour(0x3f7f6a);
    m.piece();
    m.add("can", lathe({{0, 0},
                        {0.085, 0},
                        {0.085, 0.15},
                        {0.06, 0.165},
                        {0.055, 0.165},
                        {0.078, 0.147},
                        {0, 0.12}},
                       0.005, 56));
    m.piece();
    m.add("spout", rod({0.07, 0, 0.035}, {0.215, 0, 0.19}, 0.018, 0.011));
    m.add("rose", rod({0.212, 0, 0.187}, {0.232, 0, 0.208}, 0.012, 0.034, 32));
    m.add("face", rod({0.231, 0, 0.207}, {0.2335, 0, 0.2097}, 0.031, -1, 32, 0.0005),
          own(0x1c2a26));
    m.piece();
    m.add("handle", tube({{-0.08, 0, 0.03},
                          {-0.135, 0, 0.08},
                          {-0.12, 0, 0.17},
                          {-0.04, 0, 0.24},
                          {0.04, 0, 0.22},
                          {0.055, 0, 0.16}},
                         {0.008}));
    m.mass(0.9);
    m.hollow();
}
void make_flowerpot(Maker& m) {
    m.colour(0xb4623c);
    m.add("pot",
          lathe(vessel({{0, 0}, {0.06, 0}, {0.085, 0.14}, {0.1, 0.14}, {0.102, 0.185}}, 0.008),
                0.004, 56));
    bucket_walls(m, 0.06, 0.1, 0.185, 0.01);
}
void make_crate(Maker& m) {
    const double h = 0.25;
    for (const double s : {-1.0, 1.0}) {
        for (int i = 0; i < 4; ++i) {
            m.piece("side");
            if (i) m.ghost();
            m.add("slat", slab({-h, s * h - 0.008, 0.008 + 0.123 * i},
                               {h, s * h + 0.008, 0.12 + 0.123 * i}, 0.003));
        }
        for (int i = 0; i < 4; ++i) {
            m.piece("end");
            if (i) m.ghost();
            m.add("slat", slab({s * h - 0.008, -h, 0.008 + 0.123 * i},
                               {s * h + 0.008, h, 0.12 + 0.123 * i}, 0.003));
        }
        for (const double e : {-1.0, 1.0}) {
            m.ghost();
            m.add("post",
                  slab({s * h - 0.03, e * h - 0.03, 0}, {s * h + 0.03, e * h + 0.03, 0.5}, 0.004));
        }
        m.ghost();
        m.add("brace",
              beam({-0.2, s * (h + 0.012), 0.05}, {0.2, s * (h + 0.012), 0.45}, 0.012, 0.07));
        m.add("brace",
              beam({s * (h + 0.012), -0.2, 0.05}, {s * (h + 0.012), 0.2, 0.45}, 0.012, 0.07));
    }
    m.ghost();
    for (int i = 0; i < 4; ++i)
        m.add("lid", slab({-h - 0.01, -h + 0.127 * i, 0.488},
                          {h + 0.01, -h + 0.119 + 0.127 * i, 0.505}, 0.003));
    m.piece("body");
    m.collide_box({-0.275, -0.275, 0}, {0.275, 0.275, 0.505});
    m.mass(12);
    m.hollow();
}
void make_suitcase(Maker& m) {
    m.colour(0x2a5f8a);
    m.add("shell", slab({-0.12, -0.21, 0.05}, {0.12, 0.21, 0.6}, 0.05));
    for (int i = -3; i <= 3; ++i)
        for (const double s : {-1.0, 1.0})
            m.add("rib", capsule({s * 0.119, i * 0.05, 0.13}, {s * 0.119, i * 0.05, 0.52}, 0.008));
    m.add("zip", slab({-0.006, -0.213, 0.047}, {0.006, 0.213, 0.603}, 0.004),
          of("fabric", 0x15181c));
    m.add("handle",
          tube({{0, -0.06, 0.6}, {0, -0.055, 0.632}, {0, 0.055, 0.632}, {0, 0.06, 0.6}}, {0.01}),
          of("plastic", 0x18191c));
    for (const double x : {-0.08, 0.08})
        m.add("wheel",
              rod({x, 0.14, 0.025}, {x, 0.18, 0.025}, 0.025)
                  .mirror_y()
                  .add(slab({x - 0.02, 0.14, 0.03}, {x + 0.02, 0.18, 0.06}).mirror_y()),
              of("rubber", 0x18191c));
    m.mass(4);
    m.hollow();
    m.anchor("grip", {0, 0, 0.63});
}
void make_backpack(Maker& m) {
    m.colour(0xc8402a);
    m.add("bag", sphere({}, 1, 64).warp([](Vec3 p) {
        const auto q = [](double v, double e) {
            return std::copysign(std::pow(std::abs(v), e), v);
        };
        return Vec3{0.095 * q(p.x, 0.7), 0.15 * q(p.y, 0.55), 0.225 + 0.22 * q(p.z, 0.6)};
    }));
    m.add("pocket", sphere({}, 1, 48).warp([](Vec3 p) {
        const auto q = [](double v, double e) {
            return std::copysign(std::pow(std::abs(v), e), v);
        };
        return Vec3{0.085 + 0.05 * q(p.x, 0.7), 0.11 * q(p.y, 0.55), 0.14 + 0.09 * q(p.z, 0.6)};
    }),
          own(0x8f2a1a));
    m.add("zip",
          tube({{0.02, -0.148, 0.3},
                {0.03, -0.11, 0.42},
                {0.035, 0, 0.44},
                {0.03, 0.11, 0.42},
                {0.02, 0.148, 0.3}},
               {0.005}),
          of("steel"));
    m.add("pocket zip", tube({{0.115, -0.1, 0.2}, {0.125, 0, 0.215}, {0.115, 0.1, 0.2}}, {0.004}),
          of("steel"));
    m.add("strap",
          tube({{-0.08, 0.07, 0.4}, {-0.13, 0.08, 0.36}, {-0.15, 0.085, 0.22}, {-0.09, 0.1, 0.06}},
               {0.022}, {.flat = 0.3, .up = {0, 1, 0}})
              .turn_z(0)
              .mirror_y(),
          of("fabric", 0x2a2a2c));
    m.add("loop", tube({{-0.04, -0.03, 0.435}, {-0.045, 0, 0.468}, {-0.04, 0.03, 0.435}}, {0.007}),
          of("fabric", 0x2a2a2c));
    m.mass(1.5);
}
void make_treasure_chest(Maker& m) {
    m.colour(0x7a4a24);
    m.piece("box");
    m.add("box", slab({-0.18, -0.3, 0}, {0.18, 0.3, 0.22}, 0.008), own().with("wood_grain"));
    m.piece("lid");
    Curve c = arc({0, 0.23}, 0.18, 0, 180, 16);
    m.add("lid", extrude_y(c, -0.3, 0.3, 0.008), own().with("wood_grain"));
    m.ghost();
    for (const double y : {-0.27, 0.0, 0.27}) {
        Curve b = joined(arc({0, 0.23}, 0.187, 0, 180, 18), {});
        m.add("band", extrude_y(b, y - 0.025, y + 0.025, 0.003), of("iron", 0x8a7038));
        m.add("band", slab({-0.187, y - 0.025, 0}, {0.187, y + 0.025, 0.225}, 0.003),
              of("iron", 0x8a7038));
    }
    m.add("edge",
          slab({-0.186, -0.306, 0.2}, {0.186, 0.306, 0.224}, 0.003)
              .add(slab({-0.186, -0.306, 0.23}, {0.186, 0.306, 0.25}, 0.003))
              .add(slab({-0.186, -0.306, 0}, {0.186, 0.306, 0.03}, 0.003)),
          of("iron", 0x8a7038));
    m.add("lock", slab({0.18, -0.045, 0.15}, {0.205, 0.045, 0.27}, 0.008), of("gold"));
    m.add("keyhole",
          rod({0.2, 0, 0.2}, {0.2065, 0, 0.2}, 0.011)
              .add(slab({0.2, -0.005, 0.17}, {0.2065, 0.005, 0.2}, 0)),
          of("iron", 0x0c0c0c));
    m.mass(20);
}
void make_trash_can(Maker& m) {
    m.colour(0x8f959a);
    Curve o;
    for (int i = 0; i < 120; ++i) {
        const double a = 2 * kPi * i / 120, r = 0.2 + 0.006 * std::sin(a * 24);
        o.push_back({r * std::cos(a), r * std::sin(a)});
    }
    m.add("can", extrude(o, 0, 0.56, 0.004).warp([](Vec3 p) {
        return Vec3{p.x * (0.86 + 0.25 * p.z), p.y * (0.86 + 0.25 * p.z), p.z};
    }));
    m.add("rim", torus({0, 0, 0.56}, 0.205, 0.01, 56, 10));
    m.add("lid", lathe(joined({{0, 0.56}, {0.218, 0.56}, {0.218, 0.59}},
                              spline({{0.2, 0.597}, {0.12, 0.635}, {0, 0.65}})),
                       0.003, 56));
    m.add("handle", tube({{0, -0.05, 0.64}, {0, -0.045, 0.685}, {0, 0.045, 0.685}, {0, 0.05, 0.64}},
                         {0.008}));
    m.add("side handle",
          tube({{-0.05, 0.2, 0.45}, {-0.045, 0.24, 0.45}, {0.045, 0.24, 0.45}, {0.05, 0.2, 0.45}},
               {0.008})
              .mirror_y());
    m.mass(6);
    m.hollow();
}
void make_bag(Maker& m) {
    m.colour(0xb98a58);
    m.add("bag", loft_rings([] {
              std::vector<std::vector<Vec3>> rings;
              for (const auto& [k, z] :
                   {std::pair{1.0, 0.0}, {1.0, 0.01}, {1.02, 0.1}, {0.98, 0.2}, {1.0, 0.31}}) {
                  std::vector<Vec3> r;
                  for (const Vec2 q : rounded_rectangle(0.14 * k, 0.26 * k, 0.012))
                      r.push_back({q.x, q.y, z});
                  rings.push_back(r);
              }
              for (const auto& [k, z] : {std::pair{0.985, 0.31}, {0.96, 0.2}}) {
                  std::vector<Vec3> r;
                  for (const Vec2 q : rounded_rectangle(0.14 * k, 0.26 * k, 0.012))
                      r.push_back({q.x, q.y, z});
                  rings.push_back(r);
              }
              return rings;
          }()));
    m.add("fold",
          slab({-0.0705, -0.003, 0.02}, {-0.0685, 0.003, 0.3}, 0)
              .add(slab({0.0685, -0.003, 0.02}, {0.0715, 0.003, 0.3}, 0)),
          own(0x96703f));
    for (const double s : {-1.0, 1.0})
        m.add("handle",
              tube({{s * 0.066, -0.055, 0.3},
                    {s * 0.06, -0.05, 0.37},
                    {s * 0.06, 0.05, 0.37},
                    {s * 0.066, 0.055, 0.3}},
                   {0.004}),
              of("rope"));
    m.mass(0.06);
    m.hollow();
    m.anchor("grip", {0, 0, 0.37});
}
void make_gift(Maker& m) {
    m.colour(0xc02434);
    m.add("box", slab({-0.11, -0.11, 0}, {0.11, 0.11, 0.15}, 0.004));
    m.add("lid", slab({-0.115, -0.115, 0.145}, {0.115, 0.115, 0.185}, 0.005));
    const Look r = of("fabric", 0xf2c84a);
    m.add("ribbon",
          slab({-0.117, -0.016, -0.0}, {0.117, 0.016, 0.187}, 0.002)
              .add(slab({-0.016, -0.117, 0.0}, {0.016, 0.117, 0.187}, 0.002)),
          r);
    m.ghost();
    for (int i = 0; i < 2; ++i)
        m.add("bow",
              tube({{0, 0, 0.19},
                    {0.045, 0.0, 0.235},
                    {0.085, 0, 0.23},
                    {0.075, 0, 0.198},
                    {0, 0, 0.19}},
                   {0.014, 0.017, 0.018, 0.015, 0.01}, {.flat = 0.25, .up = {0, 0, 1}})
                  .turn_z(45 + 180 * i)
                  .add(tube({{0, 0, 0.19}, {0.05, 0.02, 0.2}, {0.09, 0.05, 0.19}}, {0.013},
                            {.flat = 0.2})
                           .turn_z(-60 + 180 * i)),
              r);
    m.add("knot", sphere({0, 0, 0.196}, 0.016, 20), r);
    m.mass(0.8);
}

constexpr Noun kNouns[] = {
    {"spoon", 0.19, "steel", make_spoon},
    {"fork", 0.19, "steel", make_fork},
    {"knife", 0.22, "steel", make_knife},
    {"ladle", 0.32, "steel", make_ladle},
    {"cutting_board", 0.4, "wood", make_cutting_board},
    {"rolling_pin", 0.45, "wood", make_rolling_pin},
    {"toaster", 0.28, "steel", make_toaster},
    {"can", 0.12, "aluminium", make_can},
    {"tray", 0.45, "wood", make_tray},
    {"bucket", 0.32, "steel", make_bucket},
    {"barrel", 0.9, "wood", make_barrel},
    {"basket", 0.4, "wicker", make_basket},
    {"candle", 0.2, "wax", make_candle},
    {"lantern", 0.3, "steel", make_lantern},
    {"watering_can", 0.35, "steel", make_watering_can},
    {"flowerpot", 0.2, "clay", make_flowerpot},
    {"crate", 0.5, "wood", make_crate},
    {"suitcase", 0.65, "plastic", make_suitcase},
    {"backpack", 0.45, "fabric", make_backpack},
    {"treasure_chest", 0.6, "wood", make_treasure_chest},
    {"trash_can", 0.7, "steel", make_trash_can},
    {"bag", 0.4, "paper", make_bag},
    {"gift", 0.25, "cardboard", make_gift},
};

}  // namespace

std::span<const Noun> kitchen_nouns() { return kNouns; }

}  // namespace world::kit
