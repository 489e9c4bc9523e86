// Small furry animals, the monkey, the kangaroo and the hedgehog.
#include <cmath>

#include "base/core/random.h"
#include "world/shapes/catalogue.h"
#include "world/shapes/kit/beast.h"
#include "world/shapes/kit/detail.h"
#include "world/shapes/kit/noise.h"
#include "world/shapes/kit/solids.h"

namespace world::kit {
namespace {

double ball_at(Vec3 p, Vec3 c, double r) { return base::length(p - c) - r; }
// Meshes the blob, paints it and makes its groups collide.
void add_coat(Maker& m, const Blob& b, int cells, const std::vector<Patch>& patches = {}) {
    Mesh coat = b.mesh(cells);
    m.collide_groups(b, coat);
    for (const Patch& p : patches) {
        auto [in, out] = split(coat, p.inside);
        m.add(p.name, in, p.look);
        coat = out;
    }
    m.add("body", coat);
}
void eyes_on(Maker& m, const Blob& b, Vec3 centre, Vec3 out, double r) {
    const Vec3 d = base::normalize(out);
    add_eyes(m, b.on_surface(centre + d * (r * 14), -d) - d * (r * 0.35), r);
}
void whiskers(Maker& m, Vec3 root, double l) {
    Mesh w;
    for (int i = -1; i <= 1; ++i)
        w.add(tube({root, root + Vec3{0.1 * l, 0.6 * l, 0.1 * i * l},
                    root + Vec3{-0.1 * l, l, 0.2 * i * l - 0.1 * l}},
                   {0.012 * l, 0.009 * l, 0.004 * l}, {.sides = 5, .steps = 3}));
    m.add("whisker", w.mirror_y(), of("plastic", 0xf0ece4));
}
void ears(Maker& m, std::vector<Vec3> spine, double w, Vec3 across, unsigned inside,
          double cup = 0.25) {
    m.add("ear", flap(spine, w, across, cup, w * 0.14).mirror_y());
    if (!inside) return;
    const Vec3 n = base::normalize(
        base::cross(base::normalize(across), base::normalize(spine.back() - spine.front())));
    std::vector<Vec3> s;
    for (const Vec3& p : spine) s.push_back(base::lerp(spine[0], p, 0.88));
    m.add("ear inside",
          flap(s, w * 0.66, across, cup, w * 0.07)
              .move(n * ((n.x < 0 ? -1 : 1) * w * 0.07))
              .mirror_y(),
          own(inside));
}
void make_rabbit(Maker& m) {
    Blob b;
    b.blend(0.08)
        .egg({-0.12, 0, 0.42}, {0.42, 0.3, 0.36}, -12)
        .egg({0.2, 0, 0.4}, {0.28, 0.22, 0.28});
    b.group(1).egg({0.48, 0, 0.72}, {0.23, 0.19, 0.2}, 15).egg({0.62, 0, 0.64}, {0.12, 0.11, 0.1});
    b.both()
        .group(2)
        .bone({-0.2, 0.24, 0.32}, 0.24, {-0.1, 0.28, 0.22}, 0.17)
        .blend(0.04)
        .bone({-0.28, 0.27, 0.06}, 0.06, {0.12, 0.27, 0.055}, 0.06)
        .group(3)
        .bone({0.3, 0.12, 0.3}, 0.09, {0.36, 0.12, 0.07}, 0.06)
        .bone({0.36, 0.12, 0.055}, 0.055, {0.47, 0.12, 0.05}, 0.05);
    m.colour(0xa88a6a);
    add_coat(m, b, 80,
             {{"muzzle",
               [](Vec3 p) {
                   return ball_at(p, {0.7, 0, 0.58}, 0.13);
               },
               own(0xf2ece2)},
              {"belly",
               [](Vec3 p) {
                   return ball_at(p, {0.42, 0, 0.3}, 0.2);
               },
               own(0xf2ece2)}});
    m.add("tail", sphere({-0.56, 0, 0.42}, 0.12, 24), own(0xf8f5ee));
    ears(m, {{0.4, 0.08, 0.88}, {0.3, 0.13, 1.18}, {0.2, 0.16, 1.5}}, 0.2, {0.3, 0.95, 0},
         0xe0a8a0);
    eyes_on(m, b, {0.5, 0, 0.74}, {0.4, 0.85, 0.25}, 0.042);
    m.add("nose", ellipsoid({0.735, 0, 0.675}, {0.025, 0.035, 0.024}, 16), of("resin", 0xc07a78));
    whiskers(m, {0.68, 0.06, 0.62}, 0.28);
    m.mass(2);
}
void make_mouse(Maker& m) {
    Blob b;
    b.blend(0.08).egg({-0.1, 0, 0.27}, {0.4, 0.24, 0.26});
    b.group(1).bone({0.3, 0, 0.28}, 0.17, {0.52, 0, 0.2}, 0.07);
    b.both()
        .group(2)
        .blend(0.03)
        .bone({-0.2, 0.19, 0.08}, 0.06, {-0.05, 0.2, 0.04}, 0.035)
        .bone({0.24, 0.13, 0.1}, 0.045, {0.32, 0.13, 0.035}, 0.03);
    m.colour(0x8c8681);
    add_coat(m, b, 72);
    m.add("ear", ellipsoid({0.22, 0.15, 0.44}, {0.03, 0.13, 0.13}, 24).turn_z(0).mirror_y());
    m.add("ear inside", ellipsoid({0.245, 0.15, 0.44}, {0.02, 0.1, 0.1}, 24).mirror_y(),
          own(0xe0a8a4));
    m.add("tail",
          tube({{-0.47, 0, 0.2}, {-0.75, 0.06, 0.08}, {-1.0, -0.1, 0.05}, {-1.2, 0.05, 0.12}},
               {0.035, 0.028, 0.02, 0.01}),
          own(0xd8a09a));
    eyes_on(m, b, {0.38, 0, 0.26}, {0.5, 0.75, 0.45}, 0.035);
    m.add("nose", sphere({0.595, 0, 0.2}, 0.033, 16), of("resin", 0xc87878));
    whiskers(m, {0.54, 0.05, 0.18}, 0.25);
    m.mass(0.02);
}
void make_hamster(Maker& m) {
    Blob b;
    b.blend(0.1).egg({0, 0, 0.38}, {0.44, 0.36, 0.36});
    b.group(1).egg({0.34, 0, 0.44}, {0.24, 0.27, 0.24}).both().ball({0.42, 0.14, 0.36}, 0.15);
    b.blend(0.03)
        .group(2)
        .bone({0.28, 0.2, 0.12}, 0.06, {0.4, 0.19, 0.05}, 0.045)
        .bone({-0.2, 0.24, 0.1}, 0.08, {-0.06, 0.26, 0.045}, 0.05);
    m.colour(0xd2924a);
    add_coat(m, b, 72,
             {{"cheeks",
               [](Vec3 p) {
                   return std::min(ball_at(p, {0.52, 0, 0.32}, 0.2),
                                   p.z - 0.24 + 0.02 * std::sin(9 * p.x));
               },
               own(0xf6efe2)}});
    ears(m, {{0.26, 0.16, 0.62}, {0.24, 0.2, 0.74}, {0.22, 0.22, 0.82}}, 0.19, {0.2, 0.9, 0},
         0xe0a8a0);
    eyes_on(m, b, {0.38, 0, 0.46}, {0.6, 0.62, 0.35}, 0.045);
    m.add("nose", ellipsoid({0.59, 0, 0.42}, {0.025, 0.035, 0.025}, 14), of("resin", 0xd08080));
    whiskers(m, {0.55, 0.08, 0.38}, 0.22);
    m.mass(0.12);
}
void make_squirrel(Maker& m) {
    Blob b;
    b.blend(0.07).bone({-0.08, 0, 0.28}, 0.24, {0.08, 0, 0.56}, 0.17);
    b.group(1).egg({0.2, 0, 0.82}, {0.19, 0.15, 0.15}, 10).egg({0.33, 0, 0.77}, {0.1, 0.08, 0.075});
    b.both()
        .group(2)
        .bone({-0.05, 0.18, 0.22}, 0.17, {0.02, 0.2, 0.14}, 0.1)
        .blend(0.03)
        .bone({-0.1, 0.18, 0.05}, 0.05, {0.22, 0.19, 0.04}, 0.045)
        .group(3)
        .chain(
            {{{0.12, 0.13, 0.56}, 0.065}, {{0.28, 0.14, 0.44}, 0.05}, {{0.34, 0.05, 0.52}, 0.04}});
    b.one().group(4).blend(0.06).chain({{{-0.26, 0, 0.14}, 0.08},
                                        {{-0.48, 0, 0.24}, 0.15},
                                        {{-0.52, 0, 0.58}, 0.18},
                                        {{-0.42, 0, 0.9}, 0.19},
                                        {{-0.58, 0, 1.1}, 0.14},
                                        {{-0.72, 0, 1.06}, 0.07}});
    m.colour(0xb0582a);
    add_coat(m, b, 88,
             {{"bib",
               [](Vec3 p) {
                   return ball_at(p, {0.32, 0, 0.44}, 0.25) + (p.z > 0.75 ? 0.3 : 0);
               },
               own(0xf4ead8)}});
    ears(m, {{0.13, 0.09, 0.94}, {0.1, 0.11, 1.05}, {0.08, 0.12, 1.17}}, 0.1, {0.3, 0.9, 0}, 0);
    m.add("nut", ellipsoid({0.39, 0, 0.53}, {0.06, 0.06, 0.075}, 20), of("wood", 0x8a5a2c));
    eyes_on(m, b, {0.22, 0, 0.84}, {0.5, 0.8, 0.3}, 0.035);
    m.add("nose", sphere({0.425, 0, 0.79}, 0.024, 12), of("resin", 0x241814));
    m.mass(0.35);
}
void make_monkey(Maker& m) {
    Blob b;
    b.blend(0.06).bone({-0.02, 0, 0.34}, 0.17, {0.04, 0, 0.68}, 0.16);
    b.group(1).egg({0.1, 0, 0.98}, {0.18, 0.165, 0.18}).egg({0.22, 0, 0.91}, {0.11, 0.1, 0.085});
    b.both().group(2).chain({{{0.04, 0.16, 0.72}, 0.075},
                             {{0.06, 0.33, 0.48}, 0.055},
                             {{0.22, 0.29, 0.24}, 0.045},
                             {{0.28, 0.28, 0.16}, 0.05}});
    b.group(3).chain({{{0.0, 0.12, 0.28}, 0.1},
                      {{0.24, 0.22, 0.36}, 0.07},
                      {{0.2, 0.22, 0.08}, 0.05},
                      {{0.34, 0.24, 0.045}, 0.045}});
    b.one().group(4).blend(0.04).chain({{{-0.16, 0, 0.24}, 0.04},
                                        {{-0.4, 0, 0.18}, 0.036},
                                        {{-0.58, 0, 0.4}, 0.033},
                                        {{-0.5, 0, 0.7}, 0.03},
                                        {{-0.36, 0, 0.72}, 0.028},
                                        {{-0.36, 0, 0.6}, 0.026}});
    m.colour(0x6a4326);
    add_coat(m, b, 92,
             {{"face",
               [](Vec3 p) {
                   p.y = std::abs(p.y);
                   return std::max(0.13 - p.x, std::min({ball_at(p, {0.26, 0, 0.9}, 0.125),
                                                         ball_at(p, {0.22, 0.055, 1.0}, 0.085)}));
               },
               own(0xe2b48a)},
              {"belly",
               [](Vec3 p) {
                   return ball_at(p, {0.2, 0, 0.46}, 0.2) + (std::abs(p.y) > 0.15 ? 0.1 : 0);
               },
               own(0xd8a87c)},
              {"hands",
               [](Vec3 p) {
                   return std::min(ball_at({p.x, std::abs(p.y), p.z}, {0.28, 0.28, 0.13}, 0.09),
                                   std::max(p.z - 0.1, 0.18 - p.x));
               },
               own(0xe2b48a)}});
    m.add("ear", ellipsoid({0.07, 0.18, 0.98}, {0.03, 0.055, 0.07}, 20).mirror_y(), own(0xe2b48a));
    eyes_on(m, b, {0.12, 0, 1.0}, {0.9, 0.33, 0.1}, 0.025);
    m.add("nostril", sphere({0.325, 0.018, 0.935}, 0.01, 8).mirror_y(), own(0x3a2218));
    m.add("mouth",
          surface_line(b, {{0.5, -0.065, 0.89}, {0.5, 0, 0.865}, {0.5, 0.065, 0.89}}, {-1, 0, 0},
                       0.007),
          own(0x6a3a2a));
    m.mass(8);
}
void make_kangaroo(Maker& m) {
    Blob b;
    b.blend(0.08).bone({-0.12, 0, 0.62}, 0.23, {0.14, 0, 1.02}, 0.14);
    b.bone({0.14, 0, 1.02}, 0.12, {0.26, 0, 1.3}, 0.07);
    b.group(1)
        .egg({0.34, 0, 1.38}, {0.14, 0.09, 0.095}, 12)
        .bone({0.38, 0, 1.36}, 0.075, {0.52, 0, 1.31}, 0.045);
    b.both().group(2).chain({{{-0.1, 0.16, 0.6}, 0.2},
                             {{0.14, 0.2, 0.42}, 0.12},
                             {{-0.16, 0.19, 0.2}, 0.06},
                             {{-0.12, 0.19, 0.06}, 0.05}});
    b.blend(0.03).bone({-0.14, 0.19, 0.045}, 0.045, {0.26, 0.2, 0.04}, 0.04);
    b.group(3).chain({{{0.16, 0.12, 1.04}, 0.065},
                      {{0.28, 0.16, 0.84}, 0.045},
                      {{0.4, 0.14, 0.8}, 0.035},
                      {{0.45, 0.14, 0.76}, 0.038}});
    b.one().group(4).blend(0.08).chain({{{-0.28, 0, 0.52}, 0.15},
                                        {{-0.55, 0, 0.26}, 0.1},
                                        {{-0.86, 0, 0.1}, 0.065},
                                        {{-1.2, 0, 0.06}, 0.03}});
    m.colour(0xb07f4f);
    add_coat(m, b, 96,
             {{"belly",
               [](Vec3 p) {
                   return std::max(ball_at(p * Vec3{1, 1.3, 0.75}, {0.2, 0, 0.6}, 0.24), 0.6 - p.z);
               },
               own(0xe8d4b0)}});
    m.add("pouch", tube({{0.12, 0.13, 0.78}, {0.17, 0.0, 0.72}, {0.12, -0.13, 0.78}}, {0.014}),
          own(0x8a5f38));
    ears(m, {{0.28, 0.06, 1.45}, {0.24, 0.09, 1.6}, {0.22, 0.1, 1.74}}, 0.1, {0.3, 0.9, 0},
         0xd8a890);
    eyes_on(m, b, {0.36, 0, 1.39}, {0.4, 0.8, 0.3}, 0.02);
    m.add("nose", ellipsoid({0.56, 0, 1.32}, {0.02, 0.028, 0.02}, 14), of("resin", 0x17110e));
    m.mass(60);
}
void make_hedgehog(Maker& m) {
    Blob b;
    b.blend(0.06).egg({-0.06, 0, 0.34}, {0.46, 0.34, 0.3});
    b.group(1).bone({0.3, 0, 0.26}, 0.17, {0.56, 0, 0.18}, 0.05);
    b.both()
        .group(2)
        .blend(0.02)
        .bone({0.22, 0.17, 0.1}, 0.05, {0.28, 0.17, 0.04}, 0.04)
        .bone({-0.24, 0.19, 0.1}, 0.05, {-0.18, 0.19, 0.04}, 0.04);
    m.colour(0xc9a880);
    add_coat(m, b, 56);
    Mesh s, t;
    for (int i = 0; i < 420; ++i) {
        const double z = 1 - 1.25 * (i + 0.5) / 420, r = std::sqrt(1 - z * z), a = i * 2.39996;
        const Vec3 d{r * std::cos(a), r * std::sin(a), z};
        if (d.x > 0.72 && z < 0.55) continue;
        const Vec3 p = Vec3{-0.06, 0, 0.34} + d * Vec3{0.45, 0.33, 0.29};
        const Vec3 o = base::normalize(d * Vec3{0.8, 1, 1.1} + Vec3{-0.45, 0, 0.1});
        s.add(rod(p, p + o * 0.11, 0.014, 0.01, 5, 0));
        t.add(rod(p + o * 0.1, p + o * 0.17, 0.01, 0.001, 5, 0));
    }
    m.add("spines", s, own(0x4a3524));
    m.add("spine tips", t, own(0xe6d4b4));
    m.add("nose", sphere({0.6, 0, 0.185}, 0.045, 16), of("resin", 0x120e0c));
    eyes_on(m, b, {0.36, 0, 0.26}, {0.55, 0.7, 0.4}, 0.032);
    m.add("ear", ellipsoid({0.3, 0.15, 0.38}, {0.03, 0.055, 0.06}, 16).mirror_y());
    m.mass(0.8);
}

constexpr Noun kNouns[] = {
    {"rabbit", 0.35, "fur", make_rabbit},     {"mouse", 0.1, "fur", make_mouse},
    {"hamster", 0.12, "fur", make_hamster},   {"squirrel", 0.25, "fur", make_squirrel},
    {"monkey", 0.6, "fur", make_monkey},      {"kangaroo", 1.5, "fur", make_kangaroo},
    {"hedgehog", 0.22, "fur", make_hedgehog},
};

}  // namespace

std::span<const Noun> small_mammal_nouns() { return kNouns; }

}  // namespace world::kit
