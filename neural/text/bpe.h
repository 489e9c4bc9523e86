// Byte-pair merging of one word: the pair of least rank is merged first, the leftmost of equals.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace neural {

class MergeTable {
public:
    // Pairs are added in order of rank.
    void add(int32_t left, int32_t right, int32_t merged);
    // O(n log n) in the number of symbols.
    void apply(std::vector<int32_t>& symbols) const;

private:
    struct Merge {
        int32_t rank, merged;
    };
    const Merge* find(int32_t left, int32_t right) const;
    std::unordered_map<uint64_t, Merge> merges_;
};

}  // namespace neural
