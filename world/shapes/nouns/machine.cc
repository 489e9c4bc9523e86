// Working machines and small vehicles pushed by hand.
#include <cmath>

#include "base/core/random.h"
#include "world/shapes/catalogue.h"
#include "world/shapes/kit/beast.h"
#include "world/shapes/kit/detail.h"
#include "world/shapes/kit/noise.h"
#include "world/shapes/kit/solids.h"

namespace world::kit {
namespace {

Mesh crawler(double l, double h, double w) {
    Curve o = joined(arc({l / 2 - h / 2, h / 2}, h / 2, -90, 90, 10),
                     arc({-l / 2 + h / 2, h / 2}, h / 2, 90, 270, 10));
    Mesh t = extrude_y(o, -w / 2, w / 2, 0.03);
    const int n = 40;
    for (int i = 0; i < n; ++i) {
        const double per = 2 * (l - h) + kPi * h, s = per * i / n;
        Vec3 p;
        double a;
        if (s < l - h) p = {-l / 2 + h / 2 + s, 0, h}, a = 0;
        else if (s < l - h + kPi * h / 2) {
            const double q = (s - l + h) / (h / 2);
            a = q * 57.3;
            p = {l / 2 - h / 2 + h / 2 * std::sin(q), 0, h / 2 + h / 2 * std::cos(q)};
        } else if (s < 2 * (l - h) + kPi * h / 2)
            p = {l / 2 - h / 2 - (s - l + h - kPi * h / 2), 0, 0}, a = 0;
        else {
            const double q = (s - 2 * (l - h) - kPi * h / 2) / (h / 2);
            a = q * 57.3;
            p = {-l / 2 + h / 2 - h / 2 * std::sin(q), 0, h / 2 - h / 2 * std::cos(q)};
        }
        t.add(box({}, {0.05, w * 1.04, 0.05}, 0.008).turn_y(a).move(p));
    }
    return t;
}
void track_wheels(Maker& m, double l, double h, double y) {
    Mesh w;
    for (int i = 0; i < 5; ++i)
        w.add(rod({-l / 2 + h / 2 + (l - h) * i / 4, y, h / 2},
                  {-l / 2 + h / 2 + (l - h) * i / 4, y + 0.05, h / 2}, h * 0.3));
    m.add("rollers", w.mirror_y(), of("steel", 0x5a5c5e));
}
void make_bulldozer(Maker& m) {
    m.colour(0xf0b41c);
    for (const double s : {-1.0, 1.0}) {
        m.piece("track");
        m.add("track", crawler(2.6, 0.75, 0.42).move(-0.1, s * 0.8, 0), of("steel", 0x26272a));
    }
    m.ghost();
    track_wheels(m, 2.6, 0.75, 1.0);
    m.piece("body");
    m.add("hood", slab({-0.1, -0.45, 0.65}, {1.15, 0.45, 1.35}, 0.07));
    m.add("deck", slab({-1.3, -0.6, 0.6}, {0, 0.6, 1.15}, 0.05));
    m.piece("cab");
    m.add("cab", slab({-1.05, -0.52, 1.1}, {0.0, 0.52, 2.1}, 0.06));
    m.add("roof", slab({-1.15, -0.6, 2.1}, {0.1, 0.6, 2.2}, 0.04));
    m.ghost();
    m.add("glass",
          slab({-0.95, -0.535, 1.35}, {-0.1, 0.535, 2.0}, 0.02)
              .add(slab({-0.05, -0.42, 1.35}, {0.012, 0.42, 2.0}, 0.02)),
          of("glass", 0x1c242a));
    m.add("grille", slab({1.13, -0.36, 0.75}, {1.165, 0.36, 1.25}, 0.01), of("steel", 0x1c1d1f));
    m.add("exhaust", rod({0.7, 0.2, 1.3}, {0.7, 0.2, 1.9}, 0.05), of("steel", 0x26282b));
    m.piece("blade");
    Curve b;
    for (int i = 0; i <= 10; ++i) {
        const double t = i / 10.0;
        b.push_back({1.7 + 0.22 * (2 * t - 1) * (2 * t - 1) * 1.0, 0.05 + 1.05 * t});
    }
    Curve back = b;
    for (Vec2& p : back) p.x -= 0.08;
    std::reverse(back.begin(), back.end());
    Curve o = b;
    o.insert(o.end(), back.begin(), back.end());
    m.add("blade", extrude_y(o, -1.25, 1.25, 0.015));
    m.ghost();
    m.add("arm", beam({0.2, 1.06, 0.4}, {1.7, 1.06, 0.35}, 0.1, 0.14).mirror_y());
    m.mass(9000);
}
void make_crane(Maker& m) {
    m.colour(0xf0b41c);
    m.piece("base");
    m.add("base", slab({-1.4, -1.1, 0.45}, {1.4, 1.1, 1.0}, 0.06));
    for (const double s : {-1.0, 1.0}) {
        m.add("track", crawler(3.2, 0.8, 0.55).move(0, s * 1.1, 0), of("steel", 0x26272a));
    }
    m.piece("house");
    m.add("house", slab({-1.9, -0.95, 1.05}, {0.6, 0.95, 2.3}, 0.08));
    m.add("cab", slab({0.5, 0.1, 1.05}, {1.5, 0.95, 2.6}, 0.08));
    m.ghost();
    m.add("glass", slab({0.65, 0.09, 1.6}, {1.515, 0.96, 2.45}, 0.03), of("glass", 0x1c242a));
    m.add("counterweight", slab({-2.3, -0.9, 1.1}, {-1.85, 0.9, 2.0}, 0.06), of("iron"));
    m.piece("boom");
    Mesh b;
    const Vec3 f{0.9, -0.2, 1.5}, t{5.2, -0.2, 8.4};
    const auto at = [&](double u, double y, double z) {
        const double k = 0.5 + 0.5 * std::sin(kPi * std::min(1.0, u * 1.1 + 0.02));
        const Vec3 d = base::normalize(t - f), up = base::normalize(Vec3{-d.z, 0, d.x});
        return base::lerp(f, t, u) + Vec3{0, y * 0.3 * k, 0} + up * (z * 0.3 * k);
    };
    for (const double y : {-1.0, 1.0})
        for (const double z : {-1.0, 1.0}) {
            std::vector<Vec3> p;
            for (int i = 0; i <= 12; ++i) p.push_back(at(i / 12.0, y, z));
            b.add(tube(p, {0.05}, {.sides = 8, .steps = 1}));
        }
    for (int i = 0; i < 12; ++i) {
        const double u = i / 12.0, v = (i + 1) / 12.0;
        for (const double s : {-1.0, 1.0}) {
            b.add(rod(at(u, s, -1), at(v, s, 1), 0.025, -1, 6));
            b.add(rod(at(u, -1, s), at(v, 1, s), 0.025, -1, 6));
            b.add(rod(at(u, -1, s), at(u, 1, s), 0.02, -1, 6));
        }
    }
    m.add("boom", b);
    m.ghost();
    m.add("stays",
          rod(t, {-1.6, -0.4, 3.0}, 0.025, -1, 8)
              .add(rod({-1.6, -0.4, 3.0}, {-1.6, -0.4, 2.2}, 0.06)),
          of("steel", 0x303236));
    m.piece("hook");
    m.add("cable", rod(t, {5.2, -0.2, 3.4}, 0.03, -1, 8), of("steel", 0x303236));
    m.add("block", slab({5.05, -0.32, 3.1}, {5.35, -0.08, 3.45}, 0.05));
    m.add("hook",
          tube({{5.2, -0.2, 3.1},
                {5.2, -0.2, 2.85},
                {5.35, -0.2, 2.7},
                {5.25, -0.2, 2.55},
                {5.1, -0.2, 2.62},
                {5.08, -0.2, 2.72}},
               {0.05}),
          of("steel"));
    m.anchor("hook", {5.2, -0.2, 2.6});
    m.anchor("top", t);
    m.mass(30000);
}
void make_drone(Maker& m) {
    m.colour(0xe8eaec);
    m.piece("body");
    m.add("body", loft({{-0.1, 0.06, 0.035, 0.02, 0.025},
                        {0, 0.065, 0.055, 0.03, 0.03},
                        {0.1, 0.06, 0.035, 0.02, 0.025}},
                       4, 32, true));
    m.ghost();
    for (int i = 0; i < 4; ++i) {
        const double a = 45 + 90 * i, c = std::cos(a * kPi / 180), s = std::sin(a * kPi / 180);
        m.add("arm", rod({0.03 * c, 0.03 * s, 0.065}, {0.2 * c, 0.2 * s, 0.07}, 0.011));
        m.add("motor", rod({0.2 * c, 0.2 * s, 0.06}, {0.2 * c, 0.2 * s, 0.095}, 0.018),
              of("aluminium", 0x2a2c30));
        m.add("propeller",
              flap({{-0.11, 0, 0}, {-0.04, 0, 0.005}, {0, 0, 0}, {0.04, 0, 0.005}, {0.11, 0, 0}},
                   0.022, {0, 1, 0.25}, 0.05, 0.003, 0.5)
                  .turn_z(20 + 50 * i)
                  .move(0.2 * c, 0.2 * s, 0.1),
              of("plastic", 0x1c1d20));
        m.add("leg", rod({0.17 * c, 0.17 * s, 0.065}, {0.175 * c, 0.175 * s, 0.0}, 0.006),
              of("plastic", 0x1c1d20));
        m.collide_rod({0.2 * c, 0.2 * s, 0.096}, {0.2 * c, 0.2 * s, 0.104}, 0.11, "propeller");
        m.collide_capsule({0.05 * c, 0.05 * s, 0.065}, {0.2 * c, 0.2 * s, 0.07}, 0.02);
        m.collide_capsule({0.172 * c, 0.172 * s, 0.05}, {0.175 * c, 0.175 * s, 0.006}, 0.007);
    }
    m.add("camera", sphere({0.1, 0, 0.035}, 0.022, 24), of("plastic", 0x18191c));
    m.add("lens", rod({0.115, 0, 0.035}, {0.124, 0, 0.035}, 0.012), of("glass", 0x101828));
    m.mass(0.9);
}
void make_sled(Maker& m) {
    m.colour(0xb8783c);
    for (int i = -2; i <= 2; ++i) {
        m.piece("deck");
        m.add("slat",
              slab({-0.5, i * 0.085 - 0.036, 0.22}, {0.48, i * 0.085 + 0.036, 0.24}, 0.005));
    }
    for (const double s : {-1.0, 1.0}) {
        m.piece("runner");
        m.add("runner",
              tube({{-0.58, s * 0.17, 0.02},
                    {-0.2, s * 0.17, 0.015},
                    {0.3, s * 0.17, 0.015},
                    {0.52, s * 0.17, 0.08},
                    {0.6, s * 0.17, 0.22},
                    {0.52, s * 0.17, 0.31},
                    {0.45, s * 0.17, 0.25}},
                   {0.015}),
              own(0xa02420));
        for (const double x : {-0.4, 0.0, 0.35})
            m.add("post", rod({x, s * 0.17, 0.02}, {x, s * 0.16, 0.22}, 0.014));
    }
    m.ghost();
    m.add("cross", rod({0.53, -0.17, 0.3}, {0.53, 0.17, 0.3}, 0.013));
    m.add("rope",
          tube({{0.56, -0.16, 0.28}, {0.72, -0.1, 0.06}, {0.76, 0.08, 0.03}, {0.56, 0.16, 0.28}},
               {0.008}),
          of("rope"));
    m.anchor("seat", {0, 0, 0.24});
    m.mass(5);
}
void make_shopping_cart(Maker& m) {
    Mesh b;
    const auto pt = [](double u, double y, double z) {
        const double k = 0.75 + 0.25 * z;
        return Vec3{-0.35 + u * (0.75 + 0.08 * z) + 0.04 * (1 - z), y * 0.26 * k, 0.45 + 0.45 * z};
    };
    for (int i = 0; i <= 10; ++i) {
        const double z = i / 10.0;
        if (i % 2 == 0) {
            for (const double y : {-1.0, 1.0}) b.add(rod(pt(0, y, z), pt(1, y, z), 0.004, -1, 6));
            b.add(rod(pt(1, -1, z), pt(1, 1, z), 0.004, -1, 6))
                .add(rod(pt(0, -1, z), pt(0, 1, z), 0.004, -1, 6));
        }
    }
    for (int i = 0; i <= 14; ++i) {
        const double u = i / 14.0;
        for (const double y : {-1.0, 1.0}) b.add(rod(pt(u, y, 0), pt(u, y, 1), 0.003, -1, 6));
        b.add(rod(pt(u, -1, 0), pt(u, 1, 0), 0.003, -1, 6));
    }
    for (int i = -4; i <= 4; ++i)
        b.add(rod(pt(1, i / 4.0, 0), pt(1, i / 4.0, 1), 0.003, -1, 6))
            .add(rod(pt(0, i / 4.0, 0), pt(0, i / 4.0, 1), 0.003, -1, 6));
    b.add(tube({pt(0, -1, 1), pt(1, -1, 1), pt(1, 1, 1), pt(0, 1, 1)}, {0.009},
               {.steps = 1, .closed = true}));
    m.add("basket", b);
    m.add("handle", rod({-0.42, -0.26, 0.98}, {-0.42, 0.26, 0.98}, 0.014), of("plastic", 0xc82028));
    for (const double s : {-1.0, 1.0}) {
        m.add("frame", tube({{-0.42, s * 0.25, 0.98},
                             {-0.38, s * 0.24, 0.45},
                             {-0.36, s * 0.23, 0.17},
                             {0.42, s * 0.19, 0.15}},
                            {0.011}, {.steps = 2}));
        for (const double x : {-0.33, 0.4})
            m.add("wheel", rod({x, s * 0.21 - 0.015, 0.06}, {x, s * 0.21 + 0.015, 0.06}, 0.06),
                  of("rubber", 0x222222));
    }
    m.collide_box({-0.35, -0.25, 0.44}, {0.45, 0.25, 0.46}, "floor");
    for (const double y : {-0.25, 0.25})
        m.collide_box({-0.35, y - 0.01, 0.45}, {0.45, y + 0.01, 0.9}, "side");
    for (const double x : {-0.36, 0.45})
        m.collide_box({x - 0.01, -0.25, 0.45}, {x + 0.01, 0.25, 0.9}, "end");
    m.collide_box({-0.43, -0.26, 0}, {-0.3, 0.26, 0.99}, "frame");
    m.collide_box({0.34, -0.24, 0}, {0.46, 0.24, 0.16}, "frame");
    m.mass(20);
}
void make_wheelbarrow(Maker& m) {
    m.colour(0x2f7a48);
    m.ghost();
    m.add("tray", loft_rings([] {
              std::vector<std::vector<Vec3>> r;
              for (const auto& [x0, x1, w, z] : {std::tuple{-0.22, 0.2, 0.2, 0.32},
                                                 {-0.34, 0.42, 0.3, 0.6},
                                                 {-0.33, 0.41, 0.29, 0.6},
                                                 {-0.2, 0.19, 0.19, 0.335},
                                                 {-0.02, 0.02, 0.02, 0.335}}) {
                  std::vector<Vec3> q;
                  for (const Vec2 p : rounded_rectangle(x1 - x0, 2 * w, 0.06, {(x0 + x1) / 2, 0}))
                      q.push_back({p.x, p.y, z});
                  r.push_back(q);
              }
              return r;
          }()));
    m.collide_hull({{-0.22, -0.2, 0.31},
                    {0.2, -0.2, 0.31},
                    {0.2, 0.2, 0.31},
                    {-0.22, 0.2, 0.31},
                    {-0.22, -0.2, 0.34},
                    {0.2, 0.2, 0.34},
                    {0.2, -0.2, 0.34},
                    {-0.22, 0.2, 0.34}},
                   "floor");
    for (const double s : {-1.0, 1.0}) {
        m.collide_hull({{-0.22, s * 0.2, 0.32},
                        {0.2, s * 0.2, 0.32},
                        {-0.34, s * 0.3, 0.6},
                        {0.42, s * 0.3, 0.6},
                        {-0.22, s * 0.18, 0.32},
                        {0.2, s * 0.18, 0.32},
                        {-0.34, s * 0.28, 0.6},
                        {0.42, s * 0.28, 0.6}},
                       "side");
        m.add("shaft",
              tube({{-0.8, s * 0.3, 0.52}, {-0.2, s * 0.22, 0.32}, {0.5, s * 0.07, 0.2}}, {0.018},
                   {.steps = 3}),
              of("wood", 0x9a6a3a));
        m.add("leg",
              tube({{-0.15, s * 0.22, 0.32}, {-0.22, s * 0.22, 0.0}, {-0.35, s * 0.22, 0.37}},
                   {0.013}, {.steps = 1}),
              of("steel", 0x303236));
        m.add("grip", rod({-0.8, s * 0.3, 0.52}, {-0.68, s * 0.285, 0.48}, 0.023),
              of("rubber", 0x1a1a1a));
        m.collide_capsule({-0.79, s * 0.3, 0.52}, {-0.2, s * 0.22, 0.32}, 0.018);
        m.collide_capsule({-0.22, s * 0.22, 0.013}, {-0.22, s * 0.22, 0.3}, 0.013);
    }
    m.collide_hull({{-0.34, -0.28, 0.6},
                    {-0.34, 0.28, 0.6},
                    {-0.22, 0.2, 0.32},
                    {-0.22, -0.2, 0.32},
                    {-0.32, -0.28, 0.6},
                    {-0.2, 0.2, 0.33}},
                   "end");
    m.collide_hull({{0.42, -0.28, 0.6},
                    {0.42, 0.28, 0.6},
                    {0.2, 0.2, 0.32},
                    {0.2, -0.2, 0.32},
                    {0.4, -0.28, 0.6},
                    {0.18, 0.2, 0.33}},
                   "end");
    add_wheel(m, {0.5, 0, 0.2}, 0.2, 0.09, {.spokes = 6});
    m.collide_rod({0.5, -0.045, 0.2}, {0.5, 0.045, 0.2}, 0.2, "wheel");
    m.mass(14);
}

constexpr Noun kNouns[] = {
    {"bulldozer", 4, "steel", make_bulldozer},
    {"crane", 9, "steel", make_crane},
    {"drone", 0.4, "plastic", make_drone},
    {"sled", 1.2, "wood", make_sled},
    {"shopping_cart", 1, "steel", make_shopping_cart},
    {"wheelbarrow", 1.4, "steel", make_wheelbarrow},
};

}  // namespace

std::span<const Noun> machine_nouns() { return kNouns; }

}  // namespace world::kit
