#include "neural/wan/pipeline/pipeline.h"

#include <gtest/gtest.h>

#include "neural/wan/pipeline/conditions.h"
#include "neural/weights/generated.h"
#include "tensor/ops/layout.h"
#include "tensor/testing/twin.h"

using neural::wan::ImageUse;
using neural::wan::Models;
using neural::wan::Request;
using neural::wan::Transformer;
using neural::wan::TransformerConfig;
using neural::wan::Vae;
using tensor::Tensor;
using tensor::testing::Random;

namespace {

constexpr int64_t kLatentFrames = 3;

struct Tiny {
    Models models;
    Request request;
    int low_loads = 0, high_loads = 0;
};

neural::Loader weights(uint64_t seed) {
    return neural::Loader(std::make_shared<neural::GeneratedWeights>(seed));
}

// A pipeline of 2.1 form: z 4, frames 1 + 4 k, sides of 8 pixels per latent.
std::unique_ptr<Tiny> make(ImageUse image, bool two_experts) {
    auto tiny = std::make_unique<Tiny>();
    neural::wan::VaeConfig vae = neural::wan::wan21_vae();
    vae.dim = vae.dec_dim = 4;
    vae.z_dim = 4;
    vae.dim_mult = {1, 1, 2, 2};
    vae.num_res_blocks = 1;
    vae.mean.assign(4, 0.0f);
    vae.std.assign(4, 1.0f);
    TransformerConfig c;
    c.in_dim = image == ImageUse::Channels ? 12 : 4;
    c.out_dim = 4;
    c.dim = 24;
    c.ffn_dim = 32;
    c.freq_dim = 16;
    c.text_dim = 10;
    c.text_len = 6;
    c.num_heads = 2;
    c.num_layers = 2;
    Tiny* t = tiny.get();
    t->models.vae = std::make_shared<const Vae>(*Vae::load(weights(1), vae));
    t->models.image = image;
    t->models.transformer = [t, c]() -> base::Result<std::shared_ptr<const Transformer>> {
        ++t->low_loads;
        return std::make_shared<const Transformer>(TRY(Transformer::load(weights(2), c)));
    };
    if (two_experts) {
        t->models.boundary = 0.8;
        t->models.high_noise = [t, c]() -> base::Result<std::shared_ptr<const Transformer>> {
            ++t->high_loads;
            return std::make_shared<const Transformer>(TRY(Transformer::load(weights(3), c)));
        };
    }
    Random random(4);
    t->request.context = random.normal({5, 10});
    t->request.negative = random.normal({2, 10});
    t->request.noise = random.normal({4, kLatentFrames, 2, 4});
    t->request.steps = 4;
    return tiny;
}

TEST(WanPipeline, TellsProgressAndStopsBetweenSteps) {
    const auto tiny = make(ImageUse::None, false);
    base::CancelToken cancel;
    std::vector<int64_t> done;
    neural::wan::Hooks hooks;
    hooks.cancel = &cancel;
    hooks.progress = [&](int64_t step, int64_t steps) {
        EXPECT_EQ(steps, 4);
        done.push_back(step);
        if (step == 2) cancel.cancel();
    };
    const auto latent = neural::wan::denoise(tiny->models, tiny->request, hooks);
    ASSERT_FALSE(latent.ok());
    EXPECT_EQ(latent.error().kind, base::ErrorKind::Cancelled);
    EXPECT_EQ(done, (std::vector<int64_t>{1, 2}));
}

TEST(WanPipeline, GuidanceOfOneIsThePromptAlone) {
    const auto tiny = make(ImageUse::None, false);
    tiny->request.guidance_low = 1;
    const Tensor guided = *neural::wan::denoise(tiny->models, tiny->request);
    tiny->request.negative = {};
    tiny->request.guidance_low = 7;
    const Tensor alone = *neural::wan::denoise(tiny->models, tiny->request);
    EXPECT_EQ(guided.to_vector(), alone.to_vector());
}

TEST(WanPipeline, ExpertsAreLoadedOnceEachAndChangeAtTheBoundary) {
    const auto tiny = make(ImageUse::None, true);
    std::vector<bool> high;
    neural::wan::Hooks hooks;
    hooks.trace = [&](int64_t, const Tensor&, bool h) { high.push_back(h); };
    ASSERT_TRUE(neural::wan::denoise(tiny->models, tiny->request, hooks).ok());
    EXPECT_EQ(tiny->high_loads, 1);
    EXPECT_EQ(tiny->low_loads, 1);
    ASSERT_EQ(high.size(), 4u);
    EXPECT_TRUE(high.front());
    EXPECT_FALSE(high.back());
    EXPECT_TRUE(std::is_sorted(high.rbegin(), high.rend()));
}

TEST(WanPipeline, GivenFramesStayAsTheyAre) {
    Random random(9);
    for (const int64_t given : {1, 5}) {
        const auto tiny = make(ImageUse::CleanTokens, false);
        tiny->request.start = random.normal({1, given, 16, 32, 3}, 0.4f);
        const Tensor latent = *neural::wan::denoise(tiny->models, tiny->request);
        const Tensor clean =
            *neural::wan::encode_start(*tiny->models.vae, tiny->request.start, nullptr);
        const Tensor begin = tensor::slice(latent, 1, 0, clean.dim(1));
        EXPECT_EQ(begin.to_vector(), clean.to_vector());
    }
}

TEST(WanPipeline, ChannelsMarkTheGivenFrames) {
    Random random(10);
    const auto tiny = make(ImageUse::Channels, false);
    EXPECT_FALSE(neural::wan::denoise(tiny->models, tiny->request).ok());
    tiny->request.start = random.normal({1, 1, 16, 32, 3}, 0.4f);
    ASSERT_TRUE(neural::wan::denoise(tiny->models, tiny->request).ok());

    const Tensor y = *neural::wan::start_channels(*tiny->models.vae, tiny->request.start,
                                                  tiny->request.noise.shape(), nullptr);
    ASSERT_EQ(y.shape().text(), "8x3x2x4");
    for (int64_t i = 0; i < 4 * 3 * 8; ++i) ASSERT_EQ(y.f32()[i], i / 8 % 3 == 0 ? 1.0f : 0.0f);
    Tensor clip = Tensor::zeros({1, 9, 16, 32, 3});
    std::copy_n(tiny->request.start.f32(), tiny->request.start.elements(), clip.f32());
    const Tensor whole = *neural::wan::encode_start(*tiny->models.vae, clip, nullptr);
    for (int64_t i = 0; i < whole.elements(); ++i)
        ASSERT_NEAR(y.f32()[4 * 3 * 8 + i], whole.f32()[i], 2e-6);
}

TEST(WanPipeline, PicturesOfTheStreamAreTheDecodedClip) {
    const auto tiny = make(ImageUse::None, false);
    const Tensor latent = tiny->request.noise;
    std::vector<Tensor> parts;
    ASSERT_TRUE(neural::wan::decode(*tiny->models.vae, latent, [&](const Tensor& part) {
                    parts.push_back(part);
                    return base::Status();
                }).ok());
    const Tensor clip = tensor::concat(parts, 1);
    EXPECT_EQ(clip.shape().text(), "1x9x16x32x3");
    const auto source = neural::wan::decoded_frames(tiny->models.vae, latent, 16);
    EXPECT_EQ(source->frame_count(), 9);
    EXPECT_EQ(source->width_px(), 32);
    EXPECT_EQ(source->height_px(), 16);
    for (int64_t i = 0; i < 9; ++i) {
        const auto frame = *source->next();
        ASSERT_TRUE(frame.has_value());
        EXPECT_EQ(frame->index, i);
        for (size_t p = 0; p < frame->image.data.size(); ++p) {
            const float want = (clip.f32()[static_cast<size_t>(i) * 16 * 32 * 3 + p] + 1) * 127.5f;
            ASSERT_NEAR(frame->image.data[p], want, 0.5001f);
        }
    }
    EXPECT_FALSE(source->next()->has_value());
    EXPECT_FALSE(source->next()->has_value());
}

TEST(WanPipeline, RefusesSizesAndSettingsThatDoNotExist) {
    const auto vae = neural::wan::wan22_vae();
    const auto net = neural::wan::wan22_ti2v_5b();
    EXPECT_EQ(neural::wan::latent_shape(vae, net, 121, 704, 1280)->text(), "48x31x44x80");
    EXPECT_EQ(neural::wan::latent_shape(vae, net, 1, 32, 32)->text(), "48x1x2x2");
    for (const auto& [frames, height, width, where] : {std::tuple{0, 704, 1280, "frames"},
                                                       {-3, 704, 1280, "frames"},
                                                       {120, 704, 1280, "frames"},
                                                       {121, 720, 1280, "height"},
                                                       {121, 704, 1000, "width"},
                                                       {121, 0, 1280, "height"},
                                                       {121, 704, 1 << 30, "width"},
                                                       {4 * 1024 + 1, 704, 1280, "frames"}}) {
        const auto shape = neural::wan::latent_shape(vae, net, frames, height, width);
        ASSERT_FALSE(shape.ok());
        EXPECT_EQ(shape.error().where, where);
        EXPECT_EQ(shape.error().kind, base::ErrorKind::Usage);
    }
    const auto tiny = make(ImageUse::None, false);
    tiny->request.start = Tensor::zeros({1, 1, 16, 32, 3});
    EXPECT_EQ(neural::wan::denoise(tiny->models, tiny->request).error().where, "image");
    tiny->request.start = {};
    tiny->request.solver = "magic";
    EXPECT_EQ(neural::wan::denoise(tiny->models, tiny->request).error().where, "solver");
    const auto clean = make(ImageUse::CleanTokens, false);
    for (const auto& shape :
         {tensor::Shape{1, 2, 16, 32, 3}, {1, 13, 16, 32, 3}, {1, 1, 16, 16, 3}}) {
        clean->request.start = Tensor::zeros(shape);
        EXPECT_FALSE(neural::wan::denoise(clean->models, clean->request).ok());
    }
}

}  // namespace
