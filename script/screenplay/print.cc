// Writing Fountain: what was read as it was, what was made in the usual form.
#include <algorithm>

#include "base/text/text.h"
#include "script/screenplay/screenplay.h"
#include "script/screenplay/title_page.h"

namespace script {
namespace {

// Is a paragraph with this first line read as action, standing between empty lines?
bool reads_as(ElementKind kind, const std::string& line, bool followed_by_gap) {
    const Screenplay read = parse_fountain("x\n\n" + line + (followed_by_gap ? "\n\n" : "\nx\n"));
    return read.elements.size() > 2 && read.elements[2].kind == kind;
}

std::string notes_of(const Element& element) {
    std::string out;
    for (const Note& note : element.notes) out += " [[" + note.text + "]]";
    return out;
}

std::string heading_line(const Element& element) {
    std::string line = element.text;
    if (element.forced || !reads_as(ElementKind::SceneHeading, line, true)) line = "." + line;
    if (!element.scene_number.empty()) line += " #" + element.scene_number + "#";
    return line + notes_of(element);
}

std::string cue_line(const Element& element) {
    std::string line = element.text;
    if (!element.extension.empty()) line += " (" + element.extension + ")";
    if (element.dual) line += " ^";
    if (element.forced || !reads_as(ElementKind::Character, line, false)) line = "@" + line;
    return line + notes_of(element);
}

std::string action_lines(const Element& element) {
    std::string out;
    for (const std::string& line : base::split(element.text, '\n')) {
        if (!out.empty()) out += '\n';
        const bool plain = !line.empty() && reads_as(ElementKind::Action, line, true);
        out += (element.forced || !plain ? "!" : "") + line;
    }
    return out + notes_of(element);
}

std::string body(const Element& element) {
    switch (element.kind) {
        case ElementKind::Blank: return "";
        case ElementKind::SceneHeading: return heading_line(element);
        case ElementKind::Action: return action_lines(element);
        case ElementKind::Character: return cue_line(element);
        case ElementKind::Parenthetical: return "(" + element.text + ")" + notes_of(element);
        case ElementKind::Dialogue: return element.text + notes_of(element);
        case ElementKind::Lyrics: {
            std::string out;
            for (const std::string& line : base::split(element.text, '\n')) {
                out += (out.empty() ? "~" : "\n~") + line;
            }
            return out + notes_of(element);
        }
        case ElementKind::Transition: {
            const bool plain = reads_as(ElementKind::Transition, element.text, true);
            return (plain && !element.forced ? "" : "> ") + element.text + notes_of(element);
        }
        case ElementKind::Centred: return "> " + element.text + " <" + notes_of(element);
        case ElementKind::Section:
            return std::string(static_cast<size_t>(std::max(1, element.depth)), '#') + " " +
                   element.text + notes_of(element);
        case ElementKind::Synopsis: return "= " + element.text + notes_of(element);
        case ElementKind::PageBreak: return "===" + notes_of(element);
        case ElementKind::Note: return std::string(base::trim(notes_of(element)));
    }
    return "";
}

bool belongs_to_speech(ElementKind kind) {
    return kind == ElementKind::Parenthetical || kind == ElementKind::Dialogue ||
           kind == ElementKind::Lyrics;
}

}  // namespace

std::string print_fountain(const Screenplay& screenplay) {
    std::string out = screenplay.title_page_raw.empty() ? print_title_page(screenplay.title_page)
                                                        : screenplay.title_page_raw;
    ElementKind before = ElementKind::Blank;
    bool gap = true;
    for (const Element& element : screenplay.elements) {
        if (!element.raw.empty()) {
            out += element.raw;
        } else {
            if (!out.empty() && !out.ends_with('\n') && !out.ends_with('\r')) out += '\n';
            // Notes stick to what they are about (a heading wants its gap); speech stays together.
            const bool note_joined = element.kind == ElementKind::Note &&
                                     before != ElementKind::SceneHeading &&
                                     before != ElementKind::Transition;
            const bool joined = element.kind == ElementKind::Blank || note_joined ||
                                (belongs_to_speech(element.kind) && before != ElementKind::Blank);
            if (!gap && !joined) out += '\n';
            out += body(element) + "\n";
        }
        gap = element.kind == ElementKind::Blank;
        before = element.kind;
    }
    return out;
}

}  // namespace script
