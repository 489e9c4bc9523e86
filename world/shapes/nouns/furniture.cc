// Furniture and the fittings of rooms.
#include <cmath>

#include "base/core/random.h"
#include "world/shapes/catalogue.h"
#include "world/shapes/kit/beast.h"
#include "world/shapes/kit/detail.h"
#include "world/shapes/kit/noise.h"
#include "world/shapes/kit/solids.h"

namespace world::kit {
namespace {

// Four legs under a top of x by y at height z.
void legs(Maker& m, double x, double y, double z, double r0, double r1, double inset,
          bool square = true, const Look& look = own()) {
    for (const double sx : {-1.0, 1.0}) {
        for (const double sy : {-1.0, 1.0}) {
            m.piece("leg");
            const Vec3 top{sx * (x / 2 - inset), sy * (y / 2 - inset), z},
                foot{sx * (x / 2 - inset), sy * (y / 2 - inset), 0};
            if (square) {
                m.add("leg", loft_rings([&] {
                          std::vector<std::vector<Vec3>> rings;
                          for (const auto& [p, r] : {std::pair{foot, r1},
                                                     {base::lerp(foot, top, 0.02), r1 * 1.0},
                                                     {top, r0}}) {
                              std::vector<Vec3> ring;
                              for (const Vec2 q : fillet(rectangle(2 * r, 2 * r), r * 0.3, true, 2))
                                  ring.push_back(p + Vec3{q.x, q.y, 0});
                              rings.push_back(ring);
                          }
                          return rings;
                      }()),
                      look);
            } else {
                m.add("leg", rod(foot, top, r1, r0, 20), look);
            }
        }
    }
}
void top_slab(Maker& m, double x, double y, double z, double t, const char* name = "top") {
    m.piece(name);
    m.add(name, slab({-x / 2, -y / 2, z - t}, {x / 2, y / 2, z}, 0.008), own().with("wood_grain"));
    m.anchor("top", {0, 0, z});
}
void apron(Maker& m, double x, double y, double z, double h, double inset) {
    m.ghost();
    for (const double s : {-1.0, 1.0}) {
        m.add("apron", slab({-x / 2 + inset, s * (y / 2 - inset) - 0.01, z - h},
                            {x / 2 - inset, s * (y / 2 - inset) + 0.01, z}));
        m.add("apron", slab({s * (x / 2 - inset) - 0.01, -y / 2 + inset, z - h},
                            {s * (x / 2 - inset) + 0.01, y / 2 - inset, z}));
    }
}
void make_table(Maker& m) {
    m.mass(35);
    top_slab(m, 1.6, 0.85, 0.74, 0.035);
    apron(m, 1.6, 0.85, 0.705, 0.09, 0.07);
    legs(m, 1.6, 0.85, 0.705, 0.035, 0.024, 0.07);
}
void make_coffee_table(Maker& m) {
    m.mass(18);
    top_slab(m, 1.1, 0.6, 0.42, 0.03);
    legs(m, 1.1, 0.6, 0.39, 0.028, 0.016, 0.08, false);
    m.piece("shelf");
    m.add("shelf", slab({-0.46, -0.21, 0.14}, {0.46, 0.21, 0.16}));
}
void make_desk(Maker& m) {
    m.mass(40);
    top_slab(m, 0.7, 1.4, 0.75, 0.03);
    m.piece("drawers");
    m.add("drawers", slab({-0.31, 0.28, 0.02}, {0.31, 0.66, 0.72}));
    for (int i = 0; i < 3; ++i) {
        m.add("front",
              slab({0.31, 0.295, 0.06 + 0.22 * i}, {0.325, 0.645, 0.26 + 0.22 * i}, 0.005));
        m.add("handle", rod({0.345, 0.42, 0.16 + 0.22 * i}, {0.345, 0.52, 0.16 + 0.22 * i}, 0.006),
              of("steel"));
    }
    m.piece("side");
    m.add("side", slab({-0.31, -0.66, 0}, {0.31, -0.63, 0.72}));
    m.piece("back");
    m.add("back", slab({-0.30, -0.64, 0.35}, {-0.28, 0.3, 0.72}));
}
void make_chair(Maker& m) {
    m.mass(5);
    m.piece("seat");
    m.add("seat", extrude(fillet({{-0.2, -0.19}, {0.21, -0.22}, {0.21, 0.22}, {-0.2, 0.19}}, 0.03),
                          0.42, 0.45, 0.01));
    m.anchor("seat", {0, 0, 0.45});
    for (const double s : {-1.0, 1.0}) {
        m.piece("leg");
        m.add("leg", rod({0.18, s * 0.19, 0.42}, {0.2, s * 0.205, 0}, 0.02, 0.014, 16));
        m.piece("post");
        m.add("post",
              tube({{-0.21, s * 0.18, 0.0}, {-0.18, s * 0.17, 0.44}, {-0.25, s * 0.18, 0.9}},
                   {0.014, 0.02, 0.016}));
    }
    m.ghost();
    m.add("rung", rod({0.19, -0.2, 0.2}, {0.19, 0.2, 0.2}, 0.01, -1, 12)
                      .add(rod({-0.195, -0.17, 0.2}, {-0.195, 0.17, 0.2}, 0.01, -1, 12)));
    m.add("rung", rod({-0.195, 0.175, 0.14}, {0.195, 0.2, 0.14}, 0.01, -1, 12).mirror_y());
    m.piece("back");
    m.add("top rail", tube({{-0.245, -0.19, 0.86}, {-0.265, 0, 0.87}, {-0.245, 0.19, 0.86}},
                           {0.014}, {.flat = 3.4}));
    m.add("low rail", tube({{-0.205, -0.17, 0.58}, {-0.22, 0, 0.58}, {-0.205, 0.17, 0.58}}, {0.01},
                           {.flat = 2}));
    for (int i = -2; i <= 2; ++i)
        m.add("spindle", rod({-0.215, i * 0.062, 0.58}, {-0.26, i * 0.066, 0.85}, 0.008, -1, 10));
}
// Upholstered seats: a base, arms, back, cushions.
void seat_body(Maker& m, double width, int cushions) {
    const double d = 0.85, a = 0.16;
    m.colour(0x5a7488);
    m.piece("seat");
    m.add("base",
          slab({-d / 2, -width / 2 + 0.02, 0.1}, {d / 2 - 0.03, width / 2 - 0.02, 0.3}, 0.03));
    m.piece("back");
    m.add("back",
          slab({-d / 2, -width / 2 + 0.02, 0.1}, {-d / 2 + 0.2, width / 2 - 0.02, 0.82}, 0.07));
    for (const double s : {-1.0, 1.0}) {
        m.piece("arm");
        m.add("arm", slab({-d / 2, std::min(s * width / 2, s * (width / 2 - a)), 0.1},
                          {d / 2, std::max(s * width / 2, s * (width / 2 - a)), 0.6}, 0.06));
    }
    m.piece("cushions");
    const double inner = width - 2 * a, w = inner / cushions;
    for (int i = 0; i < cushions; ++i) {
        const double y0 = -inner / 2 + i * w;
        m.add("cushion", loft({{-0.3, 0.36, w / 2 - 0.01, 0.085, 0.06, 5, y0 + w / 2},
                               {0.0, 0.37, w / 2 - 0.005, 0.1, 0.07, 4, y0 + w / 2},
                               {0.39, 0.36, w / 2 - 0.01, 0.085, 0.06, 5, y0 + w / 2}},
                              4, 32, true));
        m.add("back cushion", loft({{-0.06, 0, w / 2 - 0.03, 0.2, 0.2, 4},
                                    {0, 0, w / 2 - 0.01, 0.23, 0.22, 4},
                                    {0.07, 0, w / 2 - 0.03, 0.2, 0.2, 4}},
                                   4, 32, true)
                                  .turn_y(-12)
                                  .move(-0.2, y0 + w / 2, 0.63));
    }
    m.ghost();
    for (const double x : {-0.36, 0.34})
        m.add("foot",
              rod({x, width / 2 - 0.1, 0.1}, {x, width / 2 - 0.1, 0}, 0.03, 0.02, 16).mirror_y(),
              of("wood", 0x2e1c10));
    m.anchor("seat", {0.05, 0, 0.47});
}
void make_armchair(Maker& m) {
    m.mass(25);
    seat_body(m, 0.9, 1);
}
void make_sofa(Maker& m) {
    m.mass(55);
    seat_body(m, 2.0, 3);
}
void make_stool(Maker& m) {
    m.mass(4);
    m.piece("seat");
    m.add("seat",
          lathe({{0, 0.61}, {0.165, 0.61}, {0.17, 0.645}, {0.15, 0.65}, {0, 0.643}}, 0.01, 48));
    m.anchor("seat", {0, 0, 0.65});
    for (int i = 0; i < 4; ++i) {
        const double a = kPi / 4 + i * kPi / 2, c = std::cos(a), s = std::sin(a), a2 = a + kPi / 2;
        m.piece("leg");
        m.add("leg", rod({0.2 * c, 0.2 * s, 0}, {0.11 * c, 0.11 * s, 0.62}, 0.014, 0.018, 16));
        m.add("rung", rod({0.175 * c, 0.175 * s, 0.2},
                          {0.175 * std::cos(a2), 0.175 * std::sin(a2), 0.2}, 0.009, -1, 10));
    }
}
void make_bench(Maker& m) {
    m.mass(25);
    m.anchor("seat", {0, 0, 0.45});
    for (int i = 0; i < 4; ++i) {
        m.piece("seat");
        m.add("slat",
              slab({-0.2 + 0.105 * i, -0.75, 0.42}, {-0.11 + 0.105 * i, 0.75, 0.45}, 0.006));
    }
    for (int i = 0; i < 3; ++i) {
        m.piece("back");
        m.add("slat", box({}, {0.025, 1.5, 0.085}, 0.006)
                          .turn_y(-12)
                          .move(-0.235 - 0.025 * i, 0, 0.55 + 0.115 * i));
    }
    m.ghost();
    for (const double s : {-1.0, 1.0}) {
        m.add("frame",
              tube({{0.2, s * 0.6, 0.0},
                    {0.16, s * 0.6, 0.4},
                    {-0.2, s * 0.6, 0.405},
                    {-0.24, s * 0.6, 0.5},
                    {-0.31, s * 0.6, 0.84}},
                   {0.02}, {.steps = 3}),
              of("iron"));
        m.add("leg", tube({{-0.28, s * 0.6, 0}, {-0.19, s * 0.6, 0.41}}, {0.02}, {.steps = 1}),
              of("iron"));
        m.add("arm",
              tube({{-0.25, s * 0.6, 0.62},
                    {0.12, s * 0.6, 0.63},
                    {0.17, s * 0.6, 0.55},
                    {0.16, s * 0.6, 0.41}},
                   {0.016}, {.steps = 4}),
              of("iron"));
        m.collide_box({-0.28, s * 0.6 - 0.02, 0}, {0.2, s * 0.6 + 0.02, 0.42}, "frame");
    }
}
void make_bed(Maker& m) {
    m.mass(60);
    m.piece("frame");
    m.add("frame", slab({-0.98, -0.75, 0.15}, {0.98, 0.75, 0.32}, 0.015));
    m.piece("head");
    m.add("headboard", slab({-1.0, -0.77, 0}, {-0.95, 0.77, 1.0}, 0.02));
    m.piece("foot");
    m.add("footboard", slab({0.96, -0.77, 0}, {1.0, 0.77, 0.52}, 0.015));
    m.piece("mattress");
    m.add("mattress", slab({-0.95, -0.73, 0.3}, {0.95, 0.73, 0.5}, 0.06), of("fabric", 0xf2efe8));
    m.add("blanket", slab({-0.42, -0.765, 0.26}, {0.955, 0.765, 0.53}, 0.05),
          of("fabric", 0x3f6a94));
    m.add("fold", slab({-0.62, -0.767, 0.27}, {-0.4, 0.767, 0.545}, 0.05), of("fabric", 0xf6f4ee));
    for (const double y : {-0.36, 0.36}) {
        m.add("pillow", ellipsoid({}, {0.2, 0.31, 0.085}, 32).turn_y(-14).move(-0.74, y, 0.58),
              of("fabric", 0xfbfaf6));
    }
    m.anchor("top", {0, 0, 0.53});
}
void make_shelf(Maker& m) {
    m.mass(6);
    m.add("board", slab({-0.12, -0.5, 0.16}, {0.12, 0.5, 0.185}, 0.004));
    for (const double s : {-1.0, 1.0})
        m.add(
            "bracket",
            extrude_y(fillet({{-0.12, 0.0}, {-0.1, 0.0}, {0.08, 0.14}, {0.08, 0.16}, {-0.12, 0.16}},
                             0.01),
                      s * 0.36 - 0.012, s * 0.36 + 0.012, 0.003));
    m.collide_box({-0.12, -0.5, 0.16}, {0.12, 0.5, 0.185}, "board");
    for (const double s : {-1.0, 1.0})
        m.collide_hull({{-0.12, s * 0.36 - 0.012, 0},
                        {-0.12, s * 0.36 + 0.012, 0},
                        {0.08, s * 0.36 + 0.012, 0.16},
                        {0.08, s * 0.36 - 0.012, 0.16},
                        {-0.12, s * 0.36 + 0.012, 0.16},
                        {-0.12, s * 0.36 - 0.012, 0.16}});
    m.anchor("top", {0, 0, 0.185});
}
void carcass(Maker& m, double d, double w, double h, double t, int shelves) {
    for (const double s : {-1.0, 1.0}) {
        m.piece("side");
        m.add("side", slab({-d / 2, s * w / 2 - (s > 0 ? t : 0), 0},
                           {d / 2, s * w / 2 + (s > 0 ? 0 : t), h}, 0.004));
    }
    m.piece("back");
    m.add("back", slab({-d / 2, -w / 2, 0.02}, {-d / 2 + 0.008, w / 2, h}, 0.001));
    for (int i = 0; i <= shelves; ++i) {
        const double z = 0.06 + (h - 0.06 - t) * i / shelves;
        m.piece("shelf");
        m.add("shelf", slab({-d / 2, -w / 2 + t, z}, {d / 2 - 0.004, w / 2 - t, z + t}, 0.003));
        m.anchor("shelf_" + std::to_string(i), {0, 0, z + t});
    }
}
void make_bookcase(Maker& m) {
    m.mass(60);
    carcass(m, 0.3, 0.9, 1.9, 0.022, 5);
    static const unsigned kHex[7] = {0x8a2424, 0x1f4a7a, 0x2f6a3a, 0xc89a3a,
                                     0x4a2a5a, 0xd8d0c0, 0x2a2a2e};
    base::Rng rng(m.request().seed);
    m.ghost();
    for (int shelf = 0; shelf < 5; ++shelf) {
        const double z = 0.082 + (1.9 - 0.082) * shelf / 5;
        for (double y = -0.42; y < (shelf % 2 ? 0.2 : 0.36);) {
            const double t = rng.uniform(0.022, 0.05), h = rng.uniform(0.2, 0.29);
            m.add("book", slab({-0.1, y, z}, {0.1, y + t * 0.95, z + h}, 0.003),
                  of("paper", kHex[rng.below(7)]));
            y += t;
        }
    }
}
void make_cupboard(Maker& m) {
    m.mass(55);
    m.add("body", slab({-0.25, -0.5, 0.06}, {0.25, 0.5, 1.8}, 0.006));
    m.add("cornice", slab({-0.27, -0.52, 1.76}, {0.28, 0.52, 1.8}, 0.01));
    m.add("plinth", slab({-0.25, -0.49, 0}, {0.24, 0.49, 0.08}, 0.004));
    for (const double s : {-1.0, 1.0}) {
        const double y0 = std::min(s * 0.005, s * 0.485), y1 = std::max(s * 0.005, s * 0.485);
        m.add("door", slab({0.25, y0, 0.1}, {0.27, y1, 1.74}, 0.006));
        for (const auto& [z0, z1] : {std::pair{0.18, 0.86}, {0.96, 1.66}})
            m.add("panel", slab({0.265, y0 + 0.07, z0}, {0.276, y1 - 0.07, z1}, 0.008));
        m.add("knob", sphere({0.29, s * 0.045, 0.93}, 0.018, 20), of("brass"));
    }
    m.collide_box({-0.26, -0.51, 0}, {0.275, 0.51, 1.8});
}
void make_drawer(Maker& m) {
    m.mass(3);
    const double x = 0.45, y = 0.5, h = 0.16, t = 0.014;
    m.piece("floor");
    m.add("floor", slab({-x / 2, -y / 2, 0.01}, {x / 2, y / 2, 0.02}, 0.001));
    m.piece("front");
    m.add("front", slab({x / 2, -y / 2 - 0.01, 0}, {x / 2 + 0.02, y / 2 + 0.01, h + 0.02}, 0.006));
    m.add("knob", sphere({x / 2 + 0.035, 0, 0.09}, 0.018, 20), of("brass"));
    m.piece("back");
    m.add("back", slab({-x / 2, -y / 2, 0}, {-x / 2 + t, y / 2, h}, 0.002));
    for (const double s : {-1.0, 1.0}) {
        m.piece("side");
        m.add("side", slab({-x / 2, s * y / 2 - (s > 0 ? t : 0), 0},
                           {x / 2, s * y / 2 + (s > 0 ? 0 : t), h}, 0.002));
    }
    m.hollow();
}
Mesh shade(double r0, double r1, double z0, double z1) {
    return lathe({{r0, z0}, {r1, z1}, {r1 - 0.003, z1}, {r0 - 0.003, z0}}, 0.001, 56, true);
}
void make_lamp(Maker& m) {
    m.colour(0xf0e2c0);
    m.piece("base");
    m.add("base",
          lathe(joined({{0, 0}, {0.075, 0}, {0.075, 0.01}}, spline({{0.05, 0.018},
                                                                    {0.03, 0.03},
                                                                    {0.07, 0.09},
                                                                    {0.06, 0.15},
                                                                    {0.018, 0.2},
                                                                    {0.012, 0.24},
                                                                    {0, 0.245}})),
                0.003, 48),
          of("ceramic", 0x3a6a78));
    m.piece("shade");
    m.add("shade", shade(0.15, 0.095, 0.23, 0.43));
    m.ghost();
    m.add("bulb", sphere({0, 0, 0.3}, 0.032, 24), Look(of("glass", 0xfff2d0)).glowing(4));
    m.add("stem", rod({0, 0, 0.24}, {0, 0, 0.28}, 0.01), of("brass"));
    m.add("ring",
          torus({0, 0, 0.43}, 0.094, 0.003, 48, 8).add(torus({0, 0, 0.23}, 0.149, 0.003, 48, 8)),
          of("brass"));
    m.mass(1.5);
    m.hollow();
}
void make_floor_lamp(Maker& m) {
    m.piece("base");
    m.add("base", lathe({{0, 0}, {0.15, 0}, {0.15, 0.015}, {0.02, 0.03}, {0, 0.03}}, 0.005, 48),
          of("iron"));
    m.add("pole", rod({0, 0, 0.02}, {0, 0, 1.3}, 0.012), of("iron"));
    m.piece("shade");
    m.add("shade", shade(0.24, 0.15, 1.26, 1.6), of("fabric", 0xf0e2c0));
    m.ghost();
    m.add("bulb", sphere({0, 0, 1.4}, 0.04, 24), Look(of("glass", 0xfff2d0)).glowing(4));
    m.mass(6);
}
void make_chandelier(Maker& m) {
    m.colour(0xdfeef2);
    m.add("column",
          lathe(spline({{0, 0.05},
                        {0.03, 0.07},
                        {0.06, 0.13},
                        {0.03, 0.2},
                        {0.02, 0.3},
                        {0.05, 0.38},
                        {0.02, 0.46},
                        {0.015, 0.62},
                        {0, 0.62}}),
                0, 32),
          of("brass"));
    Mesh drops;
    for (int i = 0; i < 8; ++i) {
        const double a = i * 45.0;
        m.add("arm",
              tube({{0.03, 0, 0.18}, {0.2, 0, 0.1}, {0.36, 0, 0.14}, {0.38, 0, 0.24}}, {0.009})
                  .turn_z(a),
              of("brass"));
        m.add("dish",
              lathe({{0, 0.235}, {0.045, 0.245}, {0.05, 0.255}, {0, 0.25}}, 0.002, 24)
                  .move(0.38, 0, 0)
                  .turn_z(a),
              of("brass"));
        m.add("candle", rod({0.38, 0, 0.25}, {0.38, 0, 0.34}, 0.012).turn_z(a),
              of("wax", 0xf6f0e0));
        m.add("flame",
              lathe(spline({{0, 0.34}, {0.012, 0.36}, {0.008, 0.385}, {0, 0.41}}), 0, 16)
                  .move(0.38, 0, 0)
                  .turn_z(a),
              Look(of("glass", 0xffe0a0)).glowing(5));
        for (const double r : {0.12, 0.2, 0.28, 0.37})
            drops.add(facets({{r, 0, 0.1},
                              {r + 0.012, 0, 0.07},
                              {r - 0.012, 0, 0.07},
                              {r, 0.012, 0.07},
                              {r, -0.012, 0.07},
                              {r, 0, 0.03}})
                          .turn_z(a + (r > 0.3 ? 0 : 10)));
    }
    m.add("drops", drops);
    m.add("pendant", facets({{0, 0, 0.06},
                             {0.035, 0, 0.02},
                             {-0.035, 0, 0.02},
                             {0, 0.035, 0.02},
                             {0, -0.035, 0.02},
                             {0, 0, -0.05}}));
    m.add(
        "chain",
        [] {
            Mesh c;
            for (int i = 0; i < 4; ++i)
                c.add(torus({}, 0.018, 0.005, 16, 8)
                          .turn_x(90)
                          .turn_z(90 * (i % 2))
                          .move(0, 0, 0.635 + 0.028 * i));
            return c;
        }(),
        of("brass"));
    m.anchor("top", {0, 0, 0.74});
    m.mass(8);
}
void frame_around(Maker& m, double w, double h, double t, double d, const Look& look) {
    const auto f = [&](double y0, double y1, double z0, double z1) {
        m.add("frame", slab({-d / 2, y0, z0}, {d / 2, y1, z1}, 0.25 * std::min(d, t)), look);
    };
    f(-w / 2, w / 2, 0, t);
    f(-w / 2, w / 2, h - t, h);
    f(-w / 2, -w / 2 + t, 0, h);
    f(w / 2 - t, w / 2, 0, h);
}
void make_mirror(Maker& m) {
    frame_around(m, 0.7, 1.2, 0.07, 0.04, of("gold", 0xb8893a));
    m.add("back", slab({-0.018, -0.33, 0.03}, {0.0, 0.33, 1.17}, 0.001), of("wood"));
    m.add("glass", slab({0.0, -0.3, 0.05}, {0.006, 0.3, 1.15}, 0.001), of("silver").with("mirror"));
    m.mass(12);
}
void make_picture_frame(Maker& m) {
    frame_around(m, 0.6, 0.46, 0.05, 0.03, own());
    m.add("mat", slab({-0.012, -0.28, 0.02}, {0.0, 0.28, 0.44}, 0.0005), of("paper", 0xf4f0e4));
    // A landscape: sky, hills, sun.
    m.add("sky", slab({0, -0.2, 0.11}, {0.0012, 0.2, 0.35}, 0), of("paper", 0x9cc8e8));
    const auto hill = [&](double y, double w, double h, unsigned hex, double x) {
        Curve c{{y - w, 0.11}};
        for (int i = 1; i < 16; ++i) {
            const double t = i / 16.0;
            c.push_back({y - w + 2 * w * t, 0.11 + h * std::sin(kPi * t)});
        }
        c.push_back({y + w, 0.11});
        std::reverse(c.begin(), c.end());
        for (Vec2& p : c) p.x = std::clamp(p.x, -0.2, 0.2);
        m.add("hill", extrude_x(c, 0.0012, x, 0), of("paper", hex));
    };
    hill(-0.06, 0.14, 0.12, 0x4f8a4a, 0.002);
    hill(0.09, 0.11, 0.08, 0x2f6a3a, 0.0026);
    m.add("sun", rod({0.001, 0.1, 0.29}, {0.0024, 0.1, 0.29}, 0.026, -1, 24, 0),
          of("paper", 0xf8d048));
    m.mass(1);
}
void dial(Maker& m, Vec3 c, double r) {
    m.add("dial", rod(c, c + Vec3{0.004, 0, 0}, r, -1, 64, 0.001), of("paper", 0xf8f5ea));
    Mesh ticks;
    for (int i = 0; i < 12; ++i)
        ticks.add(box({c.x + 0.005, 0, r * 0.86}, {0.002, i % 3 ? r * 0.03 : r * 0.06, r * 0.14}, 0)
                      .turn_x(30 * i)
                      .move(0, c.y, c.z));
    m.add("ticks", ticks, of("plastic", 0x141414));
    m.add("hour hand",
          box({c.x + 0.007, 0, r * 0.22}, {0.002, r * 0.06, r * 0.52}, 0.0005)
              .turn_x(58)
              .move(0, c.y, c.z),
          of("iron", 0x101012));
    m.add("minute hand",
          box({c.x + 0.009, 0, r * 0.34}, {0.002, r * 0.04, r * 0.78}, 0.0005)
              .turn_x(-62)
              .move(0, c.y, c.z),
          of("iron", 0x101012));
    m.add("pin", rod(c, c + Vec3{0.013, 0, 0}, r * 0.05), of("brass"));
}
void make_clock(Maker& m) {
    m.add("case", lathe({{0, 0},
                         {0.15, 0},
                         {0.15, 0.025},
                         {0.143, 0.04},
                         {0.13, 0.04},
                         {0.125, 0.022},
                         {0, 0.022}},
                        0.005, 64)
                      .turn_y(90)
                      .move(0, 0, 0.15));
    dial(m, {0.02, 0, 0.15}, 0.125);
    m.mass(0.9);
}
void make_grandfather_clock(Maker& m) {
    m.colour(0x6a3d20);
    m.add("base", slab({-0.15, -0.26, 0}, {0.15, 0.26, 0.4}, 0.012));
    m.add("plinth", slab({-0.17, -0.28, 0}, {0.17, 0.28, 0.08}, 0.012));
    m.add("trunk", slab({-0.12, -0.2, 0.4}, {0.12, 0.2, 1.4}, 0.01));
    m.add("hood", slab({-0.15, -0.25, 1.4}, {0.15, 0.25, 1.86}, 0.012));
    m.add("cornice", slab({-0.17, -0.28, 1.84}, {0.17, 0.28, 1.89}, 0.012)
                         .add(slab({-0.17, -0.28, 1.4}, {0.17, 0.28, 1.44}, 0.012))
                         .add(slab({-0.15, -0.24, 0.4}, {0.15, 0.24, 0.44}, 0.012)));
    m.add("crest", extrude_x(spline({{-0.24, 1.88},
                                     {0.24, 1.88},
                                     {0.2, 1.92},
                                     {0.08, 1.93},
                                     {0, 2.0},
                                     {-0.08, 1.93},
                                     {-0.2, 1.92}},
                                    true, 5),
                             -0.14, 0.14, 0.01));
    dial(m, {0.15, 0, 1.64}, 0.17);
    m.add("window", slab({0.12, -0.13, 0.55}, {0.123, 0.13, 1.32}, 0), of("glass", 0x1c1410));
    m.add("pendulum",
          rod({0.126, 0, 0.72}, {0.126, 0, 1.3}, 0.006)
              .add(rod({0.122, 0, 0.7}, {0.134, 0, 0.7}, 0.07, -1, 32)),
          of("brass"));
    for (const double s : {-1.0, 1.0})
        m.add("weight",
              rod({0.126, s * 0.07, 0.9}, {0.126, s * 0.07, 1.1}, 0.022)
                  .add(rod({0.126, s * 0.07, 1.1}, {0.126, s * 0.07, 1.3}, 0.003)),
              of("brass"));
    m.mass(45);
}
void make_rug(Maker& m) {
    m.colour(0x8f2a2e);
    m.add("rug", slab({-0.7, -0.98, 0}, {0.7, 0.98, 0.012}, 0.004));
    const auto band = [&](double k, unsigned hex, double z) {
        m.add("band", slab({-0.7 * k, -0.98 * k, 0.01}, {0.7 * k, 0.98 * k, z}, 0.0005), own(hex));
    };
    band(0.9, 0xd8b878, 0.0128);
    band(0.86, 0x1f3550, 0.0136);
    band(0.72, 0xd8b878, 0.0144);
    band(0.69, 0x8f2a2e, 0.0152);
    Mesh diamonds;
    for (int i = -1; i <= 1; ++i)
        diamonds.add(extrude({{-0.26, 0}, {0, -0.2}, {0.26, 0}, {0, 0.2}}, 0.01, 0.016, 0)
                         .move(0, 0.42 * i, 0));
    m.add("diamonds", diamonds, own(0xd8b878));
    Mesh fringe;
    for (int i = 0; i < 46; ++i)
        for (const double s : {-1.0, 1.0})
            fringe.add(slab({-0.69 + 0.03 * i, s * 1.0 - 0.025, 0},
                            {-0.68 + 0.03 * i, s * 1.0 + 0.025, 0.005}, 0));
    m.add("fringe", fringe, own(0xe8dcc0));
    m.mass(6);
}
void make_curtain(Maker& m) {
    m.colour(0x8a2f3a);
    for (const double s : {-1.0, 1.0}) {
        m.add("curtain", sheet(
                             60, 10,
                             [=](double u, double v) {
                                 const double tie =
                                     1 - 0.45 * std::exp(-std::pow((v - 0.42) / 0.18, 2));
                                 return Vec3{0.05 * std::sin(u * 2 * kPi * 6) * (0.6 + 0.4 * tie),
                                             s * (0.72 - u * 0.62 * tie), v * 2.1};
                             },
                             0.006));
        m.add("tie",
              tube({{0.08, s * 0.7, 0.9}, {0.08, s * 0.38, 0.86}, {-0.07, s * 0.5, 0.88}}, {0.02}),
              own(0xd8b060));
    }
    m.add("rod", rod({0, -0.85, 2.13}, {0, 0.85, 2.13}, 0.018), of("brass"));
    m.add("finial", sphere({0, 0.87, 2.13}, 0.035, 20).mirror_y(), of("brass"));
    m.mass(3);
}
// A pillow: a ball drawn into a rounded square, thin at the seam, its corners pulled out.
Mesh cushion(double x, double y, double h) {
    return sphere({}, 1, 64).warp([=](Vec3 p) {
        const double r = std::hypot(p.x, p.y);
        const double square =
            r < 1e-9 ? 1
                     : r / std::pow(std::pow(std::abs(p.x), 5) + std::pow(std::abs(p.y), 5), 0.2);
        const double u = p.x * square, v = p.y * square;
        return Vec3{x * u, y * v, h * p.z * (0.55 + 0.45 * (1 - u * u) * (1 - v * v))};
    });
}
void make_pillow(Maker& m) {
    m.colour(0xf4f2ec);
    m.add("pillow", cushion(0.25, 0.35, 0.1));
    m.mass(0.8);
}
void make_mattress(Maker& m) {
    m.colour(0xf0ede4);
    m.add("mattress", slab({-1, -0.7, 0}, {1, 0.7, 0.22}, 0.05));
    for (const double z : {0.04, 0.18}) {
        const Curve o = rounded_rectangle(2.0, 1.4, 0.05);
        std::vector<Vec3> p;
        for (const Vec2 q : o) p.push_back({q.x, q.y, z});
        m.add("piping", tube(p, {0.01}, {.sides = 8, .steps = 1, .closed = true}), own(0x6a86a8));
    }
    Mesh dots;
    for (int i = -4; i <= 4; ++i)
        for (int j = -2; j <= 2; ++j)
            dots.add(ellipsoid({i * 0.21, j * 0.25, 0.221}, {0.02, 0.02, 0.006}, 10));
    m.add("buttons", dots, own(0x6a86a8));
    m.mass(22);
}
void make_door(Maker& m) {
    m.piece("frame");
    m.ghost();
    m.add("leaf", slab({-0.02, -0.42, 0.0}, {0.02, 0.42, 2.0}, 0.004));
    for (const double sx : {-1.0, 1.0})
        for (const double s : {-1.0, 1.0})
            for (const auto& [z0, z1] : {std::pair{0.18, 0.85}, {1.05, 1.85}})
                m.add("panel", slab({sx * 0.021 - 0.006, s * 0.2 - 0.14, z0},
                                    {sx * 0.021 + 0.006, s * 0.2 + 0.14, z1}, 0.006));
    for (const double sx : {-1.0, 1.0}) {
        m.add("handle",
              rod({sx * 0.02, 0.36, 0.98}, {sx * 0.06, 0.36, 0.98}, 0.009)
                  .add(capsule({sx * 0.06, 0.365, 0.98}, {sx * 0.06, 0.25, 0.98}, 0.009)),
              of("brass"));
        m.add("plate",
              slab({sx * 0.022 - 0.003, 0.335, 0.88}, {sx * 0.022 + 0.003, 0.385, 1.06}, 0.002),
              of("brass"));
    }
    for (const double z : {0.25, 1.75})
        m.add("hinge", rod({0.02, -0.42, z - 0.05}, {0.02, -0.42, z + 0.05}, 0.01), of("brass"));
    m.collide_box({-0.02, -0.42, 0}, {0.02, 0.42, 2.0});
    m.mass(25);
}
void make_window(Maker& m) {
    frame_around(m, 0.9, 1.2, 0.06, 0.08, of("wood", 0xf2f0ea));
    m.add("bars",
          slab({-0.02, -0.02, 0.03}, {0.02, 0.02, 1.17})
              .add(slab({-0.02, -0.42, 0.58}, {0.02, 0.42, 0.62})),
          of("wood", 0xf2f0ea));
    m.add("pane", slab({-0.003, -0.4, 0.05}, {0.003, 0.4, 1.15}, 0));
    m.add("sill", slab({-0.04, -0.5, -0.03}, {0.12, 0.5, 0.01}, 0.008), of("wood", 0xf2f0ea));
    m.mass(18);
}
void make_ladder(Maker& m) {
    for (const double s : {-1.0, 1.0}) {
        m.piece("rail");
        m.add("rail", slab({-0.035, s * 0.2 - 0.015, 0}, {0.035, s * 0.2 + 0.015, 2.4}, 0.005));
    }
    m.piece("rungs");
    for (int i = 0; i < 8; ++i)
        m.add("rung", rod({0, -0.2, 0.25 + 0.28 * i}, {0, 0.2, 0.25 + 0.28 * i}, 0.016, -1, 16));
    m.mass(7);
}
void make_staircase(Maker& m) {
    // Nine steps up along +x.
    for (int i = 0; i < 9; ++i) {
        m.piece("step");
        m.add("riser",
              slab({0.3 * i, -0.5, 0}, {0.3 * (i + 1), 0.5, 0.18 * (i + 1) - 0.03}, 0.003));
        m.add("tread",
              slab({0.3 * i - 0.025, -0.52, 0.18 * (i + 1) - 0.03},
                   {0.3 * (i + 1), 0.52, 0.18 * (i + 1)}, 0.008),
              own().with("wood_grain"));
    }
    m.ghost();
    for (int i = 0; i < 9; ++i)
        m.add("baluster",
              rod({0.3 * i + 0.15, 0.48, 0.18 * (i + 1)}, {0.3 * i + 0.15, 0.48, 0.18 * i + 1.0},
                  0.014, -1, 12),
              own(0xf2efe6));
    m.add("handrail", tube({{0.05, 0.48, 0.97}, {2.65, 0.48, 2.53}}, {0.03}, {.steps = 1}));
    m.add("newel", slab({-0.02, 0.44, 0.18}, {0.08, 0.54, 1.1}, 0.012));
    m.anchor("top", {2.55, 0, 1.62});
    m.anchor("bottom", {-0.3, 0, 0});
    m.collide_beam({0.05, 0.48, 0.97}, {2.65, 0.48, 2.53}, 0.06, 0.06, "handrail");
    m.mass(150);
}
void make_billiard_table(Maker& m) {
    // 9-foot table: bed 2.54 x 1.27 m, 0.76 m high (WPA).
    const double x = 1.27, y = 0.635, z = 0.76, rail = 0.13;
    m.colour(0x5a2f18);
    m.piece("bed");
    m.add("cloth", slab({-x, -y, z - 0.03}, {x, y, z}, 0), of("felt", 0x1f6b4a));
    m.ghost();
    const double corner = 0.075, side = 0.08;
    const auto rail_part = [&](Vec3 lo, Vec3 hi) {
        m.add("rail", slab(lo, hi, 0.02));
        m.collide_box(lo, hi, "cushion");
    };
    for (const double s : {-1.0, 1.0}) {
        for (const double e : {-1.0, 1.0}) {
            const double x0 = e > 0 ? side : -x + corner, x1 = e > 0 ? x - corner : -side;
            m.add("cushion",
                  slab({x0, std::min(s * y, s * (y + 0.05)), z - 0.01},
                       {x1, std::max(s * y, s * (y + 0.05)), z + 0.036}, 0.012),
                  of("felt", 0x1a5c40));
            m.collide_box({x0, std::min(s * y, s * (y + 0.05)), z - 0.01},
                          {x1, std::max(s * y, s * (y + 0.05)), z + 0.036}, "cushion");
        }
        m.add("cushion",
              slab({std::min(s * x, s * (x + 0.05)), -y + corner, z - 0.01},
                   {std::max(s * x, s * (x + 0.05)), y - corner, z + 0.036}, 0.012),
              of("felt", 0x1a5c40));
        m.collide_box({std::min(s * x, s * (x + 0.05)), -y + corner, z - 0.01},
                      {std::max(s * x, s * (x + 0.05)), y - corner, z + 0.036}, "cushion");
        rail_part({-x - rail, std::min(s * (y + 0.05), s * (y + rail)), z - 0.08},
                  {x + rail, std::max(s * (y + 0.05), s * (y + rail)), z + 0.04});
        rail_part({std::min(s * (x + 0.05), s * (x + rail)), -y - rail, z - 0.08},
                  {std::max(s * (x + 0.05), s * (x + rail)), y + rail, z + 0.04});
        for (int i = -1; i <= 1; ++i) {
            m.add("pocket",
                  rod({i * (x + 0.025), s * (y + 0.028), z - 0.04},
                      {i * (x + 0.025), s * (y + 0.028), z + 0.041}, 0.062, -1, 32, 0.002),
                  of("leather", 0x0c0b0a));
        }
    }
    m.add("skirt", slab({-x - 0.06, -y - 0.06, z - 0.25}, {x + 0.06, y + 0.06, z - 0.03}, 0.01));
    for (const double sx : {-1.0, 1.0})
        for (const double sy : {-1.0, 1.0}) {
            m.add(
                "leg",
                lathe(joined(
                          {{0, 0}, {0.06, 0}},
                          joined(spline({{0.055, 0.03}, {0.045, 0.1}, {0.075, 0.35}, {0.085, 0.5}}),
                                 {{0.09, 0.52}, {0, 0.52}})),
                      0.006, 32)
                    .move(sx * (x - 0.15), sy * (y - 0.1), 0));
            m.collide_rod({sx * (x - 0.15), sy * (y - 0.1), 0},
                          {sx * (x - 0.15), sy * (y - 0.1), 0.52}, 0.07);
        }
    m.anchor("top", {0, 0, z});
    m.mass(350);
}
void make_ping_pong_table(Maker& m) {
    // 2.74 x 1.525 x 0.76 m, net 15.25 cm (ITTF).
    m.colour(0x1f5a8a);
    m.piece("top");
    m.add("top", slab({-1.37, -0.7625, 0.74}, {1.37, 0.7625, 0.76}, 0.003));
    m.ghost();
    Mesh lines = slab({-1.37, -0.003, 0.76}, {1.37, 0.003, 0.7606}, 0);
    for (const double s : {-1.0, 1.0})
        lines.add(slab({-1.37, s * 0.7525 - 0.01, 0.76}, {1.37, s * 0.7525 + 0.01, 0.7606}, 0))
            .add(slab({s * 1.36 - 0.01, -0.7625, 0.76}, {s * 1.36 + 0.01, 0.7625, 0.7606}, 0));
    m.add("lines", lines, own(0xf6f6f4));
    m.piece("net");
    Mesh net;
    for (int i = -30; i <= 30; ++i)
        net.add(slab({-0.001, i * 0.03 - 0.0012, 0.76}, {0.001, i * 0.03 + 0.0012, 0.91}, 0));
    for (int i = 1; i < 6; ++i)
        net.add(slab({-0.001, -0.91, 0.76 + 0.025 * i}, {0.001, 0.91, 0.7624 + 0.025 * i}, 0));
    m.add("net", net, of("cotton", 0x1c2a3a));
    m.add("tape", slab({-0.003, -0.915, 0.9}, {0.003, 0.915, 0.9125}, 0.001),
          of("cotton", 0xf6f6f4));
    for (const double s : {-1.0, 1.0})
        m.add("post", rod({0, s * 0.91, 0.72}, {0, s * 0.91, 0.915}, 0.01), of("steel", 0x222428));
    for (const double sx : {-1.0, 1.0})
        for (const double sy : {-1.0, 1.0}) {
            m.piece("leg");
            m.add("leg",
                  slab({sx * 1.1 - 0.02, sy * 0.6 - 0.02, 0},
                       {sx * 1.1 + 0.02, sy * 0.6 + 0.02, 0.74}),
                  of("steel", 0x2a2c30));
        }
    m.anchor("top", {0.7, 0, 0.76});
    m.mass(80);
}
void make_piano(Maker& m) {
    // Upright, keys toward +x, 52 white and 36 black keys.
    m.colour(0x141212);
    const double w = 0.74;
    m.piece("body");
    m.add("body", slab({-0.3, -w, 0}, {0.0, w, 1.2}, 0.01));
    m.add("lid", slab({-0.32, -w - 0.015, 1.19}, {0.02, w + 0.015, 1.22}, 0.008));
    m.piece("keyboard");
    m.add("key bed", slab({-0.02, -w, 0.6}, {0.3, w, 0.68}, 0.01));
    for (const double s : {-1.0, 1.0}) {
        m.add("cheek", slab({-0.02, s * (w - 0.03) - 0.03, 0.6},
                            {0.31, s * (w - 0.03) + 0.03, 0.77}, 0.015));
    }
    m.add("fall board", slab({0, -w + 0.06, 0.68}, {0.05, w - 0.06, 0.86}, 0.01));
    Mesh white, black;
    const double kw = 1.3 / 52;
    for (int i = 0; i < 52; ++i) {
        const double y = 0.65 - (i + 0.5) * kw;
        white.add(slab({0.05, y - kw * 0.47, 0.68}, {0.2, y + kw * 0.47, 0.7}, 0.0018));
        const int note = (i + 5) % 7;  // the lowest is an A
        if (i < 51 && note != 2 && note != 6)
            black.add(slab({0.05, y - kw * 0.78, 0.69}, {0.145, y - kw * 0.22, 0.712}, 0.002));
    }
    m.add("white keys", white, of("plastic", 0xf8f5ec));
    m.add("black keys", black, of("plastic", 0x0c0c0d));
    m.ghost();
    m.add("music desk", box({}, {0.015, 0.7, 0.26}, 0.004).turn_y(-15).move(0.03, 0, 1.02));
    m.add("panel", slab({-0.004, -0.6, 0.1}, {0.006, 0.6, 0.55}, 0.005));
    for (int i = -1; i <= 1; ++i)
        m.add(
            "pedal",
            loft({{0.0, 0.05, 0.012, 0.006, 0.006}, {0.1, 0.045, 0.022, 0.006, 0.006}}, 2, 16, true)
                .move(0, 0.09 * i, 0),
            of("brass"));
    for (const double s : {-1.0, 1.0}) {
        m.piece("leg");
        m.add("leg", lathe(joined({{0, 0.03}, {0.03, 0.03}},
                                  joined(spline({{0.025, 0.1}, {0.035, 0.35}, {0.045, 0.55}}),
                                         {{0.05, 0.6}, {0, 0.6}})),
                           0.004, 24)
                         .move(0.24, s * (w - 0.06), 0));
        m.add("toe",
              slab({-0.02, s * (w - 0.06) - 0.04, 0}, {0.3, s * (w - 0.06) + 0.04, 0.045}, 0.012));
    }
    m.mass(220);
}
void make_bathtub(Maker& m) {
    m.colour(0xf6f5f2);
    const auto wall = [](double x, double y, double z) {
        std::vector<Vec3> r;
        for (int i = 0; i < 48; ++i) {
            const double a = 2 * kPi * i / 48, c = std::cos(a), s = std::sin(a);
            r.push_back({x * std::copysign(std::pow(std::abs(c), 0.6), c),
                         y * std::copysign(std::pow(std::abs(s), 0.6), s), z});
        }
        return r;
    };
    m.ghost();
    m.add("tub", loft_rings({wall(0.5, 0.22, 0.12), wall(0.6, 0.28, 0.14), wall(0.7, 0.33, 0.3),
                             wall(0.75, 0.36, 0.56), wall(0.8, 0.4, 0.58), wall(0.8, 0.4, 0.61),
                             wall(0.77, 0.37, 0.62), wall(0.72, 0.33, 0.6), wall(0.66, 0.29, 0.3),
                             wall(0.55, 0.22, 0.18), wall(0.3, 0.12, 0.17)}));
    for (const double sx : {-1.0, 1.0})
        for (const double sy : {-1.0, 1.0})
            m.add("foot",
                  tube({{sx * 0.5, sy * 0.24, 0.2},
                        {sx * 0.6, sy * 0.32, 0.12},
                        {sx * 0.6, sy * 0.32, 0.02}},
                       {0.045, 0.035, 0.025}),
                  of("brass"));
    m.add("tap",
          tube({{-0.76, 0, 0.6}, {-0.77, 0, 0.76}, {-0.68, 0, 0.8}, {-0.62, 0, 0.74}}, {0.018}),
          of("steel"));
    for (const double s : {-1.0, 1.0})
        m.add("knob",
              rod({-0.77, s * 0.1, 0.6}, {-0.77, s * 0.1, 0.68}, 0.02)
                  .add(sphere({-0.77, s * 0.1, 0.69}, 0.03, 16)),
              of("steel"));
    m.collide_box({-0.6, -0.28, 0.1}, {0.6, 0.28, 0.18}, "floor");
    for (const double s : {-1.0, 1.0}) {
        m.collide_hull({{-0.6, s * 0.26, 0.12},
                        {0.6, s * 0.26, 0.12},
                        {-0.75, s * 0.4, 0.61},
                        {0.75, s * 0.4, 0.61},
                        {-0.7, s * 0.35, 0.61},
                        {0.7, s * 0.35, 0.61},
                        {-0.6, s * 0.22, 0.16},
                        {0.6, s * 0.22, 0.16}},
                       "wall");
        m.collide_hull({{s * 0.55, -0.26, 0.12},
                        {s * 0.55, 0.26, 0.12},
                        {s * 0.8, -0.3, 0.61},
                        {s * 0.8, 0.3, 0.61},
                        {s * 0.73, -0.3, 0.61},
                        {s * 0.73, 0.3, 0.61},
                        {s * 0.5, -0.2, 0.16},
                        {s * 0.5, 0.2, 0.16}},
                       "wall");
        for (const double e : {-1.0, 1.0})
            m.collide_rod({s * 0.58, e * 0.3, 0}, {s * 0.58, e * 0.3, 0.14}, 0.03);
    }
    m.hollow();
    m.mass(100);
}
void make_fridge(Maker& m) {
    m.colour(0xdfe3e6);
    m.add("body", slab({-0.32, -0.32, 0.02}, {0.28, 0.32, 1.8}, 0.02));
    m.add("freezer door", slab({0.285, -0.32, 1.24}, {0.34, 0.32, 1.8}, 0.015));
    m.add("door", slab({0.285, -0.32, 0.06}, {0.34, 0.32, 1.22}, 0.015));
    m.add("gap", slab({0.2, -0.31, 0.03}, {0.3, 0.31, 1.79}, 0.002), of("rubber", 0x222222));
    m.add("handle",
          capsule({0.375, 0.26, 1.3}, {0.375, 0.26, 1.55}, 0.011)
              .add(capsule({0.375, 0.26, 0.75}, {0.375, 0.26, 1.16}, 0.011)),
          of("steel", 0x888c90));
    for (const double z : {1.3, 1.55, 0.75, 1.16})
        m.add("stud", rod({0.33, 0.26, z}, {0.375, 0.26, z}, 0.009), of("steel", 0x888c90));
    m.mass(65);
}
void make_stove(Maker& m) {
    m.colour(0xe6e7e8);
    m.add("body", slab({-0.3, -0.3, 0}, {0.29, 0.3, 0.86}, 0.01));
    m.add("hob", slab({-0.3, -0.305, 0.86}, {0.31, 0.305, 0.885}, 0.006), of("steel", 0x1a1b1d));
    m.add("back", slab({-0.3, -0.305, 0.87}, {-0.27, 0.305, 0.98}, 0.01));
    for (const double x : {-0.13, 0.15})
        for (const double y : {-0.15, 0.15}) {
            m.add("burner",
                  torus({x, y, 0.9}, 0.085, 0.007, 32, 8)
                      .add(slab({x - 0.1, y - 0.006, 0.893}, {x + 0.1, y + 0.006, 0.91}, 0.002))
                      .add(slab({x - 0.006, y - 0.1, 0.893}, {x + 0.006, y + 0.1, 0.91}, 0.002)),
                  of("iron", 0x0e0e0f));
        }
    m.add("door", slab({0.29, -0.28, 0.14}, {0.315, 0.28, 0.66}, 0.01));
    m.add("window", slab({0.314, -0.2, 0.25}, {0.318, 0.2, 0.52}, 0.001), of("glass", 0x15161a));
    m.add("handle",
          capsule({0.35, -0.22, 0.61}, {0.35, 0.22, 0.61}, 0.012)
              .add(rod({0.31, 0.2, 0.61}, {0.35, 0.2, 0.61}, 0.009).mirror_y()),
          of("steel", 0x888c90));
    m.add("panel", slab({0.28, -0.3, 0.7}, {0.3, 0.3, 0.85}, 0.005), of("steel", 0x2a2c2f));
    for (int i = -2; i <= 2; ++i)
        m.add("knob", rod({0.3, 0.11 * i, 0.775}, {0.335, 0.11 * i, 0.775}, 0.026, 0.022, 24),
              of("steel", 0xc8ccd0));
    m.mass(50);
}
void make_washing_machine(Maker& m) {
    m.colour(0xf2f3f4);
    m.add("body", slab({-0.28, -0.3, 0.02}, {0.28, 0.3, 0.85}, 0.015));
    m.add("door ring",
          lathe({{0.13, 0}, {0.2, 0}, {0.2, 0.025}, {0.175, 0.04}, {0.14, 0.035}}, 0.005, 56, true)
              .turn_y(90)
              .move(0.278, 0, 0.42),
          of("steel", 0xb8bcc0));
    m.add("pane", ellipsoid({0.28, 0, 0.42}, {0.035, 0.145, 0.145}, 40), of("glass", 0x2c343c));
    m.add("panel", slab({0.27, -0.295, 0.71}, {0.29, 0.295, 0.84}, 0.006), of("plastic", 0xdde0e2));
    m.add("tray", slab({0.288, -0.28, 0.73}, {0.296, -0.1, 0.825}, 0.004));
    m.add("dial", rod({0.285, 0.06, 0.775}, {0.325, 0.06, 0.775}, 0.036, 0.032, 32),
          of("plastic", 0xa8acb0));
    m.add("display", slab({0.289, 0.12, 0.75}, {0.293, 0.2, 0.8}, 0.001), of("glass", 0x101418));
    for (int i = 0; i < 3; ++i)
        m.add("button",
              rod({0.288, 0.22 + 0.024 * i, 0.775}, {0.297, 0.22 + 0.024 * i, 0.775}, 0.008),
              of("plastic", 0x60666c));
    m.mass(65);
}

constexpr Noun kNouns[] = {
    {"table", 1.6, "wood", make_table},
    {"coffee_table", 1.1, "wood", make_coffee_table},
    {"desk", 1.4, "wood", make_desk},
    {"chair", 0.9, "wood", make_chair},
    {"armchair", 0.95, "fabric", make_armchair},
    {"sofa", 2, "fabric", make_sofa},
    {"stool", 0.65, "wood", make_stool},
    {"bench", 1.5, "wood", make_bench},
    {"bed", 2, "wood", make_bed},
    {"shelf", 1, "wood", make_shelf},
    {"bookcase", 1.9, "wood", make_bookcase},
    {"cupboard", 1.8, "wood", make_cupboard},
    {"drawer", 0.5, "wood", make_drawer},
    {"lamp", 0.45, "fabric", make_lamp},
    {"floor_lamp", 1.6, "steel", make_floor_lamp},
    {"chandelier", 0.8, "glass", make_chandelier},
    {"mirror", 1.2, "glass", make_mirror},
    {"picture_frame", 0.6, "wood", make_picture_frame},
    {"clock", 0.3, "wood", make_clock},
    {"grandfather_clock", 2, "wood", make_grandfather_clock},
    {"rug", 2, "fabric", make_rug},
    {"curtain", 2.2, "fabric", make_curtain},
    {"pillow", 0.5, "fabric", make_pillow},
    {"mattress", 2, "fabric", make_mattress},
    {"door", 2, "wood", make_door},
    {"window", 1.2, "glass", make_window},
    {"ladder", 2.4, "wood", make_ladder},
    {"staircase", 3, "wood", make_staircase},
    {"billiard_table", 2.8, "wood", make_billiard_table},
    {"ping_pong_table", 2.74, "wood", make_ping_pong_table},
    {"piano", 1.5, "wood", make_piano},
    {"bathtub", 1.6, "ceramic", make_bathtub},
    {"fridge", 1.8, "steel", make_fridge},
    {"stove", 0.9, "steel", make_stove},
    {"washing_machine", 0.85, "steel", make_washing_machine},
};

}  // namespace

std::span<const Noun> furniture_nouns() { return kNouns; }

}  // namespace world::kit
