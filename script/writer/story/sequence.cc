#include <utility>

#include "script/writer/story/storyteller.h"

namespace script {

void Storyteller::emit(const Happening& happening, DraftAction draft,
                       const std::vector<int>& subjects, const std::vector<Ref>& objects) {
    if (subjects.size() == 1 || (subjects.empty() && objects.size() <= 1)) {
        if (!subjects.empty()) draft.subject.entry = subjects.front();
        if (!objects.empty()) draft.object = objects.front();
        if (merge_into_last(happening, draft)) {
            if (!subjects.empty()) last_subjects_ = subjects;
            return;
        }
    }
    let_go_of_balance(draft, subjects);
    const bool follows = follows_last(happening, subjects);
    bool first = true;
    const std::vector<int> doers = subjects.empty() ? std::vector<int>{-1} : subjects;
    std::vector<Ref> things = objects.empty() ? std::vector<Ref>{Ref{}} : objects;
    int made = 0;
    for (const int doer : doers) {
        for (const Ref& thing : things) {
            if (++made > 6) break;
            DraftAction one = draft;
            one.subject.entry = doer;
            one.object = thing;
            one.action.after_previous = first && follows;
            push_action(std::move(one), first && happening.before_previous);
            first = false;
        }
    }
    if (!subjects.empty()) last_subjects_ = subjects;
    else if (!objects.empty() && objects.front().entry >= 0)
        last_subjects_ = {objects.front().entry};
}

// "wobbles and falls": what falls did not stay up before.
void Storyteller::let_go_of_balance(const DraftAction& draft, const std::vector<int>& subjects) {
    auto& actions = shot().actions;
    if (actions.empty() || actions.back().action.outcome.kind != "stays_up" || subjects.empty() ||
        actions.back().subject.entry != subjects.front()) {
        return;
    }
    const std::string& verb = draft.action.verb;
    const bool down = verb == "fall" || verb == "topple" || verb == "collapse" ||
                      verb == "fall_over" || verb == "tip" || verb == "break";
    if (!down) return;
    actions.back().action.verb = "rock";
    actions.back().action.outcome = {};
}

void Storyteller::push_action(DraftAction draft, bool before) {
    auto& actions = shot().actions;
    if (actions.size() >= 3 * kMostActions) return;
    if (draft.subject.entry >= 0) vote(draft.subject.entry, 1.5);
    if (before && !actions.empty() && actions.back().action.verb == "rest" &&
        actions.back().action.outcome.kind == "does_not_break" &&
        draft.action.outcome.kind.empty()) {
        draft.action.outcome.kind = "does_not_break";  // "does not break when it falls"
        actions.back() = std::move(draft);
        return;
    }
    if (before && !actions.empty()) {
        draft.action.after_previous = actions.back().action.after_previous && actions.size() > 1;
        actions.back().action.after_previous = true;
        actions.insert(actions.end() - 1, std::move(draft));
        return;
    }
    actions.push_back(std::move(draft));
}

// Does it begin when the action before it is over?
bool Storyteller::follows_last(const Happening& happening, const std::vector<int>& subjects) {
    const auto& actions = shot().actions;
    if (actions.empty()) return false;
    if (happening.then) return true;
    const DraftAction& last = actions.back();
    if (happening.before_previous) return false;
    if (last.sentence != sentence_) return true;
    if (happening.relative) return !subjects.empty() && subjects.front() != last.subject.entry;
    const bool participle = happening.verb && happening.verb->is_ing && !happening.verb->is_base;
    if (participle && happening.same_subject) return false;
    for (const int subject : subjects) {
        if (subject == last.subject.entry || subject == last.object.entry ||
            subject == last.target.entry) {
            return true;
        }
    }
    return happening.same_subject;
}

}  // namespace script
