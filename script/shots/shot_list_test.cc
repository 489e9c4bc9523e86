#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "script/shots/codec.h"
#include "script/shots/fields.h"
#include "script/shots/locate.h"
#include "script/shots/schema.h"
#include "script/shots/suggest.h"
#include "script/shots/validate.h"

namespace script {
namespace {

constexpr const char* kDomino = R"({
  "schema": "aozora-shots/1",
  "title": "Dominoes",
  "seed": 18446744073709551615,
  "style": "noir",
  "cast": [
    {"id": "domino", "kind": "domino", "material": "wood", "count": 40, "arrangement": "spiral"},
    {"id": "man", "kind": "person", "look": {"sex": "male", "wearing": "red coat"}}
  ],
  "shots": [
    {
      "seconds": 4.5,
      "place": {"set": "table", "floor": "wood", "time": "night"},
      "camera": {"framing": "close-up", "move": "dolly in", "lens_mm": 85},
      "time_scale": 0.25,
      "cast": ["domino"],
      "actions": [
        {"verb": "topple", "subject": "domino", "outcome": {"kind": "knocks_over", "count": 39}},
        {"verb": "drop", "subject": "domino_40", "path": "off", "target": "table", "height_m": 0.75,
         "after_previous": true}
      ],
      "dialogue": [{"speaker": "man", "text": "There they go.", "manner": "whispering"}]
    },
    {"seconds": 2, "continues": true}
  ]
})";

std::string error_of(std::string text, const std::string& from, const std::string& to) {
    const size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
    const auto parsed = parse_shot_list(text, "d.json");
    EXPECT_FALSE(parsed.ok()) << text;
    return parsed.ok() ? "" : parsed.error().text();
}

TEST(ShotListJson, ReadsEveryMember) {
    const auto parsed = parse_shot_list(kDomino, "d.json");
    ASSERT_TRUE(parsed.ok()) << parsed.error().text();
    const ShotList& list = *parsed;
    EXPECT_EQ(list.title, "Dominoes");
    EXPECT_EQ(list.seed, 18446744073709551615ull);
    EXPECT_EQ(list.style, Style::Noir);
    EXPECT_EQ(list.width_px, 1280);
    ASSERT_EQ(list.cast.size(), 2u);
    EXPECT_EQ(list.cast[0].arrangement, Arrangement::Spiral);
    EXPECT_EQ(list.cast[0].count, 40);
    EXPECT_EQ(list.cast[1].look.wearing, "red coat");
    const Shot& shot = list.shots.at(0);
    EXPECT_EQ(shot.camera.framing, Framing::CloseUp);
    EXPECT_EQ(shot.camera.move, CameraMove::DollyIn);
    EXPECT_EQ(shot.camera.lens_mm, 85);
    EXPECT_EQ(shot.time_scale, 0.25);
    EXPECT_EQ(shot.place.time, TimeOfDay::Night);
    EXPECT_EQ(shot.actions.at(0).outcome.count, 39);
    EXPECT_EQ(shot.actions.at(1).height_m, 0.75);
    EXPECT_TRUE(shot.actions.at(1).after_previous);
    EXPECT_EQ(shot.dialogue.at(0).speaker, "man");
    EXPECT_TRUE(list.shots.at(1).continues);
    EXPECT_EQ(list.seconds(), 6.5);
}

TEST(ShotListJson, RoundTripsByteForByte) {
    const ShotList list = *parse_shot_list(kDomino, "d.json");
    const std::string text = to_json_text(list);
    const auto again = parse_shot_list(text, "again.json");
    ASSERT_TRUE(again.ok()) << again.error().text();
    EXPECT_EQ(to_json_text(*again), text);
    EXPECT_EQ(text.find("width_px"), std::string::npos) << "defaults are left out";
    EXPECT_NE(text.find("\"seconds\": 2,\n"), std::string::npos) << "2, not 2.0";
}

TEST(ShotListJson, MistakesAreNamedWithPlaceAndFix) {
    EXPECT_EQ(error_of(kDomino, "\"noir\"", "\"nior\""),
              "unknown word \"nior\"; did you mean \"noir\"? (d.json:5:12 /style)");
    EXPECT_EQ(error_of(kDomino, "\"material\"", "\"materail\""),
              "unknown member \"materail\"; did you mean \"material\"? (d.json:7:52 "
              "/cast/0/materail)");
    EXPECT_EQ(error_of(kDomino, "\"count\": 40", "\"count\": \"forty\""),
              "must be a number, not a text (d.json:7:69 /cast/0/count)");
    EXPECT_EQ(error_of(kDomino, "\"kind\": \"domino\"", "\"kind\": \"dommino\""),
              "unknown kind of thing \"dommino\"; did you mean \"domino\"? (d.json:7:30 "
              "/cast/0/kind)");
    EXPECT_EQ(error_of(kDomino, "\"seconds\": 4.5,", ""),
              "\"seconds\" is missing; add it (d.json:11:5 /shots/0)");
    EXPECT_EQ(error_of(kDomino, "\"speaker\": \"man\"", "\"speaker\": \"mann\""),
              "\"mann\" is not in the cast; did you mean \"man\"? (d.json:22:32 "
              "/shots/0/dialogue/0/speaker)");
    EXPECT_NE(error_of(kDomino, "\"topple\"", "\"toppel\"").find("did you mean \"topple\"?"),
              std::string::npos);
    EXPECT_NE(error_of(kDomino, "\"target\": \"table\"", "\"target\": \"tabel\"")
                  .find("did you mean \"table\"?"),
              std::string::npos);
    EXPECT_NE(
        error_of(kDomino, "\"schema\": \"aozora-shots/1\",", "").find("\"schema\" is missing"),
        std::string::npos);
    EXPECT_NE(error_of(kDomino, "\"title\"", "title").find("not valid JSON"), std::string::npos);
    EXPECT_NE(error_of(kDomino, "\"noir\"", "\"nior\", \"fsp\": 1").find("[and 1 more]"),
              std::string::npos);
}

TEST(ShotListJson, NumbersOutsideTheirRangeAreRefused) {
    for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
             {"\"seconds\": 2", "\"seconds\": 0"},
             {"\"seconds\": 2", "\"seconds\": -1"},
             {"\"seconds\": 2", "\"seconds\": 3599"},
             {"\"seconds\": 2", "\"seconds\": 1e300"},
             {"\"count\": 40", "\"count\": 0"},
             {"\"count\": 40", "\"count\": 501"},
             {"\"count\": 40", "\"count\": 500"},  // and the man
             {"\"count\": 40", "\"count\": 4294967297"},
             {"\"count\": 40", "\"count\": -4294967295"},
             {"\"count\": 40", "\"count\": 1.5"},
             {"\"time_scale\": 0.25", "\"time_scale\": 1.5"},
             {"\"title\": \"Dominoes\"", "\"width_px\": 641"},
             {"\"title\": \"Dominoes\"", "\"width_px\": 8"},
             {"\"title\": \"Dominoes\"", "\"width_px\": 7682"},
             {"\"title\": \"Dominoes\"", "\"fps\": 0.5"},
             {"\"title\": \"Dominoes\"", "\"fps\": 1000"},
             {"\"seed\": 18446744073709551615", "\"seed\": -1"},
             {"\"seed\": 18446744073709551615", "\"seed\": 1e30"},
             {"Dominoes", std::string(201, 'x')},
             {"Dominoes", "a\\u0000b"}}) {
        error_of(kDomino, from, to);
    }
    EXPECT_NE(error_of(kDomino, "\"title\": \"Dominoes\"", "\"width_px\": 641").find("640 or 642"),
              std::string::npos);
}

ShotList smallest() {
    ShotList list;
    list.shots.push_back({});
    list.shots[0].seconds = 5;
    return list;
}

TEST(Validate, AcceptsTheSmallestFilm) { EXPECT_TRUE(validate(smallest()).empty()); }

TEST(Validate, FindsEveryProblemOfABrokenList) {
    ShotList list = smallest();
    list.cast.push_back({.id = "Ball", .kind = "basketball", .material = "rubbre"});
    list.cast.push_back({.id = "ball_2", .kind = "ball"});
    list.cast.push_back({.id = "ball", .kind = "ball", .count = 3});
    list.shots[0].actions.push_back({.verb = "drop", .subject = "cat"});
    list.shots[0].actions.back().outcome = {"bounces", 0, ""};
    list.shots[0].dialogue.push_back({.text = "Too late", .start_s = 6});
    list.shots[0].camera.lens_mm = NAN;
    list.prompt = "caf\xe9";
    std::vector<std::string> pointers;
    for (const Problem& problem : validate(list)) pointers.push_back(problem.pointer);
    for (const char* wanted : {"/prompt", "/cast/0/id", "/cast/0/material", "/cast/2/id",
                               "/shots/0/camera/lens_mm", "/shots/0/actions/0/subject",
                               "/shots/0/actions/0/outcome", "/shots/0/dialogue/0/start_s"}) {
        EXPECT_EQ(std::count(pointers.begin(), pointers.end(), wanted), 1) << wanted;
    }
    EXPECT_EQ(pointers.size(), 8u);
}

TEST(Validate, LimitsTheWholeFilm) {
    ShotList list = smallest();
    list.shots.assign(kMostShots, list.shots[0]);
    for (Shot& shot : list.shots) shot.seconds = 3.6;
    EXPECT_TRUE(validate(list).empty());
    list.shots[0].seconds = 5;
    ASSERT_EQ(validate(list).size(), 1u);
    EXPECT_NE(validate(list)[0].message.find("3601.4 s long"), std::string::npos);
    list.shots.push_back(list.shots[0]);
    EXPECT_EQ(validate(list)[0].pointer, "/shots");
    list.shots.clear();
    ASSERT_EQ(validate(list).size(), 1u);
    EXPECT_EQ(validate(list)[0].message, "must not be empty");
}

TEST(Schema, ThePublishedFileIsCurrent) {
    const std::string path = AOZORA_SOURCE_DIR "/docs/formats/shots.schema.json";
    if (std::getenv("AOZORA_UPDATE_FILES")) std::ofstream(path) << shot_list_schema_text();
    std::ifstream file(path);
    std::stringstream published;
    published << file.rdbuf();
    EXPECT_TRUE(published.str() == shot_list_schema_text())
        << "run AOZORA_UPDATE_FILES=1 script_tests --gtest_filter='Schema.*' and commit " << path;
}

TEST(Schema, ModelsSeeEveryMemberAsRequired) {
    const base::Json schema = shot_list_schema_for_models();
    EXPECT_EQ(schema["required"].size(), schema["properties"].size());
    const base::Json& member = schema["properties"]["cast"]["items"];
    EXPECT_EQ(member["required"].size(), member["properties"].size());
    EXPECT_GT(member["properties"]["kind"]["enum"].size(), 300u);
    EXPECT_EQ(member["properties"]["size_m"]["type"], base::Json::array({"number", "null"}));
}

TEST(Schema, TheExamplesOfTheGuideAreValid) {
    std::ifstream file(AOZORA_SOURCE_DIR "/docs/formats/shots.md");
    std::stringstream guide;
    guide << file.rdbuf();
    const std::string text = guide.str();
    int examples = 0;
    for (size_t at = 0; (at = text.find("```json\n", at)) != std::string::npos; ++examples) {
        at += 8;
        const std::string json = text.substr(at, text.find("```", at) - at);
        const auto parsed = parse_shot_list(json, "shots.md");
        EXPECT_TRUE(parsed.ok()) << parsed.error().text();
    }
    EXPECT_GE(examples, 2);
}

TEST(Locate, FindsValuesInAnyLayout) {
    const std::string json = "{\"a\": [1, {\"b/c\": \"x,]}\",\n \"d\": true}],\n\"e\":null}";
    const auto at = [&](const char* pointer) {
        const TextPlace place = locate(json, pointer);
        return std::to_string(place.line) + ":" + std::to_string(place.column);
    };
    EXPECT_EQ(at(""), "1:1");
    EXPECT_EQ(at("/a"), "1:7");
    EXPECT_EQ(at("/a/1"), "1:11");
    EXPECT_EQ(at("/a/1/b~1c"), "1:19");
    EXPECT_EQ(at("/a/1/d"), "2:7");
    EXPECT_EQ(at("/e"), "3:5");
    EXPECT_EQ(at("/a/7/x"), "1:7") << "the nearest that exists";
}

TEST(Suggest, NearWordsOnly) {
    EXPECT_EQ(edit_distance("kitten", "sitting"), 3);
    EXPECT_EQ(edit_distance("gym", "gmy"), 1);
    EXPECT_EQ(edit_distance("", "abc"), 3);
    EXPECT_EQ(nearest_word("kichen", {"gym", "kitchen", "lake"}), "kitchen");
    EXPECT_EQ(nearest_word("xylophone", {"gym", "kitchen", "lake"}), "");
    EXPECT_EQ(suggestion("zzz", {"gym", "lake"}), "one of: gym, lake");
}

}  // namespace
}  // namespace script
