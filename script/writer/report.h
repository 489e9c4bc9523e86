// What became of the words of a prompt, found out by leaving each of them out.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "script/shots/shot_list.h"

namespace script {

// A content word counts as understood only if the shot list differs without it (dump.h). Words
// that became something else stand under `replaced`, all others under `left_out`.
// `dump_of` gives the dump for any prompt; what stands behind `read_bytes` was not read at all.
Report report_words(std::string_view prompt, size_t read_bytes, std::vector<Replaced> replaced,
                    const std::function<std::string(const std::string&)>& dump_of);

// The prompt without the written words of that number (all occurrences of a word go together).
std::string without_words(std::string_view prompt,
                          const std::vector<std::pair<size_t, size_t>>& spans);

}  // namespace script
