// What became of the words of a prompt, found out by leaving each of them out.
#pragma once

#include <string_view>

#include "script/writer/compose.h"

namespace script {

// A content word counts as understood only if the shot list differs without it (dump.h). Words
// that became something else stand under `replaced`, all others under `left_out`.
Report report_words(std::string_view prompt, const WriteOptions& options, const Composed& composed);

// The prompt without the written words of that number (all occurrences of a word go together).
std::string without_words(std::string_view prompt, const std::vector<std::pair<size_t, size_t>>& spans);

}  // namespace script
