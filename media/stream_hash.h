// XXH64 of a stream of bytes: tells whether two runs made the same pictures or samples. Not for
// secrets. Algorithm: Y. Collet, "xxHash fast digest algorithm", format specification v0.1.1,
// section XXH64.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace media {

class StreamHash {
public:
    explicit StreamHash(uint64_t seed = 0);
    void add(const void* bytes, size_t count);
    // The hash of everything added so far; more may be added afterwards.
    uint64_t value() const;

    // Everything there is, as text, so that another process can go on with the stream. What is no
    // such text gives nullopt.
    std::string save() const;
    static std::optional<StreamHash> restore(std::string_view text);

private:
    void mix_stripe(const unsigned char* stripe);

    uint64_t seed_;
    uint64_t lanes_[4];
    uint64_t total_ = 0;
    unsigned char rest_[32];
    size_t rest_count_ = 0;
};

}  // namespace media
