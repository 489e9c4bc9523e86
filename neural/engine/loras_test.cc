// LoRAs on the tiny models, from file to picture.
#include "neural/engine/loras.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <optional>

#include "neural/weights/safetensors.h"

using namespace neural;
using tensor::Tensor;

namespace {

struct Loras : ::testing::Test {
    std::filesystem::path folder = std::filesystem::temp_directory_path() /
                                   ("aozora-engine-loras-" + std::to_string(getpid()));
    Loras() { std::filesystem::create_directories(folder); }
    ~Loras() override { std::filesystem::remove_all(folder); }

    // One of rank 2 for a square matrix of `width`; alpha 0: none.
    std::string write(const std::string& name, const std::string& module, int64_t width,
                      float alpha = 0) const {
        Tensor down({2, width}), up({width, 2});
        for (int64_t i = 0; i < 2 * width; ++i) {
            down.f32()[i] = std::sin(0.7f * static_cast<float>(i + 1));
            up.f32()[i] = std::cos(0.3f * static_cast<float>(i + 1));
        }
        std::vector<std::pair<std::string, Tensor>> tensors = {{module + ".lora_A.weight", down},
                                                               {module + ".lora_B.weight", up}};
        if (alpha != 0) tensors.push_back({module + ".alpha", Tensor::full({}, alpha)});
        const std::string path = (folder / name).string();
        EXPECT_TRUE(write_safetensors(path, tensors).ok());
        return path;
    }
};

base::Result<base::Image8> last_picture(const std::string& model,
                                        const std::vector<LoraUse>& loras) {
    OpenOptions options;
    options.loras = loras;
    const auto opened = TRY(open_model(model, options));
    FilmPlan plan;
    plan.shots = {{"a red ball", 0.5, false}};
    plan.width_px = 64;
    plan.height_px = 32;
    plan.fps = 12;
    plan.steps = 2;
    const auto film = TRY(opened->film(plan, {}));
    base::Image8 last;
    for (;;) {
        const auto frame = film->frames().next();
        if (!frame.ok()) return frame.error();
        if (!frame->has_value()) break;
        last = (*frame)->image;
    }
    return last;
}

struct Target {
    std::string model, module;
    int64_t width;
};
const Target kTargets[] = {{"tiny-ltx", "diffusion_model.transformer_blocks.1.attn1.to_q", 64},
                           {"tiny-wan", "diffusion_model.blocks.1.self_attn.q", 96}};

TEST_F(Loras, BendTheFilm) {
    for (const Target& t : kTargets) {
        const std::string path = write("l", t.module, t.width);
        const auto plain = last_picture(t.model, {}), none = last_picture(t.model, {{path, 0}}),
                   bent = last_picture(t.model, {{path, 0.5f}}),
                   twice = last_picture(t.model, {{path, 0.25f}, {path, 0.25f}}),
                   alpha = last_picture(t.model, {{write("a", t.module, t.width, 1), 1}});
        ASSERT_TRUE(bent.ok()) << bent.error().text();
        EXPECT_EQ(none->data, plain->data) << t.model;
        EXPECT_NE(bent->data, plain->data) << t.model;
        // Strengths add up, and alpha / rank is a factor like them: the same but for rounding.
        for (const auto* same : {&twice, &alpha}) {
            for (size_t i = 0; i < bent->data.size(); ++i)
                ASSERT_NEAR((*same)->data[i], bent->data[i], 2) << t.model;
        }
    }
}

TEST_F(Loras, OfAnotherModelAreListed) {
    for (const Target& t : kTargets) {
        const std::string path = write("l", t.module + "x", t.width);
        const auto nowhere = last_picture(t.model, {{path, 1}});
        ASSERT_FALSE(nowhere.ok());
        EXPECT_EQ(nowhere.error().kind, base::ErrorKind::Usage);
        EXPECT_EQ(nowhere.error().where, path);
        const auto narrow = last_picture(t.model, {{write("n", t.module, t.width / 2), 1}});
        ASSERT_FALSE(narrow.ok());
        EXPECT_NE(narrow.error().message.find("1 tensor of this LoRA does not fit"),
                  std::string::npos)
            << narrow.error().text();
        const auto missing = last_picture(t.model, {{path + ".none", 1}});
        ASSERT_FALSE(missing.ok());
        EXPECT_EQ(missing.error().kind, base::ErrorKind::Usage);
    }
}

TEST_F(Loras, SayHowLargeTheirReferencesAre) {
    const auto file = [&](const std::string& name, const std::string& factor) {
        const std::string path = (folder / name).string();
        std::map<std::string, std::string> remarks;
        if (!factor.empty()) remarks["reference_downscale_factor"] = factor;
        EXPECT_TRUE(
            write_safetensors(path, {{"a.lora_A.weight", Tensor::full({1, 1}, 0)}}, remarks).ok());
        return LoraFile{path, 1};
    };
    EXPECT_EQ(*reference_shrink({}), 1);
    EXPECT_EQ(*reference_shrink({file("a", ""), file("b", "2"), file("c", "1.0")}), 2);
    for (const char* bad : {"0", "-2", "nan", "x", "1e9"}) {
        const auto refused = reference_shrink({file("d", bad)});
        ASSERT_FALSE(refused.ok()) << bad;
        EXPECT_EQ(refused.error().kind, base::ErrorKind::Usage);
    }
}

TEST_F(Loras, ExpertsAreOfModelsOfTwo) {
    using Expert = LoraUse::Expert;
    const std::vector<LoraUse> uses = {
        {"a", 1, Expert::Both}, {"b", 2, Expert::HighNoise}, {"c", 3, Expert::LowNoise}};
    const auto high = loras_for(uses, Expert::HighNoise), low = loras_for(uses, Expert::LowNoise);
    ASSERT_EQ(high->size(), 2u);
    EXPECT_EQ((*high)[1].path, "b");
    ASSERT_EQ(low->size(), 2u);
    EXPECT_EQ((*low)[1].strength, 3);
    const auto one = loras_for(uses, Expert::Both);
    ASSERT_FALSE(one.ok());
    EXPECT_EQ(one.error().where, "b");
}

}  // namespace
