// Hidden states of the language model as one vector a token and stream: normalised, laid side by
// side (width-major, state-minor) and projected.
#pragma once

#include <span>
#include <vector>

#include "neural/ltx/text/config.h"
#include "neural/weights/loader.h"

namespace neural::ltx {

// The prompt's tokens moved to the front, in order; what is behind `valid[b]` is zero.
struct TextFeatures {
    tensor::Tensor video, audio;  // [B,L,width of the connector]; the same tensor in 2.0
    std::vector<int64_t> valid;   // tokens of sample b
};

class FeatureExtractor {
public:
    // text_embedding_projection.*, below the loader's prefix. Published files keep it outside or
    // inside "model.diffusion_model."; feature_loader() finds out.
    static base::Result<FeatureExtractor> load(const Loader& at, const TextConfig& config);

    // hidden: config.hidden_states tensors [B,L,hidden_width], the embedding's first; mask i32
    // [B,L], 1 where the prompt is (padding is on the left). Errors: shapes, a mask without a 1.
    base::Result<TextFeatures> operator()(std::span<const tensor::Tensor> hidden,
                                          const tensor::Tensor& mask) const;

private:
    TextConfig config_;
    tensor::Linear video_, audio_;  // audio_ undefined in 2.0
};

Loader feature_loader(std::shared_ptr<const TensorSource> source);

}  // namespace neural::ltx
