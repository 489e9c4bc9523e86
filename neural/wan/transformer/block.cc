#include "neural/wan/transformer/block.h"

#include <algorithm>
#include <cmath>

#include "tensor/ops/layout.h"
#include "tensor/ops/norm.h"
#include "tensor/ops/rope.h"

namespace neural::wan {

using tensor::RowMap;
using tensor::Tensor;

Attention::Attention(const Loader& loader, const TransformerConfig& c)
    : q_(loader.linear("q", c.dim, c.dim)),
      k_(loader.linear("k", c.dim, c.dim)),
      v_(loader.linear("v", c.dim, c.dim)),
      o_(loader.linear("o", c.dim, c.dim)),
      num_heads_(c.num_heads),
      eps_(static_cast<float>(c.eps)) {
    if (!c.qk_norm) return;
    norm_q_ = loader.vector("norm_q.weight", {c.dim});
    norm_k_ = loader.vector("norm_k.weight", {c.dim});
}

Tensor Attention::heads(const Tensor& t) const {
    return t.reshape({t.dim(0), t.dim(1), num_heads_, t.dim(2) / num_heads_});
}

Attention::Memory Attention::remember(const Tensor& context, const RopeTable* rope) const {
    Tensor k = k_(context);
    if (norm_k_.defined()) k = tensor::rms_norm(k, eps_, norm_k_);
    k = heads(k);
    if (rope) tensor::rope_inplace(k, rope->cos, rope->sin, tensor::RopeLayout::Pairs);
    return {k, heads(v_(context))};
}

Tensor Attention::look(const Tensor& x, const Memory& memory, const RopeTable* rope) const {
    Tensor q = q_(x);
    if (norm_q_.defined()) q = tensor::rms_norm(q, eps_, norm_q_);
    q = heads(q);
    if (rope) tensor::rope_inplace(q, rope->cos, rope->sin, tensor::RopeLayout::Pairs);
    tensor::AttentionOptions options;
    options.scale = static_cast<float>(1 / std::sqrt(static_cast<double>(q.dim(3))));
    return o_(tensor::attention(q, memory.k, memory.v, options).reshape(x.shape()));
}

Tensor Attention::operator()(const Tensor& x, const Tensor& context, const RopeTable* rope) const {
    return look(x, remember(context, rope), rope);
}

RowMap repeat_map(const RowMap& map, int64_t batch) {
    if (!map.rows.defined() || batch == 1) return map;
    const std::vector<Tensor> copies(static_cast<size_t>(batch), map.rows);
    return {tensor::concat(copies, 0)};
}

Block::Block(const Loader& loader, const TransformerConfig& c)
    : modulation_(loader.vector("modulation", {1, 6, c.dim}).reshape({6 * c.dim})),
      self_(loader.at("self_attn"), c),
      cross_(loader.at("cross_attn"), c),
      ffn_in_(loader.linear("ffn.0", c.dim, c.ffn_dim)),
      ffn_out_(loader.linear("ffn.2", c.ffn_dim, c.dim)),
      cross_norm_(c.cross_attn_norm),
      eps_(static_cast<float>(c.eps)) {
    if (!cross_norm_) return;
    norm3_weight_ = loader.vector("norm3.weight", {c.dim});
    norm3_bias_ = loader.vector("norm3.bias", {c.dim});
}

Tensor Block::operator()(Tensor x, const Tensor& text, const Tensor& e, const RowMap& map,
                         const RopeTable& rope, int64_t tokens_at_once) const {
    // shift, scale, gate of the self-attention, then of the feed-forward net; each [R,D].
    const std::vector<Tensor> m = tensor::chunk(tensor::affine(e, {}, modulation_), 6, 1);
    tensor::NormOptions norm{
        .kind = tensor::NormKind::Layer, .eps = eps_, .modulation = {m[1], m[0], {}}};
    norm.modulation.map = repeat_map(map, x.dim(0));
    {
        const Tensor h = tensor::norm(x, norm);
        tensor::gated_add_inplace(x, m[2], norm.modulation.map, self_(h, h, &rope));
    }
    if (x.dim(0) < text.dim(0)) x = tensor::repeat(x, 0, text.dim(0));
    norm.modulation = {m[4], m[3], {}};
    const int64_t tokens = x.dim(1), width = x.dim(2);
    for (int64_t b = 0; b < x.dim(0); ++b) {
        const Attention::Memory words = cross_.remember(text.rows(b, b + 1), nullptr);
        const Tensor sample = x.rows(b, b + 1).reshape({tokens, width});
        for (int64_t first = 0; first < tokens; first += tokens_at_once) {
            const int64_t end = std::min(tokens, first + tokens_at_once);
            Tensor part = sample.rows(first, end).reshape({1, end - first, width});
            tensor::add_inplace(
                part,
                cross_.look(
                    cross_norm_ ? tensor::layer_norm(part, eps_, norm3_weight_, norm3_bias_) : part,
                    words, nullptr));
            if (map.rows.defined()) norm.modulation.map = {map.rows.rows(first, end)};
            const Tensor inner = ffn_in_(tensor::norm(part, norm), tensor::Activation::GeluTanh);
            tensor::gated_add_inplace(part, m[5], norm.modulation.map, ffn_out_(inner));
        }
    }
    return x;
}

}  // namespace neural::wan
