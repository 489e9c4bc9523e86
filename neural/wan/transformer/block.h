// One block of the transformer: self-attention over the clip, cross-attention to the text, a
// feed-forward net; the first and the last modulated by the timestep.
#pragma once

#include "neural/wan/transformer/config.h"
#include "neural/wan/transformer/embeddings.h"
#include "neural/weights/loader.h"
#include "tensor/ops/attention.h"

namespace neural::wan {

class Attention {
public:
    Attention() = default;
    Attention(const Loader& loader, const TransformerConfig& config);

    // queries from x [B,T,D], keys and values from context [B,L,D]; `rope` turns both where it is
    // given. -> [B,T,D]
    tensor::Tensor operator()(const tensor::Tensor& x, const tensor::Tensor& context,
                              const RopeTable* rope) const;

    // The two parts of it, for callers that have many queries for the same keys.
    struct Memory {
        tensor::Tensor k, v;  // [B,L,H,D/H]
    };
    Memory remember(const tensor::Tensor& context, const RopeTable* rope) const;
    tensor::Tensor look(const tensor::Tensor& x, const Memory& memory, const RopeTable* rope) const;

private:
    tensor::Tensor heads(const tensor::Tensor& t) const;

    tensor::Linear q_, k_, v_, o_;
    tensor::Tensor norm_q_, norm_k_;  // undefined without qk_norm
    int64_t num_heads_ = 1;
    float eps_ = 1e-6f;
};

class Block {
public:
    Block(const Loader& loader, const TransformerConfig& config);

    // x [B,T,D] or, in the first block, [1,T,D] for all of the texts; text [B,L,D]; e [R,6D] is
    // what the timesteps say, `map` the row of each token of one sample. Returns x [B,T,D]; the
    // given one is used up.
    tensor::Tensor operator()(tensor::Tensor x, const tensor::Tensor& text, const tensor::Tensor& e,
                              const tensor::RowMap& map, const RopeTable& rope,
                              int64_t tokens_at_once) const;

private:
    tensor::Tensor modulation_;  // [6D]
    Attention self_, cross_;
    tensor::Tensor norm3_weight_, norm3_bias_;
    tensor::Linear ffn_in_, ffn_out_;
    bool cross_norm_ = true;
    float eps_ = 1e-6f;
};

// `map` of one sample for `batch` of them.
tensor::RowMap repeat_map(const tensor::RowMap& map, int64_t batch);

}  // namespace neural::wan
