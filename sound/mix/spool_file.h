// A nameless temporary file of floats: written once from front to back, then read at will.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "base/core/result.h"

namespace sound {

// Lives in $TMPDIR (else /tmp), is unlinked at once and vanishes with the object, also after a
// crash. Not thread safe.
class SpoolFile {
public:
    static base::Result<std::shared_ptr<SpoolFile>> create();
    ~SpoolFile();
    SpoolFile(const SpoolFile&) = delete;
    SpoolFile& operator=(const SpoolFile&) = delete;

    // A full disk is an Error that says so.
    base::Status append(const float* values, int64_t count);
    // Writes what is still buffered; before the first read.
    base::Status flush();
    // Reads exactly `count` values starting at value number `first`.
    base::Status read(int64_t first, float* values, int64_t count) const;
    int64_t size() const { return written_ + static_cast<int64_t>(buffer_.size()); }

private:
    explicit SpoolFile(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
    int64_t written_ = 0;  // values on disk
    std::vector<float> buffer_;
};

}  // namespace sound
