// Basketball: a shot whose outcome is searched for by simulating, and what comes back off the
// board.
#include <algorithm>
#include <cmath>

#include "studio/director/actions/action.h"
#include "studio/director/actions/game_ball.h"

namespace studio {
namespace {

using base::Quat;
using base::Vec3;
using world::BodyIndex;
using world::Event;
using world::EventKind;

bool touches(const Event& e, const std::string& body, std::string_view part) {
    return e.kind == EventKind::Contact && ((e.a == body && e.b.find(part) != std::string::npos) ||
                                            (e.b == body && e.a.find(part) != std::string::npos));
}

}  // namespace

// A jump shot. The arc is the one of 52 degrees through the rim's centre; the search varies aim and
// strength until the wanted outcome (a miss off board and rim, a score) happens in the simulation.
void stage_shoot(Workshop& shop, const script::Action& action) {
    Player* player = shop.player(action.subject);
    const world::Anchor* hoop = shop.stage().set.anchor("hoop");
    if (player == nullptr || player->figures.empty() || hoop == nullptr) {
        stage_throw(shop, action);
        return;
    }
    player->placed = true;
    const int figure = player->figures.front();
    const BodyIndex ball = ball_of(shop, action, "basketball");
    mark_placed(shop, ball);
    const Vec3 rim = hoop->pose.translation;
    const world::Anchor* line = shop.stage().set.anchor("free_throw");
    Vec3 place = line != nullptr ? line->pose.translation : rim + Vec3{-4.2, 0, -rim.z};
    place.z = shop.surface().centre.z;
    if (action.distance_m) {
        const Vec3 away = base::normalize(Vec3{place.x - rim.x, place.y - rim.y, 0});
        place = Vec3{rim.x, rim.y, place.z} + away * *action.distance_m;
    }
    const double yaw = std::atan2(rim.y - place.y, rim.x - place.x);
    shop.figure(figure).place = {place, Quat::from_axis_angle({0, 0, 1}, yaw)};
    const world::ClipTiming timing = world::clip_timing("shoot");
    const double start = shop.start_s() + 0.15;
    world::FigureTask task{"shoot", start, start + timing.length_s, {},
                           rim,     {},    start + timing.event_s};
    shop.figure(figure).tasks = {{"stand", 0, start, {}, rim, {}, 0}, task};

    world::Body& b = shop.body(ball);
    shop.hold(ball, figure, "hands");
    b.release_s = task.event_s;
    b.magnus_coefficient = 1;
    const double radius = shop.radius_of(ball);
    const Vec3 hand = world::joint_at(shop.figure(figure), "hands", task.event_s).translation;
    const double g = std::max(0.3, -shop.scene().gravity_mps2.z);
    const double angle = 52 * base::kPi / 180;
    const double speed = ballistic_speed(hand, rim, angle, g);
    const bool misses = action.outcome.kind == "misses";
    const double strength = shop.unknown("strength", misses ? 1.03 : 1.012, misses ? 0.025 : 0.012);
    const double aside = shop.unknown("aside", 0, misses ? 0.035 : 0.006);
    const double bearing = yaw + aside;
    const double v = (speed > 0 ? speed : 8.0) * strength;
    b.release_velocity_mps = Vec3{std::cos(bearing) * std::cos(angle),
                                  std::sin(bearing) * std::cos(angle), std::sin(angle)} *
                             v;
    b.release_spin_radps =
        Vec3{std::sin(yaw), -std::cos(yaw), 0} * 12.0;  // backspin, two turns a second
    (void)radius;

    const std::string name = b.name;
    bool wants_board = false;
    for (const script::Action& other : shop.shot().actions)
        wants_board = wants_board || other.verb == "rebound";
    shop.want(
        {misses ? name + " misses" : name + " scores",
         [name, misses, wants_board](const std::vector<Event>& events, const auto&, const auto&) {
             bool board = false, rim_hit = false, score = false;
             for (const Event& e : events) {
                 board = board || touches(e, name, "board");
                 rim_hit = rim_hit || touches(e, name, "rim");
                 score = score || (e.kind == EventKind::Score && e.a == name);
             }
             if (!misses) return score ? 0.0 : rim_hit || board ? 1.0 : 2.0;
             // A film of a miss wants the near miss: rim or board is touched.
             double lacks = score ? 2.0 : 0.0;
             if (wants_board && !board) lacks += 1.0;
             if (!rim_hit) lacks += wants_board ? 0.4 : (board ? 0.2 : 1.0);
             return lacks;
         }});
    // From the side and a little from ahead: face, flight and rim in one picture.
    const Vec3 ahead{std::cos(yaw), std::sin(yaw), 0};
    shop.stage().view_direction =
        base::normalize(Vec3{-ahead.y, ahead.x, 0} * 1.0 - ahead * 0.2 + Vec3{0, 0, -0.1});
    shop.watch_figure(figure);
    shop.watch(ball, 0.95);
    shop.watch_point(rim, 0.5, 0.8);
    const double flight = base::length(rim - hand) / std::max(1.0, v * std::cos(angle));
    shop.ends_at(task.event_s + flight + 1.5);
}

// "The ball rebounds off the backboard": an outcome of the action that sent it.
void stage_rebound(Workshop& shop, const script::Action& action) {
    Player* player = shop.player(action.subject);
    if (player == nullptr || player->bodies.empty()) return;
    if (!player->placed) {
        stage_throw(shop, action);
        return;
    }
    for (const BodyIndex b : player->bodies) shop.watch(b);
}

}  // namespace studio
