// The break of a game of billiards; pot.cc plays the balls that are left.
#include <algorithm>

#include "studio/director/actions/action.h"

namespace studio {
namespace {

using base::Vec3;
using world::BodyIndex;

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
