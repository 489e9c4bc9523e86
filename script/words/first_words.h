// How many words the longest phrase has that begins with a given word, so that readers need not
// build and look up every longer run of words at every place of a text.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>

namespace script {

class FirstWords {
public:
    // `phrase`: parts joined by `joint`.
    void add(std::string_view phrase, char joint) {
        const int words = 1 + static_cast<int>(std::count(phrase.begin(), phrase.end(), joint));
        // "newton's_cradle" begins with the token "newton".
        std::string_view first = phrase.substr(0, phrase.find(joint));
        first = first.substr(0, first.find('\''));
        const int marks = static_cast<int>(std::count(phrase.begin(), phrase.end(), '\''));
        int& longest = longest_[std::string(first)];
        longest = std::max(longest, words + marks);
    }
    // At least 1: a single word may be an inflected form.
    int longest(const std::string& first) const {
        const auto found = longest_.find(first);
        return found == longest_.end() ? 1 : std::max(1, found->second);
    }

private:
    std::unordered_map<std::string, int> longest_;
};

}  // namespace script
