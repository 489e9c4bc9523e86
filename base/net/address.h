// Which network addresses belong to the public internet. The guard against server-side request
// forgery asks this for every address that is about to be connected to, after name lookup and after
// every redirect, so a name that points into the private network gets nowhere.
#pragma once

#include <string_view>

struct sockaddr;

namespace base {

// False for loopback, private, link-local, shared, multicast, documentation and reserved ranges
// (IANA special-purpose registries, RFC 6890) and for IPv6 forms that wrap an IPv4 address of
// those; false for anything but IPv4 and IPv6.
bool is_public_address(const sockaddr* address);

// The same for "127.0.0.1" or "::1"; false for text that is no address.
bool is_public_address(std::string_view text);

}  // namespace base
