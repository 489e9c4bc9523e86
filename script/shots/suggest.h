// "did you mean ...": the word of a list that is nearest to what somebody wrote.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace script {

// Edits between two words: insert, delete, replace or swap neighbours (optimal string alignment,
// a restricted Damerau-Levenshtein distance).
int edit_distance(std::string_view a, std::string_view b);

// The nearest word, "" when none is near enough to be meant. The first of equals.
std::string nearest_word(std::string_view word, const std::vector<std::string_view>& words);

// `did you mean "gym"?`, or `one of: a, b, c` for a short list without a near word, or "".
std::string suggestion(std::string_view word, const std::vector<std::string_view>& words);

}  // namespace script
