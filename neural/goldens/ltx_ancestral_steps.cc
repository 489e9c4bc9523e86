#include "neural/goldens/given_velocities.h"
#include "neural/sampler/steps.h"

namespace neural::goldens {

base::Result<Outputs> run_ltx_ancestral_steps(const Case& c) {
    const double eta = TRY(number(c.run, "eta", 1));
    return step_through(c, [&](const GivenStep& s) -> base::Result<tensor::Tensor> {
        tensor::Tensor noise;
        if (s.next > 0) {
            const tensor::Tensor all = TRY(c.get("in.noise"));
            if (s.index >= all.dim(0)) return base::failed("in.noise has too few steps", c.id);
            noise = all.rows(s.index, s.index + 1).reshape(s.x.shape());
        }
        return sampler::ancestral_step(s.x, sampler::clean_of_velocity(s.x, s.velocity, s.sigma),
                                       s.sigma, s.next, eta, noise);
    });
}

}  // namespace neural::goldens
