// The diffusion video decoder of LTX 2.5 (specification 2.10): neighbourhood attention over latents
// that are upsampled to a context, then over pixel patches of noise that are denoised under it. The
// prediction is the clean picture itself, so one step at t = 1 is enough.
//
// Latents [B,T,H,W,C] normalised, noise and frames [B,F,Hp,Wp,3] with F = time_factor (T-1) + 1,
// Hp = space_factor H, Wp = space_factor W (see DiffusionDecoderConfig). Const functions may run on
// one thread at a time.
#pragma once

#include <array>
#include <vector>

#include "base/json/json.h"
#include "base/signal/source.h"
#include "neural/weights/loader.h"

namespace neural::ltx {

struct DiffusionDecoderConfig {
    using Triple = std::array<int64_t, 3>;  // time, height, width

    int64_t out_channels = 3, latent_channels = 128, patch_size = 4, head_dim = 64;
    // Four stages of the context net and the denoiser.
    std::vector<int64_t> channels{2048, 1024, 512, 512, 256};
    std::vector<int64_t> depths{4, 6, 4, 2, 8};
    std::vector<Triple> kernels{{3, 7, 7}, {3, 7, 7}, {3, 5, 5}, {3, 5, 5}};
    std::vector<Triple> strides{{1, 2, 2}, {2, 1, 1}, {2, 2, 2}, {2, 2, 2}};
    std::vector<int64_t> reductions{2, 2, 1, 2};
    Triple denoiser_kernel{11, 11, 11};
    int64_t time_embedding = 384;

    // The reference's constructor arguments (decoder_stage_channels, ...); absent keys as released.
    static base::Result<DiffusionDecoderConfig> parse(const base::Json& config,
                                                      const std::string& where);
    int64_t time_factor() const;
    int64_t space_factor() const;
};

// Stages 4 and 5 run per tile (the first three see the whole clip: they are 1/64 of the positions).
// Neighbours overlap and are blended by trapezoids that sum to one. A tile that spans an axis is
// exact along it; else values near the overlap differ a little from the untiled decoder's, whose
// attention reaches 40 patches over eight blocks.
struct DiffusionTiles {
    // Sides and overlaps in pixels and frames; 0: the whole axis. Rounded up to whole positions of
    // stage 4.
    int64_t frames = 0, frame_overlap = 24;
    int64_t side_px = 0, overlap_px = 64;
};

class DiffusionDecoder {
public:
    // `loader` stands before `decoder.` and `per_channel_statistics.`.
    static base::Result<DiffusionDecoder> load(const Loader& loader,
                                               const DiffusionDecoderConfig& config);
    const DiffusionDecoderConfig& config() const { return config_; }

    // The noise that decode() wants for a latent.
    tensor::Shape noise_shape(const tensor::Shape& latent) const;
    base::Result<tensor::Tensor> decode(const tensor::Tensor& latent, const tensor::Tensor& noise,
                                        int64_t steps = 1, const DiffusionTiles& tiles = {},
                                        const base::CancelToken* cancel = nullptr) const;

private:
    struct Attention {
        tensor::Linear qkv, proj;
        tensor::Tensor q_norm, k_norm;
    };
    struct Mlp {
        tensor::Linear gate, up, down;
    };
    struct Block {
        tensor::Tensor norm1, norm2;
        Attention attention;
        Mlp mlp;
        tensor::Linear context;  // of a denoiser block
        tensor::Tensor table;    // [7,C] of a denoiser block
    };
    struct Place;

    static Block load_block(const Loader& loader, const DiffusionDecoderConfig& config,
                            int64_t channels);
    tensor::Tensor attend(const Attention& attention, const tensor::Tensor& x,
                          DiffusionDecoderConfig::Triple kernel, const Place& place) const;
    base::Result<tensor::Tensor> stage(int index, tensor::Tensor x, const Place& place,
                                       const base::CancelToken* cancel) const;
    tensor::Tensor upsample(int index, const tensor::Tensor& x, bool drop_first) const;
    base::Result<tensor::Tensor> denoise(const tensor::Tensor& context, const tensor::Tensor& noise,
                                         int64_t steps, const Place& place,
                                         const base::CancelToken* cancel) const;

    DiffusionDecoderConfig config_;
    tensor::Tensor mean_, std_;
    tensor::Linear conv_in_, conv_in_x_t_, conv_out_, embed_1_, embed_2_, adaln_;
    std::vector<std::vector<Block>> stages_;
    std::vector<tensor::Linear> upsamples_;
    std::vector<Block> denoiser_;
    tensor::Tensor norm_out_;
};

}  // namespace neural::ltx
