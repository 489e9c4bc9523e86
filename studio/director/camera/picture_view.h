// The camera of a film that plays in a picture.
//
// Its first view is the one the picture was taken from, as far as a picture tells: the horizon
// gives the tilt, the lens is a guess (45 degrees across). How high it stands is free, for a
// picture has no scale; it is chosen so that the action fits into the lower part of the picture.
#pragma once

#include "render/plate/plate.h"
#include "studio/director/camera/plan.h"

namespace studio {

// Where the picture was taken from, given where the action goes.
render::Camera picture_view(const render::PictureReading& reading, const ShotStage& stage,
                            const std::vector<InterestTrack>& tracks, double aspect);

// A shot from there: still unless the shot asks for a move. Moves start at `first` and stay small;
// the lens grows longer where they would look past the edge of the picture.
CameraPlan plan_in_picture(const script::Shot& shot, const render::Camera& first,
                           const render::Plate& plate, const std::vector<InterestTrack>& tracks,
                           double fps, uint64_t seed);

}  // namespace studio
