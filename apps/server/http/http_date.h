// Dates of HTTP (RFC 9110 section 5.6.7), whole seconds since 1970 UTC.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace http {

// "Sun, 06 Nov 1994 08:49:37 GMT".
std::string format_http_date(int64_t seconds);
// Also the two old forms that a recipient must accept; nullopt for anything else.
std::optional<int64_t> parse_http_date(std::string_view text);

}  // namespace http
