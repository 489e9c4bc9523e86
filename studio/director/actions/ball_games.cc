// Shoot, rebound, kick, bowl, break: games whose outcome is searched for by simulating.
#include <algorithm>

#include "studio/director/actions/action.h"
#include "studio/director/staging/cast.h"

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

constexpr double kLoneRun_m = 7;  // of a ball toward the pins

BodyIndex ball_of(Workshop& shop, const script::Action& action, const std::string& kind) {
    for (const std::string* id : {&action.object, &action.subject, &action.instrument}) {
        const BodyIndex b = shop.first_body(*id);
        if (b != world::kNoBody && shop.is_round(b)) return b;
    }
    for (Player& player : shop.stage().players) {
        if (!player.bodies.empty() && player.member->kind == kind) {
            player.placed = true;
            return player.bodies.front();
        }
    }
    return shop.add_prop("ball", kind, "", {});
}

void mark_placed(Workshop& shop, BodyIndex body) {
    for (Player& player : shop.stage().players) {
        if (std::find(player.bodies.begin(), player.bodies.end(), body) != player.bodies.end())
            player.placed = true;
    }
}

// A break is worth seeing when most of the rack leaves its place and stays on the table.
void want_scattered(Workshop& shop, const Player& balls, double table_z) {
    std::vector<Vec3> places;
    for (const BodyIndex ball : balls.bodies) places.push_back(shop.body(ball).pose.translation);
    const std::vector<BodyIndex> bodies = balls.bodies;
    shop.want({"", [=](const auto&, const auto&, const world::Snapshot& end) {
                   const double wanted = 0.65 * static_cast<double>(bodies.size());
                   double moved = 0, lost = 0;
                   for (size_t i = 0; i < bodies.size(); ++i) {
                       const Vec3 now = end.bodies[bodies[i]].pose.translation;
                       moved += base::length(now - places[i]) > 0.1;
                       lost += now.z < table_z - 0.3;
                   }
                   return std::max(0.0, wanted - moved) + 3 * lost;
               }});
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
    Vec3 goal = shop.surface().centre + Vec3{8, 0, 0.8};
    if (const world::Anchor* anchor = shop.stage().set.anchor("goal"))
        goal = anchor->pose.translation + Vec3{0, 0, 0.9};
    Player* target = shop.player(action.target);
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

// The cue ball alone is enough: it comes at break speed (8-9 m/s is a strong amateur's).
void stage_break_shot(Workshop& shop, const script::Action& action) {
    Player* balls = nullptr;
    Player* cue_ball = nullptr;
    for (Player& player : shop.stage().players) {
        if (player.bodies.empty() || player.member->kind != "billiard_ball") continue;
        if (player.bodies.size() > 3) balls = &player;
        else cue_ball = &player;
    }
    Surface table = shop.surface();
    if (const auto named = shop.surface_named("billiard_centre")) table = *named;
    const Vec3 direction = table.direction();
    if (balls == nullptr) {
        balls = shop.player(action.object);
        if (balls == nullptr || balls->bodies.empty()) balls = shop.player(action.subject);
    }
    if (balls != nullptr && !balls->placed && !balls->bodies.empty()) {
        Surface foot = table;
        foot.centre =
            table.centre + direction * 0.635;  // foot spot: a quarter of a 9-ft table's length
        script::CastMember racked = *balls->member;
        arrange(shop, *balls, foot);
    }
    BodyIndex white = world::kNoBody;
    if (cue_ball != nullptr && cue_ball != balls) {
        white = cue_ball->bodies.front();
        cue_ball->placed = true;
    } else {
        white = shop.add_prop("cue_ball", "billiard_ball", "", {});
        shop.body(white).colour = base::Vec3f{0.86f, 0.84f, 0.76f};
    }
    // From the side of the kitchen, as most play it: a blow along the axis runs down both edges of
    // the triangle and leaves its middle standing.
    const Vec3 sideways{-direction.y, direction.x, 0};
    const double from_side = std::clamp(shop.unknown("from side", 0.18, 0.16), -0.5, 0.5);
    const Vec3 head = table.centre + direction * 0.635;
    const Vec3 spot = table.centre - direction * 0.635 + sideways * from_side;
    shop.stand(white, spot);
    const Vec3 aim = base::normalize(Vec3{head.x - spot.x, head.y - spot.y, 0});
    const double speed = action.speed_mps.value_or(shop.unknown("speed", 8.5, 1.5));
    world::Body& b = shop.body(white);
    b.asleep = false;
    b.release_s = shop.start_s() + 0.6;
    const double aside = shop.unknown("aside", 0.006, 0.012);
    b.release_velocity_mps = (aim + Vec3{-aim.y, aim.x, 0} * aside) * speed;
    b.release_spin_radps = Vec3{};
    shop.watch(white);
    if (balls != nullptr) {
        for (const BodyIndex ball : balls->bodies) shop.watch(ball, 0.6);
        want_scattered(shop, *balls, table.centre.z);
    }
    for (const double end : {-0.72, 0.72})
        shop.watch_point(table.centre + direction * end, 0.6, 0.8);
    shop.stage().top_view = false;
    shop.ends_at(shop.start_s() + 4);
}

}  // namespace studio
