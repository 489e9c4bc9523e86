#include "store/blobs/blobs.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <random>

#include "base/core/sha256.h"
#include "store/blobs/stores.h"
#include "store/sql/durable.h"

namespace store {

using base::failed;
using base::Status;

base::Error os_error(const std::string& doing, const std::string& path) {
    const bool full = errno == ENOSPC || errno == EDQUOT;
    return failed(doing + ": " + (full ? "the disk is full" : std::strerror(errno)), path);
}

Status check_name(const std::string& sha256) {
    if (base::is_sha256(sha256)) return {};
    return base::usage_error("a blob is named by 64 lower-case hex digits");
}

std::string sharded(const std::string& sha256) {
    return sha256.substr(0, 2) + "/" + sha256.substr(2, 2) + "/" + sha256;
}

base::Error no_such_blob(const std::string& sha256) {
    return {base::ErrorKind::NotFound, "there is no blob " + sha256, ""};
}

std::string new_name_in(const std::string& folder) {
    static const uint64_t start = (uint64_t{std::random_device{}()} << 32) ^ std::random_device{}();
    static std::atomic<uint64_t> next{0};
    return folder + "/" + std::to_string(::getpid()) + "-" + std::to_string(start) + "-" +
           std::to_string(next++);
}

void remove_old_files(const std::string& folder, int64_t before_ms) {
    namespace fs = std::filesystem;
    std::error_code error;
    const auto before = std::chrono::file_clock::from_sys(
        std::chrono::system_clock::time_point(std::chrono::milliseconds(before_ms)));
    std::vector<fs::path> old;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
        std::error_code ignored;
        if (entry.is_regular_file(ignored) && entry.last_write_time(ignored) < before && !ignored)
            old.push_back(entry.path());
    }
    for (const auto& path : old) fs::remove(path, error);
}

base::Result<int64_t> size_of_file(const std::string& path) {
    struct stat status;
    if (::stat(path.c_str(), &status) != 0) return os_error("cannot read", path);
    if (!S_ISREG(status.st_mode)) return failed("not a file", path);
    return int64_t{status.st_size};
}

base::Result<Extent> extent_of(BlobRange range, int64_t size, int64_t most_bytes) {
    if (range.first < 0 || range.first > size)
        return base::usage_error("a range outside of the blob");
    const int64_t left = size - range.first;
    const int64_t length = range.length < 0 ? left : std::min(range.length, left);
    if (length > most_bytes) {
        return failed("a blob of more than " + std::to_string(most_bytes) + " bytes");
    }
    return Extent{range.first, range.first + length};
}

base::Result<std::unique_ptr<FileWriter>> FileWriter::create(const std::string& path) {
    const int file = ::open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
    if (file < 0) return os_error("cannot write", path);
    return std::unique_ptr<FileWriter>(new FileWriter(path, file));
}

FileWriter::~FileWriter() {
    ::close(file_);
    if (!path_.empty()) ::unlink(path_.c_str());
}

Status FileWriter::write(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t n = ::write(file_, bytes.data(), bytes.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return os_error("cannot write", path_);
        bytes.remove_prefix(static_cast<size_t>(n));
    }
    return {};
}

Status FileWriter::keep_as(const std::string& path) {
    TRY(publish_file(path_, path));
    path_.clear();
    return {};
}

base::Result<std::unique_ptr<BlobStore>> BlobStore::open(const std::string& url) {
    if (url.starts_with("s3://")) return open_s3(url);
    const std::string path = url.starts_with("dir:") ? url.substr(4) : url;
    if (path.empty() || path.find("://") != std::string::npos) {
        return base::usage_error("a store of blobs is dir:PATH or s3://BUCKET/PREFIX?endpoint=...");
    }
    return open_directory(path);
}

base::Result<Blob> BlobStore::put_bytes(std::string_view bytes) {
    const std::string path = new_name_in(incoming_dir());
    auto file = TRY(FileWriter::create(path));
    TRY(file->write(bytes));
    return put_file(path, base::sha256_hex(bytes));
}

}  // namespace store
