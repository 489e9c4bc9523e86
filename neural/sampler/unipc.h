// UniPC of order 2 (Zhao et al. 2023, "UniPC: A Unified Predictor-Corrector Framework", the variant
// B2(h) that predicts the data) for flow models, with the schedule that Wan uses.
#pragma once

#include "neural/sampler/flow_solver.h"

namespace neural::sampler {

// sigma from 0.999 to 0 in equal steps, shifted; timesteps are 1000 sigma without their fraction.
// Sigmas are rounded to f32, as the published solver keeps them.
FlowSchedule unipc_schedule(int64_t steps, double shift);

class UniPc final : public FlowSolver {
public:
    using FlowSolver::FlowSolver;

private:
    tensor::Tensor advance(int64_t i, const tensor::Tensor& latent,
                           const tensor::Tensor& velocity) override;
    tensor::Tensor correct(int64_t i, const tensor::Tensor& data) const;
    tensor::Tensor predict(int64_t i, const tensor::Tensor& latent, int order) const;

    std::vector<tensor::Tensor*> remembered() override {
        return {&last_latent_, &last_data_, &old_data_};
    }
    size_t oldest() const override { return 1; }
    int order_at(int64_t i) const;  // of the predictor of step i

    tensor::Tensor last_latent_;           // at the step before, after its correction
    tensor::Tensor last_data_, old_data_;  // x0 seen from one and two steps before
};

}  // namespace neural::sampler
