// Things made of several bodies and joints: Newton's cradle, pendulum, wrecking ball on its rope,
// seesaw, brick wall. The cast brings the frame or the main part; these put the rest to it.
#pragma once

#include "studio/director/staging/workshop.h"

namespace studio {

// Kinds that need assembling after placement ("newtons_cradle", "pendulum", "seesaw", "wall" ...).
bool is_assembly(std::string_view kind);

// Builds the moving parts of `player` at its place; returns the bodies that move.
std::vector<world::BodyIndex> assemble(Workshop& shop, Player& player);

}  // namespace studio
