// Spin and turn about the upright.
#include <algorithm>

#include "studio/director/actions/action.h"
#include "studio/director/staging/cast.h"

namespace studio {

using base::Quat;
using base::Transform;
using base::Vec3;
using world::BodyIndex;

void stage_spin(Workshop& shop, const script::Action& action) {
    Player* player = things_or_person(shop, action);
    if (player == nullptr) return;
    player->placed = true;
    for (const BodyIndex body : player->bodies) {
        const double r = std::max(0.01, shop.radius_of(body));
        const Vec3 foot = shop.take_place(shop.surface(), 1.5 * r);
        shop.stand(body, foot);
        world::Body& b = shop.body(body);
        const double rate =
            action.speed_mps ? *action.speed_mps / r : std::clamp(2.5 / r, 6.0, 60.0);
        if (b.kind == "coin" || b.kind == "ring_jewel" || b.kind == "ring" || b.kind == "medal") {
            // On its edge: upright, the axis lying.
            b.pose.rotation = Quat::from_axis_angle({1, 0, 0}, base::kPi / 2);
            b.pose.translation = foot + Vec3{0, 0, r} -
                                 b.pose.rotation.rotate({0, 0, 0.5 * b.shape->bounds.size().z});
        }
        shop.send(body, {}, {0.02 * rate, 0, rate});
        shop.watch(body);
    }
    shop.ends_at(shop.start_s() + 3);
}

// A turntable: driven evenly, whatever stands on it rides by friction.
void stage_turn(Workshop& shop, const script::Action& action) {
    Player* player = shop.player(action.subject);
    if (player == nullptr || player->bodies.empty()) {
        stage_person(shop, action);
        return;
    }
    player->placed = true;
    const BodyIndex body = player->bodies.front();
    const double r = shop.radius_of(body);
    const Vec3 foot = shop.take_place(shop.surface(), r * 1.2);
    const Vec3 top = foot + Vec3{0, 0, 0.04};
    const BodyIndex table =
        shop.add_prop("turntable", "disc", "steel", {foot, {}}, std::max(0.1, 2.6 * r));
    const double scale_top = shop.height_of(table);
    shop.body(table).motion = world::Motion::Driven;
    const double rate = 0.8;
    const double start = shop.start_s() + 0.3;
    shop.stage().paths.push_back(
        {table, [=](double t) {
             const double since = std::max(0.0, t - start);
             const double angle = rate * (since - (1 - std::exp(-since)));
             return Transform{foot, Quat::from_axis_angle({0, 0, 1}, angle)};
         }});
    shop.stand(body, {top.x, top.y, foot.z + scale_top}, -0.4);
    shop.body(body).asleep = false;
    shop.watch(body);
    shop.ends_at(shop.start_s() + 3);
}

}  // namespace studio
