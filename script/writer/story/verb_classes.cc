#include "script/writer/story/verb_classes.h"

#include <set>
#include <string>

namespace script {

bool is_striking(std::string_view verb) {
    return verb == "knock_over" || verb == "break" || verb == "hit" || verb == "crash" ||
           verb == "push" || verb == "pull" || verb == "explode" || verb == "kick" ||
           verb == "drag" || verb == "topple" || verb == "collapse" || verb == "stack" ||
           verb == "throw";
}

bool is_game(std::string_view verb) {
    return verb == "shoot" || verb == "throw" || verb == "kick" || verb == "bowl" ||
           verb == "hit" || verb == "roll" || verb == "launch" || verb == "slide";
}

bool moves_object(std::string_view verb) {
    return verb == "throw" || verb == "kick" || verb == "shoot" || verb == "drop" ||
           verb == "roll" || verb == "push" || verb == "launch" || verb == "bowl" ||
           verb == "slide" || verb == "spin" || verb == "bounce" || verb == "hit" ||
           verb == "flip" || verb == "skip";
}

bool is_mover(std::string_view verb) {
    return moves_object(verb) || verb == "fall" || verb == "jump" || verb == "swing" ||
           verb == "topple" || verb == "fly" || verb == "flutter" || verb == "tip" ||
           verb == "rebound" || verb == "drive" || verb == "run" || verb == "race" ||
           verb == "sink" || verb == "splash" || verb == "dive";
}

bool takes_instrument(std::string_view verb) {
    return verb == "hit" || verb == "break" || verb == "knock_over" || verb == "push" ||
           verb == "catch" || verb == "juggle" || verb == "pull" || verb == "bowl" ||
           verb == "break_shot" || verb == "ring" || verb == "pour" || verb == "kick" ||
           verb == "throw" || verb == "shoot" || verb == "swing" || verb == "dance" ||
           verb == "point" || verb == "wave" || verb == "run" || verb == "walk" ||
           verb == "bounce" || verb == "stand" || verb == "balance" || verb == "jump" ||
           verb == "attract" || verb == "spin";
}

bool is_path(std::string_view preposition) {
    static const std::set<std::string, std::less<>> paths = {
        "onto",   "into",    "off",  "down",   "up",      "through", "over",
        "around", "against", "past", "under",  "across",  "toward",  "from",
        "along",  "at",      "to",   "out of", "between", "behind",  "beside",
        "above",  "on",      "in",   "before", "below",   "out",     "away"};
    return paths.count(std::string(preposition)) > 0;
}

}  // namespace script
