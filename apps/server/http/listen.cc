#include "apps/server/http/listen.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <optional>
#include <utility>

namespace http {
namespace {

constexpr int kBacklog = 4096;  // the kernel lowers it to net.core.somaxconn

base::Error bad_address(const std::string& address) {
    return base::usage_error("cannot listen on '" + address +
                             "'; write --listen as 127.0.0.1:8080, [::1]:8080 or unix:/path");
}

struct TcpAddress {
    sockaddr_storage storage{};
    socklen_t size = 0;
    int port = 0;
};

std::optional<TcpAddress> parse_tcp(std::string_view text) {
    const size_t colon = text.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    std::string host(text.substr(0, colon));
    const std::string_view digits = text.substr(colon + 1);
    TcpAddress parsed;
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), parsed.port);
    if (digits.empty() || error != std::errc() || end != digits.data() + digits.size() ||
        parsed.port < 0 || parsed.port > 65535) {
        return std::nullopt;
    }
    const auto port = htons(static_cast<uint16_t>(parsed.port));
    if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
        host = host.substr(1, host.size() - 2);
        auto* address = reinterpret_cast<sockaddr_in6*>(&parsed.storage);
        address->sin6_family = AF_INET6;
        address->sin6_port = port;
        parsed.size = sizeof(sockaddr_in6);
        if (inet_pton(AF_INET6, host.c_str(), &address->sin6_addr) != 1) return std::nullopt;
        return parsed;
    }
    if (host == "localhost") host = "127.0.0.1";
    auto* address = reinterpret_cast<sockaddr_in*>(&parsed.storage);
    address->sin_family = AF_INET;
    address->sin_port = port;
    parsed.size = sizeof(sockaddr_in);
    if (inet_pton(AF_INET, host.c_str(), &address->sin_addr) != 1) return std::nullopt;
    return parsed;
}

bool somebody_answers(const sockaddr_un& address) {
    const int probe = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (probe < 0) return true;
    const int result =
        ::connect(probe, reinterpret_cast<const sockaddr*>(&address), sizeof(address));
    const bool refused = result != 0 && (errno == ECONNREFUSED || errno == ENOENT);
    ::close(probe);
    return !refused;  // EAGAIN is a full backlog: somebody is there
}

}  // namespace

base::Result<Listener> Listener::open(const std::string& address) {
    Listener listener;
    constexpr std::string_view kUnix = "unix:";
    if (address.starts_with(kUnix)) {
        const std::string path = address.substr(kUnix.size());
        sockaddr_un local{};
        local.sun_family = AF_UNIX;
        if (path.empty() || path.size() >= sizeof(local.sun_path)) {
            return base::usage_error("the path of a Unix socket has 1 to " +
                                         std::to_string(sizeof(local.sun_path) - 1) + " bytes",
                                     path);
        }
        std::memcpy(local.sun_path, path.c_str(), path.size() + 1);
        struct stat info {};
        if (::lstat(path.c_str(), &info) == 0) {
            if (!S_ISSOCK(info.st_mode)) {
                return base::usage_error("there is a file where the Unix socket should be", path);
            }
            if (somebody_answers(local)) {
                return base::usage_error("another server answers on this Unix socket", path);
            }
            ::unlink(path.c_str());
        }
        listener.socket_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        if (listener.socket_ < 0) return base::failed(std::strerror(errno), address);
        // Linux gives the socket's mode to the name that bind makes, so it is never open to others.
        ::fchmod(listener.socket_, 0600);
        if (::bind(listener.socket_, reinterpret_cast<sockaddr*>(&local), sizeof(local)) != 0 ||
            ::chmod(path.c_str(), 0600) != 0 || ::listen(listener.socket_, kBacklog) != 0) {
            return base::failed(std::string("cannot make the Unix socket: ") + std::strerror(errno),
                                path);
        }
        listener.path_ = path;
        return listener;
    }

    const auto parsed = parse_tcp(address);
    if (!parsed) return bad_address(address);
    listener.socket_ =
        ::socket(parsed->storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (listener.socket_ < 0) return base::failed(std::strerror(errno), address);
    // Not SO_REUSEPORT: a second server on the same port must be told, not share its connections.
    const int on = 1;
    ::setsockopt(listener.socket_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    if (parsed->storage.ss_family == AF_INET6) {
        ::setsockopt(listener.socket_, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof(on));
    }
    const auto* local = reinterpret_cast<const sockaddr*>(&parsed->storage);
    if (::bind(listener.socket_, local, parsed->size) != 0 ||
        ::listen(listener.socket_, kBacklog) != 0) {
        const std::string port = std::to_string(parsed->port);
        switch (errno) {
            case EADDRINUSE:
                return base::usage_error("port " + port +
                                         " is taken; choose another with --listen");
            case EACCES:
                return base::usage_error("port " + port +
                                         " needs more rights; choose one above 1023 with --listen");
            case EADDRNOTAVAIL:
                return base::usage_error("this machine has no address '" + address + "'");
            default: return base::failed(std::strerror(errno), address);
        }
    }
    sockaddr_storage bound{};
    socklen_t size = sizeof(bound);
    ::getsockname(listener.socket_, reinterpret_cast<sockaddr*>(&bound), &size);
    listener.port_ =
        ntohs(bound.ss_family == AF_INET6 ? reinterpret_cast<sockaddr_in6*>(&bound)->sin6_port
                                          : reinterpret_cast<sockaddr_in*>(&bound)->sin_port);
    return listener;
}

Listener::Listener(Listener&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)),
      port_(other.port_),
      path_(std::exchange(other.path_, {})) {}

Listener::~Listener() { close(); }

void Listener::close() {
    if (socket_ >= 0) ::close(std::exchange(socket_, -1));
    if (!path_.empty()) ::unlink(std::exchange(path_, {}).c_str());
}

std::string peer_name(const sockaddr* address) {
    char text[INET6_ADDRSTRLEN] = {};
    if (address->sa_family == AF_INET) {
        inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in*>(address)->sin_addr, text,
                  sizeof(text));
        return text;
    }
    if (address->sa_family == AF_INET6) {
        const auto& six = reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr;
        if (IN6_IS_ADDR_V4MAPPED(&six)) {
            inet_ntop(AF_INET, six.s6_addr + 12, text, sizeof(text));
        } else {
            inet_ntop(AF_INET6, &six, text, sizeof(text));
        }
        return text;
    }
    return "unix";
}

int64_t raise_descriptor_limit(int64_t wanted) {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 1024;
    const auto target = std::min<rlim_t>(static_cast<rlim_t>(wanted), limit.rlim_max);
    if (limit.rlim_cur < target) {
        rlimit raised = limit;
        raised.rlim_cur = target;
        if (::setrlimit(RLIMIT_NOFILE, &raised) == 0) limit = raised;
    }
    return static_cast<int64_t>(std::min<rlim_t>(limit.rlim_cur, INT32_MAX));
}

}  // namespace http
