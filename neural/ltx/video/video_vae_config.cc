#include <set>

#include "neural/ltx/video/video_vae.h"
#include "neural/weights/config_values.h"

namespace neural::ltx {

using base::Json;
using tensor::PadMode;

namespace {

using Kind = VideoBlock::Kind;

// ["compress_all", {"multiplier": 2, "residual": true}], or ["res_x", 4].
VideoBlock parse_block(const Json& entry, bool encoder, const std::string& at,
                       ConfigValues& values) {
    VideoBlock block;
    if (!entry.is_array() || entry.size() != 2 || !entry[0].is_string()) {
        values.problem(at + " must be [kind, {..}]");
        return block;
    }
    const std::string kind = entry[0].get<std::string>();
    const std::string tail = encoder ? "_res" : "";
    if (kind == "res_x") {
        block.kind = Kind::Res;
    } else if (kind == "compress_space" + tail) {
        block.kind = Kind::Space;
    } else if (kind == "compress_time" + tail) {
        block.kind = Kind::Time;
    } else if (kind == "compress_all" + tail) {
        block.kind = Kind::All;
    } else {
        values.problem(at + " is " + kind + "; known are res_x, compress_space" + tail +
                       ", compress_time" + tail + ", compress_all" + tail);
        return block;
    }
    if (entry[1].is_number_integer()) {
        const int64_t n = entry[1].get<int64_t>();
        if (block.kind == Kind::Res) {
            block.layers = n;
        } else {
            block.multiplier = n;
        }
    } else if (entry[1].is_object()) {
        ConfigValues own(entry[1], at);
        block.layers = own.integer("num_layers", 1, 1, 64);
        block.multiplier = own.integer("multiplier", block.kind == Kind::Res ? 1 : 2, 1, 8);
        block.residual = own.boolean("residual", false);
        if (own.boolean("inject_noise", false)) {
            values.problem(at + " asks for noise injection, which this net does not do");
        }
        if (const auto status = own.status(); !status) values.problem(status.error().text());
    } else {
        values.problem(at + " must be [kind, {..}]");
    }
    if (block.layers < 1 || block.layers > 64 || block.multiplier < 1 || block.multiplier > 8) {
        values.problem(at + " must have 1 to 64 layers and a multiplier from 1 to 8");
        block = {};
    }
    return block;
}

std::vector<VideoBlock> parse_blocks(const Json& config, const std::string& key, bool encoder,
                                     std::vector<VideoBlock> missing, ConfigValues& values) {
    if (!values.has(key)) return missing;
    const Json& list = config[key];
    if (!list.is_array() || list.empty() || list.size() > 32) {
        values.problem(key + " must be a list of 1 to 32 blocks");
        return missing;
    }
    std::vector<VideoBlock> blocks;
    for (size_t i = 0; i < list.size(); ++i) {
        blocks.push_back(
            parse_block(list[i], encoder, key + "[" + std::to_string(i) + "]", values));
    }
    return blocks;
}

PadMode parse_padding(const std::string& key, ConfigValues& values) {
    const std::string text = values.text(key, "zeros");
    if (text == "zeros") return PadMode::Zero;
    if (text == "reflect") return PadMode::Reflect;
    if (text == "replicate") return PadMode::Replicate;
    values.problem(key + " is " + text + "; known are zeros, reflect, replicate");
    return PadMode::Zero;
}

int64_t factor(const std::vector<VideoBlock>& blocks, bool time) {
    int64_t f = 1;
    for (const VideoBlock& b : blocks) {
        if (b.kind == Kind::All || b.kind == (time ? Kind::Time : Kind::Space)) f *= 2;
    }
    return f;
}

int64_t widest(int64_t base, const std::vector<VideoBlock>& blocks) {
    for (const VideoBlock& b : blocks) base = std::min<int64_t>(1 << 20, base * b.multiplier);
    return base;
}

}  // namespace

base::Result<VideoVaeConfig> VideoVaeConfig::parse(const Json& config, const std::string& where) {
    ConfigValues values(config, where);
    VideoVaeConfig c = released_2_3();
    c.in_channels = values.integer("in_channels", 3, 1, 16);
    c.out_channels = values.integer("out_channels", 3, 1, 16);
    c.latent_channels = values.integer("latent_channels", 128, 1, 1024);
    c.patch_size = values.integer("patch_size", 4, 1, 16);
    const int64_t base = values.integer("base_channels", 128, 1, 1024);
    c.encoder_base = values.integer("encoder_base_channels", base, 1, 1024);
    c.decoder_base = values.integer("decoder_base_channels", base, 1, 1024);
    c.encoder_blocks = parse_blocks(config, "encoder_blocks", true, c.encoder_blocks, values);
    c.decoder_blocks = parse_blocks(config, "decoder_blocks", false, c.decoder_blocks, values);
    c.encoder_padding = parse_padding("encoder_spatial_padding_mode", values);
    c.decoder_padding = parse_padding("decoder_spatial_padding_mode", values);
    c.causal_decoder = values.boolean("causal_decoder", false);
    if (values.integer("dims", 3, 1, 3) != 3) values.problem("dims must be 3");
    if (const std::string norm = values.text("norm_layer", "pixel_norm"); norm != "pixel_norm") {
        values.problem("norm_layer is " + norm + ", which this net does not do");
    }
    if (values.boolean("timestep_conditioning", false)) {
        values.problem(
            "timestep_conditioning is true; this net decodes without a timestep, as every "
            "released LTX-2 file does");
    }
    const std::string variance = values.text("latent_log_var", "uniform");
    if (variance == "uniform") {
        c.log_variance = LogVariance::Uniform;
    } else if (variance == "per_channel") {
        c.log_variance = LogVariance::PerChannel;
    } else if (variance == "none") {
        c.log_variance = LogVariance::None;
    } else {
        values.problem("latent_log_var is " + variance + "; known are uniform, per_channel, none");
    }
    if (factor(c.encoder_blocks, true) != factor(c.decoder_blocks, true) ||
        factor(c.encoder_blocks, false) != factor(c.decoder_blocks, false)) {
        values.problem("encoder_blocks and decoder_blocks compress by different factors");
    }
    if (c.space_factor() > 256 || c.time_factor() > 64) {
        values.problem(
            "the blocks compress more than this net can hold (256 in space, 64 in time)");
    }
    if (std::max(widest(c.encoder_base, c.encoder_blocks),
                 widest(c.decoder_base, c.decoder_blocks)) > 16384) {
        values.problem("the multipliers lead to more than 16384 channels");
    }
    TRY(values.status());
    return c;
}

VideoVaeConfig VideoVaeConfig::released_2_3() {
    VideoVaeConfig c;
    const auto res = [](int64_t n) { return VideoBlock{.kind = Kind::Res, .layers = n}; };
    const auto move = [](Kind kind, int64_t m) {
        return VideoBlock{.kind = kind, .multiplier = m};
    };
    c.encoder_blocks = {res(4), move(Kind::Space, 2), res(6), move(Kind::Time, 2),
                        res(4), move(Kind::All, 2),   res(2), move(Kind::All, 1),
                        res(2)};
    c.decoder_blocks = {res(4), move(Kind::Space, 2), res(6), move(Kind::Time, 2),
                        res(4), move(Kind::All, 1),   res(2), move(Kind::All, 2),
                        res(2)};
    return c;
}

VideoVaeConfig VideoVaeConfig::released_2_0() {
    VideoVaeConfig c = released_2_3();
    c.encoder_blocks[4].layers = 6;
    c.encoder_blocks[7].multiplier = 2;
    c.decoder_blocks.clear();
    for (int i = 0; i < 4; ++i) {
        c.decoder_blocks.push_back({.kind = Kind::Res, .layers = 5});
        if (i < 3)
            c.decoder_blocks.push_back({.kind = Kind::All, .multiplier = 2, .residual = true});
    }
    c.decoder_padding = PadMode::Reflect;
    return c;
}

int64_t VideoVaeConfig::time_factor() const { return factor(decoder_blocks, true); }
int64_t VideoVaeConfig::space_factor() const { return patch_size * factor(decoder_blocks, false); }

}  // namespace neural::ltx
