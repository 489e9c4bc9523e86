// Paths that a camera goes along with. One place per frame; empty: this shot is not of that kind.
#pragma once

#include <vector>

#include "studio/director/camera/interest_track.h"

namespace studio {

// Path of the subject, smoothed with a window of 0.6 s so that the camera breathes with it.
std::vector<base::Vec3> smoothed_path(const InterestTrack& track, double fps);

// One thing that crosses many times its size of ground, with nothing else to look at: the camera
// goes along, or it would be a dot.
bool travels_alone(const std::vector<InterestTrack>& tracks, const InterestTrack& subject);

// Of many alike things (dominoes, blocks, pins): where it happens, the mean place of what moves,
// weighed by speed, smoothed over a second. Empty: few things, or it stays in one place.
std::vector<base::Vec3> action_path(const std::vector<InterestTrack>& tracks, double fps);

// One small thing that falls or rises many times its size: the camera is close and tilts with it.
// Where it looks stays between the lowest and the highest place, so that the ground is in the
// picture when the thing lands.
std::vector<base::Vec3> tilt_path(const std::vector<InterestTrack>& tracks,
                                  const InterestTrack& subject, double fps, double& half_height_m);

// A small thing that goes many times its size. The path stays near what else belongs to the story;
// `close_m`: the radius to be kept round it.
std::vector<base::Vec3> close_path(const std::vector<InterestTrack>& tracks,
                                   const InterestTrack& subject, double fps, double& close_m);

}  // namespace studio
