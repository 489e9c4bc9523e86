// The audio VAE and the vocoders.
#include "neural/ltx/audio/audio_vae.h"
#include "neural/ltx/audio/vocoder.h"
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

TEST(LtxAudio, GoldenCases) {
    for (const char* id :
         {"ltx_avae_decode", "ltx_avae_decode_2res", "ltx_avae_encode", "ltx20_vocoder",
          "ltx23_vocoder", "ltx23_vocoder_noclamp", "ltx23_vocoder_pad"}) {
        expect_golden(id);
    }
}

TEST(LtxAudio, AsksForThePublishedNames) {
    expect_table("ltx-audio-vae", "audio_vae.", [](const Loader& loader) -> base::Status {
        TRY(AudioVae::load(loader, {}));
        return {};
    });
    const auto vocoder = [](const VocoderConfig& c) {
        return [=](const Loader& loader) -> base::Status {
            TRY(Vocoder::load(loader, c));
            return {};
        };
    };
    expect_table("ltx-2.0-vocoder", "vocoder.", vocoder(VocoderConfig::released_2_0()));
    expect_table("ltx-2.3-vocoder", "vocoder.", vocoder(VocoderConfig::released_2_3()),
                 [](const std::string& name) { return name.ends_with(".inverse_basis"); });
}

AudioVae tiny_vae() {
    AudioVaeConfig c;
    c.base = 8;
    c.res_blocks = 1;
    c.latent_channels = 2;
    c.mel_bins = 8;
    return AudioVae::load(Loader(std::make_shared<GeneratedWeights>(3)), c).value();
}

TEST(LtxAudio, TheVaeIsCausalInTime) {
    const AudioVae vae = tiny_vae();
    const Tensor tokens = normal({2, 7, 4}, 1), mel = normal({1, 2, 25, 8}, 2);
    const Tensor all = *vae.decode(tokens), some = *vae.decode(tensor::slice(tokens, 1, 0, 4));
    EXPECT_EQ(all.shape(), Shape({2, 2, 25, 8}));
    EXPECT_LT(largest_difference(tensor::slice(all, 2, 0, 13), some), 1e-5f);
    const Tensor code = *vae.encode(mel), part = *vae.encode(tensor::slice(mel, 2, 0, 13));
    EXPECT_EQ(code.shape(), Shape({1, 7, 4}));
    EXPECT_LT(largest_difference(tensor::slice(code, 1, 0, 4), part), 1e-5f);
}

TEST(LtxAudio, WrongInputsAndConfigurationsAreSaid) {
    const AudioVae vae = tiny_vae();
    EXPECT_FALSE(vae.decode(normal({1, 3, 5}, 1)).ok());
    EXPECT_FALSE(vae.decode(Tensor(Shape{1, 0, 4})).ok());
    EXPECT_FALSE(vae.encode(normal({1, 1, 9, 8}, 1)).ok());
    const auto vae_config = [](const char* text) {
        return AudioVaeConfig::parse(*base::parse_json(text, "test"), "test");
    };
    EXPECT_TRUE(vae_config("{}").ok());
    EXPECT_EQ(vae_config(R"({"model":{"params":{"ddconfig":{"ch":32}}}})")->base, 32);
    for (const char* bad :
         {R"({"ch":0})", R"({"ch_mult":[]})", R"({"ch":128,"norm_type":"group"})",
          R"({"ch":128,"mid_block_add_attention":true})", R"({"ch":128,"causality_axis":"depth"})",
          R"({"ch":128,"mel_bins":63})"}) {
        EXPECT_FALSE(vae_config(bad).ok()) << bad;
    }
    const auto vocoder_config = [](const char* text) {
        return VocoderConfig::parse(*base::parse_json(text, "test"), "test");
    };
    EXPECT_TRUE(vocoder_config(R"({"vocoder":{}})").ok());
    for (const char* bad :
         {"{}", R"({"vocoder":{"resblock":"2"}})", R"({"vocoder":{"upsample_rates":[2]}})",
          R"({"vocoder":{"upsample_initial_channel":4}})",
          R"({"vocoder":{"resblock_kernel_sizes":[4,7,11]}})",
          R"({"vocoder":{},"bwe":{"hop_length":81}})",
          R"({"vocoder":{"resblock_dilation_sizes":[[0]]}})"}) {
        EXPECT_FALSE(vocoder_config(bad).ok()) << bad;
    }
}

TEST(LtxAudio, RatesOfTheReleasedVocoders) {
    EXPECT_EQ(VocoderConfig::released_2_0().sample_rate(), 24000);
    EXPECT_EQ(VocoderConfig::released_2_0().samples(100), 24000);
    EXPECT_EQ(VocoderConfig::released_2_3().sample_rate(), 48000);
    EXPECT_EQ(VocoderConfig::released_2_3().samples(100), 48000);
    EXPECT_LE(VocoderConfig::released_2_0().reach(), 60);
    EXPECT_LE(VocoderConfig::released_2_3().reach(), 80);
}

std::map<std::string, Tensor> filters(const VocoderConfig& c) {
    // The generator of weights does not make filters; a box of twelve taps does.
    const auto shapes = std::make_shared<ShapesOnly>();
    EXPECT_TRUE(Vocoder::load(Loader(shapes), c).ok());
    std::map<std::string, Tensor> stored;
    for (const auto& asked : shapes->asked()) {
        if (asked.name.ends_with(".filter"))
            stored[asked.name] = Tensor::full({1, 1, 12}, 1.0f / 12);
    }
    return stored;
}

TEST(LtxAudio, AVocoderInPiecesGivesTheSameWave) {
    for (const bool extends : {false, true}) {
        VocoderConfig c = extends ? VocoderConfig::released_2_3() : VocoderConfig::released_2_0();
        for (GeneratorConfig* g : {&c.generator, &c.extension}) {
            g->mel_bins = 4;
            g->initial_channels = 64;
            g->block_kernels = {3, 5};
            g->block_dilations = {{1, 3}, {1, 2}};
        }
        // Fewer and larger steps than the released ones, to the same rates.
        c.generator.rates = {10, 16};
        c.generator.kernels = {20, 32};
        c.extension.rates = {15, 16};
        c.extension.kernels = {31, 32};
        const Vocoder vocoder =
            Vocoder::load(Loader(std::make_shared<GeneratedWeights>(4, filters(c))), c).value();
        const Tensor mel = normal({1, 2, 60, 4}, 5);
        const Tensor whole = *vocoder.forward(mel);
        std::vector<Tensor> pieces;
        const auto status = vocoder.stream(mel, 25, [&](const Tensor& piece) -> base::Status {
            pieces.push_back(piece);
            return {};
        });
        ASSERT_TRUE(status.ok());
        EXPECT_EQ(pieces.size(), 3u);
        EXPECT_LT(largest_difference(tensor::concat(pieces, 2), whole), 2e-5f);
        EXPECT_LT(c.reach(), 25);  // or the pieces would have been the whole
    }
}

}  // namespace
