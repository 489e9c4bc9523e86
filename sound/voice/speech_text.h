// A line as it may be spoken: no control characters, no broken UTF-8, not without end.
#pragma once

#include <string>
#include <string_view>

namespace sound {

constexpr size_t kLongestLine = 2000;  // characters; about two minutes

struct SpeechText {
    std::string text;  // ASCII, may be empty when nothing can be spoken
    bool cut = false;  // longer than kLongestLine; ends at a word
};

// Typographic quotes, dashes and common accented letters become ASCII; what has no reading (emoji,
// other scripts) becomes a space.
SpeechText speech_text(std::string_view line);

}  // namespace sound
