#include "neural/ltx/video/diffusion_decoder.h"
#include "neural/weights/config_values.h"

namespace neural::ltx {

using base::Json;

namespace {

using Triple = DiffusionDecoderConfig::Triple;

bool read_triple(const Json& list, int64_t high, Triple& triple) {
    if (!list.is_array() || list.size() != 3) return false;
    for (size_t i = 0; i < 3; ++i) {
        if (!list[i].is_number_integer() || list[i].get<int64_t>() < 1 ||
            list[i].get<int64_t>() > high) {
            return false;
        }
        triple[i] = list[i].get<int64_t>();
    }
    return true;
}

void read_triples(const Json& config, const std::string& key, int64_t high,
                  std::vector<Triple>& triples, ConfigValues& values) {
    if (!values.has(key)) return;
    const Json& list = config[key];
    bool fits = list.is_array() && list.size() == triples.size();
    for (size_t i = 0; fits && i < triples.size(); ++i) {
        fits = read_triple(list[i], high, triples[i]);
    }
    if (!fits) {
        values.problem(key + " must be " + std::to_string(triples.size()) +
                       " triples of whole numbers from 1 to " + std::to_string(high));
    }
}

}  // namespace

base::Result<DiffusionDecoderConfig> DiffusionDecoderConfig::parse(const Json& config,
                                                                   const std::string& where) {
    ConfigValues values(config, where);
    DiffusionDecoderConfig c;
    c.out_channels = values.integer("out_channels", c.out_channels, 1, 16);
    c.latent_channels = values.integer("latent_channels", c.latent_channels, 1, 4096);
    c.patch_size = values.integer("patch_size", c.patch_size, 1, 16);
    c.head_dim = values.integer("decoder_head_dim", c.head_dim, 4, 512);
    c.channels = values.integers("decoder_stage_channels", c.channels, 1, 16384);
    c.depths = values.integers("decoder_stage_depths", c.depths, 0, 64);
    c.reductions = values.integers("decoder_upsample_channel_reductions", c.reductions, 1, 16);
    c.time_embedding = values.integer("decoder_t_emb_dim", c.time_embedding, 1, 16384);
    read_triples(config, "decoder_stage_kernels", 63, c.kernels, values);
    read_triples(config, "decoder_upsample_strides", 4, c.strides, values);
    if (values.has("decoder_stage5_kernel") &&
        !read_triple(config["decoder_stage5_kernel"], 63, c.denoiser_kernel)) {
        values.problem("decoder_stage5_kernel must be three whole numbers from 1 to 63");
    }
    TRY(values.status());
    if (c.channels.size() != 5 || c.depths.size() != 5 || c.reductions.size() != 4) {
        return base::failed(
            "the decoder must have five stages (channels, depths) and four upsamplings", where);
    }
    if (c.head_dim % 4 != 0) return base::failed("decoder_head_dim must be a multiple of 4", where);
    for (size_t i = 0; i < 5; ++i) {
        if (c.channels[i] % c.head_dim != 0) {
            return base::failed("the channels of stage " + std::to_string(i + 1) +
                                    " must be a multiple of decoder_head_dim",
                                where);
        }
        if (i < 4 && c.channels[i + 1] * c.reductions[i] != c.channels[i]) {
            return base::failed("the upsampling after stage " + std::to_string(i + 1) +
                                    " does not lead to the next stage's channels",
                                where);
        }
    }
    for (const Triple& s : c.strides) {
        if (s[1] != s[2]) return base::failed("upsampling must be the same in both sides", where);
    }
    return c;
}

int64_t DiffusionDecoderConfig::time_factor() const {
    int64_t f = 1;
    for (const Triple& s : strides) f *= s[0];
    return f;
}

int64_t DiffusionDecoderConfig::space_factor() const {
    int64_t f = patch_size;
    for (const Triple& s : strides) f *= s[1];
    return f;
}

}  // namespace neural::ltx
