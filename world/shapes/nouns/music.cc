// Instruments.
#include <cmath>

#include "base/core/random.h"
#include "world/shapes/catalogue.h"
#include "world/shapes/kit/beast.h"
#include "world/shapes/kit/detail.h"
#include "world/shapes/kit/noise.h"
#include "world/shapes/kit/solids.h"

namespace world::kit {
namespace {

Curve body_outline(double l, double w, double waist) {
    return spline({{-l / 2, 0},
                   {-l * 0.44, -w * 0.36},
                   {-l * 0.2, -w * 0.5},
                   {l * 0.08, -waist * 0.5},
                   {l * 0.3, -w * 0.37},
                   {l * 0.46, -w * 0.25},
                   {l / 2, 0},
                   {l * 0.46, w * 0.25},
                   {l * 0.3, w * 0.37},
                   {l * 0.08, waist * 0.5},
                   {-l * 0.2, w * 0.5},
                   {-l * 0.44, w * 0.36}},
                  true, 5);
}
void strings(Maker& m, Vec3 a, Vec3 b, int n, double s0, double s1, double r) {
    Mesh s;
    for (int i = 0; i < n; ++i) {
        const double t = n == 1 ? 0 : (double(i) / (n - 1) - 0.5);
        s.add(rod(a + Vec3{0, t * s0, 0}, b + Vec3{0, t * s1, 0}, r, -1, 5));
    }
    m.add("strings", s, of("steel"));
}
void make_guitar(Maker& m) {
    m.colour(0xc07a34);
    const Mesh b = extrude(body_outline(0.49, 0.38, 0.25), 0, 0.1, 0.008);
    m.piece("body");
    m.add("sides", b, own(0x6a3418));
    m.add("top", extrude(body_outline(0.485, 0.375, 0.245), 0.098, 0.103, 0.002));
    m.add("hole", rod({0.06, 0, 0.1025}, {0.06, 0, 0.1038}, 0.05, -1, 48, 0), own(0x14100c));
    m.add("rosette", torus({0.06, 0, 0.103}, 0.055, 0.003, 48, 6), own(0x2a1a10));
    m.add("bridge", slab({-0.12, -0.08, 0.1}, {-0.09, 0.08, 0.113}, 0.004), own(0x2a1810));
    m.piece("neck");
    m.add("neck", beam({0.2, 0, 0.1}, {0.6, 0, 0.1}, 0.052, 0.022), own(0x8a5228));
    m.add("board", slab({0.11, -0.027, 0.108}, {0.6, 0.027, 0.116}, 0.002), own(0x1e120c));
    m.add("head", box({0.68, 0, 0.095}, {0.17, 0.075, 0.016}, 0.004).turn_y(0), own(0x2a1810));
    m.ghost();
    Mesh f;
    for (int i = 0; i < 14; ++i)
        f.add(slab({0.585 - 0.45 * (1 - std::pow(0.94, i)), -0.026, 0.116},
                   {0.588 - 0.45 * (1 - std::pow(0.94, i)), 0.026, 0.1172}, 0));
    m.add("frets", f, of("steel"));
    for (int i = 0; i < 3; ++i)
        m.add(
            "peg",
            rod({0.63 + 0.05 * i, 0.035, 0.095}, {0.63 + 0.05 * i, 0.055, 0.095}, 0.007).mirror_y(),
            of("steel"));
    strings(m, {-0.1, 0, 0.114}, {0.62, 0, 0.12}, 6, 0.052, 0.036, 0.0007);
    m.mass(2);
    m.anchor("grip", {0.4, 0, 0.1});
}
void make_violin(Maker& m) {
    m.colour(0x9a4a1c);
    m.piece("body");
    m.add("body", extrude(body_outline(0.35, 0.2, 0.115), 0, 0.035, 0.008));
    m.piece("neck");
    m.add("neck", beam({0.15, 0, 0.035}, {0.31, 0, 0.045}, 0.022, 0.018));
    m.add("board", beam({0.03, 0, 0.052}, {0.31, 0, 0.058}, 0.028, 0.008), own(0x14100e));
    m.add("scroll", tube({{0.31, 0, 0.05},
                          {0.37, 0, 0.045},
                          {0.4, 0, 0.03},
                          {0.39, 0, 0.018},
                          {0.378, 0, 0.026}},
                         {0.011, 0.011, 0.01, 0.008, 0.006}));
    m.ghost();
    m.add("tailpiece",
          facets({{-0.17, -0.01, 0.04},
                  {-0.17, 0.01, 0.04},
                  {-0.07, -0.02, 0.055},
                  {-0.07, 0.02, 0.055},
                  {-0.17, 0, 0.048},
                  {-0.07, 0, 0.062}}),
          own(0x14100e));
    m.add("bridge", slab({-0.032, -0.02, 0.034}, {-0.029, 0.02, 0.066}, 0.001), own(0xd8b078));
    m.add("chin rest", ellipsoid({-0.14, 0.055, 0.042}, {0.035, 0.03, 0.01}, 20), own(0x14100e));
    for (const double s : {-1.0, 1.0})
        m.add("f hole",
              tube({{-0.075, s * 0.05, 0.0355},
                    {-0.06, s * 0.058, 0.0355},
                    {-0.03, s * 0.045, 0.0355},
                    {0.0, s * 0.032, 0.0355},
                    {0.012, s * 0.042, 0.0355}},
                   {0.003, 0.002, 0.0022, 0.002, 0.003}),
              own(0x120c08));
    for (int i = 0; i < 2; ++i)
        m.add("peg",
              rod({0.335 + 0.022 * i, 0, 0.046}, {0.335 + 0.022 * i, 0.032, 0.046}, 0.004, 0.006)
                  .mirror_y(),
              own(0x14100e));
    strings(m, {-0.1, 0, 0.06}, {0.32, 0, 0.062}, 4, 0.026, 0.014, 0.0005);
    m.add("bow",
          tube({{-0.25, -0.16, 0.01}, {0.05, -0.15, 0.018}, {0.35, -0.16, 0.01}}, {0.0035}, {})
              .add(rod({-0.22, -0.165, 0.006}, {0.34, -0.165, 0.006}, 0.0015)),
          own(0x3a1c10));
    m.mass(0.5);
}
void make_drum(Maker& m) {
    m.colour(0xb81c22);
    m.add("shell", rod({0, 0, 0.02}, {0, 0, 0.28}, 0.19, -1, 64, 0.003));
    m.add("skin",
          rod({0, 0, 0.28}, {0, 0, 0.291}, 0.186, -1, 64, 0.003)
              .add(rod({0, 0, 0.009}, {0, 0, 0.02}, 0.186, -1, 64, 0.003)),
          of("leather", 0xf2ead6));
    m.add("hoop",
          lathe({{0.186, 0.265}, {0.2, 0.265}, {0.2, 0.297}, {0.186, 0.297}}, 0.004, 64, true)
              .add(lathe({{0.186, 0.003}, {0.2, 0.003}, {0.2, 0.035}, {0.186, 0.035}}, 0.004, 64,
                         true)),
          own(0xe8c060));
    Mesh r;
    for (int i = 0; i < 10; ++i) {
        const double a = i * 0.6283, b = a + 0.314;
        r.add(rod({0.197 * std::cos(a), 0.197 * std::sin(a), 0.265},
                  {0.197 * std::cos(b), 0.197 * std::sin(b), 0.035}, 0.004, -1, 8))
            .add(rod({0.197 * std::cos(b), 0.197 * std::sin(b), 0.035},
                     {0.197 * std::cos(a + 0.628), 0.197 * std::sin(a + 0.628), 0.265}, 0.004, -1,
                     8));
    }
    m.add("rope", r, of("rope", 0xf2ead6));
    m.ghost();
    for (const double s : {-1.0, 1.0})
        m.add("stick",
              rod({-0.16, s * 0.07, 0.305}, {0.2, s * 0.03, 0.305}, 0.009, 0.006)
                  .add(ellipsoid({0.205, s * 0.03, 0.305}, {0.018, 0.011, 0.011}, 14)),
              of("wood", 0xd8b078));
    m.collide_rod({0, 0, 0}, {0, 0, 0.297}, 0.2);
    m.mass(3);
}
void make_trumpet(Maker& m) {
    m.add("pipe", tube({{-0.25, 0, 0.12},
                        {0.05, 0, 0.12},
                        {0.12, 0, 0.1},
                        {0.12, 0, 0.04},
                        {0.05, 0, 0.02},
                        {-0.12, 0, 0.02},
                        {-0.18, 0, 0.045},
                        {-0.18, 0, 0.085},
                        {-0.12, 0, 0.105},
                        {0.1, 0.02, 0.105}},
                       {0.007}));
    m.add("bell", lathe(vessel(spline({{0, 0},
                                       {0.007, 0.001},
                                       {0.01, 0.12},
                                       {0.02, 0.19},
                                       {0.045, 0.225},
                                       {0.062, 0.235}}),
                               0.0015),
                        0.0005, 48)
                      .turn_y(90)
                      .move(0.05, 0.02, 0.105));
    for (int i = 0; i < 3; ++i)
        m.add("valve", rod({-0.05 + 0.033 * i, 0.01, 0.0}, {-0.05 + 0.033 * i, 0.01, 0.13}, 0.0125)
                           .add(rod({-0.05 + 0.033 * i, 0.01, 0.13},
                                    {-0.05 + 0.033 * i, 0.01, 0.155}, 0.004))
                           .add(rod({-0.05 + 0.033 * i, 0.01, 0.152},
                                    {-0.05 + 0.033 * i, 0.01, 0.158}, 0.01)));
    m.add(
        "mouthpiece",
        lathe({{0.007, 0}, {0.006, -0.03}, {0.012, -0.045}, {0.014, -0.05}, {0, -0.05}}, 0.001, 28)
            .turn_y(90)
            .move(-0.25, 0, 0.12),
        of("silver"));
    m.mass(1.1);
}
void make_flute(Maker& m) {
    m.add("pipe", rod({-0.33, 0, 0}, {0.33, 0, 0}, 0.0095));
    for (const double x : {-0.33, -0.12, 0.2})
        m.add("ring", rod({x - 0.008, 0, 0}, {x + 0.008, 0, 0}, 0.0113));
    m.add("lip", ellipsoid({-0.24, 0, 0.009}, {0.018, 0.011, 0.004}, 20));
    m.add("hole", ellipsoid({-0.24, 0, 0.013}, {0.006, 0.005, 0.0006}, 14), of("iron", 0x111111));
    for (int i = 0; i < 11; ++i)
        m.add("key", rod({-0.07 + 0.035 * i, 0, 0.009}, {-0.07 + 0.035 * i, 0, 0.0135}, 0.0075));
    m.add("rod", rod({-0.08, 0.009, 0.008}, {0.31, 0.009, 0.008}, 0.002));
    m.mass(0.45);
}
void make_xylophone(Maker& m) {
    for (const double s : {-1.0, 1.0}) {
        m.add("rail", beam({s * 0.13, -0.3, 0.025}, {s * 0.07, 0.3, 0.025}, 0.025, 0.03));
    }
    m.add("end", slab({-0.15, -0.3, 0}, {0.15, -0.28, 0.04})
                     .add(slab({-0.085, 0.28, 0}, {0.085, 0.3, 0.04})));
    static const unsigned kHex[8] = {0xd02a2a, 0xe8742a, 0xf0c020, 0x58b040,
                                     0x2a9a8a, 0x2a6fd0, 0x6a4ac0, 0xc04a9a};
    for (int i = 0; i < 8; ++i) {
        const double l = 0.34 - 0.022 * i, y = -0.24 + 0.069 * i;
        m.add("bar", box({0, y, 0.05}, {l, 0.055, 0.014}, 0.004), of("steel", kHex[i]));
        m.add("pin",
              rod({l * 0.38, y, 0.05}, {l * 0.38, y, 0.062}, 0.005)
                  .add(rod({-l * 0.38, y, 0.05}, {-l * 0.38, y, 0.062}, 0.005)),
              of("steel"));
    }
    m.ghost();
    for (const double s : {-1.0, 1.0})
        m.add("mallet",
              rod({0.04 * s, -0.2, 0.072}, {0.07 * s, 0.1, 0.072}, 0.005)
                  .add(sphere({0.07 * s, 0.1, 0.072}, 0.016, 18)),
              own(0x8a5228));
    m.mass(1.5);
}
void make_cymbal(Maker& m) {
    m.add("cymbal", lathe({{0, 0.062},
                           {0.02, 0.06},
                           {0.045, 0.042},
                           {0.05, 0.035},
                           {0.21, 0.004},
                           {0.21, 0.002},
                           {0.05, 0.032},
                           {0.04, 0.04},
                           {0.02, 0.057},
                           {0, 0.058}},
                          0.001, 72)
                        .move(0, 0, 0.01));
    Mesh g;
    for (int i = 0; i < 9; ++i) {
        const double r = 0.06 + 0.016 * i;
        g.add(torus({0, 0, 0.0465 - (r - 0.05) * 0.194}, r, 0.0008, 64, 4));
    }
    m.add("grooves", g);
    m.ghost();
    m.add("strap",
          tube({{0, -0.015, 0.07}, {0, -0.012, 0.1}, {0, 0.012, 0.1}, {0, 0.015, 0.07}}, {0.006}),
          of("leather"));
    m.mass(1.2);
}
void make_accordion(Maker& m) {
    m.colour(0xb01c22);
    for (const double s : {-1.0, 1.0}) {
        m.piece();
        m.add("box", slab({-0.09, std::min(s * 0.1, s * 0.19), 0},
                          {0.09, std::max(s * 0.1, s * 0.19), 0.36}, 0.015));
    }
    m.piece();
    for (int i = 0; i < 12; ++i)
        m.add("bellows",
              facets({{-0.08, -0.1 + 0.0167 * i, 0.015},
                      {0.08, -0.1 + 0.0167 * i, 0.015},
                      {0.08, -0.1 + 0.0167 * i, 0.345},
                      {-0.08, -0.1 + 0.0167 * i, 0.345},
                      {-0.092, -0.0917 + 0.0167 * i, 0.002},
                      {0.092, -0.0917 + 0.0167 * i, 0.002},
                      {0.092, -0.0917 + 0.0167 * i, 0.358},
                      {-0.092, -0.0917 + 0.0167 * i, 0.358},
                      {-0.08, -0.0833 + 0.0167 * i, 0.015},
                      {0.08, -0.0833 + 0.0167 * i, 0.015},
                      {0.08, -0.0833 + 0.0167 * i, 0.345},
                      {-0.08, -0.0833 + 0.0167 * i, 0.345}}),
              of("leather", i % 2 ? 0x18181a : 0x2a2a2c));
    m.ghost();
    Mesh w, b;
    for (int i = 0; i < 15; ++i) {
        w.add(slab({0.09, -0.185, 0.02 + 0.0215 * i}, {0.1, -0.125, 0.04 + 0.0215 * i}, 0.001));
        if (i % 7 != 2 && i % 7 != 6)
            b.add(
                slab({0.1, -0.15, 0.034 + 0.0215 * i}, {0.106, -0.125, 0.047 + 0.0215 * i}, 0.001));
    }
    m.add("white keys", w, of("plastic", 0xf6f2e6));
    m.add("black keys", b, of("plastic", 0x101012));
    Mesh k;
    for (int i = 0; i < 24; ++i)
        k.add(rod({0.09, 0.12 + 0.018 * (i % 4), 0.06 + 0.045 * (i / 4)},
                  {0.097, 0.12 + 0.018 * (i % 4), 0.06 + 0.045 * (i / 4)}, 0.0065, -1, 14));
    m.add("buttons", k, of("plastic", 0xf6f2e6));
    m.mass(7);
}

constexpr Noun kNouns[] = {
    {"guitar", 1, "wood", make_guitar},     {"violin", 0.6, "wood", make_violin},
    {"drum", 0.4, "wood", make_drum},       {"trumpet", 0.55, "brass", make_trumpet},
    {"flute", 0.67, "steel", make_flute},   {"xylophone", 0.6, "wood", make_xylophone},
    {"cymbal", 0.45, "brass", make_cymbal}, {"accordion", 0.4, "wood", make_accordion},
};

}  // namespace

std::span<const Noun> music_nouns() { return kNouns; }

}  // namespace world::kit
