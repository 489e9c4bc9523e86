#include "neural/text/gemma/gemma.h"

#include <cmath>

#include "tensor/ops/arithmetic.h"
#include "tensor/ops/attention.h"
#include "tensor/ops/layout.h"
#include "tensor/ops/norm.h"
#include "tensor/ops/rope.h"

namespace neural {
namespace {

using tensor::Activation;
using tensor::Tensor;

struct Rotation {
    Tensor cos, sin;  // [1, L, 1, D/2]
};

// Frequencies theta^(-2i/D) for the first `share` of the pairs, 0 for the rest; positions 0..L-1.
Rotation rotation(int64_t length, int64_t head_dim, double theta, double position_scale,
                  double share) {
    const int64_t half = head_dim / 2;
    const auto turning = static_cast<int64_t>(std::floor(share * static_cast<double>(half)));
    Rotation r{Tensor({1, length, 1, half}), Tensor({1, length, 1, half})};
    for (int64_t i = 0; i < half; ++i) {
        const double f =
            i < turning
                ? std::pow(theta, -2.0 * static_cast<double>(i) / static_cast<double>(head_dim)) /
                      position_scale
                : 0.0;
        for (int64_t t = 0; t < length; ++t) {
            const double angle = static_cast<double>(t) * f;
            r.cos.f32()[t * half + i] = static_cast<float>(std::cos(angle));
            r.sin.f32()[t * half + i] = static_cast<float>(std::sin(angle));
        }
    }
    return r;
}

}  // namespace

base::Result<Gemma> Gemma::load(const Loader& loader, const GemmaConfig& c,
                                std::shared_ptr<WeightStream> stream) {
    Gemma net;
    net.stream_ = std::move(stream);
    net.config_ = c;
    const bool fourth = c.generation == GemmaGeneration::Gemma4;
    net.embedding_ = loader.stored("embed_tokens.weight", {c.vocabulary, c.width});
    for (int64_t i = 0; i < c.layers; ++i) {
        const Loader at = loader.at("layers", i);
        const Loader attention = at.at("self_attn"), mlp = at.at("mlp");
        Layer l;
        l.full = c.full(i);
        const int64_t dim = l.full ? c.full_head_dim : c.local_head_dim;
        const int64_t kv = l.full ? c.full_kv_heads : c.local_kv_heads;
        l.q = attention.linear("q_proj", c.width, c.heads * dim, false);
        l.k = attention.linear("k_proj", c.width, kv * dim, false);
        if (!(fourth && l.full)) l.v = attention.linear("v_proj", c.width, kv * dim, false);
        l.o = attention.linear("o_proj", c.heads * dim, c.width, false);
        l.q_norm = attention.vector("q_norm.weight", {dim});
        l.k_norm = attention.vector("k_norm.weight", {dim});
        l.gate = mlp.linear("gate_proj", c.width, c.ff_width, false);
        l.up = mlp.linear("up_proj", c.width, c.ff_width, false);
        l.down = mlp.linear("down_proj", c.ff_width, c.width, false);
        l.input_norm = at.vector("input_layernorm.weight", {c.width});
        l.post_attention_norm = at.vector("post_attention_layernorm.weight", {c.width});
        l.pre_ff_norm = at.vector("pre_feedforward_layernorm.weight", {c.width});
        l.post_ff_norm = at.vector("post_feedforward_layernorm.weight", {c.width});
        if (fourth) l.scalar = at.vector("layer_scalar", {1});
        net.layers_.push_back(std::move(l));
    }
    net.final_norm_ = loader.vector("norm.weight", {c.width});
    TRY(loader.finish());
    return net;
}

// Gemma 3 stores the norms' weights less 1.
Tensor Gemma::norm(const Tensor& x, const Tensor& weight) const {
    Tensor y = tensor::rms_norm(x, config_.eps, weight);
    if (config_.generation == GemmaGeneration::Gemma3)
        tensor::add_inplace(y, tensor::rms_norm(x, config_.eps));
    return y;
}

Tensor Gemma::attend(const Layer& l, const Tensor& x, const Tensor& cos, const Tensor& sin) const {
    const int64_t length = x.dim(1);
    const int64_t dim = l.full ? config_.full_head_dim : config_.local_head_dim;
    const auto heads = [&](const Tensor& t) { return t.reshape({1, length, -1, dim}); };
    const Tensor keys = heads(l.k(x));
    Tensor q = norm(heads(l.q(x)), l.q_norm);
    Tensor k = norm(keys, l.k_norm);
    Tensor v = l.v.defined() ? heads(l.v(x)) : keys;
    if (config_.generation == GemmaGeneration::Gemma4) v = tensor::rms_norm(v, config_.eps);
    tensor::rope_inplace(q, cos, sin, tensor::RopeLayout::Halves);
    tensor::rope_inplace(k, cos, sin, tensor::RopeLayout::Halves);
    const Tensor y = tensor::attention(q, k, v,
                                       {.scale = static_cast<float>(config_.query_scale),
                                        .causal = true,
                                        .window = l.full ? 0 : config_.window});
    return l.o(y.reshape({1, length, -1}));
}

base::Result<std::vector<Tensor>> Gemma::hidden_states(const std::vector<int32_t>& ids,
                                                       const base::CancelToken* cancel) const {
    if (ids.empty()) return base::usage_error("a text model needs at least one token");
    for (const int32_t id : ids) {
        if (id < 0 || id >= config_.vocabulary) {
            return base::failed(
                "token " + std::to_string(id) + " is beyond the text model's vocabulary of " +
                std::to_string(config_.vocabulary) + "; the tokenizer belongs to another model");
        }
    }
    const auto length = static_cast<int64_t>(ids.size());
    const GemmaConfig& c = config_;
    const Rotation local = rotation(length, c.local_head_dim, c.local_theta, 1, 1);
    const Rotation full =
        rotation(length, c.full_head_dim, c.full_theta, c.full_position_scale, c.full_rotary_share);
    Tensor x = tensor::gather_rows(embedding_, Tensor::from_i32({length}, ids))
                   .reshape({1, length, c.width});
    x = tensor::scale(x, static_cast<float>(std::sqrt(static_cast<double>(c.width))));
    std::vector<Tensor> states = {x};
    for (size_t i = 0; i < layers_.size(); ++i) {
        const Layer& l = layers_[i];
        if (cancel) TRY(cancel->check());
        if (stream_) stream_->enter(static_cast<int64_t>(i));
        const Rotation& r = l.full ? full : local;
        x = tensor::add(
            x, norm(attend(l, norm(x, l.input_norm), r.cos, r.sin), l.post_attention_norm));
        const Tensor y = norm(x, l.pre_ff_norm);
        const Tensor wide = tensor::gated(l.gate(y), l.up(y), Activation::GeluTanh);
        x = tensor::add(x, norm(l.down(wide), l.post_ff_norm));
        if (l.scalar.defined()) x = tensor::scale(x, l.scalar.f32()[0]);
        states.push_back(x);
    }
    states.back() = norm(x, final_norm_);
    return states;
}

}  // namespace neural
