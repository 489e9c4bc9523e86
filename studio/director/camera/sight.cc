#include "studio/director/camera/sight.h"

#include <algorithm>

#include "studio/director/camera/follow.h"
#include "studio/director/camera/framing.h"

namespace studio {
namespace {

using base::Vec3;
using script::CameraMove;
using script::Framing;

// Weighted: interests below `least_weight` are not kept.
Sight gather(const std::vector<InterestTrack>& tracks, double least_weight) {
    Sight sight;
    double best = -1;
    for (const InterestTrack& track : tracks) {
        Vec3 mean{};
        size_t count = 0;
        for (size_t i = 0; i < track.centre.size(); i += 2) {
            if (!track.visible[i]) continue;
            const Vec3 c = track.centre[i].cast<double>();
            mean += c;
            ++count;
            if (track.interest.weight >= least_weight)
                sight.keep.push_back({c, track.interest.radius_m});
        }
        if (count > 0 && track.interest.weight > best) {
            best = track.interest.weight;
            sight.main_mean = mean / static_cast<double>(count);
        }
    }
    return sight;
}

// What flies far away must not shrink the picture to nothing: drops outliers.
void trim(std::vector<Keep>& keep) {
    if (keep.size() < 20) return;
    Vec3 mean{};
    for (const Keep& k : keep) mean += k.centre;
    mean = mean / static_cast<double>(keep.size());
    std::stable_sort(keep.begin(), keep.end(), [&](const Keep& a, const Keep& b) {
        return base::length_squared(a.centre - mean) < base::length_squared(b.centre - mean);
    });
    const double typical = base::length(keep[keep.size() * 9 / 10].centre - mean);
    while (keep.size() > 20 && base::length(keep.back().centre - mean) > 4.0 * typical + 0.05)
        keep.pop_back();
}

}  // namespace

Sight look_at(const script::Camera& camera, const ShotStage& stage,
              const std::vector<InterestTrack>& tracks, const InterestTrack* subject, double fps) {
    const Framing framing = camera.framing;
    const bool close = is_close(framing), wide = is_wide(framing);
    Sight sight = gather(tracks, close ? 0.85 : wide ? 0.0 : 0.35);
    if (sight.keep.empty()) sight = gather(tracks, 0.0);
    if (sight.keep.empty()) sight.keep.push_back({stage.set.camera_target, 1.0});
    trim(sight.keep);
    sight.portrait = portrait_of(camera, stage, tracks, subject, fps);
    if (sight.portrait) {
        sight.keep = {sight.portrait->keep};
        sight.follow = sight.portrait->follow;
        sight.roams = true;
        return sight;
    }

    const bool tracking =
        camera.move == CameraMove::Tracking || framing == Framing::PointOfView ||
        (is_free(camera) && subject != nullptr && travels_alone(tracks, *subject));
    std::vector<Vec3>& follow = sight.follow;
    if (tracking && subject != nullptr) {
        follow = smoothed_path(*subject, fps);
        sight.keep = {{follow.front(), subject->interest.radius_m * (close ? 1.3 : 1.8)}};
        for (const InterestTrack& t : tracks) {  // neighbours of the first moment give the scale
            if (t.interest.weight >= 0.6 && &t != subject && !t.centre.empty() &&
                base::length(t.centre.front().cast<double>() - follow.front()) <
                    4 * subject->interest.radius_m) {
                sight.keep.push_back({t.centre.front().cast<double>(), t.interest.radius_m});
            }
        }
    }
    if (!tracking && subject != nullptr && is_free(camera)) {
        double half_height_m = 0;
        follow = tilt_path(tracks, *subject, fps, half_height_m);
        if (!follow.empty()) {
            sight.keep = {{follow.front() + Vec3{0, 0, half_height_m}, 0.0},
                          {follow.front() - Vec3{0, 0, half_height_m}, 0.0}};
        }
    }
    if (!tracking && subject != nullptr && close && camera.move == CameraMove::Static) {
        follow = action_path(tracks, fps);
        if (!follow.empty()) sight.keep = {{follow.front(), 2.4 * subject->interest.radius_m}};
        sight.roams = !follow.empty();
    }
    return sight;
}

}  // namespace studio
