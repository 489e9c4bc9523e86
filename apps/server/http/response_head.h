// The status line and headers of an answer as bytes (RFC 9112).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "apps/server/http/message.h"

namespace http {

std::string_view reason_phrase(int status);  // "Not Found"; "" for unknown ones

// 1xx, 204 and 304 have no body and 204 no Content-Length (RFC 9110, 8.6).
bool status_has_body(int status);

struct Framing {
    enum Kind { Length, Chunked, UntilClose, None } kind = Length;
    int64_t length = 0;  // of Length
    bool keep_alive = true;
    bool http10 = false;
};

// Appends to `out`. Headers that belong to the server (Content-Length, Transfer-Encoding,
// Connection, Date, Server) are left out where a handler set them, as are those with line ends or
// other control characters (response splitting); the latter are logged.
void append_head(std::string& out, const Response& response, const Framing& framing,
                 std::string_view date);

}  // namespace http
