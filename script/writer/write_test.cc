#include "script/writer/write.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <fstream>

#include "base/text/text.h"
#include "script/shots/validate.h"
#include "script/words/function_words.h"
#include "script/words/wordnet.h"
#include "script/writer/dump.h"
#include "script/writer/report.h"

namespace script {
namespace {

struct Case {
    std::string name, prompt;
    std::vector<std::string> facts;  // parts of the dump; "!" in front: must not be there
};

std::vector<Case> cases() {
    std::vector<Case> all;
    for (const auto& file :
         std::filesystem::directory_iterator(AOZORA_SOURCE_DIR "/script/writer/cases")) {
        Case one;
        one.name = file.path().stem();
        std::ifstream in(file.path());
        std::getline(in, one.prompt);
        for (std::string line; std::getline(in, line);) {
            if (!line.empty()) one.facts.push_back(line);
        }
        all.push_back(std::move(one));
    }
    std::sort(all.begin(), all.end(), [](const Case& a, const Case& b) { return a.name < b.name; });
    return all;
}

Written write(std::string_view prompt, WriteOptions options = {}) {
    auto written = write_shot_list(prompt, options);
    EXPECT_TRUE(written.ok()) << prompt;
    return written.ok() ? std::move(*written) : Written{};
}

bool contains(const std::vector<std::string>& list, const std::string& word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

TEST(Write, EveryCaseSaysWhatItsPromptSays) {
    ASSERT_GE(cases().size(), 60u);
    for (const Case& one : cases()) {
        const std::string text = dump(write(one.prompt).shots);
        for (const std::string& fact : one.facts) {
            const bool wanted = fact[0] != '!';
            const std::string part = wanted ? fact : fact.substr(1);
            EXPECT_EQ(text.find(part) != std::string::npos, wanted)
                << one.name << ": " << fact << "\n"
                << text;
        }
    }
}

TEST(Write, EveryCaseCanBeFilmed) {
    for (const Case& one : cases()) {
        const Written written = write(one.prompt);
        for (const Problem& problem : validate(written.shots))
            ADD_FAILURE() << one.name << ": " << problem.text();
    }
}

// The promise of the report: a word is understood exactly when the film is another without it.
TEST(Write, UnderstoodWordsMatterAndLeftOutWordsDoNot) {
    for (const Case& one : cases()) {
        const Written written = write(one.prompt);
        const std::string whole = dump(written.shots);
        for (const auto& [list, matters] : {std::pair{&written.report.understood, true},
                                            std::pair{&written.report.left_out, false}}) {
            for (const std::string& word : *list) {
                std::vector<std::pair<size_t, size_t>> spans;
                const std::string lower = base::to_lower_ascii(one.prompt),
                                  key = base::to_lower_ascii(word);
                for (size_t at = lower.find(key); at != std::string::npos;
                     at = lower.find(key, at + 1)) {
                    const auto joined = [&](size_t i) {
                        return i < lower.size() &&
                               (std::isalnum(static_cast<unsigned char>(lower[i])) ||
                                lower[i] == '-' || lower[i] == '\'' || lower[i] == '.');
                    };
                    const bool dot_ends =
                        at + key.size() < lower.size() && lower[at + key.size()] == '.';
                    if ((at > 0 && joined(at - 1)) || (joined(at + key.size()) && !dot_ends))
                        continue;
                    spans.emplace_back(at, at + key.size());
                }
                if (spans.empty()) continue;
                const auto rest = write_shot_list(without_words(one.prompt, spans));
                const bool differs = !rest.ok() || dump(rest->shots) != whole;
                EXPECT_EQ(differs, matters) << one.name << ": " << word;
            }
        }
    }
}

TEST(Write, SameWordsSameList) {
    for (const Case& one : cases())
        EXPECT_EQ(dump(write(one.prompt).shots), dump(write(one.prompt).shots));
}

TEST(Write, LengthIsExactInFrames) {
    const std::string three = "A dog runs. Cut to: a cat sleeps. Cut to: a bird flies.";
    for (const double seconds : {0.2, 1.0, 4.0, 7.3, 10.0, 59.99, 600.0}) {
        for (const double fps : {23.976, 24.0, 25.0, 30.0, 60.0}) {
            WriteOptions options;
            options.seconds = seconds;
            options.fps = fps;
            const ShotList list = write(three, options).shots;
            EXPECT_EQ(std::llround(list.seconds() * fps), std::llround(seconds * fps))
                << seconds << " " << fps;
            for (const Shot& shot : list.shots) EXPECT_GT(shot.seconds, 0);
        }
    }
    EXPECT_DOUBLE_EQ(write("A ball falls.").shots.seconds(), 5);
    EXPECT_DOUBLE_EQ(write(three).shots.seconds(), 13.5);
}

std::vector<std::string> words_of_shots(std::string_view prompt) {
    std::vector<std::string> words;
    for (const Shot& shot : write(prompt).shots.shots) words.push_back(shot.description);
    return words;
}

TEST(Write, EachShotHasTheWordsItCameFrom) {
    using Words = std::vector<std::string>;
    EXPECT_EQ(words_of_shots("A red ball\n falls. "), Words{"A red ball falls."});
    EXPECT_EQ(words_of_shots("A dog runs on the beach. Cut to: a cat sleeps on a sofa."),
              (Words{"A dog runs on the beach.", "a cat sleeps on a sofa."}));
    EXPECT_EQ(words_of_shots("Shot 1: a ball rolls.\nShot 2: a vase falls and breaks."),
              (Words{"a ball rolls.", "a vase falls and breaks."}));
    EXPECT_EQ(words_of_shots("A chef waves in a kitchen. In a gym, a man shoots a basketball."),
              (Words{"A chef waves in a kitchen.", "In a gym, a man shoots a basketball."}));
    EXPECT_EQ(words_of_shots("A ball rolls. Close-up: the ball bounces."),
              (Words{"A ball rolls.", "Close-up: the ball bounces."}));
    EXPECT_EQ(words_of_shots("A dog runs on the beach, and a cat jumps in a kitchen."),
              (Words{"A dog runs on the beach", "a cat jumps in a kitchen."}));
    // What no shot could be made of stays with the one before.
    EXPECT_EQ(words_of_shots("A ball rolls. Cut to: quixotry."),
              Words{"A ball rolls. Cut to: quixotry."});
}

// Every word is told by the shots, in order, but for what only joins them.
TEST(Write, WordsOfTheShotsAreThePromptsWords) {
    for (const Case& one : cases()) {
        size_t at = 0;
        std::string line = one.prompt;
        for (const Shot& shot : write(one.prompt).shots.shots) {
            EXPECT_FALSE(shot.description.empty()) << one.prompt;
            const size_t found = line.find(shot.description, at);
            ASSERT_NE(found, std::string::npos) << shot.description << " in " << one.prompt;
            EXPECT_LE(found - at, 40u) << one.prompt;
            at = found + shot.description.size();
        }
        EXPECT_LE(line.size() - at, 3u) << one.prompt;
    }
}

TEST(Write, DescriptionsOfLongPromptsAreCutBetweenCharacters) {
    std::string prompt = "A ball rolls ";
    for (int i = 0; i < 2000; ++i) prompt += "\xc3\xa9";
    prompt += "x";
    const std::string told = write(prompt).shots.shots.at(0).description;
    EXPECT_GE(told.size(), 3999u);
    EXPECT_LE(told.size(), 4000u);
    EXPECT_TRUE(base::is_valid_utf8(told));
}

TEST(Write, RefusesNothingButEmptyAndBrokenText) {
    EXPECT_FALSE(write_shot_list("").ok());
    EXPECT_FALSE(write_shot_list(" \n\t ").ok());
    EXPECT_FALSE(write_shot_list("a \xff ball").ok());
    EXPECT_EQ(write_shot_list("").error().kind, base::ErrorKind::Usage);
    WriteOptions negative;
    negative.seconds = -1;
    EXPECT_FALSE(write_shot_list("a ball", negative).ok());
    for (const char* odd :
         {"?", "...", "\U0001F984", "\xe7\x8a\xac\xe3\x81\x8c\xe8\xb5\xb0\xe3\x82\x8b", "42",
          "the of and", "\"\"", "'s", "((((", "a a a a a a", "no no no ball",
          "123456789012345678901234567890 balls"}) {
        const Written written = write(odd);
        EXPECT_GE(written.shots.shots.size(), 1u) << odd;
        EXPECT_TRUE(validate(written.shots).empty())
            << odd << " " << validate(written.shots).front().text();
    }
}

// Words that want a successor, at the end of the prompt (found by the fuzzer).
TEST(Write, EndsAnywhere) {
    for (const char* prompt : {"$her", "her", "a ball of", "three", "a red", "from 2", "lens", "f",
                               "in the", "cut to", "a man's", "then", "at 5"}) {
        const auto written = write_shot_list(prompt);
        ASSERT_TRUE(written.ok()) << prompt;
        EXPECT_FALSE(written->shots.shots.empty()) << prompt;
    }
}

TEST(Write, LongPromptsAreQuickAndHonest) {
    std::string prompt;
    while (prompt.size() < 32000)
        prompt +=
            "A red ball rolls down the stairs and hits the blue vase. Then a dog jumps over it. ";
    prompt.resize(32000);
    const auto begin = std::chrono::steady_clock::now();
    const Written written = write(prompt);
    const double seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    EXPECT_LT(seconds, 4.0);  // 1 s on a free core; the test machine is shared
    EXPECT_LE(written.shots.shots.size(), static_cast<size_t>(kMaxShots));
    EXPECT_TRUE(validate(written.shots).empty());
    std::string nouns;
    for (int i = 0; i < 3000; ++i) nouns += "ball" + std::to_string(i) + " ";
    EXPECT_TRUE(validate(write(nouns).shots).empty());
}

TEST(Write, SaysWhatItReplaced) {
    const Written corgi = write("A corgi runs.");
    ASSERT_FALSE(corgi.report.replaced.empty());
    EXPECT_EQ(corgi.report.replaced[0].asked, "corgi");
    EXPECT_EQ(corgi.report.replaced[0].used, "dog");
    if (wordnet_available()) {
        const Written ocelot = write("An ocelot jumps onto a table.");
        ASSERT_FALSE(ocelot.report.replaced.empty());
        EXPECT_EQ(ocelot.report.replaced[0].used, "cat");
    }
    const Written many = write("A million balls fall.");
    EXPECT_EQ(many.shots.cast.at(0).count, kMaxBodies);
    EXPECT_FALSE(many.report.replaced.empty());
}

TEST(Write, LeavesOutWhatItCannotShow) {
    const Written written = write("A philosophical ball rolls transcendentally.");
    EXPECT_TRUE(contains(written.report.understood, "ball"));
    EXPECT_TRUE(contains(written.report.left_out, "philosophical"));
    EXPECT_TRUE(contains(written.report.left_out, "transcendentally"));
    EXPECT_TRUE(write("A ball that is not there.").shots.cast.empty());
    EXPECT_TRUE(write("There is no dog here.").shots.cast.empty());
}

TEST(Write, StyleOptionWins) {
    WriteOptions options;
    options.style = Style::Noir;
    EXPECT_EQ(write("A cat in anime style", options).shots.style, Style::Noir);
    EXPECT_EQ(write("A cat in anime style").shots.style, Style::Anime);
}

}  // namespace
}  // namespace script
