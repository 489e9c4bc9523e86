// Nouns: the kinds of things that world/shapes can build (nouns.inc) and the everyday words for
// them (noun_synonyms.inc, people.inc). Lookups take lower-case text whose parts are joined by '_'
// or ' ' ("bowling ball", "bowling_ball"), singular or plural. No WordNet here (see wordnet.h).
// Tables are built on first use; everything is safe to call from any thread afterwards.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "script/shots/shot_list.h"

namespace script {

struct Noun {
    std::string_view kind;      // canonical: "bowling_ball"
    std::string_view category;  // "ball", "shape", "toy", "furniture", "kitchen", "food", "animal",
                                // "person", "vehicle", "nature", "building", "sport", "tool",
                                // "media", "clothing"
    double size_m = 0;          // usual largest dimension
    std::string_view material;  // usual material
};

// What a word means: the kind plus what the word itself says ("boy" -> person, male, child).
struct NounMatch {
    const Noun* noun = nullptr;
    std::string singular;          // as said, '_' between parts: "steel_ball" asked -> "ball"
    bool plural = false;           // the form was a plural
    bool synonym = false;          // the word is not the kind's own name
    bool loose = false;            // only a near thing ("laptop bag" -> bag): say so in the report
    Look look;                     // persons
    std::string material, colour;  // said by the word ("snowman" none, "cue ball" -> white)
    double scale = 1;              // "puppy" is 0.55 of a dog
};

const std::vector<Noun>& nouns();
// Canonical kind, synonym or plural of either; nullptr when the word means nothing to us.
const Noun* find_noun(std::string_view phrase);
std::optional<NounMatch> match_noun(std::string_view phrase);
// Kind by its exact canonical name only.
const Noun* noun_of_kind(std::string_view kind);
// The most words of a noun that begins with this word; parsers need to look no further ahead.
int longest_noun_words(const std::string& first);
bool is_animate(const Noun& noun);  // moves by its own will: animals, persons, living figures
bool is_person_like(const Noun& noun);
// Every word of the tables with its kind, in table order (documentation, tests).
std::vector<std::pair<std::string, std::string>> all_noun_words();

}  // namespace script
