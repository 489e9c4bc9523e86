#include "script/screenplay/from_shots.h"

#include <cstdio>

#include "base/text/text.h"
#include "script/screenplay/hints.h"
#include "script/screenplay/place_words.h"
#include "script/screenplay/screenplay.h"
#include "script/shots/choices.h"

namespace script {
namespace {

// Text that must not be taken for a note, boneyard or emphasis, on one line.
std::string safe(std::string_view text) {
    std::string out;
    for (size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\n' || c == '\r' || c == '\t') {
            out += ' ';
            continue;
        }
        if (c == '*' || c == '_') out += '\\';
        out += c;
        const char next = i + 1 < text.size() ? text[i + 1] : '\0';
        const bool mark =
            (c == '[' && next == '[') || (c == ']' && next == ']') || (c == '/' && next == '*');
        if (mark) out += ' ';
    }
    return std::string(base::trim(out));
}

class Maker {
public:
    explicit Maker(const ShotList& list) : list_(list) {}

    std::string text() {
        title_page();
        for (size_t i = 0; i < list_.shots.size(); ++i) {
            add_shot(list_.shots[i], i == 0 ? nullptr : &list_.shots[i - 1]);
        }
        return print_fountain(play_);
    }

private:
    void title_page() {
        const auto entry = [&](const char* key, std::string value) {
            play_.title_page.push_back({key, {std::move(value)}, {}});
        };
        if (!list_.title.empty()) entry("Title", safe(list_.title));
        entry("Style", std::string(word_of(list_.style)));
        entry("Size", std::to_string(list_.width_px) + "x" + std::to_string(list_.height_px));
        char fps[32];
        std::snprintf(fps, sizeof(fps), "%.6g", list_.fps);
        entry("FPS", fps);
        entry("Seed", std::to_string(list_.seed));
    }

    Element& add(ElementKind kind, std::string text) {
        Element element;
        element.kind = kind;
        element.text = std::move(text);
        play_.elements.push_back(std::move(element));
        return play_.elements.back();
    }

    void add_shot(const Shot& shot, const Shot* before) {
        const std::string heading = heading_of(shot.place);
        if (before && shot.continues) {
            add(ElementKind::Transition, "CUT TO:");
        } else {
            const bool first_without_set = heading.empty() && !before;
            if (!first_without_set) {
                Element& scene =
                    add(ElementKind::SceneHeading, heading.empty() ? "ANOTHER PLACE" : heading);
                scene.forced = heading.empty();
            }
            if (heading.empty() && shot.place.time != TimeOfDay::Unset) {
                note("time: " + std::string(word_of(shot.place.time)));
            }
            if (shot.continues) note("continues");
        }
        for (std::string& hint : hints_of(shot)) note(std::move(hint));
        add_action(shot);
        for (const Line& line : shot.dialogue) add_line(line);
    }

    void note(std::string text) {
        add(ElementKind::Note, "").notes.push_back({std::move(text), {}});
    }

    void add_action(const Shot& shot) {
        // The words of the prompt are the best telling, unless they repeat the speeches in quotes.
        const bool quotes = shot.description.find('"') != std::string::npos ||
                            shot.description.find("\xe2\x80\x9c") != std::string::npos;
        std::string told = sentences_of(shot, list_, mentioned_);
        if (!shot.description.empty() && !(quotes && !shot.dialogue.empty())) {
            told = shot.description;
        }
        told = safe(told);
        if (!told.empty()) add(ElementKind::Action, told);
    }

    void add_line(const Line& line) {
        std::string name;
        for (const char c : line.speaker.empty() ? std::string("VOICE") : line.speaker) {
            name += c == '_' ? ' ' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
        }
        Element& cue = add(ElementKind::Character, name);
        if (line.speaker.empty()) cue.extension = "V.O.";
        if (!line.manner.empty()) add(ElementKind::Parenthetical, safe(line.manner));
        std::string text = safe(line.text);
        // A line that looks like a parenthetical or a lyric is still spoken.
        if (text.starts_with('(') || text.starts_with('~')) text.insert(0, "\xe2\x80\xa6 ");
        add(ElementKind::Dialogue, text);
    }

    const ShotList& list_;
    Screenplay play_;
    std::vector<std::string> mentioned_;
};

}  // namespace

std::string screenplay_from_shot_list(const ShotList& list) { return Maker(list).text(); }

}  // namespace script
