#include "tensor/cpu/panel.h"

#include "tensor/cpu/tile.h"

namespace tensor {
namespace {

// Squares of 4x4: whole columns would miss the cache on one side or the other.
AOZORA_INLINE void full_panel_body(const float* rows, int64_t stride, int64_t depth, float* panel) {
    typedef float Four __attribute__((vector_size(16)));
    typedef int Order __attribute__((vector_size(16)));
    for (int64_t d = 0; d + 4 <= depth; d += 4) {
        for (int64_t j = 0; j < kPanel; j += 4) {
            Four r[4];
            for (int i = 0; i < 4; ++i) load_lanes<4>(r[i], rows + (j + i) * stride + d);
            const Four a = __builtin_shuffle(r[0], r[1], Order{0, 4, 1, 5}),
                       b = __builtin_shuffle(r[2], r[3], Order{0, 4, 1, 5}),
                       e = __builtin_shuffle(r[0], r[1], Order{2, 6, 3, 7}),
                       f = __builtin_shuffle(r[2], r[3], Order{2, 6, 3, 7});
            float* to = panel + d * kPanel + j;
            store_lanes<4>(to, __builtin_shuffle(a, b, Order{0, 1, 4, 5}));
            store_lanes<4>(to + kPanel, __builtin_shuffle(a, b, Order{2, 3, 6, 7}));
            store_lanes<4>(to + 2 * kPanel, __builtin_shuffle(e, f, Order{0, 1, 4, 5}));
            store_lanes<4>(to + 3 * kPanel, __builtin_shuffle(e, f, Order{2, 3, 6, 7}));
        }
    }
}
// Four values of each of six rows, as pairs of rows and then in the strip's order.
AOZORA_INLINE void full_strip_body(const float* const* rows, int64_t depth, float scale,
                                   float* strip) {
    typedef float Four __attribute__((vector_size(16)));
    typedef int Order __attribute__((vector_size(16)));
    for (int64_t d = 0; d + 4 <= depth; d += 4, strip += 4 * kTileRows) {
        Four r[kTileRows];
        for (int i = 0; i < kTileRows; ++i) {
            load_lanes<4>(r[i], rows[i] + d);
            r[i] *= scale;
        }
        Four low[3], high[3];  // of rows 2i and 2i+1, in turns
        for (int i = 0; i < 3; ++i) {
            low[i] = __builtin_shuffle(r[2 * i], r[2 * i + 1], Order{0, 4, 1, 5});
            high[i] = __builtin_shuffle(r[2 * i], r[2 * i + 1], Order{2, 6, 3, 7});
        }
        store_lanes<4>(strip, __builtin_shuffle(low[0], low[1], Order{0, 1, 4, 5}));
        store_lanes<4>(strip + 4, __builtin_shuffle(low[2], low[0], Order{0, 1, 6, 7}));
        store_lanes<4>(strip + 8, __builtin_shuffle(low[1], low[2], Order{2, 3, 6, 7}));
        store_lanes<4>(strip + 12, __builtin_shuffle(high[0], high[1], Order{0, 1, 4, 5}));
        store_lanes<4>(strip + 16, __builtin_shuffle(high[2], high[0], Order{0, 1, 6, 7}));
        store_lanes<4>(strip + 20, __builtin_shuffle(high[1], high[2], Order{2, 3, 6, 7}));
    }
}

AOZORA_KERNEL(full_strip, (const float* const* rows, int64_t depth, float scale, float* strip),
              (rows, depth, scale, strip))
AOZORA_KERNEL(full_panel, (const float* rows, int64_t stride, int64_t depth, float* panel),
              (rows, stride, depth, panel))

}  // namespace

void pack_panel(const float* rows, int64_t stride, int64_t count, int64_t depth, float* panel) {
    int64_t d = 0;
    if (count == kPanel) {
        full_panel(rows, stride, depth, panel);
        d = depth / 4 * 4;
    }
    for (; d < depth; ++d) {
        for (int64_t j = 0; j < kPanel; ++j) {
            panel[d * kPanel + j] = j < count ? rows[j * stride + d] : 0.0f;
        }
    }
}

void pack_strip(const float* const* rows, int64_t count, int64_t depth, float scale, float* strip) {
    int64_t first = 0;
    if (count == kTileRows) {
        full_strip(rows, depth, scale, strip);
        first = depth / 4 * 4;
    }
    for (int64_t i = 0; i < kTileRows; ++i) {
        for (int64_t d = first; d < depth; ++d) {
            strip[d * kTileRows + i] = i < count ? rows[i][d] * scale : 0.0f;
        }
    }
}

}  // namespace tensor
