// The WordNet climb: what kind of thing is a word that our tables do not know?
//
// Reads the database of the package wordnet-base where it lies (wndb(5WN): index.* are sorted by
// lemma, data.* are addressed by byte offset), memory-mapped, so a lookup is one binary search and
// a few pointer hops. Searched for in $AOZORA_WORDNET, then /usr/share/wordnet, then
// /usr/share/wordnet-3.0 and /usr/local/share/wordnet. Without it every climb answers "nothing".
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace script {

struct Climb {
    std::string found;  // the word of our tables that was reached: "dog"
    int steps = 0;      // hypernyms climbed: corgi -> dog is 1
    std::string why;    // "a corgi is a kind of dog"
};

bool wordnet_available();
// "corgi" -> dog. Only nouns whose `found` is a noun word of ours (noun.h).
// `proper`: the word was capitalised, so that names count too ("Einstein" -> physicist -> person).
std::optional<Climb> climb_noun(std::string_view word, bool proper = false);
// "gallivant" -> some verb of ours (action.h), by hypernyms and verb groups.
std::optional<Climb> climb_verb(std::string_view word);
// Part of speech, most frequent first ("n", "v", "a", "r"); "" when WordNet has not got the word.
std::string parts_of_speech(std::string_view word);
// A material for an unknown substance: "jade" -> "stone". `found` is a material word of ours.
std::optional<Climb> climb_material(std::string_view word);
// A set for an unknown place: "cathedral" -> a set word of ours.
std::optional<Climb> climb_place(std::string_view word);
// Base forms that an unknown verb form may have: "gallivanting" -> {"gallivant", "gallivante"};
// only those that WordNet lists as verbs. `form` tells what the ending was ("s", "ed", "ing", "").
struct UnknownVerb {
    std::string base;
    std::string ending;
};
std::optional<UnknownVerb> unknown_verb(std::string_view form);

}  // namespace script
