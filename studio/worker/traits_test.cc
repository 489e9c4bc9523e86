#include "studio/worker/traits.h"

#include <gtest/gtest.h>

#include "media/atomic_file.h"
#include "media/still.h"
#include "script/words/material.h"
#include "studio/worker/characters.h"
#include "studio/worker/test_job.h"

namespace studio {
namespace {

void paint(base::Image8& image, int left, int top, int right, int bottom, int r, int g, int b) {
    for (int y = top; y < bottom; ++y) {
        for (int x = left; x < right; ++x) {
            image.at(x, y)[0] = static_cast<uint8_t>(r);
            image.at(x, y)[1] = static_cast<uint8_t>(g);
            image.at(x, y)[2] = static_cast<uint8_t>(b);
        }
    }
}

base::Image8 wall() {
    base::Image8 image(160, 120, 3);
    paint(image, 0, 0, 160, 120, 200, 200, 205);
    return image;
}

base::Image8 green_box() {
    base::Image8 image = wall();
    paint(image, 60, 50, 100, 90, 20, 150, 40);
    return image;
}

base::Image8 standing_person() {
    base::Image8 image = wall();
    paint(image, 72, 15, 88, 35, 224, 172, 135);  // face
    paint(image, 64, 35, 96, 70, 190, 30, 40);    // red shirt
    paint(image, 66, 70, 94, 112, 30, 40, 120);   // blue trousers
    return image;
}

TEST(Traits, AThingHasItsColour) {
    const Traits traits = traits_of({green_box()});
    EXPECT_FALSE(traits.person_like);
    ASSERT_FALSE(traits.colours.empty());
    const auto rgb = script::colour_rgb(traits.colours.front().hex);
    EXPECT_NEAR(rgb->red, 20, 12);
    EXPECT_NEAR(rgb->green, 150, 12);
    EXPECT_NEAR(traits.height_to_width, 1, 0.15);
    EXPECT_EQ(colour_word(traits.colours.front().hex).find("red"), std::string::npos);
}

TEST(Traits, APersonHasClothes) {
    const Traits traits = traits_of({standing_person()});
    EXPECT_TRUE(traits.person_like);
    EXPECT_GT(traits.height_to_width, 1.5);
    EXPECT_GT(script::colour_rgb(traits.upper_hex)->red, 150);
    EXPECT_GT(script::colour_rgb(traits.lower_hex)->blue, 90);
    EXPECT_LT(traits.confidence, 0.9) << "a guess stays a guess";
}

TEST(Traits, NothingIsNoReasonToFail) {
    EXPECT_TRUE(traits_of({}).colours.empty());
    const Traits traits = traits_of({wall()});
    EXPECT_LT(traits.confidence, 0.2);
    EXPECT_FALSE(traits.colours.empty());
}

TEST(Traits, GoThroughJson) {
    const Traits traits = traits_of({standing_person()});
    const base::Json json = traits_json(traits);
    EXPECT_EQ(traits_json(traits_from(json)), json);
    for (const base::Json& odd : {base::Json(), base::Json("x"), base::Json({{"colours", 5}}),
                                  base::Json({{"colours", {{{"colour", "no"}}}}, {"upper", 7}})}) {
        EXPECT_TRUE(traits_from(odd).colours.empty());
    }
}

JobCharacter momo(const base::Image8& picture) {
    return {"char_1", "Momo", traits_json(traits_of({picture}))};
}

TEST(Characters, ANameBecomesAMemberOfTheCast) {
    FilmJob job;
    job.prompt = "Momo rolls down the stairs. Momo's journey ends on the floor.";
    const auto parts = cast_characters({momo(green_box())}, job);
    ASSERT_EQ(parts.size(), 1u);
    auto film = script::write_shot_list(job.prompt);
    ASSERT_TRUE(film.ok());
    dress_characters(parts, *film);
    ASSERT_EQ(film->shots.cast.front().id, "momo");
    EXPECT_EQ(film->shots.cast.front().colour.front(), '#');
    EXPECT_EQ(film->shots.shots.front().actions.front().subject, "momo");
    EXPECT_EQ(film->report.replaced.back().asked, "Momo");
}

TEST(Characters, PeopleWearWhatTheyWore) {
    FilmJob job;
    job.prompt = "Momo walks through a park.";
    const auto parts = cast_characters({momo(standing_person())}, job);
    auto film = script::write_shot_list(job.prompt);
    dress_characters(parts, *film);
    EXPECT_EQ(film->shots.cast.front().kind, "person");
    EXPECT_NE(film->shots.cast.front().look.wearing.find("shirt"), std::string::npos);
}

TEST(Characters, WhoIsNotNamedDoesNotPlay) {
    FilmJob job;
    job.prompt = "Momotaro walks.";
    EXPECT_TRUE(cast_characters({momo(green_box())}, job).empty());
    EXPECT_EQ(job.prompt, "Momotaro walks.");
}

TEST(Characters, AJobReadsAPictureAndAnotherPlaysIt) {
    testing::Bench bench, film;
    media::testing::Folder folder;
    ASSERT_TRUE(media::write_png(green_box(), folder / "x.png").ok());
    bench.put(folder / "x.png", "source");
    FilmJob job = testing::tiny_job(Task::Character, "");
    job.source = "source";
    const auto made = bench.make(job);
    ASSERT_TRUE(made.ok()) << made.error().text();
    EXPECT_TRUE(media::read_image(made->outputs.at("thumbnail")).ok());
    const auto traits =
        base::parse_json(*media::read_file(made->outputs.at("traits"), 1 << 16), "traits");
    ASSERT_TRUE(traits.ok());

    FilmJob create = testing::tiny_job(Task::Create, "Momo falls onto the floor.");
    create.seconds = 0.2;
    create.characters = {{"char_1", "Momo", *traits}};
    const auto played = film.make(create);
    ASSERT_TRUE(played.ok()) << played.error().text();
    EXPECT_NE(played->result.at("replaced").dump().find("Momo"), std::string::npos);
}

}  // namespace
}  // namespace studio
