// Emphasis of Fountain: *italics*, **bold**, ***both***, _underline_, `\` before a mark to mean it.
// A mark that finds no partner on its line is plain text, and so is one with a space inside it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace script {

struct Run {
    std::string text;
    bool italic = false, bold = false, underline = false;
    friend bool operator==(const Run&, const Run&) = default;
};

std::vector<Run> parse_emphasis(std::string_view text);
// The words alone, without marks and escapes.
std::string plain_text(std::string_view text);

}  // namespace script
