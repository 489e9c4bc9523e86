// English inflection, both ways: what a word may be a form of, and the forms a word has.
// Pure functions on lower-case ASCII; several answers where English is ambiguous, best first.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace script {

// The word itself and what it may be the plural of: "boxes" -> {"boxes", "box", "boxe"}.
std::vector<std::string> singular_candidates(std::string_view word);
std::string plural_of(std::string_view singular);

enum class VerbForm { Base, ThirdPerson, Past, PastParticiple, Ing };
struct Inflected {
    std::string text;
    VerbForm form;
};
// All forms of a verb; for a phrasal verb ("knock_over") the first part is inflected.
// Past and PastParticiple are both listed, also where they are spelt alike.
std::vector<Inflected> verb_forms(std::string_view base);

}  // namespace script
