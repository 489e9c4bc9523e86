// Random identifiers and secrets, and how they are kept.
#pragma once

#include <string>
#include <string_view>

namespace server {

// `prefix` + 32 hex digits: 8 of the time in seconds (ids sort roughly by age), 24 random.
std::string new_id(std::string_view prefix);
// Could it be an id at all? What a stranger wrote may hold NUL or bytes that no database takes.
bool may_be_id(std::string_view text);
// `prefix` + 43 characters of base64url: 256 random bits of the system's generator.
std::string new_secret(std::string_view prefix);
std::string sha256_hex(std::string_view text);
std::string hmac_sha256(std::string_view key, std::string_view text);  // 32 bytes
std::string base64(std::string_view bytes);
std::string base64url(std::string_view bytes);  // without padding
bool from_base64(std::string_view text, std::string& bytes);
// Takes the same time for any two texts of equal length.
bool same_secret(std::string_view a, std::string_view b);

}  // namespace server
