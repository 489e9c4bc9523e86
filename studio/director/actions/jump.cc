// Jump: a crouch, then a true ballistic flight of a free body; people have clips for it.
#include <algorithm>

#include "studio/director/actions/action.h"
#include "studio/director/staging/cast.h"

namespace studio {

using base::Vec3;
using world::BodyIndex;

void stage_jump(Workshop& shop, const script::Action& action) {
    Player* player = shop.player(action.subject);
    if (player == nullptr) return;
    if (!player->figures.empty()) {
        stage_person(shop, action);
        return;
    }
    if (player->bodies.empty()) return;
    player->placed = true;
    const double g = std::max(0.3, -shop.scene().gravity_mps2.z);
    const std::string& name = !action.target.empty() ? action.target : action.object;
    Player* target = shop.player(name);
    if (target != nullptr && !target->placed) place_still(shop, *target);
    int slot = 0;
    for (const BodyIndex body : player->bodies) {
        const double size = std::max(shop.height_of(body), 2 * shop.radius_of(body));
        const double take_off = shop.start_s() + 0.6 * shop.shot().time_scale + 0.35 * slot;
        Vec3 direction = shop.surface().direction();
        Vec3 goal = shop.surface().centre + direction * size;
        double distance = 2.2 * size, height = 0.8 * size;
        if (target != nullptr && !target->bodies.empty()) {
            // Into the upper half of it, from the left of the picture.
            base::Bounds all;
            for (const BodyIndex b : target->bodies) {
                const world::Body& each = shop.body(b);
                all.add(each.pose.apply(each.shape->bounds.low));
                all.add(each.pose.apply(each.shape->bounds.high));
                shop.watch(b, 0.8);
            }
            const bool over = action.path == "over";
            goal = all.centre();
            goal.z = action.path == "onto" || action.path == "on"
                         ? all.high.z
                         : shop.surface().centre.z + 0.72 * (all.high.z - shop.surface().centre.z);
            distance = 0.5 * all.size().x + std::max(1.6 * size, 0.45);
            height = std::max(0.35 * size, 0.25);
            if (over) {
                goal = goal + direction * distance;
                goal.z = shop.surface().centre.z;
                height = all.size().z + 0.8 * size;
            }
        } else if (const auto named = shop.surface_named(name)) {
            goal = named->centre;
            distance = std::max(1.6 * size, 0.8);
        }
        double ground = shop.surface().centre.z;
        Vec3 row{0, 1.4 * size * slot, 0};
        if (const auto edge = shop.surface_named("pool_edge");
            edge && name == "water" && shop.scene().water) {
            // From the bank or the jetty, out over the water.
            direction = edge->direction();
            ground = edge->centre.z;
            distance = std::max(1.8 * size, 1.0);
            goal = edge->centre + direction * distance;
            goal.z = shop.scene().water->level_z_m;
            row = Vec3{1.4 * size * slot, 0, 0};
            shop.watch_point(goal, 0.5 * size, 0.7);
        }
        Vec3 foot = goal - direction * distance;
        foot.z = ground;
        foot = foot + row;
        ++slot;
        if (action.speed_mps)
            height = std::max(height, 0.25 * *action.speed_mps * *action.speed_mps / g);
        // Up to the apex `height` above the higher end, then down to the goal.
        const double lift = std::max(0.0, goal.z - foot.z) + height;
        const double up = std::sqrt(2 * lift / g),
                     down = std::sqrt(2 * std::max(0.01, lift - (goal.z - foot.z)) / g);
        shop.stand(body, foot, std::atan2(direction.y, direction.x));
        world::Body& b = shop.body(body);
        b.asleep = false;
        b.release_s = take_off;
        b.release_velocity_mps = ballistic_velocity(foot, goal, up + down, g);
        b.release_spin_radps = Vec3{0, 0, 0};
        shop.watch(body);
        shop.ends_at(take_off + up + down + 1.2);
    }
}

}  // namespace studio
