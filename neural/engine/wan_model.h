// Wan as a Model: text, noise, denoising, decoding of one clip; films by segments.h.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "neural/engine/model.h"
#include "neural/wan/pipeline/pipeline.h"

namespace neural {

struct WanParts {
    std::string id;
    std::string files;  // files_identity() of what it was opened from; "" = made here
    std::vector<std::string> weights;  // those files, to name a damaged tensor
    wan::ModelDefaults defaults;
    wan::Models models;
    // The text model's hidden states [L, text_dim] of a prompt; its memory may be gone afterwards.
    std::function<base::Result<tensor::Tensor>(const std::string& prompt,
                                               const base::CancelToken* cancel)>
        read;
    // The weights in memory are let go and tensors get their share for what comes now; empty: there
    // is memory for all of it.
    std::function<void()> begin_nets, begin_pictures;
    std::string negative;  // the publishers' negative prompt
};

std::shared_ptr<Model> make_wan_model(WanParts parts);

// Weights made from a seed at first use: every part of the way at a size that takes no time. What
// it makes is coloured noise; it proves that everything around a model works.
base::Result<std::shared_ptr<Model>> open_tiny_wan(const OpenOptions& options);

}  // namespace neural
