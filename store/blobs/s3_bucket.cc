#include "store/blobs/s3_bucket.h"

#include <unistd.h>

#include <charconv>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "base/core/sha256.h"
#include "base/text/text.h"

namespace store {

using base::failed;
using base::HttpRequest;
using base::HttpResponse;
using base::Status;

namespace {

constexpr int kTries = 4;
constexpr double kCopy_s = 900;

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

base::Result<int64_t> parse_part_bytes(const std::string& text) {
    int64_t bytes = 0;
    const auto end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, bytes);
    if (error != std::errc() || rest != end || bytes < 1 || bytes > (int64_t{1} << 30))
        return base::usage_error("part_bytes of s3://... is a number from 1 to 1073741824");
    return bytes;
}

void wait_after(int tries) { std::this_thread::sleep_for(std::chrono::milliseconds(100 << tries)); }

}  // namespace

base::Result<S3Bucket> S3Bucket::parse(const std::string& url) {
    S3Bucket bucket;
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
                bucket.key.region = value;
            } else if (name == "scratch") {
                bucket.scratch = value;
            } else if (name == "part_bytes") {
                bucket.part_bytes = TRY(parse_part_bytes(value));
            } else {
                return base::usage_error(
                    "s3://... knows endpoint, region, scratch and part_bytes, not " + name);
            }
        }
    }
    const std::string path = url.substr(5, mark == std::string::npos ? mark : mark - 5);
    const size_t slash = path.find('/');
    bucket.name = path.substr(0, slash);
    if (bucket.name.empty()) return base::usage_error("s3://BUCKET/PREFIX needs a bucket");
    if (slash != std::string::npos) bucket.prefix = path.substr(slash + 1);
    if (!bucket.prefix.empty() && bucket.prefix.back() != '/') bucket.prefix += '/';
    if (endpoint.empty()) endpoint = "https://s3." + bucket.key.region + ".amazonaws.com";
    while (endpoint.ends_with('/')) endpoint.pop_back();
    bucket.url = endpoint + "/" + bucket.name;
    bucket.key.access_key = environment("AWS_ACCESS_KEY_ID");
    bucket.key.secret_key = environment("AWS_SECRET_ACCESS_KEY");
    bucket.key.session_token = environment("AWS_SESSION_TOKEN");
    if (bucket.key.access_key.empty() || bucket.key.secret_key.empty()) {
        return base::usage_error("set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY for s3://" +
                                 bucket.name);
    }
    if (bucket.scratch.empty()) {
        bucket.scratch =
            (std::filesystem::temp_directory_path() / ("aozora-s3-" + std::to_string(geteuid())))
                .string();
    }
    return bucket;
}

std::string S3Bucket::url_of(const std::string& object) const {
    return url + "/" + base::percent_encoded(prefix + object, true);
}

HttpRequest S3Bucket::request(const std::string& method, const std::string& target) const {
    HttpRequest request;
    request.method = method;
    request.url = target;
    request.allow_private = true;  // the operator chose the endpoint
    request.sigv4 = key;
    return request;
}

base::Result<HttpResponse> S3Bucket::call(const HttpRequest& request) const {
    for (int tries = 1;; ++tries) {
        auto response = base::http_exchange(request);
        const int status = response.ok() ? response->status : 0;
        if ((response.ok() && response->ok()) || status == 404 || status == 416) return response;
        const bool again = status == 0 || status == 429 || (status >= 500 && status != 501);
        if (!again || tries == kTries) {
            if (!response.ok()) return response;
            const std::string complaint = s3_complaint(response->body);
            return failed("object storage refused with status " + std::to_string(status) +
                              (complaint.empty() ? "" : " (" + complaint + ")"),
                          base::url_without_secrets(request.url));
        }
        wait_after(tries);
    }
}

base::Result<std::optional<int64_t>> S3Bucket::size(const std::string& object) const {
    const HttpResponse head = TRY(call(request("HEAD", url_of(object))));
    if (head.status == 404) return std::optional<int64_t>();
    const std::string* length = head.header("Content-Length");
    if (!length) return failed("object storage does not say how long a blob is", url_of(object));
    return std::optional<int64_t>(std::strtoll(length->c_str(), nullptr, 10));
}

Status S3Bucket::remove(const std::string& object) const {
    TRY(call(request("DELETE", url_of(object))));
    return {};
}

base::Result<bool> S3Bucket::copy(const std::string& from, const std::string& to) const {
    HttpRequest request = this->request("PUT", url_of(to));
    request.headers = {
        {"x-amz-copy-source", "/" + name + "/" + base::percent_encoded(prefix + from, true)}};
    request.timeout_s = kCopy_s;
    const HttpResponse response = TRY(call(request));
    if (response.status == 404) return false;
    // The status is sent before the copy is made: what became of it is in the body.
    if (response.body.find("<CopyObjectResult") == std::string::npos)
        return failed("object storage did not copy (" + s3_complaint(response.body) + ")",
                      request.url);
    return true;
}

base::Result<std::string> S3Bucket::hash(const std::string& object, int64_t bytes) const {
    for (int tries = 1;; ++tries) {
        base::Sha256 hash;
        HttpRequest request = this->request("GET", url_of(object));
        request.max_body_bytes = bytes;
        request.timeout_s = 60 + static_cast<double>(bytes) / 100e3;
        request.on_body = [&](std::string_view piece) -> Status {
            hash.add(piece);
            return {};
        };
        const auto response = base::http_exchange(request);
        if (response.ok() && response->ok()) return hash.hex();
        if (tries == kTries) {
            if (!response.ok()) return response.error();
            return failed("object storage answered " + std::to_string(response->status),
                          request.url);
        }
        wait_after(tries);
    }
}

Status S3Bucket::each(const std::string& folder,
                      const std::function<Status(const S3Object&)>& visit) const {
    std::string next;
    do {
        const HttpResponse response = TRY(call(request(
            "GET",
            url + "?list-type=2&prefix=" + base::percent_encoded(prefix + folder) +
                (next.empty() ? "" : "&continuation-token=" + base::percent_encoded(next)))));
        if (response.status != 200) return failed("there is no such bucket", url);
        S3List list = TRY(parse_s3_list(response.body));
        for (S3Object& object : list.objects) {
            if (!object.key.starts_with(prefix + folder)) continue;
            object.key.erase(0, prefix.size());
            TRY(visit(object));
        }
        next = list.next;
    } while (!next.empty());
    return {};
}

}  // namespace store
