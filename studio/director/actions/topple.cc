// Topple and collapse: standing things that lose their balance.
#include <algorithm>
#include <string_view>

#include "studio/director/actions/action.h"
#include "studio/director/staging/cast.h"
#include "studio/director/staging/masonry.h"

namespace studio {
namespace {

using base::Quat;
using base::Vec3;
using world::BodyIndex;

// Tips a standing body about the foot of its front face, toward its local +x (chains run that way),
// after `wait_s`: what is about to fall is first seen standing.
void tip(Workshop& shop, BodyIndex body, double lean_rad, double rate_radps, double wait_s) {
    world::Body& b = shop.body(body);
    const Vec3 forward = b.pose.rotation.rotate({1, 0, 0});
    const Vec3 axis = base::cross(Vec3{0, 0, 1}, forward);
    const Vec3 edge = b.pose.apply({b.shape->bounds.high.x, 0, b.shape->bounds.low.z});
    const Quat turn = Quat::from_axis_angle(axis, lean_rad);
    b.pose.translation = edge + turn.rotate(b.pose.translation - edge);
    b.pose.rotation = turn * b.pose.rotation;
    const Vec3 middle = b.pose.apply(b.shape->bounds.centre());
    const Vec3 spin = axis * rate_radps, velocity = base::cross(spin, middle - edge);
    if (wait_s > 0) {
        b.push_s = shop.start_s() + wait_s;
        b.push_spin_radps = spin;
        b.push_velocity_mps = velocity;
        return;
    }
    b.asleep = false;
    b.angular_velocity_radps = spin;
    b.velocity_mps = velocity;
}

// The lowest courses of one side are pushed out; what stands on them comes down that way.
void undermine(Workshop& shop, const Player& player) {
    const double start = shop.start_s() + 0.5;
    base::Bounds all;
    for (const BodyIndex b : player.bodies) all.add(box_of(shop.body(b)));
    // Loose stones settle into a gap and stand: the rest leans that way, as fast as a block of this
    // size needs to overturn about its edge, and a half more.
    const double g = std::max(0.3, -shop.scene().gravity_mps2.z), height = all.size().z,
                 lift = 0.5 * (std::hypot(height, all.size().x) - height),
                 top_mps = 1.5 * std::sqrt(6 * g * lift);
    // The first course at least, whatever its share of the height is.
    const double course = box_of(shop.body(player.bodies.front())).size().z;
    const double low = all.low.z + std::max(0.12 * all.size().z, 0.6 * course);
    for (const BodyIndex b : player.bodies) {
        world::Body& stone = shop.body(b);
        const Vec3 middle = stone.pose.apply(stone.shape->bounds.centre());
        stone.push_s = start;
        if (middle.z > low) {
            stone.push_velocity_mps = Vec3{top_mps * (middle.z - all.low.z) / height, 0, 0};
        } else if (middle.x >= all.centre().x - 0.15 * all.size().x) {
            stone.push_velocity_mps = Vec3{5.0, (middle.y - all.centre().y) * 4, 1.0};
        } else {
            stone.push_s.reset();
        }
    }
}

// Flat things one on the other ("a stack of plates"): without their lowest they would only be
// lower.
bool is_pile(Workshop& shop, const Player& player) {
    const world::Body& first = shop.body(player.bodies.front());
    const Vec3 size = first.shape->bounds.size();
    for (const BodyIndex b : player.bodies) {
        const Vec3 away = shop.body(b).pose.translation - first.pose.translation;
        if (std::hypot(away.x, away.y) > 0.25 * size.x) return false;
    }
    return size.z < 0.5 * size.x;
}

// It leans and slides off, the top first.
void tip_pile(Workshop& shop, const Player& player) {
    double low = 1e9, high = -1e9;
    for (const BodyIndex b : player.bodies) {
        low = std::min(low, shop.body(b).pose.translation.z);
        high = std::max(high, shop.body(b).pose.translation.z);
    }
    const Vec3 way = shop.body(player.bodies.front()).pose.rotation.rotate({1, 0, 0});
    const double reach = 2 * shop.radius_of(player.bodies.front());
    for (const BodyIndex b : player.bodies) {
        world::Body& body = shop.body(b);
        const double share = (body.pose.translation.z - low) / std::max(1e-3, high - low);
        body.push_s = shop.start_s() + 0.3;
        body.push_velocity_mps = way * (share * 0.9 * std::sqrt(2 * 4.0 * reach));
    }
}

// "A child builds a tower and looks at it" does not bring it down.
bool strikes(std::string_view verb) {
    constexpr std::string_view kHarmless[] = {"stack", "look", "hold",    "point", "stand",
                                              "rest",  "sit",  "balance", "speak", "wave"};
    return std::find(std::begin(kHarmless), std::end(kHarmless), verb) == std::end(kHarmless);
}

bool moves(const Workshop& shop, const world::Body& b) {
    (void)shop;
    return b.motion == world::Motion::Dynamic && b.set_part.empty() &&
           (b.release_s || base::length(b.velocity_mps) > 0.05);
}

}  // namespace

void stage_topple(Workshop& shop, const script::Action& action) {
    Player* player = things_or_person(shop, action);
    if (player == nullptr) return;
    if (is_masonry(*player) && player->member->kind != "wall") {  // no foot to tip about
        stage_collapse(shop, action);
        return;
    }
    if (Player* under = shop.player(action.target); !player->placed && action.path == "on" &&
                                                    under != nullptr && under != player &&
                                                    !under->bodies.empty()) {
        if (!under->placed) place_still(shop, *under);
        player->placed = true;
        const Surface top = *shop.surface_named(action.target);
        if (player->bodies.size() == 1) {
            shop.stand(player->bodies.front(), top.centre, top.yaw - 0.45);
        } else {
            arrange(shop, *player, top);
        }
    }
    if (!player->placed) place_still(shop, *player);
    const BodyIndex first = player->bodies.front();
    for (const BodyIndex body : player->bodies) shop.watch(body, body == first ? 1.0 : 0.7);
    const world::Body& b = shop.body(first);
    const Vec3 size = b.shape->bounds.size();
    // Balance is lost at atan(depth / height); start a little before it and give it a push.
    const double limit = std::atan2(size.x, size.z);
    const double g = std::max(0.3, -shop.scene().gravity_mps2.z);
    const double rate = std::sqrt(3 * g / std::max(0.02, size.z)) * (0.35 + 0.65 * limit);
    // A chain is on its way at once; a thing alone stands for a moment and gets the whole push.
    const bool alone = player->bodies.size() == 1;
    if (alone) {
        tip(shop, first, 0, 1.15 * std::max(rate, tipping_rate_radps(size, g)),
            0.45 * std::min(1.0, shop.shot().time_scale));
    } else {
        tip(shop, first, 0.35 * limit, rate, 0);
    }
    const double wave =
        2.0 * std::sqrt(size.z / g) * 0.22 * static_cast<double>(player->bodies.size());
    shop.ends_at(shop.start_s() + 0.8 + wave);
}

void stage_collapse(Workshop& shop, const script::Action& action) {
    Player* player = things_or_person(shop, action);
    if (player == nullptr) return;
    if (!player->placed) place_still(shop, *player);
    for (const BodyIndex body : player->bodies) shop.watch(body, 0.9);
    // Something else in the shot brings it down?
    bool struck = false;
    for (const Player& other : shop.stage().players) {
        if (&other == player) continue;
        for (const BodyIndex body : other.bodies) struck = struck || moves(shop, shop.body(body));
    }
    for (const script::Action& other : shop.shot().actions) {
        struck = struck || (strikes(other.verb) && other.subject != action.subject &&
                            !other.subject.empty() &&
                            (other.target == action.subject || other.object == action.subject));
    }
    if (!struck) {
        // A support is pulled away: the lowest body leaves sideways; a single one tips over.
        const BodyIndex lowest = *std::min_element(
            player->bodies.begin(), player->bodies.end(), [&](BodyIndex a, BodyIndex b) {
                return shop.body(a).pose.translation.z < shop.body(b).pose.translation.z;
            });
        if (player->bodies.size() == 1) {
            tip(shop, lowest, 0.05, 1.0, 0);
        } else {
            const bool tower = player->member->arrangement == script::Arrangement::Tower ||
                               (is_masonry(*player) && player->member->kind == "tower");
            if (is_pile(shop, *player)) tip_pile(shop, *player);
            else if (tower) undermine(shop, *player);
            else {
                for (const BodyIndex body : player->bodies) shop.body(body).asleep = false;
                world::Body& pulled = shop.body(lowest);
                pulled.push_s = shop.start_s();
                pulled.push_velocity_mps = pulled.pose.rotation.rotate({1, 0, 0}) * 3.0;
            }
        }
    }
    const auto bodies = player->bodies;
    double height = 0;
    for (const BodyIndex b : bodies) height = std::max(height, shop.body(b).pose.translation.z);
    const double floor = shop.surface().centre.z;
    if (bodies.size() > 2) {
        shop.want({action.subject + " collapses",
                   [bodies, height, floor](const auto&, const auto&, const world::Snapshot& end) {
                       double top = -1e9;
                       for (const BodyIndex b : bodies)
                           top = std::max(top, end.bodies[b].pose.translation.z);
                       return std::max(0.0, (top - floor) - 0.7 * (height - floor));
                   }});
    }
    shop.ends_at(shop.start_s() + 3);
}

}  // namespace studio
