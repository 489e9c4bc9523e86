// The screenplay: a film as plain text in Fountain 1.1 (fountain.io/syntax), the markup that
// screenwriters use. One of the six nouns of the way: prompt -> SCREENPLAY -> shot list -> take.
//
// Any text is a screenplay: what follows no other rule is action. Reading loses nothing:
// print(parse(text)) == text, byte for byte, whatever its line endings and encoding.
//
// Where the published syntax leaves a choice:
//   * a scene heading needs the blank line before it, not the one after it;
//   * inside dialogue only parentheticals and lyrics are seen, everything else is spoken;
//   * a line of notes alone does not end a paragraph or a speech; a line of boneyard alone does;
//   * an opening [[ or /* that is never closed is plain text;
//   * "FADE IN:" and "... TO:" in the first line are transitions, not title page keys.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace script {

// A stretch of the source. Line and column (bytes) count from 1; 0 = made, not read.
struct Span {
    size_t begin = 0, end = 0;
    int line = 0, column = 0;
};

// `[[ ... ]]` without its brackets, trimmed; lines inside joined as they stand.
struct Note {
    std::string text;
    Span span;
};

enum class ElementKind {
    Blank,  // one empty line (or one that is empty without its boneyard)
    SceneHeading,
    Action,         // a paragraph: lines joined by '\n', leading spaces kept
    Character,      // the cue above a speech
    Parenthetical,  // text without the parentheses
    Dialogue,       // lines joined by '\n'
    Lyrics,
    Transition,
    Centred,
    Section,
    Synopsis,
    PageBreak,
    Note,  // a line of notes alone
};

struct Element {
    ElementKind kind = ElementKind::Blank;
    // What is meant: without the marks of its kind, without notes and boneyard, trimmed where the
    // kind is one line. Emphasis marks stay (script/screenplay/emphasis.h).
    std::string text;
    std::string scene_number;  // of a heading: "1A" of #1A#
    std::string extension;     // of a character: "V.O." of (V.O.); several joined by ", "
    bool dual = false;         // of a character: speaks beside the one before (^)
    bool forced = false;       // by '.', '!', '@' or '>'
    int depth = 0;             // of a section: number of '#'
    std::vector<Note> notes;   // those inside this element
    Span span;
    std::string raw;  // the source, line ending included; "" = made, printed from the rest
};

struct TitleEntry {
    std::string key;                  // as written: "Draft date"
    std::vector<std::string> values;  // trimmed lines
    Span span;
};

struct Screenplay {
    std::vector<TitleEntry> title_page;
    std::string title_page_raw;  // source of the title page (and a byte order mark), "" = made
    std::vector<Element> elements;

    // The lines of a title page key, in any case, joined by '\n'; "" when it is not there.
    std::string title_value(std::string_view key) const;
};

Screenplay parse_fountain(std::string_view source);

// What was read is printed as it was; what was made or has an empty `raw` is written in the usual
// form, with blank lines where Fountain needs them and force marks where the text would otherwise
// be taken for something else.
std::string print_fountain(const Screenplay& screenplay);

// "EXT. BEACH - SUNSET" apart: inside or outside, place, time; parts that are missing are "".
struct Heading {
    bool interior = false, exterior = false;
    std::string place, time;
};
Heading parse_heading(std::string_view text);

}  // namespace script
