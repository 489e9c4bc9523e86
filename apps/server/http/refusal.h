// Why a request is answered by the server itself: an HTTP status of 400 and above and a sentence
// for the client that says what to change.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace http {

struct Refusal {
    int status = 400;
    std::string message;
};

// A client's own words as they may stand in a message: short, ASCII, nothing to escape.
inline std::string quotable(std::string_view text) {
    constexpr size_t kMostBytes = 120;
    std::string out(text.substr(0, kMostBytes));
    std::replace_if(
        out.begin(), out.end(), [](char c) { return c < ' ' || c > '~' || c == '"' || c == '\\'; },
        '?');
    return text.size() > kMostBytes ? out + "..." : out;
}

}  // namespace http
