#include <gtest/gtest.h>

#include <chrono>

#include "base/core/random.h"
#include "script/screenplay/emphasis.h"
#include "script/screenplay/screenplay.h"

namespace script {
namespace {

using K = ElementKind;

// "kind:text" of every element that is no blank.
std::vector<std::string> told(const Screenplay& play) {
    static const char* kNames[] = {"Blank",    "Heading",   "Action",     "Character", "Paren",
                                   "Dialogue", "Lyrics",    "Transition", "Centred",   "Section",
                                   "Synopsis", "PageBreak", "Note"};
    std::vector<std::string> out;
    for (const Element& e : play.elements) {
        if (e.kind != K::Blank) out.push_back(kNames[static_cast<int>(e.kind)] + (":" + e.text));
    }
    return out;
}
std::vector<std::string> told(const std::string& text) { return told(parse_fountain(text)); }
using Lines = std::vector<std::string>;

TEST(Fountain, ATypicalPage) {
    const std::string text =
        "Title:\n    _**BRICK & STEEL**_\n    FULL RETIRED\nCredit: Written by\nAuthor: Stu\n\n"
        "FADE IN:\n\n"
        "EXT. BRICK'S PATIO - DAY #1A#\n\n"
        "A gorgeous day.  The sun is shining.\nBRICK sits.\n\n"
        "STEEL (O.S.)\n(beer raised)\nTo retirement.\n\n"
        "@McCLANE\nYippie ki-yay!\n\n"
        "BRICK ^\nTo retirement.\n\n"
        "CUT TO:\n\n"
        "> Burn to Pink.\n\n"
        "> THE END <\n\n"
        "!SCANNING THE AISLES...\nWhere is that pit boss?\n\n"
        "~Willy Wonka! Willy Wonka!\n\n"
        "# Act\n\n## Sequence\n\n= A synopsis.\n\n===\n\n"
        ".SNIPER SCOPE POV\n\nint./ext. car - day\n\nI/E. HOUSE\n\nEST. HOUSE\n\nExtraordinary.\n";
    const Screenplay play = parse_fountain(text);
    ASSERT_EQ(play.title_page.size(), 3u);
    EXPECT_EQ(play.title_value("title"), "_**BRICK & STEEL**_\nFULL RETIRED");
    EXPECT_EQ(play.title_value("AUTHOR"), "Stu");
    EXPECT_EQ(told(play), (Lines{"Action:FADE IN:",
                                 "Heading:EXT. BRICK'S PATIO - DAY",
                                 "Action:A gorgeous day.  The sun is shining.\nBRICK sits.",
                                 "Character:STEEL",
                                 "Paren:beer raised",
                                 "Dialogue:To retirement.",
                                 "Character:McCLANE",
                                 "Dialogue:Yippie ki-yay!",
                                 "Character:BRICK",
                                 "Dialogue:To retirement.",
                                 "Transition:CUT TO:",
                                 "Transition:Burn to Pink.",
                                 "Centred:THE END",
                                 "Action:SCANNING THE AISLES...\nWhere is that pit boss?",
                                 "Lyrics:Willy Wonka! Willy Wonka!",
                                 "Section:Act",
                                 "Section:Sequence",
                                 "Synopsis:A synopsis.",
                                 "PageBreak:",
                                 "Heading:SNIPER SCOPE POV",
                                 "Heading:int./ext. car - day",
                                 "Heading:I/E. HOUSE",
                                 "Heading:EST. HOUSE",
                                 "Action:Extraordinary."}));
    EXPECT_EQ(print_fountain(play), text);
    const auto find = [&](const char* text_of) {
        for (const Element& e : play.elements) {
            if (e.text == text_of) return e;
        }
        ADD_FAILURE() << text_of;
        return Element{};
    };
    EXPECT_EQ(find("EXT. BRICK'S PATIO - DAY").scene_number, "1A");
    EXPECT_EQ(find("STEEL").extension, "O.S.");
    EXPECT_TRUE(find("BRICK").dual);
    EXPECT_TRUE(find("SNIPER SCOPE POV").forced);
    EXPECT_EQ(find("Sequence").depth, 2);
    EXPECT_EQ(find("EXT. BRICK'S PATIO - DAY").span.line, 9);
}

TEST(Fountain, CharactersNeedTheirGaps) {
    EXPECT_EQ(told("HELLO\n\nthere\n"), (Lines{"Action:HELLO", "Action:there"}));
    EXPECT_EQ(told("x\nSTEEL\nHi\n"), (Lines{"Action:x\nSTEEL\nHi"}));
    EXPECT_EQ(told("MOM (O. S.)(cont'd)\nHi"), (Lines{"Character:MOM", "Dialogue:Hi"}));
    EXPECT_EQ(parse_fountain("MOM (O. S.) (cont'd)\nHi").elements[0].extension, "O. S., cont'd");
    EXPECT_EQ(told("R2D2\nBeep\n"), (Lines{"Character:R2D2", "Dialogue:Beep"}));
    EXPECT_EQ(told("23\nsteps\n"), (Lines{"Action:23\nsteps"}));
    EXPECT_EQ(told("  STEEL  \n  Hi\n"), (Lines{"Character:STEEL", "Dialogue:Hi"}));
    EXPECT_EQ(told("STEEL\nfirst\n  \nsecond\n\nthird"),
              (Lines{"Character:STEEL", "Dialogue:first\n\nsecond", "Action:third"}));
    EXPECT_EQ(told("SINGER\n~la\n~li\n(spoken)\nhm\n"),
              (Lines{"Character:SINGER", "Lyrics:la\nli", "Paren:spoken", "Dialogue:hm"}));
}

TEST(Fountain, HeadingsAndTransitions) {
    EXPECT_EQ(told("...and then\n"), (Lines{"Action:...and then"}));
    EXPECT_EQ(told("INTERIOR. HOUSE\n\n"), (Lines{"Action:INTERIOR. HOUSE"}));
    EXPECT_EQ(told("x\nINT. HOUSE\n"), (Lines{"Action:x\nINT. HOUSE"}));
    EXPECT_EQ(told("INT HOUSE - DAY #110-A.1#\n"), (Lines{"Heading:INT HOUSE - DAY"}));
    EXPECT_EQ(told("INT. ROOM #9 - DAY\n"), (Lines{"Heading:INT. ROOM #9 - DAY"}));
    EXPECT_EQ(told("a\n\nCUT TO:\nx"), (Lines{"Action:a", "Character:CUT TO:", "Dialogue:x"}));
    EXPECT_EQ(told("a\n\nCut to:\n\nx"), (Lines{"Action:a", "Action:Cut to:", "Action:x"}));
    EXPECT_EQ(told("CUT TO:\n\nx"), (Lines{"Transition:CUT TO:", "Action:x"}));
}

TEST(Fountain, NotesAndBoneyard) {
    Screenplay play =
        parse_fountain("He waits [[a note]] and [[an\nother]] goes.\n\n[[camera: wide]]\n");
    EXPECT_EQ(told(play), (Lines{"Action:He waits  and  goes.", "Note:"}));
    ASSERT_EQ(play.elements[0].notes.size(), 2u);
    EXPECT_EQ(play.elements[0].notes[1].text, "an\nother");
    EXPECT_EQ(play.elements[0].notes[1].span.line, 1);
    EXPECT_EQ(play.elements[0].notes[1].span.column, 25);
    EXPECT_EQ(play.elements.back().notes[0].span.line, 4);

    EXPECT_EQ(told("a [[open\n\nb]] c"), (Lines{"Action:a [[open", "Action:b]] c"}));
    EXPECT_EQ(parse_fountain("a [[open\n  \nb]] c").elements[0].notes[0].text, "open\n  \nb");
    EXPECT_EQ(told("one /* two\n\nINT. x\n\n*/ three\n"), (Lines{"Action:one  three"}));
    EXPECT_EQ(told("one /* two\n"), (Lines{"Action:one /* two"}));
    EXPECT_EQ(told("BOB [[sad]]\nHi [[x]]there\n"), (Lines{"Character:BOB", "Dialogue:Hi there"}));
    EXPECT_EQ(told("BOB\n[[sad]]\nHi\n"), (Lines{"Character:BOB", "Note:", "Dialogue:Hi"}));
    EXPECT_EQ(told("/* [[ */ a ]] b\n"), (Lines{"Action: a ]] b"}));
    EXPECT_EQ(told("[[ /* x ]] */ y ]] z"), (Lines{"Action: z"}));
}

TEST(Fountain, TitlePages) {
    EXPECT_EQ(parse_fountain("Title: A\nNot a key\n\nx").title_value("title"), "A\nNot a key");
    EXPECT_TRUE(parse_fountain("FADE IN:\n\nx").title_page.empty());
    EXPECT_TRUE(parse_fountain("CUT TO:\n\nx").title_page.empty());
    EXPECT_TRUE(parse_fountain("He said: \"hello, you\"\n").title_page.size() == 1u)
        << "the syntax says so: a first line with a colon is a key";
    EXPECT_TRUE(parse_fountain("A ball, red: it falls\n").title_page.empty());
    EXPECT_EQ(parse_fountain("\xef\xbb\xbfTitle: A\r\n\r\nx").title_value("Title"), "A");
    EXPECT_EQ(told("\xef\xbb\xbfINT. X\n"), (Lines{"Heading:INT. X"}));
    EXPECT_EQ(parse_fountain("Contact:\n\tMe\n\tThere\nDraft: 1\n").title_page[0].values.size(),
              2u);
}

TEST(Fountain, AnyLineEndingAndAnyBytesComeBack) {
    const std::string page =
        "Title: A\n\nINT. GYM - DAY\n\nBOB\n(low)\nHi\n\nHe [[note\nmore]] runs. "
        "/* cut\n\nout */\n\n\n= s\n";
    const auto kinds = told(page);
    for (const std::string& ending : {std::string("\n"), std::string("\r\n"), std::string("\r")}) {
        std::string text;
        for (const char c : page) text += c == '\n' ? ending : std::string(1, c);
        EXPECT_EQ(print_fountain(parse_fountain(text)), text);
        EXPECT_EQ(told(text), kinds);
    }
    base::Rng rng(7);
    const std::string pieces[] = {"\n",  "\r\n", "\r", "[[", "]]", "/*",  "*/", "INT. A", "BOB",
                                  "(x)", " ",    "  ", "~",  "=",  "===", "#",  "> ",     "<",
                                  "TO:", ":",    "^",  "@",  "!",  ".",   "\0", "\xff",   "\t"};
    for (int round = 0; round < 3000; ++round) {
        std::string text;
        for (uint32_t n = rng.below(30); n > 0; --n) text += pieces[rng.below(std::size(pieces))];
        const Screenplay play = parse_fountain(text);
        ASSERT_EQ(print_fountain(play), text);
        size_t at = play.title_page_raw.size();
        for (const Element& e : play.elements) {
            ASSERT_EQ(e.span.begin, at);
            ASSERT_EQ(text.substr(e.span.begin, e.span.end - e.span.begin), e.raw);
            at = e.span.end;
        }
        ASSERT_EQ(at, text.size());
    }
}

TEST(Fountain, HostileTextTakesLinearTime) {
    for (const std::string piece : {"[[", "/*", "[[/*", "*", "**a", "_*", "[[]", "]]", "(("}) {
        std::string text;
        while (text.size() < 1'000'000) text += piece;
        const auto start = std::chrono::steady_clock::now();
        EXPECT_EQ(print_fountain(parse_fountain(text)), text);
        plain_text(text);
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
        EXPECT_LT(took.count(), 5) << piece;
    }
}

TEST(Fountain, MadeScreenplaysReadBackAsMeant) {
    Screenplay made;
    made.title_page = {{"Title", {"Two", "lines"}, {}}, {"Style", {"noir"}, {}}};
    const auto add = [&](K kind, const std::string& text) -> Element& {
        Element e;
        e.kind = kind;
        e.text = text;
        made.elements.push_back(e);
        return made.elements.back();
    };
    add(K::SceneHeading, "INT. GYM - DAY").notes = {{"camera: wide", {}}};
    add(K::SceneHeading, "somewhere").scene_number = "2";
    add(K::Action, "INT. looks like a heading");
    add(K::Action, "CUT TO:");
    add(K::Action, "A ball.\nIt falls.");
    add(K::Character, "BOB").extension = "V.O.";
    add(K::Parenthetical, "whispering");
    add(K::Dialogue, "Hello.\nYou.");
    add(K::Character, "mcclane").dual = true;
    add(K::Dialogue, "Hey.");
    add(K::Transition, "CUT TO:");
    add(K::Transition, "Fade to white.");
    add(K::Centred, "THE END");
    add(K::Section, "Act").depth = 2;
    add(K::Synopsis, "What happens.");
    add(K::PageBreak, "");
    add(K::Lyrics, "la\nli");
    add(K::Note, "").notes = {{"seconds: 4", {}}};
    const std::string text = print_fountain(made);
    const Screenplay read = parse_fountain(text);
    EXPECT_EQ(told(read), told(made)) << text;
    EXPECT_EQ(read.title_value("Title"), "Two\nlines");
    for (const Element& e : read.elements) {
        if (e.text == "mcclane") {
            EXPECT_TRUE(e.dual);
        }
        if (e.text == "BOB") {
            EXPECT_EQ(e.extension, "V.O.");
        }
        if (e.text == "somewhere") {
            EXPECT_EQ(e.scene_number, "2");
        }
        if (e.text == "INT. GYM - DAY") {
            EXPECT_EQ(e.notes.size(), 1u);
        }
    }
}

TEST(Heading, FallsApart) {
    const auto told_heading = [](const char* text) {
        const Heading h = parse_heading(text);
        return std::string(h.interior ? "I" : "") + (h.exterior ? "E" : "") + "|" + h.place + "|" +
               h.time;
    };
    EXPECT_EQ(told_heading("INT. GYM - DAY"), "I|GYM|DAY");
    EXPECT_EQ(told_heading("ext. ice rink"), "E|ice rink|");
    EXPECT_EQ(told_heading("INT./EXT. CAR - HIGHWAY - NIGHT"), "IE|CAR - HIGHWAY|NIGHT");
    EXPECT_EQ(told_heading("I/E GARDEN \xe2\x80\x93 SUNSET"), "IE|GARDEN|SUNSET");
    EXPECT_EQ(told_heading("INT.GYM"), "I|GYM|");
    EXPECT_EQ(told_heading("SOMEWHERE"), "|SOMEWHERE|");
    EXPECT_EQ(told_heading(""), "||");
}

TEST(Emphasis, RunsAndEscapes) {
    const auto marked = [](const std::string& text) {
        std::string out;
        for (const script::Run& run : parse_emphasis(text)) {
            out += std::string(run.italic ? "i" : "") + (run.bold ? "b" : "") +
                   (run.underline ? "u" : "") + "[" + run.text + "]";
        }
        return out;
    };
    EXPECT_EQ(marked("plain"), "[plain]");
    EXPECT_EQ(marked("*it* **bo** ***bi*** _un_"), "i[it][ ]b[bo][ ]ib[bi][ ]u[un]");
    EXPECT_EQ(marked("_**both** under_"), "bu[both]u[ under]");
    EXPECT_EQ(marked("**bold *both* bold**"), "b[bold ]ib[both]b[ bold]");
    EXPECT_EQ(marked("\\*not\\* *9765\\**"), "[*not* ]i[9765*]");
    EXPECT_EQ(marked("dial *69 and *23 first"), "[dial *69 and *23 first]");
    EXPECT_EQ(marked("a * b * c"), "[a * b * c]");
    EXPECT_EQ(marked("*open\nclose*"), "[*open\nclose*]");
    EXPECT_EQ(plain_text("_**BRICK & STEEL**_"), "BRICK & STEEL");
}

}  // namespace
}  // namespace script
