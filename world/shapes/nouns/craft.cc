// Things that fly and things that float.
#include <cmath>

#include "base/core/random.h"
#include "world/shapes/catalogue.h"
#include "world/shapes/kit/beast.h"
#include "world/shapes/kit/detail.h"
#include "world/shapes/kit/noise.h"
#include "world/shapes/kit/solids.h"

namespace world::kit {
namespace {

void make_airplane(Maker& m) {
    m.colour(0xf2f4f6);
    m.piece("body");
    m.add("fuselage", loft({{-4.4, 1.7, 0.12, 0.15, 0.1},
                            {-3, 1.45, 0.38, 0.42, 0.45},
                            {-1, 1.35, 0.55, 0.58, 0.58},
                            {2, 1.3, 0.55, 0.56, 0.56},
                            {3.6, 1.22, 0.42, 0.42, 0.4},
                            {4.3, 1.12, 0.15, 0.14, 0.14}},
                           6, 40, true));
    m.ghost();
    Mesh w;
    for (int i = 0; i < 11; ++i)
        w.add(ellipsoid({-1.9 + 0.42 * i, 0.53, 1.55}, {0.085, 0.05, 0.12}, 12));
    w.add(slab({3.35, 0.1, 1.4}, {3.62, 0.36, 1.56}, 0.04).turn_y(0));
    m.add("windows", w.mirror_y(), of("glass", 0x14202c));
    m.add("stripe",
          loft({{-4.2, 1.42, 0.17, 0.035, 0.035},
                {-3, 1.25, 0.395, 0.05, 0.05},
                {-1, 1.18, 0.562, 0.05, 0.05},
                {2, 1.14, 0.562, 0.05, 0.05},
                {3.7, 1.1, 0.4, 0.05, 0.05}},
               5, 24),
          own(0x1f5fb0));
    m.piece("wing");
    m.add("wing", flap({{0.3, 0.3, 1.05}, {-0.2, 2.2, 1.2}, {-0.8, 4.3, 1.42}}, 2.0, {1, 0.18, 0},
                       0.02, 0.12, 0.2)
                      .mirror_y());
    for (const double s : {-1.0, 1.0}) {
        m.piece("engine");
        m.add(
            "engine",
            lathe(spline({{0.2, 0}, {0.28, 0.25}, {0.36, 0.8}, {0.34, 1.15}, {0.28, 1.15}}), 0, 36)
                .turn_y(90)
                .move(-0.1, s * 1.7, 0.78),
            own(0xd0d4d8));
        m.add("fan",
              rod({0.9, s * 1.7, 0.78}, {0.98, s * 1.7, 0.78}, 0.3)
                  .add(rod({-0.1, s * 1.7, 0.78}, {0.9, s * 1.7, 0.78}, 0.2)),
              of("steel", 0x26282c));
    }
    m.piece("tail");
    m.add("tail",
          extrude_y(fillet({{-4.3, 1.7}, {-2.9, 1.75}, {-4.0, 3.1}, {-4.55, 3.1}}, 0.1), -0.06,
                    0.06, 0.03),
          own(0x1f5fb0));
    m.piece("tailplane");
    m.add("tailplane", flap({{-3.7, 0.1, 1.8}, {-4.0, 0.8, 1.85}, {-4.3, 1.55, 1.9}}, 0.8,
                            {1, 0.2, 0}, 0.02, 0.06, 0.2)
                           .mirror_y());
    m.ghost();
    for (const Vec3 c : {Vec3{2.7, 0, 0.2}, Vec3{-0.6, 0.7, 0.2}, Vec3{-0.6, -0.7, 0.2}}) {
        m.add("strut", rod(c, c + Vec3{0, -c.y * 0.2, 0.75}, 0.05), of("steel"));
        m.add("wheel", rod(c + Vec3{0, -0.09, 0}, c + Vec3{0, 0.09, 0}, 0.2),
              of("rubber", 0x1a1a1a));
        m.collide_rod(c + Vec3{0, -0.09, 0}, c + Vec3{0, 0.09, 0}, 0.2, "wheel");
    }
    m.mass(5000);
    m.hollow();
}
void make_helicopter(Maker& m) {
    m.colour(0xd02a24);
    m.piece("body");
    Mesh b = loft({{-1.2, 1.75, 0.35, 0.4, 0.4},
                   {-0.3, 1.55, 0.75, 0.75, 0.7},
                   {0.9, 1.45, 0.85, 0.75, 0.75},
                   {1.9, 1.3, 0.6, 0.5, 0.55},
                   {2.3, 1.2, 0.2, 0.18, 0.2}},
                  6, 48, true);
    auto [g, r] = split(b, [](Vec3 p) {
        return std::max(1.3 - p.z + 0.12 * std::max(0.0, p.x - 1.4), 0.75 - p.x);
    });
    m.add("body", r);
    m.add("canopy", g, of("glass", 0x1a2630));
    m.ghost();
    m.add("frame", tube({{1.0, 0.0, 2.2}, {1.75, 0.0, 1.85}, {2.25, 0, 1.38}}, {0.035}));
    m.piece("tail");
    m.add("boom", rod({-1.0, 0, 1.8}, {-4.0, 0, 2.05}, 0.32, 0.12));
    m.add("fin",
          extrude_y({{-4.3, 1.7}, {-3.75, 1.85}, {-4.0, 2.9}, {-4.35, 2.9}}, -0.04, 0.04, 0.02));
    m.add("stabiliser", slab({-3.5, -0.6, 1.98}, {-3.15, 0.6, 2.03}, 0.015));
    m.piece("rotor");
    m.add("mast", rod({0.2, 0, 2.1}, {0.2, 0, 2.75}, 0.1), of("steel", 0x3a3c40));
    m.add("hub", rod({0.2, 0, 2.68}, {0.2, 0, 2.84}, 0.2), of("steel", 0x3a3c40));
    for (int i = 0; i < 4; ++i)
        m.add("blade",
              slab({0.15, -0.11, -0.02}, {3.8, 0.11, 0.02}, 0.01)
                  .turn_x(5)
                  .turn_z(25 + 90 * i)
                  .move(0.2, 0, 2.78),
              of("plastic", 0x26282c));
    m.ghost();
    for (int i = 0; i < 2; ++i)
        m.add("tail rotor",
              slab({-0.65, -0.015, -0.06}, {0.65, 0.015, 0.06}, 0.008)
                  .turn_y(40 + 90 * i)
                  .move(-4.15, 0.14, 2.5),
              of("plastic", 0x26282c));
    for (const double s : {-1.0, 1.0}) {
        m.piece("skid");
        m.add("skid",
              tube({{-1.1, s * 0.95, 0.05},
                    {0.4, s * 0.95, 0.05},
                    {1.6, s * 0.95, 0.05},
                    {1.95, s * 0.95, 0.25}},
                   {0.05}),
              of("steel"));
        m.ghost();
        for (const double x : {-0.3, 0.9})
            m.add("strut", rod({x, s * 0.95, 0.05}, {x, s * 0.5, 0.9}, 0.04), of("steel"));
    }
    m.mass(1500);
    m.hollow();
}
void make_rocket(Maker& m) {
    m.colour(0xf2f2f0);
    m.add(
        "body",
        lathe(
            joined(
                {{0, 0.6}, {0.5, 0.6}},
                spline({{0.55, 0.9}, {0.72, 2.2}, {0.7, 3.6}, {0.5, 4.8}, {0.22, 5.6}, {0, 6.0}})),
            0.03, 56));
    m.ghost();
    m.add("nose", lathe(spline({{0.51, 4.78}, {0.225, 5.61}, {0, 6.03}}), 0, 48), own(0xc8242a));
    m.add("band", lathe({{0.727, 2.1}, {0.733, 2.2}, {0.733, 2.45}, {0.728, 2.55}}, 0, 56),
          own(0xc8242a));
    m.add("porthole",
          torus({}, 0.24, 0.06, 36, 10)
              .turn_y(90)
              .move(0.7, 0, 3.75)
              .add(torus({}, 0.24, 0.06, 36, 10).turn_x(90).move(0, -0.7, 3.75)),
          of("steel"));
    m.add("glass",
          ellipsoid({0.63, 0, 3.75}, {0.08, 0.23, 0.23}, 28)
              .add(ellipsoid({0, -0.63, 3.75}, {0.23, 0.08, 0.23}, 28)),
          of("glass", 0x1c4a78));
    m.ghost(false);
    const Mesh fin = extrude_y(
        spline({{0.5, 1.7}, {0.95, 1.1}, {1.3, 0.0}, {1.0, 0.15}, {0.75, 0.55}, {0.5, 0.7}}, true,
               4),
        -0.05, 0.05, 0.03);
    for (int i = 0; i < 4; ++i) m.add("fin", Mesh(fin).turn_z(45 + 90 * i), own(0xc8242a));
    m.add("nozzle", lathe({{0.22, 0.62}, {0.4, 0.2}, {0.36, 0.2}, {0.18, 0.62}}, 0.01, 40, true),
          of("steel", 0x4a4c50));
    m.mass(2500);
    m.hollow();
    m.anchor("nozzle", {0, 0, 0.2});
}
void make_spaceship(Maker& m) {
    m.colour(0xc8ccd2);
    m.piece("hull");
    m.add("hull", loft({{-2.6, 1.1, 0.7, 0.35, 0.3, 4},
                        {-1, 1.1, 0.95, 0.5, 0.4, 3},
                        {1, 1.0, 0.6, 0.4, 0.35},
                        {2.5, 0.85, 0.25, 0.16, 0.16},
                        {3.1, 0.8, 0.05, 0.04, 0.04}},
                       6, 44, true));
    m.ghost();
    m.add("canopy", ellipsoid({1.0, 0, 1.32}, {0.75, 0.34, 0.26}, 32), of("glass", 0x1c3a58));
    m.piece("wing");
    m.add("wing",
          facets({{0.6, 0.5, 1.05},
                  {0.6, 0.5, 0.9},
                  {-2.6, 0.7, 1.1},
                  {-2.6, 0.7, 0.9},
                  {-2.7, 2.5, 0.72},
                  {-1.7, 2.5, 0.72},
                  {-2.2, 2.5, 0.8}})
              .mirror_y(),
          own(0x8a929c));
    m.ghost();
    m.add("tip", slab({-2.9, 2.42, 0.3}, {-1.5, 2.56, 1.25}, 0.04).mirror_y(), own(0xb8242a));
    m.add("stripe", slab({-2.3, 0.96, 1.05}, {0.3, 1.35, 1.11}, 0.01).mirror_y(), own(0xb8242a));
    for (const double y : {-0.42, 0.42}) {
        m.add("engine", rod({-3.1, y, 1.1}, {-2.3, y, 1.1}, 0.33, 0.3), of("steel", 0x4a4e54));
        m.add("glow", rod({-3.13, y, 1.1}, {-3.0, y, 1.1}, 0.25),
              Look(of("glass", 0x58c0ff)).glowing(4));
    }
    for (const Vec3 c : {Vec3{1.6, 0, 0}, Vec3{-1.6, 0.6, 0}, Vec3{-1.6, -0.6, 0}})
        m.add("leg", rod(c, c + Vec3{0, 0, 0.75}, 0.06).add(rod(c, c + Vec3{0, 0, 0.06}, 0.2)),
              of("steel", 0x4a4e54));
    m.mass(8000);
    for (const Vec3 c : {Vec3{1.6, 0, 0}, Vec3{-1.6, 0.6, 0}, Vec3{-1.6, -0.6, 0}})
        m.collide_rod(c, c + Vec3{0, 0, 0.7}, 0.1);
}
void make_ufo(Maker& m) {
    m.add("saucer", lathe(spline({{0, 0.45},
                                  {0.9, 0.5},
                                  {2.0, 0.82},
                                  {2.5, 1.0},
                                  {2.1, 1.18},
                                  {1.2, 1.38},
                                  {0, 1.42}}),
                          0, 72));
    m.add("rim", torus({0, 0, 1.0}, 2.46, 0.07, 72, 12));
    m.add("dome", lathe(spline({{0.95, 1.36}, {0.9, 1.75}, {0.55, 2.1}, {0, 2.22}}), 0, 48),
          of("glass", 0x9ad8c8));
    m.ghost();
    m.add("pilot", ellipsoid({0, 0, 1.75}, {0.2, 0.22, 0.28}, 24), of("skin", 0x5aa848));
    add_eyes(m, {0.15, 0.1, 1.82}, 0.07);
    m.add("lights", sphere({1.75, 0, 0.72}, 0.14, 18).around_z(10),
          Look(of("glass", 0xffe060)).glowing(3));
    m.add("lamps", sphere({1.7, 0, 1.27}, 0.1, 14).around_z(12),
          Look(of("glass", 0xff5a3a)).glowing(2));
    for (int i = 0; i < 3; ++i)
        m.add("leg", rod({1.1, 0, 0.55}, {1.5, 0, 0.03}, 0.06)
                         .add(rod({1.5, 0, 0}, {1.5, 0, 0.06}, 0.2))
                         .turn_z(120 * i));
    m.collide_hull([] {
        std::vector<Vec3> p;
        for (int i = 0; i < 12; ++i) {
            const double a = i * kPi / 6;
            for (const Vec2 q : {Vec2{1.0, 0.5}, {2.53, 1.0}, {0.7, 2.0}})
                p.push_back({q.x * std::cos(a), q.x * std::sin(a), q.y});
        }
        p.push_back({0, 0, 2.22});
        return p;
    }());
    for (int i = 0; i < 3; ++i) {
        const double a = i * 2.0944;
        m.collide_rod({1.5 * std::cos(a), 1.5 * std::sin(a), 0},
                      {1.5 * std::cos(a), 1.5 * std::sin(a), 0.5}, 0.15);
    }
    m.mass(4000);
}
// A boat open above: sections (x, half width, gunwale height `up`, keel height `down`), outside and
// a wall's thickness inside, joined along the gunwale and at both ends.
Mesh open_hull(const std::vector<Station>& stations, double wall) {
    constexpr int kAround = 13;
    std::vector<Vec3> first, second;
    for (const Station& s : stations) {
        first.push_back({s.x, s.half_width, s.up});
        second.push_back({s.down, 0, 0});
    }
    first = spline3(first, false, 5);
    second = spline3(second, false, 5);
    const auto place = [&](size_t i, int k, double in) {
        const double t = kPi * k / kAround, w = std::max(first[i].y - in, 0.002);
        const double top = first[i].z, foot = second[i].x + in;
        return Vec3{first[i].x * (1 - in * 0.02), w * std::cos(t),
                    top - (top - foot) * std::pow(std::max(std::sin(t), 0.0), 0.7)};
    };
    Mesh m;
    // Turned so that it faces along `out`.
    const auto quad = [&](Vec3 a, Vec3 b, Vec3 c, Vec3 d, Vec3 out) {
        const Vec3 n = base::cross(c - a, d - b);
        if (base::length_squared(n) < 1e-18) return;
        const bool turn = base::dot(n, out) < 0;
        const uint32_t v = m.vertex(a, n);
        m.vertex(turn ? d : b, n);
        m.vertex(c, n);
        m.vertex(turn ? b : d, n);
        m.quad(v, v + 1, v + 2, v + 3);
    };
    for (size_t i = 0; i + 1 < first.size(); ++i) {
        const Vec3 axis{first[i].x, 0, first[i].z};
        for (int k = 0; k < kAround; ++k) {
            const Vec3 out = place(i, k, 0) + place(i, k + 1, 0) - axis * 2.0;
            quad(place(i, k, 0), place(i, k + 1, 0), place(i + 1, k + 1, 0), place(i + 1, k, 0),
                 out);
            quad(place(i, k, wall), place(i, k + 1, wall), place(i + 1, k + 1, wall),
                 place(i + 1, k, wall), -out);
        }
        for (const int k : {0, kAround}) {
            quad(place(i, k, 0), place(i + 1, k, 0), place(i + 1, k, wall), place(i, k, wall),
                 {0, 0, 1});
        }
    }
    for (const size_t e : {size_t{0}, first.size() - 1}) {
        for (int k = 0; k < kAround; ++k) {
            quad(place(e, k, 0), place(e, k + 1, 0), place(e, k + 1, wall), place(e, k, wall),
                 {e == 0 ? -1.0 : 1.0, 0, 0});
        }
    }
    crease_normals(m.tri, 50);
    return m;
}

void hull_collision(Maker& m, double l, double w, double h) {
    m.collide_hull({{-l, -w * 0.5, h * 0.05},
                    {-l, w * 0.5, h * 0.05},
                    {l * 0.7, -w * 0.4, h * 0.05},
                    {l * 0.7, w * 0.4, h * 0.05},
                    {-l * 0.5, 0, 0},
                    {l * 0.4, 0, 0},
                    {-l, -w * 0.5, h * 0.15},
                    {-l, w * 0.5, h * 0.15},
                    {l * 0.8, 0, h * 0.2}},
                   "floor");
    for (const double s : {-1.0, 1.0}) {
        m.collide_hull({{-l, s * w * 0.5, 0.05 * h},
                        {-l, s * w * 0.8, h},
                        {0, s * w * 0.6, 0.05 * h},
                        {0, s * w, h * 0.95},
                        {-l, s * w * 0.7, h},
                        {0, s * w * 0.9, h * 0.95},
                        {-l, s * w * 0.4, 0.1 * h},
                        {0, s * w * 0.5, 0.1 * h}},
                       "side");
        m.collide_hull({{0, s * w * 0.6, 0.05 * h},
                        {0, s * w, h * 0.95},
                        {l * 0.75, 0, 0.1 * h},
                        {l, 0, h},
                        {0, s * w * 0.9, h * 0.95},
                        {0, s * w * 0.5, 0.1 * h},
                        {l * 0.93, 0, h}},
                       "bow");
    }
    m.collide_box({-l, -w * 0.75, 0.1 * h}, {-l * 0.96, w * 0.75, h * 0.95}, "stern");
}
void make_boat(Maker& m) {
    m.colour(0x9a6236);
    m.add("hull", open_hull({{-2, 0, 0.6, 0.75, 0.08},
                             {-1, 0, 0.8, 0.7, 0.0},
                             {0.3, 0, 0.8, 0.7, 0.0},
                             {1.3, 0, 0.5, 0.78, 0.08},
                             {2, 0, 0.04, 0.95, 0.5}},
                            0.05));
    m.add("transom", facets({{-2, 0.6, 0.75},
                             {-2, -0.6, 0.75},
                             {-2, 0.3, 0.12},
                             {-2, -0.3, 0.12},
                             {-1.94, 0.6, 0.75},
                             {-1.94, -0.6, 0.75},
                             {-1.94, 0.3, 0.1},
                             {-1.94, -0.3, 0.1}}));
    for (const double x : {-1.2, 0.0, 1.0})
        m.add("thwart",
              slab({x - 0.14, -0.7 + 0.2 * (x > 0.5), 0.45}, {x + 0.14, 0.7 - 0.2 * (x > 0.5), 0.5},
                   0.012),
              own(0xc08a50));
    for (const double s : {-1.0, 1.0}) {
        std::vector<Vec3> p;
        for (const auto& [x, w, z] : {std::tuple{-2.0, 0.6, 0.75},
                                      {-1.0, 0.8, 0.7},
                                      {0.3, 0.8, 0.7},
                                      {1.3, 0.5, 0.78},
                                      {2.0, 0.03, 0.95}})
            p.push_back({x, s * w, z});
        m.add("rail", tube(p, {0.04}), own(0x5a3418));
        m.add(
            "oar",
            rod({-0.3, s * 0.4, 0.62}, {0.6, s * 1.55, 0.72}, 0.025)
                .add(box({}, {0.5, 0.14, 0.02}, 0.008).turn_z(s * 52).move(0.75, s * 1.74, 0.735)),
            own(0xd8b078));
    }
    hull_collision(m, 2, 0.8, 0.8);
    m.anchor("seat", {0, 0, 0.5});
    for (const double s : {-1.0, 1.0}) {
        m.collide_capsule({-0.3, s * 0.4, 0.62}, {0.9, s * 1.9, 0.74}, 0.03, "oar");
    }
    m.mass(90);
}
void make_canoe(Maker& m) {
    m.colour(0xa8402a);
    m.add("hull", open_hull({{-2, 0, 0.02, 0.62, 0.42},
                             {-1.5, 0, 0.24, 0.47, 0.08},
                             {-0.5, 0, 0.42, 0.4, 0.0},
                             {0.5, 0, 0.42, 0.4, 0.0},
                             {1.5, 0, 0.24, 0.47, 0.08},
                             {2, 0, 0.02, 0.62, 0.42}},
                            0.025));
    for (const double x : {-1.0, 0.9})
        m.add("seat", slab({x - 0.12, -0.32, 0.27}, {x + 0.12, 0.32, 0.3}, 0.01), own(0xd8b078));
    for (const double s : {-1.0, 1.0}) {
        std::vector<Vec3> p;
        for (const auto& [x, w, z] : {std::tuple{-2.0, 0.02, 0.62},
                                      {-1.5, 0.24, 0.47},
                                      {-0.5, 0.42, 0.4},
                                      {0.5, 0.42, 0.4},
                                      {1.5, 0.24, 0.47},
                                      {2.0, 0.02, 0.62}})
            p.push_back({x, s * w, z});
        m.add("gunwale", tube(p, {0.018}), own(0xd8b078));
    }
    m.add("paddle",
          rod({-0.5, -0.2, 0.38}, {0.75, 0.3, 0.44}, 0.016)
              .add(ellipsoid({}, {0.26, 0.085, 0.012}, 20).turn_z(22).move(0.95, 0.38, 0.45)),
          own(0xd8b078));
    for (const double s : {-1.0, 1.0})
        m.collide_hull({{-1.5, 0, 0.05},
                        {1.5, 0, 0.05},
                        {-0.5, s * 0.3, 0},
                        {0.5, s * 0.3, 0},
                        {-0.5, s * 0.43, 0.4},
                        {0.5, s * 0.43, 0.4},
                        {-2, 0, 0.6},
                        {2, 0, 0.6},
                        {-1.5, s * 0.24, 0.47},
                        {1.5, s * 0.24, 0.47}});
    m.mass(30);
}
void make_sailboat(Maker& m) {
    m.colour(0xf4f2ec);
    m.piece("hull");
    Mesh h = loft({{-2, 0.62, 0.5, 0.25, 0.3},
                   {-0.8, 0.55, 0.72, 0.3, 0.45},
                   {0.6, 0.56, 0.62, 0.32, 0.42},
                   {1.6, 0.66, 0.28, 0.28, 0.3},
                   {2.2, 0.8, 0.03, 0.18, 0.1}},
                  6, 36);
    for (Vec3f& p : h.tri.positions)
        if (p.z > 0.86f + 0.03f * p.x) p.z = 0.86f + 0.03f * p.x;
    crease_normals(h.tri, 40);
    auto [low, up] = split(h, [](Vec3 p) { return p.z - 0.48; });
    m.add("hull", up);
    m.add("bottom", low, own(0x1f3f7a));
    m.ghost();
    m.add("deck", slab({-1.7, -0.5, 0.84}, {1.2, 0.5, 0.87}, 0.01), of("wood", 0xc08a50));
    m.add("cabin",
          loft({{-0.7, 0.95, 0.36, 0.12, 0.1, 4}, {0.6, 0.96, 0.3, 0.12, 0.1, 4}}, 3, 28, true));
    m.add("keel",
          extrude_y({{-0.5, -0.35}, {0.3, -0.35}, {0.5, 0.2}, {-0.6, 0.2}}, -0.05, 0.05, 0.02),
          own(0x1f3f7a));
    m.piece("mast");
    m.add("mast", rod({0.45, 0, 0.85}, {0.45, 0, 6.0}, 0.05, 0.03), of("wood", 0xc89858));
    m.add("boom", rod({0.42, 0, 1.35}, {-1.9, 0, 1.3}, 0.035), of("wood", 0xc89858));
    m.piece("sail");
    m.add("main",
          sheet(
              12, 20,
              [](double u, double v) {
                  const double w = (1 - v) * 2.2 * (1 + 0.12 * std::sin(kPi * v));
                  return Vec3{0.4 - u * w, 0.28 * std::sin(kPi * u) * (1 - v), 1.42 + v * 4.4};
              },
              0.015),
          of("fabric", 0xf8f6f0));
    m.add(
        "jib",
        sheet(
            12, 16,
            [](double u, double v) {
                const Vec3 luff = base::lerp(Vec3{2.15, 0, 1.0}, Vec3{0.5, 0, 4.9}, v);
                const double w = (1 - v) * 1.45;
                return luff + Vec3{-u * w, 0.22 * std::sin(kPi * u) * (1 - v), -0.1 * u * (1 - v)};
            },
            0.015),
        of("fabric", 0xd8342a));
    m.ghost();
    m.add("stays",
          rod({2.18, 0, 0.98}, {0.46, 0, 5.2}, 0.01, -1, 6)
              .add(rod({-1.95, 0, 0.85}, {0.44, 0, 5.9}, 0.01, -1, 6)),
          of("steel"));
    m.add("rudder",
          extrude_y({{-2.15, 0.1}, {-1.95, 0.1}, {-1.98, 0.8}, {-2.1, 0.8}}, -0.02, 0.02, 0.008),
          of("wood"));
    m.mass(700);
    m.hollow();
}
void make_ship(Maker& m) {
    m.colour(0x1f2f44);
    m.piece("hull");
    Mesh h = loft({{-9.8, 2.0, 1.7, 1.0, 1.4, 3},
                   {-6, 1.8, 2.1, 1.2, 1.8, 3.5},
                   {3, 1.8, 2.1, 1.3, 1.8, 3.5},
                   {7.5, 2.2, 1.3, 1.5, 2.0, 2.5},
                   {10, 3.0, 0.06, 1.2, 1.8}},
                  6, 44);
    for (Vec3f& p : h.tri.positions) {
        const float deck = 2.9f + (p.x > 4 ? 0.03f * (p.x - 4) * (p.x - 4) : 0.f);
        if (p.z > deck) p.z = deck;
    }
    crease_normals(h.tri, 40);
    auto [low, up] = split(h, [](Vec3 p) { return p.z - 1.15; });
    m.add("hull", up);
    m.add("bottom", low, own(0x9a2a22));
    m.piece("house");
    m.add("house", slab({-7, -1.6, 2.8}, {3, 1.6, 4.0}, 0.1), own(0xf4f2ec));
    m.add("upper", slab({-5.5, -1.35, 4.0}, {2, 1.35, 5.0}, 0.1), own(0xf4f2ec));
    m.piece("bridge");
    m.add("bridge", slab({0, -1.5, 5.0}, {1.8, 1.5, 6.0}, 0.08), own(0xf4f2ec));
    m.ghost();
    m.add("bridge glass", slab({1.7, -1.4, 5.4}, {1.83, 1.4, 5.8}, 0.02), of("glass", 0x141c24));
    Mesh w;
    for (int i = 0; i < 12; ++i)
        w.add(rod({-6.3 + 0.75 * i, 1.55, 3.5}, {-6.3 + 0.75 * i, 1.63, 3.5}, 0.16));
    for (int i = 0; i < 9; ++i)
        w.add(rod({-4.9 + 0.75 * i, 1.3, 4.55}, {-4.9 + 0.75 * i, 1.38, 4.55}, 0.15));
    m.add("portholes", w.mirror_y(), of("glass", 0x141c24));
    for (const double x : {-3.8, -1.6}) {
        m.piece("funnel");
        m.add("funnel", rod({x, 0, 5.0}, {x - 0.2, 0, 7.2}, 0.55, 0.48), own(0xc8342a));
        m.add("funnel top", rod({x - 0.17, 0, 6.8}, {x - 0.21, 0, 7.25}, 0.5), own(0x161616));
    }
    m.piece("mast");
    m.add(
        "mast",
        rod({5.2, 0, 3.0}, {5.2, 0, 8.2}, 0.1, 0.05).add(rod({5.2, -1, 6.6}, {5.2, 1, 6.6}, 0.05)),
        of("steel", 0xc8a050));
    m.ghost();
    Mesh r;
    for (int i = 0; i <= 20; ++i)
        r.add(rod({-9.3 + 0.8 * i, 1.75, 2.9}, {-9.3 + 0.8 * i, 1.75, 3.5}, 0.03, -1, 6));
    r.add(rod({-9.3, 1.75, 3.5}, {6.7, 1.75, 3.5}, 0.03, -1, 6));
    m.add("railing", r.mirror_y(), of("steel", 0xf0f0ee));
    m.add("anchor", torus({8.2, 1.08, 2.6}, 0.2, 0.06, 20, 8).mirror_y(), of("iron"));
    m.mass(200000);
    m.hollow();
}
void make_submarine(Maker& m) {
    m.colour(0xe8b41c);
    m.piece("hull");
    m.add("hull", loft({{-3.8, 1.3, 0.25, 0.25, 0.25},
                        {-2.5, 1.3, 0.85, 0.85, 0.85},
                        {-0.5, 1.3, 1.15, 1.15, 1.15},
                        {2, 1.3, 1.1, 1.1, 1.1},
                        {3.4, 1.3, 0.7, 0.7, 0.7},
                        {3.9, 1.3, 0.25, 0.25, 0.25}},
                       6, 48, true));
    m.piece("tower");
    m.add("tower", loft_rings([] {
              std::vector<std::vector<Vec3>> r;
              for (const auto& [k, z] : {std::pair{1.0, 2.2}, {0.95, 3.1}, {0.85, 3.2}}) {
                  std::vector<Vec3> q;
                  for (const Vec2 p : ellipse(0.95 * k, 0.42 * k)) q.push_back({p.x + 0.4, p.y, z});
                  r.push_back(q);
              }
              return r;
          }()));
    m.ghost();
    m.add("periscope", tube({{0.5, 0, 3.1}, {0.5, 0, 3.95}, {0.72, 0, 4.05}}, {0.07}, {.steps = 3}),
          of("steel"));
    for (int i = 0; i < 3; ++i) {
        m.add("porthole",
              torus({}, 0.28, 0.08, 32, 10).turn_x(90).move(-1.1 + 1.35 * i, 1.12, 1.45).mirror_y(),
              of("brass"));
        m.add("glass", ellipsoid({-1.1 + 1.35 * i, 1.08, 1.45}, {0.27, 0.1, 0.27}, 24).mirror_y(),
              of("glass", 0x14405c));
    }
    m.add("window", ellipsoid({3.55, 0, 1.4}, {0.5, 0.5, 0.45}, 32), of("glass", 0x14405c));
    m.add("fin",
          slab({-3.6, -1.2, 1.25}, {-3.0, 1.2, 1.35}, 0.04)
              .add(slab({-3.6, -0.05, 0.2}, {-3.0, 0.05, 2.4}, 0.04)),
          own(0xc8342a));
    Mesh pr;
    for (int i = 0; i < 4; ++i)
        pr.add(ellipsoid({0, 0.3, 0}, {0.05, 0.3, 0.14}, 16).turn_y(25).turn_x(90 * i));
    m.add("propeller", pr.move(-4.15, 0, 1.3).add(rod({-4.25, 0, 1.3}, {-3.9, 0, 1.3}, 0.1)),
          of("brass"));
    m.mass(18000);
    m.hollow();
}
void make_hot_air_balloon(Maker& m) {
    const Curve side = spline(
        {{0.55, 3.2}, {1.2, 4.2}, {2.9, 6.4}, {3.7, 8.6}, {3.2, 10.8}, {1.6, 12.0}, {0.02, 12.3}});
    static const unsigned kHex[4] = {0xd8342a, 0xf2c02a, 0x2a6fc0, 0xf4f0e6};
    Mesh all = lathe(side, 0, 96);
    m.colour(kHex[0]);
    m.piece("envelope");
    for (int i = 0; i < 16; ++i) {
        const double a = 22.5 * i;
        Mesh g;
        std::vector<Vec3> prof;
        for (const Vec2 q : side) prof.push_back({q.x, 0, q.y});
        const int n = static_cast<int>(prof.size()) - 1;
        g = sheet(
            6, n,
            [&](double u, double v) {
                const Vec3 p = prof[static_cast<size_t>(std::lround(v * n))];
                const double b = (a + 22.5 * u) * kPi / 180,
                             r = p.x * (1 + 0.03 * std::sin(kPi * u));
                return Vec3{r * std::cos(b), r * std::sin(b), p.z};
            },
            0.02);
        m.add("gore", g, i % 4 == 0 ? own() : own(kHex[i % 4]));
    }
    m.piece("basket");
    m.add("basket", slab({-0.55, -0.55, 0}, {0.55, 0.55, 1.0}, 0.06), of("wicker"));
    m.ghost();
    m.add("opening", slab({-0.48, -0.48, 0.95}, {0.48, 0.48, 1.005}, 0.02), of("wicker", 0x3a2412));
    m.add("rim",
          tube({{-0.55, -0.55, 1}, {0.55, -0.55, 1}, {0.55, 0.55, 1}, {-0.55, 0.55, 1}}, {0.06},
               {.steps = 1, .closed = true}),
          of("leather"));
    Mesh r;
    for (int i = 0; i < 8; ++i) {
        const double a = i * kPi / 4 + kPi / 8;
        r.add(rod(
            {0.55 * std::copysign(1.0, std::cos(a)), 0.55 * std::copysign(1.0, std::sin(a)), 1.0},
            {0.58 * std::cos(a), 0.58 * std::sin(a), 3.25}, 0.015, -1, 6));
    }
    m.add("ropes", r, of("rope"));
    m.add("burner",
          rod({0, 0, 2.0}, {0, 0, 2.35}, 0.12)
              .add(rod({-0.4, -0.4, 2.0}, {0.4, 0.4, 2.0}, 0.03))
              .add(rod({-0.4, 0.4, 2.0}, {0.4, -0.4, 2.0}, 0.03)),
          of("steel"));
    m.add("flame", lathe(spline({{0, 2.35}, {0.12, 2.55}, {0.08, 2.9}, {0, 3.3}}), 0, 20),
          Look(of("glass", 0xffb040)).glowing(5));
    m.mass(350);
    m.hollow();
    m.anchor("basket", {0, 0, 0.1});
}

constexpr Noun kNouns[] = {
    {"airplane", 9, "aluminium", make_airplane},
    {"helicopter", 8, "aluminium", make_helicopter},
    {"rocket", 6, "steel", make_rocket},
    {"spaceship", 6, "steel", make_spaceship},
    {"ufo", 5, "steel", make_ufo},
    {"boat", 4, "wood", make_boat},
    {"canoe", 4, "wood", make_canoe},
    {"sailboat", 6, "wood", make_sailboat},
    {"ship", 20, "steel", make_ship},
    {"submarine", 8, "steel", make_submarine},
    {"hot_air_balloon", 12, "fabric", make_hot_air_balloon},
};

}  // namespace

std::span<const Noun> craft_nouns() { return kNouns; }

}  // namespace world::kit
