#include "apps/server/core/model_board.h"

#include <algorithm>

namespace server {
namespace {

constexpr size_t kMostModels = 200, kLongestName = 80;

bool sound(const std::string& name) {
    return !name.empty() && name.size() <= kLongestName && name != "world-1" &&
           std::all_of(name.begin(), name.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
           });
}

}  // namespace

void ModelBoard::announce(const std::vector<std::string>& names) {
    const std::lock_guard hold(lock_);
    for (const std::string& name : names) {
        if (sound(name) && names_.size() < kMostModels) names_.insert(name);
    }
}

bool ModelBoard::has(const std::string& name) const {
    const std::lock_guard hold(lock_);
    return names_.contains(name);
}

std::vector<std::string> ModelBoard::names() const {
    const std::lock_guard hold(lock_);
    return {names_.begin(), names_.end()};
}

}  // namespace server
