// Happenings named by a noun: "a billiard break", "a free throw", "a car crash".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace script {

struct Event {
    std::string_view action;   // canonical
    std::string_view subject;  // noun word ("basketball player") or ""
    std::string_view object;   // noun word or ""
    std::string_view path, target, outcome, set;
};

// `words`: lower case, joined by ' '.
const Event* find_event(std::string_view words);
int longest_event_words(const std::string& first);  // of the phrases that begin with this word
std::vector<std::pair<std::string, std::string>> all_events();  // words, action

}  // namespace script
