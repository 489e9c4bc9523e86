// Devices with plugs, screens and batteries.
#include <cmath>

#include "base/core/random.h"
#include "world/shapes/catalogue.h"
#include "world/shapes/kit/beast.h"
#include "world/shapes/kit/detail.h"
#include "world/shapes/kit/noise.h"
#include "world/shapes/kit/solids.h"

namespace world::kit {
namespace {

const Look kGlassDark = of("glass", 0x0c1016), kBlack = of("plastic", 0x17181b);
Look lit(unsigned hex) { return Look(of("glass", hex)).glowing(0.7f); }
void make_phone(Maker& m) {
    m.colour(0x1c1e22);
    m.add("body", extrude(rounded_rectangle(0.148, 0.071, 0.011), 0, 0.008, 0.002),
          of("aluminium", 0x2a2c30));
    m.add("screen", extrude(rounded_rectangle(0.142, 0.066, 0.009), 0.0079, 0.0084, 0.0002),
          lit(0x18407a));
    static const unsigned kHex[6] = {0x3ac060, 0xf0a020, 0xe0405a, 0x40a8f0, 0xf4f4f4, 0x9a60d0};
    for (int i = 0; i < 20; ++i)
        m.add("icon",
              extrude(rounded_rectangle(0.011, 0.011, 0.003), 0.0083, 0.0087, 0)
                  .move(0.05 - 0.022 * (i / 4), -0.0235 + 0.0157 * (i % 4), 0),
              lit(kHex[(i * 5) % 6]));
    m.add("camera",
          extrude(rounded_rectangle(0.02, 0.02, 0.005), -0.0012, 0.001, 0.0004).move(0.06, 0.02, 0),
          kBlack);
    m.collide_box({-0.074, -0.0355, 0}, {0.074, 0.0355, 0.0085});
    m.mass(0.18);
}
void keys(Maker& m, double x0, double y0, int rows, int cols, double pitch, double z,
          unsigned hex) {
    Mesh k;
    for (int r = 0; r < rows; ++r)
        for (int c = 0; c < cols; ++c) {
            if (r == 0 && c > 2 && c < cols - 3 && c != 3) continue;
            const bool space = r == 0 && c == 3;
            const double w = space ? pitch * (cols - 6) : pitch;
            k.add(box({x0 + r * pitch, y0 + c * pitch + (space ? (w - pitch) / 2 : 0), z},
                      {pitch * 0.86, w - pitch * 0.14, pitch * 0.16}, pitch * 0.05));
        }
    m.add("keys", k, of("plastic", hex));
}
void make_laptop(Maker& m) {
    m.piece("base");
    m.add("base", slab({-0.11, -0.16, 0}, {0.11, 0.16, 0.014}, 0.004));
    m.piece("lid");
    m.add("lid",
          slab({-0.005, -0.16, 0}, {0.003, 0.16, 0.22}, 0.003).turn_y(-16).move(-0.108, 0, 0.012));
    m.add("screen",
          slab({0.003, -0.15, 0.012}, {0.0042, 0.15, 0.208}, 0.0003)
              .turn_y(-16)
              .move(-0.108, 0, 0.012),
          lit(0x2a62a8));
    m.add("window",
          slab({0.0042, -0.1, 0.06}, {0.0046, 0.08, 0.17}, 0).turn_y(-16).move(-0.108, 0, 0.012),
          lit(0xf0f2f4));
    m.ghost();
    keys(m, -0.005, -0.14, 5, 15, 0.02, 0.0145, 0x1c1d20);
    m.add("trackpad", slab({0.0, -0.045, 0.0}, {0.05, 0.045, 0.0006}, 0).move(0.045, 0, 0.0141),
          of("aluminium", 0x9a9da2));
    m.mass(1.4);
}
void monitor(Maker& m, double w, double h, double z, double stand) {
    m.piece("screen");
    m.add("case", slab({-0.03, -w / 2, z}, {0.0, w / 2, z + h}, 0.008), kBlack);
    m.add("panel", slab({0, -w / 2 + 0.012, z + 0.018}, {0.0015, w / 2 - 0.012, z + h - 0.012}, 0),
          lit(0x2a62a8));
    m.piece("stand");
    m.add("neck", slab({-0.045, -stand * 0.25, 0.01}, {-0.02, stand * 0.25, z + h * 0.5}, 0.006),
          kBlack);
    m.add("foot", slab({-0.1, -stand, 0}, {0.08, stand, 0.015}, 0.006), kBlack);
}
void desktop(Maker& m, double w, double h, double z) {
    m.add("window", slab({0.0015, -w * 0.3, z + h * 0.3}, {0.0022, w * 0.2, z + h * 0.8}, 0),
          lit(0xf0f2f4));
    m.add("bar", slab({0.0022, -w * 0.3, z + h * 0.74}, {0.0027, w * 0.2, z + h * 0.8}, 0),
          lit(0x4a90e0));
    m.add("task bar", slab({0.0015, -w * 0.47, z + 0.02}, {0.0022, w * 0.47, z + 0.045}, 0),
          lit(0x16304f));
}
void make_monitor(Maker& m) {
    monitor(m, 0.6, 0.35, 0.1, 0.11);
    m.ghost();
    desktop(m, 0.6, 0.35, 0.1);
    m.mass(5);
}
void make_computer(Maker& m) {
    monitor(m, 0.5, 0.31, 0.1, 0.1);
    m.ghost();
    desktop(m, 0.5, 0.31, 0.1);
    m.piece("tower");
    m.add("tower", slab({-0.2, 0.3, 0}, {0.1, 0.42, 0.34}, 0.008), of("plastic", 0x2a2c30));
    m.ghost();
    m.add("button", rod({0.1, 0.36, 0.3}, {0.104, 0.36, 0.3}, 0.01), lit(0x40c0ff));
    m.add("drive", slab({0.099, 0.315, 0.24}, {0.102, 0.405, 0.27}, 0.001), kBlack);
    m.piece("keyboard");
    m.add("keyboard", slab({0.16, -0.2, 0}, {0.28, 0.2, 0.015}, 0.005), kBlack);
    m.ghost();
    Mesh k;
    for (int r = 0; r < 5; ++r)
        for (int c = 0; c < 18; ++c)
            k.add(
                box({0.178 + 0.021 * r, -0.18 + 0.0212 * c, 0.016}, {0.018, 0.018, 0.004}, 0.001));
    m.add("keys", k, of("plastic", 0xe8e8e6));
    m.piece("mouse");
    m.add("mouse", ellipsoid({0.22, 0.27, 0.012}, {0.05, 0.03, 0.018}, 28), kBlack);
    m.mass(12);
}
void make_keyboard_computer(Maker& m) {
    m.colour(0x24262a);
    m.add("body", slab({-0.07, -0.22, 0}, {0.07, 0.22, 0.02}, 0.006));
    m.ghost();
    Mesh k;
    for (int r = 0; r < 6; ++r)
        for (int c = 0; c < 21; ++c) {
            if (r == 0 && c > 4 && c < 11) continue;
            if (r == 5 && (c == 1 || c == 6 || c == 11)) continue;
            k.add(facets({{-0.009, -0.009, 0},
                          {0.009, -0.009, 0},
                          {0.009, 0.009, 0},
                          {-0.009, 0.009, 0},
                          {-0.0065, -0.0065, 0.007},
                          {0.0065, -0.0065, 0.007},
                          {0.0065, 0.0065, 0.007},
                          {-0.0065, 0.0065, 0.007}})
                      .move(0.052 - 0.0205 * r, -0.2 + 0.02 * c, 0.019));
        }
    k.add(slab({0.043, -0.11, 0.019}, {0.061, 0.01, 0.026}, 0.002));
    m.add("keys", k, of("plastic", 0xe8e6e0));
    m.mass(0.8);
}
void make_television(Maker& m) {
    m.piece("screen");
    m.add("case", slab({-0.05, -0.55, 0.08}, {0.0, 0.55, 0.7}, 0.01), kBlack);
    m.add("panel", slab({0, -0.535, 0.1}, {0.002, 0.535, 0.688}, 0.0005), kGlassDark);
    m.add("light", rod({0, 0.5, 0.092}, {0.002, 0.5, 0.092}, 0.004), lit(0xff3020));
    for (const double s : {-1.0, 1.0}) {
        m.piece("foot");
        m.add("foot",
              slab({-0.12, s * 0.35 - 0.02, 0}, {0.12, s * 0.35 + 0.02, 0.012}, 0.004)
                  .add(slab({-0.04, s * 0.35 - 0.02, 0}, {-0.01, s * 0.35 + 0.02, 0.1}, 0.004)),
              kBlack);
    }
    m.mass(14);
}
void make_radio(Maker& m) {
    m.add("case", slab({-0.06, -0.15, 0.008}, {0.06, 0.15, 0.18}, 0.025));
    m.add("grille", slab({0.055, -0.135, 0.03}, {0.063, 0.02, 0.16}, 0.006),
          of("fabric", 0xc8b080));
    Mesh s;
    for (int i = 0; i < 9; ++i)
        s.add(slab({0.06, -0.13 + 0.0165 * i, 0.035}, {0.066, -0.125 + 0.0165 * i, 0.155}, 0.001));
    m.add("bars", s, of("brass"));
    m.add("dial", slab({0.058, 0.035, 0.1}, {0.063, 0.135, 0.16}, 0.003), lit(0xf0dca0));
    m.add("needle", slab({0.063, 0.08, 0.105}, {0.064, 0.082, 0.155}, 0), of("plastic", 0xc02020));
    for (const double y : {0.055, 0.115})
        m.add("knob", rod({0.06, y, 0.06}, {0.08, y, 0.06}, 0.02), of("plastic", 0x2a1a10));
    m.add("aerial", rod({-0.03, 0.13, 0.17}, {-0.03, 0.17, 0.3}, 0.003), of("steel"));
    m.add("foot", rod({0, 0.1, 0}, {0, 0.1, 0.02}, 0.015).mirror_y(), of("rubber", 0x161616));
    m.mass(2);
}
void make_camera(Maker& m) {
    m.colour(0x1b1c1f);
    m.piece("body");
    m.add("body", slab({-0.025, -0.065, 0}, {0.025, 0.065, 0.08}, 0.008), own().with("pebbled"));
    m.add("top", slab({-0.02, -0.022, 0.075}, {0.02, 0.022, 0.1}, 0.007));
    m.add("plate", slab({-0.0245, -0.0645, 0.066}, {0.0245, 0.0645, 0.082}, 0.005),
          of("aluminium", 0xa0a3a8));
    m.add("grip", slab({0.0, -0.066, 0.004}, {0.038, -0.04, 0.07}, 0.008));
    m.piece("lens");
    m.add("lens", lathe({{0, 0},
                         {0.034, 0},
                         {0.034, 0.03},
                         {0.031, 0.032},
                         {0.031, 0.06},
                         {0.026, 0.06},
                         {0.022, 0.052},
                         {0, 0.052}},
                        0.001, 48)
                      .turn_y(90)
                      .move(0.024, 0.005, 0.04));
    m.add("ring",
          lathe({{0.0345, 0.008}, {0.0352, 0.01}, {0.0352, 0.024}, {0.0345, 0.026}}, 0, 48)
              .turn_y(90)
              .move(0.024, 0.005, 0.04),
          of("rubber", 0x303236));
    m.add("glass", ellipsoid({0.077, 0.005, 0.04}, {0.006, 0.022, 0.022}, 28),
          of("glass", 0x241c48));
    m.ghost();
    m.add("button", rod({0.01, -0.05, 0.08}, {0.01, -0.05, 0.088}, 0.007), of("steel"));
    m.add("dial", rod({0, 0.045, 0.08}, {0, 0.045, 0.09}, 0.011), of("steel"));
    m.mass(0.7);
}
void make_headphones(Maker& m) {
    m.colour(0x1c1d20);
    std::vector<Vec3> p;
    for (int i = 0; i <= 12; ++i) {
        const double a = kPi * (i / 12.0) * 1.16 - 0.25;
        p.push_back({0, 0.078 * std::cos(a), 0.1 + 0.085 * std::sin(a)});
    }
    m.piece();
    m.add("band", tube(p, {0.007}, {.flat = 2.2, .up = {1, 0, 0}}));
    m.add("pad",
          tube({p[4] + Vec3{0, -0.0, -0.006}, p[6] + Vec3{0, 0, -0.007}, p[8] + Vec3{0, 0, -0.006}},
               {0.01}, {.flat = 1.6, .up = {1, 0, 0}}),
          of("leather", 0x2a2a2c));
    for (const double s : {-1.0, 1.0}) {
        m.piece();
        m.add("cup", rod({0, s * 0.07, 0.045}, {0, s * 0.095, 0.045}, 0.042, 0.036, 40, 0.006));
        m.add(
            "cushion",
            torus({}, 0.03, 0.013, 40, 12).turn_x(90).scale(0.9, 1, 1.1).move(0, s * 0.064, 0.045),
            of("leather", 0x2a2a2c));
        m.add("logo", torus({}, 0.02, 0.002, 32, 8).turn_x(90).move(0, s * 0.0955, 0.045),
              of("aluminium"));
    }
    m.mass(0.25);
}
void make_speaker(Maker& m) {
    m.add("box", slab({-0.11, -0.1, 0}, {0.11, 0.1, 0.35}, 0.008));
    m.add("front", slab({0.108, -0.092, 0.008}, {0.113, 0.092, 0.342}, 0.003), kBlack);
    for (const auto& [z, r] : {std::pair{0.12, 0.078}, {0.265, 0.04}}) {
        m.add("ring", torus({}, r, 0.006, 48, 10).turn_y(90).move(0.114, 0, z),
              of("steel", 0x707478));
        m.add("cone",
              lathe({{0, 0}, {r * 0.3, 0.0}, {r * 0.85, 0.005}, {r * 0.97, 0.002}}, 0.001, 48)
                  .turn_y(90)
                  .move(0.1125, 0, z),
              of("paper", 0x3a3c40));
        m.add("cap", ellipsoid({0.113, 0, z}, {0.012, r * 0.32, r * 0.32}, 24),
              of("plastic", 0x101113));
    }
    m.mass(6);
}
void make_record(Maker& m) {
    m.colour(0x121214);
    m.add("disc", rod({0, 0, 0}, {0, 0, 0.003}, 0.15, -1, 96, 0.001));
    Mesh g;
    for (int i = 0; i < 9; ++i) g.add(torus({0, 0, 0.003}, 0.062 + 0.0098 * i, 0.0006, 96, 4));
    m.add("grooves", g, own(0x2a2a2e));
    m.add("label", rod({0, 0, -0.0003}, {0, 0, 0.0034}, 0.05, -1, 56, 0), of("paper", 0xc8302a));
    m.add("hole", rod({0, 0, -0.0005}, {0, 0, 0.0037}, 0.0036, -1, 20, 0), of("plastic", 0xe8e4d8));
    m.collide_rod({0, 0, 0}, {0, 0, 0.003}, 0.15);
    m.mass(0.14);
}
void make_light_bulb(Maker& m) {
    m.add("bulb",
          lathe(spline({{0.014, 0.03},
                        {0.017, 0.042},
                        {0.028, 0.065},
                        {0.03, 0.082},
                        {0.021, 0.104},
                        {0, 0.11}}),
                0, 48),
          of("glass", 0xf4f0e0));
    m.add("cap",
          lathe({{0, 0},
                 {0.005, 0},
                 {0.008, 0.005},
                 {0.013, 0.008},
                 {0.013, 0.03},
                 {0.014, 0.033},
                 {0, 0.033}},
                0.001, 32),
          of("brass"));
    for (int i = 0; i < 3; ++i)
        m.add("thread", torus({0, 0, 0.012 + 0.006 * i}, 0.0128, 0.0018, 32, 8), of("brass"));
    m.ghost();
    m.add("filament",
          tube({{0, -0.008, 0.04},
                {0, -0.01, 0.075},
                {0.003, -0.003, 0.07},
                {-0.003, 0.003, 0.075},
                {0, 0.01, 0.075},
                {0, 0.008, 0.04}},
               {0.0007}, {.sides = 6}),
          Look(of("steel", 0xffd080)).glowing(3));
    m.mass(0.035);
    m.hollow();
}
void make_battery(Maker& m) {
    m.colour(0x1b1b1d);
    m.add("case", rod({0, 0, 0.001}, {0, 0, 0.035}, 0.0072, -1, 48, 0.0006));
    m.add("copper end", rod({0, 0, 0.0345}, {0, 0, 0.0488}, 0.00725, -1, 48, 0.0006), of("copper"));
    m.add("pole",
          rod({0, 0, 0.0485}, {0, 0, 0.0505}, 0.0027).add(rod({0, 0, 0}, {0, 0, 0.0014}, 0.006)),
          of("steel"));
    m.add("plus",
          slab({0.0068, -0.002, 0.0415}, {0.0076, 0.002, 0.0425}, 0)
              .add(slab({0.0068, -0.0005, 0.04}, {0.0076, 0.0005, 0.044}, 0)),
          of("paper", 0xffffff));
    m.collide_rod({0, 0, 0}, {0, 0, 0.0505}, 0.0072);
    m.mass(0.023);
}
void make_remote(Maker& m) {
    m.colour(0x1b1c1f);
    m.add("case", extrude(rounded_rectangle(0.178, 0.046, 0.012), 0, 0.018, 0.005));
    m.ghost();
    Mesh b;
    for (int r = 0; r < 4; ++r)
        for (int c = 0; c < 3; ++c)
            b.add(rod({-0.02 - 0.014 * r, -0.013 + 0.013 * c, 0.017},
                      {-0.02 - 0.014 * r, -0.013 + 0.013 * c, 0.02}, 0.0045, -1, 16));
    m.add("buttons", b, of("rubber", 0xc8c8c4));
    m.add("ring", torus({0.025, 0, 0.018}, 0.014, 0.0035, 36, 8), of("rubber", 0x707478));
    m.add("power", rod({0.074, -0.012, 0.017}, {0.074, -0.012, 0.0205}, 0.005),
          of("rubber", 0xd02020));
    m.mass(0.1);
}
void make_microphone(Maker& m) {
    m.piece();
    m.add("handle", rod({-0.1, 0, 0}, {0.05, 0, 0}, 0.011, 0.018), of("plastic", 0x1b1c1f));
    m.add("ring", rod({0.046, 0, 0}, {0.058, 0, 0}, 0.022));
    m.piece();
    m.add("grille", sphere({0.077, 0, 0}, 0.0255, 40).scale(1, 1, 1), own().with("mesh"));
    Mesh g;
    for (int i = 0; i < 10; ++i)
        g.add(torus({}, 0.0256, 0.0006, 36, 5).turn_x(18.0 * i).move(0.077, 0, 0));
    for (int i = -3; i <= 3; ++i) {
        const double x = 0.0063 * i;
        g.add(torus({}, std::sqrt(0.0256 * 0.0256 - x * x), 0.0006, 36, 5)
                  .turn_y(90)
                  .move(0.077 + x, 0, 0));
    }
    m.add("wires", g);
    m.add("switch", slab({0.0, -0.004, 0.0145}, {0.016, 0.004, 0.019}, 0.001),
          of("plastic", 0x707478));
    m.mass(0.3);
    m.anchor("grip", {-0.03, 0, 0});
}

constexpr Noun kNouns[] = {
    {"phone", 0.15, "glass", make_phone},
    {"laptop", 0.34, "aluminium", make_laptop},
    {"monitor", 0.6, "plastic", make_monitor},
    {"computer", 0.5, "plastic", make_computer},
    {"keyboard_computer", 0.44, "plastic", make_keyboard_computer},
    {"television", 1.1, "plastic", make_television},
    {"radio", 0.3, "wood", make_radio},
    {"camera", 0.14, "plastic", make_camera},
    {"headphones", 0.19, "plastic", make_headphones},
    {"speaker", 0.35, "wood", make_speaker},
    {"record", 0.3, "plastic", make_record},
    {"light_bulb", 0.11, "glass", make_light_bulb},
    {"battery", 0.05, "steel", make_battery},
    {"remote", 0.18, "plastic", make_remote},
    {"microphone", 0.2, "steel", make_microphone},
};

}  // namespace

std::span<const Noun> device_nouns() { return kNouns; }

}  // namespace world::kit
