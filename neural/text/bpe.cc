#include "neural/text/bpe.h"

#include <queue>
#include <tuple>

namespace neural {
namespace {

uint64_t key_of(int32_t left, int32_t right) {
    return (static_cast<uint64_t>(static_cast<uint32_t>(left)) << 32) |
           static_cast<uint32_t>(right);
}

}  // namespace

void MergeTable::add(int32_t left, int32_t right, int32_t merged) {
    merges_.emplace(key_of(left, right), Merge{static_cast<int32_t>(merges_.size()), merged});
}

const MergeTable::Merge* MergeTable::find(int32_t left, int32_t right) const {
    const auto found = merges_.find(key_of(left, right));
    return found == merges_.end() ? nullptr : &found->second;
}

void MergeTable::apply(std::vector<int32_t>& symbols) const {
    const auto n = static_cast<int32_t>(symbols.size());
    std::vector<int32_t> next(symbols.size()), previous(symbols.size());
    struct Candidate {
        int32_t rank, left, right, left_id, right_id;
        bool operator>(const Candidate& o) const {
            return std::tie(rank, left) > std::tie(o.rank, o.left);
        }
    };
    std::priority_queue<Candidate, std::vector<Candidate>, std::greater<>> queue;
    const auto offer = [&](int32_t left, int32_t right) {
        if (left < 0 || right >= n) return;
        if (const Merge* m = find(symbols[left], symbols[right])) {
            queue.push({m->rank, left, right, symbols[left], symbols[right]});
        }
    };
    for (int32_t i = 0; i < n; ++i) {
        next[i] = i + 1;
        previous[i] = i - 1;
        offer(i, i + 1);
    }
    constexpr int32_t kGone = -1;
    while (!queue.empty()) {
        const Candidate c = queue.top();
        queue.pop();
        // Stale where either side has changed since.
        if (symbols[c.left] != c.left_id || symbols[c.right] != c.right_id ||
            next[c.left] != c.right)
            continue;
        symbols[c.left] = find(c.left_id, c.right_id)->merged;
        symbols[c.right] = kGone;
        next[c.left] = next[c.right];
        if (next[c.right] < n) previous[next[c.right]] = c.left;
        offer(previous[c.left], c.left);
        offer(c.left, next[c.left]);
    }
    std::erase(symbols, kGone);
}

}  // namespace neural
