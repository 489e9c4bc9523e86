// Break and explode.
#include <algorithm>

#include "studio/director/actions/action.h"
#include "studio/director/staging/cast.h"
#include "studio/director/staging/masonry.h"
#include "world/break/fracture.h"

namespace studio {

using base::Vec3;
using world::BodyIndex;

void stage_break(Workshop& shop, const script::Action& action) {
    Player* player = shop.player(action.subject);
    // "A hammer breaks a vase" / "the vase breaks".
    Player* object = shop.player(action.object);
    if (object != nullptr && object != player && !object->bodies.empty()) {
        script::Action strike = action;
        strike.verb = "hit";
        for (const BodyIndex b : object->bodies) shop.make_breakable(b);
        stage_strike(shop, strike);
        player = object;
    }
    if (player == nullptr || player->bodies.empty()) {
        if (player != nullptr) stage_person(shop, action);
        return;
    }
    for (const BodyIndex b : player->bodies) {
        shop.make_breakable(b);
        shop.watch(b);
    }
    if (!player->placed) {
        script::Action drop = action;
        drop.verb = "drop";
        stage_drop(shop, drop);
    }
    const std::string name = shop.body(player->bodies.front()).name;
    shop.want({name + " breaks", [name](const auto& events, const auto&, const auto&) {
                   return std::any_of(events.begin(), events.end(),
                                      [&](const world::Event& e) {
                                          return e.kind == world::EventKind::Break && e.a == name;
                                      })
                              ? 0.0
                              : 1.0;
               }});
}

// Its pieces stand assembled and leave radially: an inner pressure, then only physics.
void stage_explode(Workshop& shop, const script::Action& action) {
    Player* player = shop.player(action.subject);
    if (player == nullptr || player->bodies.empty()) player = shop.player(action.object);
    if (player == nullptr || player->bodies.empty()) return;
    if (!player->placed) place_still(shop, *player);
    if (player->member->kind == "mountain") {
        shop.left_out("the eruption: mountains stay whole");
        shop.watch(player->bodies.front());
        return;
    }
    std::vector<BodyIndex> pieces;
    const double start = shop.start_s() + 0.8;
    if (is_masonry(*player)) {  // its stones are the pieces
        base::Bounds all;
        for (const BodyIndex b : player->bodies) all.add(box_of(shop.body(b)));
        const Vec3 charge{all.centre().x, all.centre().y, all.low.z};
        for (const BodyIndex b : player->bodies) {
            world::Body& stone = shop.body(b);
            const Vec3 away = stone.pose.apply(stone.shape->bounds.centre()) - charge;
            stone.push_s = start;
            // Outward at every height: what is only lifted comes down where it stood.
            const Vec3 flat = base::normalize(Vec3{away.x, away.y, 0} + Vec3{1e-6, 0, 0});
            const Vec3 jitter{shop.rng().uniform(-0.4, 0.4), shop.rng().uniform(-0.4, 0.4), 0.35};
            stone.push_velocity_mps =
                base::normalize(flat + jitter) *
                ((1.8 + 4.0 / (0.6 + base::length(away))) * shop.rng().uniform(0.6, 1.3));
            shop.watch(b, 0.8);  // all of it: no single stone is the story
        }
        shop.ends_at(start + 2.5);
        return;
    }
    for (const BodyIndex whole : player->bodies) {
        const world::Body parent = shop.body(whole);
        const auto shards =
            world::fracture(*parent.shape, 40, shop.list().seed, parent.shape->bounds.centre());
        if (shards.empty()) continue;
        const Vec3 middle = parent.pose.apply(parent.shape->bounds.centre());
        const double size = base::length(parent.shape->bounds.size());
        for (size_t i = 0; i < shards.size(); ++i) {
            world::Body shard = parent;
            shard.name = parent.name + ".piece_" + std::to_string(i + 1);
            shard.shape = shards[i];
            shard.mass_kg = 0;
            shard.asleep = false;
            const Vec3 place = parent.pose.apply(shards[i]->bounds.centre());
            const Vec3 out = base::normalize(place - middle + Vec3{0, 0, 0.15 * size});
            shard.release_s = start;
            shard.release_velocity_mps =
                out * (4.0 * std::sqrt(size) * shop.rng().uniform(0.7, 1.3));
            shard.release_spin_radps =
                Vec3{shop.rng().normal(), shop.rng().normal(), shop.rng().normal()} * 6.0;
            pieces.push_back(shop.add_body(shard));
            shop.watch(pieces.back(), 0.3);
        }
        world::Body& hidden = shop.body(whole);
        hidden.hidden = true;
        shop.watch_point(middle, 1.5 * size, 1);
    }
    shop.ends_at(start + 2);
}

}  // namespace studio
