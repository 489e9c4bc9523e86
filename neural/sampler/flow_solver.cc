#include "neural/sampler/flow_solver.h"

#include <cmath>
#include <string>

#include "neural/sampler/dpmpp.h"
#include "neural/sampler/flow_euler.h"
#include "neural/sampler/unipc.h"

namespace neural::sampler {

tensor::Tensor FlowSolver::step(const tensor::Tensor& latent, const tensor::Tensor& velocity) {
    CHECK(position_ < steps(), "a step beyond the schedule");
    CHECK(latent.shape() == velocity.shape(), "latent and velocity differ in shape");
    tensor::Tensor next = advance(position_, latent, velocity);
    ++position_;
    return next;
}

std::vector<tensor::Tensor> FlowSolver::memory() {
    std::vector<tensor::Tensor> used;
    for (const tensor::Tensor* each : remembered()) {
        if (each->defined()) used.push_back(*each);
    }
    return used;
}

base::Status FlowSolver::restore(int64_t position, const std::vector<tensor::Tensor>& memory,
                                 const tensor::Shape& latent) {
    const std::vector<tensor::Tensor*> members = remembered();
    if (position < 0 || position > steps() || position_ != 0)
        return base::failed("step " + std::to_string(position) + " of another schedule");
    if (memory.size() != (position == 0 ? 0 : members.size() - (position == 1 ? oldest() : 0)))
        return base::failed("the memory of another solver");
    for (size_t i = 0; i < memory.size(); ++i) {
        if (!(memory[i].shape() == latent) || memory[i].dtype() != tensor::DType::F32)
            return base::failed("the memory of another clip");
        *members[i] = memory[i];
    }
    position_ = position;
    return {};
}

// In this order of operations: the timesteps are truncated to whole numbers, where one ulp shows.
double shift_sigma(double shift, double sigma) { return shift * sigma / (1 + (shift - 1) * sigma); }

base::Result<std::unique_ptr<FlowSolver>> make_flow_solver(std::string_view name, int64_t steps,
                                                           double shift) {
    if (steps < 1 || steps > 1000) {
        return base::usage_error("steps must be from 1 to 1000, not " + std::to_string(steps),
                                 "steps");
    }
    if (!(shift > 0 && shift <= 1000)) {
        return base::usage_error(
            "the shift of the noise schedule must be above 0 and at most 1000, not " +
                std::to_string(shift),
            "shift");
    }
    std::unique_ptr<FlowSolver> solver;
    if (name == "unipc") {
        solver = std::make_unique<UniPc>(unipc_schedule(steps, shift));
    } else if (name == "dpm++" || name == "dpmpp") {
        solver = std::make_unique<DpmPp>(dpmpp_schedule(steps, shift));
    } else if (name == "euler") {
        solver = std::make_unique<FlowEuler>(flow_euler_schedule(steps, shift));
    } else {
        return base::usage_error(
            "there is no solver '" + std::string(name) + "'; choose unipc, dpm++ or euler",
            "solver");
    }
    return solver;
}

}  // namespace neural::sampler
