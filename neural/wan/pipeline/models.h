// The published Wan models: sizes, and the settings their authors recommend.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "neural/wan/transformer/config.h"
#include "neural/wan/vae/config.h"

namespace neural::wan {

// How a picture enters: not at all, as clean tokens of the first latent frame, or as channels
// beside the noise.
enum class ImageUse : uint8_t { None, CleanTokens, Channels };

struct ModelDefaults {
    std::string_view name;  // "wan2.2-ti2v-5b"
    TransformerConfig transformer;
    VaeConfig vae;
    ImageUse image = ImageUse::None;
    bool two_experts = false;
    double boundary = 0;  // at timesteps from boundary * 1000 on the high-noise expert is used
    int64_t frames = 81;
    double fps = 16;
    int64_t width = 832, height = 480;
    int64_t steps = 50;
    double shift = 5;
    double guidance_low = 5, guidance_high = 5;  // equal where there is one expert
};

// wan2.1-t2v-1.3b, wan2.2-ti2v-5b, wan2.2-t2v-a14b, wan2.2-i2v-a14b.
std::vector<ModelDefaults> published_models();
std::optional<ModelDefaults> published_model(std::string_view name);

}  // namespace neural::wan
