#include "tensor/cpu/int8.h"

#include <algorithm>

#include "base/cpu/kernel.h"
#include "tensor/core/parallel.h"
#include "tensor/cpu/scratch.h"

namespace tensor {
namespace {

constexpr float kRounding = 12582912.0f;  // 1.5 * 2^23: adding it rounds to an integer
constexpr int kRoundingBits = 0x4b400000;

AOZORA_INLINE void magnitude_into_body(const float* x, int64_t n, float* result) {
    // As integers the bits of |x| have the order of the numbers, and NaN above all of them: a
    // broken row stays broken.
    int lanes[16] = {};
    int64_t i = 0;
    for (; i + 16 <= n; i += 16) {
        for (int l = 0; l < 16; ++l) {
            const int v = __builtin_bit_cast(int, x[i + l]) & 0x7fffffff;
            lanes[l] = lanes[l] > v ? lanes[l] : v;
        }
    }
    int top = 0;
    for (const int l : lanes) top = top > l ? top : l;
    for (; i < n; ++i) {
        const int v = __builtin_bit_cast(int, x[i]) & 0x7fffffff;
        top = top > v ? top : v;
    }
    *result = __builtin_bit_cast(float, top);
}

AOZORA_INLINE void round_all_body(const float* __restrict x, int64_t n, float factor, int limit,
                                  int centre, uint8_t* __restrict codes) {
    for (int64_t i = 0; i < n; ++i) {
        const float shifted = x[i] * factor + kRounding;
        int code = __builtin_bit_cast(int, shifted) - kRoundingBits;
        code = code < -limit ? -limit : code > limit ? limit : code;
        codes[i] = static_cast<uint8_t>(code + centre);
    }
}

AOZORA_INLINE void sum_codes_body(const int8_t* codes, int64_t n, int32_t* result) {
    int32_t sum = 0;
    for (int64_t i = 0; i < n; ++i) sum += codes[i];
    *result = sum;
}

AOZORA_INLINE void results_body(float* y, int64_t n, float row_scale, const float* scale,
                                const int32_t* sum, const float* bias) {
    for (int64_t i = 0; i < n; ++i) {
        const int whole = __builtin_bit_cast(int, y[i]) - 128 * sum[i];
        y[i] = static_cast<float>(whole) * (row_scale * scale[i]);
    }
    if (!bias) return;
    for (int64_t i = 0; i < n; ++i) y[i] += bias[i];
}

AOZORA_KERNEL(magnitude_into, (const float* x, int64_t n, float* result), (x, n, result))
AOZORA_KERNEL(round_all,
              (const float* x, int64_t n, float factor, int limit, int centre, uint8_t* codes),
              (x, n, factor, limit, centre, codes))
AOZORA_KERNEL(sum_codes, (const int8_t* codes, int64_t n, int32_t* result), (codes, n, result))
AOZORA_KERNEL(results,
              (float* y, int64_t n, float row_scale, const float* scale, const int32_t* sum,
               const float* bias),
              (y, n, row_scale, scale, sum, bias))

}  // namespace

float magnitude(const float* x, int64_t n) {
    float top = 0;
    magnitude_into(x, n, &top);
    return top;
}

namespace {

float quantise(const float* x, int64_t k, int limit, int centre, uint8_t* codes) {
    const float top = magnitude(x, k);
    const float scale = top / static_cast<float>(limit);
    // A row of zeros, or so small that its factor would overflow, is zeros.
    round_all(x, k, top > 1e-30f ? static_cast<float>(limit) / top : 0.0f, limit, centre, codes);
    return scale;
}

}  // namespace

int int8_weight_limit() {
#if defined(__x86_64__)
    if (base::isa() == base::Isa::Avx512 && __builtin_cpu_supports("avx512vnni")) return 127;
#endif
    return 63;
}

Int8Weight quantise_weight(const Tensor& weight, int limit) {
    const int64_t n = weight.dim(0), k = weight.dim(1);
    Int8Weight w{Tensor(weight.shape(), DType::I8), std::vector<float>(static_cast<size_t>(n)),
                 std::vector<int32_t>(static_cast<size_t>(n))};
    auto* codes = reinterpret_cast<uint8_t*>(w.codes.raw());
    parallel_for(n, 16, [&](int64_t begin, int64_t end) {
        Scratch& scratch = thread_scratch();
        scratch.begin(Scratch::padded(k));
        float* wide = scratch.take(k);
        for (int64_t i = begin; i < end; ++i) {
            weight.widen_into(i * k, k, wide);
            w.scale[static_cast<size_t>(i)] = quantise(wide, k, limit, 0, codes + i * k);
            sum_codes(reinterpret_cast<int8_t*>(codes) + i * k, k, &w.sum[static_cast<size_t>(i)]);
        }
    });
    return w;
}

float quantise_row(const float* x, int64_t k, uint8_t* codes) {
    return quantise(x, k, 127, 128, codes);
}

void scale_sums(float* y, int64_t n, float row_scale, const Int8Weight& weight, const float* bias) {
    results(y, n, row_scale, weight.scale.data(), weight.sum.data(), bias);
}

}  // namespace tensor
