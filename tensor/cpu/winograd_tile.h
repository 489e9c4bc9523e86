// The transforms of winograd.cc, per instruction set; single threaded.
#pragma once

#include <cstdint>

namespace tensor {

constexpr int64_t kWinogradIn = 6, kWinogradOut = 4, kWinogradPlanes = 36;
constexpr int64_t kWinogradLanes = 16;  // channels at a time

// B^T d B of one tile: `pixels` are the addresses of 36 pixels, row by row, each with 16 channels;
// planes[k * 16 + c].
void winograd_input(const float* const* pixels, float* planes);

// A^T m A of one tile: planes[k * step + c], 16 channels each, to out[(4 i + j) * 16 + c].
void winograd_output(const float* planes, int64_t step, float* out);

}  // namespace tensor
