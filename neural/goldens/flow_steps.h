// The part that the three solver components share.
#pragma once

#include "neural/goldens/components.h"

namespace neural::goldens {

// Runs `solver` ("unipc", ...) over the case's velocities.
base::Result<Outputs> run_flow_steps(const Case& c, const char* solver);

}  // namespace neural::goldens
