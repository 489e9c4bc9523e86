// From scene light to bytes in films that play in a picture.
#pragma once

#include <cstdint>
#include <vector>

#include "render/plate/plate.h"

namespace render {

class Threads;

// Blends from the bare plate, as `now` sees it, to `light` ([height, width]; may be empty when
// `presence` is 0) and makes bytes of it: no vignette, grain or dither, so that untouched pixels
// are the picture's. Noir turns the whole picture grey and hard, its first frame too.
base::Image8 show_plate(const Plate& plate, const CameraFrame& now, const std::vector<Vec3f>& light,
                        float presence, Style style, int64_t index, const Threads& threads);

// For drawn styles: blends from the bare plate to `shown`, display-linear, in place.
void blend_plate(const Plate& plate, const CameraFrame& now, float presence,
                 std::vector<Vec3f>& shown, const Threads& threads);

}  // namespace render
