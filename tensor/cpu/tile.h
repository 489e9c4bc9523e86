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

// out[i * ldo + 16 p + j] = (add ? out : 0) + sum_d a[d * kTileRows + i] * b_p[d * stride + j].
template <int W, int R, int P>
AOZORA_INLINE void product_tile(const float* a, int64_t depth, const float* const* b,
                                int64_t stride, bool add, float* out, int64_t ldo) {
    constexpr int kV = Tile<W>::kVectors;
    using Vector = typename Lanes<W>::type;
    Vector sum[R][P * kV] = {};
    if (add) {
#pragma GCC unroll 6
        for (int i = 0; i < R; ++i) {
#pragma GCC unroll 16
            for (int v = 0; v < P * kV; ++v) load_lanes<W>(sum[i][v], out + i * ldo + v * W);
        }
    }
    const float* from[P];
    for (int p = 0; p < P; ++p) from[p] = b[p];
    for (int64_t d = 0; d < depth; ++d, a += kTileRows) {
        Vector shared[P * kV];
#pragma GCC unroll 4
        for (int p = 0; p < P; ++p) {
#pragma GCC unroll 4
            for (int v = 0; v < kV; ++v)
                load_lanes<W>(shared[p * kV + v], from[p] + d * stride + v * W);
        }
#pragma GCC unroll 6
        for (int i = 0; i < R; ++i) {
#pragma GCC unroll 16
            for (int v = 0; v < P * kV; ++v) sum[i][v] += shared[v] * a[i];
        }
    }
#pragma GCC unroll 6
    for (int i = 0; i < R; ++i) {
#pragma GCC unroll 16
        for (int v = 0; v < P * kV; ++v) store_lanes<W>(out + i * ldo + v * W, sum[i][v]);
    }
}

}  // namespace tensor
