// The inner loops of gemm.cc, per instruction set; single threaded.
#pragma once

#include <cstdint>

namespace tensor {

// y [rows, width] (rows ldy apart) = before + strips x panels. Strip s (six rows, panel.h) begins
// at strips + s * strip_step, panel p at panels + p * panel_step; `depth` values each. Rows of
// `before` lie ldb apart, 0: one row for all. It may be null, for zeros, or y.
void multiply_strips(const float* strips, int64_t strip_step, int64_t rows, int64_t depth,
                     const float* panels, int64_t panel_step, int64_t width, const float* before,
                     int64_t ldb, float* y, int64_t ldy);

// sums[r * 4 + i] += w_i . x_r over n values, w and x rows `ldw` and `ldx` apart, r < rows.
void four_dots(const float* w, int64_t ldw, const float* x, int64_t ldx, int64_t rows, int64_t n,
               float* sums);

}  // namespace tensor
