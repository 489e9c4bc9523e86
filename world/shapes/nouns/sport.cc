// Sports gear. Courts and gear by their rule books where named.
#include <cmath>

#include "base/core/random.h"
#include "world/shapes/catalogue.h"
#include "world/shapes/kit/beast.h"
#include "world/shapes/kit/detail.h"
#include "world/shapes/kit/noise.h"
#include "world/shapes/kit/solids.h"

namespace world::kit {
namespace {

// Board 1.8 x 1.05 m, ring 0.45 m across, 3.05 m up (FIBA equipment rules).
void add_backboard(Maker& m, Vec3 c, bool ring) {
    m.piece("board");
    m.ghost();
    m.add("board", box(c, {0.03, 1.8, 1.05}, 0.006));
    m.collide_box(c - Vec3{0.015, 0.9, 0.525}, c + Vec3{0.015, 0.9, 0.525}, "board");
    Mesh lines;
    const auto frame = [&](double w, double h, double z, double t) {
        const double x = c.x + 0.0155;
        for (const double s : {-1.0, 1.0}) {
            lines.add(box({x, c.y + s * (w - t) / 2, z}, {0.003, t, h}, 0.0005));
            lines.add(box({x, c.y, z + s * (h - t) / 2}, {0.003, w, t}, 0.0005));
        }
    };
    frame(1.8, 1.05, c.z, 0.05);
    frame(0.59, 0.45, c.z - 0.525 + 0.15 + 0.225, 0.05);
    m.add("lines", lines, of("plastic", 0xf4f4f2));
    Mesh pad = box({c.x, c.y, c.z - 0.53}, {0.06, 1.82, 0.05}, 0.015);
    m.add("padding", pad, of("rubber", 0x1e3f8a));
    if (!ring) return;
    const Vec3 rim{c.x + 0.015 + 0.15 + 0.225, c.y, c.z - 0.525 + 0.15};
    m.add("rim", torus(rim, 0.235, 0.01, 64, 12), of("steel", 0xd8481c));
    m.collide_ring(rim, 0.235, 0.01, 20, "rim");
    m.add(
        "bracket",
        box({c.x + 0.085, c.y, rim.z - 0.03}, {0.15, 0.14, 0.04}, 0.008)
            .add(beam({c.x + 0.02, c.y, rim.z - 0.12}, {c.x + 0.13, c.y, rim.z - 0.02}, 0.1, 0.02)),
        of("steel", 0xd8481c));
    m.collide_box({c.x + 0.015, c.y - 0.07, rim.z - 0.05}, {c.x + 0.16, c.y + 0.07, rim.z - 0.01},
                  "rim");
    Mesh net;
    for (int i = 0; i < 12; ++i) {
        for (const double way : {-1.0, 1.0}) {
            std::vector<Vec3> path;
            for (int k = 0; k <= 6; ++k) {
                const double t = k / 6.0, a = 2 * kPi * (i + way * t * 1.5) / 12;
                const double r = 0.228 - 0.10 * std::pow(t, 0.8);
                path.push_back(rim + Vec3{r * std::cos(a), r * std::sin(a), -0.01 - 0.42 * t});
            }
            net.add(tube(path, {0.0042}, {.sides = 6, .steps = 2}));
        }
    }
    m.add("net", net, of("cotton", 0xf2f2ee));
    m.anchor("mouth", rim);
    m.anchor("rim", rim);
}

void make_hoop(Maker& m) {
    // Lowered by the foot only as far as the usual 3.6 m allow: the ring stays at 3.05 m.
    m.colour(0xd8e4ea);
    m.ghost();
    m.add("base", slab({-1.75, -0.5, 0}, {-0.85, 0.5, 0.26}, 0.05), of("rubber", 0x1e3f8a));
    m.add("post", rod({-1.2, 0, 0.2}, {-1.0, 0, 2.5}, 0.075), of("steel", 0x30343a));
    for (const double z : {2.45, 3.15}) {
        m.add("arm",
              beam({-1.03, 0.0, z - 0.1}, {-0.02, 0.0, z + (z > 3 ? 0.0 : 0.42)}, 0.08, 0.08),
              of("steel", 0x30343a));
    }
    m.add("post top", rod({-1.0, 0, 2.4}, {-1.0, 0, 3.1}, 0.06), of("steel", 0x30343a));
    m.add("pad", rod({-1.19, 0, 0.3}, {-1.04, 0, 2.0}, 0.12, -1, 28, 0.04), of("foam", 0x1e3f8a));
    m.collide_box({-1.75, -0.5, 0}, {-0.85, 0.5, 0.26}, "base");
    m.collide_capsule({-1.2, 0, 0.3}, {-1.0, 0, 3.0}, 0.1, "post");
    m.collide_beam({-1.0, 0, 2.9}, {-0.03, 0, 3.1}, 0.08, 0.3, "arm");
    add_backboard(m, {0, 0, 3.425 - 0.35}, true);
    m.mass(280);
}

void make_backboard(Maker& m) {
    m.colour(0xd8e4ea);
    add_backboard(m, {0, 0, 1}, false);
    m.mass(45);
}

// Outline in inches from the USBC specification of the standard pin: height, diameter.
void make_bowling_pin(Maker& m) {
    static const Vec2 kTable[] = {{0, 2.031},      {0.75, 2.828},  {2.25, 3.906},   {3.375, 4.510},
                                  {4.5, 4.766},    {5.875, 4.563}, {7.25, 3.703},   {8.625, 2.472},
                                  {9.375, 1.965},  {10, 1.797},    {10.875, 1.870}, {11.75, 2.094},
                                  {12.625, 2.406}, {13.5, 2.547}};
    Curve side;
    for (const Vec2 p : kTable) side.push_back({p.y / 2, p.x});
    side = spline(side);
    Curve top = arc({0, 13.727}, 1.273, -8, 90, 10);
    Curve all{{0, 0}};
    all = joined(joined(all, side), top);
    Mesh pin = lathe(all, 0.1, 56);
    m.colour(0xf6f4ee);
    auto [stripes, rest] = split(pin, [](Vec3 p) {
        return std::max(std::abs(std::abs(p.z - 10.0) - 0.55) - 0.22, 0.8 - std::hypot(p.x, p.y));
    });
    m.add("pin", rest);
    m.add("stripes", stripes, own(0xc01c20));
    m.mass(1.55);
    m.piece();
    const auto ring = [](double z, double r) {
        std::vector<Vec3> out;
        for (int i = 0; i < 10; ++i)
            out.push_back({r * std::cos(i * kPi / 5), r * std::sin(i * kPi / 5), z});
        return out;
    };
    const auto stack = [&](std::initializer_list<Vec2> sections) {
        std::vector<Vec3> all_points;
        for (const Vec2 s : sections)
            for (const Vec3& p : ring(s.x, s.y / 2)) all_points.push_back(p);
        return all_points;
    };
    m.collide_hull(stack({{0, 2.03}, {2.25, 3.9}, {4.5, 4.766}, {5.875, 4.563}}));
    m.collide_hull(stack({{5.875, 4.563}, {8.625, 2.47}, {10, 1.8}}));
    m.collide_hull(stack({{10, 1.8}, {12.625, 2.4}, {13.7, 2.55}, {14.6, 1.8}, {15, 0.3}}));
}

void make_bat(Maker& m) {
    const Curve p =
        joined({{0, 0}, {0.024, 0.003}, {0.026, 0.012}, {0.014, 0.022}}, spline({{0.012, 0.03},
                                                                                 {0.0125, 0.25},
                                                                                 {0.02, 0.45},
                                                                                 {0.032, 0.65},
                                                                                 {0.033, 0.8},
                                                                                 {0.026, 0.845},
                                                                                 {0, 0.85}}));
    m.colour(0xc89458);
    m.add("bat", lathe(p, 0.002, 40).turn_y(90).move(-0.4, 0, 0));
    m.add("grip",
          lathe({{0.0128, 0.03}, {0.0138, 0.04}, {0.015, 0.26}, {0.013, 0.27}}, 0, 32)
              .turn_y(90)
              .move(-0.4, 0, 0),
          of("rubber", 0x1c1c1e));
    m.anchor("grip", {-0.25, 0, 0});
    m.mass(0.9);
}

void make_racket(Maker& m) {
    const double a = 0.165, b = 0.13, cx = 0.17;
    std::vector<Vec3> hoop;
    for (int i = 0; i < 40; ++i)
        hoop.push_back({cx + a * std::cos(2 * kPi * i / 40), b * std::sin(2 * kPi * i / 40), 0});
    m.colour(0x1f56b0);
    m.piece("head");
    m.add("frame", tube(hoop, {0.011}, {.closed = true, .flat = 1.2}));
    Mesh strings;
    for (int i = -7; i <= 7; ++i) {
        const double y = i * 0.0165, x = a * std::sqrt(1 - y * y / (b * b));
        strings.add(rod({cx - x, y, 0}, {cx + x, y, 0}, 0.0011, -1, 5));
    }
    for (int i = -8; i <= 8; ++i) {
        const double x = i * 0.0185, y = b * std::sqrt(std::max(0.0, 1 - x * x / (a * a)));
        strings.add(rod({cx + x, -y, 0.0008}, {cx + x, y, 0.0008}, 0.0011, -1, 5));
    }
    m.add("strings", strings, of("plastic", 0xf2efe0));
    m.piece("handle");
    for (const double s : {-1.0, 1.0})
        m.add("throat",
              tube({{0.035, s * 0.075, 0}, {-0.04, s * 0.03, 0}, {-0.11, s * 0.008, 0}}, {0.01}));
    m.add("shaft", rod({-0.34, 0, 0}, {-0.08, 0, 0}, 0.013));
    m.add("grip", extrude_x(regular_polygon(8, 0.0165), -0.35, -0.16, 0.003),
          of("leather", 0x201a18));
    m.anchor("grip", {-0.26, 0, 0});
    m.mass(0.3);
}

void make_golf_club(Maker& m) {
    m.piece("shaft");
    m.add("shaft", rod({0, 0, 0.05}, {0, 0.12, 0.8}, 0.0045, 0.0065), of("steel"));
    m.add("grip", rod({0, 0.115, 0.77}, {0, 0.155, 1.0}, 0.011, 0.014), of("rubber", 0x1c1c1e));
    m.piece("head");
    m.add("hosel", rod({0, -0.004, 0.02}, {0, 0.01, 0.09}, 0.0085), of("steel"));
    m.add("head", extrude_x(fillet({{0.012, 0.0},
                                    {-0.07, 0.002},
                                    {-0.085, 0.02},
                                    {-0.075, 0.05},
                                    {0.0, 0.03},
                                    {0.012, 0.025}},
                                   0.01),
                            -0.01, 0.008, 0.003)
                      .turn_y(12));
    m.anchor("grip", {0, 0.14, 0.9});
    m.mass(0.4);
}

void make_hockey_stick(Maker& m) {
    m.colour(0xc8a06a);
    m.piece("shaft");
    m.add("shaft", beam({-0.6, 0, 1.2}, {0, 0, 0.05}, 0.02, 0.03));
    m.add("tape", beam({-0.6, 0, 1.2}, {-0.5, 0, 1.008}, 0.024, 0.034), of("fabric", 0xf2f2f0));
    m.piece("blade");
    m.add("blade", extrude_y(fillet({{-0.03, 0.02},
                                     {0.02, -0.01},
                                     {0.28, -0.0},
                                     {0.31, 0.04},
                                     {0.28, 0.07},
                                     {0.04, 0.06},
                                     {-0.02, 0.1}},
                                    0.02),
                             -0.007, 0.007, 0.002));
    m.add(
        "blade tape",
        extrude_y(
            fillet({{0.08, -0.009}, {0.284, -0.003}, {0.314, 0.04}, {0.284, 0.073}, {0.08, 0.065}},
                   0.01),
            -0.0085, 0.0085, 0.002),
        of("fabric", 0x18181a));
    m.anchor("grip", {-0.5, 0, 1.0});
    m.mass(0.6);
}

void make_cue(Maker& m) {
    m.colour(0xd9b178);
    m.ghost();
    m.add("shaft", rod({-0.05, 0, 0}, {0.70, 0, 0}, 0.0103, 0.0063, 32));
    m.add("butt", rod({-0.725, 0, 0}, {-0.05, 0, 0}, 0.0145, 0.0103, 32), own(0x3a1810));
    Mesh points;
    for (int i = 0; i < 4; ++i)
        points.add(facets({{-0.33, 0.0135, 0.003},
                           {-0.33, 0.0135, -0.003},
                           {-0.33, 0.01, 0},
                           {-0.09, 0.0113, 0},
                           {-0.33, 0.0137, 0}})
                       .turn_x(90 * i));
    m.add("points", points, own(0xe6c890));
    m.add("wrap", rod({-0.62, 0, 0}, {-0.34, 0, 0}, 0.0146, 0.0132, 32), of("fabric", 0x24262c));
    m.add("collar", rod({-0.055, 0, 0}, {-0.04, 0, 0}, 0.0109, -1, 32), of("brass"));
    m.add("ferrule", rod({0.695, 0, 0}, {0.716, 0, 0}, 0.0066, 0.0063, 28), of("bone", 0xf6f2e6));
    m.add("tip", rod({0.715, 0, 0}, {0.724, 0, 0}, 0.0064, 0.0052, 28, 0.002),
          of("leather", 0x3a70a8));
    m.add("bumper", sphere({-0.722, 0, 0}, 0.0132, 20), of("rubber", 0x161616));
    m.collide_capsule({-0.71, 0, 0}, {0, 0, 0}, 0.0135);
    m.collide_capsule({0, 0, 0}, {0.715, 0, 0}, 0.009);
    m.anchor("grip", {-0.5, 0, 0});
    m.anchor("tip", {0.724, 0, 0});
    m.mass(0.54);
}

void make_dumbbell(Maker& m) {
    m.colour(0x26272a);
    m.piece();
    m.add("handle", rod({-0.1, 0, 0}, {0.1, 0, 0}, 0.016), of("steel"));
    for (const double s : {-1.0, 1.0}) {
        m.piece();
        m.add("head", extrude_x(regular_polygon(6, 0.08), s > 0 ? 0.065 : -0.17,
                                s > 0 ? 0.17 : -0.065, 0.012));
    }
    m.anchor("grip", {0, 0, 0});
}
void make_barbell(Maker& m) {
    m.colour(0x26272a);
    m.piece();
    m.add("bar", rod({0, -0.9, 0}, {0, 0.9, 0}, 0.014), of("steel"));
    for (const double s : {-1.0, 1.0}) {
        m.piece();
        for (const auto& [y, r, hex] : {std::tuple{0.66, 0.225, 0xa01c1cu},
                                        {0.71, 0.2, 0x1c3fa0u},
                                        {0.755, 0.16, 0x26272au}}) {
            m.add("plate",
                  lathe({{0.03, -0.022}, {r, -0.022}, {r, 0.022}, {0.03, 0.022}}, 0.006, 56, true)
                      .turn_x(90)
                      .move(0, s * y, 0),
                  own(hex));
            m.add("groove", torus({}, r * 0.7, 0.006, 48, 8).turn_x(90).move(0, s * (y + 0.021), 0),
                  own(hex));
        }
        m.add("collar", rod({0, s * 0.78, 0}, {0, s * 0.82, 0}, 0.03), of("steel"));
        m.add("sleeve", rod({0, s * 0.6, 0}, {0, s * 0.9, 0}, 0.025), of("steel"));
    }
    m.anchor("grip", {0, 0, 0});
    m.mass(60);
}
void make_kettlebell(Maker& m) {
    m.colour(0x232427);
    m.piece();
    m.add("bell", lathe({{0, -0.085},
                         {0.06, -0.085},
                         {0.09, -0.05},
                         {0.1, 0},
                         {0.09, 0.05},
                         {0.05, 0.085},
                         {0, 0.092}},
                        0.01, 48));
    m.piece();
    m.add("handle", tube({{0, -0.045, 0.06},
                          {0, -0.075, 0.12},
                          {0, -0.055, 0.165},
                          {0, 0, 0.175},
                          {0, 0.055, 0.165},
                          {0, 0.075, 0.12},
                          {0, 0.045, 0.06}},
                         {0.018, 0.016, 0.016, 0.0165, 0.016, 0.016, 0.018}));
    m.add("weight mark", number_strokes(16, 0.045, 0.004).turn_x(90).turn_z(90).move(0.099, 0, 0),
          own(0xe8e8e4));
    m.anchor("grip", {0, 0, 0.17});
    m.mass(16);
}
void make_punching_bag(Maker& m) {
    m.colour(0xa02420);
    m.add("bag",
          lathe(fillet({{0, 0}, {0.17, 0}, {0.175, 0.85}, {0, 0.85}}, 0.03, false), 0.01, 48));
    for (const double z : {0.06, 0.79})
        m.add("band", lathe({{0.172, z - 0.025}, {0.179, z}, {0.172, z + 0.025}}, 0, 48),
              own(0x1c1a1a));
    m.ghost();
    for (int i = 0; i < 4; ++i) {
        const double a = kPi / 2 * i + kPi / 4;
        m.add("chain", rod({0.15 * std::cos(a), 0.15 * std::sin(a), 0.84}, {0, 0, 1.05}, 0.007),
              of("steel"));
    }
    m.add("hook", torus({}, 0.03, 0.008, 24).turn_x(90).move(0, 0, 1.07), of("steel"));
    m.anchor("top", {0, 0, 1.1});
    m.mass(35);
}
void make_boxing_glove(Maker& m) {
    Blob g;
    g.blend(0.05)
        .egg({0.02, 0, 0.2}, {0.095, 0.075, 0.09})
        .egg({0.035, 0, 0.13}, {0.08, 0.07, 0.09})
        .bone({-0.01, 0, 0.0}, 0.052, {0.0, 0, 0.1}, 0.06);
    g.blend(0.02).bone({0.06, 0.062, 0.11}, 0.034, {0.09, 0.06, 0.19}, 0.03);
    g.cut_below(-0.03);
    m.colour(0xb81a1e);
    m.add("glove", g.mesh(64), own());
    m.add(
        "cuff",
        lathe({{0.05, -0.06}, {0.058, -0.055}, {0.058, 0.015}, {0.05, 0.02}, {0, 0.02}, {0, -0.06}},
              0.006, 40),
        own(0xf2efe8));
    m.add(
        "laces",
        [] {
            Mesh l;
            for (int i = 0; i < 4; ++i)
                l.add(tube({{0.045, -0.03, -0.045 + 0.018 * i},
                            {0.062, 0, -0.04 + 0.018 * i},
                            {0.045, 0.03, -0.045 + 0.018 * i}},
                           {0.004}));
            return l;
        }(),
        of("cotton", 0xffffff));
    m.mass(0.35);
}
void make_helmet(Maker& m) {
    // A rider's helmet with visor opening.
    Blob h;
    h.blend(0.03).egg({0, 0, 0.14}, {0.15, 0.125, 0.135}).egg({0.05, 0, 0.06}, {0.11, 0.1, 0.07});
    h.blend(0.01).cut_below(0.005).cut_egg({0.0, 0, -0.04}, {0.1, 0.085, 0.1});
    Mesh all = h.mesh(80);
    auto [visor, shell] = split(all, [](Vec3 p) {
        return std::max({std::abs(p.z - 0.135 + 0.1 * std::abs(p.y)) - 0.045, 0.02 - p.x});
    });
    auto [stripe, rest] =
        split(shell, [](Vec3 p) { return std::max(std::abs(p.y) - 0.022, 0.16 - p.z); });
    m.colour(0xc02020);
    m.add("shell", rest);
    m.add("stripe", stripe, own(0xf4f4f2));
    m.add("visor", visor.scale(1.012, 1.012, 1), of("glass", 0x1a1d22));
    m.add("hinge", rod({0.03, 0.115, 0.13}, {0.03, 0.132, 0.13}, 0.018).mirror_y(), of("steel"));
    m.mass(1.4);
}
Mesh board(double length, double width, double thick, double nose, double tail, double sag) {
    const Curve half = {{-length / 2, 0},
                        {-length / 2 + 0.05 * length, -width * 0.36},
                        {-length * 0.3, -width * 0.5},
                        {0, -width * 0.44},
                        {length * 0.3, -width * 0.5},
                        {length / 2 - 0.05 * length, -width * 0.36},
                        {length / 2, 0},
                        {length / 2 - 0.05 * length, width * 0.36},
                        {length * 0.3, width * 0.5},
                        {0, width * 0.44},
                        {-length * 0.3, width * 0.5},
                        {-length / 2 + 0.05 * length, width * 0.36}};
    const double l = length / 2;
    return extrude(spline(half, true, 5), 0, thick, thick * 0.3).warp([=](Vec3 p) {
        const double t = std::abs(p.x) / l, e = std::max(0.0, (t - 0.75) / 0.25);
        return Vec3{p.x, p.y, p.z + (p.x > 0 ? nose : tail) * e * e + sag * (1 - t * t)};
    });
}
void make_ski(Maker& m) {
    m.colour(0xc8202c);
    m.add("ski", board(1.7, 0.09, 0.018, 0.1, 0.03, 0.02));
    m.add("binding",
          slab({-0.16, -0.035, 0.035}, {-0.06, 0.035, 0.085}, 0.01)
              .add(slab({0.1, -0.035, 0.035}, {0.18, 0.035, 0.075}, 0.01))
              .add(slab({-0.17, -0.03, 0.03}, {0.2, 0.03, 0.05}, 0.006)),
          of("plastic", 0x1c1d20));
    m.add("stripe", slab({0.25, -0.012, 0.037}, {0.62, 0.012, 0.039}, 0.0005), own(0xf2f2f0));
    m.mass(3);
}
void make_snowboard(Maker& m) {
    m.colour(0x2a6fb8);
    m.add("board", board(1.5, 0.29, 0.016, 0.1, 0.1, 0.01));
    for (const double x : {-0.26, 0.26}) {
        m.add("binding",
              slab({x - 0.06, -0.12, 0.024}, {x + 0.06, 0.12, 0.045}, 0.01)
                  .add(slab({x - 0.05, -0.13, 0.04}, {x + 0.05, -0.11, 0.2}, 0.01))
                  .add(tube({{x, -0.06, 0.05}, {x, -0.055, 0.1}, {x, 0.03, 0.1}, {x, 0.05, 0.05}},
                            {0.012}, {.flat = 2})),
              of("plastic", 0x1c1d20));
    }
    m.add("stripe", slab({-0.12, -0.1, 0.0255}, {0.12, 0.1, 0.028}, 0.001), own(0xf2b020));
    m.mass(3.5);
}
void make_surfboard(Maker& m) {
    m.colour(0xf4f1e6);
    Mesh b = loft({{-1.0, 0.03, 0.06, 0.012, 0.012},
                   {-0.85, 0.01, 0.17, 0.025, 0.025},
                   {-0.4, -0.005, 0.255, 0.035, 0.035},
                   {0.1, -0.005, 0.28, 0.037, 0.037},
                   {0.6, 0.02, 0.2, 0.032, 0.032},
                   {0.88, 0.07, 0.09, 0.02, 0.02},
                   {1.0, 0.11, 0.008, 0.006, 0.006}},
                  6, 32);
    auto [stripe, rest] = split(
        b, [](Vec3 p) { return std::abs(std::abs(p.y) - 0.07 - 0.1 * (1 - p.x * p.x)) - 0.02; });
    m.add("board", rest);
    m.add("stripe", stripe, own(0xe0582a));
    m.add(
        "stringer",
        tube(
            {{-0.95, 0, 0.055}, {-0.4, 0, 0.03}, {0.1, 0, 0.032}, {0.6, 0, 0.052}, {0.95, 0, 0.11}},
            {0.004}),
        own(0x7a4a26));
    Mesh fin =
        extrude_y({{-0.92, 0.01}, {-0.8, -0.005}, {-0.9, -0.12}, {-0.95, -0.13}, {-0.94, -0.08}},
                  -0.006, 0.006, 0.003);
    m.add("fin", fin, own(0x1c1d20));
    m.mass(4);
}
void boot_body(Maker& m, double sole_z, unsigned hex) {
    Blob b;
    b.blend(0.03).bone({-0.07, 0, sole_z + 0.045}, 0.042, {-0.075, 0, sole_z + 0.2}, 0.05);
    b.bone({-0.06, 0, sole_z + 0.04}, 0.042, {0.09, 0, sole_z + 0.035}, 0.04)
        .egg({0.1, 0, sole_z + 0.03}, {0.065, 0.045, 0.038});
    b.blend(0.008).cut_below(sole_z).cut_egg({-0.08, 0, sole_z + 0.27}, {0.045, 0.04, 0.06});
    m.colour(hex);
    m.add("boot", b.mesh(60));
    m.add("sole",
          extrude(spline({{-0.12, 0},
                          {-0.1, -0.04},
                          {0, -0.036},
                          {0.1, -0.046},
                          {0.165, -0.02},
                          {0.165, 0.02},
                          {0.1, 0.046},
                          {0, 0.036},
                          {-0.1, 0.04}},
                         true, 4),
                  sole_z - 0.014, sole_z + 0.006, 0.004),
          of("rubber", 0x2a2522));
    Mesh laces;
    for (int i = 0; i < 6; ++i) {
        const double t = i / 5.0, x = 0.05 - 0.075 * t, z = sole_z + 0.09 + 0.11 * t;
        laces.add(tube({{x - 0.008, -0.026, z - 0.01},
                        {x + 0.007 - 0.004 * t, 0, z + 0.005},
                        {x - 0.008, 0.026, z - 0.01}},
                       {0.0045}));
    }
    m.add("laces", laces, of("cotton", 0xf0f0ee));
}
void make_ice_skate(Maker& m) {
    boot_body(m, 0.065, 0xf4f2ee);
    m.add("blade",
          extrude_y(fillet({{-0.15, 0},
                            {0.15, 0},
                            {0.185, 0.012},
                            {0.18, 0.03},
                            {0.16, 0.018},
                            {-0.15, 0.016}},
                           0.008),
                    -0.002, 0.002, 0.0005),
          of("steel"));
    for (const double x : {-0.08, 0.085})
        m.add("stand",
              extrude_y(
                  {{x - 0.04, 0.055}, {x - 0.015, 0.012}, {x + 0.015, 0.012}, {x + 0.04, 0.055}},
                  -0.006, 0.006),
              of("steel"));
    m.mass(0.8);
}
void make_roller_skate(Maker& m) {
    boot_body(m, 0.085, 0xf4f2ee);
    m.add("plate", slab({-0.11, -0.025, 0.05}, {0.13, 0.025, 0.072}, 0.005), of("aluminium"));
    for (const double x : {-0.08, 0.09}) {
        m.add("axle", rod({x, -0.05, 0.03}, {x, 0.05, 0.03}, 0.006), of("steel"));
        m.add("truck", slab({x - 0.015, -0.015, 0.025}, {x + 0.015, 0.015, 0.055}, 0.004),
              of("steel"));
        m.add("wheel", rod({x, 0.022, 0.03}, {x, 0.058, 0.03}, 0.03, -1, 28, 0.008).mirror_y(),
              of("rubber", 0xd83a5a));
    }
    m.add("stopper", rod({0.15, 0, 0.03}, {0.14, 0, 0.065}, 0.016, 0.02), of("rubber", 0xd83a5a));
    m.mass(1.2);
}
void make_trophy(Maker& m) {
    m.colour(0xe0b040);
    m.piece();
    m.add("foot", slab({-0.06, -0.06, 0}, {0.06, 0.06, 0.06}, 0.006), of("marble_stone", 0x222222));
    m.add("plaque", slab({0.0602, -0.035, 0.018}, {0.062, 0.035, 0.044}, 0.0008));
    m.piece();
    m.add("cup",
          lathe(vessel(joined({{0, 0.06}, {0.045, 0.06}, {0.045, 0.068}}, spline({{0.03, 0.075},
                                                                                  {0.013, 0.1},
                                                                                  {0.02, 0.115},
                                                                                  {0.012, 0.13},
                                                                                  {0.025, 0.15},
                                                                                  {0.07, 0.2},
                                                                                  {0.083, 0.27},
                                                                                  {0.09, 0.34}})),
                       0.004),
                0.002, 48));
    m.add("handle", tube({{0, 0.093, 0.315},
                          {0, 0.125, 0.325},
                          {0, 0.145, 0.28},
                          {0, 0.12, 0.22},
                          {0, 0.075, 0.195}},
                         {0.008})
                        .mirror_y());
    m.mass(1.2);
}
void make_medal(Maker& m) {
    m.colour(0xe0b040);
    m.add("disc", rod({-0.003, 0, 0}, {0.003, 0, 0}, 0.03, -1, 56, 0.0015));
    m.add("rim", torus({}, 0.0275, 0.0022, 56, 10).turn_y(90).move(0.003, 0, 0));
    m.add("star", extrude(star_outline(5, 0.018, 0.0075), 0, 0.0022, 0.001)
                      .turn_z(0)
                      .turn_x(90)
                      .turn_z(90)
                      .move(0.0025, 0, 0));
    m.add("loop", torus({}, 0.006, 0.0014, 24).turn_x(90).move(0, 0, 0.033), own());
    for (const double s : {-1.0, 1.0})
        m.add("ribbon",
              beam({0.0008 * s, 0, 0.037}, {0.0008 * s, s * 0.017, 0.075}, 0.0012, 0.014,
                   {0, -s, 0.4}),
              of("fabric", s > 0 ? 0xb01c28 : 0x1e3f96));
    m.mass(0.2);
}
void make_target(Maker& m) {
    m.piece();
    const unsigned hexes[5] = {0xf4f2ea, 0x1a1a1c, 0x2f7fc8, 0xc8242a, 0xf2c820};
    m.add("straw", rod({-0.09, 0, 0.75}, {0, 0, 0.75}, 0.45, -1, 64, 0.02));
    for (int i = 0; i < 5; ++i) {
        m.add("ring",
              rod({0, 0, 0.75}, {0.004 + 0.002 * i, 0, 0.75}, 0.435 - 0.087 * i, -1, 64, 0.001),
              of("paper", hexes[i]));
    }
    m.piece();
    for (const double s : {-1.0, 1.0})
        m.add("leg", beam({-0.02, s * 0.42, 0}, {-0.06, s * 0.15, 1.2}, 0.05, 0.05), of("wood"));
    m.piece();
    m.add("leg", beam({-0.5, 0, 0}, {-0.1, 0, 1.15}, 0.05, 0.05), of("wood"));
    m.anchor("centre", {0.01, 0, 0.75});
    m.mass(15);
}
void make_dart(Maker& m) {
    m.add("point", rod({0.04, 0, 0}, {0.08, 0, 0}, 0.0012, 0.0002, 12), of("steel"));
    m.add(
        "barrel",
        lathe(
            spline({{0.0015, 0}, {0.0032, 0.006}, {0.0036, 0.025}, {0.0028, 0.05}, {0.002, 0.055}}),
            0, 24)
            .turn_y(90)
            .move(-0.013, 0, 0),
        of("brass"));
    m.add("shaft", rod({-0.055, 0, 0}, {-0.012, 0, 0}, 0.0019), of("aluminium", 0x303236));
    Mesh f = extrude_y({{-0.075, 0.0015}, {-0.04, 0.0015}, {-0.052, 0.016}, {-0.07, 0.016}},
                       -0.0004, 0.0004, 0.0002);
    Mesh all;
    for (int i = 0; i < 4; ++i) all.add(Mesh(f).turn_x(90 * i));
    m.add("flight", all, of("plastic", 0xd02030));
    m.mass(0.022);
}
void make_arrow(Maker& m) {
    m.colour(0xb98a54);
    m.add("shaft", rod({-0.36, 0, 0}, {0.34, 0, 0}, 0.004));
    m.add("head",
          facets({{0.385, 0, 0},
                  {0.325, 0.012, 0},
                  {0.325, -0.012, 0},
                  {0.335, 0, 0.0045},
                  {0.335, 0, -0.0045}}),
          of("steel"));
    Mesh f = extrude_y(
        {{-0.35, 0.003}, {-0.25, 0.003}, {-0.27, 0.012}, {-0.335, 0.024}, {-0.352, 0.022}}, -0.0006,
        0.0006, 0.0003);
    Mesh all;
    for (int i = 0; i < 3; ++i) all.add(Mesh(f).turn_x(120 * i));
    m.add("fletching", all, of("feather", 0xc8282c));
    m.add("nock", rod({-0.375, 0, 0}, {-0.355, 0, 0}, 0.005), of("plastic", 0xf0f0ee));
    m.anchor("grip", {-0.3, 0, 0});
    m.mass(0.03);
}
void make_bow(Maker& m) {
    m.colour(0x7a4a24);
    const std::vector<Vec3> limb = {{-0.16, 0, 0.75}, {-0.05, 0, 0.68},  {0.03, 0, 0.45},
                                    {0.07, 0, 0.2},   {0.06, 0, 0},      {0.07, 0, -0.2},
                                    {0.03, 0, -0.45}, {-0.05, 0, -0.68}, {-0.16, 0, -0.75}};
    m.add("limbs", tube(limb, {0.009, 0.011, 0.015, 0.018, 0.017, 0.018, 0.015, 0.011, 0.009},
                        {.flat = 0.7, .up = {0, 1, 0}}));
    m.add("grip", tube({{0.067, 0, 0.075}, {0.06, 0, 0}, {0.067, 0, -0.075}}, {0.022}),
          of("leather"));
    m.add("string", rod({-0.15, 0, 0.745}, {-0.15, 0, -0.745}, 0.0025, -1, 8),
          of("cotton", 0xf0ece0));
    m.anchor("grip", {0.06, 0, 0});
    m.mass(0.8);
}
void make_whistle(Maker& m) {
    m.add("chamber", rod({0, -0.008, 0}, {0, 0.008, 0}, 0.0125, -1, 40, 0.0015));
    m.add("mouthpiece", slab({0.0, -0.008, 0.002}, {0.034, 0.008, 0.0125}, 0.0015));
    m.add("slot", slab({0.004, -0.006, 0.0122}, {0.010, 0.006, 0.0129}, 0), own(0x101012));
    m.add("mouth hole", slab({0.0335, -0.006, 0.004}, {0.0343, 0.006, 0.0105}, 0), own(0x101012));
    m.add("ring", torus({}, 0.006, 0.0012, 24).turn_x(90).move(-0.0165, 0, 0.003));
    m.mass(0.02);
}
void make_hurdle(Maker& m) {
    m.piece();
    m.add("board", slab({-0.012, -0.55, 0.86}, {0.012, 0.55, 0.93}, 0.004), own(0xf4f2ec));
    for (int i = -2; i <= 2; i += 2)
        m.add("band", slab({-0.013, i * 0.22 - 0.1, 0.859}, {0.013, i * 0.22 + 0.1, 0.931}, 0.004),
              own(0x1a1a1c));
    for (const double s : {-1.0, 1.0}) {
        m.piece();
        m.add("post", rod({0, s * 0.5, 0.03}, {0, s * 0.5, 0.87}, 0.016), of("steel", 0xf0f0ee));
        m.add("foot", rod({0.02, s * 0.5, 0.02}, {-0.6, s * 0.5, 0.02}, 0.018),
              of("steel", 0xf0f0ee));
    }
    m.add("bar", rod({0, -0.5, 0.45}, {0, 0.5, 0.45}, 0.012), of("steel", 0xf0f0ee));
    m.mass(10);
}
void make_net(Maker& m) {
    // A net between two posts.
    const double w = 0.75, h = 0.9;
    for (const double s : {-1.0, 1.0}) {
        m.add("post", rod({0, s * w, 0}, {0, s * w, 1.0}, 0.02), of("steel", 0x3a3c40));
        m.add("foot", rod({0, s * w, 0}, {0, s * w, 0.03}, 0.1), of("steel", 0x3a3c40));
        m.collide_rod({0, s * w, 0}, {0, s * w, 1.0}, 0.02, "post");
        m.collide_rod({0, s * w, 0}, {0, s * w, 0.03}, 0.1, "foot");
    }
    Mesh net;
    for (int i = -14; i <= 14; ++i)
        net.add(rod({0, i * w / 15, 0.12}, {0, i * w / 15, h}, 0.003, -1, 5));
    for (int i = 0; i <= 14; ++i)
        net.add(rod({0.0015, -w, 0.12 + i * (h - 0.12) / 15},
                    {0.0015, w, 0.12 + i * (h - 0.12) / 15}, 0.003, -1, 5));
    m.add("mesh", net, of("cotton", 0x26282c));
    m.add("tape", slab({-0.008, -w, h - 0.02}, {0.008, w, h + 0.035}, 0.004),
          of("fabric", 0xf6f6f2));
    m.collide_box({-0.006, -w, 0.1}, {0.006, w, h + 0.03}, "net");
    m.mass(12);
}

constexpr Noun kNouns[] = {
    {"hoop", 3.6, "steel", make_hoop},
    {"backboard", 1.8, "glass", make_backboard},
    {"bowling_pin", 0.38, "plastic", make_bowling_pin},
    {"bat", 0.85, "wood", make_bat},
    {"racket", 0.68, "plastic", make_racket},
    {"golf_club", 1, "steel", make_golf_club},
    {"hockey_stick", 1.5, "wood", make_hockey_stick},
    {"cue", 1.45, "wood", make_cue},
    {"dumbbell", 0.35, "iron", make_dumbbell},
    {"barbell", 1.8, "iron", make_barbell},
    {"kettlebell", 0.28, "iron", make_kettlebell},
    {"punching_bag", 1.1, "leather", make_punching_bag},
    {"boxing_glove", 0.3, "leather", make_boxing_glove},
    {"helmet", 0.3, "plastic", make_helmet},
    {"ski", 1.7, "plastic", make_ski},
    {"snowboard", 1.5, "plastic", make_snowboard},
    {"surfboard", 2, "plastic", make_surfboard},
    {"ice_skate", 0.3, "leather", make_ice_skate},
    {"roller_skate", 0.3, "leather", make_roller_skate},
    {"trophy", 0.35, "gold", make_trophy},
    {"medal", 0.07, "gold", make_medal},
    {"target", 1.2, "straw", make_target},
    {"dart", 0.15, "steel", make_dart},
    {"arrow", 0.75, "wood", make_arrow},
    {"bow", 1.5, "wood", make_bow},
    {"whistle", 0.05, "steel", make_whistle},
    {"hurdle", 1.1, "wood", make_hurdle},
    {"net", 1.5, "fabric", make_net},
};

}  // namespace

std::span<const Noun> sport_nouns() { return kNouns; }

}  // namespace world::kit
