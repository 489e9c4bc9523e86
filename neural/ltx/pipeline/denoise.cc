#include "neural/ltx/pipeline/denoise.h"

#include "neural/sampler/res_2s.h"
#include "neural/sampler/sigmas.h"
#include "neural/sampler/steps.h"

namespace neural::ltx {

using tensor::Tensor;

base::Result<Sampling> dev_sampling(const std::string& version, int64_t steps) {
    Sampling s;
    if (version == "2.0") {
        s.sigmas = sampler::shifted_sigmas(steps > 0 ? steps : 40);
        s.perturbed_blocks = {29};
    } else if (version == "2.3" || version == "2.5") {
        s.sigmas = sampler::shifted_sigmas(steps > 0 ? steps : 30);
        s.perturbed_blocks = {28};
    } else {
        return base::usage_error("no settings for version " + version);
    }
    s.video = {3.0, 1.0, 3.0, 0.7};
    s.audio = {7.0, 1.0, 3.0, 0.7};
    return s;
}

base::Result<Sampling> distilled_sampling(const std::string& version) {
    if (version != "2.0" && version != "2.3" && version != "2.5")
        return base::usage_error("no settings for version " + version);
    Sampling s;
    s.sigmas = sampler::distilled_sigmas();
    if (version == "2.5") s.solver = Solver::Ancestral;
    return s;
}

Sampling second_stage_sampling() {
    Sampling s;
    s.sigmas = sampler::distilled_second_stage_sigmas();
    return s;
}

namespace {

// The net with its guidance as one function: state and noise level in, clean estimate out.
class Estimate {
public:
    Estimate(const Transformer& net, const DenoiseInput& input, const Sampling& sampling,
             const DenoiseCallbacks& callbacks, int64_t audio_tokens)
        : net_(net),
          input_(input),
          sampling_(sampling),
          callbacks_(callbacks),
          codes_(net.position_codes(input.tokens->positions, audio_positions(audio_tokens))) {}

    base::Result<Streams> operator()(const Streams& x, double sigma) const {
        const auto& v = sampling_.video;
        const auto& a = sampling_.audio;
        std::vector<Pass> passes{{input_.prompt, true, {}, {}}};
        size_t negative = 0, perturbed = 0, apart = 0;
        if (sampling_.uses_negative()) {
            negative = passes.size();
            passes.push_back({input_.negative, true, {}, {}});
        }
        if ((v.uses_perturbed() || a.uses_perturbed()) && !sampling_.perturbed_blocks.empty()) {
            perturbed = passes.size();
            passes.push_back({input_.prompt, true, sampling_.perturbed_blocks, {}});
        }
        if (v.uses_modality() || a.uses_modality()) {
            apart = passes.size();
            passes.push_back({input_.prompt, false, {}, {}});
        }
        TransformerInput in;
        in.video = x.video;
        in.audio = x.audio;
        in.video_sigma = in.audio_sigma = Tensor::full({1}, static_cast<float>(sigma));
        in.video_token_sigma = levels(input_.tokens->mask, sigma);
        in.audio_token_sigma = levels(input_.audio_mask, sigma);
        if (input_.keyframes) in.keyframe_mask = input_.tokens->keyframes;
        in.video_self_mask = input_.tokens->self_mask;
        in.positions = &codes_;
        ForwardOptions options;
        options.cross_timestep = sampling_.cross_timestep;
        options.cancel = callbacks_.cancel;
        const std::vector<Velocity> velocities = TRY(net_.forward(in, passes, options));

        const auto guided = [&](Tensor Velocity::*part, const Tensor& state, const Tensor& level,
                                const Tensor& clean, const Tensor& mask,
                                sampler::GuidanceScales scales) {
            const auto estimate = [&](size_t pass) {
                const Tensor& velocity = velocities[pass].*part;
                return level.defined() && sampling_.clean_rule == CleanRule::Token
                           ? sampler::clean_of_velocity(state, velocity, level)
                           : sampler::clean_of_velocity(state, velocity, sigma);
            };
            if (perturbed == 0) scales.perturbed = 0;
            return keep_given(sampler::guide(estimate(0), negative ? estimate(negative) : Tensor(),
                                             perturbed ? estimate(perturbed) : Tensor(),
                                             apart ? estimate(apart) : Tensor(), scales),
                              clean, mask);
        };
        return Streams{guided(&Velocity::video, x.video, in.video_token_sigma, input_.tokens->clean,
                              input_.tokens->mask, v),
                       guided(&Velocity::audio, x.audio, in.audio_token_sigma, input_.audio_clean,
                              input_.audio_mask, a)};
    }

private:
    static Tensor levels(const Tensor& mask, double sigma) {
        if (!mask.defined()) return {};
        Tensor t(mask.shape());
        for (int64_t i = 0; i < t.elements(); ++i)
            t.f32()[i] = static_cast<float>(sigma) * mask.f32()[i];
        return t;
    }

    const Transformer& net_;
    const DenoiseInput& input_;
    const Sampling& sampling_;
    const DenoiseCallbacks& callbacks_;
    const PositionCodes codes_;
};

base::Status check(const Transformer& net, const DenoiseInput& input, const Sampling& sampling,
                   const Streams& start) {
    if (!input.prompt || !input.tokens) return base::failed("a clip without a prompt");
    if (sampling.uses_negative() && !input.negative)
        return base::failed("guidance by text needs a negative prompt, which may be empty");
    if (sampling.sigmas.size() < 2 || sampling.sigmas.back() != 0)
        return base::failed("noise levels must be at least two and end with 0");
    for (size_t i = 1; i < sampling.sigmas.size(); ++i) {
        if (!(sampling.sigmas[i] < sampling.sigmas[i - 1]) || !(sampling.sigmas[i - 1] <= 1))
            return base::usage_error("noise levels must fall, from at most 1 to 0");
    }
    if (sampling.solver != Solver::Euler && !input.step_noise)
        return base::failed("this solver needs a source of noise");
    if (!(start.video.shape() ==
          tensor::Shape{1, input.tokens->total(), net.config().video.in_channels}))
        return base::failed("a video state " + start.video.shape().text() +
                            " of another clip than its tokens");
    if (start.audio.rank() != 3 || start.audio.dim(0) != 1 ||
        start.audio.dim(2) != net.config().audio.in_channels)
        return base::failed("an audio state " + start.audio.shape().text());
    const tensor::Shape sound{1, start.audio.dim(1)};
    if (input.audio_mask.defined() &&
        (!(input.audio_mask.shape() == sound) || !input.audio_clean.defined() ||
         !(input.audio_clean.shape() == start.audio.shape())))
        return base::failed("given sound of another length than the clip's");
    return {};
}

}  // namespace

base::Result<Streams> denoise(const Transformer& net, const DenoiseInput& input,
                              const Sampling& sampling, Streams x,
                              const DenoiseCallbacks& callbacks) {
    TRY(check(net, input, sampling, x));
    Estimate estimate(net, input, sampling, callbacks, x.audio.dim(1));
    std::vector<double> sigmas = sampling.sigmas;
    if (sampling.solver == Solver::Res2s && sigmas[sigmas.size() - 2] > sampler::kRes2sLast)
        sigmas.insert(sigmas.end() - 1, sampler::kRes2sLast);
    const auto steps = static_cast<int64_t>(sigmas.size()) - 1;
    const auto draw = [&](const Tensor& like) { return input.step_noise->normal(like.shape()); };
    // Fresh noise belongs on what is made: given tokens go down Euler's way, which keeps them.
    const auto keep = [](const Tensor& noisy, const Tensor& x_now, const Tensor& clean,
                         const Tensor& mask, double sigma, double next) {
        if (!mask.defined()) return noisy;
        return keep_given(noisy, sampler::euler_step(x_now, clean, sigma, next), mask);
    };
    if (input.done_steps < 0 || input.done_steps > steps)
        return base::failed("step " + std::to_string(input.done_steps) + " of " +
                            std::to_string(steps));
    for (int64_t i = 0; i < input.done_steps && sampling.solver != Solver::Euler; ++i) {
        if (sigmas[i + 1] == 0) continue;
        for (int stage = 0; stage < (sampling.solver == Solver::Res2s ? 2 : 1); ++stage) {
            draw(x.video);
            draw(x.audio);
        }
    }
    for (int64_t i = input.done_steps; i < steps; ++i) {
        const double sigma = sigmas[i], next = sigmas[i + 1];
        const Streams clean = TRY(estimate(x, sigma));
        Streams y;
        if (next == 0) {
            y = clean;
        } else if (sampling.solver == Solver::Euler) {
            y = {sampler::euler_step(x.video, clean.video, sigma, next),
                 sampler::euler_step(x.audio, clean.audio, sigma, next)};
        } else if (sampling.solver == Solver::Ancestral) {
            const Tensor video = draw(x.video), audio = draw(x.audio);
            y = {sampler::ancestral_step(x.video, clean.video, sigma, next, sampling.eta, video),
                 sampler::ancestral_step(x.audio, clean.audio, sigma, next, sampling.eta, audio)};
        } else {
            const auto fresh = [&](const Tensor& like) {
                return sampler::normalised_per_channel(draw(like));
            };
            const Tensor video_1 = fresh(x.video), audio_1 = fresh(x.audio);
            const double middle = sampler::res_2s_middle(sigma, next);
            auto v =
                sampler::res_2s_first(x.video, clean.video, sigma, next, sampling.eta, video_1);
            auto a =
                sampler::res_2s_first(x.audio, clean.audio, sigma, next, sampling.eta, audio_1);
            v.x = keep(v.x, x.video, clean.video, input.tokens->mask, sigma, middle);
            a.x = keep(a.x, x.audio, clean.audio, input.audio_mask, sigma, middle);
            const Streams second = TRY(estimate({v.x, a.x}, middle));
            const Tensor video_2 = fresh(x.video), audio_2 = fresh(x.audio);
            y = {sampler::res_2s_second(v, clean.video, second.video, sigma, next, sampling.eta,
                                        video_2),
                 sampler::res_2s_second(a, clean.audio, second.audio, sigma, next, sampling.eta,
                                        audio_2)};
        }
        if (next > 0 && sampling.solver != Solver::Euler) {
            y.video = keep(y.video, x.video, clean.video, input.tokens->mask, sigma, next);
            y.audio = keep(y.audio, x.audio, clean.audio, input.audio_mask, sigma, next);
        }
        x = y;
        if (callbacks.on_step) callbacks.on_step(i + 1, steps, x);
    }
    return x;
}

}  // namespace neural::ltx
