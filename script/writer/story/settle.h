// The last passes over a story that is told to its end.
#pragma once

#include "script/writer/story.h"

namespace script {

// Shots without an action get what their things usually do; then every shot gets its place, and the
// refs to parts that this place lacks become things of the cast or are dropped.
void settle(Story& story);

}  // namespace script
