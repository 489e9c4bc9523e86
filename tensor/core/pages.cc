#include "tensor/core/pages.h"

#include <sys/mman.h>

#include <cstdlib>

namespace tensor {
namespace {

constexpr size_t kLine = 64;

size_t rounded_up(size_t size, size_t step) { return (size + step - 1) / step * step; }

}  // namespace

void* aligned_block(size_t size) {
    if (size < kLargePage) return std::aligned_alloc(kLine, rounded_up(size, kLine));
    void* block = std::aligned_alloc(kLargePage, rounded_up(size, kLargePage));
#if defined(MADV_HUGEPAGE)
    if (block) madvise(block, size / kLargePage * kLargePage, MADV_HUGEPAGE);  // a wish
#endif
    return block;
}

}  // namespace tensor
