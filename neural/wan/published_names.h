// Wan's tensors go by the names of Wan's own files. These give files of the diffusers and
// transformers libraries (WanTransformer3DModel, AutoencoderKLWan, UMT5EncoderModel) and those with
// the prefix "model.diffusion_model." the same names; a source that has them already, or makes
// tensors of any name, comes back as it is.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "neural/weights/source.h"

namespace neural::wan {

// "blocks.0.attn1.to_q.weight" -> "blocks.0.self_attn.q.weight": the name that diffusers'
// transformer has for a tensor becomes Wan's own; others stay. nullopt: Wan has no such tensor.
std::optional<std::string> transformer_name(const std::string& diffusers);

std::shared_ptr<const TensorSource> with_transformer_names(
    std::shared_ptr<const TensorSource> source);
std::shared_ptr<const TensorSource> with_vae_names(std::shared_ptr<const TensorSource> source);
std::shared_ptr<const TensorSource> with_umt5_names(std::shared_ptr<const TensorSource> source);

}  // namespace neural::wan
