// The diffusion transformer of Wan 2.1 and 2.2: the velocity of a noisy latent clip, given a text
// and a timestep. Facts and names: Wan-Video/Wan2.2 wan/modules/model.py.
#pragma once

#include <vector>

#include "base/signal/source.h"
#include "neural/wan/transformer/block.h"
#include "neural/weights/stream.h"

namespace neural::wan {

class Transformer {
public:
    // `stream`, where weights do not fit into memory: told of each block before it is used.
    static base::Result<Transformer> load(const Loader& loader, const TransformerConfig& config,
                                          std::shared_ptr<WeightStream> stream = nullptr);

    const TransformerConfig& config() const { return config_; }

    // The text encoder's hidden states [L, text_dim], L <= text_len, as the blocks read them:
    // [1, text_len, dim]. Missing tokens count as zeros and are not masked. Done once per prompt.
    base::Result<tensor::Tensor> embed_text(const tensor::Tensor& context) const;

    struct Input {
        tensor::Tensor latent;     // [C,f,h,w], sides multiples of the patch
        tensor::Tensor y;          // [in_dim - C, f,h,w] where the model wants it, or undefined
        tensor::Tensor text;       // [B, text_len, dim] from embed_text(): the latent is the same
                                   // for all B texts
        tensor::Tensor timesteps;  // f32, 0..1000: one value, or one per token (more are ignored)
        // Tokens that pass cross-attention and feed-forward net at once: what they need at a time,
        // ffn_dim floats per token, is bounded by it. Thousands keep the products at full speed.
        int64_t tokens_at_once = 8192;
    };
    // [B, out_dim, f,h,w]. Cancelled is looked at before each block.
    base::Result<tensor::Tensor> velocity(const Input& input,
                                          const base::CancelToken* cancel = nullptr) const;

    // Tokens of a latent clip of f frames, h rows and w columns.
    int64_t tokens(int64_t f, int64_t h, int64_t w) const;

private:
    base::Status check(const Input& input) const;

    TransformerConfig config_;
    tensor::Linear patch_;
    tensor::Linear text_in_, text_out_, time_in_, time_out_, time_projection_;
    std::vector<Block> blocks_;
    std::shared_ptr<WeightStream> stream_;
    tensor::Tensor head_modulation_;  // [1,2,D]
    tensor::Linear head_;
};

}  // namespace neural::wan
