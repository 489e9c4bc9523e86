// Hit, crash, push, knock over: one thing meets another.
#include <algorithm>

#include "script/words/noun.h"
#include "studio/director/actions/action.h"
#include "studio/director/staging/assemblies.h"
#include "studio/director/staging/cast.h"

namespace studio {
namespace {

using base::Vec3;
using world::BodyIndex;

void want_knocked_over(Workshop& shop, const Player& struck, const script::Action& action) {
    if (action.outcome.kind != "knocks_over_all" && action.outcome.kind != "knocks_over") return;
    const std::vector<BodyIndex> bodies = struck.bodies;
    std::vector<base::Quat> upright;
    for (const BodyIndex b : bodies) upright.push_back(shop.body(b).pose.rotation);
    const int wanted = action.outcome.kind == "knocks_over_all" ? static_cast<int>(bodies.size())
                                                                : action.outcome.count;
    shop.want({wanted == static_cast<int>(bodies.size())
                   ? "knocks over all " + std::to_string(wanted)
                   : "knocks over " + std::to_string(wanted),
               [=](const auto&, const auto&, const world::Snapshot& end) {
                   int fallen = 0;
                   for (size_t i = 0; i < bodies.size(); ++i) {
                       const auto& state = end.bodies[bodies[i]];
                       const double up = state.pose.rotation.rotate({0, 0, 1}).z;
                       fallen += !state.visible || up < 0.7 || state.pose.translation.z < -0.05;
                   }
                   return static_cast<double>(std::abs(wanted - fallen));
               }});
}

// One thing stands by an edge, the other comes along the same top and sends it over.
void knock_off(Workshop& shop, Player& striker, Player& struck, const Surface& edge,
               const script::Action& action) {
    const Vec3 out = edge.direction();
    const double g = std::max(0.3, -shop.scene().gravity_mps2.z);
    double behind = 0;
    struck.placed = true;
    for (const BodyIndex body : struck.bodies) {
        const double r = shop.radius_of(body);
        const Vec3 foot = edge.centre - out * (behind + 1.15 * r);
        behind += 2.3 * r;
        shop.stand(body, foot, edge.yaw);
        if (action.outcome.kind == "breaks" ||
            (breaks_easily(shop, body) && action.outcome.kind != "does_not_break"))
            shop.make_breakable(body);
        shop.watch(body);
        want_below(shop, body, shop.body(body).name + " is knocked off");
    }
    if (!striker.placed) {
        striker.placed = true;
        for (const BodyIndex body : striker.bodies) {
            const double r = shop.radius_of(body);
            const double run_up = std::clamp(1.2 * edge.radius_m, 0.15, 0.6);
            const Vec3 foot = edge.centre - out * (behind + run_up + r);
            shop.stand(body, foot, edge.yaw);
            // What friction eats on the way, and a push that is left.
            const double left = shop.unknown("push", 1.4, 0.4);
            const double speed =
                action.speed_mps.value_or(std::sqrt(left * left + 2 * 0.45 * g * run_up));
            if (shop.is_round(body)) shop.roll(body, out * speed);
            else shop.send(body, out * speed);
            shop.watch(body, 0.9);
            behind += run_up + 2 * r;
        }
    }
    const Vec3 landing = edge.centre + out * 0.4;
    shop.watch_point({landing.x, landing.y, 0.02}, 0.25, 0.7);
    shop.ends_at(shop.start_s() + 2.5);
}

// "A cat jumps onto a table and knocks over a vase": the vase stands up there, where the cat comes
// down. Otherwise where such things stand.
void place_in_the_way(Workshop& shop, const Player& striker, Player& struck) {
    for (const script::Action& before : shop.shot().actions) {
        if (before.verb != "jump" || before.subject != striker.member->id) continue;
        const auto top = shop.surface_named(before.target);
        if (!top || struck.bodies.size() != 1 || shop.player(before.target) != nullptr) continue;
        const double apart = 0.5 * shop.body(striker.bodies.front()).shape->bounds.size().x +
                             shop.radius_of(struck.bodies.front()) + 0.03;
        const Vec3 way = shop.surface().direction();
        struck.placed = true;
        shop.stand(struck.bodies.front(), top->centre + way * std::min(apart, 0.8 * top->radius_m));
        return;
    }
    place_still(shop, struck);
}

}  // namespace

void stage_strike(Workshop& shop, const script::Action& action) {
    Player* striker = shop.player(action.subject);
    Player* struck = shop.player(!action.object.empty() ? action.object : action.target);
    if (striker != nullptr && !striker->figures.empty()) {
        stage_person(shop, action);
        return;
    }
    if (striker == nullptr && !action.instrument.empty()) striker = shop.player(action.instrument);
    if (striker == nullptr || striker->bodies.empty()) {
        if (struck != nullptr)
            stage_topple(shop, {.verb = "topple", .subject = struck->member->id});
        return;
    }
    if (action.verb == "crash" && struck == nullptr && !striker->placed &&
        (action.target == "floor" || action.target == "ground" || action.path == "down")) {
        script::Action fall = action;
        fall.verb = "fall";
        if (!fall.height_m) fall.height_m = std::max(2.2, 2.2 * shop.height_of(striker->bodies[0]));
        stage_drop(shop, fall);
        return;
    }
    if (action.target == "pocket" && struck != nullptr && !struck->bodies.empty() &&
        struck != striker && !striker->placed && !struck->placed) {
        stage_pot(shop, *striker, *struck, action);
        return;
    }
    const bool hangs = striker->member->kind == "wrecking_ball" ||
                       striker->member->kind == "pendulum" ||
                       striker->member->kind == "punching_bag";
    if (hangs) {
        script::Action swing = action;
        swing.verb = "swing";
        swing.target = !action.object.empty() ? action.object : action.target;
        if (!striker->placed) stage_swing(shop, swing);
        if (struck != nullptr) want_knocked_over(shop, *struck, action);
        return;
    }
    if (action.path == "off" && struck != nullptr && !struck->bodies.empty() && !struck->placed) {
        if (const auto edge = edge_named(shop, action.target)) {
            knock_off(shop, *striker, *struck, *edge, action);
            return;
        }
    }
    if (striker->placed) {
        // Already on its way by another action: only the outcome is new.
        if (struck != nullptr) {
            if (!struck->placed) place_in_the_way(shop, *striker, *struck);
            for (const BodyIndex b : struck->bodies) shop.watch(b, 0.8);
            want_knocked_over(shop, *struck, action);
        }
        return;
    }
    striker->placed = true;
    if (struck != nullptr && !struck->placed) place_still(shop, *struck);
    const Vec3 direction = shop.surface().direction();
    Vec3 goal = shop.surface().centre;
    double reach = 0.2;
    if (struck != nullptr && !struck->bodies.empty()) {
        base::Bounds all;
        for (const BodyIndex b : struck->bodies) {
            const world::Body& each = shop.body(b);
            all.add(each.pose.apply(each.shape->bounds.low));
            all.add(each.pose.apply(each.shape->bounds.high));
            shop.watch(b, 0.8);
            if (action.outcome.kind == "breaks") shop.make_breakable(b);
        }
        goal = all.centre();
        reach = 0.5 * all.size().x;
        want_knocked_over(shop, *struck, action);
    }
    const script::Noun* noun = script::noun_of_kind(striker->member->kind);
    const bool vehicle = noun != nullptr && noun->category == "vehicle";
    int slot = 0;
    for (const BodyIndex body : striker->bodies) {
        const double r = shop.radius_of(body);
        const double speed =
            action.speed_mps.value_or(vehicle ? std::clamp(3 * r, 1.0, 11.0)
                                              : std::clamp(9 * std::sqrt(r), 1.2, 5.0)) *
            (action.verb == "push" ? 0.5 : 1.0);
        const double run_up = reach + r + std::min(0.9 * speed, vehicle ? 12.0 : 2.2);
        Vec3 foot = goal - direction * run_up;
        foot.z = shop.surface().centre.z;
        foot = foot + Vec3{0,
                           (slot % 2 == 0 ? 1 : -1) * ((slot + 1) / 2) * 2.4 * r +
                               shop.unknown("aside", 0, 0.3 * r),
                           0};
        ++slot;
        shop.stand(body, foot, shop.surface().yaw);
        if (shop.is_round(body)) {
            shop.roll(body, direction * speed);
        } else {
            if (vehicle) shop.body(body).friction = 0.02;
            shop.send(body, direction * speed);
        }
        shop.occupy(foot, r);
        shop.watch(body);
        shop.ends_at(shop.start_s() + run_up / speed + 1.8);
    }
}

}  // namespace studio
