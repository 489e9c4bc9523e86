// The eye: makes pictures of snapshots. Knows only shapes, snapshots and looks; never steps a
// world.
//
// One Renderer draws one shot, frames in order (it keeps history for temporal reprojection).
// Same inputs -> the same bytes for any thread count, at one instruction-set level.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/core/result.h"
#include "base/signal/image.h"
#include "base/signal/source.h"
#include "world/record/snapshot.h"
#include "world/scene/scene.h"
#include "world/sets/set.h"

namespace render {

class Plate;  // render/plate/plate.h

enum class Quality { Draft, Standard, Final };
enum class Style { Realistic, Clay, Anime, Noir };
enum class TimeOfDay { Dawn, Day, Sunset, Night };
enum class Weather { Clear, Cloudy, Rain, Snow, Fog };

struct Camera {
    base::Vec3 eye, target;
    base::Vec3 up{0, 0, 1};
    double lens_mm = 35;  // full frame, 36 mm wide
    double f_number = 0;  // 0 = pinhole, everything sharp
    double focus_m = 5;   // distance of the sharp plane along the view axis
};

struct Settings {
    int width_px = 1280, height_px = 720;
    double fps = 24;
    Quality quality = Quality::Standard;
    Style style = Style::Realistic;
    uint64_t seed = 1;
    int threads = 0;                    // 0 = all cores
    double shutter_turn = 0.5;          // fraction of the frame time that the shutter is open
    std::optional<double> exposure_ev;  // manual; unset = automatic
    bool passes = false;                // also fill Picture::passes
};

// What is in front of the camera for a whole shot. Borrowed; must outlive the Renderer.
struct Stage {
    const world::Scene* scene = nullptr;
    const world::SetModel* set = nullptr;  // lamps, sky, room (its bodies are in the scene too)
    TimeOfDay time = TimeOfDay::Day;
    Weather weather = Weather::Clear;
    // A picture stands for the set: `set` holds nothing but its ground. Its size is the film's.
    const Plate* plate = nullptr;
};

// One frame: the world when the shutter opens and closes, and the camera then.
struct FrameInput {
    int64_t index = 0;  // film frame
    const world::Snapshot* open = nullptr;
    const world::Snapshot* close = nullptr;  // may be == open: no motion blur
    Camera camera_open, camera_close;
    double time_s = 0;  // film time
    // With a plate: how far bodies and their shadows have come in. 0 = the plate alone.
    double presence = 1;
};

// Exact by-products of the picture, at its size, before motion blur and depth of field.
struct Passes {
    base::ImageF depth_m;           // 1 channel, along the view axis; sky = +inf
    base::ImageF normal;            // 3, world frame, unit; sky = 0
    base::ImageF motion_px;         // 2, to where this point was in the frame before
    base::ImageF albedo;            // 3, linear
    base::ImageT<int32_t> body_id;  // 1, Scene::bodies index, -1 = none; figures from 1,000,000
    base::Vec3 right, up, forward;  // the camera's axes in the world frame, unit
};

struct Picture {
    base::Image8 image;  // RGB, sRGB, graded
    std::optional<Passes> passes;
};

// Starts building the scene's people on threads of their own, so that a Renderer that is made later
// finds them ready. A wish only: pictures are the same without. Any thread.
void start_figures(const world::Scene& scene);

class Renderer {
public:
    // Builds textures, lights and the static acceleration structure. progress: [0, 1].
    static base::Result<std::unique_ptr<Renderer>> create(
        const Stage& stage, const Settings& settings,
        const std::function<void(double)>& progress = {},
        const base::CancelToken* cancel = nullptr);
    virtual ~Renderer() = default;
    virtual base::Result<Picture> render(const FrameInput& input,
                                         const base::CancelToken* cancel = nullptr) = 0;
};

}  // namespace render
