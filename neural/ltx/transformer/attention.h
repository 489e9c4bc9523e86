// The attention layer of transformer and connectors: q and k normalised over their whole width
// before they become heads, rotary codes after that, an optional gate per head.
#pragma once

#include "neural/ltx/transformer/rope.h"
#include "neural/weights/loader.h"
#include "tensor/ops/linear.h"

namespace neural::ltx {

struct AttentionSize {
    int64_t query_width = 0;    // of x and of the result
    int64_t context_width = 0;  // of what is looked at
    int64_t heads = 0;
    int64_t head_dim = 0;
    bool gated = false;
    float eps = 1e-6f;
};

// What one call adds to the plain product.
struct AttentionUse {
    const RopeTable* query_rope = nullptr;
    const RopeTable* key_rope = nullptr;  // nullptr with a query_rope: the same
    tensor::Tensor bias;                  // [1|B,1,Tq,Tk] on the logits, or undefined
    // Spatio-temporal guidance (Hyung et al. 2024): each token takes its own value instead of
    // looking around. keep [B]: 1 leaves a sample as it is, 0 perturbs it, between blends;
    // undefined with perturbed: all samples.
    bool perturbed = false;
    tensor::Tensor keep;
};

class Attention {
public:
    Attention() = default;
    // to_q, to_k, to_v, to_out.0, q_norm.weight, k_norm.weight and, gated, to_gate_logits.
    static Attention load(const Loader& at, const AttentionSize& size);

    // x [B,Tq,query_width], context [B,Tk,context_width] -> [B,Tq,query_width].
    tensor::Tensor operator()(const tensor::Tensor& x, const tensor::Tensor& context,
                              const AttentionUse& use) const;

private:
    tensor::Tensor heads_of(const tensor::Tensor& projected) const;

    AttentionSize size_;
    tensor::Linear q_, k_, v_, out_, gate_;
    tensor::Tensor q_norm_, k_norm_;
};

// Two linears with a GELU (tanh form) between, width -> 4 width -> width.
class FeedForward {
public:
    FeedForward() = default;
    static FeedForward load(const Loader& at, int64_t width, bool bias);
    tensor::Tensor operator()(const tensor::Tensor& x) const;

private:
    tensor::Linear up_, down_;
};

}  // namespace neural::ltx
