#include "neural/sampler/dpmpp.h"

#include <cmath>

#include "neural/sampler/combine.h"

namespace neural::sampler {

FlowSchedule dpmpp_schedule(int64_t steps, double shift) {
    const double step = -1.0 / static_cast<double>(steps);
    FlowSchedule schedule;
    for (int64_t i = 0; i < steps; ++i) {
        const double sigma = shift_sigma(shift, static_cast<double>(i) * step + 1);
        schedule.timesteps.push_back(std::trunc(sigma * 1000));
        schedule.sigmas.push_back(static_cast<double>(static_cast<float>(sigma)));
    }
    schedule.sigmas.push_back(0);
    return schedule;
}

tensor::Tensor DpmPp::advance(int64_t i, const tensor::Tensor& latent,
                              const tensor::Tensor& velocity) {
    const std::vector<double>& sigmas = schedule().sigmas;
    const double s = sigmas[static_cast<size_t>(i)], t = sigmas[static_cast<size_t>(i) + 1];
    // Infinite at sigma 1 and at sigma 0; what is made of it stays finite.
    const auto lambda = [](double sigma) { return std::log(1 - sigma) - std::log(sigma); };
    const double h = lambda(t) - lambda(s), b = (1 - t) * std::expm1(-h);
    const tensor::Tensor data = combine({{1, latent}, {-s, velocity}});
    const tensor::Tensor before = last_data_;
    last_data_ = data;
    if (i == 0 || i + 1 == steps()) return combine({{t / s, latent}, {-b, data}});
    const double inverse_r = h / (lambda(s) - lambda(sigmas[static_cast<size_t>(i) - 1]));
    return combine(
        {{t / s, latent}, {-b * (1 + 0.5 * inverse_r), data}, {b * 0.5 * inverse_r, before}});
}

}  // namespace neural::sampler
