// A register of W floats as a value (GCC's vector extension), for bodies of
// AOZORA_KERNEL_BY_WIDTH. Wider than the level's registers it still works, in several.
#pragma once

#include <cstdint>
#include <cstring>

#include "base/cpu/kernel.h"

namespace tensor {

template <int W>
struct Lanes {
    typedef float type __attribute__((vector_size(W * sizeof(float))));
    typedef int bits __attribute__((vector_size(W * sizeof(int))));
};

template <int W>
AOZORA_INLINE void load_lanes(typename Lanes<W>::type& v, const float* from) {
    __builtin_memcpy(&v, from, sizeof v);
}
template <int W>
AOZORA_INLINE void store_lanes(float* to, const typename Lanes<W>::type& v) {
    __builtin_memcpy(to, &v, sizeof v);
}

template <int W, int kHalf = W / 2>
AOZORA_INLINE float highest_lane(const typename Lanes<W>::type& lanes) {
    if constexpr (kHalf == 0) {
        return lanes[0];
    } else {
        typename Lanes<W>::bits order;
#pragma GCC unroll 16
        for (int l = 0; l < W; ++l) order[l] = l ^ kHalf;
        const typename Lanes<W>::type other = __builtin_shuffle(lanes, order);
        return highest_lane<W, kHalf / 2>(lanes > other ? lanes : other);
    }
}

}  // namespace tensor
