// The ball that a game is played with. For the files of this folder.
#pragma once

#include <string>

#include "studio/director/staging/workshop.h"

namespace studio {

// The round thing that the action names; else one of this kind in the cast, which has its place
// from now on; else a new one.
world::BodyIndex ball_of(Workshop& shop, const script::Action& action, const std::string& kind);
// Whose body it is has its place from now on: no later step puts it elsewhere.
void mark_placed(Workshop& shop, world::BodyIndex body);

}  // namespace studio
