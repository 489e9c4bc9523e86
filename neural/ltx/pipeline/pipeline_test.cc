#include "neural/ltx/pipeline/pipeline.h"

#include <gtest/gtest.h>

#include "neural/testing/golden_files.h"
#include "neural/weights/generated.h"
#include "tensor/ops/arithmetic.h"
#include "tensor/ops/layout.h"

namespace {

using namespace neural;
using namespace neural::ltx;
using tensor::Tensor;

TEST(LtxPipeline, Goldens) {
    neural::testing::expect_goldens({"ltx23_pipeline", "ltx25_pipeline"});
}

TEST(LtxTokens, SizesAreRefusedWithTheNearestOnes) {
    const auto grid = latent_grid({121, 512, 768, 24});
    ASSERT_TRUE(grid.ok());
    EXPECT_EQ(grid->frames, 16);
    EXPECT_EQ(grid->tokens(), 16 * 16 * 24);
    const auto odd = latent_grid({120, 512, 768, 24});
    ASSERT_FALSE(odd.ok());
    EXPECT_EQ(odd.error().kind, base::ErrorKind::Usage);
    EXPECT_NE(odd.error().message.find("113 and 121"), std::string::npos);
    const auto crooked = latent_grid({9, 500, 768, 24});
    ASSERT_FALSE(crooked.ok());
    EXPECT_NE(crooked.error().message.find("768x512"), std::string::npos);
    for (const ClipSize& s : {ClipSize{0, 32, 32, 24}, ClipSize{9, 0, 32, 24},
                              ClipSize{9, 32, 32, 0}, ClipSize{9, 32, INT64_MAX, 24}})
        EXPECT_FALSE(latent_grid(s).ok());
}

Condition filled(float value, int64_t frames, int64_t at, double strength = 1) {
    Condition c;
    c.latent = Tensor::full({1, frames, 1, 2, 3}, value);
    c.frame = at;
    c.picture = frames == 1;
    c.strength = strength;
    return c;
}

TEST(LtxTokens, ConditionsReplaceOrAreAppended) {
    const LatentGrid grid{3, 1, 2};
    Condition reference = filled(7, 2, 0, 0.5);
    reference.kind = Condition::Kind::Reference;
    reference.attention = 0.25;
    reference.shrink = 2;
    const auto t = clip_tokens(grid, 3, 24, {filled(5, 1, 0), filled(6, 1, 9, 0.75), reference});
    ASSERT_TRUE(t.ok());
    EXPECT_EQ(t->appended, 2 + 4);
    EXPECT_EQ(t->mask.to_vector(),
              (std::vector<float>{0, 0, 1, 1, 1, 1, 0.25, 0.25, 0.5, 0.5, 0.5, 0.5}));
    EXPECT_EQ(t->keyframes.to_vector(), (std::vector<float>{1, 1, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0}));
    EXPECT_EQ(t->clean.f32()[0], 5);
    EXPECT_EQ(t->clean.f32()[6 * 3], 6);
    EXPECT_EQ(t->clean.f32()[8 * 3], 7);
    // The appended picture covers one frame; the reference lies on the clip, twice as wide.
    const int64_t T = t->total();
    EXPECT_FLOAT_EQ(t->positions.f32()[2 * 6], 9 / 24.0f);
    EXPECT_FLOAT_EQ(t->positions.f32()[2 * 6 + 1], 10 / 24.0f);
    EXPECT_FLOAT_EQ(t->positions.f32()[2 * 8], 0);
    EXPECT_FLOAT_EQ(t->positions.f32()[2 * (2 * T + 9)], 64);
    ASSERT_TRUE(t->self_mask.defined());
    EXPECT_EQ(t->self_mask.f32()[0 * T + 8], 0.25f);
    EXPECT_EQ(t->self_mask.f32()[8 * T + 0], 0.25f);
    EXPECT_EQ(t->self_mask.f32()[8 * T + 9], 1);
    EXPECT_EQ(t->self_mask.f32()[0 * T + 6], 1);
}

TEST(LtxTokens, GivenLatentsLeaveARegionToBeMade) {
    Condition before = filled(4, 1, 0), after = filled(9, 1, 2, 0.5);
    before.kind = after.kind = Condition::Kind::Latents;
    const auto t = clip_tokens({3, 1, 2}, 3, 24, {before, after});
    ASSERT_TRUE(t.ok());
    EXPECT_EQ(t->appended, 0);
    EXPECT_EQ(t->mask.to_vector(), (std::vector<float>{0, 0, 1, 1, 0.5, 0.5}));
    EXPECT_EQ(t->clean.f32()[4 * 3], 9);
    after.frame = 3;
    EXPECT_FALSE(clip_tokens({3, 1, 2}, 3, 24, {after}).ok());
}

TEST(LtxTokens, ImpossibleConditionsAreRefused) {
    const LatentGrid grid{3, 1, 2};
    EXPECT_FALSE(clip_tokens(grid, 3, 24, {filled(1, 4, 0)}).ok());   // longer than the clip
    EXPECT_FALSE(clip_tokens(grid, 3, 24, {filled(1, 1, 17)}).ok());  // behind its end
    EXPECT_FALSE(clip_tokens(grid, 3, 24, {filled(1, 1, -1)}).ok());
    EXPECT_FALSE(clip_tokens(grid, 3, 24, {filled(1, 1, 0, 1.5)}).ok());
    EXPECT_FALSE(clip_tokens(grid, 4, 24, {filled(1, 1, 0)}).ok());
    EXPECT_FALSE(clip_tokens({3, 2, 2}, 3, 24, {filled(1, 1, 0)}).ok());
}

TransformerConfig tiny() {
    TransformerConfig c;
    c.layers = 2;
    c.video = {2, 12, 3, 3, true};
    c.audio = {2, 6, 4, 4, true};
    return c;
}

struct Scene {
    Scene()
        : net(*Transformer::load(Loader(std::make_shared<GeneratedWeights>(1)), tiny())),
          noise(counter_noise(1)) {
        prompt = *net.text_context(noise->normal({1, 4, 24}), noise->normal({1, 4, 12}));
        negative = *net.text_context(noise->normal({1, 4, 24}), noise->normal({1, 4, 12}));
    }
    base::Result<Streams> run(const ClipTokens& tokens, const Sampling& sampling,
                              const DenoiseCallbacks& callbacks = {}, const Tensor& sound = {},
                              const Tensor& sound_mask = {}) {
        const auto initial = counter_noise(5), fresh = counter_noise(6);
        DenoiseInput in;
        in.prompt = &prompt;
        in.negative = &negative;
        in.tokens = &tokens;
        in.step_noise = fresh.get();
        in.audio_clean = sound;
        in.audio_mask = sound_mask;
        Streams x{initial->normal({1, tokens.total(), 3}), initial->normal({1, 5, 4})};
        x.video = keep_given(x.video, tokens.clean, tokens.mask);
        x.audio = keep_given(x.audio, sound, sound_mask);
        return denoise(net, in, sampling, x, callbacks);
    }

    Transformer net;
    std::unique_ptr<NoiseSource> noise;
    TextContext prompt, negative;
};

// Pictures and sound that are given at full strength come out as they went in, whatever the solver.
TEST(LtxDenoise, GivenTokensStay) {
    Scene s;
    const auto tokens = clip_tokens({3, 1, 2}, 3, 24, {filled(0.5f, 1, 0), filled(-2, 1, 9)});
    ASSERT_TRUE(tokens.ok());
    Tensor mask = Tensor::full({1, 5}, 1.0f);
    mask.f32()[0] = mask.f32()[1] = 0;
    const Tensor sound = Tensor::full({1, 5, 4}, 0.25f);
    for (const Solver solver : {Solver::Euler, Solver::Ancestral, Solver::Res2s}) {
        Sampling sampling;
        sampling.sigmas = {1, 0.8, 0.6, 0.3, 0};
        sampling.solver = solver;
        sampling.eta = 0.5;
        sampling.video = sampling.audio = {3, 1, 3, 0.7};
        sampling.perturbed_blocks = {1};
        int64_t steps = 0;
        DenoiseCallbacks callbacks;
        callbacks.on_step = [&](int64_t step, int64_t all, const Streams& state) {
            EXPECT_EQ(step, ++steps);
            EXPECT_EQ(all, solver == Solver::Res2s ? 5 : 4);
            for (int64_t i = 0; i < 6; ++i) {
                EXPECT_NEAR(state.video.f32()[i], 0.5, 1e-6);
                EXPECT_NEAR(state.video.f32()[18 + i], -2, 1e-6);
            }
            for (int64_t i = 0; i < 8; ++i) EXPECT_NEAR(state.audio.f32()[i], 0.25, 1e-6);
        };
        const auto made = s.run(*tokens, sampling, callbacks, sound, mask);
        ASSERT_TRUE(made.ok()) << made.error().text();
        EXPECT_EQ(steps, solver == Solver::Res2s ? 5 : 4);
        for (const float v : made->video.to_vector()) EXPECT_TRUE(std::isfinite(v));
    }
}

TEST(LtxDenoise, StopsWhereItIsTold) {
    Scene s;
    const auto tokens = clip_tokens({2, 1, 2}, 3, 24, {});
    base::CancelToken cancel;
    DenoiseCallbacks callbacks;
    callbacks.cancel = &cancel;
    int64_t steps = 0;
    callbacks.on_step = [&](int64_t, int64_t, const Streams&) {
        if (++steps == 2) cancel.cancel();
    };
    const auto made = s.run(*tokens, *distilled_sampling("2.3"), callbacks);
    ASSERT_FALSE(made.ok());
    EXPECT_EQ(made.error().kind, base::ErrorKind::Cancelled);
    EXPECT_EQ(steps, 2);
}

TEST(LtxDenoise, RefusesNoiseLevelsThatDoNotFall) {
    Scene s;
    const auto tokens = clip_tokens({2, 1, 2}, 3, 24, {});
    for (const std::vector<double>& sigmas :
         {std::vector<double>{}, {1}, {1, 0.5}, {1, 1, 0}, {0.5, 0.7, 0}, {2, 1, 0}, {NAN, 0}}) {
        Sampling sampling;
        sampling.sigmas = sigmas;
        EXPECT_FALSE(s.run(*tokens, sampling).ok());
    }
}

TEST(LtxSampling, HasThePublishedSettings) {
    EXPECT_EQ(dev_sampling("2.0")->sigmas.size(), 41u);
    EXPECT_EQ(dev_sampling("2.5")->perturbed_blocks, std::vector<int64_t>{28});
    EXPECT_EQ(distilled_sampling("2.3")->solver, Solver::Euler);
    EXPECT_EQ(distilled_sampling("2.5")->solver, Solver::Ancestral);
    EXPECT_FALSE(distilled_sampling("1.0").ok());
    EXPECT_FALSE(distilled_sampling("2.5")->uses_negative());
}

}  // namespace
