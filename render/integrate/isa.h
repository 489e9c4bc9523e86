// Which instruction set the hot loops run on. The environment variable AOZORA_ISA (baseline, avx2,
// avx512) lowers it, for tests and for comparing films between machines.
#pragma once

#include "render/render.h"

namespace render {

enum class Isa { Baseline, Avx2, Avx512 };

// Chosen once per process.
Isa isa();

}  // namespace render
