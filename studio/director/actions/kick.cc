// Football: a kick at a goal, through a window, at whatever stands there.
#include <algorithm>
#include <cmath>

#include "studio/director/actions/action.h"
#include "studio/director/actions/game_ball.h"

namespace studio {
namespace {

using base::Quat;
using base::Vec3;
using world::BodyIndex;

// What the ball is kicked at: a thing of the cast, which is put there if it has no place yet; a
// place of the set; its goal; or just ahead. `target` may be null.
Vec3 aim_of_kick(Workshop& shop, const script::Action& action, Player* target) {
    Vec3 goal = shop.surface().centre + Vec3{8, 0, 0.8};
    if (const world::Anchor* anchor = shop.stage().set.anchor("goal"))
        goal = anchor->pose.translation + Vec3{0, 0, 0.9};
    if (target != nullptr && !target->bodies.empty() && !target->placed) {
        // Upright a few steps ahead, its broad side to the kicker.
        target->placed = true;
        const BodyIndex aim = target->bodies.front();
        const Vec3 size = shop.body(aim).shape->bounds.size();
        shop.stand(aim, shop.surface().centre + Vec3{3.2, 0, 0},
                   size.x > 1.5 * size.y ? base::kPi / 2 : 0);
        if (action.path == "through" || action.outcome.kind == "breaks") {
            // A pane gives way to the ball that is meant to go through it.
            shop.make_breakable(aim);
            shop.body(aim).break_impulse_Ns = 0.8;
        }
        shop.watch(aim, 0.8);
    }
    if (target != nullptr && !target->bodies.empty()) {
        const world::Body& aim = shop.body(target->bodies.front());
        goal = aim.pose.apply(aim.shape->bounds.centre());
    } else if (const auto named = shop.surface_named(action.target)) {
        goal = named->centre + Vec3{0, 0, 0.5};
    }
    return goal;
}

}  // namespace

void stage_kick(Workshop& shop, const script::Action& action) {
    Player* player = shop.player(action.subject);
    if (player == nullptr || player->figures.empty()) {
        stage_strike(shop, action);
        return;
    }
    player->placed = true;
    const int figure = player->figures.front();
    const BodyIndex ball = ball_of(shop, action, "football");
    mark_placed(shop, ball);
    Player* target = shop.player(action.target);
    const Vec3 goal = aim_of_kick(shop, action, target);
    const double r = shop.radius_of(ball);
    const Vec3 spot = shop.surface().centre;
    const double yaw = std::atan2(goal.y - spot.y, goal.x - spot.x);
    const Vec3 ahead{std::cos(yaw), std::sin(yaw), 0};
    const Vec3 left{-ahead.y, ahead.x, 0};
    const world::ClipTiming timing = world::clip_timing("kick");
    const double start = shop.start_s() + 0.4;
    world::FigureTask task{"kick",
                           start,
                           start + timing.length_s,
                           {},
                           spot + Vec3{0, 0, r},
                           {},
                           start + timing.event_s};
    shop.figure(figure).place = {spot - ahead * 0.62 + left * 0.14,
                                 Quat::from_axis_angle({0, 0, 1}, yaw)};
    shop.figure(figure).tasks = {{"stand", 0, start, {}, spot, {}, 0}, task};
    shop.stand(ball, spot);
    const double g = std::max(0.3, -shop.scene().gravity_mps2.z);
    const double distance = base::length(goal - spot);
    const double speed = action.speed_mps.value_or(std::clamp(1.7 * distance, 6.0, 20.0));
    world::Body& b = shop.body(ball);
    b.asleep = false;
    b.release_s = task.event_s;
    b.held_by_figure = figure;  // no joint: only its leg does not meet the ball a second time
    // The frame of a goal is hit at the side that the camera sees past the kicker.
    const bool at_frame = action.outcome.kind == "hits" && action.outcome.target == "goal";
    const double aside = at_frame ? 3.72 : 0;
    const bool small = target != nullptr && !target->bodies.empty();
    b.release_velocity_mps = ballistic_velocity(spot,
                                                goal + left * shop.unknown("aside", aside,
                                                                           small      ? 0.1
                                                                           : at_frame ? 0.15
                                                                                      : 0.5),
                                                distance / speed, g);
    b.release_spin_radps = left * -6.0;
    const std::string name = b.name;
    if (!small && base::length(goal - spot) > 6) {
        // Over the shoulder: the whole way of the ball and what it goes for.
        shop.stage().view_direction =
            base::normalize(ahead * 1.0 + left * 0.42 + Vec3{0, 0, -0.12});
    }
    shop.watch_figure(figure);
    shop.watch(ball, 0.95);
    shop.watch_point(goal, 0.8, 0.5);
    shop.ends_at(task.event_s + distance / speed + 1.2);
}

}  // namespace studio
