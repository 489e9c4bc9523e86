#include "neural/engine/memory_share.h"

#include <gtest/gtest.h>

#include "tensor/core/memory.h"
#include "tensor/ops/linear.h"

namespace neural {
namespace {

constexpr uint64_t kGiB = uint64_t{1} << 30;

class Shares : public ::testing::Test {
protected:
    void TearDown() override {
        tensor::set_memory_budget(0);
        tensor::set_packed_budget(UINT64_MAX);
    }
    static uint64_t tensors() { return tensor::memory_use().budget_bytes; }
};

TEST_F(Shares, OfALimitAddUpToIt) {
    const MemoryShare share(8 * kGiB);
    EXPECT_TRUE(share.limited());
    share.for_nets();
    EXPECT_EQ(share.weights_bytes() + tensors(), 8 * kGiB);
    share.for_pictures();
    EXPECT_GT(tensors(), 4 * kGiB);
    EXPECT_LT(tensors(), 8 * kGiB);
}

TEST_F(Shares, WithoutALimitTheMachineIsTheLimit) {
    const MemoryShare share;
    EXPECT_FALSE(share.limited());
    EXPECT_GT(available_memory(), 64u << 20);
    share.for_nets();
    EXPECT_GT(tensors(), 64u << 20);
    EXPECT_GT(share.weights_bytes(), 32u << 20);
}

}  // namespace
}  // namespace neural
