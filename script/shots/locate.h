// Where in a JSON text a value stands: messages say line and column, not only the pointer.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace script {

struct TextPlace {
    int line = 1, column = 1;  // bytes, from 1
};

TextPlace place_of_offset(std::string_view text, size_t offset);

// `json` must be valid JSON, `pointer` as in RFC 6901. The start of the value, or of the nearest
// enclosing value that exists (a missing member is reported where its object begins).
TextPlace locate(std::string_view json, std::string_view pointer);

// One step of a pointer: '~' and '/' escaped.
std::string pointer_step(std::string_view name);

}  // namespace script
