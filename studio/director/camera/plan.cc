#include "studio/director/camera/plan.h"

#include <algorithm>
#include <cmath>

#include "studio/director/camera/fit.h"
#include "studio/director/camera/follow.h"
#include "studio/director/camera/framing.h"
#include "studio/director/camera/move.h"
#include "studio/director/camera/occlusion.h"
#include "studio/director/camera/sight.h"

namespace studio {
namespace {

using base::Vec3;
using script::Framing;

// Radius of a dot, as a part of the picture's height.
constexpr double kDot = 0.035;

// Where the camera stands at the start. A thing that would be a dot and goes places takes the
// camera along: `sight` changes.
View stand(const script::Camera& camera, const ShotStage& stage,
           const std::vector<InterestTrack>& tracks, const InterestTrack* subject, double fps,
           double aspect, Sight& sight) {
    const Framing framing = camera.framing;
    const Vec3 up = framing == Framing::Top ? Vec3{0, 1, 0} : Vec3{0, 0, 1};
    const double lens = camera.lens_mm.value_or(framing_lens_mm(framing));
    const auto look_along = [&](Vec3 forward) {
        return fit(sight.keep, forward, up, lens, aspect, framing_margin(framing));
    };
    Vec3 forward = view_direction(framing, stage);
    const auto eye_of = [&](Vec3 along) { return look_along(along).eye; };
    if (sight.portrait) {
        forward = portrait_direction(*sight.portrait, forward, stage.set.camera_bounds, eye_of);
    }
    if (subject != nullptr && framing != Framing::Top) {
        forward = clear_direction(stage, tracks, *subject, forward, eye_of);
    }
    View view = look_along(forward);
    if (!sight.follow.empty() || subject == nullptr || !is_free(camera) ||
        subject->interest.kind != Interest::Kind::Body) {
        return view;
    }
    const double seen = subject->interest.radius_m /
                        (base::length(view.target - view.eye) * half_tan(lens) / aspect);
    if (seen >= kDot) return view;
    double close_m = 0;
    sight.follow = close_path(tracks, *subject, fps, close_m);
    if (sight.follow.empty()) return view;
    sight.keep = {{sight.follow.front(), close_m}};
    // From above, for it may run in a groove.
    const double flat = std::hypot(forward.x, forward.y);
    if (flat > 0.3) forward = base::normalize(Vec3{forward.x, forward.y, -0.75 * flat});
    return look_along(forward);
}

// A room has walls: when the eye had to leave them, stand inside and use a wider lens.
void step_inside(const base::Bounds& room, View& view) {
    const Vec3 inside = clamp_into(room, view.eye);
    if (base::length(inside - view.eye) > 1e-6) {
        const double wanted = base::length(view.target - view.eye);
        const double have = std::max(0.05, base::length(view.target - inside));
        view.eye = inside;
        view.lens_mm = std::max(15.0, view.lens_mm * std::min(1.0, have / wanted));
    }
}

// What is sharp in a frame.
Vec3 focus_point(const Sight& sight, const InterestTrack* subject, size_t frame) {
    if (sight.roams) return sight.follow[std::min(frame, sight.follow.size() - 1)];
    if (subject != nullptr && !subject->centre.empty())
        return subject->centre[std::min(frame, subject->centre.size() - 1)].cast<double>();
    return sight.main_mean;
}

// Focus pulls are slow: smooth over half a second.
void smooth_focus(std::vector<render::Camera>& keys, double fps) {
    const int half = std::max(1, static_cast<int>(fps * 0.25));
    std::vector<double> focus(keys.size());
    for (int i = 0; i < static_cast<int>(keys.size()); ++i) {
        double sum = 0;
        int count = 0;
        for (int k = std::max(0, i - half); k <= std::min<int>(keys.size() - 1, i + half); ++k) {
            sum += keys[k].focus_m;
            ++count;
        }
        focus[i] = sum / count;
    }
    for (size_t i = 0; i < keys.size(); ++i) keys[i].focus_m = focus[i];
}

}  // namespace

render::Camera CameraPlan::at(double frame) const {
    const double f = std::clamp(frame, 0.0, static_cast<double>(keys.size() - 1));
    const size_t i = std::min(static_cast<size_t>(f), keys.size() - 1);
    const size_t j = std::min(i + 1, keys.size() - 1);
    const double t = f - static_cast<double>(i);
    const render::Camera &a = keys[i], &b = keys[j];
    render::Camera c = a;
    c.eye = base::lerp(a.eye, b.eye, t);
    c.target = base::lerp(a.target, b.target, t);
    c.up = base::normalize(base::lerp(a.up, b.up, t));
    c.lens_mm = base::lerp(a.lens_mm, b.lens_mm, t);
    c.focus_m = base::lerp(a.focus_m, b.focus_m, t);
    c.f_number = a.f_number;
    return c;
}

CameraPlan plan_camera(const script::Shot& shot, const ShotStage& stage,
                       const std::vector<InterestTrack>& seen_tracks, double fps, double aspect,
                       uint64_t seed) {
    const std::vector<InterestTrack> tracks = without_strays(seen_tracks, stage);
    const InterestTrack* subject = main_track(tracks);
    if (const InterestTrack* person = person_named(shot.camera, stage, tracks);
        person != nullptr && portrait_of(shot.camera, stage, tracks, person, fps)) {
        subject = person;
    }
    const base::Bounds& room = stage.set.camera_bounds;
    size_t frames = 1;
    for (const InterestTrack& t : tracks) frames = std::max(frames, t.centre.size());
    Sight sight = look_at(shot.camera, stage, tracks, subject, fps);
    View view = stand(shot.camera, stage, tracks, subject, fps, aspect, sight);
    if (!is_close(shot.camera.framing) && shot.camera.framing != Framing::Top) {
        // Ground for the eye: a little more below the subject than above it looks like a place.
        view.target.z -= 0.012 * base::length(view.target - view.eye);
    }
    step_inside(room, view);

    CameraPlan plan;
    const double distance = base::length(view.target - view.eye);
    for (size_t i = 0; i <= frames; ++i) {
        const double t01 = frames > 1 ? static_cast<double>(i) / static_cast<double>(frames) : 0;
        View now = view;
        if (!sight.follow.empty()) {
            const Vec3 shift =
                sight.follow[std::min(i, sight.follow.size() - 1)] - sight.follow.front();
            now.eye = clamp_into(room, view.eye + shift);
            now.target = view.target + shift;
        }
        now = moved(now, shot.camera, distance, t01, static_cast<double>(i) / fps, seed);
        now.eye = clamp_into(room, now.eye);
        render::Camera camera;
        camera.eye = now.eye;
        camera.target = now.target;
        camera.up = now.up;
        camera.lens_mm = now.lens_mm;
        camera.f_number = framing_aperture(shot.camera);
        camera.focus_m = std::max(0.05, base::dot(focus_point(sight, subject, i) - camera.eye,
                                                  base::normalize(camera.target - camera.eye)));
        plan.keys.push_back(camera);
    }
    smooth_focus(plan.keys, fps);
    return plan;
}

}  // namespace studio
