#include "apps/server/http/request_id.h"

#include <sys/random.h>

#include <array>
#include <bit>
#include <cstdint>

#include "base/core/check.h"

namespace http {
namespace {

// xoshiro256** (Blackman and Vigna 2018), seeded by the kernel, one a thread.
class Generator {
public:
    Generator() {
        CHECK(getrandom(state_.data(), sizeof(state_), 0) == sizeof(state_), "random seed");
    }
    uint64_t next() {
        const uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
        const uint64_t shifted = state_[1] << 17;
        state_[2] ^= state_[0];
        state_[3] ^= state_[1];
        state_[1] ^= state_[2];
        state_[0] ^= state_[3];
        state_[2] ^= shifted;
        state_[3] = std::rotl(state_[3], 45);
        return result;
    }

private:
    std::array<uint64_t, 4> state_{};
};

void write_hex(char* out) {
    thread_local Generator generator;
    constexpr char kDigits[] = "0123456789abcdef";
    for (int word = 0; word < 2; ++word) {
        uint64_t bits = generator.next();
        for (int i = 0; i < 16; ++i, bits >>= 4) *out++ = kDigits[bits & 15];
    }
}

}  // namespace

std::string random_hex() {
    std::string text(32, '0');
    write_hex(text.data());
    return text;
}

void new_request_id(std::string& id) {
    id.resize(36);
    id.replace(0, 4, "req_");
    write_hex(id.data() + 4);
}

}  // namespace http
