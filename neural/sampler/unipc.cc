#include "neural/sampler/unipc.h"

#include <algorithm>
#include <cmath>

#include "neural/sampler/combine.h"

namespace neural::sampler {
namespace {

// Log of the signal-to-noise ratio alpha / sigma.
double lambda_of(double sigma) { return std::log(1 - sigma) - std::log(sigma); }

// What predictor and corrector share: the way from sigma[from] to sigma[from + 1].
struct Way {
    double ratio, alpha, hh, phi;  // sigma_t / sigma_s; alpha_t; -h; expm1(-h)
    double r = 0;                  // (lambda[from - 1] - lambda[from]) / h
};

Way way(const std::vector<double>& sigmas, int64_t from, int order) {
    const size_t s = static_cast<size_t>(from), t = s + 1;
    const double h = lambda_of(sigmas[t]) - lambda_of(sigmas[s]);
    Way w{sigmas[t] / sigmas[s], 1 - sigmas[t], -h, std::expm1(-h)};
    if (order == 2) w.r = (lambda_of(sigmas[s - 1]) - lambda_of(sigmas[s])) / h;
    return w;
}

}  // namespace

FlowSchedule unipc_schedule(int64_t steps, double shift) {
    const double highest = static_cast<double>(0.999f);
    const double step = -highest / static_cast<double>(steps);
    FlowSchedule schedule;
    for (int64_t i = 0; i < steps; ++i) {
        const double sigma = shift_sigma(shift, static_cast<double>(i) * step + highest);
        schedule.timesteps.push_back(std::trunc(sigma * 1000));
        schedule.sigmas.push_back(static_cast<double>(static_cast<float>(sigma)));
    }
    schedule.sigmas.push_back(0);
    return schedule;
}

tensor::Tensor UniPc::advance(int64_t i, const tensor::Tensor& latent,
                              const tensor::Tensor& velocity) {
    const double sigma = schedule().sigmas[static_cast<size_t>(i)];
    const tensor::Tensor data = combine({{1, latent}, {-sigma, velocity}});
    const tensor::Tensor corrected = i > 0 ? correct(i, data) : latent;
    old_data_ = last_data_;
    last_data_ = data;
    last_latent_ = corrected;
    return predict(i, corrected, order_at(i));
}

int UniPc::order_at(int64_t i) const {
    return static_cast<int>(std::min<int64_t>({2, steps() - i, i + 1}));
}

// The latent at step i once more, now that its own x0 is known.
tensor::Tensor UniPc::correct(int64_t i, const tensor::Tensor& data) const {
    const int order = order_at(i - 1);
    const Way w = way(schedule().sigmas, i - 1, order);
    const double b = w.alpha * w.phi;
    if (order == 1) {
        return combine({{w.ratio, last_latent_}, {-b + 0.5 * b, last_data_}, {-0.5 * b, data}});
    }
    const double g1 = w.phi / w.hh - 1, g2 = g1 / w.hh - 0.5;
    const double b1 = g1 / w.phi, b2 = 2 * g2 / w.phi;
    const double rho = (b2 - b1) / (w.r - 1), rho_last = b1 - rho;
    return combine({{w.ratio, last_latent_},
                    {-b * (1 - rho / w.r - rho_last), last_data_},
                    {-b * rho / w.r, old_data_},
                    {-b * rho_last, data}});
}

tensor::Tensor UniPc::predict(int64_t i, const tensor::Tensor& latent, int order) const {
    const Way w = way(schedule().sigmas, i, order);
    const double b = w.alpha * w.phi;
    if (order == 1) return combine({{w.ratio, latent}, {-b, last_data_}});
    return combine(
        {{w.ratio, latent}, {-b * (1 - 0.5 / w.r), last_data_}, {-b * 0.5 / w.r, old_data_}});
}

}  // namespace neural::sampler
