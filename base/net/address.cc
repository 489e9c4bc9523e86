#include "base/net/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cstdint>
#include <cstring>
#include <string>

namespace base {
namespace {

struct Range4 {
    uint32_t network;
    int bits;
};

constexpr uint32_t ip4(uint32_t a, uint32_t b, uint32_t c, uint32_t d) {
    return a << 24 | b << 16 | c << 8 | d;
}

// IANA IPv4 Special-Purpose Address Registry, and multicast (RFC 5771).
constexpr Range4 kSpecial4[] = {
    {ip4(0, 0, 0, 0), 8},      {ip4(10, 0, 0, 0), 8},     {ip4(100, 64, 0, 0), 10},
    {ip4(127, 0, 0, 0), 8},    {ip4(169, 254, 0, 0), 16}, {ip4(172, 16, 0, 0), 12},
    {ip4(192, 0, 0, 0), 24},   {ip4(192, 0, 2, 0), 24},   {ip4(192, 88, 99, 0), 24},
    {ip4(192, 168, 0, 0), 16}, {ip4(198, 18, 0, 0), 15},  {ip4(198, 51, 100, 0), 24},
    {ip4(203, 0, 113, 0), 24}, {ip4(224, 0, 0, 0), 4},    {ip4(240, 0, 0, 0), 4},
};

bool is_public4(uint32_t address) {
    for (const Range4& range : kSpecial4) {
        const uint32_t mask = ~uint32_t{0} << (32 - range.bits);
        if ((address & mask) == range.network) return false;
    }
    return true;
}

bool is_public6(const unsigned char* a) {
    static constexpr unsigned char kMapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    if (std::memcmp(a, kMapped, sizeof(kMapped)) == 0) {
        return is_public4(ip4(a[12], a[13], a[14], a[15]));
    }
    // Only 2000::/3 is global unicast; of it these carry or stand for something else:
    if ((a[0] & 0xe0) != 0x20) return false;
    if (a[0] == 0x20 && a[1] == 0x01 && a[2] < 0x02) return false;  // 2001::/23 protocols, Teredo
    if (a[0] == 0x20 && a[1] == 0x01 && a[2] == 0x0d && a[3] == 0xb8) return false;  // examples
    if (a[0] == 0x20 && a[1] == 0x02) return false;  // 2002::/16, 6to4: wraps an IPv4 address
    if (a[0] == 0x3f && a[1] == 0xff && (a[2] & 0xf0) == 0) return false;  // 3fff::/20, examples
    return true;
}

}  // namespace

bool is_public_address(const sockaddr* address) {
    if (address->sa_family == AF_INET) {
        sockaddr_in in;
        std::memcpy(&in, address, sizeof(in));
        return is_public4(ntohl(in.sin_addr.s_addr));
    }
    if (address->sa_family == AF_INET6) {
        sockaddr_in6 in;
        std::memcpy(&in, address, sizeof(in));
        return is_public6(in.sin6_addr.s6_addr);
    }
    return false;
}

bool is_public_address(std::string_view text) {
    const std::string copy(text);
    in_addr four;
    if (inet_pton(AF_INET, copy.c_str(), &four) == 1) return is_public4(ntohl(four.s_addr));
    in6_addr six;
    if (inet_pton(AF_INET6, copy.c_str(), &six) == 1) return is_public6(six.s6_addr);
    return false;
}

}  // namespace base
