// Swing, hang, ring: what hangs on ropes and pivots.
#include <algorithm>

#include "studio/director/actions/action.h"
#include "studio/director/staging/assemblies.h"
#include "studio/director/staging/cast.h"

namespace studio {
namespace {

using base::Quat;
using base::Vec3;
using world::BodyIndex;

// Hangs a body by a rope from `pivot`, pulled back by `angle` against `direction`.
void hang_on_rope(Workshop& shop, BodyIndex body, Vec3 pivot, double length, double angle,
                  Vec3 direction, std::optional<double> release_s) {
    world::Body& b = shop.body(body);
    const double top = b.shape->bounds.high.z;
    const Vec3 down = Vec3{0, 0, -std::cos(angle)} - direction * std::sin(angle);
    const Vec3 axis = base::cross(direction, Vec3{0, 0, 1});
    b.pose.rotation = Quat::from_axis_angle(axis, -angle);
    const Vec3 knot = pivot + down * length;
    b.pose.translation = knot - b.pose.rotation.rotate({0, 0, top});
    b.asleep = angle == 0;
    b.release_s = release_s;
    world::Joint rope;
    rope.kind = world::JointKind::Rope;
    rope.a = body;
    rope.point = knot;
    rope.point_b = pivot;
    rope.length_m = length;
    rope.rope_radius_m = std::clamp(0.03 * shop.radius_of(body), 0.002, 0.025);
    rope.rope_material = b.material == "steel" || b.material == "iron" ? "steel" : "rope";
    shop.scene().joints.push_back(rope);
}

}  // namespace

void stage_swing(Workshop& shop, const script::Action& action) {
    Player* player = shop.player(action.subject);
    if (player == nullptr) return;
    if (!player->figures.empty()) {
        stage_person(shop, action);
        return;
    }
    if (player->bodies.empty()) return;
    if (is_assembly(player->member->kind)) {
        for (const BodyIndex body : assemble(shop, *player)) shop.watch(body);
        shop.ends_at(shop.start_s() + 4);
        return;
    }
    player->placed = true;
    const Vec3 direction = shop.surface().direction();
    for (const BodyIndex body : player->bodies) {
        const double size = shop.height_of(body);
        const double r = shop.radius_of(body);
        Vec3 lowest = shop.surface().centre + Vec3{0, 0, 0.6 * size + 0.25};
        double angle = (action.angle_deg.value_or(28)) * base::kPi / 180;
        double length = std::clamp(4 * size, 0.4, 6.5);
        const std::string& name = !action.target.empty() ? action.target : action.object;
        if (Player* target = shop.player(name); target != nullptr && !target->bodies.empty()) {
            if (!target->placed) place_still(shop, *target);
            base::Bounds all;
            for (const BodyIndex b : target->bodies) {
                const world::Body& each = shop.body(b);
                all.add(each.pose.apply(each.shape->bounds.low));
                all.add(each.pose.apply(each.shape->bounds.high));
                shop.watch(b, 0.6);
            }
            // Meets the target's near face at two thirds of its height, at the bottom of the arc.
            lowest =
                all.centre() - direction * (0.5 * std::abs(base::dot(all.size(), direction)) + r);
            lowest.z = std::max(shop.surface().centre.z + 0.05,
                                all.low.z + 0.62 * all.size().z - 0.5 * size);
            angle = action.angle_deg.value_or(50) * base::kPi / 180;
            length = std::max(length, 2.2 * all.size().z);
        }
        const Vec3 pivot = lowest + Vec3{0, 0, size + length};
        const double release = shop.start_s() + 0.4;
        hang_on_rope(shop, body, pivot, length, angle, direction, release);
        shop.watch(body);
        const double g = std::max(0.3, -shop.scene().gravity_mps2.z);
        const double period = 2 * base::kPi * std::sqrt((length + 0.5 * size) / g);
        shop.ends_at(release +
                     (action.target.empty() && action.object.empty() ? period : 0.25 * period) +
                     2.0);
    }
}

void stage_hang(Workshop& shop, const script::Action& action) {
    Player* player = shop.player(action.subject);
    if (player == nullptr || player->bodies.empty() || is_assembly(player->member->kind)) {
        stage_still(shop, action);
        return;
    }
    player->placed = true;
    for (const BodyIndex body : player->bodies) {
        const double size = shop.height_of(body);
        const Vec3 place = shop.take_place(shop.surface(), shop.radius_of(body) * 1.2);
        const double length = std::max(0.5, 2.5 * size);
        const Vec3 pivot = place + Vec3{0, 0, 0.8 + size + length};
        hang_on_rope(shop, body, pivot, length, 0.06, shop.surface().direction(), {});
        shop.body(body).asleep = false;
        shop.watch(body);
    }
}

// A bell rings when something strikes it; alone it is pulled and let go, and its clapper strikes.
void stage_ring(Workshop& shop, const script::Action& action) {
    Player* bell = shop.player(action.subject);
    Player* object = shop.player(action.object);
    if (object != nullptr && !object->bodies.empty() && bell != object) {
        // "... rings a bell": the bell hangs where the ringer arrives.
        if (!object->placed) {
            const BodyIndex b = object->bodies.front();
            object->placed = true;
            Vec3 foot = shop.surface().centre + shop.surface().direction() * 0.6;
            if (bell != nullptr && !bell->bodies.empty()) {
                const world::Body& ringer = shop.body(bell->bodies.front());
                foot = ringer.pose.translation + base::normalize(ringer.velocity_mps) * 1.6;
                foot.z = shop.surface().centre.z;
            }
            for (Player& other : shop.stage().players) {  // at the lower end of a track
                if (other.bodies.empty() || !shop.anchor_of(other.bodies.front(), "top")) continue;
                if (const auto end = shop.anchor_of(other.bodies.front(), "bottom")) {
                    foot = end->apply({shop.radius_of(b) + 0.02, 0, -0.015});
                }
            }
            const double size = shop.height_of(b);
            const double clearance = 0.004;
            hang_on_rope(shop, b, foot + Vec3{0, 0, clearance + size + 0.6 * size}, 0.6 * size, 0,
                         shop.surface().direction(), {});
        }
        for (const BodyIndex b : object->bodies) shop.watch(b, 0.9);
        const std::string bell_name = object->member->id;
        const std::string ringer = action.subject;
        shop.want({ringer + " rings the " + bell_name,
                   [bell_name](const auto& events, const auto&, const auto&) {
                       return std::any_of(events.begin(), events.end(),
                                          [&](const world::Event& e) {
                                              return e.kind == world::EventKind::Contact &&
                                                     (e.a == bell_name || e.b == bell_name);
                                          })
                                  ? 0.0
                                  : 1.0;
                   }});
        return;
    }
    if (bell == nullptr || bell->bodies.empty()) {
        stage_still(shop, action);
        return;
    }
    bell->placed = true;
    for (const BodyIndex b : bell->bodies) {
        const double size = shop.height_of(b);
        const Vec3 foot = shop.take_place(shop.surface(), shop.radius_of(b) * 1.3);
        const Vec3 pivot = foot + Vec3{0, 0, 0.5 * size + size + 0.3 * size};
        hang_on_rope(shop, b, pivot, 0.3 * size, 0, {1, 0, 0}, {});
        // A clapper outside, like a temple bell's striker.
        const world::Body& hung = shop.body(b);
        const Vec3 middle = hung.pose.translation + Vec3{0, 0, 0.35 * size};
        const BodyIndex striker = shop.add_prop(hung.name + ".clapper", "sphere", "wood",
                                                {middle, {}}, std::max(0.02, 0.28 * size));
        const double r = shop.radius_of(striker);
        const Vec3 touch = middle - Vec3{shop.radius_of(b) + r + 0.002, 0, r};
        const double length = 1.2 * size;
        hang_on_rope(shop, striker, touch + Vec3{0, 0, 2 * r + length}, length, 0.6, {1, 0, 0},
                     shop.start_s() + 0.4);
        shop.body(b).asleep = false;
        shop.watch(b);
    }
    shop.ends_at(shop.start_s() + 3);
}

}  // namespace studio
