#include "studio/director/actions/game_ball.h"

#include <algorithm>

namespace studio {

using world::BodyIndex;

BodyIndex ball_of(Workshop& shop, const script::Action& action, const std::string& kind) {
    for (const std::string* id : {&action.object, &action.subject, &action.instrument}) {
        const BodyIndex b = shop.first_body(*id);
        if (b != world::kNoBody && shop.is_round(b)) return b;
    }
    for (Player& player : shop.stage().players) {
        if (!player.bodies.empty() && player.member->kind == kind) {
            player.placed = true;
            return player.bodies.front();
        }
    }
    return shop.add_prop("ball", kind, "", {});
}

void mark_placed(Workshop& shop, BodyIndex body) {
    for (Player& player : shop.stage().players) {
        if (std::find(player.bodies.begin(), player.bodies.end(), body) != player.bodies.end())
            player.placed = true;
    }
}

}  // namespace studio
