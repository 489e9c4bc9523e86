#include "neural/ltx/transformer/diffusers_names.h"

#include <algorithm>
#include <string_view>

#include "neural/weights/renamed.h"

namespace neural::ltx {
namespace {

constexpr std::string_view kPrefix = "model.diffusion_model.";

struct Pair {
    std::string_view published, diffusers;
};

// Whole parts of a name between dots.
constexpr Pair kParts[] = {
    {"patchify_proj", "proj_in"},
    {"audio_patchify_proj", "audio_proj_in"},
    {"adaln_single", "time_embed"},
    {"audio_adaln_single", "audio_time_embed"},
    {"prompt_adaln_single", "prompt_adaln"},
    {"audio_prompt_adaln_single", "audio_prompt_adaln"},
    {"av_ca_video_scale_shift_adaln_single", "av_cross_attn_video_scale_shift"},
    {"av_ca_audio_scale_shift_adaln_single", "av_cross_attn_audio_scale_shift"},
    {"av_ca_a2v_gate_adaln_single", "av_cross_attn_video_a2v_gate"},
    {"av_ca_v2a_gate_adaln_single", "av_cross_attn_audio_v2a_gate"},
    {"scale_shift_table_a2v_ca_video", "video_a2v_cross_attn_scale_shift_table"},
    {"scale_shift_table_a2v_ca_audio", "audio_a2v_cross_attn_scale_shift_table"},
    {"q_norm", "norm_q"},
    {"k_norm", "norm_k"},
    {"transformer_1d_blocks", "transformer_blocks"},
    {"video_embeddings_connector", "video_connector"},
    {"audio_embeddings_connector", "audio_connector"},
};
constexpr std::string_view kConnectorBlocks = "transformer_1d_blocks";

// Of the projection before the connectors, which has no prefix.
constexpr Pair kFronts[] = {
    {"text_embedding_projection.aggregate_embed.", "text_proj_in."},
    {"text_embedding_projection.video_aggregate_embed.", "video_text_proj_in."},
    {"text_embedding_projection.audio_aggregate_embed.", "audio_text_proj_in."},
};

std::string translated(std::string_view name, bool connector) {
    std::string out;
    while (true) {
        const size_t dot = name.find('.');
        std::string_view part = name.substr(0, dot);
        for (const Pair& p : kParts) {
            // The blocks of the transformer proper have one name in both.
            if (p.published == kConnectorBlocks && !connector) continue;
            if (part == p.diffusers) {
                part = p.published;
                break;
            }
        }
        out += part;
        if (dot == name.npos) return out;
        out += '.';
        name.remove_prefix(dot + 1);
    }
}

}  // namespace

std::string published_name(const std::string& diffusers) {
    for (const Pair& front : kFronts) {
        if (diffusers.starts_with(front.diffusers))
            return std::string(front.published) + diffusers.substr(front.diffusers.size());
    }
    const bool connector =
        diffusers.starts_with("video_connector.") || diffusers.starts_with("audio_connector.");
    return std::string(kPrefix) + translated(diffusers, connector);
}

std::shared_ptr<const TensorSource> with_published_names(
    std::shared_ptr<const TensorSource> source) {
    const std::vector<std::string> names = source->names();
    const auto is_diffusers = [](const std::string& n) {
        return n == "proj_in.weight" || n.starts_with("video_connector.") ||
               n.starts_with("text_proj_in.") || n.starts_with("video_text_proj_in.");
    };
    if (std::none_of(names.begin(), names.end(), is_diffusers)) return source;
    return renamed(std::move(source),
                   [](const std::string& n) { return std::optional(published_name(n)); });
}

}  // namespace neural::ltx
