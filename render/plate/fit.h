// A picture made as large as a film: the middle part that has the film's shape, nothing added.
#pragma once

#include "base/signal/image.h"

namespace render {

// True when fit_picture() would give the picture back unchanged.
bool fits(const base::Image8& picture, int width_px, int height_px);

// Cover crop: the largest centred part with the shape of width x height, resampled in linear light
// with a Catmull-Rom kernel that is widened when the picture shrinks. `picture` is RGB, not empty;
// sizes are positive. Pure; a picture of the very size comes back byte by byte. Memory: 12 bytes
// times width_px times the rows of the part.
base::Image8 fit_picture(const base::Image8& picture, int width_px, int height_px);

}  // namespace render
