// Sets: the places where a film can happen (names.md) and the words that mean them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace script {

struct Set {
    std::string_view name;   // canonical: "ice_rink"
    std::string_view floor;  // usual material of the surface in play
    bool outdoors = false;
    // What a prompt may name there without bringing it along: "shelf table counter".
    std::string_view parts;
};

const std::vector<Set>& sets();
const Set* set_of_name(std::string_view name);  // canonical only
bool set_has_part(std::string_view set, std::string_view part);

struct SetMatch {
    const Set* set = nullptr;
    bool loose = false;  // a near thing ("museum" -> living_room): reported as replaced
    // The word is also a thing or a part ("pool", "table", "stairs"): a set only after in/at/on.
    bool also_thing = false;
    std::string_view gravity;  // "moon"; "" elsewhere
};
// "ice rink", "basketball court", "kitchen" (singular, words joined by ' ' or '_').
std::optional<SetMatch> match_set(std::string_view words);
const Set* find_set(std::string_view words);
// Canonical name of a part of a set: "steps" -> "stairs", "rim" -> "hoop.rim", "ground" -> "floor".
std::optional<std::string_view> find_set_part(std::string_view word);
// The most words of a set or part that begins with this word.
int longest_set_words(const std::string& first);
int longest_part_words(const std::string& first);
std::vector<std::pair<std::string, std::string>> all_set_words();
std::vector<std::pair<std::string, std::string>> all_part_words();

}  // namespace script
