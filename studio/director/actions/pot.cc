// A ball is played into a pocket: the cue ball and the one it hits stand for a cut that can be
// made.
#include <algorithm>
#include <array>

#include "studio/director/actions/action.h"
#include "studio/director/staging/cast.h"

namespace studio {

using base::Vec3;
using world::BodyIndex;

// Pockets of `set_part` "pocket" lie at the corners of its box; the two nearest the camera's far
// side are seen best.
void stage_pot(Workshop& shop, Player& striker, Player& struck, const script::Action& action) {
    const BodyIndex white = striker.bodies.front(), ball = struck.bodies.front();
    Surface table = shop.surface();
    if (const auto named = shop.surface_named("billiard_centre")) table = *named;
    const Vec3 ahead = table.direction(), aside{-ahead.y, ahead.x, 0};
    // Corner mouths of a nine-foot table: a quarter of its length from the spots where shots are
    // easy, and not so far that the search needs luck.
    Vec3 pocket = table.centre + ahead * 1.27 + aside * 0.635;
    if (const BodyIndex cups = shop.set_body("pocket"); cups != world::kNoBody) {
        const base::Bounds box = box_of(shop.body(cups));
        pocket = {box.high.x - 0.1, box.high.y - 0.1, table.centre.z};
    }
    const double r = shop.radius_of(ball);
    const Vec3 spot = table.centre + ahead * 0.72 + aside * 0.24;
    const Vec3 line = base::normalize(Vec3{pocket.x - spot.x, pocket.y - spot.y, 0});
    // The cue ball meets it where the line to the pocket leaves it, a little from the side.
    const Vec3 touch = spot - line * (2 * r);
    const Vec3 from = base::normalize(line * 0.94 + Vec3{line.y, -line.x, 0} * 0.34);
    const Vec3 start = touch - from * 0.75;
    striker.placed = struck.placed = true;
    shop.stand(ball, spot);
    shop.stand(white, start);
    const double aim = shop.unknown("aim", 0, 0.006);
    const double speed = action.speed_mps.value_or(2.2);
    world::Body& cue_ball = shop.body(white);
    cue_ball.push_s = shop.start_s() + 0.6;
    cue_ball.push_velocity_mps = (from + Vec3{-from.y, from.x, 0} * aim) * speed;
    cue_ball.push_spin_radps = base::cross(Vec3{0, 0, 1}, cue_ball.push_velocity_mps) / r;
    shop.watch(white);
    shop.watch(ball);
    shop.watch_point(pocket, 0.12, 0.8);
    const std::string name = shop.body(ball).name;
    const double bed = table.centre.z;
    shop.want({name + " goes in",
               [ball, bed, pocket](const auto&, const auto&, const world::Snapshot& end) {
                   const Vec3 now = end.bodies[ball].pose.translation;
                   if (now.z < bed - 0.02) return 0.0;
                   return 0.1 + std::hypot(now.x - pocket.x, now.y - pocket.y);
               }});
    shop.ends_at(shop.start_s() + 3);
}

}  // namespace studio
