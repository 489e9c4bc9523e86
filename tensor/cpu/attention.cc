// Attention, first form: a query at a time, keys in blocks, softmax on the fly.
#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "tensor/core/parallel.h"
#include "tensor/cpu/cpu.h"
#include "tensor/cpu/math.h"

namespace tensor {
namespace {

constexpr int64_t kBlock = 64;

struct Softmax {
    float top = -std::numeric_limits<float>::infinity();
    float sum = 0;
};

// logits[j] = scale q . k_j for j < count, rows `stride` apart.
AOZORA_INLINE void logits_body(const float* q, const float* k, int64_t stride, int64_t count,
                               int64_t width, float scale, float* logits) {
    for (int64_t j = 0; j < count; ++j) {
        const float* row = k + j * stride;
        float lanes[16] = {};
        int64_t i = 0;
        for (; i + 16 <= width; i += 16) {
            for (int l = 0; l < 16; ++l) lanes[l] += q[i + l] * row[i + l];
        }
        for (int l = 0; i < width; ++i, ++l) lanes[l] += q[i] * row[i];
        float sum = 0;
        for (int l = 0; l < 16; ++l) sum += lanes[l];
        logits[j] = sum * scale;
    }
}
AOZORA_INLINE void weigh_body(float* logits, int64_t count, const float* v, int64_t stride,
                              int64_t width, float* out, Softmax* state) {
    float top = state->top;
    for (int64_t j = 0; j < count; ++j) top = logits[j] > top ? logits[j] : top;
    const float keep = fast_exp(state->top - top);
    float sum = 0;
    for (int64_t j = 0; j < count; ++j) logits[j] = fast_exp(logits[j] - top);
    for (int64_t j = 0; j < count; ++j) sum += logits[j];
    for (int64_t i = 0; i < width; ++i) out[i] *= keep;
    for (int64_t j = 0; j < count; ++j) {
        const float* row = v + j * stride;
        const float p = logits[j];
        for (int64_t i = 0; i < width; ++i) out[i] += p * row[i];
    }
    state->sum = state->sum * keep + sum;
    state->top = top;
}
AOZORA_KERNEL(logits,
              (const float* q, const float* k, int64_t stride, int64_t count, int64_t width,
               float scale, float* out),
              (q, k, stride, count, width, scale, out))
AOZORA_KERNEL(weigh,
              (float* p, int64_t count, const float* v, int64_t stride, int64_t width, float* out,
               Softmax* state),
              (p, count, v, stride, width, out, state))

void finish(float* out, int64_t width, const Softmax& state) {
    for (int64_t i = 0; i < width; ++i) out[i] /= state.sum;
}

}  // namespace

void CpuBackend::attention(const Tensor& q, const Tensor& k, const Tensor& v,
                           const AttentionOptions& o, Tensor& y) {
    const int64_t Tq = q.dim(1), H = q.dim(2), D = q.dim(3), Tk = k.dim(1), Hk = k.dim(2),
                  Dv = v.dim(3);
    float* result = y.f32();
    parallel_for(q.dim(0) * Tq * H, 8, [&](int64_t begin, int64_t end) {
        float block[kBlock];
        for (int64_t r = begin; r < end; ++r) {
            const int64_t h = r % H, i = r / H % Tq, b = r / (H * Tq);
            const int64_t last = o.causal ? i + Tk - Tq + 1 : o.key_count;
            const int64_t first =
                o.causal && o.window > 0 ? std::max<int64_t>(0, last - o.window) : 0;
            const float* bias = nullptr;
            if (o.bias.defined()) {
                const int64_t bb = o.bias.dim(0) == 1 ? 0 : b, bh = o.bias.dim(1) == 1 ? 0 : h;
                bias = o.bias.f32() + ((bb * o.bias.dim(1) + bh) * Tq + i) * Tk;
            }
            float* out = result + r * Dv;
            std::fill_n(out, Dv, 0.0f);
            Softmax state;
            for (int64_t j = first; j < last; j += kBlock) {
                const int64_t count = std::min(kBlock, last - j);
                const int64_t at = (b * Tk + j) * Hk + h / (H / Hk);
                logits(q.f32() + r * D, k.f32() + at * D, Hk * D, count, D, o.scale, block);
                if (bias) {
                    for (int64_t c = 0; c < count; ++c) block[c] += bias[j + c];
                }
                weigh(block, count, v.f32() + at * Dv, Hk * Dv, Dv, out, &state);
            }
            finish(out, Dv, state);
        }
    });
}

void CpuBackend::neighbourhood_attention(const Tensor& q, const Tensor& k, const Tensor& v,
                                         std::array<int64_t, 3> kernel, float scale, Tensor& y) {
    const std::array<int64_t, 3> size = {q.dim(1), q.dim(2), q.dim(3)};
    const int64_t heads = q.dim(4), D = q.dim(5), volume = size[0] * size[1] * size[2];
    const auto start = [&](int axis, int64_t i) {
        return std::clamp<int64_t>(i - kernel[axis] / 2, 0, size[axis] - kernel[axis]);
    };
    float* result = y.f32();
    parallel_for(q.dim(0) * volume * heads, 8, [&](int64_t begin, int64_t end) {
        std::vector<float> block(static_cast<size_t>(kernel[2]));
        for (int64_t r = begin; r < end; ++r) {
            const int64_t h = r % heads, p = r / heads % volume, b = r / (heads * volume);
            const int64_t t0 = start(0, p / (size[1] * size[2])),
                          h0 = start(1, p / size[2] % size[1]), w0 = start(2, p % size[2]);
            float* out = result + r * D;
            std::fill_n(out, D, 0.0f);
            Softmax state;
            for (int64_t a = 0; a < kernel[0] * kernel[1]; ++a) {
                const int64_t t = t0 + a / kernel[1], u = h0 + a % kernel[1];
                const int64_t at =
                    ((b * volume + (t * size[1] + u) * size[2] + w0) * heads + h) * D;
                logits(q.f32() + r * D, k.f32() + at, heads * D, kernel[2], D, scale, block.data());
                weigh(block.data(), kernel[2], v.f32() + at, heads * D, D, out, &state);
            }
            finish(out, D, state);
        }
    });
}

}  // namespace tensor
