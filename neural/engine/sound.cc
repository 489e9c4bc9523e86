#include "neural/engine/sound.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/core/check.h"
#include "base/signal/source.h"
#include "tensor/core/parallel.h"

namespace neural {
namespace {

double bessel_i0(double x) {
    double sum = 1, term = 1;
    for (int k = 1; k < 60; ++k) {
        term *= (x / (2 * k)) * (x / (2 * k));
        sum += term;
    }
    return sum;
}

// The kernel at `t` input samples from its centre; `cutoff` of the input's Nyquist rate.
double kernel(double t, double cutoff, double reach) {
    if (std::abs(t) >= reach) return 0;
    const double x = std::numbers::pi * t * cutoff;
    const double sinc = std::abs(x) < 1e-9 ? 1 : std::sin(x) / x;
    const double r = t / reach;
    static const double norm = bessel_i0(9);
    return cutoff * sinc * bessel_i0(9 * std::sqrt(1 - r * r)) / norm;
}

float sane(double v) {
    return std::isfinite(v) ? static_cast<float>(std::clamp(v, -1.0, 1.0)) : 0.0f;
}

}  // namespace

std::vector<float> to_stereo_48k(const tensor::Tensor& wave, int64_t rate_hz) {
    CHECK(wave.rank() == 3 && wave.dim(0) == 1 && wave.dim(1) >= 1 && rate_hz > 0, "wave [1,C,n]");
    const int64_t n = wave.dim(2);
    const int64_t out_n = n * base::kSampleRateHz / rate_hz;
    const float* channel[2] = {wave.f32(), wave.f32() + (wave.dim(1) > 1 ? n : 0)};
    std::vector<float> out(static_cast<size_t>(out_n * 2));
    if (rate_hz == base::kSampleRateHz) {
        for (int64_t i = 0; i < out_n; ++i) {
            for (int c = 0; c < 2; ++c) out[static_cast<size_t>(2 * i + c)] = sane(channel[c][i]);
        }
        return out;
    }
    const double step = static_cast<double>(rate_hz) / base::kSampleRateHz;
    const double cutoff = std::min(1.0, 1 / step) * 0.96;
    const double reach = 32 * std::max(1.0, step);
    tensor::parallel_for(out_n, 256, [&](int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; ++i) {
            const double at = static_cast<double>(i) * step;
            const auto first = std::max<int64_t>(0, static_cast<int64_t>(std::ceil(at - reach)));
            const auto last =
                std::min<int64_t>(n - 1, static_cast<int64_t>(std::floor(at + reach)));
            double sum[2] = {};
            for (int64_t j = first; j <= last; ++j) {
                const double w = kernel(static_cast<double>(j) - at, cutoff, reach);
                for (int c = 0; c < 2; ++c) sum[c] += w * channel[c][j];
            }
            for (int c = 0; c < 2; ++c) out[static_cast<size_t>(2 * i + c)] = sane(sum[c]);
        }
    });
    return out;
}

tensor::Tensor from_stereo(const std::vector<float>& samples) {
    const auto count = static_cast<int64_t>(samples.size() / 2);
    tensor::Tensor wave({1, 2, count});
    for (int64_t i = 0; i < count; ++i) {
        for (int64_t c = 0; c < 2; ++c)
            wave.f32()[c * count + i] = samples[static_cast<size_t>(2 * i + c)];
    }
    return wave;
}

}  // namespace neural
