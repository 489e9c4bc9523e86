// Bowling: a ball down the lane, with or without who throws it.
#include <algorithm>

#include "studio/director/actions/action.h"
#include "studio/director/actions/game_ball.h"

namespace studio {
namespace {

using base::Quat;
using base::Vec3;
using world::BodyIndex;

constexpr double kLoneRun_m = 7;  // of a ball toward the pins

}  // namespace

void stage_bowl(Workshop& shop, const script::Action& action) {
    Player* player = shop.player(action.subject);
    const BodyIndex ball = ball_of(shop, action, "bowling_ball");
    mark_placed(shop, ball);
    Surface start = shop.surface();
    if (const auto lane = shop.surface_named("lane_start")) start = *lane;
    const Vec3 direction = start.direction();
    const Vec3 side{-direction.y, direction.x, 0};
    // Ten pins stand where the set has its deck, if the film brought none.
    Player* pins = nullptr;
    for (Player& other : shop.stage().players) {
        if (!other.bodies.empty() && other.member->kind == "bowling_pin") pins = &other;
    }
    if (pins != nullptr && !pins->placed) {
        Surface deck = start;
        if (const auto named = shop.surface_named("pins")) deck = *named;
        else deck.centre = start.centre + direction * 5.0;
        deck.yaw = start.yaw;
        arrange(shop, *pins, deck);
    }
    if (pins != nullptr) {
        for (const BodyIndex p : pins->bodies) shop.watch(p, 0.7);
    }
    const double speed = action.speed_mps.value_or(7.0);
    const double aside = shop.unknown("aside", 0.03, 0.05);
    if (player != nullptr && !player->figures.empty()) {
        player->placed = true;
        const int figure = player->figures.front();
        const world::ClipTiming timing = world::clip_timing("bowl");
        const double begin = shop.start_s() + 0.2;
        shop.figure(figure).place = {start.centre - direction * 1.2,
                                     Quat::from_axis_angle({0, 0, 1}, start.yaw)};
        shop.figure(figure).tasks = {{"bowl",
                                      begin,
                                      begin + timing.length_s,
                                      {},
                                      start.centre + direction * 10,
                                      {},
                                      begin + timing.event_s}};
        world::Body& b = shop.body(ball);
        shop.hold(ball, figure, "hand_r");
        b.release_s = begin + timing.event_s;
        b.release_velocity_mps = direction * speed + side * (aside * speed);
        shop.watch_figure(figure, 0.8);
        shop.ends_at(begin + timing.event_s + 3.5);
    } else {
        // Nobody to be seen bowling: not more of the lane than the ball needs to be looked at.
        Vec3 foot = start.centre;
        if (const auto deck = shop.surface_named("pins")) {
            const double way = base::dot(deck->centre - foot, direction);
            foot += direction * std::max(0.0, way - kLoneRun_m);
        }
        shop.stand(ball, foot);
        shop.roll(ball, direction * speed + side * (0.3 * aside * speed));
        shop.ends_at(shop.start_s() + 4);
    }
    shop.watch(ball);
}

}  // namespace studio
