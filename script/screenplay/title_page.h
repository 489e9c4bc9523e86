// The title page of a Fountain file: `Key: value` lines before the first empty line.
#pragma once

#include <string_view>

#include "script/screenplay/screenplay.h"

namespace script {

// Fills the title page (and a byte order mark) and answers where the screenplay proper begins.
size_t read_title_page(std::string_view source, Screenplay& screenplay);

// For a title page that was made; ends with an empty line.
std::string print_title_page(const std::vector<TitleEntry>& entries);

}  // namespace script
