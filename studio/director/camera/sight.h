// What a shot looks at: all that must fit the picture, and the path that the camera goes along.
#pragma once

#include <optional>
#include <vector>

#include "script/shots/shot_list.h"
#include "studio/director/camera/fit.h"
#include "studio/director/camera/interest_track.h"
#include "studio/director/camera/portrait.h"

namespace studio {

struct Sight {
    std::vector<Keep> keep;          // not empty; of the first frame where the camera goes along
    base::Vec3 main_mean;            // of the heaviest interest
    std::vector<base::Vec3> follow;  // [frame]; empty: the camera stays
    std::optional<Portrait> portrait;
    bool roams = false;  // it follows the action and not the subject; so does the focus
};

// `subject` may be null.
Sight look_at(const script::Camera& camera, const ShotStage& stage,
              const std::vector<InterestTrack>& tracks, const InterestTrack* subject, double fps);

}  // namespace studio
