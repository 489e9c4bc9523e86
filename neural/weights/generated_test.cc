#include "neural/weights/generated.h"

#include <gtest/gtest.h>

#include <bit>

using neural::GeneratedWeights;

namespace {

struct Check {
    const char* name;
    tensor::Shape shape;
    uint64_t seed;
    uint32_t values[4];
};

// The check values of the golden vectors' format, as bit patterns.
TEST(GeneratedWeights, MatchTheFormatsCheckValues) {
    const Check checks[] = {
        {"model.diffusion_model.transformer_blocks.0.attn1.to_q.weight",
         {64, 64},
         2,
         {0x3db15bcd, 0xbc7360ca, 0x3e2d580d, 0xbd627332}},
        {"vae.per_channel_statistics.std-of-means",
         {8},
         30,
         {0x3f89a93e, 0x3f8b6556, 0x3f80976a, 0x3f920fa9}},
        {"blocks.0.norm3.weight", {40}, 100, {0x3f855dd7, 0x3f88863f, 0x3f88214b, 0x3f670e31}},
        {"decoder.conv1.bias", {32}, 113, {0xbcc59a07, 0xbd9b0dfa, 0x3db75e47, 0xbc173533}},
        {"vocoder.vocoder.conv_post.weight",
         {2, 2, 7},
         54,
         {0x3e5148b9, 0xbe45f540, 0x3e789726, 0x3e063670}},
        {"vocoder.mel_stft.mel_basis",
         {8, 257},
         54,
         {0x3ce9e69a, 0x3cf9cae3, 0x3d057d40, 0x3d19e6d7}},
        {"transformer_blocks.0.scale_shift_table",
         {9, 64},
         7,
         {0x3da0bc63, 0x3b088b00, 0x3ca10e60, 0xbcb7b3e7}},
    };
    for (const Check& c : checks) {
        const auto t = GeneratedWeights(c.seed).load(c.name, c.shape);
        ASSERT_TRUE(t.ok());
        for (int i = 0; i < 4; ++i)
            EXPECT_EQ(std::bit_cast<uint32_t>(t->f32()[i]), c.values[i]) << c.name << " " << i;
    }
}

}  // namespace
