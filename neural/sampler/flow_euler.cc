#include "neural/sampler/flow_euler.h"

#include "neural/sampler/combine.h"

namespace neural::sampler {

FlowSchedule flow_euler_schedule(int64_t steps, double shift) {
    const double highest = shift_sigma(shift, 1), lowest = shift_sigma(shift, 0.001);
    const double step = steps > 1 ? (lowest - highest) / static_cast<double>(steps - 1) : 0;
    FlowSchedule schedule;
    for (int64_t i = 0; i < steps; ++i) {
        const double sigma = static_cast<double>(
            static_cast<float>(shift_sigma(shift, static_cast<double>(i) * step + highest)));
        schedule.sigmas.push_back(sigma);
        schedule.timesteps.push_back(sigma * 1000);
    }
    schedule.sigmas.push_back(0);
    return schedule;
}

tensor::Tensor FlowEuler::advance(int64_t i, const tensor::Tensor& latent,
                                  const tensor::Tensor& velocity) {
    const std::vector<double>& sigmas = schedule().sigmas;
    const double step = sigmas[static_cast<size_t>(i) + 1] - sigmas[static_cast<size_t>(i)];
    return combine({{1, latent}, {step, velocity}});
}

}  // namespace neural::sampler
