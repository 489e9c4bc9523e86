// Things that are built of many parts where something happens to them: walls and chimneys of
// bricks, houses of cards. They come apart, a single body would only tip.
#pragma once

#include <optional>
#include <string>

#include "studio/director/staging/workshop.h"

namespace studio {

struct Masonry {
    std::string kind;    // noun of the parts
    std::string matter;  // of the parts where the cast says nothing
    std::optional<double> size_m;
    int count = 0;
};

// Empty: a single body will do (nothing happens to it, or it is not built of parts).
std::optional<Masonry> masonry_of(const Workshop& shop, const script::CastMember& member);
base::Status bring_stones(Workshop& shop, const script::CastMember& member, const Masonry& masonry,
                          Player& player);
bool is_masonry(const Player& player);
// Puts up chimneys and houses of cards; false: it is arranged like other things (walls).
bool build_up(Workshop& shop, Player& player, const Surface& surface);

// "wall", "wall_2", "wall_3": bodies of one cast member.
std::string numbered(const std::string& id, int index);

}  // namespace studio
