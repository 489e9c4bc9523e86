#include <algorithm>

#include "script/words/set.h"
#include "script/writer/scene_words.h"
#include "script/writer/story/storyteller.h"

namespace script {

void Storyteller::name_set(const Mention& mention, const std::string& preposition) {
    const Set* set = mention.set;
    if (set == nullptr) return;
    // Another place after something has happened: elsewhere, a new shot.
    if (shot().set_asked && shot().place.set != set->name && !shot().actions.empty() &&
        preposition != "of") {
        if (!open_shot(false, clause_begin())) return;
    }
    DraftShot& here = shot();
    here.place.set = set->name;
    here.set_asked = true;
    here.asked.push_back("set:" + mention.set_word);
    if (!mention.set_gravity.empty()) here.place.gravity = mention.set_gravity;
    if (set->name == "moon" && here.place.gravity.empty()) here.place.gravity = "moon";
    if (mention.set_loose) {
        cast().replaced.push_back({spaced(mention.set_word), spaced(set->name),
                                   mention.replaced_why.empty() ? "the nearest place that is built"
                                                                : mention.replaced_why});
    }
    if (!mention.material.empty() && mention.set_is_head) here.place.floor = mention.material;
    if (mention.part == "floor" && !mention.material.empty()) here.place.floor = mention.material;
}

double Storyteller::size_of(const std::vector<int>& entries) {
    double size = 0;
    for (const int entry : entries) {
        const CastEntry& one = cast()[entry];
        size = std::max(size, one.member.size_m.value_or(one.noun->size_m));
    }
    return size;
}

bool Storyteller::any_living(const std::vector<int>& entries) {
    return std::any_of(entries.begin(), entries.end(), [&](int entry) {
        return is_animate(*cast()[entry].noun) && cast()[entry].noun->size_m > 0.3;
    });
}

bool Storyteller::place_phrase(const std::string& preposition, const Mention& thing,
                               const std::vector<int>& who) {
    if (thing.negated || thing.is_pronoun()) return false;
    const bool within =
        preposition == "in" || preposition == "at" || preposition == "on" ||
        preposition == "through" || preposition == "across" || preposition == "along" ||
        preposition == "around" || preposition == "to" || preposition == "over" ||
        preposition == "beside" || preposition == "outside" || preposition == "into" ||
        preposition == "down" || preposition == "onto" || preposition == "from" ||
        preposition == "inside" || preposition == "up" || preposition == "of" ||
        preposition == "toward" || preposition == "under" || preposition == "off" ||
        preposition == "against" || preposition == "past" || preposition == "behind";
    if (!within) return false;
    if (thing.part == "floor" || is_ground(thing, preposition)) {
        const std::string material = ground_material(thing);
        if (!material.empty()) {
            shot().place.floor = material;
            shot().votes.vote_floor(material, is_ground(thing, preposition) ? 3.2 : 2.4);
        }
        if (thing.set) name_set(thing, "of");
        return true;
    }
    if (thing.part == "wall" && !thing.noun && preposition != "of") {
        if (!thing.material.empty()) shot().place.wall = thing.material;
        return true;
    }
    // A thing of the cast comes before a place of the same name ("the tower", "a slide").
    if (thing.noun && cast().find(thing) >= 0 && thing.determiner == Determiner::Definite)
        return false;
    if (!thing.set) return false;
    if (!thing.set_is_head) {
        name_set(thing, preposition);
        return thing.part == "floor";
    }
    const std::string_view set = thing.set->name;
    if (set == "table") return table_phrase(preposition, thing, who);
    if (set == "stairs" || set == "pool" || set == "lake" || set == "rooftop" ||
        set == "snow_field" || set == "billiard_hall" || set == "stage" ||
        set == "mountain_meadow") {
        name_set(thing, preposition);
        return true;
    }
    const bool leaves = preposition == "from" || preposition == "off";
    if (thing.noun && (leaves || preposition == "against" || preposition == "into")) return false;
    // A house is looked at from outside, unless somebody is in it.
    const bool outside = preposition == "over" || preposition == "around" ||
                         preposition == "past" || preposition == "behind" ||
                         preposition == "beside" || preposition == "outside" ||
                         preposition == "onto" || preposition == "toward";
    if (thing.noun && thing.set_loose && outside) return false;
    name_set(thing, preposition);
    return true;
}

// A table is the whole world for dominoes, and furniture for a cat.
bool Storyteller::table_phrase(const std::string& preposition, const Mention& thing,
                               const std::vector<int>& who) {
    const bool upon = preposition == "on" || preposition == "across" || preposition == "over" ||
                      preposition == "along" || preposition == "around" || preposition == "at";
    const double size = size_of(who);
    // "in a classroom ... on the desk": the table of the place that was said.
    if (shot().set_asked && shot().place.set != "table" && !thing.part.empty() &&
        set_has_part(shot().place.set, thing.part)) {
        return false;
    }
    if (upon && size <= 0.6 && !any_living(who)) {
        name_set(thing, preposition);
        if (!thing.material.empty()) shot().place.floor = thing.material;
        return true;
    }
    shot().votes.vote_part("table", 3);
    if (thing.set_word.find("kitchen") != std::string::npos) shot().votes.vote("kitchen", 6);
    return true;
}

}  // namespace script
