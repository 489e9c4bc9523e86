#include "studio/director/camera/occlusion.h"

#include <algorithm>
#include <cmath>

#include "base/math/transform.h"
#include "studio/director/staging/workshop.h"

namespace studio {
namespace {

using base::Vec3;

// Does the segment from `eye` to `point` pass through the box?
bool crosses(const base::Bounds& box, Vec3 eye, Vec3 point) {
    double enter = 0, leave = 1;
    const Vec3 way = point - eye;
    for (int k = 0; k < 3; ++k) {
        if (std::abs(way[k]) < 1e-9) {
            if (eye[k] < box.low[k] || eye[k] > box.high[k]) return false;
            continue;
        }
        const double a = (box.low[k] - eye[k]) / way[k], b = (box.high[k] - eye[k]) / way[k];
        enter = std::max(enter, std::min(a, b));
        leave = std::min(leave, std::max(a, b));
    }
    return enter < leave;
}

// Boxes around furniture and the like: what may stand between the camera and its subject. Rooms'
// shells and whatever is watched itself are left out.
std::vector<base::Bounds> obstacles(const ShotStage& stage,
                                    const std::vector<InterestTrack>& tracks) {
    std::vector<base::Bounds> boxes;
    for (size_t i = 0; i < stage.scene.bodies.size(); ++i) {
        const world::Body& body = stage.scene.bodies[i];
        if (!body.shape || body.hidden || body.shape->bounds.empty()) continue;
        const bool watched = std::any_of(tracks.begin(), tracks.end(), [&](const auto& t) {
            return t.interest.kind == Interest::Kind::Body &&
                   t.interest.index == static_cast<int>(i);
        });
        if (watched || body.motion == world::Motion::Driven) continue;
        const base::Bounds box = box_of(body);
        const Vec3 size = box.size();
        if (std::max(size.x, size.y) > 3.0 || size.z < 0.15) continue;
        boxes.push_back(box);
    }
    return boxes;
}

// How many of the subject's places are hidden from `eye`.
int hidden_places(const std::vector<base::Bounds>& boxes, const InterestTrack& subject, Vec3 eye) {
    int hidden = 0;
    constexpr size_t kLooks = 12;
    const size_t count = subject.centre.size();
    for (size_t n = 0; n < kLooks && count > 0; ++n) {
        const size_t i = n * (count - 1) / (kLooks - 1);
        if (!subject.visible[i]) continue;
        const Vec3 p = subject.centre[i].cast<double>();
        hidden += std::any_of(boxes.begin(), boxes.end(), [&](const base::Bounds& box) {
            const bool around = p.x > box.low.x && p.x < box.high.x && p.y > box.low.y &&
                                p.y < box.high.y && p.z > box.low.z && p.z < box.high.z;
            return !around && crosses(box, eye, p);
        });
    }
    return hidden;
}

}  // namespace

Vec3 clear_direction(const ShotStage& stage, const std::vector<InterestTrack>& tracks,
                     const InterestTrack& subject, Vec3 forward,
                     const std::function<Vec3(Vec3)>& eye_of) {
    const std::vector<base::Bounds> boxes = obstacles(stage, tracks);
    const auto hidden_from = [&](Vec3 direction) {
        return hidden_places(boxes, subject,
                             clamp_into(stage.set.camera_bounds, eye_of(direction)));
    };
    Vec3 clear = forward;
    int best = hidden_from(forward);
    for (const double turn : {0.3, -0.3, 0.6, -0.6}) {
        if (best == 0) break;
        const Vec3 other = base::Quat::from_axis_angle({0, 0, 1}, turn).rotate(forward);
        const int hidden = hidden_from(other);
        if (hidden >= best) continue;
        best = hidden;
        clear = other;
    }
    return clear;
}

}  // namespace studio
