// Cleans a prompt the way the Wan models' training texts were cleaned.
#pragma once

#include <string>
#include <string_view>

namespace neural::text {

// HTML character references are resolved twice, curly quotes made straight, control characters
// dropped, runs of white space (Unicode's) made one space, ends trimmed. Bytes that are no UTF-8
// become U+FFFD. What else the published cleaning does to letters (full width, ligatures, composed
// accents) is part of the tokenizer's own normalisation; text in a wrong encoding is not repaired.
std::string clean_umt5_prompt(std::string_view prompt);

// HTML character references (HTML standard, 13.5): decimal and hexadecimal ones, the names of
// Latin-1 with or without their semicolon, and the names of punctuation, Greek and common symbols.
std::string unescape_html(std::string_view text);

}  // namespace neural::text
