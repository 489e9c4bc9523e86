// Wan's tensors go by the names of Wan's own files. These give files of the diffusers and
// transformers libraries (WanTransformer3DModel, AutoencoderKLWan, UMT5EncoderModel) and those with
// the prefix "model.diffusion_model." the same names; a source that has them already, or makes
// tensors of any name, comes back as it is.
#pragma once

#include <memory>

#include "neural/weights/source.h"

namespace neural::wan {

std::shared_ptr<const TensorSource> with_transformer_names(
    std::shared_ptr<const TensorSource> source);
std::shared_ptr<const TensorSource> with_vae_names(std::shared_ptr<const TensorSource> source);
std::shared_ptr<const TensorSource> with_umt5_names(std::shared_ptr<const TensorSource> source);

}  // namespace neural::wan
