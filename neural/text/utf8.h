// UTF-8 to code points and back.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace neural::text {

constexpr char32_t kReplacement = 0xFFFD;

// The code point at text[at], which moves behind it. Overlong forms, surrogates and other wrong
// bytes give kReplacement and move on by one byte. at < text.size().
char32_t next_code_point(std::string_view text, size_t& at);

// Surrogates and numbers beyond Unicode are written as kReplacement.
void append_utf8(std::string& text, char32_t code_point);

}  // namespace neural::text
