// Sizes and switches of the joint audio-video transformer. The three published versions are three
// sets of these values (neural-models notes 2.3, 2.12): 2.0 has six modulation rows and projects
// the caption itself, 2.3 adds head gates and prompt modulation, 2.5 drops the biases of the video
// feed-forward and adds the keyframe embedding.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "base/core/result.h"
#include "base/json/json.h"
#include "neural/weights/config_values.h"

namespace neural::ltx {

// One of the two streams.
struct StreamConfig {
    int64_t heads = 32;
    int64_t head_dim = 128;
    int64_t in_channels = 128;   // of a latent token
    int64_t out_channels = 128;  // of a velocity token
    bool ff_bias = true;
    int64_t width() const { return heads * head_dim; }
};

struct RopeConfig {
    double theta = 10000.0;
    bool interleaved = false;        // rope_type: pairs (2i, 2i+1) instead of halves
    bool double_precision = true;    // frequencies_precision: the table of frequencies only
    bool middle_of_interval = true;  // use_middle_indices_grid: else the interval's start
};

// positional_embedding_theta, rope_type, frequencies_precision, use_middle_indices_grid.
RopeConfig rope_config(ConfigValues& values);

struct TransformerConfig {
    int64_t layers = 48;
    StreamConfig video;
    StreamConfig audio{32, 64, 128, 128, true};
    int64_t caption_channels = 3840;  // width of the text context where caption_projection
    double norm_eps = 1e-6;
    RopeConfig rope;
    std::array<double, 3> max_position{20, 2048, 2048};  // seconds, pixel rows, pixel columns
    double audio_max_position = 20;                      // seconds
    double timestep_scale = 1000;
    double av_timestep_scale = 1000;  // of the gates between the streams
    bool gated_attention = true;
    bool text_modulation = true;    // cross_attention_adaln: nine rows instead of six
    bool prompt_modulation = true;  // use_prompt_adaln_single, with text_modulation only
    bool keyframe_embedding = false;
    bool caption_projection = false;  // !caption_proj_before_connector

    int64_t modulation_rows() const { return text_modulation ? 9 : 6; }
};

// `config`: the checkpoint's object "transformer". Keys that are absent take 2.3's values.
base::Result<TransformerConfig> parse_transformer_config(const base::Json& config);

// "2.0", "2.3", "2.5" at full size: what name tables, benchmarks and planning need.
base::Result<TransformerConfig> published_transformer_config(const std::string& version);

}  // namespace neural::ltx
