// Weights that are stored as codes with scales beside them, presented as ordinary tensors. The
// codes stay mapped; values are computed piece by piece when a layer reads them.
//
//   NAME.weight e4m3 or int8 [N,K] with NAME.weight_scale, NAME.scale_weight or
//     NAME.weight_scale_inv: one number, [N], [N,1] or a grid [ceil(N/n), ceil(K/k)];
//     value = code * scale
//   NAME.weight u8 [N,K/2] (NVFP4: two e2m1 codes a byte) with NAME.weight_scale e4m3 [N,K/16] and
//     NAME.weight_scale_2, one number; value = code * scale * scale_2. The first of two codes lies
//     in the low nibble and the scales lie row by row (NVIDIA ModelOpt). Where NAME.comfy_quant
//     stands beside it, the first code lies in the high nibble and the scales lie in the tiles of
//     128 x 4 that cuBLAS wants (comfy-kitchen).
//   e4m3 without a scale is a plain cast and needs nothing.
//
// Scales of activations (input_scale, scale_input) serve eight-bit arithmetic only and are left
// out. Unproven against files of the vendors: none were at hand.
#pragma once

#include <memory>

#include "neural/weights/source.h"

namespace neural {

// `source` itself where nothing is scaled. Scales that fit no weight are a located error.
base::Result<std::shared_ptr<TensorSource>> with_scales(std::shared_ptr<TensorSource> source);

}  // namespace neural
