// The register tile that products are made of: six rows of one factor, stored column by column,
// meet panels of sixteen columns of the other. Bodies of AOZORA_KERNEL_BY_WIDTH.
#pragma once

#include "tensor/cpu/lanes.h"
#include "tensor/cpu/panel.h"

namespace tensor {

// A tile of R rows and P panels takes R P 16/W registers for its sums, P 16/W for what its rows
// share and one for the broadcast. AVX-512 and NEON have 32 of them, AVX2 and SSE2 16.
template <int W>
struct Tile {
    static constexpr int kVectors = kPanel / W;  // registers of a panel's row
#if defined(__aarch64__)
    static constexpr int kRows = 6;
#else
    static constexpr int kRows = W == 4 ? 2 : 6;
#endif
    static constexpr int kPanels = W == 16 ? 4 : 1;
};

// What will be wanted next from beyond the second cache.
struct Ahead {
    const float* from = nullptr;
    int64_t count = 0;  // floats
};

// out[(6 s + i) * ldo + 16 p + j] = before[(6 s + i) * ldb + 16 p + j] +
//     sum_d a[s * strip_step + d * kTileRows + i] * b_p[d * stride + j]
// for S strips, R rows of each and P panels; no `before`: 0. Where there is one, rows of `out` may
// be far apart and no prefetcher sees them coming, so they are asked for while the sums are made.
// So is what `next` says, for the second cache: it need not be memory at all.
template <int W, int S, int R, int P, bool kAsks = false>
AOZORA_INLINE void product_tile(const float* a, int64_t strip_step, int64_t depth,
                                const float* const* b, int64_t stride, const float* before,
                                int64_t ldb, float* out, int64_t ldo, const Ahead& next = {}) {
    constexpr int kV = Tile<W>::kVectors;
    constexpr int64_t kAhead = 16;  // rows of a panel, which may come from the second cache
    using Vector = typename Lanes<W>::type;
    Vector sum[S * R][P * kV] = {};
    if (before) {
#pragma GCC unroll 12
        for (int i = 0; i < S * R; ++i) {
#pragma GCC unroll 4
            for (int p = 0; p < P; ++p) __builtin_prefetch(out + i * ldo + p * kPanel, 1);
        }
    }
    const float* from[P];
    for (int p = 0; p < P; ++p) from[p] = b[p];
    const float* strip[S];
    for (int s = 0; s < S; ++s) strip[s] = a + s * strip_step;
    // Evenly over the depth, in sixteenths of a byte: a line is asked for several times, which
    // costs less than a branch.
    const char* const ahead = reinterpret_cast<const char*>(next.from);
    const int64_t ahead_step = kAsks ? next.count * 64 / depth : 0;
    int64_t ahead_at = 0;
    for (int64_t d = 0; d < depth; ++d) {
        if constexpr (kAsks) {
            __builtin_prefetch(ahead + (ahead_at >> 4), 0, 2);
            ahead_at += ahead_step;
        }
        Vector shared[P * kV];
#pragma GCC unroll 4
        for (int p = 0; p < P; ++p) {
            if constexpr (W == 16) __builtin_prefetch(from[p] + (d + kAhead) * stride);
#pragma GCC unroll 4
            for (int v = 0; v < kV; ++v)
                load_lanes<W>(shared[p * kV + v], from[p] + d * stride + v * W);
        }
#pragma GCC unroll 2
        for (int s = 0; s < S; ++s) {
#pragma GCC unroll 6
            for (int i = 0; i < R; ++i) {
#pragma GCC unroll 16
                for (int v = 0; v < P * kV; ++v) sum[s * R + i][v] += shared[v] * strip[s][i];
            }
            strip[s] += kTileRows;
        }
    }
    if (before) {
#pragma GCC unroll 12
        for (int i = 0; i < S * R; ++i) {
#pragma GCC unroll 16
            for (int v = 0; v < P * kV; ++v) {
                Vector was;
                load_lanes<W>(was, before + i * ldb + v * W);
                sum[i][v] += was;
            }
        }
    }
#pragma GCC unroll 12
    for (int i = 0; i < S * R; ++i) {
#pragma GCC unroll 16
        for (int v = 0; v < P * kV; ++v) store_lanes<W>(out + i * ldo + v * W, sum[i][v]);
    }
}

}  // namespace tensor
