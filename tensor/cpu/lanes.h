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

}  // namespace tensor
