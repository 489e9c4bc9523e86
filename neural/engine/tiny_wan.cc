#include "neural/engine/loras.h"
#include "neural/engine/wan_model.h"
#include "neural/text/tokenizer.h"
#include "neural/text/umt5.h"
#include "neural/weights/generated.h"

namespace neural {
namespace {

constexpr uint64_t kSeed = 20260001;
constexpr int64_t kTextWidth = 32, kTextTokens = 256;

wan::ModelDefaults tiny() {
    wan::ModelDefaults d;
    d.name = "tiny-wan";
    d.transformer.model_type = "ti2v";
    d.transformer.text_len = kTextTokens;
    d.transformer.text_dim = kTextWidth;
    d.transformer.in_dim = d.transformer.out_dim = 8;
    d.transformer.dim = 96;
    d.transformer.ffn_dim = 192;
    d.transformer.freq_dim = 32;
    d.transformer.num_heads = 4;
    d.transformer.num_layers = 3;
    d.vae.v22 = true;
    d.vae.dim = 8;
    d.vae.dec_dim = 16;
    d.vae.z_dim = 8;
    d.vae.mean.assign(8, 0.0f);
    d.vae.std.assign(8, 1.0f);
    d.image = wan::ImageUse::CleanTokens;
    d.frames = 49;
    d.fps = 24;
    d.steps = 6;
    d.guidance_low = d.guidance_high = 3;
    return d;
}

base::Result<std::shared_ptr<const TensorSource>> bent(
    const std::shared_ptr<const TensorSource>& weights, const wan::TransformerConfig& config,
    const std::vector<LoraUse>& loras) {
    const std::vector<LoraFile> files = TRY(loras_for(loras, LoraUse::Expert::Both));
    if (files.empty()) return weights;
    const auto shapes = std::make_shared<ShapesOnly>();
    TRY(wan::Transformer::load(Loader(shapes, "transformer."), config));
    return with_loras(narrowed(weights, shapes->asked()), files);
}

}  // namespace

base::Result<std::shared_ptr<Model>> open_tiny_wan(const OpenOptions& options) {
    const auto weights = std::make_shared<GeneratedWeights>(kSeed);
    WanParts parts;
    parts.id = "tiny-wan";
    parts.files = loras_identity(options.loras);
    parts.defaults = tiny();
    text::Umt5Config text;
    text.vocab = byte_tokenizer()->vocabulary_size();
    text.dim = text.dim_attn = kTextWidth;
    text.dim_ffn = 64;
    text.num_heads = 4;
    text.num_layers = 2;
    const auto encoder = std::make_shared<const text::Umt5Encoder>(
        TRY(text::Umt5Encoder::load(Loader(weights, "text."), text)));
    parts.read = [encoder](const std::string& prompt,
                           const base::CancelToken* cancel) -> base::Result<tensor::Tensor> {
        std::vector<int32_t> ids = TRY(byte_tokenizer()->encode(prompt));
        ids.resize(std::min<size_t>(ids.size(), kTextTokens - 1));
        ids.push_back(byte_tokenizer()->id_of("<eos>"));
        const auto length = static_cast<int64_t>(ids.size());
        const tensor::Tensor states =
            TRY(encoder->encode(tensor::Tensor::from_i32({1, length}, ids), {}, cancel));
        return states.reshape({length, kTextWidth});
    };
    const auto transformer = std::make_shared<const wan::Transformer>(TRY(wan::Transformer::load(
        Loader(TRY(bent(weights, parts.defaults.transformer, options.loras)), "transformer."),
        parts.defaults.transformer)));
    parts.models.transformer =
        [transformer]() -> base::Result<std::shared_ptr<const wan::Transformer>> {
        return transformer;
    };
    parts.models.vae = std::make_shared<const wan::Vae>(
        TRY(wan::Vae::load(Loader(weights, "vae."), parts.defaults.vae)));
    parts.models.image = parts.defaults.image;
    return make_wan_model(std::move(parts));
}

}  // namespace neural
