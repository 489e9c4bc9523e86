#include "store/sql/durable.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

namespace store {
namespace {

base::Error os_error(const std::string& doing, const std::string& path) {
    return base::failed(doing + ": " + std::strerror(errno), path);
}

base::Status sync_path(const std::string& path, int flags) {
    const int file = ::open(path.c_str(), flags | O_CLOEXEC);
    if (file < 0) return os_error("cannot open", path);
    const bool ok = ::fsync(file) == 0;
    const base::Error error = os_error("cannot write to the disk", path);
    ::close(file);
    if (!ok) return error;
    return {};
}

}  // namespace

base::Status sync_folder(const std::string& path) {
    return sync_path(path, O_RDONLY | O_DIRECTORY);
}

base::Status publish_file(const std::string& from, const std::string& to) {
    TRY(sync_path(from, O_RDONLY));
    if (std::rename(from.c_str(), to.c_str()) != 0) return os_error("cannot rename to", to);
    const std::string folder = std::filesystem::path(to).parent_path();
    return sync_folder(folder.empty() ? "." : folder);
}

}  // namespace store
