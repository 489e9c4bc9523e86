// The description of the whole surface: docs/openapi.json, inside the program.
#pragma once

#include <string_view>

namespace server {

std::string_view openapi_document();

}  // namespace server
