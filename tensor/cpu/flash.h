// The inner loops of attention (flash.cc): six queries at a time meet a block of keys in panels of
// sixteen. Compiled per instruction set; single threaded.
#pragma once

#include <cstdint>

#include "tensor/cpu/panel.h"

namespace tensor::flash {

constexpr int64_t kRows = kTileRows;  // queries of a group, packed as a strip (panel.h)
constexpr int64_t kPanels = 16;       // panels of a block, at most
constexpr int64_t kColumns = kPanel * kPanels;

// Sixteen keys: component d of key j at k[d * k_stride + j], value row j at v + j * v_stride. All
// sixteen must be readable and finite; a key that does not exist is masked in the logits.
struct Panel {
    const float* k;
    const float* v;
};

// The running softmax of a group's rows: the sum of weights, in lanes, about the maximum `top`.
struct Softmax {
    float top[kRows];
    float lanes[kRows][kPanel];
};
void begin(Softmax& state);

// logits[i * kColumns + 16 p + j] = sum_d q[d * kRows + i] * k_p[d * k_stride + j].
void scores(const float* q, int64_t depth, const Panel* panels, int64_t count, int64_t k_stride,
            float* logits);

// logits[i * kColumns + j] += mask[i * stride + j % period] for j < columns, a multiple of period.
void add_mask(float* logits, int64_t columns, const float* mask, int64_t stride, int64_t period);

// Turns `columns` (a multiple of kPanel) logits of each row into weights e^(logit - top) and moves
// the state on. keep[i]: what earlier results of row i must be multiplied by. -inf: no key.
void soften(float* logits, int64_t columns, Softmax* state, float* keep);

// out[i * width + c] = out * keep[i] + sum_pj weights[i * kColumns + 16 p + j] * v_p[j][c] for
// c < width, a multiple of kPanel.
void mix(const float* weights, const Panel* panels, int64_t count, int64_t v_stride, int64_t width,
         const float* keep, float* out);

// 1 / sum of row i.
float inverse_sum(const Softmax& state, int64_t row);

// `count` <= kPanel rows of `depth` values, `stride` apart, as a panel's v, `width` >= depth apart;
// what is missing becomes 0.
void pack_values(const float* rows, int64_t stride, int64_t count, int64_t depth, int64_t width,
                 float* v);

}  // namespace tensor::flash
