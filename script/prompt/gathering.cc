#include "script/prompt/gathering.h"

#include <utility>

#include "script/words/noun.h"

namespace script {

std::optional<Arrangement> find_arrangement(std::string_view word) {
    static const std::pair<std::string_view, Arrangement> table[] = {
        {"row", Arrangement::Row},           {"rows", Arrangement::Grid},
        {"line", Arrangement::Row},          {"queue", Arrangement::Row},
        {"column", Arrangement::Stack},      {"chain", Arrangement::Row},
        {"circle", Arrangement::Circle},     {"ring", Arrangement::Circle},
        {"circles", Arrangement::Circle},    {"lines", Arrangement::Grid},
        {"spiral", Arrangement::Spiral},     {"stack", Arrangement::Stack},
        {"stacks", Arrangement::Stack},      {"tower", Arrangement::Tower},
        {"towers", Arrangement::Tower},      {"pyramid", Arrangement::Pyramid},
        {"wall", Arrangement::Wall},         {"grid", Arrangement::Grid},
        {"pile", Arrangement::Scattered},    {"heap", Arrangement::Scattered},
        {"piles", Arrangement::Scattered},   {"mound", Arrangement::Scattered},
        {"scatter", Arrangement::Scattered}, {"rack", Arrangement::Rack},
        {"triangle", Arrangement::Rack},     {"crowd", Arrangement::Scattered},
        {"group", Arrangement::Auto},        {"bunch", Arrangement::Scattered},
        {"herd", Arrangement::Scattered},    {"flock", Arrangement::Scattered},
        {"swarm", Arrangement::Scattered},   {"pack", Arrangement::Scattered},
        {"school", Arrangement::Scattered},  {"set", Arrangement::Auto},
        {"cluster", Arrangement::Scattered}, {"collection", Arrangement::Scattered},
        {"curve", Arrangement::Spiral},      {"square", Arrangement::Grid},
        {"snake", Arrangement::Spiral},      {"series", Arrangement::Row},
        {"course", Arrangement::Row},        {"avalanche", Arrangement::Scattered},
        {"shower", Arrangement::Scattered},  {"house", Arrangement::Tower},
        {"trail", Arrangement::Row},         {"team", Arrangement::Auto},
        {"maze", Arrangement::Spiral},       {"load", Arrangement::Scattered}};
    for (const auto& [name, arrangement] : table) {
        if (name == word) return arrangement;
    }
    return std::nullopt;
}

// How many a gathering word means when no number stands with it.
int usual_count(std::string_view word) {
    if (word == "group" || word == "team" || word == "pack" || word == "set") return 5;
    if (word == "bunch" || word == "cluster" || word == "collection" || word == "load") return 6;
    if (word == "crowd" || word == "swarm" || word == "flock" || word == "school") return 12;
    if (word == "herd") return 8;
    if (word == "shower" || word == "avalanche") return 30;
    return 0;
}

std::optional<Arrangement> formation_after(const Noun& noun, std::string_view word) {
    // What can be put up in a formation; anything else with such a word is another thing ("a shoe
    // box", "a sand pile", "a bell tower").
    static const std::string_view kinds[] = {
        "domino", "block", "cup",  "can",   "glass", "plate",       "book", "box",   "crate",
        "coin",   "die",   "tray", "bowl",  "cube",  "chess_piece", "log",  "stone", "barrel",
        "candle", "brick", "mug",  "wheel", "paper", "bowling_pin", "pan"};
    bool fits = false;
    for (const std::string_view kind : kinds) fits = fits || noun.kind == kind;
    if (!fits) return std::nullopt;
    static const std::pair<std::string_view, Arrangement> table[] = {
        {"spiral", Arrangement::Spiral},  {"line", Arrangement::Row},
        {"row", Arrangement::Row},        {"chain", Arrangement::Row},
        {"circle", Arrangement::Circle},  {"stack", Arrangement::Stack},
        {"tower", Arrangement::Tower},    {"pyramid", Arrangement::Pyramid},
        {"pile", Arrangement::Scattered}, {"maze", Arrangement::Spiral},
        {"wall", Arrangement::Wall},      {"grid", Arrangement::Grid},
        {"run", Arrangement::Row},        {"rally", Arrangement::Row},
        {"course", Arrangement::Row},     {"effect", Arrangement::Row},
        {"trail", Arrangement::Row},      {"snake", Arrangement::Spiral}};
    for (const auto& [name, arrangement] : table) {
        if (name != word) continue;
        const bool track = word == "run" || word == "rally" || word == "course" ||
                           word == "effect" || word == "trail" || word == "snake";
        if (track && noun.kind != "domino") return std::nullopt;
        if (word == "wall" && noun.kind == "brick") return std::nullopt;  // a noun of its own
        return arrangement;
    }
    return std::nullopt;
}

}  // namespace script
