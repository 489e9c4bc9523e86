#include "neural/ltx/text/duration_head.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "neural/weights/config_values.h"
#include "tensor/ops/arithmetic.h"
#include "tensor/ops/attention.h"
#include "tensor/ops/layout.h"

namespace neural::ltx {

using tensor::Activation;
using tensor::Tensor;

base::Result<DurationConfig> parse_duration_config(const base::Json& config) {
    const DurationConfig missing;
    ConfigValues r(config, "config.duration_head");
    DurationConfig c;
    c.video_width = r.integer("video_cross_attention_dim", missing.video_width, 1, 65536);
    c.audio_width = r.integer("audio_cross_attention_dim", missing.audio_width, 1, 65536);
    c.hidden = r.integer("pooler_hidden_dim", missing.hidden, 1, 65536);
    c.queries = r.integer("num_queries", missing.queries, 1, 1024);
    c.heads = r.integer("num_pooler_heads", missing.heads, 1, 1024);
    c.mlp_hidden = r.integer("mlp_hidden_dim", missing.mlp_hidden, 1, 65536);
    if (c.hidden % c.heads != 0) r.problem("num_pooler_heads must divide pooler_hidden_dim");
    TRY(r.status());
    return c;
}

base::Result<DurationHead> DurationHead::load(const Loader& at, const DurationConfig& config) {
    DurationHead h;
    h.config_ = config;
    const int64_t E = config.hidden;
    h.video_in_ = at.linear("video_input_proj", config.video_width, E);
    h.audio_in_ = at.linear("audio_input_proj", config.audio_width, E);
    h.video_mark_ = at.vector("video_modality_emb", {E});
    h.audio_mark_ = at.vector("audio_modality_emb", {E});
    const Loader pooler = at.at("attention_pooler");
    h.queries_ = pooler.vector("query_tokens", {config.queries, E});
    const Loader attention = pooler.at("cross_attn");
    // q, k and v in one published tensor, one above the other.
    const Tensor weight = attention.stored("in_proj_weight", {3 * E, E});
    const Tensor bias = attention.vector("in_proj_bias", {3 * E});
    const auto part = [&](int64_t i) {
        return tensor::Linear(weight.rows(i * E, (i + 1) * E), bias.rows(i * E, (i + 1) * E));
    };
    h.q_ = part(0);
    h.k_ = part(1);
    h.v_ = part(2);
    h.out_ = attention.linear("out_proj", E, E);
    h.mlp_hidden_ = at.linear("mlp_hidden", E * config.queries, config.mlp_hidden);
    h.mlp_out_ = at.linear("mlp_out", config.mlp_hidden, 1);
    TRY(at.finish(true));
    return h;
}

base::Result<Tensor> DurationHead::operator()(const Tensor& video, const Tensor& audio) const {
    std::vector<Tensor> parts;
    const auto take = [&](const Tensor& x, const tensor::Linear& in, const Tensor& mark) {
        if (!x.defined()) return true;
        if (x.rank() != 3 || x.dim(2) != in.in_features() || x.dim(1) < 1) return false;
        Tensor tokens = in(x);
        tensor::add_vector_inplace(tokens, mark);
        parts.push_back(tokens);
        return true;
    };
    if (!take(video, video_in_, video_mark_) || !take(audio, audio_in_, audio_mark_) ||
        parts.empty() || parts[0].dim(0) != parts.back().dim(0))
        return base::failed("text contexts that the duration head does not take");
    const Tensor tokens = tensor::concat(parts, 1);
    const int64_t B = tokens.dim(0), Q = config_.queries, E = config_.hidden, H = config_.heads;
    const auto heads = [&](const Tensor& x) { return x.reshape({x.dim(0), x.dim(1), H, E / H}); };
    const Tensor q = tensor::repeat(q_(queries_).reshape({1, Q, E}), 0, B);
    tensor::AttentionOptions options;
    options.scale = 1.0f / std::sqrt(static_cast<float>(E / H));
    const Tensor looked =
        tensor::attention(heads(q), heads(k_(tokens)), heads(v_(tokens)), options);
    const Tensor pooled = out_(looked.reshape({B, Q, E})).reshape({B, Q * E});
    const Tensor log_seconds = mlp_out_(mlp_hidden_(pooled, Activation::GeluTanh));
    return tensor::activate(log_seconds, Activation::Exp).reshape({B});
}

int64_t frames_of_seconds(double seconds, double fps, double least_s, double most_s,
                          int64_t frames_per_latent) {
    const int64_t least = std::max<int64_t>(1, std::llrint(least_s * fps));
    const int64_t most = std::max(least, static_cast<int64_t>(std::llrint(most_s * fps)));
    // A prediction may be anything, NaN too; compared as a number of frames before it is one.
    const double wanted =
        std::min(std::max(seconds * fps, static_cast<double>(least)), static_cast<double>(most));
    const int64_t frames = std::isnan(seconds) ? least : std::llrint(wanted);
    const int64_t below = (frames - 1) / frames_per_latent * frames_per_latent + 1;
    if (below >= least) return below;
    const int64_t above = below + frames_per_latent;
    // Where no grid point lies between least and most, the nearer one.
    return above <= most || above - frames < frames - below ? above : below;
}

}  // namespace neural::ltx
