// Philox 4x32-10, the counter-based generator below counter_noise().
#pragma once

#include <array>
#include <cstdint>

namespace neural {

std::array<uint32_t, 4> philox4x32(std::array<uint32_t, 4> counter, std::array<uint32_t, 2> key);

}  // namespace neural
