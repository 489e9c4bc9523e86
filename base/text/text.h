// Text helpers. All text in the program is UTF-8.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace base {

bool is_valid_utf8(std::string_view text);
std::string to_lower_ascii(std::string_view text);
std::string_view trim(std::string_view text);
std::vector<std::string> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& parts, std::string_view separator);
bool starts_with(std::string_view text, std::string_view prefix);
bool ends_with(std::string_view text, std::string_view suffix);
// "A steel ball!" -> "a-steel-ball": [a-z0-9-], at most `max_length`, "film" when nothing is left.
std::string slug(std::string_view text, size_t max_length = 60);

}  // namespace base
