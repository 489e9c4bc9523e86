#include "neural/weights/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
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

namespace {

// madvise wants whole pages: those that `bytes` touches.
void advise(std::span<const std::byte> bytes, int advice) {
    if (bytes.empty()) return;
    static const auto page = static_cast<uintptr_t>(::sysconf(_SC_PAGESIZE));
    const auto begin = reinterpret_cast<uintptr_t>(bytes.data()) / page * page;
    const auto end = reinterpret_cast<uintptr_t>(bytes.data()) + bytes.size();
    ::madvise(reinterpret_cast<void*>(begin), end - begin, advice);
}

}  // namespace

void forget_pages(std::span<const std::byte> bytes) { advise(bytes, MADV_DONTNEED); }

void fetch_pages(std::span<const std::byte> bytes, bool resident) {
    advise(bytes, MADV_WILLNEED);
#ifdef MADV_POPULATE_READ
    if (resident) advise(bytes, MADV_POPULATE_READ);
#else
    (void)resident;
#endif
}

}  // namespace neural
