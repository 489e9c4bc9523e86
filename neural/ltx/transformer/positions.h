// Where tokens lie: intervals [start, end) in seconds, pixel rows and pixel columns.
#pragma once

#include <cstdint>

#include "tensor/core/tensor.h"

namespace neural::ltx {

// Pixels (or frames) per latent of the video autoencoder.
struct VideoScale {
    int64_t time = 8, height = 32, width = 32;
};

struct LatentGrid {
    int64_t frames = 0, height = 0, width = 0;
    int64_t tokens() const { return frames * height * width; }
};

// [1,3,T,2] of a clip's tokens (frame-major, then row, then column). Latent frame 0 covers one
// pixel frame, frame i the eight that end with 8i (the causal rule max(8i + 1 - 8, 0)).
tensor::Tensor video_positions(const LatentGrid& grid, double fps, const VideoScale& scale = {});

// [1,3,T,2] of a condition that begins at pixel frame `frame`: a single picture covers
// [frame, frame + 1), latent frame j of a clip covers [frame + 8j, frame + 8j + 8).
tensor::Tensor condition_positions(const LatentGrid& grid, int64_t frame, bool picture, double fps,
                                   const VideoScale& scale = {});

// [1,1,Ta,2]: latent i begins at second max(4i + 1 - 4, 0) / 100 and ends where i + 1 begins.
tensor::Tensor audio_positions(int64_t tokens);

// Sound latents of a clip, 25 a second, rounded half to even.
int64_t audio_tokens(int64_t frames, double fps);

}  // namespace neural::ltx
