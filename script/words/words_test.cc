#include <gtest/gtest.h>

#include <chrono>
#include <set>

#include "script/words/action.h"
#include "script/words/event.h"
#include "script/words/film_words.h"
#include "script/words/inflect.h"
#include "script/words/material.h"
#include "script/words/measure.h"
#include "script/words/noun.h"
#include "script/words/set.h"
#include "script/words/wordnet.h"
#include "script/writer/write.h"

namespace script {
namespace {

std::string spaced(std::string_view word) {
    std::string out(word);
    for (char& c : out) c = c == '_' ? ' ' : c;
    return out;
}

TEST(Words, ThereAreEnoughOfThem) {
    EXPECT_GE(nouns().size(), 300u);
    EXPECT_GE(all_noun_words().size(), 1500u);
    EXPECT_GE(actions().size(), 40u);
    EXPECT_GE(all_verbs().size(), 150u);
    EXPECT_GE(material_names().size(), 16u);
    EXPECT_GE(sets().size(), 12u);
    EXPECT_GE(all_colour_words().size(), 40u);
}

TEST(Words, EveryKindIsReachedByItsNameAndPlural) {
    for (const Noun& noun : nouns()) {
        EXPECT_EQ(find_noun(spaced(noun.kind)), &noun) << noun.kind;
        const std::string plural = plural_of(noun.kind);
        ASSERT_NE(find_noun(plural), nullptr) << plural;
        // "glasses" are spectacles, which is a kind of its own.
        EXPECT_TRUE(noun.kind == "glass" || find_noun(plural) == &noun) << plural;
        EXPECT_GT(noun.size_m, 0) << noun.kind;
        EXPECT_TRUE(find_material(noun.material)) << noun.kind << " " << noun.material;
    }
}

TEST(Words, EverydayWordsMeanTheirKinds) {
    const std::pair<const char*, const char*> pairs[] = {{"puppy", "dog"},
                                                         {"couch", "sofa"},
                                                         {"hoops player", "person"},
                                                         {"billiard balls", "billiard_ball"},
                                                         {"children", "child"},
                                                         {"mice", "mouse"},
                                                         {"dice", "die"},
                                                         {"knives", "knife"},
                                                         {"loaf", "bread"},
                                                         {"tv", "television"},
                                                         {"Newton's cradle", "newtons_cradle"},
                                                         {"geese", "duck"},
                                                         {"teddies", "teddy_bear"}};
    for (const auto& [word, kind] : pairs) {
        const Noun* noun = find_noun(word);
        ASSERT_NE(noun, nullptr) << word;
        EXPECT_EQ(noun->kind, kind) << word;
    }
    EXPECT_EQ(match_noun("ballerina")->look.sex, "female");
    EXPECT_EQ(match_noun("boy")->look.age, "child");
    EXPECT_EQ(match_noun("policeman")->look.sex, "male");
    EXPECT_TRUE(match_noun("corgi")->loose);
    EXPECT_FALSE(match_noun("puppy")->loose);
    EXPECT_EQ(find_noun("frobnicator"), nullptr);
}

TEST(Words, EveryVerbInEveryFormMeansItsAction) {
    std::set<std::string_view> reached;
    for (const auto& [base, action] : all_verbs()) {
        for (const Inflected& form : verb_forms(base)) {
            ASSERT_TRUE(match_verb(form.text)) << form.text;
        }
        const auto match = match_verb(base);
        ASSERT_TRUE(match);
        EXPECT_TRUE(match->is_base) << base;
        reached.insert(match->action->name);
    }
    for (const ActionFrame& action : actions())
        EXPECT_TRUE(reached.count(action.name)) << action.name;
    EXPECT_EQ(find_action("knocked over")->name, "knock_over");
    EXPECT_EQ(find_action("fell")->name, "fall");
    EXPECT_TRUE(match_verb("spinning")->is_ing);
    EXPECT_TRUE(match_verb("thrown")->is_participle);
}

TEST(Words, SpellingOfForms) {
    const auto has = [](std::string_view base, std::string_view form) {
        for (const Inflected& one : verb_forms(base)) {
            if (one.text == form) return true;
        }
        return false;
    };
    EXPECT_TRUE(has("drop", "dropped"));
    EXPECT_TRUE(has("scamper", "scampered"));
    EXPECT_TRUE(has("propel", "propelling"));
    EXPECT_TRUE(has("carry", "carries"));
    EXPECT_TRUE(has("lie", "lying"));
    EXPECT_TRUE(has("bounce", "bouncing"));
    EXPECT_TRUE(has("ski", "skiing"));
    EXPECT_TRUE(has("knock_over", "knocking_over"));
}

TEST(Words, EverySetMaterialColourByItsName) {
    for (const Set& set : sets()) {
        EXPECT_EQ(find_set(spaced(set.name)), &set) << set.name;
        EXPECT_TRUE(find_material(set.floor)) << set.floor;
    }
    for (const std::string_view material : material_names()) {
        ASSERT_TRUE(find_material(material)) << material;
        EXPECT_EQ(find_material(material)->material, material);
    }
    EXPECT_EQ(find_material("wooden")->material, "wood");
    EXPECT_EQ(find_material("metallic")->material, "steel");
    for (const auto& [word, hex] : all_colour_words()) EXPECT_TRUE(colour_rgb(word)) << word;
    EXPECT_EQ(find_colour("light blue"), "lightblue");
    EXPECT_EQ(find_colour("#FF8800"), "#ff8800");
    EXPECT_FALSE(find_colour("#12345g"));
}

TEST(Words, Measures) {
    EXPECT_DOUBLE_EQ(find_unit("feet")->si, 0.3048);
    EXPECT_DOUBLE_EQ(find_unit("mph")->si, 0.44704);
    EXPECT_EQ(find_unit("kg")->quantity, Quantity::Mass);
    EXPECT_EQ(find_count_word("dozen"), 12);
    EXPECT_FALSE(find_unit("ball"));
}

TEST(Words, FilmWords) {
    EXPECT_EQ(match_film_words("slow motion")->number, 0.25);
    EXPECT_EQ(match_film_words("bird s eye view")->framing, Framing::Top);
    EXPECT_EQ(match_film_words("claymation")->style, Style::Clay);
    EXPECT_TRUE(match_film_words("wide")->alone);
    EXPECT_FALSE(match_film_words("wide shot")->alone);
    for (const auto& [words, event] : all_events())
        EXPECT_NE(action_of_name(event), nullptr) << words;
}

// Every kind and every action can be said in a plain sentence and comes out in the shot list.
TEST(Words, EveryNounCanBeCast) {
    for (const Noun& noun : nouns()) {
        const auto written = write_shot_list("There is one " + spaced(noun.kind) + ".");
        ASSERT_TRUE(written.ok());
        bool found = false;
        for (const CastMember& member : written->shots.cast) found |= member.kind == noun.kind;
        // A place by that name is a place: "There is one table."
        const auto place = match_set(spaced(noun.kind));
        EXPECT_TRUE(found || place) << noun.kind;
    }
}

TEST(WordNet, ClimbsToWhatCanBeBuilt) {
    if (!wordnet_available()) GTEST_SKIP() << "wordnet-base is not installed";
    const auto begin = std::chrono::steady_clock::now();
    ASSERT_TRUE(climb_noun("ocelot"));
    EXPECT_EQ(find_noun(climb_noun("ocelot")->found)->kind, "cat");
    EXPECT_EQ(find_noun(climb_noun("accountants")->found)->category, "person");
    EXPECT_EQ(find_noun(climb_noun("explorer")->found)->category, "person");
    EXPECT_FALSE(climb_noun("freedom"));
    EXPECT_FALSE(climb_noun("zzzzqq"));
    ASSERT_TRUE(climb_verb("gallivants"));
    EXPECT_EQ(parts_of_speech("quickly"), "r");
    EXPECT_EQ(parts_of_speech("zzzzqq"), "");
    const auto spent = std::chrono::steady_clock::now() - begin;
    EXPECT_LT(std::chrono::duration<double>(spent).count(), 2.0);
}

}  // namespace
}  // namespace script
