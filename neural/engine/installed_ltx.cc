#include <algorithm>

#include "base/json/json.h"
#include "neural/engine/installed.h"
#include "neural/engine/kept_clip.h"
#include "neural/engine/loras.h"
#include "neural/engine/ltx_model.h"
#include "neural/engine/memory_share.h"
#include "neural/ltx/text/duration_head.h"
#include "neural/ltx/transformer/diffusers_names.h"
#include "neural/sampler/sigmas.h"
#include "neural/text/gemma/gemma.h"
#include "neural/text/tokenizer.h"
#include "neural/weights/open.h"
#include "neural/weights/stream.h"

namespace neural {
namespace {

using Source = std::shared_ptr<const TensorSource>;

constexpr int64_t kTextTokens = 1024;
constexpr const char* kNegative =
    "worst quality, inconsistent motion, blurry, jittery, distorted, static, watermark, overlay, "
    "title, has blurbox, has subtitles, muffled or distorted sound";

base::Result<Source> open_part(const ModelParts& parts, const char* name) {
    const auto found = parts.find(name);
    const auto all = parts.find("all");
    if (found == parts.end() && all == parts.end())
        return base::failed(std::string("the model's part \"") + name + "\" is missing");
    return Source(TRY(open_weights(found != parts.end() ? found->second : all->second)));
}

// The configurations that the files carry, as one.
base::Result<base::Json> joined_config(const std::vector<Source>& files) {
    base::Json joined = base::Json::object();
    for (const Source& file : files) {
        const std::string text = file->metadata("config");
        if (text.empty()) continue;
        const base::Json config = TRY(base::parse_json(text, file->where()));
        if (config.is_object()) joined.update(config);
    }
    if (!joined.contains("transformer"))
        return base::failed("carries no configuration of a transformer; is it an LTX model?",
                            files.front()->where());
    return joined;
}

// "2.3.1" -> the newest generation that is not newer.
std::string generation(const std::string& version) {
    if (version >= "2.4") return "2.5";
    return version >= "2.3" ? "2.3" : "2.0";
}

class LtxText {
public:
    static base::Result<std::shared_ptr<const LtxText>> open(const ModelParts& parts, bool fourth,
                                                             uint64_t weight_budget_bytes) {
        auto text = std::make_shared<LtxText>();
        text->weight_budget_bytes_ = weight_budget_bytes;
        text->weights_ = TRY(open_part(parts, "text_encoder"));
        text->generation_ = fourth ? GemmaGeneration::Gemma4 : GemmaGeneration::Gemma3;
        if (const auto own = parts.find("tokenizer"); own != parts.end()) {
            text->tokenizer_ = TRY(read_tokenizer_json(own->second));
        } else if (text->weights_->info("tokenizer_json", {})) {
            const tensor::Tensor bytes = TRY(text->weights_->load("tokenizer_json", {}));
            text->tokenizer_ = TRY(
                parse_tokenizer_json({reinterpret_cast<const char*>(bytes.raw()), bytes.bytes()},
                                     text->weights_->where()));
        } else {
            return base::failed("has no tokenizer beside it or in it", text->weights_->where());
        }
        for (const char* prefix : {"model.", "language_model.model.", "model.language_model."}) {
            if (text->weights_->info(std::string(prefix) + "embed_tokens.weight", {}))
                text->prefix_ = prefix;
        }
        if (text->prefix_.empty())
            return base::failed("is no Gemma text model: embed_tokens.weight is missing",
                                text->weights_->where());
        return std::shared_ptr<const LtxText>(text);
    }

    // Hidden states [1,1024,width], padded on the left, and their mask.
    struct States {
        std::vector<tensor::Tensor> hidden;
        tensor::Tensor mask;
    };
    base::Result<States> read(const std::string& prompt, const base::CancelToken* cancel) const {
        std::vector<int32_t> ids = TRY(tokenizer_->encode(prompt));
        const int32_t bos = tokenizer_->id_of("<bos>");
        if (bos < 0)
            return base::failed("the tokenizer has no <bos>; it belongs to another model",
                                weights_->where());
        ids.resize(std::min<size_t>(ids.size(), kTextTokens - 1));
        ids.insert(ids.begin(), bos);
        const auto length = static_cast<int64_t>(ids.size());
        const base::Json own =
            weights_->metadata("gemma_config").empty()
                ? base::Json::object()
                : TRY(base::parse_json(weights_->metadata("gemma_config"), weights_->where()));
        GemmaConfig config = TRY(parse_gemma_config(own, generation_));
        // Files differ in how many rows the table is padded to.
        const auto table = weights_->info(prefix_ + "embed_tokens.weight", {});
        if (table && table->shape.rank() == 2) config.vocabulary = table->shape[0];
        auto stream = TRY(stream_where_needed(weights_, prefix_ + "layers.", weight_budget_bytes_));
        const Gemma net = TRY(Gemma::load(Loader(weights_, prefix_), config, std::move(stream)));
        States states;
        for (const tensor::Tensor& h : TRY(net.hidden_states(ids, cancel))) {
            tensor::Tensor padded = tensor::Tensor::zeros({1, kTextTokens, h.dim(2)});
            std::copy_n(h.f32(), h.elements(), padded.f32() + (kTextTokens - length) * h.dim(2));
            states.hidden.push_back(padded);
        }
        std::vector<int32_t> mask(kTextTokens, 0);
        std::fill(mask.end() - length, mask.end(), 1);
        states.mask = tensor::Tensor::from_i32({1, kTextTokens}, mask);
        return states;
    }

    const Source& weights() const { return weights_; }

private:
    Source weights_;
    uint64_t weight_budget_bytes_ = 0;
    std::shared_ptr<const Tokenizer> tokenizer_;
    GemmaGeneration generation_ = GemmaGeneration::Gemma3;
    std::string prefix_;
};

// An object of the configuration that a file carries; empty where there is none.
base::Result<base::Json> own_config(const TensorSource& file, const char* key) {
    const std::string text = file.metadata("config");
    if (text.empty()) return base::Json::object();
    const base::Json config = TRY(base::parse_json(text, file.where()));
    return config.is_object() && config.contains(key) ? config.at(key) : base::Json::object();
}

base::Result<ltx::DurationHead> duration_head(const std::string& path) {
    const Source file = TRY(open_weights(path));
    return ltx::DurationHead::load(
        Loader(file, "duration_head."),
        TRY(ltx::parse_duration_config(TRY(own_config(*file, "duration_head")))));
}

base::Result<double> seconds_of(const LtxText& text, const ltx::Pipeline& pipeline,
                                const ltx::DurationHead& head, const std::string& prompt,
                                const base::CancelToken* cancel) {
    const LtxText::States states = TRY(text.read(prompt, cancel));
    const ltx::TextContext context = TRY(pipeline.connect(states.hidden, states.mask, cancel));
    return TRY(head(context.video, context.audio)).f32()[0];
}

base::Result<ltx::DiffusionDecoder> diffusion_decoder(const ModelParts& parts,
                                                      const ltx::VideoScale& scale) {
    const auto part = parts.find("diffusion_decoder");
    if (part == parts.end()) {
        return base::usage_error("this model has no diffusion decoder; LTX-2.5 has one", "decoder");
    }
    const Source file = TRY(open_weights(part->second));
    const auto config =
        TRY(ltx::DiffusionDecoderConfig::parse(TRY(own_config(*file, "vae")), file->where()));
    if (config.time_factor() != scale.time || config.space_factor() != scale.width)
        return base::failed("is the decoder of another model", file->where());
    return ltx::DiffusionDecoder::load(Loader(file), config);
}

}  // namespace

base::Result<std::shared_ptr<Model>> open_ltx(const std::string& id, const ModelParts& files,
                                              const OpenOptions& options) {
    ltx::PipelineSources sources;
    const MemoryShare memory(options.memory_bytes);
    sources.weight_budget_bytes = memory.weights_bytes();
    sources.transformer = TRY(open_part(files, "transformer"));
    sources.vae = TRY(open_part(files, "video_vae"));
    sources.audio_vae = sources.vocoder = TRY(open_part(files, "audio_vae"));
    const std::vector<LoraFile> loras = TRY(loras_for(options.loras, LoraUse::Expert::Both));
    sources.transformer = TRY(with_loras(
        sources.transformer, loras,
        {false, [](const std::string& name) { return std::optional(ltx::published_name(name)); }}));
    sources.projection = sources.transformer;
    const std::string version = generation(sources.transformer->metadata("model_version"));
    const bool apart = !files.contains("all");
    if (apart) {
        sources.vae_prefix.clear();
        sources.projection = TRY(open_part(files, "text_encoder"));
    }
    const base::Json json =
        TRY(joined_config({sources.transformer, sources.vae, sources.audio_vae}));
    const ltx::PipelineConfig config = TRY(ltx::parse_pipeline_config(json));
    LtxParts parts;
    parts.id = id;
    for (const auto& [part, path] : files) {
        if (part != "tokenizer") parts.weights.push_back(path);
        parts.files += part + " " + TRY(files_identity(path)) + "\n";
    }
    parts.files += loras_identity(options.loras);
    const auto pipeline =
        std::make_shared<const ltx::Pipeline>(TRY(ltx::Pipeline::load(sources, config)));
    parts.pipeline = pipeline;
    parts.negative = kNegative;
    parts.reference_shrink = TRY(reference_shrink(loras));
    if (loras.empty()) {
        parts.no_reference =
            "this model looks at a reference only with a LoRA that was made for it (an IC-LoRA); "
            "give it one";
    }
    const auto text = TRY(LtxText::open(files, version == "2.5", memory.weights_bytes()));
    parts.read = [text, pipeline](
                     const std::string& prompt,
                     const base::CancelToken* cancel) -> base::Result<ltx::TextContext> {
        const LtxText::States states = TRY(text->read(prompt, cancel));
        return pipeline->read(states.hidden, states.mask, cancel);
    };
    if (memory.limited()) {
        const auto begin = [=, all = std::vector{sources.transformer, sources.projection,
                                                 sources.vae, sources.audio_vae, text->weights()}] {
            pipeline->transformer().rest();
            for (const Source& source : all) let_go(*source);
        };
        parts.begin_reading = parts.begin_denoising = [=] {
            begin();
            memory.for_nets();
        };
        parts.begin_pictures = [=] {
            begin();
            memory.for_pictures();
        };
    }
    if (files.contains("duration_head")) {
        const auto head = std::make_shared<const ltx::DurationHead>(
            TRY(duration_head(files.at("duration_head"))));
        parts.seconds = [text, pipeline, head](const std::string& prompt,
                                               const base::CancelToken* cancel) {
            return seconds_of(*text, *pipeline, *head, prompt, cancel);
        };
    }
    if (options.diffusion_decoder) {
        parts.diffusion = std::make_shared<const ltx::DiffusionDecoder>(
            TRY(diffusion_decoder(files, pipeline->scale())));
    }
    const bool distilled = sources.transformer->where().find("distilled") != std::string::npos;
    parts.sampling = [version, distilled](int64_t steps) -> base::Result<ltx::Sampling> {
        if (!distilled) return ltx::dev_sampling(version, steps);
        ltx::Sampling sampling = TRY(ltx::distilled_sampling(version));
        if (steps > 0) sampling.sigmas = sampler::shifted_sigmas(steps);
        return sampling;
    };
    if (const auto upscaler = files.find("upscaler"); upscaler != files.end()) {
        const Source file = TRY(open_weights(upscaler->second));
        const base::Json own = file->metadata("config").empty()
                                   ? base::Json::object()
                                   : TRY(base::parse_json(file->metadata("config"), file->where()));
        parts.upsampler =
            std::make_shared<const ltx::LatentUpsampler>(TRY(ltx::LatentUpsampler::load(
                Loader(file), TRY(ltx::UpsamplerConfig::parse(own, file->where())))));
    }
    return make_ltx_model(std::move(parts));
}

}  // namespace neural
