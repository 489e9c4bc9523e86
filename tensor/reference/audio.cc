#include <algorithm>
#include <cmath>
#include <vector>

#include "tensor/reference/reference.h"

namespace tensor {

void ReferenceBackend::snake(const Tensor& x, const SnakeOptions& o, Tensor& y) {
    const int64_t length = x.dim(1), channels = x.dim(2), taps = o.up.elements();
    std::vector<double> fine(static_cast<size_t>(2 * length));
    for (int64_t row = 0; row < x.dim(0) * channels; ++row) {
        const int64_t c = row % channels;
        const float* in = x.f32() + row / channels * length * channels + c;
        float* out = y.f32() + row / channels * length * channels + c;
        const double alpha = o.alpha.f32()[c], beta = o.beta.f32()[c];
        const double a = o.log_scale ? std::exp(alpha) : alpha;
        const double b = o.log_scale ? std::exp(beta) : beta;
        for (int64_t n = 0; n < 2 * length; ++n) {
            double u = 0;
            for (int64_t i = 0; i < taps; ++i) {
                const int64_t twice = n + taps / 2 - 1 - i;  // 2m
                if (twice % 2 != 0) continue;
                const int64_t m = std::clamp<int64_t>(twice / 2, 0, length - 1);
                u += 2.0 * in[m * channels] * o.up.f32()[i];
            }
            const double s = std::sin(a * u);
            fine[static_cast<size_t>(n)] = u + s * s / (b + 1e-9);
        }
        for (int64_t j = 0; j < length; ++j) {
            double sum = 0;
            for (int64_t i = 0; i < taps; ++i) {
                const int64_t n =
                    std::clamp<int64_t>(2 * j + i - (taps / 2 - 1), 0, 2 * length - 1);
                sum += fine[static_cast<size_t>(n)] * o.down.f32()[i];
            }
            out[j * channels] = static_cast<float>(sum);
        }
    }
}

void ReferenceBackend::magnitude(const Tensor& x, Tensor& y) {
    const int64_t width = y.dim(-1);
    for (int64_t i = 0; i < y.elements(); ++i) {
        const float* row = x.f32() + i / width * 2 * width;
        y.f32()[i] =
            static_cast<float>(std::hypot(double{row[i % width]}, double{row[width + i % width]}));
    }
}

void ReferenceBackend::log_floor(const Tensor& x, float floor, Tensor& y) {
    for (int64_t i = 0; i < x.elements(); ++i) {
        y.f32()[i] = static_cast<float>(std::log(double{std::max(x.f32()[i], floor)}));
    }
}

}  // namespace tensor
