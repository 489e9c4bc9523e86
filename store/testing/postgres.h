// A PostgreSQL server of the test's own: in a temporary folder, on a free port of this machine,
// gone afterwards. Start it once in a test program:
//
//   const auto& server = store::testing::Postgres::shared();
//   if (!server.reason().empty()) GTEST_SKIP() << server.reason();
//   auto db = store::Db::open(server.fresh_database());
#pragma once

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pwd.h>
#include <signal.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "store/sql/db.h"

namespace store::testing {

class Postgres {
public:
    // `durable`: with fsync, as a server of users would run.
    explicit Postgres(bool durable) : durable_(durable) {
        bin_ = find_bin();
        if (bin_.empty()) {
            reason_ = "PostgreSQL's server is not installed (make deps-test)";
            return;
        }
        if (getuid() == 0) {
            user_ = getpwnam("postgres");
            if (!user_) {
                reason_ = "PostgreSQL refuses root and there is no user postgres";
                return;
            }
            uid_ = user_->pw_uid;
            gid_ = user_->pw_gid;
        }
        std::string pattern =
            (std::filesystem::temp_directory_path() / "aozora-pg-XXXXXX").string();
        CHECK(mkdtemp(pattern.data()), "a temporary folder");
        folder_ = pattern;
        if (user_) CHECK(chown(folder_.c_str(), uid_, gid_) == 0, "chown");
        port_ = free_port();
        const int code = run({bin_ + "/initdb", "-D", folder_ + "/data", "-U", "aozora", "-A",
                              "trust", "-E", "UTF8", "--locale=C", "--no-sync"});
        reason_ = code == 0 ? "" : "initdb failed; see " + folder_ + "/log";
        if (reason_.empty() && !start())
            reason_ = "PostgreSQL did not start; see " + folder_ + "/log";
    }
    ~Postgres() {
        kill_server(SIGQUIT);
        if (reason_.empty()) {
            std::error_code ignored;
            std::filesystem::remove_all(folder_, ignored);
        }
    }
    Postgres(const Postgres&) = delete;

    // One for the whole program, without fsync.
    static Postgres& shared() {
        static Postgres server(false);
        return server;
    }

    // Why it cannot be used; empty when it can.
    const std::string& reason() const { return reason_; }

    std::string url(const std::string& database) const {
        return "postgres://aozora@127.0.0.1:" + std::to_string(port_) + "/" + database;
    }
    // The address of an empty database that nobody else uses. (A schema of its own, which is made
    // much faster than a database.)
    std::string fresh_database() {
        const std::string name = "t" + std::to_string(next_++);
        auto db = Db::open(url("postgres"));
        CHECK(db.ok() && (*db)->write("CREATE SCHEMA " + name).ok(), "an empty schema");
        return url("postgres") + "?options=-csearch_path%3D" + name;
    }

    // SIGKILL of the postmaster; its children notice and end.
    void crash() { kill_server(SIGKILL); }
    // Fast shutdown: sessions are ended.
    void stop() { kill_server(SIGINT); }
    // Starts it (again), from a thread that outlives it; retries while orphans of a crash are still
    // there. False when it will not.
    bool start() {
        for (int tries = 0; tries < 100; ++tries) {
            std::vector<std::string> arguments = {bin_ + "/postgres",
                                                  "-D",
                                                  folder_ + "/data",
                                                  "-p",
                                                  std::to_string(port_),
                                                  "-c",
                                                  "listen_addresses=127.0.0.1",
                                                  "-c",
                                                  "unix_socket_directories=" + folder_,
                                                  "-c",
                                                  "max_connections=120",
                                                  "-c",
                                                  "shared_buffers=32MB"};
            if (!durable_) {
                for (const char* fast : {"fsync=off", "full_page_writes=off"}) {
                    arguments.insert(arguments.end(), {"-c", fast});
                }
            }
            server_ = spawn(arguments);
            for (int waited = 0; waited < 200; ++waited) {
                if (waitpid(server_, nullptr, WNOHANG) == server_) {
                    server_ = -1;
                    break;
                }
                if (run({bin_ + "/pg_isready", "-q", "-h", "127.0.0.1", "-p", std::to_string(port_),
                         "-d", "postgres", "-U", "aozora"}) == 0) {
                    return true;
                }
                std::this_thread::sleep_for(std::chrono::milliseconds(50));
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
        }
        return false;
    }

private:
    static std::string find_bin() {
        std::string best;
        std::error_code ignored;
        for (const auto& entry :
             std::filesystem::directory_iterator("/usr/lib/postgresql", ignored)) {
            const std::string bin = entry.path() / "bin";
            if (access((bin + "/initdb").c_str(), X_OK) == 0 && bin > best) best = bin;
        }
        return best;
    }
    static int free_port() {
        const int socket_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof(address);
        auto* generic = reinterpret_cast<sockaddr*>(&address);
        CHECK(bind(socket_, generic, size) == 0, "a free port");
        getsockname(socket_, generic, &size);
        close(socket_);
        return ntohs(address.sin_port);
    }
    // Ends with this program, whatever ends it.
    pid_t spawn(const std::vector<std::string>& arguments) const {
        std::vector<char*> argv;
        for (const std::string& each : arguments) argv.push_back(const_cast<char*>(each.c_str()));
        argv.push_back(nullptr);
        const std::string log = folder_ + "/log";
        const pid_t parent = getpid();
        const pid_t child = fork();
        if (child != 0) return child;
        if (user_ && (setgid(gid_) != 0 || setuid(uid_) != 0)) _exit(126);
        prctl(PR_SET_PDEATHSIG, SIGQUIT);
        if (getppid() != parent) _exit(126);
        const int out = open(log.c_str(), O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
        dup2(out, 1);
        dup2(out, 2);
        if (chdir(folder_.c_str()) != 0) _exit(126);
        setsid();
        execv(argv[0], argv.data());
        _exit(127);
    }
    int run(const std::vector<std::string>& arguments) const {
        const pid_t child = spawn(arguments);
        int status = 0;
        while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
        }
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }
    void kill_server(int signal) {
        if (server_ <= 0) return;
        kill(server_, signal);
        waitpid(server_, nullptr, 0);
        server_ = -1;
    }

    bool durable_;
    std::string bin_, folder_, reason_;
    const passwd* user_ = nullptr;
    uid_t uid_ = 0;
    gid_t gid_ = 0;
    int port_ = 0;
    pid_t server_ = -1;
    std::atomic<int> next_{1};
};

}  // namespace store::testing
