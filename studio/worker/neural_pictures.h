// The pictures that a job gives a neural model to show or to look at.
#pragma once

#include "neural/engine/model.h"
#include "studio/worker/world_film.h"

namespace studio {

// Keyframes and reference of the job into `plan`, the plan of what is made new of `film`.
// Strangers' files are decoded in the sandbox; keyframes are cut to the film's shape and brought to
// its size. A keyframe's time is one of the whole film; a reference begins with the first new
// picture. Errors: invalid_image, invalid_video, unsupported (a keyframe in what is kept of an
// earlier film).
base::Status show_pictures(Workplace& place, const WorldFilm& film, neural::FilmPlan& plan);

}  // namespace studio
