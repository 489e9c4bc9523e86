// The tone curve of films that start from a picture: straight, with a shoulder that takes light of
// kPlateWhite to white. Its inverse turns a picture's bytes into scene light, so that what nobody
// touches comes out of the renderer as it went in. White is not far above the straight part, so
// that shadows show on it too (the film curve of other films reaches white four stops higher).
#pragma once

#include <algorithm>
#include <cmath>

namespace render {

constexpr float kPlateKnee = 0.6f;                                // straight up to here
constexpr float kPlateWhite = kPlateKnee + 2 * (1 - kPlateKnee);  // becomes 1, with slope 0

// Scene light of one channel -> display-linear, [0, 1]; monotone, slope <= 1.
inline float plate_curve(float light) {
    if (!(light > 0)) return 0;
    if (light <= kPlateKnee) return light;
    const float left = std::max(0.f, (kPlateWhite - light) / (kPlateWhite - kPlateKnee));
    return 1 - (1 - kPlateKnee) * left * left;
}

// The inverse on [0, 1].
inline float plate_light(float shown) {
    if (shown <= kPlateKnee) return std::max(0.f, shown);
    const float left = std::sqrt(std::max(0.f, 1 - shown) / (1 - kPlateKnee));
    return kPlateWhite - (kPlateWhite - kPlateKnee) * left;
}

}  // namespace render
