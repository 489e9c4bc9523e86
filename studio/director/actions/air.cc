// Flutter, blow, attract: wind and magnets.
#include <algorithm>

#include "studio/director/actions/action.h"
#include "studio/director/staging/cast.h"

namespace studio {

using base::Quat;
using base::Vec3;
using world::BodyIndex;

void stage_flutter(Workshop& shop, const script::Action& action) {
    Player* player = shop.player(action.subject);
    if (player == nullptr || player->cloths.empty()) {
        stage_blow(shop, action);
        return;
    }
    player->placed = true;
    if (base::length(shop.scene().wind_mps) < 1) shop.scene().wind_mps = {6, 1.5, 0};
    for (const int index : player->cloths) {
        world::Cloth& cloth = shop.scene().cloths[index];
        const Vec3 foot = shop.take_place(shop.surface(), 0.4 * cloth.width_m);
        const double pole_height = 1.6 * cloth.height_m + 0.8;
        const BodyIndex pole =
            shop.add_prop(cloth.name + ".pole", "rod", "steel", {foot, {}}, pole_height);
        world::Body& p = shop.body(pole);
        p.motion = world::Motion::Static;
        const Vec3 size = p.shape->bounds.size();
        if (size.z < 0.9 * pole_height) {  // a rod usually lies: stand it up
            const bool along_x = size.x > size.y;
            p.pose.rotation = along_x ? Quat::from_axis_angle({0, 1, 0}, -base::kPi / 2)
                                      : Quat::from_axis_angle({1, 0, 0}, base::kPi / 2);
            p.pose.translation = foot + Vec3{0, 0, 0.5 * pole_height} -
                                 p.pose.rotation.rotate(p.shape->bounds.centre());
        }
        // Sheet in the x-z plane: local y is up; its left edge is tied to the pole.
        cloth.pose.rotation = Quat::from_axis_angle({1, 0, 0}, base::kPi / 2);
        cloth.pose.translation = foot + Vec3{0.02, 0, pole_height - cloth.height_m - 0.05};
        for (int line = 0; line < cloth.rows; line += std::max(1, cloth.rows / 6))
            cloth.pinned.emplace_back(0, line);
        cloth.pinned.emplace_back(0, cloth.rows - 1);
        shop.watch_point(
            cloth.pose.translation + Vec3{0.4 * cloth.width_m, 0, 0.5 * cloth.height_m},
            0.7 * cloth.width_m, 1);
    }
    shop.ends_at(shop.shot_world_s());
}

void stage_blow(Workshop& shop, const script::Action& action) {
    shop.scene().wind_mps = {std::max(shop.scene().wind_mps.x, 7.0), 1, 0};
    for (const std::string* id : {&action.object, &action.subject}) {
        Player* player = shop.player(*id);
        if (player == nullptr) continue;
        if (!player->cloths.empty()) {
            stage_flutter(shop, {.verb = "flutter", .subject = player->member->id});
            return;
        }
        if (!player->placed) place_still(shop, *player);
        for (const BodyIndex body : player->bodies) {
            shop.body(body).asleep = false;
            shop.watch(body);
        }
    }
    shop.ends_at(shop.start_s() + 3);
}

// Dipoles face each other along the line between them; force by the dipole law in world/step.
void stage_attract(Workshop& shop, const script::Action& action) {
    Player* magnet = shop.player(action.subject);
    Player* iron = shop.player(!action.object.empty() ? action.object : action.target);
    if (magnet == nullptr || magnet->bodies.empty()) return;
    if (!magnet->placed) place_still(shop, *magnet);
    if (iron != nullptr && !iron->placed) place_still(shop, *iron);
    const auto lay = [&](BodyIndex index, double moment) {
        world::Body& b = shop.body(index);
        const double low = b.pose.translation.z + b.shape->bounds.low.z;
        b.pose.rotation = Quat::from_axis_angle({0, 1, 0}, base::kPi / 2);
        const double half = 0.5 * b.shape->bounds.size().x;
        b.pose.translation.z = low + half;
        b.magnetic_moment_Am2 = moment;
        b.asleep = false;
        shop.watch(index);
    };
    for (const BodyIndex b : magnet->bodies) lay(b, 60);
    if (iron != nullptr) {
        for (const BodyIndex b : iron->bodies) lay(b, 40);
    }
    shop.ends_at(shop.start_s() + 2.5);
}

}  // namespace studio
