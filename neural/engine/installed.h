// Models from published files: which parts lie where, opened as they are needed.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "neural/engine/model.h"

namespace neural {

// Full paths by part: "all" or "transformer", "video_vae", "audio_vae"; "text_encoder",
// "tokenizer", "upscaler". What a part is: neural/catalogue/catalogue.h.
using ModelParts = std::map<std::string, std::string>;

// LTX-2.0, 2.3 and 2.5 as Lightricks publishes them: configuration and version stand in the files.
// Errors: a part that is missing, files that are no LTX model.
base::Result<std::shared_ptr<Model>> open_ltx(const std::string& id, const ModelParts& parts,
                                              const OpenOptions& options);

// Wan 2.1 and 2.2 in a folder, in either published layout (neural/wan/pipeline/checkpoint.h).
base::Result<std::shared_ptr<Model>> open_wan(const std::string& id, const std::string& folder,
                                              const OpenOptions& options);

}  // namespace neural
