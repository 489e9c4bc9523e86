// The source of a screenplay without its boneyard and notes, cut into logical lines: a line break
// inside either does not end a line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "script/screenplay/screenplay.h"

namespace script {

struct LogicalLine {
    Span span;         // the whole line with its ending
    std::string text;  // what is left to read, without the ending
    std::vector<Note> notes;
    bool has_boneyard = false;
};

std::vector<LogicalLine> logical_lines(std::string_view source, size_t from);

}  // namespace script
