// The two kinds of BlobStore, for BlobStore::open and their own tests; and what they share.
#pragma once

#include "store/blobs/blobs.h"

namespace store {

base::Result<std::unique_ptr<BlobStore>> open_directory(const std::string& path);
base::Result<std::unique_ptr<BlobStore>> open_s3(const std::string& url);

base::Status check_name(const std::string& sha256);
// "ab/cd/SHA256"
std::string sharded(const std::string& sha256);
base::Error no_such_blob(const std::string& sha256);
// A new name in `folder` for a file that is being written.
std::string new_name_in(const std::string& folder);
// Plain files in `folder` that were last written before `before_ms` (ms since 1970).
void remove_old_files(const std::string& folder, int64_t before_ms);
base::Error os_error(const std::string& doing, const std::string& path);
base::Result<int64_t> size_of_file(const std::string& path);

// Bytes first..end-1 of a blob of `size` bytes.
struct Extent {
    int64_t first = 0, end = 0;
};
base::Result<Extent> extent_of(BlobRange range, int64_t size, int64_t most_bytes);

// Writes a file that nobody else may read.
class FileWriter {
public:
    static base::Result<std::unique_ptr<FileWriter>> create(const std::string& path);
    ~FileWriter();  // removes the file unless it was kept
    FileWriter(const FileWriter&) = delete;
    base::Status write(std::string_view bytes);
    base::Status keep_as(const std::string& path);  // fsync, rename

private:
    FileWriter(std::string path, int file) : path_(std::move(path)), file_(file) {}
    std::string path_;
    int file_;
};

}  // namespace store
