#include "studio/worker/work_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "base/text/text.h"

namespace studio {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPrefix = "aozora-work-";
constexpr const char* kLock = "/lock";
constexpr uint64_t kLeastRoomBytes = 32 << 20;

int open_locked(const std::string& path, int flags) {
    const int fd = open(path.c_str(), flags | O_RDWR | O_CLOEXEC, 0600);
    if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0) return fd;
    if (fd >= 0) close(fd);
    return -1;
}

// Only folders of ours whose lock nobody holds.
void remove_stale(const fs::path& parent) {
    std::error_code error;
    for (fs::directory_iterator it(parent, error), end; !error && it != end; it.increment(error)) {
        if (!base::starts_with(it->path().filename().string(), kPrefix)) continue;
        const int lock = open_locked(it->path().string() + kLock, 0);
        if (lock < 0) continue;
        std::error_code ignored;
        fs::remove_all(it->path(), ignored);
        close(lock);
    }
}

}  // namespace

base::Result<WorkFolder> WorkFolder::create(const std::string& parent) {
    std::error_code error;
    const fs::path where = parent.empty() ? fs::temp_directory_path(error) : fs::path(parent);
    fs::create_directories(where, error);
    remove_stale(where);
    std::string name = (where / (std::string(kPrefix) + "XXXXXX")).string();
    if (mkdtemp(name.data()) == nullptr)
        return base::failed(std::string("cannot make a folder to work in: ") + std::strerror(errno),
                            where.string());
    WorkFolder folder;
    folder.path_ = name;
    folder.lock_ = open_locked(name + kLock, O_CREAT);
    if (folder.lock_ < 0) return base::failed("cannot lock the folder to work in", name);
    return folder;
}

bool WorkFolder::has_room() const {
    struct statvfs room {};
    if (::statvfs(path_.c_str(), &room) != 0) return true;  // the first write will tell
    return static_cast<uint64_t>(room.f_bavail) * room.f_frsize >= kLeastRoomBytes;
}

WorkFolder::WorkFolder(WorkFolder&& other) noexcept
    : path_(std::exchange(other.path_, {})), lock_(std::exchange(other.lock_, -1)) {}

WorkFolder::~WorkFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
    if (lock_ >= 0) close(lock_);
}

base::Result<JobFolder> JobFolder::create(const WorkFolder& work, const std::string& name) {
    JobFolder folder;
    folder.path_ = work.path() + "/" + name;
    std::error_code error;
    fs::remove_all(folder.path_, error);
    fs::create_directories(folder.path_ + "/inputs", error);
    if (!error) fs::create_directories(folder.path_ + "/parts", error);
    if (error)
        return base::failed("cannot make the job's folder: " + error.message(), folder.path_);
    return folder;
}

JobFolder::~JobFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
}

}  // namespace studio
