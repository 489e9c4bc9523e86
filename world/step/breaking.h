// Things that break: the parent vanishes, its shards go on with its motion.
#pragma once

#include <vector>

#include "world/step/contacts.h"
#include "world/step/event_log.h"

namespace world::step {

// Impulse above which a breakable body shatters: Body::break_impulse_Ns, else the material's
// figure times the mean cross-section.
double breaking_impulse_Ns(const Dynamics& d, int body);

// Looks at this step's blows. A body that breaks passes on no more than its breaking impulse: the
// excess is taken back on both sides and from the impact. Returns the bodies that broke.
std::vector<int> break_bodies(Dynamics& d, ContactSolver& contacts, std::vector<Impact>& impacts,
                              EventLog& log);

}  // namespace world::step
