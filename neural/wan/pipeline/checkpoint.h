// The files of a Wan model in a folder. Two layouts are known:
//   diffusers   model_index.json, transformer/, transformer_2/ (the low-noise expert where there
//   are
//               two), vae/, text_encoder/, tokenizer/
//   Wan's own   config.json and weights, or high_noise_model/ and low_noise_model/;
//               Wan2.1_VAE.* or Wan2.2_VAE.*; models_t5_umt5-xxl-enc-bf16.*;
//               google/umt5-xxl/spiece.model
// Wan's own autoencoder and text encoder are published as PyTorch's files (.pth): the tensors in
// them are read, nothing in them is run (neural/weights/torch_file.h).
#pragma once

#include <functional>
#include <string>

#include "neural/text/umt5.h"
#include "neural/text/umt5_tokenizer.h"
#include "neural/wan/pipeline/pipeline.h"
#include "neural/weights/lora.h"

namespace neural::wan {

struct Checkpoint {
    // Recommended settings of the published model of this form; `transformer` and `vae` are what
    // the files say.
    ModelDefaults model;
    std::string transformer;  // the only one, or the low-noise expert
    std::string high_noise;   // "" where there is one
    std::string vae, text_encoder, tokenizer;
    std::vector<LoraFile> loras, high_noise_loras;  // of `transformer` and of `high_noise`
};

// Reads the configurations, no weights.
base::Result<Checkpoint> find_checkpoint(const std::string& folder);

// Opens a file or folder of weights.
using OpenWeights =
    std::function<base::Result<std::shared_ptr<const TensorSource>>(const std::string& path)>;
base::Result<std::shared_ptr<const TensorSource>> open_any_weights(const std::string& path);

// Transformers are opened when the loop needs them and closed when it lets them go; `open` is kept.
// A transformer whose blocks take more than `weight_budget_bytes` (0: no limit) stays in its files
// and is streamed.
base::Result<Models> open_models(const Checkpoint& checkpoint, uint64_t weight_budget_bytes = 0,
                                 const OpenWeights& open = open_any_weights);

// The text half, to be let go before the loop begins: hidden states [L, text_dim] of a prompt.
class TextEncoder {
public:
    // Blocks that take more than `weight_budget_bytes` (0: no limit) are streamed.
    static base::Result<TextEncoder> load(const Checkpoint& checkpoint,
                                          uint64_t weight_budget_bytes = 0,
                                          const OpenWeights& open = open_any_weights);
    base::Result<tensor::Tensor> encode(std::string_view prompt,
                                        const base::CancelToken* cancel = nullptr) const;

private:
    TextEncoder(text::Umt5Tokenizer tokenizer, text::Umt5Encoder encoder, int64_t max_length)
        : tokenizer_(std::move(tokenizer)), encoder_(std::move(encoder)), max_length_(max_length) {}
    text::Umt5Tokenizer tokenizer_;
    text::Umt5Encoder encoder_;
    int64_t max_length_;
};

}  // namespace neural::wan
