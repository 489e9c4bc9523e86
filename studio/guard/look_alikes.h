// Letters that stand for other letters. Covers what is commonly used to slip past word lists: Latin
// with marks, full-width forms, Greek and Cyrillic look-alikes, digits and signs for letters.
// Not the whole of Unicode's confusables table (UTS #39), which is a file of its own.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace studio {

// Invalid bytes become U+FFFD.
std::vector<char32_t> code_points(std::string_view utf8);
// The lower case Latin letters that `letter` stands for; "" when it stands for none.
std::string_view plain_letters(char32_t letter);
// Digits and punctuation that plain_letters reads as letters; of those, the ones that also end
// words.
bool is_sign(char32_t letter);
bool ends_words(char32_t letter);
// Zero-width and joining characters that do not part words.
bool is_invisible(char32_t letter);

}  // namespace studio
