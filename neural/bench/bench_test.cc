#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "neural/bench/nets.h"
#include "neural/bench/pages.h"
#include "neural/bench/table.h"

namespace {

using namespace neural::bench;
using tensor::DType;

TEST(NeuralBench, PagesHaveTheTypeTheShapeAndDistinctRows) {
    const PageWeights weights(DType::BF16);
    const auto t = *weights.load("blocks.0.ffn.0.weight", {700, 512});
    EXPECT_EQ(t.dtype(), DType::BF16);
    EXPECT_EQ(t.shape().text(), "700x512");
    const std::vector<float> values = t.to_vector();
    std::set<std::vector<float>> rows;
    double square = 0;
    for (int64_t r = 0; r < 700; ++r)
        rows.emplace(values.begin() + r * 512, values.begin() + (r + 1) * 512);
    for (const float v : values) square += static_cast<double>(v) * v;
    EXPECT_EQ(rows.size(), 700u);
    EXPECT_NEAR(square / static_cast<double>(values.size()) * 512, 1, 0.05);
    EXPECT_EQ(weights.load("blocks.0.modulation", {1, 6, 8})->dtype(), DType::F32);
}

TEST(NeuralBench, WorkOfTheDecoderIsWhatCountingByHandGives) {
    const auto net = ltx_vae_net(64, 32);
    ASSERT_TRUE(net.ok());
    EXPECT_NEAR(net->work.all() * 192, 24.9e12, 0.1e12);  // of 768x512
}

TEST(NeuralBench, AFileOf42GigabytesIsOpenedWithoutReadingIt) {
    const auto start = start_large_file(::testing::TempDir());
    if (!start.ok()) GTEST_SKIP() << start.error().text();
    EXPECT_GE(start->bytes, 42e9);
    EXPECT_LT(start->resident_mib, 600);
}

}  // namespace
