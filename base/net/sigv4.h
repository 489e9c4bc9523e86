// Signatures of requests to object storage: AWS Signature Version 4 as Amazon S3 wants it
// ("Signature Calculations for the Authorization Header" and "Authenticating Requests: Using Query
// Parameters" of the S3 API reference). Of other services only those that encode the path once.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/result.h"
#include "base/net/http_header.h"

namespace base {

struct SigV4Key {
    std::string access_key, secret_key;
    std::string session_token;  // of temporary keys; may be empty
    std::string region = "us-east-1";
    std::string service = "s3";
};

// What must be sent besides `headers`, which are all signed, in this order: x-amz-date,
// x-amz-content-sha256, x-amz-security-token (where there is one), Authorization. `Host` is what a
// client sends for `url`. `payload_sha256`: hex, or "UNSIGNED-PAYLOAD". `now_s`: Unix time; the
// server refuses a clock that is 15 minutes off.
Result<std::vector<HttpHeader>> sigv4_headers(const SigV4Key& key, const std::string& method,
                                              const std::string& url,
                                              const std::vector<HttpHeader>& headers,
                                              const std::string& payload_sha256, int64_t now_s);

// `url` with a signature in its query that lets anybody do `method` for `seconds` (1..604800).
Result<std::string> sigv4_presigned_url(const SigV4Key& key, const std::string& method,
                                        const std::string& url, int seconds, int64_t now_s);

// Every byte but letters, digits and "-._~" as %XX; '/' too unless `keeps_slash`.
std::string percent_encoded(std::string_view text, bool keeps_slash = false);
// %XX as bytes; what is no such pair stays as it is.
std::string percent_decoded(std::string_view text);

}  // namespace base
