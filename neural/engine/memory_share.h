// How the memory that a model may use is shared out among what it is doing.
//
//             weights in their mapped files            tensors, packed copies of weights among them
// nets        half (stacks of blocks are streamed)     half
// pictures    the decoders', what it may be            three quarters
//
// Between the two the weights of the one before are let go.
#pragma once

#include <cstdint>

namespace neural {

class MemoryShare {
public:
    // 0: what is free in this machine, and tensors may take all of it; mapped weights give way to
    // them by themselves.
    explicit MemoryShare(uint64_t limit_bytes = 0);

    bool limited() const { return limited_; }
    uint64_t weights_bytes() const { return bytes_ / 2; }
    // Budgets of the tensors, for the whole process.
    void for_nets() const;
    void for_pictures() const;

private:
    uint64_t bytes_;
    bool limited_;
};

// Memory that this process could still take: what the system calls available, or what its control
// group leaves. 0 where neither is known.
uint64_t available_memory();

}  // namespace neural
