#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>

#include "base/core/sha256.h"
#include "store/blobs/stores.h"
#include "store/sql/durable.h"

namespace store {
namespace {

namespace fs = std::filesystem;
using base::failed;
using base::Status;

int64_t mtime_ms(const struct stat& status) {
    return int64_t{status.st_mtim.tv_sec} * 1000 + status.st_mtim.tv_nsec / 1'000'000;
}

class File {
public:
    explicit File(const std::string& path) : file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
    ~File() {
        if (file_ >= 0) ::close(file_);
    }
    File(const File&) = delete;
    int get() const { return file_; }

private:
    int file_;
};

class Directory : public BlobStore {
public:
    explicit Directory(std::string root) : root_(std::move(root)) {}

    Status start() {
        std::error_code error;
        fs::create_directories(incoming_dir(), error);
        if (error) return failed("cannot make the folder: " + error.message(), incoming_dir());
        fs::permissions(root_, fs::perms::owner_all, error);
        return sync_folder(root_);
    }

    std::string incoming_dir() const override { return root_ + "/incoming"; }
    base::Result<Blob> put_file(const std::string& path, const std::string& sha256) override;
    base::Result<bool> exists(const std::string& sha256) override {
        TRY(check_name(sha256));
        return ::access(path_of(sha256).c_str(), F_OK) == 0;
    }
    base::Result<std::optional<int64_t>> size(const std::string& sha256) override {
        TRY(check_name(sha256));
        struct stat status;
        if (::stat(path_of(sha256).c_str(), &status) == 0) {
            return std::optional<int64_t>(status.st_size);
        }
        if (errno == ENOENT) return std::optional<int64_t>();
        return os_error("cannot read", path_of(sha256));
    }
    base::Result<std::string> read(const std::string& sha256, BlobRange range,
                                   int64_t most_bytes) override;
    std::optional<std::string> local_path(const std::string& sha256) override {
        if (!base::is_sha256(sha256)) return {};
        return path_of(sha256);
    }
    Status copy_to(const std::string& sha256, const std::string& path) override;
    std::optional<std::string> presigned_get(const std::string&, int, const std::string&) override {
        return {};
    }
    std::optional<std::string> presigned_put(const std::string&, int64_t, int) override {
        return {};
    }
    base::Result<bool> take_upload(const std::string&, const Blob&) override { return false; }
    Status sweep_incoming(int64_t before_ms) override {
        remove_old_files(incoming_dir(), before_ms);
        return {};
    }
    Status remove(const std::string& sha256) override {
        TRY(check_name(sha256));
        if (::unlink(path_of(sha256).c_str()) != 0 && errno != ENOENT) {
            return os_error("cannot remove", path_of(sha256));
        }
        return {};
    }
    base::Result<bool> remove_if_older(const std::string& sha256, int64_t before_ms) override;
    Status each(const Visit& visit) override;
    base::Result<int64_t> free_bytes() override {
        struct statvfs status;
        if (::statvfs(root_.c_str(), &status) != 0) return os_error("cannot ask for room", root_);
        return static_cast<int64_t>(status.f_bavail) * static_cast<int64_t>(status.f_frsize);
    }

private:
    std::string path_of(const std::string& sha256) const { return root_ + "/" + sharded(sha256); }
    Status put_checked(const std::string& path, const std::string& sha256);

    std::string root_;
};

base::Result<Blob> Directory::put_file(const std::string& path, const std::string& sha256) {
    struct Unlink {
        const std::string& path;
        ~Unlink() { ::unlink(path.c_str()); }  // it has another name by then, or is not wanted
    } unlink{path};
    const int64_t bytes = TRY(size_of_file(path));
    Blob blob{sha256, bytes};
    if (sha256.empty()) blob.sha256 = TRY(base::sha256_hex_of_file(path));
    TRY(check_name(blob.sha256));
    TRY(put_checked(path, blob.sha256));
    return blob;
}

Status Directory::put_checked(const std::string& path, const std::string& sha256) {
    const fs::path target = path_of(sha256);
    const fs::path leaf = target.parent_path();
    std::error_code error;
    if (!fs::exists(leaf, error)) {
        fs::create_directories(leaf, error);
        if (error) return failed("cannot make a folder: " + error.message(), leaf);
        TRY(sync_folder(root_));
        TRY(sync_folder(leaf.parent_path()));
    }
    // Always the new file, also in place of an equal one: its time is what a sweep looks at, and
    // the rename cannot be torn apart by one (remove_if_older).
    ::chmod(path.c_str(), 0400);
    ::utimensat(AT_FDCWD, path.c_str(), nullptr, 0);
    return publish_file(path, target);
}

base::Result<std::string> Directory::read(const std::string& sha256, BlobRange range,
                                          int64_t most_bytes) {
    TRY(check_name(sha256));
    const std::string path = path_of(sha256);
    const File file(path);
    if (file.get() < 0)
        return errno == ENOENT ? no_such_blob(sha256) : os_error("cannot read", path);
    struct stat status;
    if (::fstat(file.get(), &status) != 0) return os_error("cannot read", path);
    const Extent extent = TRY(extent_of(range, status.st_size, most_bytes));
    std::string out(static_cast<size_t>(extent.end - extent.first), '\0');
    for (size_t done = 0; done < out.size();) {
        const ssize_t n = ::pread(file.get(), out.data() + done, out.size() - done,
                                  extent.first + static_cast<off_t>(done));
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return os_error("cannot read", path);
        if (n == 0) return failed("a blob that became shorter", path);
        done += static_cast<size_t>(n);
    }
    return out;
}

Status Directory::copy_to(const std::string& sha256, const std::string& path) {
    TRY(check_name(sha256));
    const std::string from = path_of(sha256);
    const File file(from);
    if (file.get() < 0)
        return errno == ENOENT ? no_such_blob(sha256) : os_error("cannot read", from);
    auto writer = TRY(FileWriter::create(path + ".part"));
    std::string buffer(1 << 17, '\0');
    base::Sha256 hash;
    while (true) {
        const ssize_t n = ::read(file.get(), buffer.data(), buffer.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return os_error("cannot read", from);
        if (n == 0) break;
        const std::string_view piece(buffer.data(), static_cast<size_t>(n));
        hash.add(piece);
        TRY(writer->write(piece));
    }
    if (hash.hex() != sha256) return failed("this blob is damaged; restore it from a backup", from);
    return writer->keep_as(path);
}

base::Result<bool> Directory::remove_if_older(const std::string& sha256, int64_t before_ms) {
    TRY(check_name(sha256));
    const std::string path = path_of(sha256);
    struct stat status;
    if (::stat(path.c_str(), &status) != 0) return errno == ENOENT;
    if (mtime_ms(status) >= before_ms) return false;
    // A put may replace it at this moment: what is taken away is looked at again, and a young file
    // is put back.
    const std::string taken = new_name_in(incoming_dir());
    if (std::rename(path.c_str(), taken.c_str()) != 0) {
        if (errno == ENOENT) return true;
        return os_error("cannot remove", path);
    }
    if (::stat(taken.c_str(), &status) == 0 && mtime_ms(status) >= before_ms) {
        TRY(publish_file(taken, path));
        return false;
    }
    ::unlink(taken.c_str());
    return true;
}

Status Directory::each(const Visit& visit) {
    std::error_code error;
    for (const auto& upper : fs::directory_iterator(root_, error)) {
        if (upper.path().filename().string().size() != 2) continue;
        for (const auto& leaf : fs::directory_iterator(upper.path(), error)) {
            // All names first: the visitor may remove files.
            std::vector<std::string> names;
            for (const auto& file : fs::directory_iterator(leaf.path(), error)) {
                names.push_back(file.path().filename());
            }
            for (const std::string& name : names) {
                struct stat status;
                if (!base::is_sha256(name) || ::stat(path_of(name).c_str(), &status) != 0) continue;
                TRY(visit(name, status.st_size, mtime_ms(status)));
            }
        }
    }
    if (error) return failed("cannot read the folder: " + error.message(), root_);
    return {};
}

}  // namespace

base::Result<std::unique_ptr<BlobStore>> open_directory(const std::string& path) {
    auto store = std::make_unique<Directory>(path);
    TRY(store->start());
    return std::unique_ptr<BlobStore>(std::move(store));
}

}  // namespace store
