#include "studio/guard/guard.h"

#include <algorithm>
#include <array>
#include <fstream>

#include "base/core/log.h"
#include "base/text/text.h"
#include "studio/guard/look_alikes.h"

namespace studio {
namespace {

// Words that say that somebody is a child, and words of sexual content. Both in one prompt are
// refused. Ages are read apart (`age_below_18`).
constexpr std::array kMinors = {
    "child",      "children",  "kid",         "kids",       "minor",       "minors",
    "toddler",    "toddlers",  "infant",      "baby",       "babies",      "preteen",
    "preteens",   "underage",  "teen",        "teens",      "teenager",    "teenagers",
    "schoolgirl", "schoolboy", "schoolgirls", "schoolboys", "little girl", "little boy",
    "young girl", "young boy", "loli",        "lolita",     "shota",       "adolescent",
    "juvenile",   "boy",       "boys",        "girl",       "girls"};
constexpr std::array kSexual = {
    "sex",        "sexual",       "sexually",     "sexy",        "nude",         "nudes",
    "naked",      "nudity",       "porn",         "porno",       "pornographic", "pornography",
    "erotic",     "erotica",      "topless",      "undressed",   "undressing",   "lingerie",
    "genitals",   "genitalia",    "penis",        "vagina",      "nipples",      "orgasm",
    "masturbate", "masturbating", "masturbation", "fetish",      "hentai",       "nsfw",
    "striptease", "intercourse",  "seductive",    "seductively", "molest",       "molested",
    "molesting",  "rape",         "raped",        "explicit"};

bool contains_word(const std::string& text, std::string_view word) {
    // `text` begins and ends with a space.
    const std::string wanted = " " + std::string(word) + " ";
    return text.find(wanted) != std::string::npos;
}

template <size_t N>
bool contains_any(const std::string& text, const std::array<const char*, N>& words) {
    return std::any_of(words.begin(), words.end(),
                       [&](const char* word) { return contains_word(text, word); });
}

// "12 year old", "aged 9", "13yo": read from the text as it was, before digits become letters.
bool age_below_18(std::string_view raw) {
    const std::string text = base::to_lower_ascii(raw);
    for (size_t i = 0; i < text.size(); ++i) {
        if (text[i] < '0' || text[i] > '9') continue;
        size_t end = i;
        while (end < text.size() && text[end] >= '0' && text[end] <= '9') ++end;
        const bool small = end - i <= 2 && std::stoi(text.substr(i, end - i)) < 18;
        size_t after = end;
        while (after < text.size() && (text[after] == ' ' || text[after] == '-')) ++after;
        const std::string rest = text.substr(after, 6);
        const bool years = base::starts_with(rest, "year") || base::starts_with(rest, "yr") ||
                           base::starts_with(rest, "yo") || base::starts_with(rest, "y/o");
        size_t before = i;
        while (before > 0 && text[before - 1] == ' ') --before;
        const bool aged = (before >= 4 && text.compare(before - 4, 4, "aged") == 0) ||
                          (before >= 3 && text.compare(before - 3, 3, "age") == 0);
        if (small && (years || aged)) return true;
        i = end;
    }
    return false;
}

// A line of single letters is a word that somebody pulled apart: "s e x" -> "sex".
std::string join_letters(const std::string& words) {
    std::string joined;
    const auto parts = base::split(words, ' ');
    for (size_t i = 0; i < parts.size(); ++i) {
        const bool letter = parts[i].size() == 1;
        const bool after_letter = i > 0 && parts[i - 1].size() == 1;
        if (!joined.empty() && !(letter && after_letter)) joined += ' ';
        joined += parts[i];
    }
    return joined;
}

// Runs of three and more equal letters become runs of `kept`: "baaad" -> "bad" or "baad".
std::string shorten_runs(const std::string& text, size_t kept) {
    std::string out;
    for (size_t i = 0; i < text.size();) {
        size_t end = i;
        while (end < text.size() && text[end] == text[i]) ++end;
        const size_t run = end - i;
        out.append(run >= 3 ? kept : run, text[i]);
        i = end;
    }
    return out;
}

// A sign or digit is a letter only beside letters: "g!rl" is a word, "girl!" ends a sentence.
bool counts_as_letter(const std::vector<char32_t>& letters, size_t i) {
    const auto is_real = [&](size_t k) {
        return k < letters.size() && !is_sign(letters[k]) && !plain_letters(letters[k]).empty();
    };
    if (!is_sign(letters[i])) return true;
    const bool follows = i > 0 && (is_real(i - 1) || is_sign(letters[i - 1]));
    return is_real(i + 1) || (follows && !ends_words(letters[i]));
}

}  // namespace

std::string normalise_words(std::string_view text) {
    std::string words;
    bool gap = false;
    const std::vector<char32_t> letters = code_points(text);
    for (size_t i = 0; i < letters.size(); ++i) {
        const char32_t letter = letters[i];
        const std::string_view plain = plain_letters(letter);
        if (plain.empty() || !counts_as_letter(letters, i)) {
            if (!is_invisible(letter)) gap = !words.empty();
            continue;
        }
        if (gap) words += ' ';
        gap = false;
        words += plain;
    }
    return join_letters(words);
}

Guard::Guard(GuardOptions options) : options_(std::move(options)) {
    for (const std::string& term : options_.terms) {
        const std::string plain = normalise_words(term);
        if (!plain.empty()) terms_.push_back(plain);
    }
}

std::optional<Refusal> Guard::check_prompt(std::string_view prompt) const {
    const std::string words = " " + normalise_words(prompt) + " ";
    const std::array<std::string, 3> forms = {words, shorten_runs(words, 1),
                                              shorten_runs(words, 2)};
    const auto any = [&](const auto& list) {
        return std::any_of(forms.begin(), forms.end(),
                           [&](const std::string& form) { return contains_any(form, list); });
    };
    if ((any(kMinors) || age_below_18(prompt)) && any(kSexual)) {
        return Refusal{"sexual_minors",
                       "Your request was blocked by our moderation system (sexual content with "
                       "minors). This rule cannot be turned off."};
    }
    if (!options_.enabled) return std::nullopt;
    for (const std::string& term : terms_) {
        if (std::any_of(forms.begin(), forms.end(),
                        [&](const std::string& form) { return contains_word(form, term); })) {
            return Refusal{"blocked_term",
                           "Your request was blocked by our moderation system (a term on this "
                           "server's list)."};
        }
    }
    if (options_.classifier) {
        const auto answer = options_.classifier(prompt);
        if (!answer.ok()) base::log_warning("moderation classifier: " + answer.error().text());
        else if (*answer) return **answer;
    }
    return std::nullopt;
}

std::optional<Refusal> Guard::check_input(const std::string& sha256) const {
    if (options_.blocked_sha256.count(sha256)) {
        return Refusal{"blocked_input",
                       "Your request was blocked by our moderation system (a picture or clip on "
                       "this server's list)."};
    }
    return std::nullopt;
}

base::Result<std::vector<std::string>> read_terms(const std::string& path) {
    std::ifstream in(path);
    if (!in) return base::failed("cannot read the list of terms", path);
    std::vector<std::string> terms;
    for (std::string line; std::getline(in, line);) {
        line = line.substr(0, line.find('#'));
        const std::string_view term = base::trim(line);
        if (!term.empty()) terms.emplace_back(term);
    }
    return terms;
}

}  // namespace studio
