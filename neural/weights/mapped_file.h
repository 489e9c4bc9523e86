// A file mapped for reading. Pages come in when they are touched, so opening 42 GB takes no time.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>

#include "base/core/result.h"

namespace neural {

struct MappedFile {
    std::shared_ptr<const std::byte> bytes;  // unmapped with the last owner
    size_t size = 0;
};

base::Result<MappedFile> map_file(const std::string& path);

// Advice about pieces of mapped files. forget_pages() takes them out of this process's memory (they
// may stay in the system's cache); a later read brings them back. It is only for mappings of files:
// memory of its own would lose its values. fetch_pages() reads ahead and returns when the pages are
// here (`resident`) or on their way.
void forget_pages(std::span<const std::byte> bytes);
void fetch_pages(std::span<const std::byte> bytes, bool resident);

}  // namespace neural
