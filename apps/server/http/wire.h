// Small things that the parts of Connection share.
#pragma once

#include <sys/uio.h>

#include <array>
#include <atomic>
#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

#include "apps/server/http/loop.h"

namespace http {

// The connection's code is kept simple for the compiler's sake: a co_await expression holds only
// names, never temporaries that own something (GCC 12 destroys some of those twice).
using boost::system::error_code;

constexpr size_t kReadBytes = 4 << 10;
constexpr size_t kIdleBufferBytes = 16 << 10;  // more is given back between requests
constexpr double kLingerIdleS = 2;

inline iovec piece_of(std::string_view bytes) {
    return {const_cast<char*>(bytes.data()), bytes.size()};
}

// "5\r\n", the line before a chunk's data (RFC 9112, 7.1).
inline std::string chunk_start(size_t bytes) {
    std::array<char, 20> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), bytes, 16).ptr;
    std::string text(digits.data(), end);
    text += "\r\n";
    return text;
}

// Unlike an assignment this gives the memory back.
inline void free_text(std::string& text) { std::string().swap(text); }

inline int64_t later_us(double seconds) {
    return steady_us() + static_cast<int64_t>(seconds * 1e6);
}

class Counted {
public:
    explicit Counted(std::atomic<int64_t>& count) : count_(count) {
        count_.fetch_add(1, std::memory_order_relaxed);
    }
    ~Counted() { count_.fetch_sub(1, std::memory_order_relaxed); }
    Counted(const Counted&) = delete;
    Counted& operator=(const Counted&) = delete;

private:
    std::atomic<int64_t>& count_;
};

}  // namespace http
