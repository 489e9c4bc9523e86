// Reading Fountain 1.1: lines into elements.
#include <algorithm>

#include "base/text/text.h"
#include "script/screenplay/screenplay.h"
#include "script/screenplay/title_page.h"
#include "script/screenplay/visible.h"

namespace script {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// ASCII letters decide; other scripts count as capitals, so a cue in them works with its blank
// lines alone... but needs one letter of any kind.
bool all_capitals(std::string_view text) {
    bool letter = false;
    for (const char c : text) {
        if (c >= 'a' && c <= 'z') return false;
        if (is_letter(c) || static_cast<unsigned char>(c) >= 0x80) letter = true;
    }
    return letter;
}

std::string_view without_emphasis(std::string_view text) {
    while (!text.empty() && (text.front() == '*' || text.front() == '_')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == '*' || text.back() == '_')) text.remove_suffix(1);
    return text;
}

bool starts_heading(std::string_view text) {
    const std::string lower = base::to_lower_ascii(without_emphasis(text).substr(0, 9));
    for (const std::string_view start : {"int./ext", "int/ext", "i/e", "int", "ext", "est"}) {
        if (!lower.starts_with(start)) continue;
        if (lower.size() > start.size() &&
            (lower[start.size()] == '.' || lower[start.size()] == ' ')) {
            return true;
        }
    }
    return false;
}

// "STEEL (O.S.) (CONT'D) ^" apart.
struct Cue {
    std::string name, extension;
    bool dual = false;
};
Cue split_cue(std::string_view text) {
    Cue cue;
    text = base::trim(text);
    if (text.ends_with('^')) {
        cue.dual = true;
        text = base::trim(text.substr(0, text.size() - 1));
    }
    while (text.ends_with(')')) {
        const size_t open = text.rfind('(');
        if (open == std::string_view::npos || open == 0) break;
        const std::string_view inside = base::trim(text.substr(open + 1, text.size() - open - 2));
        cue.extension = std::string(inside) + (cue.extension.empty() ? "" : ", ") + cue.extension;
        text = base::trim(text.substr(0, open));
    }
    cue.name = std::string(text);
    return cue;
}

class FountainReader {
public:
    FountainReader(std::string_view source, Screenplay& out) : source_(source), out_(out) {}

    void read(size_t from) {
        lines_ = logical_lines(source_, from);
        for (at_ = 0; at_ < lines_.size(); ++at_) {
            const LogicalLine& line = lines_[at_];
            const std::string_view trimmed = base::trim(line.text);
            if (trimmed.empty()) {
                read_empty(line);
                continue;
            }
            if (in_speech_) read_speech(line, trimmed);
            else read_outside(line, trimmed);
            after_blank_ = false;
        }
    }

private:
    void read_empty(const LogicalLine& line) {
        if (!line.notes.empty()) {
            add(ElementKind::Note, line, "");
            return;  // neither text nor gap: what was open stays open
        }
        // Two spaces hold a speech together.
        if (in_speech_ && line.text.starts_with("  ") && !line.has_boneyard) {
            continue_or_add(ElementKind::Dialogue, line, "");
            return;
        }
        add(ElementKind::Blank, line, "");
        after_blank_ = true;
        in_speech_ = false;
    }

    void read_speech(const LogicalLine& line, std::string_view trimmed) {
        if (trimmed.starts_with('~')) {
            continue_or_add(ElementKind::Lyrics, line, base::trim(trimmed.substr(1)));
        } else if (trimmed.starts_with('(') && trimmed.ends_with(')')) {
            add(ElementKind::Parenthetical, line, trimmed.substr(1, trimmed.size() - 2));
        } else {
            continue_or_add(ElementKind::Dialogue, line, trimmed);
        }
    }

    void read_outside(const LogicalLine& line, std::string_view text) {
        const char first = line.text.front();
        if (text.size() >= 3 && text.find_first_not_of('=') == std::string_view::npos) {
            add(ElementKind::PageBreak, line, "");
        } else if (first == '=') {
            add(ElementKind::Synopsis, line, base::trim(text.substr(1)));
        } else if (first == '#') {
            const size_t marks = std::min(text.find_first_not_of('#'), text.size());
            Element& section = add(ElementKind::Section, line, base::trim(text.substr(marks)));
            section.depth = static_cast<int>(marks);
        } else if (text.size() >= 2 && text.front() == '>' && text.back() == '<') {
            add(ElementKind::Centred, line, base::trim(text.substr(1, text.size() - 2)));
        } else if (text.front() == '>') {
            add(ElementKind::Transition, line, base::trim(text.substr(1))).forced = true;
        } else if (first == '!') {
            add(ElementKind::Action, line, std::string_view(line.text).substr(1)).forced = true;
        } else if (first == '~') {
            continue_or_add(ElementKind::Lyrics, line, base::trim(text.substr(1)));
        } else if (after_blank_ && read_after_blank(line, text)) {
            // a heading, a transition or a cue
        } else {
            continue_or_add(ElementKind::Action, line, line.text);
        }
    }

    // What only stands after an empty line.
    bool read_after_blank(const LogicalLine& line, std::string_view text) {
        const bool forced_heading = text.size() >= 2 && text[0] == '.' && text[1] != '.' &&
                                    !base::trim(text.substr(1, 1)).empty();
        if (forced_heading || starts_heading(text)) {
            add_heading(line, forced_heading ? base::trim(text.substr(1)) : text, forced_heading);
            return true;
        }
        if (text.starts_with('@') && text.size() >= 2) {
            add_cue(line, text.substr(1), true);
            return true;
        }
        const bool gap_after = gap_follows();
        if (gap_after && text.ends_with("TO:") && all_capitals(text)) {
            add(ElementKind::Transition, line, text);
            return true;
        }
        const Cue cue = split_cue(text);
        if (!gap_after && all_capitals(cue.name)) {
            add_cue(line, text, false);
            return true;
        }
        return false;
    }

    void add_heading(const LogicalLine& line, std::string_view text, bool forced) {
        std::string number;
        if (text.ends_with('#')) {
            const size_t open = text.substr(0, text.size() - 1).rfind('#');
            if (open != std::string_view::npos && open + 2 < text.size()) {
                const std::string_view inside = text.substr(open + 1, text.size() - open - 2);
                const bool numeric = std::all_of(inside.begin(), inside.end(), [](char c) {
                    return is_letter(c) || is_digit(c) || c == '-' || c == '.';
                });
                if (numeric) {
                    number = std::string(inside);
                    text = base::trim(text.substr(0, open));
                }
            }
        }
        Element& heading = add(ElementKind::SceneHeading, line, text);
        heading.scene_number = std::move(number);
        heading.forced = forced;
    }

    void add_cue(const LogicalLine& line, std::string_view text, bool forced) {
        Cue cue = split_cue(text);
        Element& character = add(ElementKind::Character, line, cue.name);
        character.extension = std::move(cue.extension);
        character.dual = cue.dual;
        character.forced = forced;
        in_speech_ = true;
    }

    bool gap_follows() const {
        for (size_t i = at_ + 1; i < lines_.size(); ++i) {
            const LogicalLine& next = lines_[i];
            if (!base::trim(next.text).empty()) return false;
            if (next.notes.empty()) return !next.text.starts_with("  ");
        }
        return true;
    }

    Element& add(ElementKind kind, const LogicalLine& line, std::string_view text) {
        Element element;
        element.kind = kind;
        element.text = std::string(text);
        element.notes = line.notes;
        element.span = line.span;
        element.raw = std::string(source_.substr(line.span.begin, line.span.end - line.span.begin));
        out_.elements.push_back(std::move(element));
        return out_.elements.back();
    }

    // A further line of the paragraph or speech before it.
    void continue_or_add(ElementKind kind, const LogicalLine& line, std::string_view text) {
        if (after_blank_ || out_.elements.empty() || out_.elements.back().kind != kind) {
            add(kind, line, text);
            return;
        }
        Element& element = out_.elements.back();
        element.text += '\n';
        element.text += text;
        element.notes.insert(element.notes.end(), line.notes.begin(), line.notes.end());
        element.raw += source_.substr(line.span.begin, line.span.end - line.span.begin);
        element.span.end = line.span.end;
    }

    std::string_view source_;
    Screenplay& out_;
    std::vector<LogicalLine> lines_;
    size_t at_ = 0;
    bool after_blank_ = true;
    bool in_speech_ = false;
};

}  // namespace

Screenplay parse_fountain(std::string_view source) {
    Screenplay screenplay;
    const size_t from = read_title_page(source, screenplay);
    FountainReader(source, screenplay).read(from);
    return screenplay;
}

Heading parse_heading(std::string_view text) {
    Heading heading;
    std::string_view rest = base::trim(without_emphasis(base::trim(text)));
    if (starts_heading(rest)) {
        const size_t end = std::min(rest.find_first_of(" "), rest.size());
        const std::string start = base::to_lower_ascii(rest.substr(0, end));
        heading.interior = start.starts_with("int") || start.starts_with("i/e");
        heading.exterior = start.find("ext") != std::string::npos || start.starts_with("i/e");
        // "INT.GYM" without a space
        size_t cut = end;
        if (const size_t dot = rest.substr(0, end).rfind('.'); dot != std::string_view::npos) {
            cut = dot + 1;
        }
        rest = base::trim(rest.substr(cut));
    }
    size_t dash = std::string_view::npos;
    for (const std::string_view mark : {" - ", " \xe2\x80\x93 ", " \xe2\x80\x94 "}) {
        const size_t found = rest.rfind(mark);
        if (found != std::string_view::npos && (dash == std::string_view::npos || found > dash)) {
            dash = found;
            heading.time = std::string(base::trim(rest.substr(found + mark.size())));
        }
    }
    heading.place = std::string(base::trim(rest.substr(0, dash)));
    return heading;
}

}  // namespace script
