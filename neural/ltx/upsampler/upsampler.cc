#include "neural/ltx/upsampler/upsampler.h"

#include <array>
#include <cmath>

#include "neural/weights/config_values.h"
#include "tensor/ops/activation.h"
#include "tensor/ops/arithmetic.h"
#include "tensor/ops/layout.h"
#include "tensor/ops/norm.h"

namespace neural::ltx {

using base::Json;
using tensor::Activation;
using tensor::Conv;
using tensor::ConvGeometry;
using tensor::Tensor;

namespace {

constexpr int kGroups = 32;
constexpr int64_t kBlurTaps = 5;

// Channels (c p1 p2 p3) to time, height, width.
Tensor shuffle(const Tensor& x, std::array<int64_t, 3> p) {
    const int64_t B = x.dim(0), T = x.dim(1), H = x.dim(2), W = x.dim(3);
    return tensor::permute(x.reshape({B, T, H, W, -1, p[0], p[1], p[2]}), {0, 1, 5, 2, 6, 3, 7, 4})
        .reshape({B, T * p[0], H * p[1], W * p[2], -1});
}

// Frames as a batch: [B,T,H,W,C] -> [B T,1,H,W,C].
Tensor each_frame(const Tensor& x) {
    return x.reshape({x.dim(0) * x.dim(1), 1, x.dim(2), x.dim(3), x.dim(4)});
}

}  // namespace

base::Result<UpsamplerConfig> UpsamplerConfig::parse(const Json& config, const std::string& where) {
    ConfigValues values(config, where);
    UpsamplerConfig c;
    c.latent_channels = values.integer("in_channels", 128, 1, 4096);
    c.middle = values.integer("mid_channels", 1024, 1, 16384);
    c.blocks = values.integer("num_blocks_per_stage", 4, 0, 64);
    c.dims = values.integer("dims", 3, 2, 3);
    c.spatial = values.boolean("spatial_upsample", true);
    c.temporal = values.boolean("temporal_upsample", false);
    c.rational = values.boolean("rational_resampler", false);
    const double scale = values.number("spatial_scale", 2.0, 0.1, 16);
    if (c.middle % kGroups != 0)
        values.problem("mid_channels must be a multiple of " + std::to_string(kGroups));
    if (!c.spatial && !c.temporal) values.problem("the upsampler enlarges neither space nor time");
    if (c.temporal && c.dims == 2) values.problem("temporal_upsample needs dims 3");
    if (c.temporal || !c.spatial) c.rational = false;
    if (c.rational) {
        constexpr struct {
            double scale;
            int64_t grow, shrink;
        } kScales[] = {{0.75, 3, 4}, {1.5, 3, 2}, {2.0, 2, 1}, {4.0, 4, 1}};
        bool known = false;
        for (const auto& s : kScales) {
            if (std::abs(scale - s.scale) > 1e-6) continue;
            c.grow = s.grow;
            c.shrink = s.shrink;
            known = true;
        }
        if (!known) values.problem("spatial_scale must be 0.75, 1.5, 2 or 4");
    } else if (c.spatial && scale != 2.0) {
        values.problem("spatial_scale without rational_resampler must be 2");
    }
    TRY(values.status());
    return c;
}

base::Result<LatentUpsampler> LatentUpsampler::load(const Loader& loader,
                                                    const UpsamplerConfig& c) {
    LatentUpsampler net;
    net.config_ = c;
    const ConvGeometry cube{.pad_front = {1, 1, 1}, .pad_back = {1, 1, 1}};
    const ConvGeometry flat{.pad_front = {0, 1, 1}, .pad_back = {0, 1, 1}};
    const auto conv = [&](const Loader& at, std::string_view name, int64_t in, int64_t out,
                          bool three) {
        return three ? at.conv(name, in, out, {3, 3, 3}, cube)
                     : at.conv(name, in, out, {3, 3}, flat);
    };
    const auto norm = [&](const Loader& at, std::string_view name) {
        return Norm{at.at(name).vector("weight", {c.middle}),
                    at.at(name).vector("bias", {c.middle})};
    };
    const bool three = c.dims == 3;
    net.initial_ = conv(loader, "initial_conv", c.latent_channels, c.middle, three);
    net.initial_norm_ = norm(loader, "initial_norm");
    for (const auto& [name, blocks] :
         {std::pair{"res_blocks", &net.before_}, {"post_upsample_res_blocks", &net.after_}}) {
        for (int64_t i = 0; i < c.blocks; ++i) {
            const Loader at = loader.at(name, i);
            blocks->push_back({conv(at, "conv1", c.middle, c.middle, three),
                               conv(at, "conv2", c.middle, c.middle, three), norm(at, "norm1"),
                               norm(at, "norm2")});
        }
    }
    if (c.rational) {
        const Loader at = loader.at("upsampler");
        net.upsample_ = conv(at, "conv", c.middle, c.grow * c.grow * c.middle, false);
        ConvGeometry blur{.stride = {1, c.shrink, c.shrink},
                          .pad_front = {0, kBlurTaps / 2, kBlurTaps / 2},
                          .pad_back = {0, kBlurTaps / 2, kBlurTaps / 2}};
        net.blur_ = Conv(at.stored("blur_down.kernel", {1, 1, kBlurTaps, kBlurTaps}), {}, blur);
    } else {
        const int64_t more = (c.spatial ? 4 : 1) * (c.temporal ? 2 : 1);
        net.upsample_ = conv(loader.at("upsampler"), "0", c.middle, more * c.middle, c.temporal);
    }
    net.final_ = conv(loader, "final_conv", c.middle, c.latent_channels, three);
    TRY(loader.finish());
    return net;
}

Tensor LatentUpsampler::group_norm(const Norm& norm, const Tensor& x) const {
    if (config_.dims == 3) return tensor::group_norm(x, kGroups, 1e-5f, norm.weight, norm.bias);
    return tensor::group_norm(each_frame(x), kGroups, 1e-5f, norm.weight, norm.bias)
        .reshape(x.shape());
}

Tensor LatentUpsampler::residual(const Res& block, const Tensor& x) const {
    Tensor y = group_norm(block.norm1, block.conv1(x));
    tensor::activate_inplace(y, Activation::Silu);
    y = group_norm(block.norm2, block.conv2(y));
    tensor::add_inplace(y, x);
    tensor::activate_inplace(y, Activation::Silu);
    return y;
}

Tensor LatentUpsampler::grow(const Tensor& x) const {
    const UpsamplerConfig& c = config_;
    if (c.temporal) {
        const int64_t side = c.spatial ? 2 : 1;
        const Tensor y = shuffle(upsample_(x), {2, side, side});
        // The first latent stands for one frame: its double is dropped.
        return tensor::slice(y, 1, 1, y.dim(1));
    }
    const int64_t grow = c.rational ? c.grow : 2;
    Tensor y = shuffle(upsample_(x), {1, grow, grow});
    if (c.rational && c.shrink > 1) {
        // One kernel for all channels: they are the batch of a convolution of one.
        const int64_t B = y.dim(0), T = y.dim(1), H = y.dim(2), W = y.dim(3), C = y.dim(4);
        y = blur_(tensor::permute(y, {0, 1, 4, 2, 3}).reshape({B * T * C, 1, H, W, 1}));
        y = tensor::permute(y.reshape({B, T, C, y.dim(2), y.dim(3)}), {0, 1, 3, 4, 2});
    }
    return y;
}

base::Result<Tensor> LatentUpsampler::forward(const Tensor& latent,
                                              const base::CancelToken* cancel) const {
    if (latent.rank() != 5 || latent.dim(4) != config_.latent_channels || latent.elements() < 1) {
        return base::usage_error("video latents must be [B,T,H,W," +
                                 std::to_string(config_.latent_channels) + "], not " +
                                 latent.shape().text());
    }
    Tensor x = group_norm(initial_norm_, initial_(latent));
    tensor::activate_inplace(x, Activation::Silu);
    for (const Res& r : before_) {
        if (cancel) TRY(cancel->check());
        x = residual(r, x);
    }
    x = grow(x);
    for (const Res& r : after_) {
        if (cancel) TRY(cancel->check());
        x = residual(r, x);
    }
    return final_(x);
}

}  // namespace neural::ltx
