#include "script/writer/scene_words.h"

#include <utility>

namespace script {
namespace {

template <size_t N>
bool among(const std::string_view (&words)[N], std::string_view word) {
    for (const std::string_view one : words) {
        if (one == word) return true;
    }
    return false;
}

}  // namespace

bool is_rubble(std::string_view word) {
    static constexpr std::string_view kWords[] = {
        "dust",     "debris",    "rubble", "wreckage", "piece", "pieces",
        "fragment", "fragments", "shard",  "shards",   "bit",   "bits",
        "splinter", "splinters", "ruin",   "ruins",    "smoke", "smithereens"};
    return among(kWords, word);
}

bool is_stage_light(std::string_view word) {
    static constexpr std::string_view kWords[] = {"spotlight",  "limelight",  "footlight",
                                                  "footlights", "spotlights", "searchlight"};
    return among(kWords, word);
}

bool is_goal_frame(std::string_view word) {
    static constexpr std::string_view kWords[] = {"post",     "goal_post", "goalpost",
                                                  "crossbar", "woodwork",  "upright"};
    return among(kWords, word);
}

// Enough to be seen falling; from as high as the real thing the picture would hold a dot.
std::optional<double> depth_below(const Mention& place) {
    if (place.set && place.set->name == "rooftop") return 8;
    if (!place.noun) return std::nullopt;
    static constexpr std::pair<std::string_view, double> kDepths[] = {
        {"skyscraper", 10}, {"tower", 9},
        {"house", 6},       {"castle", 8},
        {"lighthouse", 9},  {"helicopter", 10},
        {"airplane", 10},   {"crane", 8},
        {"drone", 6},       {"hot_air_balloon", 10},
        {"cloud", 10},      {"bridge", 6},
        {"ufo", 10},        {"spaceship", 10}};
    for (const auto& [kind, depth] : kDepths) {
        if (place.noun->noun->kind == kind) return depth;
    }
    return std::nullopt;
}

bool is_ground(const Mention& thing, std::string_view preposition) {
    if (!thing.noun || thing.count > 1 || thing.plural) return false;
    const std::string_view kind = thing.noun->noun->kind;
    const bool over = preposition == "on" || preposition == "onto" || preposition == "across" ||
                      preposition == "in" || preposition == "over" || preposition == "into" ||
                      preposition == "through" || preposition == "along";
    return over && (kind == "grass" || (kind == "rug" && thing.word == "carpet"));
}

std::string ground_material(const Mention& thing) {
    if (!thing.material.empty()) return thing.material;
    if (thing.noun && thing.noun->noun->kind == "grass") return "grass";
    return {};
}

}  // namespace script
