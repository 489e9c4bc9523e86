#include "script/writer/story.h"

#include <algorithm>
#include <set>

#include "base/text/text.h"
#include "script/words/cut.h"
#include "script/words/function_words.h"
#include "script/words/material.h"
#include "script/writer/casting_rules.h"
#include "script/writer/scene_words.h"
#include "script/writer/write.h"

namespace script {
namespace {

constexpr size_t kMostActions = 8;  // of one shot; a ninth opens the next

bool contains(const std::vector<int>& list, int value) {
    return std::find(list.begin(), list.end(), value) != list.end();
}

bool has_word(std::string_view words, std::string_view word) {
    for (const std::string& one : base::split(words, ' ')) {
        if (one == word) return true;
    }
    return false;
}

class Storyteller {
public:
    Storyteller(const std::vector<Item>& items, int most_shots, size_t bytes)
        : items_(items), most_shots_(most_shots), bytes_(bytes) {
        story_.shots.emplace_back();
    }

    Story run() {
        for (at_ = 0; at_ < items_.size() && !over_; ++at_) {
            std::visit([this](const auto& item) { take(item); }, items_[at_]);
        }
        if (!over_) shot().end = bytes_;
        if (empty(shot()) && story_.shots.size() > 1 && !shot().set_asked) {
            const size_t end = shot().end;
            story_.shots.pop_back();
            shot().end = end;
        }
        for (size_t i = 0; i < story_.shots.size(); ++i) {
            shot_index_ = static_cast<int>(i);
            give_life(story_.shots[i]);
        }
        for (size_t i = 0; i < story_.shots.size(); ++i) settle_place(i);
        for (size_t i = 0; i < story_.shots.size(); ++i) {
            shot_index_ = static_cast<int>(i);
            settle_refs(story_.shots[i]);
        }
        return std::move(story_);
    }

private:
    Cast& cast() { return story_.cast; }
    DraftShot& shot() { return story_.shots.back(); }

    static bool empty(const DraftShot& shot) {
        return shot.actions.empty() && shot.present.empty() && shot.dialogue.empty();
    }

    // ---- shots

    // The words before byte `end` belong to the shot before, those from `begin` on to the new one.
    bool open_shot(bool continues, size_t end, size_t begin) {
        shot().end = std::max(shot().begin, end);
        if (static_cast<int>(story_.shots.size()) >= most_shots_) {
            over_ = true;
            return false;
        }
        DraftShot fresh;
        const DraftShot& before = shot();
        fresh.continues = continues;
        fresh.place = before.place;
        fresh.set_asked = false;
        fresh.time_scale = 1;
        fresh.begin = std::max(shot().end, begin);
        story_.shots.push_back(std::move(fresh));
        shot_index_ = static_cast<int>(story_.shots.size()) - 1;
        last_subjects_.clear();
        return true;
    }

    bool open_shot(bool continues, size_t cut) { return open_shot(continues, cut, cut); }

    // Where a shot begins whose place is told by the item at hand: with its sentence, or with the
    // clause where the sentence began in another place.
    size_t clause_begin() const {
        const auto& actions = story_.shots.back().actions;
        const bool said = !actions.empty() && actions.back().sentence == sentence_;
        if (!said) return sentence_begin_;
        if (const auto* happening = std::get_if<Happening>(&items_[at_])) return happening->begin;
        if (const auto* things = std::get_if<Description>(&items_[at_])) return things->begin;
        return sentence_begin_;
    }

    void take(const NewShot& mark) {
        // "Shot 1: ..." at the start.
        if (empty(shot()) && !shot().set_asked && mark.begin <= shot().begin)
            shot().begin = mark.end;
        if (empty(shot()) && !shot().set_asked) return;
        open_shot(true, mark.begin, mark.end);
        fresh_sentence_ = true;
        sentence_begin_ = mark.end;
    }

    void take(const Sentence& sentence) {
        ++sentence_;
        fresh_sentence_ = true;
        sentence_begin_ = sentence.end;
    }

    void take(const Lens& lens) {
        if (lens.mm > 0) shot().camera.lens_mm = std::clamp(lens.mm, 8.0, 600.0);
        if (lens.f_number > 0) shot().camera.depth_of_field_f = lens.f_number;
    }

    void take(const Duration& duration) {
        if (duration.whole_film) {
            story_.seconds = duration.seconds;
            story_.asked.push_back("seconds");
        } else {
            shot().seconds = duration.seconds;
            shot().asked.push_back("seconds");
        }
    }

    // "Wide shot: ..." after something has happened is a new shot of the same world.
    bool opens_shot(const FilmSetting& setting) {
        const bool looks = setting.word.kind == FilmWordKind::Framing;
        if (!looks || !fresh_sentence_ || shot().actions.empty()) return false;
        const bool alone =
            at_ + 1 >= items_.size() || std::holds_alternative<Sentence>(items_[at_ + 1]);
        return shot().camera.framing != Framing::Auto || setting.subject || !alone;
    }

    void take(const FilmSetting& setting) {
        if (opens_shot(setting) && !open_shot(true, sentence_begin_)) return;
        fresh_sentence_ = false;
        const FilmWord& word = setting.word;
        Place& place = shot().place;
        switch (word.kind) {
            case FilmWordKind::Style:
                if (word.style == Style::Realistic) story_.asked.push_back("style:realistic");
                if (!story_.style) story_.style = word.style;
                break;
            case FilmWordKind::Time: place.time = word.time; break;
            case FilmWordKind::Weather:
                place.weather = word.weather;
                if (word.weather == Weather::Snow) shot().votes.vote("snow_field", 1.2);
                break;
            case FilmWordKind::Framing: shot().camera.framing = word.framing; break;
            case FilmWordKind::Move:
                if (word.move == CameraMove::Static) shot().asked.push_back("camera:static");
                shot().camera.move = word.move;
                break;
            case FilmWordKind::Handheld: shot().camera.handheld = true; break;
            case FilmWordKind::TimeScale: shot().time_scale = word.number; break;
            case FilmWordKind::DepthOfField: shot().camera.depth_of_field_f = word.number; break;
            case FilmWordKind::Sound: {
                auto& sound = shot().sound;
                const std::string text(word.text);
                if (std::find(sound.begin(), sound.end(), text) == sound.end())
                    sound.push_back(text);
                break;
            }
            case FilmWordKind::Gravity: place.gravity = word.text; break;
            case FilmWordKind::Filler: break;
        }
        if (setting.subject) {
            const auto seen = bring(*setting.subject, {});
            Ref ref;
            if (!seen.empty()) ref.entry = seen.front();
            else ref.part = setting.subject->part;
            if (!ref.empty()) shot().camera_subject = ref;
        }
    }

    // ---- things

    void be_present(int entry) {
        if (!contains(shot().present, entry)) shot().present.push_back(entry);
    }

    // Casts what a mention means and where it stands; also what it says it is doing.
    std::vector<int> bring(const Mention& mention, const std::vector<int>& subject) {
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

    // "in a spotlight": where one stands in such a light, not a lamp on the floor.
    bool stands_in_light(const Mention& light) {
        if (!is_stage_light(light.word)) return false;
        shot().votes.vote("stage", 6);
        cast().replaced.push_back(
            {spaced(light.word), "the light of the stage", "a beam of its own cannot be lit yet"});
        return true;
    }

    void stand_on(const std::vector<int>& entries, const std::string& preposition,
                  const Mention& under) {
        if (place_phrase(preposition, under, entries)) {
            if (under.part.empty() || under.part == "floor" || under.part == "water") return;
        }
        const bool upon = preposition == "on" || preposition == "onto" || preposition == "in" ||
                          preposition == "at" || preposition == "off" || preposition == "from" ||
                          preposition == "above" || preposition == "over" ||
                          preposition == "against" || preposition == "of";
        const Ref ref = refer(under, entries, false);
        if (entries.empty() || !upon) return;
        CastEntry& entry = cast()[entries.front()];
        if (ref.entry >= 0 && ref.entry != entries.front() && preposition != "of")
            entry.on = ref.entry;
        else if (!ref.part.empty() && ref.part != "floor") entry.on_part = ref.part;
        if (!ref.part.empty()) shot().votes.vote_part(ref.part, 2);
    }

    void do_while_named(const Mention& mention, const std::vector<int>& entries) {
        Happening happening;
        happening.verb = mention.doing;
        happening.manner = mention.manner;
        perform(happening, entries, {});
    }

    void vote(int entry, double weight) {
        const CastEntry& one = cast()[entry];
        const double size = one.member.size_m.value_or(one.noun->size_m);
        shot().votes.vote_thing(*one.noun, one.member.look.role, weight, size);
    }

    // ---- places

    void name_set(const Mention& mention, const std::string& preposition) {
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
                                       mention.replaced_why.empty()
                                           ? "the nearest place that is built"
                                           : mention.replaced_why});
        }
        if (!mention.material.empty() && mention.set_is_head) here.place.floor = mention.material;
        if (mention.part == "floor" && !mention.material.empty())
            here.place.floor = mention.material;
    }

    static std::string spaced(std::string_view word) {
        std::string out(word);
        std::replace(out.begin(), out.end(), '_', ' ');
        return out;
    }

    double size_of(const std::vector<int>& entries) {
        double size = 0;
        for (const int entry : entries) {
            const CastEntry& one = cast()[entry];
            size = std::max(size, one.member.size_m.value_or(one.noun->size_m));
        }
        return size;
    }

    bool any_living(const std::vector<int>& entries) {
        return std::any_of(entries.begin(), entries.end(), [&](int entry) {
            return is_animate(*cast()[entry].noun) && cast()[entry].noun->size_m > 0.3;
        });
    }

    // "in the kitchen", "on a wooden table", "onto a concrete floor": what the phrase says about
    // the place. True when it is a place (and no thing to be cast).
    bool place_phrase(const std::string& preposition, const Mention& thing,
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
        if (thing.noun && (leaves || preposition == "against" || preposition == "into"))
            return false;
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
    bool table_phrase(const std::string& preposition, const Mention& thing,
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

    // "on ice", "in the sand", "across the grass": a surface, no thing.
    static bool is_ground(const Mention& thing, const std::string& preposition) {
        if (!thing.noun || thing.count > 1 || thing.plural) return false;
        const std::string_view kind = thing.noun->noun->kind;
        const bool over = preposition == "on" || preposition == "onto" || preposition == "across" ||
                          preposition == "in" || preposition == "over" || preposition == "into" ||
                          preposition == "through" || preposition == "along";
        return over && (kind == "grass" || (kind == "rug" && thing.word == "carpet"));
    }

    static std::string ground_material(const Mention& thing) {
        if (!thing.material.empty()) return thing.material;
        if (thing.noun && thing.noun->noun->kind == "grass") return "grass";
        return {};
    }

    // A reference to a thing or a part. `strikes`: something is done to it, so that a wall or a
    // table is brought along as a body.
    Ref refer(const Mention& mention, const std::vector<int>& subject, bool strikes) {
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

    bool plays_at_goal() {
        const auto& actions = shot().actions;
        return std::any_of(actions.begin(), actions.end(), [](const DraftAction& draft) {
            return draft.action.verb == "kick" || draft.target.part == "goal";
        });
    }

    // ---- descriptions

    void take(const Description& description) {
        fresh_sentence_ = false;
        std::vector<int> all;
        for (const Mention& thing : description.things) {
            if (thing.negated) {
                forget(thing);
                continue;
            }
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

    // "without a ball", "there is no dog": it is not in the film.
    void forget(const Mention&) {}

    // ---- speech

    void take(const Speech& speech) {
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

    // ---- happenings

    void take(const Happening& happening) {
        const bool first_of_sentence = fresh_sentence_;
        fresh_sentence_ = false;
        std::vector<int> subjects;
        if (happening.same_subject) {
            subjects = last_subjects_;
        } else {
            for (const Mention& mention : happening.subjects) {
                if (mention.negated) continue;
                auto entries = bring(mention, {});
                if (entries.empty()) entries = subject_of_set(mention, happening);
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

    // "The wall falls", "the dust settles": parts and loose matter as subjects.
    std::vector<int> subject_of_set(const Mention& mention, const Happening&) {
        if (is_rubble(mention.word) && last_broken_ >= 0) {
            cast().replaced.push_back({spaced(mention.word), spaced(cast()[last_broken_].word),
                                       "what is left of it comes to rest; loose " +
                                           spaced(mention.word) + " is not cast"});
            be_present(last_broken_);
            return {last_broken_};
        }
        if (mention.noun && !mention.part.empty()) return bring_part(mention);
        return {};
    }

    std::vector<int> bring_part(const Mention& mention) {
        return cast().resolve(mention, shot_index_);
    }

    void perform(const Happening& happening, std::vector<int> subjects,
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
        if (!happening.verb_why.empty()) {
            cast().replaced.push_back(
                {happening.verb_asked, spaced(happening.verb->base), happening.verb_why});
        } else if (happening.verb->loose &&
                   !(happening.verb->base == "move" && happening.objects.empty())) {
            cast().replaced.push_back({spaced(happening.verb->base),
                                       spaced(happening.verb->action->name),
                                       "the nearest action that can be shown"});
        }
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
        if (objects.empty()) read_shot_object(happening, draft);
        if (happening.instrument) take_instrument(*happening.instrument, draft, subjects, objects);
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

    static void clamp_numbers(Action& action) {
        const auto clamp = [](std::optional<double>& value, double low, double high) {
            if (value) value = std::clamp(*value, low, high);
        };
        clamp(action.height_m, 0, 1000);
        clamp(action.distance_m, 0, 1000);
        clamp(action.speed_mps, 0, 1000);
        clamp(action.angle_deg, -3600, 3600);
        action.times = std::clamp(action.times, 0, 1000);
    }

    static bool is_striking(std::string_view verb) {
        return verb == "knock_over" || verb == "break" || verb == "hit" || verb == "crash" ||
               verb == "push" || verb == "pull" || verb == "explode" || verb == "kick" ||
               verb == "drag" || verb == "topple" || verb == "collapse" || verb == "stack" ||
               verb == "throw";
    }

    Ref object_of(const Mention& mention, const std::vector<int>& subjects, bool strikes,
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
            if (!mention.material.empty() && ref.part == "wall")
                shot().place.wall = mention.material;
            if (!mention.material.empty() && ref.part == "floor")
                shot().place.floor = mention.material;
        }
        return ref;
    }

    // "misses a shot", "scores a goal", "takes a shot": words of the game, not bodies.
    void read_shot_object(const Happening& happening, DraftAction& draft) {
        for (const Mention& mention : happening.objects) {
            if (mention.noun || happening.verb->action->name != "shoot") continue;
            if (mention.word == "goal" || mention.word == "penalty")
                shot().votes.vote("football_field", 4);
            (void)draft;
        }
    }

    void take_instrument(const Mention& mention, DraftAction& draft,
                         const std::vector<int>& subjects, const std::vector<Ref>& objects) {
        const auto entries = bring(mention, subjects);
        if (entries.empty()) return;
        const CastEntry& entry = cast()[entries.front()];
        if (is_animate(*entry.noun)) return;  // company, no tool
        const std::string& verb = draft.action.verb;
        const bool tool = verb == "hit" || verb == "break" || verb == "knock_over" ||
                          verb == "push" || verb == "catch" || verb == "juggle" || verb == "pull" ||
                          verb == "bowl" || verb == "break_shot" || verb == "ring" ||
                          verb == "pour" || verb == "kick" || verb == "throw" || verb == "shoot" ||
                          verb == "swing" || verb == "dance" || verb == "point" || verb == "wave" ||
                          verb == "run" || verb == "walk" || verb == "bounce" || verb == "stand" ||
                          verb == "balance" || verb == "jump" || verb == "attract" ||
                          verb == "spin";
        (void)objects;
        if (tool) draft.instrument.entry = entries.front();
    }

    void read_placings(const Happening& happening, const std::vector<int>& who,
                       DraftAction* draft) {
        for (const Placing& placing : happening.placings) {
            if (!placing.thing) {
                if (draft && draft->action.path.empty() && placing.preposition != "in" &&
                    placing.preposition != "on") {
                    draft->action.path = placing.preposition;
                }
                continue;
            }
            read_placing(placing.preposition, *placing.thing, who, draft);
        }
    }

    void read_placing(const std::string& preposition, const Mention& thing,
                      const std::vector<int>& who, DraftAction* draft) {
        if (thing.negated) return;
        if (is_rubble(thing.word) &&
            (preposition == "in" || preposition == "into" || preposition == "to")) {
            return;
        }
        if (stands_in_light(thing)) return;
        if (draft && falls_from(preposition, thing, who, *draft)) return;
        const bool is_place = place_phrase(preposition, thing, who);
        const ActionFrame* frame = draft ? action_of_name(draft->action.verb) : nullptr;
        const bool pathy = frame && (has_word(frame->paths, preposition) || is_path(preposition));
        // A mere place ("in a kitchen") is said once, with the shot.
        if (is_place && thing.part.empty() &&
            !(draft && preposition != "in" && preposition != "at"))
            return;
        if (is_place && thing.set && thing.set_is_head && thing.part.empty() && !thing.noun) {
            if (draft && draft->action.path.empty() && pathy && preposition != "in" &&
                preposition != "at" && preposition != "on") {
                draft->action.path = preposition;
            }
            return;
        }
        if (is_place && (preposition == "in" || preposition == "at" || preposition == "on") &&
            thing.set && thing.set_is_head && thing.part != "water" && thing.part != "stairs") {
            return;
        }
        Ref ref;
        if (is_place && is_ground(thing, preposition)) {
            ref.part = "floor";
        } else {
            // A wall that something runs into is brought along; one that a ball bounces off is the
            // room's.
            const bool against = preposition == "into" || preposition == "through" ||
                                 preposition == "at" || preposition == "against";
            ref = refer(thing, who, against && draft && is_striking(draft->action.verb));
        }
        if (ref.empty() || draft == nullptr) return;
        if (ref.entry >= 0 && !ref.part.empty()) ref.part.clear();
        if (!ref.part.empty()) shot().votes.vote_part(ref.part, 3);
        if (draft->target.empty() && (draft->action.path.empty() || is_path(preposition))) {
            draft->action.path = preposition;
            draft->target = std::move(ref);
            return;
        }
        if (draft->target.empty()) return;
        // "off a shelf onto the table": the second place is where it ends.
        const bool lands = preposition == "onto" || preposition == "on" || preposition == "into" ||
                           preposition == "to" || preposition == "against";
        const bool on_floor = ref.part == "floor";
        if (lands && draft->action.outcome.kind.empty() && !on_floor) {
            draft->action.outcome.kind = preposition == "against" ? "hits" : "lands_on";
            draft->outcome_target = std::move(ref);
        } else if (!on_floor && is_path(preposition) &&
                   (draft->action.path == "from" || draft->action.path == "on" ||
                    draft->action.path == "in")) {
            draft->action.path = preposition;
            draft->target = std::move(ref);
        }
    }

    // "dropped from a roof", "falls out of a helicopter": filmed where it comes down.
    bool falls_from(const std::string& preposition, const Mention& place,
                    const std::vector<int>& who, DraftAction& draft) {
        const bool leaves =
            preposition == "from" || preposition == "off" || preposition == "out of";
        const bool falls = draft.action.verb == "drop" || draft.action.verb == "fall";
        const auto depth_m = depth_below(place);
        if (!leaves || !falls || !depth_m || any_living(who)) return false;
        if (place.noun && cast().find(place) >= 0) return false;  // it is in the film
        if (!draft.action.height_m) draft.action.height_m = depth_m;
        shot().votes.vote("street", 6);  // no room is as high
        const std::string word = spaced(place.set ? place.set_word : place.word);
        cast().replaced.push_back({word,
                                   "a fall of " + std::to_string(static_cast<int>(*depth_m)) + " m",
                                   "what falls is followed from the ground; the " + word +
                                       " itself is not in the picture"});
        return true;
    }

    static bool is_path(std::string_view preposition) {
        static const std::set<std::string, std::less<>> paths = {
            "onto",   "into",    "off",  "down",   "up",      "through", "over",
            "around", "against", "past", "under",  "across",  "toward",  "from",
            "along",  "at",      "to",   "out of", "between", "behind",  "beside",
            "above",  "on",      "in",   "before", "below",   "out",     "away"};
        return paths.count(std::string(preposition)) > 0;
    }

    // ---- from a draft to actions

    // Missing roles, the sport, and verbs that mean something else of this subject.
    void complete(const Happening& happening, DraftAction& draft, std::vector<int>& subjects,
                  std::vector<Ref>& objects) {
        Action& action = draft.action;
        const Noun* doer = subjects.empty() ? nullptr : cast()[subjects.front()].noun;
        const Arrangement formation =
            subjects.empty() ? Arrangement::Auto : cast()[subjects.front()].member.arrangement;
        action.verb =
            verb_for_subject(action, doer, formation, happening.verb->base, !objects.empty());
        if (!tells_the_end(draft, subjects)) complete_game(draft, subjects, objects);
        if ((action.verb == "roll" || action.verb == "slide") && draft.target.entry >= 0 &&
            cast()[draft.target.entry].noun->kind == "ramp") {
            shot().votes.vote("lab", 4);  // a table is too short for a run-out
        }
        const ActionFrame& frame = *action_of_name(action.verb);
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
        if (!frame.set.empty())
            shot().votes.vote(frame.set, animate_set(frame, subjects) ? 3.5 : 1.5);
        if (frame.name == "knock_over" && all_objects_) {
            action.outcome.kind = "knocks_over_all";
        } else if (frame.name == "knock_over" && !happening.objects.empty() &&
                   objects.size() == 1 && objects[0].entry >= 0) {
            const Mention& said = happening.objects.front();
            const int there = cast()[objects[0].entry].member.count;
            if (said.count > 1 && said.count < there) {
                action.outcome = {"knocks_over", said.count, ""};
            } else if (said.is_pronoun() && said.all) {
                action.outcome.kind = "knocks_over_all";
            }
        }
        all_objects_ = false;
        if (action.outcome.kind == "breaks" || frame.name == "break" ||
            frame.name == "knock_over" || frame.name == "collapse" || frame.name == "explode") {
            if (!objects.empty() && objects.front().entry >= 0)
                last_broken_ = objects.front().entry;
            else if (!subjects.empty()) last_broken_ = subjects.front();
        }
        if (frame.name == "break" && action.outcome.kind.empty()) action.outcome.kind = "breaks";
        if (doer != nullptr && usual_action(*doer, formation) == action.verb) {
            shot().asked.push_back("action:" + action.verb);
        }
        if (frame.name == "speak") shot().asked.push_back("action:speak");
        if (!frame.default_object.empty()) note_default(frame.default_object, objects);
    }

    // "putts the ball and it misses": how the action before ended, no shot at a hoop.
    bool tells_the_end(const DraftAction& draft, const std::vector<int>& subjects) {
        const auto& actions = shot().actions;
        if (draft.action.verb != "shoot" || draft.action.outcome.kind.empty() || actions.empty() ||
            subjects.size() != 1)
            return false;
        const DraftAction& last = actions.back();
        return is_game(last.action.verb) && last.action.outcome.kind.empty() &&
               (subjects.front() == last.subject.entry || subjects.front() == last.object.entry);
    }
    static bool is_game(std::string_view verb) {
        return verb == "shoot" || verb == "throw" || verb == "kick" || verb == "bowl" ||
               verb == "hit" || verb == "roll" || verb == "launch" || verb == "slide";
    }

    // The prompt names what would have been brought along anyway.
    void note_default(std::string_view kind, const std::vector<Ref>& objects) {
        for (const Ref& ref : objects) {
            if (ref.entry < 0) continue;
            const CastEntry& entry = cast()[ref.entry];
            if (!entry.implied && entry.noun->kind == kind)
                shot().asked.push_back("cast:" + entry.word);
        }
    }

    bool animate_set(const ActionFrame& frame, const std::vector<int>& subjects) {
        if (!frame.animate) return true;
        return !subjects.empty() && is_animate(*cast()[subjects.front()].noun);
    }

    // "Two cars crash", "a car and a truck collide": one runs into the other.
    void meet_head_on(DraftAction& draft, std::vector<int>& subjects) {
        if (!draft.target.empty() || subjects.empty()) return;
        if (subjects.size() == 2) {
            draft.target.entry = subjects[1];
            subjects.pop_back();
        } else if (subjects.size() == 1 && cast()[subjects[0]].member.count == 2 &&
                   !cast().full()) {
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

    void ensure_object(std::string_view kind, std::vector<Ref>& objects) {
        if (!objects.empty()) return;
        const int thing = cast().imply(kind, shot_index_);
        if (thing < 0) return;
        be_present(thing);
        objects.push_back({thing, {}, {}});
    }

    // The games: what ball is played, where it goes, and what stands there.
    void complete_game(DraftAction& draft, std::vector<int>& subjects, std::vector<Ref>& objects) {
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
            ensure_object(subjects.empty() ? "car" : "car", objects);
        }
    }

    void complete_shot(DraftAction& draft, std::vector<int>& subjects, std::vector<Ref>& objects) {
        Action& action = draft.action;
        const std::string role = subjects.empty() ? "" : cast()[subjects.front()].member.look.role;
        const Noun* ball = objects.empty() || objects.front().entry < 0
                               ? nullptr
                               : cast()[objects.front().entry].noun;
        const bool hockey =
            role.find("hockey") != std::string::npos || (ball && ball->kind == "puck");
        const bool football = role.find("football") != std::string::npos ||
                              role.find("soccer") != std::string::npos ||
                              (ball && ball->kind == "football") ||
                              shot().votes.winner() == "football_field";
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

    void complete_break_shot(DraftAction& draft, std::vector<int>& subjects,
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
    void complete_pot(DraftAction& draft, std::vector<int>& subjects, std::vector<Ref>& objects) {
        Action& action = draft.action;
        if (objects.empty() || objects.front().entry < 0) return;
        CastEntry& struck = cast()[objects.front().entry];
        const bool table_game =
            struck.noun->kind == "billiard_ball" || shot().votes.winner() == "billiard_hall";
        if (!table_game || struck.noun->category != "ball") return;
        if (action.verb == "hit" && draft.target.part != "pocket" &&
            action.outcome.kind != "scores") {
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

    // An entry of that kind in this film, added if there is none.
    int ensure_standing(std::string_view kind, std::string_view word, int count,
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

    void emit(const Happening& happening, DraftAction draft, const std::vector<int>& subjects,
              const std::vector<Ref>& objects) {
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
    void let_go_of_balance(const DraftAction& draft, const std::vector<int>& subjects) {
        auto& actions = shot().actions;
        if (actions.empty() || actions.back().action.outcome.kind != "stays_up" ||
            subjects.empty() || actions.back().subject.entry != subjects.front()) {
            return;
        }
        const std::string& verb = draft.action.verb;
        const bool down = verb == "fall" || verb == "topple" || verb == "collapse" ||
                          verb == "fall_over" || verb == "tip" || verb == "break";
        if (!down) return;
        actions.back().action.verb = "rock";
        actions.back().action.outcome = {};
    }

    void push_action(DraftAction draft, bool before) {
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
            draft.action.after_previous =
                actions.back().action.after_previous && actions.size() > 1;
            actions.back().action.after_previous = true;
            actions.insert(actions.end() - 1, std::move(draft));
            return;
        }
        actions.push_back(std::move(draft));
    }

    // Does it begin when the action before it is over?
    bool follows_last(const Happening& happening, const std::vector<int>& subjects) {
        const auto& actions = shot().actions;
        if (actions.empty()) return false;
        if (happening.then) return true;
        const DraftAction& last = actions.back();
        if (happening.before_previous) return false;
        if (last.sentence != sentence_) return true;
        if (happening.relative) return !subjects.empty() && subjects.front() != last.subject.entry;
        const bool participle =
            happening.verb && happening.verb->is_ing && !happening.verb->is_base;
        if (participle && happening.same_subject) return false;
        for (const int subject : subjects) {
            if (subject == last.subject.entry || subject == last.object.entry ||
                subject == last.target.entry) {
                return true;
            }
        }
        return happening.same_subject;
    }

    // What becomes of a thing already on its way is the outcome of that action.
    bool merge_into_last(const Happening& happening, DraftAction& draft) {
        auto& actions = shot().actions;
        if (actions.empty() || happening.before_previous) return false;
        DraftAction& last = actions.back();
        const int mover = last.object.entry >= 0 && moves_object(last.action.verb)
                              ? last.object.entry
                              : last.subject.entry;
        const bool same = draft.subject.entry >= 0 && (draft.subject.entry == mover ||
                                                       draft.subject.entry == last.subject.entry);
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

    static bool moves_object(std::string_view verb) {
        return verb == "throw" || verb == "kick" || verb == "shoot" || verb == "drop" ||
               verb == "roll" || verb == "push" || verb == "launch" || verb == "bowl" ||
               verb == "slide" || verb == "spin" || verb == "bounce" || verb == "hit" ||
               verb == "flip" || verb == "skip";
    }
    static bool is_mover(std::string_view verb) {
        return moves_object(verb) || verb == "fall" || verb == "jump" || verb == "swing" ||
               verb == "topple" || verb == "fly" || verb == "flutter" || verb == "tip" ||
               verb == "rebound" || verb == "drive" || verb == "run" || verb == "race" ||
               verb == "sink" || verb == "splash" || verb == "dive";
    }

    static void take_over_place(DraftAction& last, DraftAction& draft) {
        if (last.action.path.empty() && last.target.empty()) {
            last.action.path = draft.action.path;
            last.target = draft.target;
        } else if (last.outcome_target.empty() && !draft.target.empty() &&
                   last.action.outcome.kind == "breaks") {
            last.outcome_target = draft.target;
        }
        if (!last.action.height_m) last.action.height_m = draft.action.height_m;
    }

    // "does not break", "does not fall", "never scores": an outcome of what happens.
    void negate(const Happening& happening, const std::vector<int>& subjects) {
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

    void perform_event(const Happening& happening, std::vector<int> subjects) {
        const Event& event = *happening.event;
        DraftAction draft;
        draft.sentence = sentence_;
        draft.action.verb = event.action;
        draft.action.path = event.path;
        draft.action.outcome.kind = event.outcome;
        draft.action.manner = happening.manner;
        if (!event.set.empty()) shot().votes.vote(event.set, 4);
        std::vector<Ref> objects;
        if (subjects.empty() && !event.subject.empty()) {
            int found = -1;
            const auto match = match_noun(event.subject);
            for (int i = 0; i < cast().size() && match; ++i) {
                if (cast()[i].noun == match->noun) found = i;
            }
            const bool many =
                event.action == "race" || event.action == "topple" || event.action == "roll";
            const int count = event.subject == "domino" ? 30
                              : many                    ? 3
                              : event.subject == "coin" ? 1
                                                        : 1;
            if (found < 0) found = cast().imply(event.subject, shot_index_, count);
            if (found >= 0) {
                if (event.subject == "domino") cast()[found].member.arrangement = Arrangement::Row;
                be_present(found);
                subjects.push_back(found);
            }
        }
        if (!event.object.empty()) {
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
        if (event.action == "break_shot") complete_break_shot(draft, subjects, objects);
        if (event.action == "bowl") ensure_standing("bowling_pin", "pin", 10, Arrangement::Rack);
        if (event.action == "crash" && !objects.empty()) {
            draft.target = objects.front();
            objects.clear();
        }
        if (!event.target.empty() && draft.target.empty()) {
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
        std::vector<int> who = subjects;
        read_placings(happening, who, &draft);
        emit(happening, std::move(draft), subjects, objects);
    }

    // ---- endings

    // A shot in which nothing was said to happen: things do what they usually do.
    void give_life(DraftShot& shot) {
        if (!shot.actions.empty()) return;
        for (const int entry : shot.present) {
            const CastEntry& one = cast()[entry];
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

    void settle_place(size_t index) {
        DraftShot& shot = story_.shots[index];
        if (shot.set_asked) {
            if (index > 0)
                shot.continues =
                    shot.continues && shot.place.set == story_.shots[index - 1].place.set;
            return;
        }
        if (index > 0 && shot.continues) {
            const Place& before = story_.shots[index - 1].place;
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

    void settle_ref(DraftShot& shot, Ref& ref, bool castable) {
        if (ref.entry >= 0 || ref.part.empty()) return;
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
            const auto entries = cast().resolve(*ref.mention, shot_index_);
            if (!entries.empty()) {
                ref.entry = entries.front();
                ref.part.clear();
                if (!contains(shot.present, ref.entry)) shot.present.push_back(ref.entry);
                return;
            }
        }
        ref.part.clear();
    }

    void settle_refs(DraftShot& shot) {
        for (DraftAction& draft : shot.actions) {
            settle_ref(shot, draft.object, true);
            settle_ref(shot, draft.target, true);
            settle_ref(shot, draft.outcome_target, true);
        }
        if (shot.camera_subject) settle_ref(shot, *shot.camera_subject, false);
        for (const int entry : shot.present) {
            CastEntry& one = cast()[entry];
            if (!one.on_part.empty() && !set_has_part(shot.place.set, one.on_part))
                one.on_part.clear();
        }
    }

    const std::vector<Item>& items_;
    const int most_shots_;
    const size_t bytes_;
    Story story_;
    size_t at_ = 0;
    int shot_index_ = 0, sentence_ = 0;
    size_t sentence_begin_ = 0;  // byte of the prompt
    bool over_ = false, fresh_sentence_ = true, all_objects_ = false;
    std::vector<int> last_subjects_;
    int last_broken_ = -1;
};

}  // namespace

Story tell(const std::vector<Item>& items, int most_shots, size_t bytes) {
    return Storyteller(items, std::max(1, most_shots), bytes).run();
}

}  // namespace script
