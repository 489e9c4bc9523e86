#include "neural/ltx/transformer/config.h"

#include "neural/weights/config_values.h"

namespace neural::ltx {
namespace {

// Ten times beyond what is published; a lying file must not make us allocate the machine.
constexpr int64_t kMostLayers = 512, kMostHeads = 512, kMostHeadDim = 1024, kMostChannels = 65536;
constexpr double kHuge = 1e9;

StreamConfig stream(ConfigValues& r, const std::string& mark, const StreamConfig& missing) {
    StreamConfig s;
    s.heads = r.integer(mark + "num_attention_heads", missing.heads, 1, kMostHeads);
    s.head_dim = r.integer(mark + "attention_head_dim", missing.head_dim, 2, kMostHeadDim);
    s.in_channels = r.integer(mark + "in_channels", missing.in_channels, 1, kMostChannels);
    s.out_channels = r.integer(mark + "out_channels", missing.out_channels, 1, kMostChannels);
    s.ff_bias = r.boolean(mark + "ff_bias", missing.ff_bias);
    const int64_t context =
        r.integer(mark + "cross_attention_dim", s.width(), 1, kMostHeads * kMostHeadDim);
    if (context != s.width())
        r.problem(mark + "cross_attention_dim must be the stream's own width");
    if (s.head_dim % 2 != 0) r.problem(mark + "attention_head_dim must be even");
    return s;
}

}  // namespace

RopeConfig rope_config(ConfigValues& values) {
    const auto is = [&](const std::string& key, const std::string& missing,
                        const std::string& other) {
        const std::string value = values.text(key, missing);
        if (value != missing && value != other)
            values.problem(key + " must be " + missing + " or " + other);
        return value == missing;
    };
    RopeConfig c;
    c.theta = values.number("positional_embedding_theta", c.theta, 1, kHuge);
    c.interleaved = !is("rope_type", "split", "interleaved");
    c.double_precision = is("frequencies_precision", "float64", "float32");
    c.middle_of_interval = values.boolean("use_middle_indices_grid", c.middle_of_interval);
    return c;
}

base::Result<TransformerConfig> parse_transformer_config(const base::Json& config) {
    const TransformerConfig missing;
    ConfigValues r(config, "config.transformer");
    TransformerConfig c;
    c.layers = r.integer("num_layers", missing.layers, 1, kMostLayers);
    c.video = stream(r, "", missing.video);
    c.audio = stream(r, "audio_", missing.audio);
    if (c.audio.heads != c.video.heads)
        r.problem("audio_num_attention_heads must equal num_attention_heads");
    c.caption_channels =
        r.integer("caption_channels", missing.caption_channels, 1, kMostHeads * kMostHeadDim);
    c.norm_eps = r.number("norm_eps", missing.norm_eps, 0, 1);
    c.rope = rope_config(r);
    const std::vector<double> max =
        r.numbers("positional_embedding_max_pos", {20, 2048, 2048}, 1e-3, kHuge);
    c.max_position = {max[0], max[1], max[2]};
    c.audio_max_position = r.numbers("audio_positional_embedding_max_pos",
                                     {missing.audio_max_position}, 1e-3, kHuge)[0];
    c.timestep_scale = r.number("timestep_scale_multiplier", missing.timestep_scale, 0, kHuge);
    c.av_timestep_scale =
        r.number("av_ca_timestep_scale_multiplier", missing.av_timestep_scale, 0, kHuge);
    c.gated_attention = r.boolean("apply_gated_attention", missing.gated_attention);
    c.text_modulation = r.boolean("cross_attention_adaln", missing.text_modulation);
    c.prompt_modulation = r.boolean("use_prompt_adaln_single", missing.prompt_modulation);
    c.keyframe_embedding = r.boolean("use_keyframes_abs_pos_embedding", missing.keyframe_embedding);
    c.caption_projection = !r.boolean("caption_proj_before_connector", !missing.caption_projection);
    TRY(r.status());
    return c;
}

base::Result<TransformerConfig> published_transformer_config(const std::string& version) {
    TransformerConfig c;
    if (version == "2.3") return c;
    if (version == "2.5") {
        c.video.ff_bias = false;
        c.keyframe_embedding = true;
        return c;
    }
    if (version == "2.0") {
        c.gated_attention = c.text_modulation = c.prompt_modulation = false;
        c.caption_projection = true;
        return c;
    }
    return base::usage_error("no published transformer of version " + version +
                             ", known are 2.0, 2.3 and 2.5");
}

}  // namespace neural::ltx
