// A file that is written beside its place and renamed when it is whole; what is not committed
// vanishes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "base/core/result.h"

namespace neural {

class PartFile {
public:
    static base::Result<PartFile> create(const std::string& target);
    PartFile(PartFile&& other) noexcept;
    PartFile& operator=(PartFile&&) = delete;
    ~PartFile();

    base::Status append(const void* data, size_t size);
    uint64_t size() const { return size_; }
    base::Status commit();  // fsync, rename

private:
    PartFile() = default;
    base::Error error_now() const;

    int fd_ = -1;
    uint64_t size_ = 0;
    std::string target_, part_;
};

}  // namespace neural
