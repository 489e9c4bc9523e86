// Cups, pots, bottles and what stands on a table: turned on the lathe.
#include <cmath>

#include "base/core/random.h"
#include "world/shapes/catalogue.h"
#include "world/shapes/kit/beast.h"
#include "world/shapes/kit/detail.h"
#include "world/shapes/kit/noise.h"
#include "world/shapes/kit/solids.h"

namespace world::kit {
namespace {

// Collision of an open vessel: floor and walls in bands, so that things can fall in.
void open_vessel(Maker& m, const std::vector<Vec2>& outside, double wall, int count = 8) {
    m.collide_rod({0, 0, outside.front().y}, {0, 0, outside.front().y + wall * 1.5},
                  outside.front().x, "floor");
    for (size_t i = 0; i + 1 < outside.size(); ++i)
        m.collide_wall(outside[i], outside[i + 1], wall * 1.3, count, "wall");
    m.hollow();
    m.anchor("mouth", {0, 0, outside.back().y});
}
Mesh handle(std::vector<Vec3> path, double r, double flat = 1.0) {
    return tube(path, {r}, {.sides = 14, .flat = flat});
}

void make_cup(Maker& m) {
    m.colour(0xe8e4da);
    m.add("cup", lathe(vessel(joined({{0, 0}, {0.026, 0}, {0.028, 0.003}},
                                     spline({{0.03, 0.008}, {0.036, 0.03}, {0.04, 0.075}})),
                              0.0035),
                       0.0015, 56));
    m.add("handle", handle({{0, 0.0405, 0.062},
                            {0, 0.056, 0.062},
                            {0, 0.064, 0.044},
                            {0, 0.053, 0.026},
                            {0, 0.0385, 0.024}},
                           0.0045)
                        .turn_z(-90));
    open_vessel(m, {{0.03, 0}, {0.04, 0.075}}, 0.004);
    m.collide_capsule({0.058, 0, 0.03}, {0.058, 0, 0.058}, 0.009, "handle");
}
void make_mug(Maker& m) {
    m.colour(0x2f6f9f);
    m.add("mug",
          lathe(vessel({{0, 0}, {0.039, 0}, {0.041, 0.004}, {0.041, 0.095}}, 0.0045), 0.0025, 56));
    m.add("inside",
          lathe(vessel({{0, 0.0046}, {0.034, 0.0046}, {0.0367, 0.007}, {0.0367, 0.0945}}, 0.0004),
                0, 48),
          own(0xf2efe8));
    m.add("handle", handle({{0, 0.0435, 0.08},
                            {0, 0.06, 0.08},
                            {0, 0.071, 0.055},
                            {0, 0.062, 0.028},
                            {0, 0.0435, 0.022}},
                           0.0065, 1.0)
                        .turn_z(-90));
    open_vessel(m, {{0.041, 0}, {0.041, 0.095}}, 0.0045);
    m.collide_capsule({0.064, 0, 0.035}, {0.064, 0, 0.07}, 0.01, "handle");
    m.mass(0.32);
}
void make_teacup(Maker& m) {
    m.colour(0xf6f2ea);
    m.add("cup",
          lathe(vessel(
                    joined({{0, 0}, {0.018, 0}, {0.019, 0.005}, {0.018, 0.007}},
                           spline({{0.024, 0.01}, {0.036, 0.028}, {0.0415, 0.05}, {0.045, 0.056}})),
                    0.002),
                0.001, 56));
    m.add("band",
          lathe({{0.0398, 0.042}, {0.0405, 0.0435}, {0.0412, 0.0465}, {0.0413, 0.0485}}, 0, 56),
          own(0x2a5fa8));
    m.add("handle", handle({{0, 0.0425, 0.046},
                            {0, 0.052, 0.05},
                            {0, 0.057, 0.038},
                            {0, 0.048, 0.026},
                            {0, 0.0362, 0.024}},
                           0.0028)
                        .turn_z(-90));
    open_vessel(m, {{0.02, 0}, {0.038, 0.03}, {0.045, 0.056}}, 0.003);
    m.collide_capsule({0.05, 0, 0.03}, {0.05, 0, 0.046}, 0.005, "handle");
}
void make_glass(Maker& m) {
    m.add("glass",
          lathe(vessel({{0, 0}, {0.031, 0}, {0.033, 0.004}, {0.039, 0.14}}, 0.0022), 0.0015, 64));
    m.add("bottom", lathe({{0, 0.0023}, {0.0295, 0.0023}, {0.03, 0.011}, {0, 0.011}}, 0.001, 56));
    open_vessel(m, {{0.033, 0}, {0.039, 0.14}}, 0.003, 10);
}
void make_wine_glass(Maker& m) {
    m.add("glass",
          lathe(vessel(joined({{0, 0}, {0.034, 0}, {0.035, 0.0015}}, spline({{0.03, 0.003},
                                                                             {0.008, 0.008},
                                                                             {0.004, 0.02},
                                                                             {0.0038, 0.08},
                                                                             {0.008, 0.094},
                                                                             {0.03, 0.112},
                                                                             {0.041, 0.145},
                                                                             {0.039, 0.18},
                                                                             {0.033, 0.21}})),
                       0.0014),
                0.0008, 64));
    m.collide_rod({0, 0, 0}, {0, 0, 0.004}, 0.035, "foot");
    m.collide_capsule({0, 0, 0.008}, {0, 0, 0.09}, 0.005, "stem");
    m.collide_wall({0.02, 0.1}, {0.041, 0.145}, 0.003, 8, "wall");
    m.collide_wall({0.041, 0.145}, {0.033, 0.21}, 0.003, 8, "wall");
    m.hollow();
    m.anchor("mouth", {0, 0, 0.21});
    m.anchor("grip", {0, 0, 0.05});
}
void make_bottle(Maker& m) {
    m.colour(0x2f6b3c);
    m.add(
        "bottle",
        lathe(
            vessel(
                joined(
                    {{0, 0}, {0.034, 0}, {0.0375, 0.004}},
                    joined(
                        {{0.0375, 0.17}},
                        joined(
                            spline(
                                {{0.0372, 0.18}, {0.03, 0.205}, {0.0155, 0.225}, {0.0145, 0.245}}),
                            {{0.0145, 0.285}, {0.0165, 0.286}, {0.0165, 0.298}, {0.0145, 0.3}}))),
                0.003),
            0.001, 56));
    m.add("label", lathe({{0.0376, 0.06}, {0.038, 0.061}, {0.038, 0.139}, {0.0376, 0.14}}, 0, 56),
          of("paper", 0xf0e6cc));
    m.add("band", lathe({{0.038, 0.09}, {0.0382, 0.091}, {0.0382, 0.112}, {0.038, 0.113}}, 0, 56),
          of("paper", 0x8f1c22));
    m.collide_rod({0, 0, 0}, {0, 0, 0.18}, 0.0375);
    m.collide_wall({0.0375, 0.18}, {0.0155, 0.228}, 0.04, 4);
    m.collide_rod({0, 0, 0.22}, {0, 0, 0.3}, 0.0155);
    m.hollow();
    m.anchor("mouth", {0, 0, 0.3});
    m.anchor("grip", {0, 0, 0.25});
}
void make_jar(Maker& m) {
    m.add(
        "jar",
        lathe(
            vessel({{0, 0}, {0.04, 0}, {0.045, 0.006}, {0.045, 0.1}, {0.036, 0.115}, {0.036, 0.13}},
                   0.003),
            0.004, 56));
    m.add("lid", rod({0, 0, 0.122}, {0, 0, 0.145}, 0.039, -1, 56, 0.003), of("steel", 0xb02c28));
    m.add("ridges", rod({0.0388, 0, 0.124}, {0.0388, 0, 0.142}, 0.001, -1, 6).around_z(48),
          of("steel", 0xb02c28));
    m.hollow();
}
void make_jug(Maker& m) {
    m.colour(0xd8d2c2);
    Mesh body = lathe(vessel(joined({{0, 0}, {0.05, 0}, {0.053, 0.005}}, spline({{0.056, 0.01},
                                                                                 {0.075, 0.06},
                                                                                 {0.072, 0.11},
                                                                                 {0.05, 0.17},
                                                                                 {0.048, 0.2},
                                                                                 {0.058, 0.235}})),
                             0.004),
                      0.0015, 64)
                    .warp([](Vec3 p) {
                        const double k = std::max(0.0, (p.z - 0.19) / 0.045),
                                     a = std::atan2(p.y, p.x);
                        const double lip = std::exp(-a * a * 6) * k;
                        return Vec3{p.x * (1 + 0.55 * lip), p.y, p.z + 0.012 * lip};
                    });
    m.add("jug", body);
    m.add("handle", handle({{-0.046, 0, 0.205},
                            {-0.085, 0, 0.22},
                            {-0.105, 0, 0.17},
                            {-0.095, 0, 0.11},
                            {-0.066, 0, 0.085}},
                           0.008, 0.7));
    open_vessel(m, {{0.055, 0}, {0.075, 0.07}, {0.05, 0.18}, {0.06, 0.235}}, 0.005, 6);
    m.collide_capsule({-0.095, 0, 0.11}, {-0.095, 0, 0.2}, 0.01, "handle");
    m.anchor("grip", {-0.1, 0, 0.16});
}
void make_teapot(Maker& m) {
    m.colour(0xe6e0d2);
    m.piece();
    m.add("pot", lathe(joined({{0, 0}, {0.042, 0}, {0.044, 0.005}}, spline({{0.05, 0.009},
                                                                            {0.078, 0.045},
                                                                            {0.076, 0.075},
                                                                            {0.05, 0.105},
                                                                            {0.036, 0.11},
                                                                            {0, 0.113}})),
                       0.001, 64));
    m.add("lid", lathe(spline({{0.04, 0.108},
                               {0.034, 0.117},
                               {0.015, 0.124},
                               {0.006, 0.127},
                               {0.011, 0.136},
                               {0.008, 0.144},
                               {0, 0.146}}),
                       0, 48));
    m.add("lid line", torus({0, 0, 0.1085}, 0.0405, 0.0012, 48, 8), own(0x8a8272));
    m.piece();
    m.add("spout", tube({{0.06, 0, 0.04}, {0.09, 0, 0.05}, {0.107, 0, 0.085}, {0.128, 0, 0.113}},
                        {0.02, 0.0165, 0.011, 0.0085}));
    m.add("spout hole", ellipsoid({0.1325, 0, 0.119}, {0.005, 0.0055, 0.003}, 12).turn_y(0),
          own(0x2a2620));
    m.piece();
    m.add("handle", handle({{-0.068, 0, 0.088},
                            {-0.1, 0, 0.1},
                            {-0.122, 0, 0.075},
                            {-0.108, 0, 0.042},
                            {-0.07, 0, 0.032}},
                           0.0075, 0.8));
    m.hollow();
    m.mass(0.7);
    m.anchor("grip", {-0.12, 0, 0.07});
    m.anchor("spout", {0.135, 0, 0.12});
}
void make_kettle(Maker& m) {
    m.piece();
    m.add(
        "body",
        lathe(joined(
                  {{0, 0}, {0.088, 0}, {0.092, 0.006}},
                  spline({{0.092, 0.02}, {0.088, 0.07}, {0.066, 0.12}, {0.036, 0.14}, {0, 0.143}})),
              0.003, 64));
    m.add("lid",
          lathe({{0, 0.138}, {0.042, 0.138}, {0.04, 0.146}, {0.012, 0.15}, {0, 0.15}}, 0.002, 48));
    m.add("knob", lathe({{0, 0.148}, {0.008, 0.15}, {0.014, 0.165}, {0, 0.17}}, 0.004, 32),
          of("plastic", 0x1a1a1c));
    m.add("base ring",
          lathe({{0.086, 0}, {0.0935, 0.001}, {0.0935, 0.013}, {0.086, 0.014}}, 0.001, 64, true),
          of("copper"));
    m.piece();
    m.add("spout",
          tube({{0.07, 0, 0.07}, {0.105, 0, 0.1}, {0.122, 0, 0.132}}, {0.022, 0.016, 0.0115}));
    m.piece();
    m.add("handle",
          handle({{-0.055, 0, 0.13},
                  {-0.07, 0, 0.19},
                  {-0.02, 0, 0.225},
                  {0.05, 0, 0.21},
                  {0.062, 0, 0.15}},
                 0.005),
          of("steel"));
    m.add("grip", handle({{-0.06, 0, 0.205}, {-0.02, 0, 0.226}, {0.04, 0, 0.217}}, 0.0105),
          of("plastic", 0x1a1a1c));
    m.hollow();
    m.mass(1);
    m.anchor("grip", {0, 0, 0.22});
}
void make_plate(Maker& m) {
    m.colour(0xf4f1ea);
    m.add("plate", lathe({{0, 0},
                          {0.072, 0},
                          {0.075, 0.003},
                          {0.09, 0.007},
                          {0.13, 0.021},
                          {0.13, 0.0245},
                          {0.127, 0.025},
                          {0.089, 0.012},
                          {0.078, 0.0065},
                          {0, 0.0062}},
                         0.0015, 72));
    m.add("line", torus({0, 0, 0.0226}, 0.118, 0.0009, 72, 6), own(0x2a5fa8));
    m.collide_hull([] {
        std::vector<Vec3> p;
        for (int i = 0; i < 14; ++i) {
            const double a = i * kPi / 7;
            p.push_back({0.13 * std::cos(a), 0.13 * std::sin(a), 0.021});
            p.push_back({0.13 * std::cos(a), 0.13 * std::sin(a), 0.025});
            p.push_back({0.072 * std::cos(a), 0.072 * std::sin(a), 0});
        }
        return p;
    }());
    m.mass(0.6);
}
void make_saucer(Maker& m) {
    m.colour(0xf4f1ea);
    m.add(
        "saucer",
        lathe(
            joined({{0, 0}, {0.042, 0}, {0.044, 0.003}},
                   joined(spline({{0.05, 0.004}, {0.065, 0.01}, {0.075, 0.018}}),
                          joined({{0.073, 0.02}},
                                 joined(spline({{0.063, 0.0135}, {0.045, 0.0075}, {0.027, 0.0065}}),
                                        {{0.025, 0.005}, {0, 0.005}})))),
            0.0008, 64));
    m.add("line", torus({0, 0, 0.0193}, 0.0728, 0.0008, 64, 6), own(0x2a5fa8));
    m.mass(0.2);
}
void make_bowl(Maker& m) {
    m.colour(0x3a78a8);
    m.add(
        "bowl",
        lathe(vessel(joined({{0, 0}, {0.036, 0}, {0.037, 0.006}},
                            spline({{0.036, 0.007}, {0.06, 0.018}, {0.08, 0.045}, {0.09, 0.078}})),
                     0.004),
              0.0015, 64));
    open_vessel(m, {{0.037, 0}, {0.07, 0.028}, {0.09, 0.078}}, 0.005, 10);
}
void make_pot(Maker& m) {
    m.add("pot",
          lathe(vessel({{0, 0}, {0.105, 0}, {0.11, 0.006}, {0.11, 0.13}, {0.113, 0.132}}, 0.003),
                0.003, 64));
    m.add("lid", lathe(joined({{0, 0.131}, {0.114, 0.131}, {0.114, 0.135}},
                              spline({{0.105, 0.137}, {0.06, 0.152}, {0, 0.157}})),
                       0.001, 64));
    m.add("knob",
          lathe({{0, 0.155}, {0.009, 0.156}, {0.017, 0.17}, {0.014, 0.176}, {0, 0.177}}, 0.003, 32),
          of("plastic", 0x1a1a1c));
    m.add("handle", handle({{-0.025, 0.106, 0.105},
                            {-0.022, 0.132, 0.108},
                            {0.022, 0.132, 0.108},
                            {0.025, 0.106, 0.105}},
                           0.006)
                        .mirror_y());
    m.collide_rod({0, 0, 0}, {0, 0, 0.15}, 0.112);
    m.collide_box({-0.03, -0.136, 0.1}, {0.03, 0.136, 0.114});
    m.collide_rod({0, 0, 0.15}, {0, 0, 0.177}, 0.018);
    m.hollow();
    m.mass(1.6);
}
void make_pan(Maker& m) {
    m.colour(0x232325);
    m.add("pan",
          lathe(vessel({{0, 0}, {0.1, 0}, {0.105, 0.004}, {0.12, 0.045}}, 0.004), 0.003, 64));
    m.add("handle",
          loft({{0.11, 0.035, 0.012, 0.006, 0.006},
                {0.16, 0.045, 0.009, 0.005, 0.005},
                {0.24, 0.055, 0.014, 0.008, 0.008},
                {0.31, 0.058, 0.011, 0.007, 0.007}},
               4, 20, true),
          of("plastic", 0x141415));
    open_vessel(m, {{0.103, 0}, {0.12, 0.045}}, 0.005, 10);
    m.collide_capsule({0.12, 0, 0.04}, {0.305, 0, 0.058}, 0.01, "handle");
    m.anchor("grip", {0.25, 0, 0.055});
    m.mass(1.5);
}
void make_vase(Maker& m) {
    m.colour(0x4f7fa8);
    m.add("vase",
          lathe(vessel(joined({{0, 0}, {0.045, 0}, {0.047, 0.004}}, spline({{0.047, 0.008},
                                                                            {0.062, 0.05},
                                                                            {0.082, 0.12},
                                                                            {0.078, 0.18},
                                                                            {0.045, 0.24},
                                                                            {0.034, 0.275},
                                                                            {0.04, 0.3},
                                                                            {0.054, 0.32}})),
                       0.004),
                0.0015, 72));
    const auto ring = [](std::initializer_list<Vec2> s) {
        std::vector<Vec3> p;
        for (const Vec2 q : s)
            for (int i = 0; i < 10; ++i)
                p.push_back({q.x * std::cos(i * kPi / 5), q.x * std::sin(i * kPi / 5), q.y});
        return p;
    };
    m.collide_hull(ring({{0.047, 0}, {0.084, 0.12}, {0.079, 0.18}}), "body");
    m.collide_hull(ring({{0.079, 0.18}, {0.045, 0.24}, {0.034, 0.275}}), "shoulder");
    m.collide_hull(ring({{0.034, 0.275}, {0.04, 0.3}, {0.054, 0.32}}), "neck");
    m.hollow();
    m.anchor("mouth", {0, 0, 0.32});
}
void make_urn(Maker& m) {
    m.colour(0xa85c38);
    m.piece();
    m.add("urn", lathe(vessel(joined({{0, 0}, {0.07, 0}, {0.07, 0.02}, {0.045, 0.028}},
                                     spline({{0.03, 0.045},
                                             {0.045, 0.07},
                                             {0.11, 0.16},
                                             {0.13, 0.25},
                                             {0.1, 0.32},
                                             {0.06, 0.345},
                                             {0.058, 0.37},
                                             {0.085, 0.4}})),
                              0.006),
                       0.003, 64));
    for (const auto& [z, r] : {std::pair{0.2, 0.1235}, {0.29, 0.1215}})
        m.add("band", torus({0, 0, z}, r, 0.005, 64, 8), own(0x1c1410));
    m.add("handle",
          handle({{0, 0.06, 0.36}, {0, 0.12, 0.375}, {0, 0.155, 0.32}, {0, 0.125, 0.27}}, 0.011)
              .mirror_y());
    m.hollow();
}
void make_goblet(Maker& m) {
    m.colour(0xe0b040);
    m.add("goblet",
          lathe(vessel(joined({{0, 0}, {0.04, 0}, {0.04, 0.005}}, spline({{0.03, 0.01},
                                                                          {0.009, 0.025},
                                                                          {0.013, 0.045},
                                                                          {0.009, 0.062},
                                                                          {0.025, 0.078},
                                                                          {0.04, 0.11},
                                                                          {0.041, 0.15},
                                                                          {0.044, 0.18}})),
                       0.003),
                0.001, 56));
    for (int i = 0; i < 6; ++i)
        m.add("gem", sphere({0.0405, 0, 0.125}, 0.006, 14).turn_z(60 * i),
              of("glass", i % 2 ? 0xb0182c : 0x1c5ab0));
    m.collide_rod({0, 0, 0}, {0, 0, 0.008}, 0.04);
    m.collide_rod({0, 0, 0.008}, {0, 0, 0.08}, 0.013);
    m.collide_wall({0.027, 0.08}, {0.044, 0.18}, 0.005, 8);
    m.hollow();
}
void make_chalice(Maker& m) {
    m.colour(0xe0b040);
    m.add("chalice",
          lathe(vessel(joined({{0, 0}, {0.05, 0}, {0.05, 0.006}}, spline({{0.04, 0.012},
                                                                          {0.012, 0.04},
                                                                          {0.009, 0.06},
                                                                          {0.021, 0.075},
                                                                          {0.009, 0.09},
                                                                          {0.015, 0.105},
                                                                          {0.045, 0.135},
                                                                          {0.057, 0.2}})),
                       0.003),
                0.001, 56));
    m.collide_rod({0, 0, 0}, {0, 0, 0.01}, 0.05);
    m.collide_rod({0, 0, 0.01}, {0, 0, 0.11}, 0.016);
    m.collide_wall({0.03, 0.11}, {0.057, 0.2}, 0.005, 8);
    m.hollow();
}
void make_bell(Maker& m) {
    // Hand bell: mouth down, wooden handle.
    m.colour(0xc9a13b);
    m.piece("bell");
    m.add("bell", lathe(joined(spline({{0.0445, 0.0},
                                       {0.038, 0.012},
                                       {0.029, 0.04},
                                       {0.024, 0.062},
                                       {0.012, 0.073},
                                       {0.0, 0.075}}),
                               joined({{0, 0.071}}, spline({{0.011, 0.069},
                                                            {0.021, 0.06},
                                                            {0.026, 0.04},
                                                            {0.035, 0.012},
                                                            {0.042, 0.0}}))),
                        0.0008, 64, true));
    m.add("lip", torus({0, 0, 0.003}, 0.0432, 0.0028, 64, 10));
    for (const double z : {0.02, 0.05})
        m.add("line", torus({0, 0, z}, z < 0.03 ? 0.0352 : 0.0275, 0.0012, 56, 8));
    m.add("clapper", rod({0, 0, 0.012}, {0, 0, 0.07}, 0.0016), of("steel"));
    m.add("clapper ball", sphere({0, 0, 0.009}, 0.0085, 24), of("steel"));
    m.piece("handle");
    m.add("handle",
          lathe(spline({{0, 0.072},
                        {0.009, 0.074},
                        {0.0065, 0.085},
                        {0.0105, 0.115},
                        {0.0085, 0.133},
                        {0, 0.14}}),
                0, 32),
          of("wood", 0x4a2616));
    m.hollow();
    m.anchor("grip", {0, 0, 0.11});
    m.anchor("top", {0, 0, 0.14});
}
void make_gong(Maker& m) {
    m.colour(0xb98a34);
    m.piece("gong");
    m.add(
        "gong",
        lathe(joined({{0, 0.018},
                      {0.05, 0.018},
                      {0.06, 0.008},
                      {0.17, 0},
                      {0.185, -0.01},
                      {0.185, -0.035},
                      {0.181, -0.035}},
                     {{0.181, -0.012}, {0.168, -0.004}, {0.06, 0.004}, {0.05, 0.014}, {0, 0.014}}),
              0.004, 64)
            .scale(1, 1, 1)
            .turn_y(90)
            .move(0, 0, 0.33),
        own());
    m.add("rim", torus({}, 0.19, 0.006, 64, 10).turn_y(90).move(-0.015, 0, 0.33));
    for (const double s : {-1.0, 1.0}) {
        m.piece("stand");
        m.add("post", rod({0, s * 0.26, 0.02}, {0, s * 0.26, 0.6}, 0.014), of("wood", 0x5a2418));
        m.add("foot", slab({-0.12, s * 0.26 - 0.02, 0}, {0.12, s * 0.26 + 0.02, 0.03}, 0.008),
              of("wood", 0x5a2418));
        m.ghost();
        m.add("rope", rod({0, s * 0.1, 0.49}, {0, s * 0.13, 0.59}, 0.004), of("rope"));
    }
    m.piece("stand");
    m.add("beam", rod({0, -0.3, 0.59}, {0, 0.3, 0.59}, 0.016), of("wood", 0x5a2418));
    m.mass(5);
}

constexpr Noun kNouns[] = {
    {"cup", 0.09, "ceramic", make_cup},
    {"mug", 0.1, "ceramic", make_mug},
    {"teacup", 0.08, "ceramic", make_teacup},
    {"glass", 0.14, "glass", make_glass},
    {"wine_glass", 0.21, "glass", make_wine_glass},
    {"bottle", 0.3, "glass", make_bottle},
    {"jar", 0.15, "glass", make_jar},
    {"jug", 0.24, "ceramic", make_jug},
    {"teapot", 0.18, "ceramic", make_teapot},
    {"kettle", 0.24, "steel", make_kettle},
    {"plate", 0.26, "ceramic", make_plate},
    {"saucer", 0.15, "ceramic", make_saucer},
    {"bowl", 0.18, "ceramic", make_bowl},
    {"pot", 0.26, "steel", make_pot},
    {"pan", 0.42, "iron", make_pan},
    {"vase", 0.32, "ceramic", make_vase},
    {"urn", 0.4, "ceramic", make_urn},
    {"goblet", 0.18, "gold", make_goblet},
    {"chalice", 0.2, "gold", make_chalice},
    {"bell", 0.14, "brass", make_bell},
    {"gong", 0.6, "brass", make_gong},
};

}  // namespace

std::span<const Noun> vessels_nouns() { return kNouns; }

}  // namespace world::kit
