#include "neural/goldens/wan_loop.h"

#include "neural/goldens/wan_vae.h"
#include "tensor/ops/layout.h"

namespace neural::goldens {

using tensor::Shape;
using tensor::Tensor;

namespace {

wan::Expert expert(const Case& c, const wan::TransformerConfig& config, const std::string& prefix) {
    return [&c, config, prefix]() -> base::Result<std::shared_ptr<const wan::Transformer>> {
        return std::make_shared<const wan::Transformer>(
            TRY(wan::Transformer::load(Loader(c.parameters, prefix), config)));
    };
}

// [3,H,W] in 0..1 -> [1,1,H,W,3] in [-1,1].
Tensor start_frame(const Tensor& image) {
    Tensor frame =
        tensor::permute(image, {1, 2, 0}).reshape({1, 1, image.dim(1), image.dim(2), image.dim(0)});
    for (int64_t i = 0; i < frame.elements(); ++i) frame.f32()[i] = (frame.f32()[i] - 0.5f) / 0.5f;
    return frame;
}

base::Status read_guidance(const Case& c, wan::Request& r) {
    if (c.run.contains("cfg") && c.run["cfg"].is_array()) {
        const base::Json& cfg = c.run["cfg"];
        if (cfg.size() != 2 || !cfg[0].is_number() || !cfg[1].is_number())
            return base::failed("run.cfg must be a number, or one for low and one for high noise");
        r.guidance_low = cfg[0].get<double>();
        r.guidance_high = cfg[1].get<double>();
        return {};
    }
    r.guidance_low = r.guidance_high = TRY(number(c.run, "cfg", 5));
    return {};
}

}  // namespace

base::Result<Outputs> run_wan_loop(const Case& c, wan::ImageUse image, bool two_experts) {
    const base::Json json = c.config.contains("transformer") ? c.config["transformer"] : c.config;
    const auto config = TRY(wan::parse_transformer_config(json, c.id));
    const auto vae = std::make_shared<const wan::Vae>(
        TRY(wan::Vae::load(Loader(c.parameters), TRY(wan_vae_config(c, "vae")))));
    wan::Models models;
    models.vae = vae;
    models.image = image;
    if (two_experts) {
        models.transformer = expert(c, config, "low_noise_model.");
        models.high_noise = expert(c, config, "high_noise_model.");
        models.boundary = TRY(number(c.run, "boundary", 0.875));
    } else {
        models.transformer = expert(c, config, "");
    }
    wan::Request request;
    request.context = TRY(c.get("in.context"));
    request.negative = TRY(c.get("in.neg_context"));
    request.noise = TRY(c.get("in.noise"));
    if (c.has("in.image")) request.start = start_frame(TRY(c.get("in.image")));
    request.steps = TRY(integer(c.run, "steps", 50));
    request.shift = TRY(number(c.run, "shift", 5));
    request.solver = TRY(string(c.run, "solver", "unipc"));
    TRY(read_guidance(c, request));

    std::vector<Tensor> steps;
    Tensor used(Shape{request.steps}, tensor::DType::I64);
    wan::Hooks hooks;
    hooks.trace = [&](int64_t step, const Tensor& latent, bool high) {
        steps.push_back(latent);
        reinterpret_cast<int64_t*>(used.raw())[step] = high ? 1 : 0;
    };
    Outputs outputs;
    const Tensor latent = TRY(wan::denoise(models, request, hooks));
    outputs["out.latent"] = latent;
    Shape all{request.steps};
    for (const int64_t side : latent.shape().dims()) all.append(side);
    outputs["out.step_latents"] = tensor::concat(steps, 0).reshape(all);
    if (two_experts) outputs["out.high_noise_expert_used"] = used;

    std::vector<Tensor> frames;
    TRY(wan::decode(*vae, latent, [&](const Tensor& part) {
        frames.push_back(part);
        return base::Status();
    }));
    const Tensor clip = tensor::concat(frames, 1);
    outputs["out.frames"] = tensor::permute(clip, {0, 4, 1, 2, 3})
                                .reshape({clip.dim(4), clip.dim(1), clip.dim(2), clip.dim(3)});
    return outputs;
}

}  // namespace neural::goldens
