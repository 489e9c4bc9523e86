#include "neural/goldens/flow_steps.h"

#include "neural/sampler/flow_solver.h"

namespace neural::goldens {

using tensor::Shape;
using tensor::Tensor;

namespace {
Tensor as_tensor(const std::vector<double>& values) {
    Tensor t(Shape{static_cast<int64_t>(values.size())});
    for (size_t i = 0; i < values.size(); ++i) t.f32()[i] = static_cast<float>(values[i]);
    return t;
}
Tensor as_whole(const std::vector<double>& values) {
    Tensor t(Shape{static_cast<int64_t>(values.size())}, tensor::DType::I64);
    for (size_t i = 0; i < values.size(); ++i)
        reinterpret_cast<int64_t*>(t.raw())[i] = static_cast<int64_t>(values[i]);
    return t;
}
}  // namespace

base::Result<Outputs> run_flow_steps(const Case& c, const char* name) {
    const auto solver = TRY(sampler::make_flow_solver(name, TRY(integer(c.run, "steps", 0)),
                                                      TRY(number(c.run, "shift", 1))));
    Outputs outputs;
    outputs["out.sigmas"] = as_tensor(solver->schedule().sigmas);
    outputs["out.timesteps"] = as_tensor(solver->schedule().timesteps);
    if (c.has("out.timesteps") && c.tensors.at("out.timesteps").dtype() == tensor::DType::I64)
        outputs["out.timesteps"] = as_whole(solver->schedule().timesteps);
    if (!c.has("in.latent")) return outputs;
    Tensor latent = TRY(c.get("in.latent"));
    const Tensor velocities = TRY(c.get("in.velocity"));
    const int64_t steps = solver->steps();
    if (velocities.elements() != steps * latent.elements())
        return base::failed("in.velocity must hold a velocity for each step", c.id);
    std::vector<float> states;
    for (int64_t i = 0; i < steps; ++i) {
        latent = solver->step(latent, velocities.rows(i, i + 1).reshape(latent.shape()));
        const std::vector<float> state = latent.to_vector();
        states.insert(states.end(), state.begin(), state.end());
    }
    outputs["out.latents"] = Tensor::from(velocities.shape(), states);
    return outputs;
}

}  // namespace neural::goldens
