// A web server of a few lines on a port of its own, for tests of clients. Speaks just enough
// HTTP/1.1: one request a connection, answered with the bytes that the test gives.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <string>
#include <thread>
#include <utility>

#include "base/core/check.h"

namespace base::testing {

class TestServer {
public:
    // Gets the whole request (head and body), answers the whole response. Runs on the server's
    // thread, one request after the other.
    using Handler = std::function<std::string(const std::string& request)>;

    explicit TestServer(Handler handler) : handler_(std::move(handler)) {
        listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof(address);
        auto* generic = reinterpret_cast<sockaddr*>(&address);
        CHECK(bind(listener_, generic, size) == 0 && listen(listener_, 16) == 0, "a free port");
        getsockname(listener_, generic, &size);
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this] { serve(); });
    }
    ~TestServer() {
        stop_ = true;
        thread_.join();
        close(listener_);
    }
    TestServer(const TestServer&) = delete;

    std::string url(const std::string& path = "/") const {
        return "http://127.0.0.1:" + std::to_string(port_) + path;
    }
    int requests() const { return requests_; }

    static std::string answer(int status, const std::string& body,
                              const std::string& more_headers = "") {
        return "HTTP/1.1 " + std::to_string(status) +
               " X\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + more_headers +
               "Connection: close\r\n\r\n" + body;
    }
    static std::string body_of(const std::string& request) {
        const size_t gap = request.find("\r\n\r\n");
        return gap == std::string::npos ? "" : request.substr(gap + 4);
    }

private:
    void serve() {
        while (!stop_) {
            pollfd waiting{listener_, POLLIN, 0};
            if (poll(&waiting, 1, 20) <= 0) continue;
            const int client = accept(listener_, nullptr, nullptr);
            if (client < 0) continue;
            const std::string request = receive(client);
            ++requests_;
            const std::string response = handler_(request);
            for (size_t sent = 0; sent < response.size();) {
                const ssize_t n =
                    send(client, response.data() + sent, response.size() - sent, MSG_NOSIGNAL);
                if (n <= 0) break;
                sent += static_cast<size_t>(n);
            }
            shutdown(client, SHUT_WR);
            close(client);
        }
    }

    static std::string receive(int client) {
        std::string request;
        size_t wanted = std::string::npos;
        char buffer[16384];
        while (request.size() < wanted) {
            const ssize_t n = recv(client, buffer, sizeof(buffer), 0);
            if (n <= 0) break;
            request.append(buffer, static_cast<size_t>(n));
            const size_t gap = request.find("\r\n\r\n");
            if (gap == std::string::npos) continue;
            const size_t at = request.find("Content-Length: ");
            const size_t length = at < gap ? std::stoul(request.substr(at + 16)) : 0;
            wanted = gap + 4 + length;
        }
        return request;
    }

    Handler handler_;
    int listener_ = -1;
    int port_ = 0;
    std::atomic<bool> stop_{false};
    std::atomic<int> requests_{0};
    std::thread thread_;
};

}  // namespace base::testing
