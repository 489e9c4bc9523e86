// Balls of sports and play. Sizes are diameters of the rule books (FIBA, FIFA, ITF, R&A, USBC,
// WPA).
#include <cmath>

#include "base/core/random.h"
#include "world/shapes/catalogue.h"
#include "world/shapes/kit/detail.h"
#include "world/shapes/kit/noise.h"
#include "world/shapes/kit/solids.h"

namespace world::kit {
namespace {

// Balls are built with radius 1 about the origin.
void ball_body(Maker& m, double kg = 0) {
    m.collide_sphere({}, 1);
    if (kg > 0) m.mass(kg);
}

// A line drawn on the unit ball through these directions; it stands out by `rise`.
Mesh seam(const std::vector<Vec3>& directions, double half_width, double rise = 0.005) {
    std::vector<Vec3> path;
    for (const Vec3& d : directions) path.push_back(base::normalize(d) * (1 - half_width + rise));
    return tube(path, {half_width}, {.sides = 8, .steps = 1, .closed = true});
}

std::vector<Vec3> round(const std::function<Vec3(double)>& at, int count = 96) {
    std::vector<Vec3> out;
    for (int i = 0; i < count; ++i) out.push_back(at(2 * kPi * i / count));
    return out;
}

// The seam of tennis balls and baseballs.
Vec3 two_lobes(double t) {
    return {0.75 * std::cos(t) + 0.25 * std::cos(3 * t),
            0.75 * std::sin(t) - 0.25 * std::sin(3 * t), 0.866 * std::sin(2 * t)};
}

void make_ball(Maker& m) {
    m.colour(0xc62a1e);
    m.add("ball", sphere({}, 1, 56));
    ball_body(m);
    m.hollow();
    m.mass(0.35);
}

void make_basketball(Maker& m) {
    m.colour(0xc8601c);
    m.add("ball", sphere({}, 1, 64), own().with("pebbled"));
    Mesh lines = seam(round([](double t) { return Vec3{std::cos(t), std::sin(t), 0}; }), 0.016);
    lines.add(seam(round([](double t) { return Vec3{0, std::cos(t), std::sin(t)}; }), 0.016));
    for (const double side : {-1.0, 1.0}) {
        lines.add(seam(round([&](double t) {
                           // An oval about the x axis: 42 degrees wide, 62 tall.
                           const double a = (52 - 10 * std::cos(2 * t)) * kPi / 180;
                           return Vec3{side * std::cos(a), std::sin(a) * std::cos(t),
                                       std::sin(a) * std::sin(t)};
                       }),
                       0.016));
    }
    m.add("seams", lines.turn_z(35).turn_x(20), of("rubber", 0x17110d));
    ball_body(m, 0.62);
    m.hollow();
}

void make_football(Maker& m) {
    // Truncated icosahedron: cut each corner of the icosahedron at a third.
    const double g = (1 + std::sqrt(5.0)) / 2;
    std::vector<Vec3> corner;
    for (const double a : {-1.0, 1.0}) {
        for (const double b : {-g, g}) {
            corner.insert(corner.end(), {{0, a, b}, {a, b, 0}, {b, 0, a}});
        }
    }
    const auto near = [&](int i, int j) {
        return i != j && base::length(corner[i] - corner[j]) < 2.1;
    };
    Mesh black, white;
    for (int i = 0; i < 12; ++i) {
        std::vector<Vec3> ring;
        for (int j = 0; j < 12; ++j) {
            if (near(i, j)) ring.push_back(base::lerp(corner[i], corner[j], 1 / 3.0));
        }
        const Vec3 out = base::normalize(corner[i]), u = base::any_perpendicular(out);
        const Vec3 v = base::cross(out, u);
        std::sort(ring.begin(), ring.end(), [&](Vec3 a, Vec3 b) {
            return std::atan2(base::dot(a, v), base::dot(a, u)) <
                   std::atan2(base::dot(b, v), base::dot(b, u));
        });
        black.add(puffed_panel(ring, 1, 0.016));
        for (int j = i + 1; j < 12; ++j) {
            for (int k = j + 1; k < 12; ++k) {
                if (!near(i, j) || !near(j, k) || !near(i, k)) continue;
                Vec3 a = corner[i], b = corner[j], c = corner[k];
                if (base::dot(base::cross(b - a, c - a), a) < 0) std::swap(b, c);
                const auto third = [](Vec3 p, Vec3 q) { return base::lerp(p, q, 1 / 3.0); };
                white.add(puffed_panel(
                    {third(a, b), third(b, a), third(b, c), third(c, b), third(c, a), third(a, c)},
                    1, 0.016));
            }
        }
    }
    m.colour(0xeeeeea);
    m.add("white panels", white.turn_y(12));
    m.add("black panels", black.turn_y(12), own(0x151515));
    m.ghost();
    m.add("seams", sphere({}, 0.986, 40), own(0x3a3a38));
    ball_body(m, 0.43);
    m.hollow();
}

void make_volleyball(Maker& m) {
    // Six faces of a cube, three strips each, turned from face to face.
    Mesh strips[3];
    for (int face = 0; face < 6; ++face) {
        for (int k = 0; k < 3; ++k) {
            const double v0 = -1 + 2 * k / 3.0, v1 = v0 + 2 / 3.0;
            const auto at = [&](double u, double v) {
                const auto bend = [](double x) { return std::tan(x * kPi / 4); };
                Vec3 d;
                const int axis = face / 2;
                d[axis] = face % 2 ? 1 : -1;
                d[(axis + 1) % 3] = bend(u) * (face % 2 ? 1 : -1);
                d[(axis + 2) % 3] = bend(v);
                return base::normalize(d);
            };
            strips[k].add(puffed_panel(
                {at(-1, v0), at(0, v0), at(1, v0), at(1, v1), at(0, v1), at(-1, v1)}, 1, 0.014));
        }
    }
    m.colour(0xf0eee6);
    m.add("side panels", strips[0].add(strips[2]).turn_z(20), own(0xf3c21b));
    m.add("middle panels", strips[1].turn_z(20), own(0x23499c));
    m.ghost();
    m.add("seams", sphere({}, 0.988, 40), own(0x55524a));
    ball_body(m, 0.27);
    m.hollow();
}

void make_tennis_ball(Maker& m) {
    m.colour(0xc9de30);
    m.add("ball", sphere({}, 1, 56), own().with("fuzz"));
    m.add("seam", seam(round(two_lobes), 0.035, 0.006).turn_x(25), of("rubber", 0xf2f2ea));
    ball_body(m, 0.058);
    m.hollow();
}

void make_baseball(Maker& m) {
    m.colour(0xf1ece0);
    m.add("ball", sphere({}, 1, 56));
    Mesh stitches;
    for (int i = 0; i < 108; ++i) {
        const double t = 2 * kPi * i / 108;
        const Vec3 p = base::normalize(two_lobes(t));
        const Vec3 along = base::normalize(two_lobes(t + 0.01) - two_lobes(t - 0.01));
        const Vec3 across = base::cross(p, along);
        for (const double side : {-1.0, 1.0}) {
            const Vec3 end = p + across * (0.075 * side) + along * 0.035;
            stitches.add(rod(p * 1.001, base::normalize(end) * 1.001, 0.013, -1, 6));
        }
    }
    m.add("stitches", stitches.turn_x(25), of("cotton", 0xb01820));
    m.add("seam", seam(round(two_lobes), 0.008, 0.001).turn_x(25), own(0xb9b0a0));
    ball_body(m, 0.145);
}

void make_golf_ball(Maker& m) {
    constexpr int kDimples = 336;
    std::vector<Vec3> centres;
    for (int i = 0; i < kDimples; ++i) {
        const double z = 1 - 2 * (i + 0.5) / kDimples, r = std::sqrt(1 - z * z);
        const double a = kPi * (3 - std::sqrt(5.0)) * i;
        centres.push_back({r * std::cos(a), r * std::sin(a), z});
    }
    Mesh mesh = sphere({}, 1, 144);
    mesh.tri.normals.clear();
    for (Vec3f& p : mesh.tri.positions) {
        const Vec3 d = p.cast<double>();
        double nearest = 4;
        for (const Vec3& c : centres) nearest = std::min(nearest, base::length_squared(d - c));
        const double t = std::sqrt(nearest) / 0.088;
        if (t < 1) p = (d * (1 - 0.02 * (1 - t * t))).cast<float>();
    }
    crease_normals(mesh.tri, 60);
    m.colour(0xf7f7f4);
    m.add("ball", mesh);
    ball_body(m, 0.0459);
}

void make_bowling_ball(Maker& m) {
    m.colour(0x1d2a6b);
    m.add("ball", sphere({}, 1, 72), own().with("marbled_swirl"));
    Mesh holes;
    for (const Vec3 d : {Vec3{0.30, -0.30, 1}, Vec3{0.52, -0.10, 1}, Vec3{0.22, 0.02, 1}}) {
        const Vec3 n = base::normalize(d);
        const double r = d.x < 0.25 ? 0.125 : 0.105;
        holes.add(rod(n * 0.8, n * std::sqrt(1 - r * r) * 1.016, r, -1, 28, 0.005));
    }
    m.add("finger holes", holes.turn_x(28), of("rubber", 0x060607));
    ball_body(m, 6.8);
}

void make_billiard_ball(Maker& m) {
    // Number by seed: 0 is the cue ball, 9 to 15 are striped.
    static const unsigned kColours[8] = {0x101010, 0xe8b416, 0x17389a, 0xb8181c,
                                         0x4a1c7a, 0xdf5a14, 0x12693a, 0x6e1420};
    const int number = static_cast<int>(m.request().seed % 16);
    if (number == 0) {
        m.colour(0xf4efdf);
        m.add("ball", sphere({}, 1, 64));
    } else {
        m.colour(kColours[number % 8]);
        Mesh all = sphere({}, 1, 96);
        auto [discs, rest] = split(all, [](Vec3 p) { return 0.93 - std::abs(p.x); });
        if (number > 8) {
            auto [band, caps] = split(rest, [](Vec3 p) { return std::abs(p.z) - 0.55; });
            m.add("caps", caps, own(0xf4efdf));
            m.add("ball", band);
        } else {
            m.add("ball", rest);
        }
        m.add("number discs", discs, own(0xf4efdf));
        Mesh digits = number_strokes(number, 0.34, 0.028);
        // Draped over the ball; reading from the front and from behind.
        digits.warp([](Vec3 p) {
            return Vec3{p.x, p.y, std::sqrt(1 - p.x * p.x - p.y * p.y) + 0.1 * p.z + 0.002};
        });
        digits.turn_x(90).turn_z(90);
        m.add("number", digits.add(Mesh(digits).turn_z(180)), own(0x101010));
    }
    ball_body(m, 0.17);
}

void make_beach_ball(Maker& m) {
    static const unsigned kColours[6] = {0xe32b2b, 0xf6f6f2, 0x1f6fd0,
                                         0xf6c81c, 0xf6f6f2, 0x1f9a4a};
    for (int i = 0; i < 6; ++i) {
        m.add("gore", sphere_patch({}, 1, 60 * i, 60 * i + 60, -80, 80, 12, 40).turn_x(30),
              i == 0 ? own() : own(kColours[i]));
    }
    m.colour(kColours[0]);
    m.add("ends",
          sphere_patch({}, 1, 0, 360, 80, 90, 36, 4)
              .add(sphere_patch({}, 1, 0, 360, -90, -80, 36, 4))
              .turn_x(30),
          own(0xf6f6f2));
    m.add("valve", rod({0, 0, 0.99}, {0, 0, 1.02}, 0.04, -1, 16).turn_x(30), own(0xe8e8e4));
    ball_body(m, 0.09);
    m.hollow();
}

void make_ping_pong_ball(Maker& m) {
    m.colour(0xf6f4ee);
    m.add("ball", sphere({}, 1, 56));
    m.add("seam",
          seam(round([](double t) {
                   return Vec3{std::cos(t), 0.3 * std::sin(t), std::sin(t)};
               }),
               0.006, 0.0005),
          own(0xd9d5ca));
    ball_body(m, 0.0027);
    m.hollow();
}

void make_marble(Maker& m) {
    m.add("glass", sphere({}, 1, 64));
    const unsigned hues[3] = {0x1c62d6, 0xe6a01a, 0xd8362a};
    const uint64_t first = m.request().seed;
    for (int k = 0; k < 3; ++k) {
        // Twisted leaves of coloured glass inside.
        Mesh leaf = sheet(
            10, 32,
            [&](double u, double v) {
                const double z = -0.74 + 1.48 * v,
                             wide = 0.62 * std::sqrt(std::max(0.02, 1 - z * z / 0.62));
                const double a = 2 * kPi * (k / 3.0) + 2.4 * v;
                const double r = 0.05 + wide * u;
                return Vec3{r * std::cos(a + 0.5 * u), r * std::sin(a + 0.5 * u), z};
            },
            0.05);
        m.add("swirl", leaf.turn_y(65), of("ceramic", hues[(k + first) % 3]));
    }
    ball_body(m, 0.0054);
}

void make_cannonball(Maker& m) {
    m.colour(0x2a2a2c);
    m.add("ball",
          sphere({}, 1, 64).warp([](Vec3 p) { return p * (1 + 0.008 * rough(p * 5.0, 3)); }),
          own().with("cast"));
    m.add("mould line",
          seam(round([](double t) {
                   return Vec3{std::cos(t), 0.2 * std::sin(t), std::sin(t)};
               }),
               0.02, 0.006),
          own().with("cast"));
    ball_body(m);
}

void make_wrecking_ball(Maker& m) {
    m.colour(0x3b3d40);
    m.add("ball", sphere({}, 1, 72), own().with("worn"));
    m.add("collar",
          lathe({{0, 0.86}, {0.42, 0.86}, {0.36, 1.04}, {0.2, 1.1}, {0.2, 1.2}, {0, 1.2}}, 0.02),
          own(0x2b2c2f));
    m.add("belt",
          lathe({{0.985, -0.05}, {1.012, -0.03}, {1.012, 0.03}, {0.985, 0.05}, {0.9, 0}}, 0.0, 72,
                true),
          own(0x2b2c2f));
    m.add("shackle", torus({}, 0.15, 0.045, 32).turn_x(90).move(0, 0, 1.3), of("steel", 0x8a8d90));
    m.collide_sphere({}, 1);
    m.collide_rod({0, 0, 0.95}, {0, 0, 1.49}, 0.18, "shackle");
    m.anchor("top", {0, 0, 1.44});
}

void make_snowball(Maker& m) {
    const uint64_t seed = m.request().seed;
    m.add("ball",
          sphere({}, 1, 72).warp([=](Vec3 p) { return p * (1 + 0.07 * rough(p * 2.6, seed, 5)); }));
    ball_body(m);
}

void make_bubble(Maker& m) {
    m.add("film", sphere({}, 1, 64), own().with("soap_film"));
    ball_body(m, 0.0004);
    m.hollow();
}

void make_balloon(Maker& m) {
    m.colour(0xd42a34);
    const Curve side = spline({{0, -1.16},
                               {0.05, -1.14},
                               {0.3, -0.95},
                               {0.66, -0.52},
                               {0.93, 0.02},
                               {0.98, 0.42},
                               {0.78, 0.86},
                               {0.42, 1.09},
                               {0, 1.17}});
    m.add("skin", lathe(side, 0, 56));
    m.add("knot",
          lathe({{0, -1.12}, {0.05, -1.15}, {0.06, -1.18}, {0.11, -1.25}, {0.1, -1.26}, {0, -1.2}},
                0, 20)
              .add(torus({0, 0, -1.15}, 0.05, 0.025, 20, 8)));
    m.collide_hull([&] {
        std::vector<Vec3> points;
        for (int i = 0; i < 12; ++i) {
            for (const Vec2 p : {Vec2{0.3, -0.95}, Vec2{0.93, 0.02}, Vec2{0.78, 0.86}}) {
                const double a = kPi / 6 * i;
                points.push_back({p.x * std::cos(a), p.x * std::sin(a), p.y});
            }
        }
        points.push_back({0, 0, 1.17});
        points.push_back({0, 0, -1.26});
        return points;
    }());
    m.anchor("mouth", {0, 0, -1.26});
    m.mass(0.003);
    m.hollow();
}

void make_yarn_ball(Maker& m) {
    m.colour(0xb23a55);
    m.add("core", sphere({}, 0.95, 32));
    base::Rng rng(m.request().seed + 7);
    Mesh yarn;
    for (int i = 0; i < 42; ++i) {
        const Vec3 axis = base::normalize(Vec3{rng.normal(), rng.normal(), rng.normal()});
        const Vec3 u = base::any_perpendicular(axis), v = base::cross(axis, u);
        const double off = rng.uniform(-0.45, 0.45), r = std::sqrt(1 - off * off);
        std::vector<Vec3> path;
        for (int k = 0; k < 36; ++k) {
            const double a = 2 * kPi * k / 36;
            path.push_back((u * (r * std::cos(a)) + v * (r * std::sin(a)) + axis * off) *
                           (0.955 + 0.02 * rng.uniform()));
        }
        yarn.add(tube(path, {0.047}, {.sides = 6, .steps = 1, .closed = true}));
    }
    m.add("yarn", yarn, own().with("yarn"));
    m.ghost();
    m.add("end",
          tube({{0.4, -0.9, -0.3},
                {0.7, -1.0, -0.8},
                {1.1, -0.7, -0.98},
                {1.35, -0.3, -0.98},
                {1.2, 0.1, -0.98}},
               {0.045}),
          own().with("yarn"));
    ball_body(m);
    m.mass(0.05);
}

void make_puck(Maker& m) {
    m.colour(0x161617);
    m.add("puck",
          lathe({{0, 0}, {0.95, 0}, {1, 0.05}, {1, 0.61}, {0.95, 0.66}, {0, 0.66}}, 0.03, 64));
    m.add("knurl", rod({0.985, 0, 0.14}, {0.985, 0, 0.52}, 0.022, -1, 6).around_z(72));
    m.add("face", lathe({{0, 0.655}, {0.62, 0.655}, {0.62, 0.668}, {0, 0.668}}, 0.003),
          own(0xc8c8c4));
    m.collide_rod({0, 0, 0}, {0, 0, 0.66}, 1);
    m.mass(0.165);
}

// Signed distance on the unit sphere (roughly, in radians) to the continents; < 0 is land.
double land(Vec3 p) {
    struct Patch {
        double lon, lat, wide, tall, turn;
    };
    static const Patch kLand[] = {
        {-100, 50, 26, 17, 0}, {-95, 65, 34, 8, 0},   {-103, 30, 12, 12, 30}, {-88, 15, 9, 4, 35},
        {-60, -5, 19, 14, 20}, {-64, -28, 9, 22, -8}, {-42, 73, 14, 9, 0},    {15, 48, 19, 9, 10},
        {5, 10, 21, 9, 0},     {20, 22, 24, 13, 0},   {24, -12, 13, 22, 0},   {15, 63, 9, 9, 20},
        {60, 55, 40, 16, 0},   {105, 55, 40, 18, 0},  {105, 35, 20, 12, 0},   {78, 22, 8, 13, 0},
        {47, 26, 11, 10, 20},  {103, 14, 7, 11, 0},   {115, -1, 9, 5, 0},     {134, -25, 19, 12, 0},
        {138, 37, 3, 8, 40},   {0, -86, 180, 15, 0},  {170, -42, 3, 6, 30},   {47, -19, 3, 7, 10},
        {-2, 54, 3, 5, 0},     {141, -5, 8, 4, 20}};
    double best = 1e9;
    for (const Patch& s : kLand) {
        const double lon = std::atan2(p.y, p.x) * 180 / kPi,
                     lat = std::asin(std::clamp(p.z, -1.0, 1.0)) * 180 / kPi;
        double dx = std::remainder(lon - s.lon, 360.0) * std::cos(lat * kPi / 180);
        double dy = lat - s.lat;
        const double c = std::cos(s.turn * kPi / 180), n = std::sin(s.turn * kPi / 180);
        const double u = (dx * c + dy * n) / s.wide, v = (dy * c - dx * n) / s.tall;
        best = std::min(best, (std::hypot(u, v) - 1) * std::min(s.wide, s.tall));
    }
    return best + 5 * rough(p * 5.0, 11, 4);
}

void make_globe(Maker& m) {
    const Mesh all = sphere({}, 1, 190).turn_z(0);
    auto [ground, sea] = split(all, land);
    m.colour(0x2f6fb0);
    m.piece();
    m.add("sea", sea.turn_z(-40).turn_x(23));
    m.add("land", ground.turn_z(-40).turn_x(23), own(0x6f9a4a));
    m.piece();
    const Mesh rim = tube(
        [] {
            std::vector<Vec3> path;
            for (int i = -9; i <= 9; ++i) {
                const double a = (i * 10.0 - 0) * kPi / 180;
                path.push_back({0, -1.12 * std::cos(a), 1.12 * std::sin(a)});
            }
            return path;
        }(),
        {0.035}, {.steps = 2});
    m.add("arc", Mesh(rim).turn_x(23 + 0).turn_z(180), of("brass"));
    m.add("axis", rod({0, 0, -1.16}, {0, 0, 1.16}, 0.03).turn_x(23), of("brass"));
    m.add("stand",
          lathe({{0, -1.62},
                 {0.62, -1.62},
                 {0.62, -1.55},
                 {0.3, -1.48},
                 {0.08, -1.38},
                 {0.06, -1.1},
                 {0, -1.1}},
                0.02),
          of("wood", 0x4a2c18));
    m.mass(0.9);
    m.hollow();
}

void make_pearl(Maker& m) {
    m.colour(0xf2ebe0);
    m.add("pearl", sphere({}, 1, 56), own().with("nacre"));
    ball_body(m);
}

void make_soccer_goal(Maker& m) {
    // 7.32 m by 2.44 m as the laws of the game say, at a third of the width for the picture.
    const double w = 1.2, h = 1.0, d = 0.75, r = 0.03;
    m.colour(0xf4f4f2);
    Mesh frame;
    const auto bar = [&](Vec3 a, Vec3 b, double radius) {
        frame.add(capsule(a, b, radius));
        m.collide_capsule(a, b, radius, "post");
    };
    bar({0, -w, r}, {0, -w, h}, r);
    bar({0, w, r}, {0, w, h}, r);
    bar({0, -w, h}, {0, w, h}, r);
    for (const double y : {-w, w}) {
        bar({0, y, h}, {-0.25, y, h}, r * 0.6);
        bar({-0.25, y, h}, {-d, y, r}, r * 0.6);
        bar({0, y, r}, {-d, y, r}, r * 0.6);
    }
    bar({-d, -w, r}, {-d, w, r}, r * 0.6);
    m.add("frame", frame);
    Mesh net;
    const auto back = [&](double t) {  // along the roof, then down the back
        return t < 0.2 ? Vec3{-0.25 * t / 0.2, 0, h}
                       : base::lerp(Vec3{-0.25, 0, h}, Vec3{-d, 0, r}, (t - 0.2) / 0.8);
    };
    for (int i = 0; i <= 24; ++i) {
        const double y = -w + 2 * w * i / 24;
        std::vector<Vec3> path;
        for (int k = 0; k <= 8; ++k) path.push_back(back(k / 8.0) + Vec3{0.0, y, -0.012});
        net.add(tube(path, {0.005}, {.sides = 4, .steps = 1}));
    }
    for (int k = 0; k <= 14; ++k) {
        const Vec3 p = back(k / 14.0) + Vec3{0, 0, -0.012};
        net.add(rod(p + Vec3{0, -w, 0}, p + Vec3{0, w, 0}, 0.005, -1, 4));
        for (const double y : {-w, w}) {
            net.add(rod(p + Vec3{0, y, 0}, {p.x * 0.2 - 0.0, y, p.z}, 0.005, -1, 4));
        }
    }
    for (const double y : {-w, w}) {
        for (int k = 1; k < 8; ++k) {
            const double x = -d * k / 8, top = x > -0.25 ? h : h * (1 - (-x - 0.25) / (d - 0.25));
            net.add(rod({x, y, r}, {x, y, std::max(top, 2 * r)}, 0.005, -1, 4));
        }
    }
    m.add("net", net, of("cotton", 0xe8e8e4));
    m.anchor("mouth", {0, 0, h / 2});
    m.mass(60);
}

constexpr Noun kNouns[] = {
    {"ball", 0.2, "rubber", make_ball},
    {"basketball", 0.24, "rubber", make_basketball},
    {"football", 0.22, "leather", make_football},
    {"volleyball", 0.21, "leather", make_volleyball},
    {"tennis_ball", 0.067, "felt", make_tennis_ball},
    {"baseball", 0.074, "leather", make_baseball},
    {"golf_ball", 0.043, "plastic", make_golf_ball},
    {"bowling_ball", 0.218, "plastic", make_bowling_ball},
    {"billiard_ball", 0.057, "resin", make_billiard_ball},
    {"beach_ball", 0.4, "plastic", make_beach_ball},
    {"ping_pong_ball", 0.04, "plastic", make_ping_pong_ball},
    {"marble", 0.024, "glass", make_marble},
    {"cannonball", 0.15, "iron", make_cannonball},
    {"wrecking_ball", 0.9, "steel", make_wrecking_ball},
    {"snowball", 0.1, "snow", make_snowball},
    {"bubble", 0.1, "water", make_bubble},
    {"balloon", 0.28, "rubber", make_balloon},
    {"yarn_ball", 0.09, "fabric", make_yarn_ball},
    {"puck", 0.076, "rubber", make_puck},
    {"globe", 0.35, "plastic", make_globe},
    {"pearl", 0.012, "ceramic", make_pearl},
    {"soccer_goal", 2.4, "steel", make_soccer_goal},
};

}  // namespace

std::span<const Noun> balls_nouns() { return kNouns; }

}  // namespace world::kit
