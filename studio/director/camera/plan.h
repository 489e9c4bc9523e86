// Where the camera is, for every frame of a shot: planned after the rehearsal, when it is known
// where everything goes.
//
// A plan is a smooth curve of eye, target and lens over the shot's time. Static framings fit all
// that matters over the whole shot; tracking ones follow the main subject. What is looked at is in
// sight.h and follow.h, what the words ask in framing.h and move.h, the geometry in fit.h and
// occlusion.h.
#pragma once

#include <vector>

#include "render/render.h"
#include "script/shots/shot_list.h"
#include "studio/director/camera/interest_track.h"
#include "studio/director/staging/stage.h"

namespace studio {

struct CameraPlan {
    std::vector<render::Camera> keys;  // one per frame and one more (the end of the last shutter)
    // Camera at a fractional frame of the shot.
    render::Camera at(double frame) const;
};

CameraPlan plan_camera(const script::Shot& shot, const ShotStage& stage,
                       const std::vector<InterestTrack>& tracks, double fps, double aspect,
                       uint64_t seed);

}  // namespace studio
