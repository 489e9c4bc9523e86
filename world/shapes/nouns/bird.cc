// Birds on one template: body, neck, head, bill, folded or spread wings, legs.
#include <cmath>

#include "base/core/random.h"
#include "world/shapes/catalogue.h"
#include "world/shapes/kit/beast.h"
#include "world/shapes/kit/detail.h"
#include "world/shapes/kit/noise.h"
#include "world/shapes/kit/solids.h"

namespace world::kit {
namespace {

struct Bird {
    Vec3 body{0.5, 0.27, 0.28};
    double tilt = -25;
    double body_z = 0.62;  // radii, tail-down degrees
    std::vector<Blob::Knot> neck{{{0.3, 0, 0.8}, 0.16}, {{0.4, 0, 0.98}, 0.15}};
    double head = 0.17;  // the last knot is the head
    double bill = 0.16, bill_r = 0.05, bill_flat = 0.8, bill_drop = 0.02;
    unsigned bill_hex = 0xe8a020;
    double eye = 0.032;
    double leg = 0.3, leg_r = 0.02, leg_x = 0.02;
    unsigned leg_hex = 0xd88a2a;
    bool webbed = false;
    double tail = 0.4, tail_w = 0.22, tail_up = 0;
    double wing = 0.62;
    unsigned wing_hex = 0;
    unsigned tail_hex = 0;
    int cells = 72;
};
double ball_at(Vec3 p, Vec3 c, double r) { return base::length(p - c) - r; }
void feet(Maker& m, const Bird& d, double z) {
    Mesh l;
    const double y = d.body.y * 0.42;
    l.add(rod({d.leg_x, y, z}, {d.leg_x + 0.02, y, 0.02}, d.leg_r * 1.2, d.leg_r, 10));
    for (int i = -1; i <= 1; ++i)
        l.add(tube({{d.leg_x + 0.02, y, 0.02},
                    {d.leg_x + 0.12, y + 0.06 * i, 0.018},
                    {d.leg_x + 0.2, y + 0.09 * i, 0.008}},
                   {d.leg_r, d.leg_r * 0.85, d.leg_r * 0.4}, {.sides = 8}));
    l.add(tube({{d.leg_x + 0.02, y, 0.02}, {d.leg_x - 0.08, y, 0.01}}, {d.leg_r, d.leg_r * 0.4},
               {.sides = 8, .steps = 2}));
    if (d.webbed)
        l.add(facets({{d.leg_x, y, 0.02},
                      {d.leg_x + 0.19, y + 0.09, 0.01},
                      {d.leg_x + 0.22, y, 0.01},
                      {d.leg_x + 0.19, y - 0.09, 0.01},
                      {d.leg_x + 0.1, y, 0.03}}));
    m.add("leg", l.mirror_y(), of("skin", d.leg_hex));
}
void add_bird(Maker& m, const Bird& d, const std::vector<Patch>& patches = {}, bool wings = true) {
    Blob b;
    b.blend(0.1).egg({0, 0, d.body_z}, d.body, d.tilt);
    b.group(1).chain(d.neck);
    const Vec3 head = d.neck.back().at;
    b.blend(0.06).ball(head, d.head);
    const double a = d.tilt * kPi / 180;
    const Vec3 back{-std::cos(a), 0, std::sin(a)};
    const Vec3 rump = Vec3{0, 0, d.body_z} + back * (d.body.x * 0.8);
    b.group(0).both().blend(0.08);
    if (d.leg > 0)
        b.bone({d.leg_x - 0.02, d.body.y * 0.42, d.body_z - d.body.z * 0.5}, d.body.z * 0.42,
               {d.leg_x, d.body.y * 0.42, d.leg}, d.leg_r * 1.8);
    Mesh coat = b.mesh(d.cells);
    m.collide_groups(b, coat);
    for (const Patch& p : patches) {
        auto [in, out] = split(coat, p.inside);
        m.add(p.name, in, p.look);
        coat = out;
    }
    m.add("body", coat);
    const Look wl = d.wing_hex ? own(d.wing_hex) : own();
    if (d.tail > 0) {
        Mesh t;
        for (int i = -2; i <= 2; ++i)
            t.add(
                flap({rump + Vec3{0.08, 0.02 * i, 0},
                      rump + back * (d.tail * 0.5) + Vec3{0, d.tail_w * 0.14 * i, d.tail_up * 0.4},
                      rump + back * d.tail +
                          Vec3{0, d.tail_w * 0.26 * i, d.tail_up - 0.012 * std::abs(i)}},
                     d.tail_w * 0.42, {0, 1, 0}, 0.08, 0.02, 0.5));
        m.add("tail", t, d.tail_hex ? own(d.tail_hex) : wl);
    }
    if (wings) {
        Mesh w;
        const Vec3 sh = Vec3{0, 0, d.body_z} - back * (d.body.x * 0.45) +
                        Vec3{0, d.body.y * 0.82, d.body.z * 0.4};
        for (int k = 0; k < 3; ++k)
            w.add(flap(
                {sh + Vec3{0.06, 0, 0.02 - 0.05 * k},
                 sh + back * (d.wing * 0.5) + Vec3{0, d.body.y * 0.28 - 0.02 * k, 0.02 - 0.1 * k},
                 sh + back * d.wing * (1.0 - 0.12 * k) +
                     Vec3{0, -d.body.y * 0.35, 0.02 - 0.06 * k}},
                d.body.z * (1.0 - 0.12 * k),
                base::normalize(Vec3{-back.z, 0.25, back.x} * -1.0 + Vec3{0, 0, -0.0}), 0.1, 0.03,
                0.05));
        m.add("wing", w.mirror_y(), wl);
    }
    Mesh bill = tube(
        {head + Vec3{d.head * 0.6, 0, 0}, head + Vec3{d.head + d.bill * 0.4, 0, -d.bill_drop * 0.2},
         head + Vec3{d.head + d.bill, 0, -d.bill_drop}},
        {d.bill_r * 1.2, d.bill_r, d.bill_r * 0.15}, {.sides = 14, .flat = d.bill_flat});
    m.add("bill", bill, of("bone", d.bill_hex));
    const Vec3 out = base::normalize(Vec3{0.55, 0.8, 0.25});
    if (d.eye > 0)
        add_eyes(m, b.on_surface(head + out * (d.head * 2.5), -out) - out * (d.eye * 0.3), d.eye);
    if (d.leg > 0) feet(m, d, d.leg);
}
void make_bird(Maker& m) {
    Bird d;
    m.colour(0x3f6f9f);
    d.wing_hex = 0x2a4f7a;
    d.bill = 0.13, d.bill_hex = 0x3a3a3a, d.leg_hex = 0x4a3a30;
    add_bird(m, d,
             {{"breast",
               [](Vec3 p) {
                   return ball_at(p, {0.42, 0, 0.52}, 0.32) + (p.z > 0.92 ? 1 : 0);
               },
               own(0xd8803a)},
              {"belly", [](Vec3 p) { return p.z - 0.47; }, own(0xf2ece0)}});
    m.mass(0.03);
}
void make_duck(Maker& m) {
    Bird d;
    d.body = {0.55, 0.3, 0.28}, d.tilt = -6, d.body_z = 0.42;
    d.neck = {{{0.38, 0, 0.5}, 0.15}, {{0.5, 0, 0.74}, 0.1}, {{0.56, 0, 0.92}, 0.13}};
    d.head = 0.155, d.bill = 0.2, d.bill_r = 0.085, d.bill_flat = 0.38, d.bill_drop = 0.06,
    d.bill_hex = 0xe0b020, d.leg = 0.2, d.leg_hex = 0xe07a20, d.webbed = true, d.tail = 0.22,
    d.tail_up = 0.08, d.wing_hex = 0x8f8578;
    m.colour(0xb8aea0);
    add_bird(m, d,
             {{"head", [](Vec3 p) { return std::max(0.72 - p.z, 0.3 - p.x); }, own(0x1f6a3c)},
              {"ring",
               [](Vec3 p) {
                   return std::max({0.67 - p.z, 0.3 - p.x});
               },
               own(0xf6f4ee)},
              {"breast",
               [](Vec3 p) {
                   return ball_at(p, {0.5, 0, 0.44}, 0.27);
               },
               own(0x6b3d24)}});
    m.mass(1.1);
}
void make_chicken(Maker& m) {
    Bird d;
    d.body = {0.45, 0.3, 0.32}, d.tilt = 12, d.body_z = 0.58;
    d.neck = {{{0.28, 0, 0.72}, 0.19}, {{0.42, 0, 0.98}, 0.13}, {{0.46, 0, 1.1}, 0.12}};
    d.head = 0.125, d.bill = 0.1, d.bill_r = 0.045, d.bill_drop = 0.03, d.leg = 0.3, d.tail = 0.34,
    d.tail_w = 0.3, d.tail_up = 0.22, d.wing_hex = 0xd8c8ac;
    m.colour(0xf2ece0);
    add_bird(m, d);
    Mesh c;
    for (int i = 0; i < 4; ++i)
        c.add(ellipsoid({0.53 - 0.055 * i, 0, 1.24 - 0.012 * i * i + 0.01 * i},
                        {0.035, 0.016, 0.055}, 14));
    c.add(ellipsoid({0.57, 0.025, 0.99}, {0.025, 0.016, 0.055}, 14).mirror_y());
    m.add("comb", c, of("skin", 0xcc1f22));
    m.mass(2.2);
}
void make_penguin(Maker& m) {
    Blob b;
    b.blend(0.08).egg({0, 0, 0.52}, {0.27, 0.28, 0.48});
    b.group(1).egg({0.03, 0, 0.98}, {0.18, 0.17, 0.18});
    m.colour(0x1d2126);
    Mesh coat = b.mesh(72);
    m.collide_groups(b, coat);
    auto [white, black] = split(coat, [](Vec3 p) {
        return std::max({std::hypot(p.y / 0.215, (p.z - 0.46) / 0.42) - 1, 0.02 - p.x}) * 0.2;
    });
    auto [cheek, rest] = split(black, [](Vec3 p) {
        return ball_at({p.x, std::abs(p.y), p.z}, {0.07, 0.17, 0.95}, 0.085);
    });
    m.add("belly", white, own(0xf6f4ee));
    m.add("cheek", cheek, own(0xf0b83a));
    m.add("body", rest);
    m.add("flipper", flap({{0, 0.25, 0.78}, {0.02, 0.36, 0.55}, {-0.02, 0.4, 0.3}}, 0.19,
                          {1, 0.2, 0}, 0.06, 0.035, 0.1)
                         .mirror_y());
    m.add("bill", tube({{0.17, 0, 0.98}, {0.27, 0, 0.975}, {0.36, 0, 0.95}}, {0.042, 0.03, 0.008}),
          of("bone", 0xe08a20));
    add_eyes(m, {0.155, 0.085, 1.04}, 0.025);
    m.add("foot", ellipsoid({0.13, 0.12, 0.03}, {0.15, 0.09, 0.03}, 24).mirror_y(),
          of("skin", 0xe08a20));
    m.add("tail", facets({{-0.2, 0.08, 0.12},
                          {-0.2, -0.08, 0.12},
                          {-0.2, 0, 0.2},
                          {-0.4, 0.04, 0.02},
                          {-0.4, -0.04, 0.02}}));
    m.mass(5);
}
void make_owl(Maker& m) {
    Blob b;
    b.blend(0.09).egg({0, 0, 0.46}, {0.27, 0.28, 0.4}, -6);
    b.group(1).egg({0.04, 0, 0.9}, {0.23, 0.27, 0.22});
    b.both().blend(0.04).bone({0.05, 0.14, 1.05}, 0.07, {0.02, 0.2, 1.2}, 0.015);
    m.colour(0x8a643c);
    Mesh coat = b.mesh(76);
    m.collide_groups(b, coat);
    auto [face, rest] = split(coat, [](Vec3 p) {
        const double y = std::abs(p.y);
        return std::max(std::hypot(y - 0.105, p.z - 0.92) - 0.125, -p.x);
    });
    auto [chest, back] = split(rest, [](Vec3 p) {
        return std::max(std::hypot(p.y / 0.2, (p.z - 0.45) / 0.3) - 1, 0.02 - p.x) * 0.2;
    });
    m.add("face", face, own(0xe6d2ae));
    m.add("chest", chest, own(0xd8bc8c));
    m.add("body", back);
    Mesh bars;
    for (int r = 0; r < 5; ++r)
        for (int i = -2; i <= 2; ++i) {
            const double z = 0.28 + 0.085 * r, y = 0.065 * (i + 0.5 * (r % 2));
            const Vec3 p = b.on_surface({0.6, y, z}, {-1, 0, 0});
            if (std::abs(y) < 0.17)
                bars.add(tube({p + Vec3{-0.002, -0.022, 0.01}, p + Vec3{0.004, 0, -0.012},
                               p + Vec3{-0.002, 0.022, 0.01}},
                              {0.008}, {.sides = 6, .steps = 3}));
        }
    m.add("bars", bars, own(0x5a3c20));
    for (const double s : {-1.0, 1.0}) {
        const Vec3 e = b.on_surface({0.8, s * 0.1, 0.93}, {-1, 0, 0});
        m.add("eye", sphere(e - Vec3{0.03, 0, 0}, 0.068, 24), of("glass", 0xf0a818));
        m.add("pupil", sphere(e + Vec3{0.012, 0, 0}, 0.036, 20), of("resin", 0x060606));
    }
    m.add("bill", tube({{0.25, 0, 0.9}, {0.31, 0, 0.87}, {0.3, 0, 0.79}}, {0.03, 0.03, 0.005}),
          of("bone", 0x3a3228));
    Mesh w;
    for (int k = 0; k < 3; ++k)
        w.add(flap({{0.05 - 0.03 * k, 0.25, 0.7 - 0.05 * k},
                    {-0.02 - 0.05 * k, 0.31, 0.45 - 0.04 * k},
                    {-0.12 - 0.04 * k, 0.2, 0.14}},
                   0.24, {0.9, 0.4, 0}, 0.12, 0.03, 0.05));
    m.add("wing", w.mirror_y(), own(0x5f4224));
    Mesh f;
    for (const double y : {0.07, 0.13, 0.19})
        f.add(tube({{0.12, y, 0.1}, {0.2, y, 0.05}, {0.25, y, 0.0}}, {0.03, 0.026, 0.008}));
    m.add("claw", f.mirror_y(), of("bone", 0xc8a050));
    m.add("tail",
          flap({{-0.15, 0, 0.25}, {-0.25, 0, 0.1}, {-0.3, 0, -0.02}}, 0.26, {0, 1, 0}, 0.05, 0.03,
               0.5),
          own(0x5f4224));
    m.mass(1.3);
}
void make_parrot(Maker& m) {
    Bird d;
    d.body = {0.42, 0.19, 0.2}, d.tilt = -55, d.body_z = 0.58;
    d.neck = {{{0.18, 0, 0.82}, 0.15}, {{0.24, 0, 0.97}, 0.14}};
    d.head = 0.155, d.bill = 0, d.eye = 0.024, d.leg = 0.22, d.leg_hex = 0x4a4a4a, d.tail = 0.8,
    d.tail_w = 0.16, d.wing_hex = 0x2060c0, d.tail_hex = 0x1f4fb0, d.wing = 0.7;
    m.colour(0xd02a22);
    add_bird(m, d,
             {{"cheek",
               [](Vec3 p) {
                   return std::max(ball_at({p.x, std::abs(p.y), p.z}, {0.33, 0.1, 0.96}, 0.085),
                                   0.0 - p.x);
               },
               own(0xf4f0e6)}});
    m.add("bill",
          tube({{0.33, 0, 1.02}, {0.43, 0, 1.0}, {0.46, 0, 0.9}, {0.41, 0, 0.84}},
               {0.06, 0.062, 0.038, 0.006}, {.flat = 0.7}),
          of("bone", 0x201c1a));
    Mesh s;
    s.add(flap({{0.02, 0.19, 0.75}, {-0.1, 0.22, 0.6}, {-0.2, 0.17, 0.45}}, 0.17, {0.6, 0.1, 0.5},
               0.1, 0.03, 0.05));
    m.add("wing band", s.mirror_y(), own(0xf0c020));
    m.mass(0.9);
}
void make_swan(Maker& m) {
    Bird d;
    d.body = {0.62, 0.32, 0.28}, d.tilt = -4, d.body_z = 0.36;
    d.neck = {{{0.45, 0, 0.42}, 0.16},
              {{0.66, 0, 0.62}, 0.085},
              {{0.58, 0, 0.92}, 0.07},
              {{0.6, 0, 1.16}, 0.066},
              {{0.76, 0, 1.24}, 0.08}};
    d.head = 0.095, d.bill = 0.17, d.bill_r = 0.045, d.bill_drop = 0.06, d.bill_hex = 0xe0701c,
    d.eye = 0.018, d.leg = 0, d.tail = 0.3, d.tail_up = 0.14, d.wing = 0.85;
    m.colour(0xf8f7f3);
    add_bird(m, d);
    Mesh w;
    for (int k = 0; k < 4; ++k)
        w.add(flap({{0.25, 0.25, 0.5},
                    {-0.15, 0.33 - 0.02 * k, 0.66 - 0.05 * k},
                    {-0.62 + 0.06 * k, 0.2, 0.72 - 0.09 * k}},
                   0.22, {0.3, 0.5, 0.8}, 0.1, 0.025, 0.05));
    m.add("wing", w.mirror_y());
    m.add("knob", sphere({0.85, 0, 1.265}, 0.035, 14), of("bone", 0x151312));
    m.mass(10);
}
void make_flamingo(Maker& m) {
    Bird d;
    d.body = {0.36, 0.2, 0.2}, d.tilt = -10, d.body_z = 1.15;
    d.neck = {{{0.26, 0, 1.2}, 0.11},   {{0.46, 0, 1.32}, 0.055}, {{0.44, 0, 1.56}, 0.045},
              {{0.32, 0, 1.76}, 0.042}, {{0.4, 0, 1.94}, 0.045},  {{0.52, 0, 1.93}, 0.065}};
    d.head = 0.075, d.bill = 0, d.eye = 0.015, d.leg = 0, d.tail = 0.2, d.wing = 0.55,
    d.wing_hex = 0xe86a84, d.cells = 100;
    m.colour(0xf08aa0);
    add_bird(m, d);
    m.add("bill", tube({{0.57, 0, 1.92}, {0.66, 0, 1.9}, {0.7, 0, 1.82}}, {0.042, 0.042, 0.03}),
          of("bone", 0xf4e4dc));
    m.add("bill tip",
          tube({{0.695, 0, 1.84}, {0.705, 0, 1.79}, {0.68, 0, 1.75}}, {0.034, 0.026, 0.006}),
          of("bone", 0x151313));
    m.add("leg",
          tube({{0, 0.06, 1.0}, {-0.04, 0.06, 0.56}, {0.0, 0.06, 0.02}}, {0.024, 0.024, 0.018},
               {.steps = 2})
              .add(facets({{-0.03, 0.06, 0.03},
                           {0.16, 0.12, 0},
                           {0.19, 0.06, 0},
                           {0.16, 0, 0},
                           {0, 0.06, 0}})),
          of("skin", 0xe86a84));
    m.add("folded leg",
          tube({{0.0, -0.06, 1.0}, {0.2, -0.06, 0.72}, {-0.12, -0.06, 0.66}, {-0.2, -0.06, 0.62}},
               {0.024, 0.022, 0.018, 0.014}, {.steps = 2}),
          of("skin", 0xe86a84));
    m.piece();
    m.collide_capsule({0, 0.06, 0.02}, {0, 0.06, 0.9}, 0.03);
    m.mass(3);
}
void spread_wings(Maker& m, Vec3 sh, double span, double chord, unsigned hex, unsigned tip_hex,
                  double lift) {
    Mesh w, t;
    for (int i = 0; i < 9; ++i) {
        const double u = i / 8.0;
        const Vec3 root = sh + Vec3{-0.02, span * 0.75 * u, lift * u * (1.6 - u)};
        const Vec3 dir = base::normalize(Vec3{-1 + 0.75 * u * u, 0.15 + 0.95 * u * u, 0.05});
        const double len = chord * (0.9 + 0.35 * u);
        (i > 6 ? t : w)
            .add(flap({root + dir * (-0.06), root + dir * (len * 0.5), root + dir * len},
                      chord * 0.34, {0.2, 1, lift * 0.6}, 0.05, 0.016, 0.2));
    }
    w.add(
        tube({sh, sh + Vec3{0.1, span * 0.4, lift * 0.75}, sh + Vec3{0.0, span * 0.8, lift * 0.95}},
             {chord * 0.13, chord * 0.1, chord * 0.05}));
    m.piece("wings");
    m.add("wing", w.mirror_y(), own(hex));
    m.add("wing tip", t.mirror_y(), own(tip_hex));
}
void make_eagle(Maker& m) {
    Bird d;
    d.body = {0.45, 0.2, 0.2}, d.tilt = -8, d.body_z = 0.5;
    d.neck = {{{0.3, 0, 0.56}, 0.15}, {{0.46, 0, 0.64}, 0.12}};
    d.head = 0.13, d.bill = 0, d.eye = 0.02, d.leg = 0.24, d.leg_r = 0.035, d.leg_hex = 0xe8b020,
    d.tail = 0.34, d.tail_w = 0.3, d.tail_hex = 0xf4f1ea;
    m.colour(0x4a3220);
    add_bird(
        m, d,
        {{"head", [](Vec3 p) { return 0.3 - p.x + 0.02 * std::sin(40 * p.y); }, own(0xf6f3ec)}},
        false);
    m.add("bill", tube({{0.55, 0, 0.65}, {0.66, 0, 0.65}, {0.7, 0, 0.58}}, {0.05, 0.042, 0.006}),
          of("bone", 0xf0b824));
    spread_wings(m, {0.1, 0.14, 0.6}, 1.15, 0.42, 0x3f2a1a, 0x2a1c12, 0.34);
    m.mass(4.5);
}
void make_seagull(Maker& m) {
    Bird d;
    d.body = {0.42, 0.18, 0.18}, d.tilt = -4, d.body_z = 0.5;
    d.neck = {{{0.3, 0, 0.54}, 0.13}, {{0.42, 0, 0.62}, 0.11}};
    d.head = 0.115, d.bill = 0.14, d.bill_r = 0.035, d.bill_drop = 0.02, d.bill_hex = 0xf0b824,
    d.eye = 0.02, d.leg = 0.3, d.leg_hex = 0xe8a0a0, d.webbed = true, d.tail = 0.24,
    d.tail_w = 0.22;
    m.colour(0xf8f7f4);
    add_bird(m, d, {}, false);
    spread_wings(m, {0.1, 0.13, 0.58}, 1.0, 0.28, 0xa9b1b8, 0x1c1c1e, 0.26);
    m.mass(1);
}

constexpr Noun kNouns[] = {
    {"bird", 0.18, "feather", make_bird},      {"duck", 0.45, "feather", make_duck},
    {"chicken", 0.4, "feather", make_chicken}, {"penguin", 0.7, "feather", make_penguin},
    {"owl", 0.35, "feather", make_owl},        {"parrot", 0.35, "feather", make_parrot},
    {"swan", 1.1, "feather", make_swan},       {"flamingo", 1.2, "feather", make_flamingo},
    {"eagle", 0.8, "feather", make_eagle},     {"seagull", 0.45, "feather", make_seagull},
};

}  // namespace

std::span<const Noun> bird_nouns() { return kNouns; }

}  // namespace world::kit
