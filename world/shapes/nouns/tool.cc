// Hand tools, weapons of museums, hardware and treasure.
#include <cmath>

#include "base/core/random.h"
#include "world/shapes/catalogue.h"
#include "world/shapes/kit/beast.h"
#include "world/shapes/kit/detail.h"
#include "world/shapes/kit/noise.h"
#include "world/shapes/kit/solids.h"

namespace world::kit {
namespace {

void grip(Maker& m, Vec3 p) { m.anchor("grip", p); }
void make_hammer(Maker& m) {
    m.piece();
    m.add("handle",
          loft({{-0.2, 0, 0.014, 0.017, 0.017},
                {-0.1, 0, 0.012, 0.014, 0.014},
                {0.1, 0, 0.009, 0.011, 0.011}},
               4, 24, true),
          of("wood", 0xb88448));
    m.piece();
    m.add("head", rod({0.1, 0, -0.02}, {0.1, 0, 0.05}, 0.012)
                      .add(rod({0.1, 0, 0.045}, {0.1, 0, 0.065}, 0.016))
                      .add(slab({0.086, -0.011, -0.03}, {0.114, 0.011, 0.022}, 0.004))
                      .add(tube({{0.1, 0.006, -0.02}, {0.098, 0.009, -0.05}, {0.08, 0.013, -0.08}},
                                {0.01, 0.008, 0.003})
                               .mirror_y()));
    grip(m, {-0.13, 0, 0});
    m.mass(0.7);
}
void make_mallet(Maker& m) {
    m.piece();
    m.add("handle", rod({-0.2, 0, 0}, {0.12, 0, 0}, 0.014, 0.012));
    m.piece();
    m.add("head", rod({0.09, 0, -0.075}, {0.09, 0, 0.075}, 0.045, -1, 36, 0.008), own(0x9a6232));
    m.add("band",
          torus({}, 0.045, 0.003, 36, 8)
              .move(0.09, 0, 0.06)
              .add(torus({}, 0.045, 0.003, 36, 8).move(0.09, 0, -0.06)),
          own(0x6a3f1c));
    grip(m, {-0.12, 0, 0});
}
void make_screwdriver(Maker& m) {
    m.piece();
    m.add("handle",
          lathe(spline({{0, 0},
                        {0.012, 0.003},
                        {0.016, 0.03},
                        {0.013, 0.07},
                        {0.015, 0.085},
                        {0.009, 0.1},
                        {0, 0.1}}),
                0, 32)
              .turn_y(90)
              .move(-0.11, 0, 0),
          of("plastic", 0xd8301c));
    m.add("ribs", rod({-0.1, 0, 0.0145}, {-0.045, 0, 0.0135}, 0.003, -1, 8),
          of("plastic", 0x1a1a1a));
    m.piece();
    m.add("shaft", rod({-0.02, 0, 0}, {0.095, 0, 0}, 0.0035));
    m.add("tip", facets({{0.09, 0.0035, 0.002},
                         {0.09, -0.0035, 0.002},
                         {0.09, 0.0035, -0.002},
                         {0.09, -0.0035, -0.002},
                         {0.11, 0.004, 0.0005},
                         {0.11, -0.004, 0.0005},
                         {0.11, 0.004, -0.0005},
                         {0.11, -0.004, -0.0005}}));
    grip(m, {-0.06, 0, 0});
    m.mass(0.1);
}
void make_wrench(Maker& m) {
    const auto jaw = [](double x, double r, double a) {
        Curve c = arc({0, 0}, r, 35, 325, 20);
        c.push_back({r * 0.25, -r * 0.45});
        c.push_back({-r * 0.25, -r * 0.45});
        c.push_back({-r * 0.25, r * 0.45});
        c.push_back({r * 0.25, r * 0.45});
        return extrude(c, -0.004, 0.004, 0.0015).turn_z(a).move(x, 0, 0);
    };
    m.add("shaft", slab({-0.1, -0.008, -0.003}, {0.1, 0.008, 0.003}, 0.002));
    m.add("jaw", jaw(0.105, 0.022, 15));
    m.add("jaw", jaw(-0.105, 0.019, 195));
    grip(m, {-0.05, 0, 0});
    m.mass(0.25);
}
void make_saw(Maker& m) {
    Curve c{{-0.15, -0.02}};
    for (int i = 0; i <= 40; ++i) {
        const double x = -0.15 + 0.4 * i / 40;
        c.push_back({x, -0.06 + 0.04 * i / 40.0});
        c.push_back({x + 0.008, -0.052 + 0.04 * i / 40.0});
    }
    c.push_back({0.26, 0.02});
    c.push_back({-0.15, 0.055});
    m.add("blade", extrude_y(c, -0.0008, 0.0008, 0.0003));
    m.add("handle",
          extrude_y(spline({{-0.13, 0.055},
                            {-0.15, -0.06},
                            {-0.2, -0.075},
                            {-0.24, -0.05},
                            {-0.22, 0.0},
                            {-0.24, 0.05},
                            {-0.2, 0.07}},
                           true, 5),
                    -0.012, 0.012, 0.005),
          of("wood", 0x9a5f2c));
    m.add("hole",
          extrude_y(
              spline({{-0.165, 0.03}, {-0.17, -0.035}, {-0.19, -0.045}, {-0.2, 0.0}, {-0.19, 0.04}},
                     true, 5),
              -0.0125, 0.0125, 0.001),
          of("wood", 0x2a1a0e));
    for (const double z : {-0.03, 0.03})
        m.add("screw", rod({-0.145, -0.013, z}, {-0.145, 0.013, z}, 0.006), of("brass"));
    grip(m, {-0.2, 0, 0});
    m.mass(0.5);
}
void make_axe(Maker& m) {
    m.piece();
    m.add("handle",
          tube({{-0.4, 0, -0.02}, {-0.3, 0, 0.0}, {0, 0, 0.01}, {0.33, 0, 0}},
               {0.017, 0.015, 0.014, 0.015}, {.flat = 1.4}),
          of("wood", 0xb88448));
    m.piece();
    m.add("head",
          extrude_y(spline({{0.25, 0.03},
                            {0.34, 0.03},
                            {0.36, -0.02},
                            {0.38, -0.12},
                            {0.32, -0.15},
                            {0.24, -0.13},
                            {0.25, -0.03}},
                           true, 5),
                    -0.018, 0.018, 0.004)
              .warp([](Vec3 p) {
                  return Vec3{p.x, p.y * std::clamp(1.0 + (p.z + 0.02) * 7.4, 0.06, 1.1), p.z};
              }));
    grip(m, {-0.3, 0, 0});
    m.mass(1.6);
}
void make_shovel(Maker& m) {
    m.piece();
    m.add("shaft", rod({-0.5, 0, 0}, {0.25, 0, 0}, 0.015), of("wood", 0xb88448));
    m.add("grip",
          tube({{-0.46, 0, 0}, {-0.53, 0.05, 0}, {-0.55, 0.0, 0}, {-0.53, -0.05, 0}}, {0.012},
               {.closed = true}),
          of("wood", 0xb88448));
    m.piece();
    m.add("blade",
          sheet(
              16, 16,
              [](double u, double v) {
                  const double w =
                      0.11 *
                      std::sqrt(std::max(0.001, 1 - std::pow(std::max(0.0, v - 0.45) / 0.56, 2.2)));
                  return Vec3{0.22 + 0.3 * v, (u - 0.5) * 2 * w,
                              0.03 * (4 * (u - 0.5) * (u - 0.5)) - 0.01 + 0.03 * v * v};
              },
              0.004));
    m.add("socket", rod({0.15, 0, 0}, {0.28, 0, 0}, 0.021, 0.012));
    grip(m, {-0.2, 0, 0});
    m.mass(2);
}
void make_rake(Maker& m) {
    m.piece();
    m.add("shaft", rod({-0.75, 0, 0.05}, {0.7, 0, 0.05}, 0.014));
    m.piece();
    m.add("bar", beam({0.7, -0.2, 0.05}, {0.7, 0.2, 0.05}, 0.025, 0.025));
    Mesh t;
    for (int i = -6; i <= 6; ++i)
        t.add(rod({0.7, 0.031 * i, 0.05}, {0.72, 0.031 * i, -0.04}, 0.005, 0.002, 8));
    m.add("tines", t, of("steel", 0x4a4c50));
    m.mass(1.5);
}
void make_broom(Maker& m) {
    m.piece();
    m.add("stick", rod({0, 0, 0.3}, {0, 0, 1.3}, 0.013));
    m.piece();
    m.add("bristles", loft_rings([] {
              std::vector<std::vector<Vec3>> r;
              for (const auto& [x, y, z] : {std::tuple{0.05, 0.17, 0.0},
                                            {0.045, 0.14, 0.12},
                                            {0.035, 0.08, 0.26},
                                            {0.02, 0.025, 0.36}}) {
                  std::vector<Vec3> q;
                  for (int i = 0; i < 72; ++i) {
                      const double a = kPi * i / 36, k = 1 + 0.05 * std::cos(18 * a);
                      q.push_back({x * k * std::cos(a), y * k * std::sin(a), z});
                  }
                  r.push_back(q);
              }
              return r;
          }()),
          of("straw"));
    for (const double z : {0.24, 0.3})
        m.add("twine",
              torus({}, 1, 0.06, 40, 8)
                  .scale(z > 0.27 ? 0.032 : 0.04, z > 0.27 ? 0.062 : 0.09, 0.12)
                  .move(0, 0, z),
              of("rope", 0xa02420));
    grip(m, {0, 0, 0.9});
    m.mass(0.8);
}
void make_pickaxe(Maker& m) {
    m.piece();
    m.add("handle", rod({-0.45, 0, 0}, {0.35, 0, 0}, 0.016, 0.02), of("wood", 0xb88448));
    m.piece();
    m.add("head",
          tube({{0.2, 0, 0.33}, {0.3, 0, 0.18}, {0.32, 0, 0}, {0.3, 0, -0.18}, {0.2, 0, -0.33}},
               {0.004, 0.018, 0.028, 0.018, 0.004}));
    grip(m, {-0.3, 0, 0});
    m.mass(3);
}
void make_nail(Maker& m) {
    m.add("nail", lathe({{0, -0.012},
                         {0.0, -0.012},
                         {0.028, 0.08},
                         {0.028, 0.97},
                         {0.075, 0.985},
                         {0.075, 1.0},
                         {0, 1.0}},
                        0.004, 24)
                      .turn_y(-90));
}
void thread(Maker& m, double r, double z0, double z1, int turns, double t) {
    std::vector<Vec3> p;
    for (int i = 0; i <= turns * 20; ++i) {
        const double a = i * kPi / 10;
        p.push_back({r * std::cos(a), r * std::sin(a), z0 + (z1 - z0) * i / (turns * 20)});
    }
    m.add("thread", tube(p, {t}, {.sides = 6, .steps = 1}));
}
void make_screw(Maker& m) {
    m.add("shank", rod({0, 0, 0}, {0, 0, 0.9}, 0.02, 0.055));
    thread(m, 0.06, 0.05, 0.8, 12, 0.022);
    m.add("head", lathe({{0, 0.86}, {0.06, 0.86}, {0.14, 0.97}, {0.14, 1.0}, {0, 1.0}}, 0.008, 36));
    m.add("cross",
          box({0, 0, 1}, {0.16, 0.03, 0.012}, 0).add(box({0, 0, 1}, {0.03, 0.16, 0.012}, 0)),
          own(0x1a1a1c));
}
void make_bolt(Maker& m) {
    m.piece();
    m.add("shank", rod({0, 0, 0}, {0, 0, 0.8}, 0.13));
    thread(m, 0.13, 0.04, 0.5, 9, 0.025);
    m.piece();
    m.add("head", extrude(regular_polygon(6, 0.26), 0.8, 1.0, 0.02));
}
void make_nut(Maker& m) {
    m.add("nut", [] {
        Mesh n;
        for (int i = 0; i < 6; ++i)
            n.add(facets({{0.5, 0, 0},
                          {1, 0, 0},
                          {0.5 * std::cos(kPi / 3), 0.5 * std::sin(kPi / 3), 0},
                          {std::cos(kPi / 3), std::sin(kPi / 3), 0},
                          {0.5, 0, 0.75},
                          {1, 0, 0.75},
                          {0.5 * std::cos(kPi / 3), 0.5 * std::sin(kPi / 3), 0.75},
                          {std::cos(kPi / 3), std::sin(kPi / 3), 0.75}})
                      .turn_z(60 * i));
        n.add(lathe({{0.46, 0}, {0.62, -0.01}, {0.62, 0.76}, {0.46, 0.75}}, 0.02, 36, true));
        return n;
    }());
    m.add("thread", torus({0, 0, 0.2}, 0.46, 0.04, 36, 8)
                        .add(torus({0, 0, 0.38}, 0.46, 0.04, 36, 8))
                        .add(torus({0, 0, 0.56}, 0.46, 0.04, 36, 8)));
    for (int i = 0; i < 6; ++i) {
        const double a = i * kPi / 3, b = a + kPi / 3;
        m.collide_hull({{0.5 * std::cos(a), 0.5 * std::sin(a), 0},
                        {std::cos(a), std::sin(a), 0},
                        {0.5 * std::cos(b), 0.5 * std::sin(b), 0},
                        {std::cos(b), std::sin(b), 0},
                        {0.5 * std::cos(a), 0.5 * std::sin(a), 0.75},
                        {std::cos(a), std::sin(a), 0.75},
                        {0.5 * std::cos(b), 0.5 * std::sin(b), 0.75},
                        {std::cos(b), std::sin(b), 0.75}});
    }
}
void make_anvil(Maker& m) {
    m.colour(0x333538);
    m.piece();
    m.add("top", slab({-0.2, -0.06, 0.2}, {0.1, 0.06, 0.3}, 0.01));
    m.add("horn", loft({{0.08, 0.25, 0.058, 0.05, 0.045},
                        {0.17, 0.262, 0.045, 0.036, 0.035},
                        {0.25, 0.285, 0.008, 0.007, 0.007}},
                       5, 28, true));
    m.piece();
    m.add("base", slab({-0.14, -0.1, 0}, {0.12, 0.1, 0.06}, 0.015));
    m.add("waist", facets({{-0.1, -0.06, 0.05},
                           {0.08, -0.06, 0.05},
                           {0.08, 0.06, 0.05},
                           {-0.1, 0.06, 0.05},
                           {-0.07, -0.04, 0.13},
                           {0.05, -0.04, 0.13},
                           {0.05, 0.04, 0.13},
                           {-0.07, 0.04, 0.13}})
                       .add(facets({{-0.07, -0.04, 0.12},
                                    {0.05, -0.04, 0.12},
                                    {0.05, 0.04, 0.12},
                                    {-0.07, 0.04, 0.12},
                                    {-0.16, -0.058, 0.205},
                                    {0.1, -0.058, 0.205},
                                    {0.1, 0.058, 0.205},
                                    {-0.16, 0.058, 0.205}})));
    m.anchor("top", {0, 0, 0.3});
}
void make_chain(Maker& m) {
    for (int i = 0; i < 15; ++i) {
        m.piece();
        m.add("link", tube({{-0.026, 0.02, 0},
                            {0.026, 0.02, 0},
                            {0.046, 0, 0},
                            {0.026, -0.02, 0},
                            {-0.026, -0.02, 0},
                            {-0.046, 0, 0}},
                           {0.0085}, {.closed = true})
                          .turn_x(i % 2 ? 45 : -45)
                          .move((i - 7) * 0.0655, 0, 0));
    }
}
void make_rope(Maker& m) {
    std::vector<Vec3> c;
    for (int i = 0; i <= 26 * 6; ++i) {
        const double a = i * kPi / 13, r = 0.3 + 0.008 * std::sin(i * 0.7) - 0.07 * (i / 26 % 2),
                     z = 0.03 + 0.042 * (i / 26.0) * 0.6;
        c.push_back({r * std::cos(a), r * std::sin(a), z});
    }
    Mesh s;
    for (int k = 0; k < 3; ++k) {
        std::vector<Vec3> p;
        for (size_t i = 0; i < c.size(); ++i) {
            const double a = i * 0.9 + k * 2.094;
            const Vec3 o = base::normalize(Vec3{c[i].x, c[i].y, 0});
            p.push_back(c[i] + o * (0.012 * std::cos(a)) + Vec3{0, 0, 0.012 * std::sin(a)});
        }
        s.add(tube(p, {0.0145}, {.sides = 7, .steps = 2}));
    }
    m.add("rope", s);
    m.collide_ring({0, 0, 0.08}, 0.27, 0.06, 10);
    m.mass(1.5);
}
void make_hook(Maker& m) {
    m.add("hook", tube({{0, 0, 0.16},
                        {0, 0, 0.06},
                        {0.05, 0, 0.01},
                        {0.03, 0, -0.055},
                        {-0.03, 0, -0.055},
                        {-0.055, 0, -0.005},
                        {-0.05, 0, 0.025}},
                       {0.012, 0.014, 0.018, 0.018, 0.015, 0.011, 0.003}));
    m.add("eye", torus({}, 0.024, 0.009, 32, 10).turn_x(90).move(0, 0, 0.18));
    m.anchor("top", {0, 0, 0.2});
}
void make_magnet(Maker& m) {
    Curve o = joined(arc({0, 0}, 0.05, 180, 360, 24), {});
    Curve u = joined(Curve{{0.05, 0.07}, {0.026, 0.07}}, arc({0, 0}, 0.026, 360, 180, 20));
    u.push_back({-0.026, 0.07});
    u.push_back({-0.05, 0.07});
    Curve c = joined(o, u);
    m.colour(0xc8201c);
    m.add("body", extrude_x(c, -0.013, 0.013, 0.002));
    for (const double s : {-1.0, 1.0})
        m.add(
            "pole",
            slab({-0.0132, s * 0.038 - 0.0125, 0.045}, {0.0132, s * 0.038 + 0.0125, 0.0705}, 0.001),
            of("steel", 0xd8dadc));
    m.collide_hull({{-0.013, -0.05, -0.02},
                    {0.013, -0.05, -0.02},
                    {-0.013, 0.05, -0.02},
                    {0.013, 0.05, -0.02},
                    {-0.013, -0.03, -0.05},
                    {0.013, -0.03, -0.05},
                    {-0.013, 0.03, -0.05},
                    {0.013, 0.03, -0.05},
                    {-0.013, 0, -0.025},
                    {0.013, 0, -0.025}});
    for (const double s : {-1.0, 1.0})
        m.collide_box({-0.013, s * 0.038 - 0.0125, -0.02}, {0.013, s * 0.038 + 0.0125, 0.07});
}
void make_key(Maker& m) {
    m.add("bow", torus({-0.022, 0, 0}, 0.0105, 0.003, 36, 10));
    m.add("shaft", rod({-0.011, 0, 0}, {0.034, 0, 0}, 0.0025));
    m.add("bit", slab({0.022, -0.012, -0.0013}, {0.027, 0, 0.0013}, 0.0003)
                     .add(slab({0.029, -0.0095, -0.0013}, {0.033, 0, 0.0013}, 0.0003))
                     .add(torus({}, 0.0028, 0.001, 20, 8).turn_y(90).move(-0.009, 0, 0)));
    m.mass(0.02);
}
void make_padlock(Maker& m) {
    m.piece();
    m.add("body", slab({-0.009, -0.02, 0}, {0.009, 0.02, 0.035}, 0.004));
    m.add("keyhole",
          rod({0.0085, 0, 0.02}, {0.0095, 0, 0.02}, 0.004)
              .add(slab({0.0085, -0.0015, 0.009}, {0.0095, 0.0015, 0.02}, 0)),
          of("iron", 0x101010));
    m.piece();
    m.add("shackle",
          tube({{0, -0.0135, 0.033},
                {0, -0.0135, 0.05},
                {0, 0, 0.064},
                {0, 0.0135, 0.05},
                {0, 0.0135, 0.033}},
               {0.0038}),
          of("steel"));
    m.mass(0.15);
}
void make_coin(Maker& m) {
    m.colour(0xd8b04a);
    m.add("coin", rod({0, 0, 0}, {0, 0, 0.08}, 1, -1, 72, 0.015));
    m.add("rim",
          torus({0, 0, 0.082}, 0.93, 0.03, 72, 8).add(torus({0, 0, -0.002}, 0.93, 0.03, 72, 8)));
    m.add("number", number_strokes(1, 1.0, 0.06).move(0, 0, 0.08));
    m.add("reeds", rod({0.998, 0, 0.01}, {0.998, 0, 0.07}, 0.014, -1, 5, 0).around_z(80));
    m.collide_rod({0, 0, 0}, {0, 0, 0.08}, 1);
    m.mass(0.0075);
}
void make_gold_bar(Maker& m) {
    m.add("bar", facets({{-0.125, -0.035, 0},
                         {0.125, -0.035, 0},
                         {0.125, 0.035, 0},
                         {-0.125, 0.035, 0},
                         {-0.11, -0.024, 0.035},
                         {0.11, -0.024, 0.035},
                         {0.11, 0.024, 0.035},
                         {-0.11, 0.024, 0.035}}));
    m.add("stamp", extrude(rounded_rectangle(0.12, 0.025, 0.006), 0.0345, 0.0358, 0.0004)
                       .add(number_strokes(9999, 0.014, 0.001).move(0, 0, 0.036)));
}
void make_diamond(Maker& m) {
    std::vector<Vec3> p{{0, 0, -0.62}};
    for (int i = 0; i < 16; ++i) {
        const double a = i * kPi / 8;
        p.push_back({std::cos(a), std::sin(a), 0});
        p.push_back({std::cos(a), std::sin(a), 0.05});
        if (i % 2) p.push_back({0.56 * std::cos(a), 0.56 * std::sin(a), 0.36});
        else p.push_back({0.82 * std::cos(a), 0.82 * std::sin(a), 0.21});
        if (i % 2) p.push_back({0.62 * std::cos(a), 0.62 * std::sin(a), -0.26});
    }
    m.add("diamond", facets(p).scale(1, 1, 1.25));
}
void make_sword(Maker& m) {
    m.piece();
    Curve b{{-0.2, -0.024}, {0.42, -0.018}, {0.5, 0}, {0.42, 0.018}, {-0.2, 0.024}};
    m.add("blade", extrude(b, -0.004, 0.004, 0.0035));
    m.add("fuller", slab({-0.2, -0.004, -0.0044}, {0.25, 0.004, 0.0044}, 0.001),
          of("steel", 0x70757a));
    m.piece();
    m.add("guard",
          rod({-0.215, -0.1, 0}, {-0.215, 0.1, 0}, 0.011)
              .add(sphere({-0.215, 0.1, 0}, 0.017, 20).mirror_y()),
          of("brass"));
    m.add("grip", rod({-0.34, 0, 0}, {-0.215, 0, 0}, 0.015), of("leather"));
    m.add("pommel", sphere({-0.355, 0, 0}, 0.024, 28), of("brass"));
    grip(m, {-0.28, 0, 0});
    m.mass(1.3);
}
void make_shield(Maker& m) {
    const Curve c = spline({{0, -0.36},
                            {0.2, -0.2},
                            {0.28, 0.05},
                            {0.27, 0.28},
                            {0, 0.31},
                            {-0.27, 0.28},
                            {-0.28, 0.05},
                            {-0.2, -0.2}},
                           true, 6);
    const auto bend = [](Vec3 p) { return Vec3{p.x - 0.9 * p.y * p.y, p.y, p.z}; };
    Mesh all = extrude_x(c, 0, 0.02, 0.006).warp(bend);
    m.colour(0xb01c20);
    m.add("shield", all);
    Curve in = c;
    for (Vec2& p : in) p = p * 0.9;
    m.add("rim",
          tube(
              [&] {
                  std::vector<Vec3> q;
                  for (const Vec2 p : c) q.push_back(bend({0.01, p.x, p.y}));
                  return q;
              }(),
              {0.014}, {.steps = 1, .closed = true}),
          of("steel"));
    m.add("cross",
          slab({0.02, -0.035, -0.27}, {0.026, 0.035, 0.27}, 0.002)
              .add(slab({0.0, -0.24, 0.03}, {0.027, 0.24, 0.1}, 0.002).warp(bend)),
          of("gold"));
    m.add("boss", ellipsoid({0.02, 0, 0.065}, {0.045, 0.06, 0.06}, 28), of("steel"));
    m.mass(5);
}
void make_spear(Maker& m) {
    m.add("shaft", rod({0, 0, 0}, {0, 0, 1.65}, 0.015));
    m.add("head",
          facets({{0.045, 0, 1.7},
                  {-0.045, 0, 1.7},
                  {0, 0.012, 1.7},
                  {0, -0.012, 1.7},
                  {0, 0, 1.92},
                  {0, 0.01, 1.6},
                  {0, -0.01, 1.6},
                  {0.01, 0, 1.6},
                  {-0.01, 0, 1.6}}),
          of("steel"));
    m.add("binding", rod({0, 0, 1.56}, {0, 0, 1.64}, 0.019), of("leather"));
    grip(m, {0, 0, 0.9});
    m.mass(1.8);
}
void make_cannon(Maker& m) {
    m.colour(0x2c2e31);
    m.piece("barrel");
    m.add("barrel", lathe(joined({{0, -0.62},
                                  {0.05, -0.6},
                                  {0.03, -0.54},
                                  {0.15, -0.5},
                                  {0.16, -0.3},
                                  {0.15, -0.28},
                                  {0.14, 0.1},
                                  {0.13, 0.12},
                                  {0.11, 0.62},
                                  {0.14, 0.66},
                                  {0.14, 0.72}},
                                 {{0.07, 0.72}, {0.07, 0.3}, {0, 0.3}}),
                          0.01, 48)
                        .turn_y(82)
                        .move(0, 0, 0.5));
    for (const double s : {-1.0, 1.0}) {
        m.piece("cheek");
        m.add("cheek",
              extrude_y(fillet({{0.3, 0.22},
                                {0.25, 0.46},
                                {-0.1, 0.42},
                                {-0.75, 0.06},
                                {-0.7, 0.0},
                                {-0.2, 0.2}},
                               0.03),
                        s * 0.2 - 0.03, s * 0.2 + 0.03, 0.008),
              of("wood", 0x6b3f1e));
        m.piece("wheel");
        m.add("rim",
              lathe({{0.26, -0.03}, {0.32, -0.03}, {0.32, 0.03}, {0.26, 0.03}}, 0.006, 48, true)
                  .turn_x(90)
                  .move(0.1, s * 0.3, 0.32),
              of("wood", 0x6b3f1e));
        Mesh sp;
        for (int i = 0; i < 10; ++i) sp.add(rod({0, 0, 0}, {0.27, 0, 0}, 0.018).turn_y(36 * i));
        m.add("spokes", sp.move(0.1, s * 0.3, 0.32), of("wood", 0x6b3f1e));
        m.add("hub", rod({0.1, s * 0.24, 0.32}, {0.1, s * 0.37, 0.32}, 0.05), of("iron"));
    }
    m.anchor("mouth", {0.72, 0, 0.6});
    m.mass(600);
}
void make_bomb(Maker& m) {
    m.colour(0x17181a);
    m.add("ball", sphere({}, 1, 56));
    m.add("neck", rod({0, 0, 0.93}, {0, 0, 1.15}, 0.28));
    m.collide_sphere({}, 1);
    m.collide_rod({0, 0, 0.9}, {0, 0, 1.15}, 0.28);
    m.add("fuse", tube({{0, 0, 1.1}, {0.05, 0, 1.4}, {0.3, 0, 1.55}, {0.45, 0.05, 1.45}}, {0.05}),
          of("rope"));
    m.add("spark", facets([] {
              std::vector<Vec3> p;
              base::Rng g(3);
              for (int i = 0; i < 26; ++i)
                  p.push_back(Vec3{0.47, 0.06, 1.43} +
                              base::normalize(Vec3{g.normal(), g.normal(), g.normal()}) * 0.14);
              return p;
          }()),
          Look(of("glass", 0xffc040)).glowing(6));
    m.mass(4);
}
void make_weight(Maker& m) {
    m.colour(0x2c2e31);
    m.add("weight", lathe({{0, 0},
                           {0.45, 0},
                           {0.45, 0.7},
                           {0.3, 0.78},
                           {0.14, 0.82},
                           {0.14, 0.92},
                           {0.24, 0.97},
                           {0.24, 1.06},
                           {0, 1.1}},
                          0.03, 48));
    m.add("mark",
          number_strokes(1, 0.35, 0.025)
              .turn_x(90)
              .turn_z(90)
              .move(0.45, -0.12, 0.36)
              .add(tube({{0.44, 0.02, 0.2}, {0.44, 0.02, 0.5}}, {0.02}, {.steps = 1}))
              .add(tube({{0.42, 0.16, 0.4}, {0.44, 0.03, 0.31}, {0.42, 0.16, 0.2}}, {0.02},
                        {.steps = 1})),
          own(0xe0dccf));
}
void make_scale(Maker& m) {
    m.piece("stand");
    m.add("base", lathe({{0, 0}, {0.09, 0}, {0.09, 0.012}, {0.03, 0.03}, {0.012, 0.05}, {0, 0.05}},
                        0.003, 48));
    m.add("post", rod({0, 0, 0.03}, {0, 0, 0.36}, 0.008));
    m.add("top", sphere({0, 0, 0.375}, 0.016, 24));
    m.piece("beam");
    m.add("beam", tube({{0, -0.18, 0.335},
                        {0, -0.08, 0.345},
                        {0, 0, 0.36},
                        {0, 0.08, 0.345},
                        {0, 0.18, 0.335}},
                       {0.004, 0.006, 0.009, 0.006, 0.004}));
    for (const double s : {-1.0, 1.0}) {
        m.piece("pan");
        m.add("pan",
              lathe(vessel(spline({{0, 0.1}, {0.04, 0.104}, {0.065, 0.122}}), 0.002), 0.0005, 40)
                  .move(0, s * 0.18, 0));
        m.ghost();
        for (int i = 0; i < 3; ++i) {
            const double a = i * 2.094;
            m.add("chain", rod({0.062 * std::cos(a), s * 0.18 + 0.062 * std::sin(a), 0.122},
                               {0, s * 0.18, 0.335}, 0.0015, -1, 6));
        }
    }
    m.mass(1.2);
}
void make_umbrella(Maker& m) {
    m.colour(0xb01c2c);
    m.piece("canopy");
    for (int i = 0; i < 8; ++i) {
        m.add("panel",
              sheet(
                  10, 12,
                  [=](double u, double v) {
                      const double a = (45.0 * i + 45 * u) * kPi / 180, sag = std::sin(kPi * u),
                                   r = 0.45 * std::sin(v * 1.45) / std::sin(1.45);
                      return Vec3{r * (1 - 0.06 * sag * v) * std::cos(a),
                                  r * (1 - 0.06 * sag * v) * std::sin(a),
                                  0.78 + 0.0 - 0.24 * (1 - std::cos(v * 1.45)) * 0.95 +
                                      0.018 * sag * v * v};
                  },
                  0.003),
              i % 2 ? own() : own());
        m.ghost();
        m.add("rib",
              tube({{0.01, 0, 0.775}, {0.25, 0, 0.728}, {0.44, 0, 0.565}}, {0.003}).turn_z(45 * i),
              of("steel"));
        m.ghost(false);
    }
    m.piece("shaft");
    m.add("shaft", rod({0, 0, 0.08}, {0, 0, 0.85}, 0.006), of("steel", 0x3a3c40));
    m.add("handle",
          tube({{0, 0, 0.1}, {0, 0, 0.03}, {0.025, 0, 0.0}, {0.055, 0, 0.015}, {0.06, 0, 0.04}},
               {0.01}),
          of("wood", 0x7a4420));
    m.mass(0.4);
    grip(m, {0, 0, 0.12});
}
void make_needle(Maker& m) {
    m.add("needle", rod({-0.5, 0, 0}, {0.44, 0, 0}, 0.001, 0.014, 16));
    m.add("eye", tube({{0.42, 0.006, 0}, {0.46, 0.014, 0}, {0.5, 0.0, 0}, {0.46, -0.014, 0}},
                      {0.007}, {.sides = 8, .closed = true}));
    m.ghost();
    m.add("thread",
          tube({{0.46, 0, 0},
                {0.5, 0.12, -0.01},
                {0.4, 0.2, -0.01},
                {0.3, 0.12, -0.01},
                {0.15, 0.2, -0.01}},
               {0.006}, {.sides = 6}),
          of("cotton", 0xc02030));
    m.mass(0.0003);
}
void make_scissors(Maker& m) {
    for (const double s : {-1.0, 1.0}) {
        m.piece();
        Mesh b = extrude({{-0.005, -0.004}, {0.085, -0.001}, {0.085, 0.0}, {0.0, 0.009}},
                         s * 0.0015 - 0.001, s * 0.0015 + 0.001, 0.0005);
        b.add(tube({{0.0, 0.003, s * 0.0015}, {-0.035, 0.008, 0}, {-0.05, 0.012, 0}},
                   {0.0045, 0.004, 0.004}, {.flat = 0.6}));
        m.add("blade", b.scale(1, s, 1).turn_z(s * 14));
        m.add("ring",
              tube({{-0.05, 0.012, 0},
                    {-0.068, 0.028, 0},
                    {-0.092, 0.026, 0},
                    {-0.092, 0.008, 0},
                    {-0.07, 0.003, 0}},
                   {0.0045}, {.closed = true})
                  .scale(1, s, 1)
                  .turn_z(s * 14),
              of("plastic", 0xd02c1c));
    }
    m.add("pivot", rod({0, 0, -0.004}, {0, 0, 0.004}, 0.004));
    m.mass(0.06);
}
void make_paintbrush(Maker& m) {
    m.add("handle",
          loft({{-0.11, 0, 0.005, 0.004, 0.004},
                {-0.06, 0, 0.012, 0.006, 0.006},
                {0.0, 0, 0.009, 0.006, 0.006},
                {0.03, 0, 0.02, 0.007, 0.007, 3}},
               5, 24, true),
          own(0xd0442a));
    m.add("ferrule", slab({0.025, -0.022, -0.008}, {0.055, 0.022, 0.008}, 0.003), of("steel"));
    m.add("bristles",
          loft({{0.05, 0, 0.021, 0.007, 0.007, 3},
                {0.085, 0, 0.023, 0.008, 0.008, 3},
                {0.11, 0, 0.02, 0.003, 0.003, 3}},
               4, 24),
          own(0xd8b880));
    m.add(
        "paint",
        loft({{0.085, 0, 0.0235, 0.0085, 0.0085, 3}, {0.112, 0, 0.0205, 0.0035, 0.0035, 3}}, 4, 24),
        of("plastic", 0x1f6fd0));
    m.mass(0.06);
}
void make_torch(Maker& m) {
    m.add("handle", rod({0, 0, 0}, {0, 0, 0.5}, 0.025, 0.04));
    m.add(
        "cloth",
        lathe(spline({{0.03, 0.48}, {0.07, 0.52}, {0.075, 0.62}, {0.05, 0.68}, {0, 0.69}}), 0, 28),
        of("fabric", 0x4a3a2a));
    m.ghost();
    for (int i = 0; i < 5; ++i)
        m.add("flame",
              lathe(spline({{0, 0.58}, {0.06, 0.68}, {0.045, 0.8}, {0, 0.95 + 0.02 * i}}), 0, 18)
                  .move(0.03, 0, 0.02 * (i % 3))
                  .turn_z(72 * i),
              Look(of("glass", i % 2 ? 0xff8a20 : 0xffd050)).glowing(5));
    m.anchor("flame", {0, 0, 0.75});
    grip(m, {0, 0, 0.2});
    m.mass(0.6);
}
void make_telescope(Maker& m) {
    m.piece("tube");
    for (const auto& [x0, x1, r] :
         {std::tuple{-0.35, -0.1, 0.024}, {-0.12, 0.12, 0.03}, {0.1, 0.4, 0.037}})
        m.add("tube",
              rod({x0, 0, 0}, {x1, 0, 0}, r)
                  .add(rod({x1 - 0.02, 0, 0}, {x1, 0, 0}, r * 1.1))
                  .turn_y(-22)
                  .move(0, 0, 0.55),
              r > 0.035 ? of("leather", 0x4a2a18) : own());
    m.add("lens", rod({0.395, 0, 0}, {0.403, 0, 0}, 0.033).turn_y(-22).move(0, 0, 0.55),
          of("glass", 0x1c2a3a));
    for (int i = 0; i < 3; ++i) {
        m.piece("leg");
        m.add(
            "leg",
            rod({0, 0, 0.52}, {0.3 * std::cos(i * 2.094 + 0.5), 0.3 * std::sin(i * 2.094 + 0.5), 0},
                0.012, 0.009),
            of("wood", 0x7a4a24));
    }
    m.mass(2.5);
}

constexpr Noun kNouns[] = {
    {"hammer", 0.33, "steel", make_hammer},
    {"mallet", 0.3, "wood", make_mallet},
    {"screwdriver", 0.22, "steel", make_screwdriver},
    {"wrench", 0.25, "steel", make_wrench},
    {"saw", 0.5, "steel", make_saw},
    {"axe", 0.75, "steel", make_axe},
    {"shovel", 1.1, "steel", make_shovel},
    {"rake", 1.5, "wood", make_rake},
    {"broom", 1.3, "wood", make_broom},
    {"pickaxe", 0.9, "iron", make_pickaxe},
    {"nail", 0.08, "steel", make_nail},
    {"screw", 0.05, "steel", make_screw},
    {"bolt", 0.05, "steel", make_bolt},
    {"nut", 0.02, "steel", make_nut},
    {"anvil", 0.45, "iron", make_anvil},
    {"chain", 1, "steel", make_chain},
    {"rope", 2, "rope", make_rope},
    {"hook", 0.2, "steel", make_hook},
    {"magnet", 0.12, "iron", make_magnet},
    {"key", 0.07, "brass", make_key},
    {"padlock", 0.07, "brass", make_padlock},
    {"coin", 0.024, "brass", make_coin},
    {"gold_bar", 0.25, "gold", make_gold_bar},
    {"diamond", 0.05, "diamond", make_diamond},
    {"sword", 0.95, "steel", make_sword},
    {"shield", 0.65, "steel", make_shield},
    {"spear", 1.9, "wood", make_spear},
    {"cannon", 1.6, "iron", make_cannon},
    {"bomb", 0.22, "iron", make_bomb},
    {"weight", 0.12, "iron", make_weight},
    {"scale", 0.4, "brass", make_scale},
    {"umbrella", 0.9, "fabric", make_umbrella},
    {"needle", 0.04, "steel", make_needle},
    {"scissors", 0.18, "steel", make_scissors},
    {"paintbrush", 0.22, "wood", make_paintbrush},
    {"torch", 0.35, "wood", make_torch},
    {"telescope", 0.8, "brass", make_telescope},
};

}  // namespace

std::span<const Noun> tool_nouns() { return kNouns; }

}  // namespace world::kit
