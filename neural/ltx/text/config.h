// Sizes of what stands between the language model and the transformer: feature extractor and the
// two connectors (neural-models notes 2.7, 2.8).
#pragma once

#include <cstdint>
#include <string>

#include "base/core/result.h"
#include "base/json/json.h"
#include "neural/ltx/transformer/config.h"

namespace neural::ltx {

struct ConnectorConfig {
    int64_t heads = 32;
    int64_t head_dim = 128;
    int64_t layers = 8;
    bool gated = true;
    bool ff_bias = true;
    int64_t width() const { return heads * head_dim; }
};

struct TextConfig {
    int64_t hidden_width = 3840;  // caption_channels: of the language model
    int64_t hidden_states = 49;   // embedding and every layer's output
    // 2.3 on: every stream has a projection of its own (features V2). 2.0: one for both (V1).
    bool projection_per_stream = true;
    ConnectorConfig video;
    ConnectorConfig audio{32, 64, 8, true, true};
    int64_t registers = 128;  // learned tokens that stand where the prompt ended
    double max_position = 4096;
    double norm_eps = 1e-6;
    RopeConfig rope{10000.0, false, true, false};
};

// Keys connector_*, audio_connector_* and their companions, of the checkpoint's object
// "transformer". Keys that are absent take 2.3's values, or 2.0's where
// caption_proj_before_connector is false.
base::Result<TextConfig> parse_text_config(const base::Json& config);

// "2.0", "2.3", "2.5" at full size.
base::Result<TextConfig> published_text_config(const std::string& version);

}  // namespace neural::ltx
