// Things of tables and parlours: dominoes, dice, cards, chess, the cradle, marble runs.
#include <cmath>

#include "base/core/random.h"
#include "world/shapes/catalogue.h"
#include "world/shapes/kit/detail.h"
#include "world/shapes/kit/solids.h"

namespace world::kit {
namespace {

// Pips on the face +x of a square of half side `half` about (x, y, z); `pip` = radius.
Mesh pips(int count, double half, double pip) {
    static const std::vector<Vec2> kPlaces[7] = {
        {},
        {{0, 0}},
        {{-1, 1}, {1, -1}},
        {{-1, 1}, {0, 0}, {1, -1}},
        {{-1, 1}, {1, 1}, {-1, -1}, {1, -1}},
        {{-1, 1}, {1, 1}, {0, 0}, {-1, -1}, {1, -1}},
        {{-1, 1}, {1, 1}, {-1, 0}, {1, 0}, {-1, -1}, {1, -1}}};
    Mesh mesh;
    for (const Vec2 p : kPlaces[count]) {
        mesh.add(lathe({{0, -0.3 * pip},
                        {pip, -0.3 * pip},
                        {pip, 0.05 * pip},
                        {pip * 0.8, 0.05 * pip},
                        {0, 0.012 * pip}},
                       0, 20)
                     .turn_y(90)
                     .move(0, p.x * half * 0.52, p.y * half * 0.52));
    }
    return mesh;
}

void make_domino(Maker& m) {
    // 48 x 24 x 7.5 mm, standing on its short edge, facing +x.
    const double h = 48, w = 24, t = 7.5;
    base::Rng rng(m.request().seed);
    const int high = 1 + int(rng.below(6)), low = 1 + int(rng.below(6));
    m.colour(0x1c1a18);
    m.add("tile", box({}, {t, w, h}, 0.9));
    for (const double side : {0.0, 180.0}) {
        Mesh face = pips(high, 10, 2.0).move(0, 0, 11.6);
        face.add(pips(low, 10, 2.0).move(0, 0, -11.6));
        m.add("pips", face.move(t / 2, 0, 0).turn_z(side), own(0xf4efe2));
        m.add("line", box({t / 2, 0, 0}, {0.3, w * 0.78, 0.9}, 0.1).turn_z(side), own(0xf4efe2));
        m.add("pin", sphere({t / 2 - 0.5, 0, 0}, 1.3, 16).scale(1, 1, 1).turn_z(side), of("brass"));
    }
    m.collide_box({-t / 2, -w / 2, -h / 2}, {t / 2, w / 2, h / 2});
    m.mass(0.012);
}

void make_die(Maker& m) {
    m.colour(0xf3efe4);
    // A cube whose corners a sphere has rounded.
    Mesh body = sphere({}, 1, 96).warp([](Vec3 p) {
        const double k = std::pow(
            std::pow(std::abs(p.x), 7) + std::pow(std::abs(p.y), 7) + std::pow(std::abs(p.z), 7),
            -1.0 / 7);
        const Vec3 q = p * k;
        return base::min(base::max(q, Vec3{-0.995, -0.995, -0.995}), Vec3{0.995, 0.995, 0.995});
    });
    crease_normals(body.tri, 30);
    m.add("body", body);
    Mesh dots = pips(3, 1, 0.17).move(1, 0, 0);
    dots.add(pips(4, 1, 0.17).move(1, 0, 0).turn_z(180));
    dots.add(pips(2, 1, 0.17).move(1, 0, 0).turn_z(-90));
    dots.add(pips(5, 1, 0.17).move(1, 0, 0).turn_z(90));
    dots.add(pips(1, 1, 0.24).move(1, 0, 0).turn_y(-90));
    dots.add(pips(6, 1, 0.17).move(1, 0, 0).turn_y(90));
    m.add("pips", dots, own(0x151515));
    m.collide_box({-1, -1, -1}, {1, 1, 1});
}

void make_puzzle_piece(Maker& m) {
    Curve o;
    const auto knob = [&](Vec2 from, Vec2 to, double out) {
        const Vec2 d = to - from, n{d.y * out, -d.x * out};
        const auto at = [&](double u, double v) { o.push_back(from + d * u + n * v); };
        at(0, 0);
        at(0.38, 0);
        for (int i = 0; i <= 14; ++i) {
            const double a = (230 - 280.0 * i / 14) * kPi / 180;
            at(0.5 - 0.0 + 0.15 * std::cos(a), 0.16 + 0.15 * std::sin(a) * 1.0);
        }
        at(0.62, 0);
    };
    knob({-0.5, -0.5}, {0.5, -0.5}, 1);
    knob({0.5, -0.5}, {0.5, 0.5}, -1);
    knob({0.5, 0.5}, {-0.5, 0.5}, 1);
    knob({-0.5, 0.5}, {-0.5, -0.5}, -1);
    m.colour(0x2f7fc4);
    m.add("picture", extrude(o, 0.03, 0.09, 0.02), own());
    m.add("card", extrude(o, 0, 0.04, 0.01), own(0xb08a5e));
}

void make_chess_piece(Maker& m) {
    // A Staunton knight would be the best known; the queen turns better: take knight by seed.
    m.colour(0xd9b37c);
    const Curve base_profile = {{0, 0},       {0.34, 0},    {0.36, 0.05}, {0.34, 0.12},
                                {0.27, 0.16}, {0.25, 0.22}, {0.28, 0.25}, {0.2, 0.3}};
    Curve p = base_profile;
    for (const Vec2 q : spline({{0.2, 0.3}, {0.15, 0.45}, {0.12, 0.7}, {0.14, 0.95}, {0.17, 1.05}}))
        p.push_back(q);
    for (const Vec2 q : {Vec2{0.24, 1.07},
                         {0.25, 1.1},
                         {0.2, 1.13},
                         {0.17, 1.17},
                         {0.2, 1.3},
                         {0.235, 1.4},
                         {0.16, 1.43},
                         {0.07, 1.5},
                         {0, 1.52}})
        p.push_back(q);
    m.add("king", lathe(p, 0.012, 56));
    m.add("cross", box({0, 0, 1.62}, {0.06, 0.06, 0.22}, 0.012)
                       .add(box({0, 0, 1.63}, {0.06, 0.18, 0.06}, 0.012)));
    m.add("felt", rod({0, 0, -0.012}, {0, 0, 0.005}, 0.32), of("felt", 0x1f5a34));
}

void make_chessboard(Maker& m) {
    m.piece();
    m.add("frame", slab({-0.2, -0.2, 0}, {0.2, 0.2, 0.018}, 0.004), own(0x4a2a16));
    Mesh light, dark;
    for (int i = 0; i < 64; ++i) {
        const double s = 0.045, x = (i % 8 - 3.5) * s, y = (i / 8 - 3.5) * s;
        ((i % 8 + i / 8) % 2 ? light : dark)
            .add(box({x, y, 0.0185}, {s * 0.995, s * 0.995, 0.003}, 0.0003));
    }
    m.add("light squares", light, own(0xe3c795));
    m.add("dark squares", dark, own(0x6a3d20));
    m.anchor("top", {0, 0, 0.02});
}

// Suit marks in the x-y plane, unit height.
Curve suit_outline(int suit) {
    switch (suit) {
        case 0:
            return spline({{0, -0.5},
                           {0.28, -0.15},
                           {0.45, 0.15},
                           {0.38, 0.4},
                           {0.2, 0.46},
                           {0.02, 0.3},
                           {-0.02, 0.3},
                           {-0.2, 0.46},
                           {-0.38, 0.4},
                           {-0.45, 0.15},
                           {-0.28, -0.15}},
                          true, 4);
        case 1: return {{0, -0.5}, {0.36, 0}, {0, 0.5}, {-0.36, 0}};
        default:
            return spline({{0.04, -0.2},
                           {0.12, -0.5},
                           {-0.12, -0.5},
                           {-0.04, -0.2},
                           {-0.25, -0.28},
                           {-0.44, -0.1},
                           {-0.3, 0.15},
                           {0, 0.5},
                           {0.3, 0.15},
                           {0.44, -0.1},
                           {0.25, -0.28}},
                          true, 4);
    }
}

// One card, 63 x 88 mm, in the x-y plane, face up, long side along y.
void add_card(Maker& m, int suit, const Transform& pose) {
    const double w = 0.0635, h = 0.0889, t = 0.0006;
    m.add("card", extrude(rounded_rectangle(w, h, 0.004), 0, t, 0.0001).place(pose), own(0xf8f6ef));
    Mesh mark = extrude(suit_outline(suit), 0, 1, 0).scale(0.024, 0.024, 0.00012).move(0, 0, t);
    for (const double s : {1.0, -1.0}) {
        Mesh corner = extrude(suit_outline(suit), 0, 1, 0).scale(0.007 * s, 0.007 * s, 0.00012);
        mark.add(corner.move(-0.025 * s, 0.03 * s, t));
        mark.add(tube({{-0.003, -0.004, 0}, {0, 0.005, 0}, {0.003, -0.004, 0}}, {0.0006},
                      {.sides = 6, .steps = 1})
                     .add(tube({{-0.002, -0.001, 0}, {0.002, -0.001, 0}}, {0.0005},
                               {.sides = 6, .steps = 1}))
                     .scale(s, s, 0.3)
                     .move(-0.025 * s, 0.039 * s, t));
    }
    m.add("mark", mark.place(pose), own(suit < 2 ? 0xc0141c : 0x101012));
    m.add("back",
          extrude(rounded_rectangle(w * 0.88, h * 0.9, 0.003), -0.0001, 0.0001, 0).place(pose),
          own(0x9a1c26));
}

void make_playing_card(Maker& m) {
    add_card(m, int(m.request().seed % 3), {{}, Quat::from_axis_angle({0, 0, 1}, kPi / 2)});
    m.collide_box({-0.04445, -0.03175, 0}, {0.04445, 0.03175, 0.0007});
    m.mass(0.0018);
}

void make_house_of_cards(Maker& m) {
    const double lean = 22 * kPi / 180, h = 0.0889, wide = 0.072;
    const double rise = h * std::cos(lean), reach = h * std::sin(lean) / 2;
    int suit = 0;
    for (int level = 0; level < 3; ++level) {
        const int tents = 3 - level;
        const double z = level * (rise + 0.0016);
        for (int i = 0; i < tents; ++i) {
            const double y = (i - (tents - 1) / 2.0) * wide;
            for (const double s : {-1.0, 1.0}) {
                const Quat up = Quat::from_axis_angle({1, 0, 0}, kPi / 2 + s * lean);
                m.piece();
                add_card(m, suit++ % 3, {{0, y + s * reach, z + rise / 2}, up});
            }
            if (i + 1 < tents) {
                m.piece();
                add_card(m, suit++ % 3,
                         {{0, y + wide / 2, z + rise + 0.0004},
                          Quat::from_axis_angle({0, 0, 1}, 0.03 * (suit % 3 - 1))});
            }
        }
    }
    m.mass(0.027);
}

void make_newtons_cradle(Maker& m) {
    // Frame only, with anchors for five balls: "ball_0".."ball_4" at their centres, "hang_0_l/_r"
    // where their two threads meet the rails. The balls swing along x.
    const double ball = 0.011, height = 0.14, length = 0.15, width = 0.11, r = 0.0035;
    const double ball_z = 0.045;
    m.piece("base");
    m.add("base",
          slab({-length / 2 - 0.012, -width / 2 - 0.012, 0},
               {length / 2 + 0.012, width / 2 + 0.012, 0.014}, 0.002),
          of("wood", 0x1d1512));
    for (const double s : {-1.0, 1.0}) {
        const double y = s * width / 2, x = length / 2;
        const Curve path =
            fillet({{-x, 0.013}, {-x, height}, {x, height}, {x, 0.013}}, 0.02, false, 6);
        std::vector<Vec3> line;
        for (const Vec2 p : path) line.push_back({p.x, y, p.y});
        m.ghost();
        m.add("rail", tube(line, {r}, {.sides = 16, .steps = 1}), of("steel"));
        m.collide_capsule({-x, y, height}, {x, y, height}, r, "rail");
        for (const double e : {-1.0, 1.0})
            m.collide_capsule({e * x, y, 0.014}, {e * x, y, height}, r, "rail");
    }
    for (int i = 0; i < 5; ++i) {
        const double x = (i - 2) * 2 * ball;
        m.anchor("ball_" + std::to_string(i), {x, 0, ball_z});
        m.anchor("hang_" + std::to_string(i) + "_l", {x, width / 2, height});
        m.anchor("hang_" + std::to_string(i) + "_r", {x, -width / 2, height});
    }
    m.mass(0.7);
}

void make_pendulum(Maker& m) {
    m.colour(0xc9a13b);
    m.piece("stand");
    m.add("foot", rod({0, 0, 0}, {0, 0, 0.02}, 0.12, -1, 48, 0.005), of("wood", 0x3a2214));
    m.add("post", rod({-0.08, 0, 0.015}, {-0.08, 0, 0.6}, 0.008), of("steel"));
    m.add("arm", rod({-0.09, 0, 0.59}, {0.06, 0, 0.59}, 0.007), of("steel"));
    m.piece("bob");
    m.add("string", rod({0.045, 0, 0.12}, {0.045, 0, 0.585}, 0.0015, -1, 8),
          of("cotton", 0xd8d4c8));
    m.add("bob", sphere({0.045, 0, 0.1}, 0.038, 40));
    m.add("cap", rod({0.045, 0, 0.132}, {0.045, 0, 0.146}, 0.008), of("steel"));
    m.anchor("pivot", {0.045, 0, 0.585});
    m.anchor("bob", {0.045, 0, 0.1});
}

void make_marble_run(Maker& m) {
    // Four sloping chutes that hand a marble to and fro between two side posts.
    const double l = 1.0, r = 0.022;
    m.colour(0xc8945a);
    const unsigned hues[4] = {0xd0382c, 0xe8a820, 0x2f8f48, 0x2a64b4};
    for (const double s : {-1.0, 1.0}) {
        m.piece("post");
        m.add("post", slab({s * l / 2 - 0.02, 0.03, 0}, {s * l / 2 + 0.02, 0.06, 0.92}, 0.004));
        m.add("foot", slab({s * l / 2 - 0.03, -0.14, 0}, {s * l / 2 + 0.03, 0.14, 0.025}, 0.005));
    }
    for (int i = 0; i < 4; ++i) {
        const double s = i % 2 ? -1 : 1, z = 0.78 - 0.2 * i;
        const Curve section = {{-r - 0.012, -0.012}, {r + 0.012, -0.012}, {r + 0.012, 0.022},
                               {r + 0.005, 0.022},   {r * 0.75, 0.004},   {0, -0.003},
                               {-r * 0.75, 0.004},   {-r - 0.005, 0.022}, {-r - 0.012, 0.022}};
        const double tilt = 6.5;
        m.ghost();
        m.add("chute",
              extrude_x(section, -l * 0.46, l * 0.46, 0.002).turn_y(s * tilt).move(-s * 0.03, 0, z),
              i == 0 ? own(hues[0]) : own(hues[i]));
        const double a = s * tilt * kPi / 180;
        const auto at = [&](double x, double y, double up) {
            return Vec3{x * std::cos(a) + up * std::sin(a) - s * 0.03, y,
                        z - x * std::sin(a) + up * std::cos(a)};
        };
        for (const double y : {-1.0, 1.0}) {
            m.collide_hull({at(-0.46 * l, y * 0.034, -0.012), at(0.46 * l, y * 0.034, -0.012),
                            at(-0.46 * l, y * 0.034, 0.022), at(0.46 * l, y * 0.034, 0.022),
                            at(-0.46 * l, 0, -0.012), at(0.46 * l, 0, -0.012),
                            at(-0.46 * l, 0, -0.003), at(0.46 * l, 0, -0.003),
                            at(-0.46 * l, y * 0.027, 0.022), at(0.46 * l, y * 0.027, 0.022)},
                           "chute");
        }
        // The stop at the low end turns the marble down to the next chute.
        const Vec3 stop = at(s * 0.46 * l + s * 0.035, 0, 0.02);
        m.add("stop", box(stop, {0.01, 0.07, 0.1}, 0.002));
        m.collide_box(stop - Vec3{0.005, 0.035, 0.05}, stop + Vec3{0.005, 0.035, 0.05}, "stop");
    }
    m.anchor("top", {-0.45, 0, 0.87});
    m.mass(3);
}

void make_catapult(Maker& m) {
    m.colour(0x8a5c34);
    m.piece("frame");
    for (const double s : {-1.0, 1.0}) {
        m.piece("side");
        m.add("rail", beam({-0.5, s * 0.18, 0.1}, {0.5, s * 0.18, 0.1}, 0.05, 0.07));
        m.add("post", beam({0.1, s * 0.18, 0.1}, {0.1, s * 0.18, 0.48}, 0.045, 0.06, {1, 0, 0}));
        m.add("brace", beam({-0.2, s * 0.18, 0.11}, {0.09, s * 0.18, 0.42}, 0.03, 0.04));
        m.add("brace", beam({0.4, s * 0.18, 0.11}, {0.11, s * 0.18, 0.42}, 0.03, 0.04));
        for (const double x : {-0.36, 0.36}) {
            add_wheel(m, {x, s * 0.23, 0.1}, 0.1, 0.04,
                      {.hub_hex = 0x6b4526, .spokes = 8, .tyre_share = 0.15});
        }
    }
    m.piece("bars");
    for (const double x : {-0.45, 0.1, 0.45})
        m.add("bar", beam({x, -0.2, 0.1}, {x, 0.2, 0.1}, 0.05, 0.05));
    m.add("stop", beam({0.12, -0.2, 0.47}, {0.12, 0.2, 0.47}, 0.06, 0.05));
    m.add("rope", rod({0.02, -0.16, 0.12}, {0.02, 0.16, 0.12}, 0.035), of("rope"));
    m.piece("arm");
    m.add("arm", beam({0.02, 0, 0.12}, {-0.52, 0, 0.42}, 0.04, 0.035));
    m.add("cup",
          lathe(vessel(spline({{0, 0}, {0.06, 0.01}, {0.085, 0.06}}), 0.012), 0.003, 32)
              .turn_y(-30)
              .move(-0.55, 0, 0.45),
          own(0x5d3a1e));
    m.anchor("cup", {-0.56, 0, 0.48});
    m.mass(1.5);
}

constexpr Noun kNouns[] = {
    {"domino", 0.048, "wood", make_domino},
    {"die", 0.016, "plastic", make_die},
    {"puzzle_piece", 0.04, "cardboard", make_puzzle_piece},
    {"chess_piece", 0.08, "wood", make_chess_piece},
    {"chessboard", 0.4, "wood", make_chessboard},
    {"playing_card", 0.089, "cardboard", make_playing_card},
    {"house_of_cards", 0.35, "cardboard", make_house_of_cards},
    {"newtons_cradle", 0.18, "steel", make_newtons_cradle},
    {"pendulum", 0.6, "steel", make_pendulum},
    {"marble_run", 1.2, "wood", make_marble_run},
    {"catapult", 0.5, "wood", make_catapult},
};

}  // namespace

std::span<const Noun> games_nouns() { return kNouns; }

}  // namespace world::kit
