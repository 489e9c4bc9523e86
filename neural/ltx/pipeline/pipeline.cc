#include "neural/ltx/pipeline/pipeline.h"

#include <algorithm>
#include <cstring>

#include "tensor/ops/arithmetic.h"
#include "tensor/ops/layout.h"

namespace neural::ltx {

using tensor::Tensor;

base::Result<PipelineConfig> parse_pipeline_config(const base::Json& config) {
    static const base::Json empty = base::Json::object();
    const auto part = [&](const char* key) -> const base::Json& {
        return config.is_object() && config.contains(key) ? config[key] : empty;
    };
    PipelineConfig c;
    c.transformer = TRY(parse_transformer_config(part("transformer")));
    c.text = TRY(parse_text_config(
        part(config.is_object() && config.contains("connectors") ? "connectors" : "transformer")));
    c.vae = TRY(VideoVaeConfig::parse(part("vae"), "config.vae"));
    c.audio_vae = TRY(AudioVaeConfig::parse(part("audio_vae"), "config.audio_vae"));
    c.vocoder = TRY(VocoderConfig::parse(part("vocoder"), "config.vocoder"));

    const auto check = [&](const char* what, int64_t got, int64_t want) -> base::Status {
        if (got == want) return {};
        return base::failed(std::string(what) + " do not fit: " + std::to_string(got) + " and " +
                                std::to_string(want),
                            "config");
    };
    const TransformerConfig& t = c.transformer;
    TRY(check("channels of transformer and video VAE", t.video.in_channels, c.vae.latent_channels));
    TRY(check("channels in and out of the transformer", t.video.out_channels, t.video.in_channels));
    TRY(check("channels of transformer and audio VAE", t.audio.in_channels,
              c.audio_vae.token_width()));
    TRY(check("audio channels in and out of the transformer", t.audio.out_channels,
              t.audio.in_channels));
    TRY(check("widths of connector and transformer", c.text.video.width(),
              t.caption_projection ? t.caption_channels : t.video.width()));
    TRY(check("widths of audio connector and transformer", c.text.audio.width(),
              t.caption_projection ? t.caption_channels : t.audio.width()));
    TRY(check("mel bands of vocoder and audio VAE", c.vocoder.generator.mel_bins,
              c.audio_vae.mel_bins));
    return c;
}

PipelineSources PipelineSources::one(std::shared_ptr<const TensorSource> file) {
    return {file, file, file, file, file, "vae.", 0};
}

base::Result<Pipeline> Pipeline::load(const PipelineSources& sources,
                                      const PipelineConfig& config) {
    Pipeline p;
    p.config_ = config;
    const std::string inside = "model.diffusion_model.";
    auto stream = TRY(stream_where_needed(sources.transformer, inside + "transformer_blocks.",
                                          sources.weight_budget_bytes));
    p.transformer_ = std::make_shared<Transformer>(TRY(Transformer::load(
        Loader(sources.transformer, inside), config.transformer, std::move(stream))));
    p.features_ = std::make_shared<FeatureExtractor>(
        TRY(FeatureExtractor::load(feature_loader(sources.projection), config.text)));
    p.connectors_ = std::make_shared<TextConnectors>(
        TRY(TextConnectors::load(Loader(sources.transformer, inside), config.text)));
    p.video_vae_ = std::make_shared<VideoVae>(
        TRY(VideoVae::load(Loader(sources.vae, sources.vae_prefix), config.vae)));
    p.audio_vae_ = std::make_shared<AudioVae>(
        TRY(AudioVae::load(Loader(sources.audio_vae, "audio_vae."), config.audio_vae)));
    p.vocoder_ = std::make_shared<Vocoder>(
        TRY(Vocoder::load(Loader(sources.vocoder, "vocoder."), config.vocoder)));
    return p;
}

VideoScale Pipeline::scale() const {
    return {config_.vae.time_factor(), config_.vae.space_factor(), config_.vae.space_factor()};
}

base::Result<int64_t> Pipeline::token_count(const ClipSize& size,
                                            const std::vector<Condition>& conditions) const {
    const LatentGrid grid = TRY(latent_grid(size, scale()));
    const ClipTokens tokens =
        TRY(clip_tokens(grid, config_.vae.latent_channels, size.fps, conditions, scale()));
    return tokens.total();
}

base::Result<TextContext> Pipeline::connect(std::span<const Tensor> hidden, const Tensor& mask,
                                            const base::CancelToken* cancel) const {
    return (*connectors_)(TRY((*features_)(hidden, mask)), cancel);
}

base::Result<TextContext> Pipeline::read(std::span<const Tensor> hidden, const Tensor& mask,
                                         const base::CancelToken* cancel) const {
    const TextContext context = TRY(connect(hidden, mask, cancel));
    return transformer_->text_context(context.video, context.audio);
}

base::Result<Condition> Pipeline::condition(const Tensor& frames, int64_t frame, double strength,
                                            const base::CancelToken* cancel) const {
    Condition c;
    c.latent = TRY(video_vae_->encode(frames, cancel));
    c.frame = frame;
    c.picture = frames.dim(1) == 1;
    c.strength = strength;
    return c;
}

base::Result<Latents> Pipeline::generate(const ClipRequest& request,
                                         const DenoiseCallbacks& callbacks) const {
    const int64_t C = config_.vae.latent_channels, c = config_.audio_vae.latent_channels;
    const LatentGrid grid = TRY(latent_grid(request.size, scale()));
    const ClipTokens tokens =
        TRY(clip_tokens(grid, C, request.size.fps, request.conditions, scale()));
    const int64_t Ta = std::max<int64_t>(1, audio_tokens(request.size.frames, request.size.fps));
    const int64_t width = config_.audio_vae.token_width();
    const bool has_start = request.start.video.defined() && request.done_steps == 0;
    if (!request.noise) return base::failed("a clip needs a source of noise");
    if (!(request.noise_scale >= 0 && request.noise_scale <= 1))
        return base::usage_error("noise_scale must lie in 0 to 1");
    if (has_start && (!(request.start.video.shape() ==
                        tensor::Shape{1, grid.frames, grid.height, grid.width, C}) ||
                      !(request.start.audio.shape() == tensor::Shape{1, Ta, width})))
        return base::failed("latents of another size to start from");

    Streams x;
    if (has_start || tokens.appended > 0) {
        x.video = request.noise->normal({1, tokens.total(), C});
        x.audio = request.noise->normal({1, Ta, width});
    } else {
        const Tensor video = request.noise->normal({1, C, grid.frames, grid.height, grid.width});
        const Tensor audio = request.noise->normal({1, c, Ta, width / c});
        x.video = tensor::permute(video, {0, 2, 3, 4, 1}).reshape({1, grid.tokens(), C});
        x.audio = tensor::permute(audio, {0, 2, 1, 3}).reshape({1, Ta, width});
    }
    if (has_start) {
        const auto s = static_cast<float>(request.noise_scale);
        Tensor start = request.start.video.reshape({1, grid.tokens(), C}).clone();
        if (tokens.appended > 0)
            start = tensor::pad(start, 1, 0, tokens.appended, tensor::PadMode::Zero);
        // What is given at all begins from itself, not from the earlier stage.
        for (int64_t t = 0; tokens.mask.defined() && t < tokens.total(); ++t) {
            if (tokens.mask.f32()[t] < 1)
                std::copy_n(tokens.clean.f32() + t * C, C, start.f32() + t * C);
        }
        x.video = tensor::axpby(s, x.video, 1 - s, start);
        x.audio = tensor::axpby(s, x.audio, 1 - s, request.start.audio);
    }
    x.video = keep_given(x.video, tokens.clean, tokens.mask);

    DenoiseInput input;
    input.done_steps = request.done_steps;
    input.prompt = request.prompt;
    input.negative = request.negative;
    input.tokens = &tokens;
    input.keyframes = request.keyframes;
    input.step_noise = request.step_noise;
    if (request.sound) {
        const Tensor& given = request.sound->tokens;
        if (given.rank() != 3 || given.dim(0) != 1 || given.dim(2) != width || given.dim(1) > Ta)
            return base::failed("given sound " + given.shape().text() + " does not fit " +
                                std::to_string(Ta) + " tokens");
        input.audio_clean = tensor::pad(given, 1, 0, Ta - given.dim(1), tensor::PadMode::Zero);
        input.audio_mask = Tensor::full({1, Ta}, 1.0f);
        std::fill_n(input.audio_mask.f32(), given.dim(1),
                    static_cast<float>(1.0 - request.sound->strength));
        x.audio = keep_given(x.audio, input.audio_clean, input.audio_mask);
    }
    if (request.done_steps > 0) {
        for (const auto& [done, mine] :
             {std::pair{request.done.video, x.video}, std::pair{request.done.audio, x.audio}}) {
            if (!(done.shape() == mine.shape()) || done.dtype() != tensor::DType::F32)
                return base::failed("the steps of another clip");
        }
        x = request.done;
    }
    const Streams made = TRY(denoise(*transformer_, input, request.sampling, x, callbacks));
    return Latents{tensor::slice(made.video, 1, 0, grid.tokens())
                       .reshape({1, grid.frames, grid.height, grid.width, C}),
                   made.audio};
}

base::Result<Latents> Pipeline::enlarge(const LatentUpsampler& upsampler, const Latents& latents,
                                        const base::CancelToken* cancel) const {
    const Tensor larger = TRY(upsampler.forward(video_vae_->unnormalise(latents.video), cancel));
    return Latents{video_vae_->normalise(larger), latents.audio};
}

base::Result<Tensor> Pipeline::mel(const Latents& latents) const {
    return audio_vae_->decode(latents.audio);
}

base::Result<Tensor> Pipeline::sound(const Latents& latents) const {
    // A second of mel frames at a time.
    constexpr int64_t kPiece = 100;
    const Tensor log_mel = TRY(mel(latents));
    Tensor wave({1, 2, config_.vocoder.samples(log_mel.dim(2))});
    int64_t at = 0;
    TRY(vocoder_->stream(log_mel, kPiece, [&](const Tensor& piece) -> base::Status {
        for (int64_t ch = 0; ch < 2; ++ch) {
            std::memcpy(wave.f32() + ch * wave.dim(2) + at, piece.f32() + ch * piece.dim(2),
                        static_cast<size_t>(piece.dim(2)) * sizeof(float));
        }
        at += piece.dim(2);
        return {};
    }));
    return wave;
}

base::Result<ClipFrames> ClipFrames::begin(const Pipeline& pipeline, const Latents& latents,
                                           const std::optional<VideoTiles>& tiles) {
    if (tiles) return ClipFrames(TRY(pipeline.video_vae().decode_tiles(*tiles)), latents.video);
    return ClipFrames(pipeline.video_vae().decode_stream(), latents.video);
}

base::Result<std::optional<Tensor>> ClipFrames::next(const base::CancelToken* cancel) {
    while (!finished_) {
        Tensor frames;
        if (pushed_ < video_.dim(1)) {
            const Tensor latent = tensor::slice(video_, 1, pushed_, pushed_ + 1);
            ++pushed_;
            frames = TRY(std::visit([&](auto& s) { return s.push(latent, cancel); }, stream_));
        } else {
            finished_ = true;
            frames = TRY(std::visit([&](auto& s) { return s.finish(cancel); }, stream_));
        }
        if (frames.defined() && frames.dim(1) > 0) return std::optional<Tensor>(frames);
    }
    return std::optional<Tensor>();
}

}  // namespace neural::ltx
