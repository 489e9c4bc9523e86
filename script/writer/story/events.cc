#include <utility>

#include "script/words/event.h"
#include "script/words/noun.h"
#include "script/words/set.h"
#include "script/writer/story/storyteller.h"

namespace script {

void Storyteller::perform_event(const Happening& happening, std::vector<int> subjects) {
    const Event& event = *happening.event;
    DraftAction draft;
    draft.sentence = sentence_;
    draft.action.verb = event.action;
    draft.action.path = event.path;
    draft.action.outcome.kind = event.outcome;
    draft.action.manner = happening.manner;
    if (!event.set.empty()) shot().votes.vote(event.set, 4);
    std::vector<Ref> objects;
    if (subjects.empty() && !event.subject.empty()) bring_event_subject(event, subjects);
    if (!event.object.empty()) bring_event_object(event, objects);
    if (event.action == "break_shot") complete_break_shot(draft, subjects, objects);
    if (event.action == "bowl") ensure_standing("bowling_pin", "pin", 10, Arrangement::Rack);
    if (event.action == "crash" && !objects.empty()) {
        draft.target = objects.front();
        objects.clear();
    }
    if (!event.target.empty() && draft.target.empty()) aim_event(event, draft);
    read_placings(happening, subjects, &draft);
    emit(happening, std::move(draft), subjects, objects);
}

void Storyteller::bring_event_subject(const Event& event, std::vector<int>& subjects) {
    int found = -1;
    const auto match = match_noun(event.subject);
    for (int i = 0; i < cast().size() && match; ++i) {
        if (cast()[i].noun == match->noun) found = i;
    }
    const bool many = event.action == "race" || event.action == "topple" || event.action == "roll";
    const int count = event.subject == "domino" ? 30 : many ? 3 : 1;
    if (found < 0) found = cast().imply(event.subject, shot_index_, count);
    if (found >= 0) {
        if (event.subject == "domino") cast()[found].member.arrangement = Arrangement::Row;
        be_present(found);
        subjects.push_back(found);
    }
}

void Storyteller::bring_event_object(const Event& event, std::vector<Ref>& objects) {
    int thing = cast().imply(event.object, shot_index_);
    if (event.action == "break_shot" && thing >= 0) {
        cast()[thing].member.count = 15;
        cast()[thing].member.arrangement = Arrangement::Rack;
        cast()[thing].plural = true;
    }
    if (thing >= 0) {
        be_present(thing);
        objects.push_back({thing, {}, {}});
    }
}

void Storyteller::aim_event(const Event& event, DraftAction& draft) {
    if (const auto part = find_set_part(event.target)) draft.target.part = *part;
    else if (event.target == "goal") draft.target.part = "goal";
    else {
        const int there = cast().imply(event.target, shot_index_);
        if (there >= 0) {
            be_present(there);
            draft.target.entry = there;
        }
    }
}

}  // namespace script
