#include "script/shots/vocabulary.h"

#include <algorithm>

#include "script/words/action.h"
#include "script/words/material.h"
#include "script/words/noun.h"
#include "script/words/set.h"

namespace script {
namespace {

std::vector<std::string_view> make_list(Words words) {
    std::vector<std::string_view> list;
    switch (words) {
        case Words::Any:
        case Words::Id:
        case Words::Colour: break;
        case Words::Kind:
            for (const Noun& noun : nouns()) list.push_back(noun.kind);
            break;
        case Words::Material: return material_names();
        case Words::Set:
            for (const Set& set : sets()) list.push_back(set.name);
            break;
        case Words::Verb:
            for (const ActionFrame& action : actions()) list.push_back(action.name);
            break;
        case Words::Outcome:
            return {"misses",      "scores",        "bounces",  "knocks_over_all",
                    "knocks_over", "comes_to_rest", "breaks",   "does_not_break",
                    "stays_up",    "falls_over",    "lands_on", "hits"};
        case Words::Gravity: return {"moon", "zero"};
        case Words::Sex: return {"female", "male"};
        case Words::Age: return {"child", "young", "old"};
    }
    return list;
}

}  // namespace

const std::vector<std::string_view>& allowed_words(Words words) {
    constexpr int kLists = static_cast<int>(Words::Age) + 1;
    static const std::vector<std::vector<std::string_view>> lists = [] {
        std::vector<std::vector<std::string_view>> made;
        for (int i = 0; i < kLists; ++i) made.push_back(make_list(static_cast<Words>(i)));
        return made;
    }();
    return lists[static_cast<size_t>(words)];
}

std::string_view name_of(Words words) {
    switch (words) {
        case Words::Any: return "text";
        case Words::Id: return "name";
        case Words::Kind: return "kind of thing";
        case Words::Material: return "material";
        case Words::Colour: return "colour";
        case Words::Set: return "set";
        case Words::Verb: return "action";
        case Words::Outcome: return "outcome";
        case Words::Gravity: return "gravity";
        case Words::Sex: return "sex";
        case Words::Age: return "age";
    }
    return "";
}

bool is_allowed(Words words, std::string_view word) {
    switch (words) {
        case Words::Any: return true;
        case Words::Id:
            return !word.empty() && word[0] >= 'a' && word[0] <= 'z' &&
                   word.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") ==
                       std::string_view::npos;
        case Words::Colour: return find_colour(word).has_value();
        case Words::Kind: return noun_of_kind(word) != nullptr;
        case Words::Set: return set_of_name(word) != nullptr;
        case Words::Verb: return action_of_name(word) != nullptr;
        default: break;
    }
    const auto& list = allowed_words(words);
    return std::find(list.begin(), list.end(), word) != list.end();
}

const std::vector<std::string_view>& set_places() {
    static const std::vector<std::string_view> places = {
        // parts
        "floor", "wall", "ceiling", "table", "shelf", "counter", "stairs", "step", "hoop",
        "hoop.rim", "hoop.board", "backboard", "net", "pool_edge", "pool_wall", "pool_floor",
        "lane", "gutter", "cushion", "pocket", "bench", "ramp", "track", "rail", "road", "kerb",
        "window", "door", "board",
        // anchors
        "stage", "table_top", "shelf_edge", "counter_top", "top_of_stairs", "bottom_of_stairs",
        "free_throw", "water", "lane_start", "pins", "billiard_centre", "rink_centre", "sofa",
        "bed", "road_start", "road_end", "hill_top", "goal"};
    return places;
}

}  // namespace script
