// The two small transformers that turn text features into the context of the video and the audio
// stream. Their result depends on the prompt alone and is made once.
#pragma once

#include "base/signal/source.h"
#include "neural/ltx/text/features.h"
#include "neural/ltx/transformer/transformer.h"

namespace neural::ltx {

class Connector {
public:
    Connector() = default;
    static Connector load(const Loader& at, const ConnectorConfig& connector,
                          const TextConfig& config);
    // features [B,L,width], valid tokens first; behind them stand learned registers, register p mod
    // n at position p. -> [B,L,width], every token of which is to be seen.
    base::Result<tensor::Tensor> operator()(const tensor::Tensor& features,
                                            const std::vector<int64_t>& valid,
                                            const base::CancelToken* cancel) const;

private:
    struct Layer {
        Attention attention;
        FeedForward ff;
    };
    ConnectorConfig config_;
    RopeConfig rope_;
    double max_position_ = 4096;
    float eps_ = 1e-6f;
    tensor::Tensor registers_;
    std::vector<Layer> layers_;
};

class TextConnectors {
public:
    // video_embeddings_connector.* and audio_embeddings_connector.* below the loader's prefix
    // ("model.diffusion_model.").
    static base::Result<TextConnectors> load(const Loader& at, const TextConfig& config);

    // What Transformer::text_context takes.
    base::Result<TextContext> operator()(const TextFeatures& features,
                                         const base::CancelToken* cancel = nullptr) const;

private:
    Connector video_, audio_;
};

}  // namespace neural::ltx
