#include "neural/wan/vae/config.h"

#include <cmath>

#include "neural/weights/config_values.h"

namespace neural::wan {
namespace {

std::vector<float> statistics(ConfigValues& v, const base::Json& json, const std::string& key,
                              const std::vector<float>& missing, bool positive) {
    if (!v.has(key)) return missing;
    std::vector<float> values;
    bool fits = json[key].is_array() && json[key].size() <= 4096;
    for (size_t i = 0; fits && i < json[key].size(); ++i) {
        fits = json[key][i].is_number();
        if (!fits) break;
        values.push_back(json[key][i].get<float>());
        fits = std::isfinite(values.back()) && (!positive || values.back() > 0);
    }
    if (!fits)
        v.problem(key + " must be a list of " + (positive ? "positive" : "finite") + " numbers");
    return values;
}

}  // namespace

int64_t VaeConfig::time_factor() const {
    int64_t factor = 1;
    for (const bool halves : temporal_downsample) factor *= halves ? 2 : 1;
    return factor;
}

int64_t VaeConfig::space_factor() const {
    return (int64_t{1} << (dim_mult.size() - 1)) * (v22 ? 2 : 1);
}

base::Result<VaeConfig> parse_vae_config(const base::Json& json, const std::string& where) {
    ConfigValues v(json, where);
    const std::string version = v.has("is_residual")
                                    ? (v.boolean("is_residual", false) ? "2.2" : "2.1")
                                    : v.text("version", "2.1");
    if (version != "2.1" && version != "2.2")
        v.problem("version '" + version + "' is not supported; 2.1 and 2.2 are");
    VaeConfig c = version == "2.2" ? wan22_vae() : wan21_vae();
    const auto key = [&](const char* ours, const char* theirs) {
        return v.has(ours) ? ours : theirs;
    };
    c.dim = v.integer(key("dim", "base_dim"), c.dim, 1, 8192);
    c.dec_dim = v.integer(key("dec_dim", "decoder_base_dim"), c.v22 ? c.dec_dim : c.dim, 1, 8192);
    c.z_dim = v.integer("z_dim", c.z_dim, 1, 4096);
    c.dim_mult = v.integers("dim_mult", c.dim_mult, 1, 64);
    c.num_res_blocks = v.integer("num_res_blocks", c.num_res_blocks, 1, 64);
    c.temporal_downsample = v.booleans("temperal_downsample", c.temporal_downsample);
    c.mean = statistics(v, json, key("mean", "latents_mean"), c.mean, false);
    c.std = statistics(v, json, key("std", "latents_std"), c.std, true);
    if (c.dim_mult.size() < 2 || c.dim_mult.size() > 8)
        v.problem("dim_mult must have 2 to 8 levels");
    else if (c.temporal_downsample.size() + 1 != c.dim_mult.size())
        v.problem("temperal_downsample must have one entry less than dim_mult");
    if (v.has("attn_scales") && !json["attn_scales"].empty())
        v.problem("attention between the levels (attn_scales) is not supported");
    if (!c.v22) {
        // The channels after an up-convolution are half of the level's.
        for (size_t i = 1; i < c.dim_mult.size(); ++i) {
            if (c.dec_dim * c.dim_mult[i] % 2 != 0) {
                v.problem("dim times dim_mult must be even");
                break;
            }
        }
    }
    const size_t z = static_cast<size_t>(c.z_dim);
    if (c.mean.size() != z || c.std.size() != z) {
        if (v.has(key("mean", "latents_mean")) || v.has(key("std", "latents_std"))) {
            v.problem("mean and std must have one value for each of the z_dim channels");
        } else {
            c.mean.assign(z, 0.0f);
            c.std.assign(z, 1.0f);
        }
    }
    TRY(v.status());
    return c;
}

VaeConfig wan21_vae() {
    VaeConfig c;
    c.mean = {-0.7571f, -0.7089f, -0.9113f, 0.1075f,  -0.1745f, 0.9653f,  -0.1517f, 1.5508f,
              0.4134f,  -0.0715f, 0.5517f,  -0.3632f, -0.1922f, -0.9497f, 0.2503f,  -0.2921f};
    c.std = {2.8184f, 1.4541f, 2.3275f, 2.6558f, 1.2196f, 1.7708f, 2.6052f, 2.0743f,
             3.2687f, 2.1526f, 2.8652f, 1.5579f, 1.6382f, 1.1253f, 2.8251f, 1.9160f};
    return c;
}

VaeConfig wan22_vae() {
    VaeConfig c;
    c.v22 = true;
    c.dim = 160;
    c.dec_dim = 256;
    c.z_dim = 48;
    c.mean = {-0.2289f, -0.0052f, -0.1323f, -0.2339f, -0.2799f, 0.0174f,  0.1838f,  0.1557f,
              -0.1382f, 0.0542f,  0.2813f,  0.0891f,  0.1570f,  -0.0098f, 0.0375f,  -0.1825f,
              -0.2246f, -0.1207f, -0.0698f, 0.5109f,  0.2665f,  -0.2108f, -0.2158f, 0.2502f,
              -0.2055f, -0.0322f, 0.1109f,  0.1567f,  -0.0729f, 0.0899f,  -0.2799f, -0.1230f,
              -0.0313f, -0.1649f, 0.0117f,  0.0723f,  -0.2839f, -0.2083f, -0.0520f, 0.3748f,
              0.0152f,  0.1957f,  0.1433f,  -0.2944f, 0.3573f,  -0.0548f, -0.1681f, -0.0667f};
    c.std = {0.4765f, 1.0364f, 0.4514f, 1.1677f, 0.5313f, 0.4990f, 0.4818f, 0.5013f,
             0.8158f, 1.0344f, 0.5894f, 1.0901f, 0.6885f, 0.6165f, 0.8454f, 0.4978f,
             0.5759f, 0.3523f, 0.7135f, 0.6804f, 0.5833f, 1.4146f, 0.8986f, 0.5659f,
             0.7069f, 0.5338f, 0.4889f, 0.4917f, 0.4069f, 0.4999f, 0.6866f, 0.4093f,
             0.5709f, 0.6065f, 0.6415f, 0.4944f, 0.5726f, 1.2042f, 0.5458f, 1.6887f,
             0.3971f, 1.0600f, 0.3943f, 0.5537f, 0.5444f, 0.4089f, 0.7468f, 0.7744f};
    return c;
}

}  // namespace neural::wan
