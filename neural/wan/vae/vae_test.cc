#include "neural/wan/vae/vae.h"

#include <gtest/gtest.h>

#include <numeric>

#include "neural/weights/generated.h"
#include "tensor/core/memory.h"
#include "tensor/ops/layout.h"
#include "tensor/testing/twin.h"

using neural::wan::Vae;
using neural::wan::VaeConfig;
using neural::wan::VaeDecoder;
using neural::wan::VaeEncoder;
using tensor::Tensor;
using tensor::testing::Random;

namespace {

VaeConfig tiny(bool v22, std::vector<bool> temporal) {
    VaeConfig c = v22 ? neural::wan::wan22_vae() : neural::wan::wan21_vae();
    c.dim = c.dec_dim = 4;
    c.z_dim = 3;
    c.dim_mult.assign(temporal.size() + 1, 2);
    c.dim_mult[0] = 1;
    if (temporal.size() == 1) c.dim_mult[1] = 1;  // the last two levels are equally wide
    c.num_res_blocks = 1;
    c.temporal_downsample = std::move(temporal);
    c.mean = {0.1f, -0.2f, 0.3f};
    c.std = {1.5f, 0.5f, 1.0f};
    return c;
}

Vae make(const VaeConfig& config) {
    return *Vae::load(neural::Loader(std::make_shared<neural::GeneratedWeights>(11)), config);
}

// What a stream gives for a clip cut into pieces of these lengths.
template <typename Stream>
Tensor streamed(Stream stream, const Tensor& clip, const std::vector<int64_t>& lengths) {
    std::vector<Tensor> parts;
    int64_t at = 0;
    for (const int64_t length : lengths) {
        const auto pushed =
            stream.push(tensor::slice(clip, 1, at, at + length), [&](const Tensor& t) {
                parts.push_back(t);
                return base::Status();
            });
        EXPECT_TRUE(pushed.ok()) << pushed.error().text();
        at += length;
    }
    return tensor::concat(parts, 1);
}

std::vector<int64_t> pieces(Random& random, int64_t total) {
    std::vector<int64_t> lengths;
    while (total > 0) {
        lengths.push_back(random.between(1, total));
        total -= lengths.back();
    }
    return lengths;
}

void expect_close(const Tensor& got, const Tensor& want) {
    ASSERT_EQ(got.shape().text(), want.shape().text());
    for (int64_t i = 0; i < got.elements(); ++i)
        ASSERT_NEAR(got.f32()[i], want.f32()[i], 2e-5) << "at " << i;
}

const std::vector<std::vector<bool>> kTemporal = {
    {false, true}, {true, true}, {true, false}, {false}};

TEST(WanVae, AnyPiecesGiveTheWholeClip) {
    Random random(5);
    for (const bool v22 : {false, true}) {
        for (const auto& temporal : kTemporal) {
            const Vae vae = make(tiny(v22, temporal));
            const int64_t side = vae.config().space_factor();
            for (const int64_t batch : {1, 2}) {
                const int64_t latents = random.between(1, 4);
                const Tensor z = random.normal({batch, latents, 2, 1, 3});
                const Tensor frames = *vae.decode(z);
                EXPECT_EQ(frames.dim(1), vae.frames_of(latents));
                EXPECT_EQ(frames.dim(2), 2 * side);
                expect_close(streamed(VaeDecoder(vae), z, pieces(random, latents)), frames);

                const int64_t count = vae.frames_of(latents);
                const Tensor clip = random.normal({batch, count, side, 2 * side, 3}, 0.5f);
                const Tensor code = *vae.encode(clip);
                EXPECT_EQ(code.dim(1), latents);
                expect_close(streamed(VaeEncoder(vae), clip, pieces(random, count)), code);
            }
        }
    }
}

TEST(WanVae, TimeFlowsForwardOnly) {
    Random random(6);
    for (const bool v22 : {false, true}) {
        const Vae vae = make(tiny(v22, {false, true}));
        const Tensor z = random.normal({1, 4, 2, 2, 3});
        const Tensor start = *vae.decode(tensor::slice(z, 1, 0, 2));
        expect_close(tensor::slice(*vae.decode(z), 1, 0, start.dim(1)), start);
    }
}

TEST(WanVae, FramesBeyondTheLastGroupAreLeftOut) {
    Random random(7);
    const Vae vae = make(tiny(true, {true, true}));
    const Tensor clip = random.normal({1, 8, 8, 8, 3});
    expect_close(*vae.encode(clip), *vae.encode(tensor::slice(clip, 1, 0, 5)));
}

TEST(WanVae, SamplesOfABatchDoNotSeeEachOther) {
    Random random(8);
    const Vae vae = make(tiny(false, {true, true}));
    const Tensor z = random.normal({2, 2, 2, 2, 3});
    expect_close(vae.decode(z)->rows(1, 2), *vae.decode(z.rows(1, 2)));
}

TEST(WanVae, MemoryDoesNotGrowWithTheClip) {
    const Vae vae = make(tiny(true, {true, true}));
    const auto peak = [&](int64_t latents) {
        VaeDecoder decoder(vae);
        tensor::reset_peak();
        const uint64_t before = tensor::memory_use().in_use_bytes;
        for (int64_t t = 0; t < latents; ++t) {
            EXPECT_TRUE(decoder
                            .push(Tensor::full({1, 1, 8, 8, 3}, 0.5f),
                                  [](const Tensor&) { return base::Status(); })
                            .ok());
        }
        return tensor::memory_use().peak_bytes - before;
    };
    peak(3);  // packed weights
    const uint64_t few = peak(3);
    EXPECT_LE(peak(12), few + few / 50);
}

TEST(WanVae, RefusesWhatItCannotHold) {
    const Vae vae = make(tiny(false, {false, true}));
    const auto encoded = vae.encode(Tensor::zeros({1, 1, 6, 8, 3}));
    ASSERT_FALSE(encoded.ok());
    EXPECT_NE(encoded.error().text().find("multiples of 4"), std::string::npos);
    EXPECT_FALSE(vae.encode(Tensor::zeros({1, 0, 8, 8, 3})).ok());
    EXPECT_FALSE(vae.decode(Tensor::zeros({1, 1, 2, 2, 4})).ok());
    EXPECT_FALSE(vae.decode(Tensor::zeros({1, 2, 2, 3})).ok());

    VaeDecoder decoder(vae);
    const auto sink = [](const Tensor&) { return base::Status(); };
    EXPECT_TRUE(decoder.push(Tensor::zeros({1, 1, 2, 2, 3}), sink).ok());
    EXPECT_FALSE(decoder.push(Tensor::zeros({1, 1, 2, 3, 3}), sink).ok());

    base::CancelToken cancel;
    cancel.cancel();
    const auto stopped = vae.decode(Tensor::zeros({1, 1, 2, 2, 3}), &cancel);
    ASSERT_FALSE(stopped.ok());
    EXPECT_EQ(stopped.error().kind, base::ErrorKind::Cancelled);
}

TEST(WanVae, ConfigurationsOfBothLibrariesAndBadOnes) {
    const auto parse = [](const char* text) {
        return neural::wan::parse_vae_config(base::Json::parse(text), "config.json");
    };
    const auto theirs = parse(R"({"base_dim": 160, "decoder_base_dim": 256, "z_dim": 48,
        "dim_mult": [1, 2, 4, 4], "num_res_blocks": 2, "attn_scales": [], "is_residual": true,
        "temperal_downsample": [false, true, true]})");
    ASSERT_TRUE(theirs.ok()) << theirs.error().text();
    EXPECT_TRUE(theirs->v22);
    EXPECT_EQ(theirs->space_factor(), 16);
    EXPECT_EQ(theirs->time_factor(), 4);
    EXPECT_EQ(theirs->std, neural::wan::wan22_vae().std);
    EXPECT_TRUE(parse("{}").ok());
    for (const char* bad : {R"({"version": "3.0"})", R"({"dim_mult": [1, 2]})",
                            R"({"dim_mult": []})", R"({"mean": [1, 2]})", R"({"std": [0]})",
                            R"({"z_dim": -1})", R"({"temperal_downsample": [true]})",
                            R"({"attn_scales": [0.5]})", R"({"dim": 3, "dim_mult": [1, 3, 3, 3]})",
                            R"({"dim_mult": [1, 99999999999, 4, 4]})", "null"}) {
        const auto config = parse(bad);
        ASSERT_FALSE(config.ok()) << bad;
        EXPECT_EQ(config.error().where, "config.json");
    }
    VaeConfig odd = tiny(true, {false, true});
    odd.dim_mult = {1, 3, 7};
    EXPECT_FALSE(Vae::load(neural::Loader(std::make_shared<neural::ShapesOnly>()), odd).ok());
}

}  // namespace
