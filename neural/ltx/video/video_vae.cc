#include "neural/ltx/video/video_vae.h"

#include "neural/ltx/video/patches.h"
#include "tensor/ops/arithmetic.h"

namespace neural::ltx {

using tensor::PadMode;
using tensor::Shape;
using tensor::Tensor;

namespace {

using Kind = VideoBlock::Kind;

// Pixels of one encoder piece: bounds the encoder's activations.
constexpr int64_t kEncodePixels = 8 << 20;
// Frames times pixels that one push of decode() makes at most, but at least one latent.
constexpr int64_t kDecodePixels = 4 << 20;

std::array<int64_t, 3> stride_of(Kind kind) {
    const int64_t time = kind == Kind::Space ? 1 : 2, space = kind == Kind::Time ? 1 : 2;
    return {time, space, space};
}

FrameNet build_encoder(const Loader& loader, const VideoVaeConfig& c) {
    FrameNet net;
    const FrameLayerSetting setting{FrameConv::Time::Causal, c.encoder_padding};
    int64_t width = c.encoder_base;
    net.add(conv_layer(loader, "conv_in", c.in_channels * c.patch_size * c.patch_size, width, false,
                       setting));
    for (size_t i = 0; i < c.encoder_blocks.size(); ++i) {
        const VideoBlock& b = c.encoder_blocks[i];
        const Loader at = loader.at("down_blocks", static_cast<int64_t>(i));
        if (b.kind == Kind::Res) {
            for (int64_t j = 0; j < b.layers; ++j) {
                net.add(res_layer(at.at("res_blocks", j), width, setting));
            }
        } else {
            net.add(
                space_to_depth_layer(at, width, width * b.multiplier, stride_of(b.kind), setting));
            width *= b.multiplier;
        }
    }
    const int64_t extra = c.log_variance == VideoVaeConfig::LogVariance::Uniform ? 1
                          : c.log_variance == VideoVaeConfig::LogVariance::PerChannel
                              ? c.latent_channels
                              : 0;
    net.add(conv_layer(loader, "conv_out", width, c.latent_channels + extra, true, setting));
    return net;
}

FrameNet build_decoder(const Loader& loader, const VideoVaeConfig& c) {
    FrameNet net;
    const FrameLayerSetting setting{
        c.causal_decoder ? FrameConv::Time::Causal : FrameConv::Time::Centred, c.decoder_padding};
    int64_t width = c.decoder_base;
    for (const VideoBlock& b : c.decoder_blocks) {
        if (b.kind != Kind::Res) width *= b.multiplier;
    }
    net.add(conv_layer(loader, "conv_in", c.latent_channels, width, false, setting));
    for (size_t i = 0; i < c.decoder_blocks.size(); ++i) {
        const VideoBlock& b = c.decoder_blocks[c.decoder_blocks.size() - 1 - i];
        const Loader at = loader.at("up_blocks", static_cast<int64_t>(i));
        if (b.kind == Kind::Res) {
            for (int64_t j = 0; j < b.layers; ++j) {
                net.add(res_layer(at.at("res_blocks", j), width, setting));
            }
        } else {
            net.add(depth_to_space_layer(at, width, width / b.multiplier, stride_of(b.kind),
                                         b.residual, setting));
            width /= b.multiplier;
        }
    }
    net.add(conv_layer(loader, "conv_out", width, c.out_channels * c.patch_size * c.patch_size,
                       true, setting));
    return net;
}

}  // namespace

base::Result<VideoVae> VideoVae::load(const Loader& loader, const VideoVaeConfig& config,
                                      VideoVaeParts parts) {
    VideoVae vae;
    vae.config_ = config;
    if (parts != VideoVaeParts::Decoder) vae.encoder_ = build_encoder(loader.at("encoder"), config);
    if (parts != VideoVaeParts::Encoder) vae.decoder_ = build_decoder(loader.at("decoder"), config);
    const Loader statistics = loader.at("per_channel_statistics");
    vae.mean_ = statistics.vector("mean-of-means", {config.latent_channels});
    vae.std_ = statistics.vector("std-of-means", {config.latent_channels});
    TRY(loader.finish());
    return vae;
}

Tensor VideoVae::unnormalise(const Tensor& latent) const {
    return tensor::affine(latent, std_, mean_);
}

Tensor VideoVae::normalise(const Tensor& latent) const {
    Tensor s(std_.shape()), t(std_.shape());
    for (int64_t i = 0; i < std_.elements(); ++i) {
        s.f32()[i] = 1.0f / std_.f32()[i];
        t.f32()[i] = -mean_.f32()[i] / std_.f32()[i];
    }
    return tensor::affine(latent, s, t);
}

VideoDecodeStream::VideoDecodeStream(const VideoVae& vae) : vae_(&vae), stream_(vae.decoder_) {}

VideoDecodeStream VideoVae::decode_stream() const { return VideoDecodeStream(*this); }

base::Result<Tensor> VideoDecodeStream::push(const Tensor& latents,
                                             const base::CancelToken* cancel) {
    return run(latents, false, cancel);
}
base::Result<Tensor> VideoDecodeStream::finish(const base::CancelToken* cancel) {
    return run({}, true, cancel);
}

base::Result<Tensor> VideoDecodeStream::run(const Tensor& latents, bool last,
                                            const base::CancelToken* cancel) {
    const VideoVaeConfig& c = vae_->config();
    if (vae_->decoder_.empty()) return base::failed("the video VAE was loaded without its decoder");
    if (done_) return base::failed("the decoding of this clip has ended");
    Tensor z;
    if (latents.defined()) {
        const Shape& s = latents.shape();
        if (s.rank() != 5 || s[4] != c.latent_channels || s.elements() < 1) {
            return base::usage_error("video latents must be [B,T,H,W," +
                                     std::to_string(c.latent_channels) + "], not " + s.text());
        }
        if (c.decoder_padding == PadMode::Reflect && (s[2] < 2 || s[3] < 2)) {
            const std::string least = std::to_string(2 * c.space_factor());
            return base::usage_error("this video VAE needs pictures of at least " + least + "x" +
                                     least + " pixels");
        }
        if (shape_.rank() == 0) shape_ = s;
        if (s[0] != shape_[0] || s[2] != shape_[2] || s[3] != shape_[3]) {
            return base::usage_error("latents of one clip must have one size, not " +
                                     shape_.text() + " and " + s.text());
        }
        z = vae_->unnormalise(latents);
    }
    if (shape_.rank() == 0) return base::usage_error("a clip needs at least one latent frame");
    done_ = last;
    const Frames y = TRY(stream_.push(z, last, cancel));
    if (!y.defined()) {
        return Tensor(Shape{shape_[0], 0, shape_[2] * c.space_factor(),
                            shape_[3] * c.space_factor(), c.out_channels});
    }
    return unpatchify(y, c.patch_size);
}

base::Result<Tensor> VideoVae::decode(const Tensor& latent, const base::CancelToken* cancel) const {
    VideoDecodeStream stream = decode_stream();
    if (latent.rank() != 5 || latent.elements() < 1) {
        return base::usage_error("video latents must be [B,T,H,W,C], not " + latent.shape().text());
    }
    const int64_t space = config_.space_factor(), time = config_.time_factor();
    const int64_t each = latent.dim(0) * latent.dim(2) * latent.dim(3) * space * space * time;
    const int64_t piece = std::max<int64_t>(1, kDecodePixels / each);
    std::vector<Tensor> frames;
    for (int64_t t = 0; t < latent.dim(1); t += piece) {
        const Tensor part = frame_range(latent, t, std::min(t + piece, latent.dim(1)));
        frames.push_back(TRY(stream.run(part, t + piece >= latent.dim(1), cancel)));
    }
    return frames.size() == 1 ? frames[0] : tensor::concat(frames, 1);
}

base::Result<VideoVae::Moments> VideoVae::moments(const Shape& s, const Supply& frames,
                                                  const base::CancelToken* cancel) const {
    if (encoder_.empty()) return base::failed("the video VAE was loaded without its encoder");
    const int64_t space = config_.space_factor(), time = config_.time_factor();
    if (s.rank() != 5 || s[4] != config_.in_channels || s.elements() < 1) {
        return base::usage_error("frames must be [B,F,H,W," + std::to_string(config_.in_channels) +
                                 "], not " + s.text());
    }
    if ((s[1] - 1) % time != 0 || s[2] % space != 0 || s[3] % space != 0) {
        return base::usage_error("this video VAE takes " + std::to_string(time) +
                                 "k+1 frames with sides in multiples of " + std::to_string(space) +
                                 " pixels, not " + s.text());
    }
    if (config_.encoder_padding == PadMode::Reflect && (s[2] < 2 * space || s[3] < 2 * space)) {
        return base::usage_error("this video VAE needs pictures of at least " +
                                 std::to_string(2 * space) + " pixels a side");
    }
    FrameNet::Stream stream(encoder_);
    const int64_t piece = std::max<int64_t>(time, kEncodePixels / (s[0] * s[2] * s[3]));
    Frames moments;
    for (int64_t t = 0; t < s[1]; t += piece) {
        const int64_t end = std::min(t + piece, s[1]);
        const Tensor part = patchify(TRY(frames(t, end)), config_.patch_size);
        moments = join(moments, TRY(stream.push(part, end == s[1], cancel)));
    }
    Moments m;
    m.mean = tensor::slice(moments, 4, 0, config_.latent_channels);
    if (config_.log_variance != VideoVaeConfig::LogVariance::None)
        m.log_variance = tensor::slice(moments, 4, config_.latent_channels, moments.dim(4));
    return m;
}

base::Result<VideoVae::Moments> VideoVae::encode_moments(const Tensor& frames,
                                                         const base::CancelToken* cancel) const {
    return moments(
        frames.shape(),
        [&](int64_t begin, int64_t end) -> base::Result<Tensor> {
            return frame_range(frames, begin, end);
        },
        cancel);
}

base::Result<Tensor> VideoVae::encode(const Tensor& frames, const base::CancelToken* cancel) const {
    return normalise(TRY(encode_moments(frames, cancel)).mean);
}

base::Result<Tensor> VideoVae::encode(const Shape& shape, const Supply& frames,
                                      const base::CancelToken* cancel) const {
    return normalise(TRY(moments(shape, frames, cancel)).mean);
}

}  // namespace neural::ltx
