// A shot list as plain text with everything that makes a difference to the film, and nothing else:
// prompt, title and descriptions are left out. Two lists with the same dump make the same film.
#pragma once

#include <string>

#include "script/shots/shot_list.h"

namespace script {

std::string dump(const ShotList& list);

}  // namespace script
