// The diffusion video decoder of LTX 2.5 (specification 2.10): neighbourhood attention over latents
// that are upsampled to a context, then over pixel patches of noise that are denoised under it. The
// prediction is the clean picture itself, so one step at t = 1 is enough.
//
// Latents [B,T,H,W,C] normalised, noise and frames [B,F,Hp,Wp,3] with F = time_factor (T-1) + 1,
// Hp = space_factor H, Wp = space_factor W (see DiffusionDecoderConfig). Const functions may run on
// one thread at a time.
#pragma once

#include <array>
#include <functional>
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
    // Copies of the last latent that are appended, so that no real frame sees the clip's end cut
    // off by the first stages' attention.
    int64_t appended() const { return kernels[0][0] / 2 * 2; }
};

// Stage 4 and the denoiser run per tile; the first three stages see the whole clip, at 1/64 of the
// positions. Neighbours overlap and are blended by trapezoids that sum to one. A tile that spans an
// axis is exact along it; else values near the overlap differ a little from the untiled decoder's,
// whose attention reaches 40 patches over eight blocks.
//
// Memory beside the weights (released model): 40 KiB per patch of a tile (a patch is 4x4 pixels of
// a frame), 2.3 KiB per pixel of a frame and latent for the first stages' result.
struct DiffusionTiles {
    // Sides and overlaps in frames and pixels; 0 for a side: the whole axis. Rounded up to whole
    // positions of stage 4.
    int64_t frames = 0, frame_overlap = 24;
    int64_t side_px = 0, overlap_px = 64;
};

class DiffusionDecoder {
public:
    // `loader` stands before `decoder.` and `per_channel_statistics.`.
    static base::Result<DiffusionDecoder> load(const Loader& loader,
                                               const DiffusionDecoderConfig& config);
    const DiffusionDecoderConfig& config() const { return config_; }

    // The shape of the noise (and of the frames) of a latent: [B,F,Hp,Wp,3].
    tensor::Shape noise_shape(const tensor::Shape& latent) const;

    base::Result<tensor::Tensor> decode(const tensor::Tensor& latent, const tensor::Tensor& noise,
                                        int64_t steps = 1, const DiffusionTiles& tiles = {},
                                        const base::CancelToken* cancel = nullptr) const;

    // Noise of frames [begin, end); asked again for frames in which tiles overlap.
    using Noise = std::function<base::Result<tensor::Tensor>(int64_t begin, int64_t end)>;
    // Frames [B,n,Hp,Wp,3], in order; its error ends the work.
    using Sink = std::function<base::Status(const tensor::Tensor& frames)>;
    base::Status stream(const tensor::Tensor& latent, const Noise& noise, int64_t steps,
                        const DiffusionTiles& tiles, const Sink& sink,
                        const base::CancelToken* cancel = nullptr) const;

    // The first three stages, for comparison: stage 1 with its upsampling; all four with theirs,
    // before the frames of the appended latents are cut off.
    base::Result<tensor::Tensor> context(const tensor::Tensor& latent, int stages) const;

private:
    struct Block {
        tensor::Tensor norm1, norm2, q_norm, k_norm;
        tensor::Linear q, k, v, proj, gate, up, down;
        // Of a denoiser block:
        tensor::Linear context;
        tensor::Tensor table;                                   // [7,C]
        tensor::Tensor gate_attention, gate_mlp, gate_context;  // [1,C], in files that have them
    };
    struct Grid;

    static Block load_block(const Loader& loader, const DiffusionDecoderConfig& config,
                            int64_t channels, bool denoiser);
    void attend(const Block& block, tensor::Tensor& x, DiffusionDecoderConfig::Triple kernel,
                const Grid& grid, const tensor::Tensor& modulation) const;
    void feed_forward(const Block& block, tensor::Tensor& x,
                      const tensor::Tensor& modulation) const;
    base::Result<tensor::Tensor> stage(size_t index, tensor::Tensor x,
                                       DiffusionDecoderConfig::Triple origin,
                                       const base::CancelToken* cancel) const;
    tensor::Tensor upsample(size_t index, const tensor::Tensor& x, bool begins) const;
    tensor::Tensor tokens(const tensor::Tensor& latent) const;
    base::Result<tensor::Tensor> denoise(const tensor::Tensor& context, tensor::Tensor x,
                                         int64_t steps, DiffusionDecoderConfig::Triple origin,
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
