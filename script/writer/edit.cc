#include "script/writer/edit.h"

#include <algorithm>
#include <set>

#include "script/prompt/clause.h"
#include "script/prompt/film_pass.h"
#include "script/prompt/noun_phrase.h"
#include "script/words/function_words.h"
#include "script/words/material.h"
#include "script/writer/casting_rules.h"
#include "script/writer/write.h"

namespace script {
namespace {

using WordSet = std::set<std::string, std::less<>>;

const WordSet& change_words() {
    static const WordSet words = {"make",   "turn", "change", "paint", "color",
                                  "colour", "set",  "let",    "give"};
    return words;
}
const WordSet& add_words() {
    static const WordSet words = {"add", "include", "plus", "insert", "put", "bring"};
    return words;
}
const WordSet& remove_words() {
    static const WordSet words = {"remove", "delete", "without", "no", "erase", "lose"};
    return words;
}

class Editor {
public:
    Editor(const ShotList& base, std::string_view prompt)
        : pass_(take_film_words(tokenize(prompt))), row_(pass_.tokens) {
        out_.list = base;
    }

    Edited run() {
        for (int i = 0; i < row_.size();) i = std::max(step(i), i + 1);
        return std::move(out_);
    }

private:
    ShotList& list() { return out_.list; }

    int step(int i) {
        if (row_.at(i).kind == TokenKind::Film) {
            apply(pass_.words[static_cast<size_t>(row_.at(i).number)]);
            return i + 1;
        }
        if (row_.is_word(i)) {
            const std::string& word = row_.text(i);
            if (word == "slower" || word == "slow") return slow_down(i);
            if (word == "faster" || (word == "speed" && row_.is(i + 1, "up"))) return speed_up(i);
            if (change_words().count(word)) return change(i + 1);
            if (add_words().count(word)) return add(i + 1);
            if (remove_words().count(word) || (word == "take" && row_.is(i + 1, "away"))) {
                return remove(word == "take" ? i + 2 : i + 1);
            }
            if (word == "replace" || word == "swap") return replace(i + 1);
            if (quality(i)) return i + 1;
            if (is_preposition(word)) return preposition(i);
        }
        if (const auto measure = read_measure(row_, i);
            measure && measure->quantity == Quantity::Time) {
            set_length(measure->value);
            return measure->next;
        }
        if (const auto thing = read_mention(row_, i)) {
            recount(*thing);
            last_ = find(*thing);
            return thing->next;
        }
        return i + 1;
    }

    void changed() { out_.changed = true; }

    void apply(const FilmWord& word) {
        if (word.kind == FilmWordKind::Filler) return;
        changed();
        if (word.kind == FilmWordKind::Style) {
            list().style = word.style;
            return;
        }
        for (Shot& shot : list().shots) {
            switch (word.kind) {
                case FilmWordKind::Time: shot.place.time = word.time; break;
                case FilmWordKind::Weather: shot.place.weather = word.weather; break;
                case FilmWordKind::Framing: shot.camera.framing = word.framing; break;
                case FilmWordKind::Move: shot.camera.move = word.move; break;
                case FilmWordKind::Handheld: shot.camera.handheld = true; break;
                case FilmWordKind::TimeScale: shot.time_scale = word.number; break;
                case FilmWordKind::DepthOfField: shot.camera.depth_of_field_f = word.number; break;
                case FilmWordKind::Gravity: shot.place.gravity = word.text; break;
                case FilmWordKind::Sound: shot.sound = {std::string(word.text)}; break;
                default: break;
            }
        }
    }

    int slow_down(int i) {
        for (Shot& shot : list().shots) shot.time_scale = std::max(0.05, 0.5 * shot.time_scale);
        changed();
        return i + 1;
    }

    int speed_up(int i) {
        for (Shot& shot : list().shots) {
            if (shot.time_scale < 1) {
                shot.time_scale = std::min(1.0, 2 * shot.time_scale);
            } else {
                for (Action& action : shot.actions) action.manner = "fast";
            }
        }
        changed();
        return row_.is(i, "speed") ? i + 2 : i + 1;
    }

    // The cast entry a mention speaks of; -1 when there is none.
    int find(const Mention& thing) {
        auto& cast = list().cast;
        if (thing.is_pronoun()) return last_ >= 0 ? last_ : cast.empty() ? -1 : 0;
        for (size_t i = 0; i < cast.size(); ++i) {
            if (cast[i].id == thing.word) return static_cast<int>(i);
        }
        if (!thing.noun) return -1;
        for (size_t i = 0; i < cast.size(); ++i) {
            if (cast[i].kind == thing.noun->noun->kind) return static_cast<int>(i);
        }
        for (size_t i = 0; i < cast.size(); ++i) {
            const Noun* noun = noun_of_kind(cast[i].kind);
            const bool ball = thing.word == "ball" && noun && noun->category == "ball";
            const bool person = noun && is_person_like(*noun) && is_person_like(*thing.noun->noun);
            if (ball || person) return static_cast<int>(i);
        }
        return -1;
    }

    int change(int i) {
        // "make it slower", "make everything darker": the quality alone is read by step().
        const auto thing = read_mention(row_, i);
        if (!thing) return i;
        const int index = find(*thing);
        if (index < 0) return i;  // "make a cat of it" is read word by word
        last_ = index;
        take_attributes(index, *thing);
        int k = thing->next;
        if (row_.is(k, "be") || row_.is(k, "look") || row_.is(k, "out") || row_.is(k, "to")) ++k;
        while (k < row_.size() && row_.is_word(k)) {
            if (row_.is(k, "into") || row_.is(k, "a") || row_.is(k, "an")) {
                const auto other = read_mention(row_, row_.is(k, "into") ? k + 1 : k);
                if (other && other->noun) {
                    become(index, *other);
                    return other->next;
                }
            }
            if (row_.is(k, "of") || row_.is(k, "out") || row_.is(k, "made") || row_.is(k, "and")) {
                ++k;
                continue;
            }
            if (!quality(k)) break;
            ++k;
        }
        return k;
    }

    void take_attributes(int index, const Mention& thing) {
        if (thing.is_pronoun()) return;
        CastMember& member = list().cast[static_cast<size_t>(index)];
        if (!thing.material.empty() && thing.material != member.material &&
            thing.material_asked.empty()) {
            member.material = thing.material;
            changed();
        }
    }

    // An adjective for the thing in mind: colour, material, size.
    bool quality(int k) {
        if (list().cast.empty()) return false;
        CastMember& member = list().cast[static_cast<size_t>(last_ >= 0 ? last_ : 0)];
        const std::string& word = row_.text(k);
        const std::string two = row_.join(k - 1, 2, '_');
        if (const auto colour = find_colour(two.empty() ? word : two); colour && !two.empty()) {
            member.colour = *colour;
            return changed(), true;
        }
        if (const auto colour = find_colour(word)) {
            member.colour = *colour;
            return changed(), true;
        }
        if (const auto material = find_material(word)) {
            member.material = material->material;
            if (material->loose) {
                out_.replaced.push_back(
                    {word, std::string(material->material), "the nearest material"});
            }
            return changed(), true;
        }
        double factor = find_size_word(word).value_or(1);
        if (word == "bigger" || word == "larger" || word == "taller") factor = 1.6;
        if (word == "smaller" || word == "shorter") factor = 0.6;
        if (factor == 1) return false;
        const Noun* noun = noun_of_kind(member.kind);
        member.size_m =
            std::clamp(member.size_m.value_or(noun ? noun->size_m : 1) * factor, 0.001, 200.0);
        return changed(), true;
    }

    void become(int index, const Mention& other) {
        CastMember& member = list().cast[static_cast<size_t>(index)];
        member.kind = other.noun->noun->kind;
        member.material = other.material;
        member.colour = other.colour.empty() ? member.colour : other.colour;
        member.size_m = other.size_m;
        member.look = other.look;
        note(other);
        changed();
    }

    void note(const Mention& thing) {
        if (!thing.replaced_why.empty() || (thing.noun && thing.noun->loose)) {
            out_.replaced.push_back({thing.word, std::string(thing.noun->noun->kind),
                                     thing.replaced_why.empty()
                                         ? "the nearest thing that can be built"
                                         : thing.replaced_why});
        }
    }

    int add(int i) {
        const auto thing = read_mention(row_, i);
        if (!thing || !thing->noun) return i;
        auto& cast = list().cast;
        if (cast.size() >= static_cast<size_t>(kMaxCast)) return thing->next;
        CastMember member;
        member.kind = thing->noun->noun->kind;
        member.material = thing->material;
        member.colour = thing->colour;
        member.count = std::clamp(thing->count > 0 ? thing->count
                                  : thing->plural  ? 3
                                                   : 1,
                                  1, kMaxBodies);
        member.size_m = thing->size_m;
        if (!member.size_m && thing->size_factor * thing->noun->scale != 1) {
            member.size_m = thing->noun->noun->size_m * thing->size_factor * thing->noun->scale;
        }
        member.look = thing->look;
        member.id = free_id(thing->word, member.count);
        note(*thing);
        const std::string_view verb = usual_action(*thing->noun->noun, Arrangement::Auto);
        for (Shot& shot : list().shots) {
            if (!shot.cast.empty()) shot.cast.push_back(member.id);
        }
        if (!list().shots.empty() && is_animate(*thing->noun->noun)) {
            Action action;
            action.verb = verb;
            action.subject = member.id;
            list().shots.front().actions.push_back(std::move(action));
        }
        cast.push_back(std::move(member));
        last_ = static_cast<int>(cast.size()) - 1;
        changed();
        return thing->next;
    }

    std::string free_id(const std::string& word, int count) {
        std::set<std::string> taken;
        for (const CastMember& member : list().cast) {
            for (int n = 1; n <= member.count; ++n) {
                taken.insert(n == 1 ? member.id : member.id + "_" + std::to_string(n));
            }
        }
        std::string stem;
        for (const char c : word) {
            if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_') stem += c;
        }
        if (stem.empty() || !(stem[0] >= 'a' && stem[0] <= 'z')) stem = "thing_" + stem;
        const auto free = [&](const std::string& id) {
            for (int n = 1; n <= count; ++n) {
                if (taken.count(n == 1 ? id : id + "_" + std::to_string(n))) return false;
            }
            return true;
        };
        std::string id = stem;
        for (int n = 2; !free(id); ++n) id = stem + "_" + std::to_string(n);
        return id;
    }

    int remove(int i) {
        auto thing = read_mention(row_, i);
        if (!thing) return i;
        thing->negated = false;
        const int index = find(*thing);
        if (index < 0) return thing->next;
        const std::string id = list().cast[static_cast<size_t>(index)].id;
        list().cast.erase(list().cast.begin() + index);
        for (CastMember& member : list().cast) {
            if (member.on == id) member.on.clear();
        }
        for (Shot& shot : list().shots) {
            shot.cast.erase(std::remove(shot.cast.begin(), shot.cast.end(), id), shot.cast.end());
            if (shot.camera.subject == id) shot.camera.subject.clear();
            std::erase_if(shot.dialogue, [&](const Line& line) { return line.speaker == id; });
            std::erase_if(shot.actions, [&](const Action& action) {
                return action.subject == id || (action.object == id && action.subject.empty());
            });
            for (Action& action : shot.actions) forget(action, id);
        }
        last_ = -1;
        changed();
        return thing->next;
    }

    static void forget(Action& action, const std::string& id) {
        if (action.object == id) action.object.clear();
        if (action.instrument == id) action.instrument.clear();
        if (action.target == id) {
            action.target.clear();
            action.path.clear();
        }
        if (action.outcome.target == id) action.outcome = {};
    }

    int replace(int i) {
        const auto thing = read_mention(row_, i);
        if (!thing) return i;
        const int index = find(*thing);
        if (index < 0 || !(row_.is(thing->next, "with") || row_.is(thing->next, "by") ||
                           row_.is(thing->next, "for"))) {
            return thing->next;
        }
        const auto other = read_mention(row_, thing->next + 1);
        if (!other || !other->noun) return thing->next;
        last_ = index;
        become(index, *other);
        return other->next;
    }

    // "two of them", "five balls": how many.
    void recount(const Mention& thing) {
        const int index = find(thing);
        if (index < 0) return;
        if (thing.count < 1 || (thing.count == 1 && thing.determiner == Determiner::Indefinite))
            return;
        CastMember& member = list().cast[static_cast<size_t>(index)];
        if (member.count == thing.count) return;
        member.count = std::clamp(thing.count, 1, kMaxBodies);
        changed();
    }

    int preposition(int i) {
        int k = i + 1;
        if (row_.is(k, "a") && (row_.is(k + 1, "height") || row_.is(k + 1, "speed")) &&
            row_.is(k + 2, "of"))
            k += 3;
        if (const auto measure = read_measure(row_, k)) {
            for (Shot& shot : list().shots) {
                if (shot.actions.empty()) continue;
                Action& action = shot.actions.front();
                if (measure->quantity == Quantity::Length)
                    action.height_m = std::min(measure->value, 1000.0);
                if (measure->quantity == Quantity::Speed)
                    action.speed_mps = std::min(measure->value, 1000.0);
                if (measure->quantity == Quantity::Angle)
                    action.angle_deg = std::min(measure->value, 3600.0);
                changed();
                break;
            }
            if (measure->quantity == Quantity::Time) set_length(measure->value);
            return measure->next;
        }
        const auto thing = read_mention(row_, k);
        if (!thing) return k;
        if (row_.is(i, "with") && thing->noun && find(*thing) < 0) return add(k);
        if (thing->set && thing->set_is_head && !(thing->noun && find(*thing) >= 0)) {
            for (Shot& shot : list().shots) {
                shot.place.set = thing->set->name;
                shot.place.floor = thing->material;
                shot.place.gravity = thing->set_gravity;
            }
            if (thing->set_loose) {
                out_.replaced.push_back({thing->set_word, std::string(thing->set->name),
                                         "the nearest place that is built"});
            }
            changed();
        } else if (thing->part == "floor" && !thing->material.empty()) {
            for (Shot& shot : list().shots) shot.place.floor = thing->material;
            changed();
        }
        return thing->next;
    }

    // The shots keep their shares of the film.
    void set_length(double seconds) {
        const double now = list().seconds();
        if (!(now > 0) || !(seconds > 0) || seconds > 3600) return;
        for (Shot& shot : list().shots) shot.seconds *= seconds / now;
        changed();
    }

    FilmPass pass_;
    Row row_;
    Edited out_;
    int last_ = -1;
};

}  // namespace

bool tells_story(std::string_view prompt) {
    const auto tokens = tokenize(prompt);
    for (const Token& token : tokens) {
        if (token.kind != TokenKind::Word) continue;
        const std::string& word = token.text;
        if (change_words().count(word) || add_words().count(word) || remove_words().count(word) ||
            word == "replace" || word == "swap" || word == "please") {
            return false;
        }
        break;
    }
    for (const Item& item : read_clauses(tokens)) {
        const Happening* happening = std::get_if<Happening>(&item);
        if (happening && (happening->event || (happening->verb && !happening->subjects.empty())))
            return true;
    }
    return false;
}

Edited edit(const ShotList& base, std::string_view prompt) { return Editor(base, prompt).run(); }

}  // namespace script
