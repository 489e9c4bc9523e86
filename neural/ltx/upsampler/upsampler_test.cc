#include "neural/ltx/upsampler/upsampler.h"

#include "neural/ltx/testing/tests.h"
#include "tensor/ops/layout.h"

using namespace neural;
using namespace neural::ltx;
using neural::ltx::testing::expect_golden;
using neural::ltx::testing::expect_table;
using neural::ltx::testing::largest_difference;
using neural::ltx::testing::normal;
using tensor::Shape;

namespace {

UpsamplerConfig config(const char* text) {
    return UpsamplerConfig::parse(*base::parse_json(text, "test"), "test").value();
}

TEST(LtxUpsampler, GoldenCases) {
    for (const char* id : {"ltx20_upsampler_rational2", "ltx23_upsampler_spatial",
                           "ltx_upsampler_rational1_5", "ltx_upsampler_temporal"}) {
        expect_golden(id);
    }
}

TEST(LtxUpsampler, AsksForThePublishedNames) {
    const auto load = [](const char* text) {
        return [=](const Loader& loader) -> base::Status {
            TRY(LatentUpsampler::load(loader, config(text)));
            return {};
        };
    };
    expect_table("ltx-2.0-spatial-upscaler-x2", "",
                 load(R"({"rational_resampler":true,"spatial_scale":2.0})"));
    expect_table("ltx-2.3-spatial-upscaler-x2", "", load("{}"));
    expect_table("ltx-spatial-upscaler-x1.5", "",
                 load(R"({"rational_resampler":true,"spatial_scale":1.5})"));
    expect_table("ltx-temporal-upscaler-x2", "",
                 load(R"({"spatial_upsample":false,"temporal_upsample":true})"));
}

TEST(LtxUpsampler, SizesOfEveryForm) {
    const auto run = [](const char* text) {
        UpsamplerConfig c = config(text);
        c.latent_channels = 4;
        c.middle = 32;
        c.blocks = 1;
        const auto net =
            LatentUpsampler::load(Loader(std::make_shared<GeneratedWeights>(1)), c).value();
        return net.forward(normal({2, 3, 3, 5, 4}, 1)).value().shape();
    };
    EXPECT_EQ(run("{}"), Shape({2, 3, 6, 10, 4}));
    EXPECT_EQ(run(R"({"dims":2})"), Shape({2, 3, 6, 10, 4}));
    EXPECT_EQ(run(R"({"temporal_upsample":true})"), Shape({2, 5, 6, 10, 4}));
    EXPECT_EQ(run(R"({"rational_resampler":true,"spatial_scale":1.5})"), Shape({2, 3, 5, 8, 4}));
    EXPECT_EQ(run(R"({"rational_resampler":true,"spatial_scale":0.75})"), Shape({2, 3, 3, 4, 4}));
    EXPECT_EQ(run(R"({"rational_resampler":true,"spatial_scale":4})"), Shape({2, 3, 12, 20, 4}));
}

TEST(LtxUpsampler, WithTwoDimensionsFramesDoNotSeeEachOther) {
    UpsamplerConfig c = config(R"({"dims":2})");
    c.latent_channels = 4;
    c.middle = 32;
    c.blocks = 1;
    const auto net =
        LatentUpsampler::load(Loader(std::make_shared<GeneratedWeights>(1)), c).value();
    const auto x = normal({1, 3, 4, 4, 4}, 2);
    EXPECT_LT(largest_difference(tensor::slice(*net.forward(x), 1, 1, 2),
                                 *net.forward(tensor::slice(x, 1, 1, 2))),
              1e-5f);
}

TEST(LtxUpsampler, ConfigurationsAreChecked) {
    for (const char* bad :
         {R"({"mid_channels":33})", R"({"spatial_scale":3})", R"({"dims":1})",
          R"({"spatial_upsample":false})", R"({"dims":2,"temporal_upsample":true})",
          R"({"rational_resampler":true,"spatial_scale":3.0})"}) {
        EXPECT_FALSE(UpsamplerConfig::parse(*base::parse_json(bad, "test"), "test").ok()) << bad;
    }
}

}  // namespace
