// Buildings and what stands in streets and yards.
#include <cmath>

#include "base/core/random.h"
#include "world/shapes/catalogue.h"
#include "world/shapes/kit/beast.h"
#include "world/shapes/kit/detail.h"
#include "world/shapes/kit/noise.h"
#include "world/shapes/kit/solids.h"

namespace world::kit {
namespace {

const Look kPane = of("glass", 0x1c2a36), kIron = of("iron", 0x26282b);
Mesh gable(double l, double w, double z, double h, double over) {
    return extrude_x({{-w / 2 - over, z - over * 0.9}, {w / 2 + over, z - over * 0.9}, {0, z + h}},
                     -l / 2 - over, l / 2 + over, 0.03);
}
void window(Maker& m, Vec3 c, double w, double h, bool along_x) {
    const Vec3 s = along_x ? Vec3{w, 0.06, h} : Vec3{0.06, w, h};
    m.add("pane", box(c, s, 0.01), kPane);
    const Vec3 b = along_x ? Vec3{w + 0.16, 0.05, 0.09} : Vec3{0.05, w + 0.16, 0.09},
               v = along_x ? Vec3{0.07, 0.09, h} : Vec3{0.09, 0.07, h};
    m.add("frame",
          box(c + Vec3{0, 0, h / 2}, b)
              .add(box(c - Vec3{0, 0, h / 2}, b))
              .add(box(c, v))
              .add(box(c, along_x ? Vec3{w, 0.09, 0.05} : Vec3{0.09, w, 0.05})),
          of("wood", 0xf2efe6));
}
void make_house(Maker& m) {
    m.piece("walls");
    m.add("walls", slab({-3, -3.5, 0}, {3, 3.5, 3.6}, 0.04), own().with("brick_wall"));
    m.add("gable", extrude_x({{-3.5, 3.5}, {3.5, 3.5}, {0, 6}}, -2.98, 2.98, 0.02),
          own().with("brick_wall"));
    m.piece("roof");
    for (const double s : {-1.0, 1.0})
        m.add("roof", beam({0, s * 4.0, 3.25}, {0, 0.0, 6.1}, 6.8, 0.16),
              of("tile", 0x8a3a28).with("roof_tiles"));
    m.piece("chimney");
    m.add("chimney", slab({-1.6, 1.2, 4.5}, {-1.0, 1.8, 6.8}, 0.03));
    m.ghost();
    m.add("door", slab({2.95, -0.5, 0.1}, {3.08, 0.5, 2.2}, 0.03), of("wood", 0x2f5f4a));
    m.add("knob", sphere({3.1, 0.38, 1.1}, 0.05, 14), of("brass"));
    m.add("step", slab({2.9, -0.8, 0}, {3.7, 0.8, 0.15}), of("stone"));
    for (const double y : {-2.2, 2.2}) window(m, {3.02, y, 1.8}, 1.2, 1.2, false);
    window(m, {3.02, 0, 4.3}, 1.0, 0.9, false);
    for (const double x : {-1.5, 1.5})
        for (const double s : {-1.0, 1.0}) window(m, {x, s * 3.52, 1.8}, 1.2, 1.2, true);
    m.hollow();
    m.mass(120000);
}
void make_cabin(Maker& m) {
    m.piece("walls");
    Mesh l;
    for (int i = 0; i < 10; ++i) {
        const double z = 0.14 + 0.25 * i;
        for (const double s : {-1.0, 1.0})
            l.add(rod({-2.3, s * 2.3, z}, {2.3, s * 2.3, z}, 0.14, -1, 12))
                .add(rod({s * 2.0, -2.6, z + 0.12}, {s * 2.0, 2.6, z + 0.12}, 0.14, -1, 12));
    }
    m.add("logs", l);
    m.add("inside", slab({-1.95, -2.25, 0}, {1.95, 2.25, 2.6}), own(0x6a4526));
    m.add("gable", extrude_x({{-2.4, 2.5}, {2.4, 2.5}, {0, 4.2}}, -1.95, 1.95, 0.02),
          own(0x8a5c34));
    m.piece("roof");
    for (const double s : {-1.0, 1.0})
        m.add("roof", beam({0, s * 2.9, 2.3}, {0, 0, 4.35}, 4.9, 0.14), own(0x4a3a2c));
    m.piece("chimney");
    m.add("chimney", slab({-1.2, 0.7, 3}, {-0.6, 1.3, 4.8}), of("stone"));
    m.ghost();
    m.add("door", slab({2.0, -0.45, 0.05}, {2.2, 0.45, 2.0}, 0.02), own(0x4a2c16));
    window(m, {2.15, 1.4, 1.5}, 0.8, 0.8, false);
    window(m, {2.15, -1.4, 1.5}, 0.8, 0.8, false);
    window(m, {0, -2.45, 1.5}, 1.0, 0.8, true);
    m.mass(20000);
    m.hollow();
}
void round_tower(Maker& m, Vec3 c, double r, double h, bool roof) {
    m.piece("tower");
    m.add("tower",
          lathe({{0, 0},
                 {r * 1.08, 0},
                 {r, h * 0.1},
                 {r, h * 0.86},
                 {r * 1.15, h * 0.9},
                 {r * 1.15, h},
                 {0, h}},
                0.03, 40)
              .move(c),
          own().with("stone_blocks"));
    if (roof)
        m.add("roof", lathe({{0, h}, {r * 1.3, h}, {0, h + r * 2.4}}, 0.02, 40).move(c),
              of("tile", 0x8a3028));
    else {
        Mesh b;
        for (int i = 0; i < 12; ++i)
            b.add(box({r * 1.07, 0, h + r * 0.12}, {r * 0.16, r * 0.32, r * 0.26}).turn_z(30 * i));
        m.add("merlons", b.move(c));
    }
    m.ghost();
    for (int i = 0; i < 4; ++i)
        m.add("slit",
              box({r * 1.0, 0, h * 0.55}, {0.1 * r, 0.12 * r, 0.5 * r}, 0)
                  .turn_z(90 * i - 20)
                  .move(c),
              kPane);
}
void make_castle(Maker& m) {
    for (const double x : {-7.0, 7.0})
        for (const double y : {-7.0, 7.0}) round_tower(m, {x, y, 0}, 2, 9, true);
    for (const double s : {-1.0, 1.0}) {
        for (const bool ax : {false, true}) {
            m.piece("wall");
            m.add("wall",
                  ax ? slab({-7, s * 7 - 0.6, 0}, {7, s * 7 + 0.6, 6})
                     : slab({s * 7 - 0.6, -7, 0}, {s * 7 + 0.6, 7, 6}),
                  own().with("stone_blocks"));
            Mesh b;
            for (int i = -5; i <= 5; ++i)
                b.add(ax ? box({i * 1.0, s * 7.3, 6.3}, {0.55, 0.5, 0.7})
                         : box({s * 7.3, i * 1.0, 6.3}, {0.5, 0.55, 0.7}));
            m.add("merlons", b);
        }
    }
    m.piece("keep");
    m.add("keep", slab({-3, -3, 0}, {3, 3, 11}), own().with("stone_blocks"));
    Mesh k;
    for (int i = -2; i <= 2; ++i)
        for (const double s : {-1.0, 1.0})
            k.add(box({i * 1.3, s * 2.8, 11.4}, {0.7, 0.4, 0.8}))
                .add(box({s * 2.8, i * 1.3, 11.4}, {0.4, 0.7, 0.8}));
    m.add("merlons", k);
    m.piece("gate");
    m.add("gatehouse", slab({6, -2.2, 0}, {8.4, 2.2, 7.5}), own().with("stone_blocks"));
    m.ghost();
    m.add(
        "gate",
        extrude_x(joined({{-1.2, 0}, {1.2, 0}}, arc({0, 2.4}, 1.2, 0, 180, 14)), 8.38, 8.48, 0.01),
        of("wood", 0x3a2414));
    for (const double y : {-1.4, 1.4})
        m.add("slit",
              box({3.0, y, 7}, {0.1, 0.4, 1.2}, 0).add(box({y, -3.0, 7}, {0.4, 0.1, 1.2}, 0)),
              kPane);
    m.add("pole", rod({0, 0, 11}, {0, 0, 15}, 0.08), of("wood"));
    m.add("flag",
          sheet(
              12, 4,
              [](double u, double v) {
                  return Vec3{-2.2 * u, 0.2 * std::sin(u * 8), 13.8 + 1.1 * v};
              },
              0.04),
          of("fabric", 0xc8202c));
    m.mass(5e6);
}
void make_tower(Maker& m) {
    round_tower(m, {0, 0, 0}, 1.1, 5.6, false);
    m.add("door",
          extrude_x(joined({{-0.35, 0}, {0.35, 0}}, arc({0, 0.9}, 0.35, 0, 180, 12)), 1.05, 1.22,
                    0.01),
          of("wood", 0x4a2c16));
    m.mass(40000);
}
void make_church(Maker& m) {
    m.colour(0xe8e0d0);
    m.piece("nave");
    m.add("nave", slab({-5, -2.5, 0}, {3, 2.5, 4.5}));
    m.piece("roof");
    m.add("roof", gable(8, 5, 4.6, 2.8, 0.2).move(-1, 0, 0), of("tile", 0x5a4a48));
    m.piece("tower");
    m.add("tower", slab({2.6, -1.5, 0}, {5.6, 1.5, 8.5}));
    m.piece("spire");
    m.add(
        "spire",
        facets(
            {{2.4, -1.7, 8.5}, {5.8, -1.7, 8.5}, {5.8, 1.7, 8.5}, {2.4, 1.7, 8.5}, {4.1, 0, 13.2}}),
        of("tile", 0x4a5a58));
    m.ghost();
    m.add("cross",
          box({4.1, 0, 13.6}, {0.1, 0.12, 1.2}).add(box({4.1, 0, 13.75}, {0.1, 0.6, 0.12})),
          of("gold"));
    const auto lancet = [](double w, double h) {
        return joined(Curve{{-w, 0}, {w, 0}, {w, h}},
                      Curve{{w * 0.6, h + w}, {0, h + w * 1.7}, {-w * 0.6, h + w}, {-w, h}});
    };
    m.add("door", extrude_x(lancet(0.6, 1.6), 5.58, 5.68, 0.01), of("wood", 0x5a3418));
    m.add("rose window", rod({5.58, 0, 5}, {5.68, 0, 5}, 0.6), kPane);
    m.add("belfry",
          extrude_x(lancet(0.3, 0.8), 5.58, 5.66, 0)
              .move(0, 0, 6.8)
              .add(extrude_y(lancet(0.3, 0.8), -1.58, -1.48, 0).move(4.1, 0, 6.8)),
          kPane);
    for (int i = 0; i < 4; ++i)
        m.add("window",
              extrude_y(lancet(0.35, 1.6), 2.48, 2.56, 0).move(-4 + 1.9 * i, 0, 1.4).mirror_y(),
              of("glass", 0x2f5a8a));
    m.mass(8e5);
    m.hollow();
}
void make_skyscraper(Maker& m) {
    m.colour(0x6f93a8);
    m.add("tower",
          slab({-7, -7, 0}, {7, 7, 40}, 0.3).add(slab({-5.5, -5.5, 40}, {5.5, 5.5, 52}, 0.3)));
    m.add("crown",
          slab({-3, -3, 52}, {3, 3, 55}, 0.2).add(rod({0, 0, 55}, {0, 0, 60}, 0.25, 0.05)));
    m.ghost();
    Mesh f;
    for (int i = 0; i < 20; ++i)
        f.add(slab({-7.08, -7.08, 0.2 + 2 * i}, {7.08, 7.08, 0.6 + 2 * i}, 0));
    for (int i = 0; i < 6; ++i)
        f.add(slab({-5.58, -5.58, 40.2 + 2 * i}, {5.58, 5.58, 40.6 + 2 * i}, 0));
    for (int i = -4; i <= 4; ++i)
        for (const double s : {-1.0, 1.0})
            f.add(
                 slab({s * 7.05 - 0.1, i * 1.6 - 0.12, 0}, {s * 7.05 + 0.1, i * 1.6 + 0.12, 40}, 0))
                .add(slab({i * 1.6 - 0.12, s * 7.05 - 0.1, 0}, {i * 1.6 + 0.12, s * 7.05 + 0.1, 40},
                          0));
    m.add("facade", f, of("steel", 0xd8dde0));
    m.add("entrance", slab({6.9, -2, 0}, {8, 2, 3}), of("steel", 0x3a4048));
    m.mass(5e7);
    m.hollow();
}
void make_bridge(Maker& m) {
    const auto top = [](double x) { return 2.4 - 0.03 * x * x; };
    Curve o;
    for (int i = 0; i <= 24; ++i) {
        const double x = -6 + 0.5 * i;
        o.push_back({x, top(x)});
    }
    Curve c{{-6, 0}};
    for (const double a : {-3.0, 0.0, 3.0})
        for (const Vec2& p : arc({a, 0}, 1.25, 180, 0, 12)) c.push_back(p);
    c.push_back({6, 0});
    for (size_t i = o.size(); i-- > 0;) c.push_back(o[i]);
    m.ghost();
    m.add("arches", extrude_y(c, -1.4, 1.4, 0.03), own().with("stone_blocks"));
    for (const double s : {-1.0, 1.0}) {
        Curve p = o;
        for (size_t i = o.size(); i-- > 0;) p.push_back({o[i].x, o[i].y + 0.7});
        m.add("parapet", extrude_y(p, s * 1.28 - 0.16, s * 1.28 + 0.16, 0.03),
              own().with("stone_blocks"));
    }
    for (int i = 0; i < 8; ++i) {
        const double a = -6 + 1.5 * i, b = a + 1.5;
        for (const double s : {-1.0, 1.0})
            m.collide_hull({{a, s * 1.12, top(a)},
                            {b, s * 1.12, top(b)},
                            {a, s * 1.44, top(a)},
                            {b, s * 1.44, top(b)},
                            {a, s * 1.12, top(a) + 0.7},
                            {b, s * 1.12, top(b) + 0.7},
                            {a, s * 1.44, top(a) + 0.7},
                            {b, s * 1.44, top(b) + 0.7}});
        m.collide_hull({{a, -1.4, top(a)},
                        {b, -1.4, top(b)},
                        {a, 1.4, top(a)},
                        {b, 1.4, top(b)},
                        {a, -1.4, top(a) - 0.7},
                        {b, -1.4, top(b) - 0.7},
                        {a, 1.4, top(a) - 0.7},
                        {b, 1.4, top(b) - 0.7}});
    }
    for (const double x : {-5.1, -1.5, 1.5, 5.1})
        m.collide_box({x - (std::abs(x) > 3 ? 0.9 : 0.3), -1.4, 0},
                      {x + (std::abs(x) > 3 ? 0.9 : 0.3), 1.4, 1.6});
    m.mass(1e5);
}
void make_wall(Maker& m) {
    m.colour(0x9a4a34);
    Mesh b;
    base::Rng g(2);
    const double l = 0.215, h = 0.065, j = 0.01;
    m.add("mortar", slab({-0.095, -1.495, 0.004}, {0.095, 1.495, 1.79}, 0),
          of("concrete", 0xb0aaa0));
    for (int r = 0; r < 24; ++r)
        for (int i = 0; i < 14; ++i) {
            const double y0 = std::max(-1.5, -1.5 + (l + j) * i - (r % 2 ? l / 2 : 0)),
                         y1 = std::min(1.5, -1.5 + (l + j) * i - (r % 2 ? l / 2 : 0) + l);
            if (y1 - y0 > 0.03)
                b.add(slab({-0.1, y0, r * (h + j)}, {0.1, y1, r * (h + j) + h}, 0.004));
        }
    m.add("bricks", b);
    m.mass(2050);
    m.collide_box({-0.1, -1.5, 0}, {0.1, 1.5, 24 * (h + j)});
}
void make_fence(Maker& m) {
    m.colour(0xf2f0ea);
    for (int i = 0; i < 13; ++i)
        m.add("picket",
              extrude_x({{-0.045, 0.05}, {0.045, 0.05}, {0.045, 0.95}, {0, 1.03}, {-0.045, 0.95}},
                        0.015, 0.035, 0.004)
                  .move(0, -0.93 + 0.155 * i, 0));
    for (const double z : {0.25, 0.75})
        m.add("rail", slab({-0.02, -1, z - 0.04}, {0.015, 1, z + 0.04}));
    for (const double y : {-0.96, 0.0, 0.96})
        m.add("post", slab({-0.1, y - 0.04, 0}, {-0.02, y + 0.04, 1}));
    m.collide_box({-0.1, -1, 0}, {0.035, 1, 1.02});
    m.mass(25);
}
void make_gate(Maker& m) {
    for (const double s : {-1.0, 1.0}) {
        m.piece("pillar");
        m.add("pillar", slab({-0.18, s * 1.05 - 0.18, 0}, {0.18, s * 1.05 + 0.18, 1.9}),
              of("brick").with("brick_wall"));
        m.add("cap",
              slab({-0.23, s * 1.05 - 0.23, 1.9}, {0.23, s * 1.05 + 0.23, 2.0})
                  .add(sphere({0, s * 1.05, 2.12}, 0.14, 24)),
              of("stone"));
    }
    m.piece("leaves");
    Mesh b;
    for (int i = 0; i < 12; ++i) {
        const double y = -0.8 + 1.6 * i / 11, h = 1.55 + 0.25 * std::cos(y * 1.9);
        b.add(rod({0, y, 0.08}, {0, y, h}, 0.014, -1, 10))
            .add(rod({0, y, h}, {0, y, h + 0.1}, 0.024, 0.002, 10));
    }
    for (const double z : {0.14, 0.8, 1.4})
        b.add(slab({-0.015, -0.86, z - 0.02}, {0.015, 0.86, z + 0.02}));
    b.add(slab({-0.02, -0.02, 0.05}, {0.02, 0.02, 1.8}));
    m.add("bars", b);
    for (const double y : {-0.4, 0.4})
        m.add("scroll", torus({}, 0.16, 0.012, 32, 8).turn_y(90).move(0, y, 1.08));
    m.mass(300);
}
void make_column(Maker& m) {
    Curve o;
    for (int i = 0; i < 120; ++i) {
        const double a = 2 * kPi * i / 120, r = 1 - 0.06 * std::abs(std::cos(a * 10));
        o.push_back({r * std::cos(a), r * std::sin(a)});
    }
    m.colour(0xe2ddd2);
    m.add("shaft", extrude(o, 0, 1, 0.01).warp([](Vec3 p) {
        const double k = 0.24 - 0.04 * p.z;
        return Vec3{p.x * k, p.y * k, 0.3 + 2.35 * p.z};
    }));
    m.add("base", slab({-0.34, -0.34, 0}, {0.34, 0.34, 0.14}, 0.02)
                      .add(torus({0, 0, 0.2}, 0.24, 0.06, 48, 12))
                      .add(torus({0, 0, 0.29}, 0.22, 0.04, 48, 12))
                      .add(rod({0, 0, 0.1}, {0, 0, 0.35}, 0.24)));
    m.add("capital", lathe({{0, 2.6}, {0.2, 2.62}, {0.22, 2.7}, {0.33, 2.84}, {0, 2.84}}, 0.02, 48)
                         .add(slab({-0.36, -0.36, 2.84}, {0.36, 0.36, 3.0}, 0.02)));
}
void make_arch(Maker& m) {
    Curve c = joined(arc({0, 1.9}, 1.1, 0, 180, 24), Curve{{-1.1, 0}, {-0.7, 0}});
    c = joined(c, arc({0, 1.9}, 0.7, 180, 0, 24));
    c.push_back({0.7, 0});
    c.push_back({1.1, 0});
    m.ghost();
    m.add("arch", extrude_x(c, -0.25, 0.25, 0.02), own().with("stone_blocks"));
    m.add("keystone",
          extrude_x({{-0.12, 2.55}, {0.12, 2.55}, {0.18, 3.08}, {-0.18, 3.08}}, -0.29, 0.29, 0.02));
    m.add("impost", slab({-0.3, 0.65, 1.8}, {0.3, 1.15, 1.95}, 0.02).mirror_y());
    for (const double s : {-1.0, 1.0})
        m.collide_box({-0.27, s * 0.9 - 0.22, 0}, {0.27, s * 0.9 + 0.22, 1.9});
    for (int i = 0; i < 6; ++i) {
        const double a = kPi * i / 6, b = kPi * (i + 1) / 6;
        std::vector<Vec3> p;
        for (const double t : {a, b})
            for (const double r : {0.7, 1.12})
                for (const double x : {-0.27, 0.27})
                    p.push_back({x, r * std::cos(t), 1.9 + r * std::sin(t)});
        m.collide_hull(p);
    }
}
void make_tent(Maker& m) {
    m.colour(0xd8702a);
    m.piece("canvas");
    m.add("canvas", extrude_x({{-0.9, 0}, {0.9, 0}, {0, 1.35}}, -1.2, 1.18, 0.02));
    m.ghost();
    m.add("opening", extrude_x({{-0.42, 0.0}, {0.42, 0.0}, {0, 1.15}}, 1.15, 1.19, 0),
          own(0x2a1a12));
    m.add("flap",
          facets({{1.185, 0.42, 0}, {1.185, 0.02, 1.12}, {1.22, 0.62, 0.02}, {1.2, 0.1, 1.1}}),
          own(0xc05f20));
    for (const double x : {-1.2, 1.2})
        m.add("pole", rod({x, 0, 0}, {x, 0, 1.42}, 0.02), of("wood"));
    for (const double x : {-1.0, 0.0, 1.0})
        m.add("rope", rod({x, 0.62, 0.42}, {x, 1.2, 0.0}, 0.008, -1, 6).mirror_y(), of("rope"));
    m.mass(6);
    m.hollow();
}
void make_windmill(Maker& m) {
    m.colour(0xe8e2d4);
    m.piece("tower");
    m.add("tower", rod({0, 0, 0}, {0, 0, 5.6}, 1.7, 1.1, 40));
    m.piece("cap");
    m.add("cap",
          lathe(spline({{1.25, 5.5}, {1.2, 5.9}, {0.7, 6.6}, {0, 6.8}}), 0, 40)
              .add(rod({0, 0, 5.4}, {0, 0, 5.8}, 1.2)),
          of("wood", 0x6a3d20));
    m.ghost();
    m.add("door", slab({1.5, -0.4, 0}, {1.72, 0.4, 1.6}, 0.05), of("wood", 0x4a2c16));
    m.add("window", box({1.38, 0, 3.2}, {0.2, 0.5, 0.7}), kPane);
    m.piece("sails");
    m.add("axle", rod({0.5, 0, 6.0}, {1.75, 0, 6.0}, 0.12), of("wood", 0x4a2c16));
    for (int i = 0; i < 4; ++i) {
        Mesh s = beam({0, 0, 0}, {0, 0, 3.9}, 0.12, 0.12, {1, 0, 0});
        for (int k = 0; k < 9; ++k)
            s.add(slab({-0.02, 0, 0.9 + 0.36 * k}, {0.02, 0.8, 0.94 + 0.36 * k}, 0));
        s.add(slab({-0.02, 0.76, 0.9}, {0.02, 0.8, 3.82}, 0));
        m.add("sail", s.turn_x(90 * i + 20).move(1.7, 0, 6.0), of("wood", 0x6a4526));
        m.add("cloth",
              slab({-0.005, 0.03, 0.92}, {0.005, 0.77, 3.8}, 0)
                  .turn_x(90 * i + 20)
                  .move(1.69, 0, 6.0),
              of("fabric", 0xf2ead8));
    }
    m.mass(50000);
}
void make_lighthouse(Maker& m) {
    m.colour(0xf4f2ee);
    m.piece("tower");
    for (int i = 0; i < 6; ++i) {
        const double a = i / 6.0, b = (i + 1) / 6.0;
        m.add("band",
              rod({0, 0, 10.5 * a}, {0, 0, 10.5 * b}, 1.7 - 0.7 * a, 1.7 - 0.7 * b, 44, 0.01),
              i % 2 ? own(0xc8242a) : own());
    }
    m.piece("gallery");
    m.add("gallery", rod({0, 0, 10.4}, {0, 0, 10.7}, 1.45), kIron);
    m.ghost();
    Mesh r = torus({0, 0, 11.4}, 1.4, 0.035, 44, 8);
    for (int i = 0; i < 16; ++i)
        r.add(rod({1.4, 0, 10.7}, {1.4, 0, 11.4}, 0.025, -1, 6).turn_z(22.5 * i));
    m.add("rail", r, kIron);
    m.piece("lantern");
    m.add("glass", rod({0, 0, 10.7}, {0, 0, 12.3}, 0.8), of("glass"));
    m.add("roof", lathe({{0, 12.3}, {1.05, 12.3}, {0.2, 13.3}, {0.1, 13.6}, {0, 14}}, 0.02, 40),
          own(0xc8242a));
    m.ghost();
    m.add("lamp", sphere({0, 0, 11.5}, 0.45, 28), Look(of("glass", 0xfff0c0)).glowing(6));
    m.add("door", slab({1.55, -0.45, 0}, {1.75, 0.45, 1.8}, 0.05), of("wood", 0x2f4f6a));
    for (const double z : {3.2, 6.0, 8.6})
        m.add("window", box({1.66 - 0.07 * z, 0, z}, {0.2, 0.4, 0.6}), kPane);
    m.mass(3e5);
}
void make_fountain(Maker& m) {
    m.ghost();
    m.add("basin",
          lathe({{0, 0}, {1.2, 0}, {1.2, 0.42}, {1.05, 0.42}, {1.02, 0.1}, {0, 0.1}}, 0.03, 64));
    m.add("water", rod({0, 0, 0.1}, {0, 0, 0.34}, 1.03, -1, 56, 0), of("water"));
    m.add("stem", lathe(joined({{0, 0.1}, {0.25, 0.1}},
                               joined(spline({{0.2, 0.2}, {0.1, 0.5}, {0.14, 0.8}}), {{0.55, 0.95},
                                                                                      {0.55, 1.02},
                                                                                      {0.48, 1.02},
                                                                                      {0.1, 0.9},
                                                                                      {0.08, 1.3},
                                                                                      {0.28, 1.42},
                                                                                      {0.28, 1.47},
                                                                                      {0, 1.42}})),
                        0.015, 48));
    Mesh j = rod({0, 0, 1.42}, {0, 0, 1.85}, 0.03, 0.015);
    for (int i = 0; i < 8; ++i)
        j.add(tube({{0.0, 0, 1.8}, {0.1, 0, 1.95}, {0.3, 0, 1.8}, {0.42, 0, 1.05}}, {0.02})
                  .turn_z(45 * i))
            .add(
                tube({{0.5, 0, 1.0}, {0.68, 0, 0.95}, {0.8, 0, 0.36}}, {0.02}).turn_z(45 * i + 20));
    m.add("jets", j, of("water"));
    m.collide_rod({0, 0, 0}, {0, 0, 0.1}, 1.2);
    m.collide_wall({1.2, 0}, {1.2, 0.42}, 0.15, 12);
    m.collide_rod({0, 0, 0.1}, {0, 0, 1.4}, 0.15);
    m.collide_rod({0, 0, 0.95}, {0, 0, 1.02}, 0.55);
    m.collide_rod({0, 0, 1.4}, {0, 0, 1.9}, 0.05);
    m.mass(2500);
}
void make_well(Maker& m) {
    m.ghost();
    m.add("wall", lathe({{0.4, 0}, {0.55, 0}, {0.55, 0.7}, {0.4, 0.7}}, 0.03, 48, true),
          own().with("stone_blocks"));
    m.add("water", rod({0, 0, 0.2}, {0, 0, 0.3}, 0.41), of("water", 0x1c2f3a));
    m.add("post", slab({-0.05, 0.42, 0.6}, {0.05, 0.52, 1.35}).mirror_y(), of("wood"));
    for (const double s : {-1.0, 1.0})
        m.add("roof", beam({s * 0.55, 0, 1.2}, {0, 0, 1.6}, 1.3, 0.04), of("wood", 0x7a3a24));
    m.add("axle",
          rod({0, -0.48, 1.05}, {0, 0.6, 1.05}, 0.04)
              .add(tube({{0, 0.6, 1.05}, {0.15, 0.62, 1.05}, {0.15, 0.75, 1.05}}, {0.016},
                        {.steps = 1})),
          of("wood"));
    m.add("rope",
          rod({0, 0, 0.78}, {0, 0, 1.05}, 0.012).add(rod({0, -0.1, 1.05}, {0, 0.1, 1.05}, 0.055)),
          of("rope"));
    m.add("bucket", lathe(vessel({{0, 0.6}, {0.08, 0.6}, {0.1, 0.78}}, 0.01), 0.003, 28),
          of("wood", 0x6a4526));
    m.collide_wall({0.55, 0}, {0.55, 0.7}, 0.15, 10);
    for (const double s : {-1.0, 1.0}) {
        m.collide_box({-0.05, s * 0.47 - 0.05, 0.6}, {0.05, s * 0.47 + 0.05, 1.35});
        m.collide_beam({s * 0.55, 0, 1.2}, {0, 0, 1.6}, 1.3, 0.04);
    }
    m.mass(900);
}
void make_street_lamp(Maker& m) {
    m.piece("post");
    m.add("post",
          lathe(joined({{0, 0}, {0.22, 0}, {0.22, 0.12}, {0.14, 0.2}, {0.12, 0.7}, {0.08, 0.8}},
                       {{0.055, 3.2}, {0.09, 3.3}, {0, 3.3}}),
                0.02, 32));
    m.add("bar", rod({0, -0.35, 3.0}, {0, 0.35, 3.0}, 0.025));
    m.piece("lantern");
    m.add("glass",
          facets({{0.1, 0.1, 3.35},
                  {-0.1, 0.1, 3.35},
                  {0.1, -0.1, 3.35},
                  {-0.1, -0.1, 3.35},
                  {0.2, 0.2, 3.85},
                  {-0.2, 0.2, 3.85},
                  {0.2, -0.2, 3.85},
                  {-0.2, -0.2, 3.85}}),
          of("glass", 0xf4ecd0));
    m.add("roof", facets({{0.25, 0.25, 3.85},
                          {-0.25, 0.25, 3.85},
                          {0.25, -0.25, 3.85},
                          {-0.25, -0.25, 3.85},
                          {0, 0, 4.12}})
                      .add(sphere({0, 0, 4.15}, 0.05, 16)));
    m.ghost();
    for (const double x : {-1.0, 1.0})
        for (const double y : {-1.0, 1.0})
            m.add("edge", rod({x * 0.1, y * 0.1, 3.33}, {x * 0.2, y * 0.2, 3.86}, 0.014, -1, 8));
    m.add("lamp", sphere({0, 0, 3.6}, 0.09, 20), Look(of("glass", 0xfff0c8)).glowing(5));
    m.anchor("lamp", {0, 0, 3.6});
    m.mass(150);
}
void make_traffic_light(Maker& m) {
    m.piece("post");
    m.add("post", rod({0, 0, 0}, {0, 0, 2.3}, 0.06).add(rod({0, 0, 0}, {0, 0, 0.06}, 0.18)),
          of("steel", 0x4a4e52));
    m.piece("head");
    m.add("head", slab({-0.12, -0.19, 2.2}, {0.12, 0.19, 3.2}, 0.05), of("plastic", 0x17181a));
    m.ghost();
    const unsigned hex[3] = {0x20c040, 0xf0a818, 0xe02820};
    for (int i = 0; i < 3; ++i) {
        m.add("light", ellipsoid({0.115, 0, 2.38 + 0.31 * i}, {0.035, 0.11, 0.11}, 28),
              Look(of("glass", hex[i])).glowing(i == 2 ? 4.f : 0.4f));
        m.add("visor",
              lathe({{0.135, 0}, {0.135, 0.16}, {0.125, 0.16}, {0.125, 0}}, 0, 32, true)
                  .warp([](Vec3 p) {
                      return Vec3{p.x, p.y, p.x < 0 ? p.z * 0.3 : p.z};
                  })
                  .turn_y(90)
                  .turn_x(0)
                  .scale(1, 1, -1)
                  .move(0.11, 0, 2.38 + 0.31 * i),
              of("plastic", 0x17181a));
    }
    m.mass(60);
}
void make_traffic_cone(Maker& m) {
    m.colour(0xe8561c);
    m.piece();
    m.add("base", extrude(fillet(rectangle(0.3, 0.3), 0.04), 0, 0.03, 0.008));
    m.piece();
    m.add("cone", lathe(vessel({{0, 0.02}, {0.11, 0.025}, {0.025, 0.5}}, 0.006), 0.003, 48));
    for (const double z : {0.18, 0.34}) {
        const auto r = [](double h) { return 0.1115 - 0.179 * (h - 0.025); };
        m.add("stripe",
              lathe({{r(z), z},
                     {r(z) + 0.002, z},
                     {r(z + 0.08) + 0.002, z + 0.08},
                     {r(z + 0.08), z + 0.08}},
                    0, 48),
              own(0xf6f6f4));
    }
    m.mass(2);
}
void make_mailbox(Maker& m) {
    m.colour(0xb81c22);
    m.piece("post");
    m.add("post", slab({-0.05, -0.05, 0}, {0.05, 0.05, 0.85}), of("wood"));
    m.piece("box");
    Curve c = joined(Curve{{-0.12, 0.85}, {0.12, 0.85}}, arc({0, 1.05}, 0.12, 0, 180, 14));
    m.add("box", extrude_x(c, -0.25, 0.25, 0.008));
    Curve d;
    for (const Vec2 p : c) d.push_back({p.x * 1.04, 1.0 + (p.y - 1.0) * 1.04});
    m.add("door", extrude_x(d, 0.245, 0.265, 0.005));
    m.add("knob", sphere({0.28, 0, 1.1}, 0.018, 14), of("steel"));
    m.add("flag",
          slab({0.0, 0.122, 1.0}, {0.02, 0.13, 1.2}, 0)
              .add(slab({-0.08, 0.122, 1.13}, {0.02, 0.13, 1.2}, 0)),
          of("steel", 0xf0c020));
    m.mass(12);
}
void make_fire_hydrant(Maker& m) {
    m.colour(0xc8201c);
    m.add("body", lathe(joined({{0, 0},
                                {0.17, 0},
                                {0.17, 0.04},
                                {0.11, 0.05},
                                {0.11, 0.5},
                                {0.15, 0.5},
                                {0.15, 0.54}},
                               joined(spline({{0.12, 0.56}, {0.1, 0.64}, {0.05, 0.69}}),
                                      {{0.03, 0.7}, {0.03, 0.75}, {0, 0.75}})),
                        0.01, 44));
    for (const double s : {-1.0, 1.0})
        m.add("outlet", rod({0, s * 0.08, 0.38}, {0, s * 0.2, 0.38}, 0.055)
                            .add(extrude_y(regular_polygon(6, 0.035), s > 0 ? 0.2 : -0.23,
                                           s > 0 ? 0.23 : -0.2)
                                     .move(0, 0, 0.38)));
    m.add(
        "front outlet",
        rod({0.08, 0, 0.34}, {0.2, 0, 0.34}, 0.07).add(rod({0.2, 0, 0.34}, {0.23, 0, 0.34}, 0.03)));
    Mesh b;
    for (int i = 0; i < 8; ++i) b.add(rod({0.14, 0, 0.035}, {0.14, 0, 0.06}, 0.014).turn_z(45 * i));
    m.add("bolts", b, of("steel"));
    m.mass(80);
}
void make_phone_booth(Maker& m) {
    m.colour(0xb81418);
    m.add("base", slab({-0.45, -0.45, 0}, {0.45, 0.45, 0.15}, 0.01)
                      .add(slab({-0.45, -0.45, 2.05}, {0.45, 0.45, 2.3}, 0.03)));
    m.add("dome", ellipsoid({0, 0, 2.28}, {0.42, 0.42, 0.12}, 32));
    for (const double x : {-1.0, 1.0})
        for (const double y : {-1.0, 1.0})
            m.add("post", slab({x * 0.4 - 0.05, y * 0.4 - 0.05, 0.1},
                               {x * 0.4 + 0.05, y * 0.4 + 0.05, 2.1}, 0.01));
    m.add("back", slab({-0.43, -0.4, 0.1}, {-0.4, 0.4, 2.1}));
    Mesh b;
    for (int i = 0; i < 7; ++i) {
        const double z = 0.35 + 0.27 * i;
        b.add(slab({0.4, -0.4, z}, {0.43, 0.4, z + 0.03}, 0))
            .add(slab({-0.4, 0.4, z}, {0.4, 0.43, z + 0.03}, 0).mirror_y());
    }
    for (const double q : {-0.15, 0.15})
        b.add(slab({0.4, q - 0.012, 0.15}, {0.43, q + 0.012, 2.05}, 0))
            .add(slab({q - 0.012, 0.4, 0.15}, {q + 0.012, 0.43, 2.05}, 0).mirror_y());
    m.add("bars", b);
    m.ghost();
    m.add("glass", slab({-0.39, -0.41, 0.16}, {0.41, 0.41, 2.05}, 0), of("glass"));
    m.add("sign",
          slab({0.45, -0.32, 2.12}, {0.46, 0.32, 2.24}, 0)
              .add(slab({-0.32, 0.45, 2.12}, {0.32, 0.46, 2.24}, 0).mirror_y()),
          Look(of("plastic", 0xf6f2e0)).glowing(0.8));
    m.collide_box({-0.45, -0.45, 0}, {0.46, 0.45, 2.38});
    m.mass(600);
    m.hollow();
}
void make_signpost(Maker& m) {
    m.piece("post");
    m.add("post", rod({0, 0, 0}, {0, 0, 2.2}, 0.05, 0.045));
    for (const auto& [z, a, s] :
         {std::tuple{1.95, 10.0, 1.0}, {1.65, -35.0, -1.0}, {1.35, 60.0, 1.0}}) {
        m.piece("board");
        m.add("board",
              extrude_x({{-0.15, -0.1}, {0.6, -0.1}, {0.75, 0}, {0.6, 0.1}, {-0.15, 0.1}}, 0.045,
                        0.075, 0.008)
                  .scale(1, s, 1)
                  .turn_z(a)
                  .move(0, 0, z),
              own(0xc89a60));
        Mesh t;
        for (int i = 0; i < 4; ++i)
            t.add(slab({0.075, 0.0 + 0.13 * i, -0.02}, {0.078, 0.09 + 0.13 * i, 0.03}, 0));
        m.add("words", t.scale(1, s, 1).turn_z(a).move(0, 0, z), own(0x2a1a10));
    }
    m.mass(25);
}
void make_barricade(Maker& m) {
    for (const double s : {-1.0, 1.0}) {
        m.piece("leg");
        m.add("leg", beam({-0.28, s * 0.6, 0}, {0, s * 0.6, 1.0}, 0.05, 0.05)
                         .add(beam({0.28, s * 0.6, 0}, {0, s * 0.6, 1.0}, 0.05, 0.05)));
    }
    for (const double z : {0.82, 0.5}) {
        m.piece("board");
        for (int i = 0; i < 8; ++i)
            m.add("stripe",
                  extrude_x({{-0.7 + 0.175 * i, z - 0.1},
                             {-0.7 + 0.175 * (i + 1), z - 0.1},
                             {-0.7 + 0.175 * (i + 1), z + 0.1},
                             {-0.7 + 0.175 * i, z + 0.1}},
                            0.04 + (0.9 - z) * 0.28, 0.065 + (0.9 - z) * 0.28, 0.002),
                  own(i % 2 ? 0xf4f2ec : 0xd8301c));
    }
    m.mass(12);
}
void make_igloo(Maker& m) {
    Mesh b;
    for (int r = 0; r < 7; ++r) {
        const double t0 = r * 0.2145, t1 = t0 + 0.2;
        const int n = std::max(4, int(20 * std::cos(t0)));
        for (int i = 0; i < n; ++i) {
            const double a0 = (i + 0.5 * (r % 2)) * 360.0 / n + 0.8, a1 = a0 + 360.0 / n - 1.6;
            std::vector<Vec3> p;
            for (const double k : {1.3, 1.5})
                for (const double t : {t0, t1})
                    for (const double a : {a0, a1}) {
                        const double q = a * kPi / 180;
                        p.push_back(Vec3{std::cos(t) * std::cos(q), std::cos(t) * std::sin(q),
                                         std::sin(t)} *
                                    k);
                    }
            if (r < 4 && std::abs(std::remainder((a0 + a1) / 2, 360.0)) < 20) continue;
            b.add(facets(p));
        }
    }
    m.piece("dome");
    m.add("blocks", b);
    m.add("dome", lathe(joined({{0, 0}, {1.44, 0}}, arc({0, 0}, 1.44, 2, 90, 14)), 0, 40),
          own(0xe2eef6));
    m.piece("tunnel");
    m.add("tunnel", extrude_x(joined(arc({0, 0}, 0.62, 0, 180, 16), Curve{}), 1.1, 2.1, 0.03));
    m.ghost();
    m.add("opening", extrude_x(joined(arc({0, 0}, 0.44, 0, 180, 16), Curve{}), 2.05, 2.115, 0),
          own(0x24384a));
    m.mass(3000);
    m.hollow();
}
void make_barn(Maker& m) {
    m.colour(0x9a2420);
    const Curve c{{-3.2, 0}, {3.2, 0}, {3.2, 3.2}, {2.3, 4.9}, {0, 6.1}, {-2.3, 4.9}, {-3.2, 3.2}};
    m.piece("barn");
    m.add("walls", extrude_x(c, -4.3, 4.3, 0.03));
    m.ghost();
    for (const double s : {-1.0, 1.0})
        m.add("roof",
              beam({0, s * 3.45, 2.95}, {0, s * 2.25, 5.05}, 9.0, 0.14)
                  .add(beam({0, s * 2.4, 4.95}, {0, 0, 6.2}, 9.0, 0.14)),
              of("tile", 0x55504c));
    const auto trim = [&](Vec3 a, Vec3 b) {
        m.add("trim", beam(a, b, 0.18, 0.08, {1, 0, 0}), own(0xf4f0e6));
    };
    m.add("door", slab({4.28, -1.2, 0}, {4.36, 1.2, 2.6}, 0), own(0x861c1a));
    for (const double y : {-1.2, 0.0, 1.2}) trim({4.38, y, 0}, {4.38, y, 2.6});
    trim({4.38, -1.2, 2.6}, {4.38, 1.2, 2.6});
    trim({4.38, -1.2, 0.1}, {4.38, 0, 2.5});
    trim({4.38, 1.2, 0.1}, {4.38, 0, 2.5});
    m.add("loft", slab({4.28, -0.6, 3.5}, {4.38, 0.6, 4.6}, 0), own(0xf4f0e6));
    m.add("loft door", slab({4.3, -0.48, 3.6}, {4.4, 0.48, 4.5}, 0), own(0x2a1412));
    m.mass(40000);
    m.hollow();
}
void make_goal_post(Maker& m) {
    m.colour(0xf4d020);
    const auto bar = [&](Vec3 a, Vec3 b, double r) {
        m.add("bar", capsule(a, b, r));
        m.collide_capsule(a, b, r, "post");
    };
    bar({0, 0, 0.04}, {0, 0, 0.8}, 0.04);
    bar({0, -0.7, 0.8}, {0, 0.7, 0.8}, 0.03);
    for (const double s : {-1.0, 1.0}) bar({0, s * 0.7, 0.8}, {0, s * 0.7, 2.36}, 0.028);
    m.mass(90);
}
void make_scaffold(Maker& m) {
    for (const double x : {-0.5, 0.5})
        for (const double y : {-1.0, 1.0}) {
            m.piece("pole");
            m.add("pole", rod({x, y, 0}, {x, y, 3}, 0.025));
            m.add("foot", slab({x - 0.08, y - 0.08, 0}, {x + 0.08, y + 0.08, 0.01}));
        }
    for (const double z : {0.95, 1.95}) {
        m.piece("deck");
        for (int i = -2; i <= 2; ++i)
            m.add("plank", slab({i * 0.2 - 0.095, -1.1, z}, {i * 0.2 + 0.095, 1.1, z + 0.04}),
                  of("wood"));
    }
    m.ghost();
    for (const double z : {0.2, 0.92, 1.92, 2.9})
        for (const double s : {-1.0, 1.0})
            m.add("tube", rod({-0.5, s, z}, {0.5, s, z}, 0.02, -1, 12)
                              .add(rod({s * 0.5, -1, z}, {s * 0.5, 1, z}, 0.02, -1, 12)));
    for (const double s : {-1.0, 1.0})
        m.add("brace", rod({s * 0.5, -1, 0.95}, {s * 0.5, 1, 1.95}, 0.018, -1, 12)
                           .add(rod({s * 0.5, 1, 0}, {s * 0.5, -1, 0.95}, 0.018, -1, 12)));
    m.mass(80);
}
void make_ramp(Maker& m) {
    m.add("deck", beam({-0.75, 0, 0.01}, {0.75, 0, 0.5}, 0.8, 0.025), own().with("wood_grain"));
    for (const double s : {-1.0, 1.0})
        m.add("side", extrude_y({{-0.75, 0}, {0.75, 0}, {0.75, 0.5}, {-0.72, 0.01}},
                                s * 0.38 - 0.015, s * 0.38 + 0.015, 0.004));
    m.add("back", slab({0.72, -0.38, 0}, {0.745, 0.38, 0.48}));
    m.collide_hull({{-0.75, -0.4, 0},
                    {-0.75, 0.4, 0},
                    {0.75, -0.4, 0},
                    {0.75, 0.4, 0},
                    {0.75, -0.4, 0.51},
                    {0.75, 0.4, 0.51},
                    {-0.75, -0.4, 0.02},
                    {-0.75, 0.4, 0.02}});
    m.anchor("top", {0.75, 0, 0.51});
    m.anchor("bottom", {-0.75, 0, 0});
    m.mass(15);
}
// A grooved marble track: falls from -x to +x, with a swell and a flat run-out; anchors at both
// ends.
void make_track(Maker& m) {
    const double l = 1.2;
    const auto z = [](double u) { return 0.30 * std::pow(1 - u, 1.6) + 0.05; };
    const int n = 48;
    std::vector<std::vector<Vec3>> rings;
    const double w = 0.03, g = 0.011;
    for (int i = 0; i <= n; ++i) {
        const double u = double(i) / n, x = -l / 2 + l * u, h = z(u);
        std::vector<Vec3> r{{x, w, h - 0.022}, {x, w, h + 0.030}, {x, g + 0.001, h + 0.012}};
        for (int k = 0; k <= 8; ++k) {
            const double a = kPi * k / 8;
            r.push_back({x, g * std::cos(a), h + 0.011 - g * std::sin(a)});
        }
        r.push_back({x, -g - 0.001, h + 0.012});
        r.push_back({x, -w, h + 0.030});
        r.push_back({x, -w, h - 0.022});
        rings.push_back(r);
    }
    Mesh t = loft_rings(rings);
    crease_normals(t.tri, 35);
    m.add("track", t, own().with("wood_grain"));
    for (const double u : {0.06, 0.5, 0.94}) {
        const double x = -l / 2 + l * u;
        m.add("post", slab({x - 0.015, -0.02, 0}, {x + 0.015, 0.02, z(u) - 0.015}, 0.003),
              own(0x8a5228));
        m.add("foot", slab({x - 0.03, -0.06, 0}, {x + 0.03, 0.06, 0.012}, 0.003), own(0x8a5228));
        m.collide_box({x - 0.015, -0.02, 0}, {x + 0.015, 0.02, z(u) - 0.02}, "post");
        m.collide_box({x - 0.03, -0.06, 0}, {x + 0.03, 0.06, 0.012}, "foot");
    }
    const int s = 24;
    for (int i = 0; i < s; ++i) {
        const double a = double(i) / s, b = double(i + 1) / s;
        const auto at = [&](double u, double y, double up) {
            return Vec3{-l / 2 + l * u, y, z(u) + up};
        };
        for (const double e : {-1.0, 1.0})
            m.collide_hull(
                {at(a, 0, 0), at(b, 0, 0), at(a, e * g * 0.7, 0.0031), at(b, e * g * 0.7, 0.0031),
                 at(a, e * g, 0.012), at(b, e * g, 0.012), at(a, e * w, 0.030), at(b, e * w, 0.030),
                 at(a, e * w, -0.022), at(b, e * w, -0.022), at(a, 0, -0.022), at(b, 0, -0.022)},
                "track");
    }
    m.anchor("top", {-l / 2 + 0.03, 0, z(0.025)});
    m.anchor("bottom", {l / 2, 0, z(1)});
    m.mass(1.2);
}
void make_platform(Maker& m) {
    m.piece("deck");
    m.add("deck", slab({-0.75, -1, 0.36}, {0.75, 1, 0.4}));
    for (int i = -4; i <= 4; ++i)
        m.add("seam", slab({-0.751, i * 0.22 - 0.003, 0.398}, {0.751, i * 0.22 + 0.003, 0.4008}, 0),
              own(0x4a2c16));
    for (const double x : {-0.65, 0.65})
        for (const double y : {-0.9, 0.9}) {
            m.piece("leg");
            m.add("leg", slab({x - 0.05, y - 0.05, 0}, {x + 0.05, y + 0.05, 0.36}));
        }
    m.ghost();
    m.add("skirt", slab({-0.7, -0.95, 0.24}, {0.7, 0.95, 0.36}));
    m.anchor("top", {0, 0, 0.4});
    m.mass(60);
}

constexpr Noun kNouns[] = {
    {"house", 8, "brick", make_house},
    {"cabin", 6, "wood", make_cabin},
    {"castle", 20, "stone", make_castle},
    {"tower", 6, "stone", make_tower},
    {"church", 14, "stone", make_church},
    {"skyscraper", 60, "glass", make_skyscraper},
    {"bridge", 12, "stone", make_bridge},
    {"wall", 3, "brick", make_wall},
    {"fence", 2, "wood", make_fence},
    {"gate", 2.2, "iron", make_gate},
    {"column", 3, "stone", make_column},
    {"arch", 3, "stone", make_arch},
    {"tent", 2.4, "fabric", make_tent},
    {"windmill", 9, "stone", make_windmill},
    {"lighthouse", 14, "stone", make_lighthouse},
    {"fountain", 2.4, "stone", make_fountain},
    {"well", 1.6, "stone", make_well},
    {"street_lamp", 4.2, "iron", make_street_lamp},
    {"traffic_light", 3.2, "steel", make_traffic_light},
    {"traffic_cone", 0.5, "plastic", make_traffic_cone},
    {"mailbox", 1.2, "steel", make_mailbox},
    {"fire_hydrant", 0.75, "iron", make_fire_hydrant},
    {"phone_booth", 2.4, "steel", make_phone_booth},
    {"signpost", 2.2, "wood", make_signpost},
    {"barricade", 1.4, "wood", make_barricade},
    {"igloo", 3, "snow", make_igloo},
    {"barn", 9, "wood", make_barn},
    {"goal_post", 2.4, "steel", make_goal_post},
    {"scaffold", 3, "steel", make_scaffold},
    {"ramp", 1.5, "wood", make_ramp},
    {"track", 1.2, "wood", make_track},
    {"platform", 2, "wood", make_platform},
};

}  // namespace

std::span<const Noun> building_nouns() { return kNouns; }

}  // namespace world::kit
