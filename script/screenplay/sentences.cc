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

class Teller {
public:
    Teller(const ShotList& list, std::vector<std::string>& mentioned)
        : list_(list), mentioned_(mentioned) {}

    std::string sentence(const Action& action, bool first) {
        std::string out;
        if (!first && action.after_previous) out = "then ";
        const CastMember* subject = find(action.subject);
        const bool passive = action.subject.empty() && !action.object.empty();
        const std::string doer = passive ? thing(action.object) : thing(action.subject);
        const CastMember* grammatical = passive ? find(action.object) : subject;
        const bool many = grammatical && grammatical->count > 1 &&
                          (passive ? action.object : action.subject) == grammatical->id;
        if (doer.empty()) out += "something";
        out += doer + " ";
        if (passive) out += many ? "are " : "is ";
        out += verb(action.verb, passive ? VerbForm::PastParticiple
                                 : many  ? VerbForm::Base
                                         : VerbForm::ThirdPerson);
        if (!passive && !action.object.empty()) out += " " + thing(action.object);
        if (!action.path.empty() && !action.target.empty()) {
            out += " " + action.path + " " + thing(action.target);
        } else if (!action.target.empty()) {
            out += " at " + thing(action.target);
        } else if (!action.path.empty()) {
            out += " " + action.path;
        }
        if (!action.instrument.empty()) out += " with " + thing(action.instrument);
        out += measures(action);
        if (action.times > 0) out += " " + times_word(action.times);
        if (!action.manner.empty()) out += " " + action.manner;
        out += outcome(action, subject);
        out += ".";
        out[0] = static_cast<char>(out[0] >= 'a' && out[0] <= 'z' ? out[0] - 'a' + 'A' : out[0]);
        return out;
    }

    // For somebody who is there and does nothing.
    std::string presence(const std::string& id) {
        const CastMember* member = find(id);
        if (member == nullptr || is_mentioned(id)) return "";
        std::string out = thing(id);
        out[0] = static_cast<char>(out[0] - 'a' + 'A');
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
        if (member == nullptr) return "the " + spaced(name);
        const bool first = !is_mentioned(member->id);
        if (!first) return "the " + noun(*member);
        mentioned_.push_back(member->id);
        std::string phrase;
        const Noun* known = noun_of_kind(member->kind);
        if (member->size_m) phrase += length_words(*member->size_m) + " ";
        if (!member->look.age.empty() && member->look.age != "child")
            phrase += member->look.age + " ";
        if (!member->colour.empty()) phrase += member->colour + " ";
        if (!member->material.empty() && (!known || member->material != known->material)) {
            phrase += spaced(member->material) + " ";
        }
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
        std::string word = spaced(member.kind);
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

    static std::string measures(const Action& action) {
        std::string out;
        if (action.height_m) out += " from " + length_words(*action.height_m);
        if (action.distance_m) out += " from " + length_words(*action.distance_m) + " away";
        if (action.speed_mps) out += " at " + plain(*action.speed_mps) + " m/s";
        if (action.angle_deg) out += " at " + plain(*action.angle_deg) + " degrees";
        return out;
    }

    std::string outcome(const Action& action, const CastMember* subject) {
        const Outcome& o = action.outcome;
        if (o.kind.empty()) return "";
        const bool many = subject && subject->count > 1;
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
        if (o.kind == "breaks") return " and break" + s;
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

std::string sentences_of(const Shot& shot, const ShotList& list,
                         std::vector<std::string>& mentioned) {
    Teller teller(list, mentioned);
    std::vector<std::string> sentences;
    for (const Action& action : shot.actions) {
        sentences.push_back(teller.sentence(action, sentences.empty()));
    }
    for (const std::string& id : shot.cast) {
        if (std::string text = teller.presence(id); !text.empty()) sentences.push_back(text);
    }
    return base::join(sentences, " ");
}

}  // namespace script
