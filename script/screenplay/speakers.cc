#include "script/screenplay/speakers.h"

#include <algorithm>

#include "base/text/text.h"
#include "script/shots/vocabulary.h"
#include "script/words/noun.h"

namespace script {
namespace {

// "The Old Man #2" -> "old_man_2"
std::string name_of_cue(std::string_view words) {
    std::string name;
    for (const char c : base::to_lower_ascii(words)) {
        const bool keep = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (keep) name += c;
        else if (!name.empty() && name.back() != '_') name += '_';
    }
    for (const std::string_view article : {"the_", "a_", "an_"}) {
        if (name.starts_with(article)) name.erase(0, article.size());
    }
    while (!name.empty() && name.back() == '_') name.pop_back();
    if (name.size() > 48) name.resize(48);
    return name;
}

bool is_person(const CastMember& member) {
    const Noun* noun = noun_of_kind(member.kind);
    return noun != nullptr && is_person_like(*noun);
}

bool is_present(const Shot& shot, const std::string& id) {
    if (std::find(shot.cast.begin(), shot.cast.end(), id) != shot.cast.end()) return true;
    return std::any_of(shot.actions.begin(), shot.actions.end(), [&](const Action& action) {
        return action.subject == id || action.object == id || action.target == id;
    });
}

bool is_off_screen(const std::string& extension) {
    const std::string lower = base::to_lower_ascii(extension);
    return lower.find("v.o") != std::string::npos || lower.find("o.s") != std::string::npos ||
           lower.find("o.c") != std::string::npos || lower.find("off") != std::string::npos;
}

}  // namespace

std::string cast_id_of(const ShotList& list, std::string_view words) {
    const std::string name = name_of_cue(words);
    if (name.empty()) return "";
    for (const CastMember& member : list.cast) {
        for (int n = 1; n <= member.count; ++n) {
            if (name == (n == 1 ? member.id : member.id + "_" + std::to_string(n))) return name;
        }
    }
    for (const CastMember& member : list.cast) {
        if (!member.look.role.empty() && name_of_cue(member.look.role) == name) return member.id;
    }
    // "the red ball": the last word that names somebody.
    const std::string last = name.substr(name.rfind('_') + 1);
    for (const CastMember& member : list.cast) {
        if (member.id == last) return member.id;
    }
    if (const auto match = match_noun(name)) {
        std::string found;
        for (const CastMember& member : list.cast) {
            const bool fits = member.kind == match->noun->kind &&
                              (match->look.sex.empty() || member.look.sex.empty() ||
                               member.look.sex == match->look.sex);
            if (!fits) continue;
            if (!found.empty()) return "";  // could be either
            found = member.id;
        }
        return found;
    }
    return "";
}

std::string Speakers::unnamed_person(const Shot& shot) const {
    std::string found;
    for (const CastMember& member : list_.cast) {
        if (!is_person(member) || taken_.contains(member.id) || !is_present(shot, member.id)) {
            continue;
        }
        if (!found.empty()) return "";
        found = member.id;
    }
    return found;
}

std::string Speakers::add_person(const std::string& name) {
    CastMember member;
    member.kind = "person";
    if (const auto match = match_noun(name); match && is_animate(*match->noun)) {
        member.kind = std::string(match->noun->kind);
        member.look = match->look;
    }
    member.id = is_allowed(Words::Id, name) ? name : "speaker";
    std::set<std::string> ids;
    for (const CastMember& other : list_.cast) {
        for (int n = 1; n <= std::max(1, other.count); ++n) {
            ids.insert(n == 1 ? other.id : other.id + "_" + std::to_string(n));
        }
    }
    for (int n = 2; ids.contains(member.id); ++n) member.id = "speaker_" + std::to_string(n);
    list_.cast.push_back(member);
    return list_.cast.back().id;
}

std::string Speakers::speaker(const SpokenLine& speech, Shot& shot) {
    const std::string name = name_of_cue(speech.speaker);
    std::string id;
    if (const auto known = known_.find(name); known != known_.end()) id = known->second;
    if (id.empty()) id = cast_id_of(list_, speech.speaker);
    if (id.empty() && is_off_screen(speech.extension)) return "";
    if (id.empty() && speech.speaker.empty()) return "";
    if (id.empty()) {
        const auto noun = match_noun(name);
        if (!noun || is_person_like(*noun->noun)) id = unnamed_person(shot);
        if (id.empty()) id = add_person(name);
    }
    known_[name] = id;
    taken_.insert(id);
    if (!is_off_screen(speech.extension) && !is_present(shot, id)) shot.cast.push_back(id);
    return id;
}

}  // namespace script
