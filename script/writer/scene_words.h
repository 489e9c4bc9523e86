// Words behind a preposition that name no thing to be cast: what somebody stands in the light of,
// what is left of a thing, a height from which something falls, the ground.
#pragma once

#include <optional>
#include <string>
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
// "on ice", "in the sand", "across the grass": a surface, no thing.
bool is_ground(const Mention& thing, std::string_view preposition);
// What that surface is made of, "" where it is not said.
std::string ground_material(const Mention& thing);

}  // namespace script
