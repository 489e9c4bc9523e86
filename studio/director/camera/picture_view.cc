#include "studio/director/camera/picture_view.h"

#include <algorithm>
#include <cmath>

#include "studio/director/camera/fit.h"
#include "studio/director/camera/move.h"

namespace studio {
namespace {

using base::Vec3;
using script::CameraMove;

constexpr double kHalfAngle_rad = 22.5 * base::kPi / 180;
// Interests below this weight need not stay in the picture.
constexpr double kLeastWeight = 0.35;

struct Stand {  // a camera over a point of the ground, tilted for the horizon
    Vec3 eye, ahead, right, up;
    double tan_x = 1, tan_y = 1;

    // [-1, 1] inside the picture; false behind the camera.
    bool project(Vec3 p, double& x, double& y, double& z) const {
        const Vec3 d = p - eye;
        z = base::dot(d, ahead);
        if (z < 1e-3) return false;
        x = base::dot(d, right) / (z * tan_x);
        y = base::dot(d, up) / (z * tan_y);
        return true;
    }
};

// Where the action is on the ground: the mean over time of what matters most.
Vec3 middle_of(const std::vector<InterestTrack>& tracks, const ShotStage& stage) {
    Vec3 sum{};
    double weights = 0;
    for (const InterestTrack& t : tracks) {
        for (size_t i = 0; i < t.centre.size(); ++i) {
            if (!t.visible[i]) continue;
            const double w = t.interest.weight * t.interest.weight;
            sum += t.centre[i].cast<double>() * w;
            weights += w;
        }
    }
    Vec3 middle = weights > 0 ? sum / weights : stage.set.camera_target;
    middle.z = stage.surface_z;
    return middle;
}

// A camera so far away that the ground at `middle` appears at the height `level` ([0, 1] from the
// top): how high it stands follows.
Stand stand_at(double distance_m, Vec3 middle, Vec3 forward, double horizon, double level,
               double tan_x, double tan_y) {
    const double tilt = std::atan((0.5 - horizon) * 2 * tan_y);  // down is positive
    const double c = std::cos(tilt), s = std::sin(tilt);
    const double q = (0.5 - level) * 2 * tan_y;
    const double height = std::max(0.05 * distance_m, distance_m * (s - q * c) / (c + q * s));
    Stand stand;
    stand.tan_x = tan_x;
    stand.tan_y = tan_y;
    stand.eye = middle - forward * distance_m + Vec3{0, 0, height};
    stand.ahead = forward * c - Vec3{0, 0, s};
    stand.right = base::normalize(base::cross(stand.ahead, Vec3{0, 0, 1}));
    stand.up = base::cross(stand.right, stand.ahead);
    return stand;
}

// Share of the places of what matters that lie outside, with their size.
double share_outside(const Stand& stand, const std::vector<InterestTrack>& tracks) {
    constexpr double kMargin = 0.94;
    size_t outside = 0, all = 0;
    for (const InterestTrack& t : tracks) {
        if (t.interest.weight < kLeastWeight) continue;
        for (size_t i = 0; i < t.centre.size(); i += 2) {
            if (!t.visible[i]) continue;
            ++all;
            double x = 0, y = 0, z = 0;
            if (!stand.project(t.centre[i].cast<double>(), x, y, z)) {
                ++outside;
                continue;
            }
            const double rx = t.interest.radius_m / (z * stand.tan_x),
                         ry = t.interest.radius_m / (z * stand.tan_y);
            outside += std::abs(x) + rx > kMargin || std::abs(y) + ry > kMargin;
        }
    }
    return all == 0 ? 0 : static_cast<double>(outside) / static_cast<double>(all);
}

// Do the corners and the middles of the sides of what the camera sees lie in the picture?
bool looks_inside(const render::Plate& plate, const render::Camera& camera) {
    const int w = plate.picture().width_px, h = plate.picture().height_px;
    const render::CameraFrame frame(camera, w, h);
    for (int j = 0; j <= 2; ++j) {
        for (int i = 0; i <= 2; ++i) {
            const base::Vec3f way =
                frame.direction(0.5f * static_cast<float>(i * w), 0.5f * static_cast<float>(j * h));
            if (!plate.shows(plate.place(frame.eye, way).point)) return false;
        }
    }
    return true;
}

// A move looks past the picture's edge only where a lens longer by a third does not prevent it.
void stay_inside(const render::Plate& plate, render::Camera& camera) {
    constexpr double kMost = 1.35;
    if (looks_inside(plate, camera)) return;
    const double own = camera.lens_mm;
    double low = 1, high = kMost;
    for (int step = 0; step < 12; ++step) {
        const double middle = 0.5 * (low + high);
        camera.lens_mm = own * middle;
        (looks_inside(plate, camera) ? high : low) = middle;
    }
    camera.lens_mm = own * high;
}

}  // namespace

render::Camera picture_view(const render::PictureReading& reading, const ShotStage& stage,
                            const std::vector<InterestTrack>& tracks, double aspect) {
    // A portrait picture has the angle along its longer side (render::CameraFrame).
    const double across = std::tan(kHalfAngle_rad);
    const double tan_x = aspect >= 1 ? across : across * aspect, tan_y = tan_x / aspect;
    Vec3 forward = stage.view_direction.value_or(Vec3{0, 1, 0});
    forward.z = 0;
    forward = base::length(forward) > 1e-6 ? base::normalize(forward) : Vec3{0, 1, 0};
    const Vec3 middle = middle_of(tracks, stage);
    const double horizon = reading.horizon;
    // Two thirds down the ground that is seen.
    const double level = std::clamp(horizon + 0.62 * (1 - horizon), horizon + 0.15, 0.85);

    // Near enough to see the main subject (a twelfth of the picture's height), far enough to see
    // all of the action; where both cannot be had, the subject may come in and go out.
    const InterestTrack* subject = main_track(tracks);
    const double radius = subject != nullptr ? std::max(0.02, subject->interest.radius_m) : 0.5;
    const double nearest = radius / (0.30 * tan_y), farthest = radius / (0.085 * tan_y);
    double best_distance = farthest, best = 2;
    for (double d = nearest; d <= farthest * 1.0001; d *= 1.06) {
        const double outside =
            share_outside(stand_at(d, middle, forward, horizon, level, tan_x, tan_y), tracks);
        if (outside < best - 0.04) {
            best = outside;
            best_distance = d;
        }
        if (outside <= 0) break;
    }
    const Stand stand = stand_at(best_distance, middle, forward, horizon, level, tan_x, tan_y);
    render::Camera camera;
    camera.eye = stand.eye;
    camera.target = stand.eye + stand.ahead * best_distance;
    camera.lens_mm = 0.5 * kFilmWidth_mm / across;
    camera.focus_m = best_distance;
    return camera;
}

CameraPlan plan_in_picture(const script::Shot& shot, const render::Camera& first,
                           const render::Plate& plate, const std::vector<InterestTrack>& tracks,
                           double fps, uint64_t seed) {
    size_t frames = 1;
    for (const InterestTrack& t : tracks) frames = std::max(frames, t.centre.size());
    const double distance = base::length(first.target - first.eye);
    const Vec3 ahead = base::normalize(first.target - first.eye);
    const Vec3 right = base::normalize(base::cross(ahead, first.up)),
               up = base::cross(right, ahead);
    const InterestTrack* subject = main_track(tracks);
    const bool handheld = shot.camera.handheld || shot.camera.move == CameraMove::Handheld;
    Vec3 aim{};  // how far the look has turned to the subject, metres at the target

    CameraPlan plan;
    for (size_t i = 0; i <= frames; ++i) {
        const double s =
            ease(frames > 1 ? static_cast<double>(i) / static_cast<double>(frames) : 0);
        render::Camera now = first;
        switch (shot.camera.move) {
            case CameraMove::DollyIn: now.eye += ahead * (0.20 * s * distance); break;
            case CameraMove::DollyOut: now.eye += ahead * (-0.08 * s * distance); break;
            case CameraMove::PanLeft: now.target += right * (-0.11 * s * distance); break;
            case CameraMove::PanRight: now.target += right * (0.11 * s * distance); break;
            case CameraMove::TiltUp: now.target += up * (0.06 * s * distance); break;
            case CameraMove::TiltDown: now.target += up * (-0.06 * s * distance); break;
            case CameraMove::Orbit: {
                const base::Quat turn = base::Quat::from_axis_angle({0, 0, 1}, 0.10 * s);
                now.eye = now.target + turn.rotate(now.eye - now.target);
                break;
            }
            case CameraMove::CraneUp: now.eye += up * (0.16 * s * first.eye.z); break;
            case CameraMove::CraneDown: now.eye += up * (-0.22 * s * first.eye.z); break;
            case CameraMove::ZoomIn: now.lens_mm *= 1 + 0.35 * s; break;
            case CameraMove::ZoomOut: now.lens_mm *= 1 - 0.08 * s; break;
            case CameraMove::Tracking: {
                if (subject == nullptr) break;
                const Vec3 at =
                    subject->centre[std::min(i, subject->centre.size() - 1)].cast<double>();
                const double limit = 0.15 * distance;
                Vec3 wanted =
                    right * std::clamp(base::dot(at - first.target, right), -limit, limit);
                // Turns after the subject with a second's delay, from standing still.
                aim += (wanted - aim) * std::min(1.0, 1.0 / fps);
                now.target += aim;
                break;
            }
            default: break;
        }
        if (handheld) {
            // About a quarter of a degree, sums of incommensurate sines; nothing at the first
            // frame.
            const double t = static_cast<double>(i) / fps,
                         p = static_cast<double>(seed % 1000) * 0.017;
            const auto sway = [&](double a, double b) {
                return 0.003 * (std::sin(a * t + p) - std::sin(p)) +
                       0.0016 * (std::sin(b * t + 2 * p) - std::sin(2 * p));
            };
            now.target += (right * sway(1.9, 4.7) + up * sway(2.3, 5.3)) * distance;
            now.eye += right * (0.4 * sway(1.3, 3.1) * distance);
        }
        const bool widens =
            shot.camera.move == CameraMove::DollyOut || shot.camera.move == CameraMove::ZoomOut;
        if (!widens && i > 0) stay_inside(plate, now);
        plan.keys.push_back(now);
    }
    return plan;
}

}  // namespace studio
