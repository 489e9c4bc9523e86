// A file mapped for reading. Pages come in when they are touched, so opening 42 GB takes no time.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "base/core/result.h"

namespace neural {

struct MappedFile {
    std::shared_ptr<const std::byte> bytes;  // unmapped with the last owner
    size_t size = 0;
};

base::Result<MappedFile> map_file(const std::string& path);

}  // namespace neural
