// What a picture tells about the place it shows, by plain statistics: where its horizon is, how
// bright it is lit, in what colour and from where. Guesses, all of them; every field has a value
// that is right on average. Pure: same bytes, same reading.
#pragma once

#include "base/math/vec.h"
#include "base/signal/image.h"

namespace render {

struct PictureReading {
    float horizon = 0.45f;  // share of the height from the top, [0.2, 0.72]
    // Light on the ground, in units of the radiance that a white level surface would show.
    float brightness = 0.8f;
    float key_share = 0.5f;                // part of it that comes from one direction
    base::Vec3f key_colour{1, 1, 1};       // luminance 1
    base::Vec3f toward_key{0, 0, 1};       // unit; x right, y into the picture, z up
    float key_radius_rad = 0.1f;           // of the key light as seen from the ground: soft shadows
    base::Vec3f ground{0.3f, 0.3f, 0.3f};  // mean display-linear colour below the horizon
};

// `picture` is RGB and not empty.
PictureReading read_picture(const base::Image8& picture);

}  // namespace render
