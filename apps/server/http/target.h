// The request target and form text: percent-decoding (RFC 3986 section 2.1), the path, the query
// (application/x-www-form-urlencoded, WHATWG URL). Pure functions on untrusted bytes.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "apps/server/http/message.h"
#include "base/core/result.h"

namespace http {

// Every escape must be two hexadecimal digits; false leaves `out` unspecified.
bool percent_decode(std::string_view text, std::string& out);

// "a=1&b=x+y": '+' is a space, a broken escape stands for itself as in browsers, a name without '='
// has an empty value. At most `most` pairs are read.
std::vector<std::pair<std::string, std::string>> parse_pairs(std::string_view text,
                                                             size_t most = 1000);

// Fills path and query from the origin form "/path?query" or the absolute form
// "http://host/path?query". Errors (all mean 400): not starting with '/', a broken escape, a
// control character, a "." or ".." segment after decoding.
base::Status parse_target(std::string_view target, std::string& path, Query& query);

}  // namespace http
