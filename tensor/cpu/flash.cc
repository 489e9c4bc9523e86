#include "tensor/cpu/flash.h"

#include <algorithm>
#include <limits>

#include "tensor/cpu/lanes.h"

namespace tensor::flash {
namespace {

// Register tiles. A tile of R rows and P panels needs R P 16/W accumulators, P 16/W registers for
// what is shared by the rows and one for the broadcast; AVX-512 and NEON have 32 registers, AVX2
// and SSE2 have 16.
template <int W>
struct Tile {
    static constexpr int kVectors = kPanel / W;  // registers of a panel's row
#if defined(__aarch64__)
    static constexpr int kTileRows = 6;
#else
    static constexpr int kTileRows = W == 4 ? 2 : 6;
#endif
    static constexpr int kTilePanels = W == 16 ? 4 : 1;
};

template <int W, int R, int P>
AOZORA_INLINE void score_tile(const float* q, int64_t depth, const Panel* panels, int64_t k_stride,
                              float* logits) {
    constexpr int kVectors = Tile<W>::kVectors;
    using Vector = typename Lanes<W>::type;
    Vector sum[R][P * kVectors] = {};
    const float* k[P];
    for (int p = 0; p < P; ++p) k[p] = panels[p].k;
    for (int64_t d = 0; d < depth; ++d, q += kRows) {
        Vector b[P * kVectors];
#pragma GCC unroll 4
        for (int p = 0; p < P; ++p) {
#pragma GCC unroll 4
            for (int v = 0; v < kVectors; ++v)
                load_lanes<W>(b[p * kVectors + v], k[p] + d * k_stride + v * W);
        }
#pragma GCC unroll 6
        for (int i = 0; i < R; ++i) {
#pragma GCC unroll 16
            for (int v = 0; v < P * kVectors; ++v) sum[i][v] += b[v] * q[i];
        }
    }
#pragma GCC unroll 6
    for (int i = 0; i < R; ++i) {
#pragma GCC unroll 16
        for (int v = 0; v < P * kVectors; ++v)
            store_lanes<W>(logits + i * kColumns + v * W, sum[i][v]);
    }
}

template <int W>
AOZORA_INLINE void scores_body(const float* q, int64_t depth, const Panel* panels, int64_t count,
                               int64_t k_stride, float* logits) {
    constexpr int kR = Tile<W>::kTileRows, kP = Tile<W>::kTilePanels;
    for (int64_t i = 0; i < kRows; i += kR) {
        int64_t p = 0;
        for (; p + kP <= count; p += kP) {
            score_tile<W, kR, kP>(q + i, depth, panels + p, k_stride,
                                  logits + i * kColumns + p * kPanel);
        }
        for (; p < count; ++p) {
            score_tile<W, kR, 1>(q + i, depth, panels + p, k_stride,
                                 logits + i * kColumns + p * kPanel);
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
    constexpr int kR = Tile<W>::kTileRows, kV = Tile<W>::kVectors * Tile<W>::kTilePanels;
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
AOZORA_INLINE float highest_of(typename Lanes<W>::type v) {
#pragma GCC unroll 4
    for (int half = W / 2; half > 0; half /= 2) {
        typename Lanes<W>::bits order;
#pragma GCC unroll 16
        for (int l = 0; l < W; ++l) order[l] = l ^ half;
        const typename Lanes<W>::type other = __builtin_shuffle(v, order);
        v = v > other ? v : other;
    }
    return v[0];
}

template <int W>
AOZORA_INLINE void soften_body(float* logits, int64_t columns, Softmax* state, float* keep) {
    using Vector = typename Lanes<W>::type;
    constexpr int kVectors = kPanel / W;
    for (int64_t i = 0; i < kRows; ++i) {
        float* row = logits + i * kColumns;
        Vector high[kVectors], sum[kVectors], x;
        for (int v = 0; v < kVectors; ++v) high[v] = Vector{} + state->top[i];
        for (int64_t j = 0; j < columns; j += kPanel) {
#pragma GCC unroll 4
            for (int v = 0; v < kVectors; ++v) {
                load_lanes<W>(x, row + j + v * W);
                high[v] = x > high[v] ? x : high[v];
            }
        }
        for (int v = 1; v < kVectors; ++v) high[0] = high[0] > high[v] ? high[0] : high[v];
        const float top = highest_of<W>(high[0]);
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

void pack_keys(const float* rows, int64_t stride, int64_t count, int64_t depth, float* k) {
    // Squares of 4x4: columns would miss the cache on either side.
    typedef float Four __attribute__((vector_size(16)));
    typedef int Order __attribute__((vector_size(16)));
    int64_t d = 0;
    if (count == kPanel) {
        for (; d + 4 <= depth; d += 4) {
            for (int64_t j = 0; j < kPanel; j += 4) {
                Four r[4];
                for (int i = 0; i < 4; ++i) load_lanes<4>(r[i], rows + (j + i) * stride + d);
                const Four a = __builtin_shuffle(r[0], r[1], Order{0, 4, 1, 5}),
                           b = __builtin_shuffle(r[2], r[3], Order{0, 4, 1, 5}),
                           e = __builtin_shuffle(r[0], r[1], Order{2, 6, 3, 7}),
                           f = __builtin_shuffle(r[2], r[3], Order{2, 6, 3, 7});
                float* to = k + d * kPanel + j;
                store_lanes<4>(to, __builtin_shuffle(a, b, Order{0, 1, 4, 5}));
                store_lanes<4>(to + kPanel, __builtin_shuffle(a, b, Order{2, 3, 6, 7}));
                store_lanes<4>(to + 2 * kPanel, __builtin_shuffle(e, f, Order{0, 1, 4, 5}));
                store_lanes<4>(to + 3 * kPanel, __builtin_shuffle(e, f, Order{2, 3, 6, 7}));
            }
        }
    }
    for (; d < depth; ++d) {
        for (int64_t j = 0; j < kPanel; ++j) {
            k[d * kPanel + j] = j < count ? rows[j * stride + d] : 0.0f;
        }
    }
}

void pack_values(const float* rows, int64_t stride, int64_t count, int64_t depth, int64_t width,
                 float* v) {
    for (int64_t j = 0; j < kPanel; ++j, v += width) {
        const int64_t filled = j < count ? depth : 0;
        std::copy_n(rows + j * stride, filled, v);
        std::fill(v + filled, v + width, 0.0f);
    }
}

void pack_queries(const float* const* rows, int64_t count, int64_t depth, float scale, float* q) {
    for (int64_t i = 0; i < kRows; ++i) {
        for (int64_t d = 0; d < depth; ++d) {
            q[d * kRows + i] = i < count ? rows[i][d] * scale : 0.0f;
        }
    }
}

}  // namespace tensor::flash
