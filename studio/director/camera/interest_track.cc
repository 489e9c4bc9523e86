#include "studio/director/camera/interest_track.h"

#include <algorithm>

namespace studio {

const InterestTrack* main_track(const std::vector<InterestTrack>& tracks) {
    const InterestTrack* best = nullptr;
    for (const InterestTrack& t : tracks) {
        if (t.centre.empty()) continue;
        if (best == nullptr || t.interest.weight > best->interest.weight) best = &t;
    }
    return best;
}

std::vector<InterestTrack> without_strays(std::vector<InterestTrack> tracks,
                                          const ShotStage& stage) {
    // What has sunk needs no place in the picture.
    if (stage.scene.water) {
        const auto deep = static_cast<float>(stage.scene.water->level_z_m - 0.3);
        for (InterestTrack& t : tracks) {
            for (size_t i = 0; i < t.centre.size(); ++i) {
                if (t.centre[i].z < deep) t.visible[i] = false;
            }
        }
    }
    // A ball that flies far from the people who play with it must not make dots of them.
    if (const InterestTrack* main = main_track(tracks);
        main != nullptr && main->interest.kind == Interest::Kind::Figure) {
        const double far_m = std::max(3.5, 2.6 * 2 * main->interest.radius_m);
        for (InterestTrack& t : tracks) {
            if (t.interest.kind != Interest::Kind::Body) continue;
            for (size_t i = 0; i < t.centre.size(); ++i) {
                const base::Vec3f who = main->centre[std::min(i, main->centre.size() - 1)];
                if (base::length((t.centre[i] - who).cast<double>()) > far_m) t.visible[i] = false;
            }
        }
    }
    return tracks;
}

}  // namespace studio
