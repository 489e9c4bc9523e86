#include "neural/ltx/transformer/attention.h"

#include <cmath>
#include <vector>

#include "base/core/check.h"
#include "tensor/ops/arithmetic.h"
#include "tensor/ops/attention.h"
#include "tensor/ops/layout.h"
#include "tensor/ops/norm.h"

namespace neural::ltx {

using tensor::Activation;
using tensor::Tensor;

Attention Attention::load(const Loader& at, const AttentionSize& size) {
    Attention a;
    a.size_ = size;
    const int64_t inner = size.heads * size.head_dim;
    a.q_ = at.linear("to_q", size.query_width, inner);
    a.k_ = at.linear("to_k", size.context_width, inner);
    a.v_ = at.linear("to_v", size.context_width, inner);
    a.out_ = at.linear("to_out.0", inner, size.query_width);
    a.q_norm_ = at.vector("q_norm.weight", {inner});
    a.k_norm_ = at.vector("k_norm.weight", {inner});
    if (size.gated) a.gate_ = at.linear("to_gate_logits", size.query_width, size.heads);
    return a;
}

Tensor Attention::heads_of(const Tensor& projected) const {
    return projected.reshape({projected.dim(0), projected.dim(1), size_.heads, size_.head_dim});
}

Tensor Attention::operator()(const Tensor& x, const Tensor& context,
                             const AttentionUse& use) const {
    Tensor v = heads_of(v_(context));
    Tensor looked;
    if (!use.perturbed || use.keep.defined()) {
        Tensor q = heads_of(tensor::rms_norm(q_(x), size_.eps, q_norm_));
        Tensor k = heads_of(tensor::rms_norm(k_(context), size_.eps, k_norm_));
        if (use.query_rope) {
            const RopeTable& key_rope = use.key_rope ? *use.key_rope : *use.query_rope;
            tensor::rope_inplace(q, use.query_rope->cos, use.query_rope->sin,
                                 use.query_rope->layout);
            tensor::rope_inplace(k, key_rope.cos, key_rope.sin, key_rope.layout);
        }
        tensor::AttentionOptions options;
        options.scale = 1.0f / std::sqrt(static_cast<float>(size_.head_dim));
        options.bias = use.bias;
        looked = tensor::attention(q, k, v, options);
        if (use.perturbed) {
            CHECK(use.keep.elements() == x.dim(0), "a share to keep for every sample");
            std::vector<Tensor> mixed;
            for (int64_t b = 0; b < x.dim(0); ++b) {
                const float keep = use.keep.f32()[b];
                mixed.push_back(
                    tensor::axpby(keep, looked.rows(b, b + 1), 1 - keep, v.rows(b, b + 1)));
            }
            looked = tensor::concat(mixed, 0);
        }
    } else {
        looked = v;
    }
    if (gate_.defined()) {
        const Tensor gate = tensor::scale(gate_(x, Activation::Sigmoid), 2.0f);
        tensor::scale_heads_inplace(looked, gate);
    }
    return out_(looked.reshape({x.dim(0), x.dim(1), size_.heads * size_.head_dim}));
}

FeedForward FeedForward::load(const Loader& at, int64_t width, bool bias) {
    FeedForward f;
    f.up_ = at.linear("net.0.proj", width, 4 * width, bias);
    f.down_ = at.linear("net.2", 4 * width, width, bias);
    return f;
}

Tensor FeedForward::operator()(const Tensor& x) const {
    return down_(up_(x, Activation::GeluTanh));
}

}  // namespace neural::ltx
