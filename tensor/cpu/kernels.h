// The hot loops of the CPU backend, each compiled per instruction set (base/cpu/kernel.h). Single
// threaded; the backend cuts the work.
#pragma once

#include <cstdint>

#include "tensor/ops/activation.h"
#include "tensor/ops/norm.h"

namespace tensor::kernels {

void activate(const float* x, float* y, int64_t n, Activation kind);  // y may be x
void gated(const float* gate, const float* up, float* y, int64_t n, Activation kind);
void axpby(float a, const float* x, float b, const float* y, float* z, int64_t n);  // z may be x
void multiply(const float* x, const float* y, float* z, int64_t n);
void affine(const float* x, const float* s, const float* t, float* y,
            int64_t n);                                                  // s, t may be null
void gated_add(float* x, const float* gate, const float* y, int64_t n);  // x += gate * y
void rope_halves(float* row, const float* cos, const float* sin, int64_t half);
void rope_pairs(float* row, const float* cos, const float* sin, int64_t half);

// One row: statistics, then weight, bias, (1 + scale), shift, each of which may be null.
struct NormRow {
    const float* weight;
    const float* bias;
    const float* scale;
    const float* shift;
};
void norm_row(const float* x, float* y, int64_t n, NormKind kind, float eps, const NormRow& row);
// y = x (1 + scale) + shift, either may be null.
void modulate_row(const float* x, const float* scale, const float* shift, float* y, int64_t n);

// For each of n columns: sum and sum of squares of (x - about) over `rows` rows, added to.
void column_moments(const float* x, int64_t rows, int64_t n, const float* about, double* sum,
                    double* squares);
void centre_row(const float* x, const float* centre, const float* factor, const float* bias,
                float* y, int64_t n);  // (x - centre) factor + bias

}  // namespace tensor::kernels
