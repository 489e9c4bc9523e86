// A person alone in a close picture: film's close-up of somebody is head and shoulders, an extreme
// one the face, a medium shot goes down to the waist, and it is taken from where the face is seen.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "script/shots/shot_list.h"
#include "studio/director/camera/fit.h"
#include "studio/director/camera/interest_track.h"

namespace studio {

struct Portrait {
    Keep keep;                       // in the first frame
    std::vector<base::Vec3> follow;  // [frame], of the middle of `keep`
    base::Vec3 facing;               // horizontal unit vector, where the face looks in the mean
};

// The person that a close camera is on by name ("close-up, on Ben"); nullptr: nobody here.
const InterestTrack* person_named(const script::Camera& camera, const ShotStage& stage,
                                  const std::vector<InterestTrack>& tracks);

// Empty: another framing, not a person, lying down, or not alone: who throws a ball is seen with
// the ball. Other people are no company where the camera is on this one by name.
std::optional<Portrait> portrait_of(const script::Camera& camera, const ShotStage& stage,
                                    const std::vector<InterestTrack>& tracks,
                                    const InterestTrack* subject, double fps);

// Where to look along instead of `usual`: at the face, from no more than three quarters to its
// side, and from inside `room`. `eye_of`: where the camera would stand.
base::Vec3 portrait_direction(const Portrait& portrait, base::Vec3 usual, const base::Bounds& room,
                              const std::function<base::Vec3(base::Vec3)>& eye_of);

}  // namespace studio
