#include "neural/ltx/pipeline/tokens.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <string>

#include "tensor/ops/layout.h"

namespace neural::ltx {

using tensor::Tensor;

base::Result<LatentGrid> latent_grid(const ClipSize& size, const VideoScale& scale) {
    // Beyond any model, and small enough that no product of sizes overflows.
    constexpr int64_t kMost = 1 << 20;
    if (size.frames < 1 || size.height < 1 || size.width < 1 || size.frames > kMost ||
        size.height > kMost || size.width > kMost || !(size.fps > 0 && size.fps <= 1000)) {
        return base::usage_error("a clip of " + std::to_string(size.frames) + " frames of " +
                                 std::to_string(size.width) + "x" + std::to_string(size.height) +
                                 " at " + std::to_string(size.fps) + " fps cannot be");
    }
    if ((size.frames - 1) % scale.time != 0) {
        const int64_t below = (size.frames - 1) / scale.time * scale.time + 1;
        return base::usage_error("frames must be " + std::to_string(scale.time) +
                                 "k + 1; nearest to " + std::to_string(size.frames) + " are " +
                                 std::to_string(below) + " and " +
                                 std::to_string(below + scale.time));
    }
    const auto round = [](int64_t size_px, int64_t step) {
        return std::max(step, (size_px + step / 2) / step * step);
    };
    if (size.height % scale.height != 0 || size.width % scale.width != 0) {
        return base::usage_error("width and height must be multiples of " +
                                 std::to_string(scale.width) + " and " +
                                 std::to_string(scale.height) + "; nearest is " +
                                 std::to_string(round(size.width, scale.width)) + "x" +
                                 std::to_string(round(size.height, scale.height)));
    }
    return LatentGrid{(size.frames - 1) / scale.time + 1, size.height / scale.height,
                      size.width / scale.width};
}

namespace {

base::Status check(const Condition& c, const LatentGrid& grid, int64_t channels,
                   const VideoScale& scale) {
    const tensor::Shape& s = c.latent.shape();
    if (!c.latent.defined() || s.rank() != 5 || s[0] != 1 || s[1] < 1 || s[4] != channels)
        return base::failed("a condition's latent is " + s.text() + ", must be [1,f,h,w," +
                            std::to_string(channels) + "]");
    if (!(c.strength >= 0 && c.strength <= 1) || !(c.attention >= 0 && c.attention <= 1))
        return base::usage_error("a condition's strength must lie in 0 to 1");
    if (c.kind == Condition::Kind::Reference) {
        if (!(c.shrink > 0 && c.shrink <= 64))
            return base::usage_error("a reference's shrink must lie in 0 to 64");
        return {};
    }
    if (s[2] != grid.height || s[3] != grid.width)
        return base::failed("a condition of another size than the clip");
    if (c.kind == Condition::Kind::Latents) {
        if (c.frame >= 0 && c.frame <= grid.frames - s[1]) return {};
        return base::usage_error("given latents reach beyond the clip's " +
                                 std::to_string(grid.frames));
    }
    const int64_t last = scale.time * (grid.frames - 1);
    if (c.frame < 0 || c.frame > last || (c.frame == 0 && s[1] > grid.frames))
        return base::usage_error("a condition at frame " + std::to_string(c.frame) +
                                 " reaches beyond the clip's " + std::to_string(last + 1));
    return {};
}

// Takes the place of the clip's own tokens.
bool in_the_clip(const Condition& c) {
    return c.kind == Condition::Kind::Latents ||
           (c.kind == Condition::Kind::Frames && c.frame == 0);
}

Tensor reference_positions(const LatentGrid& grid, double fps, double shrink,
                           const VideoScale& scale) {
    Tensor p = video_positions(grid, fps, scale);
    for (int64_t i = 2 * grid.tokens(); i < p.elements(); ++i)
        p.f32()[i] *= static_cast<float>(shrink);
    return p;
}

}  // namespace

base::Result<ClipTokens> clip_tokens(const LatentGrid& grid, int64_t channels, double fps,
                                     const std::vector<Condition>& conditions,
                                     const VideoScale& scale) {
    ClipTokens tokens;
    tokens.grid = grid;
    const int64_t own = grid.tokens(), a_frame = grid.height * grid.width;
    std::vector<Tensor> positions{video_positions(grid, fps, scale)};
    bool masks = false;
    for (const Condition& c : conditions) {
        TRY(check(c, grid, channels, scale));
        if (in_the_clip(c)) continue;
        const LatentGrid at{c.latent.dim(1), c.latent.dim(2), c.latent.dim(3)};
        positions.push_back(c.kind == Condition::Kind::Reference
                                ? reference_positions(at, fps, c.shrink, scale)
                                : condition_positions(at, c.frame, c.picture, fps, scale));
        tokens.appended += at.tokens();
        masks = masks || (c.kind == Condition::Kind::Reference && c.attention < 1);
    }
    const int64_t T = tokens.total();
    tokens.positions = positions.size() == 1 ? positions[0] : tensor::concat(positions, 2);
    tokens.keyframes = Tensor::zeros({1, T});
    std::fill_n(tokens.keyframes.f32(), a_frame, 1.0f);
    if (conditions.empty()) return tokens;

    tokens.clean = Tensor::zeros({1, T, channels});
    tokens.mask = Tensor::full({1, T}, 1.0f);
    if (masks) tokens.self_mask = Tensor::full({1, T, T}, 1.0f);
    int64_t behind = own;
    for (const Condition& c : conditions) {
        const bool replaces = in_the_clip(c);
        const int64_t count = c.latent.elements() / channels;
        const int64_t at = replaces ? c.frame * a_frame : behind;
        std::memcpy(tokens.clean.f32() + at * channels, c.latent.f32(), c.latent.bytes());
        std::fill_n(tokens.mask.f32() + at, count, static_cast<float>(1.0 - c.strength));
        if (replaces) continue;
        behind += count;
        if (c.picture)
            std::fill_n(tokens.keyframes.f32() + at, c.latent.dim(2) * c.latent.dim(3), 1.0f);
        if (c.kind != Condition::Kind::Reference || c.attention >= 1) continue;
        float* m = tokens.self_mask.f32();
        for (int64_t i = 0; i < T; ++i) {
            const bool inside = i >= at && i < at + count;
            for (int64_t j = 0; j < T; ++j) {
                if (inside != (j >= at && j < at + count))
                    m[i * T + j] = std::min(m[i * T + j], static_cast<float>(c.attention));
            }
        }
    }
    return tokens;
}

Tensor keep_given(const Tensor& x, const Tensor& clean, const Tensor& mask) {
    if (!mask.defined()) return x;
    Tensor y(x.shape());
    const int64_t width = x.dim(-1);
    for (int64_t t = 0; t < mask.elements(); ++t) {
        const float m = mask.f32()[t];
        for (int64_t i = t * width; i < (t + 1) * width; ++i)
            y.f32()[i] = x.f32()[i] * m + clean.f32()[i] * (1.0f - m);
    }
    return y;
}

}  // namespace neural::ltx
