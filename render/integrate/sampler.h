// Random numbers of one pixel: a hashed start plus a low-discrepancy walk over the sample index
// (Roberts, "The Unreasonable Effectiveness of Quasirandom Sequences", 2018: R1 and R2), so that
// samples of the same pixel in following frames fill the domain evenly. Depends on nothing but its
// arguments, so any thread draws the same numbers.
#pragma once

#include <cmath>
#include <cstdint>

#include "base/math/vec.h"

namespace render {

// What a pair of random numbers is for; further surfaces of a path add kPerBounce.
enum Dimension : uint32_t {
    kPixelDim,
    kLightPointDim,
    kLightPickDim,
    kGatherDim,
    kLobeDim,
    kGatherLightDim,
    kOpacityDim,
    kSplitDim,
    kPerBounce = 16
};

class Sampler {
public:
    Sampler(uint64_t seed, int x, int y, uint32_t index)
        : key_(mix(mix(static_cast<uint32_t>(seed) ^ static_cast<uint32_t>(seed >> 32)) +
                   static_cast<uint32_t>(x) * 0x8da6b343u) ^
               (static_cast<uint32_t>(y) * 0xd8163841u)),
          index_(index) {}

    float one(uint32_t dimension) const {
        return wrap(start(2 * dimension), 2654435769u);  // 1 / golden ratio
    }
    base::Vec2f two(uint32_t dimension) const {
        return {wrap(start(2 * dimension), 3242174889u),       // 1 / plastic number
                wrap(start(2 * dimension + 1), 2447445414u)};  // its square
    }

private:
    static uint32_t mix(uint32_t x) {  // Wellons' lowbias32
        x ^= x >> 16;
        x *= 0x7feb352du;
        x ^= x >> 15;
        x *= 0x846ca68bu;
        return x ^ (x >> 16);
    }
    uint32_t start(uint32_t dimension) const { return mix(key_ + dimension * 0x9e3779b9u); }
    float wrap(uint32_t from, uint32_t step) const {
        return static_cast<float>((from + index_ * step) >> 8) * 0x1p-24f;
    }
    uint32_t key_, index_;
};

// Cosine-weighted direction around unit `n` (Malley's method).
inline base::Vec3f cosine_direction(base::Vec3f n, base::Vec2f u) {
    const float r = std::sqrt(u.x), turn = 6.2831853f * u.y;
    const base::Vec3f x = base::any_perpendicular(n), y = cross(n, x);
    return normalize(x * (r * std::cos(turn)) + y * (r * std::sin(turn)) +
                     n * std::sqrt(std::max(0.f, 1 - u.x)));
}

}  // namespace render
