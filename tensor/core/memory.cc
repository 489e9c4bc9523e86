#include "tensor/core/memory.h"

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <map>
#include <mutex>
#include <vector>

#include "tensor/core/pages.h"

namespace tensor {
namespace {

constexpr size_t kAlignment = 64;
class Pool {
public:
    void* take(size_t size) {
        const std::lock_guard lock(mutex_);
        const auto found = free_.find(size);
        if (found != free_.end() && !found->second.empty()) {
            void* block = found->second.back();
            found->second.pop_back();
            use_.cached_bytes -= size;
            note_taken(size);
            return block;
        }
        if (use_.budget_bytes != 0) {
            if (use_.in_use_bytes + size > use_.budget_bytes) throw OutOfMemory(size, use_);
            if (use_.in_use_bytes + use_.cached_bytes + size > use_.budget_bytes) give_back();
        }
        void* block = aligned_block(size);
        if (!block) {
            give_back();
            block = aligned_block(size);
        }
        if (!block) throw OutOfMemory(size, use_);
        note_taken(size);
        return block;
    }

    void put(void* block, size_t size) {
        const std::lock_guard lock(mutex_);
        use_.in_use_bytes -= size;
        free_[size].push_back(block);
        use_.cached_bytes += size;
    }

    void set_budget(uint64_t bytes) {
        const std::lock_guard lock(mutex_);
        use_.budget_bytes = bytes;
        if (bytes != 0 && use_.in_use_bytes + use_.cached_bytes > bytes) give_back();
    }
    MemoryUse use() {
        const std::lock_guard lock(mutex_);
        return use_;
    }
    void reset_peak() {
        const std::lock_guard lock(mutex_);
        use_.peak_bytes = use_.in_use_bytes;
    }
    void trim() {
        const std::lock_guard lock(mutex_);
        give_back();
    }

private:
    void note_taken(size_t size) {
        use_.in_use_bytes += size;
        use_.peak_bytes = std::max(use_.peak_bytes, use_.in_use_bytes);
    }
    void give_back() {
        for (auto& [size, blocks] : free_) {
            for (void* block : blocks) std::free(block);
        }
        free_.clear();
        use_.cached_bytes = 0;
    }

    std::mutex mutex_;
    std::map<size_t, std::vector<void*>> free_;
    MemoryUse use_;
};

// Never destroyed: tensors in static storage may outlive any order of destruction.
Pool& pool() {
    static Pool& instance = *new Pool;
    return instance;
}

// Eight classes per power of two: at most 12.5 % is lost.
size_t size_class(size_t bytes) {
    bytes = std::max<size_t>(bytes, kAlignment);
    const size_t step = std::max<size_t>(std::bit_floor(bytes) / 8, kAlignment);
    return (bytes + step - 1) / step * step;
}

std::string describe(uint64_t wanted, const MemoryUse& use) {
    const auto mib = [](uint64_t b) { return std::to_string((b + (1 << 20) - 1) >> 20) + " MiB"; };
    std::string text = "out of memory: " + mib(wanted) + " more are needed, " +
                       mib(use.in_use_bytes) + " are in use";
    if (use.budget_bytes != 0) text += " of " + mib(use.budget_bytes) + " allowed";
    return text;
}

}  // namespace

OutOfMemory::OutOfMemory(uint64_t wanted, const MemoryUse& use)
    : wanted_bytes(wanted), text_(describe(wanted, use)) {}

std::shared_ptr<std::byte> allocate(size_t bytes) {
    const size_t size = size_class(bytes);
    auto* block = static_cast<std::byte*>(pool().take(size));
    return {block, [size](std::byte* b) { pool().put(b, size); }};
}

void set_memory_budget(uint64_t bytes) { pool().set_budget(bytes); }
MemoryUse memory_use() { return pool().use(); }
void reset_peak() { pool().reset_peak(); }
void trim() { pool().trim(); }

}  // namespace tensor
