// Gemma 3 (LTX-2.0, 2.3) and the Gemma-4 fine-tune of LTX-2.5 as text encoders: a causal decoder
// whose hidden states, all of them, are the answer. Nothing is generated.
//
// Unproven against the reference: no golden vectors exist; gemma_test.cc compares with a plain
// double implementation of the same description (docs/neural.md).
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "base/core/result.h"
#include "base/json/json.h"
#include "base/signal/source.h"
#include "neural/weights/loader.h"
#include "neural/weights/stream.h"

namespace neural {

enum class GemmaGeneration { Gemma3, Gemma4 };

struct GemmaConfig {
    GemmaGeneration generation = GemmaGeneration::Gemma3;
    int64_t vocabulary = 262208, width = 3840, layers = 48, ff_width = 15360;
    int64_t heads = 16;
    // Layers with a sliding window; the others ("full") see everything.
    int64_t window = 1024;
    int64_t full_every = 6;  // layer i is full where (i + 1) % full_every == 0
    int64_t local_head_dim = 256, local_kv_heads = 8;
    int64_t full_head_dim = 256, full_kv_heads = 8;  // Gemma 4: 512 and 1
    double local_theta = 1e4, full_theta = 1e6;
    double full_position_scale = 8;  // positions of full layers are divided by it (Gemma 3)
    double full_rotary_share = 1;    // Gemma 4: 0.25 of the pairs turn, the rest stand
    double query_scale = 1.0 / 16;   // on q . k; Gemma 4: 1
    float eps = 1e-6f;

    bool full(int64_t layer) const { return (layer + 1) % full_every == 0; }
};

// The text part of a Hugging Face config.json (or of a file's "gemma_config"). Missing keys take
// the values of the 12 B models.
base::Result<GemmaConfig> parse_gemma_config(const base::Json& json, GemmaGeneration generation);

class Gemma {
public:
    // Names "embed_tokens", "layers.N...", "norm" below the loader's prefix ("model.").
    // `stream`: of "layers.", where they do not fit into memory; nullptr: they do.
    static base::Result<Gemma> load(const Loader& loader, const GemmaConfig& config,
                                    std::shared_ptr<WeightStream> stream = nullptr);

    const GemmaConfig& config() const { return config_; }

    // ids: at least one, each below the vocabulary. Gives layers + 1 tensors [1, L, width]: the
    // scaled embedding and every layer's output, the last one after the final norm. Padding is left
    // out by the caller: positions are relative, so leading pads change nothing.
    base::Result<std::vector<tensor::Tensor>> hidden_states(
        const std::vector<int32_t>& ids, const base::CancelToken* cancel = nullptr) const;

private:
    struct Layer {
        bool full = false;
        tensor::Linear q, k, v, o, gate, up,
            down;  // v undefined: the keys' projection serves (Gemma 4)
        tensor::Tensor q_norm, k_norm, input_norm, post_attention_norm, pre_ff_norm, post_ff_norm;
        tensor::Tensor scalar;  // [1], Gemma 4
    };
    tensor::Tensor attend(const Layer& layer, const tensor::Tensor& x, const tensor::Tensor& cos,
                          const tensor::Tensor& sin) const;
    tensor::Tensor norm(const tensor::Tensor& x, const tensor::Tensor& weight) const;

    GemmaConfig config_;
    tensor::Tensor embedding_, final_norm_;
    std::vector<Layer> layers_;
    std::shared_ptr<WeightStream> stream_;
};

}  // namespace neural
