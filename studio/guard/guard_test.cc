#include "studio/guard/guard.h"

#include <gtest/gtest.h>

namespace studio {
namespace {

TEST(Guard, NormalisesWhatPeopleDoToSlipPast) {
    EXPECT_EQ(normalise_words("Gun"), "gun");
    EXPECT_EQ(normalise_words("g.u.n"), "gun");
    EXPECT_EQ(normalise_words("Gün!"), "gun");
    EXPECT_EQ(normalise_words("the g u n fires"), "the gun fires");
    EXPECT_EQ(normalise_words("ｇｕｎ"), "gun");
    EXPECT_EQ(normalise_words("g\u200Bun"), "gun");
    EXPECT_EQ(normalise_words("сat"), "cat");  // Cyrillic es
    EXPECT_EQ(normalise_words(""), "");
    EXPECT_EQ(normalise_words("\xff\xfe"), "");
}

TEST(Guard, TermsMatchWholeWordsOnly) {
    GuardOptions options;
    options.terms = {"ass", "bad phrase"};
    const Guard guard(options);
    EXPECT_TRUE(guard.check_prompt("an a$$ in a field"));
    EXPECT_TRUE(guard.check_prompt("what a BAD  phrase!"));
    EXPECT_TRUE(guard.check_prompt("baaad phraaase"));
    EXPECT_FALSE(guard.check_prompt("glass falls onto grass"));
    EXPECT_EQ(guard.check_prompt("ass")->category, "blocked_term");
    EXPECT_EQ(guard.check_prompt("ass")->message.find("ass "), std::string::npos);
}

TEST(Guard, TurnedOffStillRefusesWhatMustBeRefused) {
    GuardOptions options;
    options.enabled = false;
    options.terms = {"vase"};
    const Guard guard(options);
    EXPECT_FALSE(guard.check_prompt("a vase falls"));
    for (const char* words : {"a nude child", "a n4ked t33nager", "sexy girl aged 12",
                              "erotic dance of a 15-year-old", "ｎｕｄｅ kid"}) {
        const auto refusal = guard.check_prompt(words);
        ASSERT_TRUE(refusal) << words;
        EXPECT_EQ(refusal->category, "sexual_minors");
    }
}

TEST(Guard, HarmlessFilmsPass) {
    const Guard guard(GuardOptions{});
    for (const char* words :
         {"A girl skips rope in a park.", "A boy kicks a ball.", "A nude statue in a museum.",
          "A steel ball is dropped from 2 metres.", "A 12 year old dog sleeps.",
          "Essex county at dawn, two kids fly a kite."}) {
        EXPECT_FALSE(guard.check_prompt(words)) << words;
    }
}

TEST(Guard, InputsByHashAndClassifier) {
    GuardOptions options;
    options.blocked_sha256 = {"aa"};
    options.classifier = [](std::string_view prompt) -> base::Result<std::optional<Refusal>> {
        if (prompt == "down") return base::failed("no answer");
        if (prompt == "x") return std::optional<Refusal>(Refusal{"classifier", "no"});
        return std::optional<Refusal>();
    };
    const Guard guard(options);
    EXPECT_TRUE(guard.check_input("aa"));
    EXPECT_FALSE(guard.check_input("bb"));
    EXPECT_TRUE(guard.check_prompt("x"));
    EXPECT_FALSE(guard.check_prompt("down"));
}

}  // namespace
}  // namespace studio
