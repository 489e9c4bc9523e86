// Noun phrases: determiner, count, size, colour, material, noun, "of" and "made of" after it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "script/prompt/clause.h"
#include "script/words/measure.h"

namespace script {

// Helpers over the token row that the phrase readers share.
class Row {
public:
    explicit Row(const std::vector<Token>& tokens) : tokens_(tokens) {}

    int size() const { return static_cast<int>(tokens_.size()); }
    bool is_word(int i) const;
    bool is(int i, std::string_view text) const;
    const std::string& text(int i) const;
    const Token& at(int i) const { return tokens_[static_cast<size_t>(i)]; }
    bool is_punct(int i, std::string_view text) const;
    // Words i .. i+count-1 joined by `joint` ("'s" sticks to the word before); "" when one of them
    // is no word.
    std::string join(int i, int count, char joint) const;
    // Number at i: "2", "two", "twenty five", "two hundred"; sets `next`.
    std::optional<double> number(int i, int& next) const;

private:
    const std::vector<Token>& tokens_;
};

// A number with a unit: "2 metres", "30cm", "5 metres per second", "2 and a half metres".
struct Measure {
    Quantity quantity;
    double value = 0;  // SI
    int next = 0;
};
std::optional<Measure> read_measure(const Row& row, int i);

// A verb form at i, longest phrase first.
struct VerbAt {
    VerbMatch match;
    int next = 0;
};
std::optional<VerbAt> read_verb_form(const Row& row, int i);

// The noun phrase at i; nullopt when none begins there. Never crosses punctuation.
std::optional<Mention> read_mention(const Row& row, int i);

}  // namespace script
