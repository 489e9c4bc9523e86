// A bucket on a server that speaks S3, and exchanges with it: signed, and made again where that
// helps. Keys are given without the prefix of the store's address.
#pragma once

#include <functional>
#include <string>

#include "base/core/result.h"
#include "base/net/http_client.h"
#include "store/blobs/s3_text.h"
#include "store/blobs/stores.h"

namespace store {

// Of one PUT and of one copy; what is larger goes in parts.
inline constexpr int64_t kMostBytesAtOnce = 5'000'000'000;

struct S3Bucket {
    std::string url;      // "http://host:port/bucket"
    std::string name;     // "bucket"
    std::string prefix;   // "" or "some/prefix/"
    std::string scratch;  // a folder of this machine
    int64_t part_bytes = 16 << 20;
    base::SigV4Key key;

    // "s3://bucket/prefix?endpoint=...&region=...&scratch=...&part_bytes=..." and AWS_*.
    static base::Result<S3Bucket> parse(const std::string& url);

    std::string url_of(const std::string& object) const;
    base::HttpRequest request(const std::string& method, const std::string& url) const;
    // Again after no answer, 429 and 5xx: all our calls may be repeated. An answer is a success or
    // 404, 416; every other is an Error with what S3 says.
    base::Result<base::HttpResponse> call(const base::HttpRequest& request) const;

    // nullopt when there is none.
    base::Result<std::optional<int64_t>> size(const std::string& object) const;
    base::Status remove(const std::string& object) const;  // ok when there is none
    // On the server's side, up to kMostBytesAtOnce. False when there is no `from`.
    base::Result<bool> copy(const std::string& from, const std::string& to) const;
    // The SHA-256 of its first `bytes` bytes at most, read in a stream; an Error when it has more.
    base::Result<std::string> hash(const std::string& object, int64_t bytes) const;
    // Everything whose key begins with `folder`; keys without the prefix.
    base::Status each(const std::string& folder,
                      const std::function<base::Status(const S3Object&)>& visit) const;
    // Puts a file of any size as one object: reads part after part, holds one of them in memory,
    // and shows nothing unless all of it has come and hashes to blob.sha256.
    base::Status put_in_parts(const std::string& object, const std::string& path,
                              const Blob& blob) const;
    // Uploads in parts that were begun before `before_ms` (ms since 1970) and never finished.
    // Servers that cannot list them are left alone.
    base::Status abort_old_uploads(int64_t before_ms) const;
};

}  // namespace store
