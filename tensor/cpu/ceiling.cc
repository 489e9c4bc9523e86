#include "tensor/cpu/ceiling.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <ctime>

#include "tensor/cpu/lanes.h"
#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace tensor {
namespace {

constexpr int64_t kRounds = 20000;

double thread_seconds() {
    timespec t{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

// Enough independent sums to hide the latency, few enough for the registers.
template <int W>
AOZORA_INLINE void fused_body(float* inout, int64_t rounds) {
    constexpr int kSums = W == 16 ? 24 : 12;
    typename Lanes<W>::type sum[kSums], factor, term;
    load_lanes<W>(factor, inout);
    load_lanes<W>(term, inout + W);
    for (int i = 0; i < kSums; ++i) sum[i] = term * static_cast<float>(i);
    for (int64_t r = 0; r < rounds; ++r) {
#pragma GCC unroll 24
        for (int i = 0; i < kSums; ++i) sum[i] = sum[i] * factor + term;
    }
    for (int i = 1; i < kSums; ++i) sum[0] += sum[i];
    store_lanes<W>(inout + 2 * W, sum[0]);
}
AOZORA_KERNEL_BY_WIDTH(fused, (float* inout, int64_t rounds), (inout, rounds))

int64_t fused_operations(int64_t rounds) {
#if defined(__x86_64__)
    if (base::isa() == base::Isa::Avx512) return rounds * 24 * 16 * 2;
    return rounds * 12 * (base::isa() == base::Isa::Avx2 ? 8 : 4) * 2;
#else
    return rounds * 12 * 4 * 2;
#endif
}

volatile int sink;

#if defined(__x86_64__)
// The empty asm makes the operands new in every round, or the products would be taken out of it.
__attribute__((target("avx2"))) int64_t byte_pairs(int64_t rounds) {
    __m256i sum[12], a = _mm256_set1_epi8(3), b = _mm256_set1_epi8(5);
    const __m256i ones = _mm256_set1_epi16(1);
    for (auto& s : sum) s = _mm256_setzero_si256();
    for (int64_t r = 0; r < rounds; ++r) {
#pragma GCC unroll 12
        for (int i = 0; i < 12; ++i) {
            __asm__ volatile("" : "+x"(a));
            sum[i] = _mm256_add_epi32(sum[i], _mm256_madd_epi16(_mm256_maddubs_epi16(a, b), ones));
        }
    }
    for (int i = 1; i < 12; ++i) sum[0] = _mm256_add_epi32(sum[0], sum[i]);
    sink = _mm256_extract_epi32(sum[0], 0);
    return rounds * 12 * 32 * 2;
}

__attribute__((target("avx512f,avx512vnni"))) int64_t byte_dots(int64_t rounds) {
    __m512i sum[24], a = _mm512_set1_epi8(3), b = _mm512_set1_epi8(5);
    for (auto& s : sum) s = _mm512_setzero_si512();
    for (int64_t r = 0; r < rounds; ++r) {
#pragma GCC unroll 24
        for (int i = 0; i < 24; ++i) sum[i] = _mm512_dpbusd_epi32(sum[i], a, b);
    }
    for (int i = 1; i < 24; ++i) sum[0] = _mm512_add_epi32(sum[0], sum[i]);
    int lanes[16];
    _mm512_storeu_si512(lanes, sum[0]);
    sink = lanes[0];
    return rounds * 24 * 64 * 2;
}

__attribute__((target("avx512f,avx512bf16"))) int64_t bf16_dots(int64_t rounds) {
    __m512 sum[24];
    for (auto& s : sum) s = _mm512_setzero_ps();
    const __m512bh a = _mm512_cvtne2ps_pbh(sum[0], sum[1]);
    for (int64_t r = 0; r < rounds; ++r) {
#pragma GCC unroll 24
        for (int i = 0; i < 24; ++i) sum[i] = _mm512_dpbf16_ps(sum[i], a, a);
    }
    for (int i = 1; i < 24; ++i) sum[0] = _mm512_add_ps(sum[0], sum[i]);
    float lanes[16];
    _mm512_storeu_ps(lanes, sum[0]);
    sink = static_cast<int>(lanes[0]);
    return rounds * 24 * 32 * 2;
}

__attribute__((target("avx512fp16"))) int64_t f16_fused(int64_t rounds) {
    __m512h sum[24];
    const __m512h a = _mm512_set1_ph(static_cast<_Float16>(0.5));
    for (auto& s : sum) s = a;
    for (int64_t r = 0; r < rounds; ++r) {
#pragma GCC unroll 24
        for (int i = 0; i < 24; ++i) sum[i] = _mm512_fmadd_ph(sum[i], a, a);
    }
    for (int i = 1; i < 24; ++i) sum[0] = _mm512_add_ph(sum[0], sum[i]);
    _Float16 lanes[32];
    _mm512_storeu_ph(lanes, sum[0]);
    sink = static_cast<int>(lanes[0]);
    return rounds * 24 * 32 * 2;
}
#endif

template <typename Run>
double best_rate(Run run) {
    double best = 0;
    for (int i = 0; i < 5; ++i) {
        const double start = thread_seconds();
        const int64_t operations = run(kRounds);
        const double took = thread_seconds() - start;
        if (took > 0) best = std::max(best, 1e-9 * static_cast<double>(operations) / took);
    }
    return best;
}

}  // namespace

Ceiling measure_ceiling() {
    Ceiling c;
    c.f32 = best_rate([](int64_t rounds) {
        float data[48];
        std::fill_n(data, 16, 0.5f);
        std::fill_n(data + 16, 32, 1.0f);
        fused(data, rounds);
        __asm__ volatile("" : : "r"(data) : "memory");  // or the loop moves out of the clock's view
        return fused_operations(rounds);
    });
#if defined(__x86_64__)
    const bool wide = base::isa() == base::Isa::Avx512;
    if (wide && __builtin_cpu_supports("avx512vnni")) {
        c.int8 = best_rate(byte_dots);
    } else if (base::isa() != base::Isa::Baseline) {
        c.int8 = best_rate(byte_pairs);
    }
    if (wide && __builtin_cpu_supports("avx512bf16")) c.bf16 = best_rate(bf16_dots);
    if (wide && __builtin_cpu_supports("avx512fp16")) c.f16 = best_rate(f16_fused);
#endif
    return c;
}

const Ceiling& ceiling() {
    static const Ceiling c = measure_ceiling();
    return c;
}

std::string describe(const Ceiling& c) {
    std::string text;
    const auto put = [&text](const char* name, double rate) {
        if (rate == 0) return;
        char part[40];
        std::snprintf(part, sizeof part, "%s%s %.0f", text.empty() ? "" : ", ", name, rate);
        text += part;
    };
    put("f32", c.f32);
    put("f16", c.f16);
    put("bf16", c.bf16);
    put("int8", c.int8);
    return text + " Gop/s a core";
}

}  // namespace tensor
