// Score events: a centre that passes down through a hoop, or enters a sensor (goal, pocket).
#pragma once

#include "world/step/dynamics.h"
#include "world/step/event_log.h"

namespace world::step {

class Gates {
public:
    // Compares each body's place before and after this step.
    void look(const Dynamics& d, EventLog& log) const;
};

}  // namespace world::step
