// A picture as a place: what `film from a picture` plays in.
//
// The picture is projected from the camera of the film's first frame onto level ground (z = 0) and
// a round backdrop far behind it (camera projection mapping, as matte painters do). It shows its
// own colours: a pixel that no body covers, shades or shines on is the picture's to the byte while
// the camera stands still. Bodies are lit by the light that was read from the picture, and what
// they take from the ground's light darkens the picture there (differential rendering, after
// Debevec, "Rendering Synthetic Objects into Real Scenes", 1998).
//
// Scene light here is in units of the picture: display-linear through plate_light(), white =
// kPlateWhite; a renderer with a plate exposes by 1. World frame and metres as everywhere.
// Immutable after making; any thread.
#pragma once

#include <vector>

#include "base/signal/image.h"
#include "render/integrate/camera_frame.h"
#include "render/light/lights.h"
#include "render/plate/reading.h"

namespace render {

class Plate {
public:
    // `picture`: RGB at the film's size (fit_picture). `camera` stands above z = 0.
    Plate(base::Image8 picture, const PictureReading& reading, const Camera& camera);

    const base::Image8& picture() const { return picture_; }
    const CameraFrame& camera() const { return camera_; }

    // Scene light of a pixel of a camera that sees nothing but the plate.
    Vec3f seen(const CameraFrame& now, int x, int y) const;

    // Where a ray that meets no body ends.
    struct Place {
        Vec3f point;
        float distance = 0;
        bool ground = false;  // else the backdrop
    };
    Place place(Vec3f origin, Vec3f direction) const;

    // Does a place of the ground or the backdrop lie in the picture (and not beyond its edge)?
    bool shows(Vec3f point) const { return outside_px(project(point)) <= 1e-2f; }

    // Scene light that leaves a place of the ground or the backdrop, smoothed; for reflections.
    Vec3f light_at(Vec3f point) const;
    // Scene light along a ray that meets neither body nor ground.
    Vec3f around(Vec3f origin, Vec3f direction) const;
    // The same as a source of light: scaled so that the ground's light is what was read.
    Vec3f dome(Vec3f direction) const { return around(middle_, direction) * dome_gain_; }

    const Light& key() const { return key_; }  // distant
    Vec3f key_on_ground() const {
        return key_level_;
    }  // radiance of white level ground, unshadowed
    Vec3f dome_on_ground() const { return dome_level_; }
    // What a lambertian ground must reflect there to look like the picture.
    Vec3f ground_albedo(Vec3f point) const {
        return base::min(light_at(point) / (key_level_ + dome_level_), Vec3f{8, 8, 8});
    }

private:
    struct Level {  // of a pyramid, halved each time
        int width = 0, height = 0;
        std::vector<Vec3f> light;
    };
    void build_pyramid();
    void place_lights(const PictureReading& reading);
    Vec3f bilinear(float u, float v, float level) const;
    Vec3f level_sample(size_t level, float u, float v) const;
    Vec3f sharp(float x, float y) const;
    // Picture coordinates [0, 1] of a world point; things behind the camera are mirrored before it.
    Vec2f project(Vec3f point) const;
    // How far outside the picture, in its pixels.
    float outside_px(Vec2f at) const;

    base::Image8 picture_;
    CameraFrame camera_;
    float backdrop_m_ = 25;  // radius around the first camera
    Vec3f middle_;           // where the action is likely
    std::vector<Level> pyramid_;
    Light key_;
    Vec3f key_level_, dome_level_;
    float dome_gain_ = 1;
};

}  // namespace render
