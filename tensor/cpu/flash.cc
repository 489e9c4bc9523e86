#include "tensor/cpu/flash.h"

#include <algorithm>
#include <limits>

#include "tensor/cpu/tile.h"

// GCC 12 takes registers that a vectorised copy fills for uninitialised.
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"

namespace tensor::flash {
namespace {

template <int W>
AOZORA_INLINE void scores_body(const float* q, int64_t depth, const Panel* panels, int64_t count,
                               int64_t k_stride, float* logits) {
    constexpr int kR = Tile<W>::kRows, kP = Tile<W>::kPanels;
    const float* k[kPanels];
    for (int64_t p = 0; p < count; ++p) k[p] = panels[p].k;
    for (int64_t i = 0; i < kRows; i += kR) {
        int64_t p = 0;
        for (; p + kP <= count; p += kP) {
            product_tile<W, 1, kR, kP>(q + i, 0, depth, k + p, k_stride, nullptr, 0,
                                       logits + i * kColumns + p * kPanel, kColumns);
        }
        for (; p < count; ++p) {
            product_tile<W, 1, kR, 1>(q + i, 0, depth, k + p, k_stride, nullptr, 0,
                                      logits + i * kColumns + p * kPanel, kColumns);
        }
    }
}

// V registers wide, beginning at column c.
template <int W, int R, int V>
AOZORA_INLINE void mix_tile(const float* weights, const Panel* panels, int64_t count,
                            int64_t v_stride, int64_t width, int64_t c, const float* keep,
                            float* out) {
    using Vector = typename Lanes<W>::type;
    Vector sum[R][V];
#pragma GCC unroll 6
    for (int i = 0; i < R; ++i) {
#pragma GCC unroll 16
        for (int v = 0; v < V; ++v) {
            load_lanes<W>(sum[i][v], out + i * width + c + v * W);
            sum[i][v] *= keep[i];
        }
    }
    for (int64_t p = 0; p < count; ++p) {
        const float* row = panels[p].v + c;
        const float* w = weights + p * kPanel;
        for (int j = 0; j < kPanel; ++j, row += v_stride, ++w) {
            Vector b[V];
#pragma GCC unroll 16
            for (int v = 0; v < V; ++v) load_lanes<W>(b[v], row + v * W);
#pragma GCC unroll 6
            for (int i = 0; i < R; ++i) {
#pragma GCC unroll 16
                for (int v = 0; v < V; ++v) sum[i][v] += b[v] * w[i * kColumns];
            }
        }
    }
#pragma GCC unroll 6
    for (int i = 0; i < R; ++i) {
#pragma GCC unroll 16
        for (int v = 0; v < V; ++v) store_lanes<W>(out + i * width + c + v * W, sum[i][v]);
    }
}

template <int W>
AOZORA_INLINE void mix_body(const float* weights, const Panel* panels, int64_t count,
                            int64_t v_stride, int64_t width, const float* keep, float* out) {
    constexpr int kR = Tile<W>::kRows, kV = Tile<W>::kVectors * Tile<W>::kPanels;
    for (int64_t i = 0; i < kRows; i += kR) {
        int64_t c = 0;
        for (; c + kV * W <= width; c += kV * W) {
            mix_tile<W, kR, kV>(weights + i * kColumns, panels, count, v_stride, width, c, keep + i,
                                out + i * width);
        }
        for (; c < width; c += kPanel) {
            mix_tile<W, kR, Tile<W>::kVectors>(weights + i * kColumns, panels, count, v_stride,
                                               width, c, keep + i, out + i * width);
        }
    }
}

AOZORA_INLINE void add_mask_body(float* logits, int64_t columns, const float* mask, int64_t stride,
                                 int64_t period) {
    for (int64_t i = 0; i < kRows; ++i, logits += kColumns, mask += stride) {
        for (int64_t j = 0; j < columns; j += period) {
            for (int64_t c = 0; c < period; ++c) logits[j + c] += mask[c];
        }
    }
}

// e^x for x <= 0, 2 ulp; 0 below -87.7. fast_exp of math.h, without the half of its range that a
// softmax does not use: at n = -127 the exponent field is 0, and so is the result.
template <int W>
AOZORA_INLINE void exp_of_negative(typename Lanes<W>::type& x) {
    using Vector = typename Lanes<W>::type;
    using Bits = typename Lanes<W>::bits;
    const Vector magic = Vector{} + 12582912.0f, least = Vector{} - 88.0f;
    x = x > least ? x : least;
    const Vector shifted = x * 1.44269504088896341f + magic;
    const Vector n = shifted - magic;
    Vector r = x - n * 0.693145751953125f;
    r = r - n * 1.428606765330187e-6f;
    Vector p = r * 1.388888888888889e-3f + 8.333333333333333e-3f;
    p = p * r + 4.166666666666667e-2f;
    p = p * r + 1.666666666666667e-1f;
    p = p * r + 0.5f;
    p = p * r + 1.0f;
    p = p * r + 1.0f;
    x = p * reinterpret_cast<Vector>((reinterpret_cast<Bits>(shifted) + (127 - 0x4b400000)) << 23);
}

template <int W>
AOZORA_INLINE void soften_body(float* logits, int64_t columns, Softmax* state, float* keep) {
    using Vector = typename Lanes<W>::type;
    constexpr int kVectors = kPanel / W;
    for (int64_t i = 0; i < kRows; ++i) {
        float* row = logits + i * kColumns;
        Vector high[kVectors], sum[kVectors], x = Vector{} + state->top[i];
        for (Vector& h : high) h = x;
        for (int64_t j = 0; j < columns; j += kPanel) {
#pragma GCC unroll 4
            for (int v = 0; v < kVectors; ++v) {
                load_lanes<W>(x, row + j + v * W);
                high[v] = x > high[v] ? x : high[v];
            }
        }
        for (int v = 1; v < kVectors; ++v) high[0] = high[0] > high[v] ? high[0] : high[v];
        const float top = highest_lane<W>(high[0]);
        x = Vector{} + (state->top[i] - top);
        exp_of_negative<W>(x);
        keep[i] = x[0];
        state->top[i] = top;
        for (int v = 0; v < kVectors; ++v) {
            load_lanes<W>(sum[v], state->lanes[i] + v * W);
            sum[v] *= x;
        }
        for (int64_t j = 0; j < columns; j += kPanel) {
#pragma GCC unroll 4
            for (int v = 0; v < kVectors; ++v) {
                load_lanes<W>(x, row + j + v * W);
                x -= top;
                exp_of_negative<W>(x);
                store_lanes<W>(row + j + v * W, x);
                sum[v] += x;
            }
        }
        for (int v = 0; v < kVectors; ++v) store_lanes<W>(state->lanes[i] + v * W, sum[v]);
    }
}

}  // namespace

AOZORA_KERNEL(add_mask,
              (float* logits, int64_t columns, const float* mask, int64_t stride, int64_t period),
              (logits, columns, mask, stride, period))
AOZORA_KERNEL_BY_WIDTH(soften, (float* logits, int64_t columns, Softmax* state, float* keep),
                       (logits, columns, state, keep))
AOZORA_KERNEL_BY_WIDTH(scores,
                       (const float* q, int64_t depth, const Panel* panels, int64_t count,
                        int64_t k_stride, float* logits),
                       (q, depth, panels, count, k_stride, logits))
AOZORA_KERNEL_BY_WIDTH(mix,
                       (const float* weights, const Panel* panels, int64_t count, int64_t v_stride,
                        int64_t width, const float* keep, float* out),
                       (weights, panels, count, v_stride, width, keep, out))

// The least finite value, not -inf: a difference of two is still a number.
void begin(Softmax& state) {
    state = {};
    for (float& top : state.top) top = std::numeric_limits<float>::lowest();
}

float inverse_sum(const Softmax& state, int64_t row) {
    float sum = 0;
    for (const float l : state.lanes[row]) sum += l;
    return 1.0f / sum;
}

void pack_values(const float* rows, int64_t stride, int64_t count, int64_t depth, int64_t width,
                 float* v) {
    for (int64_t j = 0; j < kPanel; ++j, v += width) {
        const int64_t filled = j < count ? depth : 0;
        std::copy_n(rows + j * stride, filled, v);
        std::fill(v + filled, v + width, 0.0f);
    }
}

}  // namespace tensor::flash
