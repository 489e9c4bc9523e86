// Forces that fill space: gravity, air (drag, Magnus lift, wind), magnets.
#pragma once

#include "world/step/dynamics.h"

namespace world::step {

// Adds one step of them to the velocities of movable, awake bodies and notes the acceleration of
// each, so that free flight follows the exact parabola. Sources in forces.cc.
void apply_forces(Dynamics& d);

}  // namespace world::step
