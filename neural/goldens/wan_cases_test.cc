// Every golden case of the Wan family, in the fast back end.
#include <gtest/gtest.h>

#include "neural/goldens/verdict.h"
#include "neural/wan/testing/name_table.h"

namespace {

TEST(WanGoldens, AllCasesPass) {
    const auto folder = neural::testing::golden_folder();
    std::error_code error;
    int count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
        const std::string name = entry.path().filename().string();
        if (entry.path().extension() != ".safetensors" ||
            !(name.starts_with("wan") || name.starts_with("umt5")))
            continue;
        ++count;
        const auto verdict = neural::goldens::judge(entry.path().string());
        EXPECT_TRUE(verdict.ok) << verdict.id << ": " << verdict.problem;
    }
    ASSERT_FALSE(error) << folder << ": " << error.message();
    EXPECT_GT(count, 0) << "no cases in " << folder;
}

}  // namespace
