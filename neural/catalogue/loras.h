// LoRAs on this machine, beside the models: FOLDER/loras/NAME.safetensors. They go by name where a
// path would be somebody else's to choose (the API), and on the command line for short.
#pragma once

#include <string>
#include <vector>

#include "base/core/result.h"

namespace neural {

// Names, sorted. `folder`: models_folder().
std::vector<std::string> installed_loras(const std::string& folder);

// Full path. NotFound, with what there is and where it would lie; so for every name that is no
// is_model_id(), which could lead out of the folder.
base::Result<std::string> find_lora(const std::string& folder, const std::string& name);

}  // namespace neural
