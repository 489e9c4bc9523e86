// A shot list becomes the outputs of a job. For the tasks of this folder.
#pragma once

#include "script/shots/shot_list.h"
#include "studio/worker/workplace.h"

namespace studio {

// Errors: too_long; what the director and the disk say.
base::Result<Made> shoot(Workplace& place, const script::Written& film);

}  // namespace studio
