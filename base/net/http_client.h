// The only HTTP client of the program. HTTP and HTTPS, HTTP/1.1; certificates are always checked.
// Each thread keeps its connections for the next exchange with the same host.
//
// Blocking; any thread. What comes back is bounded in size and time. Unless `allow_private` is set,
// only public addresses are connected to (base/net/address.h), environment proxies are not used,
// and redirects are held to the same.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/core/result.h"
#include "base/net/http_header.h"
#include "base/net/sigv4.h"
#include "base/signal/source.h"

namespace base {

// Bytes first..last, both included; last = -1 means to the end.
struct ByteRange {
    int64_t first = 0, last = -1;
};

struct HttpResponse;

struct HttpRequest {
    std::string method = "GET";
    std::string url;
    std::vector<HttpHeader> headers;
    std::string body;
    // When set, this file's bytes are the body (streamed, with their length); `body` must be empty.
    std::string body_file;
    std::optional<ByteRange> range;
    double timeout_s = 60;  // of the whole exchange
    double connect_timeout_s = 10;
    double stall_timeout_s = 0;  // ends a transfer that brings nothing for so long; 0: does not
    int64_t max_body_bytes = 16 << 20;  // more is an Error
    int max_redirects = 5;              // of GET and HEAD; other methods never follow
    // For addresses that the operator chose, never for those that a stranger sent.
    bool allow_private = false;
    // Path of a Unix socket to connect to in place of the URL's host; only with allow_private.
    std::string unix_socket;
    // Signs the request; redirects are not followed then. The hash of the body is computed here
    // unless `headers` give x-amz-content-sha256.
    std::optional<SigV4Key> sigv4;
    // When set, sees status and headers of the last answer before its body comes (2xx with a body
    // only); an Error ends the transfer and is returned.
    std::function<Status(const HttpResponse& head)> on_head;
    // When set, the body of a 2xx answer goes here piece by piece and HttpResponse::body stays
    // empty; an Error ends the transfer and is returned.
    std::function<Status(std::string_view piece)> on_body;
    const CancelToken* cancel = nullptr;
};

struct HttpResponse {
    int status = 0;
    std::vector<HttpHeader> headers;  // of the last answer, after redirects
    std::string body;
    std::string url;  // where it came from in the end

    // The first header of that name (any case), nullptr when there is none.
    const std::string* header(std::string_view name) const;
    bool ok() const { return status >= 200 && status < 300; }
};

// An Error when no answer came; an answer of any status is a response. Errors name the address
// without user, password and query, where secrets live.
Result<HttpResponse> http_exchange(const HttpRequest& request);

// "https://user:secret@host/path?key=1" -> "https://host/path"
std::string url_without_secrets(std::string_view url);

}  // namespace base
