#include "neural/ltx/audio/audio_vae.h"

#include <algorithm>

#include "neural/weights/config_values.h"
#include "tensor/ops/activation.h"
#include "tensor/ops/arithmetic.h"
#include "tensor/ops/layout.h"
#include "tensor/ops/norm.h"

namespace neural::ltx {

using base::Json;
using tensor::Conv;
using tensor::ConvGeometry;
using tensor::PadMode;
using tensor::Shape;
using tensor::Tensor;

// Activations are [B,1,T,mel,C]: time is the height of a 2-d convolution.

namespace {

constexpr int kTime = 2, kMel = 3;

Tensor norm_silu(const Tensor& x) {
    Tensor y = tensor::rms_norm(x, 1e-6f);
    tensor::activate_inplace(y, tensor::Activation::Silu);
    return y;
}

// The innermost object that has the key "ch", so that both the bare keys and the training
// configuration around them (model.params.ddconfig) are understood.
const Json* find_keys(const Json& config, int depth = 0) {
    if (!config.is_object()) return nullptr;
    if (config.contains("ch") || config.contains("ch_mult")) return &config;
    for (const auto& [key, value] : config.items()) {
        if (depth > 4) break;
        if (const Json* found = find_keys(value, depth + 1)) return found;
    }
    return nullptr;
}

// [N,C,k,k] without a stride.
ConvGeometry padded(AudioVaeConfig::Causal causal) {
    ConvGeometry g;
    g.pad_front = {0, causal == AudioVaeConfig::Causal::Time ? 2 : 1,
                   causal == AudioVaeConfig::Causal::Mel ? 2 : 1};
    g.pad_back = {0, causal == AudioVaeConfig::Causal::Time ? 0 : 1,
                  causal == AudioVaeConfig::Causal::Mel ? 0 : 1};
    return g;
}

// Stride 2; what is not causal is padded behind.
ConvGeometry halving(AudioVaeConfig::Causal causal) {
    ConvGeometry g;
    g.stride = {1, 2, 2};
    g.pad_front = {0, causal == AudioVaeConfig::Causal::Time ? 2 : 0,
                   causal == AudioVaeConfig::Causal::Mel ? 2 : 0};
    g.pad_back = {0, causal == AudioVaeConfig::Causal::Time ? 0 : 1,
                  causal == AudioVaeConfig::Causal::Mel ? 0 : 1};
    return g;
}

}  // namespace

base::Result<AudioVaeConfig> AudioVaeConfig::parse(const Json& config, const std::string& where) {
    const Json* found = find_keys(config);
    const Json& keys = found ? *found : config;
    ConfigValues values(keys, where);
    AudioVaeConfig c;
    c.base = values.integer("ch", 128, 1, 1024);
    c.multipliers = values.integers("ch_mult", {1, 2, 4}, 1, 16);
    c.res_blocks = values.integer("num_res_blocks", 2, 1, 16);
    c.in_channels = values.integer("in_channels", 2, 1, 16);
    c.out_channels = values.integer("out_ch", 2, 1, 16);
    c.latent_channels = values.integer("z_channels", 8, 1, 256);
    c.double_z = values.boolean("double_z", true);
    c.mel_bins = values.integer("mel_bins", 64, 1, 1024);
    if (c.multipliers.size() > 8) {
        values.problem("ch_mult must have at most 8 levels");
    } else if (c.mel_bins % (int64_t{1} << (c.multipliers.size() - 1)) != 0) {
        values.problem("mel_bins must be a multiple of what the levels of ch_mult halve it by");
    }
    if (const std::string norm = values.text("norm_type", "pixel"); norm != "pixel")
        values.problem("norm_type is " + norm + ", which this net does not do");
    if (values.boolean("mid_block_add_attention", false) ||
        (values.has("attn_resolutions") &&
         !(keys["attn_resolutions"].is_array() && keys["attn_resolutions"].empty()))) {
        values.problem("attention in the audio VAE: no released file has it, nor this net");
    }
    const std::string axis = values.text("causality_axis", "height");
    if (axis == "height") {
        c.causal = Causal::Time;
    } else if (axis == "width") {
        c.causal = Causal::Mel;
    } else if (axis == "none") {
        c.causal = Causal::None;
    } else {
        values.problem("causality_axis is " + axis + "; known are height, width, none");
    }
    if (c.base * *std::max_element(c.multipliers.begin(), c.multipliers.end()) > 16384)
        values.problem("ch and ch_mult lead to more than 16384 channels");
    TRY(values.status());
    return c;
}

base::Result<AudioVae> AudioVae::load(const Loader& loader, const AudioVaeConfig& c) {
    AudioVae vae;
    vae.config_ = c;
    const ConvGeometry same = padded(c.causal);
    const auto conv3 = [&](const Loader& at, std::string_view name, int64_t in, int64_t out) {
        return at.at(name).conv("conv", in, out, {3, 3}, same);
    };
    const auto res = [&](const Loader& at, int64_t in, int64_t out) {
        Res r;
        r.conv1 = conv3(at, "conv1", in, out);
        r.conv2 = conv3(at, "conv2", out, out);
        if (in != out) r.shortcut = at.at("nin_shortcut").conv("conv", in, out, {1, 1});
        return r;
    };
    const auto levels = static_cast<int64_t>(c.multipliers.size());
    const auto width = [&](int64_t level) {
        return c.base * c.multipliers[static_cast<size_t>(level)];
    };

    const Loader encoder = loader.at("encoder");
    vae.encoder_in_ = conv3(encoder, "conv_in", c.in_channels, c.base);
    int64_t in = c.base;
    for (int64_t l = 0; l < levels; ++l) {
        const Loader at = encoder.at("down", l);
        Level level;
        for (int64_t b = 0; b < c.res_blocks; ++b) {
            level.blocks.push_back(res(at.at("block", b), in, width(l)));
            in = width(l);
        }
        if (l + 1 < levels)
            level.resample = at.at("downsample").conv("conv", in, in, {3, 3}, halving(c.causal));
        vae.down_.push_back(std::move(level));
    }
    vae.encoder_middle_ = {res(encoder.at("mid.block_1"), in, in),
                           res(encoder.at("mid.block_2"), in, in)};
    vae.encoder_out_ =
        conv3(encoder, "conv_out", in, c.double_z ? 2 * c.latent_channels : c.latent_channels);

    const Loader decoder = loader.at("decoder");
    in = width(levels - 1);
    vae.decoder_in_ = conv3(decoder, "conv_in", c.latent_channels, in);
    vae.decoder_middle_ = {res(decoder.at("mid.block_1"), in, in),
                           res(decoder.at("mid.block_2"), in, in)};
    vae.up_.resize(static_cast<size_t>(levels));
    for (int64_t l = levels - 1; l >= 0; --l) {
        const Loader at = decoder.at("up", l);
        Level& level = vae.up_[static_cast<size_t>(l)];
        for (int64_t b = 0; b <= c.res_blocks; ++b) {
            level.blocks.push_back(res(at.at("block", b), in, width(l)));
            in = width(l);
        }
        if (l > 0) level.resample = conv3(at.at("upsample"), "conv", in, in);
    }
    vae.decoder_out_ = conv3(decoder, "conv_out", in, c.out_channels);

    const Loader statistics = loader.at("per_channel_statistics");
    vae.mean_ = statistics.vector("mean-of-means", {c.token_width()});
    vae.std_ = statistics.vector("std-of-means", {c.token_width()});
    TRY(loader.finish());
    return vae;
}

Tensor AudioVae::unnormalise(const Tensor& tokens) const {
    return tensor::affine(tokens, std_, mean_);
}

Tensor AudioVae::normalise(const Tensor& tokens) const {
    Tensor s(std_.shape()), t(std_.shape());
    for (int64_t i = 0; i < std_.elements(); ++i) {
        s.f32()[i] = 1.0f / std_.f32()[i];
        t.f32()[i] = -mean_.f32()[i] / std_.f32()[i];
    }
    return tensor::affine(tokens, s, t);
}

Tensor AudioVae::residual(const Res& block, const Tensor& x) const {
    Tensor y = block.conv2(norm_silu(block.conv1(norm_silu(x))));
    tensor::add_inplace(y, block.shortcut.defined() ? block.shortcut(x) : x);
    return y;
}

base::Result<Tensor> AudioVae::decode(const Tensor& tokens) const {
    const int64_t bins = config_.latent_bins(), channels = config_.latent_channels;
    if (tokens.rank() != 3 || tokens.dim(2) != config_.token_width() || tokens.elements() < 1) {
        return base::usage_error("audio tokens must be [B,T," +
                                 std::to_string(config_.token_width()) + "], not " +
                                 tokens.shape().text());
    }
    const int64_t B = tokens.dim(0), T = tokens.dim(1);
    // [B,T,(c f)] -> [B,1,T,f,c]
    Tensor x = tensor::permute(unnormalise(tokens).reshape({B, T, channels, bins}), {0, 1, 3, 2})
                   .reshape({B, 1, T, bins, channels});
    x = decoder_in_(x);
    for (const Res& r : decoder_middle_) x = residual(r, x);
    for (size_t l = up_.size(); l-- > 0;) {
        for (const Res& r : up_[l].blocks) x = residual(r, x);
        if (l == 0) break;
        x = up_[l].resample(tensor::repeat(tensor::repeat(x, kTime, 2), kMel, 2));
        // Causal: the first of the two rows stands for time before the clip.
        if (config_.causal == AudioVaeConfig::Causal::Time)
            x = tensor::slice(x, kTime, 1, x.dim(kTime));
        if (config_.causal == AudioVaeConfig::Causal::Mel)
            x = tensor::slice(x, kMel, 1, x.dim(kMel));
    }
    x = decoder_out_(norm_silu(x));
    for (const auto& [axis, size] :
         {std::pair<int, int64_t>{kTime, config_.mel_frames(T)}, {kMel, config_.mel_bins}}) {
        if (x.dim(axis) > size) x = tensor::slice(x, axis, 0, size);
        x = tensor::pad(x, axis, 0, size - x.dim(axis), PadMode::Zero);
    }
    return tensor::permute(x.reshape({B, x.dim(2), x.dim(3), x.dim(4)}), {0, 3, 1, 2});
}

base::Result<Tensor> AudioVae::encode_mean(const Tensor& mel) const {
    if (mel.rank() != 4 || mel.dim(1) != config_.in_channels || mel.dim(3) != config_.mel_bins ||
        mel.elements() < 1) {
        return base::usage_error("a log-mel spectrogram must be [B," +
                                 std::to_string(config_.in_channels) + ",T," +
                                 std::to_string(config_.mel_bins) + "], not " + mel.shape().text());
    }
    const int64_t B = mel.dim(0);
    Tensor x =
        tensor::permute(mel, {0, 2, 3, 1}).reshape({B, 1, mel.dim(2), mel.dim(3), mel.dim(1)});
    x = encoder_in_(x);
    for (const Level& level : down_) {
        for (const Res& r : level.blocks) x = residual(r, x);
        if (!level.resample.defined()) continue;
        // Without causality a single row is too short for the kernel behind it.
        if (config_.causal != AudioVaeConfig::Causal::Time && x.dim(kTime) < 2)
            return base::usage_error("the spectrogram is too short for the audio VAE");
        x = level.resample(x);
    }
    for (const Res& r : encoder_middle_) x = residual(r, x);
    x = encoder_out_(norm_silu(x));
    x = tensor::slice(x, 4, 0, config_.latent_channels);
    return tensor::permute(x.reshape({B, x.dim(2), x.dim(3), x.dim(4)}), {0, 3, 1, 2});
}

base::Result<Tensor> AudioVae::encode(const Tensor& mel) const {
    const Tensor mean = TRY(encode_mean(mel));  // [B,c,T,f]
    if (mean.dim(1) * mean.dim(3) != config_.token_width())
        return base::failed("the audio VAE's levels do not fit its statistics");
    return normalise(tensor::permute(mean, {0, 2, 1, 3})
                         .reshape({mean.dim(0), mean.dim(2), config_.token_width()}));
}

}  // namespace neural::ltx
