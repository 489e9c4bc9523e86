#include "neural/goldens/given_velocities.h"
#include "neural/sampler/steps.h"

namespace neural::goldens {

base::Result<Outputs> run_ltx_euler_steps(const Case& c) {
    return step_through(c, [](const GivenStep& s) -> base::Result<tensor::Tensor> {
        return sampler::euler_step(s.x, sampler::clean_of_velocity(s.x, s.velocity, s.sigma),
                                   s.sigma, s.next);
    });
}

}  // namespace neural::goldens
