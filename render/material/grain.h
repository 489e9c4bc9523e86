// Baked tiling textures: the small structure of matter. Made once per process on first use.
//
// A grain holds what varies over a surface of one colour: a tint (1 = the material's own colour),
// the slope of its relief, roughness and a mask that patterns use. 8 bit per channel, square power
// of two, mip levels down to 1 x 1, all tiling.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/math/vec.h"

namespace render {

struct GrainSample {
    base::Vec3f tint{1, 1, 1};       // multiplies the colour, [0, 2]
    float slope_u = 0, slope_v = 0;  // of the relief at bump strength 1, [-1, 1]
    float roughness = 0;             // added, [-0.5, 0.5]
    float cavity = 1;                // [0, 1], dark in pores and joints
};

class Grain {
public:
    static constexpr int kChannels = 8;  // r g b slope_u slope_v roughness cavity spare

    // (u, v) in tiles; `texels` is the footprint in texels of the finest level. Bilinear in the
    // level below the footprint, blended with the next: no shimmer, no seams.
    GrainSample sample(float u, float v, float texels) const;
    int size() const { return size_; }
    GrainSample mean() const { return sample(0.5f, 0.5f, 1e9f); }

private:
    friend class GrainBaker;
    int size_ = 1, log2_size_ = 0;
    std::vector<std::vector<uint8_t>> levels_;  // [level][v, u, channel]
};

// nullptr when there is no grain of that name. Thread safe.
const Grain* find_grain(std::string_view name);
std::vector<std::string_view> grain_names();

}  // namespace render
