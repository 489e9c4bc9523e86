// How long the shot that a prompt describes would last (2.5): the connectors' tokens, pooled by
// learned queries, as log-seconds.
#pragma once

#include "base/json/json.h"
#include "neural/weights/loader.h"

namespace neural::ltx {

struct DurationConfig {
    int64_t video_width = 4096;  // video_cross_attention_dim
    int64_t audio_width = 2048;  // audio_cross_attention_dim
    int64_t hidden = 256;        // pooler_hidden_dim
    int64_t queries = 1;         // num_queries
    int64_t heads = 4;           // num_pooler_heads
    int64_t mlp_hidden = 256;    // mlp_hidden_dim
};

base::Result<DurationConfig> parse_duration_config(const base::Json& config);

class DurationHead {
public:
    // Names below the loader's prefix ("duration_head.").
    static base::Result<DurationHead> load(const Loader& at, const DurationConfig& config);

    // Outputs of the connectors [B,L,width]; either may be undefined. -> seconds [B].
    base::Result<tensor::Tensor> operator()(const tensor::Tensor& video,
                                            const tensor::Tensor& audio) const;

private:
    DurationConfig config_;
    tensor::Linear video_in_, audio_in_, q_, k_, v_, out_, mlp_hidden_, mlp_out_;
    tensor::Tensor video_mark_, audio_mark_, queries_;
};

// The frames of a clip of about `seconds` seconds: clamped, rounded half to even, then the next
// 8k + 1 below, or above where that would be shorter than the least.
int64_t frames_of_seconds(double seconds, double fps, double least_s = 1.0, double most_s = 20.0,
                          int64_t frames_per_latent = 8);

}  // namespace neural::ltx
