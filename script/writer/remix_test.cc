#include "script/writer/remix.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "script/shots/validate.h"
#include "script/writer/dump.h"

namespace script {
namespace {

ShotList film(std::string_view prompt) { return write_shot_list(prompt)->shots; }

ShotList remix(const ShotList& base, std::string_view prompt) {
    auto written = remix_shot_list(base, prompt);
    EXPECT_TRUE(written.ok());
    EXPECT_TRUE(validate(written->shots).empty()) << validate(written->shots).front().text();
    return written->shots;
}

const ShotList kDrop = film("A steel ball is dropped from 2 metres onto a concrete floor.");

TEST(Remix, ChangesOnlyTheColour) {
    ShotList expected = kDrop;
    expected.cast[0].colour = "blue";
    EXPECT_EQ(dump(remix(kDrop, "make the ball blue")), dump(expected));
}

TEST(Remix, ChangesOnlyTheTime) {
    ShotList expected = kDrop;
    expected.shots[0].place.time = TimeOfDay::Night;
    EXPECT_EQ(dump(remix(kDrop, "at night")), dump(expected));
}

TEST(Remix, ChangesOnlyTheHeight) {
    ShotList expected = kDrop;
    expected.shots[0].actions[0].height_m = 3;
    EXPECT_EQ(dump(remix(kDrop, "from 3 metres")), dump(expected));
}

TEST(Remix, KnowsTheUsualWishes) {
    EXPECT_EQ(remix(kDrop, "in anime style").style, Style::Anime);
    EXPECT_EQ(remix(kDrop, "close-up").shots[0].camera.framing, Framing::CloseUp);
    EXPECT_DOUBLE_EQ(remix(kDrop, "slower").shots[0].time_scale, 0.5);
    EXPECT_EQ(remix(kDrop, "two of them").cast[0].count, 2);
    EXPECT_EQ(remix(kDrop, "make it of glass").cast[0].material, "glass");
    EXPECT_EQ(remix(kDrop, "turn the ball into a cube").cast[0].kind, "cube");
    EXPECT_EQ(remix(kDrop, "in a kitchen").shots[0].place.set, "kitchen");
    EXPECT_EQ(remix(kDrop, "add a dog").cast.back().kind, "dog");
    EXPECT_EQ(remix(kDrop, "replace the ball with an apple").cast[0].kind, "apple");
}

TEST(Remix, RemovesAThingAndWhatItDid) {
    const ShotList base = film("A dog runs and a cat jumps onto the table.");
    const ShotList without = remix(base, "remove the cat");
    EXPECT_EQ(without.cast.size(), base.cast.size() - 1);
    for (const Shot& shot : without.shots) {
        for (const Action& action : shot.actions) EXPECT_NE(action.subject, "cat");
    }
}

TEST(Remix, KeepsSeedAndNames) {
    ShotList base = kDrop;
    base.seed = 77;
    const ShotList changed = remix(base, "make the ball red, at sunset");
    EXPECT_EQ(changed.seed, 77u);
    EXPECT_EQ(changed.cast[0].id, "ball");
}

TEST(Remix, ANewStoryKeepsSizeAndStyle) {
    ShotList base = kDrop;
    base.style = Style::Clay;
    base.width_px = 640;
    const ShotList story = remix(base, "A cat jumps onto a table.");
    EXPECT_EQ(story.cast[0].kind, "cat");
    EXPECT_EQ(story.style, Style::Clay);
    EXPECT_EQ(story.width_px, 640);
}

TEST(Remix, ReportsWhatItDidNotDo) {
    const auto written = remix_shot_list(kDrop, "make the ball blue and philosophical");
    ASSERT_TRUE(written.ok());
    const auto& left = written->report.left_out;
    EXPECT_NE(std::find(left.begin(), left.end(), "philosophical"), left.end());
}

TEST(Extend, GoesOnInTheSameWorld) {
    const auto longer = extend_shot_list(kDrop, "A dog picks up the ball.", 4.0);
    ASSERT_TRUE(longer.ok());
    ASSERT_EQ(longer->shots.shots.size(), 2u);
    EXPECT_TRUE(validate(longer->shots).empty());
    const Shot& added = longer->shots.shots[1];
    EXPECT_TRUE(added.continues);
    EXPECT_EQ(added.place.set, kDrop.shots[0].place.set);
    EXPECT_DOUBLE_EQ(added.seconds, 4.0);
    EXPECT_EQ(std::count_if(longer->shots.cast.begin(), longer->shots.cast.end(),
                            [](const CastMember& member) { return member.kind == "ball"; }),
              1);
}

TEST(Extend, AnotherPlaceIsAnotherWorld) {
    const auto longer = extend_shot_list(kDrop, "A cat sleeps in the kitchen.");
    ASSERT_TRUE(longer.ok());
    EXPECT_FALSE(longer->shots.shots[1].continues);
    EXPECT_EQ(longer->shots.shots[1].place.set, "kitchen");
}

TEST(Extend, RefusesEmptyAndBroken) {
    EXPECT_FALSE(extend_shot_list(kDrop, "").ok());
    EXPECT_FALSE(extend_shot_list(kDrop, "\xff").ok());
    EXPECT_FALSE(extend_shot_list(ShotList{}, "a dog").ok());
    EXPECT_FALSE(remix_shot_list(kDrop, " ").ok());
}

}  // namespace
}  // namespace script
