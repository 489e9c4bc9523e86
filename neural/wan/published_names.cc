#include "neural/wan/published_names.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "neural/weights/renamed.h"

namespace neural::wan {
namespace {

using Pairs = std::vector<std::pair<std::string_view, std::string_view>>;

bool any_starts(const std::vector<std::string>& names, std::string_view head) {
    return std::any_of(names.begin(), names.end(),
                       [&](const std::string& n) { return n.starts_with(head); });
}

// The first pair whose first part begins the name has it replaced by its second.
std::optional<std::string> with_head(std::string_view name, const Pairs& pairs) {
    for (const auto& [theirs, ours] : pairs) {
        if (name.starts_with(theirs))
            return std::string(ours) + std::string(name.substr(theirs.size()));
    }
    return std::nullopt;
}

// "PREFIX12.rest" -> 12 and "rest".
struct Indexed {
    int64_t index;
    std::string rest;
};
std::optional<Indexed> indexed(std::string_view name, std::string_view prefix) {
    if (!name.starts_with(prefix)) return std::nullopt;
    name.remove_prefix(prefix.size());
    int64_t index = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), index);
    const size_t length = static_cast<size_t>(end - name.data());
    if (error != std::errc() || index < 0 || length >= name.size() || name[length] != '.')
        return std::nullopt;
    return Indexed{index, std::string(name.substr(length + 1))};
}

std::string number(int64_t n) { return std::to_string(n); }

std::string residual_name(const std::string& rest) {
    static const Pairs parts = {{"norm1.", "residual.0."},
                                {"conv1.", "residual.2."},
                                {"norm2.", "residual.3."},
                                {"conv2.", "residual.6."},
                                {"conv_shortcut.", "shortcut."}};
    return with_head(rest, parts).value_or(rest);
}

// Residual blocks of a level of the decoder: how many come before its upsampler.
int64_t decoder_blocks(const std::vector<std::string>& names) {
    int64_t count = 0;
    for (const std::string& name : names) {
        const auto at = indexed(name, "decoder.up_blocks.0.resnets.");
        if (at && at->index < 64) count = std::max(count, at->index + 1);
    }
    return count;
}

std::optional<std::string> vae_half_name(const std::string& half, const std::string& rest,
                                         bool levels, int64_t decoder_count) {
    const std::string front = half + ".";
    static const Pairs ends = {
        {"conv_in.", "conv1."}, {"norm_out.", "head.0."}, {"conv_out.", "head.2."}};
    if (const auto end = with_head(rest, ends)) return front + *end;
    if (const auto at = indexed(rest, "mid_block.resnets."))
        return front + "middle." + number(2 * at->index) + "." + residual_name(at->rest);
    if (const auto at = indexed(rest, "mid_block.attentions."))
        return front + "middle.1." + at->rest;
    if (const auto at = indexed(rest, "down_blocks.")) {
        const std::string level = front + "downsamples." + number(at->index) + ".";
        if (const auto block = indexed(at->rest, "resnets."))
            return level + "downsamples." + number(block->index) + "." + residual_name(block->rest);
        // One residual block less than in the decoder stands before the change of size.
        if (at->rest.starts_with("downsampler."))
            return level + "downsamples." + number(decoder_count - 1) + "." + at->rest.substr(12);
        return level + residual_name(at->rest);
    }
    if (const auto at = indexed(rest, "up_blocks.")) {
        const auto place = [&](int64_t block) {
            return front + "upsamples." +
                   (levels ? number(at->index) + ".upsamples." + number(block)
                           : number(at->index * (decoder_count + 1) + block)) +
                   ".";
        };
        if (const auto block = indexed(at->rest, "resnets."))
            return place(block->index) + residual_name(block->rest);
        for (const std::string_view up : {"upsamplers.0.", "upsampler."}) {
            if (at->rest.starts_with(up)) return place(decoder_count) + at->rest.substr(up.size());
        }
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::string> transformer_name(const std::string& name) {
    static const Pairs outside = {
        {"condition_embedder.time_embedder.linear_1.", "time_embedding.0."},
        {"condition_embedder.time_embedder.linear_2.", "time_embedding.2."},
        {"condition_embedder.text_embedder.linear_1.", "text_embedding.0."},
        {"condition_embedder.text_embedder.linear_2.", "text_embedding.2."},
        {"condition_embedder.time_proj.", "time_projection.1."},
        {"scale_shift_table", "head.modulation"},
        {"proj_out.", "head.head."},
    };
    static const Pairs inside = {
        {"attn1.to_q.", "self_attn.q."},
        {"attn1.to_k.", "self_attn.k."},
        {"attn1.to_v.", "self_attn.v."},
        {"attn1.to_out.0.", "self_attn.o."},
        {"attn1.norm", "self_attn.norm"},
        {"attn2.to_q.", "cross_attn.q."},
        {"attn2.to_k.", "cross_attn.k."},
        {"attn2.to_v.", "cross_attn.v."},
        {"attn2.to_out.0.", "cross_attn.o."},
        {"attn2.norm", "cross_attn.norm"},
        {"norm2.", "norm3."},
        {"ffn.net.0.proj.", "ffn.0."},
        {"ffn.net.2.", "ffn.2."},
        {"scale_shift_table", "modulation"},
    };
    if (const auto block = indexed(name, "blocks.")) {
        const auto rest = with_head(block->rest, inside);
        return "blocks." + number(block->index) + "." + rest.value_or(block->rest);
    }
    const auto outer = with_head(name, outside);
    return outer ? outer : name;
}

std::shared_ptr<const TensorSource> with_transformer_names(
    std::shared_ptr<const TensorSource> source) {
    constexpr std::string_view prefix = "model.diffusion_model.";
    if (any_starts(source->names(), prefix)) {
        source = renamed(source, [=](const std::string& name) -> std::optional<std::string> {
            return name.starts_with(prefix) ? name.substr(prefix.size()) : name;
        });
    }
    if (!any_starts(source->names(), "condition_embedder.")) return source;
    return renamed(source, transformer_name);
}

std::shared_ptr<const TensorSource> with_vae_names(std::shared_ptr<const TensorSource> source) {
    const std::vector<std::string> names = source->names();
    if (!any_starts(names, "quant_conv.") && !any_starts(names, "post_quant_conv.")) return source;
    const bool levels = any_starts(names, "encoder.down_blocks.0.resnets.") ||
                        any_starts(names, "decoder.up_blocks.0.upsampler.");
    const int64_t count = decoder_blocks(names);
    return renamed(source, [=](const std::string& name) -> std::optional<std::string> {
        static const Pairs outside = {{"quant_conv.", "conv1."}, {"post_quant_conv.", "conv2."}};
        if (auto outer = with_head(name, outside)) return outer;
        std::optional<std::string> inner;
        for (const std::string half : {"encoder", "decoder"}) {
            if (name.starts_with(half + "."))
                inner = vae_half_name(half, name.substr(half.size() + 1), levels, count);
        }
        return inner ? inner : name;
    });
}

std::shared_ptr<const TensorSource> with_umt5_names(std::shared_ptr<const TensorSource> source) {
    const std::vector<std::string> names = source->names();
    if (!any_starts(names, "encoder.block.")) return source;
    const bool shared = any_starts(names, "shared.");
    return renamed(source, [=](const std::string& name) -> std::optional<std::string> {
        static const Pairs outside = {{"shared.", "token_embedding."},
                                      {"encoder.final_layer_norm.", "norm."}};
        static const Pairs inside = {
            {"layer.0.SelfAttention.relative_attention_bias.", "pos_embedding.embedding."},
            {"layer.0.SelfAttention.", "attn."},
            {"layer.0.layer_norm.", "norm1."},
            {"layer.1.DenseReluDense.wi_0.", "ffn.gate.0."},
            {"layer.1.DenseReluDense.wi_1.", "ffn.fc1."},
            {"layer.1.DenseReluDense.wo.", "ffn.fc2."},
            {"layer.1.layer_norm.", "norm2."},
        };
        if (name == "encoder.embed_tokens.weight") {
            if (shared) return std::nullopt;  // the same table once more
            return "token_embedding.weight";
        }
        // The half that writes text is of no use here.
        if (name.starts_with("decoder.") || name.starts_with("lm_head.")) return std::nullopt;
        if (const auto block = indexed(name, "encoder.block.")) {
            const auto rest = with_head(block->rest, inside);
            return "blocks." + number(block->index) + "." + rest.value_or(block->rest);
        }
        const auto outer = with_head(name, outside);
        return outer ? outer : name;
    });
}

}  // namespace neural::wan
