#include "studio/worker/characters.h"

#include <algorithm>

#include "base/text/text.h"
#include "studio/worker/traits.h"

namespace studio {
namespace {

bool is_letter(unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c >= 0x80;
}

// Where `word` stands as a whole word at or after `from`.
size_t find_word(const std::string& text, const std::string& word, size_t from = 0) {
    for (size_t at = text.find(word, from); at != std::string::npos; at = text.find(word, at + 1)) {
        const size_t end = at + word.size();
        const bool begins = at == 0 || !is_letter(static_cast<unsigned char>(text[at - 1]));
        const bool ends = end == text.size() || !is_letter(static_cast<unsigned char>(text[end]));
        if (begins && ends) return at;
    }
    return std::string::npos;
}

bool says(const std::string& prompt, const std::string& noun) {
    return find_word(base::to_lower_ascii(prompt), noun) != std::string::npos;
}

std::string free_noun(const Traits& traits, const std::string& prompt) {
    const std::vector<std::string> nouns =
        traits.person_like ? std::vector<std::string>{"woman", "man", "girl", "boy"}
                           : std::vector<std::string>{"ball", "cube", "cylinder", "cone"};
    for (const std::string& noun : nouns) {
        if (!says(prompt, noun)) return noun;
    }
    return nouns.front();
}

std::string id_of(const std::string& name) {
    std::string id = base::slug(name, 40);
    std::replace(id.begin(), id.end(), '-', '_');
    const bool usable =
        !id.empty() &&
        id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos &&
        !(id[0] >= '0' && id[0] <= '9');
    return usable ? id : "character";
}

bool taken(const script::ShotList& list, const std::string& id) {
    return std::any_of(list.cast.begin(), list.cast.end(),
                       [&](const script::CastMember& m) { return m.id == id; });
}

void rename(script::ShotList& list, const std::string& from, const std::string& to) {
    const auto change = [&](std::string& id) {
        if (id == from) id = to;
    };
    for (script::CastMember& member : list.cast) {
        change(member.id);
        change(member.on);
    }
    for (script::Shot& shot : list.shots) {
        for (std::string& id : shot.cast) change(id);
        change(shot.camera.subject);
        for (script::Action& action : shot.actions) {
            for (std::string* id : {&action.subject, &action.object, &action.instrument,
                                    &action.target, &action.outcome.target}) {
                change(*id);
            }
        }
        for (script::Line& line : shot.dialogue) change(line.speaker);
    }
}

}  // namespace

std::vector<Part> cast_characters(const std::vector<JobCharacter>& characters, FilmJob& job) {
    std::vector<std::string*> texts = {&job.prompt};
    for (StoryboardEntry& entry : job.storyboard) texts.push_back(&entry.prompt);
    std::vector<Part> parts;
    for (const JobCharacter& character : characters) {
        const std::string name(base::trim(character.name));
        std::string all;
        for (const std::string* text : texts) all += *text + "\n";
        if (name.empty() || find_word(all, name) == std::string::npos) continue;
        Part part{name, free_noun(traits_from(character.traits), all), id_of(name),
                  character.traits};
        // "The" makes it one and the same wherever it is spoken of.
        const std::string words = "the " + part.noun;
        for (std::string* text : texts) {
            for (size_t at = find_word(*text, name); at != std::string::npos;
                 at = find_word(*text, name, at + words.size())) {
                text->replace(at, name.size(), words);
            }
        }
        parts.push_back(std::move(part));
    }
    return parts;
}

void dress_characters(const std::vector<Part>& parts, script::Written& film) {
    for (const Part& part : parts) {
        const Traits traits = traits_from(part.traits);
        const auto member = std::find_if(
            film.shots.cast.begin(), film.shots.cast.end(), [&](const script::CastMember& m) {
                return m.id == part.noun || base::starts_with(m.id, part.noun + "_");
            });
        if (member == film.shots.cast.end()) {
            film.report.left_out.push_back(part.name);
            continue;
        }
        std::string used = "a " + part.noun;
        if (traits.person_like) {
            const std::string upper = colour_word(traits.upper_hex),
                              lower = colour_word(traits.lower_hex);
            if (!upper.empty()) member->look.wearing = upper + " shirt";
            if (!lower.empty()) {
                member->look.wearing +=
                    (member->look.wearing.empty() ? "" : " and ") + lower + " trousers";
            }
            if (!member->look.wearing.empty()) used += " in a " + member->look.wearing;
        } else if (!traits.colours.empty()) {
            member->colour = traits.colours.front().hex;
            used += " in " + traits.colours.front().hex;
        }
        const std::string old = member->id;
        if (!taken(film.shots, part.id)) rename(film.shots, old, part.id);
        // The report speaks of the name that was said.
        for (std::string& word : film.report.understood) {
            if (word == part.noun) word = part.name;
        }
        film.report.replaced.push_back(
            {part.name, used, "a character is played by what looks most like its clip"});
    }
}

}  // namespace studio
