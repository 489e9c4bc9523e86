#include "neural/engine/memory_share.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <string>

#include "tensor/core/memory.h"
#include "tensor/ops/linear.h"

namespace neural {
namespace {

// A number in a file of its own; 0 where there is none ("max").
uint64_t number_in(const std::string& path) {
    std::ifstream file(path);
    uint64_t number = 0;
    return file >> number ? number : 0;
}

}  // namespace

MemoryShare::MemoryShare(uint64_t limit_bytes)
    : bytes_(limit_bytes > 0 ? limit_bytes : available_memory()), limited_(limit_bytes > 0) {}

void MemoryShare::for_nets() const {
    tensor::set_memory_budget(limited_ ? bytes_ - bytes_ / 2 : bytes_);
    if (bytes_ > 0) tensor::set_packed_budget(bytes_ / 4);
}

void MemoryShare::for_pictures() const {
    tensor::set_memory_budget(limited_ ? bytes_ - bytes_ / 4 : bytes_);
}

uint64_t available_memory() {
    uint64_t available = 0;
    std::ifstream file("/proc/meminfo");
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("MemAvailable:"))
            available = std::strtoull(line.c_str() + 13, nullptr, 10) * 1024;
    }
    const uint64_t most = number_in("/sys/fs/cgroup/memory.max"),
                   used = number_in("/sys/fs/cgroup/memory.current");
    if (most > 0) available = std::min(available, most - std::min(most, used));
    return available;
}

}  // namespace neural
