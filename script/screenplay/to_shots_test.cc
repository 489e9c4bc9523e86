#include "script/screenplay/to_shots.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <sstream>

#include "base/text/text.h"
#include "script/screenplay/from_shots.h"
#include "script/screenplay/hints.h"
#include "script/screenplay/place_words.h"
#include "script/screenplay/screenplay.h"
#include "script/shots/codec.h"
#include "script/writer/write.h"

namespace script {
namespace {

// Stands in for the built-in writer: a shot for each "Cut to:", a ball that drops in each of them,
// a person where the text has one.
base::Result<Written> plain_writer(std::string_view prompt, const WriteOptions& options) {
    Written written;
    written.shots.cast.push_back({.id = "ball", .kind = "ball"});
    std::string text(prompt);
    for (size_t at = 0; at != std::string::npos;) {
        const size_t next = text.find("\nCut to: ", at);
        const std::string part = text.substr(at, next - at);
        Shot shot;
        shot.seconds = options.seconds.value_or(4.5);
        shot.actions.push_back({.verb = "drop", .subject = "ball"});
        if (part.find("woman") != std::string::npos) {
            if (written.shots.cast.size() == 1) {
                written.shots.cast.push_back({.id = "woman", .kind = "person"});
                written.shots.cast.back().look.sex = "female";
            }
            shot.actions.push_back({.verb = "wave", .subject = "woman"});
        }
        written.shots.shots.push_back(shot);
        at = next == std::string::npos ? next : next + 9;
    }
    return written;
}

Written made(const std::string& text, const WriteOptions& options = {}) {
    const auto result = shot_list_from_screenplay(text, "a.fountain", options, plain_writer);
    EXPECT_TRUE(result.ok()) << (result.ok() ? "" : result.error().text());
    if (!result.ok()) return {};
    for (const Problem& problem : validate(result->shots)) ADD_FAILURE() << problem.text();
    return *result;
}

TEST(ToShots, HeadingsNotesAndSpeechesBecomeShots) {
    const Written written = made(
        "Title: _**Alone**_\nStyle: film noir\nSize: 640x360\nFPS: 25\nSeed: 99\n\n"
        "INT. GYM - NIGHT\n\n"
        "[[camera: close-up, dolly in, handheld, on the ball]]\n[[seconds: 3]]\n[[lens: 85mm]]\n"
        "[[slow motion: 0.25]]\n[[weather: rain]]\n[[floor: wooden]]\n[[sound: crowd, wind]]\n\n"
        "A *ball* falls.\nIt bounces.\n\n"
        "ALICE\n(whispering)\nDid you see that?\n\n"
        "CUT TO:\n\nThe ball rests.\n\n"
        "EXT. BEACH - SUNSET\n\nA woman waves.\n\n@Ruth\nHello!\n\nNARRATOR (V.O.)\nThe end.\n");
    const ShotList& list = written.shots;
    EXPECT_EQ(list.title, "Alone");
    EXPECT_EQ(list.style, Style::Noir);
    EXPECT_EQ(list.width_px, 640);
    EXPECT_EQ(list.fps, 25);
    EXPECT_EQ(list.seed, 99u);
    ASSERT_EQ(list.shots.size(), 3u);
    const Shot& one = list.shots[0];
    EXPECT_EQ(one.place.set, "gym");
    EXPECT_EQ(one.place.time, TimeOfDay::Night);
    EXPECT_EQ(one.place.weather, Weather::Rain);
    EXPECT_EQ(one.place.floor, "wood");
    EXPECT_EQ(one.camera.framing, Framing::CloseUp);
    EXPECT_EQ(one.camera.move, CameraMove::DollyIn);
    EXPECT_TRUE(one.camera.handheld);
    EXPECT_EQ(one.camera.subject, "ball");
    EXPECT_EQ(one.camera.lens_mm, 85);
    EXPECT_EQ(one.seconds, 3);
    EXPECT_EQ(one.time_scale, 0.25);
    EXPECT_EQ(one.sound, (std::vector<std::string>{"crowd", "wind"}));
    EXPECT_EQ(one.description, "A ball falls. It bounces.");
    ASSERT_EQ(one.dialogue.size(), 1u);
    EXPECT_EQ(one.dialogue[0].speaker, "alice");
    EXPECT_EQ(one.dialogue[0].manner, "whispering");
    EXPECT_FALSE(one.continues);
    EXPECT_TRUE(list.shots[1].continues);
    EXPECT_EQ(list.shots[1].place.set, "gym");
    EXPECT_EQ(list.shots[2].place.set, "beach");
    EXPECT_FALSE(list.shots[2].continues);
    // Ruth is the woman, who had no name; the narrator is not seen.
    ASSERT_EQ(list.shots[2].dialogue.size(), 2u);
    EXPECT_EQ(list.shots[2].dialogue[0].speaker, "woman");
    EXPECT_EQ(list.shots[2].dialogue[1].speaker, "");
    EXPECT_TRUE(written.report.left_out.empty());
}

TEST(ToShots, ACameraNoteAfterSomethingHappenedIsACut) {
    const ShotList list = made(
                              "INT. LAB\n\nA ball falls.\n[[seconds: 2]]\n\n[[camera: wide]]\n\n"
                              "It rolls.\n\n[[camera: top view]]\n")
                              .shots;
    ASSERT_EQ(list.shots.size(), 2u);
    EXPECT_EQ(list.shots[0].seconds, 2);
    EXPECT_EQ(list.shots[0].camera.framing, Framing::Auto);
    EXPECT_EQ(list.shots[1].camera.framing, Framing::Wide);
    EXPECT_TRUE(list.shots[1].continues);
}

TEST(ToShots, LengthsAreExact) {
    WriteOptions options;
    options.seconds = 10;
    const std::string text = "INT. GYM\n\na\n\nCUT TO:\n\nb\n\nCUT TO:\n\nc\n\nBOB\nHi\n";
    const ShotList list = made(text, options).shots;
    double frames = 0;
    for (const Shot& shot : list.shots) {
        EXPECT_NEAR(shot.seconds * 24, std::round(shot.seconds * 24), 1e-9);
        frames += shot.seconds * 24;
    }
    EXPECT_NEAR(frames, 240, 1e-6);
    EXPECT_GE(made("INT. GYM\n\nBOB\n" + std::string(20, 'a') +
                   " b c d e f g h i j k l m n o p q r "
                   "s t u v w x y z\n")
                  .shots.seconds(),
              10)
        << "a speech has time to be spoken";
}

TEST(ToShots, WhatCannotBeDoneIsReported) {
    const Written written = made(
        "Size: 641x360\nStyle: baroque\nSeed: many\n\nINT. MUSEUM OF GLASS - LUNCH\n\n"
        "A ball falls. [[camera: sideways]] [[see page 3]] [[camra: wide]] [[floor: quark]]\n\n"
        "> A TITLE <\n");
    const std::string all = base::join(written.report.left_out, "\n");
    for (const char* wanted : {"641x360", "baroque", "many", "LUNCH", "sideways", "A TITLE",
                               "did you mean \"camera\"", "quark", "a.fountain:7:15"}) {
        EXPECT_NE(all.find(wanted), std::string::npos) << wanted << " not in\n" << all;
    }
    EXPECT_EQ(all.find("page 3"), std::string::npos) << "other notes are nobody's business";
    ASSERT_EQ(written.report.replaced.size(), 1u);
    EXPECT_EQ(written.report.replaced[0].asked, "museum of glass");
}

TEST(ToShots, EmptyAndBrokenScreenplaysAreUsageErrors) {
    const auto error = [](const std::string& text, const WriteOptions& options = {}) {
        const auto result = shot_list_from_screenplay(text, "a.fountain", options, plain_writer);
        EXPECT_FALSE(result.ok());
        EXPECT_EQ(result.ok() ? base::ErrorKind::Failed : result.error().kind,
                  base::ErrorKind::Usage);
        return result.ok() ? "" : result.error().text();
    };
    EXPECT_NE(error("").find("a.fountain:1:1"), std::string::npos);
    EXPECT_NE(error("Title: x\n\nINT. GYM\n\n[[seconds: 3]]\n").find("nothing happens"),
              std::string::npos);
    EXPECT_NE(error("INT. GYM\n\ncaf\xe9\n").find("UTF-8"), std::string::npos);
    WriteOptions none;
    none.seconds = 0;
    EXPECT_NE(error("INT. GYM\n\nx\n", none).find("above 0"), std::string::npos);
    EXPECT_NE(error("x [[seconds: 3600]]\n\nCUT TO:\n\ny\n").find("longer than"),
              std::string::npos);
    std::string many;
    for (int i = 0; i < 1001; ++i) many += "x\n\nCUT TO:\n\n";
    EXPECT_NE(error(many).find("a.fountain:3999:1"), std::string::npos) << error(many);
}

TEST(ToShots, AWriterThatCutsElsewhereIsAskedPieceByPiece) {
    int calls = 0;
    const auto writer = [&](std::string_view prompt, const WriteOptions& options) {
        ++calls;
        Written written = *plain_writer(prompt, options);
        written.shots.shots.push_back(written.shots.shots.back());
        return base::Result<Written>(written);
    };
    const auto result =
        shot_list_from_screenplay("INT. GYM\n\na\n\nCUT TO:\n\nb\n", "a", {}, writer);
    ASSERT_TRUE(result.ok());
    EXPECT_EQ(calls, 3);
    ASSERT_EQ(result->shots.shots.size(), 2u);
    EXPECT_EQ(result->shots.shots[0].actions.size(), 2u);
    EXPECT_TRUE(result->shots.shots[0].actions[1].after_previous);
    EXPECT_EQ(result->shots.cast.size(), 1u);
}

TEST(FromShots, ShotListToFountainAndBack) {
    ShotList list;
    list.title = "Two *balls*";
    list.style = Style::Clay;
    list.fps = 30;
    list.seed = 42;
    list.width_px = 640;
    list.height_px = 480;
    list.cast = {{.id = "ball", .kind = "ball", .colour = "red", .count = 3},
                 {.id = "woman", .kind = "person"}};
    list.cast[1].look.sex = "female";
    Shot one;
    one.seconds = 3.5;
    one.place = {"ice_rink", "ice", "brick", TimeOfDay::Sunset, Weather::Snow, "moon"};
    one.camera = {Framing::ExtremeCloseUp, CameraMove::Orbit, true, "ball", 35, 2.8};
    one.time_scale = 0.1;
    one.actions.push_back(
        {.verb = "drop", .subject = "ball", .path = "onto", .target = "floor", .height_m = 2});
    one.dialogue = {{"woman", "(No!) [[wait]] *now*", "shouting", {}}, {"", "Later.", "", {}}};
    one.sound = {"crowd", "music"};
    Shot two = one;
    two.continues = true;
    two.seconds = 2;
    two.camera = {};
    two.time_scale = 1;
    two.dialogue.clear();
    two.description = "The three balls roll to a woman.";
    Shot three;
    three.seconds = 1.5;
    three.place.set = "kitchen";
    three.description = "A ball falls on the moon /* in a kitchen";
    list.shots = {one, two, three};

    const std::string text = screenplay_from_shot_list(list);
    const ShotList back = made(text).shots;
    EXPECT_EQ(back.title, list.title) << text;
    EXPECT_EQ(back.style, list.style);
    EXPECT_EQ(back.fps, list.fps);
    EXPECT_EQ(back.seed, list.seed);
    EXPECT_EQ(back.width_px, list.width_px);
    ASSERT_EQ(back.shots.size(), 3u) << text;
    for (size_t i = 0; i < 3; ++i) {
        const Shot &a = list.shots[i], &b = back.shots[i];
        EXPECT_EQ(b.seconds, a.seconds) << text;
        EXPECT_EQ(b.place.set, a.place.set);
        EXPECT_EQ(b.place.floor, a.place.floor);
        EXPECT_EQ(b.place.wall, a.place.wall);
        EXPECT_EQ(b.place.time, a.place.time);
        EXPECT_EQ(b.place.weather, a.place.weather);
        EXPECT_EQ(b.place.gravity, a.place.gravity);
        EXPECT_EQ(b.camera.framing, a.camera.framing);
        EXPECT_EQ(b.camera.move, a.camera.move);
        EXPECT_EQ(b.camera.handheld, a.camera.handheld);
        EXPECT_EQ(b.camera.subject, a.camera.subject);
        EXPECT_EQ(b.camera.lens_mm, a.camera.lens_mm);
        EXPECT_EQ(b.camera.depth_of_field_f, a.camera.depth_of_field_f);
        EXPECT_EQ(b.time_scale, a.time_scale);
        EXPECT_EQ(b.continues, a.continues);
        EXPECT_EQ(b.sound, a.sound);
        EXPECT_EQ(b.dialogue.size(), a.dialogue.size());
    }
    EXPECT_EQ(back.shots[0].dialogue[0].speaker, "woman");
    EXPECT_EQ(back.shots[0].dialogue[0].text, "\xe2\x80\xa6 (No!) [ [wait] ] *now*");
    EXPECT_EQ(back.shots[0].dialogue[0].manner, "shouting");
    EXPECT_EQ(back.shots[1].description, two.description);
    EXPECT_NE(text.find("Three red balls drop onto the floor from 2 metres."), std::string::npos)
        << text;
    // Printing what came back gives the same page: nothing drifts.
    ShotList again = back;
    EXPECT_EQ(screenplay_from_shot_list(again),
              screenplay_from_shot_list(made(screenplay_from_shot_list(again)).shots));
}

TEST(FromShots, SentencesReadWell) {
    ShotList list;
    list.cast = {
        {.id = "dog", .kind = "dog", .material = "glass"},
        {.id = "player", .kind = "person"},
        {.id = "basketball", .kind = "basketball"},
        {.id = "domino", .kind = "domino", .count = 40, .arrangement = Arrangement::Spiral},
        {.id = "apple", .kind = "apple", .on = "table"}};
    list.cast[1].look.role = "basketball player";
    const auto tell = [&](std::vector<Action> actions) {
        Shot shot;
        shot.actions = std::move(actions);
        std::vector<std::string> mentioned;
        return sentences_of(shot, list, mentioned);
    };
    EXPECT_EQ(tell({{.verb = "roll", .subject = "dog", .path = "down", .target = "stairs"},
                    {.verb = "break", .subject = "dog", .after_previous = true}}),
              "A glass dog rolls down the stairs. Then the dog breaks.");
    EXPECT_EQ(tell({{.verb = "shoot",
                     .subject = "player",
                     .object = "basketball",
                     .path = "at",
                     .target = "hoop",
                     .outcome = {"misses", 0, ""}}}),
              "A basketball player shoots at the hoop and misses.");
    EXPECT_EQ(tell({{.verb = "topple",
                     .subject = "domino",
                     .manner = "slowly",
                     .outcome = {"knocks_over_all", 0, ""}}}),
              "40 dominoes in a spiral topple slowly and knock over all of them.");
    EXPECT_EQ(tell({{.verb = "kick", .object = "apple", .speed_mps = 5}}),
              "An apple on the table is kicked at 5 m/s.");
    EXPECT_EQ(tell({{.verb = "knock_over", .subject = "dog", .object = "domino", .times = 2}}),
              "A glass dog knocks over 40 dominoes in a spiral twice.");
}

TEST(ToShots, TheExampleOfTheGuideIsReadAsItSays) {
    std::ifstream file(AOZORA_SOURCE_DIR "/docs/formats/screenplay.md");
    std::stringstream guide;
    guide << file.rdbuf();
    const std::string text = guide.str();
    const size_t from = text.find("```fountain\n") + 12;
    ASSERT_LT(from, text.size());
    const Written written = made(text.substr(from, text.find("```", from) - from));
    ASSERT_EQ(written.shots.shots.size(), 3u);
    EXPECT_EQ(written.shots.style, Style::Noir);
    EXPECT_EQ(written.shots.shots[0].seconds, 4);
    EXPECT_EQ(written.shots.shots[1].dialogue.at(0).speaker, "woman");
    EXPECT_TRUE(written.shots.shots[1].continues);
    EXPECT_EQ(written.shots.shots[2].place.set, "beach");
}

TEST(Places, ALivingRoomIsNoVerb) {
    const auto written = write_shot_list(with_place("A cat sits.", "INT. LIVING ROOM - DAY"), {});
    ASSERT_TRUE(written.ok());
    EXPECT_EQ(written->shots.shots.at(0).place.set, "living_room");
    ASSERT_EQ(written->shots.shots[0].actions.size(), 1u);
    EXPECT_EQ(written->shots.shots[0].actions[0].verb, "sit");
    EXPECT_TRUE(written->report.replaced.empty());
}

TEST(Places, HeadingsBothWays) {
    Place place{"ice_rink", "", "", TimeOfDay::Dawn, Weather::Unset, ""};
    EXPECT_EQ(heading_of(place), "INT. ICE RINK - DAWN");
    Place back;
    Report report;
    apply_heading(heading_of(place), back, report);
    EXPECT_EQ(back.set, "ice_rink");
    EXPECT_EQ(back.time, TimeOfDay::Dawn);
    EXPECT_EQ(heading_of({}), "");
    EXPECT_EQ(with_place("A ball falls.", "EXT. BEACH - DAY"), "The beach. A ball falls.");
    EXPECT_EQ(with_place("Bob runs.", "SOMEWHERE"), "Bob runs.");
}

TEST(Hints, Numbers) {
    EXPECT_EQ(leading_number("50mm"), 50);
    EXPECT_EQ(leading_number(" f/2.8"), 2.8);
    EXPECT_EQ(leading_number("1/4"), 0.25);
    EXPECT_EQ(leading_number("2.5 seconds"), 2.5);
    EXPECT_FALSE(leading_number("1/0"));
    EXPECT_FALSE(leading_number("soon"));
    EXPECT_FALSE(leading_number("nan"));
    EXPECT_FALSE(leading_number("1e999"));
}

}  // namespace
}  // namespace script
