// The world goes on: the scene of a shot that continues the one before.
#pragma once

#include "base/json/json.h"
#include "studio/director/staging/stage.h"

namespace studio {

// Fills stage.scene and stage.players with everything of `carry`, as it is at its end: poses,
// velocities, broken things broken, joints where their bodies are now. Elapsed releases are over.
void continue_world(const Carry& carry, ShotStage& stage);

// JSON "aozora-state/1" of the end of a film: enough to go on with it in another process.
std::string end_state_json(const script::ShotList& list, int shot_index, const Carry& carry);

// The carry from such a JSON: stages the shot it ended with again and applies the states by name.
base::Result<Carry> carry_from_json(const std::string& json, const script::ShotList& list);

}  // namespace studio
