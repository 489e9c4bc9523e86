#include "script/words/action.h"

#include <algorithm>
#include <unordered_map>

#include "base/core/check.h"
#include "base/text/text.h"
#include "script/words/first_words.h"

namespace script {
namespace {

struct Tables {
    std::vector<ActionFrame> actions;
    std::unordered_map<std::string, VerbMatch> forms;
    std::vector<std::pair<std::string, std::string>> bases;
    FirstWords first;
};

const ActionFrame* by_name(const std::vector<ActionFrame>& actions, std::string_view name) {
    for (const ActionFrame& action : actions) {
        if (action.name == name) return &action;
    }
    return nullptr;
}

void mark(VerbMatch& match, VerbForm form) {
    switch (form) {
        case VerbForm::Base: match.is_base = true; break;
        case VerbForm::ThirdPerson: match.is_third = true; break;
        case VerbForm::Past: match.is_past = true; break;
        case VerbForm::PastParticiple: match.is_participle = true; break;
        case VerbForm::Ing: match.is_ing = true; break;
    }
}

void add_verb(Tables& tables, const std::string& base, const VerbMatch& prototype) {
    tables.bases.emplace_back(base, prototype.action->name);
    for (const Inflected& inflected : verb_forms(base)) {
        tables.first.add(inflected.text, '_');
        const auto [place, added] = tables.forms.try_emplace(inflected.text, prototype);
        // The first verb keeps a form that two share, except that its own base form wins.
        if (!added && place->second.base != base) {
            if (inflected.form != VerbForm::Base) continue;
            place->second = prototype;
        }
        place->second.base = base;
        mark(place->second, inflected.form);
    }
}

Tables build() {
    Tables tables;
#define ACTION(name, object, ergative, animate, set, thing, who, paths, meaning) \
    tables.actions.push_back(                                                    \
        {name, ObjectUse::object, ergative, animate, set, thing, who, paths, meaning});
#include "script/words/actions.inc"
#undef ACTION
    const auto add = [&](std::string_view action, std::string_view manner, std::string_view path,
                         std::string_view outcome, std::string_view object, std::string_view set,
                         std::string_view words) {
        VerbMatch prototype;
        prototype.action = by_name(tables.actions, action);
        CHECK(prototype.action != nullptr, "verbs.inc names an unknown action");
        prototype.manner = manner;
        prototype.path = path;
        prototype.outcome = outcome;
        prototype.object = object;
        prototype.set = set;
        for (std::string word : base::split(words, ' ')) {
            if (word.empty()) continue;
            VerbMatch match = prototype;
            if (word[0] == '~') {
                match.loose = true;
                word.erase(0, 1);
            }
            add_verb(tables, word, match);
        }
    };
#define VERBS(action, manner, path, outcome, object, set, words) \
    add(action, manner, path, outcome, object, set, words);
#include "script/words/verbs.inc"
#undef VERBS
    return tables;
}

const Tables& tables() {
    static const Tables instance = build();
    return instance;
}

}  // namespace

const std::vector<ActionFrame>& actions() { return tables().actions; }

const ActionFrame* action_of_name(std::string_view name) { return by_name(tables().actions, name); }

std::optional<VerbMatch> match_verb(std::string_view form) {
    if (form.empty() || form.size() > 64) return std::nullopt;
    std::string key = base::to_lower_ascii(form);
    std::replace(key.begin(), key.end(), ' ', '_');
    const auto found = tables().forms.find(key);
    if (found == tables().forms.end()) return std::nullopt;
    return found->second;
}

std::optional<VerbMatch> match_phrasal(const VerbMatch& verb, std::string_view particle) {
    if (verb.base.find('_') != std::string::npos) return std::nullopt;
    auto match = match_verb(verb.base + "_" + std::string(particle));
    if (!match) return std::nullopt;
    match->is_base = verb.is_base;
    match->is_third = verb.is_third;
    match->is_past = verb.is_past;
    match->is_participle = verb.is_participle;
    match->is_ing = verb.is_ing;
    return match;
}

const ActionFrame* find_action(std::string_view form) {
    const auto match = match_verb(form);
    return match ? match->action : nullptr;
}

int longest_verb_words(const std::string& first) { return tables().first.longest(first); }

std::vector<std::pair<std::string, std::string>> all_verbs() { return tables().bases; }

}  // namespace script
