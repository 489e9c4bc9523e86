// Memory that a thread keeps between calls of a kernel.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <memory>

#include "base/core/check.h"
#include "tensor/core/pages.h"

namespace tensor {

// Hands out 64-byte aligned pieces of one block; begin() takes them all back. The block grows to
// what was asked for and stays with the thread: at most 2 MiB, bounded by tile sizes.
class Scratch {
public:
    void begin(int64_t floats) {
        used_ = 0;
        if (floats <= size_) return;
        size_ = padded(floats);
        auto bytes = static_cast<size_t>(size_) * sizeof(float);
        // What fills a second cache lies there without gaps if it is on one page.
        if (bytes > kLargePage / 4 && bytes < kLargePage) bytes = kLargePage;
        block_.reset(static_cast<float*>(aligned_block(bytes)));
        CHECK(block_ != nullptr, "memory for a tile");
    }
    // At most what begin() was told, each piece rounded up to padded().
    float* take(int64_t floats) {
        float* piece = block_.get() + used_;
        used_ += padded(floats);
        CHECK(used_ <= size_, "the pieces fit into the block");
        return piece;
    }
    static int64_t padded(int64_t floats) { return (floats + 15) / 16 * 16; }

private:
    struct Free {
        void operator()(float* p) const { std::free(p); }
    };
    std::unique_ptr<float, Free> block_;
    int64_t size_ = 0, used_ = 0;
};

inline Scratch& thread_scratch() {
    thread_local Scratch scratch;
    return scratch;
}

}  // namespace tensor
