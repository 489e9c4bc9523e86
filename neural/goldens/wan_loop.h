// The part that the three Wan pipeline components share.
#pragma once

#include "neural/goldens/components.h"
#include "neural/wan/pipeline/pipeline.h"

namespace neural::goldens {

base::Result<Outputs> run_wan_loop(const Case& c, wan::ImageUse image, bool two_experts);

}  // namespace neural::goldens
