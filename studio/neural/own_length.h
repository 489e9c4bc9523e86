// Shots that last as long as the model thinks their words do.
#pragma once

#include <string>

#include "neural/engine/model.h"
#include "script/shots/shot_list.h"

namespace studio {

// Sets the lengths of the shots from `first_shot` on. Errors: those of Model::seconds_of().
base::Status set_own_lengths(neural::Model& model, script::ShotList& list, size_t first_shot,
                             const base::CancelToken* cancel);

// What a report says of shots that are that long together.
std::string own_length_words(double seconds);

}  // namespace studio
