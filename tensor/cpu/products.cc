#include "tensor/cpu/products.h"

#include <algorithm>

#include "tensor/cpu/tile.h"

namespace tensor {
namespace {

// As deep as panels of a tile may be to stay in the first cache.
constexpr int64_t kShallow = 256;

// What multiply_strips() is told, moved on to a tile.
struct Block {
    const float* strips;
    int64_t strip_step, rows, depth;
    const float* panels;
    int64_t panel_step, width;
    const float* before;
    int64_t ldb;
    float* y;
    int64_t ldy;

    // From row r, a multiple of kTileRows, and column c, a multiple of kPanel.
    __attribute__((always_inline)) Block from(int64_t r, int64_t c) const {
        return {strips + r / kTileRows * strip_step,
                strip_step,
                rows - r,
                depth,
                panels + c / kPanel * panel_step,
                panel_step,
                width - c,
                before ? before + r * ldb + c : nullptr,
                ldb,
                y + r * ldy + c,
                ldy};
    }
};

// The first rows and columns of a block, as many as S strips and P panels have.
template <int W, int S, int P, bool kAsks = false>
AOZORA_INLINE void tile_of(const Block& b, const Ahead& next = {}) {
    constexpr int kR = Tile<W>::kRows;
    constexpr int64_t kHeight = S * kTileRows, kWidth = P * kPanel;
    static_assert(S == 1 || kR == kTileRows, "tiles of several strips take whole ones");
    const float* panels[P];
    for (int p = 0; p < P; ++p) panels[p] = b.panels + p * b.panel_step;
    if (b.rows >= kHeight && b.width >= kWidth) {
        for (int64_t i = 0; i < kTileRows; i += kR)
            product_tile<W, S, kR, P, kAsks>(b.strips + i, b.strip_step, b.depth, panels, kPanel,
                                             b.before ? b.before + i * b.ldb : nullptr, b.ldb,
                                             b.y + i * b.ldy, b.ldy, next);
        return;
    }
    // At the border the tile is made beside y, by the same sums in the same order: a row's result
    // does not depend on where it lies.
    float whole[kHeight * kWidth] = {};
    const int64_t columns = b.width < kWidth ? b.width : kWidth;
    const int64_t rows = b.rows < kHeight ? b.rows : kHeight;
    for (int64_t i = 0; i < rows && b.before; ++i) {
        for (int64_t c = 0; c < columns; ++c) whole[i * kWidth + c] = b.before[i * b.ldb + c];
    }
    for (int64_t i = 0; i < kTileRows; i += kR)
        product_tile<W, S, kR, P>(b.strips + i, b.strip_step, b.depth, panels, kPanel,
                                  b.before ? whole + i * kWidth : nullptr, kWidth,
                                  whole + i * kWidth, kWidth);
    for (int64_t i = 0; i < rows; ++i) {
        for (int64_t c = 0; c < columns; ++c) b.y[i * b.ldy + c] = whole[i * kWidth + c];
    }
}

// The tile at a block's corner. Wide registers take two strips and two panels, which asks for half
// as much of the panels as a tile of 6 x 64 does.
template <int W, bool kAsks = false>
AOZORA_INLINE void corner(const Block& b, const Ahead& next = {}) {
    if constexpr (W < 16) {
        tile_of<W, 1, 1>(b);
    } else if (b.rows > kTileRows && b.width > kPanel) {
        tile_of<W, 2, 2, kAsks>(b, next);
    } else if (b.rows > kTileRows) {
        tile_of<W, 2, 1>(b);
    } else if (b.width > kPanel) {
        tile_of<W, 1, 2>(b);
    } else {
        tile_of<W, 1, 1>(b);
    }
}

template <int W>
AOZORA_INLINE void multiply_strips_body(const float* strips, int64_t strip_step, int64_t rows,
                                        int64_t depth, const float* panels, int64_t panel_step,
                                        int64_t width, const float* before, int64_t ldb, float* y,
                                        int64_t ldy) {
    const Block all = {strips, strip_step, rows, depth, panels, panel_step,
                       width,  before,     ldb,  y,     ldy};
    constexpr int64_t kSide = W == 16 ? 2 : 1;
    constexpr int64_t kHeight = kSide * kTileRows, kWidth = kSide * kPanel;
    if (depth <= kShallow) {
        for (int64_t c = 0; c < width; c += kWidth) {
            for (int64_t r = 0; r < rows; r += kHeight) corner<W>(all.from(r, c));
        }
        return;
    }
    // Deeper panels pass by from the second cache while strips stay in the first: y is then walked
    // through along its rows. Each tile brings its share of the next strips from farther away.
    const int64_t next_strips = (kSide - 1) * strip_step + depth * kTileRows;
    const int64_t share = next_strips / std::max<int64_t>(1, width / kWidth);
    for (int64_t r = 0; r < rows; r += kHeight) {
        const float* next = strips + (r / kTileRows + kSide) * strip_step;
        for (int64_t c = 0; c < width; c += kWidth, next += share)
            corner<W, W == 16>(all.from(r, c), {next, share});
    }
}

template <int W>
AOZORA_INLINE float sum_of_lanes(const typename Lanes<W>::type& v) {
    float lanes[W];
    store_lanes<W>(lanes, v);
    for (int half = W / 2; half > 0; half /= 2) {
        for (int l = 0; l < half; ++l) lanes[l] += lanes[l + half];
    }
    return lanes[0];
}

template <int W>
AOZORA_INLINE void four_dots_body(const float* w, int64_t ldw, const float* x, int64_t ldx,
                                  int64_t rows, int64_t n, float* sums) {
    using Vector = typename Lanes<W>::type;
    for (int64_t r = 0; r < rows; ++r, x += ldx, sums += 4) {
        Vector sum[4][2] = {};
        int64_t d = 0;
        for (; d + 2 * W <= n; d += 2 * W) {
            Vector a[2];
            load_lanes<W>(a[0], x + d);
            load_lanes<W>(a[1], x + d + W);
#pragma GCC unroll 4
            for (int i = 0; i < 4; ++i) {
                Vector b[2];
                load_lanes<W>(b[0], w + i * ldw + d);
                load_lanes<W>(b[1], w + i * ldw + d + W);
                sum[i][0] += a[0] * b[0];
                sum[i][1] += a[1] * b[1];
            }
        }
        for (int i = 0; i < 4; ++i) {
            float rest = 0;
            for (int64_t e = d; e < n; ++e) rest += x[e] * w[i * ldw + e];
            sums[i] += sum_of_lanes<W>(sum[i][0] + sum[i][1]) + rest;
        }
    }
}

}  // namespace

AOZORA_KERNEL_BY_WIDTH(multiply_strips,
                       (const float* strips, int64_t strip_step, int64_t rows, int64_t depth,
                        const float* panels, int64_t panel_step, int64_t width, const float* before,
                        int64_t ldb, float* y, int64_t ldy),
                       (strips, strip_step, rows, depth, panels, panel_step, width, before, ldb, y,
                        ldy))
AOZORA_KERNEL_BY_WIDTH(four_dots,
                       (const float* w, int64_t ldw, const float* x, int64_t ldx, int64_t rows,
                        int64_t n, float* sums),
                       (w, ldw, x, ldx, rows, n, sums))

}  // namespace tensor
