#include "script/words/cut.h"

#include <algorithm>

namespace script {

std::string cut_utf8(std::string_view text, size_t most) {
    size_t end = std::min(most, text.size());
    while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80)
        --end;
    return std::string(text.substr(0, end));
}

}  // namespace script
