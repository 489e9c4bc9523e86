// Pixels to patches of p x p and back: [B,T,H p,W p,c] <-> [B,T,H,W,(c r q)], r counting within a
// row, q within a column (specification 2.9).
#pragma once

#include "tensor/ops/layout.h"

namespace neural::ltx {

inline tensor::Tensor patchify(const tensor::Tensor& x, int64_t p) {
    const int64_t B = x.dim(0), T = x.dim(1), H = x.dim(2) / p, W = x.dim(3) / p;
    return tensor::permute(x.reshape({B, T, H, p, W, p, x.dim(4)}), {0, 1, 2, 4, 6, 5, 3})
        .reshape({B, T, H, W, x.dim(4) * p * p});
}

inline tensor::Tensor unpatchify(const tensor::Tensor& x, int64_t p) {
    const int64_t B = x.dim(0), T = x.dim(1), H = x.dim(2), W = x.dim(3), c = x.dim(4) / (p * p);
    return tensor::permute(x.reshape({B, T, H, W, c, p, p}), {0, 1, 2, 6, 3, 5, 4})
        .reshape({B, T, H * p, W * p, c});
}

}  // namespace neural::ltx
