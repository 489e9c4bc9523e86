// Byte ranges (RFC 9110 section 14). Pure functions on an untrusted header.
//
// Which freedom of the RFC is used: a malformed Range header is ignored (the whole file is sent);
// ranges that lie outside are dropped; more than 16 ranges, or ranges that together are longer than
// the file (overlaps made to cost bandwidth), are ignored too.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace http {

inline constexpr size_t kMostRanges = 16;

// "5-9": first 5, last 9. "5-": last -1. "-5", the last five bytes: first -1, last 5.
struct RangeSpec {
    int64_t first = -1;
    int64_t last = -1;
    friend bool operator==(const RangeSpec&, const RangeSpec&) = default;
};

struct ByteRange {
    int64_t first = 0;
    int64_t length = 0;  // > 0
    friend bool operator==(const ByteRange&, const ByteRange&) = default;
};

// The specs of "bytes=0-4, -5"; nullopt when the header is to be ignored.
std::optional<std::vector<RangeSpec>> parse_range(std::string_view header);

struct RangeChoice {
    enum Kind { Whole, Part, Unsatisfiable } kind = Whole;  // 200, 206, 416
    std::vector<ByteRange> ranges;                          // of Part, in the order asked for
};
RangeChoice choose_ranges(std::string_view header, int64_t size);

// "bytes 0-4/10".
std::string content_range(const ByteRange& range, int64_t size);

}  // namespace http
