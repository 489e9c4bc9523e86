// Content-addressed bytes: a blob is named by the SHA-256 of what it holds, never changes, and
// lives as long as somebody refers to it.
//
// References are rows of `blob_refs(blob, owner, role)` written in the caller's transaction, so a
// blob and what it belongs to appear and vanish together; counts are never kept. A blob without
// references that is older than a grace time is an orphan and is swept.
//
// Directory: ab/cd/SHA256 below the root; written to incoming/, fsync, rename, fsync of the
// directory. S3: objects blobs/ab/cd/SHA256 by base/net's SigV4, large ones in parts; presigned GET
// and PUT. What is put to such an address lies below incoming/ until it has been read and hashed
// here: no store is trusted to refuse other bytes than were announced.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/result.h"
#include "store/sql/db.h"

namespace store {

struct Blob {
    std::string sha256;  // 64 hex digits
    int64_t bytes = 0;
};

struct BlobRange {
    int64_t first = 0;
    int64_t length = -1;  // -1 = to the end
};

// Where the bytes are; any thread.
class BlobStore {
public:
    virtual ~BlobStore() = default;
    // "dir:PATH", a plain path, or "s3://bucket/prefix?endpoint=http://host:port&region=..."
    // (&part_bytes=N: what has more than four parts of N bytes is put in parts; 16 MiB); S3 keys
    // from AWS_ACCESS_KEY_ID / AWS_SECRET_ACCESS_KEY (AWS_SESSION_TOKEN too).
    static base::Result<std::unique_ptr<BlobStore>> open(const std::string& url);

    // A folder on the same file system as the store (S3: a local scratch folder) where uploads are
    // written before put_file takes them.
    virtual std::string incoming_dir() const = 0;
    // Takes the file at `path` (it is gone afterwards). `sha256` may be given when the caller
    // hashed while writing; else it is computed here. An equal blob that exists is kept.
    virtual base::Result<Blob> put_file(const std::string& path,
                                        const std::string& sha256 = {}) = 0;
    base::Result<Blob> put_bytes(std::string_view bytes);
    virtual base::Result<bool> exists(const std::string& sha256) = 0;
    // nullopt when there is none.
    virtual base::Result<std::optional<int64_t>> size(const std::string& sha256) = 0;
    // An Error when the range holds more than `most_bytes`, or begins behind the end.
    virtual base::Result<std::string> read(const std::string& sha256, BlobRange range,
                                           int64_t most_bytes) = 0;
    // A path that can be opened, when the store is a directory; nullopt for S3.
    virtual std::optional<std::string> local_path(const std::string& sha256) = 0;
    // Copies into a file (worker's input).
    virtual base::Status copy_to(const std::string& sha256, const std::string& path) = 0;
    // An address that works without credentials for `seconds`; nullopt for a directory.
    virtual std::optional<std::string> presigned_get(const std::string& sha256, int seconds,
                                                     const std::string& content_type) = 0;
    // An address to which anybody may put `bytes` bytes for `seconds`, again and again; nullopt for
    // a directory, and for more bytes than go at once. `upload`: a new name of a-z, 0-9 and '-',
    // 100 at most.
    virtual std::optional<std::string> presigned_put(const std::string& upload, int64_t bytes,
                                                     int seconds) = 0;
    // Makes what was put there a blob; true when it is one (again, too). False when nothing came
    // or other bytes than `blob` says. Reads all of it; the upload is gone afterwards.
    virtual base::Result<bool> take_upload(const std::string& upload, const Blob& blob) = 0;
    virtual base::Status remove(const std::string& sha256) = 0;  // ok when there is none
    // Removes it unless it was put after `before_ms` (ms since 1970). False when it is kept.
    virtual base::Result<bool> remove_if_older(const std::string& sha256, int64_t before_ms) = 0;
    // Every blob there is, in no order; for sweeps and backups.
    using Visit =
        std::function<base::Status(const std::string& sha256, int64_t bytes, int64_t put_ms)>;
    virtual base::Status each(const Visit& visit) = 0;
    // Removes what was begun before `before_ms` and never became a blob.
    virtual base::Status sweep_incoming(int64_t before_ms) = 0;
    virtual base::Result<int64_t> free_bytes() = 0;  // INT64_MAX for S3
};

// The table beside the bytes. An owner ("job:7", "video:video_ab12") has one blob in each role;
// adding another one replaces it.
base::Status add_ref(Tx& tx, const Blob& blob, const std::string& owner, const std::string& role);
base::Status drop_ref(Tx& tx, const std::string& owner, const std::string& role);
base::Status drop_refs(Tx& tx, const std::string& owner);  // all roles of that owner
base::Result<std::optional<Blob>> find_ref(Db& db, const std::string& owner,
                                           const std::string& role);

struct BlobRef {
    std::string role;
    Blob blob;
};
base::Result<std::vector<BlobRef>> find_refs(Db& db, const std::string& owner);  // sorted by role

// Removes blobs that nobody refers to and that are older than `grace_ms`, and old uploads in
// incoming/. Never removes one that is being referred to right now (the check and the removal are
// fenced by the row in `blobs`; grace_ms must be longer than the longest time between a put and its
// add_ref: hours). Returns how many blobs went.
base::Result<int64_t> sweep_orphans(Db& db, BlobStore& blobs, int64_t grace_ms);

}  // namespace store
