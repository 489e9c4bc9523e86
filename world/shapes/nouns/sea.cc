// Fish and other animals of the sea.
#include <cmath>

#include "base/core/random.h"
#include "world/shapes/catalogue.h"
#include "world/shapes/kit/beast.h"
#include "world/shapes/kit/detail.h"
#include "world/shapes/kit/noise.h"
#include "world/shapes/kit/solids.h"

namespace world::kit {
namespace {

Mesh fin(std::vector<Vec2> xz, double t = 0.02) {
    return extrude_y(spline(xz, true, 4), -t / 2, t / 2, t * 0.4);
}
void make_fish(Maker& m) {
    Mesh b = loft({{-0.62, 0.36, 0.03, 0.09, 0.09},
                   {-0.4, 0.36, 0.07, 0.17, 0.17},
                   {-0.05, 0.36, 0.125, 0.29, 0.27},
                   {0.25, 0.36, 0.13, 0.27, 0.25},
                   {0.48, 0.35, 0.085, 0.15, 0.14},
                   {0.6, 0.34, 0.03, 0.05, 0.05}},
                  6, 40, true);
    m.colour(0xe8782a);
    auto [s, r] = split(b, [](Vec3 p) {
        return std::min(std::abs(p.x - 0.3 - 0.25 * (p.z - 0.36) * (p.z - 0.36)) - 0.045,
                        std::abs(p.x + 0.12) - 0.05);
    });
    m.add("body", r, own().with("scales"));
    m.add("bands", s, own(0xf6f2ea));
    m.add("tail", fin({{-0.58, 0.36},
                       {-0.72, 0.5},
                       {-0.95, 0.66},
                       {-0.88, 0.36},
                       {-0.95, 0.06},
                       {-0.72, 0.22}}));
    m.add("fins", fin({{0.2, 0.6}, {0.0, 0.76}, {-0.3, 0.72}, {-0.4, 0.52}, {-0.1, 0.6}})
                      .add(fin({{-0.05, 0.12}, {-0.2, -0.02}, {-0.36, 0.06}, {-0.3, 0.2}})));
    m.add("side fin", flap({{0.2, 0.12, 0.3}, {0.08, 0.2, 0.24}, {-0.06, 0.24, 0.16}}, 0.17,
                           {0.4, 0.1, 0.9}, 0.1, 0.015, 0.2)
                          .mirror_y());
    add_eyes(m, {0.44, 0.085, 0.42}, 0.05, true);
    m.add("mouth",
          tube({{0.585, 0.035, 0.315}, {0.635, 0, 0.305}, {0.585, -0.035, 0.315}}, {0.008}),
          own(0x5a2a14));
    m.add("gill",
          tube({{0.33, 0.122, 0.46}, {0.28, 0.134, 0.36}, {0.33, 0.118, 0.24}}, {0.008}).mirror_y(),
          own(0x9a4a18));
    m.mass(0.5);
}
// Shark, dolphin, whale: a long body with fins.
void make_shark(Maker& m) {
    m.colour(0x6d7c88);
    Mesh b = loft({{-1.2, 0.5, 0.03, 0.05, 0.05},
                   {-0.9, 0.48, 0.08, 0.1, 0.1},
                   {-0.3, 0.44, 0.2, 0.22, 0.22},
                   {0.3, 0.43, 0.26, 0.25, 0.25},
                   {0.8, 0.44, 0.2, 0.18, 0.19},
                   {1.1, 0.46, 0.1, 0.08, 0.1},
                   {1.24, 0.47, 0.02, 0.02, 0.02}},
                  6, 44, true);
    auto [w, g] = split(b, [](Vec3 p) { return p.z - 0.37 + 0.02 * std::sin(p.x * 5); });
    m.add("body", g);
    m.add("belly", w, own(0xf0f0ec));
    m.add("fin", fin({{0.15, 0.62}, {-0.12, 0.98}, {-0.28, 1.02}, {-0.26, 0.62}}, 0.04)
                     .add(fin({{-1.1, 0.5},
                               {-1.4, 0.88},
                               {-1.55, 0.95},
                               {-1.38, 0.5},
                               {-1.5, 0.28},
                               {-1.3, 0.34}},
                              0.035))
                     .add(fin({{-0.75, 0.56}, {-0.86, 0.66}, {-0.92, 0.56}}, 0.02)));
    m.add("side fin", flap({{0.45, 0.18, 0.32}, {0.2, 0.5, 0.2}, {-0.05, 0.78, 0.12}}, 0.3,
                           {1, 0.1, 0}, 0.02, 0.035, 0.05)
                          .mirror_y());
    add_eyes(m, {0.93, 0.125, 0.5}, 0.025);
    Mesh gl;
    for (int i = 0; i < 5; ++i)
        gl.add(tube({{0.6 - 0.055 * i, 0.235 + 0.005 * i, 0.52},
                     {0.58 - 0.055 * i, 0.245 + 0.006 * i, 0.42}},
                    {0.008}, {.steps = 1}));
    m.add("gills", gl.mirror_y(), own(0x333c44));
    m.add("mouth",
          tube({{0.86, 0.12, 0.315},
                {1.02, 0.06, 0.345},
                {1.06, 0, 0.36},
                {1.02, -0.06, 0.345},
                {0.86, -0.12, 0.315}},
               {0.014}),
          own(0x401c1c));
    Mesh t;
    for (int i = -4; i <= 4; ++i)
        t.add(rod({1.05 - 0.009 * i * i, 0.026 * i, 0.35 - 0.002 * i * i},
                  {1.055 - 0.009 * i * i, 0.027 * i, 0.305 - 0.002 * i * i}, 0.013, 0.001, 6, 0));
    m.add("teeth", t, of("bone", 0xffffff));
    m.mass(400);
}
void make_whale(Maker& m) {
    m.colour(0x3f566c);
    Mesh b = loft({{-1.3, 0.55, 0.08, 0.06, 0.05},
                   {-0.9, 0.5, 0.16, 0.14, 0.13},
                   {-0.3, 0.46, 0.36, 0.34, 0.36},
                   {0.3, 0.46, 0.46, 0.42, 0.44},
                   {0.8, 0.46, 0.42, 0.36, 0.4},
                   {1.1, 0.44, 0.28, 0.22, 0.3}},
                  6, 52, true);
    auto [w, g] = split(b, [](Vec3 p) { return std::max(p.z - 0.34 - 0.06 * p.x, -0.45 - p.x); });
    m.add("body", g);
    m.add("belly", w, own(0xdfe4e6));
    Mesh gr;
    for (int i = -4; i <= 4; ++i)
        gr.add(tube({{1.12, 0.045 * i, 0.2},
                     {0.7, 0.075 * i, 0.075 + 0.0035 * i * i},
                     {0.2, 0.085 * i, 0.03 + 0.004 * i * i},
                     {-0.2, 0.06 * i, 0.10 + 0.003 * i * i}},
                    {0.009}, {.sides = 6}));
    m.add("grooves", gr, own(0x9aa6ae));
    m.add("fluke", flap({{-1.3, 0, 0.55}, {-1.5, 0.3, 0.62}, {-1.72, 0.58, 0.66}}, 0.34,
                        {1, 0.4, 0}, 0.02, 0.05, 0.05)
                       .mirror_y());
    m.add("flipper", flap({{0.5, 0.38, 0.25}, {0.3, 0.66, 0.08}, {0.05, 0.85, 0.02}}, 0.28,
                          {1, 0.2, 0}, 0.03, 0.045, 0.1)
                         .mirror_y());
    add_eyes(m, {0.93, 0.345, 0.42}, 0.028);
    m.add("mouth",
          tube({{0.8, 0.4, 0.36}, {1.0, 0.33, 0.4}, {1.17, 0.16, 0.42}, {1.215, 0, 0.42}}, {0.012})
              .mirror_y(),
          own(0x1f2c38));
    m.add("fin", fin({{-0.5, 0.74}, {-0.62, 0.88}, {-0.74, 0.68}}, 0.04));
    m.ghost();
    m.add("spout",
          tube({{0.5, 0, 0.86}, {0.5, 0, 1.15}, {0.36, 0, 1.3}}, {0.025, 0.03, 0.05})
              .add(tube({{0.5, 0, 1.05}, {0.56, 0, 1.22}, {0.66, 0, 1.28}}, {0.025, 0.035, 0.05})),
          of("water"));
    m.mass(8000);
}
void make_dolphin(Maker& m) {
    m.colour(0x7388a0);
    Mesh b = loft({{-1.1, 0.34, 0.035, 0.04, 0.04},
                   {-0.7, 0.38, 0.1, 0.11, 0.11},
                   {-0.1, 0.44, 0.2, 0.21, 0.2},
                   {0.35, 0.45, 0.215, 0.21, 0.2},
                   {0.66, 0.44, 0.16, 0.17, 0.15},
                   {0.8, 0.4, 0.085, 0.07, 0.07},
                   {0.98, 0.385, 0.05, 0.035, 0.04}},
                  6, 44, true);
    auto [w, g] = split(b, [](Vec3 p) { return p.z - 0.33 - 0.035 * p.x; });
    m.add("body", g);
    m.add("belly", w, own(0xe4e8ea));
    m.add("fin", fin({{0.12, 0.62}, {-0.1, 0.84}, {-0.26, 0.88}, {-0.2, 0.6}}, 0.035));
    m.add("fluke", flap({{-1.05, 0, 0.34}, {-1.22, 0.2, 0.34}, {-1.4, 0.4, 0.33}}, 0.24,
                        {1, 0.3, 0}, 0.02, 0.03, 0.05)
                       .mirror_y());
    m.add("flipper", flap({{0.35, 0.16, 0.34}, {0.2, 0.32, 0.22}, {0.06, 0.46, 0.14}}, 0.19,
                          {1, 0.1, 0}, 0.02, 0.03, 0.08)
                         .mirror_y());
    add_eyes(m, {0.64, 0.158, 0.43}, 0.022);
    m.add("mouth",
          tube({{0.62, 0.148, 0.36}, {0.8, 0.08, 0.375}, {1.0, 0.035, 0.383}}, {0.008}).mirror_y(),
          own(0x2f3c4a));
    m.mass(150);
}
void make_octopus(Maker& m) {
    Blob b;
    b.blend(0.09)
        .egg({-0.08, 0, 0.62}, {0.3, 0.28, 0.34}, -14)
        .egg({0.04, 0, 0.34}, {0.22, 0.22, 0.18});
    b.both().bone({0.14, 0.12, 0.42}, 0.08, {0.17, 0.16, 0.44}, 0.07).one();
    for (int i = 0; i < 8; ++i) {
        const double a = (22.5 + 45 * i) * kPi / 180, c = std::cos(a), s = std::sin(a),
                     w = i % 2 ? 0.25 : -0.25, c2 = std::cos(a + w), s2 = std::sin(a + w),
                     c3 = std::cos(a + 2.2 * w), s3 = std::sin(a + 2.2 * w);
        b.group(1 + i).chain(
            {{{0.14 * c, 0.14 * s, 0.28}, 0.1},
             {{0.36 * c, 0.36 * s, 0.12}, 0.078},
             {{0.6 * c2, 0.6 * s2, 0.055}, 0.055},
             {{0.8 * c3, 0.8 * s3, 0.06}, 0.036},
             {{0.9 * std::cos(a + 3.2 * w), 0.9 * std::sin(a + 3.2 * w), 0.11}, 0.018}});
    }
    m.colour(0xc85a4a);
    Mesh o = b.mesh(92);
    m.collide_groups(b, o);
    m.add("body", o);
    add_eyes(m, {0.215, 0.165, 0.475}, 0.058, true);
    Mesh su;
    for (int i = 0; i < 8; ++i) {
        const double a = (22.5 + 45 * i) * kPi / 180, w = i % 2 ? 0.25 : -0.25;
        for (int k = 0; k < 5; ++k) {
            const double r = 0.4 + 0.07 * k, g = a + w * (r - 0.36) / 0.24;
            su.add(torus({}, 0.022 - 0.002 * k, 0.007, 14, 6)
                       .move(r * std::cos(g), r * std::sin(g), 0.035));
        }
    }
    m.add("suckers", su, own(0xf0b8a4));
    m.mass(6);
}
void make_crab(Maker& m) {
    m.colour(0xc8401f);
    Blob b;
    b.blend(0.04).egg({0, 0, 0.3}, {0.32, 0.44, 0.16});
    Mesh shell = b.mesh(64);
    m.piece();
    m.add("shell", shell);
    m.piece();
    Mesh l;
    for (int i = 0; i < 4; ++i) {
        const double x = -0.24 + 0.12 * i, f = -0.3 + 0.17 * i;
        l.add(tube({{x, 0.36, 0.27},
                    {x + f * 0.5, 0.62, 0.4},
                    {x + f * 0.8, 0.76, 0.2},
                    {x + f, 0.84, 0.0}},
                   {0.05, 0.045, 0.035, 0.012}, {.steps = 2}));
    }
    m.add("legs", l.mirror_y());
    for (const double s : {-1.0, 1.0}) {
        m.piece("claw");
        Mesh c = tube({{0.22, s * 0.34, 0.28}, {0.34, s * 0.58, 0.3}, {0.52, s * 0.56, 0.3}},
                      {0.055, 0.06, 0.07});
        c.add(ellipsoid({0.62, s * 0.46, 0.31}, {0.17, 0.12, 0.1}, 28));
        c.add(tube({{0.68, s * 0.54, 0.31}, {0.84, s * 0.5, 0.31}, {0.9, s * 0.38, 0.31}},
                   {0.075, 0.06, 0.012}));
        c.add(tube({{0.7, s * 0.4, 0.31}, {0.8, s * 0.34, 0.31}, {0.88, s * 0.34, 0.31}},
                   {0.06, 0.045, 0.012}));
        m.add("claw", c, own(0xd85a2c));
    }
    m.ghost();
    m.add("stalk", rod({0.28, 0.12, 0.38}, {0.32, 0.13, 0.5}, 0.022).mirror_y());
    m.add("eye", sphere({0.325, 0.132, 0.53}, 0.045, 16).mirror_y(), of("resin", 0x0c0a0a));
    m.mass(0.8);
}

constexpr Noun kNouns[] = {
    {"fish", 0.25, "skin", make_fish},      {"shark", 3, "skin", make_shark},
    {"whale", 8, "skin", make_whale},       {"dolphin", 2.2, "skin", make_dolphin},
    {"octopus", 0.8, "skin", make_octopus}, {"crab", 0.22, "shell", make_crab},
};

}  // namespace

std::span<const Noun> sea_nouns() { return kNouns; }

}  // namespace world::kit
