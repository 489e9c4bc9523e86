// The video autoencoder of Wan 2.1 or 2.2. Clips are [B,T,H,W,3] with colours in [-1,1]; latents
// are [B,t,h,w,z], normalised as the transformers see them. T = 1 + factor (t - 1); the sides are
// multiples of space_factor().
//
// VaeEncoder and VaeDecoder stream: what they keep is a few frames per convolution, whatever the
// length of the clip. A Vae is constant and can serve several streams of one thread.
#pragma once

#include "neural/wan/vae/config.h"
#include "neural/wan/vae/stream.h"
#include "neural/weights/loader.h"

namespace neural::wan {

class Vae {
public:
    // Which half is loaded; the other is neither read nor usable.
    enum class Part : uint8_t { Both, Encoder, Decoder };
    static base::Result<Vae> load(const Loader& loader, const VaeConfig& config,
                                  Part part = Part::Both);

    const VaeConfig& config() const { return config_; }
    // Frames of t latents, and latents of T frames (frames beyond the last whole group count none).
    int64_t frames_of(int64_t latents) const;
    int64_t latents_of(int64_t frames) const;

    // The whole clip at once. Frames beyond the last whole group are left out, as the reference
    // does.
    base::Result<tensor::Tensor> encode(const tensor::Tensor& clip,
                                        const base::CancelToken* cancel = nullptr) const;
    // Colours are not clamped: a decoder goes a little beyond [-1,1].
    base::Result<tensor::Tensor> decode(const tensor::Tensor& latents,
                                        const base::CancelToken* cancel = nullptr) const;

private:
    friend class VaeEncoder;
    friend class VaeDecoder;

    VaeConfig config_;
    // Shared, so that streams may outlive the Vae they came from.
    std::shared_ptr<const Path> encoder_, decoder_;
    size_t encoder_places_ = 0, decoder_places_ = 0;
    tensor::Tensor mean_, std_, inverse_std_, shift_;  // [z]
};

// Latents come out as frames go in.
class VaeEncoder {
public:
    explicit VaeEncoder(Vae vae);
    // Any number of frames [B,T,H,W,3], the same size each time; `sink` gets latents as they are
    // ready. After an error the stream is of no use.
    base::Status push(const tensor::Tensor& clip, const Sink& sink,
                      const base::CancelToken* cancel = nullptr);

private:
    Vae vae_;
    Stream stream_;
    tensor::Shape frame_;  // of the first piece
};

// Frames come out as latents go in: the first latent gives one frame, each further one
// time_factor().
class VaeDecoder {
public:
    explicit VaeDecoder(Vae vae);
    base::Status push(const tensor::Tensor& latents, const Sink& sink,
                      const base::CancelToken* cancel = nullptr);

private:
    Vae vae_;
    Stream stream_;
    tensor::Shape frame_;
};

}  // namespace neural::wan
