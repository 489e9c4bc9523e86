#include "neural/ltx/transformer/positions.h"

#include <algorithm>
#include <cmath>

namespace neural::ltx {

using tensor::Tensor;

namespace {

// 16 kHz samples, a hop of 160, four mel frames a latent.
constexpr double kSampleRate = 16000, kHop = 160;
constexpr int64_t kMelPerLatent = 4;

// `time(frame)` gives the interval in pixel frames.
template <typename Time>
Tensor grid_positions(const LatentGrid& grid, double fps, const VideoScale& scale, Time time) {
    Tensor p({1, 3, grid.tokens(), 2});
    float* out = p.f32();
    const int64_t T = grid.tokens();
    for (int64_t t = 0; t < T; ++t) {
        const int64_t w = t % grid.width, h = t / grid.width % grid.height,
                      f = t / (grid.width * grid.height);
        const auto [start, end] = time(f);
        // Divided in float, as the codes' angles were trained.
        out[2 * t] = static_cast<float>(start) / static_cast<float>(fps);
        out[2 * t + 1] = static_cast<float>(end) / static_cast<float>(fps);
        out[2 * (T + t)] = static_cast<float>(h * scale.height);
        out[2 * (T + t) + 1] = static_cast<float>((h + 1) * scale.height);
        out[2 * (2 * T + t)] = static_cast<float>(w * scale.width);
        out[2 * (2 * T + t) + 1] = static_cast<float>((w + 1) * scale.width);
    }
    return p;
}

}  // namespace

Tensor video_positions(const LatentGrid& grid, double fps, const VideoScale& scale) {
    return grid_positions(grid, fps, scale, [&](int64_t f) {
        const auto causal = [&](int64_t at) {
            return std::max<int64_t>(at * scale.time + 1 - scale.time, 0);
        };
        return std::pair{causal(f), causal(f + 1)};
    });
}

Tensor condition_positions(const LatentGrid& grid, int64_t frame, bool picture, double fps,
                           const VideoScale& scale) {
    return grid_positions(grid, fps, scale, [&](int64_t f) {
        const int64_t start = frame + f * scale.time;
        return std::pair{start, picture ? start + 1 : start + scale.time};
    });
}

Tensor audio_positions(int64_t tokens) {
    Tensor p({1, 1, tokens, 2});
    const auto second = [](int64_t i) {
        const int64_t mel = std::max<int64_t>(kMelPerLatent * i + 1 - kMelPerLatent, 0);
        return static_cast<float>(mel) * static_cast<float>(kHop) / static_cast<float>(kSampleRate);
    };
    for (int64_t i = 0; i < tokens; ++i) {
        p.f32()[2 * i] = second(i);
        p.f32()[2 * i + 1] = second(i + 1);
    }
    return p;
}

int64_t audio_tokens(int64_t frames, double fps) {
    const double latents_per_second = kSampleRate / kHop / kMelPerLatent;
    return std::llrint(static_cast<double>(frames) / fps * latents_per_second);
}

}  // namespace neural::ltx
