#include "neural/ltx/text/config.h"

#include "neural/weights/config_values.h"

namespace neural::ltx {
namespace {

TextConfig first_version() {
    TextConfig c;
    c.projection_per_stream = false;
    c.video = c.audio = {30, 128, 2, false, true};
    return c;
}

ConnectorConfig connector(ConfigValues& r, const std::string& mark, const ConnectorConfig& missing,
                          bool gated, bool ff_bias) {
    ConnectorConfig c;
    c.heads = r.integer(mark + "num_attention_heads", missing.heads, 1, 512);
    c.head_dim = r.integer(mark + "attention_head_dim", missing.head_dim, 2, 1024);
    c.layers = r.integer(mark + "num_layers", missing.layers, 0, 128);
    c.gated = r.boolean(mark + "apply_gated_attention", gated);
    c.ff_bias = r.boolean(mark + "ff_bias", ff_bias);
    if (c.head_dim % 2 != 0) r.problem(mark + "attention_head_dim must be even");
    return c;
}

}  // namespace

base::Result<TextConfig> parse_text_config(const base::Json& config) {
    ConfigValues r(config, "config.transformer");
    TextConfig c;
    if (!r.boolean("caption_proj_before_connector", true)) c = first_version();
    c.hidden_width = r.integer("caption_channels", c.hidden_width, 1, 65536);
    c.hidden_states = r.integer("text_encoder_hidden_states", c.hidden_states, 1, 512);
    c.video = connector(r, "connector_", c.video, c.video.gated, c.video.ff_bias);
    // The sound's connector follows the picture's where it does not say otherwise.
    c.audio = connector(r, "audio_connector_", c.audio, c.video.gated, c.video.ff_bias);
    c.registers = r.integer("connector_num_learnable_registers", c.registers, 1, 65536);
    c.max_position =
        r.numbers("connector_positional_embedding_max_pos", {c.max_position}, 1e-3, 1e9)[0];
    c.norm_eps = r.number("norm_eps", c.norm_eps, 0, 1);
    c.rope = rope_config(r);
    c.rope.middle_of_interval = false;  // positions of text are points
    if (!c.projection_per_stream &&
        (c.video.width() != c.hidden_width || c.audio.width() != c.hidden_width)) {
        r.problem("connectors without a projection of their own must be caption_channels wide");
    }
    TRY(r.status());
    return c;
}

base::Result<TextConfig> published_text_config(const std::string& version) {
    if (version == "2.3" || version == "2.5") return TextConfig();
    if (version == "2.0") return first_version();
    return base::usage_error("no published text connectors of version " + version +
                             ", known are 2.0, 2.3 and 2.5");
}

}  // namespace neural::ltx
