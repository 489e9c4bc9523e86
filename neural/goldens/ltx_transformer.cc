#include "neural/goldens/components.h"
#include "neural/ltx/transformer/positions.h"
#include "neural/ltx/transformer/transformer.h"
#include "tensor/ops/layout.h"

namespace neural::goldens {

base::Result<Outputs> run_ltx_transformer(const Case& c) {
    const ltx::TransformerConfig config = TRY(ltx::parse_transformer_config(c.config));
    const ltx::Transformer net =
        TRY(ltx::Transformer::load(Loader(c.parameters, "model.diffusion_model."), config));
    const auto optional = [&](const std::string& name) {
        const auto found = c.tensors.find(name);
        return found == c.tensors.end() ? tensor::Tensor() : found->second;
    };
    ltx::TransformerInput in;
    in.video = TRY(c.get("in.video_latent"));
    in.audio = TRY(c.get("in.audio_latent"));
    in.video_sigma = TRY(c.get("in.video_sigma"));
    in.audio_sigma = TRY(c.get("in.audio_sigma"));
    in.video_token_sigma = optional("in.video_token_sigma");
    in.audio_token_sigma = optional("in.audio_token_sigma");
    in.keyframe_mask = optional("in.keyframe_token_mask");
    in.video_self_mask = optional("in.video_self_mask");
    const tensor::Tensor video_at = TRY(c.get("in.video_positions"));
    const tensor::Tensor audio_at = TRY(c.get("in.audio_positions"));
    if (video_at.rank() != 4 || video_at.dim(1) != 3 || video_at.dim(3) != 2 ||
        audio_at.rank() != 4 || audio_at.dim(1) != 1 || audio_at.dim(3) != 2)
        return base::failed("positions must be [B,3,T,2] and [B,1,Ta,2]", c.id);
    const ltx::PositionCodes codes = net.position_codes(video_at, audio_at);
    in.positions = &codes;
    const ltx::TextContext text =
        TRY(net.text_context(TRY(c.get("in.video_context")), TRY(c.get("in.audio_context"))));
    ltx::Pass pass;
    pass.text = &text;
    pass.cross = TRY(boolean(c.run, "av_cross", true));
    pass.perturbed_blocks = TRY(integers(c.run, "stg_blocks", {}));
    if (c.run.contains("stg_sample_mask") && c.run["stg_sample_mask"].is_array()) {
        std::vector<float> keep;
        for (const base::Json& v : c.run["stg_sample_mask"]) {
            if (!v.is_number()) return base::failed("stg_sample_mask has no number", c.id);
            keep.push_back(v.get<float>());
        }
        pass.keep = tensor::Tensor::from({static_cast<int64_t>(keep.size())}, keep);
    }
    ltx::ForwardOptions options;
    options.cross_timestep =
        TRY(ltx::cross_timestep_of(TRY(string(c.run, "av_ca_timestep", "mixed"))));
    options.mask_rule = ltx::MaskRule::Linear;  // the vectors' reference
    Outputs out;
    options.observe = [&](size_t, int64_t block, const tensor::Tensor& video,
                          const tensor::Tensor& audio) {
        out["mid.block" + std::to_string(block) + ".video"] = video.clone();
        out["mid.block" + std::to_string(block) + ".audio"] = audio.clone();
    };
    const auto velocity = TRY(net.forward(in, {&pass, 1}, options));
    out["out.video_velocity"] = velocity[0].video;
    out["out.audio_velocity"] = velocity[0].audio;
    out["mid.rope_video_cos"] = tensor::permute(codes.video.own.cos, {0, 2, 1, 3});
    out["mid.rope_video_sin"] = tensor::permute(codes.video.own.sin, {0, 2, 1, 3});
    return out;
}

}  // namespace neural::goldens
