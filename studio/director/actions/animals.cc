// Animals on the move: driven along a path with the bounce of their gait. Not free bodies: the
// scene says Motion::Driven, and the record lists what they push.
#include <algorithm>

#include "studio/director/actions/action.h"
#include "studio/director/staging/cast.h"

namespace studio {

using base::Quat;
using base::Transform;
using base::Vec3;
using world::BodyIndex;

void stage_animal_move(Workshop& shop, const script::Action& action) {
    Player* player = shop.player(action.subject);
    if (player == nullptr || player->bodies.empty()) return;
    if (player->placed) {
        for (const BodyIndex b : player->bodies) shop.watch(b);
        return;
    }
    player->placed = true;
    const bool runs = action.verb == "run" || action.verb == "race";
    const bool swims = action.verb == "swim";
    const bool in_place = action.verb == "dance" || action.verb == "look" ||
                          action.verb == "speak" || action.verb == "wave" || action.verb == "sit" ||
                          action.verb == "lie" || action.verb == "stand";
    int slot = 0;
    for (const BodyIndex body : player->bodies) {
        const double size = base::length(shop.body(body).shape->bounds.size());
        const double r = shop.radius_of(body);
        const double speed =
            in_place ? 0
                     : action.speed_mps.value_or((runs ? 2.6 : 1.0) * std::clamp(size, 0.1, 3.0));
        const double stride_hz = std::clamp((runs ? 2.6 : 1.9) / std::sqrt(size), 0.8, 6.0);
        Vec3 centre = shop.surface().centre;
        if (swims) {
            if (const auto water = shop.surface_named("water"))
                centre = water->centre - Vec3{0, 0, 0.35 * shop.height_of(body)};
        }
        Vec3 direction{1, 0, 0};
        double distance = speed * shop.shot_world_s();
        if (Player* target = shop.player(action.target);
            target != nullptr && !target->bodies.empty()) {
            if (!target->placed) place_still(shop, *target);
            centre = shop.body(target->bodies.front()).pose.translation;
            shop.watch(target->bodies.front(), 0.7);
        }
        const Vec3 from = centre - direction * (0.5 * distance) + Vec3{0, 1.3 * r * slot * 2, 0};
        if (in_place) {
            const Vec3 spot = shop.take_place(shop.surface(), r);
            shop.stand(body, spot, -0.5);
            if (action.verb != "dance") {
                shop.watch(body);
                continue;
            }
        }
        const Vec3 spot = in_place ? shop.body(body).pose.translation : from;
        const double hop = (swims ? 0.03 : runs ? 0.10 : 0.035) * size;
        const double low = shop.body(body).shape->bounds.low.z;
        const double phase = 0.37 * slot;
        shop.body(body).motion = world::Motion::Driven;
        shop.stage().paths.push_back(
            {body, [=](double t) {
                 const double cycle = stride_hz * t + phase;
                 const double beat = std::abs(std::sin(base::kPi * cycle));
                 const double pitch = (runs ? 0.13 : 0.04) * std::cos(2 * base::kPi * cycle);
                 const double yaw = in_place ? -0.5 + 0.5 * std::sin(base::kPi * cycle)
                                             : (swims ? 0.08 * std::sin(2 * base::kPi * cycle) : 0);
                 const Vec3 place =
                     spot + direction * (speed * t) + Vec3{0, 0, hop * beat - (in_place ? 0 : low)};
                 return Transform{place, Quat::from_axis_angle({0, 0, 1}, yaw) *
                                             Quat::from_axis_angle({0, 1, 0}, pitch)};
             }});
        shop.watch(body);
        ++slot;
    }
    shop.ends_at(shop.start_s() + std::min(3.0, shop.shot_world_s()));
}

}  // namespace studio
