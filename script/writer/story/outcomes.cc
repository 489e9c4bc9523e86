#include <utility>

#include "script/writer/story/storyteller.h"
#include "script/writer/story/verb_classes.h"

namespace script {
namespace {

void take_over_place(DraftAction& last, DraftAction& draft) {
    if (last.action.path.empty() && last.target.empty()) {
        last.action.path = draft.action.path;
        last.target = draft.target;
    } else if (last.outcome_target.empty() && !draft.target.empty() &&
               last.action.outcome.kind == "breaks") {
        last.outcome_target = draft.target;
    }
    if (!last.action.height_m) last.action.height_m = draft.action.height_m;
}

}  // namespace

bool Storyteller::merge_into_last(const Happening& happening, DraftAction& draft) {
    auto& actions = shot().actions;
    if (actions.empty() || happening.before_previous) return false;
    DraftAction& last = actions.back();
    const int mover = last.object.entry >= 0 && moves_object(last.action.verb) ? last.object.entry
                                                                               : last.subject.entry;
    const bool same = draft.subject.entry >= 0 &&
                      (draft.subject.entry == mover || draft.subject.entry == last.subject.entry);
    if (!same || !is_mover(last.action.verb)) return false;
    Outcome& outcome = last.action.outcome;
    const std::string verb = draft.action.verb;
    const bool free = outcome.kind.empty();
    if (verb == "bounce" && free && draft.object.empty()) {
        if (draft.action.times > 0) {
            outcome = {"bounces", draft.action.times, ""};
        } else if ((last.action.verb == "drop" || last.action.verb == "fall") &&
                   last.object.empty()) {
            last.action.verb = "bounce";
        } else {
            return false;
        }
        take_over_place(last, draft);
        return true;
    }
    // "bursts" of a thing that falls: on the ground, not in the air.
    const bool comes_down = last.action.verb == "drop" || last.action.verb == "fall" ||
                            last.action.verb == "throw" || last.action.verb == "roll";
    if ((verb == "break" || (verb == "explode" && comes_down)) && draft.object.empty() &&
        (free || outcome.kind == "lands_on")) {
        outcome = {"breaks", 0, ""};
        last.outcome_target = draft.target;
        take_over_place(last, draft);
        return true;
    }
    if (verb == "rest" && free) {
        outcome = {"comes_to_rest", 0, ""};
        take_over_place(last, draft);
        return true;
    }
    if (verb == "land" && free && !draft.target.empty() && draft.target.part != "floor") {
        outcome = {"lands_on", 0, ""};
        last.outcome_target = draft.target;
        return true;
    }
    if ((verb == "hit" || verb == "crash") && free && draft.subject.entry == mover &&
        last.action.verb != "swing") {
        const Ref& struck = !draft.object.empty() ? draft.object : draft.target;
        if (struck.empty() || !draft.instrument.empty()) return false;
        outcome = {"hits", 0, ""};
        last.outcome_target = struck;
        return true;
    }
    if (verb == "ring" && free && draft.object.entry >= 0) {
        outcome = {"hits", 0, ""};
        last.outcome_target = draft.object;
        return false;  // the bell rings as well
    }
    if (verb == "fall_over" && free && draft.subject.entry == mover) {
        outcome = {"falls_over", 0, ""};
        return true;
    }
    if (verb == "splash" && (last.action.verb == "fall" || last.action.verb == "drop") &&
        draft.object.empty()) {
        last.action.verb = "splash";
        take_over_place(last, draft);
        return true;
    }
    if (is_game(last.action.verb) && free &&
        (draft.action.outcome.kind == "misses" || draft.action.outcome.kind == "scores") &&
        (verb == "shoot" || verb == "kick")) {
        outcome.kind = draft.action.outcome.kind;
        return true;
    }
    if (verb == "skip" && (last.action.verb == "throw" || last.action.verb == "launch") &&
        draft.object.empty()) {
        last.action.verb = "skip";
        last.action.times = draft.action.times;
        take_over_place(last, draft);
        return true;
    }
    return false;
}

void Storyteller::negate(const Happening& happening, const std::vector<int>& subjects) {
    const std::string_view verb = happening.verb->action->name;
    std::string kind;
    if (verb == "break") kind = "does_not_break";
    if (verb == "fall" || verb == "fall_over" || verb == "topple" || verb == "collapse" ||
        verb == "tip")
        kind = "stays_up";
    if (verb == "shoot") kind = happening.verb->outcome == "misses" ? "scores" : "misses";
    auto& actions = shot().actions;
    if (!kind.empty() && !actions.empty() && actions.back().action.outcome.kind.empty()) {
        actions.back().action.outcome.kind = kind;
        if (!subjects.empty() && subjects.front() != actions.back().subject.entry) {
            actions.back().outcome_target.entry = subjects.front();
        }
        return;
    }
    // Nothing to hang it on: the thing stands there and stays whole.
    if (!kind.empty() && !subjects.empty() && kind != "scores" && kind != "misses") {
        DraftAction draft;
        draft.action.verb = kind == "stays_up" ? "balance" : "rest";
        draft.action.outcome.kind = kind;
        draft.subject.entry = subjects.front();
        draft.sentence = sentence_;
        push_action(std::move(draft), false);
    }
}

}  // namespace script
