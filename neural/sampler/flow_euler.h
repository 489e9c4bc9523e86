// Euler's method for flow models with a static shift, and the schedule of diffusers'
// FlowMatchEulerDiscreteScheduler: the range of sigmas is shifted and then each sigma once more.
#pragma once

#include "neural/sampler/flow_solver.h"

namespace neural::sampler {

FlowSchedule flow_euler_schedule(int64_t steps, double shift);

class FlowEuler final : public FlowSolver {
public:
    using FlowSolver::FlowSolver;

private:
    tensor::Tensor advance(int64_t i, const tensor::Tensor& latent,
                           const tensor::Tensor& velocity) override;
};

}  // namespace neural::sampler
