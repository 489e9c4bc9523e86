// Lengths of shots in whole frames.
#pragma once

#include <optional>

#include "script/shots/shot_list.h"

namespace script {

// Every shot becomes a whole number of frames, at least one; what is rounded off one shot goes to
// the next. With `total_s` all shots are stretched alike first, so that the film has
// round(total_s * fps) frames (more only where there are more shots than that).
void set_lengths(ShotList& list, std::optional<double> total_s = {});

}  // namespace script
