// Paper, pens, and things of desks and walls.
#include <cmath>

#include "base/core/random.h"
#include "world/shapes/catalogue.h"
#include "world/shapes/kit/beast.h"
#include "world/shapes/kit/detail.h"
#include "world/shapes/kit/noise.h"
#include "world/shapes/kit/solids.h"

namespace world::kit {
namespace {

void make_book(Maker& m) {
    m.colour(0x8a2424);
    m.add("pages", slab({-0.082, -0.117, 0.003}, {0.083, 0.117, 0.032}, 0.001),
          of("paper", 0xf2ead4));
    m.add("cover", slab({-0.086, -0.12, 0}, {0.086, 0.12, 0.0035}, 0.001)
                       .add(slab({-0.086, -0.12, 0.0315}, {0.086, 0.12, 0.035}, 0.001))
                       .add(slab({-0.089, -0.12, 0}, {-0.081, 0.12, 0.035}, 0.003)));
    m.add("title",
          slab({-0.05, -0.07, 0.0348}, {-0.03, 0.07, 0.0355}, 0)
              .add(slab({0.03, -0.05, 0.0348}, {0.038, 0.05, 0.0355}, 0))
              .add(slab({-0.0895, -0.08, 0.01}, {-0.0885, 0.02, 0.025}, 0)),
          of("gold"));
    m.collide_box({-0.088, -0.12, 0}, {0.086, 0.12, 0.035});
    m.mass(0.6);
}
void text_lines(Maker& m, double x0, double x1, double y0, double y1, int n, double z,
                unsigned hex = 0x4a4a4c) {
    Mesh l;
    for (int i = 0; i < n; ++i) {
        const double x = x0 + (x1 - x0) * (i + 0.5) / n, w = std::abs(x1 - x0) / n * 0.3;
        l.add(slab({x - w / 2, y0, z},
                   {x + w / 2, i % 4 == 3 ? base::lerp(y0, y1, 0.6) : y1, z + 0.0002}, 0));
    }
    m.add("text", l, of("paper", hex));
}
void make_newspaper(Maker& m) {
    m.colour(0xe8e4d8);
    m.add("sheets", slab({-0.2, -0.14, 0}, {0.2, 0.14, 0.006}, 0.002));
    m.add("headline",
          slab({-0.18, -0.125, 0.006}, {-0.145, 0.125, 0.0064}, 0)
              .add(slab({-0.13, -0.125, 0.006}, {-0.118, 0.09, 0.0064}, 0)),
          of("paper", 0x1a1a1a));
    m.add("picture", slab({-0.1, -0.125, 0.006}, {0.0, -0.005, 0.0064}, 0), of("paper", 0x76787a));
    text_lines(m, -0.1, 0.0, 0.01, 0.125, 12, 0.006);
    text_lines(m, 0.02, 0.19, -0.125, -0.045, 18, 0.006);
    text_lines(m, 0.02, 0.19, -0.035, 0.04, 18, 0.006);
    text_lines(m, 0.02, 0.19, 0.05, 0.125, 18, 0.006);
    m.mass(0.15);
}
void make_letter(Maker& m) {
    m.colour(0xf6f2e6);
    m.add("sheet", sheet(
                       8, 24,
                       [](double u, double v) {
                           return Vec3{(v - 0.5) * 0.22, (u - 0.5) * 0.15,
                                       0.012 * std::abs(std::sin(v * 3 * kPi))};
                       },
                       0.0006));
    text_lines(m, -0.07, 0.08, -0.055, 0.055, 11, 0.0135, 0x24407a);
    m.mass(0.005);
}
void make_paper(Maker& m) {
    m.colour(0xf8f7f2);
    m.add("sheet",
          sheet(
              8, 16,
              [](double u, double v) {
                  return Vec3{(v - 0.5) * 0.297, (u - 0.5) * 0.21, 0.02 * std::pow(v, 4) * u};
              },
              0.0004));
    m.mass(0.005);
}
void make_envelope(Maker& m) {
    m.colour(0xf2ecd8);
    m.add("envelope", slab({-0.08, -0.11, 0}, {0.08, 0.11, 0.004}, 0.0015));
    m.add("flap",
          tube({{-0.078, -0.108, 0.0043}, {0.012, 0, 0.0046}, {-0.078, 0.108, 0.0043}}, {0.0011},
               {.sides = 6, .steps = 1}),
          own(0xb8ae92));
    m.add("seal", rod({0.008, 0, 0.003}, {0.008, 0, 0.007}, 0.014, -1, 32, 0.002),
          of("wax", 0xb01c24));
    m.mass(0.01);
}
void make_map(Maker& m) {
    m.colour(0xe6d6a8);
    const auto z = [](double v) { return 0.02 * std::abs(std::sin(v * 4 * kPi)); };
    m.add("map", sheet(
                     8, 40,
                     [=](double u, double v) {
                         return Vec3{(u - 0.5) * 0.42, (v - 0.5) * 0.6, z(v)};
                     },
                     0.0008));
    const auto land = [&](Vec2 c, double r, unsigned hex, int seed) {
        m.add("land",
              sheet(
                  14, 14,
                  [=](double u, double v) {
                      const double a = 2 * kPi * u,
                                   k = r * v *
                                       (1 + 0.3 * noise({std::cos(a) * 1.5, std::sin(a) * 1.5,
                                                         seed * 1.7},
                                                        4));
                      const double y = c.y + k * std::sin(a);
                      return Vec3{c.x + k * std::cos(a), y, z(y / 0.6 + 0.5) + 0.0015};
                  },
                  0.0004),
              of("paper", hex));
    };
    land({-0.04, -0.12}, 0.12, 0x8fb060, 1);
    land({0.06, 0.13}, 0.1, 0xc8a860, 2);
    land({-0.12, 0.18}, 0.05, 0x6fa8c8, 3);
    std::vector<Vec3> p;
    for (int i = 0; i < 9; ++i) {
        const double y = -0.2 + 0.045 * i;
        p.push_back({-0.05 + 0.06 * std::sin(i * 0.9), y, z(y / 0.6 + 0.5) + 0.004});
    }
    for (const Vec3& q : p) m.add("route", box(q, {0.008, 0.022, 0.001}, 0), of("paper", 0xc01c1c));
    m.add("cross",
          box({0.05, 0.2, 0.015}, {0.06, 0.012, 0.002}, 0)
              .turn_z(0)
              .add(box({0.05, 0.2, 0.015}, {0.012, 0.06, 0.002}, 0)),
          of("paper", 0xc01c1c));
    m.mass(0.05);
}
void make_pencil(Maker& m) {
    m.colour(0xf0b820);
    m.add("body", extrude_x(regular_polygon(6, 0.0037), -0.075, 0.07, 0.0005));
    m.add("cone", rod({0.069, 0, 0}, {0.086, 0, 0}, 0.0035, 0.001, 24, 0), own(0xe2bc88));
    m.add("lead", rod({0.0845, 0, 0}, {0.0905, 0, 0}, 0.0011, 0.0003, 16, 0),
          of("stone", 0x1c1c1e));
    m.add("ferrule", rod({-0.085, 0, 0}, {-0.073, 0, 0}, 0.0039), of("brass"));
    m.add("eraser", rod({-0.0935, 0, 0}, {-0.084, 0, 0}, 0.0036), of("rubber", 0xe07a84));
    m.collide_capsule({-0.09, 0, 0}, {0.087, 0, 0}, 0.0036);
    m.mass(0.006);
    m.anchor("grip", {0.05, 0, 0});
}
void make_pen(Maker& m) {
    m.colour(0x1c2c5a);
    m.add("barrel", rod({-0.06, 0, 0}, {0.04, 0, 0}, 0.0055));
    m.add("tip", rod({0.04, 0, 0}, {0.062, 0, 0}, 0.0053, 0.0012), of("steel"));
    m.add("nib", rod({0.06, 0, 0}, {0.066, 0, 0}, 0.0008), of("brass"));
    m.add("clip", slab({-0.068, -0.0012, 0.005}, {-0.028, 0.0012, 0.008}, 0.0008), of("steel"));
    m.add("ring", rod({0.004, 0, 0}, {0.008, 0, 0}, 0.0058), of("steel"));
    m.add("button", rod({-0.074, 0, 0}, {-0.06, 0, 0}, 0.003), of("steel"));
    m.mass(0.012);
}
void make_crayon(Maker& m) {
    m.colour(0xd02a2a);
    m.add("wax",
          lathe({{0, 0}, {0.004, 0}, {0.004, 0.073}, {0.0022, 0.075}, {0.0014, 0.088}, {0, 0.0885}},
                0.0004, 28)
              .turn_y(90));
    m.add("label", rod({0.006, 0, 0}, {0.066, 0, 0}, 0.00425), of("paper", 0xe86a5a));
    for (const double x : {0.01, 0.06})
        m.add("band", rod({x, 0, 0}, {x + 0.002, 0, 0}, 0.00435), of("paper", 0x16120f));
    m.mass(0.005);
}
void make_ruler(Maker& m) {
    m.colour(0xe2bd78);
    m.add("ruler", slab({-0.152, -0.016, 0}, {0.152, 0.016, 0.003}, 0.0006));
    Mesh t;
    for (int i = 0; i <= 150; ++i)
        t.add(slab({-0.15 + 0.002 * i - 0.0002,
                    0.016 - (i % 10 == 0  ? 0.01
                             : i % 5 == 0 ? 0.007
                                          : 0.004),
                    0.003},
                   {-0.15 + 0.002 * i + 0.0002, 0.0155, 0.0032}, 0));
    for (int i = 1; i < 15; ++i)
        t.add(number_strokes(i * 2, 0.006, 0.0005).move(-0.15 + 0.02 * i, -0.003, 0.0032));
    m.add("marks", t, of("plastic", 0x1a1410));
    m.mass(0.03);
}
void make_eraser(Maker& m) {
    m.colour(0xf4f0ee);
    m.add("rubber", slab({-0.026, -0.011, 0}, {0.026, 0.011, 0.012}, 0.002));
    m.add("sleeve", slab({-0.0262, -0.0115, -0.0003}, {0.01, 0.0115, 0.0123}, 0.0012),
          of("cardboard", 0x1f4fa0));
    m.add("band", slab({-0.012, -0.0117, -0.0005}, {-0.004, 0.0117, 0.0125}, 0.0012),
          of("cardboard", 0xf4f4f2));
    m.mass(0.015);
}
void make_flag(Maker& m) {
    m.colour(0xc8202c);
    m.piece("pole");
    m.add("pole", rod({0, 0, 0}, {0, 0, 1.5}, 0.015), of("wood", 0xd8c8a0));
    m.add("knob", sphere({0, 0, 1.51}, 0.028, 20), of("gold"));
    m.piece("cloth");
    for (int k = 0; k < 3; ++k)
        m.add("stripe",
              sheet(
                  40, 6,
                  [=](double u, double v) {
                      return Vec3{-0.015 - 0.85 * u, 0.06 * u * std::sin(u * 9 + v * 0.6),
                                  0.88 + 0.19 * (k + v) - 0.05 * u};
                  },
                  0.003),
              k == 1 ? own(0xf6f4ee) : own());
    m.mass(1);
}
void make_banner(Maker& m) {
    m.colour(0x1f4fa0);
    m.piece("banner");
    m.add("cloth", sheet(
                       40, 10,
                       [](double u, double v) {
                           return Vec3{0.04 * std::sin(u * 12), (u - 0.5) * 1.9,
                                       0.8 + 0.6 * v - 0.08 * std::sin(kPi * u) * (1 - 0.3 * v)};
                       },
                       0.004));
    m.add(
        "star",
        extrude(star_outline(5, 0.2, 0.085), -0.06, 0.06, 0).turn_x(90).turn_z(90).move(0, 0, 1.04),
        own(0xf6d030));
    for (const double s : {-1.0, 1.0}) {
        m.piece("pole");
        m.add("pole", rod({0, s * 0.96, 0}, {0, s * 0.96, 1.5}, 0.022), of("wood"));
        m.add("knob", sphere({0, s * 0.96, 1.52}, 0.035, 20), of("gold"));
    }
    m.mass(3);
}
void make_sign(Maker& m) {
    m.piece("board");
    m.add("board", slab({-0.012, -0.28, 0.28}, {0.012, 0.28, 0.6}, 0.01), own().with("wood_grain"));
    m.add("frame", slab({0.012, -0.26, 0.3}, {0.014, 0.26, 0.58}, 0.001), own(0xf2ead4));
    Mesh a = beam({0.016, -0.16, 0.44}, {0.016, 0.1, 0.44}, 0.05, 0.004, {1, 0, 0});
    a.add(facets({{0.014, 0.19, 0.44},
                  {0.014, 0.08, 0.53},
                  {0.014, 0.08, 0.35},
                  {0.018, 0.19, 0.44},
                  {0.018, 0.08, 0.53},
                  {0.018, 0.08, 0.35}}));
    m.add("arrow", a, own(0x1a1a1a));
    m.piece("post");
    m.add("post", slab({-0.025, -0.025, 0}, {-0.005, 0.025, 0.5}, 0.004));
    m.mass(2);
}

constexpr Noun kNouns[] = {
    {"book", 0.24, "paper", make_book},         {"newspaper", 0.4, "paper", make_newspaper},
    {"letter", 0.22, "paper", make_letter},     {"paper", 0.3, "paper", make_paper},
    {"envelope", 0.22, "paper", make_envelope}, {"map", 0.6, "paper", make_map},
    {"pencil", 0.18, "wood", make_pencil},      {"pen", 0.14, "plastic", make_pen},
    {"crayon", 0.09, "wax", make_crayon},       {"ruler", 0.3, "wood", make_ruler},
    {"eraser", 0.05, "rubber", make_eraser},    {"flag", 1.5, "fabric", make_flag},
    {"banner", 2, "fabric", make_banner},       {"sign", 0.6, "wood", make_sign},
};

}  // namespace

std::span<const Noun> desk_nouns() { return kNouns; }

}  // namespace world::kit
