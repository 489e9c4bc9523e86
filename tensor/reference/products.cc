#include <vector>

#include "tensor/cpu/int8.h"
#include "tensor/reference/reference.h"

namespace tensor {

void ReferenceBackend::linear(const Tensor& x, const Tensor& weight, const Tensor& bias,
                              Activation activation, std::shared_ptr<void>&, bool, Tensor& y) {
    const Tensor w = weight.widened();
    const int64_t m = x.dim(0), k = x.dim(1), n = w.dim(0);
    for (int64_t i = 0; i < m; ++i) {
        for (int64_t j = 0; j < n; ++j) {
            double sum = bias.defined() ? bias.f32()[j] : 0.0;
            for (int64_t p = 0; p < k; ++p) sum += double{x.f32()[i * k + p]} * w.f32()[j * k + p];
            y.f32()[i * n + j] = static_cast<float>(reference_activation(sum, activation));
        }
    }
}

void ReferenceBackend::linear_bf16(const Tensor& x, const Tensor& weight, const Tensor& bias,
                                   Activation activation, std::shared_ptr<void>& packed,
                                   bool may_keep, Tensor& y) {
    const auto rounded = [](Tensor t) {
        for (int64_t i = 0; i < t.elements(); ++i)
            t.f32()[i] = bf16_to_f32(f32_to_bf16(t.f32()[i]));
        return t;
    };
    linear(rounded(x.clone()), rounded(weight.widened().clone()), bias, activation, packed,
           may_keep, y);
}

void ReferenceBackend::linear_int8(const Tensor& x, const Tensor& weight, const Tensor& bias,
                                   Activation activation, std::shared_ptr<void>&, bool, Tensor& y) {
    // The codes are the fast backend's; what is done with them is done again.
    const int64_t m = x.dim(0), k = x.dim(1), n = weight.dim(0);
    const Int8Weight w = quantise_weight(weight, int8_weight_limit());
    const auto* codes = reinterpret_cast<const int8_t*>(w.codes.raw());
    std::vector<uint8_t> row(static_cast<size_t>(k));
    for (int64_t r = 0; r < m; ++r) {
        const double scale = quantise_row(x.f32() + r * k, k, row.data());
        for (int64_t c = 0; c < n; ++c) {
            int64_t sum = 0;
            for (int64_t i = 0; i < k; ++i) {
                sum += (int64_t{row[static_cast<size_t>(i)]} - 128) * codes[c * k + i];
            }
            const double value =
                static_cast<double>(sum) * scale * w.scale[static_cast<size_t>(c)] +
                (bias.defined() ? double{bias.f32()[c]} : 0.0);
            y.f32()[r * n + c] = static_cast<float>(reference_activation(value, activation));
        }
    }
}

void ReferenceBackend::matmul_nt(const Tensor& a, const Tensor& b, Tensor& c) {
    const int64_t m = a.dim(1), k = a.dim(2), n = b.dim(1);
    for (int64_t i = 0; i < a.dim(0) * m; ++i) {
        for (int64_t j = 0; j < n; ++j) {
            const float* row = b.f32() + (i / m * n + j) * k;
            double sum = 0;
            for (int64_t p = 0; p < k; ++p) sum += double{a.f32()[i * k + p]} * row[p];
            c.f32()[i * n + j] = static_cast<float>(sum);
        }
    }
}

void ReferenceBackend::conv(const Tensor& x, const Tensor& weight, const Tensor& bias,
                            const ConvGeometry& g, Activation activation, std::shared_ptr<void>&,
                            Tensor& y) {
    const Tensor w = weight.widened();
    const int64_t channels = x.dim(4), n = w.dim(0);
    const int64_t kt = w.dim(2), kh = w.dim(3), kw = w.dim(4);
    const int64_t T = x.dim(1), H = x.dim(2), W = x.dim(3);
    for (int64_t o = 0; o < y.elements() / n; ++o) {
        const int64_t ow = o % y.dim(3), oh = o / y.dim(3) % y.dim(2);
        const int64_t ot = o / (y.dim(3) * y.dim(2)) % y.dim(1),
                      b = o / (y.dim(3) * y.dim(2) * y.dim(1));
        for (int64_t j = 0; j < n; ++j) {
            double sum = bias.defined() ? bias.f32()[j] : 0.0;
            for (int64_t a = 0; a < kt * kh * kw; ++a) {
                const int64_t t = ot * g.stride[0] - g.pad_front[0] + a / (kh * kw) * g.dilation[0];
                const int64_t h = oh * g.stride[1] - g.pad_front[1] + a / kw % kh * g.dilation[1];
                const int64_t v = ow * g.stride[2] - g.pad_front[2] + a % kw * g.dilation[2];
                if (t < 0 || h < 0 || v < 0 || t >= T || h >= H || v >= W) continue;
                const float* in = x.f32() + (((b * T + t) * H + h) * W + v) * channels;
                for (int64_t c = 0; c < channels; ++c) {
                    sum += double{in[c]} * w.f32()[(j * channels + c) * kt * kh * kw + a];
                }
            }
            y.f32()[o * n + j] = static_cast<float>(reference_activation(sum, activation));
        }
    }
}

void ReferenceBackend::conv_transpose1d(const Tensor& x, const Tensor& weight, const Tensor& bias,
                                        int64_t stride, int64_t padding, std::shared_ptr<void>&,
                                        Tensor& y) {
    const Tensor w = weight.widened();
    const int64_t in_length = x.dim(1), channels = x.dim(2), length = y.dim(1), n = y.dim(2),
                  k = w.dim(2);
    std::vector<double> sums(static_cast<size_t>(y.elements()), 0.0);
    for (int64_t r = 0; r < x.dim(0) * in_length; ++r) {
        for (int64_t a = 0; a < k; ++a) {
            const int64_t at = r % in_length * stride - padding + a;
            if (at < 0 || at >= length) continue;
            for (int64_t j = 0; j < n; ++j) {
                double& sum = sums[static_cast<size_t>((r / in_length * length + at) * n + j)];
                for (int64_t c = 0; c < channels; ++c) {
                    sum += double{x.f32()[r * channels + c]} * w.f32()[(c * n + j) * k + a];
                }
            }
        }
    }
    for (int64_t i = 0; i < y.elements(); ++i) {
        y.f32()[i] = static_cast<float>(sums[static_cast<size_t>(i)] +
                                        (bias.defined() ? bias.f32()[i % n] : 0.0f));
    }
}

}  // namespace tensor
