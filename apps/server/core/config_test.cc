#include "apps/server/core/config.h"

#include <gtest/gtest.h>

namespace server {
namespace {

base::Error refusal(const std::string& text) {
    Config config = default_config();
    const base::Status read = read_config_text(text, "a.toml", config);
    EXPECT_FALSE(read.ok()) << text;
    return read.ok() ? base::Error{} : read.error();
}

TEST(Config, TheExampleIsTheDefault) {
    Config config = default_config();
    const base::Status read = read_config_text(config_example(), "example", config);
    ASSERT_TRUE(read.ok()) << read.error().text();
    const Config plain = default_config();
    EXPECT_EQ(config.listen, plain.listen);
    EXPECT_EQ(config.units, plain.units);
    EXPECT_EQ(config.lease_s, plain.lease_s);
}

TEST(Config, ErrorsNameThePlace) {
    EXPECT_EQ(refusal("[server]\nopen = 1\n").where, "a.toml:2:8");
    EXPECT_EQ(refusal("[server]\nopne = true\n").where, "a.toml:2:8");
    EXPECT_EQ(refusal("[serve]\n").where, "a.toml:1:1");
    EXPECT_EQ(refusal("[workers]\ncount = 300\n").where, "a.toml:2:9");
    EXPECT_EQ(refusal("[server\n").where.substr(0, 8), "a.toml:1");
}

// A section that is a number was passed over once, and all defaults held.
TEST(Config, SectionsAreTables) {
    EXPECT_NE(refusal("server = 3\n").message.find("[server]"), std::string::npos);
    EXPECT_NE(refusal("[[limits]]\n").message.find("[limits]"), std::string::npos);
}

TEST(Config, NumbersAreFinite) {
    for (const char* text : {"[units]\n\"sora-2\" = nan\n", "[units]\n\"sora-2\" = inf\n",
                             "[units]\n\"sora-2\" = -1\n", "[limits]\nmost_seconds = nan\n",
                             "[data]\nretention_days = inf\n", "[workers]\nlease_s = 0\n"}) {
        EXPECT_EQ(refusal(text).kind, base::ErrorKind::Usage) << text;
    }
}

}  // namespace
}  // namespace server
