// A shot list in the words that open video models were trained on: one flowing paragraph a shot,
// from the picture to the sound (docs/neural.md "Prompts").
#pragma once

#include <string>
#include <vector>

#include "neural/engine/model.h"
#include "script/shots/shot_list.h"

namespace studio {

// One paragraph for each shot. The words the shot came from stand first, as they were written; what
// the list knows beside them follows: place, time, weather, framing, movement of the camera, style,
// speech in quotation marks, sound.
std::vector<std::string> neural_prompts(const script::ShotList& list);

// The same film for the neural engine.
neural::FilmPlan neural_plan(const script::ShotList& list);

}  // namespace studio
