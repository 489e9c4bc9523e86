#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <thread>

#include "base/core/sha256.h"
#include "base/net/http_client.h"
#include "base/text/text.h"
#include "store/blobs/s3_text.h"
#include "store/blobs/stores.h"

namespace store {
namespace {

namespace fs = std::filesystem;
using base::failed;
using base::HttpRequest;
using base::HttpResponse;
using base::Status;

constexpr int64_t kMostBytes = 5'000'000'000;  // of one PUT
constexpr int kTries = 4;

struct Place {
    std::string bucket_url;  // "http://host:port/bucket"
    std::string prefix;      // "" or "some/prefix/"
    std::string scratch;
    base::SigV4Key key;
};

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

base::Result<Place> parse(const std::string& url) {
    Place place;
    std::string endpoint;
    const size_t mark = url.find('?');
    if (mark != std::string::npos) {
        for (const std::string& part : base::split(url.substr(mark + 1), '&')) {
            const size_t equals = part.find('=');
            const std::string name = part.substr(0, equals);
            const std::string value =
                equals == std::string::npos ? "" : base::percent_decoded(part.substr(equals + 1));
            if (name == "endpoint") {
                endpoint = value;
            } else if (name == "region") {
                place.key.region = value;
            } else if (name == "scratch") {
                place.scratch = value;
            } else {
                return base::usage_error("s3://... knows endpoint, region and scratch, not " +
                                         name);
            }
        }
    }
    const std::string path = url.substr(5, mark == std::string::npos ? mark : mark - 5);
    const size_t slash = path.find('/');
    const std::string bucket = path.substr(0, slash);
    if (bucket.empty()) return base::usage_error("s3://BUCKET/PREFIX needs a bucket");
    if (slash != std::string::npos) place.prefix = path.substr(slash + 1);
    if (!place.prefix.empty() && place.prefix.back() != '/') place.prefix += '/';
    if (endpoint.empty()) endpoint = "https://s3." + place.key.region + ".amazonaws.com";
    while (endpoint.ends_with('/')) endpoint.pop_back();
    place.bucket_url = endpoint + "/" + bucket;
    place.key.access_key = environment("AWS_ACCESS_KEY_ID");
    place.key.secret_key = environment("AWS_SECRET_ACCESS_KEY");
    place.key.session_token = environment("AWS_SESSION_TOKEN");
    if (place.key.access_key.empty() || place.key.secret_key.empty()) {
        return base::usage_error("set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY for s3://" +
                                 bucket);
    }
    if (place.scratch.empty()) {
        place.scratch =
            (fs::temp_directory_path() / ("aozora-s3-" + std::to_string(geteuid()))).string();
    }
    return place;
}

class S3 : public BlobStore {
public:
    explicit S3(Place place) : place_(std::move(place)) {}

    Status start() {
        std::error_code error;
        fs::create_directories(place_.scratch, error);
        if (!error) fs::permissions(place_.scratch, fs::perms::owner_all, error);
        if (error) return failed("cannot make the folder: " + error.message(), place_.scratch);
        return {};
    }

    std::string incoming_dir() const override { return place_.scratch; }
    base::Result<Blob> put_file(const std::string& path, const std::string& sha256) override;
    base::Result<bool> exists(const std::string& sha256) override {
        TRY(check_name(sha256));
        return TRY(call(request_for("HEAD", sha256))).status == 200;
    }
    base::Result<std::optional<int64_t>> size(const std::string& sha256) override;
    base::Result<std::string> read(const std::string& sha256, BlobRange range,
                                   int64_t most_bytes) override;
    std::optional<std::string> local_path(const std::string&) override { return {}; }
    Status copy_to(const std::string& sha256, const std::string& path) override;
    std::optional<std::string> presigned_get(const std::string& sha256, int seconds,
                                             const std::string& content_type) override {
        if (!base::is_sha256(sha256)) return {};
        std::string url = url_of(sha256);
        if (!content_type.empty()) {
            url += "?response-content-type=" + base::percent_encoded(content_type);
        }
        auto signed_url =
            base::sigv4_presigned_url(place_.key, "GET", url, seconds, std::time(nullptr));
        if (!signed_url.ok()) return {};
        return *signed_url;
    }
    Status remove(const std::string& sha256) override {
        TRY(check_name(sha256));
        TRY(call(request_for("DELETE", sha256)));
        return {};
    }
    base::Result<bool> remove_if_older(const std::string& sha256, int64_t before_ms) override;
    Status each(const Visit& visit) override;
    base::Result<int64_t> free_bytes() override { return INT64_MAX; }

private:
    std::string url_of(const std::string& sha256) const {
        return place_.bucket_url + "/" + base::percent_encoded(place_.prefix, true) + "blobs/" +
               sharded(sha256);
    }
    HttpRequest request_for(const std::string& method, const std::string& sha256) const {
        HttpRequest request;
        request.method = method;
        request.url = url_of(sha256);
        request.allow_private = true;  // the operator chose the endpoint
        request.sigv4 = place_.key;
        return request;
    }
    // Again after no answer, 429 and 5xx: all our calls may be repeated. An answer is a success or
    // 404, 416; every other is an Error with what S3 says.
    base::Result<HttpResponse> call(const HttpRequest& request) const;

    Place place_;
};

base::Result<HttpResponse> S3::call(const HttpRequest& request) const {
    for (int tries = 1;; ++tries) {
        auto response = base::http_exchange(request);
        const int status = response.ok() ? response->status : 0;
        if ((response.ok() && response->ok()) || status == 404 || status == 416) return response;
        const bool again = status == 0 || status == 429 || status >= 500;
        if (!again || tries == kTries) {
            if (!response.ok()) return response;
            const std::string complaint = s3_complaint(response->body);
            return failed("object storage refused with status " + std::to_string(status) +
                              (complaint.empty() ? "" : " (" + complaint + ")"),
                          base::url_without_secrets(request.url));
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(100 << tries));
    }
}

base::Result<Blob> S3::put_file(const std::string& path, const std::string& sha256) {
    struct Unlink {
        const std::string& path;
        ~Unlink() { ::unlink(path.c_str()); }
    } unlink{path};
    Blob blob{sha256, TRY(size_of_file(path))};
    if (blob.bytes > kMostBytes) return failed("object storage takes 5 GB at once", path);
    if (sha256.empty()) blob.sha256 = TRY(base::sha256_hex_of_file(path));
    TRY(check_name(blob.sha256));
    HttpRequest request = request_for("PUT", blob.sha256);
    // The server checks the bytes against this.
    request.headers = {{"x-amz-content-sha256", blob.sha256},
                       {"Content-Type", "application/octet-stream"}};
    request.body_file = path;
    request.timeout_s = 60 + static_cast<double>(blob.bytes) / 100e3;
    if (TRY(call(request)).status != 200)
        return failed("there is no such bucket", place_.bucket_url);
    return blob;
}

base::Result<std::optional<int64_t>> S3::size(const std::string& sha256) {
    TRY(check_name(sha256));
    const HttpResponse head = TRY(call(request_for("HEAD", sha256)));
    if (head.status == 404) return std::optional<int64_t>();
    const std::string* length = head.header("Content-Length");
    if (!length) return failed("object storage does not say how long a blob is", url_of(sha256));
    return std::optional<int64_t>(std::strtoll(length->c_str(), nullptr, 10));
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
    HttpResponse response = TRY(call(request));
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
    const HttpResponse head = TRY(call(request_for("HEAD", sha256)));
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
    std::string next;
    do {
        HttpRequest request;
        request.allow_private = true;
        request.sigv4 = place_.key;
        request.url = place_.bucket_url +
                      "?list-type=2&prefix=" + base::percent_encoded(place_.prefix + "blobs/") +
                      (next.empty() ? "" : "&continuation-token=" + base::percent_encoded(next));
        const HttpResponse response = TRY(call(request));
        if (response.status != 200) return failed("there is no such bucket", place_.bucket_url);
        const S3List list = TRY(parse_s3_list(response.body));
        for (const S3Object& object : list.objects) {
            const std::string name = object.key.substr(object.key.rfind('/') + 1);
            if (base::is_sha256(name)) TRY(visit(name, object.bytes, object.modified_ms));
        }
        next = list.next;
    } while (!next.empty());
    return {};
}

}  // namespace

base::Result<std::unique_ptr<BlobStore>> open_s3(const std::string& url) {
    auto store = std::make_unique<S3>(TRY(parse(url)));
    TRY(store->start());
    return std::unique_ptr<BlobStore>(std::move(store));
}

}  // namespace store
