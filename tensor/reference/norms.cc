#include <cmath>

#include "tensor/ops/row_map.h"
#include "tensor/reference/reference.h"

namespace tensor {
namespace {

double modulated(double value, const Modulation& m, int64_t tokens, int64_t t, int64_t i) {
    if (m.scale.defined()) {
        const int64_t row = row_of(m.map, m.scale.dim(0), tokens, t);
        value *= 1.0 + m.scale.f32()[row * m.scale.dim(1) + i];
    }
    if (m.shift.defined()) {
        const int64_t row = row_of(m.map, m.shift.dim(0), tokens, t);
        value += m.shift.f32()[row * m.shift.dim(1) + i];
    }
    return value;
}

}  // namespace

void ReferenceBackend::norm(const Tensor& x, const NormOptions& o, Tensor& y) {
    const int64_t width = x.dim(-1);
    const int64_t tokens = x.rank() == 3 ? x.dim(1) : 1;
    for (int64_t t = 0; t < x.elements() / width; ++t) {
        const float* row = x.f32() + t * width;
        double mean = 0;
        if (o.kind == NormKind::Layer) {
            for (int64_t i = 0; i < width; ++i) mean += row[i];
            mean /= static_cast<double>(width);
        }
        double squares = 0;
        for (int64_t i = 0; i < width; ++i) squares += (row[i] - mean) * (row[i] - mean);
        const double factor = 1 / std::sqrt(squares / static_cast<double>(width) + o.eps);
        for (int64_t i = 0; i < width; ++i) {
            double value = (row[i] - mean) * factor;
            if (o.weight.defined()) value *= o.weight.f32()[i];
            if (o.bias.defined()) value += o.bias.f32()[i];
            y.f32()[t * width + i] =
                static_cast<float>(modulated(value, o.modulation, tokens, t, i));
        }
    }
    if (o.activation != Activation::None) activate(y, o.activation, y);
}

void ReferenceBackend::modulate(const Tensor& x, const Modulation& m, Tensor& y) {
    const int64_t width = x.dim(2);
    for (int64_t i = 0; i < x.elements(); ++i) {
        y.f32()[i] = static_cast<float>(modulated(x.f32()[i], m, x.dim(1), i / width, i % width));
    }
}

void ReferenceBackend::group_norm(const Tensor& x, int groups, float eps, const Tensor& weight,
                                  const Tensor& bias, Tensor& y) {
    const int64_t channels = x.dim(-1), each = channels / groups;
    const int64_t positions = x.shape().product(1, x.rank() - 1);
    const double count = static_cast<double>(positions * each);
    for (int64_t b = 0; b < x.dim(0); ++b) {
        const float* in = x.f32() + b * positions * channels;
        float* out = y.f32() + b * positions * channels;
        for (int64_t g = 0; g < groups; ++g) {
            double mean = 0, squares = 0;
            const auto over = [&](auto visit) {
                for (int64_t p = 0; p < positions; ++p) {
                    for (int64_t c = g * each; c < (g + 1) * each; ++c) visit(p * channels + c, c);
                }
            };
            over([&](int64_t i, int64_t) { mean += in[i]; });
            mean /= count;
            over([&](int64_t i, int64_t) { squares += (in[i] - mean) * (in[i] - mean); });
            const double factor = 1 / std::sqrt(squares / count + eps);
            over([&](int64_t i, int64_t c) {
                out[i] =
                    static_cast<float>((in[i] - mean) * factor * weight.f32()[c] + bias.f32()[c]);
            });
        }
    }
}

}  // namespace tensor
