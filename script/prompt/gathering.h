// Words that gather things: "a tower of blocks", "a herd of cows", "a domino spiral".
#pragma once

#include <optional>
#include <string_view>

#include "script/shots/shot_list.h"

namespace script {

struct Noun;

// Of a word before "of": "tower", "row"; Auto where it says only that there are some ("group").
std::optional<Arrangement> find_arrangement(std::string_view word);
// How many such a word means when no number stands with it; 0: it does not say.
int usual_count(std::string_view word);
// Of a word behind the thing: "spiral" in "a domino spiral".
std::optional<Arrangement> formation_after(const Noun& noun, std::string_view word);

}  // namespace script
