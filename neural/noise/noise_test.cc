#include "neural/noise/noise.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <string_view>

#include "base/core/random.h"
#include "neural/noise/counter.h"
#include "tensor/core/parallel.h"

namespace {

// The generator's published known answers (Random123, kat_vectors).
TEST(Philox, KnownAnswers) {
    const std::array<uint32_t, 4> zeros{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8};
    EXPECT_EQ(neural::philox4x32({0, 0, 0, 0}, {0, 0}), zeros);
    const std::array<uint32_t, 4> pi{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1};
    EXPECT_EQ(neural::philox4x32({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
                                 {0xa4093822, 0x299f31d0}),
              pi);
}

TEST(CounterNoise, IsStandardNormalAndTheSameForAnyThreadCount) {
    const int before = tensor::threads();
    tensor::set_threads(1);
    const auto one = neural::counter_noise(7)->normal({3, 33333}).to_vector();
    tensor::set_threads(2);
    const auto two = neural::counter_noise(7)->normal({3, 33333}).to_vector();
    tensor::set_threads(before);
    EXPECT_EQ(one, two);
    double sum = 0, squares = 0, fourth = 0;
    for (const float v : one) {
        sum += v;
        squares += double{v} * v;
        fourth += std::pow(v, 4);
    }
    const auto n = static_cast<double>(one.size());
    EXPECT_NEAR(sum / n, 0, 4 / std::sqrt(n));
    EXPECT_NEAR(squares / n, 1, 4 * std::sqrt(2 / n));
    EXPECT_NEAR(fourth / n, 3, 4 * std::sqrt(96 / n));
}

TEST(CounterNoise, DrawsAndSeedsDiffer) {
    const auto source = neural::counter_noise(1);
    const auto first = source->normal({64}).to_vector(), second = source->normal({64}).to_vector();
    EXPECT_NE(first, second);
    EXPECT_NE(neural::counter_noise(2)->normal({64}).to_vector(), first);
    // A shorter draw is the beginning of a longer one.
    const auto longer = neural::counter_noise(1)->normal({130}).to_vector();
    EXPECT_TRUE(std::equal(first.begin(), first.end(), longer.begin()));
}

// Values of PyTorch 1.13.1 (AVX2): one generator seeded 42, torch.randn of 3, 3, 17, 2, 33, 1.
// Short draws keep the second of a pair for the next short draw, across long ones.
TEST(TorchNoise, MatchesPyTorchBitForBit) {
    const auto source = neural::torch_noise(42);
    struct Draw {
        int64_t n;
        std::vector<uint32_t> first;
        uint32_t last;
    };
    const Draw draws[] = {
        {3, {0x3eac62ae, 0x3e03e69d, 0x3e7016e7}, 0x3e7016e7},
        {3, {0x3e6bdc6c, 0xbf8fb9c2, 0xbe3eccd8}, 0xbe3eccd8},
        {17,
         {0xbe7e3737, 0x3dbb7c4a, 0xc0144876, 0xbe5e020f, 0xbfb13cfd, 0xbf5f0955, 0xbe64ba09,
          0x3fdbd280, 0x3ea34448, 0xbd812d24, 0xbf541c22, 0x3ea96b85, 0xbfc75e89, 0x3f7ee202,
          0xbf6139a5, 0xbf19e472},
         0xbfa31763},
        {2, {0xbc55e41b}, 0x3fcb0139},
        {33, {0xbf287baf, 0x3d9fcafb, 0x3f069b67, 0xbef9da0d, 0x3f987ec8}, 0x3fa25807},
        {1, {0xbfaf21a0}, 0xbfaf21a0},
    };
    for (const Draw& d : draws) {
        const auto values = source->normal({d.n}).to_vector();
        for (size_t i = 0; i < d.first.size(); ++i)
            EXPECT_EQ(std::bit_cast<uint32_t>(values[i]), d.first[i]) << d.n << " " << i;
        EXPECT_EQ(std::bit_cast<uint32_t>(values.back()), d.last) << d.n;
    }
}

// 65536 values of seed 2^40 + 7 (of which the engine takes the low 32 bits), as FNV-1a of their
// bytes.
TEST(TorchNoise, MatchesPyTorchOverALongDraw) {
    const tensor::Tensor t = neural::torch_noise((uint64_t{1} << 40) + 7)->normal({1 << 16});
    EXPECT_EQ(base::hash_text({reinterpret_cast<const char*>(t.raw()), t.bytes()}),
              0xe2afc98dc68cb927u);
}

}  // namespace
