// The small words of English that hold a sentence together.
#pragma once

#include <string>
#include <string_view>

namespace script {

bool is_determiner(std::string_view word);    // a, the, this, my, some, every
bool is_pronoun(std::string_view word);       // it, they, him, everyone
bool is_preposition(std::string_view word);   // single words; longer ones in script/prompt
bool is_auxiliary(std::string_view word);     // is, was, has, will, gets
bool is_conjunction(std::string_view word);   // and, but, or
bool is_subordinator(std::string_view word);  // when, while, after, because
bool is_degree(std::string_view word);        // very, quite, slightly
// Words that ask for nothing by themselves; everything else is a content word of the report.
bool is_function_word(std::string_view word);
// "slowly" -> "slowly", "quickly" -> "fast"; "" for words that are no manner.
std::string_view find_manner(std::string_view word);

}  // namespace script
