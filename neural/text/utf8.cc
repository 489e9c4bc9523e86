#include "neural/text/utf8.h"

namespace neural::text {

char32_t next_code_point(std::string_view text, size_t& at) {
    const auto byte = [&](size_t i) {
        return i < text.size() ? static_cast<uint8_t>(text[i]) : uint8_t{0};
    };
    const uint8_t lead = byte(at++);
    if (lead < 0x80) return lead;
    const int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
    if (lead < 0xC2 || lead > 0xF4) return kReplacement;
    char32_t c = lead & (0x3F >> more);
    for (int i = 0; i < more; ++i) {
        const uint8_t b = byte(at + static_cast<size_t>(i));
        if ((b & 0xC0) != 0x80) return kReplacement;
        c = c << 6 | (b & 0x3F);
    }
    const char32_t least[] = {0x80, 0x800, 0x10000};
    if (c < least[more - 1] || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000)) return kReplacement;
    at += static_cast<size_t>(more);
    return c;
}

void append_utf8(std::string& text, char32_t c) {
    if (c > 0x10FFFF || (c >= 0xD800 && c < 0xE000)) c = kReplacement;
    if (c < 0x80) {
        text += static_cast<char>(c);
        return;
    }
    const int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    const unsigned marks[] = {0xC0, 0xE0, 0xF0};
    text += static_cast<char>(marks[more - 1] | c >> (6 * more));
    for (int i = more - 1; i >= 0; --i) text += static_cast<char>(0x80 | (c >> (6 * i) & 0x3F));
}

}  // namespace neural::text
