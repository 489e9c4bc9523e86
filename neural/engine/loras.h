// LoRAs of OpenOptions put into a model's weights.
#pragma once

#include <memory>
#include <vector>

#include "neural/engine/model.h"
#include "neural/weights/lora.h"

namespace neural {

// Those for `expert`, as with_loras() takes them. `Both`: all, for a model of one transformer; then
// one that is meant for an expert is an error (Usage).
base::Result<std::vector<LoraFile>> loras_for(const std::vector<LoraUse>& loras,
                                              LoraUse::Expert expert);

// Which files they are and how strong: a part of what names a film (kept_clip.h). Whether they can
// be read is for loras_for() and with_loras() to say.
std::string loras_identity(const std::vector<LoraUse>& loras);

// By how much smaller than the clip the references are that a LoRA was trained with: IC-LoRAs say
// so in their files (metadata "reference_downscale_factor"), 1 where none does.
base::Result<int64_t> reference_shrink(const std::vector<LoraFile>& loras);

// A generator narrowed to the tensors that a net asks for, so that LoRAs can be checked against
// their names and shapes as they are against a file's. `asked`: ShapesOnly::asked() of that net.
std::shared_ptr<const TensorSource> narrowed(std::shared_ptr<const TensorSource> generator,
                                             const std::vector<ShapesOnly::Asked>& asked);

}  // namespace neural
