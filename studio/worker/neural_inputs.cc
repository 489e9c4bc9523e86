#include "studio/worker/neural_inputs.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "media/decode.h"
#include "studio/neural/reference.h"
#include "studio/worker/clips.h"
#include "studio/worker/failure.h"

namespace studio {
namespace {

// A longer clip is refused before it is decoded: a reference is looked at for as long as what is
// made new, and decoding an hour of video would hold a worker up.
constexpr double kMostReference_s = 300;

base::Error kept_there(double seconds, double kept_s) {
    char text[160];
    std::snprintf(text, sizeof text,
                  "a keyframe at %.4g s lies in what is kept of the earlier film; new pictures "
                  "begin at %.4g s (keyframes)",
                  seconds, kept_s);
    return reject("unsupported", text);
}

}  // namespace

base::Status take_inputs(Workplace& place, const WorldFilm& film, neural::FilmPlan& plan) {
    const FilmJob& job = place.job;
    const double kept_s = static_cast<double>(film.kept_frames) / plan.fps;
    for (const JobKeyframe& key : job.keyframes) {
        const double at_s = key.seconds - kept_s;
        if (std::llround(at_s * plan.fps) < 0) return kept_there(key.seconds, kept_s);
        const base::Image8 picture = TRY(open_picture(place, key.image));
        plan.keyframes.push_back(
            {std::max(0.0, at_s),
             std::make_shared<const base::Image8>(fill(picture, plan.width_px, plan.height_px)),
             key.strength});
    }
    double seconds = 0;
    for (const neural::ShotPlan& shot : plan.shots) seconds += shot.seconds;
    if (!job.reference.empty()) {
        plan.reference =
            TRY(open_reference(TRY(safe_picture_or_clip(place, job.reference, kMostReference_s)),
                               plan.fps, std::llround(seconds * plan.fps)));
    }
    if (!job.sound.empty()) {
        const std::string path = TRY(safe_sound(place, job.sound, seconds + 1));
        auto sound = media::open_sound(path);
        if (!sound.ok()) return reject("invalid_audio", "no sound can be read");
        plan.sound = std::move(*sound);
    }
    return {};
}

}  // namespace studio
