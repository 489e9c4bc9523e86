// How several alike bodies stand: rows, spirals of dominoes, towers, walls in running bond.
#include <algorithm>
#include <cmath>

#include "studio/director/actions/action.h"
#include "studio/director/staging/cast.h"
#include "studio/director/staging/masonry.h"

namespace studio {
namespace {

using base::Quat;
using base::Vec3;
using script::Arrangement;
using world::BodyIndex;

Vec3 turned(Vec3 v, double yaw) { return Quat::from_axis_angle({0, 0, 1}, yaw).rotate(v); }

Arrangement choose(const Player& player, Workshop& shop) {
    if (player.member->arrangement != Arrangement::Auto) return player.member->arrangement;
    const std::string& kind = player.member->kind;
    if (kind == "domino") return player.bodies.size() > 12 ? Arrangement::Spiral : Arrangement::Row;
    if (kind == "billiard_ball" || kind == "bowling_pin") {
        return player.bodies.size() > 3 ? Arrangement::Rack : Arrangement::Row;
    }
    if (kind == "wall") return Arrangement::Wall;
    if (kind == "brick") return player.bodies.size() > 8 ? Arrangement::Wall : Arrangement::Stack;
    (void)shop;
    return player.bodies.size() <= 5 ? Arrangement::Row : Arrangement::Scattered;
}

// Distance between neighbours of a chain of standing slabs that topple one another: about half
// their height (measured: 0.35-0.65 of the height keeps the wave running).
double chain_step(Workshop& shop, BodyIndex body) { return 0.52 * shop.height_of(body); }

// Archimedean spiral r = a + b phi with equal arc steps, from the outside in.
void spiral(Workshop& shop, Player& player, const Surface& surface) {
    const BodyIndex first = player.bodies.front();
    const double step = chain_step(shop, first);
    const double ring = 2.1 * std::max(shop.radius_of(first), 0.35 * shop.height_of(first)) +
                        0.55 * shop.height_of(first);
    const double b = ring / (2 * base::kPi);
    // phi at the outer end for the wanted arc length (length ~ b phi^2 / 2).
    const double inner_phi = 2.2 * base::kPi;
    const double length = step * static_cast<double>(player.bodies.size() - 1);
    double phi = std::sqrt(inner_phi * inner_phi + 2 * length / b);
    // Starts at the camera's side.
    const double turn = -0.75 * base::kPi - phi;
    for (const BodyIndex body : player.bodies) {
        const double r = b * phi;
        const Vec3 place =
            surface.centre + Vec3{r * std::cos(phi + turn), r * std::sin(phi + turn), 0};
        // The chain runs toward smaller phi; the slab's x axis (its thin side) lies along it.
        const Vec3 radial{std::cos(phi + turn), std::sin(phi + turn), 0};
        const Vec3 tangent{radial.y, -radial.x, 0};
        const Vec3 along = base::normalize(tangent * r - radial * b);
        shop.stand(body, place, std::atan2(along.y, along.x));
        phi -= step / std::hypot(r, b);
    }
}

void row(Workshop& shop, Player& player, const Surface& surface, bool chain) {
    const BodyIndex first = player.bodies.front();
    const double step = chain ? chain_step(shop, first) : 2.6 * shop.radius_of(first);
    const double half = 0.5 * step * static_cast<double>(player.bodies.size() - 1);
    for (size_t i = 0; i < player.bodies.size(); ++i) {
        const Vec3 along{step * static_cast<double>(i) - half, 0, 0};
        shop.stand(player.bodies[i], surface.centre + turned(along, surface.yaw), surface.yaw);
    }
}

void circle(Workshop& shop, Player& player, const Surface& surface) {
    const double step = player.member->kind == "domino"
                            ? chain_step(shop, player.bodies.front())
                            : 2.6 * shop.radius_of(player.bodies.front());
    const double count = static_cast<double>(player.bodies.size());
    const double r = std::max(step, step * count / (2 * base::kPi));
    for (size_t i = 0; i < player.bodies.size(); ++i) {
        const double phi = 2 * base::kPi * static_cast<double>(i) / count - base::kPi / 2;
        shop.stand(player.bodies[i], surface.centre + Vec3{r * std::cos(phi), r * std::sin(phi), 0},
                   phi + base::kPi / 2);
    }
}

// Two by two, layers crossed, as children build with blocks; `single`: one on the other.
void tower(Workshop& shop, Player& player, const Surface& surface, bool single) {
    const Vec3 size = shop.body(player.bodies.front()).shape->bounds.size();
    const size_t layer = player.bodies.size() >= 8 && !single ? 2 : 1;
    const double pitch = layer == 1 ? 0 : 0.5 * (std::min(size.x, size.y) * 1.06);
    double z = 0;
    for (size_t i = 0; i < player.bodies.size(); i += layer) {
        const double yaw = (i / layer) % 2 == 0 ? 0 : base::kPi / 2;
        for (size_t k = 0; k < layer && i + k < player.bodies.size(); ++k) {
            const double side = layer == 1 ? 0 : (k == 0 ? -pitch : pitch);
            shop.stand(player.bodies[i + k],
                       surface.centre + turned({0, side, 0}, yaw) + Vec3{0, 0, z}, yaw);
        }
        z += size.z;
    }
}

void pyramid(Workshop& shop, Player& player, const Surface& surface) {
    const Vec3 size = shop.body(player.bodies.front()).shape->bounds.size();
    int base_count = 1;
    while (base_count * (base_count + 1) / 2 < static_cast<int>(player.bodies.size())) ++base_count;
    size_t next = 0;
    const double pitch = size.x * 1.04;
    for (int level = 0; level < base_count && next < player.bodies.size(); ++level) {
        const int in_row = base_count - level;
        for (int k = 0; k < in_row && next < player.bodies.size(); ++k) {
            const double x = (k - 0.5 * (in_row - 1)) * pitch;
            shop.stand(player.bodies[next++], surface.centre + Vec3{x, 0, level * size.z}, 0);
        }
    }
}

// Running bond: every course shifted by half a brick; long side along x.
void wall(Workshop& shop, Player& player, const Surface& surface) {
    const Vec3 size = shop.body(player.bodies.front()).shape->bounds.size();
    const double count = static_cast<double>(player.bodies.size());
    const bool along_x = size.x >= size.y;
    const double length = (along_x ? size.x : size.y) * 1.004;
    const int columns =
        std::max(2, static_cast<int>(std::lround(std::sqrt(count * 1.5 * size.z / length))));
    size_t next = 0;
    for (int course = 0; next < player.bodies.size(); ++course) {
        const double shift = course % 2 == 0 ? 0 : 0.5 * length;
        for (int k = 0; k < columns && next < player.bodies.size(); ++k) {
            const double x = (k - 0.5 * (columns - 1)) * length + shift - 0.25 * length;
            shop.stand(player.bodies[next++],
                       surface.centre + turned({x, 0, course * size.z}, surface.yaw),
                       surface.yaw + (along_x ? 0 : base::kPi / 2));
        }
    }
}

void grid(Workshop& shop, Player& player, const Surface& surface) {
    const double step = 2.8 * shop.radius_of(player.bodies.front());
    const int columns =
        static_cast<int>(std::ceil(std::sqrt(static_cast<double>(player.bodies.size()))));
    for (size_t i = 0; i < player.bodies.size(); ++i) {
        const int column = static_cast<int>(i) % columns, line = static_cast<int>(i) / columns;
        const double half = 0.5 * (columns - 1);
        shop.stand(player.bodies[i],
                   surface.centre + Vec3{(column - half) * step, (line - half) * step, 0}, 0);
    }
}

// About its middle, so that a ball stays where it stands.
void turn_in_place(world::Body& body, const base::Quat& turn) {
    const Vec3 middle = body.pose.apply(body.shape->bounds.centre());
    body.pose.rotation = turn * body.pose.rotation;
    body.pose.translation += middle - body.pose.apply(body.shape->bounds.centre());
}

constexpr double kBackdrop_m = 4.5;

// Triangle with its point toward -direction (where the cue or bowling ball comes from).
void rack(Workshop& shop, Player& player, const Surface& surface) {
    const double r = shop.radius_of(player.bodies.front());
    // Pins stand 12 inches apart (USBC). Balls of a rack touch but for hairs: no rack is perfect,
    // and it is the gaps of some tenths of a millimetre that spread the blow over all balls.
    const bool pins = player.member->kind == "bowling_pin";
    const double step = pins ? 0.3048 : 2 * r * 1.015;
    const double looseness = pins ? 0 : 0.012 * r;
    size_t next = 0;
    for (int line = 0; next < player.bodies.size(); ++line) {
        for (int k = 0; k <= line && next < player.bodies.size(); ++k) {
            const Vec3 jitter{shop.rng().uniform(-1, 1), shop.rng().uniform(-1, 1), 0};
            const Vec3 offset = Vec3{line * step * std::sqrt(3.0) / 2, (k - 0.5 * line) * step, 0} +
                                jitter * looseness;
            const BodyIndex body = player.bodies[next++];
            shop.stand(body, surface.centre + turned(offset, surface.yaw), surface.yaw);
            if (pins) continue;
            // Numbers look every way.
            const Vec3 axis{shop.rng().normal(), shop.rng().normal(), shop.rng().normal()};
            turn_in_place(shop.body(body),
                          base::Quat::from_axis_angle(base::normalize(axis + Vec3{0, 0, 1e-3}),
                                                      shop.rng().uniform(0.6, 2.6)));
        }
    }
}

void scattered(Workshop& shop, Player& player, const Surface& surface) {
    for (const BodyIndex body : player.bodies) {
        const Vec3 place = shop.take_place(surface, 1.15 * shop.radius_of(body));
        const double yaw = is_animal(*player.member) ? shop.rng().uniform(-0.5, 0.5)
                                                     : shop.rng().uniform(-base::kPi, base::kPi);
        shop.stand(body, place, yaw);
    }
}

}  // namespace

void arrange(Workshop& shop, Player& player, const Surface& surface) {
    player.placed = true;
    if (player.bodies.empty()) return;
    if (player.bodies.size() == 1) {
        const BodyIndex body = player.bodies.front();
        // What is as big as a house is the background of everything smaller.
        const double r = shop.radius_of(body);
        const bool backdrop = r > kBackdrop_m && (shop.stage().players.size() > 1 ||
                                                  player.member->kind == "mountain");
        const Vec3 place = backdrop ? surface.centre + Vec3{0.3 * r, 1.1 * r + 3, 0}
                                    : shop.take_place(surface, 1.15 * r);
        // Three-quarter view: a face and a side.
        const bool faces = is_animal(*player.member) || shop.height_of(body) > 0.3;
        shop.stand(body, place, faces && surface.yaw == 0 ? -0.45 : surface.yaw);
        return;
    }
    if (build_up(shop, player, surface)) return;
    switch (choose(player, shop)) {
        case Arrangement::Spiral: spiral(shop, player, surface); break;
        case Arrangement::Circle: circle(shop, player, surface); break;
        case Arrangement::Stack: {
            // What is broad and flat is laid one on the other: plates, coins, books.
            const Vec3 size = shop.body(player.bodies.front()).shape->bounds.size();
            tower(shop, player, surface, size.z < 0.4 * std::min(size.x, size.y));
            break;
        }
        case Arrangement::Tower: tower(shop, player, surface, false); break;
        case Arrangement::Pyramid: pyramid(shop, player, surface); break;
        case Arrangement::Wall: wall(shop, player, surface); break;
        case Arrangement::Grid: grid(shop, player, surface); break;
        case Arrangement::Rack: rack(shop, player, surface); break;
        case Arrangement::Scattered: scattered(shop, player, surface); break;
        case Arrangement::Row:
        case Arrangement::Auto: row(shop, player, surface, player.member->kind == "domino"); break;
    }
    double reach = 0;
    for (const BodyIndex body : player.bodies) {
        const Vec3 d = shop.body(body).pose.translation - surface.centre;
        reach = std::max(reach, std::hypot(d.x, d.y) + shop.radius_of(body));
    }
    shop.occupy(surface.centre, reach);
}

}  // namespace studio
