#include "script/shots/suggest.h"

#include <algorithm>

namespace script {

int edit_distance(std::string_view a, std::string_view b) {
    const size_t width = b.size() + 1;
    std::vector<int> before(width), last(width), now(width);
    for (size_t j = 0; j < width; ++j) last[j] = static_cast<int>(j);
    for (size_t i = 1; i <= a.size(); ++i) {
        now[0] = static_cast<int>(i);
        for (size_t j = 1; j < width; ++j) {
            const int replace = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            now[j] = std::min({replace, last[j] + 1, now[j - 1] + 1});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                now[j] = std::min(now[j], before[j - 2] + 1);
            }
        }
        std::swap(before, last);
        std::swap(last, now);
    }
    return last[b.size()];
}

std::string nearest_word(std::string_view word, const std::vector<std::string_view>& words) {
    constexpr size_t kLongest = 64;  // nobody mistypes more than that
    if (word.empty() || word.size() > kLongest) return "";
    const int tolerance = std::max<int>(1, static_cast<int>(word.size()) / 3);
    std::string_view best;
    int best_distance = tolerance + 1;
    for (const std::string_view candidate : words) {
        const int distance = edit_distance(word, candidate);
        if (distance < best_distance) {
            best_distance = distance;
            best = candidate;
        }
    }
    return std::string(best);
}

std::string suggestion(std::string_view word, const std::vector<std::string_view>& words) {
    if (const std::string near = nearest_word(word, words); !near.empty()) {
        return "did you mean \"" + near + "\"?";
    }
    constexpr size_t kShortList = 16;
    std::string all;
    size_t shown = 0;
    for (const std::string_view candidate : words) {
        if (candidate.empty()) continue;
        if (++shown > kShortList) return "";
        all += (all.empty() ? "one of: " : ", ") + std::string(candidate);
    }
    return all;
}

}  // namespace script
