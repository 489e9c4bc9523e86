#include "tensor/ops/packed_room.h"

#include <atomic>
#include <limits>

#include "tensor/ops/linear.h"

namespace tensor {
namespace {

std::atomic<uint64_t> budget{std::numeric_limits<uint64_t>::max()};
std::atomic<uint64_t> kept{0};

}  // namespace

bool PackedRoom::hold(uint64_t bytes) {
    if (bytes_ > 0) return true;
    if (kept.fetch_add(bytes) + bytes > budget.load()) {
        kept -= bytes;
        return false;
    }
    bytes_ = bytes;
    return true;
}

void PackedRoom::give_back() {
    kept -= bytes_;
    bytes_ = 0;
}

void set_packed_budget(uint64_t bytes) { budget = bytes; }

}  // namespace tensor
