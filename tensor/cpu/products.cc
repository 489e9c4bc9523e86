#include "tensor/cpu/products.h"

#include "tensor/cpu/tile.h"

namespace tensor {
namespace {

template <int W, int P>
AOZORA_INLINE void tile_of(const float* strip, int64_t rows, int64_t depth, const float* panels,
                           int64_t panel_step, int64_t width, bool add, float* y, int64_t ldy) {
    constexpr int kR = Tile<W>::kRows;
    constexpr int64_t kWidth = P * kPanel;
    const float* b[P];
    for (int p = 0; p < P; ++p) b[p] = panels + p * panel_step;
    if (rows == kTileRows && width >= kWidth) {
        for (int64_t i = 0; i < kTileRows; i += kR)
            product_tile<W, kR, P>(strip + i, depth, b, kPanel, add, y + i * ldy, ldy);
        return;
    }
    // At the border the tile is made beside y, by the same sums in the same order: a row's result
    // does not depend on where it lies.
    float whole[kTileRows * kWidth] = {};
    const int64_t columns = width < kWidth ? width : kWidth;
    for (int64_t i = 0; i < rows && add; ++i) {
        for (int64_t c = 0; c < columns; ++c) whole[i * kWidth + c] = y[i * ldy + c];
    }
    for (int64_t i = 0; i < kTileRows; i += kR)
        product_tile<W, kR, P>(strip + i, depth, b, kPanel, add, whole + i * kWidth, kWidth);
    for (int64_t i = 0; i < rows; ++i) {
        for (int64_t c = 0; c < columns; ++c) y[i * ldy + c] = whole[i * kWidth + c];
    }
}

template <int W>
AOZORA_INLINE void multiply_strips_body(const float* strips, int64_t strip_step, int64_t rows,
                                        int64_t depth, const float* panels, int64_t panel_step,
                                        int64_t width, bool add, float* y, int64_t ldy) {
    constexpr int kP = Tile<W>::kPanels;
    for (int64_t c = 0; c < width;) {
        const int64_t left = width - c;
        const float* b = panels + c / kPanel * panel_step;
        const bool wide = left > (kP - 1) * kPanel;
        for (int64_t r = 0; r < rows; r += kTileRows) {
            const float* strip = strips + r / kTileRows * strip_step;
            const int64_t count = rows - r < kTileRows ? rows - r : kTileRows;
            if (wide) {
                tile_of<W, kP>(strip, count, depth, b, panel_step, left, add, y + r * ldy + c, ldy);
            } else {
                tile_of<W, 1>(strip, count, depth, b, panel_step, left, add, y + r * ldy + c, ldy);
            }
        }
        c += wide ? kP * kPanel : kPanel;
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
                        const float* panels, int64_t panel_step, int64_t width, bool add, float* y,
                        int64_t ldy),
                       (strips, strip_step, rows, depth, panels, panel_step, width, add, y, ldy))
AOZORA_KERNEL_BY_WIDTH(four_dots,
                       (const float* w, int64_t ldw, const float* x, int64_t ldx, int64_t rows,
                        int64_t n, float* sums),
                       (w, ldw, x, ldx, rows, n, sums))

}  // namespace tensor
