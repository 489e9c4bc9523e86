// Bodies at rest are put to sleep by whole islands, and woken by whole islands: a wall that lies
// asleep must feel a blow as a wall, not as one brick against rigid neighbours.
#pragma once

#include "world/step/dynamics.h"

namespace world::step {

// Wakes the body and everything that touches it or is joined to it.
void wake_island(Dynamics& d, int body);
// Wakes sleepers that an active body is about to touch. True when somebody woke.
bool wake_touched(Dynamics& d);
// Sends islands to sleep that were slow for half a second.
void put_to_sleep(Dynamics& d);

}  // namespace world::step
