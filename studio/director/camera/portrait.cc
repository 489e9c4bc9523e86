#include "studio/director/camera/portrait.h"

#include <algorithm>
#include <cmath>

#include "studio/director/camera/follow.h"

namespace studio {
namespace {

using base::Vec3;
using script::Framing;

// Of a person of height 1: where the middle of the picture is above the head's joint, which lies at
// the skull's base, and the radius of what is seen.
struct Cut {
    double above, radius;
};

std::optional<Cut> cut_of(Framing framing) {
    switch (framing) {
        case Framing::Medium: return Cut{-0.13, 0.26};
        case Framing::CloseUp: return Cut{-0.02, 0.165};
        case Framing::ExtremeCloseUp: return Cut{0.045, 0.105};
        default: return std::nullopt;
    }
}

}  // namespace

const InterestTrack* person_named(const script::Camera& camera, const ShotStage& stage,
                                  const std::vector<InterestTrack>& tracks) {
    if (camera.subject.empty() || !cut_of(camera.framing)) return nullptr;
    for (const Player& player : stage.players) {
        if (player.member == nullptr || player.member->id != camera.subject) continue;
        for (const InterestTrack& track : tracks) {
            if (track.interest.kind != Interest::Kind::Figure || track.centre.empty()) continue;
            const auto& mine = player.figures;
            if (std::find(mine.begin(), mine.end(), track.interest.index) != mine.end())
                return &track;
        }
    }
    return nullptr;
}

std::optional<Portrait> portrait_of(const script::Camera& camera, const ShotStage& stage,
                                    const std::vector<InterestTrack>& tracks,
                                    const InterestTrack* subject, double fps) {
    const std::optional<Cut> cut = cut_of(camera.framing);
    if (!cut || subject == nullptr || subject->interest.kind != Interest::Kind::Figure ||
        subject->head.empty()) {
        return std::nullopt;
    }
    const bool named = person_named(camera, stage, tracks) == subject;
    for (const InterestTrack& other : tracks) {
        if (&other == subject || other.interest.weight < 0.55) continue;
        if (!named || other.interest.kind != Interest::Kind::Figure) return std::nullopt;
    }
    const double height =
        stage.scene.figures[static_cast<size_t>(subject->interest.index)]->height_m;
    InterestTrack heads = *subject;
    Vec3 facing{};
    for (size_t i = 0; i < subject->head.size(); ++i) {
        const base::Transformf& head = subject->head[i];
        const Vec3 body = subject->centre[i].cast<double>();
        if (head.translation.z - body.z < 0.2 * height) return std::nullopt;  // lies, or falls
        heads.centre[i] =
            head.translation + base::Vec3f{0, 0, static_cast<float>(cut->above * height)};
        const Vec3 ahead = head.rotation.rotate({1, 0, 0}).cast<double>();
        facing += Vec3{ahead.x, ahead.y, 0};
    }
    // Who turns round and round has no side to be seen from.
    if (base::length(facing) < 0.3 * static_cast<double>(subject->head.size())) return std::nullopt;
    Portrait portrait;
    portrait.follow = smoothed_path(heads, fps);
    portrait.keep = {portrait.follow.front(), cut->radius * height};
    portrait.facing = base::normalize(facing);
    return portrait;
}

Vec3 portrait_direction(const Portrait& portrait, Vec3 usual, const base::Bounds& room,
                        const std::function<Vec3(Vec3)>& eye_of) {
    constexpr double kDown = -0.06;  // from just above the eyes
    // From its left first: who waves or points does it with the right hand, past its face.
    for (const double turn : {0.45, 0.8, -0.45, -0.8, 0.15, -0.15}) {
        Vec3 forward = base::Quat::from_axis_angle({0, 0, 1}, turn).rotate(portrait.facing * -1.0);
        forward = base::normalize(Vec3{forward.x, forward.y, kDown});
        const Vec3 eye = eye_of(forward);
        if (base::length(clamp_into(room, eye) - eye) < 1e-6) return forward;
    }
    return usual;
}

}  // namespace studio
