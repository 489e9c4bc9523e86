// Sky, sun, moon, clouds and air. Luminance in cd/m2, illuminance in lux; z up; the sun stands
// where the hour says, in a direction that suits the default camera (from -y looking to +y).
//
// Clear air: single scattering of sunlight by Rayleigh, Mie and ozone layers, plus the isotropic
// estimate of all further scattering of Hillaire, "A Scalable and Production Ready Sky and
// Atmosphere Rendering Technique" (2020); coefficients from its table 1.
#pragma once

#include <vector>

#include "render/light/harmonics.h"
#include "render/render.h"
#include "render/scene/placement.h"

namespace render {

class Threads;

class Sky {
public:
    // width_px: of the baked panorama, 512 .. 4096. Airless: black by day too, as on the Moon, and
    // without stars, which no camera sees beside sunlit ground; weather is ignored.
    Sky(TimeOfDay time, Weather weather, uint64_t seed, int width_px, const Threads& threads,
        bool airless = false);

    // Without the discs of sun and moon.
    Vec3f radiance(Vec3f direction) const;
    // What the camera sees: stars, and the disc of sun or moon.
    Vec3f seen(Vec3f direction) const;

    Vec3f sun_direction() const { return sun_direction_; }  // toward it (moon at night)
    Vec3f sun_illuminance() const { return sun_illuminance_; }
    float sun_radius_rad() const { return sun_radius_rad_; }
    const Harmonics& harmonics() const { return harmonics_; }

    // Air between the eye and a thing: radiance * transmittance + glow.
    struct Air {
        float transmittance;
        Vec3f glow;
    };
    Air air(Vec3f direction, float distance_m, float eye_height_m) const;

private:
    void bake(uint64_t seed, const Threads& threads);
    Vec3f texel_direction(int x, int y) const;

    TimeOfDay time_;
    Weather weather_;
    bool airless_;
    int width_, height_;
    std::vector<Vec3f> panorama_;  // [height, width]
    Vec3f sun_direction_, sun_illuminance_, sun_disc_;
    float sun_radius_rad_ = 0.0047f;
    float air_density_per_m_ = 0;
    Vec3f air_colour_;
    Harmonics harmonics_;
};

}  // namespace render
