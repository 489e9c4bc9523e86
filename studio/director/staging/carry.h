// The world goes on: the scene of a shot that continues the one before.
#pragma once

#include "base/json/json.h"
#include "studio/director/staging/stage.h"

namespace studio {

// Fills stage.scene and stage.players with everything of `carry`, as it is at its end: poses,
// velocities, broken things broken, joints where their bodies are now. Elapsed releases are over.
void continue_world(const Carry& carry, ShotStage& stage);

// Does the shot ask, in so many words, that every body goes on as it was (a film that is extended)?
bool keeps_going(const script::Shot& shot);

// After staging: bodies and people of `before` (the scene as continue_world left it) that an action
// has put elsewhere are back where they were, with the velocity that they had. What an action
// wanted to send off is pushed a moment later; what it wanted to hang, hold or drive stays as it
// is. The stage's report says so.
void keep_everything_going(const world::Scene& before, ShotStage& stage);

// JSON "aozora-state/1" of the end of a film: enough to go on with it in another process.
// `in_picture`: the shot played in a picture, which the state does not hold.
std::string end_state_json(const script::ShotList& list, int shot_index, const Carry& carry,
                           bool in_picture = false);

// The carry from such a JSON: stages the shot it ended with again and applies the states by name.
base::Result<Carry> carry_from_json(const std::string& json, const script::ShotList& list);

}  // namespace studio
