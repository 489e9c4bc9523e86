#include "script/writer/casting_rules.h"
#include "script/writer/story/storyteller.h"

namespace script {

void Storyteller::complete(const Happening& happening, DraftAction& draft,
                           std::vector<int>& subjects, std::vector<Ref>& objects) {
    Action& action = draft.action;
    const Noun* doer = subjects.empty() ? nullptr : cast()[subjects.front()].noun;
    const Arrangement formation =
        subjects.empty() ? Arrangement::Auto : cast()[subjects.front()].member.arrangement;
    action.verb = verb_for_subject(action, doer, formation, happening.verb->base, !objects.empty());
    if (!tells_the_end(draft, subjects)) complete_game(draft, subjects, objects);
    if ((action.verb == "roll" || action.verb == "slide") && draft.target.entry >= 0 &&
        cast()[draft.target.entry].noun->kind == "ramp") {
        shot().votes.vote("lab", 4);  // a table is too short for a run-out
    }
    const ActionFrame& frame = *action_of_name(action.verb);
    fill_roles(happening, frame, draft, subjects, objects);
    if (!frame.set.empty()) shot().votes.vote(frame.set, animate_set(frame, subjects) ? 3.5 : 1.5);
    if (frame.name == "knock_over") count_knocked_over(happening, action, objects);
    all_objects_ = false;
    if (action.outcome.kind == "breaks" || frame.name == "break" || frame.name == "knock_over" ||
        frame.name == "collapse" || frame.name == "explode") {
        if (!objects.empty() && objects.front().entry >= 0) last_broken_ = objects.front().entry;
        else if (!subjects.empty()) last_broken_ = subjects.front();
    }
    if (frame.name == "break" && action.outcome.kind.empty()) action.outcome.kind = "breaks";
    if (doer != nullptr && usual_action(*doer, formation) == action.verb) {
        shot().asked.push_back("action:" + action.verb);
    }
    if (frame.name == "speak") shot().asked.push_back("action:speak");
    if (!frame.default_object.empty()) note_default(frame.default_object, objects);
}

void Storyteller::fill_roles(const Happening& happening, const ActionFrame& frame,
                             const DraftAction& draft, std::vector<int>& subjects,
                             std::vector<Ref>& objects) {
    // "Drop a ball": nobody is named, the ball is what moves.
    bool moves_itself = false;
    if (subjects.empty() && !objects.empty() && frame.ergative && objects.front().entry >= 0) {
        for (const Ref& object : objects) subjects.push_back(object.entry);
        objects.clear();
        moves_itself = true;
    }
    if (subjects.empty() && objects.empty() && !happening.same_subject &&
        !frame.default_subject.empty() && happening.subjects.empty()) {
        const int somebody = cast().imply(frame.default_subject, shot_index_);
        if (somebody >= 0) {
            be_present(somebody);
            subjects.push_back(somebody);
        }
    }
    if (objects.empty() && frame.object == ObjectUse::Needed && !frame.default_object.empty() &&
        !moves_itself && !subjects.empty() && draft.target.entry < 0) {
        const int thing = cast().imply(frame.default_object, shot_index_);
        if (thing >= 0) {
            be_present(thing);
            objects.push_back({thing, {}, {}});
        }
    }
}

// "knocks over three pins", "knocks all of them over".
void Storyteller::count_knocked_over(const Happening& happening, Action& action,
                                     const std::vector<Ref>& objects) {
    if (all_objects_) {
        action.outcome.kind = "knocks_over_all";
    } else if (!happening.objects.empty() && objects.size() == 1 && objects[0].entry >= 0) {
        const Mention& said = happening.objects.front();
        const int there = cast()[objects[0].entry].member.count;
        if (said.count > 1 && said.count < there) {
            action.outcome = {"knocks_over", said.count, ""};
        } else if (said.is_pronoun() && said.all) {
            action.outcome.kind = "knocks_over_all";
        }
    }
}

void Storyteller::note_default(std::string_view kind, const std::vector<Ref>& objects) {
    for (const Ref& ref : objects) {
        if (ref.entry < 0) continue;
        const CastEntry& entry = cast()[ref.entry];
        if (!entry.implied && entry.noun->kind == kind)
            shot().asked.push_back("cast:" + entry.word);
    }
}

bool Storyteller::animate_set(const ActionFrame& frame, const std::vector<int>& subjects) {
    if (!frame.animate) return true;
    return !subjects.empty() && is_animate(*cast()[subjects.front()].noun);
}

void Storyteller::ensure_object(std::string_view kind, std::vector<Ref>& objects) {
    if (!objects.empty()) return;
    const int thing = cast().imply(kind, shot_index_);
    if (thing < 0) return;
    be_present(thing);
    objects.push_back({thing, {}, {}});
}

int Storyteller::ensure_standing(std::string_view kind, std::string_view word, int count,
                                 Arrangement formation) {
    for (int i = 0; i < cast().size(); ++i) {
        if (cast()[i].noun->kind == kind && cast()[i].word != "cue_ball") {
            be_present(i);
            CastMember& member = cast()[i].member;
            if (member.arrangement == Arrangement::Auto) member.arrangement = formation;
            return i;
        }
    }
    const int entry = cast().imply(kind, shot_index_, count);
    if (entry < 0) return -1;
    cast()[entry].word = word;
    cast()[entry].member.arrangement = formation;
    be_present(entry);
    return entry;
}

}  // namespace script
