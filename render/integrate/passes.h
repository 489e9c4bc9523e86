// The exact by-products of a frame: one ray through every pixel's centre, first surface met.
#pragma once

#include "render/integrate/camera_frame.h"
#include "render/scene/stage_geometry.h"

namespace render {

class Threads;

Passes draw_passes(const StageGeometry& geometry, const CameraFrame& now, const CameraFrame& before,
                   double time_s, const Threads& threads);

}  // namespace render
