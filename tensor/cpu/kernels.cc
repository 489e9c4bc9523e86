#include "tensor/cpu/kernels.h"

#include <cmath>

#include "tensor/cpu/math.h"

namespace tensor::kernels {
namespace {

constexpr int kLanes = 16;  // partial sums of a reduction, whatever the instruction set

template <Activation kind>
AOZORA_INLINE float value(float x) {
    if constexpr (kind == Activation::GeluTanh) {
        // x/2 (1 + tanh u) = x sigmoid(2u)
        return x * fast_sigmoid(1.5957691216057308f * (x + 0.044715f * x * x * x));
    } else if constexpr (kind == Activation::Silu) {
        return x * fast_sigmoid(x);
    } else if constexpr (kind == Activation::Tanh) {
        return fast_tanh(x);
    } else if constexpr (kind == Activation::Sigmoid) {
        return fast_sigmoid(x);
    } else if constexpr (kind == Activation::Exp) {
        return fast_exp(x);
    } else if constexpr (kind == Activation::LeakyRelu01) {
        return x < 0 ? 0.1f * x : x;
    } else if constexpr (kind == Activation::LeakyRelu001) {
        return x < 0 ? 0.01f * x : x;
    } else if constexpr (kind == Activation::Clamp1) {
        return x < -1.0f ? -1.0f : x > 1.0f ? 1.0f : x;
    } else {
        return x;
    }
}

template <Activation kind>
AOZORA_INLINE void activate_loop(const float* x, float* y, int64_t n) {
    for (int64_t i = 0; i < n; ++i) y[i] = value<kind>(x[i]);
}
template <Activation kind>
AOZORA_INLINE void gated_loop(const float* gate, const float* up, float* y, int64_t n) {
    for (int64_t i = 0; i < n; ++i) y[i] = value<kind>(gate[i]) * up[i];
}

AOZORA_INLINE void activate_body(const float* x, float* y, int64_t n, Activation kind) {
    switch (kind) {
        case Activation::None: activate_loop<Activation::None>(x, y, n); break;
        case Activation::GeluTanh: activate_loop<Activation::GeluTanh>(x, y, n); break;
        case Activation::Silu: activate_loop<Activation::Silu>(x, y, n); break;
        case Activation::Tanh: activate_loop<Activation::Tanh>(x, y, n); break;
        case Activation::Sigmoid: activate_loop<Activation::Sigmoid>(x, y, n); break;
        case Activation::Exp: activate_loop<Activation::Exp>(x, y, n); break;
        case Activation::LeakyRelu01: activate_loop<Activation::LeakyRelu01>(x, y, n); break;
        case Activation::LeakyRelu001: activate_loop<Activation::LeakyRelu001>(x, y, n); break;
        case Activation::Clamp1: activate_loop<Activation::Clamp1>(x, y, n); break;
    }
}
AOZORA_INLINE void gated_body(const float* gate, const float* up, float* y, int64_t n,
                              Activation kind) {
    if (kind == Activation::Silu) gated_loop<Activation::Silu>(gate, up, y, n);
    if (kind == Activation::GeluTanh) gated_loop<Activation::GeluTanh>(gate, up, y, n);
    if (kind == Activation::Sigmoid) gated_loop<Activation::Sigmoid>(gate, up, y, n);
}
AOZORA_INLINE void axpby_body(float a, const float* x, float b, const float* y, float* z,
                              int64_t n) {
    for (int64_t i = 0; i < n; ++i) z[i] = a * x[i] + b * y[i];
}
AOZORA_INLINE void multiply_body(const float* x, const float* y, float* z, int64_t n) {
    for (int64_t i = 0; i < n; ++i) z[i] = x[i] * y[i];
}
AOZORA_INLINE void affine_body(const float* x, const float* s, const float* t, float* y,
                               int64_t n) {
    if (s && t) {
        for (int64_t i = 0; i < n; ++i) y[i] = x[i] * s[i] + t[i];
    } else if (s) {
        for (int64_t i = 0; i < n; ++i) y[i] = x[i] * s[i];
    } else if (t) {
        for (int64_t i = 0; i < n; ++i) y[i] = x[i] + t[i];
    } else {
        for (int64_t i = 0; i < n; ++i) y[i] = x[i];
    }
}
AOZORA_INLINE void gated_add_body(float* x, const float* gate, const float* y, int64_t n) {
    for (int64_t i = 0; i < n; ++i) x[i] += gate[i] * y[i];
}
AOZORA_INLINE void rope_halves_body(float* row, const float* cos, const float* sin, int64_t half) {
    for (int64_t i = 0; i < half; ++i) {
        const float a = row[i], b = row[i + half];
        row[i] = a * cos[i] - b * sin[i];
        row[i + half] = b * cos[i] + a * sin[i];
    }
}
AOZORA_INLINE void rope_pairs_body(float* row, const float* cos, const float* sin, int64_t half) {
    for (int64_t i = 0; i < half; ++i) {
        const float a = row[2 * i], b = row[2 * i + 1];
        row[2 * i] = a * cos[i] - b * sin[i];
        row[2 * i + 1] = b * cos[i] + a * sin[i];
    }
}

AOZORA_INLINE float lanes_sum(const float* lanes) {
    float s[kLanes];
    for (int l = 0; l < kLanes; ++l) s[l] = lanes[l];
    for (int width = kLanes / 2; width > 0; width /= 2) {
        for (int l = 0; l < width; ++l) s[l] += s[l + width];
    }
    return s[0];
}
AOZORA_INLINE float sum_of(const float* x, int64_t n) {
    float lanes[kLanes] = {};
    int64_t i = 0;
    for (; i + kLanes <= n; i += kLanes) {
        for (int l = 0; l < kLanes; ++l) lanes[l] += x[i + l];
    }
    for (int l = 0; i < n; ++i, ++l) lanes[l] += x[i];
    return lanes_sum(lanes);
}
AOZORA_INLINE float squares_of(const float* x, int64_t n, float centre) {
    float lanes[kLanes] = {};
    int64_t i = 0;
    for (; i + kLanes <= n; i += kLanes) {
        for (int l = 0; l < kLanes; ++l) {
            const float d = x[i + l] - centre;
            lanes[l] += d * d;
        }
    }
    for (int l = 0; i < n; ++i, ++l) {
        const float d = x[i] - centre;
        lanes[l] += d * d;
    }
    return lanes_sum(lanes);
}

// The results of a row in one pass over it.
template <bool kWeight, bool kBias, bool kModulation>
AOZORA_INLINE void norm_results(const float* __restrict x, float* __restrict y, int64_t n,
                                float mean, float factor, const NormRow& row) {
    const float *weight = row.weight, *bias = row.bias, *scale = row.scale, *shift = row.shift;
    for (int64_t i = 0; i < n; ++i) {
        float v = (x[i] - mean) * factor;
        if constexpr (kWeight) v *= weight[i];
        if constexpr (kBias) v += bias[i];
        if constexpr (kModulation) v = v * (1.0f + scale[i]) + shift[i];
        y[i] = v;
    }
}

AOZORA_INLINE void norm_row_body(const float* x, float* y, int64_t n, NormKind kind, float eps,
                                 const NormRow& row) {
    const float count = static_cast<float>(n);
    const float mean = kind == NormKind::Layer ? sum_of(x, n) / count : 0.0f;
    const float factor = 1.0f / __builtin_sqrtf(squares_of(x, n, mean) / count + eps);
    // Nets modulate with both tables; one alone is added after the pass.
    const bool both = row.scale && row.shift;
    if (row.weight && row.bias) {
        both ? norm_results<true, true, true>(x, y, n, mean, factor, row)
             : norm_results<true, true, false>(x, y, n, mean, factor, row);
    } else if (row.weight) {
        both ? norm_results<true, false, true>(x, y, n, mean, factor, row)
             : norm_results<true, false, false>(x, y, n, mean, factor, row);
    } else if (row.bias) {
        both ? norm_results<false, true, true>(x, y, n, mean, factor, row)
             : norm_results<false, true, false>(x, y, n, mean, factor, row);
    } else {
        both ? norm_results<false, false, true>(x, y, n, mean, factor, row)
             : norm_results<false, false, false>(x, y, n, mean, factor, row);
    }
    if (both) return;
    if (row.scale) {
        for (int64_t i = 0; i < n; ++i) y[i] *= 1.0f + row.scale[i];
    }
    if (row.shift) {
        for (int64_t i = 0; i < n; ++i) y[i] += row.shift[i];
    }
}

AOZORA_INLINE void modulate_row_body(const float* x, const float* scale, const float* shift,
                                     float* y, int64_t n) {
    if (scale && shift) {
        for (int64_t i = 0; i < n; ++i) y[i] = x[i] * (1.0f + scale[i]) + shift[i];
    } else if (scale) {
        for (int64_t i = 0; i < n; ++i) y[i] = x[i] * (1.0f + scale[i]);
    } else {
        for (int64_t i = 0; i < n; ++i) y[i] = x[i] + (shift ? shift[i] : 0.0f);
    }
}

AOZORA_INLINE void column_moments_body(const float* x, int64_t rows, int64_t n, const float* about,
                                       double* sum, double* squares) {
    // Sixteen columns at a time, in pieces of 64 rows that f32 adds up without losing digits.
    for (int64_t c = 0; c < n; c += kLanes) {
        const int64_t width = n - c < kLanes ? n - c : kLanes;
        for (int64_t top = 0; top < rows; top += 64) {
            const int64_t bottom = rows - top < 64 ? rows : top + 64;
            float first[kLanes] = {}, second[kLanes] = {}, centre[kLanes] = {};
            for (int64_t l = 0; l < width; ++l) centre[l] = about[c + l];
            if (width == kLanes) {
                for (int64_t r = top; r < bottom; ++r) {
                    for (int l = 0; l < kLanes; ++l) {
                        const float d = x[r * n + c + l] - centre[l];
                        first[l] += d;
                        second[l] += d * d;
                    }
                }
            } else {
                for (int64_t r = top; r < bottom; ++r) {
                    for (int64_t l = 0; l < width; ++l) {
                        const float d = x[r * n + c + l] - centre[l];
                        first[l] += d;
                        second[l] += d * d;
                    }
                }
            }
            for (int64_t l = 0; l < width; ++l) {
                sum[c + l] += static_cast<double>(first[l]);
                squares[c + l] += static_cast<double>(second[l]);
            }
        }
    }
}

AOZORA_INLINE void centre_row_body(const float* __restrict x, const float* __restrict centre,
                                   const float* __restrict factor, const float* __restrict bias,
                                   float* __restrict y, int64_t n) {
    for (int64_t i = 0; i < n; ++i) y[i] = (x[i] - centre[i]) * factor[i] + bias[i];
}

}  // namespace

AOZORA_KERNEL(activate, (const float* x, float* y, int64_t n, Activation kind), (x, y, n, kind))
AOZORA_KERNEL(gated, (const float* gate, const float* up, float* y, int64_t n, Activation kind),
              (gate, up, y, n, kind))
AOZORA_KERNEL(axpby, (float a, const float* x, float b, const float* y, float* z, int64_t n),
              (a, x, b, y, z, n))
AOZORA_KERNEL(multiply, (const float* x, const float* y, float* z, int64_t n), (x, y, z, n))
AOZORA_KERNEL(affine, (const float* x, const float* s, const float* t, float* y, int64_t n),
              (x, s, t, y, n))
AOZORA_KERNEL(gated_add, (float* x, const float* gate, const float* y, int64_t n), (x, gate, y, n))
AOZORA_KERNEL(rope_halves, (float* row, const float* cos, const float* sin, int64_t half),
              (row, cos, sin, half))
AOZORA_KERNEL(rope_pairs, (float* row, const float* cos, const float* sin, int64_t half),
              (row, cos, sin, half))
AOZORA_KERNEL(norm_row,
              (const float* x, float* y, int64_t n, NormKind kind, float eps, const NormRow& row),
              (x, y, n, kind, eps, row))
AOZORA_KERNEL(modulate_row,
              (const float* x, const float* scale, const float* shift, float* y, int64_t n),
              (x, scale, shift, y, n))
AOZORA_KERNEL(column_moments,
              (const float* x, int64_t rows, int64_t n, const float* about, double* sum,
               double* squares),
              (x, rows, n, about, sum, squares))
AOZORA_KERNEL(centre_row,
              (const float* x, const float* centre, const float* factor, const float* bias,
               float* y, int64_t n),
              (x, centre, factor, bias, y, n))

}  // namespace tensor::kernels
