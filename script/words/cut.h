// Text with a limit.
#pragma once

#include <string>
#include <string_view>

namespace script {

// At most `most` bytes, no UTF-8 character cut apart.
std::string cut_utf8(std::string_view text, size_t most);

}  // namespace script
