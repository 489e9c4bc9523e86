// Elementary functions that the vectoriser can widen: no calls, no branches. Bodies of
// AOZORA_KERNELs only. Errors against double, over the stated range, are checked in
// tensor/cpu/math_test.cc.
#pragma once

#include "base/cpu/kernel.h"

namespace tensor {

// e^x, 2 ulp for x in [-87, 88]; below it goes to 0, above it stays at e^88.
// Cody-Waite reduction by ln 2, then a degree-6 polynomial on [-ln2/2, ln2/2].
AOZORA_INLINE float fast_exp(float x) {
    x = x < 88.0f ? x : 88.0f;
    const bool tiny = x < -87.0f;
    x = x > -87.0f ? x : -87.0f;
    const float magic = 12582912.0f;  // 1.5 * 2^23: adding it rounds to an integer
    const float shifted = x * 1.44269504088896341f + magic;
    const float n = shifted - magic;
    float r = x - n * 0.693145751953125f;
    r = r - n * 1.428606765330187e-6f;
    float p = 1.388888888888889e-3f;
    p = p * r + 8.333333333333333e-3f;
    p = p * r + 4.166666666666667e-2f;
    p = p * r + 1.666666666666667e-1f;
    p = p * r + 0.5f;
    p = p * r + 1.0f;
    p = p * r + 1.0f;
    const auto bits = static_cast<unsigned>(__builtin_bit_cast(int, shifted) - 0x4b400000 + 127)
                      << 23;
    const float y = p * __builtin_bit_cast(float, bits);
    return tiny ? 0.0f : y;
}

AOZORA_INLINE float fast_sigmoid(float x) { return 1.0f / (1.0f + fast_exp(-x)); }

// Absolute error 2e-7.
AOZORA_INLINE float fast_tanh(float x) {
    const float e = fast_exp(2.0f * x);
    return 1.0f - 2.0f / (e + 1.0f);
}

// sin(x), absolute error 3e-7 for |x| < 8192: reduction by pi in three parts, odd polynomial.
AOZORA_INLINE float fast_sin(float x) {
    const float magic = 12582912.0f;
    const float shifted = x * 0.318309886183790672f + magic;
    const float n = shifted - magic;
    float r = x - n * 3.140625f;
    r = r - n * 9.67502593994140625e-4f;
    r = r - n * 1.509957990978376e-7f;
    const float r2 = r * r;
    float p = 2.6000548e-6f;
    p = p * r2 - 1.9808702e-4f;
    p = p * r2 + 8.3330243e-3f;
    p = p * r2 - 1.6666656e-1f;
    const float s = r + r * r2 * p;
    return (__builtin_bit_cast(int, shifted) & 1) ? -s : s;
}

}  // namespace tensor
