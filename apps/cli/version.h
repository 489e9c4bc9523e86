#pragma once

#include <string>

namespace apps {

constexpr const char* kVersion = "0.1.0";
std::string version_text();  // "aozora 0.1.0"

}  // namespace apps
