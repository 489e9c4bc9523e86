#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <vector>

#include "neural/noise/noise.h"
#include "neural/sampler/guidance.h"
#include "neural/sampler/res_2s.h"
#include "neural/sampler/sigmas.h"
#include "neural/sampler/steps.h"
#include "neural/testing/golden_files.h"
#include "tensor/ops/arithmetic.h"

namespace {

using namespace neural::sampler;
using tensor::Tensor;

double worst(const Tensor& a, const Tensor& b) {
    double d = 0;
    for (int64_t i = 0; i < a.elements(); ++i)
        d = std::max(d, std::abs(double{a.f32()[i]} - b.f32()[i]));
    return d;
}

TEST(LtxSampler, Goldens) {
    neural::testing::expect_goldens({"ltx_sigmas", "ltx_euler", "ltx_ancestral", "ltx_guidance"});
}

TEST(Sigmas, HaveThePublishedCheckValues) {
    const std::vector<double> eight = shifted_sigmas(8);
    const double want[] = {1, 0.96571, 0.92187, 0.86386, 0.78345, 0.66458, 0.47100, 0.1, 0};
    ASSERT_EQ(eight.size(), 9u);
    for (int i = 0; i < 9; ++i) EXPECT_NEAR(eight[i], want[i], 6e-6);
    const std::vector<double> thirty = shifted_sigmas(30);
    EXPECT_NEAR(thirty[1], 0.99496, 6e-6);
    EXPECT_NEAR(thirty[28], 0.26612, 6e-6);
}

TEST(Sigmas, FallFromOneToZeroForAnyLength) {
    for (const int64_t tokens : {1, 1024, 4096, 100000}) {
        for (const int64_t steps : {1, 2, 3, 50}) {
            const std::vector<double> s = shifted_sigmas(steps, tokens);
            ASSERT_EQ(static_cast<int64_t>(s.size()), steps + 1);
            EXPECT_DOUBLE_EQ(s.front(), 1);
            EXPECT_EQ(s.back(), 0);
            for (size_t i = 1; i < s.size(); ++i) EXPECT_LT(s[i], s[i - 1]);
        }
    }
}

// A net that knows the clean latent leads every sampler to it.
TEST(Steps, ReachWhatTheNetIsSureOf) {
    const auto noise = neural::counter_noise(3);
    const Tensor clean = noise->normal({1, 5, 4});
    const std::vector<double>& sigmas = distilled_sigmas();
    Tensor euler = noise->normal({1, 5, 4}), ancestral = euler;
    for (size_t i = 0; i + 1 < sigmas.size(); ++i) {
        euler = euler_step(euler, clean, sigmas[i], sigmas[i + 1]);
        ancestral = ancestral_step(ancestral, clean, sigmas[i], sigmas[i + 1], 1.0,
                                   noise->normal({1, 5, 4}));
    }
    EXPECT_LT(worst(euler, clean), 1e-6);
    EXPECT_LT(worst(ancestral, clean), 1e-6);
}

TEST(Steps, AncestralWithoutFreshNoiseIsEuler) {
    const auto noise = neural::counter_noise(4);
    const Tensor x = noise->normal({2, 3}), clean = noise->normal({2, 3});
    EXPECT_LT(worst(ancestral_step(x, clean, 0.8, 0.5, 0.0, {}), euler_step(x, clean, 0.8, 0.5)),
              1e-6);
}

// x = (1 - s) clean + s noise keeps its spread when the net is right.
TEST(Steps, AncestralKeepsTheNoiseLevel) {
    const auto noise = neural::counter_noise(5);
    const int64_t n = 200000;
    const Tensor clean = Tensor::zeros({n});
    const Tensor x = tensor::scale(noise->normal({n}), 0.9f);
    const Tensor next = ancestral_step(x, clean, 0.9, 0.6, 1.0, noise->normal({n}));
    double squares = 0;
    for (int64_t i = 0; i < n; ++i) squares += double{next.f32()[i]} * next.f32()[i];
    EXPECT_NEAR(std::sqrt(squares / n), 0.6, 0.005);
}

// --- res_2s ---

using Net = std::function<double(double x, double sigma)>;  // the clean estimate

Tensor asked(const Net& net, const Tensor& x, double sigma) {
    Tensor y(x.shape());
    for (int64_t i = 0; i < x.elements(); ++i)
        y.f32()[i] = static_cast<float>(net(x.f32()[i], sigma));
    return y;
}

// The step in double with the hundred iterations of the anchor written out.
double twin(const Net& net, double x, double s, double n, double eta, double noise1,
            double noise2) {
    const double h = std::log(s / n), m = std::sqrt(s * n);
    const auto phi1 = [](double z) { return (std::exp(z) - 1) / z; };
    const auto phi2 = [&](double z) { return (std::exp(z) - 1 - z) / (z * z); };
    const double a = 0.5 * phi1(-h / 2), b2 = phi2(-h) / 0.5, b1 = phi1(-h) - b2;
    const auto noised = [&](double from, double x0, double y, double to, double z) {
        const double up = to * eta, rest = std::sqrt(to * to - up * up), scale = 1 - to + rest;
        const double slope = (x0 - y) / (from - to), clean = x0 - from * slope;
        return scale * (clean + rest / scale * slope) + up * z;
    };
    const double d1 = net(x, s);
    const double middle = noised(s, x, x + h * a * (d1 - x), m, noise1);
    double anchor = x;
    if (eta > 0 && h < 0.5 && s > 0.03) {
        for (int i = 0; i < 100; ++i) anchor = middle - h * a * (d1 - anchor);
    }
    const double d2 = net(middle, m);
    const double y = anchor + h * (b1 * (d1 - anchor) + b2 * (d2 - anchor));
    return noised(s, anchor, y, n, noise2);
}

TEST(Res2s, AgreesWithItsTwinInDouble) {
    const Net net = [](double x, double sigma) { return 0.3 * std::sin(2 * x) + 0.1 * sigma * x; };
    const auto source = neural::counter_noise(6);
    const Tensor x = source->normal({40}), z1 = source->normal({40}), z2 = source->normal({40});
    for (const auto& [s, n] : {std::pair{1.0, 0.9}, {0.9, 0.3}, {0.5, 0.4}, {0.02, 0.019}}) {
        for (const double eta : {0.0, 0.5}) {
            const Tensor d1 = asked(net, x, s);
            const auto middle = res_2s_first(x, d1, s, n, eta, z1);
            const Tensor d2 = asked(net, middle.x, res_2s_middle(s, n));
            const Tensor y = res_2s_second(middle, d1, d2, s, n, eta, z2);
            for (int64_t i = 0; i < 40; ++i) {
                // Sigma near 1 or 0 divides small differences of floats.
                EXPECT_NEAR(y.f32()[i], twin(net, x.f32()[i], s, n, eta, z1.f32()[i], z2.f32()[i]),
                            1e-5)
                    << s << " " << n << " " << eta << " " << i;
            }
        }
    }
}

// dx/dsigma = (x - clean(x)) / sigma has an exact solution for clean = k x; the error of a step
// falls with h^3.
TEST(Res2s, IsOfSecondOrder) {
    const double k = 0.5;
    const Net net = [&](double x, double) { return k * x; };
    const auto error = [&](double next) {
        const Tensor x = Tensor::full({1}, 1.0f), d1 = asked(net, x, 0.8);
        const auto middle = res_2s_first(x, d1, 0.8, next, 0, {});
        const Tensor y = res_2s_second(middle, d1, asked(net, middle.x, res_2s_middle(0.8, next)),
                                       0.8, next, 0, {});
        return std::abs(y.f32()[0] - std::pow(next / 0.8, 1 - k));
    };
    const double wide = error(0.8 * std::exp(-0.4)), narrow = error(0.8 * std::exp(-0.2));
    EXPECT_GT(wide / narrow, 6);
}

TEST(Res2s, NoiseIsNormalisedPerChannel) {
    const Tensor n = normalised_per_channel(neural::counter_noise(8)->normal({2, 50, 3}));
    for (int64_t b = 0; b < 2; ++b) {
        for (int64_t c = 0; c < 3; ++c) {
            double sum = 0, squares = 0;
            for (int64_t t = 0; t < 50; ++t) {
                const double v = n.f32()[(b * 50 + t) * 3 + c];
                sum += v;
                squares += v * v;
            }
            EXPECT_NEAR(sum, 0, 1e-4);
            EXPECT_NEAR(squares / 49, 1, 1e-5);
        }
    }
}

// --- guidance ---

TEST(Guidance, IsTheEstimateItselfWhereEveryScaleIsOff) {
    const Tensor c = neural::counter_noise(9)->normal({2, 7});
    EXPECT_EQ(guide(c, {}, {}, {}, {}).to_vector(), c.to_vector());
}

TEST(Guidance, SetsTheSpreadBackPerSample) {
    const auto source = neural::counter_noise(10);
    const Tensor c = source->normal({2, 500}), u = source->normal({2, 500});
    GuidanceScales scales;
    scales.text = 4;
    scales.rescale = 1;
    const Tensor both = guide(c, u, {}, {}, scales);
    // A sample's result does not depend on the other's.
    EXPECT_EQ(guide(c.rows(1, 2), u.rows(1, 2), {}, {}, scales).to_vector(),
              both.rows(1, 2).to_vector());
    const auto spread = [](const Tensor& t) {
        double sum = 0, squares = 0;
        for (const float v : t.to_vector()) {
            sum += v;
            squares += double{v} * v;
        }
        const auto n = static_cast<double>(t.elements());
        return std::sqrt((squares - sum * sum / n) / (n - 1));
    };
    EXPECT_NEAR(spread(both.rows(0, 1)), spread(c.rows(0, 1)), 1e-5);
}

}  // namespace
