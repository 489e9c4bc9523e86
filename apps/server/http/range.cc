#include "apps/server/http/range.h"

#include <strings.h>

#include <algorithm>
#include <charconv>

#include "base/text/text.h"

namespace http {
namespace {

// Digits only, so no sign; a number too large for 63 bits is as good as the largest.
std::optional<int64_t> parse_position(std::string_view text) {
    if (text.empty()) return std::nullopt;
    int64_t value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        if (value > (INT64_MAX - 9) / 10) {
            value = INT64_MAX;
        } else {
            value = value * 10 + (c - '0');
        }
    }
    return value;
}

std::optional<RangeSpec> parse_spec(std::string_view text) {
    const size_t dash = text.find('-');
    if (dash == std::string_view::npos) return std::nullopt;
    const std::string_view left = text.substr(0, dash);
    const std::string_view right = text.substr(dash + 1);
    RangeSpec spec;
    if (left.empty()) {
        const auto suffix = parse_position(right);
        if (!suffix) return std::nullopt;
        spec.last = *suffix;
        return spec;
    }
    const auto first = parse_position(left);
    if (!first) return std::nullopt;
    spec.first = *first;
    if (right.empty()) return spec;
    const auto last = parse_position(right);
    if (!last || *last < *first) return std::nullopt;
    spec.last = *last;
    return spec;
}

std::optional<ByteRange> resolve(const RangeSpec& spec, int64_t size) {
    if (spec.first < 0) {
        const int64_t length = std::min(spec.last, size);
        if (length == 0) return std::nullopt;
        return ByteRange{size - length, length};
    }
    if (spec.first >= size) return std::nullopt;
    const int64_t last = spec.last < 0 ? size - 1 : std::min(spec.last, size - 1);
    return ByteRange{spec.first, last - spec.first + 1};
}

}  // namespace

std::optional<std::vector<RangeSpec>> parse_range(std::string_view header) {
    constexpr std::string_view kUnit = "bytes=";
    if (header.size() < kUnit.size() ||
        strncasecmp(header.data(), kUnit.data(), kUnit.size()) != 0) {
        return std::nullopt;
    }
    header.remove_prefix(kUnit.size());
    std::vector<RangeSpec> specs;
    for (;;) {
        const size_t comma = header.find(',');
        const std::string_view item = base::trim(header.substr(0, comma));
        if (!item.empty()) {  // empty elements of a list are allowed (RFC 9110, 5.6.1)
            const auto spec = parse_spec(item);
            if (!spec || specs.size() == kMostRanges) return std::nullopt;
            specs.push_back(*spec);
        }
        if (comma == std::string_view::npos) break;
        header.remove_prefix(comma + 1);
    }
    if (specs.empty()) return std::nullopt;
    return specs;
}

RangeChoice choose_ranges(std::string_view header, int64_t size) {
    const auto specs = parse_range(header);
    if (!specs) return {};
    RangeChoice choice{RangeChoice::Part, {}};
    int64_t total = 0;
    for (const RangeSpec& spec : *specs) {
        const auto range = resolve(spec, size);
        if (!range) continue;
        choice.ranges.push_back(*range);
        if (range->length > size - total) return {};
        total += range->length;
    }
    if (choice.ranges.empty()) choice.kind = RangeChoice::Unsatisfiable;
    return choice;
}

std::string content_range(const ByteRange& range, int64_t size) {
    return "bytes " + std::to_string(range.first) + "-" +
           std::to_string(range.first + range.length - 1) + "/" + std::to_string(size);
}

}  // namespace http
