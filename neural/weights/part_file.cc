#include "neural/weights/part_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace neural {

base::Result<PartFile> PartFile::create(const std::string& target) {
    PartFile file;
    file.target_ = target;
    file.part_ = target + ".part-" + std::to_string(::getpid());
    file.fd_ = ::open(file.part_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file.fd_ < 0) return file.error_now();
    return file;
}

PartFile::PartFile(PartFile&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)),
      size_(other.size_),
      target_(std::move(other.target_)),
      part_(std::move(other.part_)) {}

PartFile::~PartFile() {
    if (fd_ < 0) return;
    ::close(fd_);
    ::unlink(part_.c_str());
}

base::Error PartFile::error_now() const {
    return base::failed(std::string("cannot be written: ") + std::strerror(errno), target_);
}

base::Status PartFile::append(const void* data, size_t size) {
    const auto* at = static_cast<const char*>(data);
    while (size > 0) {
        const ssize_t n = ::write(fd_, at, std::min<size_t>(size, 1 << 30));
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return error_now();
        at += n;
        size -= static_cast<size_t>(n);
        size_ += static_cast<uint64_t>(n);
    }
    return {};
}

base::Status PartFile::commit() {
    if (::fsync(fd_) != 0 || ::rename(part_.c_str(), target_.c_str()) != 0) return error_now();
    ::close(std::exchange(fd_, -1));
    return {};
}

}  // namespace neural
