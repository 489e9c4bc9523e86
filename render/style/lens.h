// What a lens and a shutter do to a picture in scene light: motion blur, depth of field, glare.
#pragma once

#include <functional>
#include <vector>

#include "render/render.h"
#include "render/scene/placement.h"

namespace render {

class Threads;

struct LensInput {
    int width_px = 0, height_px = 0;
    std::function<float(int x, int y)> depth_m;   // 0 = sky
    std::function<Vec2f(int x, int y)> sweep_px;  // movement while the shutter is open
};

// Blur along movement, centred on the pixel, foreground over background (McGuire, Hennessy,
// Bukowski, Osman, "A Reconstruction Filter for Plausible Motion Blur", 2012).
void motion_blur(std::vector<Vec3f>& light, const LensInput& input, const Threads& threads);

// Thin lens: circle of confusion from depth, gathered over a disc; sharp things do not bleed into
// the blur behind them.
void depth_of_field(std::vector<Vec3f>& light, const LensInput& input, const Camera& camera,
                    const Threads& threads);

// Light scattered in the lens: `share` of every pixel spread over a wide soft spot.
void glare(std::vector<Vec3f>& light, int width_px, int height_px, float share,
           const Threads& threads);

}  // namespace render
