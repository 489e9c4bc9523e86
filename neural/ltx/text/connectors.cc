#include "neural/ltx/text/connectors.h"

#include <cstring>

#include "tensor/ops/arithmetic.h"
#include "tensor/ops/norm.h"

namespace neural::ltx {

using tensor::Tensor;

Connector Connector::load(const Loader& at, const ConnectorConfig& connector,
                          const TextConfig& config) {
    Connector c;
    c.config_ = connector;
    c.rope_ = config.rope;
    c.max_position_ = config.max_position;
    c.eps_ = static_cast<float>(config.norm_eps);
    const int64_t width = connector.width();
    c.registers_ = at.vector("learnable_registers", {config.registers, width});
    const AttentionSize size{width,           width, connector.heads, connector.head_dim,
                             connector.gated, c.eps_};
    for (int64_t i = 0; i < connector.layers; ++i) {
        const Loader below = at.at("transformer_1d_blocks", i);
        c.layers_.push_back({Attention::load(below.at("attn1"), size),
                             FeedForward::load(below.at("ff"), width, connector.ff_bias)});
    }
    return c;
}

base::Result<Tensor> Connector::operator()(const Tensor& features,
                                           const std::vector<int64_t>& valid,
                                           const base::CancelToken* cancel) const {
    const int64_t width = config_.width(), L = features.dim(1);
    Tensor x = features.clone();
    for (int64_t b = 0; b < x.dim(0); ++b) {
        for (int64_t p = valid[static_cast<size_t>(b)]; p < L; ++p) {
            std::memcpy(x.f32() + (b * L + p) * width,
                        registers_.f32() + p % registers_.dim(0) * width,
                        static_cast<size_t>(width) * sizeof(float));
        }
    }
    Tensor positions({1, 1, L, 2});
    for (int64_t p = 0; p < L; ++p)
        positions.f32()[2 * p] = positions.f32()[2 * p + 1] = static_cast<float>(p);
    const RopeTable codes =
        rope_table(positions, {&max_position_, 1}, config_.heads, config_.head_dim, rope_);
    AttentionUse use;
    use.query_rope = &codes;
    for (const Layer& layer : layers_) {
        if (cancel) TRY(cancel->check());
        const Tensor h = tensor::rms_norm(x, eps_);
        tensor::add_inplace(x, layer.attention(h, h, use));
        tensor::add_inplace(x, layer.ff(tensor::rms_norm(x, eps_)));
    }
    return tensor::rms_norm(x, eps_);
}

base::Result<TextConnectors> TextConnectors::load(const Loader& at, const TextConfig& config) {
    TextConnectors c;
    c.video_ = Connector::load(at.at("video_embeddings_connector"), config.video, config);
    c.audio_ = Connector::load(at.at("audio_embeddings_connector"), config.audio, config);
    TRY(at.finish());
    return c;
}

base::Result<TextContext> TextConnectors::operator()(const TextFeatures& features,
                                                     const base::CancelToken* cancel) const {
    return TextContext{TRY(video_(features.video, features.valid, cancel)),
                       TRY(audio_(features.audio, features.valid, cancel))};
}

}  // namespace neural::ltx
