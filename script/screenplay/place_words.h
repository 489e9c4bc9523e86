// Scene headings and our places, both ways.
#pragma once

#include <string>
#include <string_view>

#include "script/shots/shot_list.h"

namespace script {

// Set and time of day of "EXT. BEACH - SUNSET" into `place`; what the heading names and we do not
// have goes into the report.
void apply_heading(std::string_view heading, Place& place, Report& report);

// "EXT. ICE RINK - NIGHT"; "" for a place without a set.
std::string heading_of(const Place& place);

// The action with its place in front, for the prompt writer: "The gym. A ball falls." -- the place
// decides what some words mean ("shoots").
std::string with_place(std::string_view action, std::string_view heading);

}  // namespace script
