#include "neural/wan/pipeline/models.h"

namespace neural::wan {

std::vector<ModelDefaults> published_models() {
    ModelDefaults small;
    small.name = "wan2.1-t2v-1.3b";
    small.transformer = wan21_t2v_1_3b();
    small.vae = wan21_vae();
    small.shift = 8;
    small.guidance_low = small.guidance_high = 6;

    ModelDefaults ti2v;
    ti2v.name = "wan2.2-ti2v-5b";
    ti2v.transformer = wan22_ti2v_5b();
    ti2v.vae = wan22_vae();
    ti2v.image = ImageUse::CleanTokens;
    ti2v.frames = 121;
    ti2v.fps = 24;
    ti2v.width = 1280;
    ti2v.height = 704;

    ModelDefaults t2v;
    t2v.name = "wan2.2-t2v-a14b";
    t2v.transformer = wan22_t2v_a14b();
    t2v.vae = wan21_vae();
    t2v.two_experts = true;
    t2v.boundary = 0.875;
    t2v.width = 1280;
    t2v.height = 720;
    t2v.steps = 40;
    t2v.shift = 12;
    t2v.guidance_low = 3;
    t2v.guidance_high = 4;

    ModelDefaults i2v = t2v;
    i2v.name = "wan2.2-i2v-a14b";
    i2v.transformer = wan22_i2v_a14b();
    i2v.image = ImageUse::Channels;
    i2v.boundary = 0.9;
    i2v.shift = 5;
    i2v.guidance_low = i2v.guidance_high = 3.5;
    return {small, ti2v, t2v, i2v};
}

std::optional<ModelDefaults> published_model(std::string_view name) {
    for (const ModelDefaults& model : published_models()) {
        if (model.name == name) return model;
    }
    return std::nullopt;
}

}  // namespace neural::wan
