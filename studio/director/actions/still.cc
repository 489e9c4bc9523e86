// Rest, stand, stack, balance: nothing moves unless something else makes it.
#include "studio/director/actions/action.h"
#include "studio/director/staging/cast.h"

namespace studio {

void stage_still(Workshop& shop, const script::Action& action) {
    bool person = false;
    for (const std::string* id : {&action.subject, &action.object}) {
        Player* player = shop.player(*id);
        if (player == nullptr) continue;
        person = person || !player->figures.empty();
        for (const world::BodyIndex body : player->bodies) shop.watch(body, 0.8);
        if (player->placed || player->carried || !player->figures.empty()) continue;
        Surface surface = shop.surface();
        const std::string& where = !action.target.empty() ? action.target : player->member->on;
        if (const auto named = shop.surface_named(where)) surface = *named;
        if (!player->bodies.empty()) arrange(shop, *player, surface);
    }
    if (person) stage_person(shop, action);
    shop.ends_at(shop.start_s() + 2);
}

}  // namespace studio
