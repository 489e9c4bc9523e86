// The word lists that a shot list's words must be on, from script/words.
#pragma once

#include <string_view>
#include <vector>

#include "script/shots/fields.h"

namespace script {

// Every allowed word of a closed list, in table order; empty for Any, Id and Colour, which are
// open. Built once, safe from any thread.
const std::vector<std::string_view>& allowed_words(Words words);
// "kind", "material", ...: what the list is called in messages.
std::string_view name_of(Words words);
bool is_allowed(Words words, std::string_view word);

// Parts and anchors of sets that actions may name (script/words/names.md).
const std::vector<std::string_view>& set_places();

}  // namespace script
