#include "neural/weights/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace neural {

base::Result<MappedFile> map_file(const std::string& path) {
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return base::failed(std::string("cannot be opened: ") + std::strerror(errno), path);
    struct stat info {};
    if (::fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) {
        ::close(fd);
        return base::failed("is not a file", path);
    }
    MappedFile file;
    file.size = static_cast<size_t>(info.st_size);
    if (file.size == 0) {
        ::close(fd);
        return base::failed("is empty", path);
    }
    void* at = ::mmap(nullptr, file.size, PROT_READ, MAP_SHARED, fd, 0);
    const int error = errno;
    ::close(fd);
    if (at == MAP_FAILED)
        return base::failed(std::string("cannot be mapped: ") + std::strerror(error), path);
    const size_t size = file.size;
    file.bytes = std::shared_ptr<const std::byte>(
        static_cast<const std::byte*>(at),
        [size](const std::byte* b) { ::munmap(const_cast<std::byte*>(b), size); });
    return file;
}

}  // namespace neural
