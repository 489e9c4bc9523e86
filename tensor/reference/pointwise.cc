#include <algorithm>
#include <cmath>
#include <numbers>

#include "tensor/ops/row_map.h"
#include "tensor/reference/reference.h"

namespace tensor {

double reference_activation(double x, Activation kind) {
    switch (kind) {
        case Activation::None: return x;
        case Activation::GeluTanh:
            return 0.5 * x *
                   (1 + std::tanh(std::sqrt(2 / std::numbers::pi) * (x + 0.044715 * x * x * x)));
        case Activation::Silu: return x / (1 + std::exp(-x));
        case Activation::Tanh: return std::tanh(x);
        case Activation::Sigmoid: return 1 / (1 + std::exp(-x));
        case Activation::Exp: return std::exp(x);
        case Activation::LeakyRelu01: return x < 0 ? 0.1 * x : x;
        case Activation::LeakyRelu001: return x < 0 ? 0.01 * x : x;
        case Activation::Clamp1: return std::clamp(x, -1.0, 1.0);
    }
    return x;
}

void ReferenceBackend::activate(const Tensor& x, Activation kind, Tensor& y) {
    for (int64_t i = 0; i < x.elements(); ++i) {
        y.f32()[i] = static_cast<float>(reference_activation(x.f32()[i], kind));
    }
}

void ReferenceBackend::gated(const Tensor& gate, const Tensor& up, Activation kind, Tensor& y) {
    for (int64_t i = 0; i < gate.elements(); ++i) {
        y.f32()[i] = static_cast<float>(reference_activation(gate.f32()[i], kind) * up.f32()[i]);
    }
}

void ReferenceBackend::axpby(float a, const Tensor& x, float b, const Tensor& y, Tensor& z) {
    for (int64_t i = 0; i < x.elements(); ++i) {
        z.f32()[i] = static_cast<float>(double{a} * x.f32()[i] + double{b} * y.f32()[i]);
    }
}

void ReferenceBackend::multiply(const Tensor& x, const Tensor& y, Tensor& z) {
    for (int64_t i = 0; i < x.elements(); ++i) z.f32()[i] = x.f32()[i] * y.f32()[i];
}

void ReferenceBackend::affine(const Tensor& x, const Tensor& s, const Tensor& t, Tensor& y) {
    const int64_t width = x.dim(-1);
    for (int64_t i = 0; i < x.elements(); ++i) {
        const double factor = s.defined() ? s.f32()[i % width] : 1.0;
        const double offset = t.defined() ? t.f32()[i % width] : 0.0;
        y.f32()[i] = static_cast<float>(x.f32()[i] * factor + offset);
    }
}

void ReferenceBackend::gated_add(Tensor& x, const Tensor& gate, const RowMap& map,
                                 const Tensor& y) {
    const int64_t width = x.dim(2);
    for (int64_t t = 0; t < x.dim(0) * x.dim(1); ++t) {
        const float* g = gate.f32() + row_of(map, gate.dim(0), x.dim(1), t) * width;
        for (int64_t i = 0; i < width; ++i) {
            float& at = x.f32()[t * width + i];
            at = static_cast<float>(at + double{g[i]} * y.f32()[t * width + i]);
        }
    }
}

void ReferenceBackend::scale_heads(Tensor& x, const Tensor& g) {
    const int64_t width = x.dim(3);
    for (int64_t i = 0; i < x.elements(); ++i) x.f32()[i] *= g.f32()[i / width];
}

void ReferenceBackend::rope(Tensor& x, const Tensor& cos, const Tensor& sin, RopeLayout layout) {
    const int64_t tokens = x.dim(1), heads = x.dim(2), half = x.dim(3) / 2;
    for (int64_t b = 0; b < x.dim(0); ++b) {
        for (int64_t t = 0; t < tokens; ++t) {
            for (int64_t h = 0; h < heads; ++h) {
                float* row = x.f32() + ((b * tokens + t) * heads + h) * 2 * half;
                const int64_t table = (((cos.dim(0) == 1 ? 0 : b) * tokens + t) * cos.dim(2) +
                                       (cos.dim(2) == 1 ? 0 : h)) *
                                      half;
                for (int64_t i = 0; i < half; ++i) {
                    const int64_t first = layout == RopeLayout::Halves ? i : 2 * i;
                    const int64_t second = layout == RopeLayout::Halves ? i + half : 2 * i + 1;
                    const double c = cos.f32()[table + i], s = sin.f32()[table + i];
                    const double p = row[first], q = row[second];
                    row[first] = static_cast<float>(p * c - q * s);
                    row[second] = static_cast<float>(q * c + p * s);
                }
            }
        }
    }
}

}  // namespace tensor
