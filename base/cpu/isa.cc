#include "base/cpu/isa.h"

#include <cstdlib>
#include <string_view>

namespace base {
namespace {

Isa detect() {
#if defined(__x86_64__)
    Isa best = Isa::Baseline;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) best = Isa::Avx2;
    if (best == Isa::Avx2 && __builtin_cpu_supports("avx512f") &&
        __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512dq")) {
        best = Isa::Avx512;
    }
    const char* wanted = std::getenv("AOZORA_ISA");
    const std::string_view name = wanted ? wanted : "";
    if (name == "baseline") return Isa::Baseline;
    if (name == "avx2" && best == Isa::Avx512) return Isa::Avx2;
    return best;
#else
    return Isa::Baseline;
#endif
}

}  // namespace

Isa isa() {
    static const Isa chosen = detect();
    return chosen;
}

std::string_view isa_level() {
    switch (isa()) {
        case Isa::Avx512: return "avx512";
        case Isa::Avx2: return "avx2";
        case Isa::Baseline: break;
    }
#if defined(__aarch64__)
    return "neon";
#else
    return "sse2";
#endif
}

}  // namespace base
