#include "script/words/noun.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <unordered_map>
#include <utility>

#include "base/core/check.h"
#include "base/text/text.h"
#include "script/words/first_words.h"
#include "script/words/inflect.h"

namespace script {
namespace {

struct Tables {
    std::vector<Noun> nouns;
    std::unordered_map<std::string, NounMatch> words;
    std::vector<std::pair<std::string, std::string>> listing;
    FirstWords first;
};

std::string normalised(std::string_view phrase) {
    std::string key(phrase);
    for (char& c : key) {
        if (c == ' ' || c == '-') c = '_';
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return key;
}

void add_word(Tables& tables, std::string word, NounMatch match) {
    tables.first.add(word, '_');
    match.singular = word;
    if (tables.words.emplace(word, match).second) {
        tables.listing.emplace_back(word, match.noun->kind);
    }
}

const Noun* by_kind(const Tables& tables, std::string_view kind) {
    for (const Noun& noun : tables.nouns) {
        if (noun.kind == kind) return &noun;
    }
    return nullptr;
}

void add_synonyms(Tables& tables, std::string_view kind, std::string_view words) {
    const Noun* noun = by_kind(tables, kind);
    CHECK(noun != nullptr, "noun_synonyms.inc names an unknown kind: " + std::string(kind));
    for (std::string word : base::split(words, ' ')) {
        if (word.empty()) continue;
        NounMatch match{.noun = noun, .synonym = true};
        if (word[0] == '~') {
            match.loose = true;
            word.erase(0, 1);
        }
        if (word[0] == '*') {
            const size_t colon = word.find(':');
            match.scale = std::strtod(word.substr(1, colon - 1).c_str(), nullptr);
            word.erase(0, colon + 1);
        }
        add_word(tables, word, match);
    }
}

void add_people(Tables& tables, std::string_view kind, std::string_view role, std::string_view sex,
                std::string_view age, std::string_view words) {
    const Noun* noun = by_kind(tables, kind);
    CHECK(noun != nullptr, "people.inc names an unknown kind: " + std::string(kind));
    for (const std::string& word : base::split(words, ' ')) {
        if (word.empty()) continue;
        NounMatch match{.noun = noun, .synonym = word != kind};
        // The word itself is the better role where it says more than the family it belongs to.
        std::string spoken = word;
        std::replace(spoken.begin(), spoken.end(), '_', ' ');
        match.look = {.role = role.empty() ? "" : std::string(role),
                      .sex = std::string(sex),
                      .age = std::string(age)};
        if (!role.empty() && spoken != role) match.look.role = spoken;
        if (word.ends_with("woman") || word.ends_with("ess") || word == "cowgirl" ||
            word == "ballerina") {
            match.look.sex = "female";
        } else if (word.ends_with("man") && !word.ends_with("woman") && word != "human") {
            match.look.sex = "male";
        }
        add_word(tables, word, match);
    }
}

// Words that name a material or a colour beside the thing.
void add_coloured_words(Tables& tables) {
    const auto set = [&](std::string_view word, std::string_view material,
                         std::string_view colour) {
        const auto found = tables.words.find(std::string(word));
        CHECK(found != tables.words.end(), "no such noun word: " + std::string(word));
        found->second.material = material;
        found->second.colour = colour;
    };
    set("cue_ball", "", "white");
    set("eight_ball", "", "black");
    set("8_ball", "", "black");
    set("polar_bear", "", "white");
    set("piggy_bank", "ceramic", "");
    set("chimney", "brick", "");
    set("smokestack", "brick", "");
    set("factory_chimney", "brick", "");
    set("chimney_stack", "brick", "");
    set("wall_of_bricks", "brick", "");
    set("sandcastle", "sand", "");
    set("sand_castle", "sand", "");
    set("emerald", "", "green");
    set("ruby", "", "red");
    set("sapphire", "", "blue");
    set("tin_soldier", "steel", "");
    set("wooden_board", "wood", "");
    set("wooden_train", "wood", "");
    set("wooden_box", "wood", "");
    set("wooden_hammer", "wood", "");
    set("wooden_hut", "wood", "");
    set("steel_plate", "steel", "");
    set("iron_plate", "iron", "");
    set("gold_ring", "gold", "");
    set("yellow_cab", "", "yellow");
    set("glass_sheet", "glass", "");
    set("pane_of_glass", "glass", "");
    set("sheet_of_glass", "glass", "");
    set("pane", "glass", "");
    set("windowpane", "glass", "");
    set("window_pane", "glass", "");
    set("stone_figure", "stone", "");
    set("straw_hat", "straw", "");
}

Tables build() {
    Tables tables;
    tables.nouns = {
#define NOUN(kind, category, size_m, material) Noun{kind, category, size_m, material},
#include "script/words/nouns.inc"
#undef NOUN
    };
    for (const Noun& noun : tables.nouns) {
        NounMatch match{.noun = &noun};
        if (noun.kind == "child") match.look.age = "child";
        add_word(tables, std::string(noun.kind), match);
    }
#define PEOPLE(kind, role, sex, age, words) add_people(tables, kind, role, sex, age, words);
#include "script/words/people.inc"
#undef PEOPLE
#define WORDS(kind, words) add_synonyms(tables, kind, words);
#include "script/words/noun_synonyms.inc"
#undef WORDS
    add_coloured_words(tables);
    return tables;
}

const Tables& tables() {
    static const Tables instance = build();
    return instance;
}

}  // namespace

const std::vector<Noun>& nouns() { return tables().nouns; }

const Noun* noun_of_kind(std::string_view kind) { return by_kind(tables(), kind); }

std::optional<NounMatch> match_noun(std::string_view phrase) {
    if (phrase.empty() || phrase.size() > 64) return std::nullopt;
    const std::string key = normalised(phrase);
    bool first = true;
    for (const std::string& candidate : singular_candidates(key)) {
        const auto found = tables().words.find(candidate);
        if (found != tables().words.end()) {
            NounMatch match = found->second;
            match.plural = !first;
            return match;
        }
        first = false;
    }
    return std::nullopt;
}

const Noun* find_noun(std::string_view phrase) {
    const auto match = match_noun(phrase);
    return match ? match->noun : nullptr;
}

int longest_noun_words(const std::string& first) { return tables().first.longest(first); }

bool is_person_like(const Noun& noun) {
    return noun.category == "person" && noun.kind != "statue" && noun.kind != "scarecrow" &&
           noun.kind != "mannequin";
}

bool is_animate(const Noun& noun) {
    return is_person_like(noun) || noun.category == "animal" || noun.kind == "robot";
}

std::vector<std::pair<std::string, std::string>> all_noun_words() { return tables().listing; }

}  // namespace script
