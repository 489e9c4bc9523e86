#include "studio/neural/prompt.h"

#include <gtest/gtest.h>

#include "script/writer/remix.h"
#include "script/writer/write.h"

namespace {

std::vector<std::string> prompts_of(const std::string& words) {
    const auto written = script::write_shot_list(words, {});
    EXPECT_TRUE(written.ok());
    return studio::neural_prompts(written->shots);
}
bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

TEST(NeuralPrompt, KeepsTheWordsAsTheyWereWritten) {
    const auto prompts =
        prompts_of("A zorgling in a velvet waistcoat juggles three quinces on a beach at sunset");
    ASSERT_EQ(prompts.size(), 1u);
    EXPECT_TRUE(has(prompts[0], "zorgling in a velvet waistcoat juggles three quinces"))
        << prompts[0];
    EXPECT_TRUE(has(prompts[0], "The camera")) << prompts[0];
}

TEST(NeuralPrompt, SaysStyleCameraAndSpeechThatOnlyTheListKnows) {
    script::ShotList list;
    list.style = script::Style::Noir;
    script::Shot shot;
    shot.seconds = 2;
    shot.description = "a man waits";
    shot.camera.framing = script::Framing::CloseUp;
    shot.camera.move = script::CameraMove::DollyIn;
    shot.dialogue.push_back({"man", "She is late.", "quietly", {}});
    list.shots = {shot};
    const std::string text = studio::neural_prompts(list)[0];
    EXPECT_TRUE(text.starts_with("A man waits.")) << text;
    for (const char* part :
         {"close-up", "moves closer", "The man says, quietly: \"She is late.\"", "noir"}) {
        EXPECT_TRUE(has(text, part)) << part << " in " << text;
    }
    // Speech that the words hold already is not said twice.
    list.shots[0].description = "a man waits and says \"She is late.\"";
    const std::string once = studio::neural_prompts(list)[0];
    EXPECT_EQ(once.find("She is late"), once.rfind("She is late"));
}

TEST(NeuralPrompt, EachShotHasItsOwnWords) {
    const auto prompts = prompts_of("A dog runs on the beach. Cut to: a cat sleeps on a sofa.");
    ASSERT_EQ(prompts.size(), 2u);
    EXPECT_TRUE(prompts[0].starts_with("A dog runs on the beach.")) << prompts[0];
    EXPECT_FALSE(has(prompts[0], "cat")) << prompts[0];
    EXPECT_TRUE(prompts[1].starts_with("A cat sleeps on a sofa.")) << prompts[1];
    EXPECT_FALSE(has(prompts[1], "dog")) << prompts[1];
}

TEST(NeuralPrompt, WhatCarriesOverIsToldAgain) {
    const auto prompts = prompts_of(
        "In clay style, a red vase falls off a shelf in a kitchen. Cut to: it rolls. Cut to: the "
        "red vase breaks.");
    ASSERT_EQ(prompts.size(), 3u);
    EXPECT_TRUE(has(prompts[1], "a red vase")) << prompts[1];
    for (const std::string& prompt : prompts) {
        EXPECT_TRUE(has(prompt, "kitchen")) << prompt;
        EXPECT_TRUE(has(prompt, "claymation")) << prompt;
    }
    EXPECT_FALSE(has(prompts[2], "Seen before")) << prompts[2];
}

TEST(NeuralPrompt, APlanHasAShotForEachAndTheSameLength) {
    const auto written = script::write_shot_list("A ball rolls. Cut to: a dog runs.", {});
    const neural::FilmPlan plan = studio::neural_plan(written->shots);
    ASSERT_EQ(plan.shots.size(), written->shots.shots.size());
    EXPECT_NE(plan.shots[0].prompt, plan.shots[1].prompt);
    EXPECT_TRUE(has(plan.shots[1].prompt, "dog")) << plan.shots[1].prompt;
    double seconds = 0;
    for (const auto& s : plan.shots) seconds += s.seconds;
    EXPECT_DOUBLE_EQ(seconds, written->shots.seconds());
}

TEST(NeuralPrompt, ACutIsFreeAndAnExtensionGoesOnFromTheLastPicture) {
    const auto cut = script::write_shot_list("A ball rolls. Cut to: the ball rests.", {});
    ASSERT_TRUE(cut->shots.shots.at(1).continues);
    EXPECT_FALSE(studio::neural_plan(cut->shots).shots.at(1).continues);

    const auto first = script::write_shot_list("A ball rolls.", {});
    const auto longer = script::extend_shot_list(first->shots, "The ball bounces.");
    ASSERT_TRUE(longer.ok());
    ASSERT_EQ(longer->shots.shots.size(), 2u);
    EXPECT_TRUE(studio::neural_plan(longer->shots).shots.at(1).continues);
}

}  // namespace
