#include "apps/cli/http_load.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "base/core/check.h"

namespace apps {
namespace {

using Clock = std::chrono::steady_clock;

// Bytes of the first whole answer in `text`; 0: there is none yet.
size_t whole_answer(std::string_view text) {
    const size_t head = text.find("\r\n\r\n");
    if (head == std::string_view::npos) return 0;
    CHECK(text.starts_with("HTTP/1.1 200"), std::string(text.substr(0, 60)));
    constexpr std::string_view kName = "\r\nContent-Length: ";
    const size_t at = text.substr(0, head).find(kName);
    CHECK(at != std::string_view::npos, "an answer with its length");
    const size_t length = std::strtoul(text.data() + at + kName.size(), nullptr, 10);
    return head + 4 + length <= text.size() ? head + 4 + length : 0;
}

}  // namespace

int connect_local(int port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<uint16_t>(port));
    CHECK(::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0,
          "connecting");
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    return socket;
}

void send_all(int socket, const char* bytes, size_t size) {
    while (size > 0) {
        const ssize_t sent = ::send(socket, bytes, size, MSG_NOSIGNAL);
        CHECK(sent > 0, "sending");
        bytes += sent;
        size -= static_cast<size_t>(sent);
    }
}

Load measure_load(int port, const std::string& request, int connections, double seconds) {
    struct Connection {
        int socket = -1;
        std::string unread;
        Clock::time_point sent;
    };
    std::vector<Connection> all(static_cast<size_t>(connections));
    const int ready = ::epoll_create1(EPOLL_CLOEXEC);
    const auto ask = [&](Connection& connection) {
        connection.sent = Clock::now();
        send_all(connection.socket, request.data(), request.size());
    };
    for (size_t i = 0; i < all.size(); ++i) {
        all[i].socket = connect_local(port);
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.u64 = i;
        CHECK(::epoll_ctl(ready, EPOLL_CTL_ADD, all[i].socket, &event) == 0, "epoll");
    }
    const auto start = Clock::now();
    const auto until = start + std::chrono::duration<double>(seconds);
    for (Connection& connection : all) ask(connection);
    std::vector<float> times_ms;
    std::vector<epoll_event> events(all.size());
    char bytes[16384];
    while (Clock::now() < until) {
        const int count = ::epoll_wait(ready, events.data(), connections, 100);
        for (int i = 0; i < count; ++i) {
            Connection& connection = all[events[static_cast<size_t>(i)].data.u64];
            const ssize_t got = ::recv(connection.socket, bytes, sizeof(bytes), 0);
            CHECK(got > 0, "the server keeps the connection");
            connection.unread.append(bytes, static_cast<size_t>(got));
            const size_t size = whole_answer(connection.unread);
            if (size == 0) continue;
            connection.unread.erase(0, size);
            times_ms.push_back(
                std::chrono::duration<float, std::milli>(Clock::now() - connection.sent).count());
            ask(connection);
        }
    }
    const double took = std::chrono::duration<double>(Clock::now() - start).count();
    for (const Connection& connection : all) ::close(connection.socket);
    ::close(ready);
    CHECK(!times_ms.empty(), "answers");
    std::sort(times_ms.begin(), times_ms.end());
    return {static_cast<double>(times_ms.size()) / took, times_ms[times_ms.size() / 2],
            times_ms[times_ms.size() * 99 / 100]};
}

}  // namespace apps
