// A client for tests: bytes in, bytes out, nothing clever, so that anything can be sent.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <chrono>
#include <cstring>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "base/core/check.h"

namespace http::testing {

struct Reply {
    int status = 0;                              // 0: no whole answer came
    std::map<std::string, std::string> headers;  // names in lower case
    std::string body;
    std::string header(const std::string& name) const {
        const auto at = headers.find(name);
        return at == headers.end() ? "" : at->second;
    }
};

class Client {
public:
    explicit Client(int port) {
        socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<uint16_t>(port));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        connected_ =
            ::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0;
    }
    explicit Client(const std::string& unix_path) {
        socket_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::strncpy(address.sun_path, unix_path.c_str(), sizeof(address.sun_path) - 1);
        connected_ =
            ::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0;
    }
    ~Client() { close(); }
    Client(Client&& other) noexcept
        : socket_(std::exchange(other.socket_, -1)), connected_(other.connected_) {}
    Client& operator=(Client&&) = delete;

    bool connected() const { return connected_; }
    int socket() const { return socket_; }
    void close() {
        if (socket_ >= 0) ::close(std::exchange(socket_, -1));
    }
    void end_sending() { ::shutdown(socket_, SHUT_WR); }
    // A reset instead of an end.
    void slam() {
        const linger now{1, 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
        close();
    }

    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<size_t>(sent));
        }
        return true;
    }
    // Reads once; false at the end, on an error and after `seconds`.
    bool receive(double seconds = 5) {
        pollfd waiting{socket_, POLLIN, 0};
        if (::poll(&waiting, 1, static_cast<int>(seconds * 1000)) <= 0) return false;
        char bytes[16384];
        const ssize_t got = ::recv(socket_, bytes, sizeof(bytes), 0);
        ended_ = got <= 0;
        if (got <= 0) return false;
        unread_.append(bytes, static_cast<size_t>(got));
        return true;
    }
    // True when the server ends the connection within `seconds`.
    bool ends(double seconds = 5) {
        const auto until =
            std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
        while (!ended_ && std::chrono::steady_clock::now() < until) receive(0.1);
        return ended_;
    }
    bool receive_until(std::string_view text, double seconds = 5) {
        while (unread_.find(text) == std::string::npos) {
            if (!receive(seconds)) return false;
        }
        return true;
    }
    std::string& unread() { return unread_; }

    Reply read_reply(bool to_head = false, double seconds = 5) {
        Reply reply;
        if (!receive_until("\r\n\r\n", seconds)) return reply;
        const size_t end = unread_.find("\r\n\r\n");
        const std::string head = unread_.substr(0, end + 2);
        unread_.erase(0, end + 4);
        size_t at = head.find("\r\n") + 2;
        while (at < head.size()) {
            const size_t stop = head.find("\r\n", at);
            const size_t colon = head.find(':', at);
            std::string name = head.substr(at, colon - at);
            for (char& c : name) c = static_cast<char>(std::tolower(c));
            reply.headers[name] = head.substr(colon + 2, stop - colon - 2);
            at = stop + 2;
        }
        const int status = std::stoi(head.substr(9, 3));
        if (to_head || status < 200 || status == 204 || status == 304) {
            reply.status = status;
            return reply;
        }
        if (reply.header("transfer-encoding") == "chunked") {
            for (;;) {
                if (!receive_until("\r\n", seconds)) return reply;
                const size_t line = unread_.find("\r\n");
                const size_t size = std::stoul(unread_.substr(0, line), nullptr, 16);
                unread_.erase(0, line + 2);
                if (!need(size + 2, seconds)) return reply;
                reply.body += unread_.substr(0, size);
                unread_.erase(0, size + 2);
                if (size == 0) break;
            }
        } else if (!reply.header("content-length").empty()) {
            const size_t size = std::stoul(reply.header("content-length"));
            if (!need(size, seconds)) return reply;
            reply.body = unread_.substr(0, size);
            unread_.erase(0, size);
        } else {
            while (receive(seconds)) {
            }
            reply.body = std::exchange(unread_, {});
        }
        reply.status = status;
        return reply;
    }
    Reply ask(std::string_view request) {
        send(request);
        return read_reply(request.starts_with("HEAD "));
    }
    // `more`: header lines, each with CRLF.
    Reply get(const std::string& target, const std::string& more = "") {
        return ask("GET " + target + " HTTP/1.1\r\nHost: test\r\n" + more + "\r\n");
    }
    Reply post(const std::string& target, const std::string& type, const std::string& body) {
        return ask("POST " + target + " HTTP/1.1\r\nHost: test\r\nContent-Type: " + type +
                   "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    }

private:
    bool need(size_t bytes, double seconds) {
        while (unread_.size() < bytes) {
            if (!receive(seconds)) return false;
        }
        return true;
    }
    int socket_ = -1;
    bool connected_ = false, ended_ = false;
    std::string unread_;
};

// True as soon as `condition` holds, false after `seconds`.
template <typename Condition>
bool eventually(Condition condition, double seconds = 5) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
    while (!condition()) {
        if (std::chrono::steady_clock::now() > until) return false;
        ::usleep(2000);
    }
    return true;
}

}  // namespace http::testing
