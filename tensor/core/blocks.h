// GGUF's block types and the fast widening of half floats; dtype.h is the door to all of them.
#pragma once

#include <cstdint>

#include "tensor/core/dtype.h"

namespace tensor {

void widen_f16(const uint8_t* source, int64_t n, float* target);
void widen_bf16(const uint8_t* source, int64_t n, float* target);

// n is a whole number of blocks.
void widen_blocks(DType type, const uint8_t* source, int64_t n, float* target);
void narrow_blocks(DType type, const float* source, int64_t n, uint8_t* target);

}  // namespace tensor
