// LoRA: small files that bend a model. Each adds strength * alpha / rank * up down to matrices of
// the model; without alpha the factor is the strength alone. A source with LoRAs looks like the
// model itself, so that nets need not know: layers keep the two factors beside the weight
// (TensorSource::load_parts), which stays mapped as it is; everything else gets the sum.
//
// Names in the files: MODULE.lora_A.weight (down) and MODULE.lora_B.weight (up),
// MODULE.lora_down.weight and MODULE.lora_up.weight, MODULE.lora.down.weight and ....up.weight, an
// adapter's name between ("lora_A.default.weight"); MODULE.alpha; MODULE.diff (added to the
// weight), MODULE.diff_b (added to the bias). MODULE may begin with diffusion_model.,
// model.diffusion_model., transformer., base_model.model. or lora_unet_ (then with _ for every
// dot). Published LoRAs of LTX and Wan use the model's own module names after that, or those of
// diffusers.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "neural/weights/source.h"

namespace neural {

struct LoraFile {
    std::string path;
    float strength = 1;
};

// The model's own name of a tensor ("blocks.0.self_attn.q.weight") for the name that another layout
// has for it ("blocks.0.attn1.to_q.weight").
using OwnName = std::function<std::optional<std::string>(const std::string& name)>;

struct LoraRules {
    // Tensors of a LoRA that have no place in the model are left out; else they are an error.
    bool ignore_unplaced = false;
    OwnName own_name;  // tried where a module is not of the model; empty: none
};

// Errors (Usage, at the LoRA's path): tensors that have no place in the model or another shape than
// it needs, all in one message; a factor without its twin; forms that are not low-rank sums (DoRA,
// LoHa, LoKr). A model without names of its own (generated weights) takes every name; there a wrong
// shape is found when the tensor is loaded.
base::Result<std::shared_ptr<const TensorSource>> with_loras(
    std::shared_ptr<const TensorSource> model, const std::vector<LoraFile>& files,
    const LoraRules& rules = {});

}  // namespace neural
