#include "tensor/core/dtype.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <random>
#include <vector>

#include "tensor/core/memory.h"
#include "tensor/core/tensor.h"

using namespace tensor;

namespace {

TEST(DType, EveryHalfSurvivesTheWayThroughFloat) {
    for (uint32_t bits = 0; bits < 0x10000; ++bits) {
        const auto half = static_cast<uint16_t>(bits);
        const float wide = f16_to_f32(half);
        float fast = 0;
        widen(DType::F16, &half, 1, &fast);
        if (std::isnan(wide)) {
            EXPECT_TRUE(std::isnan(fast));
            continue;
        }
        EXPECT_EQ(fast, wide) << bits;
        EXPECT_EQ(f32_to_f16(wide), half) << bits;
        EXPECT_EQ(f32_to_bf16(bf16_to_f32(half)), half) << bits;
    }
    for (uint32_t bits = 0; bits < 0x100; ++bits) {
        const float wide = f8e4m3_to_f32(static_cast<uint8_t>(bits));
        if (!std::isnan(wide)) {
            EXPECT_EQ(f32_to_f8e4m3(wide), bits);
        }
    }
}

TEST(DType, RoundsToNearestEven) {
    EXPECT_EQ(f16_to_f32(f32_to_f16(2049.0f)), 2048.0f);
    EXPECT_EQ(f16_to_f32(f32_to_f16(2051.0f)), 2052.0f);
    EXPECT_TRUE(std::isinf(f16_to_f32(f32_to_f16(65520.0f))));
    EXPECT_EQ(f16_to_f32(f32_to_f16(65519.0f)), 65504.0f);
    EXPECT_EQ(bf16_to_f32(f32_to_bf16(1.00390625f)), 1.0f);
    EXPECT_EQ(f8e4m3_to_f32(f32_to_f8e4m3(1000.0f)), 448.0f);
    EXPECT_EQ(f8e4m3_to_f32(f32_to_f8e4m3(0.0009f)), 0.0f);
    EXPECT_EQ(f8e4m3_to_f32(f32_to_f8e4m3(-0.002f)), -0.001953125f);
}

// The error of a block type on normal values, relative to their spread; figures of its step size.
TEST(DType, BlocksKeepValuesWithinTheirStep) {
    std::mt19937 engine(3);
    std::normal_distribution<float> normal(0.0f, 1.0f);
    std::vector<float> x(256 * 40);
    for (float& v : x) v = normal(engine);
    struct Case {
        DType type;
        double rms;
    };
    for (const Case& c :
         {Case{DType::Q8_0, 0.01}, Case{DType::Q6_K, 0.035}, Case{DType::Q5_K, 0.055},
          Case{DType::Q4_K, 0.11}, Case{DType::Q4_0, 0.13}}) {
        std::vector<uint8_t> bytes(*bytes_of(c.type, static_cast<int64_t>(x.size())));
        narrow(c.type, x.data(), static_cast<int64_t>(x.size()), bytes.data());
        std::vector<float> y(x.size());
        widen(c.type, bytes.data(), static_cast<int64_t>(y.size()), y.data());
        double squares = 0;
        for (size_t i = 0; i < x.size(); ++i) squares += (x[i] - y[i]) * (x[i] - y[i]);
        EXPECT_LT(std::sqrt(squares / static_cast<double>(x.size())), c.rms) << dtype_name(c.type);
        // Zeros stay zeros, and what was narrowed once is a fixed point within a step.
        std::fill(x.begin(), x.end(), 0.0f);
        narrow(c.type, x.data(), 256, bytes.data());
        widen(c.type, bytes.data(), 256, y.data());
        for (int i = 0; i < 256; ++i) EXPECT_EQ(y[i], 0.0f);
        for (float& v : x) v = normal(engine);
    }
}

TEST(DType, SizesRefuseHalfBlocksAndOverflow) {
    EXPECT_FALSE(bytes_of(DType::Q8_0, 33));
    EXPECT_FALSE(bytes_of(DType::F32, -1));
    EXPECT_FALSE(bytes_of(DType::F32, INT64_MAX / 2));
    EXPECT_EQ(bytes_of(DType::Q4_K, 512), 288u);
}

TEST(Memory, StaysWithinItsBudgetAndRefusesWithFigures) {
    trim();
    reset_peak();
    const uint64_t before = memory_use().in_use_bytes;
    set_memory_budget(before + (64 << 20));
    {
        const Tensor a(Shape{8 << 20});  // 32 MiB
        EXPECT_THROW(Tensor(Shape{16 << 20}), OutOfMemory);
        const Tensor b(Shape{4 << 20});
        EXPECT_LE(memory_use().in_use_bytes, before + (64 << 20));
    }
    EXPECT_NO_THROW(Tensor(Shape{15 << 20}));  // cached blocks make room
    EXPECT_EQ(memory_use().in_use_bytes, before);
    set_memory_budget(0);
}

TEST(Tensor, RowsAndReshapeShareMemory) {
    const Tensor t = Tensor::from({4, 2}, std::vector<float>{0, 1, 2, 3, 4, 5, 6, 7});
    EXPECT_EQ(t.rows(1, 3).f32(), t.f32() + 2);
    EXPECT_EQ(t.reshape({-1, 4}).shape(), Shape({2, 4}));
    EXPECT_EQ(t.rows(1, 3).to_vector(), (std::vector<float>{2, 3, 4, 5}));
}

}  // namespace
