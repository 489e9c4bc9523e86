#include <cmath>

#include "neural/text/gemma/gemma.h"

namespace neural {
namespace {

struct Reader {
    const base::Json& json;
    std::string problem;

    template <typename T>
    void take(const char* key, T& value, double low, double high) {
        if (!json.is_object() || !json.contains(key) || json[key].is_null()) return;
        if (!json[key].is_number()) {
            problem = std::string(key) + " is no number";
            return;
        }
        const double given = json[key].template get<double>();
        if (!(given >= low && given <= high)) {
            problem = std::string(key) + " is " + json[key].dump() + ", outside of what can be";
            return;
        }
        value = static_cast<T>(given);
    }
};

}  // namespace

base::Result<GemmaConfig> parse_gemma_config(const base::Json& json, GemmaGeneration generation) {
    const base::Json& text =
        json.is_object() && json.contains("text_config") ? json["text_config"] : json;
    GemmaConfig c;
    c.generation = generation;
    const bool fourth = generation == GemmaGeneration::Gemma4;
    if (fourth) {
        c.vocabulary = 262144;
        c.full_head_dim = 512;
        c.full_kv_heads = 1;
        c.full_position_scale = 1;
        c.full_rotary_share = 0.25;
        c.query_scale = 1;
    }
    Reader r{text, {}};
    r.take("vocab_size", c.vocabulary, 1, 1e7);
    r.take("hidden_size", c.width, 1, 65536);
    r.take("num_hidden_layers", c.layers, 1, 512);
    r.take("intermediate_size", c.ff_width, 1, 1e6);
    r.take("num_attention_heads", c.heads, 1, 512);
    r.take("num_key_value_heads", c.local_kv_heads, 1, 512);
    r.take("head_dim", c.local_head_dim, 2, 4096);
    r.take("sliding_window", c.window, 1, 1e6);
    r.take("sliding_window_pattern", c.full_every, 1, 512);
    r.take("rms_norm_eps", c.eps, 0, 1);
    if (fourth) {
        r.take("global_head_dim", c.full_head_dim, 2, 4096);
        r.take("num_global_key_value_heads", c.full_kv_heads, 1, 512);
        r.take("partial_rotary_factor", c.full_rotary_share, 0, 1);
    } else {
        c.full_head_dim = c.local_head_dim;
        c.full_kv_heads = c.local_kv_heads;
        double scalar = static_cast<double>(c.local_head_dim);
        r.take("query_pre_attn_scalar", scalar, 1e-6, 1e6);
        c.query_scale = 1 / std::sqrt(scalar);
        if (text.is_object() && text.contains("rope_scaling") && text["rope_scaling"].is_object()) {
            Reader scaling{text["rope_scaling"], {}};
            scaling.take("factor", c.full_position_scale, 1e-3, 1e4);
            if (!scaling.problem.empty())
                return base::failed("rope_scaling: " + scaling.problem, "text model config");
        }
    }
    r.take("rope_theta", c.full_theta, 1, 1e12);
    r.take("rope_local_base_freq", c.local_theta, 1, 1e12);
    if (!r.problem.empty()) return base::failed(r.problem, "text model config");
    const auto fits = [&](int64_t kv) { return c.heads % kv == 0; };
    if (!fits(c.local_kv_heads) || !fits(c.full_kv_heads))
        return base::failed("heads are no multiple of key-value heads", "text model config");
    if (c.local_head_dim % 2 != 0 || c.full_head_dim % 2 != 0)
        return base::failed("a head has an odd width", "text model config");
    return c;
}

}  // namespace neural
