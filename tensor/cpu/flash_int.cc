#include "tensor/cpu/flash_int.h"

#include <algorithm>
#include <cmath>

#include "tensor/cpu/int8.h"
#include "tensor/cpu/scratch.h"
#include "tensor/cpu/tile.h"
#if defined(__x86_64__)
#include <immintrin.h>
#endif

// GCC 12 takes registers that a vectorised copy fills for uninitialised, and warns of the calling
// convention of bodies that are always inlined.
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC diagnostic ignored "-Wpsabi"

namespace tensor::flash_int {
namespace {

constexpr float kRounding = 12582912.0f;  // 1.5 * 2^23: adding it rounds to an integer
constexpr int kRoundingBits = 0x4b400000;
constexpr float kLog2E = 1.44269504088896341f;

// top[i] = max(top[i], |x[i]|) by the order of the bits, as in magnitude() of int8.cc.
AOZORA_INLINE void raise_body(const float* __restrict x, int64_t n, float* __restrict top) {
    for (int64_t i = 0; i < n; ++i) {
        const int v = __builtin_bit_cast(int, x[i]) & 0x7fffffff;
        const int t = __builtin_bit_cast(int, top[i]);
        top[i] = __builtin_bit_cast(float, t > v ? t : v);
    }
}

AOZORA_INLINE int code_of(float x, float factor, int limit) {
    const int code = __builtin_bit_cast(int, x* factor + kRounding) - kRoundingBits;
    return code < -limit ? -limit : code > limit ? limit : code;
}
AOZORA_INLINE void round_row_body(const float* __restrict x, int64_t n, float factor, int limit,
                                  int16_t* __restrict codes) {
    for (int64_t i = 0; i < n; ++i) codes[i] = static_cast<int16_t>(code_of(x[i], factor, limit));
}
AOZORA_INLINE void round_values_body(const float* __restrict x, int64_t n,
                                     const float* __restrict factor, int8_t* __restrict codes) {
    for (int64_t i = 0; i < n; ++i)
        codes[i] = static_cast<int8_t>(code_of(x[i], factor[i], kValueLimit));
}

// W pairs of 16-bit integers in a register of W floats, and their sums of products.
template <int W>
struct Pairs {
    typedef short type __attribute__((vector_size(W * sizeof(int))));
    using Sums = typename Lanes<W>::bits;
};

// sums += a0 b0 + a1 b1 in every lane; all lanes of a hold `pair`. kFused: vpdpwssd.
template <int W, bool kFused>
AOZORA_INLINE void add_products(typename Pairs<W>::Sums& sums, int pair,
                                const typename Pairs<W>::type& b) {
    using Sums = typename Pairs<W>::Sums;
    [[maybe_unused]] const Sums a = Sums{} + pair;
#if defined(__x86_64__)
    using Type = typename Pairs<W>::type;
    if constexpr (kFused) {
        sums = __builtin_ia32_vpdpwssd_v16si(sums, a, __builtin_bit_cast(Sums, b));
    } else if constexpr (W == 16) {
        sums += __builtin_ia32_pmaddwd512_mask(__builtin_bit_cast(Type, a), b, Sums{}, 0xffff);
    } else if constexpr (W == 8) {
        sums += __builtin_ia32_pmaddwd256(__builtin_bit_cast(Type, a), b);
    } else {
        sums += __builtin_ia32_pmaddwd128(__builtin_bit_cast(Type, a), b);
    }
#else
    const Sums both = __builtin_bit_cast(Sums, b);
    sums += ((both << 16) >> 16) * static_cast<int16_t>(pair) + (both >> 16) * (pair >> 16);
#endif
}

// The register tile of tile.h on pairs: a's rows lie `lda` apart, b's panels `b_step`.
template <int W, bool kFused, int R, int P>
AOZORA_INLINE void pair_tile(const int16_t* a, int64_t lda, int64_t pairs, const int16_t* b,
                             int64_t b_step,
                             typename Pairs<W>::Sums (&sums)[R][P * Tile<W>::kVectors]) {
    constexpr int kV = Tile<W>::kVectors;
#pragma GCC unroll 6
    for (int i = 0; i < R; ++i) {
#pragma GCC unroll 16
        for (int v = 0; v < P * kV; ++v) sums[i][v] = typename Pairs<W>::Sums{};
    }
    for (int64_t d = 0; d < pairs; ++d) {
        typename Pairs<W>::type shared[P * kV];
#pragma GCC unroll 16
        for (int v = 0; v < P * kV; ++v) {
            __builtin_memcpy(&shared[v], b + v / kV * b_step + (d * kPanel + v % kV * W) * 2,
                             sizeof shared[v]);
        }
#pragma GCC unroll 6
        for (int i = 0; i < R; ++i) {
            int pair;
            __builtin_memcpy(&pair, a + i * lda + 2 * d, sizeof pair);
#pragma GCC unroll 16
            for (int v = 0; v < P * kV; ++v) add_products<W, kFused>(sums[i][v], pair, shared[v]);
        }
    }
}

template <int W, bool kFused, int P>
AOZORA_INLINE void score_tile(const int16_t* q, const float* q_scale, int64_t depth,
                              const int16_t* k, const float* k_scale, float* logits) {
    constexpr int kR = Tile<W>::kRows, kN = P * Tile<W>::kVectors;
    using Vector = typename Lanes<W>::type;
    typename Pairs<W>::Sums sums[kR][kN];
    pair_tile<W, kFused, kR, P>(q, depth, depth / 2, k, kPanel * depth, sums);
#pragma GCC unroll 16
    for (int v = 0; v < kN; ++v) {
        Vector scale;
        load_lanes<W>(scale, k_scale + v * W);
#pragma GCC unroll 6
        for (int i = 0; i < kR; ++i) {
            const Vector x = __builtin_convertvector(sums[i][v], Vector) * (scale * q_scale[i]);
            store_lanes<W>(logits + i * kColumns + v * W, x);
        }
    }
}

template <int W, bool kFused = false>
AOZORA_INLINE void scores_of_body(const int16_t* q, const float* q_scale, int64_t depth,
                                  const int16_t* k, const float* k_scale, int64_t panels,
                                  float* logits) {
    constexpr int kR = Tile<W>::kRows, kP = Tile<W>::kPanels;
    for (int64_t i = 0; i < kRows; i += kR) {
        int64_t p = 0;
        for (; p + kP <= panels; p += kP) {
            score_tile<W, kFused, kP>(q + i * depth, q_scale + i, depth, k + p * kPanel * depth,
                                      k_scale + p * kPanel, logits + i * kColumns + p * kPanel);
        }
        for (; p < panels; ++p) {
            score_tile<W, kFused, 1>(q + i * depth, q_scale + i, depth, k + p * kPanel * depth,
                                     k_scale + p * kPanel, logits + i * kColumns + p * kPanel);
        }
    }
}

// W quads of bytes in a register of W floats.
template <int W>
struct Quads {
    typedef char type __attribute__((vector_size(W * sizeof(int))));
};

// sums += the products of bytes in every lane, of two quads; those of a, all lanes alike and up to
// kWeightLimit, times those of b, up to kValueLimit.
template <int W, bool kFused>
AOZORA_INLINE void add_quads(typename Pairs<W>::Sums& sums, int a0, int a1,
                             const typename Quads<W>::type& b0, const typename Quads<W>::type& b1) {
    using Sums = typename Pairs<W>::Sums;
    using Short [[maybe_unused]] = typename Pairs<W>::type;
    using Type [[maybe_unused]] = typename Quads<W>::type;
    [[maybe_unused]] const Sums x0 = Sums{} + a0, x1 = Sums{} + a1;
#if defined(__x86_64__)
    if constexpr (kFused) {
        sums = __builtin_ia32_vpdpbusd_v16si(sums, x0, __builtin_bit_cast(Sums, b0));
        sums = __builtin_ia32_vpdpbusd_v16si(sums, x1, __builtin_bit_cast(Sums, b1));
    } else if constexpr (W == 16) {
        const Short pairs =
            __builtin_ia32_pmaddubsw512_mask(__builtin_bit_cast(Type, x0), b0, Short{}, ~0u) +
            __builtin_ia32_pmaddubsw512_mask(__builtin_bit_cast(Type, x1), b1, Short{}, ~0u);
        sums += __builtin_ia32_pmaddwd512_mask(pairs, Short{} + 1, Sums{}, 0xffff);
    } else if constexpr (W == 8) {
        const Short pairs = __builtin_ia32_pmaddubsw256(__builtin_bit_cast(Type, x0), b0) +
                            __builtin_ia32_pmaddubsw256(__builtin_bit_cast(Type, x1), b1);
        sums += __builtin_ia32_pmaddwd256(pairs, Short{} + 1);
    } else {
        const auto half = [&sums](const Sums& x, const Short& b) {
            const Short bytes = __builtin_bit_cast(Short, x);  // of a: not negative
            sums += __builtin_ia32_pmaddwd128(bytes & 0xff, (b << 8) >> 8);
            sums += __builtin_ia32_pmaddwd128(bytes >> 8, b >> 8);
        };
        half(x0, __builtin_bit_cast(Short, b0));
        half(x1, __builtin_bit_cast(Short, b1));
    }
#else
    const auto quad = [&sums](int a, const Sums& b) {
        sums += ((b << 24) >> 24) * (a & 0xff) + ((b << 16) >> 24) * (a >> 8 & 0xff) +
                ((b << 8) >> 24) * (a >> 16 & 0xff) + (b >> 24) * (a >> 24 & 0xff);
    };
    quad(a0, __builtin_bit_cast(Sums, b0));
    quad(a1, __builtin_bit_cast(Sums, b1));
#endif
}

// Rows of a tile of bytes: beside the sums, four registers of values and a one want room.
template <int W>
constexpr int kQuadRows = W == 4 ? 2 : 3;

template <int W, bool kFused, int P>
AOZORA_INLINE void mix_tile(const uint8_t* weights, int64_t columns, const int8_t* v,
                            int64_t v_step, const float* scale, int64_t width, const float* keep,
                            const float* gain, float* out) {
    constexpr int kR = kQuadRows<W>, kV = Tile<W>::kVectors, kN = P * kV;
    using Vector = typename Lanes<W>::type;
    typename Pairs<W>::Sums sums[kR][kN] = {};
    for (int64_t j = 0; j < columns; j += 8, v += 2 * kPanel * 4) {
        typename Quads<W>::type shared[2][kN];
#pragma GCC unroll 16
        for (int n = 0; n < kN; ++n) {
            const int8_t* from = v + n / kV * v_step + n % kV * W * 4;
            __builtin_memcpy(&shared[0][n], from, sizeof shared[0][n]);
            __builtin_memcpy(&shared[1][n], from + kPanel * 4, sizeof shared[1][n]);
        }
#pragma GCC unroll 6
        for (int i = 0; i < kR; ++i) {
            int a0, a1;
            __builtin_memcpy(&a0, weights + i * kColumns + j, sizeof a0);
            __builtin_memcpy(&a1, weights + i * kColumns + j + 4, sizeof a1);
#pragma GCC unroll 16
            for (int n = 0; n < kN; ++n)
                add_quads<W, kFused>(sums[i][n], a0, a1, shared[0][n], shared[1][n]);
        }
    }
#pragma GCC unroll 16
    for (int n = 0; n < kN; ++n) {
        Vector step;
        load_lanes<W>(step, scale + n * W);
#pragma GCC unroll 6
        for (int i = 0; i < kR; ++i) {
            Vector x;
            load_lanes<W>(x, out + i * width + n * W);
            x = x * keep[i] + __builtin_convertvector(sums[i][n], Vector) * (step * gain[i]);
            store_lanes<W>(out + i * width + n * W, x);
        }
    }
}

template <int W, bool kFused = false>
AOZORA_INLINE void mix_of_body(const uint8_t* weights, int64_t columns, const int8_t* v,
                               int64_t v_step, const float* scale, int64_t width, const Turn& turn,
                               float* out) {
    constexpr int kP = Tile<W>::kPanels;
    for (int64_t i = 0; i < kRows; i += kQuadRows<W>) {
        int64_t c = 0;
        for (; c + kP * kPanel <= width; c += kP * kPanel) {
            mix_tile<W, kFused, kP>(weights + i * kColumns, columns, v + c / kPanel * v_step,
                                    v_step, scale + c, width, turn.keep + i, turn.gain + i,
                                    out + i * width + c);
        }
        for (; c < width; c += kPanel) {
            mix_tile<W, kFused, 1>(weights + i * kColumns, columns, v + c / kPanel * v_step, v_step,
                                   scale + c, width, turn.keep + i, turn.gain + i,
                                   out + i * width + c);
        }
    }
}

// 2^x for x in [-126, 14], relative error 3e-6, exact where x is an integer: split at the nearest
// integer, then a polynomial of degree 4 on [-1/2, 1/2] with the constant 1, fitted for the least
// relative error (iterated weighted least squares).
template <int W>
AOZORA_INLINE void power_of_two(typename Lanes<W>::type& x) {
    using Vector = typename Lanes<W>::type;
    using Bits = typename Lanes<W>::bits;
    const Vector shifted = x + kRounding;
    const Vector r = x - (shifted - kRounding);
    Vector p = r * 9.5828529e-3f + 5.5906425e-2f;
    p = p * r + 2.4024099e-1f;
    p = p * r + 6.9312419e-1f;
    p = p * r + 1.0f;
    x = reinterpret_cast<Vector>(reinterpret_cast<Bits>(p) +
                                 (reinterpret_cast<Bits>(shifted) << 23));
}

// The lowest bytes of a panel's integers, in order.
template <int W>
AOZORA_INLINE void store_bytes(const typename Lanes<W>::bits (&codes)[kPanel / W], uint8_t* to) {
    if constexpr (W == 8) {
        // GCC 12 narrows to bytes one by one, so in two steps.
        typedef short Half __attribute__((vector_size(16)));
        typedef char Bytes __attribute__((vector_size(16)));
        const Bytes low = __builtin_bit_cast(Bytes, __builtin_convertvector(codes[0], Half)),
                    high = __builtin_bit_cast(Bytes, __builtin_convertvector(codes[1], Half));
        const Bytes all = __builtin_shuffle(
            low, high, Bytes{0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30});
        __builtin_memcpy(to, &all, sizeof all);
    } else {
        typedef unsigned char Bytes __attribute__((vector_size(W)));
#pragma GCC unroll 4
        for (int v = 0; v < kPanel / W; ++v) {
            const Bytes bytes = __builtin_convertvector(codes[v], Bytes);
            __builtin_memcpy(to + v * W, &bytes, sizeof bytes);
        }
    }
}

template <int W>
AOZORA_INLINE void soften_body(const float* logits, int64_t columns, flash::Softmax* state,
                               Turn* turn, uint8_t* weights) {
    using Vector = typename Lanes<W>::type;
    using Bits = typename Lanes<W>::bits;
    constexpr int kVectors = kPanel / W;
    constexpr float kMost = 6.98868469f;  // log2 of kWeightLimit
    const Vector rounds_to_zero = Vector{} - 2.0f;
    for (int64_t i = 0; i < kRows; ++i, logits += kColumns, weights += kColumns) {
        Vector high[kVectors], x;
        for (Vector& h : high) h = Vector{} + __FLT_MAX__ * -1.0f;
        for (int64_t j = 0; j < columns; j += kPanel) {
#pragma GCC unroll 4
            for (int v = 0; v < kVectors; ++v) {
                load_lanes<W>(x, logits + j + v * W);
                high[v] = x > high[v] ? x : high[v];
            }
        }
        for (int v = 1; v < kVectors; ++v) high[0] = high[0] > high[v] ? high[0] : high[v];
        const float block = highest_lane<W>(high[0]), before = state->top[i],
                    top = block > before ? block : before;
        Vector factor = Vector{};  // of what was, and of this block
        factor[0] = (before - top) * kLog2E;
        factor[1] = (block - top) * kLog2E;
        factor = factor > -126.0f ? factor : Vector{} - 126.0f;
        power_of_two<W>(factor);
        const float keep = factor[0], gain = factor[1];
        turn->keep[i] = keep;
        turn->gain[i] = gain;
        state->top[i] = top;
        Bits sum[kVectors] = {};
        for (int64_t j = 0; j < columns; j += kPanel) {
            Bits codes[kVectors];
#pragma GCC unroll 4
            for (int v = 0; v < kVectors; ++v) {
                load_lanes<W>(x, logits + j + v * W);
                x = (x - block) * kLog2E + kMost;
                x = x > rounds_to_zero ? x : rounds_to_zero;
                power_of_two<W>(x);
                codes[v] = __builtin_convertvector(x + 0.5f, Bits);
                sum[v] += codes[v];
            }
            store_bytes<W>(codes, weights + j);
        }
        for (int v = 0; v < kVectors; ++v) {
            load_lanes<W>(x, state->lanes[i] + v * W);
            x = x * keep + __builtin_convertvector(sum[v], Vector) * gain;
            store_lanes<W>(state->lanes[i] + v * W, x);
        }
    }
}

AOZORA_KERNEL(raise, (const float* x, int64_t n, float* top), (x, n, top))
AOZORA_KERNEL(round_values, (const float* x, int64_t n, const float* factor, int8_t* codes),
              (x, n, factor, codes))
AOZORA_KERNEL(round_row, (const float* x, int64_t n, float factor, int limit, int16_t* codes),
              (x, n, factor, limit, codes))
AOZORA_KERNEL_BY_WIDTH(scores_of,
                       (const int16_t* q, const float* q_scale, int64_t depth, const int16_t* k,
                        const float* k_scale, int64_t panels, float* logits),
                       (q, q_scale, depth, k, k_scale, panels, logits))
AOZORA_KERNEL_BY_WIDTH(mix_of,
                       (const uint8_t* weights, int64_t columns, const int8_t* v, int64_t v_step,
                        const float* scale, int64_t width, const Turn& turn, float* out),
                       (weights, columns, v, v_step, scale, width, turn, out))

#if defined(__x86_64__)
#define AOZORA_VNNI __attribute__((target("arch=x86-64-v4,avx512vnni")))
AOZORA_VNNI void scores_vnni(const int16_t* q, const float* q_scale, int64_t depth,
                             const int16_t* k, const float* k_scale, int64_t panels,
                             float* logits) {
    scores_of_body<16, true>(q, q_scale, depth, k, k_scale, panels, logits);
}
AOZORA_VNNI void mix_vnni(const uint8_t* weights, int64_t columns, const int8_t* v, int64_t v_step,
                          const float* scale, int64_t width, const Turn& turn, float* out) {
    mix_of_body<16, true>(weights, columns, v, v_step, scale, width, turn, out);
}
#undef AOZORA_VNNI

bool has_vnni() {
    static const bool has =
        base::isa() == base::Isa::Avx512 && __builtin_cpu_supports("avx512vnni");
    return has;
}
#endif

}  // namespace

AOZORA_KERNEL_BY_WIDTH(soften,
                       (const float* logits, int64_t columns, flash::Softmax* state, Turn* turn,
                        uint8_t* weights),
                       (logits, columns, state, turn, weights))

void scores(const int16_t* q, const float* q_scale, int64_t depth, const int16_t* k,
            const float* k_scale, int64_t panels, float* logits) {
#if defined(__x86_64__)
    if (has_vnni()) return scores_vnni(q, q_scale, depth, k, k_scale, panels, logits);
#endif
    scores_of(q, q_scale, depth, k, k_scale, panels, logits);
}

void mix(const uint8_t* weights, int64_t columns, const int8_t* v, int64_t v_step,
         const float* scale, int64_t width, const Turn& turn, float* out) {
#if defined(__x86_64__)
    if (has_vnni()) return mix_vnni(weights, columns, v, v_step, scale, width, turn, out);
#endif
    mix_of(weights, columns, v, v_step, scale, width, turn, out);
}

int code_limit(int64_t depth) {
    const double most =
        static_cast<double>(INT32_MAX) / static_cast<double>(std::max<int64_t>(depth, 2));
    return static_cast<int>(std::min(32767.0, std::floor(std::sqrt(most))));
}

float quantise(const float* x, int64_t n, int limit, int16_t* codes) {
    const float top = magnitude(x, n);
    // A row of zeros, or so small that its factor would overflow, is zeros.
    round_row(x, n, top > 1e-30f ? static_cast<float>(limit) / top : 0.0f, limit, codes);
    return top / static_cast<float>(limit);
}

void quantise_values(const float* rows, int64_t stride, int64_t count, int64_t depth, int64_t width,
                     int8_t* v, int64_t v_step, float* scale) {
    Scratch& scratch = thread_scratch();
    scratch.begin(2 * Scratch::padded(width));
    float* factor = scratch.take(width);
    auto* codes = reinterpret_cast<int8_t*>(scratch.take(width));
    std::fill_n(scale, width, 0.0f);
    for (int64_t j = 0; j < count; ++j) raise(rows + j * stride, depth, scale);
    for (int64_t c = 0; c < depth; ++c) {
        factor[c] = scale[c] > 1e-30f ? kValueLimit / scale[c] : 0.0f;
        scale[c] /= kValueLimit;
    }
    std::fill_n(codes, width, int8_t{0});
    for (int64_t j = 0; j < (count + kPanel - 1) / kPanel * kPanel; ++j) {
        if (j < count) {
            round_values(rows + j * stride, depth, factor, codes);
        } else {
            std::fill_n(codes, depth, int8_t{0});
        }
        int8_t* to = v + j / 4 * 4 * kPanel + j % 4;
        for (int64_t c = 0; c < width; ++c) to[c / kPanel * v_step + c % kPanel * 4] = codes[c];
    }
}

}  // namespace tensor::flash_int
