#include <algorithm>

#include "neural/goldens/components.h"
#include "neural/ltx/pipeline/pipeline.h"
#include "neural/sampler/sigmas.h"
#include "tensor/ops/arithmetic.h"
#include "tensor/ops/layout.h"

namespace neural::goldens {

using tensor::Tensor;

namespace {

// Noise that stands in the file. The file's axes may be those of latents or of tokens.
class GivenNoise final : public NoiseSource {
public:
    void add(Tensor t) { queue_.push_back(std::move(t)); }

    Tensor normal(const tensor::Shape& shape) override {
        if (next_ >= queue_.size() || queue_[next_].elements() != shape.elements()) {
            wrong_ = true;
            return Tensor::zeros(shape);
        }
        const Tensor t = queue_[next_++];
        if (t.rank() == shape.rank()) return t;
        if (shape.rank() == 3 && t.rank() == 5)  // [1,C,f,h,w] as tokens
            return tensor::permute(t, {0, 2, 3, 4, 1}).reshape(shape);
        if (shape.rank() == 3 && t.rank() == 4)  // [1,c,Ta,b] as tokens
            return tensor::permute(t, {0, 2, 1, 3}).reshape(shape);
        if (shape.rank() == 5)
            return tensor::permute(t.reshape({1, shape[2], shape[3], shape[4], shape[1]}),
                                   {0, 4, 1, 2, 3});
        return tensor::permute(t.reshape({1, shape[2], shape[1], shape[3]}), {0, 2, 1, 3});
    }
    bool wrong() const { return wrong_; }

private:
    std::vector<Tensor> queue_;
    size_t next_ = 0;
    bool wrong_ = false;
};

base::Result<ltx::TextContext> read(const Case& c, const ltx::Pipeline& pipeline,
                                    const std::string& mark) {
    const Tensor stacked = TRY(c.get("in." + mark + "hidden_states"));  // [B,L,D,N]
    if (stacked.rank() != 4) return base::failed("hidden states must be [B,L,D,N]", c.id);
    const Tensor by_state = tensor::permute(stacked, {3, 0, 1, 2});
    std::vector<Tensor> hidden;
    for (int64_t n = 0; n < by_state.dim(0); ++n) {
        hidden.push_back(
            by_state.rows(n, n + 1).reshape({stacked.dim(0), stacked.dim(1), stacked.dim(2)}));
    }
    return pipeline.read(hidden, TRY(c.get_i32("in." + mark + "attention_mask")));
}

// [F,3,H,W] -> [1,F,H,W,3].
Tensor frames_last(const Tensor& t) {
    return tensor::permute(t, {0, 2, 3, 1}).reshape({1, t.dim(0), t.dim(2), t.dim(3), 3});
}

base::Result<std::vector<ltx::Condition>> conditions(const Case& c, const ltx::Pipeline& pipeline) {
    std::vector<ltx::Condition> list;
    if (c.has("in.image")) {
        const Tensor image = TRY(c.get("in.image"));
        list.push_back(TRY(pipeline.condition(frames_last(image), 0, 1.0)));
    }
    if (!c.run.contains("conditions") || !c.run["conditions"].is_array()) return list;
    for (size_t i = 0; i < c.run["conditions"].size(); ++i) {
        const base::Json& entry = c.run["conditions"][i];
        const int64_t index = TRY(integer(entry, "index", 0));
        const Tensor pixels = TRY(c.get("in.cond" + std::to_string(i)));
        const Tensor minus_one = Tensor::full(pixels.shape(), -1.0f);
        const Tensor unit = tensor::axpby(1.0f / 127.5f, pixels, 1.0f, minus_one);
        // A latent index names the pixel frame at which its frames begin.
        const int64_t frame = index == 0 ? 0 : (index - 1) * pipeline.scale().time + 1;
        list.push_back(
            TRY(pipeline.condition(frames_last(unit), frame, TRY(number(entry, "strength", 1)))));
    }
    return list;
}

base::Result<std::vector<double>> numbers(const base::Json& object, const std::string& key) {
    std::vector<double> list;
    if (!object.contains(key) || object[key].is_null()) return list;
    if (!object[key].is_array()) return base::failed(key + " is no list");
    for (const base::Json& v : object[key]) {
        if (!v.is_number()) return base::failed(key + " has an entry that is no number");
        list.push_back(v.get<double>());
    }
    return list;
}

}  // namespace

base::Result<Outputs> run_ltx_pipeline(const Case& c) {
    const auto config = TRY(ltx::parse_pipeline_config(c.config));
    ltx::PipelineSources sources = ltx::PipelineSources::one(c.parameters);
    sources.vae_prefix = TRY(string(c.run, "vae_prefix", "vae."));
    const ltx::Pipeline pipeline = TRY(ltx::Pipeline::load(sources, config));

    ltx::ClipRequest request;
    request.size = {TRY(integer(c.run, "num_frames", 9)), TRY(integer(c.run, "height", 32)),
                    TRY(integer(c.run, "width", 32)), TRY(number(c.run, "fps", 24))};
    request.conditions = TRY(conditions(c, pipeline));
    request.keyframes = TRY(boolean(c.run, "keyframes", false));

    ltx::Sampling& sampling = request.sampling;
    const double cfg = TRY(number(c.run, "cfg", 1)), stg = TRY(number(c.run, "stg", 0)),
                 modality = TRY(number(c.run, "modality", 1)),
                 rescale = TRY(number(c.run, "rescale", 0));
    sampling.video = {cfg, stg, modality, rescale};
    sampling.audio = {TRY(number(c.run, "audio_cfg", cfg)), TRY(number(c.run, "audio_stg", stg)),
                      TRY(number(c.run, "audio_modality", modality)),
                      TRY(number(c.run, "audio_rescale", rescale))};
    sampling.perturbed_blocks = TRY(integers(c.run, "stg_blocks", {}));
    sampling.cross_timestep =
        TRY(ltx::cross_timestep_of(TRY(string(c.run, "av_ca_timestep", "cross"))));
    sampling.clean_rule = ltx::CleanRule::Stream;  // the vectors' reference
    sampling.sigmas = TRY(numbers(c.run, "sigmas"));
    if (sampling.sigmas.empty()) {
        const int64_t steps = TRY(integer(c.run, "steps", 0));
        if (steps < 1 || steps > 1000) return base::failed("impossible steps", c.id);
        sampling.sigmas = sampler::shifted_sigmas(
            steps, TRY(pipeline.token_count(request.size, request.conditions)));
    }
    const bool idle_step = sampling.sigmas.back() == 0 && c.run.contains("sigmas");
    if (sampling.sigmas.back() != 0) sampling.sigmas.push_back(0);
    const double eta = TRY(number(c.run, "ancestral_eta", 0));
    GivenNoise noise, step_noise;
    if (c.run.contains("ancestral_eta")) {
        sampling.solver = ltx::Solver::Ancestral;
        sampling.eta = eta;
        const Tensor video = TRY(c.get("in.video_step_noise"));
        const Tensor audio = TRY(c.get("in.audio_step_noise"));
        for (int64_t i = 0; i < std::min(video.dim(0), audio.dim(0)); ++i) {
            step_noise.add(video.rows(i, i + 1).reshape({1, video.dim(2), video.dim(3)}));
            step_noise.add(audio.rows(i, i + 1).reshape({1, audio.dim(2), audio.dim(3)}));
        }
    }
    for (const char* kind : {"video", "audio"}) {
        const std::string name = std::string("in.") + kind + "_noise";
        noise.add(TRY(c.get(c.has(name) ? name : name + "_tokens")));
    }
    request.noise = &noise;
    request.step_noise = &step_noise;
    const ltx::TextContext prompt = TRY(read(c, pipeline, ""));
    const ltx::TextContext negative =
        sampling.uses_negative() ? TRY(read(c, pipeline, "neg_")) : ltx::TextContext();
    request.prompt = &prompt;
    request.negative = &negative;
    if (c.run.contains("noise_scale")) {
        request.noise_scale = TRY(number(c.run, "noise_scale", 1));
        const Tensor video = TRY(c.get("in.init_video_latent"));  // [1,C,f,h,w]
        const Tensor audio = TRY(c.get("in.init_audio_latent"));  // [1,c,Ta,b]
        if (video.rank() != 5 || audio.rank() != 4)
            return base::failed("given latents must be [1,C,f,h,w] and [1,c,Ta,b]", c.id);
        request.start.video =
            pipeline.video_vae().normalise(tensor::permute(video, {0, 2, 3, 4, 1}));
        request.start.audio = pipeline.audio_vae().normalise(
            tensor::permute(audio, {0, 2, 1, 3}).reshape({1, audio.dim(2), -1}));
    }
    std::vector<Tensor> states;
    ltx::DenoiseCallbacks callbacks;
    callbacks.on_step = [&](int64_t, int64_t, const ltx::Streams& state) {
        states.push_back(state.video.reshape({1, 1, state.video.dim(1), state.video.dim(2)}));
    };
    const ltx::Latents latents = TRY(pipeline.generate(request, callbacks));
    if (noise.wrong() || step_noise.wrong())
        return base::failed("the file's noise does not fit the clip", c.id);
    if (idle_step) states.push_back(states.back());  // the reference steps once more, at 0

    std::vector<Tensor> pieces;
    auto frames = TRY(ltx::ClipFrames::begin(pipeline, latents));
    while (auto piece = TRY(frames.next())) pieces.push_back(*piece);
    std::vector<float> sigmas(sampling.sigmas.begin(), sampling.sigmas.end());
    Outputs out;
    out["out.sigmas"] = Tensor::from({static_cast<int64_t>(sigmas.size())}, sigmas);
    out["out.step_latents"] = tensor::concat(states, 0);
    out["out.video_latent_unnormalized"] =
        tensor::permute(pipeline.video_vae().unnormalise(latents.video), {0, 4, 1, 2, 3});
    out["out.frames"] = tensor::permute(tensor::concat(pieces, 1), {0, 4, 1, 2, 3});
    out["out.mel"] = TRY(pipeline.mel(latents));
    out["out.wave"] = TRY(pipeline.sound(latents));
    return out;
}

}  // namespace neural::goldens
