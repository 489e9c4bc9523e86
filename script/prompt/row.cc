#include <algorithm>

#include "script/prompt/noun_phrase.h"
#include "script/words/function_words.h"

namespace script {

// Calls `look(count)` for the longest run first until one answers.
template <typename T, typename Look>
const T* Row::remembered(Memory<T>& memory, int i, int most, const Look& look) const {
    if (i < 0 || i >= size()) return nullptr;
    int& place = memory.place[static_cast<size_t>(i)];
    if (place == kUnknown) {
        place = kNothing;
        for (int count = most; count >= 1 && place == kNothing; --count) {
            const std::string key = join(i, count, '_');
            if (key.empty()) continue;
            if (std::optional<T> found = look(key, count)) {
                place = static_cast<int>(memory.found.size());
                memory.found.push_back(std::move(*found));
            }
        }
    }
    return place == kNothing ? nullptr : &memory.found[static_cast<size_t>(place)];
}

const NounAt* Row::noun_at(int i) const {
    const auto look = [&](const std::string& key, int count) -> std::optional<NounAt> {
        auto match = match_noun(key);
        if (!match) return std::nullopt;
        // "a marble runs": not the plural of a marble run.
        if (count > 1 && match->plural) {
            const auto verb = match_verb(text(i + count - 1));
            if (verb && verb->is_third && match_noun(join(i, count - 1, '_'))) return std::nullopt;
        }
        return NounAt{std::move(*match), i + count};
    };
    return remembered(nouns_, i, std::min(longest_noun_words(text(i)), 6), look);
}

const SetAt* Row::set_at(int i) const {
    const auto look = [&](const std::string& key, int count) -> std::optional<SetAt> {
        const auto match = match_set(key);
        if (!match) return std::nullopt;
        return SetAt{*match, i + count, key};
    };
    return remembered(sets_, i, std::min(longest_set_words(text(i)), 5), look);
}

const PartAt* Row::part_at(int i) const {
    const auto look = [&](const std::string& key, int count) -> std::optional<PartAt> {
        const auto part = find_set_part(key);
        if (!part) return std::nullopt;
        return PartAt{*part, i + count};
    };
    return remembered(parts_, i, std::min(longest_part_words(text(i)), 5), look);
}

const VerbAt* Row::verb_at(int i) const {
    if (!is_word(i)) return nullptr;
    const auto look = [&](const std::string& key, int count) -> std::optional<VerbAt> {
        auto match = match_verb(key);
        if (!match) return std::nullopt;
        return VerbAt{std::move(*match), i + count};
    };
    return remembered(verbs_, i, std::min(longest_verb_words(text(i)), 6), look);
}

bool Row::is_word(int i) const {
    if (i < 0 || i >= size()) return false;
    const TokenKind kind = at(i).kind;
    return kind == TokenKind::Word || (kind == TokenKind::Emoji && !at(i).text.empty());
}

bool Row::is(int i, std::string_view text) const { return is_word(i) && at(i).text == text; }

const Token& Row::at(int i) const {
    static const Token outside{.kind = TokenKind::Punct};
    return i >= 0 && i < size() ? tokens_[static_cast<size_t>(i)] : outside;
}

const std::string& Row::text(int i) const { return at(i).text; }

bool Row::is_punct(int i, std::string_view text) const {
    return i >= 0 && i < size() && at(i).kind == TokenKind::Punct && at(i).text == text;
}

std::string Row::join(int i, int count, char joint) const {
    std::string out;
    if (i < 0) return out;
    for (int k = i; k < i + count; ++k) {
        if (k >= size()) return {};
        const Token& token = at(k);
        const bool digit_word = token.kind == TokenKind::Number && token.text.size() < 5;
        if (!is_word(k) && !digit_word) return {};
        if (token.text == "'s") {
            out += joint == ' ' ? " s" : "'s";
        } else {
            if (!out.empty()) out += joint;
            out += token.text;
        }
    }
    return out;
}

std::optional<double> Row::number(int i, int& next) const {
    if (i >= size()) return std::nullopt;
    if (at(i).kind == TokenKind::Number) {
        next = i + 1;
        double value = at(i).number;
        if (is(next, "million")) return ++next, value * 1e6;
        if (is(next, "thousand")) return ++next, value * 1000;
        if (is(next, "hundred")) return ++next, value * 100;
        return value;
    }
    if (!is_word(i)) return std::nullopt;
    int k = i;
    double total = 0, part = 0;
    bool any = false;
    if (is(k, "a") && (is(k + 1, "hundred") || is(k + 1, "thousand"))) {
        part = 1;
        any = true;
        ++k;
    }
    while (is_word(k)) {
        const auto value = find_number_word(text(k));
        if (!value) {
            if (text(k) == "and" && any && k > i && find_number_word(text(k + 1)) && part >= 100) {
                ++k;
                continue;
            }
            break;
        }
        if (*value == 0.5 || *value == 0.25) break;
        if (*value >= 1000) {
            total += (part > 0 ? part : 1) * *value;
            part = 0;
        } else if (*value == 100) {
            part = (part > 0 ? part : 1) * 100;
        } else {
            if (any && part > 0 && (part < 20 || *value >= 10) && part < 100) break;
            part += *value;
        }
        any = true;
        ++k;
    }
    if (!any) return std::nullopt;
    next = k;
    return total + part;
}

std::optional<Measure> read_measure(const Row& row, int i) {
    int next = i;
    double value = 0;
    if (const auto number = row.number(i, next)) {
        value = *number;
    } else if (row.is(i, "half") && (row.is(i + 1, "a") || row.is(i + 1, "an"))) {
        value = 0.5;
        next = i + 2;
    } else if ((row.is(i, "a") || row.is(i, "an") || row.is(i, "one")) && row.is_word(i + 1) &&
               find_unit(row.text(i + 1)) && row.text(i + 1).size() > 2 &&
               row.text(i + 1) != "second") {
        value = 1;
        next = i + 1;
    } else {
        return std::nullopt;
    }
    if (row.is(next, "and") && row.is(next + 1, "a") && row.is(next + 2, "half")) {
        value += 0.5;
        next += 3;
    }
    if (!row.is_word(next)) return std::nullopt;
    auto unit = find_unit(row.text(next));
    if (!unit) return std::nullopt;
    // "a second ball" is an ordinal, "5 g" a mass; "3 m" is metres.
    Measure measure{unit->quantity, value * unit->si, next + 1};
    if (row.is(measure.next, "and") && unit->quantity == Quantity::Length &&
        row.is(measure.next + 1, "a") && row.is(measure.next + 2, "half")) {
        measure.value += 0.5 * unit->si;
        measure.next += 3;
    }
    const bool per =
        row.is(measure.next, "per") || row.is(measure.next, "a") || row.is(measure.next, "an");
    if (unit->quantity == Quantity::Length && per && row.is_word(measure.next + 1)) {
        const auto time = find_unit(row.text(measure.next + 1));
        if (time && time->quantity == Quantity::Time) {
            measure.quantity = Quantity::Speed;
            measure.value /= time->si;
            measure.next += 2;
        }
    }
    return measure;
}

}  // namespace script
