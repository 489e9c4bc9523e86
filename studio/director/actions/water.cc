// Float, sink, splash, pour.
#include <algorithm>

#include "studio/director/actions/action.h"
#include "studio/director/staging/cast.h"
#include "world/materials/material.h"

namespace studio {

using base::Vec3;
using world::BodyIndex;

void stage_float(Workshop& shop, const script::Action& action) {
    Player* player = shop.player(action.subject);
    if (player == nullptr) return;
    if (!player->figures.empty()) {
        stage_person(shop, action);
        return;
    }
    if (player->bodies.empty()) return;
    const auto water = shop.surface_named("water");
    Player* vessel = shop.player(action.target);
    if (vessel != nullptr && vessel != player && !vessel->bodies.empty() &&
        shop.body(vessel->bodies.front()).shape->hollow) {
        if (!vessel->placed) place_still(shop, *vessel);
        const world::Body& around = shop.body(vessel->bodies.front());
        const Vec3 size = around.shape->bounds.size();
        const double wall = around.pose.translation.z + around.shape->bounds.low.z + 0.05 * size.z;
        player->placed = true;
        double t = shop.start_s() + 0.3;
        for (const BodyIndex body : player->bodies) {
            const Vec3 middle = around.pose.apply(around.shape->bounds.centre());
            shop.hang(body, {middle.x, middle.y, wall}, size.z * 1.15, t);
            t += 0.25;
            shop.watch(body);
        }
        shop.watch(vessel->bodies.front(), 0.9);
        shop.replaced("floats in the " + vessel->member->kind, "falls into it",
                      "only pools, lakes and the sea hold water yet");
        shop.ends_at(t + 1.5);
        return;
    }
    if (!water || !shop.scene().water) {
        // In air: it hovers.
        stage_rise(shop, action);
        return;
    }
    player->placed = true;
    for (const BodyIndex body : player->bodies) {
        const Vec3 foot = shop.take_place(*water, 1.4 * shop.radius_of(body));
        const world::Body& b = shop.body(body);
        const double mass = b.mass_kg > 0
                                ? b.mass_kg
                                : b.shape->volume_m3 * world::material(b.material).density_kgpm3;
        const Vec3 size = b.shape->bounds.size();
        const double draught =
            std::min(0.8 * size.z, mass / (998.2 * std::max(1e-6, 0.6 * size.x * size.y)));
        shop.stand(body, {foot.x, foot.y, shop.scene().water->level_z_m - draught}, -0.5);
        shop.send(body, Vec3{0.15, 0.05, 0});
        shop.watch(body);
    }
    shop.ends_at(shop.start_s() + 3);
}

// A stream of small beads: what is poured is many bodies.
void stage_pour(Workshop& shop, const script::Action& action) {
    Player* player = shop.player(!action.object.empty() ? action.object : action.subject);
    if (player == nullptr) return;
    if (player->bodies.empty()) {
        stage_person(shop, action);
        return;
    }
    player->placed = true;
    Surface goal = shop.surface();
    if (Player* target = shop.player(action.target); target != nullptr && !target->bodies.empty()) {
        if (!target->placed) place_still(shop, *target);
        goal.centre = shop.body(target->bodies.front()).pose.translation;
        for (const BodyIndex b : target->bodies) shop.watch(b, 0.9);
        goal.centre.z += shop.height_of(target->bodies.front());
    }
    double t = shop.start_s() + 0.4;
    for (const BodyIndex body : player->bodies) {
        const double r = shop.radius_of(body);
        const Vec3 jitter{shop.rng().normal() * 0.6 * r, shop.rng().normal() * 0.6 * r, 0};
        shop.hang(body, goal.centre + jitter, action.height_m.value_or(0.35 + 6 * r), t);
        shop.body(body).hidden = false;
        t += 0.05;
        shop.watch(body, 0.5);
    }
    shop.ends_at(t + 1.2);
}

}  // namespace studio
