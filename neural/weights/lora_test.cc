#include "neural/weights/lora.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>

#include "neural/weights/generated.h"
#include "neural/weights/loader.h"
#include "neural/weights/open.h"
#include "neural/weights/renamed.h"
#include "neural/weights/safetensors.h"
#include "tensor/backend.h"

namespace neural {
namespace {

using tensor::Shape;
using tensor::Tensor;

constexpr int64_t kIn = 24, kOut = 16, kRank = 4;

Tensor waves(Shape shape, float step) {
    Tensor t(shape);
    for (int64_t i = 0; i < t.elements(); ++i)
        t.f32()[i] = std::sin(step * static_cast<float>(i + 1));
    return t;
}

struct Lora : ::testing::Test {
    std::filesystem::path folder =
        std::filesystem::temp_directory_path() / ("aozora-lora-" + std::to_string(getpid()));
    Tensor weight = waves({kOut, kIn}, 0.3f), bias = waves({kOut}, 0.2f);
    Tensor down = waves({kRank, kIn}, 0.7f), up = waves({kOut, kRank}, 0.9f);
    Tensor kernel = waves({kOut, 2, 1, 3, 3}, 0.11f);

    Lora() { std::filesystem::create_directories(folder); }
    ~Lora() override { std::filesystem::remove_all(folder); }

    std::string write(const std::string& name,
                      const std::vector<std::pair<std::string, Tensor>>& tensors) {
        const std::string path = (folder / name).string();
        EXPECT_TRUE(write_safetensors(path, tensors).ok());
        return path;
    }
    std::shared_ptr<TensorSource> model() {
        return *open_weights(write("model", {{"model.diffusion_model.blocks.0.to_q.weight", weight},
                                             {"model.diffusion_model.blocks.0.to_q.bias", bias},
                                             {"model.diffusion_model.conv.weight", kernel}}));
    }
    // factor * up down, added to the weight.
    std::vector<float> bent(float factor) const {
        std::vector<float> w = weight.to_vector();
        for (int64_t n = 0; n < kOut; ++n)
            for (int64_t k = 0; k < kIn; ++k)
                for (int64_t r = 0; r < kRank; ++r)
                    w[static_cast<size_t>(n * kIn + k)] +=
                        factor * up.f32()[n * kRank + r] * down.f32()[r * kIn + k];
        return w;
    }
    void expect_bent(const std::vector<LoraFile>& files, float factor) {
        const auto source = with_loras(model(), files);
        ASSERT_TRUE(source.ok()) << source.error().text();
        const std::vector<float> wanted = bent(factor);
        const std::string name = "model.diffusion_model.blocks.0.to_q.weight";
        const auto sum = (*source)->load(name, {kOut, kIn})->to_vector();
        for (size_t i = 0; i < wanted.size(); ++i) ASSERT_NEAR(sum[i], wanted[i], 1e-4f);

        const Loader loader(*source, "model.diffusion_model.");
        const tensor::Linear layer = loader.linear("blocks.0.to_q", kIn, kOut);
        ASSERT_TRUE(loader.finish().ok()) << loader.finish().error().text();
        EXPECT_EQ(layer.weight().to_vector(), weight.to_vector());  // as stored, bent on the fly
        const tensor::Linear plain(Tensor::from({kOut, kIn}, wanted), bias);
        const Tensor x = waves({3, kIn}, 0.05f);
        const auto got = layer(x).to_vector(), want = plain(x).to_vector();
        for (size_t i = 0; i < got.size(); ++i) ASSERT_NEAR(got[i], want[i], 1e-4f);
    }
};

TEST_F(Lora, EveryWritingOfTheNamesMeansTheSame) {
    const std::vector<std::pair<std::string, std::string>> endings = {
        {".lora_A.weight", ".lora_B.weight"},
        {".lora_down.weight", ".lora_up.weight"},
        {".lora.down.weight", ".lora.up.weight"},
        {".lora_A.default.weight", ".lora_B.default.weight"}};
    size_t which = 0;
    for (const std::string module :
         {"blocks.0.to_q", "diffusion_model.blocks.0.to_q", "transformer.blocks.0.to_q",
          "model.diffusion_model.blocks.0.to_q", "base_model.model.diffusion_model.blocks.0.to_q",
          "lora_unet_blocks_0_to_q"}) {
        const auto& [a, b] = endings[which++ % endings.size()];
        expect_bent({{write("l", {{module + a, down}, {module + b, up}}), 0.5f}}, 0.5f);
    }
}

TEST_F(Lora, AlphaAndSeveralFiles) {
    const std::string m = "diffusion_model.blocks.0.to_q";
    const std::string with_alpha = write("a", {{m + ".lora_down.weight", down},
                                               {m + ".lora_up.weight", up},
                                               {m + ".alpha", Tensor::full({}, 2)}});
    const std::string without =
        write("b", {{m + ".lora_A.weight", down}, {m + ".lora_B.weight", up}});
    expect_bent({{with_alpha, 1}}, 2.0f / kRank);
    expect_bent({{with_alpha, 1}, {without, -0.25f}}, 2.0f / kRank - 0.25f);
    expect_bent({{without, 0}}, 0);
}

TEST_F(Lora, KernelsAndDifferencesAreMerged) {
    const Tensor d = waves({kRank, 2, 1, 3, 3}, 0.4f), u = waves({kOut, kRank, 1, 1, 1}, 0.6f);
    const Tensor b = waves({kOut}, 1.3f);
    const std::string path = write("l", {{"diffusion_model.conv.lora_down.weight", d},
                                         {"diffusion_model.conv.lora_up.weight", u},
                                         {"diffusion_model.blocks.0.to_q.diff", weight},
                                         {"diffusion_model.blocks.0.to_q.diff_b", b}});
    const auto source = *with_loras(model(), {{path, 2}});
    const auto conv = *source->load("model.diffusion_model.conv.weight", kernel.shape());
    EXPECT_EQ(conv.shape(), kernel.shape());
    float wanted = kernel.f32()[18 + 7];
    for (int64_t r = 0; r < kRank; ++r) wanted += 2 * u.f32()[kRank + r] * d.f32()[r * 18 + 7];
    EXPECT_NEAR(conv.f32()[18 + 7], wanted, 1e-4f);
    const Loader loader(source, "model.diffusion_model.");
    const tensor::Linear layer = loader.linear("blocks.0.to_q", kIn, kOut);
    EXPECT_NEAR(layer.weight().f32()[5], 3 * weight.f32()[5], 1e-5f);
    EXPECT_NEAR(layer.bias().f32()[5], bias.f32()[5] + 2 * b.f32()[5], 1e-5f);
}

TEST_F(Lora, WhatHasNoPlaceIsSaid) {
    const std::string m = "diffusion_model.blocks.0.to_q";
    const std::vector<std::pair<std::string, Tensor>> good = {{m + ".lora_A.weight", down},
                                                              {m + ".lora_B.weight", up}};
    auto more = good;
    more.push_back({"diffusion_model.blocks.9.to_q.lora_A.weight", down});
    more.push_back({"something", down});
    const std::string path = write("l", more);
    const auto refused = with_loras(model(), {{path, 1}});
    ASSERT_FALSE(refused.ok());
    for (const char* part : {"2 tensors", "blocks.9.to_q.lora_A.weight", "something"})
        EXPECT_NE(refused.error().text().find(part), std::string::npos) << refused.error().text();
    EXPECT_TRUE(with_loras(model(), {{path, 1}}, {true, {}}).ok());

    const auto expect_error = [&](const std::vector<std::pair<std::string, Tensor>>& tensors,
                                  const std::string& why) {
        auto source = with_loras(model(), {{write("bad", tensors), 1}}, {true, {}});
        std::string text = source.ok() ? "" : source.error().text();
        if (source.ok()) {
            const Loader loader(*source, "model.diffusion_model.");
            loader.linear("blocks.0.to_q", kIn, kOut);
            text = loader.finish().ok() ? "accepted" : loader.finish().error().text();
        }
        EXPECT_NE(text.find(why), std::string::npos) << text;
    };
    expect_error({good[0]}, "only one of the two factors");
    expect_error({{"other.lora_A.weight", down}, {"other.lora_B.weight", up}}, "no LoRA of this");
    expect_error({good[0], {m + ".lora_B.weight", waves({kOut + 1, kRank}, 1)}},
                 "up factor of model.diffusion_model.blocks.0.to_q.weight is 17x4");
    expect_error({{m + ".lora_A.weight", waves({kRank, kIn + 1}, 1)}, good[1]},
                 "down factor of model.diffusion_model.blocks.0.to_q.weight is 4x25");
    expect_error({good[0], good[1], {m + ".dora_scale", bias}}, "dora_scale");
    expect_error({good[0], good[1], {m + ".alpha", bias}}, "must be one number");
}

// Everything that does not fit stands in one message, with the file's path.
TEST_F(Lora, MisfitsAreListedTogether) {
    const std::string m = "diffusion_model.blocks.0.to_q";
    const std::string path = write("l", {{m + ".lora_A.weight", waves({kRank, kIn + 1}, 1)},
                                         {m + ".lora_B.weight", up},
                                         {m + ".diff_b", waves({kOut + 2}, 1)},
                                         {"blocks.7.to_k.lora_A.weight", down},
                                         {"blocks.7.to_k.lora_B.weight", up}});
    const auto refused = with_loras(model(), {{path, 1}});
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().kind, base::ErrorKind::Usage);
    EXPECT_EQ(refused.error().where, path);
    for (const char* part :
         {"4 tensors of this LoRA do not fit", "no place: blocks.7.to_k.lora_A.weight",
          "no place: blocks.7.to_k.lora_B.weight", "down factor of", "is 4x25", "difference of",
          "to_q.bias is 18"})
        EXPECT_NE(refused.error().message.find(part), std::string::npos) << refused.error().text();
}

TEST_F(Lora, NamesOfAnotherLayoutFindTheirPlace) {
    const std::string path = write("l", {{"transformer.blocks.0.attn1.to_q.lora_A.weight", down},
                                         {"transformer.blocks.0.attn1.to_q.lora_B.weight", up}});
    EXPECT_FALSE(with_loras(model(), {{path, 1}}).ok());
    LoraRules rules;
    rules.own_name = [](const std::string& name) -> std::optional<std::string> {
        return name == "blocks.0.attn1.to_q.weight" ? "blocks.0.to_q.weight" : name;
    };
    const auto source = with_loras(model(), {{path, 2}}, rules);
    ASSERT_TRUE(source.ok()) << source.error().text();
    const auto sum = (*source)->load("model.diffusion_model.blocks.0.to_q.weight", {kOut, kIn});
    const std::vector<float> wanted = bent(2);
    for (size_t i = 0; i < wanted.size(); ++i) ASSERT_NEAR(sum->f32()[i], wanted[i], 1e-4f);
}

// Streaming counts the memory behind a tensor, and adapters stay beside their matrix, under new
// names too.
TEST_F(Lora, RenamedSourcesKeepMemoryAndParts) {
    const std::string path =
        write("l", {{"blocks.0.to_q.lora_A.weight", down}, {"blocks.0.to_q.lora_B.weight", up}});
    const auto bent_model = *with_loras(model(), {{path, 1}});
    const auto again =
        renamed(bent_model, [](const std::string& n) { return std::optional("x." + n); });
    const std::string name = "x.model.diffusion_model.blocks.0.to_q.weight";
    EXPECT_EQ(again->memory_of(name).size(), 3u);
    EXPECT_EQ(again->load_parts(name, {kOut, kIn})->added.size(), 1u);
}

TEST_F(Lora, AModelWithoutNamesTakesThemToo) {
    const std::string path =
        write("l", {{"blocks.0.to_q.lora_A.weight", down}, {"blocks.0.to_q.lora_B.weight", up}});
    const auto made = std::make_shared<GeneratedWeights>(7);
    const auto source = with_loras(made, {{path, 1}});
    ASSERT_TRUE(source.ok()) << source.error().text();
    const std::string name = "model.diffusion_model.blocks.0.to_q.weight";
    EXPECT_NE((*source)->load(name, {kOut, kIn})->to_vector(),
              made->load(name, {kOut, kIn})->to_vector());
}

}  // namespace
}  // namespace neural
