// Measures the HTTP server against the least that could do the same, in one run on one machine:
//
//   http_bench [seconds]
//
// requests/s and p99 against a bare Beast server with the same answer (needs wrk), connections/s
// against one acceptor a thread, a 1 GiB download against a loop around sendfile, memory of a 1 GiB
// upload, memory of 4,000 idle event streams. Servers are processes of their own.
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "apps/server/http/bare_server.h"
#include "apps/server/http/server.h"
#include "base/core/check.h"

namespace {

using Clock = std::chrono::steady_clock;

constexpr int64_t kGiB = int64_t{1} << 30;
constexpr int kThreads = 2;

std::string answer_text() {
    std::string text = "{\"object\":\"video\",\"prompt\":\"";
    text += std::string(400 - text.size() - 2, 'x');
    return text + "\"}";
}

// A server in a child process; it ends with this object.
class Child {
public:
    explicit Child(const std::function<int()>& serve) {  // returns the port
        int ready[2], stop[2];
        CHECK(::pipe(ready) == 0 && ::pipe(stop) == 0, "pipes");
        process_ = ::fork();
        if (process_ == 0) {
            ::close(stop[1]);
            const int port = serve();
            if (::write(ready[1], &port, sizeof(port)) != sizeof(port)) ::_exit(1);
            char byte;
            if (::read(stop[0], &byte, 1) < 0) ::_exit(1);
            ::_exit(0);
        }
        ::close(stop[0]);
        ::close(ready[1]);
        stop_ = stop[1];
        CHECK(::read(ready[0], &port, sizeof(port)) == sizeof(port), "the server started");
        ::close(ready[0]);
    }
    ~Child() {
        ::close(stop_);
        ::waitpid(process_, nullptr, 0);
    }
    int64_t memory(const char* field) const {  // bytes, of /proc/PID/status
        std::ifstream status("/proc/" + std::to_string(process_) + "/status");
        std::string line;
        while (std::getline(status, line)) {
            if (line.starts_with(field)) {
                return std::atoll(line.c_str() + std::string(field).size() + 1) * 1024;
            }
        }
        return 0;
    }
    double cpu_seconds() const {
        std::ifstream stat("/proc/" + std::to_string(process_) + "/stat");
        std::string word;
        double ticks = 0;
        for (int i = 1; i <= 15 && stat >> word; ++i) {
            if (i >= 14) ticks += std::atof(word.c_str());
        }
        return ticks / static_cast<double>(::sysconf(_SC_CLK_TCK));
    }
    int port = 0;

private:
    pid_t process_ = 0;
    int stop_ = -1;
};

http::Route route(std::string method, std::string pattern, http::Handler handler) {
    http::Route made;
    made.method = std::move(method);
    made.pattern = std::move(pattern);
    made.handler = std::move(handler);
    return made;
}

int serve_ours(const std::string& folder) {
    http::Router router;
    http::Route hello = route("GET", "/v1/hello", {});
    hello.fast = [body = std::make_shared<const std::string>(answer_text())](
                     const http::RequestHead&) -> std::optional<http::Response> {
        http::Response response;
        response.with("Content-Type", "application/json");
        response.body = body;
        return response;
    };
    router.add(std::move(hello));
    router.add(route("GET", "/v1/pool",
                     [](http::Request&) { return http::json_text(200, answer_text()); }));
    router.add(route("GET", "/v1/file", [folder](http::Request&) {
        http::Response response;
        response.body = http::FileBody{folder + "/big"};
        return response;
    }));
    router.add(route("GET", "/v1/events", [](http::Request&) {
        static std::mutex mutex;
        static std::vector<std::shared_ptr<http::EventStream>> kept;
        http::Response response;
        const std::lock_guard lock(mutex);
        kept.push_back(http::EventStream::create());
        response.body = kept.back();
        return response;
    }));
    http::Route upload = route("POST", "/v1/upload", [](http::Request& request) {
        return http::text(200, request.form.at(0).file->sha256());
    });
    upload.most_body_bytes = 2 * kGiB;
    router.add(std::move(upload));
    http::ServerOptions options;
    options.listen = {"127.0.0.1:0"};
    options.io_threads = kThreads;
    options.upload_dir = folder;
    auto server = http::Server::start(std::move(options), std::move(router));
    CHECK(server.ok(), server.ok() ? "" : server.error().text());
    return server.value().release()->port();
}

// Head, then the file by sendfile, one connection after the other.
int serve_sendfile(const std::string& folder) {
    const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    CHECK(::bind(listener, generic, size) == 0 && ::listen(listener, 16) == 0, "a port");
    ::getsockname(listener, generic, &size);
    std::thread([listener, folder] {
        for (;;) {
            const int client = ::accept(listener, nullptr, nullptr);
            char request[4096];
            if (::recv(client, request, sizeof(request), 0) <= 0) continue;
            const std::string head =
                "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(kGiB) + "\r\n\r\n";
            ::send(client, head.data(), head.size(), MSG_MORE);
            const int file = ::open((folder + "/big").c_str(), O_RDONLY);
            off_t offset = 0;
            while (offset<kGiB&& ::sendfile(client, file, &offset, 1 << 20)> 0) {
            }
            ::close(file);
            ::close(client);
        }
    }).detach();
    return ntohs(address.sin_port);
}

int connect_to(int port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<uint16_t>(port));
    CHECK(::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0,
          "connecting");
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

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

struct WrkResult {
    double requests_per_s = 0, cpu_us = 0, client_us = 0;  // CPU time a request, server and wrk
    std::string p99;
};

double children_cpu_seconds() {
    rusage usage{};
    ::getrusage(RUSAGE_CHILDREN, &usage);
    return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6;
}

WrkResult wrk(const Child& server, const std::string& path, int seconds, const char* more = "") {
    const double cpu = server.cpu_seconds(), client_cpu = children_cpu_seconds();
    const std::string command = "wrk -t1 -c64 --latency -d" + std::to_string(seconds) + "s " +
                                more + " http://127.0.0.1:" + std::to_string(server.port) + path;
    FILE* pipe = ::popen(command.c_str(), "r");
    WrkResult result;
    char line[512];
    while (pipe && std::fgets(line, sizeof(line), pipe)) {
        char text[64];
        if (std::sscanf(line, " 99%% %63s", text) == 1) result.p99 = text;
        std::sscanf(line, "Requests/sec: %lf", &result.requests_per_s);
    }
    if (pipe) ::pclose(pipe);
    const double total = result.requests_per_s * seconds;
    result.client_us = total > 0 ? (children_cpu_seconds() - client_cpu) * 1e6 / total : 0;
    result.cpu_us = total > 0 ? (server.cpu_seconds() - cpu) * 1e6 / total : 0;
    return result;
}

// Pairs of runs, bare and ours in turn, so that what else the machine does hits both.
void compare(const char* name, const Child& bare, const Child& ours, const std::string& path,
             int seconds, const char* more = "") {
    std::vector<double> ratios;
    std::vector<WrkResult> a, b;
    for (int i = 0; i < 5; ++i) {
        if (i % 2 == 0) a.push_back(wrk(bare, "/v1/hello", seconds, more));
        b.push_back(wrk(ours, path, seconds, more));
        if (i % 2 == 1) a.push_back(wrk(bare, "/v1/hello", seconds, more));
        ratios.push_back(b.back().requests_per_s / std::max(1.0, a.back().requests_per_s));
    }
    std::sort(ratios.begin(), ratios.end());
    const auto by_rate = [](const WrkResult& x, const WrkResult& y) {
        return x.requests_per_s < y.requests_per_s;
    };
    std::sort(a.begin(), a.end(), by_rate);
    std::sort(b.begin(), b.end(), by_rate);
    for (const auto& [who, runs] : {std::pair("bare", a), std::pair("ours", b)}) {
        std::printf("%-20s %s %7.0f/s p99 %-8s CPU a request: server %.1f us, wrk %.1f us\n", name,
                    who, runs[2].requests_per_s, runs[2].p99.c_str(), runs[2].cpu_us,
                    runs[2].client_us);
    }
    std::printf("%-20s ours / bare %.2f (%.2f to %.2f)\n", name, ratios[2], ratios[0], ratios[4]);
}

double download(int port, const char* path) {
    std::vector<char> buffer(1 << 20);
    const int socket = connect_to(port);
    const std::string request =
        std::string("GET ") + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    const auto start = Clock::now();
    send_all(socket, request.data(), request.size());
    int64_t got = 0;
    for (;;) {
        const ssize_t size = ::recv(socket, buffer.data(), buffer.size(), 0);
        if (size <= 0) break;
        got += size;
    }
    ::close(socket);
    CHECK(got > kGiB, "the whole file");
    return static_cast<double>(kGiB) / seconds_since(start) * 1e-6;
}

void upload(const Child& server) {
    const std::string head =
        "--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\r\n"
        "\r\n";
    const std::string tail = "\r\n--B--\r\n";
    const std::string request =
        "POST /v1/upload HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=B\r\n"
        "Content-Length: " +
        std::to_string(static_cast<int64_t>(head.size() + tail.size()) + kGiB) + "\r\n\r\n" + head;
    const int64_t before = server.memory("VmRSS:");
    int64_t most = 0;
    const std::string block(1 << 20, 'v');
    const int socket = connect_to(server.port);
    const auto start = Clock::now();
    send_all(socket, request.data(), request.size());
    for (int64_t sent = 0; sent < kGiB; sent += static_cast<int64_t>(block.size())) {
        send_all(socket, block.data(), block.size());
        most = std::max(most, server.memory("VmRSS:"));
    }
    send_all(socket, tail.data(), tail.size());
    char reply[4096] = {};
    CHECK(::recv(socket, reply, sizeof(reply) - 1, 0) > 0, "an answer");
    std::printf("1 GiB upload           %.0f MB/s, memory %.1f MB before, at most %.1f MB more\n",
                static_cast<double>(kGiB) / seconds_since(start) * 1e-6,
                static_cast<double>(before) * 1e-6, static_cast<double>(most - before) * 1e-6);
    ::close(socket);
}

void idle_streams(const Child& server, int count) {
    const int64_t before = server.memory("VmRSS:");
    std::vector<int> sockets;
    const std::string request = "GET /v1/events HTTP/1.1\r\nHost: x\r\n\r\n";
    for (int i = 0; i < count; ++i) {
        sockets.push_back(connect_to(server.port));
        send_all(sockets.back(), request.data(), request.size());
        char head[1024];
        CHECK(::recv(sockets.back(), head, sizeof(head), 0) > 0, "a stream");
    }
    const int64_t after = server.memory("VmRSS:");
    std::printf("%d idle streams      %.1f MB in all, %.1f kB each\n", count,
                static_cast<double>(after) * 1e-6,
                static_cast<double>(after - before) / count * 1e-3);
    for (const int socket : sockets) ::close(socket);
}

}  // namespace

int main(int argc, char** argv) {
    const int seconds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 2;
    rlimit files{};
    ::getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &files);
    std::string folder = (std::filesystem::temp_directory_path() / "http-bench-XXXXXX").string();
    CHECK(::mkdtemp(folder.data()) != nullptr, "a temporary folder");
    std::ofstream big(folder + "/big", std::ios::binary);
    const std::string block(1 << 20, 'b');
    for (int i = 0; i < 1024; ++i) big << block;
    big.close();
    {
        const Child bare(serve_bare);
        const Child ours([&] { return serve_ours(folder); });
        compare("fast route", bare, ours, "/v1/hello", seconds);
        compare("route on the pool", bare, ours, "/v1/pool", seconds);
        compare("a connection each", bare, ours, "/v1/hello", seconds, "-H 'Connection: close'");
        const Child plain([&] { return serve_sendfile(folder); });
        std::vector<double> a, b;
        for (int i = 0; i < 3; ++i) {
            a.push_back(download(plain.port, "/"));
            b.push_back(download(ours.port, "/v1/file"));
        }
        std::sort(a.begin(), a.end());
        std::sort(b.begin(), b.end());
        std::printf("1 GiB download         sendfile loop %.0f MB/s, ours %.0f MB/s\n", a[1], b[1]);
    }
    {
        const Child ours([&] { return serve_ours(folder); });
        upload(ours);
    }
    {
        const Child ours([&] { return serve_ours(folder); });
        idle_streams(ours, 4000);
    }
    std::filesystem::remove_all(folder);
    return 0;
}
