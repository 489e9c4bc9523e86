// Drops, dust, sparks, snow, rain and smoke: soft spots and streaks drawn over the picture in scene
// light, behind whatever is nearer.
#pragma once

#include <functional>
#include <vector>

#include "render/integrate/camera_frame.h"
#include "world/record/snapshot.h"

namespace render {

class Threads;

struct ParticleLight {
    std::function<Vec3f(Vec3f position)> ambient;  // mean luminance around a point
    float spark = 1;                               // luminance of a spark's core
    float open_s = 0;                              // shutter time, for streaks
};

void draw_particles(std::vector<Vec3f>& light, const CameraFrame& camera,
                    const std::vector<world::Particle>& particles, const ParticleLight& look,
                    const std::function<float(int x, int y)>& depth_m, const Threads& threads);

}  // namespace render
