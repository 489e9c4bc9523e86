// Statues of people and people-like things; living persons are made by world/figure.
#include <cmath>

#include "base/core/random.h"
#include "world/shapes/catalogue.h"
#include "world/shapes/kit/beast.h"
#include "world/shapes/kit/detail.h"
#include "world/shapes/kit/noise.h"
#include "world/shapes/kit/solids.h"

namespace world::kit {
namespace {

struct Body {
    double head = 0.11, height = 1.75, bulk = 1;
    bool child = false;
};
Blob person(const Body& b) {
    Blob p;
    const double k = b.bulk, h = b.height, s = h / 1.75;
    p.blend(0.03);
    p.group(0)
        .egg({0, 0, 1.28 * s}, {0.115 * k, 0.175 * k, 0.2 * s})
        .egg({0.005, 0, 1.08 * s}, {0.1 * k, 0.14 * k, 0.16 * s})
        .egg({-0.01, 0, 0.94 * s}, {0.115 * k, 0.165 * k, 0.13 * s})
        .bone({-0.01, 0, 1.42 * s}, 0.055, {0.0, 0, 1.53 * s}, 0.05);
    p.group(1)
        .egg({0.01, 0, h - b.head * 1.08}, {b.head * 0.92, b.head * 0.76, b.head * 1.08})
        .egg({0.045, 0, h - b.head * 1.5}, {b.head * 0.55, b.head * 0.55, b.head * 0.55})
        .blend(0.012)
        .bone({b.head * 0.9, 0, h - b.head * 1.05}, 0.008, {b.head * 1.08, 0, h - b.head * 1.3},
              0.014);
    p.both()
        .blend(0.03)
        .group(2)
        .chain({{{-0.01, 0.19 * k, 1.4 * s}, 0.058 * k},
                {{-0.02, 0.25 * k, 1.12 * s}, 0.044 * k},
                {{0.03, 0.27 * k, 0.86 * s}, 0.032 * k}})
        .blend(0.015)
        .egg({0.045, 0.272 * k, 0.78 * s}, {0.035, 0.02, 0.06})
        .bone({0.06, 0.262 * k, 0.83 * s}, 0.013, {0.085, 0.255 * k, 0.77 * s}, 0.01);
    for (int i = 0; i < 4; ++i)
        p.bone({0.025 + 0.016 * i, 0.274 * k, 0.74 * s}, 0.0105,
               {0.028 + 0.016 * i, 0.27 * k, (0.665 + 0.01 * std::abs(i - 1.6)) * s}, 0.009);
    p.blend(0.03)
        .group(3)
        .chain({{{0, 0.09 * k, 0.9 * s}, 0.092 * k},
                {{0.015, 0.095, 0.5 * s}, 0.06 * k},
                {{-0.03, 0.1, 0.09 * s}, 0.042 * k}})
        .egg({-0.03, 0.1, 0.35 * s}, {0.055 * k, 0.05 * k, 0.1 * s})
        .blend(0.02)
        .bone({-0.045, 0.1, 0.045}, 0.042, {0.12, 0.115, 0.03}, 0.03);
    p.one().blend(0.004).cut_below(0.0);
    return p;
}
void face(Maker& m, const Blob& p, const Body& b, bool living) {
    const double z = b.height - b.head * 1.05, h = b.head;
    const Vec3 e = p.on_surface({0.4, 0.033, z}, {-1, 0, 0});
    if (living) {
        add_eyes(m, e - Vec3{0.009, 0, 0}, 0.0125, true);
        m.add("brow",
              tube({p.on_surface({0.4, 0.015, z + 0.026}, {-1, 0, 0}),
                    p.on_surface({0.4, 0.035, z + 0.032}, {-1, 0, 0}),
                    p.on_surface({0.4, 0.055, z + 0.024}, {-1, 0, 0})},
                   {0.004})
                  .mirror_y(),
              own(0x2a1a10));
    }
    m.add("mouth",
          surface_line(
              p, {{0.4, -0.028, z - h * 0.52}, {0.4, 0, z - h * 0.55}, {0.4, 0.028, z - h * 0.52}},
              {-1, 0, 0}, 0.0045),
          living ? own(0xa04a44) : own(0x55504a));
    m.add("ear", ellipsoid({0.0, h * 0.76, z - 0.01}, {0.022, 0.01, 0.032}, 16).mirror_y());
}
void dressed(Maker& m, const Body& b, unsigned skin, unsigned shirt, unsigned trousers,
             unsigned hair) {
    const Blob p = person(b);
    m.colour(skin);
    Mesh all = p.mesh(128);
    m.collide_groups(p, all);
    const double s = b.height / 1.75;
    auto [shoes, r0] = split(all, [=](Vec3 q) { return q.z - 0.085 * s; });
    auto [legs, r1] =
        split(r0, [=](Vec3 q) { return std::max(q.z - 1.0 * s, std::abs(q.y) - 0.225 * b.bulk); });
    auto [top, r2] = split(r1, [=](Vec3 q) {
        return std::max(q.z - 1.475 * s, 1.16 * s - q.z - (std::abs(q.y) < 0.2 * b.bulk ? 1 : 0));
    });
    auto [hairs, rest] = split(r2, [=](Vec3 q) {
        return std::max(b.height - b.head * 1.75 - q.z,
                        q.x - 0.03 - 1.3 * std::max(0.0, q.z - b.height + b.head * 0.62));
    });
    m.add("shoes", shoes, of("leather", 0x2a2220));
    m.add("trousers", legs, of("fabric", trousers));
    m.add("shirt", top, of("cotton", shirt));
    m.add("hair", hairs, own(hair));
    m.add("skin", rest);
    face(m, p, b, true);
}
void make_person(Maker& m) {
    dressed(m, {}, 0xd8a888, 0x2f6fa8, 0x2a3040, 0x3a2416);
    m.mass(70);
    m.anchor("top", {0, 0, 1.75});
}
void make_child(Maker& m) {
    dressed(m, {.head = 0.105, .height = 1.2, .bulk = 0.8, .child = true}, 0xe0b090, 0xd8402a,
            0x2a4f8a, 0x6a4020);
    m.mass(23);
}
void make_statue(Maker& m) {
    const Body b;
    m.colour(0xb8b2a6);
    const Blob p = person(b);
    Mesh all = p.mesh(96);
    m.collide_groups(p, all);
    m.add("figure", all);
    face(m, p, b, false);
    m.add("robe", loft_rings([] {
              std::vector<std::vector<Vec3>> r;
              for (const auto& [x, y, z] : {std::tuple{0.2, 0.25, 0.02},
                                            {0.17, 0.21, 0.4},
                                            {0.14, 0.18, 0.9},
                                            {0.13, 0.17, 1.1}}) {
                  std::vector<Vec3> q;
                  for (int i = 0; i < 80; ++i) {
                      const double a = 2 * kPi * i / 80, k = 1 + 0.06 * std::sin(a * 13 + z * 2);
                      q.push_back({x * k * std::cos(a), y * k * std::sin(a), z});
                  }
                  r.push_back(q);
              }
              return r;
          }()));
    m.add("sash",
          tube({{0.13, 0.12, 1.42}, {0.17, 0.0, 1.25}, {0.15, -0.15, 1.05}, {0, -0.19, 0.98}},
               {0.035}));
    m.piece("plinth");
    m.add("plinth", slab({-0.28, -0.32, -0.3}, {0.28, 0.32, 0.0}, 0.02)
                        .add(slab({-0.32, -0.36, -0.34}, {0.32, 0.36, -0.26}, 0.02)));
}
void make_mannequin(Maker& m) {
    const Blob p = person({});
    m.colour(0xece4da);
    Mesh all = p.mesh(104);
    m.collide_groups(p, all);
    m.add("figure", all);
    for (const auto& [c, r] : {std::pair{Vec3{-0.01, 0.195, 1.38}, 0.062},
                               {Vec3{-0.02, 0.25, 1.12}, 0.046},
                               {Vec3{0.015, 0.095, 0.5}, 0.062}})
        m.add("joint", torus({}, r, 0.0035, 28, 6).move(c).mirror_y(), own(0x8a8278));
    m.add("joint", torus({}, 0.052, 0.0035, 28, 6).move(-0.005, 0, 1.49), own(0x8a8278));
    m.piece("stand");
    m.add("stand", rod({0, 0, -0.015}, {0, 0, 0.002}, 0.24, -1, 48), of("steel"));
}
void make_astronaut(Maker& m) {
    const Body b{.head = 0.13, .height = 1.8, .bulk = 1.3};
    m.colour(0xf0f0ec);
    const Blob p = person(b);
    Mesh all = p.mesh(100);
    m.collide_groups(p, all);
    auto [boots, r] = split(
        all, [](Vec3 q) { return std::min(q.z - 0.2, std::max(q.z - 0.9, 0.28 - std::abs(q.y))); });
    m.add("boots", boots, own(0x9aa0a6));
    m.add("suit", r);
    m.add("helmet", sphere({0.01, 0, 1.68}, 0.19, 48));
    m.add("visor", ellipsoid({0.07, 0, 1.69}, {0.145, 0.15, 0.125}, 40), of("gold", 0xb8862a));
    m.add("collar", torus({0, 0, 1.53}, 0.15, 0.03, 40, 10), own(0x9aa0a6));
    m.piece("pack");
    m.add("pack", slab({-0.36, -0.21, 0.95}, {-0.12, 0.21, 1.62}, 0.04));
    m.ghost();
    m.add("panel", slab({0.13, -0.11, 1.15}, {0.2, 0.11, 1.32}, 0.015), own(0x8a9096));
    const unsigned h[3] = {0xd82a2a, 0x2a6fd0, 0xf0c030};
    for (int i = 0; i < 3; ++i)
        m.add("button", rod({0.195, -0.06 + 0.06 * i, 1.24}, {0.21, -0.06 + 0.06 * i, 1.24}, 0.017),
              own(h[i]));
    m.add(
        "hose",
        tube({{0.18, 0.09, 1.17}, {0.22, 0.2, 1.1}, {0.05, 0.27, 1.15}, {-0.15, 0.2, 1.2}}, {0.02})
            .mirror_y(),
        own(0x6a7076));
    m.add("band", torus({}, 0.077, 0.016, 28, 8).move(-0.02, 0.325, 1.2).mirror_y(), own(0xc82a2a));
    m.mass(120);
}
void make_snowman(Maker& m) {
    m.piece();
    m.add("low", sphere({0, 0, 0.42}, 0.45, 56).warp([](Vec3 p) {
        return p * (1 + 0.02 * rough(p * 5.0, 3));
    }));
    m.piece();
    m.add("middle", sphere({0, 0, 0.98}, 0.33, 48).warp([](Vec3 p) {
        return Vec3{p.x, p.y, p.z} + Vec3{p.x, p.y, 0} * (0.03 * rough(p * 6.0, 5));
    }));
    m.piece();
    m.add("head", sphere({0, 0, 1.42}, 0.24, 48));
    m.add("hat",
          lathe({{0, 1.6}, {0.28, 1.6}, {0.28, 1.63}, {0.18, 1.635}, {0.17, 1.9}, {0, 1.9}}, 0.008,
                40),
          of("felt", 0x17171a));
    m.add("band", lathe({{0.184, 1.64}, {0.187, 1.65}, {0.185, 1.7}, {0.18, 1.705}}, 0, 40),
          of("fabric", 0xb01c22));
    m.ghost();
    m.add("nose", rod({0.22, 0, 1.42}, {0.46, 0, 1.41}, 0.04, 0.006), of("fruit", 0xe5761c));
    m.add("eye", sphere({0.21, 0.085, 1.5}, 0.03, 14).mirror_y(), of("stone", 0x141414));
    for (int i = -2; i <= 2; ++i)
        m.add("mouth", sphere({0.215 - 0.012 * i * i, 0.05 * i, 1.325 + 0.012 * i * i}, 0.018, 10),
              of("stone", 0x141414));
    for (int i = 0; i < 3; ++i)
        m.add("button", sphere({0.32 - 0.018 * (i - 1) * (i - 1), 0, 0.85 + 0.13 * i}, 0.028, 12),
              of("stone", 0x141414));
    m.add("scarf",
          torus({0, 0, 1.235}, 0.2, 0.055, 48, 12)
              .add(tube({{0.19, 0.1, 1.22}, {0.31, 0.15, 1.05}, {0.33, 0.16, 0.88}},
                        {0.06, 0.06, 0.055}, {.flat = 0.4, .up = {1, 0, 0}})),
          of("wool", 0xc02028));
    m.add("arm",
          tube({{0, 0.3, 1.05}, {0.05, 0.52, 1.15}, {0.05, 0.72, 1.32}}, {0.022, 0.018, 0.012})
              .add(tube({{0.05, 0.6, 1.22}, {0.1, 0.68, 1.22}}, {0.012, 0.008}, {.steps = 2}))
              .add(tube({{0.05, 0.64, 1.26}, {0.0, 0.7, 1.36}}, {0.012, 0.007}, {.steps = 2}))
              .mirror_y(),
          of("wood", 0x5f4229));
    m.mass(200);
}
void make_scarecrow(Maker& m) {
    m.colour(0xd2b45c);
    m.piece("pole");
    m.add("pole", rod({0, 0, 0}, {0, 0, 1.5}, 0.03), of("wood"));
    m.piece("arms");
    m.add("arms", rod({0, -0.72, 1.22}, {0, 0.72, 1.22}, 0.025), of("wood"));
    m.add("sleeve",
          tube({{0, 0.1, 1.22}, {0, 0.4, 1.2}, {0, 0.6, 1.2}}, {0.1, 0.085, 0.09}).mirror_y(),
          of("fabric", 0x8a2a24));
    m.piece("body");
    m.add("shirt", loft_rings([] {
              std::vector<std::vector<Vec3>> r;
              for (const auto& [x, y, z] :
                   {std::tuple{0.13, 0.2, 0.7}, {0.11, 0.17, 1.0}, {0.1, 0.18, 1.28}}) {
                  std::vector<Vec3> q;
                  for (const Vec2 p : ellipse(x, y, 36)) q.push_back({p.x, p.y, z});
                  r.push_back(q);
              }
              return r;
          }()),
          of("fabric", 0x8a2a24));
    m.add("patch", box({0.12, 0.05, 0.9}, {0.03, 0.1, 0.1}, 0.004).turn_z(0),
          of("fabric", 0x2a5f9a));
    for (const double s : {-1.0, 1.0})
        m.add("trouser",
              tube({{0, s * 0.08, 0.74}, {0.01, s * 0.11, 0.45}, {0, s * 0.13, 0.2}},
                   {0.1, 0.09, 0.085}),
              of("fabric", 0x2a3f6a));
    m.piece("head");
    m.add("head", ellipsoid({0, 0, 1.46}, {0.12, 0.12, 0.15}, 32), of("fabric", 0xd8b888));
    m.add("eye", rod({0.1, 0.045, 1.5}, {0.118, 0.045, 1.5}, 0.018).mirror_y(),
          of("plastic", 0x1a1a1a));
    m.add("nose",
          facets({{0.115, 0.025, 1.44}, {0.115, -0.025, 1.44}, {0.12, 0, 1.48}, {0.14, 0, 1.45}}),
          of("fabric", 0xc8402a));
    m.add("mouth", tube({{0.1, -0.06, 1.4}, {0.118, 0, 1.38}, {0.1, 0.06, 1.4}}, {0.006}),
          of("fabric", 0x2a1a10));
    m.add("hat",
          lathe({{0.05, 1.55},
                 {0.27, 1.53},
                 {0.27, 1.54},
                 {0.13, 1.58},
                 {0.1, 1.7},
                 {0.05, 1.74},
                 {0, 1.74}},
                0.006, 40),
          own(0xb8963c));
    m.ghost();
    Mesh t;
    base::Rng g(5);
    for (int i = 0; i < 90; ++i) {
        const int w = i % 5;
        const Vec3 c = w < 2   ? Vec3{0, w ? 0.62 : -0.62, 1.2}
                       : w < 4 ? Vec3{0, w == 2 ? 0.13 : -0.13, 0.2}
                               : Vec3{0.0, 0, 1.3};
        const Vec3 d = w < 2   ? Vec3{0, w ? 1.0 : -1.0, 0}
                       : w < 4 ? Vec3{0, 0, -1}
                               : Vec3{0.3, 0, 0.1};
        const Vec3 e = base::normalize(d + Vec3{g.normal(), g.normal(), g.normal()} * 0.35);
        t.add(rod(c, c + e * g.uniform(0.12, 0.2), 0.006, 0.003, 4, 0));
    }
    m.add("straw", t);
    m.mass(12);
}
void make_skeleton(Maker& m) {
    m.colour(0xe8dfc8);
    Blob s;
    s.blend(0.03)
        .egg({0.0, 0, 1.65}, {0.1, 0.08, 0.09})
        .egg({0.055, 0, 1.58}, {0.055, 0.055, 0.05})
        .blend(0.012)
        .both()
        .cut_ball({0.1, 0.035, 1.63}, 0.026)
        .one()
        .cut_egg({0.115, 0, 1.585}, {0.02, 0.012, 0.02});
    s.blend(0.01)
        .bone({-0.01, 0.05, 1.53}, 0.015, {0.09, 0.02, 1.51}, 0.017)
        .bone({-0.01, -0.05, 1.53}, 0.015, {0.09, -0.02, 1.51}, 0.017)
        .bone({0.09, 0.02, 1.51}, 0.017, {0.09, -0.02, 1.51}, 0.017);
    m.piece("head");
    m.add("skull", s.mesh(64));
    m.add("socket", sphere({0.085, 0.035, 1.63}, 0.02, 16).mirror_y(), own(0x16120e));
    Mesh te;
    for (int i = -3; i <= 3; ++i)
        te.add(box({0.108 - 0.002 * i * i, i * 0.011, 1.545}, {0.01, 0.0085, 0.03}, 0.002));
    m.add("teeth", te, own(0xf8f4e8));
    m.piece("trunk");
    Mesh sp;
    for (int i = 0; i < 22; ++i) {
        const double z = 0.97 + 0.0255 * i, x = -0.04 + 0.03 * std::sin((z - 0.95) * 7);
        sp.add(ellipsoid({x, 0, z}, {0.022, 0.024, 0.011}, 10))
            .add(ellipsoid({x - 0.026, 0, z - 0.004}, {0.018, 0.007, 0.008}, 8));
    }
    for (int i = 0; i < 9; ++i) {
        const double z = 1.43 - 0.033 * i, w = 0.09 + 0.05 * std::sin(kPi * (i + 2) / 11.0),
                     d = 0.09 + 0.02 * std::sin(kPi * i / 9);
        for (const double y : {-1.0, 1.0})
            sp.add(tube({{-0.05, y * 0.015, z},
                         {-0.05, y * w * 0.85, z + 0.005},
                         {0.02, y * w, z - 0.025},
                         {d, y * w * 0.45, z - 0.05},
                         {d + 0.01, y * 0.012, z - 0.035}},
                        {0.0075}, {.sides = 6, .steps = 3}));
    }
    sp.add(slab({0.09, -0.016, 1.2}, {0.108, 0.016, 1.42}, 0.006));
    for (const double y : {-1.0, 1.0})
        sp.add(
              tube({{0.1, y * 0.02, 1.43}, {0.05, y * 0.1, 1.46}, {-0.02, y * 0.18, 1.45}}, {0.01}))
            .add(facets({{-0.07, y * 0.06, 1.43},
                         {-0.05, y * 0.16, 1.44},
                         {-0.08, y * 0.08, 1.28},
                         {-0.08, y * 0.1, 1.4},
                         {-0.065, y * 0.1, 1.38}}));
    m.add("ribs and spine", sp);
    Mesh pe;
    for (const double y : {-1.0, 1.0})
        pe.add(tube({{-0.06, y * 0.03, 0.95},
                     {-0.04, y * 0.12, 1.0},
                     {0.03, y * 0.13, 0.97},
                     {0.04, y * 0.08, 0.89},
                     {0.05, y * 0.02, 0.86}},
                    {0.026, 0.03, 0.02, 0.022, 0.016}));
    pe.add(ellipsoid({-0.06, 0, 0.93}, {0.025, 0.04, 0.06}, 14));
    m.add("pelvis", pe);
    const auto bone = [](Vec3 a, Vec3 b, double r) {
        Mesh q = tube({a, base::lerp(a, b, 0.12), base::lerp(a, b, 0.5), base::lerp(a, b, 0.88), b},
                      {r * 1.7, r * 1.15, r, r * 1.15, r * 1.7}, {.sides = 8, .steps = 3});
        return q;
    };
    for (const double y : {-1.0, 1.0}) {
        m.piece("arm");
        m.add("arm", bone({-0.02, y * 0.19, 1.43}, {-0.02, y * 0.23, 1.13}, 0.014)
                         .add(bone({-0.02, y * 0.225, 1.1}, {0.02, y * 0.24, 0.87}, 0.009))
                         .add(bone({-0.03, y * 0.24, 1.1}, {0.0, y * 0.265, 0.87}, 0.009)));
        Mesh ha;
        for (int i = 0; i < 4; ++i)
            ha.add(bone({0.0 + 0.014 * i, y * 0.252, 0.84}, {-0.002 + 0.018 * i, y * 0.255, 0.77},
                        0.0055))
                .add(bone({-0.002 + 0.018 * i, y * 0.255, 0.765},
                          {-0.002 + 0.019 * i, y * 0.252, 0.71}, 0.0045))
                .add(bone({-0.002 + 0.019 * i, y * 0.252, 0.705},
                          {0.0 + 0.019 * i, y * 0.248, 0.67}, 0.004));
        ha.add(bone({0.045, y * 0.245, 0.83}, {0.08, y * 0.235, 0.765}, 0.0055))
            .add(ellipsoid({0.015, y * 0.252, 0.852}, {0.025, 0.012, 0.012}, 12));
        m.add("hand", ha);
        m.piece("leg");
        m.add("leg", bone({0, y * 0.1, 0.9}, {0.01, y * 0.09, 0.5}, 0.018)
                         .add(bone({0.005, y * 0.085, 0.46}, {-0.02, y * 0.09, 0.09}, 0.015))
                         .add(bone({-0.02, y * 0.115, 0.45}, {-0.03, y * 0.115, 0.09}, 0.008))
                         .add(ellipsoid({0.04, y * 0.09, 0.48}, {0.016, 0.022, 0.024}, 12))
                         .add(ellipsoid({-0.05, y * 0.1, 0.035}, {0.03, 0.025, 0.03}, 14)));
        Mesh f;
        for (int i = 0; i < 5; ++i)
            f.add(bone({-0.02, y * (0.085 + 0.008 * i), 0.05},
                       {0.08 - 0.006 * i, y * (0.075 + 0.018 * i), 0.02}, 0.007))
                .add(bone({0.084 - 0.006 * i, y * (0.075 + 0.018 * i), 0.018},
                          {0.13 - 0.012 * i, y * (0.075 + 0.02 * i), 0.009}, 0.005));
        m.add("foot", f);
    }
    m.mass(10);
}

constexpr Noun kNouns[] = {
    {"person", 1.75, "skin", make_person},         {"child", 1.2, "skin", make_child},
    {"statue", 1.8, "stone", make_statue},         {"mannequin", 1.75, "plastic", make_mannequin},
    {"astronaut", 1.85, "fabric", make_astronaut}, {"snowman", 1.5, "snow", make_snowman},
    {"scarecrow", 1.7, "straw", make_scarecrow},   {"skeleton", 1.75, "bone", make_skeleton},
};

}  // namespace

std::span<const Noun> figure_nouns() { return kNouns; }

}  // namespace world::kit
