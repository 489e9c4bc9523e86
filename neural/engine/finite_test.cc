#include "neural/engine/finite.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <limits>

#include "neural/weights/safetensors.h"

using namespace neural;
using tensor::Tensor;

namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
constexpr float kInfinity = std::numeric_limits<float>::infinity();

std::string file_of(const char* name, const Tensor& odd) {
    const std::string path = ::testing::TempDir() + "/" + name + ".safetensors";
    EXPECT_TRUE(write_safetensors(
                    path, {{"blocks.0.weight", Tensor::full({2, 2}, 1)}, {"blocks.1.weight", odd}})
                    .ok());
    return path;
}

TEST(Finite, NumbersPass) {
    EXPECT_TRUE(check_finite(Tensor::full({2, 3}, -7), "latents", {"/no/such/file"}).ok());
    for (const float bad : {kNan, kInfinity, -kInfinity})
        EXPECT_FALSE(check_finite(Tensor::full({2, 3}, bad), "latents", {}).ok());
}

TEST(Finite, NamesWhatIsBrokenAndTheTensorThatBrokeIt) {
    const std::string sound = file_of("sound", Tensor::full({2}, 3)),
                      broken = file_of("broken", Tensor::from({3}, std::vector{1.f, kNan, kNan}));
    const Tensor latents = Tensor::from({1, 4}, std::vector{0.f, 1.f, kInfinity, kNan});
    const auto status = check_finite(latents, "video latents", {sound, broken});
    ASSERT_FALSE(status.ok());
    const std::string text = status.error().text();
    for (const char* part : {"video latents", "the first at 2", "blocks.1.weight holds 2 NaN",
                             "broken.safetensors", "fetch the files again"})
        EXPECT_NE(text.find(part), std::string::npos) << part << " in " << text;
    EXPECT_EQ(text.find("blocks.0"), std::string::npos) << text;
    // Weights that are sound are not blamed.
    const std::string other = check_finite(latents, "video latents", {sound}).error().text();
    EXPECT_EQ(other.find("fetch"), std::string::npos) << other;
}

}  // namespace
