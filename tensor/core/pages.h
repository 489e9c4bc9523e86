// Memory from the system, on large pages where it has them to give.
#pragma once

#include <cstddef>

namespace tensor {

constexpr size_t kLargePage = 2 << 20;

// `size` bytes, 64-byte aligned, for std::free(); nullptr if there is no memory. Rows of a tensor
// lie pages apart, and finding pages of 4 KiB took a product of 7,800 rows a fifth of its time on a
// virtual machine (docs/speed.md). Blocks of a large page and more therefore begin at one, and the
// system is asked for such pages; what follows the last whole one is on small ones.
void* aligned_block(size_t size);

}  // namespace tensor
