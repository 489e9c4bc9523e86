#include "apps/cli/bench_server.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/prctl.h>
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

#include "apps/cli/http_load.h"
#include "apps/cli/options.h"
#include "apps/server/archive/keys.h"
#include "apps/server/archive/videos.h"
#include "apps/server/http/bare_server.h"
#include "base/core/check.h"
#include "store/queue/measure.h"
#include "store/sql/migrate.h"

namespace apps {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int64_t kGiB = int64_t{1} << 30;
constexpr int kConnections = 64, kStreams = 4000, kTurns = 5, kBareThreads = 2;
constexpr const char* kKey = "sk-bench";
constexpr const char* kFilm = "video_00000000000000000000000000000000";
constexpr const char* kWaiting = "video_ffffffffffffffffffffffffffffffff";

double since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

// Another process that ends with this object, and with this process.
class Child {
public:
    explicit Child(const std::function<void(int ready)>& work) {
        int pipe[2];
        CHECK(::pipe2(pipe, O_CLOEXEC) == 0, "a pipe");
        const pid_t parent = ::getpid();
        process_ = ::fork();
        if (process_ == 0) {
            ::prctl(PR_SET_PDEATHSIG, SIGKILL);
            if (::getppid() == parent) work(pipe[1]);
            ::_exit(1);
        }
        ::close(pipe[1]);
        if (::read(pipe[0], &port, sizeof(port)) != sizeof(port)) port = 0;
        ::close(pipe[0]);
    }
    ~Child() {
        ::kill(process_, SIGKILL);
        ::waitpid(process_, nullptr, 0);
    }
    Child(const Child&) = delete;
    double memory_mb() const {
        std::ifstream status("/proc/" + std::to_string(process_) + "/status");
        for (std::string line; std::getline(status, line);) {
            if (line.starts_with("VmRSS:")) return std::atof(line.c_str() + 6) * 1024e-6;
        }
        return 0;
    }
    int port = 0;  // what the work wrote into `ready`

private:
    pid_t process_ = -1;
};

void tell(int ready, int port) {
    CHECK(::write(ready, &port, sizeof(port)) == sizeof(port), "the pipe");
}

int listen_somewhere(int* socket) {
    *socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    CHECK(::bind(*socket, generic, size) == 0 && ::listen(*socket, 16) == 0, "a port");
    ::getsockname(*socket, generic, &size);
    return ntohs(address.sin_port);
}

// Head, then the file by sendfile, one connection after the other.
void serve_sendfile(int ready, const std::string& path) {
    int listener = -1;
    tell(ready, listen_somewhere(&listener));
    for (;;) {
        const int client = ::accept(listener, nullptr, nullptr);
        char request[4096];
        if (::recv(client, request, sizeof(request), 0) <= 0) continue;
        const std::string head =
            "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(kGiB) + "\r\n\r\n";
        ::send(client, head.data(), head.size(), MSG_MORE);
        const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
        off_t offset = 0;
        while (offset < kGiB) {
            if (::sendfile(client, file, &offset, 1 << 20) <= 0) break;
        }
        ::close(file);
        ::close(client);
    }
}

std::string request(const std::string& line, const std::string& headers = {}) {
    return line + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + kKey + "\r\n" +
           headers + "\r\n";
}

std::string answer_to(int port, const std::string& text) {
    const int socket = connect_local(port);
    send_all(socket, text.data(), text.size());
    std::string answer;
    char bytes[16384];
    for (ssize_t got; (got = ::recv(socket, bytes, sizeof(bytes), 0)) > 0;)
        answer.append(bytes, static_cast<size_t>(got));
    ::close(socket);
    return answer;
}

// A finished film of 1 GiB, one that waits, and as many more rows as asked for.
base::Status fill(const std::string& folder, int64_t videos, std::string* blob_path) {
    auto db = TRY(store::Db::open("sqlite:" + folder + "/aozora.db"));
    TRY(store::migrate(*db));
    const server::FirstKey first = TRY(server::first_key(*db, kKey));
    auto blobs = TRY(store::BlobStore::open("dir:" + folder + "/blobs"));
    const std::string big = blobs->incoming_dir() + "/big";
    {
        std::ofstream out(big, std::ios::binary);
        const std::string block(1 << 20, 'b');
        for (int i = 0; i < 1024; ++i) out << block;
        if (!out.flush()) return base::failed("cannot write 1 GiB", big);
    }
    const store::Blob blob = TRY(blobs->put_file(big));
    *blob_path = blobs->local_path(blob.sha256).value_or("");
    store::Queue queue(*db, {});
    TRY(db->transaction([&](store::Tx& tx) -> base::Status {
        server::NewVideo video;
        video.project_id = first.caller.project_id;
        video.key_id = first.caller.key_id;
        video.model = "sora-2";
        video.task = "create";
        video.prompt = "A basketball player misses a shot and the ball rebounds off the backboard.";
        video.size = "1280x720";
        video.seconds = "4";
        video.payload = base::Json::object();
        video.id = kFilm;
        const int64_t seq = TRY(server::create_video(tx, queue, video));
        TRY(server::publish_video(tx, seq, {{{"video", blob}}, "4", "1280x720", "{}"}, {}));
        TRY(tx.execute("UPDATE jobs SET state = 'completed', finished_ms = {now} WHERE id = ?",
                       {seq}));
        TRY(tx.execute(
            "INSERT INTO videos(id, seq, project_id, key_id, model, task, status, prompt, size, "
            "seconds, created_ms, completed_ms) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT "
            "i + 1 FROM n WHERE i < ?) SELECT 'video_' || printf('%032d', i), -i, ?, ?, 'sora-2', "
            "'create', 'completed', ?, '1280x720', '4', {now}, {now} FROM n",
            {std::max<int64_t>(1, videos), video.project_id, video.key_id, video.prompt}));
        video.id = kWaiting;
        TRY(server::create_video(tx, queue, video));
        return {};
    }));
    return {};
}

void serve(int ready, const std::string& folder, const std::string& program) {
    int socket = -1;
    const int port = listen_somewhere(&socket);
    ::close(socket);
    tell(ready, port);
    ::setenv("AOZORA_API_KEY", kKey, 1);
    const int log = ::open((folder + "/log").c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    ::dup2(log, 1);
    ::dup2(log, 2);
    const std::string listen = "127.0.0.1:" + std::to_string(port);
    ::execl(program.c_str(), program.c_str(), "serve", "--listen", listen.c_str(), "--data",
            folder.c_str(), "--workers", "0", nullptr);
}

// Seconds until it says that it is ready; negative when it does not within ten.
double until_ready(const Child& server, Clock::time_point start) {
    while (since(start) < 10) {
        const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(static_cast<uint16_t>(server.port));
        const bool open =
            ::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0;
        ::close(socket);
        if (open && answer_to(server.port, request("GET /readyz", "Connection: close\r\n"))
                        .starts_with("HTTP/1.1 200"))
            return since(start);
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return -1;
}

void polls(const Child& bare, const Child& ours, double seconds) {
    const std::string ask = request(std::string("GET /v1/videos/") + kFilm);
    std::vector<double> rate[2], p50[2], p99[2], rates, tails;
    // In turns, so that what else the machine does hits both.
    for (int turn = 0; turn < kTurns; ++turn) {
        for (const int who : {turn % 2, 1 - turn % 2}) {
            const Load load = measure_load((who ? ours : bare).port, ask, kConnections, seconds);
            rate[who].push_back(load.requests_per_s);
            p50[who].push_back(load.p50_ms);
            p99[who].push_back(load.p99_ms);
        }
        rates.push_back(rate[1].back() / rate[0].back());
        tails.push_back(p99[1].back() / p99[0].back());
    }
    for (const int who : {0, 1}) {
        std::printf("%-28s %7.0f/s  p50 %.2f ms  p99 %.2f ms\n",
                    who ? "status polls with key check" : "bare Beast server, same size",
                    median(rate[who]), median(p50[who]), median(p99[who]));
    }
    std::printf(
        "%-28s %.2f of the bare server's rate (asked: 0.65 or 40000/s), p99 %.2f times its "
        "(asked: 1.5)\n",
        "", median(rates), median(tails));
}

double download_mb_per_s(int port) {
    const int socket = connect_local(port);
    const std::string ask =
        request(std::string("GET /v1/videos/") + kFilm + "/content", "Connection: close\r\n");
    std::vector<char> buffer(1 << 20);
    const auto start = Clock::now();
    send_all(socket, ask.data(), ask.size());
    int64_t bytes = 0;
    for (ssize_t got; (got = ::recv(socket, buffer.data(), buffer.size(), 0)) > 0;) bytes += got;
    const double took = since(start);
    ::close(socket);
    CHECK(bytes > kGiB, "the whole film");
    return static_cast<double>(kGiB) * 1e-6 / took;
}

void downloads(const Child& ours, const std::string& blob_path) {
    const Child plain([&](int ready) { serve_sendfile(ready, blob_path); });
    std::vector<double> a, b;
    for (int i = 0; i < 3; ++i) {
        a.push_back(download_mb_per_s(plain.port));
        b.push_back(download_mb_per_s(ours.port));
    }
    std::printf("%-28s %.0f MB/s, a loop around sendfile %.0f MB/s: %.2f (asked: 0.80)\n",
                "1 GiB download", median(b), median(a), median(b) / median(a));
}

void upload(const Child& ours) {
    const std::string head =
        "--B\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nuser_data\r\n"
        "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n";
    const std::string tail = "\r\n--B--\r\n";
    const auto length = static_cast<int64_t>(head.size() + tail.size()) + kGiB;
    const std::string ask =
        request("POST /v1/files",
                "Connection: close\r\nContent-Type: multipart/form-data; boundary=B\r\n"
                "Content-Length: " +
                    std::to_string(length) + "\r\n") +
        head;
    const double before = ours.memory_mb();
    double most = before;
    const std::string block(1 << 20, 'v');
    const int socket = connect_local(ours.port);
    const auto start = Clock::now();
    send_all(socket, ask.data(), ask.size());
    for (int i = 0; i < 1024; ++i) {
        send_all(socket, block.data(), block.size());
        most = std::max(most, ours.memory_mb());
    }
    send_all(socket, tail.data(), tail.size());
    char answer[16] = {};
    CHECK(::recv(socket, answer, 12, MSG_WAITALL) == 12 && std::string(answer) == "HTTP/1.1 200",
          "the upload is taken");
    const double took = since(start);
    most = std::max(most, ours.memory_mb());
    ::close(socket);
    std::printf("%-28s %.0f MB/s, %.1f MB more memory (asked: < 10)\n", "1 GiB upload, on the disk",
                static_cast<double>(kGiB) * 1e-6 / took, most - before);
}

void streams(const Child& ours) {
    const std::string ask = request(std::string("GET /v1/videos/") + kWaiting + "/events");
    const double before = ours.memory_mb();
    std::vector<int> sockets;
    for (int i = 0; i < kStreams; ++i) {
        sockets.push_back(connect_local(ours.port));
        send_all(sockets.back(), ask.data(), ask.size());
        char start[512];
        CHECK(::recv(sockets.back(), start, sizeof(start), 0) > 12 &&
                  std::string(start, 12) == "HTTP/1.1 200",
              "a stream");
    }
    const double grown = ours.memory_mb() - before;
    for (const int socket : sockets) ::close(socket);
    std::printf("%d %-23s %.1f MB more memory, %.1f kB each (asked: < 80 MB)\n", kStreams,
                "idle event streams", grown, grown * 1e3 / kStreams);
}

void lists(const Child& ours, int64_t videos) {
    const std::string ask = request("GET /v1/videos?limit=20", "Connection: close\r\n");
    std::vector<double> times_ms;
    double first_ms = 0;
    for (int i = 0; i < 21; ++i) {
        const auto start = Clock::now();
        CHECK(answer_to(ours.port, ask).starts_with("HTTP/1.1 200"), "a list");
        (i == 0 ? first_ms : times_ms.emplace_back()) = since(start) * 1e3;
    }
    std::printf("%-28s %.2f ms with %lld videos, the first one %.1f ms (asked: < 5)\n",
                "a page of 20", median(times_ms), static_cast<long long>(videos), first_ms);
}

}  // namespace

int bench_server(double seconds, int64_t videos) {
    rlimit files{};
    ::getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &files);
    std::error_code error;
    const std::string program = std::filesystem::read_symlink("/proc/self/exe", error).string();
    std::string folder = (std::filesystem::temp_directory_path() / "aozora-bench-XXXXXX").string();
    if (error || !::mkdtemp(folder.data()))
        return report_error(base::failed("cannot make a temporary folder", folder));
    struct Remove {
        const std::string& folder;
        ~Remove() {
            std::error_code ignored;
            std::filesystem::remove_all(folder, ignored);
        }
    } const remove{folder};
    // Forked before this process has threads.
    const Child bare([](int ready) {
        tell(ready, http::serve_bare(kBareThreads, std::string(420, 'x')));
        ::pause();
    });
    std::string blob_path;
    if (const base::Status filled = fill(folder, videos, &blob_path); !filled.ok())
        return report_error(filled.error());
    const auto start = Clock::now();
    const Child ours([&](int ready) { serve(ready, folder, program); });
    const double ready_s = until_ready(ours, start);
    if (ready_s < 0) return report_error(base::failed("the server does not start", folder));
    std::printf("%-28s %.2f s with %lld videos in the database (asked: < 1)\n", "ready after",
                ready_s, static_cast<long long>(videos));
    lists(ours, videos);
    polls(bare, ours, seconds);
    downloads(ours, blob_path);
    upload(ours);
    streams(ours);
    const auto queue = store::measure_queue(folder, 8, seconds);
    if (!queue.ok()) return report_error(queue.error());
    std::printf(
        "%-28s %.0f/s, half of the disk's fsyncs %.0f/s: %.2f (asked: 0.80); eight workers "
        "%.0f/s\n",
        "durable job cycles", queue->cycles_per_s, queue->fsyncs_per_s / 2,
        queue->cycles_per_s / (queue->fsyncs_per_s / 2), queue->cycles_many_per_s);
    return kExitOk;
}

}  // namespace apps
