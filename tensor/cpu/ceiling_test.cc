#include "tensor/cpu/ceiling.h"

#include <gtest/gtest.h>

namespace tensor {
namespace {

TEST(Ceiling, IsPossibleForACore) {
    const Ceiling c = measure_ceiling();
    EXPECT_GT(c.f32, 1);
    EXPECT_LT(c.f32, 1000) << "no core multiplies and adds so fast: the loop was optimised away";
    EXPECT_LT(c.int8, 10000);
    EXPECT_NE(describe(c).find("f32"), std::string::npos);
}

}  // namespace
}  // namespace tensor
