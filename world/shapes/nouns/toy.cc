// Toys and the playground.
#include <cmath>

#include "base/core/random.h"
#include "world/shapes/catalogue.h"
#include "world/shapes/kit/beast.h"
#include "world/shapes/kit/detail.h"
#include "world/shapes/kit/noise.h"
#include "world/shapes/kit/solids.h"

namespace world::kit {
namespace {

void make_toy_car(Maker& m) {
    m.colour(0xd8281e);
    m.add("body", loft({{-0.95, 0.36, 0.36, 0.16, 0.16, 4},
                        {-0.5, 0.38, 0.42, 0.2, 0.18, 4},
                        {0.5, 0.38, 0.42, 0.18, 0.18, 4},
                        {1, 0.34, 0.36, 0.12, 0.14, 4}},
                       4, 32, true));
    m.add("cabin",
          loft({{-0.6, 0.58, 0.32, 0.16, 0.1, 4},
                {-0.2, 0.6, 0.34, 0.26, 0.1, 4},
                {0.25, 0.58, 0.32, 0.16, 0.1, 4}},
               4, 28, true),
          own(0xf4d030));
    m.add("window",
          loft({{-0.45, 0.64, 0.335, 0.1, 0.06, 4}, {0.1, 0.64, 0.345, 0.1, 0.06, 4}}, 3, 24),
          of("plastic", 0x1c3a58));
    for (const double x : {-0.58, 0.58})
        for (const double s : {-1.0, 1.0})
            add_wheel(m, {x, s * 0.4, 0.22}, 0.22, 0.16, {.hub_hex = 0xf4d030, .tyre_share = 0.4});
    m.add("lights", sphere({1.08, 0.2, 0.38}, 0.07, 16).mirror_y(), of("plastic", 0xf8f4e0));
    m.mass(0.06);
}
void make_toy_train(Maker& m) {
    m.colour(0xc83028);
    m.piece();
    m.add("base", slab({-0.1, -0.035, 0.02}, {0.1, 0.035, 0.04}, 0.006));
    m.add("boiler", rod({-0.02, 0, 0.068}, {0.09, 0, 0.068}, 0.03, -1, 36, 0.004), own(0x2f6fb8));
    m.add("cab", slab({-0.085, -0.034, 0.04}, {-0.025, 0.034, 0.115}, 0.005), own(0xf0c030));
    m.add("roof", slab({-0.092, -0.04, 0.113}, {-0.018, 0.04, 0.124}, 0.005));
    m.add("window", slab({-0.07, -0.0345, 0.078}, {-0.04, 0.0345, 0.102}, 0.002), own(0x2a2018));
    m.add("chimney",
          lathe({{0, 0.09}, {0.011, 0.09}, {0.011, 0.115}, {0.018, 0.13}, {0, 0.13}}, 0.002, 24)
              .move(0.065, 0, 0));
    m.add("dome", ellipsoid({0.02, 0, 0.097}, {0.012, 0.012, 0.012}, 20), own(0xf0c030));
    m.add("face", rod({0.088, 0, 0.068}, {0.094, 0, 0.068}, 0.024), own(0x1c1c1e));
    for (const double x : {-0.06, 0.0, 0.06})
        for (const double s : {-1.0, 1.0})
            m.add("wheel",
                  rod({x, s * 0.036, 0.022}, {x, s * 0.046, 0.022}, 0.022, -1, 28)
                      .add(rod({x, s * 0.045, 0.022}, {x, s * 0.05, 0.022}, 0.006)),
                  own(0x3f9a48));
    m.mass(0.25);
}
void make_teddy_bear(Maker& m) {
    Blob b;
    b.blend(0.05).egg({0, 0, 0.32}, {0.2, 0.22, 0.26});
    b.group(1)
        .egg({0.02, 0, 0.72}, {0.2, 0.22, 0.19})
        .blend(0.03)
        .both()
        .egg({0, 0.18, 0.88}, {0.05, 0.085, 0.085})
        .one()
        .egg({0.18, 0, 0.67}, {0.09, 0.1, 0.075});
    b.both()
        .blend(0.04)
        .group(2)
        .bone({0.03, 0.18, 0.46}, 0.085, {0.12, 0.34, 0.28}, 0.08)
        .group(3)
        .bone({0.06, 0.14, 0.14}, 0.11, {0.36, 0.2, 0.1}, 0.1);
    m.colour(0xb07a40);
    Mesh t = b.mesh(84);
    m.collide_groups(b, t);
    auto [p, r] = split(t, [](Vec3 q) {
        const double y = std::abs(q.y);
        return std::min({base::length(q - Vec3{0.26, 0, 0.66}) - 0.1,
                         base::length(Vec3{q.x, y, q.z} - Vec3{0.05, 0.19, 0.89}) - 0.06,
                         base::length(Vec3{q.x, y, q.z} - Vec3{0.45, 0.2, 0.1}) - 0.085});
    });
    m.add("pads", p, own(0xe2c490));
    m.add("plush", r, own().with("plush"));
    add_eyes(m, {0.19, 0.085, 0.77}, 0.026);
    m.add("nose", ellipsoid({0.27, 0, 0.71}, {0.022, 0.036, 0.024}, 16), of("resin", 0x1a1210));
    m.add("mouth",
          tube({{0.262, -0.04, 0.655}, {0.275, 0, 0.64}, {0.262, 0.04, 0.655}}, {0.007})
              .add(rod({0.277, 0, 0.645}, {0.278, 0, 0.69}, 0.006)),
          own(0x3a2416));
    m.add("bow",
          ellipsoid({}, {0.03, 0.07, 0.045}, 18)
              .move(0.15, 0.07, 0.52)
              .mirror_y()
              .add(sphere({0.17, 0, 0.52}, 0.03, 16)),
          of("fabric", 0xc8242c));
    m.mass(0.3);
}
void make_doll(Maker& m) {
    m.colour(0xe88aa8);
    m.piece("dress");
    m.add("dress", lathe(spline({{0, 0.24},
                                 {0.24, 0.24},
                                 {0.2, 0.34},
                                 {0.09, 0.58},
                                 {0.1, 0.68},
                                 {0.05, 0.76},
                                 {0, 0.76}}),
                         0, 56)
                       .warp([](Vec3 p) {
                           const double a = std::atan2(p.y, p.x),
                                        k = 1 +
                                            0.06 * std::sin(a * 9) * std::max(0.0, 0.6 - p.z) * 2;
                           return Vec3{p.x * k, p.y * k, p.z};
                       }));
    m.piece("head");
    m.add("head",
          ellipsoid({0, 0, 0.92}, {0.13, 0.125, 0.145}, 40)
              .add(rod({0, 0, 0.72}, {0, 0, 0.84}, 0.04)),
          own(0xf2c8a8));
    m.add("hair",
          split(ellipsoid({-0.012, 0, 0.945}, {0.143, 0.145, 0.15}, 56),
                [](Vec3 p) { return p.x - 0.05 - std::max(0.0, p.z - 0.98) * 1.6; })
              .first,
          own(0x9a5a20));
    m.add("plait",
          tube({{-0.02, 0.13, 0.92}, {0, 0.19, 0.82}, {0, 0.2, 0.68}}, {0.045, 0.04, 0.02})
              .mirror_y(),
          own(0x9a5a20));
    m.add("bow", sphere({0, 0.16, 0.9}, 0.03, 14).mirror_y(), own(0xc8242c));
    add_eyes(m, {0.115, 0.045, 0.94}, 0.018);
    m.add("mouth", tube({{0.12, -0.025, 0.875}, {0.128, 0, 0.866}, {0.12, 0.025, 0.875}}, {0.006}),
          own(0xc03040));
    m.add("cheek", ellipsoid({0.112, 0.065, 0.9}, {0.008, 0.018, 0.018}, 12).mirror_y(),
          own(0xe89a90));
    for (const double s : {-1.0, 1.0}) {
        m.piece("arm");
        m.add("arm",
              tube({{0, s * 0.09, 0.7}, {0.02, s * 0.19, 0.58}, {0.05, s * 0.23, 0.47}},
                   {0.038, 0.03, 0.032}),
              own(0xf2c8a8));
        m.piece("leg");
        m.add("leg", rod({0, s * 0.06, 0.05}, {0, s * 0.06, 0.3}, 0.038), own(0xf2c8a8));
        m.add("shoe", ellipsoid({0.025, s * 0.06, 0.035}, {0.07, 0.045, 0.036}, 20), own(0x1c1c20));
    }
    m.mass(0.25);
}
void make_robot(Maker& m) {
    m.piece("body");
    m.add("body", slab({-0.15, -0.2, 0.3}, {0.15, 0.2, 0.68}, 0.03));
    m.add("panel", slab({0.148, -0.12, 0.42}, {0.158, 0.12, 0.62}, 0.006), of("plastic", 0x26303a));
    const unsigned h[3] = {0xe03028, 0xf0c030, 0x38b048};
    for (int i = 0; i < 3; ++i)
        m.add("button",
              rod({0.155, -0.07 + 0.07 * i, 0.57}, {0.168, -0.07 + 0.07 * i, 0.57}, 0.022),
              Look(of("plastic", h[i])).glowing(0.8));
    m.add("dial",
          rod({0.155, 0, 0.48}, {0.163, 0, 0.48}, 0.04)
              .add(beam({0.165, 0, 0.48}, {0.165, 0.025, 0.505}, 0.006, 0.004)),
          of("plastic", 0xf0ece0));
    m.piece("head");
    m.add("neck", rod({0, 0, 0.67}, {0, 0, 0.73}, 0.06), of("steel", 0x5a5e64));
    m.add("head", slab({-0.11, -0.14, 0.72}, {0.11, 0.14, 0.94}, 0.025));
    m.add("eye", rod({0.105, 0.06, 0.86}, {0.125, 0.06, 0.86}, 0.036).mirror_y(),
          Look(of("glass", 0x58d0ff)).glowing(2));
    Mesh g;
    for (int i = -3; i <= 3; ++i)
        g.add(slab({0.108, i * 0.024 - 0.007, 0.755}, {0.116, i * 0.024 + 0.007, 0.795}, 0.001));
    m.add("mouth", g, of("plastic", 0x1a1c20));
    m.add("antenna", rod({0, 0, 0.94}, {0, 0, 1.04}, 0.007).add(sphere({0, 0, 1.05}, 0.024, 18)),
          of("steel", 0xd83028));
    m.add("ear", rod({0, 0.14, 0.84}, {0, 0.17, 0.84}, 0.04).mirror_y(), of("steel", 0x5a5e64));
    for (const double s : {-1.0, 1.0}) {
        m.piece("arm");
        m.add("arm", tube({{0, s * 0.2, 0.6}, {0, s * 0.29, 0.55}, {0.02, s * 0.3, 0.36}}, {0.04})
                         .add(torus({}, 0.042, 0.008, 24, 8).move(0.01, s * 0.3, 0.46)));
        m.add("claw",
              tube({{0.02, s * 0.3, 0.34}, {0.06, s * 0.3, 0.3}, {0.05, s * 0.3, 0.24}}, {0.016})
                  .add(tube({{0.0, s * 0.3, 0.34}, {-0.04, s * 0.3, 0.3}, {-0.03, s * 0.3, 0.24}},
                            {0.016})),
              of("steel", 0x5a5e64));
        m.piece("leg");
        m.add("leg", slab({-0.05, s * 0.1 - 0.05, 0.06}, {0.05, s * 0.1 + 0.05, 0.31}, 0.012),
              of("steel", 0x5a5e64));
        m.add("foot", slab({-0.09, s * 0.1 - 0.07, 0}, {0.13, s * 0.1 + 0.07, 0.08}, 0.02));
    }
    m.mass(2);
}
void make_spinning_top(Maker& m) {
    m.colour(0xc8302a);
    m.add("top", lathe(joined({{0, 0}, {0.05, 0.06}}, spline({{0.1, 0.2},
                                                              {0.5, 0.5},
                                                              {0.92, 0.72},
                                                              {0.95, 0.84},
                                                              {0.5, 1.0},
                                                              {0.12, 1.1},
                                                              {0.09, 1.45},
                                                              {0.11, 1.55},
                                                              {0, 1.58}})),
                       0.01, 64));
    m.add("band", torus({0, 0, 0.78}, 0.935, 0.045, 64, 10), own(0xf0c030));
    m.add("stripe",
          lathe({{0.5, 1.006}, {0.7, 0.945}, {0.7, 0.935}, {0.5, 0.99}}, 0, 64, true)
              .add(torus({0, 0, 0.52}, 0.54, 0.035, 56, 8)),
          own(0x2a6fc0));
    m.mass(0.04);
    m.anchor("top", {0, 0, 1.58});
}
void make_yoyo(Maker& m) {
    m.colour(0x2a6fd0);
    for (const double s : {-1.0, 1.0}) {
        m.piece();
        m.add(
            "half",
            lathe(spline({{0, 0.12}, {0.9, 0.12}, {1.0, 0.2}, {0.85, 0.42}, {0.5, 0.5}, {0, 0.52}}),
                  0, 56)
                .turn_x(s * 90));
        m.add("disc", rod({0, -s * 0.51, 0}, {0, -s * 0.54, 0}, 0.42, -1, 40), own(0xf4d030));
    }
    m.add("axle", rod({0, -0.14, 0}, {0, 0.14, 0}, 0.25), of("wood"));
    m.ghost();
    m.add("string",
          tube({{0.25, 0, 0},
                {0.5, 0, 0.8},
                {0.75, 0, 1.1},
                {1.05, 0, 0.5},
                {1.2, 0, -0.6},
                {1.5, 0, -0.97}},
               {0.03})
              .add(torus({}, 0.2, 0.03, 28, 8).move(1.68, 0, -0.97)),
          of("cotton", 0xf4f0e6));
    m.mass(0.06);
}
void make_kite(Maker& m) {
    static const unsigned h[4] = {0xd8302a, 0xf2c030, 0x2a6fc0, 0x38a048};
    m.colour(h[0]);
    const Vec3 t{0, 0, 0.8}, b{0, 0, 0}, l{-0.06, 0.28, 0.52}, r{-0.06, -0.28, 0.52},
        c{0.03, 0, 0.52};
    int i = 0;
    for (const auto& [p, q] : {std::pair{t, r}, {t, l}, {l, b}, {r, b}}) {
        m.add("panel",
              facets({p, q, c, p + Vec3{-0.006, 0, 0}, q + Vec3{-0.006, 0, 0},
                      c + Vec3{-0.006, 0, 0}}),
              i ? own(h[i]) : own());
        ++i;
    }
    m.add("spar", rod(t, b, 0.006, -1, 8).add(tube({l, {-0.005, 0, 0.52}, r}, {0.006})),
          of("wood"));
    m.ghost();
    m.add(
        "tail",
        tube({{0, 0, 0}, {0, 0.06, -0.12}, {0, -0.05, -0.24}, {0, 0.05, -0.36}, {0, -0.02, -0.46}},
             {0.004}),
        of("cotton"));
    for (int k = 0; k < 4; ++k)
        m.add(
            "bow",
            facets(
                {{0.01, 0, 0}, {-0.01, 0, 0}, {0, 0.05, 0.025}, {0, 0.05, -0.025}, {0, 0.0, 0.004}})
                .mirror_y()
                .move(0, 0.045 * (k % 2 ? -1 : 1), -0.1 - 0.11 * k),
            own(h[k]));
    m.mass(0.08);
}
void make_rubber_duck(Maker& m) {
    Blob b;
    b.blend(0.1)
        .egg({0, 0, 0.34}, {0.5, 0.38, 0.32}, -6)
        .bone({-0.35, 0, 0.42}, 0.18, {-0.6, 0, 0.62}, 0.05);
    b.group(1).blend(0.07).ball({0.26, 0, 0.82}, 0.29);
    b.both().blend(0.03).egg({-0.08, 0.34, 0.42}, {0.26, 0.09, 0.16}, 10);
    b.cut_below(0.06);
    m.colour(0xf6cc1e);
    const Mesh d = b.mesh(84);
    m.collide_groups(b, d);
    m.add("duck", d);
    m.add("bill",
          ellipsoid({0.56, 0, 0.80}, {0.16, 0.14, 0.035}, 28)
              .add(ellipsoid({0.54, 0, 0.755}, {0.12, 0.12, 0.03}, 28)),
          own(0xe8701c));
    add_eyes(m, {0.45, 0.155, 0.92}, 0.05);
    m.mass(0.05);
    m.hollow();
}
void make_toy_soldier(Maker& m) {
    m.colour(0x4a6a34);
    m.piece("base");
    m.add("base", lathe({{0, 0}, {0.3, 0}, {0.3, 0.04}, {0, 0.05}}, 0.01, 32));
    Blob b;
    b.blend(0.03)
        .egg({0, 0, 0.6}, {0.1, 0.13, 0.19})
        .ball({0.01, 0, 0.9}, 0.085)
        .egg({0, 0, 0.95}, {0.12, 0.115, 0.075})
        .both()
        .chain({{{0, 0.07, 0.46}, 0.075}, {{0.04, 0.12, 0.25}, 0.06}, {{0.0, 0.13, 0.07}, 0.05}})
        .bone({0.02, 0.13, 0.06}, 0.045, {0.1, 0.14, 0.06}, 0.04)
        .one()
        .chain({{{0, 0.13, 0.72}, 0.055}, {{0.12, 0.15, 0.58}, 0.045}, {{0.24, 0.05, 0.68}, 0.04}})
        .chain(
            {{{0, -0.13, 0.72}, 0.055}, {{0.02, -0.2, 0.58}, 0.045}, {{0.14, -0.06, 0.62}, 0.04}})
        .bone({-0.12, -0.09, 0.56}, 0.03, {0.6, 0.12, 0.76}, 0.016)
        .bone({-0.2, -0.12, 0.5}, 0.035, {-0.06, -0.08, 0.58}, 0.03)
        .egg({-0.12, 0, 0.64}, {0.07, 0.09, 0.1});
    m.piece("figure");
    m.add("figure", b.mesh(84));
    m.mass(0.006);
}
void make_jack_in_the_box(Maker& m) {
    m.colour(0xc8302a);
    m.piece("box");
    m.add("box", slab({-0.5, -0.5, 0}, {0.5, 0.5, 0.9}, 0.03));
    for (const double a : {0.0, 90.0, 180.0, 270.0})
        m.add("star",
              extrude(star_outline(5, 0.28, 0.12), 0.495, 0.515, 0)
                  .turn_x(90)
                  .turn_z(90)
                  .move(-0.0, 0, 0)
                  .turn_z(0)
                  .scale(1, 1, 1)
                  .move(0, 0, 0.45)
                  .turn_z(a),
              own(0xf2c830));
    m.add("lid", slab({-0.5, -0.5, 0}, {0.5, 0.5, 0.06}, 0.02).turn_y(-100).move(-0.55, 0, 1.35),
          own(0x2a6fc0));
    m.add("crank",
          tube({{0.1, -0.5, 0.5}, {0.1, -0.62, 0.5}, {0.1, -0.64, 0.72}, {0.1, -0.75, 0.72}},
               {0.03}, {.steps = 2}),
          of("steel"));
    m.piece("jack");
    std::vector<Vec3> p;
    for (int i = 0; i <= 80; ++i) {
        const double a = i * kPi / 8;
        p.push_back({0.24 * std::cos(a), 0.24 * std::sin(a), 0.8 + 0.0085 * i});
    }
    m.add("spring", tube(p, {0.03}, {.sides = 8, .steps = 1}), of("steel"));
    m.add("head", sphere({0, 0, 1.78}, 0.32, 36), own(0xf6dcc0));
    m.add("nose", sphere({0.34, 0, 1.76}, 0.09, 20), own(0xe02a2a));
    add_eyes(m, {0.27, 0.12, 1.87}, 0.045, true);
    m.add("mouth", tube({{0.27, -0.15, 1.66}, {0.32, 0, 1.59}, {0.27, 0.15, 1.66}}, {0.03}),
          own(0xc02020));
    m.add("hair", sphere({-0.02, 0.3, 1.85}, 0.13, 18).mirror_y(), own(0xe86a1c));
    m.add("hat", rod({0, 0, 2.0}, {0, 0, 2.5}, 0.2, 0.01), own(0x2a6fc0));
    m.add("pompom", sphere({0, 0, 2.52}, 0.08, 18), own(0xf2c830));
    m.add("ruff",
          lathe({{0.1, 1.42}, {0.42, 1.44}, {0.42, 1.5}, {0.1, 1.54}}, 0.01, 48, true)
              .warp([](Vec3 q) {
                  return q + Vec3{0, 0, 0.05 * std::sin(std::atan2(q.y, q.x) * 12)};
              }),
          own(0xf2c830));
    m.mass(0.6);
}
void make_rocking_horse(Maker& m) {
    Beast b;
    b.withers = 0.92, b.croup = 0.9, b.chest = {0.15, 0.19}, b.waist = {0.14, 0.17},
    b.rump = {0.15, 0.19}, b.stance = 0.17, b.shoulder = 0.08, b.thigh = 0.1, b.knee = 0.045,
    b.ankle = 0.036, b.hoof = true, b.foot = {0.05, 0.05, 0.05};
    b.head = {0.74, 1.22}, b.neck = {0.14, 0.1}, b.skull = 0.1, b.pitch = 42, b.muzzle = 0.2,
    b.muzzle_radius = {0.08, 0.06}, b.nose = 0, b.hock = 0.04,
    b.ear = {{-0.2, 0.5, 0.8}, {-0.1, 0.55, 1.3}, {0, 0.5, 1.7}}, b.ear_width = 0.5, b.cells = 80;
    m.colour(0xc08a50);
    add_beast(m, b, beast_body(b));
    Mesh h;
    for (int i = 0; i <= 8; ++i)
        h.add(ellipsoid(base::lerp(Vec3{0.36, 0, 0.95}, head_point(b, {-0.3, 0, 1.0}), i / 8.0),
                        {0.045, 0.025, 0.07}, 10));
    h.add(tube({{-0.56, 0, 0.86}, {-0.68, 0, 0.8}, {-0.7, 0, 0.5}}, {0.03, 0.05, 0.01}));
    m.add("mane", h, of("fabric", 0x3a2414));
    m.add("saddle", ellipsoid({-0.02, 0, 0.88}, {0.2, 0.155, 0.07}, 24), of("leather", 0xa02420));
    m.piece("rockers");
    for (const double s : {-1.0, 1.0}) {
        std::vector<Vec3> p;
        for (int i = -6; i <= 6; ++i)
            p.push_back({0.14 * i, s * 0.19, 0.0042 * i * i * 1.2 - 0.03});
        m.add("rocker", tube(p, {0.028}), own(0xa02420));
    }
    for (const double x : {-0.45, 0.4})
        m.add("bar", rod({x, -0.19, 0.02}, {x, 0.19, 0.02}, 0.02), own(0xa02420));
    m.mass(8);
    m.anchor("seat", {0, 0, 0.95});
}
void make_slinky(Maker& m) {
    std::vector<Vec3> p;
    for (int i = 0; i <= 24 * 26; ++i) {
        const double a = i * kPi / 12;
        p.push_back({std::cos(a), std::sin(a), 0.0028 * i});
    }
    m.add("coil", tube(p, {0.03}, {.sides = 6, .steps = 1}));
    m.collide_wall({1.03, 0}, {1.03, 1.75}, 0.1, 8);
    m.mass(0.2);
    m.hollow();
}
void make_frisbee(Maker& m) {
    m.colour(0xe83a2a);
    m.add("disc",
          lathe({{0, 0.11},
                 {0.6, 0.105},
                 {0.9, 0.07},
                 {1, 0.0},
                 {0.98, -0.06},
                 {0.94, -0.06},
                 {0.94, 0.0},
                 {0.87, 0.045},
                 {0.6, 0.08},
                 {0, 0.085}},
                0.01, 72)
              .turn_x(180)
              .turn_x(180),
          own());
    Mesh r;
    for (const double q : {0.3, 0.5, 0.7})
        r.add(torus({0, 0, q < 0.6 ? 0.109 : 0.094}, q, 0.006, 64, 6));
    m.add("rings", r, own(0xf8e8d0));
    m.mass(0.175);
}
void make_boomerang(Maker& m) {
    m.add("wood", extrude(spline({{-0.04, 0.04},
                                  {0.12, 0.2},
                                  {0.2, 0.42},
                                  {0.26, 0.43},
                                  {0.25, 0.36},
                                  {0.1, 0.02},
                                  {0.1, -0.02},
                                  {0.25, -0.36},
                                  {0.26, -0.43},
                                  {0.2, -0.42},
                                  {0.12, -0.2},
                                  {-0.04, -0.04}},
                                 true, 5),
                          0, 0.02, 0.007));
    for (const double s : {-1.0, 1.0}) {
        m.add("band",
              box({0.205, s * 0.34, 0.0195}, {0.08, 0.02, 0.002}, 0)
                  .add(box({0.17, s * 0.28, 0.0195}, {0.08, 0.015, 0.002}, 0)),
              own(0xb02420));
        m.collide_hull({{-0.04, 0, 0},
                        {0.1, 0, 0},
                        {-0.03, s * 0.04, 0},
                        {0.2, s * 0.43, 0},
                        {0.265, s * 0.42, 0},
                        {-0.03, 0, 0.02},
                        {0.1, 0, 0.02},
                        {0.2, s * 0.43, 0.02},
                        {0.265, s * 0.42, 0.02}});
    }
    m.mass(0.1);
}
void make_skateboard(Maker& m) {
    m.colour(0xc08a50);
    m.piece("deck");
    Curve o = rounded_rectangle(0.8, 0.2, 0.1);
    m.add("deck", extrude(o, 0.1, 0.112, 0.003).warp([](Vec3 p) {
        const double e = std::max(0.0, std::abs(p.x) - 0.26);
        return Vec3{p.x, p.y, p.z + 2.6 * e * e + 0.6 * p.y * p.y};
    }));
    m.add("grip",
          extrude(rounded_rectangle(0.79, 0.19, 0.095), 0.1115, 0.1135, 0.0005).warp([](Vec3 p) {
              const double e = std::max(0.0, std::abs(p.x) - 0.26);
              return Vec3{p.x, p.y, p.z + 2.6 * e * e + 0.6 * p.y * p.y};
          }),
          of("paper", 0x18181a));
    for (const double x : {-0.23, 0.23}) {
        m.add("truck",
              slab({x - 0.03, -0.025, 0.085}, {x + 0.03, 0.025, 0.102})
                  .add(rod({x, -0.085, 0.05}, {x, 0.085, 0.05}, 0.01))
                  .add(rod({x, 0, 0.05}, {x, 0, 0.095}, 0.018)),
              of("aluminium"));
        for (const double s : {-1.0, 1.0}) {
            m.piece("wheel");
            m.add("wheel",
                  rod({x, s * 0.07, 0.027}, {x, s * 0.102, 0.027}, 0.027, -1, 28, 0.007)
                      .move(0, 0, 0.005),
                  of("rubber", 0xf0d040));
        }
        m.piece("deck");
    }
    m.mass(2.5);
}
void make_scooter(Maker& m) {
    m.colour(0x2a6fc0);
    m.piece("deck");
    m.add("deck", slab({-0.35, -0.06, 0.08}, {0.28, 0.06, 0.1}, 0.008));
    m.piece("bar");
    m.add("column", rod({0.46, 0, 0.12}, {0.32, 0, 0.98}, 0.017), of("steel"));
    m.add("bars", rod({0.32, -0.2, 0.98}, {0.32, 0.2, 0.98}, 0.014), of("steel"));
    m.add("grip", rod({0.32, 0.12, 0.98}, {0.32, 0.21, 0.98}, 0.02).mirror_y(),
          of("rubber", 0x1a1a1a));
    m.add("neck", tube({{0.26, 0, 0.09}, {0.38, 0, 0.14}, {0.43, 0, 0.26}}, {0.022}));
    for (const double x : {0.48, -0.42}) {
        m.piece("wheel");
        add_wheel(m, {x, 0, 0.09}, 0.09, 0.035, {.spokes = 3});
    }
    m.add("fender", extrude_y(joined(arc({-0.42, 0.09}, 0.105, 40, 150, 10),
                                     arc({-0.42, 0.09}, 0.098, 150, 40, 10)),
                              -0.03, 0.03, 0.002));
    m.mass(4);
}
void make_trampoline(Maker& m) {
    m.add("mat", rod({0, 0, 0.69}, {0, 0, 0.7}, 1.0, -1, 64, 0.002), of("fabric", 0x16181a));
    m.add("pad", lathe({{0.98, 0.685}, {1.2, 0.685}, {1.2, 0.72}, {0.98, 0.72}}, 0.012, 64, true),
          of("plastic", 0x1f5fb0));
    for (int i = 0; i < 4; ++i)
        m.add("leg",
              tube({{1.13, 0.45, 0.69},
                    {1.15, 0.42, 0.05},
                    {1.15, 0, 0.025},
                    {1.15, -0.42, 0.05},
                    {1.13, -0.45, 0.69}},
                   {0.025})
                  .turn_z(90 * i),
              of("steel"));
    m.collide_rod({0, 0, 0.66}, {0, 0, 0.71}, 1.2, "mat");
    for (int i = 0; i < 4; ++i) {
        const double a = i * kPi / 2;
        m.collide_box({1.15 * std::cos(a) - (i % 2 ? 0.4 : 0.03),
                       1.15 * std::sin(a) - (i % 2 ? 0.03 : 0.4), 0},
                      {1.15 * std::cos(a) + (i % 2 ? 0.4 : 0.03),
                       1.15 * std::sin(a) + (i % 2 ? 0.03 : 0.4), 0.66});
    }
    m.mass(60);
    m.anchor("top", {0, 0, 0.71});
}
void make_swing(Maker& m) {
    m.colour(0xc8302a);
    for (const double s : {-1.0, 1.0}) {
        m.piece("frame");
        m.add("frame",
              rod({-0.7, s * 0.95, 0}, {0, s * 0.8, 2.2}, 0.035)
                  .add(rod({0.7, s * 0.95, 0}, {0, s * 0.8, 2.2}, 0.035)),
              of("steel", 0x2a6fc0));
    }
    m.piece("beam");
    m.add("beam", rod({0, -0.85, 2.2}, {0, 0.85, 2.2}, 0.04), of("steel", 0x2a6fc0));
    m.piece("seat");
    m.add("seat", slab({-0.1, -0.24, 0.48}, {0.1, 0.24, 0.52}, 0.012), own(0xb8783c));
    m.ghost();
    m.add("rope", rod({0, 0.22, 0.5}, {0, 0.22, 2.18}, 0.01, -1, 8).mirror_y(), of("rope"));
    m.anchor("seat", {0, 0, 0.52});
    m.mass(40);
}
void make_seesaw(Maker& m) {
    m.piece("plank");
    m.add("plank", beam({-1.5, 0, 0.25}, {1.5, 0, 0.95}, 0.26, 0.05), own(0xc8302a));
    m.add("seat",
          beam({-1.48, 0, 0.29}, {-1.15, 0, 0.37}, 0.28, 0.03)
              .add(beam({1.15, 0, 0.9}, {1.48, 0, 0.98}, 0.28, 0.03)),
          own(0x2a6fc0));
    for (const double s : {-1.0, 1.0})
        m.add("handle",
              tube({{s * 1.05, -0.1, 0.62 + s * 0.24},
                    {s * 1.05, -0.1, 0.9 + s * 0.24},
                    {s * 1.05, 0.1, 0.9 + s * 0.24},
                    {s * 1.05, 0.1, 0.62 + s * 0.24}},
                   {0.016}, {.steps = 2}),
              of("steel"));
    m.piece("stand");
    m.add("stand", extrude_y({{-0.35, 0}, {0.35, 0}, {0.08, 0.58}, {-0.08, 0.58}}, -0.2, 0.2, 0.02),
          own(0xf0c030));
    m.mass(30);
}
void make_slide(Maker& m) {
    m.colour(0xd8302a);
    m.ghost();
    Mesh c = sheet(
        8, 30,
        [](double u, double v) {
            const double x = -0.4 + 1.75 * v, z = 1.5 - 1.42 * (v * v * (3 - 2 * v)) * 0.985,
                         s = u - 0.5;
            return Vec3{x, s * 0.5, z + 0.12 * std::pow(std::abs(2 * s), 6)};
        },
        0.02);
    m.add("chute", c);
    for (int i = 0; i < 6; ++i) {
        const auto at = [](double v, double y, double up) {
            return Vec3{-0.4 + 1.75 * v, y, 1.5 - 1.42 * (v * v * (3 - 2 * v)) * 0.985 + up};
        };
        const double a = i / 6.0, b = (i + 1) / 6.0;
        m.collide_hull(
            {at(a, -0.25, 0), at(a, 0.25, 0), at(b, -0.25, 0), at(b, 0.25, 0), at(a, -0.25, -0.04),
             at(a, 0.25, -0.04), at(b, -0.25, -0.04), at(b, 0.25, -0.04)},
            "chute");
    }
    m.add("platform", slab({-0.9, -0.3, 1.46}, {-0.38, 0.3, 1.5}), of("steel", 0x2a6fc0));
    for (const double s : {-1.0, 1.0}) {
        m.add("post",
              rod({-0.88, s * 0.27, 0}, {-0.88, s * 0.27, 2.1}, 0.025)
                  .add(rod({-0.42, s * 0.27, 0}, {-0.42, s * 0.27, 2.1}, 0.025))
                  .add(rod({-0.88, s * 0.27, 2.1}, {-0.42, s * 0.27, 2.1}, 0.02))
                  .add(rod({-0.88, s * 0.25, 1.46}, {-1.3, s * 0.25, 0}, 0.022)),
              of("steel", 0x2a6fc0));
    }
    for (int i = 0; i < 5; ++i)
        m.add("rung",
              rod({-1.24 + 0.075 * i, -0.25, 0.22 + 0.26 * i},
                  {-1.24 + 0.075 * i, 0.25, 0.22 + 0.26 * i}, 0.017),
              of("steel", 0xf0c030));
    m.collide_box({-0.9, -0.3, 0}, {-0.38, 0.3, 1.5}, "tower");
    m.collide_box({-0.9, -0.3, 1.5}, {-0.86, 0.3, 2.1});
    m.collide_beam({-1.3, 0, 0}, {-0.88, 0, 1.46}, 0.5, 0.04, "ladder");
    m.mass(70);
    m.anchor("top", {-0.6, 0, 1.5});
}
void make_pinwheel(Maker& m) {
    m.add("stick", rod({0, 0, 0}, {0, 0, 0.2}, 0.0035), of("wood"));
    static const unsigned h[4] = {0xd8302a, 0xf2c030, 0x2a6fc0, 0x38a048};
    m.colour(h[0]);
    for (int i = 0; i < 4; ++i)
        m.add("vane",
              sheet(
                  8, 8,
                  [](double u, double v) {
                      const double r = 0.062 * v, a = u * 1.2;
                      return Vec3{0.012 + 0.022 * std::sin(kPi * u) * v, r * std::cos(a),
                                  r * std::sin(a)};
                  },
                  0.0008)
                  .turn_x(90 * i)
                  .move(0, 0, 0.188),
              i ? own(h[i]) : own());
    m.add("pin", sphere({0.018, 0, 0.188}, 0.006, 16), of("brass"));
    m.mass(0.02);
}
void make_snow_globe(Maker& m) {
    m.piece("base");
    m.add("base", lathe({{0, 0}, {0.9, 0}, {0.85, 0.3}, {0.68, 0.45}, {0, 0.45}}, 0.04, 56),
          of("wood", 0x5a2418));
    m.add("plate", slab({0.85, -0.25, 0.1}, {0.895, 0.25, 0.24}, 0.01), of("brass"));
    m.piece("globe");
    m.add("globe", sphere({0, 0, 1.15}, 0.92, 64));
    m.ghost();
    m.add("snow", lathe({{0, 0.46}, {0.6, 0.46}, {0.72, 0.62}, {0.4, 0.72}, {0, 0.74}}, 0.05, 48),
          of("snow"));
    m.add("house",
          slab({-0.1, -0.32, 0.7}, {0.2, 0.06, 0.98})
              .add(extrude_x({{-0.36, 0.97}, {0.1, 0.97}, {-0.13, 1.18}}, -0.13, 0.23, 0.01)),
          of("wood", 0x9a2420));
    m.add("tree",
          rod({0, 0.32, 0.7}, {0, 0.32, 1.0}, 0.22, 0.08)
              .add(rod({0, 0.32, 0.95}, {0, 0.32, 1.25}, 0.17, 0.02)),
          of("leaf", 0x2a6a34));
    Mesh f;
    base::Rng g(3);
    for (int i = 0; i < 60; ++i) {
        const Vec3 d = base::normalize(Vec3{g.normal(), g.normal(), g.normal()}) *
                       (0.84 * std::cbrt(g.uniform()));
        if (d.z > -0.4) f.add(sphere(Vec3{0, 0, 1.15} + d, 0.022, 6));
    }
    m.add("flakes", f, of("snow"));
    m.mass(0.5);
}
void make_paper_airplane(Maker& m) {
    m.colour(0xf8f7f2);
    const auto tri = [&](Vec3 a, Vec3 b, Vec3 c) {
        return facets(
            {a, b, c, a + Vec3{0, 0, 0.002}, b + Vec3{0, 0.0, 0.002}, c + Vec3{0, 0.002, 0.002}});
    };
    for (const double s : {-1.0, 1.0}) {
        m.add("wing", tri({0.14, 0, 0.04}, {-0.14, s * 0.008, 0.045}, {-0.14, s * 0.09, 0.055}));
        m.add("fold", facets({{0.14, 0, 0.04},
                              {-0.14, s * 0.008, 0.045},
                              {-0.14, 0, 0},
                              {-0.14, s * 0.002, 0},
                              {0.14, s * 0.001, 0.041}}));
        m.add("crease",
              tri({0.139, s * 0.002, 0.0425}, {-0.02, s * 0.045, 0.0515}, {0.04, s * 0.012, 0.045}),
              own(0xe4e2da));
    }
    m.mass(0.005);
}
void make_paper_boat(Maker& m) {
    m.colour(0xf8f7f2);
    for (const double s : {-1.0, 1.0}) {
        m.add("side", facets({{-0.09, 0, 0.055},
                              {0.09, 0, 0.055},
                              {-0.05, 0, 0},
                              {0.05, 0, 0},
                              {0, s * 0.035, 0.05},
                              {-0.04, s * 0.018, 0.0},
                              {0.04, s * 0.018, 0.0},
                              {0, s * 0.033, 0.052}}));
    }
    m.add("sail", facets({{-0.045, 0.004, 0.02},
                          {0.045, 0.004, 0.02},
                          {-0.045, -0.004, 0.02},
                          {0.045, -0.004, 0.02},
                          {0, 0, 0.1}}));
    m.add("fold",
          rod({-0.088, 0, 0.056}, {-0.0, 0.034, 0.052}, 0.0008, -1, 5)
              .add(rod({0.088, 0, 0.056}, {0, 0.034, 0.052}, 0.0008, -1, 5))
              .mirror_y(),
          own(0xd8d6ce));
    m.mass(0.004);
}
void make_origami_crane(Maker& m) {
    m.colour(0xd83a4a);
    for (const double s : {-1.0, 1.0})
        m.add("wing", facets({{0.02, s * 0.004, 0.05},
                              {-0.03, s * 0.004, 0.05},
                              {0.01, s * 0.075, 0.085},
                              {0.02, s * 0.004, 0.047},
                              {-0.03, s * 0.004, 0.047},
                              {-0.005, s * 0.004, 0.052}}));
    m.add("body", facets({{0.025, 0, 0.055},
                          {-0.03, 0, 0.055},
                          {0, 0.014, 0.04},
                          {0, -0.014, 0.04},
                          {0.015, 0, 0.015},
                          {-0.015, 0, 0.015},
                          {0, 0, 0.065}}));
    m.add("neck", facets({{0.02, 0.004, 0.045},
                          {0.02, -0.004, 0.045},
                          {0.008, 0, 0.03},
                          {0.06, 0, 0.1},
                          {0.056, 0.0015, 0.1}}));
    m.add("head",
          facets(
              {{0.06, 0, 0.102}, {0.053, 0.003, 0.097}, {0.053, -0.003, 0.097}, {0.078, 0, 0.09}}));
    m.add("tail", facets({{-0.02, 0.004, 0.045},
                          {-0.02, -0.004, 0.045},
                          {-0.008, 0, 0.03},
                          {-0.07, 0, 0.095},
                          {-0.066, 0.0015, 0.095}}));
    m.mass(0.003);
}

constexpr Noun kNouns[] = {
    {"toy_car", 0.12, "plastic", make_toy_car},
    {"toy_train", 0.2, "wood", make_toy_train},
    {"teddy_bear", 0.35, "fabric", make_teddy_bear},
    {"doll", 0.3, "plastic", make_doll},
    {"robot", 0.4, "steel", make_robot},
    {"spinning_top", 0.07, "wood", make_spinning_top},
    {"yoyo", 0.06, "plastic", make_yoyo},
    {"kite", 0.8, "fabric", make_kite},
    {"rubber_duck", 0.1, "rubber", make_rubber_duck},
    {"toy_soldier", 0.06, "plastic", make_toy_soldier},
    {"jack_in_the_box", 0.2, "wood", make_jack_in_the_box},
    {"rocking_horse", 0.9, "wood", make_rocking_horse},
    {"slinky", 0.07, "steel", make_slinky},
    {"frisbee", 0.27, "plastic", make_frisbee},
    {"boomerang", 0.4, "wood", make_boomerang},
    {"skateboard", 0.8, "wood", make_skateboard},
    {"scooter", 1, "steel", make_scooter},
    {"trampoline", 2.4, "fabric", make_trampoline},
    {"swing", 2.2, "wood", make_swing},
    {"seesaw", 3, "wood", make_seesaw},
    {"slide", 2.6, "steel", make_slide},
    {"pinwheel", 0.25, "plastic", make_pinwheel},
    {"snow_globe", 0.1, "glass", make_snow_globe},
    {"paper_airplane", 0.28, "paper", make_paper_airplane},
    {"paper_boat", 0.18, "paper", make_paper_boat},
    {"origami_crane", 0.15, "paper", make_origami_crane},
};

}  // namespace

std::span<const Noun> toy_nouns() { return kNouns; }

}  // namespace world::kit
