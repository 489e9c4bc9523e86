// A file that appears whole or not at all: written without a name (or under a hidden name beside
// the target where the file system knows no nameless files), fsynced, then put in place. What is
// not committed vanishes: on an error, on cancel and, nameless, even on kill -9.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/core/result.h"

namespace media {

class AtomicFile {
public:
    // Refuses at once what cannot work in the end: a target that exists (unless `overwrite`), a
    // directory, a device, a folder that is missing or not writable.
    static base::Result<AtomicFile> create(const std::string& target, bool overwrite);
    AtomicFile(AtomicFile&& other) noexcept;
    AtomicFile& operator=(AtomicFile&&) = delete;
    ~AtomicFile();

    // Where the bytes lie now; may be opened, read and written by anybody until commit().
    const std::string& work_path() const { return work_path_; }
    // Appends at the end of what is there.
    base::Status append(std::string_view bytes);
    base::Result<int64_t> size() const;
    // fsync, then the target's name. Afterwards the object is spent.
    base::Status commit();

private:
    AtomicFile() = default;
    base::Error error_now(const std::string& what) const;

    int fd_ = -1;
    bool named_ = false;  // work_path_ is a real file that must be removed
    bool overwrite_ = false;
    std::string target_, folder_, work_path_;
};

// All of `bytes` as one atomic file, overwriting.
base::Status write_file(const std::string& path, std::string_view bytes);
// At most `max_bytes`, else an Error.
base::Result<std::string> read_file(const std::string& path, int64_t max_bytes);

}  // namespace media
