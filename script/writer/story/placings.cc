#include <string>
#include <utility>

#include "base/text/text.h"
#include "script/writer/scene_words.h"
#include "script/writer/story/storyteller.h"
#include "script/writer/story/verb_classes.h"

namespace script {
namespace {

bool has_word(std::string_view words, std::string_view word) {
    for (const std::string& one : base::split(words, ' ')) {
        if (one == word) return true;
    }
    return false;
}

}  // namespace

void Storyteller::read_placings(const Happening& happening, const std::vector<int>& who,
                                DraftAction* draft) {
    for (const Placing& placing : happening.placings) {
        if (!placing.thing) {
            if (draft && draft->action.path.empty() && placing.preposition != "in" &&
                placing.preposition != "on") {
                draft->action.path = placing.preposition;
            }
            continue;
        }
        read_placing(placing.preposition, *placing.thing, who, draft);
    }
}

void Storyteller::read_placing(const std::string& preposition, const Mention& thing,
                               const std::vector<int>& who, DraftAction* draft) {
    if (thing.negated) return;
    if (is_rubble(thing.word) &&
        (preposition == "in" || preposition == "into" || preposition == "to")) {
        return;
    }
    if (stands_in_light(thing)) return;
    if (draft && falls_from(preposition, thing, who, *draft)) return;
    const bool is_place = place_phrase(preposition, thing, who);
    const ActionFrame* frame = draft ? action_of_name(draft->action.verb) : nullptr;
    const bool pathy = frame && (has_word(frame->paths, preposition) || is_path(preposition));
    // A mere place ("in a kitchen") is said once, with the shot.
    if (is_place && thing.part.empty() && !(draft && preposition != "in" && preposition != "at"))
        return;
    if (is_place && thing.set && thing.set_is_head && thing.part.empty() && !thing.noun) {
        if (draft && draft->action.path.empty() && pathy && preposition != "in" &&
            preposition != "at" && preposition != "on") {
            draft->action.path = preposition;
        }
        return;
    }
    if (is_place && (preposition == "in" || preposition == "at" || preposition == "on") &&
        thing.set && thing.set_is_head && thing.part != "water" && thing.part != "stairs") {
        return;
    }
    Ref ref;
    if (is_place && is_ground(thing, preposition)) {
        ref.part = "floor";
    } else {
        // A wall that something runs into is brought along; one that a ball bounces off is the
        // room's.
        const bool against = preposition == "into" || preposition == "through" ||
                             preposition == "at" || preposition == "against";
        ref = refer(thing, who, against && draft && is_striking(draft->action.verb));
    }
    if (ref.empty() || draft == nullptr) return;
    if (ref.entry >= 0 && !ref.part.empty()) ref.part.clear();
    if (!ref.part.empty()) shot().votes.vote_part(ref.part, 3);
    if (draft->target.empty() && (draft->action.path.empty() || is_path(preposition))) {
        draft->action.path = preposition;
        draft->target = std::move(ref);
        return;
    }
    if (draft->target.empty()) return;
    // "off a shelf onto the table": the second place is where it ends.
    const bool lands = preposition == "onto" || preposition == "on" || preposition == "into" ||
                       preposition == "to" || preposition == "against";
    const bool on_floor = ref.part == "floor";
    if (lands && draft->action.outcome.kind.empty() && !on_floor) {
        draft->action.outcome.kind = preposition == "against" ? "hits" : "lands_on";
        draft->outcome_target = std::move(ref);
    } else if (!on_floor && is_path(preposition) &&
               (draft->action.path == "from" || draft->action.path == "on" ||
                draft->action.path == "in")) {
        draft->action.path = preposition;
        draft->target = std::move(ref);
    }
}

// "dropped from a roof", "falls out of a helicopter": filmed where it comes down.
bool Storyteller::falls_from(const std::string& preposition, const Mention& place,
                             const std::vector<int>& who, DraftAction& draft) {
    const bool leaves = preposition == "from" || preposition == "off" || preposition == "out of";
    const bool falls = draft.action.verb == "drop" || draft.action.verb == "fall";
    const auto depth_m = depth_below(place);
    if (!leaves || !falls || !depth_m || any_living(who)) return false;
    if (place.noun && cast().find(place) >= 0) return false;  // it is in the film
    if (!draft.action.height_m) draft.action.height_m = depth_m;
    shot().votes.vote("street", 6);  // no room is as high
    const std::string word = spaced(place.set ? place.set_word : place.word);
    cast().replaced.push_back(
        {word, "a fall of " + std::to_string(static_cast<int>(*depth_m)) + " m",
         "what falls is followed from the ground; the " + word + " itself is not in the picture"});
    return true;
}

}  // namespace script
