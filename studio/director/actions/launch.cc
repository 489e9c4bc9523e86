// Throw, launch, fly, rise: what goes through the air.
#include <algorithm>

#include "script/words/noun.h"
#include "studio/director/actions/action.h"
#include "studio/director/staging/cast.h"
#include "world/beast/gait.h"

namespace studio {
namespace {

using base::Quat;
using base::Transform;
using base::Vec3;
using world::BodyIndex;

double gravity(Workshop& shop) { return std::max(0.05, -shop.scene().gravity_mps2.z); }

Vec3 aim_point(Workshop& shop, const script::Action& action, Vec3 otherwise) {
    const std::string& name = !action.target.empty() ? action.target : action.object;
    if (Player* target = shop.player(name); target != nullptr) {
        if (!target->placed) place_still(shop, *target);
        if (!target->bodies.empty()) {
            const BodyIndex b = target->bodies.front();
            for (const BodyIndex each : target->bodies) shop.watch(each, 0.7);
            return shop.body(b).pose.translation + Vec3{0, 0, 0.5 * shop.height_of(b)};
        }
        if (!target->figures.empty()) {
            return shop.figure(target->figures.front()).place.translation + Vec3{0, 0, 1.2};
        }
    }
    if (const auto named = shop.surface_named(name)) return named->centre;
    if (const BodyIndex part = shop.set_body(name); part != world::kNoBody) {
        const world::Body& b = shop.body(part);
        return b.pose.apply(b.shape->bounds.centre());
    }
    return otherwise;
}

}  // namespace

void stage_throw(Workshop& shop, const script::Action& action) {
    Player* thrower = shop.player(action.subject);
    Player* thing = shop.player(action.object);
    if (thrower != nullptr && !thrower->figures.empty()) {
        stage_person(shop, action);
        return;
    }
    // Nobody throws: it comes flying in from the left, as from a hand off screen.
    Player* flying = thrower != nullptr && !thrower->bodies.empty() ? thrower : thing;
    if (flying == nullptr || flying->bodies.empty()) return;
    flying->placed = true;
    const Vec3 direction = shop.surface().direction();
    int slot = 0;
    for (const BodyIndex body : flying->bodies) {
        const double r = shop.radius_of(body);
        const Vec3 goal = aim_point(
            shop, flying == thing ? script::Action{.verb = "", .target = action.target} : action,
            shop.surface().centre + direction * 1.6);
        const double distance = action.distance_m.value_or(std::clamp(12 * r, 1.8, 4.0));
        Vec3 from = goal - direction * distance;
        from.z = std::max(goal.z, shop.surface().centre.z) + action.height_m.value_or(1.2);
        from = from + Vec3{0, 2.6 * r * ((slot + 1) / 2) * (slot % 2 == 0 ? 1.0 : -1.0), 0};
        ++slot;
        const double flight = action.speed_mps ? std::max(0.1, distance / *action.speed_mps) : 0.75;
        shop.stand(body, from);
        shop.send(body, ballistic_velocity(from, goal, flight, gravity(shop)), {0, 6, 1});
        shop.watch(body);
        shop.watch_point(goal, r, 0.6);
        shop.ends_at(shop.start_s() + flight + 1.2);
    }
}

// Birds, planes, kites: driven along a curve with a beat; not a free body.
void stage_fly(Workshop& shop, const script::Action& action) {
    Player* player = shop.player(action.subject);
    if (player == nullptr || player->bodies.empty()) {
        // "A boy flies a kite": it flies, he looks up at it.
        Player* thing = shop.player(action.object);
        if (player != nullptr && thing != nullptr && !thing->bodies.empty()) {
            stage_fly(shop, {.verb = "fly", .subject = action.object});
            stage_person(shop, {.verb = "point", .subject = action.subject});
            return;
        }
        stage_person(shop, action);
        return;
    }
    const script::Noun* noun = script::noun_of_kind(player->member->kind);
    const bool hovers = player->member->kind == "kite" || player->member->kind == "drone";
    const bool self =
        noun != nullptr && (noun->category == "animal" || noun->category == "vehicle");
    if (!self && player->member->kind != "balloon" && player->member->kind != "kite" &&
        player->member->kind != "paper_airplane" && player->member->kind != "drone") {
        stage_throw(shop, action);
        return;
    }
    if (player->member->kind == "balloon") {
        stage_rise(shop, action);
        return;
    }
    player->placed = true;
    // Over what is named, high enough to clear it.
    Vec3 over = shop.surface().centre;
    double top = 0;
    Player* target = shop.player(action.target);
    if (target != nullptr && target != player && !target->bodies.empty()) {
        if (!target->placed) place_still(shop, *target);
        const base::Bounds box = box_of(shop.body(target->bodies.front()));
        over = {box.centre().x, box.centre().y, over.z};
        top = std::max(0.0, box.high.z - over.z);
        // Its top is what the flight is seen against; all of it would make the flyer a dot.
        shop.watch_point(over + Vec3{0, 0, top}, 0.15 * base::length(box.size()), 0.5);
    }
    int slot = 0;
    for (const BodyIndex body : player->bodies) {
        const double size = base::length(shop.body(body).shape->bounds.size());
        const double speed =
            action.speed_mps.value_or(hovers ? 0.12 : std::clamp(2.0 * size, 0.6, 9.0));
        const double height =
            action.height_m.value_or(std::max(std::clamp(1.4 * size, 1.2, 8.0), top + 0.7 * size)) +
            0.3 * slot;
        const double span = 0.5 * speed * shop.shot_world_s();
        const Vec3 centre =
            over + Vec3{-0.7 * size * slot,
                        1.1 * size * ((slot + 1) / 2) * (slot % 2 == 0 ? 1.0 : -1.0), height};
        const double phase = shop.rng().uniform(0, 6.28);
        const double beat = std::clamp(3.0 / size, 0.5, 6.0);
        const double bob = 0.06 * size;
        shop.body(body).motion = world::Motion::Driven;
        shop.stage().paths.push_back(
            {body, [=](double t) {
                 const double x = speed * t - span;
                 const Vec3 place = centre + Vec3{x, 0.25 * size * std::sin(0.8 * t + phase),
                                                  bob * std::sin(2 * base::kPi * beat * t + phase)};
                 const double bank = 0.15 * std::cos(0.8 * t + phase);
                 const Quat turn =
                     Quat::from_axis_angle({0, 0, 1}, 0.1 * std::cos(0.8 * t + phase)) *
                     Quat::from_axis_angle({1, 0, 0}, bank);
                 return Transform{place, turn};
             }});
        if (const auto& beast = shop.body(body).shape->beast) {
            shop.stage().paths.back().limbs = [rig = *beast](double t) {
                return world::beast_at(rig, world::Gait::Stand, t, 0, 1).pose;
            };
        }
        shop.watch(body);
        ++slot;
    }
    shop.ends_at(shop.shot_world_s());
}

void stage_rise(Workshop& shop, const script::Action& action) {
    Player* player = shop.player(action.subject);
    if (player == nullptr || player->bodies.empty()) {
        stage_person(shop, action);
        return;
    }
    player->placed = true;
    const bool heavy = player->member->kind == "rocket" || player->member->kind == "spaceship";
    for (const BodyIndex body : player->bodies) {
        const double r = shop.radius_of(body);
        const Vec3 foot = shop.take_place(shop.surface(), 1.3 * r);
        const double start = shop.start_s() + 0.4 + (heavy ? 0.4 : shop.rng().uniform(0, 0.5));
        const double speed = action.speed_mps.value_or(heavy ? 6.0 : 0.7);
        const double phase = shop.rng().uniform(0, 6.28);
        const double lift = heavy ? 0 : 0.4;
        shop.body(body).motion = world::Motion::Driven;
        const double sway = heavy ? 0 : 0.10;
        shop.stage().paths.push_back(
            {body, [=](double t) {
                 const double since = std::max(0.0, t - start);
                 // Reaches its speed smoothly: a light thing within 0.5 s, a rocket by even thrust.
                 const double rise = heavy ? 0.5 * speed * since * since * 0.6
                                           : speed * (since - 0.5 * (1 - std::exp(-since / 0.5)));
                 const Vec3 place =
                     foot + Vec3{sway * (std::sin(1.3 * t + phase) - std::sin(phase)),
                                 sway * std::cos(0.9 * t + phase), lift + rise};
                 return Transform{place, Quat::from_axis_angle(
                                             {1, 0, 0}, 0.4 * sway * std::sin(1.1 * t + phase))};
             }});
        shop.watch(body);
    }
    shop.ends_at(shop.shot_world_s());
}

}  // namespace studio
