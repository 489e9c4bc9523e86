// Noun phrases: determiner, count, size, colour, material, noun, "of" and "made of" after it.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "script/prompt/clause.h"
#include "script/words/measure.h"

namespace script {

// The longest word of our tables that begins at a token, and the token behind it.
struct NounAt {
    NounMatch match;
    int next = 0;
};
struct SetAt {
    SetMatch match;
    int next = 0;
    std::string word;
};
struct PartAt {
    std::string_view part;
    int next = 0;
};
struct VerbAt {
    VerbMatch match;
    int next = 0;
};

// The token row that the phrase readers share. Looks every place up once and remembers it: the
// readers look ahead a lot. One row belongs to one thread.
class Row {
public:
    explicit Row(const std::vector<Token>& tokens)
        : tokens_(tokens),
          nouns_(tokens.size()),
          sets_(tokens.size()),
          parts_(tokens.size()),
          verbs_(tokens.size()) {}

    const NounAt* noun_at(int i) const;
    const SetAt* set_at(int i) const;
    const PartAt* part_at(int i) const;
    const VerbAt* verb_at(int i) const;

    int size() const { return static_cast<int>(tokens_.size()); }
    bool is_word(int i) const;
    bool is(int i, std::string_view text) const;
    const std::string& text(int i) const;
    // Outside the row: an empty punctuation mark, as text() gives "".
    const Token& at(int i) const;
    bool is_punct(int i, std::string_view text) const;
    // Words i .. i+count-1 joined by `joint` ("'s" sticks to the word before); "" when one of them
    // is no word.
    std::string join(int i, int count, char joint) const;
    // Number at i: "2", "two", "twenty five", "two hundred"; sets `next`.
    std::optional<double> number(int i, int& next) const;

private:
    // By token: not looked up yet, nothing there, or which of `found`. Small, since the report
    // makes many rows; a deque keeps what was handed out in place.
    template <typename T>
    struct Memory {
        explicit Memory(size_t tokens) : place(tokens, kUnknown) {}
        std::vector<int> place;
        std::deque<T> found;
    };
    static constexpr int kUnknown = -2, kNothing = -1;
    template <typename T, typename Look>
    const T* remembered(Memory<T>& memory, int i, int most, const Look& look) const;

    const std::vector<Token>& tokens_;
    mutable Memory<NounAt> nouns_;
    mutable Memory<SetAt> sets_;
    mutable Memory<PartAt> parts_;
    mutable Memory<VerbAt> verbs_;
};

// A number with a unit: "2 metres", "30cm", "5 metres per second", "2 and a half metres".
struct Measure {
    Quantity quantity;
    double value = 0;  // SI
    int next = 0;
};
std::optional<Measure> read_measure(const Row& row, int i);

// A verb form at i, longest phrase first.
inline const VerbAt* read_verb_form(const Row& row, int i) { return row.verb_at(i); }

// The noun phrase at i; nullopt when none begins there. Never crosses punctuation.
std::optional<Mention> read_mention(const Row& row, int i);

}  // namespace script
