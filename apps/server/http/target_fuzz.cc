// Any bytes as a request target: what is accepted cannot climb out of a folder, and encoding a
// decoded text again gives it back.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "apps/server/http/target.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    std::string path;
    http::Query query;
    if (http::parse_target(text, path, query).ok()) {
        if (!path.starts_with('/') || path.find('\0') != std::string::npos) std::abort();
        if ((path + "/").find("/../") != std::string::npos) std::abort();
        if (query.pairs.size() > 1000) std::abort();
    }
    std::string encoded, decoded;
    for (const char c : text) {
        constexpr char kDigits[] = "0123456789ABCDEF";
        encoded += '%';
        encoded += kDigits[static_cast<uint8_t>(c) >> 4];
        encoded += kDigits[static_cast<uint8_t>(c) & 15];
    }
    if (!http::percent_decode(encoded, decoded) || decoded != text) std::abort();
    for (const auto& [name, value] : http::parse_pairs(text, 10)) {
        if (name.size() + value.size() > size) std::abort();
    }
    return 0;
}
