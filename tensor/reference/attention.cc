#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "tensor/cpu/flash_int.h"
#include "tensor/reference/reference.h"

namespace tensor {
namespace {

// softmax(logits) . v over `rows` of v.
void weigh(std::vector<double>& logits, const std::vector<const float*>& rows, int64_t width,
           float* out) {
    const double top = *std::max_element(logits.begin(), logits.end());
    double sum = 0;
    for (double& l : logits) sum += l = std::exp(l - top);
    for (int64_t i = 0; i < width; ++i) {
        double value = 0;
        for (size_t j = 0; j < rows.size(); ++j) value += logits[j] * rows[j][i];
        out[i] = static_cast<float>(value / sum);
    }
}

double dot(const float* a, const float* b, int64_t n) {
    double sum = 0;
    for (int64_t i = 0; i < n; ++i) sum += double{a[i]} * b[i];
    return sum;
}

}  // namespace

void ReferenceBackend::attention(const Tensor& q, const Tensor& k, const Tensor& v,
                                 const AttentionOptions& o, Tensor& y) {
    const int64_t Tq = q.dim(1), H = q.dim(2), D = q.dim(3), Tk = k.dim(1), Hk = k.dim(2),
                  Dv = v.dim(3);
    for (int64_t b = 0; b < q.dim(0); ++b) {
        for (int64_t h = 0; h < H; ++h) {
            for (int64_t i = 0; i < Tq; ++i) {
                const int64_t last = o.causal ? i + Tk - Tq + 1 : o.key_count;
                const int64_t first =
                    o.causal && o.window > 0 ? std::max<int64_t>(0, last - o.window) : 0;
                std::vector<double> logits;
                std::vector<const float*> rows;
                for (int64_t j = first; j < last; ++j) {
                    const int64_t at = (b * Tk + j) * Hk + h / (H / Hk);
                    double l =
                        o.scale * dot(q.f32() + ((b * Tq + i) * H + h) * D, k.f32() + at * D, D);
                    if (o.bias.defined()) {
                        const int64_t bb = o.bias.dim(0) == 1 ? 0 : b,
                                      bh = o.bias.dim(1) == 1 ? 0 : h;
                        l += o.bias.f32()[((bb * o.bias.dim(1) + bh) * Tq + i) * Tk + j];
                    }
                    logits.push_back(l);
                    rows.push_back(v.f32() + at * Dv);
                }
                weigh(logits, rows, Dv, y.f32() + ((b * Tq + i) * H + h) * Dv);
            }
        }
    }
}

// Queries and keys in steps of their largest value over code_limit(), values in steps of the
// largest of their channel in a block of keys over kValueLimit. Weights are not rounded: that is
// what the fast one may err by.
void ReferenceBackend::attention_int(const Tensor& q, const Tensor& k, const Tensor& v,
                                     const AttentionOptions& o, Tensor& y) {
    const int64_t D = q.dim(3), channels = v.dim(2) * v.dim(3);
    const auto round = [](Tensor& x, int64_t first, int64_t count, int64_t step, int limit) {
        double top = 0;
        for (int64_t i = 0; i < count; ++i)
            top = std::max(top, std::abs(double{x.f32()[first + i * step]}));
        for (int64_t i = 0; i < count && top > 0; ++i) {
            float& value = x.f32()[first + i * step];
            value = static_cast<float>(std::nearbyint(value * limit / top) * top / limit);
        }
    };
    Tensor q2 = q.clone(), k2 = k.clone(), v2 = v.clone();
    for (int64_t i = 0; i < q.elements(); i += D) round(q2, i, D, 1, flash_int::code_limit(D));
    for (int64_t i = 0; i < k.elements(); i += D) round(k2, i, D, 1, flash_int::code_limit(D));
    for (int64_t b = 0; b < v.dim(0); ++b) {
        for (int64_t at = 0; at < o.key_count; at += flash_int::kColumns) {
            const int64_t count = std::min(flash_int::kColumns, o.key_count - at);
            for (int64_t c = 0; c < channels; ++c) {
                round(v2, (b * v.dim(1) + at) * channels + c, count, channels,
                      flash_int::kValueLimit);
            }
        }
    }
    attention(q2, k2, v2, o, y);
}

void ReferenceBackend::neighbourhood_attention(const Tensor& q, const Tensor& k, const Tensor& v,
                                               std::array<int64_t, 3> kernel, float scale,
                                               Tensor& y) {
    const std::array<int64_t, 3> size = {q.dim(1), q.dim(2), q.dim(3)};
    const int64_t heads = q.dim(4), D = q.dim(5), volume = size[0] * size[1] * size[2];
    const auto start = [&](int axis, int64_t i) {
        return std::clamp<int64_t>(i - kernel[axis] / 2, 0, size[axis] - kernel[axis]);
    };
    for (int64_t r = 0; r < q.dim(0) * volume * heads; ++r) {
        const int64_t h = r % heads, p = r / heads % volume, b = r / (heads * volume);
        const int64_t t0 = start(0, p / (size[1] * size[2])), h0 = start(1, p / size[2] % size[1]),
                      w0 = start(2, p % size[2]);
        std::vector<double> logits;
        std::vector<const float*> rows;
        for (int64_t a = 0; a < kernel[0] * kernel[1] * kernel[2]; ++a) {
            const int64_t t = t0 + a / (kernel[1] * kernel[2]), u = h0 + a / kernel[2] % kernel[1],
                          w = w0 + a % kernel[2];
            const int64_t at = ((b * volume + (t * size[1] + u) * size[2] + w) * heads + h) * D;
            logits.push_back(scale * dot(q.f32() + r * D, k.f32() + at, D));
            rows.push_back(v.f32() + at);
        }
        weigh(logits, rows, D, y.f32() + r * D);
    }
}

}  // namespace tensor
