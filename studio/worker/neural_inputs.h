// The pictures that a job gives a neural model to show or to look at, and the sound to follow.
#pragma once

#include "neural/engine/model.h"
#include "studio/worker/world_film.h"

namespace studio {

// Keyframes, reference and sound of the job into `plan`, the plan of what is made new of `film`.
// Strangers' files are decoded in the sandbox; keyframes are cut to the film's shape and brought to
// its size. A keyframe's time is one of the whole film; a reference and a sound begin with the
// first new picture. Errors: invalid_image, invalid_video, invalid_audio, unsupported (a keyframe
// in what is kept of an earlier film).
base::Status take_inputs(Workplace& place, const WorldFilm& film, neural::FilmPlan& plan);

}  // namespace studio
