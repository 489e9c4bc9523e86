// The one JSON type of the project (nlohmann-json). Any room may use it; parse foreign text with
// parse_json, which never throws.
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

#include "base/core/result.h"

namespace base {

using Json = nlohmann::ordered_json;

// Error: message and `name:line:column`. Nesting beyond 128 levels is refused.
Result<Json> parse_json(std::string_view text, std::string_view name);

}  // namespace base
