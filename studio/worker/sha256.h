// SHA-256 of a file (FIPS 180-4): what was sent is what arrived.
#pragma once

#include <string>

#include "base/core/result.h"

namespace studio {

base::Result<std::string> sha256_of_file(const std::string& path);  // 64 hex digits

}  // namespace studio
