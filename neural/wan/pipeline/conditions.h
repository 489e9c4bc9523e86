// How given frames enter the denoising loop.
#pragma once

#include "neural/wan/pipeline/pipeline.h"

namespace neural::wan {

// The latent clip [z,f,h,w] of frames [1,n,H,W,3].
base::Result<tensor::Tensor> encode_start(const Vae& vae, const tensor::Tensor& start,
                                          const base::CancelToken* cancel);

// y of the i2v models, [4 + z, f,h,w]: time_factor channels that are 1 where a frame is given, then
// the latents of the given frames followed by black ones.
base::Result<tensor::Tensor> start_channels(const Vae& vae, const tensor::Tensor& start,
                                            const tensor::Shape& latent,
                                            const base::CancelToken* cancel);

// Writes the frames of `clean` [z,k,h,w] over the first ones of latent [z,f,h,w], k <= f.
void keep_clean(tensor::Tensor& latent, const tensor::Tensor& clean);

}  // namespace neural::wan
