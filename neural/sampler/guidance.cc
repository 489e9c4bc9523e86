#include "neural/sampler/guidance.h"

#include <cmath>

#include "base/core/check.h"

namespace neural::sampler {

using tensor::Tensor;

namespace {

double deviation(const float* x, int64_t n) {
    double sum = 0;
    for (int64_t i = 0; i < n; ++i) sum += x[i];
    const double mean = sum / static_cast<double>(n);
    double squares = 0;
    for (int64_t i = 0; i < n; ++i) squares += (x[i] - mean) * (x[i] - mean);
    return std::sqrt(squares / static_cast<double>(n > 1 ? n - 1 : 1));
}

}  // namespace

Tensor guide(const Tensor& cond, const Tensor& uncond, const Tensor& perturbed,
             const Tensor& modality, const GuidanceScales& scales) {
    struct Term {
        const Tensor* away;
        double weight;
    };
    const Term terms[] = {{&uncond, scales.uses_text() ? scales.text - 1.0 : 0.0},
                          {&perturbed, scales.perturbed},
                          {&modality, scales.uses_modality() ? scales.modality - 1.0 : 0.0}};
    Tensor guided = cond.clone();
    float* out = guided.f32();
    for (const Term& t : terms) {
        if (t.weight == 0) continue;
        CHECK(t.away->defined() && t.away->shape() == cond.shape(), "an estimate for the scale");
        const float *c = cond.f32(), *a = t.away->f32();
        const auto weight = static_cast<float>(t.weight);
        for (int64_t i = 0; i < cond.elements(); ++i) out[i] += weight * (c[i] - a[i]);
    }
    if (scales.rescale == 0 || cond.elements() == 0) return guided;
    const int64_t each = cond.elements() / cond.dim(0);
    for (int64_t b = 0; b < cond.dim(0); ++b) {
        const double spread = deviation(out + b * each, each);
        if (!(spread > 0)) continue;
        const double factor =
            scales.rescale * deviation(cond.f32() + b * each, each) / spread + 1 - scales.rescale;
        for (int64_t i = 0; i < each; ++i) out[b * each + i] *= static_cast<float>(factor);
    }
    return guided;
}

}  // namespace neural::sampler
