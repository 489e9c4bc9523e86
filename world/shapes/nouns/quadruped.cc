// Dogs, cats, farm and wild animals on the template of kit/beast.h.
#include <cmath>

#include "world/shapes/catalogue.h"
#include "world/shapes/kit/beast.h"
#include "world/shapes/kit/noise.h"
#include "world/shapes/kit/solids.h"

namespace world::kit {
namespace {

double below(Vec3 p, double z) { return p.z - z; }
double ball_at(Vec3 p, Vec3 c, double r) { return base::length(p - c) - r; }

void make_dog(Maker& m) {
    Beast b;
    b.tail = {{{-0.56, 0, 0.90}, 0.055},
              {{-0.74, 0, 0.98}, 0.048},
              {{-0.86, 0, 1.14}, 0.040},
              {{-0.88, 0, 1.30}, 0.022}};
    // Floppy ears hang from the top of the skull.
    b.ear = {{-0.25, 0.62, 0.72}, {-0.18, 1.05, 0.62}, {-0.05, 1.22, -0.05}, {0.05, 1.15, -0.75}};
    b.ear_width = 1.0;
    m.colour(0xb07a3e);
    const Blob body = beast_body(b);
    const Vec3 snout = head_point(b, {1.6, 0, -0.75});
    add_beast(
        m, b, body,
        {{"muzzle", [=](Vec3 p) { return ball_at(p, snout, 0.145); }, own(0xe9d6b4)},
         {"chest",
          [](Vec3 p) {
              return std::max(0.30 - p.x, ball_at(p, {0.68, 0, 0.60}, 0.20));
          },
          own(0xe9d6b4)},
         {"socks", [](Vec3 p) { return p.z - 0.13 - 0.01 * std::sin(40 * p.x); }, own(0xe9d6b4)}});
    m.add("collar",
          torus({}, 1, 0.13, 40, 10).scale(0.138, 0.138, 0.16).turn_y(48).move(0.705, 0, 0.985),
          of("leather", 0xb01e22));
    m.add("tag", rod({0, -0.006, 0}, {0, 0.006, 0}, 0.03, -1, 20).turn_z(90).move(0.80, 0, 0.83),
          of("brass"));
    m.mass(28);
}

void make_cat(Maker& m) {
    Beast b;
    b.withers = 0.74, b.croup = 0.76;
    b.chest = {0.135, 0.175}, b.waist = {0.13, 0.155}, b.rump = {0.145, 0.175};
    b.stance = 0.09, b.shoulder = 0.09, b.thigh = 0.12, b.knee = 0.047, b.ankle = 0.038;
    b.foot = {0.062, 0.046, 0.036};
    b.head = {0.70, 0.90}, b.neck = {0.125, 0.10}, b.skull = 0.142, b.pitch = 4;
    b.muzzle = 0.042, b.muzzle_radius = {0.082, 0.052}, b.muzzle_drop = 0.022;
    b.eye_at = {0.92, 0.46, 0.22}, b.eye = 0, b.nose = 0.02, b.nose_hex = 0xc07a78;
    b.ear = {{-0.08, 0.56, 0.62}, {-0.10, 0.68, 1.10}, {-0.10, 0.74, 1.58}};
    b.ear_width = 0.92, b.ear_cup = 0.2, b.ear_inside_hex = 0xd8a090;
    b.tail = {{{-0.56, 0, 0.68}, 0.046},
              {{-0.78, 0, 0.62}, 0.044},
              {{-0.98, 0, 0.72}, 0.042},
              {{-1.06, 0, 0.95}, 0.040},
              {{-0.98, 0, 1.14}, 0.034}};
    m.colour(0xc8823c);
    Blob body = beast_body(b);
    body.group(1).blend(0.03).both();
    body.egg(head_point(b, {0.62, 0.30, -0.42}), {0.066, 0.058, 0.05});  // whisker pads
    const Vec3 chin = head_point(b, {1.05, 0, -0.55});
    const auto stripes = [](Vec3 p) {
        if (p.z < 0.34 || p.x > 0.52) return 1.0;
        return std::sin(p.x * 42 + 2.2 * rough(p * 6.0, 4)) * -1 - 0.35 -
               std::max(0.0, (0.62 - p.z) * 3);
    };
    add_beast(
        m, b, body,
        {{"muzzle", [=](Vec3 p) { return ball_at(p, chin, 0.10); }, own(0xf3e6d2)},
         {"bib",
          [](Vec3 p) {
              return ball_at(p, {0.60, 0, 0.56}, 0.16);
          },
          own(0xf3e6d2)},
         {"socks", [](Vec3 p) { return p.z - 0.085; }, own(0xf3e6d2)},
         {"tail tip", [](Vec3 p) { return std::max(p.x + 0.9, 1.02 - p.z); }, own(0xf3e6d2)},
         {"stripes", [=](Vec3 p) { return -stripes(p) < 0 ? 1.0 : stripes(p); }, own(0x8f4f1e)}});
    // Almond eyes with upright pupils.
    const Vec3 out = head_direction(b, base::normalize(b.eye_at));
    const Vec3 spot = body.on_surface(Vec3{b.head.x, 0, b.head.y} + out * 0.4, -out) - out * 0.012;
    m.add("eye", sphere(spot, 0.034, 20).mirror_y(), of("glass", 0x9fb83a));
    m.add("pupil", ellipsoid(spot + out * 0.014, {0.024, 0.0085, 0.024}, 16).mirror_y(),
          of("resin", 0x080808));
    Mesh whiskers;
    for (int i = -1; i <= 1; ++i) {
        const Vec3 root = head_point(b, {1.02, 0.42, -0.38});
        whiskers.add(tube(
            {root, root + Vec3{0.03, 0.09, 0.015 * i}, root + Vec3{0.015, 0.19, 0.035 * i - 0.01}},
            {0.0026, 0.002, 0.001}, {.sides = 5}));
    }
    m.add("whisker", whiskers.mirror_y(), of("plastic", 0xf4f0e8));
    m.mass(4.5);
}

Beast equine() {
    Beast b;
    b.withers = 1.34, b.croup = 1.34;
    b.chest = {0.185, 0.27}, b.waist = {0.20, 0.235}, b.rump = {0.195, 0.25};
    b.stance = 0.125, b.shoulder = 0.125, b.thigh = 0.15, b.knee = 0.056, b.ankle = 0.04;
    b.foot = {0.07, 0.06, 0.05}, b.hoof = true, b.hock = 0.09;
    b.head = {0.90, 1.74}, b.neck = {0.19, 0.115}, b.skull = 0.118, b.pitch = 48;
    b.muzzle = 0.33, b.muzzle_radius = {0.098, 0.072}, b.muzzle_drop = 0.005;
    b.eye_at = {0.45, 0.82, 0.42}, b.eye = 0.024, b.nose = 0;
    b.ear = {{-0.25, 0.48, 0.75}, {-0.12, 0.56, 1.25}, {0.0, 0.5, 1.75}};
    b.ear_width = 0.55, b.ear_cup = 0.35;
    b.cells = 98;
    return b;
}

void add_mane_and_tail(Maker& m, const Beast& b, const Look& hair) {
    Mesh mane;
    const Vec3 low{0.42, 0, b.withers + 0.01}, high = head_point(b, {-0.5, 0, 0.9});
    for (int i = 0; i <= 14; ++i) {
        const double t = i / 14.0;
        const Vec3 root =
            base::lerp(low, high, t) + Vec3{-0.02, 0, 0.055 * std::sin(kPi * t) + 0.01};
        const double side = i % 2 ? 1 : -1;
        mane.add(
            tube({root, root + Vec3{-0.04, side * 0.05, 0.01},
                  root + Vec3{-0.09, side * 0.115, -0.08}, root + Vec3{-0.07, side * 0.135, -0.2}},
                 {0.03, 0.045, 0.036, 0.006}, {.sides = 8, .steps = 4}));
    }
    const Vec3 top = head_point(b, {0.1, 0, 1.0});
    mane.add(tube({top, head_point(b, {0.7, 0.05, 0.95}), head_point(b, {1.5, 0, 0.62})},
                  {0.035, 0.042, 0.006}, {.sides = 8}));
    m.add("mane", mane, hair);
    Mesh tail;
    for (int i = 0; i < 9; ++i) {
        const double a = 2 * kPi * i / 9, y = 0.045 * std::cos(a), x = 0.035 * std::sin(a);
        const double z = b.croup - 0.09;
        tail.add(tube({{-0.58, 0, z},
                       {-0.70 + x, y, z - 0.03},
                       {-0.78 + x * 1.3, y * 1.3, z - 0.35},
                       {-0.74 + x, y, z - 0.72}},
                      {0.03, 0.045, 0.05, 0.008}, {.sides = 8, .steps = 5}));
    }
    m.add("tail", tail, hair);
}

void make_horse(Maker& m) {
    const Beast b = equine();
    m.colour(0x7a4322);
    const Vec3 nose = head_point(b, {3.3, 0, -0.3}), blaze = head_point(b, {1.6, 0, 0.62});
    add_beast(
        m, b, beast_body(b),
        {{"muzzle", [=](Vec3 p) { return ball_at(p, nose, 0.125); }, own(0x3a241a)},
         {"blaze", [=](Vec3 p) { return std::max(std::abs(p.y) - 0.028, ball_at(p, blaze, 0.17)); },
          own(0xf2ece0)},
         {"stockings", [](Vec3 p) { return below(p, 0.30); }, own(0x2e1c14)}});
    add_mane_and_tail(m, b, own(0x231711));
    m.mass(500);
}

void make_unicorn(Maker& m) {
    const Beast b = equine();
    m.colour(0xf5f2f4);
    const Vec3 nose = head_point(b, {3.3, 0, -0.3});
    add_beast(m, b, beast_body(b),
              {{"muzzle", [=](Vec3 p) { return ball_at(p, nose, 0.11); }, own(0xe6c4cc)}});
    add_mane_and_tail(m, b, own(0xd486c4));
    // The horn is a twisted cone.
    const Vec3 foot = head_point(b, {0.75, 0, 0.8}), tip = head_point(b, {2.0, 0, 4.6});
    Mesh spike = rod({0, 0, 0}, {0, 0, base::length(tip - foot)}, 0.036, 0.004, 20);
    std::vector<Vec3> winding;
    for (int i = 0; i <= 60; ++i) {
        const double t = i / 60.0, a = t * 2 * kPi * 6, r = 0.036 * (1 - t) + 0.003;
        winding.push_back({r * std::cos(a), r * std::sin(a), t * base::length(tip - foot)});
    }
    spike.add(tube(winding, {0.009}, {.sides = 6, .steps = 2}));
    m.add("horn", spike.place({foot, Quat::between({0, 0, 1}, base::normalize(tip - foot))}),
          of("gold", 0xe8c66a));
    m.mass(450);
}

void make_zebra(Maker& m) {
    Beast b = equine();
    b.withers = 1.25, b.croup = 1.26, b.head = {0.86, 1.60};
    b.ear = {{-0.25, 0.48, 0.75}, {-0.2, 0.72, 1.35}, {-0.05, 0.62, 1.9}};
    b.ear_width = 0.75, b.cells = 88;
    m.colour(0xf2efe8);
    const Vec3 nose = head_point(b, {3.4, 0, -0.3});
    const auto stripes = [&b](Vec3 p) {
        // Upright on the trunk, lying on legs and rump, across neck and head.
        const double legs = std::clamp((0.78 - p.z) / 0.25, 0.0, 1.0);
        const double rump = std::clamp((-0.25 - p.x) / 0.3, 0.0, 1.0);
        const double neck = std::clamp((p.x - 0.45) / 0.2, 0.0, 1.0);
        const double trunk_phase = p.x * 46;
        const double leg_phase = p.z * 68;
        const double rump_phase = -14 + (p.z * 0.8 - p.x * 0.35) * 44;
        const double neck_phase = 20 + (p.z * 0.75 + p.x * 0.45) * 42;
        double phase = trunk_phase;
        if (rump > 0) phase = base::lerp(phase, rump_phase, rump);
        if (neck > 0) phase = base::lerp(phase, neck_phase, neck);
        const double s = std::sin(base::lerp(phase, leg_phase, legs) + 1.2 * rough(p * 3.0, 9));
        return s - 0.05;
    };
    const Blob body = beast_body(b);
    add_beast(m, b, body,
              {{"muzzle", [=](Vec3 p) { return ball_at(p, nose, 0.12); }, own(0x1c1816)},
               {"belly",
                [](Vec3 p) {
                    return std::max({p.z - 0.80, std::abs(p.x) - 0.3, 0.7 - p.z});
                },
                own(0xf2efe8)},
               {"stripes", stripes, own(0x1a1715)}});
    Mesh mane;
    const Vec3 low{0.42, 0, b.withers}, high = head_point(b, {-0.3, 0, 1.0});
    for (int i = 0; i <= 16; ++i) {
        const Vec3 root =
            base::lerp(low, high, i / 16.0) + Vec3{-0.03, 0, 0.045 * std::sin(kPi * i / 16)};
        const Mesh tuft = ellipsoid(root, {0.035, 0.02, 0.075}, 12);
        m.add("mane", tuft, i % 2 ? own(0x1a1715) : own(0xf2efe8));
    }
    Mesh tail = tube({{-0.58, 0, 1.16}, {-0.70, 0, 1.02}, {-0.72, 0, 0.72}}, {0.03, 0.022, 0.018});
    m.add("tail", tail);
    m.add("tuft", ellipsoid({-0.72, 0, 0.62}, {0.035, 0.035, 0.13}, 16), own(0x1a1715));
    m.mass(350);
}

void make_cow(Maker& m) {
    Beast b;
    b.withers = 1.12, b.croup = 1.12;
    b.chest = {0.22, 0.32}, b.waist = {0.25, 0.30}, b.rump = {0.215, 0.26};
    b.stance = 0.15, b.shoulder = 0.13, b.thigh = 0.14, b.knee = 0.06, b.ankle = 0.048;
    b.foot = {0.07, 0.06, 0.045}, b.hoof = true, b.hock = 0.07;
    b.head = {0.86, 1.12}, b.neck = {0.20, 0.13}, b.skull = 0.13, b.pitch = 38;
    b.muzzle = 0.24, b.muzzle_radius = {0.105, 0.088}, b.muzzle_drop = 0.0;
    b.eye_at = {0.35, 0.85, 0.35}, b.eye = 0.026, b.nose = 0;
    b.ear = {{-0.3, 0.75, 0.45}, {-0.35, 1.35, 0.42}, {-0.25, 1.9, 0.15}};
    b.ear_width = 0.6, b.ear_cup = 0.3;
    b.cells = 92;
    m.colour(0xf3efe8);
    Blob body = beast_body(b);
    body.one().group(0).blend(0.05).egg({-0.24, 0, 0.50}, {0.15, 0.12, 0.10});
    const Vec3 nose = head_point(b, {2.6, 0, -0.3});
    add_beast(m, b, body,
              {{"muzzle", [=](Vec3 p) { return ball_at(p, nose, 0.115); }, own(0xd8a49a)},
               {"udder",
                [](Vec3 p) {
                    return ball_at(p, {-0.24, 0, 0.47}, 0.115);
                },
                own(0xdea69a)},
               {"patches",
                [](Vec3 p) {
                    return 0.12 - rough(p * 2.1 + Vec3{4.3, 0.7, 1.9}, 21, 3) -
                           (p.z > 0.45 ? 0.06 : -0.3);
                },
                own(0x1c1917)}});
    m.add("horn",
          horn({head_point(b, {-0.2, 0.5, 0.8}), head_point(b, {-0.1, 1.15, 1.15}),
                head_point(b, {0.15, 1.35, 1.75})},
               0.036)
              .mirror_y(),
          of("bone"));
    Mesh teats;
    for (const double x : {-0.29, -0.19})
        teats.add(capsule({x, 0.05, 0.42}, {x, 0.055, 0.36}, 0.015));
    m.add("teats", teats.mirror_y(), own(0xd08c80));
    m.add("tail", tube({{-0.6, 0, 1.02}, {-0.67, 0, 0.9}, {-0.68, 0, 0.5}}, {0.025, 0.02, 0.016}));
    m.add("tuft", ellipsoid({-0.68, 0, 0.42}, {0.04, 0.04, 0.1}, 16), own(0x1c1917));
    Mesh nostril = ellipsoid(head_point(b, {2.27, 0.31, -0.04}), {0.02, 0.014, 0.018}, 12);
    m.add("nostril", nostril.mirror_y(), own(0x5a3030));
    m.mass(600);
}

void make_pig(Maker& m) {
    Beast b;
    b.withers = 0.80, b.croup = 0.82;
    b.chest = {0.225, 0.29}, b.waist = {0.255, 0.30}, b.rump = {0.23, 0.29};
    b.stance = 0.14, b.shoulder = 0.12, b.thigh = 0.14, b.knee = 0.062, b.ankle = 0.048;
    b.foot = {0.06, 0.05, 0.04}, b.hoof = true, b.hock = 0.05;
    b.head = {0.74, 0.66}, b.neck = {0.23, 0.17}, b.skull = 0.175, b.pitch = 16;
    b.muzzle = 0.14, b.muzzle_radius = {0.12, 0.082}, b.muzzle_drop = 0.01;
    b.eye_at = {0.72, 0.58, 0.36}, b.eye = 0.022, b.nose = 0;
    b.ear = {{-0.05, 0.5, 0.75}, {0.15, 0.78, 1.22}, {0.6, 0.9, 1.25}, {0.95, 0.88, 0.85}};
    b.ear_width = 0.85, b.ear_cup = 0.15;
    m.colour(0xe8a79c);
    const Blob body = beast_body(b);
    add_beast(m, b, body);
    const Vec3 tip = head_point(b, {0.55 + 0.14 / 0.175 - 0.02, 0, -0.36});
    Mesh snout = rod({0, 0, -0.02}, {0, 0, 0.045}, 0.084, 0.092, 32, 0.015);
    m.add("snout", snout.scale(0.95, 1.1, 1).turn_y(90 + b.pitch).move(tip), own(0xdd8a84));
    Mesh holes = ellipsoid({0, 0.036, 0}, {0.012, 0.016, 0.026}, 12)
                     .turn_y(b.pitch)
                     .move(tip + head_direction(b, {0.045, 0, 0}));
    m.add("nostril", holes.mirror_y(), own(0x7a3c3c));
    std::vector<Vec3> curl;
    for (int i = 0; i <= 26; ++i) {
        const double a = i * 0.42, r = 0.05;
        curl.push_back({-0.60 - 0.005 * i, r * std::sin(a), 0.62 + r - r * std::cos(a)});
    }
    m.add("tail", tube(curl, {0.019}, {.sides = 10, .steps = 1}));
    m.mass(150);
}

void make_sheep(Maker& m) {
    Beast b;
    b.withers = 0.92, b.croup = 0.92;
    b.chest = {0.16, 0.2}, b.waist = {0.16, 0.2}, b.rump = {0.16, 0.2};
    b.stance = 0.12, b.shoulder = 0.08, b.thigh = 0.09, b.knee = 0.047, b.ankle = 0.04;
    b.foot = {0.05, 0.045, 0.035}, b.hoof = true, b.hock = 0.06;
    b.head = {0.80, 0.98}, b.neck = {0.13, 0.105}, b.skull = 0.118, b.pitch = 30;
    b.muzzle = 0.15, b.muzzle_radius = {0.085, 0.06}, b.muzzle_drop = 0.01;
    b.eye_at = {0.5, 0.78, 0.28}, b.eye = 0.023, b.nose = 0.02;
    b.ear = {{-0.2, 0.7, 0.35}, {-0.2, 1.3, 0.25}, {-0.1, 1.75, -0.1}};
    b.ear_width = 0.6;
    m.colour(0xf0e9da);
    // Wool: a heap of curls over the trunk; face and legs stay dark.
    Blob wool;
    wool.blend(0.02).group(0).egg({0, 0, 0.70}, {0.62, 0.29, 0.30});
    wool.bone({0.48, 0, 0.82}, 0.19, {0.68, 0, 0.98}, 0.14);
    for (int i = 0; i < 150; ++i) {
        const double z = 1 - 2 * (i + 0.5) / 150, r = std::sqrt(1 - z * z),
                     a = kPi * (3 - std::sqrt(5.0)) * i;
        wool.ball({0.60 * r * std::cos(a), 0.275 * r * std::sin(a), 0.70 + 0.285 * z}, 0.062);
    }
    for (int i = 0; i < 12; ++i) {
        const double a = kPi * (i / 11.0) - 0.2;
        wool.ball(head_point(b, {0.15 + 0.3 * std::sin(i * 2.4), 0.55 * std::cos(a),
                                 0.85 + 0.15 * std::sin(a)}),
                  0.05);
    }
    wool.ball({-0.66, 0, 0.78}, 0.09);
    const Mesh fleece = wool.mesh(76);
    m.piece("fleece");
    m.add("fleece", fleece);
    const Blob body = beast_body(b);
    Beast dark = b;
    add_beast(m, dark, body, {{"skin", [](Vec3) { return -1.0; }, own(0x2e2825)}});
    m.mass(70);
}

void make_goat(Maker& m) {
    Beast b;
    b.withers = 0.98, b.croup = 1.0;
    b.chest = {0.17, 0.25}, b.waist = {0.18, 0.235}, b.rump = {0.165, 0.215};
    b.stance = 0.12, b.shoulder = 0.1, b.thigh = 0.12, b.knee = 0.052, b.ankle = 0.04;
    b.foot = {0.05, 0.045, 0.04}, b.hoof = true, b.hock = 0.08;
    b.head = {0.80, 1.22}, b.neck = {0.15, 0.10}, b.skull = 0.112, b.pitch = 34;
    b.muzzle = 0.19, b.muzzle_radius = {0.085, 0.058}, b.muzzle_drop = 0.0;
    b.eye_at = {0.45, 0.8, 0.35}, b.eye = 0.023, b.nose = 0.02;
    b.ear = {{-0.2, 0.7, 0.35}, {-0.15, 1.35, 0.1}, {0.0, 1.85, -0.4}};
    b.ear_width = 0.6;
    b.tail = {{{-0.58, 0, 0.94}, 0.045}, {{-0.68, 0, 1.02}, 0.035}, {{-0.72, 0, 1.08}, 0.015}};
    m.colour(0xe9e2d4);
    add_beast(m, b, beast_body(b),
              {{"face",
                [=](Vec3 p) {
                    return std::max(std::abs(std::abs(p.y) - 0.075) - 0.02,
                                    ball_at(p, head_point(b, {1.2, 0, 0.1}), 0.2));
                },
                own(0x8a6440)},
               {"back",
                [](Vec3 p) {
                    return std::max(0.93 - p.z, std::abs(p.x) - 0.55) + 0.04 * std::sin(p.x * 9);
                },
                own(0x8a6440)}});
    m.add("horn",
          horn({head_point(b, {0.1, 0.35, 0.85}), head_point(b, {-0.1, 0.5, 2.0}),
                head_point(b, {-1.0, 0.75, 3.0}), head_point(b, {-2.2, 0.95, 3.1})},
               0.04)
              .mirror_y(),
          of("bone", 0x5a4c3e));
    m.add("beard",
          horn({head_point(b, {1.5, 0, -0.8}), head_point(b, {1.7, 0, -1.5}),
                head_point(b, {1.55, 0, -2.5})},
               0.05),
          own(0xd9cfbc));
    m.mass(60);
}

Beast canine() {
    Beast b;
    b.ear = {{-0.15, 0.55, 0.7}, {-0.15, 0.72, 1.25}, {-0.1, 0.72, 1.8}};
    b.ear_width = 0.85, b.ear_cup = 0.2;
    b.muzzle = 0.21, b.muzzle_radius = {0.08, 0.045};
    return b;
}

void make_fox(Maker& m) {
    Beast b = canine();
    b.withers = 0.80, b.croup = 0.80;
    b.chest = {0.13, 0.18}, b.waist = {0.115, 0.145}, b.rump = {0.125, 0.165};
    b.stance = 0.09, b.shoulder = 0.085, b.thigh = 0.105, b.knee = 0.043, b.ankle = 0.034;
    b.foot = {0.065, 0.044, 0.034};
    b.head = {0.76, 0.94}, b.neck = {0.14, 0.11}, b.skull = 0.125, b.pitch = 12;
    b.muzzle = 0.165, b.muzzle_radius = {0.066, 0.03}, b.muzzle_drop = 0.035;
    b.eye_at = {0.8, 0.5, 0.26}, b.nose = 0.026;
    b.ear = {{-0.1, 0.55, 0.62}, {-0.1, 0.7, 1.25}, {-0.05, 0.72, 1.95}};
    b.ear_width = 1.0, b.ear_inside_hex = 0x2a1a14;
    b.tail = {{{-0.55, 0, 0.70}, 0.05},
              {{-0.78, 0, 0.60}, 0.105},
              {{-1.02, 0, 0.52}, 0.13},
              {{-1.26, 0, 0.56}, 0.09},
              {{-1.42, 0, 0.64}, 0.02}};
    m.colour(0xd0601c);
    const Vec3 jaw = head_point(b, {1.0, 0, -1.25});
    add_beast(
        m, b, beast_body(b),
        {{"cheeks", [=](Vec3 p) { return ball_at(p, jaw, 0.15); }, own(0xf5eee2)},
         {"bib",
          [](Vec3 p) {
              return ball_at(p, {0.62, 0, 0.58}, 0.17);
          },
          own(0xf5eee2)},
         {"tail tip", [](Vec3 p) { return p.x + 1.22 + 0.03 * std::sin(30 * p.y); }, own(0xf5eee2)},
         {"boots", [](Vec3 p) { return std::max(p.z - 0.30, -0.68 - p.x); }, own(0x241712)}});
    m.mass(7);
}

void make_wolf(Maker& m) {
    Beast b = canine();
    b.withers = 1.02, b.croup = 0.98;
    b.chest = {0.165, 0.26}, b.neck = {0.20, 0.145}, b.head = {0.86, 1.06}, b.skull = 0.135,
    b.pitch = 10;
    b.muzzle = 0.22, b.muzzle_radius = {0.088, 0.055};
    b.eye_at = {0.75, 0.52, 0.35};
    b.tail = {{{-0.58, 0, 0.86}, 0.06},
              {{-0.74, 0, 0.70}, 0.085},
              {{-0.82, 0, 0.48}, 0.08},
              {{-0.84, 0, 0.32}, 0.02}};
    m.colour(0x6f6e6c);
    const Vec3 jaw = head_point(b, {1.2, 0, -1.0});
    add_beast(
        m, b, beast_body(b),
        {{"muzzle", [=](Vec3 p) { return ball_at(p, jaw, 0.16); }, own(0xd6d2ca)},
         {"belly",
          [](Vec3 p) { return p.z - 0.64 - 0.05 * std::sin(p.x * 14) - (p.x > 0.4 ? 0.1 : 0); },
          own(0xbfbab0)},
         {"saddle",
          [](Vec3 p) { return 0.90 - p.z + 0.04 * std::sin(18 * p.x) + (p.x > 0.62 ? 1 : 0); },
          own(0x3a3a3c)}});
    m.mass(40);
}

void make_bear(Maker& m) {
    Beast b;
    b.withers = 0.98, b.croup = 0.90;
    b.chest = {0.255, 0.34}, b.waist = {0.26, 0.32}, b.rump = {0.25, 0.32};
    b.stance = 0.165, b.shoulder = 0.17, b.thigh = 0.18, b.knee = 0.105, b.ankle = 0.088;
    b.foot = {0.13, 0.095, 0.055}, b.hock = 0.06, b.blend = 0.1;
    b.head = {0.82, 0.86}, b.neck = {0.26, 0.18}, b.skull = 0.185, b.pitch = 12;
    b.muzzle = 0.15, b.muzzle_radius = {0.105, 0.072}, b.muzzle_drop = 0.05;
    b.eye_at = {0.84, 0.42, 0.22}, b.eye = 0.021, b.nose = 0.042;
    b.ear = {{-0.2, 0.62, 0.62}, {-0.2, 0.82, 0.95}, {-0.15, 0.92, 1.2}};
    b.ear_width = 0.55;
    m.colour(0x5a371f);
    const Vec3 snout = head_point(b, {1.35, 0, -0.6});
    Blob body = beast_body(b);
    body.one().group(0).blend(0.1).ball({0.36, 0, 0.86}, 0.17).ball({-0.6, 0, 0.68}, 0.06);
    add_beast(m, b, body,
              {{"muzzle", [=](Vec3 p) { return ball_at(p, snout, 0.125); }, own(0x9a6f48)}});
    Mesh claws;
    for (int i = -1; i <= 1; ++i) {
        for (const double x : {0.55, -0.275}) {
            const Vec3 at{x, b.stance + 0.05 * i, 0.035};
            claws.add(horn({at, at + Vec3{0.035, 0, 0.0}, at + Vec3{0.06, 0, -0.025}}, 0.014));
        }
    }
    m.add("claw", claws.mirror_y(), of("bone", 0x2a2420));
    m.mass(250);
}

void make_panda(Maker& m) {
    Beast b;
    b.withers = 0.98, b.croup = 0.90;
    b.chest = {0.27, 0.34}, b.waist = {0.29, 0.34}, b.rump = {0.27, 0.34};
    b.stance = 0.18, b.shoulder = 0.17, b.thigh = 0.18, b.knee = 0.115, b.ankle = 0.1;
    b.foot = {0.12, 0.1, 0.06}, b.hock = 0.05, b.blend = 0.1;
    b.head = {0.80, 0.92}, b.neck = {0.25, 0.2}, b.skull = 0.235, b.pitch = 8;
    b.muzzle = 0.07, b.muzzle_radius = {0.12, 0.085}, b.muzzle_drop = 0.04;
    b.eye_at = {0.86, 0.44, 0.12}, b.eye = 0.025, b.nose = 0.036;
    b.ear = {{-0.15, 0.6, 0.62}, {-0.15, 0.82, 0.95}, {-0.1, 0.95, 1.15}};
    b.ear_width = 0;
    m.colour(0xf2efe8);
    const Vec3 spot = head_point(b, {0.80, 0.46, 0.06});
    Beast plain = b;
    plain.ear.clear();
    add_beast(
        m, plain, beast_body(b),
        {{"eye patch",
          [=](Vec3 p) {
              p.y = std::abs(p.y);
              const Vec3 d = p - spot;
              return base::length(Vec3{d.x, d.y * 1.25, d.z + 0.25 * d.y}) - 0.075;
          },
          own(0x161412)},
         {"legs", [](Vec3 p) { return p.z - 0.40 - (p.x > 0.2 ? 0.02 : -0.03); }, own(0x161412)},
         {"yoke", [](Vec3 p) { return std::abs(p.x - 0.36 + 0.12 * (p.z - 0.6)) - 0.155; },
          own(0x161412)}});
    m.add("ear", ellipsoid(head_point(b, {-0.1, 0.72, 0.78}), {0.045, 0.088, 0.088}, 20).mirror_y(),
          own(0x161412));
    m.mass(110);
}

Beast feline() {
    Beast b;
    b.withers = 0.86, b.croup = 0.85;
    b.chest = {0.165, 0.225}, b.waist = {0.15, 0.19}, b.rump = {0.16, 0.205};
    b.stance = 0.115, b.shoulder = 0.115, b.thigh = 0.13, b.knee = 0.065, b.ankle = 0.055;
    b.foot = {0.088, 0.066, 0.046};
    b.head = {0.76, 0.93}, b.neck = {0.165, 0.13}, b.skull = 0.15, b.pitch = 10;
    b.muzzle = 0.085, b.muzzle_radius = {0.098, 0.075}, b.muzzle_drop = 0.03;
    b.eye_at = {0.88, 0.46, 0.28}, b.eye = 0.024, b.nose = 0.034, b.nose_hex = 0x7a4640;
    b.ear = {{-0.15, 0.62, 0.6}, {-0.12, 0.85, 0.92}, {-0.1, 0.95, 1.2}};
    b.ear_width = 0.6;
    b.tail = {{{-0.56, 0, 0.76}, 0.05},
              {{-0.78, 0, 0.58}, 0.04},
              {{-0.95, 0, 0.40}, 0.036},
              {{-1.16, 0, 0.38}, 0.034},
              {{-1.3, 0, 0.50}, 0.036}};
    b.cells = 100;
    return b;
}

void make_lion(Maker& m) {
    const Beast b = feline();
    m.colour(0xc9954f);
    const Vec3 snout = head_point(b, {1.1, 0, -0.7});
    add_beast(m, b, beast_body(b),
              {{"muzzle", [=](Vec3 p) { return ball_at(p, snout, 0.105); }, own(0xe8d2a8)},
               {"belly", [](Vec3 p) { return std::max(p.z - 0.49, std::abs(p.x) - 0.32); },
                own(0xe0c090)}});
    // Mane: locks combed back from a ring around the face.
    Mesh mane;
    for (int ring = 0; ring < 4; ++ring) {
        const int count = 20 + 2 * ring;
        for (int i = 0; i < count; ++i) {
            const double a = 2 * kPi * (i + 0.5 * (ring % 2)) / count, c = std::cos(a),
                         s = std::sin(a);
            const double r0 = 0.85 + 0.22 * ring, r1 = 1.25 + 0.3 * ring + 0.12 * std::sin(i * 2.7);
            const double back = -0.15 - 0.5 * ring;
            const Vec3 root = head_point(b, {back + 0.35, r0 * s, r0 * c + 0.0});
            const Vec3 mid = head_point(b, {back, r1 * s, r1 * c - 0.1});
            const Vec3 tip = head_point(b, {back - 0.75, (r1 + 0.1) * s, (r1 + 0.1) * c - 0.5});
            mane.add(tube({root, mid, tip}, {0.05, 0.06, 0.008}, {.sides = 8, .steps = 4}));
        }
    }
    m.add("mane", mane, own(0x6e3d18));
    m.add("tail tuft", ellipsoid({-1.33, 0, 0.53}, {0.085, 0.05, 0.06}, 16).turn_y(0),
          own(0x4a2a14));
    m.mass(190);
}

void make_tiger(Maker& m) {
    Beast b = feline();
    b.cells = 124;
    m.colour(0xd87a20);
    const Vec3 snout = head_point(b, {0.95, 0, -0.8});
    const Vec3 face{b.head.x, 0, b.head.y};
    add_beast(
        m, b, beast_body(b),
        {{"muzzle", [=](Vec3 p) { return ball_at(p, snout, 0.115); }, own(0xf5eee0)},
         {"stripes",
          [=](Vec3 p) {
              const bool head = ball_at(p, face, 0.2) < 0;
              const bool leg = p.z < 0.42;
              const double phase = head         ? p.z * 58 + std::abs(p.y) * 36
                                   : p.x < -0.6 ? p.x * 34
                                   : leg        ? p.z * 46 + p.x * 10
                                                : p.x * 33 + 6 * std::abs(p.y);
              const double fade = head && p.x > face.x + 0.09 ? 1.0
                                  : leg                       ? 0.25
                                                              : std::max(0.0, 0.62 - p.z) * 2.2;
              return std::abs(std::sin(phase * 0.5 + 1.6 * rough(p * 4.5, 5))) - 0.42 + fade * 0.5 +
                     0.22 * noise(p * 9.0, 8);
          },
          own(0x17110d)},
         {"belly", [](Vec3 p) { return std::max(p.z - 0.53, std::abs(p.x) - 0.4); }, own(0xf5eee0)},
         {"feet", [](Vec3 p) { return p.z - 0.12; }, own(0xf0e2c8)}});
    m.mass(190);
}

void make_elephant(Maker& m) {
    Beast b;
    b.withers = 1.28, b.croup = 1.20;
    b.chest = {0.29, 0.40}, b.waist = {0.335, 0.42}, b.rump = {0.29, 0.38};
    b.stance = 0.19, b.shoulder = 0.17, b.thigh = 0.18, b.knee = 0.122, b.ankle = 0.118;
    b.foot = {0.13, 0.125, 0.05}, b.hock = 0.03, b.blend = 0.12;
    b.head = {0.84, 1.22}, b.neck = {0.30, 0.24}, b.skull = 0.235, b.pitch = 30;
    b.muzzle = 0.05, b.muzzle_radius = {0.16, 0.12}, b.muzzle_drop = 0.04;
    b.eye_at = {0.62, 0.78, 0.02}, b.eye = 0.026, b.nose = 0, b.mouth = false;
    b.cells = 90;
    b.tail = {{{-0.62, 0, 1.02}, 0.045}, {{-0.70, 0, 0.82}, 0.03}, {{-0.71, 0, 0.58}, 0.022}};
    m.colour(0x7d7a78);
    Blob body = beast_body(b);
    body.one().group(5).blend(0.08).chain({{{1.02, 0, 1.10}, 0.13},
                                           {{1.17, 0, 0.82}, 0.10},
                                           {{1.18, 0, 0.52}, 0.078},
                                           {{1.17, 0, 0.28}, 0.062},
                                           {{1.25, 0, 0.14}, 0.052},
                                           {{1.36, 0, 0.15}, 0.045}});
    add_beast(m, b, body);
    // Great ears behind the eyes.
    Mesh ear = sheet(
        14, 14,
        [&](double u, double v) {
            const double a = (u - 0.5) * 2, h = v;
            const double drop = 0.55 * h - 0.28;
            return Vec3{
                0.72 - 0.34 * h - 0.05 * a * a,
                0.20 + 0.17 * std::sin(kPi * std::min(h * 0.85, 1.0)) + 0.02 * std::sin(6 * a),
                1.24 - 0.05 - a * 0.36 * std::pow(std::sin(kPi * (0.12 + 0.80 * h)), 0.6) -
                    0.1 * drop * 0};
        },
        0.025);
    m.add("ear", ear.mirror_y());
    m.add("tusk",
          horn({{1.05, 0.13, 0.95}, {1.18, 0.17, 0.78}, {1.38, 0.16, 0.76}, {1.52, 0.13, 0.88}},
               0.045)
              .mirror_y(),
          of("bone", 0xf2ead6));
    Mesh nails;
    for (const double x : {0.385, -0.4275}) {
        for (int i = -1; i <= 1; ++i)
            nails.add(ellipsoid({x + 0.165 - 0.02 * i * i, b.stance + 0.06 * i, 0.03},
                                {0.022, 0.026, 0.03}, 10));
    }
    m.add("nail", nails.mirror_y(), of("bone", 0xd8ccb4));
    m.add("tail tuft", ellipsoid({-0.71, 0, 0.53}, {0.03, 0.02, 0.08}, 12), own(0x2a2624));
    m.mass(4500);
}

void make_giraffe(Maker& m) {
    Beast b;
    b.withers = 1.72, b.croup = 1.46;
    b.chest = {0.195, 0.29}, b.waist = {0.19, 0.24}, b.rump = {0.185, 0.23};
    b.stance = 0.14, b.shoulder = 0.14, b.thigh = 0.15, b.knee = 0.062, b.ankle = 0.046;
    b.foot = {0.07, 0.06, 0.05}, b.hoof = true, b.hock = 0.08;
    b.head = {1.02, 2.94}, b.neck = {0.22, 0.085}, b.skull = 0.098, b.pitch = 26;
    b.muzzle = 0.2, b.muzzle_radius = {0.078, 0.055}, b.muzzle_drop = 0.0;
    b.eye_at = {0.4, 0.85, 0.4}, b.eye = 0.024, b.nose = 0;
    b.ear = {{-0.35, 0.7, 0.4}, {-0.4, 1.3, 0.5}, {-0.3, 1.9, 0.35}};
    b.ear_width = 0.7, b.cells = 128;
    m.colour(0xe2c48c);
    const auto spots = [](Vec3 p) {
        // Cells of a jittered lattice, shrunk: patches between pale lines.
        const double s = 7.5;
        const Vec3 q = p * s;
        double first = 1e9, second = 1e9;
        for (int i = -1; i <= 1; ++i)
            for (int j = -1; j <= 1; ++j)
                for (int k = -1; k <= 1; ++k) {
                    const Vec3 cell{std::floor(q.x) + i, std::floor(q.y) + j, std::floor(q.z) + k};
                    const Vec3 jitter{noise(cell * 1.37 + Vec3{0.5, 0.3, 0.1}, 1),
                                      noise(cell * 1.37 + Vec3{0.1, 0.6, 0.2}, 2),
                                      noise(cell * 1.37 + Vec3{0.4, 0.2, 0.7}, 3)};
                    const double d = base::length(cell + Vec3{0.5, 0.5, 0.5} + jitter * 0.55 - q);
                    if (d < first) {
                        second = first;
                        first = d;
                    } else if (d < second) {
                        second = d;
                    }
                }
        const double low = p.z < 0.75 ? (0.75 - p.z) * 1.2 : 0.0;
        return 0.16 + low - (second - first);
    };
    const Vec3 face{b.head.x, 0, b.head.y};
    add_beast(m, b, beast_body(b),
              {{"face",
                [=](Vec3 p) {
                    return ball_at(p, face + Vec3{0.15, 0, -0.1}, 0.24);
                },
                own(0xe8d2a4)},
               {"spots", spots, own(0x8f4f1e)}});
    Mesh knob;
    knob.add(capsule(head_point(b, {-0.35, 0.4, 0.8}), head_point(b, {-0.55, 0.5, 1.75}), 0.02));
    m.add("ossicone", knob.mirror_y());
    m.add("knob", sphere(head_point(b, {-0.57, 0.5, 1.85}), 0.03, 14).mirror_y(), own(0x3a2414));
    Mesh mane;
    for (int i = 0; i <= 26; ++i) {
        const Vec3 p = base::lerp(Vec3{0.29, 0, 1.80}, head_point(b, {-1.1, 0, 0.35}), i / 26.0);
        mane.add(ellipsoid(p + Vec3{-0.045 + 0.03 * (i / 26.0), 0, 0.0}, {0.05, 0.016, 0.05}, 10));
    }
    m.add("mane", mane, own(0x8f4f1e));
    m.add("tail",
          tube({{-0.58, 0, 1.36}, {-0.66, 0, 1.2}, {-0.66, 0, 0.85}}, {0.022, 0.016, 0.012}));
    m.add("tail tuft", ellipsoid({-0.66, 0, 0.75}, {0.03, 0.03, 0.11}, 12), own(0x241610));
    m.mass(900);
}

void make_camel(Maker& m) {
    Beast b;
    b.withers = 1.30, b.croup = 1.26;
    b.chest = {0.2, 0.29}, b.waist = {0.2, 0.24}, b.rump = {0.185, 0.23};
    b.stance = 0.13, b.shoulder = 0.13, b.thigh = 0.15, b.knee = 0.062, b.ankle = 0.05;
    b.foot = {0.095, 0.08, 0.04}, b.hock = 0.09;
    b.head = {1.10, 1.62}, b.neck = {0.17, 0.10}, b.skull = 0.112, b.pitch = 14;
    b.muzzle = 0.2, b.muzzle_radius = {0.088, 0.066}, b.muzzle_drop = 0.03;
    b.eye_at = {0.5, 0.75, 0.4}, b.eye = 0.024, b.nose = 0;
    b.ear = {{-0.4, 0.65, 0.5}, {-0.5, 0.9, 0.8}, {-0.55, 1.0, 1.1}};
    b.ear_width = 0.5;
    b.tail = {{{-0.58, 0, 1.12}, 0.03}, {{-0.66, 0, 0.95}, 0.025}, {{-0.66, 0, 0.7}, 0.035}};
    b.cells = 96;
    m.colour(0xc2935a);
    Blob body = beast_body(b);
    // The neck dips before it rises; two humps.
    body.one().group(0).blend(0.12).chain({{{0.42, 0, 1.02}, 0.19},
                                           {{0.75, 0, 0.98}, 0.14},
                                           {{0.96, 0, 1.22}, 0.105},
                                           {{1.06, 0, 1.52}, 0.10}});
    body.bone({0.22, 0, 1.22}, 0.17, {0.2, 0, 1.52}, 0.085)
        .bone({-0.24, 0, 1.2}, 0.17, {-0.27, 0, 1.5}, 0.085);
    Beast plain = b;
    plain.neck = {0.12, 0.09};
    add_beast(m, b, body,
              {{"humps", [](Vec3 p) { return std::max(1.42 - p.z, p.x - 0.5); }, own(0x8f6234)}});
    m.anchor("seat", {0, 0, 1.32});
    m.mass(500);
}

void make_deer(Maker& m) {
    Beast b;
    b.withers = 1.14, b.croup = 1.16;
    b.chest = {0.155, 0.22}, b.waist = {0.15, 0.18}, b.rump = {0.155, 0.2};
    b.stance = 0.1, b.shoulder = 0.1, b.thigh = 0.13, b.knee = 0.042, b.ankle = 0.03;
    b.foot = {0.05, 0.04, 0.04}, b.hoof = true, b.hock = 0.1;
    b.head = {0.82, 1.56}, b.neck = {0.15, 0.085}, b.skull = 0.1, b.pitch = 28;
    b.muzzle = 0.17, b.muzzle_radius = {0.07, 0.045}, b.muzzle_drop = 0.005;
    b.eye_at = {0.5, 0.8, 0.35}, b.eye = 0.025, b.nose = 0.026;
    b.ear = {{-0.35, 0.65, 0.5}, {-0.5, 1.3, 0.85}, {-0.45, 1.9, 0.95}};
    b.ear_width = 0.8, b.ear_cup = 0.3;
    b.tail = {{{-0.58, 0, 1.06}, 0.045}, {{-0.66, 0, 1.0}, 0.04}, {{-0.69, 0, 0.92}, 0.02}};
    b.cells = 104;
    m.colour(0x9a6234);
    add_beast(
        m, b, beast_body(b),
        {{"throat",
          [=](Vec3 p) {
              return ball_at(p, head_point(b, {1.0, 0, -1.7}), 0.12);
          },
          own(0xeadcc4)},
         {"belly",
          [](Vec3 p) { return std::max(p.z - 0.80, std::abs(p.x) - 0.42) + (p.z < 0.6 ? 1 : 0); },
          own(0xeadcc4)},
         {"rump patch",
          [](Vec3 p) {
              return ball_at(p, {-0.68, 0, 0.95}, 0.13);
          },
          own(0xf2e8d6)}});
    // Antlers: a main beam and tines.
    Mesh antler;
    const std::vector<Vec3> beam_path = {
        head_point(b, {-0.2, 0.4, 0.85}), head_point(b, {-1.0, 1.1, 2.2}),
        head_point(b, {-0.9, 2.3, 3.6}), head_point(b, {0.3, 2.9, 4.9})};
    antler.add(tube(beam_path, {0.026, 0.023, 0.019, 0.006}, {.sides = 10}));
    const std::vector<Vec3> smooth = spline3(beam_path, false, 6);
    for (const auto& [i, forward, up] :
         {std::tuple{2, 1.5, 0.9}, {7, 1.3, 1.2}, {11, 1.0, 1.4}, {14, -0.2, 1.3}}) {
        const Vec3 root = smooth[i];
        antler.add(tube({root, root + head_direction(b, {forward * 0.06, 0.02, up * 0.06}),
                         root + head_direction(b, {forward * 0.1, 0.03, up * 0.14})},
                        {0.018, 0.013, 0.004}, {.sides = 8}));
    }
    m.add("antler", antler.mirror_y(), of("bone", 0xb89a72));
    m.mass(120);
}

constexpr Noun kNouns[] = {
    {"dog", 0.75, "fur", make_dog},        {"cat", 0.5, "fur", make_cat},
    {"horse", 2.3, "fur", make_horse},     {"unicorn", 2.3, "fur", make_unicorn},
    {"zebra", 2.2, "fur", make_zebra},     {"cow", 2.3, "fur", make_cow},
    {"pig", 1.2, "skin", make_pig},        {"sheep", 1.2, "wool", make_sheep},
    {"goat", 1.1, "fur", make_goat},       {"fox", 0.8, "fur", make_fox},
    {"wolf", 1.2, "fur", make_wolf},       {"bear", 1.9, "fur", make_bear},
    {"panda", 1.6, "fur", make_panda},     {"lion", 2, "fur", make_lion},
    {"tiger", 2.1, "fur", make_tiger},     {"elephant", 4.5, "skin", make_elephant},
    {"giraffe", 4.5, "fur", make_giraffe}, {"camel", 2.6, "fur", make_camel},
    {"deer", 1.7, "fur", make_deer},
};

}  // namespace

std::span<const Noun> quadruped_nouns() { return kNouns; }

}  // namespace world::kit
