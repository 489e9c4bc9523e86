#include "apps/server/core/secrets.h"

#include <sodium.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <vector>

#include "base/core/check.h"

namespace server {
namespace {

void start_sodium() {
    static const bool ok = sodium_init() >= 0;
    CHECK(ok, "libsodium does not start");
}

std::string hex(const unsigned char* bytes, size_t count) {
    std::string text(count * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), bytes, count);
    text.pop_back();
    return text;
}

std::string encode(std::string_view bytes, int variant) {
    std::string text(sodium_base64_ENCODED_LEN(bytes.size(), variant), '\0');
    sodium_bin2base64(text.data(), text.size(),
                      reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), variant);
    text.resize(text.find('\0'));
    return text;
}

}  // namespace

std::string new_id(std::string_view prefix) {
    start_sodium();
    unsigned char random[12];
    randombytes_buf(random, sizeof random);
    char time_hex[9];
    std::snprintf(time_hex, sizeof time_hex, "%08x", static_cast<unsigned>(std::time(nullptr)));
    return std::string(prefix) + time_hex + hex(random, sizeof random);
}

bool may_be_id(std::string_view text) {
    return !text.empty() && text.size() <= 200 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7F; });
}

std::string new_secret(std::string_view prefix) {
    start_sodium();
    std::string random(32, '\0');
    randombytes_buf(random.data(), random.size());
    return std::string(prefix) + base64url(random);
}

std::string sha256_hex(std::string_view text) {
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(hash, reinterpret_cast<const unsigned char*>(text.data()), text.size());
    return hex(hash, sizeof hash);
}

std::string hmac_sha256(std::string_view key, std::string_view text) {
    crypto_auth_hmacsha256_state state;
    std::string mac(crypto_auth_hmacsha256_BYTES, '\0');
    crypto_auth_hmacsha256_init(&state, reinterpret_cast<const unsigned char*>(key.data()),
                                key.size());
    crypto_auth_hmacsha256_update(&state, reinterpret_cast<const unsigned char*>(text.data()),
                                  text.size());
    crypto_auth_hmacsha256_final(&state, reinterpret_cast<unsigned char*>(mac.data()));
    return mac;
}

std::string base64(std::string_view bytes) { return encode(bytes, sodium_base64_VARIANT_ORIGINAL); }

std::string base64url(std::string_view bytes) {
    return encode(bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

bool from_base64(std::string_view text, std::string& bytes) {
    bytes.resize(text.size());
    size_t length = 0;
    const int failed =
        sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                          text.size(), " \r\n", &length, nullptr, sodium_base64_VARIANT_ORIGINAL);
    bytes.resize(failed ? 0 : length);
    return failed == 0;
}

bool same_secret(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace server
