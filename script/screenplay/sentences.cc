// Actions as English sentences, in words that the prompt writer reads.
#include <algorithm>
#include <cstdio>

#include "base/text/text.h"
#include "script/screenplay/from_shots.h"
#include "script/shots/choices.h"
#include "script/words/action.h"
#include "script/words/inflect.h"
#include "script/words/noun.h"

namespace script {
namespace {

std::string spaced(std::string_view word) {
    std::string out(word);
    for (char& c : out) {
        if (c == '_') c = ' ';
    }
    return out;
}

std::string plain(double value) {
    char text[32];
    std::snprintf(text, sizeof(text), "%.4g", value);
    return text;
}

std::string count_word(int count) {
    static constexpr const char* kWords[] = {"",     "",       "two",   "three", "four",
                                             "five", "six",    "seven", "eight", "nine",
                                             "ten",  "eleven", "twelve"};
    return count <= 12 ? kWords[std::max(count, 0)] : std::to_string(count);
}

std::string times_word(int times) {
    if (times == 1) return "once";
    if (times == 2) return "twice";
    return count_word(times) + " times";
}

std::string length_words(double metres) {
    if (metres < 0.01) return plain(metres * 1000) + " mm";
    if (metres < 1) return plain(metres * 100) + " cm";
    return plain(metres) + (metres == 1 ? " metre" : " metres");
}

std::string with_article(const std::string& noun_phrase) {
    const bool vowel = std::string_view("aeiou").find(noun_phrase[0]) != std::string_view::npos;
    return (vowel ? "an " : "a ") + noun_phrase;
}

std::string capitalised(std::string text) {
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') {
        text[0] = static_cast<char>(text[0] - 'a' + 'A');
    }
    return text;
}

class Teller {
public:
    Teller(const ShotList& list, std::vector<std::string>& mentioned)
        : list_(list), mentioned_(mentioned) {}

    // What happens, without capital and full stop: "a ball drops onto the floor".
    std::string clause(const Action& action, const Place& place) {
        const ActionFrame* frame = action_of_name(action.verb);
        const bool passive = action.subject.empty() && !action.object.empty();
        const std::string& doer_name = passive ? action.object : action.subject;
        const CastMember* doer = find(doer_name);
        const bool many = doer && doer->count > 1 && doer_name == doer->id;
        std::string out = doer_name.empty() ? "something" : thing(doer_name);
        if (passive) {
            out += many ? " are " : " is ";
            out += verb(action.verb, VerbForm::PastParticiple);
        } else if (action.verb == "rest" && action.outcome.kind == "comes_to_rest") {
            out += many ? " come to rest" : " comes to rest";
        } else {
            out += " " + verb(action.verb, many ? VerbForm::Base : VerbForm::ThirdPerson);
        }
        // "falls off the shelf": what an intransitive verb has for an object is where it leaves.
        const bool leaves = !passive && frame && frame->object == ObjectUse::None &&
                            !action.object.empty() && !action.path.empty();
        if (leaves) {
            out += " " + action.path + " " + thing(action.object);
            if (!action.target.empty()) out += " onto " + thing(action.target);
        } else {
            if (!passive && !action.object.empty() && !goes_without_saying(action, frame)) {
                out += " " + thing(action.object);
            }
            out += where(action, place);
        }
        if (!action.instrument.empty()) out += " with " + thing(action.instrument);
        out += measures(action);
        if (action.times > 0) out += " " + times_word(action.times);
        if (!action.manner.empty()) out += " " + action.manner;
        return out + outcome(action, many);
    }

    // What it looks like.
    std::string introduction(const std::string& id) { return find(id) ? thing(id) : ""; }

    // For somebody who is there and does nothing.
    std::string presence(const std::string& id) {
        const CastMember* member = find(id);
        if (member == nullptr || is_mentioned(id)) return "";
        std::string out = capitalised(thing(id));
        out += member->count > 1 ? " stand" : " stands";
        if (!member->on.empty()) out += " on " + thing(member->on);
        return out + ".";
    }

private:
    const CastMember* find(const std::string& name) const {
        for (const CastMember& member : list_.cast) {
            if (member.id == name) return &member;
            for (int n = 2; n <= member.count; ++n) {
                if (member.id + "_" + std::to_string(n) == name) return &member;
            }
        }
        return nullptr;
    }

    bool is_mentioned(const std::string& id) const {
        return std::find(mentioned_.begin(), mentioned_.end(), id) != mentioned_.end();
    }

    // "three red rubber balls" at first, "the balls" afterwards; parts of the set are always "the".
    std::string thing(const std::string& name) {
        if (name.empty()) return "";
        const CastMember* member = find(name);
        if (member == nullptr) {
            if (name == "hoop.board") return "the backboard";
            if (name == "hoop.rim") return "the rim";
            return "the " + spaced(name);
        }
        const bool first = !is_mentioned(member->id);
        if (!first) return "the " + noun(*member);
        mentioned_.push_back(member->id);
        std::string phrase;
        if (member->size_m) phrase += length_words(*member->size_m) + " ";
        if (!member->look.age.empty() && member->look.age != "child")
            phrase += member->look.age + " ";
        if (!member->colour.empty()) phrase += member->colour + " ";
        if (!member->material.empty()) phrase += spaced(member->material) + " ";
        phrase += noun(*member);
        if (!member->look.wearing.empty()) phrase += " in a " + member->look.wearing;
        if (member->count > 1) {
            phrase = count_word(member->count) + " " + phrase;
            if (member->arrangement != Arrangement::Auto) {
                phrase += " in a " + std::string(word_of(member->arrangement));
            }
        } else {
            phrase = with_article(phrase);
        }
        if (!member->on.empty()) {
            const std::string on = member->on;
            phrase += " on " + thing(on);
        }
        return phrase;
    }

    static std::string noun(const CastMember& member) {
        const Noun* known = noun_of_kind(member.kind);
        // The prompt's own word where it has one: the id "ball" of a basketball.
        std::string word = spaced(member.kind);
        std::string own = member.id;
        while (!own.empty() && own.back() >= '0' && own.back() <= '9') own.pop_back();
        while (!own.empty() && own.back() == '_') own.pop_back();
        if (noun_of_kind(own) != nullptr) word = spaced(own);
        if (known && is_person_like(*known)) {
            const bool child = member.look.age == "child" || member.kind == "child";
            if (!member.look.role.empty()) word = member.look.role;
            else if (member.look.sex == "male") word = child ? "boy" : "man";
            else if (member.look.sex == "female") word = child ? "girl" : "woman";
        }
        return member.count > 1 ? plural_of(word) : word;
    }

    static std::string verb(const std::string& base, VerbForm form) {
        for (const Inflected& inflected : verb_forms(base)) {
            if (inflected.form == form) return spaced(inflected.text);
        }
        return spaced(base);
    }

    // "shoots at the hoop": the object that the verb brings along, where it is seen first.
    bool goes_without_saying(const Action& action, const ActionFrame* frame) {
        const CastMember* object = find(action.object);
        const bool usual = object && frame && object->kind == frame->default_object &&
                           object->colour.empty() && object->material.empty() && !object->size_m &&
                           object->count == 1 && !is_mentioned(object->id);
        if (usual) mentioned_.push_back(object->id);
        return usual;
    }

    std::string where(const Action& action, const Place& place) {
        if (action.target.empty()) {
            if (action.path.empty()) return "";
            // "walks across" the place itself.
            static constexpr std::string_view kOverPlaces[] = {"across", "through", "along",
                                                               "around", "over"};
            const bool whole = std::find(std::begin(kOverPlaces), std::end(kOverPlaces),
                                         action.path) != std::end(kOverPlaces);
            if (!whole || place.set.empty()) return " " + action.path;
            return " " + action.path + " the " + spaced(place.set);
        }
        const std::string path = action.path.empty() ? "at" : action.path;
        const bool pool = action.target == "water" && place.set == "pool";
        return " " + path + " " + (pool ? "the pool" : thing(action.target));
    }

    static std::string measures(const Action& action) {
        std::string out;
        if (action.height_m) out += " from " + length_words(*action.height_m);
        if (action.distance_m) out += " from " + length_words(*action.distance_m) + " away";
        if (action.speed_mps) out += " at " + plain(*action.speed_mps) + " m/s";
        if (action.angle_deg) out += " at " + plain(*action.angle_deg) + " degrees";
        return out;
    }

    std::string outcome(const Action& action, bool many) {
        const Outcome& o = action.outcome;
        // What the verb says already.
        const bool said = o.kind.empty() || (action.verb == "rest" && o.kind == "comes_to_rest") ||
                          (action.verb == "break" && o.kind == "breaks") ||
                          (action.verb == "fall_over" && o.kind == "falls_over") ||
                          (action.verb == "hit" && o.kind == "hits");
        if (said) return "";
        const std::string s = many ? "" : "s";
        if (o.kind == "misses") return many ? " and miss" : " and misses";
        if (o.kind == "scores") return " and score" + s;
        if (o.kind == "bounces") return " and bounce" + s + " " + times_word(o.count);
        if (o.kind == "knocks_over_all") return " and knock" + s + " over all of them";
        if (o.kind == "knocks_over") {
            return " and knock" + s + " over " + (o.count == 1 ? "one" : count_word(o.count)) +
                   " of them";
        }
        if (o.kind == "comes_to_rest") return many ? " and come to rest" : " and comes to rest";
        if (o.kind == "breaks") {
            return " and break" + s + (o.target.empty() ? "" : " on " + thing(o.target));
        }
        if (o.kind == "does_not_break") {
            return many ? " but do not break" : " but does not break";
        }
        if (o.kind == "stays_up") return " and stay" + s + " up";
        if (o.kind == "falls_over") return " and fall" + s + " over";
        if (o.kind == "lands_on") return " and land" + s + " on " + thing(o.target);
        if (o.kind == "hits") return " and hit" + s + " " + thing(o.target);
        return "";
    }

    const ShotList& list_;
    std::vector<std::string>& mentioned_;
};

}  // namespace

std::string introduction_of(const ShotList& list, const std::string& id) {
    ShotList alone;
    alone.cast = list.cast;
    for (CastMember& member : alone.cast) member.on.clear();
    std::vector<std::string> mentioned;
    return Teller(alone, mentioned).introduction(id);
}

std::string sentences_of(const Shot& shot, const ShotList& list,
                         std::vector<std::string>& mentioned) {
    Teller teller(list, mentioned);
    std::vector<std::string> sentences;
    for (const Action& action : shot.actions) {
        // Speeches follow as dialogue.
        const bool spoken = action.verb == "speak" &&
                            std::any_of(shot.dialogue.begin(), shot.dialogue.end(),
                                        [&](const Line& l) { return l.speaker == action.subject; });
        if (spoken) continue;
        const std::string clause = teller.clause(action, shot.place);
        if (sentences.empty()) sentences.push_back(clause);
        else if (action.after_previous) sentences.push_back("then " + clause);
        else sentences.back() += " and " + clause;  // at the same time
    }
    for (std::string& sentence : sentences) sentence = capitalised(sentence) + ".";
    for (const std::string& id : shot.cast) {
        const bool speaks = std::any_of(shot.dialogue.begin(), shot.dialogue.end(),
                                        [&](const Line& line) { return line.speaker == id; });
        if (speaks && !sentences.empty()) continue;
        if (std::string text = teller.presence(id); !text.empty()) sentences.push_back(text);
    }
    return base::join(sentences, " ");
}

}  // namespace script
