// Plain geometric bodies and building pieces.
#include <cmath>

#include "base/core/random.h"
#include "world/shapes/catalogue.h"
#include "world/shapes/kit/detail.h"
#include "world/shapes/kit/noise.h"
#include "world/shapes/kit/solids.h"

namespace world::kit {
namespace {

void plain_box(Maker& m, Vec3 size, double bevel, const Look& look = own()) {
    m.add("body", box({}, size, bevel), look);
    m.collide_box(size * -0.5, size * 0.5);
}

void make_cube(Maker& m) { plain_box(m, {1, 1, 1}, 0.025); }

void make_box(Maker& m) {
    const double x = 0.4, y = 0.3, h = 0.28, t = 0.006;
    m.add("walls", slab({-x / 2, -y / 2, 0}, {x / 2, y / 2, h}, 0.006));
    for (const double s : {-1.0, 1.0}) {
        m.add("flap", box({0, s * y * 0.25, h + t * 0.3}, {x * 0.995, y * 0.495, t}, 0.002));
    }
    m.add("tape", box({0, 0, h + t * 0.8}, {x * 1.004, 0.045, t * 0.5}, 0.001),
          of("plastic", 0xc9a877));
    for (const double s : {-1.0, 1.0}) {
        m.add("tape end", box({s * (x / 2 + 0.0006), 0, h - 0.03}, {0.002, 0.045, 0.07}, 0.0005),
              of("plastic", 0xc9a877));
        m.add("mark", box({0.12 * s, -y / 2 - 0.0005, 0.2}, {0.05, 0.001, 0.05}, 0), own(0x5b4126));
    }
    m.collide_box({-x / 2, -y / 2, 0}, {x / 2, y / 2, h + t});
    m.mass(1.2);
    m.hollow();
    m.anchor("top", {0, 0, h});
}

void make_sphere(Maker& m) {
    m.add("body", sphere({}, 1, 64));
    m.collide_sphere({}, 1);
}
void make_cylinder(Maker& m) {
    m.add("body", rod({0, 0, 0}, {0, 0, 1}, 0.35, -1, 56, 0.02));
    m.collide_rod({0, 0, 0}, {0, 0, 1}, 0.35);
}
void make_cone(Maker& m) {
    m.add("body", lathe({{0, 0}, {0.4, 0}, {0.012, 0.98}, {0, 0.99}}, 0.012, 64));
    m.collide_hull([] {
        std::vector<Vec3> p{{0, 0, 0.99}};
        for (int i = 0; i < 20; ++i)
            p.push_back({0.4 * std::cos(i * kPi / 10), 0.4 * std::sin(i * kPi / 10), 0});
        return p;
    }());
    m.anchor("top", {0, 0, 0.99});
}
void make_pyramid(Maker& m) {
    m.add("body",
          facets({{-0.5, -0.5, 0}, {0.5, -0.5, 0}, {0.5, 0.5, 0}, {-0.5, 0.5, 0}, {0, 0, 0.72}}));
    m.anchor("top", {0, 0, 0.72});
}
void make_ring(Maker& m) {
    m.add("body", torus({}, 1, 0.1, 72, 20));
    m.collide_ring({}, 1, 0.1, 14);
}
void make_torus(Maker& m) {
    m.add("body", torus({}, 1, 0.38, 72, 28));
    m.collide_ring({}, 1, 0.38, 12);
}
void make_disc(Maker& m) {
    m.add("body", rod({0, 0, 0}, {0, 0, 0.12}, 1, -1, 72, 0.02));
    m.collide_rod({0, 0, 0}, {0, 0, 0.12}, 1);
}
void make_plate_sheet(Maker& m) { plain_box(m, {0.6, 0.45, 0.006}, 0.0015); }
void make_rod(Maker& m) {
    m.add("body", rod({-0.3, 0, 0}, {0.3, 0, 0}, 0.01, -1, 32, 0.002));
    m.collide_rod({-0.3, 0, 0}, {0.3, 0, 0}, 0.01);
}
void make_wedge(Maker& m) {
    m.add("body", extrude_y({{-0.5, 0}, {0.5, 0}, {-0.5, 0.45}}, -0.25, 0.25, 0.012));
}
void make_prism(Maker& m) { m.add("body", extrude_x(regular_polygon(3, 0.3), -0.5, 0.5, 0.008)); }
void make_hemisphere(Maker& m) {
    m.add("body", lathe(joined({{0, 0}}, arc({0, 0}, 1, 0, 90, 24)), 0.02, 64));
}
void make_block(Maker& m) { plain_box(m, {0.12, 0.06, 0.04}, 0.0025, own().with("wood_grain")); }

void make_brick(Maker& m) {
    // 215 x 102.5 x 65 mm (BS EN 771-1).
    const Vec3 half{0.1075, 0.05125, 0.0325};
    m.add("body", box({}, half * 2.0, 0.003), own().with("brick_single"));
    m.collide_box(-half, half);
}
void make_beam(Maker& m) { plain_box(m, {2, 0.16, 0.2}, 0.008, own().with("wood_grain")); }
void make_plank(Maker& m) { plain_box(m, {1.5, 0.2, 0.028}, 0.003, own().with("wood_grain")); }

void make_panel(Maker& m) {
    plain_box(m, {0.03, 0.7, 1}, 0.003);
    for (const double s : {-1.0, 1.0}) {
        m.add("field", box({s * 0.015, 0, 0.0}, {0.012, 0.5, 0.8}, 0.005));
    }
}
void make_pipe(Maker& m) {
    m.add("body", lathe({{0.05, -0.4}, {0.05, 0.4}, {0.041, 0.4}, {0.041, -0.4}}, 0.002, 48, true)
                      .turn_y(90));
    m.collide_rod({-0.4, 0, 0}, {0.4, 0, 0}, 0.05);
    m.hollow();
}
void make_wheel(Maker& m) {
    add_wheel(m, {}, 0.3, 0.16, {.spokes = 5});
    m.collide_rod({0, -0.08, 0}, {0, 0.08, 0}, 0.3);
    m.mass(14);
}
void make_gear(Maker& m) {
    const int teeth = 20;
    Curve outline;
    for (int i = 0; i < teeth; ++i) {
        const double step = 360.0 / teeth;
        for (const auto& [share, r] :
             {std::pair{0.0, 0.84}, {0.22, 0.84}, {0.36, 1.0}, {0.64, 1.0}, {0.78, 0.84}}) {
            const double a = (i + share) * step * kPi / 180;
            outline.push_back({r * std::cos(a), r * std::sin(a)});
        }
    }
    // A rim, a web with holes as dark wells, and a hub.
    m.add("teeth", extrude(outline, -0.1, 0.1, 0.015));
    for (const double s : {-1.0, 1.0}) {
        m.add("well",
              lathe({{0.28, 0.1}, {0.68, 0.1}, {0.68, 0.104}, {0.28, 0.104}}, 0, 48, true)
                  .scale(1, 1, s),
              own(0x55585c));
    }
    Mesh spokes;
    for (int i = 0; i < 5; ++i) {
        spokes.add(box({0.48, 0, 0}, {0.5, 0.13, 0.225}, 0.01).turn_z(72 * i));
    }
    m.add("spokes", spokes);
    m.add("hub", lathe({{0.12, -0.16}, {0.3, -0.16}, {0.3, 0.16}, {0.12, 0.16}}, 0.02, 40, true));
    m.add("bore", rod({0, 0, -0.13}, {0, 0, 0.13}, 0.125, -1, 24), own(0x18181a));
    m.collide_rod({0, 0, -0.16}, {0, 0, 0.16}, 0.97);
}
void make_spring(Maker& m) {
    std::vector<Vec3> path;
    for (int i = 0; i <= 9 * 16; ++i) {
        const double a = 2 * kPi * i / 16.0, turn = i / 16.0;
        const double h = 0.06 + std::clamp(turn - 0.7, 0.0, 7.6) * 0.125;
        path.push_back({0.27 * std::cos(a), 0.27 * std::sin(a), h});
    }
    m.add("coil", tube(path, {0.032}, {.sides = 10, .steps = 1}));
    m.collide_rod({0, 0, 0.03}, {0, 0, 1.04}, 0.3);
    m.mass(0.12);
    m.hollow();
}
void make_star(Maker& m) {
    // Each face rises to its middle.
    const Curve o = star_outline(5, 1, 0.42);
    Mesh mesh;
    for (int i = 0; i < 10; ++i) {
        const Vec3 a{0, o[i].x, o[i].y}, b{0, o[(i + 1) % 10].x, o[(i + 1) % 10].y};
        for (const double s : {1.0, -1.0}) {
            const Vec3 c{0.26 * s, 0, 0};
            const Vec3 n = s > 0 ? base::cross(a - c, b - c) : base::cross(b - c, a - c);
            const uint32_t v = mesh.vertex(c, n);
            mesh.vertex(s > 0 ? a : b, n);
            mesh.vertex(s > 0 ? b : a, n);
            mesh.triangle(v, v + 1, v + 2);
        }
    }
    m.colour(0xf0b81e);
    m.add("star", mesh);
    for (int i = 0; i < 5; ++i) {
        const Vec2 p = o[2 * i], q = o[2 * i + 1], r = o[(2 * i + 9) % 10];
        m.collide_hull({{0, p.x, p.y}, {0, q.x, q.y}, {0, r.x, r.y}, {0.26, 0, 0}, {-0.26, 0, 0}});
    }
}
void make_heart(Maker& m) {
    m.colour(0xc81e34);
    Mesh mesh = sphere({}, 1, 72).warp([](Vec3 p) {
        // Two lobes above, a point below.
        const double y = std::abs(p.y), z = p.z;
        return Vec3{
            p.x * 0.52 * (1 - 0.25 * std::max(0.0, -z)), p.y * (0.95 + 0.0 * z),
            0.9 * z + 0.62 * y * (1 - 0.28 * y) - (z < 0 ? 0.42 * z * z : 0.22 * (1 - y) * z)};
    });
    m.add("heart", mesh);
}
void make_crystal(Maker& m) {
    m.colour(0xb9a6e8);
    base::Rng rng(m.request().seed);
    const auto spike = [&](Vec3 foot, Vec3 tip, double r) {
        std::vector<Vec3> points;
        const Vec3 axis = base::normalize(tip - foot), u = base::any_perpendicular(axis),
                   v = base::cross(axis, u);
        for (int i = 0; i < 6; ++i) {
            const double a = kPi / 3 * i + rng.uniform(-0.15, 0.15);
            const Vec3 out = u * std::cos(a) + v * std::sin(a);
            points.push_back(foot + out * (r * 0.85));
            points.push_back(base::lerp(foot, tip, 0.72 + rng.uniform(-0.06, 0.06)) + out * r);
        }
        points.push_back(tip);
        m.piece();
        m.add("crystal", facets(points));
    };
    spike({0, 0, 0}, {0.05, 0.02, 1}, 0.17);
    spike({0.12, 0.05, 0}, {0.48, 0.16, 0.66}, 0.12);
    spike({-0.1, 0.06, 0}, {-0.42, 0.22, 0.58}, 0.11);
    spike({0, -0.12, 0}, {0.1, -0.46, 0.52}, 0.1);
    spike({-0.08, -0.1, 0}, {-0.3, -0.32, 0.4}, 0.08);
    spike({0.08, 0.14, 0}, {0.2, 0.42, 0.36}, 0.075);
}
void make_egg_shape(Maker& m) {
    m.add("egg", sphere({}, 1, 56).warp([](Vec3 p) {
        return Vec3{p.x * 0.72 * (1 - 0.13 * p.z), p.y * 0.72 * (1 - 0.13 * p.z), p.z};
    }));
}

constexpr Noun kNouns[] = {
    {"cube", 0.2, "wood", make_cube},
    {"box", 0.4, "cardboard", make_box},
    {"sphere", 0.2, "plastic", make_sphere},
    {"cylinder", 0.2, "wood", make_cylinder},
    {"cone", 0.25, "plastic", make_cone},
    {"pyramid", 0.25, "stone", make_pyramid},
    {"ring", 0.2, "steel", make_ring},
    {"torus", 0.25, "rubber", make_torus},
    {"disc", 0.22, "plastic", make_disc},
    {"plate_sheet", 0.6, "steel", make_plate_sheet},
    {"rod", 0.6, "steel", make_rod},
    {"wedge", 0.3, "wood", make_wedge},
    {"prism", 0.2, "glass", make_prism},
    {"hemisphere", 0.2, "plastic", make_hemisphere},
    {"block", 0.12, "wood", make_block},
    {"brick", 0.215, "brick", make_brick},
    {"beam", 2, "wood", make_beam},
    {"plank", 1.5, "wood", make_plank},
    {"panel", 1, "wood", make_panel},
    {"pipe", 0.8, "steel", make_pipe},
    {"wheel", 0.6, "rubber", make_wheel},
    {"gear", 0.25, "steel", make_gear},
    {"spring", 0.2, "steel", make_spring},
    {"star", 0.25, "plastic", make_star},
    {"heart", 0.2, "plastic", make_heart},
    {"crystal", 0.2, "glass", make_crystal},
    {"egg_shape", 0.15, "plastic", make_egg_shape},
};

}  // namespace

std::span<const Noun> plain_shapes_nouns() { return kNouns; }

}  // namespace world::kit
