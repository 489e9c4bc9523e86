// What people have in their hands for a whole shot: an umbrella, a bag, a cup.
#pragma once

#include "studio/director/staging/workshop.h"

namespace studio {

// Marks `thing` to be held by `holder` when all actions are staged. False where it is not for one
// hand (too large, an animal, somebody): nothing is changed then.
bool take_in_hand(Workshop& shop, Player& holder, Player& thing);

// Puts what was marked into hands that are placed and have their tasks.
void fill_hands(Workshop& shop);

}  // namespace studio
