#include "neural/wan/transformer/config.h"

#include "neural/weights/config_values.h"

namespace neural::wan {

base::Result<TransformerConfig> parse_transformer_config(const base::Json& json,
                                                         const std::string& where) {
    ConfigValues v(json, where);
    TransformerConfig c;
    constexpr int64_t kMostWidth = 1 << 17;
    const auto key = [&](const char* ours, const char* theirs) {
        return v.has(ours) ? ours : theirs;
    };
    c.model_type = v.text("model_type", c.model_type);
    if (c.model_type != "t2v" && c.model_type != "i2v" && c.model_type != "ti2v") {
        v.problem("model_type '" + c.model_type + "' is not supported; t2v, i2v and ti2v are");
    }
    const auto patch = v.integers("patch_size", {1, 2, 2}, 1, 16);
    if (patch.size() == 3) {
        c.patch_size = {patch[0], patch[1], patch[2]};
    } else {
        v.problem("patch_size must have 3 values");
    }
    c.text_len = v.integer("text_len", c.text_len, 1, 65536);
    c.in_dim = v.integer(key("in_dim", "in_channels"), c.in_dim, 1, 4096);
    c.out_dim = v.integer(key("out_dim", "out_channels"), c.out_dim, 1, 4096);
    c.num_heads = v.integer(key("num_heads", "num_attention_heads"), c.num_heads, 1, 1024);
    c.dim = v.has("attention_head_dim")
                ? c.num_heads * v.integer("attention_head_dim", 128, 1, 4096)
                : v.integer("dim", c.dim, 1, kMostWidth);
    c.ffn_dim = v.integer("ffn_dim", c.ffn_dim, 1, 1 << 20);
    c.freq_dim = v.integer("freq_dim", c.freq_dim, 2, 65536);
    c.text_dim = v.integer("text_dim", c.text_dim, 1, kMostWidth);
    c.num_layers = v.integer("num_layers", c.num_layers, 1, 1024);
    c.eps = v.number("eps", c.eps, 1e-12, 1);
    c.cross_attn_norm = v.boolean("cross_attn_norm", c.cross_attn_norm);
    const bool named = v.has("qk_norm") && json["qk_norm"].is_string();  // diffusers
    c.qk_norm =
        named ? v.text("qk_norm", "") == "rms_norm_across_heads" : v.boolean("qk_norm", c.qk_norm);
    for (const int64_t side : v.integers("window_size", {-1, -1}, -1, 1 << 20)) {
        if (side != -1) v.problem("local attention (window_size) is not supported");
    }
    if (v.has("added_kv_proj_dim") || v.has("image_dim")) {
        v.problem("Wan 2.1's image branch (added_kv_proj_dim, image_dim) is not supported");
    }
    if (c.dim % c.num_heads != 0 || c.dim / c.num_heads % 2 != 0)
        v.problem("dim must be num_heads times an even number");
    if (c.freq_dim % 2 != 0) v.problem("freq_dim must be even");
    if (c.out_dim > c.in_dim) v.problem("out_dim must not exceed in_dim");
    TRY(v.status());
    return c;
}

TransformerConfig wan21_t2v_1_3b() {
    TransformerConfig c;
    c.dim = 1536;
    c.ffn_dim = 8960;
    c.num_heads = 12;
    c.num_layers = 30;
    return c;
}

TransformerConfig wan22_ti2v_5b() {
    TransformerConfig c;
    c.model_type = "ti2v";
    c.in_dim = c.out_dim = 48;
    c.dim = 3072;
    c.ffn_dim = 14336;
    c.num_heads = 24;
    c.num_layers = 30;
    return c;
}

TransformerConfig wan22_t2v_a14b() {
    TransformerConfig c;
    c.dim = 5120;
    c.ffn_dim = 13824;
    c.num_heads = 40;
    c.num_layers = 40;
    return c;
}

TransformerConfig wan22_i2v_a14b() {
    TransformerConfig c = wan22_t2v_a14b();
    c.model_type = "i2v";
    c.in_dim = 36;
    return c;
}

}  // namespace neural::wan
