// Random numbers that are the same on every machine.
//
// std:: distributions differ between standard libraries, so films would differ; these do not.
// Rng is PCG32 (O'Neill 2014, "PCG: A Family of Simple Fast Space-Efficient Statistically Good
// Algorithms", XSH-RR 64/32). hash_u64 is the SplitMix64 finaliser (Steele, Lea, Flood 2014).
#pragma once

#include <cmath>
#include <cstdint>
#include <string_view>

namespace base {

constexpr uint64_t hash_u64(uint64_t x) {
    x += 0x9e3779b97f4a7c15ull;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ull;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebull;
    return x ^ (x >> 31);
}

constexpr uint64_t hash_combine(uint64_t a, uint64_t b) {
    return hash_u64(a ^ (hash_u64(b) + 0x9e3779b97f4a7c15ull));
}

// FNV-1a, 64 bit.
constexpr uint64_t hash_text(std::string_view text) {
    uint64_t hash = 0xcbf29ce484222325ull;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ull;
    return hash;
}

class Rng {
public:
    explicit Rng(uint64_t seed, uint64_t stream = 0) : state_(0), increment_((stream << 1u) | 1u) {
        next();
        state_ += seed;
        next();
    }

    // Uniform over all 32-bit values.
    uint32_t next() {
        const uint64_t old = state_;
        state_ = old * 6364136223846793005ull + increment_;
        const auto shifted = static_cast<uint32_t>(((old >> 18u) ^ old) >> 27u);
        const auto rotation = static_cast<uint32_t>(old >> 59u);
        return (shifted >> rotation) | (shifted << ((32u - rotation) & 31u));
    }

    // [0, 1), 32 random bits.
    double uniform() { return next() * 0x1p-32; }
    double uniform(double low, double high) { return low + (high - low) * uniform(); }
    // {0 .. count-1}; count > 0. Bias < count / 2^32.
    uint32_t below(uint32_t count) {
        return static_cast<uint32_t>((static_cast<uint64_t>(next()) * count) >> 32u);
    }
    // Standard normal (Box-Muller, one of the pair).
    double normal() {
        const double radius = std::sqrt(-2.0 * std::log(1.0 - uniform()));
        return radius * std::cos(6.283185307179586 * uniform());
    }

private:
    uint64_t state_;
    uint64_t increment_;
};

}  // namespace base
