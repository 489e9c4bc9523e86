// Roll, slide, race, drive: things that cross the stage by their own speed.
#include <algorithm>

#include "script/words/noun.h"
#include "studio/director/actions/action.h"
#include "studio/director/staging/cast.h"

namespace studio {
namespace {

using base::Quat;
using base::Vec3;
using world::BodyIndex;

double manner_factor(const std::string& manner) {
    if (manner == "slowly" || manner == "gently") return 0.5;
    if (manner == "fast" || manner == "hard") return 1.8;
    return 1;
}

bool downhill(const script::Action& action) {
    return action.path == "down" || action.target == "stairs" || action.target == "ramp" ||
           action.target == "hill" || action.target == "slope";
}

struct Start {
    Vec3 place;
    double yaw;
};

// Lies on its side across the way when that lets it roll (a dog, a bottle, a log).
void lay_across(Workshop& shop, BodyIndex body, Vec3 foot, double yaw) {
    world::Body& b = shop.body(body);
    const Vec3 size = b.shape->bounds.size();
    shop.stand(body, foot, yaw);
    const bool tall = size.z > 1.5 * std::max(size.x, size.y);
    const Quat turn = Quat::from_axis_angle({0, 0, 1}, yaw);
    if (tall) {
        // Stands tall: lay it down, its axis across the way.
        b.pose.rotation = turn * Quat::from_axis_angle({1, 0, 0}, base::kPi / 2);
        b.pose.translation =
            foot + Vec3{0, 0, 0.5 * size.y} + b.pose.rotation.rotate({0, 0, -0.5 * size.z});
    } else if (size.x > size.y && size.x > 1.15 * size.z) {  // a wheel stands across its axle
        b.pose.rotation = turn * Quat::from_axis_angle({0, 0, 1}, base::kPi / 2);
    }
    b.asleep = false;
}

// Across a board that leads down: the lane for the next thing to roll, metres from its middle.
// Lanes are dealt by the cast's order, so that two that race start side by side.
double free_lane(Workshop& shop, BodyIndex board, const Player& mine, BodyIndex next,
                 double room_m) {
    double all = 0, before = 0;
    bool passed = false;
    for (const script::Action& action : shop.shot().actions) {
        const Player* other = shop.player(action.subject);
        if (other == nullptr || shop.first_body(action.target) != board) continue;
        for (const BodyIndex b : other->bodies) {
            const double width = 2.3 * shop.radius_of(b);
            passed = passed || (other == &mine && b == next);
            if (!passed) before += width;
            all += width;
        }
    }
    const double width = 2.3 * shop.radius_of(next);
    const double squeeze = all > 2 * room_m && all > 0 ? 2 * room_m / all : 1;
    return squeeze * (before + 0.5 * width - 0.5 * all);
}

void go_down(Workshop& shop, Player& player, const Surface& top, double speed) {
    const Vec3 direction = top.direction();
    const Vec3 side{-direction.y, direction.x, 0};
    int slot = 0;
    const double width = 2.4 * shop.radius_of(player.bodies.front());
    for (const BodyIndex body : player.bodies) {
        const double r = shop.radius_of(body);
        const double offset = ((slot + 1) / 2) * width * (slot % 2 == 0 ? 1 : -1);
        const Vec3 foot = top.centre - direction * (0.15 + r) + side * offset;
        ++slot;
        if (shop.is_round(body)) {
            shop.stand(body, foot, top.yaw);
            shop.roll(body, direction * speed);
        } else {
            lay_across(shop, body, foot, top.yaw);
            const double v = shop.unknown("speed", speed * 2.6, 0.7);
            const double lever = std::max(0.05, 0.5 * shop.height_of(body));
            const double spin = shop.unknown("spin", 1.2, 0.35);
            shop.send(body, direction * v + Vec3{0, 0, 0.6},
                      base::cross(Vec3{0, 0, 1}, direction) * (spin * v / lever));
            const double from = top.centre.z;
            shop.want({shop.body(body).name + " gets down",
                       [body, from](const auto&, const auto&, const world::Snapshot& end) {
                           const double z = end.bodies[body].pose.translation.z;
                           return z < 0.4 * from ? 0.0 : z;
                       }});
        }
        shop.watch(body);
    }
    if (const world::Anchor* bottom = shop.stage().set.anchor("bottom_of_stairs")) {
        shop.watch_point(bottom->pose.translation, 0.4, 0.5);
    }
    shop.ends_at(shop.start_s() + 3.5);
}

}  // namespace

void roll_across(Workshop& shop, BodyIndex body, Vec3 foot, double yaw, Vec3 velocity_mps) {
    lay_across(shop, body, foot, yaw);
    const double lever = std::max(0.02, 0.5 * shop.height_of(body));
    shop.send(body, velocity_mps, base::cross(Vec3{0, 0, 1}, velocity_mps) / lever);
}

void stage_roll(Workshop& shop, const script::Action& action) {
    Player* player = shop.player(action.subject);
    if (player == nullptr) player = shop.player(action.object);
    if (player == nullptr || player->bodies.empty()) {
        stage_person(shop, action);
        return;
    }
    if (action.path == "off" && shop.surface_named(action.target)) {
        stage_fall_off(shop, action);
        return;
    }
    if (player->member->kind == "bowling_ball" &&
        shop.stage().set.anchor("lane_start") != nullptr) {
        for (const Player& pins : shop.stage().players) {
            if (pins.bodies.empty() || pins.member->kind != "bowling_pin") continue;
            script::Action bowl = action;  // as hard as pins want
            bowl.object.clear();
            stage_bowl(shop, bowl);
            player->placed = true;
            return;
        }
    }
    player->placed = true;
    const double r = shop.radius_of(player->bodies.front());
    const bool small = shop.surface().radius_m < 1.2;
    double speed = action.speed_mps.value_or((small ? 0.6 : 1.6) * manner_factor(action.manner));
    if (Player* hill = shop.player(action.target);
        hill != nullptr && hill->member->kind == "hill" && !hill->bodies.empty()) {
        stage_down_hill(shop, *player, *hill, action);
        return;
    }
    if (downhill(action)) {
        for (const char* name : {"top_of_stairs", "hill_top", "ramp_top"}) {
            if (const auto top = shop.surface_named(name)) {
                go_down(shop, *player, *top, action.speed_mps.value_or(1.0));
                return;
            }
        }
    }
    // Onto a built track or ramp of the cast: enters at its upper end.
    if (Player* track = shop.player(action.target); track != nullptr && !track->bodies.empty()) {
        if (!track->placed) place_still(shop, *track);
        const BodyIndex slope = track->bodies.front();
        if (const auto top = shop.anchor_of(slope, "top"); top && shop.anchor_of(slope, "bottom")) {
            shop.body(slope).motion = world::Motion::Static;  // screwed down
            const Vec3 fall = shop.anchor_of(slope, "bottom")->translation - top->translation;
            Vec3 along = top->rotation.rotate({1, 0, 0});
            const bool plane =
                base::dot(along, fall) <= 0;  // a board; a groove says where it leads
            if (plane) along = base::normalize(fall);
            const Vec3 side = base::normalize(Vec3{-along.y, along.x, 0});
            const double room = plane ? 0.5 * shop.body(slope).shape->bounds.size().y : 0;
            int slot = 0;
            for (const BodyIndex b : player->bodies) {
                const double radius = 0.5 * shop.height_of(b);
                Vec3 place = top->translation + along * (2.3 * r * slot++) + Vec3{0, 0, 0.001};
                if (plane) {
                    // Side by side with what rolls down it already.
                    place = top->translation + along * (1.2 * radius) +
                            side * free_lane(shop, slope, *player, b, room);
                    place.z += radius * (1 / std::max(0.3, std::hypot(along.x, along.y)) - 1);
                }
                shop.stand(b, place, 0);
                shop.roll(b, along * action.speed_mps.value_or(0.2));
                shop.watch(b);
            }
            shop.watch(slope, 0.9);
            shop.ends_at(shop.start_s() + 2.5);
            return;
        }
    }
    const Vec3 direction = shop.surface().direction();
    Vec3 goal = shop.surface().centre;
    double run_up = small ? 0.5 * shop.surface().radius_m : 1.7;
    if (Player* target = shop.player(!action.target.empty() ? action.target : action.object);
        target != nullptr && target != player && !target->bodies.empty()) {
        if (!target->placed) place_still(shop, *target);
        goal = shop.body(target->bodies.front()).pose.translation;
        run_up = std::min(run_up + shop.radius_of(target->bodies.front()) + r, 3.0);
        speed *= 1.5;
        for (const BodyIndex b : target->bodies) shop.watch(b, 0.7);
    }
    const Vec3 side{-direction.y, direction.x, 0};
    int slot = 0;
    for (const BodyIndex body : player->bodies) {
        const double offset = ((slot + 1) / 2) * 2.6 * r * (slot % 2 == 0 ? 1 : -1);
        ++slot;
        const Vec3 foot =
            Vec3{goal.x, goal.y, shop.surface().centre.z} - direction * run_up + side * offset;
        if (shop.is_round(body)) {
            shop.stand(body, foot, shop.surface().yaw);
            shop.roll(body, direction * speed);
        } else {
            lay_across(shop, body, foot, shop.surface().yaw);
            const double lever = std::max(0.02, 0.5 * shop.height_of(body));
            shop.send(body, direction * speed,
                      base::cross(Vec3{0, 0, 1}, direction) * (speed / lever));
        }
        shop.occupy(foot, r);
        shop.watch(body);
    }
    shop.watch_point(goal, r, 0.4);
    shop.ends_at(shop.start_s() + 2 * run_up / std::max(0.2, speed));
}

void stage_slide(Workshop& shop, const script::Action& action) {
    Player* player = shop.player(action.subject);
    if (player != nullptr && !player->figures.empty()) {
        stage_person(shop, action);
        return;
    }
    if (player == nullptr || player->bodies.empty()) return;
    const std::string& kind = player->member->kind;
    if (action.verb == "slide" && (kind == "paper_airplane" || kind == "airplane" ||
                                   kind == "kite" || kind == "bird" || kind == "butterfly")) {
        stage_fly(shop, action);  // what flies glides through the air
        return;
    }
    if (action.path == "off" && shop.surface_named(action.target)) {
        stage_fall_off(shop, action);
        return;
    }
    player->placed = true;
    const double speed = action.speed_mps.value_or(2.0 * manner_factor(action.manner));
    const Vec3 direction = shop.surface().direction();
    const double run_up = std::min(0.7 * shop.surface().radius_m, 1.8);
    int slot = 0;
    for (const BodyIndex body : player->bodies) {
        const double r = shop.radius_of(body);
        const double offset = ((slot + 1) / 2) * 2.6 * r * (slot % 2 == 0 ? 1 : -1);
        ++slot;
        const Vec3 foot = shop.surface().centre - direction * run_up +
                          Vec3{-direction.y, direction.x, 0} * offset;
        shop.stand(body, foot, shop.surface().yaw);
        shop.send(body, direction * speed);
        shop.occupy(foot, r);
        shop.watch(body);
    }
    shop.ends_at(shop.start_s() + 2.5);
}

void stage_race(Workshop& shop, const script::Action& action) {
    Player* player = shop.player(action.subject);
    if (player == nullptr || player->bodies.empty()) {
        stage_person(shop, action);
        return;
    }
    const script::Noun* noun = script::noun_of_kind(player->member->kind);
    if (noun != nullptr && noun->category == "vehicle") {
        stage_drive(shop, action);
    } else if (is_animal(*player->member)) {
        stage_animal_move(shop, action);
    } else {
        stage_roll(shop, action);
    }
}

// Wheels roll: almost no friction along the way; it is a free body and crashes like one.
void stage_drive(Workshop& shop, const script::Action& action) {
    Player* player = shop.player(action.subject);
    if (player == nullptr || player->bodies.empty()) {
        player = shop.player(action.object);  // "a man drives a car"
    }
    if (player == nullptr || player->bodies.empty()) {
        stage_person(shop, action);
        return;
    }
    player->placed = true;
    Surface road = shop.surface();
    if (const auto named = shop.surface_named("road")) road = *named;
    const BodyIndex first = player->bodies.front();
    const double length = shop.body(first).shape->bounds.size().x;
    const double speed = action.speed_mps.value_or(std::clamp(2.2 * length, 0.4, 9.0) *
                                                   manner_factor(action.manner));
    const Vec3 direction = road.direction();
    Vec3 goal =
        road.part == "road_start"
            ? road.centre + direction * (0.6 * speed * std::max(2.0, 0.6 * shop.shot_world_s()))
            : road.centre;
    double distance = 0.45 * speed * shop.shot_world_s();
    if (Player* target = shop.player(!action.target.empty() ? action.target : action.object);
        target != nullptr && target != player && !target->bodies.empty()) {
        if (!target->placed) place_still(shop, *target);
        goal = shop.body(target->bodies.front()).pose.translation;
        distance = speed * 1.1 + length / 2 + shop.radius_of(target->bodies.front());
        for (const BodyIndex b : target->bodies) shop.watch(b, 0.7);
    }
    int slot = 0;
    for (const BodyIndex body : player->bodies) {
        const double width = shop.body(body).shape->bounds.size().y;
        const double offset = ((slot + 1) / 2) * 1.6 * width * (slot % 2 == 0 ? 1 : -1);
        ++slot;
        const Vec3 foot = Vec3{goal.x, goal.y, road.centre.z} - direction * distance +
                          Vec3{-direction.y, direction.x, 0} * offset;
        shop.stand(body, foot, road.yaw);
        shop.body(body).friction = 0.02;
        shop.send(body, direction * (speed * shop.rng().uniform(0.97, 1.05)));
        shop.watch(body);
    }
    shop.ends_at(shop.start_s() + 2.5);
}

}  // namespace studio
