#include <algorithm>
#include <utility>

#include "script/words/noun.h"
#include "script/writer/story/storyteller.h"
#include "script/writer/story/verb_classes.h"

namespace script {
namespace {

void clamp_numbers(Action& action) {
    const auto clamp = [](std::optional<double>& value, double low, double high) {
        if (value) value = std::clamp(*value, low, high);
    };
    clamp(action.height_m, 0, 1000);
    clamp(action.distance_m, 0, 1000);
    clamp(action.speed_mps, 0, 1000);
    clamp(action.angle_deg, -3600, 3600);
    action.times = std::clamp(action.times, 0, 1000);
}

}  // namespace

void Storyteller::take(const Happening& happening) {
    const bool first_of_sentence = fresh_sentence_;
    fresh_sentence_ = false;
    std::vector<int> subjects;
    if (happening.same_subject) {
        subjects = last_subjects_;
    } else {
        for (const Mention& mention : happening.subjects) {
            if (mention.negated) continue;
            auto entries = bring(mention, {});
            if (entries.empty()) entries = subject_of_set(mention);
            subjects.insert(subjects.end(), entries.begin(), entries.end());
        }
        if (subjects.empty() && !happening.subjects.empty()) {
            if (std::all_of(happening.subjects.begin(), happening.subjects.end(),
                            [](const Mention& m) { return m.negated; })) {
                return;
            }
            // "A fire burns": nobody who could do it is in the film.
            if (happening.objects.empty() &&
                std::none_of(happening.subjects.begin(), happening.subjects.end(),
                             [](const Mention& m) { return m.means_something(); })) {
                read_placings(happening, {}, nullptr);
                return;
            }
        }
    }
    if (shot().actions.size() >= kMostActions && first_of_sentence) {
        if (!open_shot(true, sentence_begin_)) return;
        for (const int entry : subjects) be_present(entry);
    }
    for (const int entry : subjects) {
        be_present(entry);
    }
    perform(happening, subjects, happening.subjects);
}

namespace {

// "floats down a stream" is no fall through the air.
std::optional<Happening> on_water(const Happening& happening) {
    if (happening.verb->action->name != "flutter") return {};
    const auto water = [](const Mention& m) {
        return m.part == "water" || (m.set != nullptr && m.set->name == "lake");
    };
    const auto found = std::find_if(happening.objects.begin(), happening.objects.end(), water);
    auto floats = match_verb("float");
    if (found == happening.objects.end() || !floats) return {};
    Happening afloat = happening;
    afloat.verb = std::move(*floats);
    afloat.placings.insert(afloat.placings.begin(), {"on", *found});
    afloat.objects.clear();
    return afloat;
}

}  // namespace

void Storyteller::perform(const Happening& happening, std::vector<int> subjects,
                          const std::vector<Mention>& subject_mentions) {
    if (happening.event != nullptr && !happening.verb)
        return perform_event(happening, std::move(subjects));
    if (!happening.verb) {
        last_subjects_ = subjects;
        read_placings(happening, subjects, nullptr);
        return;
    }
    if (happening.negated) {
        negate(happening, subjects);
        if (!subjects.empty()) last_subjects_ = subjects;
        return;
    }
    if (const auto afloat = on_water(happening))
        return perform(*afloat, std::move(subjects), subject_mentions);
    report_loose_verb(happening);
    DraftAction draft = draft_of(happening, subject_mentions);
    if (happening.seconds) shot().seconds = std::clamp(*happening.seconds, 0.1, 3600.0);
    if (happening.event != nullptr) {
        shot().asked.push_back("event:" + std::string(happening.event->action));
        shot().votes.vote(happening.event->set, 4);
    }
    if (!happening.verb->set.empty()) shot().votes.vote(happening.verb->set, 4);

    const ActionFrame& frame = *happening.verb->action;
    const bool strikes = is_striking(frame.name);
    std::vector<Ref> objects;
    for (const Mention& mention : happening.objects) {
        Ref ref = object_of(mention, subjects, strikes, happening);
        if (!ref.empty()) objects.push_back(std::move(ref));
    }
    if (objects.empty() && !happening.verb->object.empty()) {
        objects.push_back({cast().imply(happening.verb->object, shot_index_), {}, {}});
    }
    if (objects.empty()) read_shot_object(happening);
    if (happening.instrument) take_instrument(*happening.instrument, draft, subjects);
    std::vector<int> everyone = subjects;
    for (const Ref& object : objects) {
        if (object.entry >= 0) everyone.push_back(object.entry);
    }
    const size_t shots_before = story_.shots.size();
    read_placings(happening, everyone, &draft);
    if (story_.shots.size() != shots_before) {
        for (const int entry : everyone) be_present(entry);  // the doer goes there as well
    }
    if (draft.action.path.empty() && !happening.verb->path.empty()) {
        draft.action.path = happening.verb->path;
    }
    // "enters a kitchen", "falls off a shelf": for these an object is where it goes.
    if (frame.object == ObjectUse::None && !objects.empty() && draft.target.empty()) {
        const size_t particle = happening.verb->base.rfind('_');
        const std::string last =
            particle == std::string::npos ? "" : happening.verb->base.substr(particle + 1);
        if (is_path(last)) draft.action.path = last;
        if (draft.action.path.empty())
            draft.action.path = happening.verb->base == "cross" ? "across" : "to";
        draft.target = objects.front();
        objects.clear();
    }
    complete(happening, draft, subjects, objects);
    emit(happening, std::move(draft), subjects, objects);
}

void Storyteller::report_loose_verb(const Happening& happening) {
    if (!happening.verb_why.empty()) {
        cast().replaced.push_back(
            {happening.verb_asked, spaced(happening.verb->base), happening.verb_why});
    } else if (happening.verb->loose &&
               !(happening.verb->base == "move" && happening.objects.empty())) {
        cast().replaced.push_back({spaced(happening.verb->base),
                                   spaced(happening.verb->action->name),
                                   "the nearest action that can be shown"});
    }
}

DraftAction Storyteller::draft_of(const Happening& happening,
                                  const std::vector<Mention>& subject_mentions) {
    DraftAction draft;
    draft.sentence = sentence_;
    draft.action.verb = happening.verb->action->name;
    draft.action.manner =
        happening.manner.empty() ? std::string(happening.verb->manner) : happening.manner;
    if (draft.action.manner.empty() && !subject_mentions.empty()) {
        draft.action.manner = subject_mentions.front().manner;
    }
    draft.action.height_m = happening.height_m;
    draft.action.distance_m = happening.distance_m;
    draft.action.speed_mps = happening.speed_mps;
    draft.action.angle_deg = happening.angle_deg;
    draft.action.times = happening.times;
    if (!happening.verb->outcome.empty()) draft.action.outcome.kind = happening.verb->outcome;
    clamp_numbers(draft.action);
    return draft;
}

Ref Storyteller::object_of(const Mention& mention, const std::vector<int>& subjects, bool strikes,
                           const Happening& happening) {
    if (mention.noun && !mention.part.empty() && strikes && mention.part == "wall" &&
        happening.verb->action->name != "hit") {
        Ref ref;
        const auto entries = bring(mention, subjects);
        if (!entries.empty()) ref.entry = entries.front();
        return ref;
    }
    Ref ref = refer(mention, subjects, strikes);
    if (ref.empty() && mention.set && mention.set_is_head && !mention.noun) {
        name_set(mention, "in");  // "enters a kitchen"
    }
    if (ref.entry >= 0 && mention.all && strikes) all_objects_ = true;
    if (!ref.part.empty()) {
        shot().votes.vote_part(ref.part, 3);
        if (!mention.material.empty() && ref.part == "wall") shot().place.wall = mention.material;
        if (!mention.material.empty() && ref.part == "floor") shot().place.floor = mention.material;
    }
    return ref;
}

// "misses a shot", "scores a goal", "takes a shot": words of the game, not bodies.
void Storyteller::read_shot_object(const Happening& happening) {
    for (const Mention& mention : happening.objects) {
        if (mention.noun || happening.verb->action->name != "shoot") continue;
        if (mention.word == "goal" || mention.word == "penalty")
            shot().votes.vote("football_field", 4);
    }
}

void Storyteller::take_instrument(const Mention& mention, DraftAction& draft,
                                  const std::vector<int>& subjects) {
    const auto entries = bring(mention, subjects);
    if (entries.empty()) return;
    const CastEntry& entry = cast()[entries.front()];
    if (is_animate(*entry.noun)) return;  // company, no tool
    if (takes_instrument(draft.action.verb)) draft.instrument.entry = entries.front();
}

}  // namespace script
