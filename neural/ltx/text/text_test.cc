#include <gtest/gtest.h>

#include "neural/ltx/text/connectors.h"
#include "neural/ltx/text/duration_head.h"
#include "neural/noise/noise.h"
#include "neural/testing/golden_files.h"
#include "neural/weights/generated.h"
#include "tensor/ops/layout.h"

namespace {

using namespace neural;
using namespace neural::ltx;
using tensor::Tensor;

TEST(LtxText, Goldens) {
    neural::testing::expect_goldens({"ltx20_connectors", "ltx23_connectors", "ltx25_duration"});
}

TEST(LtxText, NamesAndShapesArePublishedOnes) {
    for (const std::string version : {"2.0", "2.3", "2.5"}) {
        const auto shapes = std::make_shared<ShapesOnly>();
        const auto config = published_text_config(version);
        ASSERT_TRUE(config.ok());
        ASSERT_TRUE(FeatureExtractor::load(Loader(shapes), *config).ok());
        ASSERT_TRUE(TextConnectors::load(Loader(shapes, "model.diffusion_model."), *config).ok());
        neural::testing::expect_table(*shapes, "ltx-" + version + "-connectors.tsv");
    }
    const auto shapes = std::make_shared<ShapesOnly>();
    ASSERT_TRUE(DurationHead::load(Loader(shapes, "duration_head."), {}).ok());
    neural::testing::expect_table(*shapes, "ltx-2.5-duration-head.tsv");
}

// What stands in the padding does not matter.
TEST(LtxText, PaddingHasNoInfluence) {
    for (const bool per_stream : {false, true}) {
        TextConfig c;
        c.hidden_width = 12;
        c.hidden_states = 3;
        c.projection_per_stream = per_stream;
        c.video = c.audio = {2, 6, 1, true, true};
        c.registers = 4;
        const auto weights = std::make_shared<GeneratedWeights>(5);
        const auto extractor = FeatureExtractor::load(Loader(weights), c);
        const auto connectors = TextConnectors::load(Loader(weights), c);
        ASSERT_TRUE(extractor.ok() && connectors.ok());
        const auto noise = counter_noise(5);
        std::vector<Tensor> hidden;
        for (int i = 0; i < 3; ++i) hidden.push_back(noise->normal({1, 8, 12}));
        const std::vector<int32_t> valid{0, 0, 0, 1, 1, 1, 1, 1};
        const Tensor mask = Tensor::from_i32({1, 8}, valid);
        const auto run = [&] { return *(*connectors)(*(*extractor)(hidden, mask)); };
        const TextContext before = run();
        for (Tensor& h : hidden) {
            for (int64_t i = 0; i < 3 * 12; ++i) h.f32()[i] = 100;
        }
        const TextContext after = run();
        EXPECT_EQ(before.video.to_vector(), after.video.to_vector());
        EXPECT_EQ(before.audio.to_vector(), after.audio.to_vector());
        hidden[0].f32()[7 * 12] += 1;
        EXPECT_NE(run().video.to_vector(), before.video.to_vector());
    }
}

TEST(LtxText, RefusesWhatDoesNotFit) {
    TextConfig c;
    c.hidden_width = 4;
    c.hidden_states = 2;
    c.video = c.audio = {1, 4, 1, true, true};
    const auto extractor = FeatureExtractor::load(Loader(std::make_shared<GeneratedWeights>(1)), c);
    ASSERT_TRUE(extractor.ok());
    const std::vector<int32_t> none{0, 0}, one{0, 1};
    const std::vector<Tensor> hidden{Tensor::zeros({1, 2, 4}), Tensor::zeros({1, 2, 4})};
    EXPECT_FALSE((*extractor)(hidden, Tensor::from_i32({1, 2}, none)).ok());
    EXPECT_TRUE((*extractor)(hidden, Tensor::from_i32({1, 2}, one)).ok());
    EXPECT_FALSE((*extractor)({hidden.data(), 1}, Tensor::from_i32({1, 2}, one)).ok());
}

TEST(LtxDuration, FramesLieOnTheGridWithinTheBounds) {
    EXPECT_EQ(frames_of_seconds(5, 24), 113);  // 120 -> 8k + 1 below
    EXPECT_EQ(frames_of_seconds(1, 24), 25);   // 17 would be shorter than a second
    EXPECT_EQ(frames_of_seconds(0.01, 24), 25);
    EXPECT_EQ(frames_of_seconds(1e30, 24), 473);
    EXPECT_EQ(frames_of_seconds(std::nan(""), 24), 25);
    EXPECT_EQ(frames_of_seconds(1, 24, 1.0, 1.02), 25);  // no grid point between: the nearer one
    for (double s = 0; s < 25; s += 0.37) {
        const int64_t f = frames_of_seconds(s, 25);
        EXPECT_EQ(f % 8, 1);
        EXPECT_GE(f, 25);
        EXPECT_LE(f, 500);
    }
}

}  // namespace
