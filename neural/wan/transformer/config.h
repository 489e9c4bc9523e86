// What the diffusion transformers of Wan 2.1 and 2.2 differ by.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "base/core/result.h"
#include "base/json/json.h"

namespace neural::wan {

struct TransformerConfig {
    std::string model_type = "t2v";                 // t2v, i2v (y must be given) or ti2v
    std::array<int64_t, 3> patch_size = {1, 2, 2};  // latent frames, rows, columns of a token
    int64_t text_len = 512;
    int64_t in_dim = 16;  // latent channels and those of y
    int64_t dim = 2048;
    int64_t ffn_dim = 8192;
    int64_t freq_dim = 256;
    int64_t text_dim = 4096;
    int64_t out_dim = 16;
    int64_t num_heads = 16;
    int64_t num_layers = 32;
    bool qk_norm = true;
    bool cross_attn_norm = true;
    double eps = 1e-6;
};

// Wan's own config.json, or diffusers' (in_channels, num_attention_heads, attention_head_dim, ...).
// Absent keys have the values above. `where` stands in errors.
base::Result<TransformerConfig> parse_transformer_config(const base::Json& json,
                                                         const std::string& where);

// The published models.
TransformerConfig wan21_t2v_1_3b();
TransformerConfig wan22_ti2v_5b();
TransformerConfig wan22_t2v_a14b();  // each of the two experts
TransformerConfig wan22_i2v_a14b();  // each of the two experts

}  // namespace neural::wan
