// --character NAME=FILE: somebody from a clip or a picture, cast where the prompt names them.
#pragma once

#include <string>
#include <vector>

#include "base/core/result.h"
#include "studio/worker/job.h"

namespace apps {

// Looks at every file (decoded in a sandbox) for its colours and outline; docs/formats/job.md.
// Usage errors: no NAME=FILE, a name that does not stand in `prompt`, a file that is no clip or
// picture.
base::Result<std::vector<studio::JobCharacter>> read_characters(
    const std::vector<std::string>& arguments, const std::string& prompt);

}  // namespace apps
