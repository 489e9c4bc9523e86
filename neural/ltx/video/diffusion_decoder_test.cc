#include "neural/ltx/video/diffusion_decoder.h"

#include "neural/ltx/testing/tests.h"
#include "tensor/ops/layout.h"

using namespace neural;
using namespace neural::ltx;
using neural::ltx::testing::expect_golden;
using neural::ltx::testing::expect_table;
using neural::ltx::testing::largest_difference;
using neural::ltx::testing::normal;
using tensor::Shape;
using tensor::Tensor;

namespace {

DiffusionDecoderConfig tiny() {
    DiffusionDecoderConfig c;
    c.latent_channels = 4;
    c.head_dim = 8;
    c.channels = {32, 16, 8, 8, 8};
    c.depths = {1, 1, 1, 1, 1};
    c.kernels = {{3, 3, 3}, {3, 3, 3}, {3, 3, 3}, {3, 3, 3}};
    c.strides = {{1, 2, 2}, {2, 1, 1}, {2, 1, 1}, {2, 1, 1}};
    c.reductions = {2, 2, 1, 1};
    c.denoiser_kernel = {5, 5, 5};
    c.time_embedding = 16;
    return c;
}

DiffusionDecoder make(const DiffusionDecoderConfig& c,
                      std::shared_ptr<const TensorSource> source = nullptr) {
    if (!source) source = std::make_shared<GeneratedWeights>(9);
    return DiffusionDecoder::load(Loader(source), c).value();
}

TEST(LtxDiffusionDecoder, GoldenCases) {
    for (const char* id :
         {"ltx25_ddec", "ltx25_ddec_mid", "ltx25_ddec_realheads", "ltx25_ddec_small_2step"}) {
        expect_golden(id);
    }
}

TEST(LtxDiffusionDecoder, AsksForThePublishedNames) {
    expect_table(
        "ltx-2.5-video-vae-diffusion", "",
        [](const Loader& loader) -> base::Status {
            TRY(DiffusionDecoder::load(loader, {}));
            return {};
        },
        [](const std::string& name) { return name.starts_with("encoder."); });
}

TEST(LtxDiffusionDecoder, TilesThatHoldEverythingAreTheUntiledDecoder) {
    const DiffusionDecoder net = make(tiny());
    const Tensor latent = normal({2, 2, 3, 4, 4}, 1);
    const Tensor noise = normal(net.noise_shape(latent.shape()), 2);
    const Tensor whole = *net.decode(latent, noise);
    EXPECT_EQ(whole.shape(), Shape({2, 9, 24, 32, 3}));
    const Tensor tiled = *net.decode(latent, noise, 1, {.frames = 100, .side_px = 320});
    EXPECT_LT(largest_difference(whole, tiled), 1e-5f);
}

TEST(LtxDiffusionDecoder, TilesAreExactAwayFromTheirSeamsAndInOrder) {
    const DiffusionDecoder net = make(tiny());
    const Tensor latent = normal({1, 4, 3, 8, 4}, 3);
    const Tensor noise = normal(net.noise_shape(latent.shape()), 4);
    const Tensor whole = *net.decode(latent, noise);
    std::vector<Tensor> parts;
    const auto status = net.stream(
        latent,
        [&](int64_t begin, int64_t end) -> base::Result<Tensor> {
            return tensor::slice(noise, 1, begin, end);
        },
        1, {.frames = 16, .frame_overlap = 4, .side_px = 40, .overlap_px = 8},
        [&](const Tensor& frames) -> base::Status {
            parts.push_back(frames);
            return {};
        });
    ASSERT_TRUE(status.ok()) << status.error().text();
    EXPECT_GT(parts.size(), 1u);
    const Tensor tiled = tensor::concat(parts, 1);
    ASSERT_EQ(tiled.shape(), whole.shape());
    const auto corner = [](const Tensor& x) {
        return tensor::slice(tensor::slice(x, 1, 0, 6), 3, 0, 16);
    };
    EXPECT_LT(largest_difference(corner(tiled), corner(whole)), 1e-5f);
    const float seam = largest_difference(tiled, whole);
    EXPECT_GT(seam, 1e-4f);
    EXPECT_LT(seam, 4.0f);  // of values of about one
}

TEST(LtxDiffusionDecoder, PredictsThePictureItselfSoTheLastStepIsAlone) {
    // From the second step on the noise has been mixed with the prediction; the result stays near
    // the one-step one and is not the same.
    const DiffusionDecoder net = make(tiny());
    const Tensor latent = normal({1, 1, 2, 2, 4}, 5);
    const Tensor noise = normal(net.noise_shape(latent.shape()), 6);
    EXPECT_GT(largest_difference(*net.decode(latent, noise, 1), *net.decode(latent, noise, 3)),
              1e-3f);
}

// Generated weights of a file that has gates, all of one value.
class Gated final : public TensorSource {
public:
    explicit Gated(float gate) : gate_(gate) {}
    std::string where() const override { return "gated"; }
    std::vector<std::string> names() const override { return {"decoder.conv_in.weight"}; }
    std::optional<TensorInfo> info(const std::string& name, const Shape& wanted) const override {
        return weights_.info(name, wanted);
    }
    base::Result<Tensor> load(const std::string& name, const Shape& wanted) const override {
        if (name.find(".gate_") != name.npos) return Tensor::full(wanted, gate_);
        return weights_.load(name, wanted);
    }
    std::string metadata(const std::string&) const override { return {}; }

private:
    float gate_;
    GeneratedWeights weights_{9};
};

TEST(LtxDiffusionDecoder, GatesOfAFileScaleTheBranches) {
    const Tensor latent = normal({1, 1, 2, 2, 4}, 7);
    const DiffusionDecoder plain = make(tiny());
    const Tensor noise = normal(plain.noise_shape(latent.shape()), 8);
    const Tensor want = *plain.decode(latent, noise);
    const auto with = [&](float gate) {
        return *make(tiny(), std::make_shared<Gated>(gate)).decode(latent, noise);
    };
    EXPECT_LT(largest_difference(with(1.0f), want), 1e-5f);
    EXPECT_GT(largest_difference(with(0.5f), want), 1e-3f);
}

TEST(LtxDiffusionDecoder, WrongInputsAndConfigurationsAreSaid) {
    const DiffusionDecoder net = make(tiny());
    EXPECT_FALSE(net.decode(normal({1, 1, 2, 2, 5}, 1), normal({1, 1, 16, 16, 3}, 1)).ok());
    EXPECT_FALSE(net.decode(normal({1, 1, 2, 2, 4}, 1), normal({1, 2, 16, 16, 3}, 1)).ok());
    EXPECT_FALSE(net.decode(normal({1, 1, 2, 2, 4}, 1), normal({1, 1, 16, 16, 3}, 1), 0).ok());
    EXPECT_FALSE(net.decode(normal({1, 1, 2, 2, 4}, 1), normal({1, 1, 16, 16, 3}, 1), 1,
                            {.side_px = 8, .overlap_px = 64})
                     .ok());
    const auto parse = [](const char* text) {
        return DiffusionDecoderConfig::parse(*base::parse_json(text, "test"), "test");
    };
    EXPECT_TRUE(parse("{}").ok());
    for (const char* bad :
         {R"({"decoder_head_dim":6})", R"({"decoder_stage_channels":[64]})",
          R"({"decoder_stage_channels":[2048,1024,512,512,250]})",
          R"({"decoder_stage_kernels":[[3,3,3]]})", R"({"decoder_stage5_kernel":[0,1,1]})",
          R"({"decoder_upsample_strides":[[1,2,1],[2,1,1],[2,2,2],[2,2,2]]})"}) {
        EXPECT_FALSE(parse(bad).ok()) << bad;
    }
}

}  // namespace
