// Stones, earth, ice, clouds and heavenly bodies.
#include <cmath>

#include "base/core/random.h"
#include "world/shapes/catalogue.h"
#include "world/shapes/kit/beast.h"
#include "world/shapes/kit/detail.h"
#include "world/shapes/kit/noise.h"
#include "world/shapes/kit/solids.h"

namespace world::kit {
namespace {

void rocky(Maker& m, Vec3 size, int cuts, double bump) {
    const uint64_t s = m.request().seed;
    base::Rng g(s * 7 + 3);
    std::vector<std::pair<Vec3, double>> planes;
    for (int i = 0; i < cuts; ++i)
        planes.push_back(
            {base::normalize(Vec3{g.normal(), g.normal(), g.normal()}), g.uniform(0.72, 0.95)});
    m.add("rock", sphere({}, 1, 72).warp([=](Vec3 p) {
        Vec3 q = p;
        for (const auto& [n, d] : planes) {
            const double o = base::dot(q, n) - d;
            if (o > 0) q -= n * (o * 0.9);
        }
        return q * (1 + bump * rough(p * 1.8, s, 5)) * size;
    }),
          own().with("rock"));
}
void make_rock(Maker& m) { rocky(m, {1, 0.8, 0.62}, 14, 0.16); }
void make_boulder(Maker& m) { rocky(m, {1, 0.9, 0.8}, 18, 0.18); }
void make_stone(Maker& m) { rocky(m, {1, 0.78, 0.55}, 9, 0.1); }
void make_pebble(Maker& m) { rocky(m, {1, 0.72, 0.42}, 0, 0.07); }
Mesh relief(int n, double r, const std::function<double(double, double)>& height) {
    Mesh top = sheet(
        n, n,
        [&](double u, double v) {
            const double a = 2 * u - 1, b = 2 * v - 1;
            const double x = a * std::sqrt(1 - b * b / 2) * r, y = b * std::sqrt(1 - a * a / 2) * r;
            return Vec3{x, y, height(x / r, y / r)};
        },
        0.02 * r);
    return top;
}
void make_mountain(Maker& m) {
    const uint64_t s = m.request().seed;
    const auto h = [=](double x, double y) {
        const double d = std::hypot(x, y), e = std::max(0.0, 1 - d);
        return 1.05 * std::pow(e, 1.15) +
               e * (0.34 * (1 - 2 * std::abs(rough({x * 2.4, y * 2.4, 0.3}, s, 5))) - 0.2) + 0.0;
    };
    Mesh t = relief(110, 1, h);
    auto [snow, rest] = split(t, [](Vec3 p) { return 0.62 - p.z + 0.14 * rough(p * 6.0, 5); });
    auto [rock, green] = split(rest, [](Vec3 p) { return 0.24 - p.z + 0.12 * rough(p * 5.0, 8); });
    m.add("snow", snow, of("snow"));
    m.add("rock", rock, own(0x77716a));
    m.add("meadow", green, of("grass", 0x55773a));
    m.anchor("top", {0, 0, 1});
}
void make_hill(Maker& m) {
    const uint64_t s = m.request().seed;
    m.add("hill", relief(60, 1, [=](double x, double y) {
              const double d = std::min(1.0, std::hypot(x, y));
              return 0.36 * (0.5 + 0.5 * std::cos(kPi * d)) *
                     (1 + 0.2 * noise({x * 2, y * 2, 0.4}, s));
          }));
    m.anchor("top", {0, 0, 0.36});
}
void make_island(Maker& m) {
    m.add("sand", relief(60, 1, [](double x, double y) {
              const double d = std::min(1.0, std::hypot(x, y));
              return 0.14 * (0.5 + 0.5 * std::cos(kPi * d)) *
                     (1 + 0.25 * noise({x * 2, y * 2, 0.4}, 3));
          }));
    m.add("grass",
          relief(40, 0.55,
                 [](double x, double y) {
                     const double d = std::min(1.0, std::hypot(x, y));
                     return 0.085 + 0.1 * (0.5 + 0.5 * std::cos(kPi * d));
                 }),
          of("grass", 0x5a9a3a));
    for (const auto& [x, y, l] : {std::tuple{0.1, 0.05, 0.16}, {-0.12, -0.1, -0.12}}) {
        m.add("palm",
              tube({{x, y, 0.15}, {x + l * 0.3, y, 0.4}, {x + l, y, 0.62}}, {0.026, 0.02, 0.017}),
              of("wood", 0x8a6a44));
        Mesh f;
        for (int i = 0; i < 9; ++i)
            f.add(flap({{0, 0, 0}, {0.14, 0, 0.07}, {0.26, 0, -0.07}}, 0.085, {0, 1, 0}, -0.15,
                       0.006, 0.03)
                      .turn_z(40 * i));
        m.add("fronds", f.move(x + l, y, 0.62), of("leaf", 0x3f8a36));
    }
    m.add("rock",
          facets({{-0.4, 0.4, 0.02},
                  {-0.3, 0.5, 0.02},
                  {-0.25, 0.36, 0.03},
                  {-0.32, 0.4, 0.16},
                  {-0.4, 0.46, 0.1}}),
          of("stone"));
}
void make_cloud(Maker& m) {
    Blob b;
    b.blend(0.25);
    base::Rng g(m.request().seed + 5);
    b.egg({0, 0, 0.45}, {1.0, 0.55, 0.35});
    for (int i = 0; i < 16; ++i) {
        const double a = g.uniform(0, 2 * kPi), r = g.uniform(0.3, 1.0);
        b.ball({1.15 * r * std::cos(a), 0.5 * r * std::sin(a),
                0.45 + 0.35 * (1 - r) + 0.15 * g.uniform()},
               0.26 + 0.2 * (1 - r) + 0.08 * g.uniform());
    }
    m.colour(0xfafcff);
    m.add("cloud", b.mesh(72));
}
void make_snowflake(Maker& m) {
    Mesh f;
    for (int i = 0; i < 6; ++i) {
        Mesh a = beam({0, 0, 0}, {1, 0, 0}, 0.07, 0.05);
        for (const auto& [x, l] : {std::pair{0.35, 0.24}, {0.58, 0.3}, {0.8, 0.16}})
            for (const double s : {-1.0, 1.0})
                a.add(beam({x, 0, 0}, {x + l * 0.5, s * l * 0.866, 0}, 0.055, 0.045));
        f.add(a.turn_z(60 * i));
    }
    f.add(extrude(regular_polygon(6, 0.2), -0.03, 0.03, 0.01));
    m.colour(0xdff2fc);
    m.add("flake", f.turn_x(90).turn_z(90));
}
void make_icicle(Maker& m) {
    Mesh c;
    for (const auto& [x, y, r, l] :
         {std::tuple{0.0, 0.0, 0.16, 1.0}, {0.1, 0.15, 0.1, 0.62}, {-0.04, -0.19, 0.11, 0.7}})
        c.add(lathe(spline({{0, -l},
                            {r * 0.12, -l * 0.97},
                            {r * 0.35, -l * 0.6},
                            {r * 0.7, -l * 0.2},
                            {r, 0},
                            {0, 0.05}}),
                    0, 28)
                  .warp([](Vec3 p) {
                      return p + Vec3{p.x, p.y, 0} * (0.15 * std::sin(p.z * 30));
                  })
                  .move(x, y, 0));
    m.add("ice", c);
    m.anchor("top", {0, 0, 0});
}
void make_iceberg(Maker& m) {
    base::Rng g(m.request().seed + 2);
    for (const auto& [c, s] : {std::pair{Vec3{0, 0, 0.35}, Vec3{0.9, 0.65, 0.75}},
                               {Vec3{-0.5, 0.1, 0.2}, Vec3{0.6, 0.5, 0.45}},
                               {Vec3{0.55, -0.1, 0.12}, Vec3{0.5, 0.45, 0.3}}}) {
        std::vector<Vec3> p;
        for (int i = 0; i < 22; ++i) {
            const Vec3 d = base::normalize(Vec3{g.normal(), g.normal(), g.normal()});
            p.push_back(c + d * s * g.uniform(0.8, 1.0));
        }
        for (Vec3& q : p) q.z = std::max(q.z, 0.0);
        m.piece();
        m.add("ice", facets(p));
    }
}
void make_shell(Maker& m) {
    m.colour(0xe8c8a4);
    for (const double s : {1.0})
        m.add("valve", sheet(
                           72, 20,
                           [=](double u, double v) {
                               const double a = (u - 0.5) * 2.5, r = 0.06 + 0.94 * v,
                                            rib = 1 + 0.022 * std::cos(a * 22) * v;
                               return Vec3{0.1 + 0.28 * std::sin(kPi * std::min(1.0, v * 0.93)) *
                                                     (1 - 0.35 * a * a / 1.6) * s,
                                           r * std::sin(a) * rib, r * std::cos(a) * rib};
                           },
                           0.03));
    m.add("hinge", slab({0.06, -0.2, -0.03}, {0.16, 0.2, 0.12}, 0.03));
    m.mass(0.02);
}
void make_starfish(Maker& m) {
    Blob b;
    b.blend(0.12).egg({0, 0, 0.08}, {0.3, 0.3, 0.13});
    for (int i = 0; i < 5; ++i) {
        const double a = i * 2 * kPi / 5;
        b.group(i).bone({0.15 * std::cos(a), 0.15 * std::sin(a), 0.09}, 0.15,
                        {0.95 * std::cos(a), 0.95 * std::sin(a), 0.05}, 0.05);
    }
    m.colour(0xe0702c);
    const Mesh s = b.mesh(80);
    m.collide_groups(b, s);
    m.add("body", s);
    Mesh d;
    for (int i = 0; i < 5; ++i)
        for (int k = 0; k < 7; ++k)
            d.add(sphere({0.12 + 0.115 * k, 0, 0.235 - 0.02 * k}, 0.035 - 0.003 * k, 8)
                      .turn_z(72 * i));
    m.add("knobs", d, own(0xf4c08a));
    m.mass(0.1);
}
void make_feather(Maker& m) {
    m.colour(0xe8e6e0);
    m.add("vane", flap({{-0.06, 0, 0.004}, {0.0, 0, 0.014}, {0.06, 0, 0.012}, {0.1, 0, 0.002}},
                       0.035, {0, 1, 0}, 0.1, 0.0008, 0.1));
    m.add("quill",
          tube({{-0.1, 0, 0},
                {-0.06, 0, 0.003},
                {0.0, 0, 0.0125},
                {0.06, 0, 0.0105},
                {0.095, 0, 0.003}},
               {0.0018, 0.0016, 0.0012, 0.0007, 0.0002}),
          own(0xf8f5ee));
    Mesh b;
    for (int i = 0; i < 40; ++i)
        b.add(rod({-0.055 + 0.0036 * i, 0, 0.0115 - 0.00001 * (i - 20) * (i - 20)},
                  {-0.045 + 0.0036 * i, 0.014, 0.0118 - 0.00001 * (i - 20) * (i - 20)}, 0.0004, -1,
                  4)
                  .mirror_y());
    m.add("barbs", b, own(0xc8c4b8));
    m.mass(0.0005);
}
void make_moon(Maker& m) {
    base::Rng g(9);
    std::vector<std::pair<Vec3, double>> c;
    for (int i = 0; i < 70; ++i)
        c.push_back({base::normalize(Vec3{g.normal(), g.normal(), g.normal()}),
                     0.05 + 0.22 * std::pow(g.uniform(), 3)});
    m.colour(0xc8c6c0);
    Mesh s = sphere({}, 1, 150).warp([&](Vec3 p) {
        double h = 0.01 * rough(p * 4.0, 2);
        for (const auto& [d, r] : c) {
            const double t = base::length(p - d) / r;
            if (t < 1.3)
                h += r * (t < 1 ? 0.16 * (t * t - 1) + 0.05 * t * t : 0.05 * (1.3 - t) / 0.3);
        }
        return p * (1 + h);
    });
    auto [mare, rest] = split(s, [](Vec3 p) {
        return 0.16 - rough(p * 1.5 + Vec3{2, 1, 4}, 6, 3);
    });
    m.add("maria", mare, own(0x8f8d88));
    m.add("moon", rest);
    m.collide_sphere({}, 1);
}
void make_sun(Maker& m) {
    m.add("sun", sphere({}, 1, 64), Look(own(0xffc83a)).glowing(6));
    m.add("rays", rod({1.1, 0, 0}, {1.5, 0, 0}, 0.13, 0.005, 12), Look(own(0xffa820)).glowing(4));
    Mesh r;
    for (int i = 1; i < 12; ++i)
        r.add(rod({1.1, 0, 0}, {i % 2 ? 1.38 : 1.5, 0, 0}, 0.13, 0.005, 12).turn_y(30 * i));
    m.add("rays", r, Look(own(0xffa820)).glowing(4));
    m.collide_sphere({}, 1.3);
}
void make_planet(Maker& m) {
    Mesh s = sphere({}, 1, 96);
    auto [a, b] =
        split(s, [](Vec3 p) { return std::sin(p.z * 17 + 0.8 * noise(p * 2.5, 3)) - 0.15; });
    m.add("bands", a, own(0xd8b48a));
    m.add("planet", b, own(0xb07f52));
    Mesh r = lathe({{1.35, -0.006}, {1.62, -0.006}, {1.62, 0.006}, {1.35, 0.006}}, 0, 96, true),
         q = lathe({{1.68, -0.006}, {2.05, -0.006}, {2.05, 0.006}, {1.68, 0.006}}, 0, 96, true);
    m.add("ring", r.turn_x(18).turn_y(8), own(0xd8c8a8));
    m.add("outer ring", q.turn_x(18).turn_y(8), own(0xb8a484));
}

constexpr Noun kNouns[] = {
    {"rock", 0.5, "stone", make_rock},
    {"boulder", 1.6, "stone", make_boulder},
    {"stone", 0.12, "stone", make_stone},
    {"pebble", 0.04, "stone", make_pebble},
    {"mountain", 60, "stone", make_mountain},
    {"hill", 30, "grass", make_hill},
    {"island", 20, "sand", make_island},
    {"cloud", 3, "cotton", make_cloud},
    {"snowflake", 0.05, "ice", make_snowflake},
    {"icicle", 0.4, "ice", make_icicle},
    {"iceberg", 6, "ice", make_iceberg},
    {"shell", 0.06, "shell", make_shell},
    {"starfish", 0.15, "skin", make_starfish},
    {"feather", 0.2, "feather", make_feather},
    {"moon", 3, "stone", make_moon},
    {"sun", 3, "gold", make_sun},
    {"planet", 2, "stone", make_planet},
};

}  // namespace

std::span<const Noun> stone_nouns() { return kNouns; }

}  // namespace world::kit
