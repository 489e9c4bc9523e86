// Words behind a preposition that name no thing to be cast: what somebody stands in the light of,
// what is left of a thing, a height from which something falls.
#pragma once

#include <optional>
#include <string_view>

#include "script/prompt/clause.h"

namespace script {

// "in ruins", "into pieces", "to rubble": a state, not things lying there.
bool is_rubble(std::string_view word);
// "in a spotlight", "under the limelight".
bool is_stage_light(std::string_view word);
// How deep one falls from there, in metres; unset where the place itself is to be seen.
std::optional<double> depth_below(const Mention& place);
// The frame of a goal, as those who shoot at it say: "the post", "the crossbar".
bool is_goal_frame(std::string_view word);

}  // namespace script
