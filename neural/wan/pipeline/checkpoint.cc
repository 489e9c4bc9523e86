#include "neural/wan/pipeline/checkpoint.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "neural/wan/published_names.h"
#include "neural/weights/config_values.h"
#include "neural/weights/open.h"

namespace neural::wan {
namespace {

namespace fs = std::filesystem;

bool there(const fs::path& path) {
    std::error_code error;
    return fs::exists(path, error);
}

base::Result<base::Json> read_json(const fs::path& path) {
    constexpr std::streamoff kLargest = 1 << 20;
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    if (!file) return base::failed("cannot be read", path.string());
    if (file.tellg() > kLargest)
        return base::failed("is too large for a configuration", path.string());
    file.seekg(0);
    std::ostringstream text;
    text << file.rdbuf();
    return base::parse_json(text.str(), path.string());
}

// FOLDER/STEM.safetensors, FOLDER/STEM.pth or FOLDER/STEM (a folder of weights).
base::Result<std::string> part(const fs::path& folder, const std::vector<std::string>& stems,
                               const char* what) {
    for (const std::string& stem : stems) {
        for (const char* end : {".safetensors", ".pth", ""}) {
            if (there(folder / (stem + end))) return (folder / (stem + end)).string();
        }
    }
    return base::failed("holds no " + std::string(what) + ": there is no " + stems.front(),
                        folder.string());
}

struct Index {
    double boundary = 0;
    bool clean_tokens = false;
};

// What the files say about a transformer becomes the settings of the published model of its form.
ModelDefaults settings_of(const TransformerConfig& config, bool two_experts, const Index& index) {
    ModelDefaults model;
    for (const ModelDefaults& known : published_models()) {
        if (known.transformer.dim == config.dim && known.transformer.in_dim == config.in_dim &&
            known.two_experts == two_experts)
            model = known;
    }
    if (model.name.empty()) {
        model.name = "wan";
        model.boundary = config.in_dim > config.out_dim ? 0.9 : 0.875;
        model.image = config.in_dim > config.out_dim                      ? ImageUse::Channels
                      : config.model_type == "ti2v" || index.clean_tokens ? ImageUse::CleanTokens
                                                                          : ImageUse::None;
    }
    model.transformer = config;
    model.two_experts = two_experts;
    if (index.boundary > 0) model.boundary = index.boundary;
    return model;
}

base::Result<TransformerConfig> transformer_in(const fs::path& folder) {
    const fs::path path = folder / "config.json";
    return parse_transformer_config(TRY(read_json(path)), path.string());
}

base::Result<Checkpoint> find_diffusers(const fs::path& folder) {
    const fs::path index_path = folder / "model_index.json";
    const base::Json json = TRY(read_json(index_path));
    ConfigValues values(json, index_path.string());
    const Index index{values.number("boundary_ratio", 0, 0, 1),
                      values.boolean("expand_timesteps", false)};
    TRY(values.status());
    Checkpoint c;
    const fs::path first = folder / "transformer", second = folder / "transformer_2";
    const bool two = there(second);
    c.model = settings_of(TRY(transformer_in(two ? second : first)), two, index);
    c.transformer = (two ? second : first).string();
    if (two) c.high_noise = first.string();
    const fs::path vae = folder / "vae" / "config.json";
    c.model.vae = TRY(parse_vae_config(TRY(read_json(vae)), vae.string()));
    c.vae = (folder / "vae").string();
    c.text_encoder = (folder / "text_encoder").string();
    c.tokenizer = (folder / "tokenizer").string();
    return c;
}

base::Result<Checkpoint> find_original(const fs::path& folder) {
    Checkpoint c;
    const fs::path low = folder / "low_noise_model", high = folder / "high_noise_model";
    const bool two = there(low) && there(high);
    c.model = settings_of(TRY(transformer_in(two ? low : folder)), two, {});
    c.transformer = (two ? low : folder).string();
    if (two) c.high_noise = high.string();
    if (!two) {
        // Other weights lie beside the transformer's, so its file is named.
        for (const char* name : {"diffusion_pytorch_model.safetensors.index.json",
                                 "diffusion_pytorch_model.safetensors"}) {
            if (!there(folder / name)) continue;
            c.transformer = (folder / name).string();
            break;
        }
    }
    c.model.vae = c.model.transformer.out_dim == wan22_vae().z_dim ? wan22_vae() : wan21_vae();
    c.vae = TRY(part(folder, {c.model.vae.v22 ? "Wan2.2_VAE" : "Wan2.1_VAE"}, "video autoencoder"));
    c.text_encoder =
        TRY(part(folder, {"models_t5_umt5-xxl-enc-bf16", "text_encoder"}, "text encoder"));
    c.tokenizer = (folder / "google" / "umt5-xxl").string();
    return c;
}

base::Result<std::shared_ptr<const TensorSource>> bent(const OpenWeights& open,
                                                       const std::string& path,
                                                       const std::vector<LoraFile>& loras) {
    return with_loras(with_transformer_names(TRY(open(path))), loras, {false, transformer_name});
}

}  // namespace

base::Result<Checkpoint> find_checkpoint(const std::string& folder) {
    const fs::path path = folder;
    if (there(path / "model_index.json")) return find_diffusers(path);
    if (there(path / "config.json") || there(path / "low_noise_model")) return find_original(path);
    return base::failed(
        "holds no Wan model: there is neither model_index.json nor config.json nor low_noise_model",
        folder);
}

base::Result<std::shared_ptr<const TensorSource>> open_any_weights(const std::string& path) {
    return std::shared_ptr<const TensorSource>(TRY(open_weights(path)));
}

base::Result<Models> open_models(const Checkpoint& c, uint64_t weight_budget_bytes,
                                 const OpenWeights& open) {
    const auto expert = [&](const std::string& path,
                            const std::vector<LoraFile>& loras) -> base::Result<Expert> {
        if (!loras.empty()) TRY(bent(open, path, loras));
        return Expert(
            [=,
             config = c.model.transformer]() -> base::Result<std::shared_ptr<const Transformer>> {
                const auto source = TRY(bent(open, path, loras));
                auto stream = TRY(stream_where_needed(source, "blocks.", weight_budget_bytes));
                return std::make_shared<const Transformer>(
                    TRY(Transformer::load(Loader(source), config, std::move(stream))));
            });
    };
    Models models;
    models.transformer = TRY(expert(c.transformer, c.loras));
    if (!c.high_noise.empty()) models.high_noise = TRY(expert(c.high_noise, c.high_noise_loras));
    models.boundary = c.model.boundary;
    models.image = c.model.image;
    const auto source = with_vae_names(TRY(open(c.vae)));
    models.vae_weights = source;
    models.vae = std::make_shared<const Vae>(TRY(Vae::load(Loader(source), c.model.vae)));
    return models;
}

base::Result<TextEncoder> TextEncoder::load(const Checkpoint& c, uint64_t weight_budget_bytes,
                                            const OpenWeights& open) {
    auto tokenizer = TRY(text::Umt5Tokenizer::load(c.tokenizer));
    text::Umt5Config config;
    const fs::path path = fs::path(c.text_encoder) / "config.json";
    if (there(path)) config = TRY(text::parse_umt5_config(TRY(read_json(path)), path.string()));
    if (config.dim != c.model.transformer.text_dim) {
        return base::failed("gives text features of " + std::to_string(config.dim) +
                                " values, the transformer reads " +
                                std::to_string(c.model.transformer.text_dim),
                            c.text_encoder);
    }
    TRY(tokenizer.fits(config.vocab));
    const auto source = with_umt5_names(TRY(open(c.text_encoder)));
    auto stream = TRY(stream_where_needed(source, "blocks.", weight_budget_bytes));
    auto encoder = TRY(text::Umt5Encoder::load(Loader(source), config, std::move(stream)));
    return TextEncoder(std::move(tokenizer), std::move(encoder), c.model.transformer.text_len);
}

base::Result<tensor::Tensor> TextEncoder::encode(std::string_view prompt,
                                                 const base::CancelToken* cancel) const {
    const std::vector<int32_t> tokens = TRY(tokenizer_.encode(prompt, max_length_));
    const int64_t length = static_cast<int64_t>(tokens.size());
    const tensor::Tensor hidden =
        TRY(encoder_.encode(tensor::Tensor::from_i32({1, length}, tokens), {}, cancel));
    return hidden.reshape({length, hidden.dim(2)});
}

}  // namespace neural::wan
