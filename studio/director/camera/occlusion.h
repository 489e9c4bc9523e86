// What stands between the camera and its subject.
#pragma once

#include <functional>

#include "studio/director/camera/fit.h"
#include "studio/director/camera/interest_track.h"

namespace studio {

// `forward`, or the direction a little round it from which more of the subject's way is seen.
// `eye_of`: where the eye would be for a direction.
base::Vec3 clear_direction(const ShotStage& stage, const std::vector<InterestTrack>& tracks,
                           const InterestTrack& subject, base::Vec3 forward,
                           const std::function<base::Vec3(base::Vec3)>& eye_of);

}  // namespace studio
