#include "neural/ltx/video/video_vae.h"

#include "neural/ltx/testing/tests.h"
#include "tensor/core/memory.h"

using namespace neural;
using namespace neural::ltx;
using neural::ltx::testing::expect_golden;
using neural::ltx::testing::expect_table;
using neural::ltx::testing::largest_difference;
using neural::ltx::testing::normal;
using tensor::Shape;
using tensor::Tensor;

namespace {

VideoVaeConfig tiny(VideoVaeConfig c) {
    c.latent_channels = 4;
    c.encoder_base = c.decoder_base = 8;
    for (auto* blocks : {&c.encoder_blocks, &c.decoder_blocks}) {
        for (VideoBlock& b : *blocks) b.layers = 1;
    }
    return c;
}

VideoVae make(const VideoVaeConfig& c) {
    auto vae = VideoVae::load(Loader(std::make_shared<GeneratedWeights>(5)), c);
    EXPECT_TRUE(vae.ok());
    return *std::move(vae);
}

TEST(LtxVideoVae, GoldenCases) {
    for (const char* id : {"ltx20_vae_decode", "ltx20_vae_encode", "ltx23_vae_decode",
                           "ltx23_vae_decode_1frame", "ltx23_vae_decode_wide", "ltx23_vae_encode",
                           "ltx23_vae_encode_1frame", "ltx25_vae_decode_bare_names"}) {
        expect_golden(id);
    }
}

TEST(LtxVideoVae, AsksForThePublishedNames) {
    const auto load = [](const VideoVaeConfig& c, VideoVaeParts parts) {
        return [=](const Loader& loader) -> base::Status {
            TRY(VideoVae::load(loader, c, parts));
            return {};
        };
    };
    expect_table("ltx-2.0-video-vae", "vae.",
                 load(VideoVaeConfig::released_2_0(), VideoVaeParts::Both));
    expect_table("ltx-2.3-video-vae", "vae.",
                 load(VideoVaeConfig::released_2_3(), VideoVaeParts::Both));
    expect_table("ltx-2.5-video-vae", "",
                 load(VideoVaeConfig::released_2_3(), VideoVaeParts::Both));
    expect_table("ltx-2.5-video-vae-diffusion", "",
                 load(VideoVaeConfig::released_2_3(), VideoVaeParts::Encoder),
                 [](const std::string& name) { return name.starts_with("decoder."); });
}

TEST(LtxVideoVae, AnyCuttingOfAClipGivesTheSameFrames) {
    for (const bool causal : {false, true}) {
        for (const bool old : {false, true}) {
            VideoVaeConfig c =
                tiny(old ? VideoVaeConfig::released_2_0() : VideoVaeConfig::released_2_3());
            c.causal_decoder = causal;
            const VideoVae vae = make(c);
            const Tensor latent = normal({2, 4, 2, 2, 4}, 1);
            const Tensor whole = *vae.decode(latent);
            EXPECT_EQ(whole.shape(), Shape({2, 25, 64, 64, 3}));
            for (const std::vector<int64_t>& cuts :
                 {std::vector<int64_t>{1, 1, 1, 1}, {1, 3}, {4}}) {
                VideoDecodeStream stream = vae.decode_stream();
                std::vector<Tensor> parts;
                int64_t at = 0;
                for (const int64_t n : cuts) {
                    parts.push_back(*stream.push(tensor::slice(latent, 1, at, at + n)));
                    at += n;
                }
                parts.push_back(*stream.finish());
                EXPECT_LT(largest_difference(tensor::concat(parts, 1), whole), 2e-5f);
            }
        }
    }
}

TEST(LtxVideoVae, AStreamGivesFramesBeforeTheClipEndsInMemoryThatDoesNotGrow) {
    const VideoVae vae = make(tiny(VideoVaeConfig::released_2_3()));
    VideoDecodeStream stream = vae.decode_stream();
    const Tensor latent = normal({1, 1, 1, 1, 4}, 2);
    int64_t frames = 0;
    uint64_t early = 0, late = 0;
    for (int i = 0; i < 24; ++i) {
        tensor::reset_peak();
        frames += stream.push(latent)->dim(1);
        if (i == 8) early = tensor::memory_use().peak_bytes;
        if (i == 23) late = tensor::memory_use().peak_bytes;
    }
    EXPECT_GT(frames, 8 * 15);
    EXPECT_LE(late, early + (early >> 6));
    EXPECT_EQ(frames + stream.finish()->dim(1), 8 * 23 + 1);
    EXPECT_FALSE(stream.push(latent).ok());
}

TEST(LtxVideoVae, TilesWithoutANeighbourAreTheWholePicture) {
    const VideoVae vae = make(tiny(VideoVaeConfig::released_2_3()));
    const Tensor latent = normal({1, 3, 3, 4, 4}, 3);
    VideoTileStream tiles = vae.decode_tiles({.size_px = 128, .overlap_px = 32}).value();
    const Tensor first = *tiles.push(latent), rest = *tiles.finish();
    const Tensor parts[] = {first, rest};
    EXPECT_LT(largest_difference(tensor::concat(parts, 1), *vae.decode(latent)), 2e-5f);
}

TEST(LtxVideoVae, TilesAreTheWholePictureAwayFromTheirSeams) {
    const VideoVae vae = make(tiny(VideoVaeConfig::released_2_3()));
    const Tensor latent = normal({1, 1, 1, 20, 4}, 4);
    VideoTileStream tiles = vae.decode_tiles({.size_px = 384, .overlap_px = 128}).value();
    const Tensor first = *tiles.push(latent), rest = *tiles.finish();
    const Tensor parts[] = {first, rest};
    const Tensor tiled = tensor::concat(parts, 1), whole = *vae.decode(latent);
    ASSERT_EQ(tiled.shape(), whole.shape());
    EXPECT_LT(largest_difference(tensor::slice(tiled, 3, 0, 64), tensor::slice(whole, 3, 0, 64)),
              2e-5f);
    EXPECT_GT(largest_difference(tiled, whole), 1e-4f);  // the seam is approximate, as stated
}

TEST(LtxVideoVae, EncodingPiecewiseIsCausal) {
    const VideoVae vae = make(tiny(VideoVaeConfig::released_2_3()));
    const Tensor frames = normal({1, 17, 32, 64, 3}, 5, 0.5f);
    const Tensor all = *vae.encode(frames), first = *vae.encode(tensor::slice(frames, 1, 0, 9));
    EXPECT_EQ(all.shape(), Shape({1, 3, 1, 2, 4}));
    EXPECT_LT(largest_difference(tensor::slice(all, 1, 0, 2), first), 2e-5f);
}

TEST(LtxVideoVae, NormaliseUndoesUnnormalise) {
    const VideoVae vae = make(tiny(VideoVaeConfig::released_2_3()));
    const Tensor z = normal({1, 2, 1, 1, 4}, 6);
    EXPECT_LT(largest_difference(vae.normalise(vae.unnormalise(z)), z), 1e-5f);
}

TEST(LtxVideoVae, SaysWhatItCannotHold) {
    const VideoVae vae = make(tiny(VideoVaeConfig::released_2_0()));
    EXPECT_FALSE(vae.decode(normal({1, 1, 1, 2, 4}, 7)).ok());    // reflection needs two latents
    EXPECT_FALSE(vae.decode(normal({1, 1, 2, 2, 5}, 7)).ok());    // channels
    EXPECT_FALSE(vae.decode(normal({2, 2, 4}, 7)).ok());          // axes
    EXPECT_FALSE(vae.decode(Tensor(Shape{1, 0, 2, 2, 4})).ok());  // no frames
    EXPECT_FALSE(vae.encode(normal({1, 8, 64, 64, 3}, 7)).ok());  // not 8k+1
    EXPECT_FALSE(vae.encode(normal({1, 9, 64, 60, 3}, 7)).ok());  // not a multiple of 32
    base::CancelToken cancel;
    cancel.cancel();
    const auto stopped = vae.decode(normal({1, 1, 2, 2, 4}, 7), &cancel);
    ASSERT_FALSE(stopped.ok());
    EXPECT_EQ(stopped.error().kind, base::ErrorKind::Cancelled);
}

TEST(LtxVideoVae, ConfigurationsAreChecked) {
    const auto parse = [](const char* text) {
        return VideoVaeConfig::parse(*base::parse_json(text, "test"), "test");
    };
    EXPECT_TRUE(parse("{}").ok());
    const auto old = parse(R"({"encoder_blocks":[["res_x",2],["compress_all_res",2]],
        "decoder_blocks":[["res_x",{"num_layers":3}],["compress_all",{"residual":true}]]})");
    ASSERT_TRUE(old.ok()) << old.error().text();
    EXPECT_EQ(old->encoder_blocks[0].layers, 2);
    EXPECT_TRUE(old->decoder_blocks[1].residual);
    for (const char* bad :
         {"[]", R"({"latent_channels":-1})", R"({"latent_channels":"8"})",
          R"({"timestep_conditioning":true})", R"({"norm_layer":"group_norm"})",
          R"({"latent_log_var":"constant"})", R"({"decoder_blocks":[]})",
          R"({"decoder_blocks":[["attn_res_x",{}]]})", R"({"decoder_blocks":[["res_x",1000000]]})",
          R"({"decoder_blocks":[["res_x",{"inject_noise":true}]]})",
          R"({"decoder_blocks":[["res_x",1]]})", R"({"decoder_spatial_padding_mode":"wrap"})"}) {
        EXPECT_FALSE(parse(bad).ok()) << bad;
    }
}

}  // namespace
