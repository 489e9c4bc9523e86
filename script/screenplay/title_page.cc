#include "script/screenplay/title_page.h"

#include <algorithm>

#include "base/text/text.h"

namespace script {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

struct Line {
    std::string_view text;  // without its ending
    size_t begin = 0, next = 0;
};

Line line_at(std::string_view source, size_t at) {
    const size_t end = std::min(source.find_first_of("\r\n", at), source.size());
    size_t next = end;
    if (next < source.size()) next += source.substr(next).starts_with("\r\n") ? 2 : 1;
    return {source.substr(at, end - at), at, next};
}

bool is_indented(std::string_view line) {
    return line.starts_with("   ") || line.starts_with('\t');
}

// "Draft date: 1/1" -> "Draft date"; "" when the line has no key.
std::string_view key_of(std::string_view line) {
    const size_t colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0 || colon > 40) return {};
    const std::string_view key = line.substr(0, colon);
    if (base::trim(key) != key) return {};
    // Not a sentence, a note or an address: words only.
    const bool words = std::all_of(key.begin(), key.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == ' ' || c == '_' || c == '-' || static_cast<unsigned char>(c) >= 0x80;
    });
    return words ? key : std::string_view{};
}

bool is_transition(std::string_view line) {
    const std::string_view text = base::trim(line);
    return text == "FADE IN:" || text == "FADE OUT:" || text.ends_with(" TO:");
}

}  // namespace

size_t read_title_page(std::string_view source, Screenplay& screenplay) {
    size_t at = source.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
    const size_t start = at;
    int line_number = 1;
    Line line = line_at(source, at);
    if (!key_of(line.text).empty() && !is_transition(line.text)) {
        while (at < source.size() && !base::trim(line.text).empty()) {
            const std::string_view key = is_indented(line.text) ? "" : key_of(line.text);
            if (!key.empty()) {
                TitleEntry entry;
                entry.key = std::string(key);
                entry.span = {at, line.next, line_number, 1};
                const std::string_view value = base::trim(line.text.substr(key.size() + 1));
                if (!value.empty()) entry.values.emplace_back(value);
                screenplay.title_page.push_back(std::move(entry));
            } else {
                TitleEntry& entry = screenplay.title_page.back();
                entry.values.emplace_back(base::trim(line.text));
                entry.span.end = line.next;
            }
            at = line.next;
            ++line_number;
            line = line_at(source, at);
        }
    }
    if (at == start && start == 0) return 0;
    screenplay.title_page_raw = std::string(source.substr(0, at));
    return at;
}

std::string print_title_page(const std::vector<TitleEntry>& entries) {
    std::string out;
    for (const TitleEntry& entry : entries) {
        out += entry.key + ":";
        if (entry.values.size() == 1) {
            out += " " + entry.values[0] + "\n";
        } else {
            out += "\n";
            for (const std::string& value : entry.values) out += "    " + value + "\n";
        }
    }
    if (!out.empty()) out += "\n";
    return out;
}

std::string Screenplay::title_value(std::string_view key) const {
    const std::string wanted = base::to_lower_ascii(key);
    for (const TitleEntry& entry : title_page) {
        if (base::to_lower_ascii(entry.key) == wanted) return base::join(entry.values, "\n");
    }
    return "";
}

}  // namespace script
