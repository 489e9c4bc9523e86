// What the engine's products are computed in.
#pragma once

#include "base/core/result.h"
#include "tensor/ops/linear.h"

namespace neural {

// The environment variable AOZORA_COMPUTE (f32, bf16, int8), for those who know better; without it,
// or with "auto", what is fastest here without costing quality: tensor::fastest_compute(), measured
// once per process. Another word is a usage error.
base::Result<tensor::Compute> chosen_compute();

}  // namespace neural
