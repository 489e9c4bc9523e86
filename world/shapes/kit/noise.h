// Gradient noise for natural variation (K. Perlin, "Improving Noise", 2002, with hashed gradients).
#pragma once

#include <cmath>
#include <cstdint>

#include "base/core/random.h"
#include "world/shapes/kit/mesh.h"

namespace world::kit {

// About [-1, 1], features of unit size.
inline double noise(Vec3 p, uint64_t seed) {
    const Vec3 f{std::floor(p.x), std::floor(p.y), std::floor(p.z)};
    const Vec3 t = p - f;
    const auto fade = [](double x) { return x * x * x * (x * (x * 6 - 15) + 10); };
    double sum = 0;
    for (int c = 0; c < 8; ++c) {
        const Vec3 o{double(c & 1), double(c >> 1 & 1), double(c >> 2)};
        const Vec3 g = f + o;
        const uint64_t h =
            base::hash_u64(seed * 0x9e3779b97f4a7c15ull ^
                           static_cast<uint64_t>(static_cast<int64_t>(g.x)) * 73856093u ^
                           static_cast<uint64_t>(static_cast<int64_t>(g.y)) * 19349663u ^
                           static_cast<uint64_t>(static_cast<int64_t>(g.z)) * 83492791u);
        const Vec3 gradient{(h & 1023) / 511.5 - 1, (h >> 10 & 1023) / 511.5 - 1,
                            (h >> 20 & 1023) / 511.5 - 1};
        double weight = 1;
        for (int k = 0; k < 3; ++k) weight *= o[k] > 0 ? fade(t[k]) : 1 - fade(t[k]);
        sum += weight * base::dot(gradient, t - o);
    }
    return sum * 1.4;
}

// Octaves of halving size and strength.
inline double rough(Vec3 p, uint64_t seed, int octaves = 4) {
    double sum = 0, strength = 0.5;
    for (int i = 0; i < octaves; ++i, p *= 2.03, strength *= 0.5) {
        sum += strength * noise(p, seed + i);
    }
    return sum;
}

}  // namespace world::kit
