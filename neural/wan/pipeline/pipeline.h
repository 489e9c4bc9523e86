// From text features and noise to a clip: the loops of Wan's text2video, image2video and
// textimage2video. The text encoder runs before (neural/text/umt5.h), so that its memory is free.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "neural/wan/pipeline/models.h"
#include "neural/wan/transformer/transformer.h"
#include "neural/wan/vae/vae.h"

namespace neural::wan {

// Gives a transformer when it is needed. The pipeline holds one at a time and lets go of the first
// when it changes to the second; who wants to keep both holds them too.
using Expert = std::function<base::Result<std::shared_ptr<const Transformer>>()>;

struct Models {
    Expert transformer;   // the only one, or the low-noise expert
    Expert high_noise;    // empty where there is one
    double boundary = 0;  // 0..1, see ModelDefaults
    std::shared_ptr<const Vae> vae;
    std::shared_ptr<const TensorSource> vae_weights;  // what it reads; nullptr: made here
    ImageUse image = ImageUse::None;
};

// A clip after a number of steps: the latent, then what the solver remembers.
struct Denoised {
    int64_t steps = 0;  // 0: nothing is done, no tensors
    std::vector<tensor::Tensor> tensors;
};

struct Request {
    tensor::Tensor context;   // [L, text_dim] of the prompt
    tensor::Tensor negative;  // the same of the negative prompt; undefined: no guidance
    tensor::Tensor noise;     // [z,f,h,w], standard normal; its sides are the clip's
    // Frames to begin with, [1,n,H,W,3] in [-1,1], n = 1 + time_factor k: one picture, or the end
    // of another clip to go on from. Undefined: none.
    tensor::Tensor start;
    int64_t steps = 50;
    double shift = 5;
    double guidance_low = 5;   // of the only model, or of the low-noise expert
    double guidance_high = 5;  // of the high-noise expert
    std::string solver = "unipc";
    Denoised done;  // of the same request: goes on after it and gives the same clip
};

struct Hooks {
    const base::CancelToken* cancel = nullptr;
    std::function<void(int64_t done, int64_t steps)> progress;  // after each step
    // After each step, what Request::done wants. The tensors are not copied.
    std::function<void(const Denoised&)> keep;
    // What each step gave, before clean frames are put back, and whether the high-noise expert
    // made it. For tests and previews.
    std::function<void(int64_t step, const tensor::Tensor& latent, bool high_noise)> trace;
};

// The latent clip [z,f,h,w]. Cancelled where the token says so, looked at before each block.
base::Result<tensor::Tensor> denoise(const Models& models, const Request& request,
                                     const Hooks& hooks = {});

// Frames [1,n,H,W,3] in [-1,1] go to `sink` as they are decoded, latent after latent.
base::Status decode(const Vae& vae, const tensor::Tensor& latent, const Sink& sink,
                    const base::CancelToken* cancel = nullptr);

// The shape of the noise for a clip, or which sizes are possible: frames are 1 + time_factor k,
// width and height multiples of space_factor times the transformer's patch.
base::Result<tensor::Shape> latent_shape(const VaeConfig& vae, const TransformerConfig& transformer,
                                         int64_t frames, int64_t height, int64_t width);

// The decoded clip as a stream of 8-bit pictures; decodes when asked for more. `check` sees the
// frames [1,n,H,W,3] before; its Error ends the stream.
std::unique_ptr<base::FrameSource> decoded_frames(std::shared_ptr<const Vae> vae,
                                                  tensor::Tensor latent, double fps,
                                                  const base::CancelToken* cancel = nullptr,
                                                  Sink check = {});

}  // namespace neural::wan
