#include "neural/sampler/sigmas.h"

#include <cmath>

#include "base/core/check.h"

namespace neural::sampler {

std::vector<double> shifted_sigmas(int64_t steps, int64_t tokens) {
    CHECK(steps >= 1, "at least one step");
    constexpr double kTerminal = 0.1;
    const double mu = 0.95 + (static_cast<double>(tokens) - 1024.0) * (2.05 - 0.95) / 3072.0;
    // 1 - s of the shifted level, without the cancellation of 1 - e^mu / (e^mu + 1/s - 1).
    std::vector<double> rest;
    for (int64_t i = 0; i < steps; ++i) {
        const double s = 1.0 - static_cast<double>(i) / static_cast<double>(steps);
        const double odds = 1.0 / s - 1.0;
        rest.push_back(odds / (std::exp(mu) + odds));
    }
    const double stretch = rest.back() > 0 ? (1.0 - kTerminal) / rest.back() : 1.0;
    std::vector<double> sigmas;
    for (const double r : rest) sigmas.push_back(1.0 - r * stretch);
    sigmas.push_back(0.0);
    return sigmas;
}

const std::vector<double>& distilled_sigmas() {
    static const std::vector<double> table{1.0,      0.99375, 0.9875,   0.98125, 0.975,
                                           0.909375, 0.725,   0.421875, 0.0};
    return table;
}

const std::vector<double>& distilled_second_stage_sigmas() {
    static const std::vector<double> table{0.909375, 0.725, 0.421875, 0.0};
    return table;
}

}  // namespace neural::sampler
