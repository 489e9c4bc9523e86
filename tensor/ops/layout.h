// Moving data without arithmetic. All element types with whole elements (no block types).
#pragma once

#include <initializer_list>
#include <span>
#include <vector>

#include "tensor/core/tensor.h"

namespace tensor {

// Axis i of the result is axis axes[i] of x.
Tensor permute(const Tensor& x, std::initializer_list<int> axes);
Tensor concat(std::span<const Tensor> parts, int axis);
Tensor slice(const Tensor& x, int axis, int64_t begin, int64_t end);
// x split into `parts` equal slices along the axis.
std::vector<Tensor> chunk(const Tensor& x, int parts, int axis);

enum class PadMode : uint8_t { Zero, Replicate, Reflect };  // Reflect: without repeating the edge
Tensor pad(const Tensor& x, int axis, int64_t before, int64_t after, PadMode mode);

// Every entry of the axis repeated `factor` times (nearest upsampling, repeat_interleave).
Tensor repeat(const Tensor& x, int axis, int64_t factor);

// table [R, ..] any storage type, ids i32 [n] in [0,R) -> f32 [n, ..].
Tensor gather_rows(const Tensor& table, const Tensor& ids);

}  // namespace tensor
