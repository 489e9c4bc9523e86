// A whole LTX model: hidden states of the text model in, frames and sound out.
//
//   hidden states -> features -> connectors -> text context      (read, once per prompt)
//   pictures -> video VAE -> conditions                          (condition)
//   noise -> transformer, step by step -> latents                (generate)
//   latents -> upsampler -> latents -> three more steps          (enlarge, generate with `start`)
//   latents -> video VAE -> frames; -> audio VAE -> vocoder      (ClipFrames, sound)
//
// Latents are channels-last and normalised: video [1,f,h,w,C], audio tokens [1,Ta,c * mel/4].
// Const functions may run on one thread at a time.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "neural/ltx/audio/audio_vae.h"
#include "neural/ltx/audio/vocoder.h"
#include "neural/ltx/pipeline/denoise.h"
#include "neural/ltx/text/connectors.h"
#include "neural/ltx/upsampler/upsampler.h"
#include "neural/ltx/video/video_vae.h"

namespace neural::ltx {

struct PipelineConfig {
    TransformerConfig transformer;
    TextConfig text;
    VideoVaeConfig vae;
    AudioVaeConfig audio_vae;
    VocoderConfig vocoder;
};
// The checkpoint's configuration {transformer, vae, audio_vae, vocoder}; connectors are read from
// "connectors" where there is such an object, else from "transformer". Errors also where the parts
// do not fit each other.
base::Result<PipelineConfig> parse_pipeline_config(const base::Json& config);

// Where the parts lie: one file of everything (2.0, 2.3), or one for each (2.5).
struct PipelineSources {
    std::shared_ptr<const TensorSource> transformer;  // and the connectors
    std::shared_ptr<const TensorSource> projection;   // text_embedding_projection.*
    std::shared_ptr<const TensorSource> vae;
    std::shared_ptr<const TensorSource> audio_vae;
    std::shared_ptr<const TensorSource> vocoder;
    std::string vae_prefix = "vae.";  // none in 2.5's files
    // A transformer whose blocks take more stays in its file and is streamed; 0: no limit.
    uint64_t weight_budget_bytes = 0;
    static PipelineSources one(std::shared_ptr<const TensorSource> file);
};

struct Latents {
    tensor::Tensor video;  // [1,f,h,w,C]
    tensor::Tensor audio;  // [1,Ta,c * mel/4]
};

// Sound that is given, such as a recording that the picture is to follow.
struct GivenSound {
    tensor::Tensor tokens;  // [1,n,..], normalised; n at most the clip's
    double strength = 1.0;
};

struct ClipRequest {
    ClipSize size;
    const TextContext* prompt = nullptr;
    const TextContext* negative = nullptr;  // where sampling.uses_negative()
    std::vector<Condition> conditions;
    std::optional<GivenSound> sound;
    Sampling sampling;
    bool keyframes = true;
    // Of an earlier stage, at this size; the clip begins as noise_scale noise + (1 - noise_scale)
    // start. Undefined: as noise.
    Latents start;
    double noise_scale = 1.0;
    // Drawn once for the video, then once for the audio: [1,C,f,h,w] and [1,c,Ta,mel/4] as
    // diffusers does for text and first-frame clips, [1,T,C] and [1,Ta,..] as it does with
    // appended conditions or a start.
    NoiseSource* noise = nullptr;
    NoiseSource* step_noise =
        nullptr;  // of solvers with fresh noise; the vendor seeds it seed + 10000
    // The state after `done_steps` steps of the same request (DenoiseCallbacks::on_step): goes on
    // after them and gives the same clip. `start` is not looked at then.
    int64_t done_steps = 0;
    Streams done;
};

class Pipeline {
public:
    static base::Result<Pipeline> load(const PipelineSources& sources,
                                       const PipelineConfig& config);

    const PipelineConfig& config() const { return config_; }
    const Transformer& transformer() const { return *transformer_; }
    const VideoVae& video_vae() const { return *video_vae_; }
    const AudioVae& audio_vae() const { return *audio_vae_; }
    const Vocoder& vocoder() const { return *vocoder_; }
    VideoScale scale() const;
    // What diffusers gives to the schedule; see sampler::shifted_sigmas.
    base::Result<int64_t> token_count(const ClipSize& size,
                                      const std::vector<Condition>& conditions) const;

    // See FeatureExtractor for hidden states and mask.
    base::Result<TextContext> read(std::span<const tensor::Tensor> hidden,
                                   const tensor::Tensor& mask,
                                   const base::CancelToken* cancel = nullptr) const;

    // What the connectors make of them: of `read`, the part that a DurationHead takes.
    base::Result<TextContext> connect(std::span<const tensor::Tensor> hidden,
                                      const tensor::Tensor& mask,
                                      const base::CancelToken* cancel = nullptr) const;

    // frames [1,F,H,W,3] in [-1,1], of the clip's size; F = 8k + 1.
    base::Result<Condition> condition(const tensor::Tensor& frames, int64_t frame, double strength,
                                      const base::CancelToken* cancel = nullptr) const;

    base::Result<Latents> generate(const ClipRequest& request,
                                   const DenoiseCallbacks& callbacks = {}) const;

    // For the next stage; the sound stays.
    base::Result<Latents> enlarge(const LatentUpsampler& upsampler, const Latents& latents,
                                  const base::CancelToken* cancel = nullptr) const;

    base::Result<tensor::Tensor> mel(const Latents& latents) const;  // [1,2,T,mel]
    // [1,2,n] in [-1,1] at vocoder().sample_rate().
    base::Result<tensor::Tensor> sound(const Latents& latents) const;

private:
    PipelineConfig config_;
    std::shared_ptr<const Transformer> transformer_;
    std::shared_ptr<const FeatureExtractor> features_;
    std::shared_ptr<const TextConnectors> connectors_;
    std::shared_ptr<const VideoVae> video_vae_;
    std::shared_ptr<const AudioVae> audio_vae_;
    std::shared_ptr<const Vocoder> vocoder_;
};

// The frames of a clip as they become final, a few at a time, so that encoding can begin while the
// rest is decoded. The pipeline must outlive it.
class ClipFrames {
public:
    // `tiles`: for pictures whose activations would not fit.
    static base::Result<ClipFrames> begin(const Pipeline& pipeline, const Latents& latents,
                                          const std::optional<VideoTiles>& tiles = {});
    // [1,n,H,W,3] with n >= 1, not clamped; nullopt after the last.
    base::Result<std::optional<tensor::Tensor>> next(const base::CancelToken* cancel = nullptr);

private:
    using Stream = std::variant<VideoDecodeStream, VideoTileStream>;
    ClipFrames(Stream stream, tensor::Tensor video)
        : stream_(std::move(stream)), video_(std::move(video)) {}

    Stream stream_;
    tensor::Tensor video_;
    int64_t pushed_ = 0;
    bool finished_ = false;
};

}  // namespace neural::ltx
