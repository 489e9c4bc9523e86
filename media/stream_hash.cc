#include "media/stream_hash.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace media {
namespace {

constexpr uint64_t kPrime1 = 0x9E3779B185EBCA87ull;
constexpr uint64_t kPrime2 = 0xC2B2AE3D27D4EB4Full;
constexpr uint64_t kPrime3 = 0x165667B19E3779F9ull;
constexpr uint64_t kPrime4 = 0x85EBCA77C2B2AE63ull;
constexpr uint64_t kPrime5 = 0x27D4EB2F165667C5ull;

uint64_t read_u64(const unsigned char* p) {
    uint64_t value = 0;
    for (int i = 7; i >= 0; --i) value = (value << 8) | p[i];
    return value;
}

uint64_t read_u32(const unsigned char* p) {
    return uint64_t{p[0]} | uint64_t{p[1]} << 8 | uint64_t{p[2]} << 16 | uint64_t{p[3]} << 24;
}

uint64_t round(uint64_t lane, uint64_t input) {
    return std::rotl(lane + input * kPrime2, 31) * kPrime1;
}

constexpr char kHex[] = "0123456789abcdef";

// One digit at a time; -1 at the end or at what is no digit.
int digit_at(std::string_view text, size_t i) {
    const char* found = i < text.size() ? std::strchr(kHex, text[i]) : nullptr;
    return found != nullptr && *found != 0 ? static_cast<int>(found - kHex) : -1;
}

uint64_t merge(uint64_t hash, uint64_t lane) { return (hash ^ round(0, lane)) * kPrime1 + kPrime4; }

}  // namespace

StreamHash::StreamHash(uint64_t seed)
    : seed_(seed), lanes_{seed + kPrime1 + kPrime2, seed + kPrime2, seed, seed - kPrime1} {}

void StreamHash::mix_stripe(const unsigned char* stripe) {
    for (int i = 0; i < 4; ++i) lanes_[i] = round(lanes_[i], read_u64(stripe + 8 * i));
}

void StreamHash::add(const void* bytes, size_t count) {
    const auto* p = static_cast<const unsigned char*>(bytes);
    total_ += count;
    if (rest_count_ > 0) {
        const size_t take = std::min(count, sizeof(rest_) - rest_count_);
        std::memcpy(rest_ + rest_count_, p, take);
        rest_count_ += take;
        p += take;
        count -= take;
        if (rest_count_ < sizeof(rest_)) return;
        mix_stripe(rest_);
        rest_count_ = 0;
    }
    for (; count >= sizeof(rest_); p += sizeof(rest_), count -= sizeof(rest_)) mix_stripe(p);
    if (count > 0) std::memcpy(rest_, p, count);
    rest_count_ = count;
}

uint64_t StreamHash::value() const {
    uint64_t hash = seed_ + kPrime5;
    if (total_ >= sizeof(rest_)) {
        hash = std::rotl(lanes_[0], 1) + std::rotl(lanes_[1], 7) + std::rotl(lanes_[2], 12) +
               std::rotl(lanes_[3], 18);
        for (const uint64_t lane : lanes_) hash = merge(hash, lane);
    }
    hash += total_;
    const unsigned char* p = rest_;
    size_t left = rest_count_;
    for (; left >= 8; p += 8, left -= 8) {
        hash = std::rotl(hash ^ round(0, read_u64(p)), 27) * kPrime1 + kPrime4;
    }
    if (left >= 4) {
        hash = std::rotl(hash ^ (read_u32(p) * kPrime1), 23) * kPrime2 + kPrime3;
        p += 4;
        left -= 4;
    }
    for (; left > 0; ++p, --left) hash = std::rotl(hash ^ (*p * kPrime5), 11) * kPrime1;
    hash = (hash ^ (hash >> 33)) * kPrime2;
    hash = (hash ^ (hash >> 29)) * kPrime3;
    return hash ^ (hash >> 32);
}

std::string StreamHash::save() const {
    std::string text;
    const auto number = [&](uint64_t value) {
        for (int shift = 60; shift >= 0; shift -= 4) text += kHex[value >> shift & 15];
    };
    number(seed_);
    for (const uint64_t lane : lanes_) number(lane);
    number(total_);
    for (size_t i = 0; i < rest_count_; ++i) {
        text += kHex[rest_[i] >> 4];
        text += kHex[rest_[i] & 15];
    }
    return text;
}

std::optional<StreamHash> StreamHash::restore(std::string_view text) {
    StreamHash hash;
    size_t at = 0;
    bool ok = true;
    const auto number = [&](int digits) {
        uint64_t value = 0;
        for (int i = 0; i < digits; ++i) {
            const int digit = digit_at(text, at++);
            ok &= digit >= 0;
            value = value << 4 | static_cast<uint64_t>(digit & 15);
        }
        return value;
    };
    hash.seed_ = number(16);
    for (uint64_t& lane : hash.lanes_) lane = number(16);
    hash.total_ = number(16);
    hash.rest_count_ = hash.total_ % sizeof(hash.rest_);
    for (size_t i = 0; i < hash.rest_count_; ++i)
        hash.rest_[i] = static_cast<unsigned char>(number(2));
    if (!ok || at != text.size()) return {};
    return hash;
}

}  // namespace media
