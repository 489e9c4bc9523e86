// Opening a model chooses what products are computed in, for the whole process: each test begins
// with f32 again, or those that follow would see what bf16 rounds away.
#include <gtest/gtest.h>

#include "tensor/ops/linear.h"

namespace {

class Exact : public ::testing::EmptyTestEventListener {
    void OnTestStart(const ::testing::TestInfo&) override {
        tensor::set_compute(tensor::Compute::F32);
    }
};

[[maybe_unused]] const bool listening = [] {
    ::testing::UnitTest::GetInstance()->listeners().Append(new Exact);
    return true;
}();

TEST(Exact, AScopeGivesBackWhatWasChosen) {
    {
        const tensor::ComputeScope scope(tensor::Compute::BF16);
        const tensor::ComputeScope inner(tensor::Compute::Int8);
        EXPECT_EQ(tensor::compute(), tensor::Compute::Int8);
    }
    EXPECT_EQ(tensor::compute(), tensor::Compute::F32);
}

}  // namespace
