// The drawn style: flat colours in two tones and a highlight, hard shadows, ink lines, painted sky.
//
// Drawn from geometry at several samples per pixel and averaged, without any random numbers: the
// same view always gives the same picture, so nothing flickers.
#pragma once

#include "render/integrate/camera_frame.h"
#include "render/light/lights.h"
#include "render/scene/stage_geometry.h"

namespace render {

class Threads;

struct AnimeInput {
    const StageGeometry* geometry = nullptr;
    CameraFrame camera;  // at the picture's size
    world::Room room;
    TimeOfDay time = TimeOfDay::Day;
    Weather weather = Weather::Clear;
    bool open_air = false;
    const Plate* plate = nullptr;  // stands for ground and sky, undrawn; null = none
    int oversample = 2;            // per axis
    uint64_t seed = 1;
    double time_s = 0;
};

// Display-linear colours in [0, 1] and, per pixel, the depth of its centre (0 = sky).
struct AnimePicture {
    std::vector<Vec3f> colour;
    std::vector<float> depth;
};
AnimePicture draw_anime(const AnimeInput& input, const Threads& threads);

}  // namespace render
