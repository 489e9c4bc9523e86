#include <unistd.h>

#include <chrono>
#include <ctime>
#include <filesystem>
#include <thread>

#include "base/core/sha256.h"
#include "base/net/http_client.h"
#include "store/blobs/s3_bucket.h"
#include "store/blobs/stores.h"

namespace store {
namespace {

namespace fs = std::filesystem;
using base::failed;
using base::HttpRequest;
using base::HttpResponse;
using base::Status;

constexpr int kTries = 4;
// An object of more parts than that goes in parts: a PUT that breaks off begins anew.
constexpr int64_t kPartsFrom = 4;

class S3 : public BlobStore {
public:
    explicit S3(S3Bucket bucket) : bucket_(std::move(bucket)) {}

    Status start() {
        std::error_code error;
        fs::create_directories(bucket_.scratch, error);
        if (!error) fs::permissions(bucket_.scratch, fs::perms::owner_all, error);
        if (error) return failed("cannot make the folder: " + error.message(), bucket_.scratch);
        return {};
    }

    std::string incoming_dir() const override { return bucket_.scratch; }
    base::Result<Blob> put_file(const std::string& path, const std::string& sha256) override;
    base::Result<bool> exists(const std::string& sha256) override {
        TRY(check_name(sha256));
        return TRY(bucket_.size(object_of(sha256))).has_value();
    }
    base::Result<std::optional<int64_t>> size(const std::string& sha256) override {
        TRY(check_name(sha256));
        return bucket_.size(object_of(sha256));
    }
    base::Result<std::string> read(const std::string& sha256, BlobRange range,
                                   int64_t most_bytes) override;
    std::optional<std::string> local_path(const std::string&) override { return {}; }
    Status copy_to(const std::string& sha256, const std::string& path) override;
    std::optional<std::string> presigned_get(const std::string& sha256, int seconds,
                                             const std::string& content_type) override {
        if (!base::is_sha256(sha256)) return {};
        std::string url = bucket_.url_of(object_of(sha256));
        if (!content_type.empty()) {
            url += "?response-content-type=" + base::percent_encoded(content_type);
        }
        auto signed_url =
            base::sigv4_presigned_url(bucket_.key, "GET", url, seconds, std::time(nullptr));
        if (!signed_url.ok()) return {};
        return *signed_url;
    }
    Status remove(const std::string& sha256) override {
        TRY(check_name(sha256));
        return bucket_.remove(object_of(sha256));
    }
    base::Result<bool> remove_if_older(const std::string& sha256, int64_t before_ms) override;
    Status each(const Visit& visit) override;
    std::optional<std::string> presigned_put(const std::string& upload, int64_t bytes,
                                             int seconds) override;
    base::Result<bool> take_upload(const std::string& upload, const Blob& blob) override;
    Status sweep_incoming(int64_t before_ms) override;
    base::Result<int64_t> free_bytes() override { return INT64_MAX; }

private:
    static std::string object_of(const std::string& sha256) { return "blobs/" + sharded(sha256); }
    HttpRequest request_for(const std::string& method, const std::string& sha256) const {
        return bucket_.request(method, bucket_.url_of(object_of(sha256)));
    }

    S3Bucket bucket_;
};

base::Result<Blob> S3::put_file(const std::string& path, const std::string& sha256) {
    struct Unlink {
        const std::string& path;
        ~Unlink() { ::unlink(path.c_str()); }
    } unlink{path};
    const int64_t bytes = TRY(size_of_file(path));
    Blob blob{sha256, bytes};
    if (sha256.empty()) blob.sha256 = TRY(base::sha256_hex_of_file(path));
    TRY(check_name(blob.sha256));
    if (blob.bytes > kPartsFrom * bucket_.part_bytes || blob.bytes > kMostBytesAtOnce) {
        TRY(bucket_.put_in_parts(object_of(blob.sha256), path, blob));
        return blob;
    }
    HttpRequest request = request_for("PUT", blob.sha256);
    // The server checks the bytes against this.
    request.headers = {{"x-amz-content-sha256", blob.sha256},
                       {"Content-Type", "application/octet-stream"}};
    request.body_file = path;
    request.timeout_s = 60 + static_cast<double>(blob.bytes) / 100e3;
    if (TRY(bucket_.call(request)).status != 200)
        return failed("there is no such bucket", bucket_.url);
    return blob;
}

base::Result<std::string> S3::read(const std::string& sha256, BlobRange range, int64_t most_bytes) {
    const auto size = TRY(this->size(sha256));
    if (!size) return no_such_blob(sha256);
    const Extent extent = TRY(extent_of(range, *size, most_bytes));
    if (extent.first == extent.end) return std::string();
    HttpRequest request = request_for("GET", sha256);
    request.range = base::ByteRange{extent.first, extent.end - 1};
    request.max_body_bytes = extent.end - extent.first;
    request.timeout_s = 60 + static_cast<double>(request.max_body_bytes) / 100e3;
    HttpResponse response = TRY(bucket_.call(request));
    if (response.status == 404) return no_such_blob(sha256);
    if (static_cast<int64_t>(response.body.size()) != request.max_body_bytes) {
        return failed("object storage sent another range than was asked for", request.url);
    }
    return std::move(response.body);
}

Status S3::copy_to(const std::string& sha256, const std::string& path) {
    const auto size = TRY(this->size(sha256));
    if (!size) return no_such_blob(sha256);
    for (int tries = 1;; ++tries) {
        auto writer = TRY(FileWriter::create(path + ".part"));
        base::Sha256 hash;
        HttpRequest request = request_for("GET", sha256);
        request.max_body_bytes = *size;
        request.timeout_s = 60 + static_cast<double>(*size) / 100e3;
        request.on_body = [&](std::string_view piece) -> Status {
            hash.add(piece);
            return writer->write(piece);
        };
        const auto response = base::http_exchange(request);
        if (response.ok() && response->status == 404) return no_such_blob(sha256);
        const bool whole = response.ok() && response->ok() && hash.hex() == sha256;
        if (whole) return writer->keep_as(path);
        if (tries == kTries) {
            if (!response.ok()) return response.error();
            return failed("a blob came damaged from object storage", request.url);
        }
        writer.reset();
        std::this_thread::sleep_for(std::chrono::milliseconds(100 << tries));
    }
}

base::Result<bool> S3::remove_if_older(const std::string& sha256, int64_t before_ms) {
    TRY(check_name(sha256));
    const HttpResponse head = TRY(bucket_.call(request_for("HEAD", sha256)));
    if (head.status == 404) return true;
    const std::string* modified = head.header("Last-Modified");
    const auto time = modified ? parse_s3_time(*modified) : std::nullopt;
    // Whole seconds. S3 cannot remove under a condition: a put between these two calls would be
    // lost, unless it is referred to only after this sweep, which the grace time sees to.
    if (!time || *time + 999 >= before_ms) return false;
    TRY(remove(sha256));
    return true;
}

Status S3::each(const Visit& visit) {
    return bucket_.each("blobs/", [&](const S3Object& object) -> Status {
        const std::string name = object.key.substr(object.key.rfind('/') + 1);
        if (!base::is_sha256(name)) return {};
        return visit(name, object.bytes, object.modified_ms);
    });
}

// Names come back from workers: they must not lead out of the folder.
bool is_upload_name(const std::string& name) {
    return !name.empty() && name.size() <= 100 &&
           name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos;
}

std::optional<std::string> S3::presigned_put(const std::string& upload, int64_t bytes,
                                             int seconds) {
    if (!is_upload_name(upload) || bytes < 0 || bytes > kMostBytesAtOnce) return {};
    auto signed_url = base::sigv4_presigned_url(
        bucket_.key, "PUT", bucket_.url_of("incoming/" + upload), seconds, std::time(nullptr));
    if (!signed_url.ok()) return {};
    return *signed_url;
}

base::Result<bool> S3::take_upload(const std::string& upload, const Blob& blob) {
    TRY(check_name(blob.sha256));
    if (!is_upload_name(upload)) return false;
    struct Remove {
        const S3Bucket& bucket;
        std::string object;
        ~Remove() { (void)bucket.remove(object).ok(); }  // else the sweep will
    };
    const std::string put = "incoming/" + upload;
    const auto bytes = TRY(bucket_.size(put));
    // Taken already, if the answer to that was lost.
    if (!bytes) return TRY(bucket_.size(object_of(blob.sha256))) == blob.bytes;
    const Remove remove_put{bucket_, put};
    if (*bytes != blob.bytes || blob.bytes > kMostBytesAtOnce) return false;
    // Whoever has the address may go on putting to it. What is read, and then kept, is a copy that
    // has no address.
    const std::string copy = new_name_in("incoming");
    if (!TRY(bucket_.copy(put, copy))) return false;
    const Remove remove_copy{bucket_, copy};
    if (TRY(bucket_.size(copy)) != blob.bytes || TRY(bucket_.hash(copy, blob.bytes)) != blob.sha256)
        return false;
    return bucket_.copy(copy, object_of(blob.sha256));
}

Status S3::sweep_incoming(int64_t before_ms) {
    remove_old_files(bucket_.scratch, before_ms);
    TRY(bucket_.each("incoming/", [&](const S3Object& object) -> Status {
        return object.modified_ms < before_ms ? bucket_.remove(object.key) : Status();
    }));
    return bucket_.abort_old_uploads(before_ms);
}

}  // namespace

base::Result<std::unique_ptr<BlobStore>> open_s3(const std::string& url) {
    auto store = std::make_unique<S3>(TRY(S3Bucket::parse(url)));
    TRY(store->start());
    return std::unique_ptr<BlobStore>(std::move(store));
}

}  // namespace store
