#include "neural/sampler/steps.h"

#include <algorithm>
#include <cmath>

#include "base/core/check.h"
#include "tensor/ops/arithmetic.h"

namespace neural::sampler {

using tensor::axpby;
using tensor::Tensor;

Tensor clean_of_velocity(const Tensor& x, const Tensor& velocity, double sigma) {
    return axpby(1.0f, x, static_cast<float>(-sigma), velocity);
}

Tensor clean_of_velocity(const Tensor& x, const Tensor& velocity, const Tensor& token_sigma) {
    CHECK(x.rank() == 3 && token_sigma.elements() == x.dim(0) * x.dim(1) &&
              velocity.shape() == x.shape(),
          "a noise level for every token");
    Tensor clean(x.shape());
    const int64_t width = x.dim(2);
    for (int64_t i = 0; i < x.elements(); ++i)
        clean.f32()[i] = x.f32()[i] - token_sigma.f32()[i / width] * velocity.f32()[i];
    return clean;
}

Tensor euler_step(const Tensor& x, const Tensor& clean, double sigma, double next) {
    CHECK(sigma > 0, "a step from noise");
    const double keep = next / sigma;
    return axpby(static_cast<float>(keep), x, static_cast<float>(1.0 - keep), clean);
}

Tensor ancestral_step(const Tensor& x, const Tensor& clean, double sigma, double next, double eta,
                      const Tensor& noise) {
    CHECK(sigma > 0, "a step from noise");
    if (next <= 0) return clean.clone();
    const double down = next * (1.0 + (next / sigma - 1.0) * eta);
    const double scale = (1.0 - next) / (1.0 - down);
    const double fresh = std::sqrt(std::max(next * next - down * down * scale * scale, 0.0));
    const Tensor lowered = axpby(static_cast<float>(scale * down / sigma), x,
                                 static_cast<float>(scale * (1.0 - down / sigma)), clean);
    if (fresh == 0) return lowered;
    return axpby(1.0f, lowered, static_cast<float>(fresh), noise);
}

}  // namespace neural::sampler
