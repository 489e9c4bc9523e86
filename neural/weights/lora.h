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
// dot). Published LoRAs of LTX and Wan use the model's own module names after that.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "neural/weights/source.h"

namespace neural {

struct LoraFile {
    std::string path;
    float strength = 1;
};

// `ignore_unplaced`: tensors of a LoRA that have no place in the model are left out; else they are
// an error that lists them. A model without names of its own (generated weights) takes every name,
// so there nothing is unplaced. Other errors: a factor without its twin, shapes that contradict
// each other or the model, forms that are not low-rank sums (DoRA, LoHa, LoKr).
base::Result<std::shared_ptr<TensorSource>> with_loras(std::shared_ptr<TensorSource> model,
                                                       const std::vector<LoraFile>& files,
                                                       bool ignore_unplaced = false);

}  // namespace neural
