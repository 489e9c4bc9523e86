// Solvers of the flow ODE dx/dsigma = v(x, sigma) from noise (sigma near 1) to data (sigma 0),
// where x = (1 - sigma) data + sigma noise. The solvers of the Wan family: UniPC, DPM++ and Euler.
//
// State lives on the host: a latent is small beside the net that gives its velocity. Coefficients
// and the sums over tensors are computed in double. One thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "base/core/result.h"
#include "tensor/core/tensor.h"

namespace neural::sampler {

struct FlowSchedule {
    std::vector<double> sigmas;     // steps + 1, falling, the last is 0
    std::vector<double> timesteps;  // steps, what the net is told: 0..1000
};

class FlowSolver {
public:
    virtual ~FlowSolver() = default;
    explicit FlowSolver(FlowSchedule schedule) : schedule_(std::move(schedule)) {}

    const FlowSchedule& schedule() const { return schedule_; }
    int64_t steps() const { return static_cast<int64_t>(schedule_.timesteps.size()); }
    // The step that comes next, 0..steps().
    int64_t position() const { return position_; }

    // `velocity` is the net's answer for `latent` at timesteps[position()]; returns the latent at
    // the next sigma. Same shapes; position() < steps().
    tensor::Tensor step(const tensor::Tensor& latent, const tensor::Tensor& velocity);

    // What is remembered of the steps before, at most three tensors like the latent. A new solver
    // of the same schedule that restores it goes on exactly as this one. Errors: another position
    // or number of tensors than a solver there can have, tensors of another shape than `latent`.
    std::vector<tensor::Tensor> memory();
    base::Status restore(int64_t position, const std::vector<tensor::Tensor>& memory,
                         const tensor::Shape& latent);

protected:
    // The members that are remembered, and how many of the last of them go back two steps.
    virtual std::vector<tensor::Tensor*> remembered() { return {}; }
    virtual size_t oldest() const { return 0; }
    virtual tensor::Tensor advance(int64_t i, const tensor::Tensor& latent,
                                   const tensor::Tensor& velocity) = 0;

private:
    FlowSchedule schedule_;
    int64_t position_ = 0;
};

// The shift of a schedule towards noise: s sigma / (1 + (s - 1) sigma).
double shift_sigma(double shift, double sigma);

// `name`: "unipc", "dpm++" (also "dpmpp") or "euler". Steps 1..1000, shift in (0, 1000].
base::Result<std::unique_ptr<FlowSolver>> make_flow_solver(std::string_view name, int64_t steps,
                                                           double shift);

}  // namespace neural::sampler
