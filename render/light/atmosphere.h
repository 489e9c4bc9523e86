// Clear air above a round earth: how much light comes through and how much is scattered in.
#pragma once

#include <array>

#include "base/math/vec.h"

namespace render {

class Atmosphere {
public:
    // sun_direction: unit, toward the sun. illuminance: outside the air, lux.
    Atmosphere(base::Vec3f sun_direction, base::Vec3f illuminance_lx);

    // Luminance seen from the ground toward `direction` (z >= 0).
    base::Vec3f sky(base::Vec3f direction) const;
    // Share of light that comes through from outside, seen at `height_m` under cosine `mu`.
    base::Vec3f transmittance(double height_m, double mu) const;

private:
    static constexpr int kHeights = 24, kAngles = 64;
    base::Vec3f ground_scatter(double height_m, double sun_mu) const;

    base::Vec3f sun_, illuminance_;
    std::array<base::Vec3f, kHeights * kAngles> transmittance_{};
    std::array<base::Vec3f, kHeights> multiple_{};  // isotropic source per unit scattering
};

}  // namespace render
