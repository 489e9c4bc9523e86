// Which instruction set the hot loops run on. The environment variable AOZORA_ISA (baseline, avx2,
// avx512) lowers it, for tests and for comparing films between machines.
#pragma once

#include <string_view>

namespace base {

enum class Isa { Baseline, Avx2, Avx512 };

// Chosen once per process.
Isa isa();
// "avx512", "avx2", "sse2", "neon": the level as a record names it.
std::string_view isa_level();

}  // namespace base
