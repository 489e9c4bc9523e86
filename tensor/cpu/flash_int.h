// The inner loops of attention in integers (flash_int.cc): like flash.h, but queries and keys are
// 16-bit integers with a scale per row, weights are bytes with one per row and block of keys,
// values bytes with one per channel and block. Sums are exact in 32 bits. Compiled per instruction
// set; single threaded.
#pragma once

#include <cstdint>

#include "tensor/cpu/flash.h"

namespace tensor::flash_int {

using flash::kColumns;
using flash::kPanels;
using flash::kRows;

// With these two products of bytes twice over fit into 16 bits (vpmaddubsw and one addition), so
// that two of them share the step to 32 bits.
constexpr int kWeightLimit = 127;
constexpr int kValueLimit = 63;
static_assert(4 * kWeightLimit * kValueLimit < 1 << 15);

// The largest code for which `depth` products of two fit into 31 bits: 4095 for heads of 128.
int code_limit(int64_t depth);

// n values to codes of at most `limit`; returns what a code of 1 stands for. A row with a NaN has a
// scale that is NaN.
float quantise(const float* x, int64_t n, int limit, int16_t* codes);
// The values of a block, `count` <= kColumns rows of `depth` channels, `stride` apart, as codes of
// at most kValueLimit: channel c of row j at v[c / kPanel * v_step + (j / 4 * kPanel + c % kPanel)
// * 4 + j % 4], up to `width` and a multiple of kPanel rows, with zeros where nothing is. scale[c]:
// what a code of 1 stands for.
void quantise_values(const float* rows, int64_t stride, int64_t count, int64_t depth, int64_t width,
                     int8_t* v, int64_t v_step, float* scale);

// logits[i * kColumns + 16 p + j] = (sum_d q[i * depth + d] * k_p[(d / 2 * kPanel + j) * 2 +
// d % 2]) * q_scale[i] * k_scale[16 p + j]; depth is even, panel p lies at k + p * kPanel * depth.
void scores(const int16_t* q, const float* q_scale, int64_t depth, const int16_t* k,
            const float* k_scale, int64_t panels, float* logits);

// What a block does to the unfinished results of a group's rows: out = out * keep + block * gain.
struct Turn {
    float keep[kRows], gain[kRows];
};

// flash::soften, to weights that are fractions of the block's largest in steps of 1 /
// kWeightLimit. The state adds up the rounded ones, in steps.
void soften(const float* logits, int64_t columns, flash::Softmax* state, Turn* turn,
            uint8_t* weights);

// out[i * width + c] = out * keep[i] + gain[i] * scale[c] * sum_j weights[i * kColumns + j] *
// v[..j, c..] for c < width, a multiple of kPanel, j < columns, a multiple of kPanel.
void mix(const uint8_t* weights, int64_t columns, const int8_t* v, int64_t v_step,
         const float* scale, int64_t width, const Turn& turn, float* out);

}  // namespace tensor::flash_int
