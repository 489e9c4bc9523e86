#include "script/writer/story/settle.h"

#include <utility>

#include "script/words/action.h"
#include "script/words/set.h"
#include "script/writer/casting_rules.h"

namespace script {
namespace {

// A shot in which nothing was said to happen: things do what they usually do.
void give_life(const Cast& cast, DraftShot& shot) {
    if (!shot.actions.empty()) return;
    for (const int entry : shot.present) {
        const CastEntry& one = cast[entry];
        const std::string_view verb = usual_action(*one.noun, one.member.arrangement);
        if (verb.empty()) continue;
        DraftAction draft;
        draft.action.verb = verb;
        draft.subject.entry = entry;
        shot.actions.push_back(std::move(draft));
        if (shot.actions.size() >= 6) break;
    }
    for (const DraftAction& draft : shot.actions) {
        const ActionFrame* frame = action_of_name(draft.action.verb);
        if (frame) shot.votes.vote(frame->set, 0.5);
    }
}

void settle_place(std::vector<DraftShot>& shots, size_t index) {
    DraftShot& shot = shots[index];
    if (shot.set_asked) {
        if (index > 0)
            shot.continues = shot.continues && shot.place.set == shots[index - 1].place.set;
        return;
    }
    if (index > 0 && shot.continues) {
        const Place& before = shots[index - 1].place;
        shot.place.set = before.set;
        if (shot.place.floor.empty()) shot.place.floor = before.floor;
        if (shot.place.wall.empty()) shot.place.wall = before.wall;
        return;
    }
    // Weather is seen outdoors only.
    const Weather weather = shot.place.weather;
    const bool open_air = weather != Weather::Unset && weather != Weather::Clear;
    std::string_view set = open_air ? shot.votes.winner_outdoors() : shot.votes.winner();
    if (set.empty() && weather == Weather::Snow) set = "snow_field";
    if (set.empty() && open_air) set = "street";
    if (set.empty()) set = "mountain_meadow";
    shot.place.set = set;
    if (set == "moon" && shot.place.gravity.empty()) shot.place.gravity = "moon";
}

void settle_ref(Story& story, int index, Ref& ref, bool castable) {
    if (ref.entry >= 0 || ref.part.empty()) return;
    DraftShot& shot = story.shots[index];
    if (set_has_part(shot.place.set, ref.part) || ref.part == "floor" || ref.part == "hoop" ||
        ref.part == "hoop.board" || ref.part == "hoop.rim" || ref.part == "goal") {
        if (ref.part == "goal" && shot.place.set == "ice_rink") ref.part.clear();
        return;
    }
    if (ref.part == "road" || ref.part == "lane") {
        ref.part = "floor";
        return;
    }
    // The place has no such thing: it is brought along.
    if (castable && ref.mention && ref.mention->noun) {
        const auto entries = story.cast.resolve(*ref.mention, index);
        if (!entries.empty()) {
            ref.entry = entries.front();
            ref.part.clear();
            shot.be_present(ref.entry);
            return;
        }
    }
    ref.part.clear();
}

void settle_refs(Story& story, int index) {
    DraftShot& shot = story.shots[index];
    for (DraftAction& draft : shot.actions) {
        settle_ref(story, index, draft.object, true);
        settle_ref(story, index, draft.target, true);
        settle_ref(story, index, draft.outcome_target, true);
    }
    if (shot.camera_subject) settle_ref(story, index, *shot.camera_subject, false);
    for (const int entry : shot.present) {
        CastEntry& one = story.cast[entry];
        if (!one.on_part.empty() && !set_has_part(shot.place.set, one.on_part)) one.on_part.clear();
    }
}

}  // namespace

void settle(Story& story) {
    const int count = static_cast<int>(story.shots.size());
    for (DraftShot& shot : story.shots) give_life(story.cast, shot);
    for (size_t i = 0; i < story.shots.size(); ++i) settle_place(story.shots, i);
    for (int i = 0; i < count; ++i) settle_refs(story, i);
}

}  // namespace script
