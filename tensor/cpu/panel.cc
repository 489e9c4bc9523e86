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
    if (count == kTileRows) {
        const float *a = rows[0], *b = rows[1], *c = rows[2], *e = rows[3], *f = rows[4],
                    *g = rows[5];
        for (int64_t d = 0; d < depth; ++d, strip += kTileRows) {
            strip[0] = a[d] * scale;
            strip[1] = b[d] * scale;
            strip[2] = c[d] * scale;
            strip[3] = e[d] * scale;
            strip[4] = f[d] * scale;
            strip[5] = g[d] * scale;
        }
        return;
    }
    for (int64_t i = 0; i < kTileRows; ++i) {
        for (int64_t d = 0; d < depth; ++d) {
            strip[d * kTileRows + i] = i < count ? rows[i][d] * scale : 0.0f;
        }
    }
}

}  // namespace tensor
