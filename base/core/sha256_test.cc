#include "base/core/sha256.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace base {
namespace {

// FIPS 180-2, appendix B.
const std::string kAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
const std::string kMillion = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

TEST(Sha256, KnownAnswers) {
    EXPECT_EQ(sha256_hex("abc"), kAbc);
    Sha256 hash;
    for (int i = 0; i < 1000; ++i) hash.add(std::string(1000, 'a'));
    EXPECT_EQ(hash.hex(), kMillion);
}

TEST(Sha256, OfAFile) {
    const std::string path = std::filesystem::temp_directory_path() / "aozora-sha256-test";
    std::ofstream(path) << std::string(1'000'000, 'a');
    EXPECT_EQ(*sha256_hex_of_file(path), kMillion);
    std::filesystem::remove(path);
    EXPECT_FALSE(sha256_hex_of_file(path).ok());
}

TEST(Sha256, Names) {
    EXPECT_TRUE(is_sha256(kAbc));
    EXPECT_FALSE(is_sha256(kAbc.substr(1)));
    EXPECT_FALSE(is_sha256("B" + kAbc.substr(1)));
}

}  // namespace
}  // namespace base
