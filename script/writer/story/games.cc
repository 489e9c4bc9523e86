#include "script/writer/story/storyteller.h"
#include "script/writer/story/verb_classes.h"

namespace script {

bool Storyteller::tells_the_end(const DraftAction& draft, const std::vector<int>& subjects) {
    const auto& actions = shot().actions;
    if (draft.action.verb != "shoot" || draft.action.outcome.kind.empty() || actions.empty() ||
        subjects.size() != 1)
        return false;
    const DraftAction& last = actions.back();
    return is_game(last.action.verb) && last.action.outcome.kind.empty() &&
           (subjects.front() == last.subject.entry || subjects.front() == last.object.entry);
}

// "Two cars crash", "a car and a truck collide": one runs into the other.
void Storyteller::meet_head_on(DraftAction& draft, std::vector<int>& subjects) {
    if (!draft.target.empty() || subjects.empty()) return;
    if (subjects.size() == 2) {
        draft.target.entry = subjects[1];
        subjects.pop_back();
    } else if (subjects.size() == 1 && cast()[subjects[0]].member.count == 2 && !cast().full()) {
        CastEntry twin = cast()[subjects[0]];
        twin.member.count = cast()[subjects[0]].member.count = 1;
        if (twin.usual_count_said) shot().asked.push_back("count:2");
        twin.usual_count_said = cast()[subjects[0]].usual_count_said = false;
        cast().entries().push_back(twin);
        draft.target.entry = cast().size() - 1;
        be_present(draft.target.entry);
    } else {
        return;
    }
    draft.action.path = "into";
}

void Storyteller::complete_game(DraftAction& draft, std::vector<int>& subjects,
                                std::vector<Ref>& objects) {
    Action& action = draft.action;
    if (action.verb == "crash" && objects.empty()) meet_head_on(draft, subjects);
    if (action.verb == "shoot") return complete_shot(draft, subjects, objects);
    if (action.verb == "kick") {
        if (objects.empty() && draft.target.entry < 0) ensure_object("football", objects);
        return;
    }
    if (action.verb == "bowl") {
        ensure_object("bowling_ball", objects);
        ensure_standing("bowling_pin", "pin", 10, Arrangement::Rack);
        if (draft.target.empty()) {
            action.path = "down";
            draft.target.part = "lane";
        }
        return;
    }
    if (action.verb == "break_shot") complete_break_shot(draft, subjects, objects);
    if (action.verb == "sink" || action.verb == "hit") complete_pot(draft, subjects, objects);
    if (action.verb == "juggle" && objects.empty()) {
        const int balls = cast().imply("ball", shot_index_, 3);
        if (balls >= 0) {
            be_present(balls);
            objects.push_back({balls, {}, {}});
        }
    }
    if (action.verb == "ring" && !subjects.empty() && objects.empty() &&
        cast()[subjects.front()].noun->kind != "bell" && draft.target.entry < 0) {
        ensure_object("bell", objects);
    }
    if (action.verb == "drive" && objects.empty() && !subjects.empty() &&
        is_animate(*cast()[subjects.front()].noun)) {
        ensure_object("car", objects);
    }
}

void Storyteller::complete_shot(DraftAction& draft, std::vector<int>& subjects,
                                std::vector<Ref>& objects) {
    Action& action = draft.action;
    const std::string role = subjects.empty() ? "" : cast()[subjects.front()].member.look.role;
    const Noun* ball =
        objects.empty() || objects.front().entry < 0 ? nullptr : cast()[objects.front().entry].noun;
    const bool hockey = role.find("hockey") != std::string::npos || (ball && ball->kind == "puck");
    const bool football =
        role.find("football") != std::string::npos || role.find("soccer") != std::string::npos ||
        (ball && ball->kind == "football") || shot().votes.winner() == "football_field";
    const bool weapon = ball && (ball->kind == "arrow" || ball->kind == "cannonball" ||
                                 ball->kind == "bomb" || ball->kind == "rocket");
    const bool shooter_thing = !subjects.empty() && !is_animate(*cast()[subjects.front()].noun);
    if (weapon || (shooter_thing && cast()[subjects.front()].noun->category != "ball")) {
        action.verb = "launch";
        if (objects.empty() && !subjects.empty() &&
            cast()[subjects.front()].noun->kind == "cannon") {
            ensure_object("cannonball", objects);
        }
        return;
    }
    const bool target_thing = draft.target.entry >= 0;
    if (hockey) {
        ensure_object("puck", objects);
        note_default("puck", objects);
        shot().votes.vote("ice_rink", 8);  // a goal alone would be a football field's
        if (action.path.empty()) action.path = "into";
        return;
    }
    if (football) {
        action.verb = "kick";
        ensure_object("football", objects);
        shot().votes.vote("football_field", 4);
        if (draft.target.empty()) {
            action.path = "into";
            draft.target.part = "goal";
        }
        return;
    }
    if (target_thing && ball && ball->kind != "basketball") return;
    ensure_object("basketball", objects);
    if (subjects.empty()) {
        const int player = cast().imply("basketball_player", shot_index_);
        if (player >= 0) {
            be_present(player);
            subjects.push_back(player);
        }
    }
    shot().votes.vote("gym", 4);
    if (draft.target.empty()) {
        action.path = action.path.empty() || action.path == "in" ? "at" : action.path;
        draft.target.part = "hoop";
    }
    if (action.outcome.kind.empty() && action.path == "into" && draft.target.part == "hoop") {
        action.outcome.kind = "scores";
    }
}

void Storyteller::complete_break_shot(DraftAction& draft, std::vector<int>& subjects,
                                      std::vector<Ref>& objects) {
    ensure_standing("billiard_ball", "billiard_ball", 15, Arrangement::Rack);
    const int cue = ensure_standing("cue", "cue", 1, Arrangement::Auto);
    int white = -1;
    for (int i = 0; i < cast().size(); ++i) {
        if (cast()[i].word == "cue_ball") white = i;
    }
    if (white < 0) white = cast().imply("cue_ball", shot_index_);
    if (white >= 0) be_present(white);
    objects.clear();
    for (int i = 0; i < cast().size(); ++i) {
        if (cast()[i].noun->kind == "billiard_ball" && i != white) {
            objects.push_back({i, {}, {}});
            break;
        }
    }
    if (draft.instrument.entry < 0) draft.instrument.entry = cue;
    if (subjects.empty() && white >= 0) subjects.push_back(white);
}

// "A player sinks the eight ball": the cue ball does it.
void Storyteller::complete_pot(DraftAction& draft, std::vector<int>& subjects,
                               std::vector<Ref>& objects) {
    Action& action = draft.action;
    if (objects.empty() || objects.front().entry < 0) return;
    CastEntry& struck = cast()[objects.front().entry];
    const bool table_game =
        struck.noun->kind == "billiard_ball" || shot().votes.winner() == "billiard_hall";
    if (!table_game || struck.noun->category != "ball") return;
    if (action.verb == "hit" && draft.target.part != "pocket" && action.outcome.kind != "scores") {
        return;
    }
    if (const auto ball = match_noun("billiard_ball"); struck.noun->kind == "ball")
        struck.noun = ball->noun;
    action.verb = "hit";
    action.path = "into";
    if (draft.target.part == "pocket") shot().asked.push_back("part:pocket");
    draft.target.part = "pocket";
    shot().votes.vote("billiard_hall", 4);
    const bool cue_ball = !subjects.empty() && cast()[subjects.front()].word == "cue_ball";
    if (cue_ball) return;
    const int white = cast().imply("cue_ball", shot_index_);
    if (white < 0) return;
    be_present(white);
    subjects = {white};
}

}  // namespace script
