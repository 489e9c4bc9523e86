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

// Not a constant of the file: the words' tables may not stand yet when those are made.
const ShotList& drop() {
    static const ShotList list =
        film("A steel ball is dropped from 2 metres onto a concrete floor.");
    return list;
}

TEST(Remix, ChangesOnlyTheColour) {
    ShotList expected = drop();
    expected.cast[0].colour = "blue";
    EXPECT_EQ(dump(remix(drop(), "make the ball blue")), dump(expected));
}

TEST(Remix, ChangesOnlyTheTime) {
    ShotList expected = drop();
    expected.shots[0].place.time = TimeOfDay::Night;
    EXPECT_EQ(dump(remix(drop(), "at night")), dump(expected));
}

TEST(Remix, ChangesOnlyTheHeight) {
    ShotList expected = drop();
    expected.shots[0].actions[0].height_m = 3;
    EXPECT_EQ(dump(remix(drop(), "from 3 metres")), dump(expected));
}

TEST(Remix, KnowsTheUsualWishes) {
    EXPECT_EQ(remix(drop(), "in anime style").style, Style::Anime);
    EXPECT_EQ(remix(drop(), "close-up").shots[0].camera.framing, Framing::CloseUp);
    EXPECT_DOUBLE_EQ(remix(drop(), "slower").shots[0].time_scale, 0.5);
    EXPECT_EQ(remix(drop(), "two of them").cast[0].count, 2);
    EXPECT_EQ(remix(drop(), "make it of glass").cast[0].material, "glass");
    EXPECT_EQ(remix(drop(), "turn the ball into a cube").cast[0].kind, "cube");
    EXPECT_EQ(remix(drop(), "in a kitchen").shots[0].place.set, "kitchen");
    EXPECT_EQ(remix(drop(), "add a dog").cast.back().kind, "dog");
    EXPECT_EQ(remix(drop(), "replace the ball with an apple").cast[0].kind, "apple");
}

TEST(Remix, RemovesAThingAndWhatItDid) {
    const ShotList base = film("A dog runs and a cat jumps onto the table.");
    const ShotList without = remix(base, "remove the cat");
    EXPECT_EQ(without.cast.size(), base.cast.size() - 1);
    for (const Shot& shot : without.shots) {
        for (const Action& action : shot.actions) EXPECT_NE(action.subject, "cat");
    }
}

TEST(Remix, AChangedShotLosesItsOldWords) {
    const ShotList base = film("A dog runs on the beach. Cut to: a red ball bounces on a table.");
    ASSERT_EQ(base.shots.size(), 2u);
    const ShotList blue = remix(base, "make the ball blue");
    EXPECT_EQ(blue.shots[0].description, base.shots[0].description);
    EXPECT_EQ(blue.shots[1].description, "");
    const ShotList longer = remix(base, "20 seconds long");
    EXPECT_EQ(longer.shots[1].description, base.shots[1].description);
    for (const Shot& shot : remix(base, "at night").shots) EXPECT_EQ(shot.description, "");
}

TEST(Remix, KeepsSeedAndNames) {
    ShotList base = drop();
    base.seed = 77;
    const ShotList changed = remix(base, "make the ball red, at sunset");
    EXPECT_EQ(changed.seed, 77u);
    EXPECT_EQ(changed.cast[0].id, "ball");
}

TEST(Remix, ANewStoryKeepsSizeAndStyle) {
    ShotList base = drop();
    base.style = Style::Clay;
    base.width_px = 640;
    const ShotList story = remix(base, "A cat jumps onto a table.");
    EXPECT_EQ(story.cast[0].kind, "cat");
    EXPECT_EQ(story.style, Style::Clay);
    EXPECT_EQ(story.width_px, 640);
}

TEST(Remix, ReportsWhatItDidNotDo) {
    const auto written = remix_shot_list(drop(), "make the ball blue and philosophical");
    ASSERT_TRUE(written.ok());
    const auto& left = written->report.left_out;
    EXPECT_NE(std::find(left.begin(), left.end(), "philosophical"), left.end());
}

TEST(Extend, GoesOnInTheSameWorld) {
    const auto longer = extend_shot_list(drop(), "A dog picks up the ball.", 4.0);
    ASSERT_TRUE(longer.ok());
    ASSERT_EQ(longer->shots.shots.size(), 2u);
    EXPECT_TRUE(validate(longer->shots).empty());
    const Shot& added = longer->shots.shots[1];
    EXPECT_TRUE(added.continues);
    EXPECT_EQ(added.place.set, drop().shots[0].place.set);
    EXPECT_DOUBLE_EQ(added.seconds, 4.0);
    EXPECT_EQ(std::count_if(longer->shots.cast.begin(), longer->shots.cast.end(),
                            [](const CastMember& member) { return member.kind == "ball"; }),
              1);
}

TEST(Extend, OldAndNewShotsHaveTheirWords) {
    const ShotList all =
        extend_shot_list(drop(), "The ball rolls away. Cut to: a cat jumps.")->shots;
    ASSERT_EQ(all.shots.size(), 3u);
    EXPECT_EQ(all.shots[0].description, drop().shots[0].description);
    EXPECT_EQ(all.shots[1].description, "The ball rolls away.");
    EXPECT_EQ(all.shots[2].description, "a cat jumps.");
}

TEST(Extend, AnotherPlaceIsAnotherWorld) {
    const auto longer = extend_shot_list(drop(), "A cat sleeps in the kitchen.");
    ASSERT_TRUE(longer.ok());
    EXPECT_FALSE(longer->shots.shots[1].continues);
    EXPECT_EQ(longer->shots.shots[1].place.set, "kitchen");
}

TEST(Extend, RefusesEmptyAndBroken) {
    EXPECT_FALSE(extend_shot_list(drop(), "").ok());
    EXPECT_FALSE(extend_shot_list(drop(), "\xff").ok());
    EXPECT_FALSE(extend_shot_list(ShotList{}, "a dog").ok());
    EXPECT_FALSE(remix_shot_list(drop(), " ").ok());
}

}  // namespace
}  // namespace script
