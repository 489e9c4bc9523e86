#include "sound/mix/spool_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>

namespace sound {
namespace {

constexpr size_t kBufferValues = 1 << 15;

std::string folder() {
    const char* chosen = std::getenv("TMPDIR");
    return chosen && *chosen ? chosen : "/tmp";
}

base::Error io_error(const char* what) {
    const std::string hint =
        errno == ENOSPC || errno == EDQUOT ? "; free some space or set TMPDIR to another disk" : "";
    return base::failed(std::string(what) + ": " + std::strerror(errno) + hint, folder());
}

}  // namespace

base::Result<std::shared_ptr<SpoolFile>> SpoolFile::create() {
    std::string path = folder() + "/aozora-sound-XXXXXX";
    const int descriptor = ::mkostemp(path.data(), O_CLOEXEC);
    if (descriptor < 0) return io_error("cannot make a temporary file for the sound");
    ::unlink(path.c_str());
    return std::shared_ptr<SpoolFile>(new SpoolFile(descriptor));
}

SpoolFile::~SpoolFile() { ::close(descriptor_); }

base::Status SpoolFile::append(const float* values, int64_t count) {
    buffer_.insert(buffer_.end(), values, values + count);
    return buffer_.size() >= kBufferValues ? flush() : base::Status();
}

base::Status SpoolFile::flush() {
    const char* bytes = reinterpret_cast<const char*>(buffer_.data());
    size_t left = buffer_.size() * sizeof(float);
    while (left > 0) {
        const ssize_t n = ::write(descriptor_, bytes, left);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return io_error("cannot write the temporary sound file");
        bytes += n;
        left -= static_cast<size_t>(n);
    }
    written_ += static_cast<int64_t>(buffer_.size());
    buffer_.clear();
    return {};
}

base::Status SpoolFile::read(int64_t first, float* values, int64_t count) const {
    char* bytes = reinterpret_cast<char*>(values);
    size_t left = static_cast<size_t>(count) * sizeof(float);
    off_t at = static_cast<off_t>(first) * static_cast<off_t>(sizeof(float));
    while (left > 0) {
        const ssize_t n = ::pread(descriptor_, bytes, left, at);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return io_error("cannot read the temporary sound file");
        bytes += n;
        at += n;
        left -= static_cast<size_t>(n);
    }
    return {};
}

}  // namespace sound
