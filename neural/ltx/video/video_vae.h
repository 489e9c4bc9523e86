// The convolutional video VAE of LTX 2.0, 2.3 and 2.5 (specification 2.9; diffusers'
// autoencoder_kl_ltx2.py gave the golden vectors).
//
// Frames are [B,F,H,W,3] in about [-1,1], F = time_factor k + 1, H and W multiples of space_factor;
// latents [B,k+1,H/space_factor,W/space_factor,C], normalised per channel. Released models have
// time_factor 8, space_factor 32, C 128.
//
// Decoding is a stream (VideoDecodeStream); decode() is that stream over a whole clip. The decoder
// looks ahead, so frames come a few latents late. Peak memory: see VideoDecodeStream.
// Const functions may run on one thread at a time (weights are packed at first use).
#pragma once

#include <functional>

#include "base/json/json.h"
#include "neural/ltx/video/frame_layers.h"
#include "neural/ltx/video/tile_blend.h"

namespace neural::ltx {

struct VideoBlock {
    enum class Kind : uint8_t { Res, Space, Time, All };  // All: time and space together
    Kind kind = Kind::Res;
    int64_t layers = 1;      // of a Res block
    int64_t multiplier = 1;  // channels of the coarser side over those of the finer one
    bool residual = false;   // decoder: the moved input is added
};

struct VideoVaeConfig {
    enum class LogVariance : uint8_t { None, Uniform, PerChannel };

    int64_t in_channels = 3, out_channels = 3, latent_channels = 128, patch_size = 4;
    int64_t encoder_base = 128, decoder_base = 128;
    // Both from the pixels' side to the latents' side.
    std::vector<VideoBlock> encoder_blocks, decoder_blocks;
    tensor::PadMode encoder_padding = tensor::PadMode::Zero;
    tensor::PadMode decoder_padding = tensor::PadMode::Zero;
    bool causal_decoder = false;
    LogVariance log_variance = LogVariance::Uniform;

    // The `vae` object of a checkpoint's configuration. What no released file has and this net does
    // not do (timestep conditioning, noise injection, other norms) is an error of kind NotBuilt.
    static base::Result<VideoVaeConfig> parse(const base::Json& config, const std::string& where);
    static VideoVaeConfig released_2_0();
    static VideoVaeConfig released_2_3();  // and 2.5

    int64_t time_factor() const;  // of the decoder
    int64_t space_factor() const;
};

class VideoVae;

// A clip's latents in, frames out, as soon as they are final. The decoder looks ahead by about 14
// latents (2.3 model), most of it in the coarse layers, so a push gives between none and all of the
// frames that were held back, and the first frames come after a small part of the work.
//
// Memory beside the weights, independent of the clip's length: the states, 2 frames of every
// convolution's input and of what waits for a residual sum (2.3 model: 2.4 KiB per pixel of a
// frame), and the activations of one push, about 4 tensors at the finest level (2.3 model: 1 KiB
// per pixel and latent).
class VideoDecodeStream {
public:
    // Latents [B,n,h,w,C], normalised; all pushes have one B, h, w. -> frames [B,m,H,W,3], m >= 0.
    base::Result<tensor::Tensor> push(const tensor::Tensor& latents,
                                      const base::CancelToken* cancel = nullptr);
    // The frames that waited for a successor. The stream is used up.
    base::Result<tensor::Tensor> finish(const base::CancelToken* cancel = nullptr);

private:
    friend class VideoVae;
    explicit VideoDecodeStream(const VideoVae& vae);
    base::Result<tensor::Tensor> run(const tensor::Tensor& latents, bool last,
                                     const base::CancelToken* cancel);

    const VideoVae* vae_;
    FrameNet::Stream stream_;
    tensor::Shape shape_;  // of the first push
    bool done_ = false;
};

// Decodes a picture that is too large in tiles. A tile has a stream of its own, and neighbours are
// blended over their overlap by trapezoids that sum to one, so frames still come in order; the
// activations are those of one tile; the states are those of all tiles. Values within an overlap
// differ from the untiled decoder's, since a tile does not see beyond its edge.
struct VideoTiles {
    int64_t size_px = 768;    // side of a tile; at least overlap + space_factor
    int64_t overlap_px = 64;  // both multiples of space_factor
};

class VideoTileStream {
public:
    base::Result<tensor::Tensor> push(const tensor::Tensor& latents,
                                      const base::CancelToken* cancel = nullptr);
    base::Result<tensor::Tensor> finish(const base::CancelToken* cancel = nullptr);

private:
    friend class VideoVae;
    struct Tile {
        TileSpan row, column;  // in latents
        VideoDecodeStream stream;
    };
    VideoTileStream(const VideoVae& vae, int64_t size, int64_t overlap);
    base::Result<tensor::Tensor> run(const tensor::Tensor& latents, bool last,
                                     const base::CancelToken* cancel);

    const VideoVae* vae_;
    int64_t size_, overlap_;  // in latents
    int64_t height_ = 0, width_ = 0;
    std::vector<Tile> tiles_;
};

enum class VideoVaeParts : uint8_t { Both, Encoder, Decoder };

class VideoVae {
public:
    // `loader` stands at the net's prefix: `vae.`, or none in the files of 2.5.
    static base::Result<VideoVae> load(const Loader& loader, const VideoVaeConfig& config,
                                       VideoVaeParts parts = VideoVaeParts::Both);

    const VideoVaeConfig& config() const { return config_; }

    // Normalised latents -> frames, not clamped.
    base::Result<tensor::Tensor> decode(const tensor::Tensor& latent,
                                        const base::CancelToken* cancel = nullptr) const;
    // The net must outlive the stream.
    VideoDecodeStream decode_stream() const;
    base::Result<VideoTileStream> decode_tiles(const VideoTiles& tiles) const;

    // Frames -> the mean of the latent's distribution, normalised.
    base::Result<tensor::Tensor> encode(const tensor::Tensor& frames,
                                        const base::CancelToken* cancel = nullptr) const;
    // The same for frames that are made as they are asked for, [B,end-begin,H,W,3] in order;
    // `shape` is that of all.
    using Supply = std::function<base::Result<tensor::Tensor>(int64_t begin, int64_t end)>;
    base::Result<tensor::Tensor> encode(const tensor::Shape& shape, const Supply& frames,
                                        const base::CancelToken* cancel = nullptr) const;
    struct Moments {
        tensor::Tensor mean;          // not normalised
        tensor::Tensor log_variance;  // [..,1] Uniform, [..,C] PerChannel, undefined None
    };
    base::Result<Moments> encode_moments(const tensor::Tensor& frames,
                                         const base::CancelToken* cancel = nullptr) const;

    tensor::Tensor normalise(const tensor::Tensor& latent) const;    // (z - mean) / std
    tensor::Tensor unnormalise(const tensor::Tensor& latent) const;  // z std + mean

private:
    friend class VideoDecodeStream;
    base::Result<Moments> moments(const tensor::Shape& shape, const Supply& frames,
                                  const base::CancelToken* cancel) const;

    VideoVaeConfig config_;
    FrameNet encoder_, decoder_;
    tensor::Tensor mean_, std_;
};

}  // namespace neural::ltx
