// Any Range header against any size: what is chosen lies within the file.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include "apps/server/http/range.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    if (size < 8) return 0;
    int64_t length = 0;
    std::memcpy(&length, data, sizeof(length));
    length &= INT64_MAX;
    const std::string_view header(reinterpret_cast<const char*>(data) + 8, size - 8);
    const http::RangeChoice choice = http::choose_ranges(header, length);
    if ((choice.kind == http::RangeChoice::Part) == choice.ranges.empty()) std::abort();
    if (choice.ranges.size() > http::kMostRanges) std::abort();
    int64_t left = length;
    for (const http::ByteRange& range : choice.ranges) {
        if (range.first < 0 || range.length <= 0 || range.first > length - range.length) {
            std::abort();
        }
        if (range.length > left) std::abort();
        left -= range.length;
        http::content_range(range, length);
    }
    return 0;
}
