// LTX as a Model: text, noise, denoising, decoding of one clip with its sound; films by segments.h.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "neural/engine/model.h"
#include "neural/ltx/pipeline/pipeline.h"
#include "neural/ltx/video/diffusion_decoder.h"

namespace neural {

struct LtxParts {
    std::string id;
    std::string files;  // files_identity() of what it was opened from; "" = made here
    std::vector<std::string> weights;  // those files, to name a damaged tensor
    std::shared_ptr<const ltx::Pipeline> pipeline;
    // What the connectors make of a prompt; the text model's memory may be gone afterwards.
    std::function<base::Result<ltx::TextContext>(const std::string& prompt,
                                                 const base::CancelToken* cancel)>
        read;
    // The weights in memory are let go and tensors get their share for what comes now; empty: there
    // is memory for all of it.
    std::function<void()> begin_reading, begin_denoising, begin_pictures;
    // Seconds of the shot that a prompt describes; empty: the model has no duration head.
    std::function<base::Result<double>(const std::string& prompt, const base::CancelToken* cancel)>
        seconds;
    // The schedule for a wished number of steps, 0 = the model's own.
    std::function<base::Result<ltx::Sampling>(int64_t steps)> sampling;
    std::string negative;
    // Twice the sides: the clip is made at half size, enlarged and denoised three steps more.
    std::shared_ptr<const ltx::LatentUpsampler> upsampler;
    std::shared_ptr<const ltx::DiffusionDecoder> diffusion;  // in place of the pipeline's decoder
    // What a reference looks like to the LoRA that was made for it: by how much smaller than the
    // clip; and why there is none ("" = there is).
    int64_t reference_shrink = 1;
    std::string no_reference;
    double most_seconds = 20;      // of one clip: what the positions were trained for
    int64_t most_tokens = 50'000;  // of one clip, video; a longer clip is cut where this is reached
};

std::shared_ptr<Model> make_ltx_model(LtxParts parts);

// Weights made from a seed at first use, see open_tiny_wan().
base::Result<std::shared_ptr<Model>> open_tiny_ltx(const OpenOptions& options);

}  // namespace neural
