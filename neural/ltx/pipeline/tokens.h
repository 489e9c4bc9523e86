// The tokens of one clip as the transformer sees them: what is to be made, what is given, where it
// lies (neural-models notes 2.2, 2.12 "Conditioning").
#pragma once

#include <vector>

#include "base/core/result.h"
#include "neural/ltx/transformer/positions.h"

namespace neural::ltx {

// In pixels. frames = 8k + 1; height and width whole latents.
struct ClipSize {
    int64_t frames = 121, height = 512, width = 768;
    double fps = 24;
};
// Error (Usage) with the nearest size that is possible.
base::Result<LatentGrid> latent_grid(const ClipSize& size, const VideoScale& scale = {});

// Pictures that the clip is to agree with.
struct Condition {
    enum class Kind : uint8_t {
        Frames,     // stand in the clip, from pixel frame `frame` on
        Latents,    // are the clip's own latents from latent frame `frame` on: extension, retake
        Reference,  // stand beside the clip, at its positions: what an IC-LoRA looks at
    };
    tensor::Tensor latent;  // [1,f,h,w,C], normalised; h, w the clip's, but for a Reference
    Kind kind = Kind::Frames;
    int64_t frame = 0;  // 0: replaces the clip's first tokens; else extra tokens are appended
    bool picture =
        false;  // the latent's first frame is one single picture, not the start of a clip
    double strength = 1.0;  // 0..1: how little of it is made anew
    // Of a Reference: how strongly it and the clip see each other, 0..1, and by how much smaller
    // than the clip it is.
    double attention = 1.0;
    double shrink = 1.0;
};

struct ClipTokens {
    LatentGrid grid;
    int64_t appended = 0;      // tokens behind the clip's own, dropped at the end
    tensor::Tensor clean;      // [1,T,C] where mask < 1; undefined: nothing is given
    tensor::Tensor mask;       // [1,T]: 1 is made, 0 is kept; undefined: all made
    tensor::Tensor positions;  // [1,3,T,2]
    tensor::Tensor keyframes;  // [1,T]: 1 where a token stands for a single picture
    tensor::Tensor self_mask;  // [1,T,T], undefined: all see all
    int64_t total() const { return grid.tokens() + appended; }
};

// Errors: a condition of another size, beyond the clip's end, or with a strength beyond 0..1.
base::Result<ClipTokens> clip_tokens(const LatentGrid& grid, int64_t channels, double fps,
                                     const std::vector<Condition>& conditions,
                                     const VideoScale& scale = {});

// x mask + clean (1 - mask), token by token; x itself where nothing is given.
tensor::Tensor keep_given(const tensor::Tensor& x, const tensor::Tensor& clean,
                          const tensor::Tensor& mask);

}  // namespace neural::ltx
