// Scene -> Dynamics: validation, masses, materials, starting state.
#pragma once

#include "base/core/result.h"
#include "world/step/dynamics.h"

namespace world::step {

// Errors name the body and say what to change.
base::Result<Dynamics> build_dynamics(const Scene& scene, const SimulatorSettings& settings);

}  // namespace world::step
