#include "neural/wan/transformer/transformer.h"

#include <gtest/gtest.h>

#include "neural/weights/generated.h"
#include "tensor/ops/layout.h"
#include "tensor/testing/twin.h"

using neural::wan::Transformer;
using neural::wan::TransformerConfig;
using tensor::Tensor;
using tensor::testing::Random;

namespace {

TransformerConfig tiny() {
    TransformerConfig c;
    c.text_len = 6;
    c.in_dim = c.out_dim = 4;
    c.dim = 24;
    c.ffn_dim = 40;
    c.freq_dim = 16;
    c.text_dim = 10;
    c.num_heads = 2;
    c.num_layers = 2;
    return c;
}

Transformer make(const TransformerConfig& config) {
    return *Transformer::load(neural::Loader(std::make_shared<neural::GeneratedWeights>(21)),
                              config);
}

void expect_close(const Tensor& got, const Tensor& want, float tolerance = 2e-6f) {
    ASSERT_EQ(got.elements(), want.elements());
    for (int64_t i = 0; i < got.elements(); ++i)
        ASSERT_NEAR(got.f32()[i], want.f32()[i], tolerance) << "at " << i;
}

TEST(WanTransformer, EqualTimestepsPerTokenAreOneTimestep) {
    Random random(1);
    const Transformer net = make(tiny());
    Transformer::Input in{random.normal({4, 2, 4, 6}),
                          {},
                          *net.embed_text(random.normal({3, 10})),
                          Tensor::full({1}, 321)};
    const Tensor one = *net.velocity(in);
    in.timesteps = Tensor::full({net.tokens(2, 4, 6)}, 321);
    expect_close(*net.velocity(in), one);
    in.timesteps.f32()[0] = 0;
    EXPECT_NE(net.velocity(in)->to_vector(), one.to_vector());
}

TEST(WanTransformer, TwoTextsTogetherAreTwoTextsApart) {
    Random random(2);
    const Transformer net = make(tiny());
    const Tensor first = *net.embed_text(random.normal({3, 10}));
    const Tensor second = *net.embed_text(random.normal({6, 10}));
    Transformer::Input in{random.normal({4, 2, 4, 4}), {}, first, {}};
    for (const bool per_token : {false, true}) {
        in.timesteps = Tensor::full({per_token ? 8 : 1}, 700);
        if (per_token) in.timesteps.f32()[3] = 0;
        in.text = first;
        const Tensor a = *net.velocity(in);
        in.text = second;
        const Tensor b = *net.velocity(in);
        in.text = tensor::concat(std::vector<Tensor>{first, second}, 0);
        const Tensor both = *net.velocity(in);
        expect_close(both.rows(0, 1), a);
        expect_close(both.rows(1, 2), b);
    }
}

TEST(WanTransformer, ChannelsBesideTheLatentMatter) {
    Random random(3);
    TransformerConfig c = tiny();
    c.in_dim = 7;
    c.model_type = "i2v";
    const Transformer net = make(c);
    Transformer::Input in{random.normal({4, 2, 4, 4}),
                          {},
                          *net.embed_text(random.normal({3, 10})),
                          Tensor::full({1}, 5)};
    EXPECT_FALSE(net.velocity(in).ok());
    in.y = random.normal({3, 2, 4, 4});
    const Tensor one = *net.velocity(in);
    EXPECT_EQ(one.shape().text(), "1x4x2x4x4");
    in.y = random.normal({3, 2, 4, 4});
    EXPECT_NE(net.velocity(in)->to_vector(), one.to_vector());
}

TEST(WanTransformer, PiecesOfTheTokensDoNotShow) {
    Random random(4);
    const Transformer net = make(tiny());
    Transformer::Input in{random.normal({4, 2, 6, 8}),
                          {},
                          *net.embed_text(random.normal({3, 10})),
                          Tensor::full({24}, 400)};
    for (int64_t i = 0; i < 10; ++i) in.timesteps.f32()[i] = 0;
    const Tensor whole = *net.velocity(in);
    for (const int64_t piece : {1, 7, 23}) {
        in.tokens_at_once = piece;
        expect_close(*net.velocity(in), whole);
    }
}

TEST(WanTransformer, RefusesWhatDoesNotFit) {
    Random random(5);
    const Transformer net = make(tiny());
    EXPECT_FALSE(net.embed_text(random.normal({7, 10})).ok());
    EXPECT_FALSE(net.embed_text(random.normal({3, 9})).ok());
    const Tensor text = *net.embed_text(random.normal({3, 10}));
    const Tensor t = Tensor::full({1}, 1);
    EXPECT_FALSE(net.velocity({random.normal({4, 2, 3, 4}), {}, text, t}).ok());
    EXPECT_FALSE(net.velocity({random.normal({4, 2, 4, 0}), {}, text, t}).ok());
    EXPECT_FALSE(net.velocity({random.normal({5, 2, 4, 4}), {}, text, t}).ok());
    EXPECT_FALSE(net.velocity({random.normal({4, 2, 4, 4}), {}, text, Tensor::full({3}, 1)}).ok());
    EXPECT_FALSE(net.velocity({random.normal({4, 2, 4, 2052}), {}, text, t}).ok());

    base::CancelToken cancel;
    cancel.cancel();
    const auto stopped = net.velocity({random.normal({4, 2, 4, 4}), {}, text, t}, &cancel);
    ASSERT_FALSE(stopped.ok());
    EXPECT_EQ(stopped.error().kind, base::ErrorKind::Cancelled);
}

TEST(WanTransformer, ConfigurationsOfBothLibrariesAndBadOnes) {
    const auto parse = [](const char* text) {
        return neural::wan::parse_transformer_config(base::Json::parse(text), "config.json");
    };
    const auto theirs = parse(R"({"_class_name": "WanTransformer3DModel",
        "added_kv_proj_dim": null, "attention_head_dim": 128, "cross_attn_norm": true, "eps": 1e-06,
        "ffn_dim": 8960, "freq_dim": 256, "image_dim": null, "in_channels": 16,
        "num_attention_heads": 12, "num_layers": 30, "out_channels": 16, "patch_size": [1, 2, 2],
        "qk_norm": "rms_norm_across_heads", "rope_max_seq_len": 1024, "text_dim": 4096})");
    ASSERT_TRUE(theirs.ok()) << theirs.error().text();
    EXPECT_EQ(theirs->dim, 1536);
    EXPECT_TRUE(theirs->qk_norm);
    for (const char* bad :
         {R"({"dim": 0})", R"({"dim": 25, "num_heads": 2})", R"({"patch_size": [1, 2]})",
          R"({"patch_size": "big"})", R"({"model_type": "s2v"})", R"({"image_dim": 1280})",
          R"({"window_size": [4, 4]})", R"({"eps": -1})", R"({"num_layers": 1e12})",
          R"({"in_dim": 2, "out_dim": 4})", "3"}) {
        const auto config = parse(bad);
        ASSERT_FALSE(config.ok()) << bad;
        EXPECT_EQ(config.error().where, "config.json");
    }
}

}  // namespace
