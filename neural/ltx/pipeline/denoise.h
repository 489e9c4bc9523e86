// From noise to latents: the loop over noise levels, the guidance passes of each, the solver's
// step.
#pragma once

#include <functional>
#include <vector>

#include "neural/ltx/pipeline/tokens.h"
#include "neural/ltx/transformer/transformer.h"
#include "neural/noise/noise.h"
#include "neural/sampler/guidance.h"

namespace neural::ltx {

struct Streams {
    tensor::Tensor video, audio;  // [1,T,channels]
};

enum class Solver : uint8_t {
    Euler,
    Ancestral,  // fresh noise after every step
    Res2s,      // two evaluations a step, fresh noise after both; unproven, see sampler/res_2s.h
};

// Whose noise level makes the clean estimate of a token that is partly given. The difference shows
// in guidance with rescale, and at strengths between 0 and 1.
enum class CleanRule : uint8_t {
    Token,   // its own: what is given stays exactly (the default)
    Stream,  // the stream's (diffusers)
};

struct Sampling {
    std::vector<double> sigmas;  // falling, last 0
    Solver solver = Solver::Euler;
    double eta = 1.0;  // of Ancestral (1: all noise is new) and Res2s (0.5)
    sampler::GuidanceScales video, audio;
    std::vector<int64_t> perturbed_blocks;  // with a scale `perturbed`
    CrossTimestep cross_timestep = CrossTimestep::Mixed;
    CleanRule clean_rule = CleanRule::Token;
    bool uses_negative() const { return video.uses_text() || audio.uses_text(); }
};

// The vendor's settings for "2.0", "2.3", "2.5": many guided steps ("dev"), or what the distilled
// weights want.
base::Result<Sampling> dev_sampling(const std::string& version, int64_t steps = 0);
base::Result<Sampling> distilled_sampling(const std::string& version);
// Three more steps after upscaling; begins at noise level sigmas[0].
Sampling second_stage_sampling();

struct DenoiseInput {
    const TextContext* prompt = nullptr;
    const TextContext* negative = nullptr;  // needed where sampling.uses_negative()
    const ClipTokens* tokens = nullptr;
    bool keyframes = true;  // the net's keyframe embedding is applied, where it has one
    // Sound that is given: clean [1,Ta,channels] and mask [1,Ta], or undefined.
    tensor::Tensor audio_clean, audio_mask;
    NoiseSource* step_noise = nullptr;  // needed by Ancestral and Res2s; video is drawn first
    // So many steps are done: the start is the state after them. Their noise is drawn and dropped.
    int64_t done_steps = 0;
};

struct DenoiseCallbacks {
    // After step `step` (1 .. steps); the streams are the state, with appended tokens.
    std::function<void(int64_t step, int64_t steps, const Streams& state)> on_step;
    const base::CancelToken* cancel = nullptr;
};

// `start`: the state at sigmas[0], or after the done steps. Errors: shapes, a solver without noise,
// Cancelled.
base::Result<Streams> denoise(const Transformer& net, const DenoiseInput& input,
                              const Sampling& sampling, Streams start,
                              const DenoiseCallbacks& callbacks = {});

}  // namespace neural::ltx
