// The tensor names of diffusers' folders (transformer/, connectors/), read under the published
// ones.
#pragma once

#include <memory>
#include <string>

#include "neural/weights/source.h"

namespace neural::ltx {

// "proj_in.weight" -> "model.diffusion_model.patchify_proj.weight",
// "text_proj_in.weight" -> "text_embedding_projection.aggregate_embed.weight".
std::string published_name(const std::string& diffusers);

// `source` itself where it has published names (or is a generator); else, where its names are
// those of a diffusers transformer or connectors folder, the same tensors under published names.
std::shared_ptr<const TensorSource> with_published_names(
    std::shared_ptr<const TensorSource> source);

}  // namespace neural::ltx
