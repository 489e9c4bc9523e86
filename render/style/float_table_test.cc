#include "render/style/float_table.h"

#include <gtest/gtest.h>

#include "base/math/colour.h"

namespace render {
namespace {

TEST(FloatTable, FollowsPowerFunctionsClosely) {
    const auto f = [](float x) { return std::pow(x, 1 / 2.4f); };
    const FloatTable table(f, -12, 4);
    for (float x = 0.0003f; x < 15.9f; x *= 1.013f) EXPECT_NEAR(table(x) / f(x), 1, 2e-5) << x;
}

// Half a step of a byte is 1 / 510; the table stays a hundred times below.
TEST(FloatTable, SrgbBytesAreRight) {
    const FloatTable table([](float x) { return base::linear_to_srgb(x); }, -9, 0);
    for (int i = 0; i <= 10000; ++i) {
        const float x = static_cast<float>(i) / 10000;
        EXPECT_NEAR(table(x), base::linear_to_srgb(x), 2e-5) << x;
    }
    EXPECT_EQ(table(0), 0);
    EXPECT_EQ(table(-1), 0);
    EXPECT_FLOAT_EQ(table(7), 1);
}

}  // namespace
}  // namespace render
