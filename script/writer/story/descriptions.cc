#include <utility>

#include "base/text/text.h"
#include "script/words/cut.h"
#include "script/writer/story/storyteller.h"

namespace script {

void Storyteller::take(const Description& description) {
    fresh_sentence_ = false;
    std::vector<int> all;
    for (const Mention& thing : description.things) {
        if (thing.negated) continue;  // "there is no dog": it is not in the film
        if (thing.set && thing.set_is_head &&
            (!thing.noun || thing.determiner == Determiner::None)) {
            // "A kitchen at night."
            if (!(thing.noun && thing.set->name == "table")) {
                name_set(thing, "in");
                for (const Mention& inside : thing.on) bring(inside, {});
                continue;
            }
        }
        if (!thing.noun && !thing.part.empty() && thing.name.empty()) {
            place_phrase("on", thing, {});
            shot().votes.vote_part(thing.part, 2);
            continue;
        }
        const auto entries = bring(thing, {});
        all.insert(all.end(), entries.begin(), entries.end());
    }
    for (const Placing& placing : description.placings) {
        if (!placing.thing) continue;
        if (description.things.empty()) {
            if (place_phrase(placing.preposition, *placing.thing, all)) continue;
            bring(*placing.thing, {});
        } else {
            stand_on(all, placing.preposition, *placing.thing);
        }
    }
}

void Storyteller::take(const Speech& speech) {
    fresh_sentence_ = false;
    int speaker = -1;
    if (speech.speaker) {
        const auto entries = bring(*speech.speaker, {});
        if (!entries.empty()) speaker = entries.front();
    } else if (speech.same_speaker && !last_subjects_.empty()) {
        speaker = last_subjects_.front();
    }
    std::string text(base::trim(speech.text));
    if (text.empty()) return;
    text = cut_utf8(text, 2000);
    shot().dialogue.push_back({"", text, speech.manner, std::nullopt});
    shot().speakers.push_back(speaker);
    if (speaker < 0) return;
    last_subjects_ = {speaker};
    if (shot().actions.empty() || shot().actions.back().action.verb != "speak" ||
        shot().actions.back().subject.entry != speaker) {
        DraftAction draft;
        draft.action.verb = "speak";
        draft.subject.entry = speaker;
        draft.sentence = sentence_;
        push_action(std::move(draft), false);
    }
}

}  // namespace script
