// Writes docs/words.md: what can be said to the built-in writer.
#include <cstdio>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/text/text.h"
#include "script/words/action.h"
#include "script/words/event.h"
#include "script/words/film_words.h"
#include "script/words/material.h"
#include "script/words/measure.h"
#include "script/words/noun.h"
#include "script/words/set.h"

namespace {

std::string spaced(std::string word) {
    for (char& c : word) c = c == '_' ? ' ' : c;
    return word;
}

template <typename Pairs>
std::map<std::string, std::vector<std::string>> by_meaning(const Pairs& pairs) {
    std::map<std::string, std::vector<std::string>> out;
    for (const auto& [word, meaning] : pairs) out[std::string(meaning)].push_back(spaced(word));
    return out;
}

void table(const char* left, const char* right,
           const std::map<std::string, std::vector<std::string>>& rows) {
    std::printf("| %s | %s |\n|---|---|\n", left, right);
    for (const auto& [meaning, words] : rows) {
        std::printf("| %s | %s |\n", spaced(meaning).c_str(), base::join(words, ", ").c_str());
    }
    std::printf("\n");
}

}  // namespace

int main() {
    std::printf(
        "# What can be said\n\n"
        "The built-in writer turns plain English into a shot list. It knows the words below in "
        "every form (plurals, "
        "tenses); nouns and verbs that it does not know are looked up in WordNet, if that is "
        "installed, and the "
        "nearest known thing is used and reported. Whatever it cannot show is reported as left "
        "out.\n\n"
        "Things: `three red rubber balls`, `a dog made of glass`, `a tower of wooden blocks`, `a "
        "30 cm steel cube`, "
        "`a 5 kg weight`, `a woman in a red dress`.\n"
        "Happenings: `is dropped from 2 metres onto a concrete floor`, `rolls down the stairs at 3 "
        "m/s`, "
        "`is knocked over by a ball`, `misses a shot`, `bounces twice`, `does not break`.\n"
        "Shots: `Cut to:`, `Shot 2:`, `meanwhile`, `then`, a sentence that opens with a framing "
        "(`Wide shot: ...`).\n"
        "Speech: `The chef says \"Dinner is ready!\"`.\n"
        "Length: `10 seconds long`, `for 8 seconds`. Lens: `85mm lens`, `f/1.8`.\n\n"
        "This page is written by `tools/list_words.cc`.\n\n");
    std::printf("## Film words\n\n");
    table("sets", "said as", by_meaning(script::all_film_words()));
    std::printf("## Places\n\n");
    table("set", "said as", by_meaning(script::all_set_words()));
    std::printf("## Materials\n\n");
    table("material", "said as", by_meaning(script::all_material_words()));
    std::printf("## Colours\n\n");
    std::string colours;
    for (const auto& [word, hex] : script::all_colour_words())
        colours += (colours.empty() ? "" : ", ") + spaced(word);
    std::printf("%s, `#rrggbb`\n\n## Actions\n\n| action | what happens | verbs |\n|---|---|---|\n",
                colours.c_str());
    const auto verbs = by_meaning(script::all_verbs());
    for (const script::ActionFrame& action : script::actions()) {
        const auto found = verbs.find(std::string(action.name));
        std::printf("| %s | %s | %s |\n", std::string(action.name).c_str(),
                    std::string(action.meaning).c_str(),
                    found == verbs.end() ? "" : base::join(found->second, ", ").c_str());
    }
    std::printf("\n## Things\n\n");
    const auto words = by_meaning(script::all_noun_words());
    std::string category;
    for (const script::Noun& noun : script::nouns()) {
        if (noun.category != category) {
            category = noun.category;
            std::printf("\n### %s\n\n| thing | said as |\n|---|---|\n", category.c_str());
        }
        std::printf("| %s | %s |\n", spaced(std::string(noun.kind)).c_str(),
                    base::join(words.at(std::string(noun.kind)), ", ").c_str());
    }
}
