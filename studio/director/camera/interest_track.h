// Where things of interest were during the rehearsal: what every plan of a camera starts from.
#pragma once

#include <vector>

#include "base/math/transform.h"
#include "studio/director/staging/stage.h"

namespace studio {

// Where an interest was, one entry per frame.
struct InterestTrack {
    Interest interest;
    std::vector<base::Vec3f> centre;          // [frame]
    std::vector<bool> visible;                // [frame]
    std::vector<base::Transformf> head = {};  // [frame], of a Figure: the joint at the skull's base
};

// The heaviest; nullptr: there is none. Points into `tracks`.
const InterestTrack* main_track(const std::vector<InterestTrack>& tracks);

// The tracks, invisible where they ask for no place in the picture: sunk, or flown far away from
// the people who play.
std::vector<InterestTrack> without_strays(std::vector<InterestTrack> tracks,
                                          const ShotStage& stage);

}  // namespace studio
