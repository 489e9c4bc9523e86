#include "neural/engine/compute.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "neural/engine/model.h"

namespace neural {
namespace {

using tensor::Compute;

class ComputeChoice : public ::testing::Test {
protected:
    void TearDown() override {
        unsetenv("AOZORA_COMPUTE");
        tensor::set_compute(Compute::F32);
    }
    static void say(const char* name) { setenv("AOZORA_COMPUTE", name, 1); }
};

TEST_F(ComputeChoice, IsWhatTheEnvironmentSays) {
    for (const Compute c : {Compute::F32, Compute::BF16, Compute::Int8}) {
        say(std::string(tensor::compute_name(c)).c_str());
        EXPECT_EQ(*chosen_compute(), c);
    }
}

TEST_F(ComputeChoice, IsTheFastestExactOneOtherwise) {
    EXPECT_EQ(*chosen_compute(), tensor::fastest_compute());
    EXPECT_NE(*chosen_compute(), Compute::Int8);
    for (const char* none : {"", "auto"}) {
        say(none);
        EXPECT_EQ(*chosen_compute(), tensor::fastest_compute());
    }
}

TEST_F(ComputeChoice, RefusesOtherWords) {
    say("fp4");
    const auto refused = chosen_compute();
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().kind, base::ErrorKind::Usage);
    EXPECT_NE(refused.error().text().find("AOZORA_COMPUTE"), std::string::npos);
    EXPECT_FALSE(open_model("tiny-wan", {}).ok());
}

TEST_F(ComputeChoice, HoldsForTheModelThatIsOpened) {
    say("int8");
    ASSERT_TRUE(open_model("tiny-wan", {}).ok());
    EXPECT_EQ(tensor::compute(), Compute::Int8);
}

}  // namespace
}  // namespace neural
