// Moderation before anything is made: words and inputs against the operator's lists.
//
// Words are compared after normalisation (case, accents, look-alike letters, digits for letters,
// separators between letters, repeated letters), whole words only. Sexual content together with
// minors is refused always; no setting turns that off. The built-in lists are small on purpose:
// what else is unwanted is the operator's decision.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/core/result.h"

namespace studio {

struct Refusal {
    std::string category;  // "sexual_minors", "blocked_term", "blocked_input", "classifier"
    std::string message;   // for the client; never repeats the words
};

struct GuardOptions {
    bool enabled = true;  // false leaves only what can't be turned off
    std::vector<std::string> terms;
    std::unordered_set<std::string> blocked_sha256;
    // An external classifier; nullopt = nothing to object to. An Error refuses nothing but is
    // logged.
    std::function<base::Result<std::optional<Refusal>>(std::string_view prompt)> classifier;
};

class Guard {
public:
    explicit Guard(GuardOptions options);
    std::optional<Refusal> check_prompt(std::string_view prompt) const;
    std::optional<Refusal> check_input(const std::string& sha256) const;

private:
    GuardOptions options_;
    std::vector<std::string> terms_;  // normalised
};

// "S.e.x  ÀB0UT" -> "sex about": lower case Latin letters and single spaces.
std::string normalise_words(std::string_view text);

// One term a line; '#' begins a comment.
base::Result<std::vector<std::string>> read_terms(const std::string& path);

}  // namespace studio
