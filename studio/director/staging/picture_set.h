// The set of a film that plays in a picture: level ground and nothing else.
#pragma once

#include "world/sets/set.h"

namespace studio {

// Takes the place of `replaced`, whose ground material (for friction and sound), room (for echoes)
// and ambience stay: they came from the words, and a picture tells nothing about them.
world::SetModel picture_set(const world::SetModel& replaced, const world::SetOptions& options);

}  // namespace studio
