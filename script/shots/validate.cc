#include "script/shots/validate.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <set>

#include "base/text/text.h"
#include "script/shots/choices.h"
#include "script/shots/fields.h"
#include "script/shots/suggest.h"
#include "script/shots/vocabulary.h"
#include "script/words/set.h"

namespace script {
namespace {

std::string plain(double value) {
    char text[32];
    std::snprintf(text, sizeof(text), "%.6g", value);
    return text;
}

std::string quoted(std::string_view text) {
    constexpr size_t kMost = 60;
    return "\"" + std::string(text.substr(0, kMost)) + (text.size() > kMost ? "..." : "") + "\"";
}

// Ranges, lengths and words of every field, each by itself.
class FieldChecker {
public:
    FieldChecker(std::string pointer, std::vector<Problem>& problems)
        : pointer_(std::move(pointer)), problems_(problems) {}

    void text(const char* name, const std::string& value, const TextRule& rule, const char*) {
        check_text(name, value, rule);
    }
    void number(const char* name, double value, const NumberRule& rule, const char*) {
        const bool too_low = rule.above_low ? value <= rule.low : value < rule.low;
        if (std::isfinite(value) && !too_low && value <= rule.high) return;
        problem(name, plain(value) + " is out of range",
                std::string("use a number ") + (rule.above_low ? "above " : "from ") +
                    plain(rule.low) + " up to " + plain(rule.high));
    }
    void optional_number(const char* name, const std::optional<double>& value,
                         const NumberRule& rule, const char* about) {
        if (value) number(name, *value, rule, about);
    }
    template <typename I>
    void integer(const char* name, const I& value, const IntegerRule& rule, const char*) {
        if (value >= 0 && static_cast<uint64_t>(value) >= rule.low &&
            static_cast<uint64_t>(value) <= rule.high) {
            return;
        }
        problem(name, std::to_string(value) + " is out of range",
                "use a whole number from " + std::to_string(rule.low) + " to " +
                    std::to_string(rule.high));
    }
    void flag(const char*, bool, const char*) {}
    template <typename E>
    void choice(const char* name, const E& value, bool, const char*) {
        for (const auto& option : choices(E{})) {
            if (option.value == value) return;
        }
        problem(name, "unknown value", "");
    }
    void texts(const char* name, const std::vector<std::string>& values, const ListRule& rule,
               const TextRule& each, const char*) {
        check_count(name, values.size(), rule);
        for (size_t i = 0; i < values.size(); ++i) {
            check_text(name + ("/" + std::to_string(i)), values[i], each);
        }
    }
    template <typename T>
    void object(const char* name, const T& value, const char*) {
        FieldChecker inner(pointer_ + "/" + name, problems_);
        describe(inner, value);
    }
    template <typename T>
    void list(const char* name, const std::vector<T>& values, const ListRule& rule, const char*) {
        check_count(name, values.size(), rule);
        const size_t count = std::min(values.size(), static_cast<size_t>(rule.max_items));
        for (size_t i = 0; i < count; ++i) {
            FieldChecker inner(pointer_ + "/" + name + "/" + std::to_string(i), problems_);
            describe(inner, values[i]);
        }
    }

private:
    void check_text(const std::string& step, const std::string& value, const TextRule& rule) {
        if (value.size() > static_cast<size_t>(rule.max_bytes)) {
            return problem(step, "is " + std::to_string(value.size()) + " bytes long",
                           "at most " + std::to_string(rule.max_bytes));
        }
        if (!base::is_valid_utf8(value)) return problem(step, "is not valid UTF-8", "");
        if (value.find('\0') != std::string::npos) return problem(step, "contains a NUL", "");
        if (value.empty()) {
            if (rule.required) problem(step, "must not be empty", "");
            return;
        }
        if (is_allowed(rule.words, value)) return;
        std::string fix = suggestion(value, allowed_words(rule.words));
        if (rule.words == Words::Id) {
            fix = "start with a small letter, then small letters, digits and '_'";
        }
        if (rule.words == Words::Colour) fix = "use a colour word or \"#rrggbb\"";
        problem(step, "unknown " + std::string(name_of(rule.words)) + " " + quoted(value), fix);
    }
    void check_count(const std::string& name, size_t count, const ListRule& rule) {
        if (count > static_cast<size_t>(rule.max_items)) {
            problem(name, "has " + std::to_string(count) + " entries",
                    "at most " + std::to_string(rule.max_items));
        } else if (count == 0 && rule.required) {
            problem(name, "must not be empty", "add at least one");
        }
    }
    void problem(const std::string& step, std::string message, std::string fix) {
        problems_.push_back({pointer_ + "/" + step, std::move(message), std::move(fix)});
    }

    std::string pointer_;
    std::vector<Problem>& problems_;
};

// Names that must mean something, and sums over the whole film.
class ReferenceChecker {
public:
    ReferenceChecker(const ShotList& list, std::vector<Problem>& problems)
        : list_(list), problems_(problems) {}

    void check() {
        check_size("/width_px", list_.width_px);
        check_size("/height_px", list_.height_px);
        check_cast();
        double total = 0;
        for (size_t i = 0; i < list_.shots.size(); ++i) {
            total += list_.shots[i].seconds;
            check_shot("/shots/" + std::to_string(i), list_.shots[i]);
        }
        // A little slack: shots of 1/3 s add up with rounding.
        if (total > kMostSeconds * (1 + 1e-9)) {
            problem("/shots", "the film is " + plain(total) + " s long",
                    "at most " + plain(kMostSeconds) + " s");
        }
    }

private:
    void problem(std::string pointer, std::string message, std::string fix = "") {
        problems_.push_back({std::move(pointer), std::move(message), std::move(fix)});
    }

    void check_size(const char* pointer, int side) {
        if (side % 2 == 0) return;
        problem(pointer, std::to_string(side) + " is odd",
                "use " + std::to_string(side - 1) + " or " + std::to_string(side + 1));
    }

    void check_cast() {
        int64_t bodies = 0;
        for (size_t i = 0; i < list_.cast.size(); ++i) {
            const CastMember& member = list_.cast[i];
            const std::string pointer = "/cast/" + std::to_string(i);
            bodies += std::max(member.count, 0);
            for (int n = 1; n <= std::min(member.count, kMostBodies); ++n) {
                const std::string name = n == 1 ? member.id : member.id + "_" + std::to_string(n);
                if (!bodies_.insert(name).second) {
                    problem(pointer + "/id", "the name " + quoted(name) + " is taken",
                            "names of bodies must differ");
                    break;
                }
            }
            ids_.push_back(member.id);
        }
        if (bodies > kMostBodies) {
            problem("/cast", "has " + std::to_string(bodies) + " bodies in all",
                    "at most " + std::to_string(kMostBodies));
        }
        for (size_t i = 0; i < list_.cast.size(); ++i) {
            check_thing("/cast/" + std::to_string(i) + "/on", list_.cast[i].on, Place{});
        }
    }

    bool in_cast(const std::string& name) const { return bodies_.contains(name); }
    // "ball.stitch" is a part of "ball".
    bool is_thing(const std::string& name, const Place& place) const {
        if (in_cast(name) || in_cast(name.substr(0, name.find('.')))) return true;
        const auto& places = set_places();
        return std::find(places.begin(), places.end(), name) != places.end() ||
               find_set_part(name).has_value() || set_has_part(place.set, name);
    }

    void check_thing(const std::string& pointer, const std::string& name, const Place& place) {
        if (name.empty() || is_thing(name, place)) return;
        std::vector<std::string_view> words = ids_;
        words.insert(words.end(), set_places().begin(), set_places().end());
        const std::string near = nearest_word(name, words);
        problem(pointer, quoted(name) + " is neither in the cast nor a part of a set",
                near.empty() ? "add it to the cast" : "did you mean " + quoted(near) + "?");
    }
    void check_id(const std::string& pointer, const std::string& name) {
        if (name.empty() || in_cast(name)) return;
        const std::string near = nearest_word(name, ids_);
        problem(pointer, quoted(name) + " is not in the cast",
                near.empty() ? "add it to the cast" : "did you mean " + quoted(near) + "?");
    }

    void check_shot(const std::string& pointer, const Shot& shot) {
        for (size_t i = 0; i < shot.cast.size(); ++i) {
            check_id(pointer + "/cast/" + std::to_string(i), shot.cast[i]);
        }
        check_thing(pointer + "/camera/subject", shot.camera.subject, shot.place);
        for (size_t i = 0; i < shot.actions.size(); ++i) {
            check_action(pointer + "/actions/" + std::to_string(i), shot.actions[i], shot.place);
        }
        for (size_t i = 0; i < shot.dialogue.size(); ++i) {
            const std::string at = pointer + "/dialogue/" + std::to_string(i);
            const Line& line = shot.dialogue[i];
            check_id(at + "/speaker", line.speaker);
            if (line.start_s && *line.start_s >= shot.seconds) {
                problem(at + "/start_s", "the line starts after the shot's end",
                        "use less than " + plain(shot.seconds));
            }
        }
    }

    void check_action(const std::string& pointer, const Action& action, const Place& place) {
        check_thing(pointer + "/subject", action.subject, place);
        check_thing(pointer + "/object", action.object, place);
        check_thing(pointer + "/instrument", action.instrument, place);
        check_thing(pointer + "/target", action.target, place);
        const Outcome& outcome = action.outcome;
        check_thing(pointer + "/outcome/target", outcome.target, place);
        const bool needs_count = outcome.kind == "knocks_over" || outcome.kind == "bounces";
        if (needs_count && outcome.count == 0) {
            problem(pointer + "/outcome", "\"" + outcome.kind + "\" needs a count",
                    "add \"count\"");
        }
        const bool needs_target = outcome.kind == "lands_on" || outcome.kind == "hits";
        if (needs_target && outcome.target.empty()) {
            problem(pointer + "/outcome", "\"" + outcome.kind + "\" needs a target",
                    "add \"target\"");
        }
    }

    const ShotList& list_;
    std::vector<Problem>& problems_;
    std::set<std::string> bodies_;
    std::vector<std::string_view> ids_;
};

}  // namespace

std::vector<Problem> validate(const ShotList& list) {
    std::vector<Problem> problems;
    FieldChecker fields("", problems);
    describe(fields, list);
    // Sums and names of a list with absurd numbers would only repeat what was said.
    ReferenceChecker(list, problems).check();
    return problems;
}

}  // namespace script
