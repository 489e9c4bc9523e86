#include "neural/goldens/given_velocities.h"

#include "tensor/ops/layout.h"

namespace neural::goldens {

using tensor::Tensor;

base::Result<Outputs> step_through(
    const Case& c, const std::function<base::Result<Tensor>(const GivenStep&)>& step) {
    const Tensor sigmas = TRY(c.get("in.sigmas"));
    const std::vector<float> levels = sigmas.to_vector();
    const Tensor velocities = TRY(c.get("in.velocity"));
    Tensor x = TRY(c.get("in.latent"));
    const auto steps = static_cast<int64_t>(levels.size()) - 1;
    if (steps < 1 || velocities.rank() < 1 || velocities.dim(0) < steps ||
        velocities.elements() != velocities.dim(0) * x.elements())
        return base::failed("in.velocity does not fit in.sigmas and in.latent", c.id);
    std::vector<Tensor> states;
    tensor::Shape one{1};
    for (const int64_t d : x.shape().dims()) one.append(d);
    for (int64_t i = 0; i < steps; ++i) {
        x = TRY(
            step({i, x, velocities.rows(i, i + 1).reshape(x.shape()), levels[i], levels[i + 1]}));
        states.push_back(x.reshape(one));
    }
    return Outputs{{"out.latents", tensor::concat(states, 0)}, {"out.sigmas", sigmas}};
}

}  // namespace neural::goldens
