#include "script/words/event.h"

#include <algorithm>
#include <unordered_map>

#include "base/text/text.h"
#include "script/words/first_words.h"

namespace script {
namespace {

struct Tables {
    std::vector<Event> events;
    std::unordered_map<std::string, size_t> words;
    std::vector<std::pair<std::string, std::string>> listing;
    FirstWords first;
};

Tables build() {
    Tables tables;
    const auto add = [&](const Event& event, std::string_view words) {
        tables.events.push_back(event);
        for (const std::string& phrase : base::split(words, '|')) {
            tables.words.emplace(phrase, tables.events.size() - 1);
            tables.listing.emplace_back(phrase, event.action);
            tables.first.add(phrase, ' ');
        }
    };
#define EVENT(action, subject, object, path, target, outcome, set, words) \
    add({action, subject, object, path, target, outcome, set}, words);
#include "script/words/events.inc"
#undef EVENT
    return tables;
}

const Tables& tables() {
    static const Tables instance = build();
    return instance;
}

}  // namespace

const Event* find_event(std::string_view words) {
    const auto found = tables().words.find(std::string(words));
    return found == tables().words.end() ? nullptr : &tables().events[found->second];
}

int longest_event_words(const std::string& first) { return tables().first.longest(first); }
std::vector<std::pair<std::string, std::string>> all_events() { return tables().listing; }

}  // namespace script
