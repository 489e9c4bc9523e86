// The host memory of all tensors: 64-byte aligned blocks from one pool with a budget.
//
// Freed blocks stay in the pool for the next tensor of their size class (fresh pages from the
// kernel cost more than the arithmetic of a norm); they are given back when the budget is needed or
// by trim(). Thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <string>

namespace tensor {

struct MemoryUse {
    uint64_t in_use_bytes = 0;  // handed out now
    uint64_t cached_bytes = 0;  // freed and kept
    uint64_t peak_bytes = 0;    // the most that was handed out since reset_peak()
    uint64_t budget_bytes = 0;
};

// The only exception of the room: thrown by allocation deep inside a net, caught where the engine
// begins and turned into an Error that names what would fit.
class OutOfMemory : public std::bad_alloc {
public:
    OutOfMemory(uint64_t wanted, const MemoryUse& use);
    const char* what() const noexcept override { return text_.c_str(); }
    uint64_t wanted_bytes;

private:
    std::string text_;
};

// Uninitialised, at least one byte. The block returns to the pool with the last owner.
std::shared_ptr<std::byte> allocate(size_t bytes);

void set_memory_budget(uint64_t bytes);  // 0: no limit (the start value)
MemoryUse memory_use();
void reset_peak();
void trim();  // gives cached blocks back to the system

}  // namespace tensor
