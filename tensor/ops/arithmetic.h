// Sums, products and residual updates.
#pragma once

#include "tensor/core/tensor.h"

namespace tensor {

Tensor add(const Tensor& a, const Tensor& b);         // same shape
void add_inplace(Tensor& x, const Tensor& y);         // x += y, same shape
void add_vector_inplace(Tensor& x, const Tensor& v);  // x [.., D] += v [D]
Tensor multiply(const Tensor& a, const Tensor& b);    // same shape
Tensor scale(const Tensor& x, float factor);
Tensor axpby(float a, const Tensor& x, float b, const Tensor& y);  // a x + b y
// x [.., D] * s [D] + t [D]; either may be undefined.
Tensor affine(const Tensor& x, const Tensor& s, const Tensor& t);

// Which row of a small table each token takes. A clip has one or two distinct timesteps, so what
// follows from the timestep is computed once per distinct value and gathered per token.
// Undefined rows: a table of one row serves all tokens; a table of B rows serves batch entry b.
struct RowMap {
    Tensor rows;  // i32 [B*T], entries in [0, R)
};

// x [B,T,D] += gate [R,D] (row of the token) * y [B,T,D].
void gated_add_inplace(Tensor& x, const Tensor& gate, const RowMap& map, const Tensor& y);
// x [B,T,H,D] *= g [B,T,H]: a factor per token and head.
void scale_heads_inplace(Tensor& x, const Tensor& g);

}  // namespace tensor
