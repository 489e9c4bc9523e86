#include <algorithm>

#include "script/writer/scene_words.h"
#include "script/writer/story/storyteller.h"

namespace script {

std::vector<int> Storyteller::bring(const Mention& mention, const std::vector<int>& subject) {
    if (mention.negated) return {};
    const auto entries = cast().resolve(mention, shot_index_, subject);
    for (const int entry : entries) {
        be_present(entry);
        vote(entry, 1.5);
    }
    if (mention.set && (mention.set_is_head ? entries.empty() : true))
        name_set(mention, mention.set_is_head ? "in" : "of");
    for (const Mention& under : mention.on) {
        if (under.negated || stands_in_light(under)) continue;
        stand_on(entries, mention.on_preposition, under);
    }
    if (mention.doing && !entries.empty()) do_while_named(mention, entries);
    return entries;
}

bool Storyteller::stands_in_light(const Mention& light) {
    if (!is_stage_light(light.word)) return false;
    shot().votes.vote("stage", 6);
    cast().replaced.push_back(
        {spaced(light.word), "the light of the stage", "a beam of its own cannot be lit yet"});
    return true;
}

void Storyteller::stand_on(const std::vector<int>& entries, const std::string& preposition,
                           const Mention& under) {
    if (place_phrase(preposition, under, entries)) {
        if (under.part.empty() || under.part == "floor" || under.part == "water") return;
    }
    const bool upon = preposition == "on" || preposition == "onto" || preposition == "in" ||
                      preposition == "at" || preposition == "off" || preposition == "from" ||
                      preposition == "above" || preposition == "over" || preposition == "against" ||
                      preposition == "of";
    const Ref ref = refer(under, entries, false);
    if (preposition == "with" && ref.entry >= 0) put_in_hand(entries, cast()[ref.entry]);
    if (entries.empty() || !upon) return;
    CastEntry& entry = cast()[entries.front()];
    if (ref.entry >= 0 && ref.entry != entries.front() && preposition != "of") entry.on = ref.entry;
    else if (!ref.part.empty() && ref.part != "floor") entry.on_part = ref.part;
    if (!ref.part.empty()) shot().votes.vote_part(ref.part, 2);
}

// "a woman with an umbrella". What is too large to hold stands beside (studio).
void Storyteller::put_in_hand(const std::vector<int>& holders, CastEntry& thing) {
    const auto holder = std::find_if(holders.begin(), holders.end(), [&](int entry) {
        const Noun& noun = *cast()[entry].noun;
        return noun.category == "person" && is_animate(noun);
    });
    if (holder != holders.end() && !is_animate(*thing.noun)) thing.held_by = *holder;
}

void Storyteller::do_while_named(const Mention& mention, const std::vector<int>& entries) {
    Happening happening;
    happening.verb = mention.doing;
    happening.manner = mention.manner;
    perform(happening, entries, {});
}

void Storyteller::vote(int entry, double weight) {
    const CastEntry& one = cast()[entry];
    const double size = one.member.size_m.value_or(one.noun->size_m);
    shot().votes.vote_thing(*one.noun, one.member.look.role, weight, size);
}

Ref Storyteller::refer(const Mention& mention, const std::vector<int>& subject, bool strikes) {
    Ref ref;
    if (mention.negated) return ref;
    if (mention.is_pronoun()) {
        const auto entries = cast().resolve(mention, shot_index_, subject);
        if (!entries.empty()) {
            ref.entry = entries.front();
            be_present(ref.entry);
        }
        return ref;
    }
    if (is_goal_frame(mention.word) && plays_at_goal()) {
        ref.part = "goal";
        return ref;
    }
    const bool part = !mention.part.empty();
    const bool known = mention.noun && cast().find(mention) >= 0;
    const bool fixed = mention.part == "floor" || mention.part == "water" ||
                       mention.part == "ceiling" || mention.part == "stairs" ||
                       mention.part == "road" || mention.part == "lane";
    const bool described = mention.determiner == Determiner::Indefinite ||
                           !mention.colour.empty() || !mention.material.empty();
    if (part && !known && !(strikes && mention.noun && !fixed && described)) {
        ref.part = mention.part;
        ref.mention = mention;
        return ref;
    }
    const auto entries = bring(mention, subject);
    if (!entries.empty()) ref.entry = entries.front();
    return ref;
}

bool Storyteller::plays_at_goal() {
    const auto& actions = shot().actions;
    return std::any_of(actions.begin(), actions.end(), [](const DraftAction& draft) {
        return draft.action.verb == "kick" || draft.target.part == "goal";
    });
}

std::vector<int> Storyteller::subject_of_set(const Mention& mention) {
    if (is_rubble(mention.word) && last_broken_ >= 0) {
        cast().replaced.push_back(
            {spaced(mention.word), spaced(cast()[last_broken_].word),
             "what is left of it comes to rest; loose " + spaced(mention.word) + " is not cast"});
        be_present(last_broken_);
        return {last_broken_};
    }
    if (mention.noun && !mention.part.empty()) return cast().resolve(mention, shot_index_);
    return {};
}

}  // namespace script
