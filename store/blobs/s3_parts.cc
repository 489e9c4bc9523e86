// Objects in parts: create, upload each part, complete; or abort, so that nothing is paid for that
// nobody sees ("Uploading and copying objects using multipart upload" of the S3 user guide).
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "base/core/sha256.h"
#include "store/blobs/s3_bucket.h"

namespace store {
namespace {

using base::failed;
using base::HttpRequest;
using base::HttpResponse;
using base::Status;

constexpr int64_t kMostParts = 10'000;
constexpr double kComplete_s = 900;

std::string escaped(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (c == '&') out += "&amp;";
        else if (c == '<') out += "&lt;";
        else if (c == '>') out += "&gt;";
        else out += c;
    }
    return out;
}

// Aborted at its end unless it was completed.
class Upload {
public:
    Upload(const S3Bucket& bucket, const std::string& object, const std::string& id)
        : bucket_(bucket), url_(bucket.url_of(object)), id_(base::percent_encoded(id)) {}
    ~Upload() {
        if (open_) (void)bucket_.call(bucket_.request("DELETE", url_ + "?uploadId=" + id_)).ok();
    }
    Upload(const Upload&) = delete;

    Status put(int64_t number, std::string bytes) {
        HttpRequest request = bucket_.request(
            "PUT", url_ + "?partNumber=" + std::to_string(number) + "&uploadId=" + id_);
        request.timeout_s = 60 + static_cast<double>(bytes.size()) / 100e3;
        request.body = std::move(bytes);
        const HttpResponse response = TRY(bucket_.call(request));
        const std::string* tag = response.header("ETag");
        if (response.status != 200 || !tag)
            return failed("object storage did not take a part", url_);
        parts_ += "<Part><PartNumber>" + std::to_string(number) + "</PartNumber><ETag>" +
                  escaped(*tag) + "</ETag></Part>";
        return {};
    }
    // False when the server knows no such upload (any more).
    base::Result<bool> complete() {
        HttpRequest request = bucket_.request("POST", url_ + "?uploadId=" + id_);
        request.headers = {{"Content-Type", "application/xml"}};
        request.body = "<CompleteMultipartUpload>" + parts_ + "</CompleteMultipartUpload>";
        request.timeout_s = kComplete_s;
        const HttpResponse response = TRY(bucket_.call(request));
        // The status is sent before the parts are joined: what became of them is in the body.
        if (response.ok() &&
            response.body.find("<CompleteMultipartUploadResult") == std::string::npos)
            return failed(
                "object storage did not join the parts (" + s3_complaint(response.body) + ")",
                url_);
        open_ = false;
        return response.ok();
    }

private:
    const S3Bucket& bucket_;
    std::string url_, id_, parts_;
    bool open_ = true;
};

class File {
public:
    explicit File(const std::string& path)
        : path_(path), file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
    ~File() {
        if (file_ >= 0) ::close(file_);
    }
    File(const File&) = delete;
    base::Result<std::string> read(int64_t bytes) const {
        std::string out(static_cast<size_t>(bytes), '\0');
        for (size_t done = 0; done < out.size();) {
            const ssize_t n = ::read(file_, out.data() + done, out.size() - done);
            if (n < 0 && errno == EINTR) continue;
            if (n < 0) return os_error("cannot read", path_);
            if (n == 0) return failed("a file that became shorter", path_);
            done += static_cast<size_t>(n);
        }
        return out;
    }

private:
    std::string path_;
    int file_;
};

}  // namespace

Status S3Bucket::put_in_parts(const std::string& object, const std::string& path,
                              const Blob& blob) const {
    const File file(path);
    HttpRequest create = request("POST", url_of(object) + "?uploads");
    create.headers = {{"Content-Type", "application/octet-stream"}};
    const HttpResponse created = TRY(call(create));
    if (created.status != 200) return failed("there is no such bucket", url);
    const std::string id = s3_value(created.body, "UploadId");
    if (id.empty()) return failed("object storage began an upload without a name", create.url);

    Upload upload(*this, object, id);
    base::Sha256 hash;
    const int64_t part = std::max(part_bytes, (blob.bytes + kMostParts - 1) / kMostParts);
    for (int64_t at = 0, number = 1; at < blob.bytes; at += part, ++number) {
        std::string bytes = TRY(file.read(std::min(part, blob.bytes - at)));
        hash.add(bytes);
        TRY(upload.put(number, std::move(bytes)));
    }
    if (hash.hex() != blob.sha256) return failed("a file that is not what it was said to be", path);
    if (TRY(upload.complete())) return {};
    // Completed already, if an answer to it was lost.
    if (TRY(size(object)) != blob.bytes)
        return failed("object storage lost the parts of a blob", create.url);
    return {};
}

Status S3Bucket::abort_old_uploads(int64_t before_ms) const {
    std::string next;
    do {
        const auto response =
            call(request("GET", url + "?uploads&prefix=" + base::percent_encoded(prefix) + next));
        if (!response.ok() || response->status != 200) return {};
        const S3Uploads list = TRY(parse_s3_uploads(response->body));
        for (const S3Upload& old : list.uploads) {
            if (old.begun_ms >= before_ms || !old.key.starts_with(prefix)) continue;
            TRY(call(request("DELETE", url_of(old.key.substr(prefix.size())) +
                                           "?uploadId=" + base::percent_encoded(old.id))));
        }
        next = list.next_key.empty()
                   ? ""
                   : "&key-marker=" + base::percent_encoded(list.next_key) +
                         "&upload-id-marker=" + base::percent_encoded(list.next_id);
    } while (!next.empty());
    return {};
}

}  // namespace store
