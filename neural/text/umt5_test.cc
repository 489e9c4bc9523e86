#include "neural/text/umt5.h"

#include <gtest/gtest.h>

#include "neural/text/umt5_tokenizer.h"
#include "neural/weights/generated.h"
#include "tensor/testing/twin.h"

using neural::text::Umt5Config;
using neural::text::Umt5Encoder;
using tensor::Tensor;

namespace {

Umt5Encoder tiny(bool shared_pos = false) {
    Umt5Config c;
    c.vocab = 40;
    c.dim = 24;
    c.dim_attn = 16;
    c.dim_ffn = 40;
    c.num_heads = 2;
    c.num_layers = 2;
    c.shared_pos = shared_pos;
    return *Umt5Encoder::load(neural::Loader(std::make_shared<neural::GeneratedWeights>(3)), c);
}

TEST(Umt5, PaddingChangesNothing) {
    for (const bool shared : {false, true}) {
        const Umt5Encoder net = tiny(shared);
        const std::vector<int32_t> tokens = {5, 9, 33, 1};
        const Tensor bare = *net.encode(Tensor::from_i32({1, 4}, tokens), {});
        const auto padded = neural::text::pad_tokens(tokens, 17, 0);
        const Tensor all = *net.encode(padded.ids, padded.mask);
        for (int64_t i = 0; i < bare.elements(); ++i)
            ASSERT_NEAR(bare.f32()[i], all.f32()[i], 2e-6);
    }
}

TEST(Umt5, SamplesOfABatchDoNotSeeEachOther) {
    const Umt5Encoder net = tiny();
    const Tensor both = *net.encode(Tensor::from_i32({2, 3}, std::vector{1, 2, 3, 9, 8, 7}), {});
    const Tensor second = *net.encode(Tensor::from_i32({1, 3}, std::vector{9, 8, 7}), {});
    for (int64_t i = 0; i < second.elements(); ++i)
        ASSERT_NEAR(both.f32()[second.elements() + i], second.f32()[i], 2e-6);
}

TEST(Umt5, BucketsCoverBothDirectionsAndGrowWithDistance) {
    using neural::text::umt5_bucket;
    EXPECT_EQ(umt5_bucket(0, 32, 128), 0);
    EXPECT_EQ(umt5_bucket(-7, 32, 128), 7);
    EXPECT_EQ(umt5_bucket(7, 32, 128), 23);
    // The borders of T5's logarithmic buckets: 8, 12, 16, 23, 32, 46, 64, 91.
    const int64_t first[] = {8, 12, 16, 23, 32, 46, 64, 91};
    for (int64_t i = 0; i < 8; ++i) {
        EXPECT_EQ(umt5_bucket(-first[i], 32, 128), 8 + i) << first[i];
        EXPECT_EQ(umt5_bucket(1 - first[i], 32, 128), 7 + i) << first[i];
    }
    EXPECT_EQ(umt5_bucket(-100000, 32, 128), 15);
    EXPECT_EQ(umt5_bucket(100000, 32, 128), 31);
}

TEST(Umt5, RefusesTokensOfAnotherVocabularyAndStopsWhenTold) {
    const Umt5Encoder net = tiny();
    for (const int32_t id : {-1, 40}) {
        const auto answer = net.encode(Tensor::from_i32({1, 2}, std::vector{1, id}), {});
        ASSERT_FALSE(answer.ok());
        EXPECT_NE(answer.error().text().find("another model"), std::string::npos);
    }
    base::CancelToken cancel;
    cancel.cancel();
    const auto stopped = net.encode(Tensor::from_i32({1, 1}, std::vector{1}), {}, &cancel);
    ASSERT_FALSE(stopped.ok());
    EXPECT_EQ(stopped.error().kind, base::ErrorKind::Cancelled);
}

TEST(Umt5, ConfigurationsOfBothLibrariesAndBadOnes) {
    const auto theirs = neural::text::parse_umt5_config(
        base::Json::parse(R"({"vocab_size": 256384, "d_model": 4096, "d_kv": 64, "d_ff": 10240,
            "num_heads": 64, "num_layers": 24, "relative_attention_num_buckets": 32,
            "relative_attention_max_distance": 128})"),
        "config.json");
    ASSERT_TRUE(theirs.ok());
    EXPECT_EQ(theirs->dim_attn, 4096);
    for (const char* bad :
         {R"({"vocab": 0})", R"({"num_heads": "many"})", R"({"dim": 1e9})", "[]",
          R"({"num_heads": 3, "dim_attn": 64})", R"({"num_layers": 18446744073709551615})"}) {
        const auto config = neural::text::parse_umt5_config(base::Json::parse(bad), "config.json");
        ASSERT_FALSE(config.ok()) << bad;
        EXPECT_EQ(config.error().where, "config.json");
    }
}

}  // namespace
