// Sampler cases whose velocities stand in the file instead of coming from a net.
#pragma once

#include <functional>

#include "neural/goldens/components.h"

namespace neural::goldens {

struct GivenStep {
    int64_t index;
    tensor::Tensor x, velocity;
    double sigma, next;
};

// Walks in.sigmas from in.latent with in.velocity[i] -> out.latents[i], the state after step i, and
// out.sigmas.
base::Result<Outputs> step_through(
    const Case& c, const std::function<base::Result<tensor::Tensor>(const GivenStep&)>& step);

}  // namespace neural::goldens
