// A whole tiny model in files: prompt to pictures.
#include "neural/wan/pipeline/checkpoint.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>

#include "neural/text/testing/tiny_tokenizer.h"
#include "neural/weights/generated.h"
#include "neural/weights/safetensors.h"
#include "tensor/testing/twin.h"

using neural::GeneratedWeights;
using neural::Loader;
using neural::ShapesOnly;
using neural::wan::find_checkpoint;

namespace fs = std::filesystem;

namespace {

constexpr const char* kTransformer =
    R"({"model_type": "ti2v", "dim": 24, "num_heads": 2, "ffn_dim": 32, "num_layers": 2,
        "in_dim": 4, "out_dim": 4, "text_dim": 16, "text_len": 12, "freq_dim": 16})";
constexpr const char* kVae =
    R"({"base_dim": 4, "decoder_base_dim": 4, "z_dim": 4, "dim_mult": [1, 2, 2],
        "num_res_blocks": 1, "temperal_downsample": [true, true], "is_residual": true})";

// The tensors that `load` asks for, generated, as a file.
template <typename Load>
void write_weights(const fs::path& path, uint64_t seed, Load load) {
    const auto shapes = std::make_shared<ShapesOnly>();
    load(Loader(shapes));
    const GeneratedWeights weights(seed);
    std::vector<std::pair<std::string, tensor::Tensor>> tensors;
    for (const auto& asked : shapes->asked())
        tensors.emplace_back(asked.name, *weights.load(asked.name, asked.shape));
    const auto written = neural::write_safetensors(path.string(), tensors);
    ASSERT_TRUE(written.ok()) << written.error().text();
}

void write_text(const fs::path& path, const std::string& text) {
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
}

class WanCheckpoint : public ::testing::Test {
protected:
    void SetUp() override {
        folder_ =
            fs::temp_directory_path() / ("aozora_wan_checkpoint_" + std::to_string(::getpid()));
        fs::remove_all(folder_);
    }
    void TearDown() override { fs::remove_all(folder_); }

    void make(bool two_experts) {
        const std::string spiece = neural::text::testing::train_tokenizer(true);
        if (spiece.empty()) GTEST_SKIP() << "libsentencepiece's trainer is not installed";
        write_text(folder_ / "tokenizer/spiece.model", spiece);
        const int64_t pieces = neural::text::Umt5Tokenizer::parse(spiece, "spiece.model")->pieces();
        write_text(folder_ / "model_index.json",
                   two_experts ? R"({"boundary_ratio": 0.7})" : R"({"expand_timesteps": true})");
        const auto config =
            *neural::wan::parse_transformer_config(base::Json::parse(kTransformer), "");
        uint64_t seed = 1;
        for (const char* name : {"transformer", "transformer_2"}) {
            write_text(folder_ / name / "config.json", kTransformer);
            write_weights(folder_ / name / "model.safetensors", seed++, [&](const Loader& loader) {
                ASSERT_TRUE(neural::wan::Transformer::load(loader, config).ok());
            });
            if (!two_experts) break;
        }
        write_text(folder_ / "vae/config.json", kVae);
        write_weights(folder_ / "vae/model.safetensors", 3, [&](const Loader& loader) {
            const auto vae = *neural::wan::parse_vae_config(base::Json::parse(kVae), "");
            ASSERT_TRUE(neural::wan::Vae::load(loader, vae).ok());
        });
        base::Json text = {{"vocab_size", pieces}, {"d_model", 16},  {"d_kv", 8},
                           {"d_ff", 24},           {"num_heads", 2}, {"num_layers", 3}};
        write_text(folder_ / "text_encoder/config.json", text.dump());
        write_weights(folder_ / "text_encoder/model.safetensors", 4, [&](const Loader& loader) {
            const auto umt5 = *neural::text::parse_umt5_config(text, "");
            ASSERT_TRUE(neural::text::Umt5Encoder::load(loader, umt5).ok());
        });
    }

    fs::path folder_;
};

TEST_F(WanCheckpoint, PromptToPicturesFromFiles) {
    for (const bool two_experts : {false, true}) {
        make(two_experts);
        if (IsSkipped()) return;
        const auto found = find_checkpoint(folder_.string());
        ASSERT_TRUE(found.ok()) << found.error().text();
        EXPECT_EQ(found->model.two_experts, two_experts);
        EXPECT_EQ(found->model.image, neural::wan::ImageUse::CleanTokens);
        EXPECT_EQ(found->model.boundary, two_experts ? 0.7 : 0.875);

        neural::wan::Request request;
        {
            const auto text = neural::wan::TextEncoder::load(*found);
            ASSERT_TRUE(text.ok()) << text.error().text();
            request.context = *text->encode("a red ball rolls over the green grass");
            request.negative = *text->encode("");
            EXPECT_EQ(request.context.dim(0), 12);  // cut to the transformer's text_len
            EXPECT_EQ(request.negative.dim(0), 1);
        }
        const auto models = neural::wan::open_models(*found);
        ASSERT_TRUE(models.ok()) << models.error().text();
        const auto shape =
            *neural::wan::latent_shape(found->model.vae, found->model.transformer, 5, 32, 16);
        tensor::testing::Random random(7);
        request.noise = random.normal(shape);
        request.start = random.normal({1, 1, 32, 16, 3}, 0.3f);
        request.steps = 3;
        const auto latent = neural::wan::denoise(*models, request);
        ASSERT_TRUE(latent.ok()) << latent.error().text();
        const auto frames = neural::wan::decoded_frames(models->vae, *latent, 16);
        int count = 0;
        while (const auto frame = *frames->next()) {
            EXPECT_EQ(frame->image.width_px, 16);
            EXPECT_EQ(frame->image.height_px, 32);
            ++count;
        }
        EXPECT_EQ(count, 5);
        fs::remove_all(folder_);
    }
}

TEST_F(WanCheckpoint, AStreamedTextModelReadsTheSame) {
    make(false);
    if (IsSkipped()) return;
    const auto found = find_checkpoint(folder_.string());
    ASSERT_TRUE(found.ok()) << found.error().text();
    const auto whole = neural::wan::TextEncoder::load(*found);
    ASSERT_TRUE(whole.ok());
    const tensor::Tensor want = *whole->encode("a red ball rolls");
    uint64_t budget = 64;  // of two blocks, found by what is refused
    auto streamed = neural::wan::TextEncoder::load(*found, budget);
    ASSERT_FALSE(streamed.ok());
    EXPECT_NE(streamed.error().text().find("two of its blocks"), std::string::npos);
    while (!streamed.ok() && budget < (1 << 24))
        streamed = neural::wan::TextEncoder::load(*found, budget += 512);
    ASSERT_TRUE(streamed.ok()) << streamed.error().text();
    for (int i = 0; i < 2; ++i) {
        const tensor::Tensor got = *streamed->encode("a red ball rolls");
        ASSERT_TRUE(got.shape() == want.shape());
        EXPECT_EQ(std::memcmp(got.f32(), want.f32(), want.bytes()), 0);
    }
}

TEST_F(WanCheckpoint, SaysWhatIsWrongAndWhere) {
    EXPECT_FALSE(find_checkpoint(folder_.string()).ok());
    make(false);
    if (IsSkipped()) return;
    const auto found = *find_checkpoint(folder_.string());

    fs::remove(folder_ / "vae/model.safetensors");
    EXPECT_FALSE(neural::wan::open_models(found).ok());

    // The tokenizer of another model.
    auto config = base::Json::parse(std::ifstream(folder_ / "text_encoder/config.json"));
    config["vocab_size"] = 256384;
    write_text(folder_ / "text_encoder/config.json", config.dump());
    const auto text = neural::wan::TextEncoder::load(found);
    ASSERT_FALSE(text.ok());
    EXPECT_NE(text.error().text().find("tokenizer of another model"), std::string::npos);
    EXPECT_NE(text.error().where.find("spiece.model"), std::string::npos);

    write_text(folder_ / "transformer/config.json", "{\"dim\": \"wide\"}");
    const auto bad = find_checkpoint(folder_.string());
    ASSERT_FALSE(bad.ok());
    EXPECT_NE(bad.error().where.find("transformer/config.json"), std::string::npos);
}

TEST_F(WanCheckpoint, TheOriginalLayoutWithPyTorchFiles) {
    write_text(folder_ / "config.json", R"({"model_type": "t2v", "dim": 1536, "ffn_dim": 8960,
        "num_heads": 12, "num_layers": 30, "in_dim": 16, "out_dim": 16})");
    write_text(folder_ / "diffusion_pytorch_model.safetensors", "");
    const auto lacking = find_checkpoint(folder_.string());
    ASSERT_FALSE(lacking.ok());
    EXPECT_NE(lacking.error().text().find("Wan2.1_VAE"), std::string::npos)
        << lacking.error().text();

    write_text(folder_ / "Wan2.1_VAE.pth", "no PyTorch file");
    write_text(folder_ / "models_t5_umt5-xxl-enc-bf16.pth", "no PyTorch file");
    const auto found = find_checkpoint(folder_.string());
    ASSERT_TRUE(found.ok()) << found.error().text();
    EXPECT_EQ(found->model.name, "wan2.1-t2v-1.3b");
    EXPECT_TRUE(found->vae.ends_with("Wan2.1_VAE.pth"));
    EXPECT_FALSE(neural::wan::open_any_weights(found->vae).ok());

    // Safetensors are preferred where both are there.
    write_text(folder_ / "Wan2.1_VAE.safetensors", "");
    EXPECT_TRUE(find_checkpoint(folder_.string())->vae.ends_with(".safetensors"));
}

}  // namespace
