#include "neural/ltx/transformer/transformer.h"

#include <gtest/gtest.h>

#include "neural/ltx/transformer/positions.h"
#include "neural/noise/noise.h"
#include "neural/testing/golden_files.h"
#include "neural/weights/generated.h"
#include "tensor/ops/layout.h"

namespace {

using namespace neural;
using namespace neural::ltx;
using tensor::Tensor;

TransformerConfig tiny() {
    TransformerConfig c;
    c.layers = 3;
    c.video = {2, 12, 6, 6, false};
    c.audio = {2, 6, 4, 4, true};
    c.keyframe_embedding = true;
    return c;
}

struct Net {
    explicit Net(uint64_t seed = 1, int64_t batch = 1)
        : net(*Transformer::load(Loader(std::make_shared<GeneratedWeights>(seed)), tiny())),
          noise(counter_noise(seed)),
          grid{2, 2, 3} {
        const Tensor video_at = video_positions(grid, 24), audio_at = audio_positions(5);
        codes = net.position_codes(video_at, audio_at);
        in.video = noise->normal({batch, grid.tokens(), 6});
        in.audio = noise->normal({batch, 5, 4});
        in.video_sigma = in.audio_sigma = Tensor::full({batch}, 0.7f);
        in.positions = &codes;
        for (TextContext* t : {&prompt, &other})
            *t = *net.text_context(noise->normal({batch, 4, 24}), noise->normal({batch, 4, 12}));
    }
    std::vector<Velocity> run(std::vector<Pass> passes, ForwardOptions options = {}) {
        return *net.forward(in, passes, options);
    }

    Transformer net;
    std::unique_ptr<NoiseSource> noise;
    LatentGrid grid;
    PositionCodes codes;
    TransformerInput in;
    TextContext prompt, other;
};

void expect_same(const Velocity& a, const Velocity& b) {
    EXPECT_EQ(a.video.to_vector(), b.video.to_vector());
    EXPECT_EQ(a.audio.to_vector(), b.audio.to_vector());
}

TEST(LtxTransformer, Goldens) {
    neural::testing::expect_goldens({"ltx20_dit", "ltx23_dit", "ltx25_dit"});
}

TEST(LtxTransformer, NamesAndShapesArePublishedOnes) {
    for (const std::string version : {"2.0", "2.3", "2.5"}) {
        const auto shapes = std::make_shared<ShapesOnly>();
        const auto config = published_transformer_config(version);
        ASSERT_TRUE(config.ok());
        ASSERT_TRUE(Transformer::load(Loader(shapes, "model.diffusion_model."), *config).ok());
        neural::testing::expect_table(*shapes, "ltx-" + version + "-transformer.tsv");
    }
}

TEST(LtxTransformer, PassesTogetherAreThePassesAlone) {
    Net n;
    const Pass with{&n.prompt, true, {}, {}}, without{&n.other, true, {}, {}},
        perturbed{&n.prompt, true, {1}, {}}, apart{&n.prompt, false, {}, {}};
    const auto all = n.run({with, without, perturbed, apart});
    ASSERT_EQ(all.size(), 4u);
    expect_same(all[0], n.run({with})[0]);
    expect_same(all[1], n.run({without})[0]);
    expect_same(all[2], n.run({perturbed})[0]);
    expect_same(all[3], n.run({apart})[0]);
    EXPECT_NE(all[0].video.to_vector(), all[2].video.to_vector());
    EXPECT_NE(all[0].video.to_vector(), all[3].video.to_vector());
}

TEST(LtxTransformer, APerturbedPassComputesOnlyItsOwnBlocks) {
    Net n;
    int blocks = 0;
    ForwardOptions options;
    options.observe = [&](size_t, int64_t, const Tensor&, const Tensor&) { ++blocks; };
    n.run({{&n.prompt, true, {}, {}}, {&n.prompt, true, {2}, {}}}, options);
    EXPECT_EQ(blocks, 3 + 1);
}

TEST(LtxTransformer, SamplesOfABatchDoNotSeeEachOther) {
    Net n(2, 2);
    const auto both = n.run({{&n.prompt, true, {}, {}}})[0];
    Net one(2, 2);
    const TextContext text{n.prompt.video.rows(1, 2), n.prompt.audio.rows(1, 2)};
    one.in.video = n.in.video.rows(1, 2);
    one.in.audio = n.in.audio.rows(1, 2);
    one.in.video_sigma = one.in.audio_sigma = Tensor::full({1}, 0.7f);
    const auto alone = one.run({{&text, true, {}, {}}})[0];
    for (int64_t i = 0; i < alone.video.elements(); ++i)
        EXPECT_NEAR(alone.video.f32()[i], both.video.rows(1, 2).f32()[i], 1e-5);
}

TEST(LtxTransformer, EqualTokenLevelsMakeTheModesOne) {
    Net n;
    n.in.video_token_sigma = Tensor::full({1, n.grid.tokens()}, 0.7f);
    n.in.audio_token_sigma = Tensor::full({1, 5}, 0.7f);
    std::vector<Velocity> results;
    for (const auto rule : {CrossTimestep::Mixed, CrossTimestep::Cross, CrossTimestep::Own}) {
        ForwardOptions options;
        options.cross_timestep = rule;
        results.push_back(n.run({{&n.prompt, true, {}, {}}}, options)[0]);
    }
    expect_same(results[0], results[1]);
    expect_same(results[0], results[2]);
    n.in.video_token_sigma.f32()[0] = 0;
    EXPECT_NE(n.run({{&n.prompt, true, {}, {}}})[0].video.to_vector(),
              results[0].video.to_vector());
}

TEST(LtxTransformer, AMaskedTokenIsNotSeen) {
    Net n;
    const int64_t T = n.grid.tokens();
    n.in.video_self_mask = Tensor::full({1, T, T}, 1.0f);
    for (int64_t i = 0; i + 1 < T; ++i) n.in.video_self_mask.f32()[i * T + T - 1] = 0;
    // Streams apart, so that the last token reaches nobody.
    const auto before = n.run({{&n.prompt, false, {}, {}}})[0];
    for (int64_t c = 0; c < 6; ++c) n.in.video.f32()[(T - 1) * 6 + c] += 3;
    const auto after = n.run({{&n.prompt, false, {}, {}}})[0];
    EXPECT_EQ(tensor::slice(before.video, 1, 0, T - 1).to_vector(),
              tensor::slice(after.video, 1, 0, T - 1).to_vector());
    EXPECT_NE(before.video.to_vector(), after.video.to_vector());
}

TEST(LtxTransformer, CancelsBetweenBlocks) {
    Net n;
    base::CancelToken cancel;
    ForwardOptions options;
    options.cancel = &cancel;
    int blocks = 0;
    options.observe = [&](size_t, int64_t, const Tensor&, const Tensor&) {
        if (++blocks == 2) cancel.cancel();
    };
    const Pass pass{&n.prompt, true, {}, {}};
    const auto result = n.net.forward(n.in, {&pass, 1}, options);
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().kind, base::ErrorKind::Cancelled);
    EXPECT_EQ(blocks, 2);
}

TEST(LtxTransformer, RefusesWhatDoesNotFit) {
    Net n;
    const auto refused = [&](const TransformerInput& in, const Pass& pass) {
        return !n.net.forward(in, {&pass, 1}).ok();
    };
    const Pass good{&n.prompt, true, {}, {}};
    TransformerInput in = n.in;
    in.video = n.noise->normal({1, 3, 6});
    EXPECT_TRUE(refused(in, good));
    in = n.in;
    in.audio = n.noise->normal({1, 5, 5});
    EXPECT_TRUE(refused(in, good));
    in = n.in;
    in.video_token_sigma = Tensor::full({1, 2}, 0.5f);
    EXPECT_TRUE(refused(in, good));
    EXPECT_TRUE(refused(n.in, {&n.prompt, true, {3}, {}}));
    EXPECT_TRUE(refused(n.in, {nullptr, true, {}, {}}));
    EXPECT_FALSE(n.net.text_context(n.noise->normal({1, 4, 7}), n.prompt.audio).ok());
}

TEST(LtxConfig, RefusesImpossibleValues) {
    const auto refused = [](const char* text) {
        return !parse_transformer_config(*base::parse_json(text, "config")).ok();
    };
    EXPECT_FALSE(refused("{}"));
    EXPECT_TRUE(refused(R"({"num_layers": 1e12})"));
    EXPECT_TRUE(refused(R"({"num_layers": -1})"));
    EXPECT_TRUE(refused(R"({"num_layers": "48"})"));
    EXPECT_TRUE(refused(R"({"num_attention_heads": 31})"));
    EXPECT_TRUE(refused(R"({"attention_head_dim": 7})"));
    EXPECT_TRUE(refused(R"({"positional_embedding_max_pos": [20]})"));
    EXPECT_TRUE(refused(R"({"rope_type": "spiral"})"));
    EXPECT_TRUE(refused("[]"));
}

TEST(LtxPositions, FirstFrameCoversOnePixelFrame) {
    const Tensor p = video_positions({3, 1, 2}, 24);
    const auto at = [&](int axis, int64_t token, int side) {
        return p.f32()[(axis * 6 + token) * 2 + side];
    };
    EXPECT_FLOAT_EQ(at(0, 0, 0), 0);
    EXPECT_FLOAT_EQ(at(0, 0, 1), 1 / 24.0f);
    EXPECT_FLOAT_EQ(at(0, 2, 0), 1 / 24.0f);
    EXPECT_FLOAT_EQ(at(0, 2, 1), 9 / 24.0f);
    EXPECT_FLOAT_EQ(at(2, 1, 0), 32);
    EXPECT_FLOAT_EQ(at(2, 1, 1), 64);
    const Tensor a = audio_positions(3);
    EXPECT_FLOAT_EQ(a.f32()[0], 0);
    EXPECT_FLOAT_EQ(a.f32()[1], 0.01f);
    EXPECT_FLOAT_EQ(a.f32()[2], 0.01f);
    EXPECT_FLOAT_EQ(a.f32()[5], 0.09f);
    EXPECT_EQ(audio_tokens(121, 24), 126);
}

}  // namespace
