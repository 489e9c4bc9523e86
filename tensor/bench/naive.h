// What a straight use of oneDNN gives, as the measure beside our own kernels.
#pragma once

#include <cstdint>
#include <functional>

namespace tensor::bench {

// Attention of `heads` heads as two matrix products and a softmax over the whole [T,T] matrix;
// inputs already [heads,T,D]. The returned function runs it once.
std::function<void()> naive_attention(int64_t heads, int64_t tokens, int64_t depth);

// [M,K] x [N,K]^T with a packed weight, in bf16; an empty function where oneDNN cannot.
std::function<void()> bf16_product(int64_t m, int64_t k, int64_t n);

}  // namespace tensor::bench
