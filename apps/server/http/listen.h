// Listening sockets.
#pragma once

#include <string>

#include "base/core/result.h"

struct sockaddr;

namespace http {

// A bound, listening, non-blocking socket; closes and, for its own Unix socket, unlinks.
class Listener {
public:
    // "127.0.0.1:8080", "[::1]:0", "localhost:80", "unix:/path". A Unix socket gets mode 0600; a
    // stale one, where nobody answers, is replaced.
    static base::Result<Listener> open(const std::string& address);
    ~Listener();
    Listener(Listener&& other) noexcept;
    Listener& operator=(Listener&&) = delete;

    int socket() const { return socket_; }
    int port() const { return port_; }  // 0 for Unix sockets
    bool is_unix() const { return !path_.empty(); }
    void close();

private:
    Listener() = default;
    int socket_ = -1;
    int port_ = 0;
    std::string path_;
};

// "127.0.0.1", "::1" (an IPv4 address within IPv6 as IPv4), "unix".
std::string peer_name(const sockaddr* address);

// Raises the soft limit of open files towards `wanted`; the limit that holds now.
int64_t raise_descriptor_limit(int64_t wanted);

}  // namespace http
