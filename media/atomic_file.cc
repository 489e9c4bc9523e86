#include "media/atomic_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace media {
namespace {

std::string folder_of(const std::string& path) {
    const size_t slash = path.rfind('/');
    if (slash == std::string::npos) return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

std::string name_of(const std::string& path) {
    const size_t slash = path.rfind('/');
    return slash == std::string::npos ? path : path.substr(slash + 1);
}

base::Error exists_already(const std::string& target) {
    return base::failed("the file exists already; choose another name or ask to overwrite it",
                        target);
}

base::Status check_target(const std::string& target, bool overwrite) {
    struct stat about;
    if (stat(target.c_str(), &about) != 0) return {};
    if (S_ISDIR(about.st_mode)) return base::failed("is a folder, not a file", target);
    if (!S_ISREG(about.st_mode)) return base::failed("is not a regular file", target);
    if (!overwrite) return exists_already(target);
    return {};
}

}  // namespace

base::Error AtomicFile::error_now(const std::string& what) const {
    return base::failed(what + ": " + std::strerror(errno), target_);
}

base::Result<AtomicFile> AtomicFile::create(const std::string& target, bool overwrite) {
    AtomicFile file;
    file.target_ = target;
    file.overwrite_ = overwrite;
    if (name_of(target).empty()) return base::failed("not the name of a file", target);
    TRY(check_target(target, overwrite));
    file.folder_ = folder_of(target);

    constexpr mode_t kMode = 0666;  // less the umask, as any other file
    file.fd_ = open(file.folder_.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, kMode);
    if (file.fd_ >= 0) {
        file.work_path_ = "/proc/self/fd/" + std::to_string(file.fd_);
        if (access(file.work_path_.c_str(), R_OK | W_OK) == 0) return file;
        close(file.fd_);  // no /proc: fall back to a name
        file.fd_ = -1;
    }
    for (int attempt = 0; attempt < 100; ++attempt) {
        file.work_path_ = file.folder_ + "/." + name_of(target) + ".part-" +
                          std::to_string(getpid()) + "-" + std::to_string(attempt);
        file.fd_ = open(file.work_path_.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, kMode);
        if (file.fd_ >= 0) {
            file.named_ = true;
            return file;
        }
        if (errno != EEXIST) break;
    }
    return file.error_now("cannot write here");
}

AtomicFile::AtomicFile(AtomicFile&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)),
      named_(std::exchange(other.named_, false)),
      overwrite_(other.overwrite_),
      target_(std::move(other.target_)),
      folder_(std::move(other.folder_)),
      work_path_(std::move(other.work_path_)) {}

AtomicFile::~AtomicFile() {
    if (fd_ >= 0) close(fd_);
    if (named_) unlink(work_path_.c_str());
}

base::Status AtomicFile::append(std::string_view bytes) {
    if (lseek(fd_, 0, SEEK_END) < 0) return error_now("cannot write the file");
    while (!bytes.empty()) {
        const ssize_t wrote = write(fd_, bytes.data(), bytes.size());
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote <= 0) return error_now("cannot write the file");
        bytes.remove_prefix(static_cast<size_t>(wrote));
    }
    return {};
}

base::Result<int64_t> AtomicFile::size() const {
    struct stat about;
    if (fstat(fd_, &about) != 0) return error_now("cannot read the file");
    return static_cast<int64_t>(about.st_size);
}

base::Status AtomicFile::commit() {
    if (fsync(fd_) != 0) return error_now("cannot write the file");
    if (!named_) {
        // A nameless file gets a name by linkat, which never replaces; so first a hidden one.
        const std::string hidden = folder_ + "/." + name_of(target_) + ".part-" +
                                   std::to_string(getpid()) + "-" + std::to_string(fd_);
        const std::string& name = overwrite_ ? hidden : target_;
        if (linkat(AT_FDCWD, work_path_.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) != 0) {
            if (errno == EEXIST && !overwrite_) return exists_already(target_);
            return error_now("cannot put the file in place");
        }
        if (overwrite_) {
            work_path_ = hidden;
            named_ = true;
        }
    } else if (!overwrite_) {
        if (link(work_path_.c_str(), target_.c_str()) == 0) {
            // named_ stays: the hidden name goes with the object
        } else if (errno == EEXIST) {
            return exists_already(target_);
        } else if (errno == EPERM || errno == EOPNOTSUPP ||
                   errno == ENOSYS) {  // no hard links here
            TRY(check_target(target_, false));
            if (rename(work_path_.c_str(), target_.c_str()) != 0) {
                return error_now("cannot put the file in place");
            }
            named_ = false;
        } else {
            return error_now("cannot put the file in place");
        }
    }
    if (named_ && overwrite_) {
        if (rename(work_path_.c_str(), target_.c_str()) != 0) {
            return error_now("cannot put the file in place");
        }
        named_ = false;
    }
    // The name itself must survive a power cut too; file systems that cannot do it say so, ignored.
    if (const int folder = open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); folder >= 0) {
        fsync(folder);
        close(folder);
    }
    return {};
}

base::Status write_file(const std::string& path, std::string_view bytes) {
    AtomicFile file = TRY(AtomicFile::create(path, true));
    TRY(file.append(bytes));
    return file.commit();
}

base::Result<std::string> read_file(const std::string& path, int64_t max_bytes) {
    const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        const auto kind = errno == ENOENT ? base::ErrorKind::NotFound : base::ErrorKind::Failed;
        return base::Error{kind, std::string("cannot read the file: ") + std::strerror(errno),
                           path};
    }
    std::string bytes;
    char buffer[65536];
    base::Status status;
    while (true) {
        const ssize_t got = read(fd, buffer, sizeof(buffer));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) {
            status =
                base::failed(std::string("cannot read the file: ") + std::strerror(errno), path);
        }
        if (got <= 0) break;
        bytes.append(buffer, static_cast<size_t>(got));
        if (static_cast<int64_t>(bytes.size()) > max_bytes) {
            status = base::failed("the file is larger than " + std::to_string(max_bytes) + " bytes",
                                  path);
            break;
        }
    }
    close(fd);
    if (!status.ok()) return status.error();
    return bytes;
}

}  // namespace media
