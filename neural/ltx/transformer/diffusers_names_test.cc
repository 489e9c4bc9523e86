#include "neural/ltx/transformer/diffusers_names.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace {

using namespace neural;
using namespace neural::ltx;

TEST(DiffusersNames, ArePublishedOnesInOtherWords) {
    const std::pair<const char*, const char*> pairs[] = {
        {"model.diffusion_model.patchify_proj.weight", "proj_in.weight"},
        {"model.diffusion_model.adaln_single.emb.timestep_embedder.linear_1.bias",
         "time_embed.emb.timestep_embedder.linear_1.bias"},
        {"model.diffusion_model.transformer_blocks.7.attn1.q_norm.weight",
         "transformer_blocks.7.attn1.norm_q.weight"},
        {"model.diffusion_model.transformer_blocks.7.scale_shift_table_a2v_ca_audio",
         "transformer_blocks.7.audio_a2v_cross_attn_scale_shift_table"},
        {"model.diffusion_model.video_embeddings_connector.transformer_1d_blocks.0.ff.net.2.bias",
         "video_connector.transformer_blocks.0.ff.net.2.bias"},
        {"model.diffusion_model.audio_embeddings_connector.learnable_registers",
         "audio_connector.learnable_registers"},
        {"model.diffusion_model.av_ca_v2a_gate_adaln_single.linear.weight",
         "av_cross_attn_audio_v2a_gate.linear.weight"},
        {"model.diffusion_model.audio_prompt_adaln_single.linear.bias",
         "audio_prompt_adaln.linear.bias"},
        {"model.diffusion_model.scale_shift_table", "scale_shift_table"},
        {"text_embedding_projection.aggregate_embed.weight", "text_proj_in.weight"},
        {"text_embedding_projection.video_aggregate_embed.weight", "video_text_proj_in.weight"},
    };
    for (const auto& [published, diffusers] : pairs) {
        EXPECT_EQ(published_name(diffusers), published);
    }
}

// A file of some names, each of shape [1].
class Names final : public TensorSource {
public:
    explicit Names(std::vector<std::string> names) : names_(std::move(names)) {}
    std::string where() const override { return "names"; }
    std::vector<std::string> names() const override { return names_; }
    std::optional<TensorInfo> info(const std::string& name, const tensor::Shape&) const override {
        if (std::find(names_.begin(), names_.end(), name) == names_.end()) return std::nullopt;
        return TensorInfo{tensor::DType::F32, {1}};
    }
    base::Result<tensor::Tensor> load(const std::string&, const tensor::Shape& s) const override {
        return tensor::Tensor::zeros(s);
    }
    std::string metadata(const std::string&) const override { return {}; }

private:
    std::vector<std::string> names_;
};

TEST(DiffusersNames, AreRecognised) {
    const auto published = std::make_shared<Names>(
        std::vector<std::string>{"model.diffusion_model.patchify_proj.weight"});
    EXPECT_EQ(with_published_names(published), published);
    const auto folder = with_published_names(
        std::make_shared<Names>(std::vector<std::string>{"proj_in.weight", "time_embed.x"}));
    EXPECT_TRUE(folder->info("model.diffusion_model.patchify_proj.weight", {1}).has_value());
    EXPECT_EQ(folder->names(),
              (std::vector<std::string>{"model.diffusion_model.adaln_single.x",
                                        "model.diffusion_model.patchify_proj.weight"}));
}

}  // namespace
