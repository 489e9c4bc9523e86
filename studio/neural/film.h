// A shot list becomes a film file by the neural engine: what make_film() does for "neural:MODEL".
#pragma once

#include "neural/engine/model.h"
#include "studio/film/make_film.h"

namespace studio {

// Errors: NotFound for a model that is not installed; Usage for wishes that only a simulated world
// can meet (a record, passes, a state), and for those that the model cannot, at the option's name.
base::Result<FilmResult> make_neural_film(const FilmRequest& request, const FilmProgress& progress,
                                          const base::CancelToken* cancel);

// What the words become: the model reads all of them, so nothing is replaced or left out but what
// `film` had to do otherwise.
script::Report neural_report(const script::ShotList& shots, const neural::Film& film);

}  // namespace studio
