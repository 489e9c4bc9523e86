// A screenplay cut into the stretches that become shots. For to_shots.cc.
#pragma once

#include <string>
#include <vector>

#include "script/screenplay/hints.h"
#include "script/screenplay/screenplay.h"

namespace script {

struct SpokenLine {
    std::string speaker;    // the cue: "ALICE"
    std::string extension;  // "V.O."
    std::string manner, text;
    Span span;
};

struct Piece {
    Span span;               // of its first element
    bool new_scene = false;  // under a heading of its own
    std::string heading;     // of the scene, its own or the one that still holds
    std::string action;      // paragraphs joined by ' ', without emphasis marks
    std::vector<SpokenLine> speeches;
    ShotHints hints;

    bool empty() const { return action.empty() && speeches.empty(); }
};

struct CutScreenplay {
    std::vector<Piece> pieces;  // none of them empty
    std::vector<std::string>
        left_out;  // what a film cannot show, and hints that cannot be followed
};

CutScreenplay cut_into_pieces(const Screenplay& play, std::string_view name);

}  // namespace script
