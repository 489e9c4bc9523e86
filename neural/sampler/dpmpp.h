// DPM-Solver++ (2M), the multistep midpoint form (Lu et al. 2022, "DPM-Solver++"), for flow models,
// with the schedule that Wan uses.
#pragma once

#include "neural/sampler/flow_solver.h"

namespace neural::sampler {

// sigma from 1 to 0 in equal steps, shifted; timesteps are 1000 sigma without their fraction.
FlowSchedule dpmpp_schedule(int64_t steps, double shift);

class DpmPp final : public FlowSolver {
public:
    using FlowSolver::FlowSolver;

private:
    tensor::Tensor advance(int64_t i, const tensor::Tensor& latent,
                           const tensor::Tensor& velocity) override;

    std::vector<tensor::Tensor*> remembered() override { return {&last_data_}; }

    tensor::Tensor last_data_;  // x0 seen from the step before
};

}  // namespace neural::sampler
