// Sources: sizes of LTX-2.5 as published with its files; the others from their tensor tables. File
// names change with releases: where one is gone, `pull` lists what the repository holds.
#include <array>

#include "neural/catalogue/catalogue.h"

namespace neural {
namespace {

constexpr CatalogueLicence kLtx2{
    "LTX-2 Community License (2026-01-05)",
    "https://huggingface.co/Lightricks/LTX-2/blob/main/LICENSE",
    "Free for people and for companies with less than US$ 10 million of yearly revenue; others "
    "need a paid agreement with Lightricks.\n"
    "Not for products or services that compete with Lightricks' own or are made to replace them: "
    "a public film service on these weights needs their separate licence.\n"
    "Films must be marked as made by a machine; watermarks and provenance marks must stay.\n"
    "Whoever gets the model or a model made from it gets this agreement too.",
    true};
constexpr CatalogueLicence kLtx25{
    "LTX-2.x Community License (2026-08-11)",
    "https://huggingface.co/Lightricks/LTX-2.5/blob/main/LICENSE",
    "Free for people and for companies with less than US$ 10 million of yearly revenue; others "
    "need a paid agreement with Lightricks (trying it out is exempt).\n"
    "Not for products or services that compete with Lightricks' own or are made to replace them: "
    "a public film service on these weights needs their separate licence.\n"
    "Films must be marked as made by a machine; watermarks and provenance marks must stay.\n"
    "Whoever gets the model or a model made from it, LoRAs included, gets this agreement too, and "
    "users of a service get its rules of use.",
    true};
constexpr CatalogueLicence kApache{"Apache-2.0", "https://www.apache.org/licenses/LICENSE-2.0",
                                   "Free for any use, commercial too, without a limit of revenue.",
                                   false};
constexpr CatalogueLicence kOwn{"Apache-2.0", "https://www.apache.org/licenses/LICENSE-2.0",
                                "Part of this program.", false};

constexpr std::string_view kGemma = "google/gemma-3-12b-it-qat-q4_0-unquantized";
constexpr std::array kLtx20Files = {
    CatalogueFile{"all", "Lightricks/LTX-2", "ltx-2-19b-distilled.safetensors", 43'284'000'000},
    CatalogueFile{"upscaler", "Lightricks/LTX-2", "ltx-2-spatial-upscaler-x2-1.0.safetensors",
                  995'000'000},
    CatalogueFile{"text_encoder", kGemma, "model.safetensors.index.json", 24'400'000'000},
    CatalogueFile{"tokenizer", kGemma, "tokenizer.json", 33'000'000},
};
constexpr std::array kLtx23Files = {
    CatalogueFile{"all", "Lightricks/LTX-2.3", "ltx-2.3-22b-distilled.safetensors", 46'149'000'000},
    CatalogueFile{"upscaler", "Lightricks/LTX-2.3", "ltx-2.3-spatial-upscaler-x2-1.1.safetensors",
                  996'000'000},
    CatalogueFile{"text_encoder", kGemma, "model.safetensors.index.json", 24'400'000'000},
    CatalogueFile{"tokenizer", kGemma, "tokenizer.json", 33'000'000},
};
constexpr std::string_view kLtx25Repository = "Lightricks/LTX-2.5";
constexpr std::array kLtx25Files = {
    CatalogueFile{"transformer", kLtx25Repository,
                  "diffusion_models/ltx-2.5-22b-distilled-transformer-bf16.safetensors",
                  42'018'190'584},
    CatalogueFile{"text_encoder", kLtx25Repository,
                  "text_encoders/gemma4-12b-with-proj-ltx-2.5-bf16.safetensors", 26'263'858'182},
    CatalogueFile{"video_vae", kLtx25Repository, "vae/ltx-2.5-video-vae-conv-bf16.safetensors",
                  1'452'269'922},
    CatalogueFile{"diffusion_decoder", kLtx25Repository, "vae/ltx-2.5-video-vae-bf16.safetensors",
                  1'472'223'346},
    CatalogueFile{"audio_vae", kLtx25Repository, "vae/ltx-2.5-audio-vae-bf16.safetensors",
                  364'866'540},
    CatalogueFile{"upscaler", kLtx25Repository,
                  "latent_upscale_models/ltx-2.5-latent-spatial-upscaler-x2-bf16-1.0.safetensors",
                  995'778'752},
    CatalogueFile{"duration_head", kLtx25Repository,
                  "model_patches/ltx-2.5-duration-head-bf16.safetensors", 3'843'690},
};

constexpr std::string_view kWan21 = "Wan-AI/Wan2.1-T2V-1.3B";
constexpr std::string_view kT5 = "models_t5_umt5-xxl-enc-bf16.pth";
constexpr std::string_view kSpiece = "google/umt5-xxl/spiece.model";
constexpr uint64_t kT5Bytes = 11'362'000'000, kSpieceBytes = 4'549'000;
constexpr std::array kWan21Files = {
    CatalogueFile{"transformer", kWan21, "diffusion_pytorch_model.safetensors", 5'676'000'000},
    CatalogueFile{"text_encoder", kWan21, kT5, kT5Bytes},
    CatalogueFile{"tokenizer", kWan21, kSpiece, kSpieceBytes},
    CatalogueFile{"video_vae", kWan21, "Wan2.1_VAE.pth", 508'000'000},
};
constexpr std::string_view kTi2v = "Wan-AI/Wan2.2-TI2V-5B";
constexpr std::array kTi2vFiles = {
    CatalogueFile{"transformer", kTi2v, "diffusion_pytorch_model.safetensors.index.json",
                  19'999'000'000},
    CatalogueFile{"text_encoder", kTi2v, kT5, kT5Bytes},
    CatalogueFile{"tokenizer", kTi2v, kSpiece, kSpieceBytes},
    CatalogueFile{"video_vae", kTi2v, "Wan2.2_VAE.pth", 2'819'000'000},
};
constexpr std::string_view kHigh =
    "high_noise_model/diffusion_pytorch_model.safetensors.index.json";
constexpr std::string_view kLow = "low_noise_model/diffusion_pytorch_model.safetensors.index.json";
constexpr std::string_view kT2v = "Wan-AI/Wan2.2-T2V-A14B";
constexpr std::array kT2vFiles = {
    CatalogueFile{"transformer_high", kT2v, kHigh, 57'154'000'000},
    CatalogueFile{"transformer_low", kT2v, kLow, 57'154'000'000},
    CatalogueFile{"text_encoder", kT2v, kT5, kT5Bytes},
    CatalogueFile{"tokenizer", kT2v, kSpiece, kSpieceBytes},
    CatalogueFile{"video_vae", kT2v, "Wan2.1_VAE.pth", 508'000'000},
};
constexpr std::string_view kI2v = "Wan-AI/Wan2.2-I2V-A14B";
constexpr std::array kI2vFiles = {
    CatalogueFile{"transformer_high", kI2v, kHigh, 57'156'000'000},
    CatalogueFile{"transformer_low", kI2v, kLow, 57'156'000'000},
    CatalogueFile{"text_encoder", kI2v, kT5, kT5Bytes},
    CatalogueFile{"tokenizer", kI2v, kSpiece, kSpieceBytes},
    CatalogueFile{"video_vae", kI2v, "Wan2.1_VAE.pth", 508'000'000},
};

// 640x384, 97 frames: 13 x 12 x 20 tokens. Parameters of the video stream, which dominates.
constexpr CatalogueWork kLtxWork{640,    384, 97,   24,   8,           1,
                                 13.2e9, 48,  4096, 3120, 773'000'000, 860'000'000};
constexpr CatalogueWork kLtx20Work{640,    384, 97,   24,   8,           1,
                                   13.0e9, 48,  4096, 3120, 770'000'000, 790'000'000};
// Tokens: (frames + 3) / 4 x height / 16 x width / 16 (32 for the 5B).
constexpr CatalogueWork kWan21Work{832,    480, 81,   16,    50,          2,
                                   1.42e9, 30,  1536, 32760, 185'000'000, 120'000'000};
constexpr CatalogueWork kTi2vWork{1280,  704, 121,  24,    50,          2,
                                  5.0e9, 30,  3072, 27280, 655'000'000, 350'000'000};
constexpr CatalogueWork kA14bWork{1280,  720,           81,         16, 40, 2, 14.3e9, 40, 5120,
                                  75600, 1'410'000'000, 730'000'000};
constexpr CatalogueWork kTinyWork{64, 64, 9, 24, 2, 1, 1e5, 2, 64, 32, 100'000, 100'000};

constexpr std::array kModels = {
    CatalogueModel{"ltx-2.0", "LTX-2", "video with stereo sound, up to 20 s, 24 kHz", &kLtx2,
                   kLtx20Files, kLtx20Work},
    CatalogueModel{"ltx-2.3", "LTX-2.3", "video with stereo sound, up to 20 s, 48 kHz", &kLtx2,
                   kLtx23Files, kLtxWork},
    CatalogueModel{"ltx-2.5", "LTX-2.5",
                   "video with stereo sound, up to 20 s, 48 kHz, keyframes, own length", &kLtx25,
                   kLtx25Files, kLtxWork},
    CatalogueModel{"wan2.1-1.3b", "Wan 2.1 T2V 1.3B", "silent video from text, 5 s at 16 fps",
                   &kApache, kWan21Files, kWan21Work},
    CatalogueModel{"wan2.2-ti2v-5b", "Wan 2.2 TI2V 5B",
                   "silent video from text or a picture, 5 s at 24 fps", &kApache, kTi2vFiles,
                   kTi2vWork},
    CatalogueModel{"wan2.2-t2v-a14b", "Wan 2.2 T2V A14B", "silent video from text, 5 s at 16 fps",
                   &kApache, kT2vFiles, kA14bWork},
    CatalogueModel{"wan2.2-i2v-a14b", "Wan 2.2 I2V A14B",
                   "silent video from a picture, 5 s at 16 fps", &kApache, kI2vFiles, kA14bWork},
    CatalogueModel{"tiny-ltx",
                   "Tiny LTX",
                   "noise with the shape of a film: random weights, for tests",
                   &kOwn,
                   {},
                   kTinyWork},
    CatalogueModel{"tiny-wan",
                   "Tiny Wan",
                   "noise with the shape of a film: random weights, for tests",
                   &kOwn,
                   {},
                   kTinyWork},
};

}  // namespace

std::span<const CatalogueModel> catalogue() { return kModels; }

}  // namespace neural
