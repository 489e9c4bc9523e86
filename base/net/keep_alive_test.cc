// Connections that are kept, Unix sockets, files as bodies.
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/un.h>
#include <sys/wait.h>

#include <filesystem>
#include <fstream>
#include <mutex>

#include "base/core/sha256.h"
#include "base/net/http_client.h"
#include "base/net/test_server.h"

namespace base {
namespace {

namespace fs = std::filesystem;

// Answers any number of requests on a connection, each with the number of the connection.
class KeepingServer {
public:
    // `socket_path`: a Unix socket. `most`: closes a connection silently after so many answers.
    explicit KeepingServer(const std::string& socket_path = "", int most = 1'000'000)
        : most_(most) {
        sockaddr_storage storage{};
        socklen_t size;
        if (socket_path.empty()) {
            auto* address = reinterpret_cast<sockaddr_in*>(&storage);
            address->sin_family = AF_INET;
            address->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
            size = sizeof(*address);
        } else {
            auto* address = reinterpret_cast<sockaddr_un*>(&storage);
            address->sun_family = AF_UNIX;
            socket_path.copy(address->sun_path, sizeof(address->sun_path) - 1);
            size = sizeof(*address);
        }
        listener_ = socket(storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
        CHECK(bind(listener_, reinterpret_cast<sockaddr*>(&storage), size) == 0 &&
                  listen(listener_, 16) == 0,
              "listen");
        size = sizeof(storage);
        getsockname(listener_, reinterpret_cast<sockaddr*>(&storage), &size);
        port_ = ntohs(reinterpret_cast<sockaddr_in*>(&storage)->sin_port);
        thread_ = std::thread([this] { serve(); });
    }
    ~KeepingServer() {
        stop_ = true;
        thread_.join();
        close(listener_);
    }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/"; }
    int connections() const { return connections_; }
    std::string last_request() {
        const std::lock_guard lock(mutex_);
        return last_;
    }

private:
    struct Client {
        int socket, number, answers;
        std::string request;
    };

    void serve() {
        std::vector<Client> clients;
        while (!stop_) {
            std::vector<pollfd> waiting = {{listener_, POLLIN, 0}};
            for (const Client& client : clients) waiting.push_back({client.socket, POLLIN, 0});
            if (poll(waiting.data(), waiting.size(), 20) <= 0) continue;
            for (size_t i = clients.size(); i-- > 0;) {
                if (waiting[i + 1].revents && !answer(clients[i])) {
                    close(clients[i].socket);
                    clients.erase(clients.begin() + static_cast<std::ptrdiff_t>(i));
                }
            }
            if (waiting[0].revents) {
                clients.push_back({accept(listener_, nullptr, nullptr), ++connections_, 0, ""});
            }
        }
        for (const Client& client : clients) close(client.socket);
    }
    bool answer(Client& client) {
        char buffer[65536];
        const ssize_t n = recv(client.socket, buffer, sizeof(buffer), 0);
        if (n <= 0) return false;
        client.request.append(buffer, static_cast<size_t>(n));
        const size_t gap = client.request.find("\r\n\r\n");
        if (gap == std::string::npos) return true;
        const size_t at = client.request.find("Content-Length: ");
        const size_t length = at < gap ? std::stoul(client.request.substr(at + 16)) : 0;
        if (client.request.size() < gap + 4 + length) return true;
        {
            const std::lock_guard lock(mutex_);
            last_ = std::move(client.request);
        }
        client.request.clear();
        const std::string body = std::to_string(client.number);
        const std::string text =
            "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
        send(client.socket, text.data(), text.size(), MSG_NOSIGNAL);
        return ++client.answers < most_;
    }

    int most_;
    int listener_ = -1, port_ = 0;
    std::atomic<bool> stop_{false};
    std::atomic<int> connections_{0};
    std::mutex mutex_;
    std::string last_;
    std::thread thread_;
};

HttpRequest to(const std::string& url) {
    HttpRequest request;
    request.url = url;
    request.allow_private = true;
    request.timeout_s = 5;
    return request;
}

TEST(KeepAlive, OneConnectionForManyExchangesOfAThread) {
    KeepingServer server;
    for (int i = 0; i < 5; ++i) EXPECT_EQ(http_exchange(to(server.url()))->body, "1");
    HttpRequest post = to(server.url());
    post.method = "POST";
    post.body = "x";
    EXPECT_EQ(http_exchange(post)->body, "1");
    std::thread([&] { EXPECT_EQ(http_exchange(to(server.url()))->body, "2"); }).join();
    EXPECT_EQ(server.connections(), 2);
}

TEST(KeepAlive, NothingOfAnExchangeStaysForTheNext) {
    KeepingServer server;
    HttpRequest first = to(server.url());
    first.method = "PUT";
    first.body = "secret body";
    first.headers = {{"Authorization", "Bearer secret"}};
    first.range = ByteRange{1, 2};
    ASSERT_TRUE(http_exchange(first).ok());
    ASSERT_TRUE(http_exchange(to(server.url())).ok());
    const std::string second = server.last_request();
    EXPECT_TRUE(second.starts_with("GET / HTTP/1.1\r\n"));
    for (const char* gone : {"secret", "Range", "Content-Length", "Authorization"}) {
        EXPECT_EQ(second.find(gone), std::string::npos) << gone;
    }
}

TEST(KeepAlive, AConnectionThatWasClosedMeanwhileIsMadeAnew) {
    KeepingServer server("", 1);
    for (int i = 1; i <= 3; ++i) {
        HttpRequest post = to(server.url());
        post.method = "POST";
        post.body = "body";
        const auto response = http_exchange(post);
        ASSERT_TRUE(response.ok()) << response.error().text();
        EXPECT_EQ(response->body, std::to_string(i));
    }
}

// The guard asks when it connects: it must not be given a connection that was made without it.
TEST(KeepAlive, GuardedExchangesNeverGetAnUnguardedConnection) {
    KeepingServer server;
    ASSERT_TRUE(http_exchange(to(server.url())).ok());
    HttpRequest guarded = to(server.url());
    guarded.allow_private = false;
    EXPECT_FALSE(http_exchange(guarded).ok());
    EXPECT_EQ(server.connections(), 1);
}

TEST(KeepAlive, AnExchangeInsideAnother) {
    KeepingServer server;
    HttpRequest outer = to(server.url());
    std::string inner;
    outer.on_body = [&](std::string_view) -> Status {
        inner = TRY(http_exchange(to(server.url()))).body;
        return {};
    };
    ASSERT_TRUE(http_exchange(outer).ok());
    EXPECT_EQ(inner, "2");
}

TEST(KeepAlive, AChildProcessHasItsOwnConnection) {
    KeepingServer server;
    ASSERT_EQ(http_exchange(to(server.url()))->body, "1");
    const pid_t child = fork();
    if (child == 0) _exit(http_exchange(to(server.url()))->body == "2" ? 0 : 1);
    int status = -1;
    waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
    EXPECT_EQ(http_exchange(to(server.url()))->body, "1");
}

TEST(UnixSocket, OnlyWhereAllowed) {
    const std::string path =
        fs::temp_directory_path() / ("aozora-" + std::to_string(getpid()) + ".sock");
    {
        KeepingServer server(path);
        HttpRequest request = to("http://localhost/internal");
        request.unix_socket = path;
        for (int i = 0; i < 2; ++i) {
            const auto response = http_exchange(request);
            ASSERT_TRUE(response.ok()) << response.error().text();
            EXPECT_EQ(response->body, "1");
        }
        EXPECT_NE(server.last_request().find("Host: localhost\r\n"), std::string::npos);
        request.allow_private = false;
        EXPECT_EQ(http_exchange(request).error().kind, ErrorKind::Usage);
    }
    fs::remove(path);
    HttpRequest gone = to("http://localhost/");
    gone.unix_socket = path;
    EXPECT_FALSE(http_exchange(gone).ok());
}

TEST(BodyFile, IsSentWithItsLength) {
    const std::string path =
        fs::temp_directory_path() / ("aozora-" + std::to_string(getpid()) + ".body");
    const std::string bytes(300'000, 'b');
    std::ofstream(path) << bytes;
    KeepingServer server;
    HttpRequest request = to(server.url());
    request.method = "PUT";
    request.body_file = path;
    request.sigv4 = SigV4Key{"id", "secret", "", "us-east-1", "s3"};
    for (int i = 0; i < 2; ++i) {
        ASSERT_TRUE(http_exchange(request).ok());
        const std::string seen = server.last_request();
        EXPECT_TRUE(seen.starts_with("PUT / HTTP/1.1\r\n"));
        EXPECT_EQ(testing::TestServer::body_of(seen), bytes);
        EXPECT_NE(seen.find("Content-Length: 300000\r\n"), std::string::npos);
        EXPECT_NE(seen.find("x-amz-content-sha256: " + sha256_hex(bytes)), std::string::npos);
        EXPECT_NE(seen.find("Authorization: AWS4-HMAC-SHA256 Credential=id/"), std::string::npos);
        EXPECT_EQ(seen.find("Expect"), std::string::npos);
    }
    request.body = "and a body";
    EXPECT_FALSE(http_exchange(request).ok());
    request.body = "";
    request.body_file = path + ".none";
    EXPECT_FALSE(http_exchange(request).ok());
    fs::remove(path);
}

}  // namespace
}  // namespace base
