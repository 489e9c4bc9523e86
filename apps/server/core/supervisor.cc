#include "apps/server/core/supervisor.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>

#include "apps/server/core/event_log.h"

extern char** environ;

namespace server {
namespace {

using Clock = std::chrono::steady_clock;

// Field 22 of /proc/PID/stat, the start time in ticks: tells a process from a later one with the
// same pid. "" when there is none.
std::string start_time(pid_t pid) {
    std::ifstream in("/proc/" + std::to_string(pid) + "/stat");
    std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    const size_t name_end = text.rfind(')');
    if (name_end == std::string::npos) return "";
    std::istringstream rest(text.substr(name_end + 1));
    std::string field;
    for (int i = 3; i <= 22 && rest >> field; ++i) {
    }
    return field;
}

}  // namespace

void end_leftovers(const std::string& pid_file) {
    std::ifstream in(pid_file);
    std::vector<pid_t> ended;
    for (std::string line; std::getline(in, line);) {
        std::istringstream words(line);
        pid_t pid = 0;
        std::string started;
        if (!(words >> pid >> started) || pid <= 1 || start_time(pid) != started) continue;
        ::kill(pid, SIGKILL);
        ended.push_back(pid);
    }
    for (int i = 0; i < 200 && !ended.empty(); ++i) {
        std::erase_if(ended, [](pid_t pid) { return ::kill(pid, 0) != 0; });
        if (!ended.empty()) ::usleep(10'000);
    }
    ::unlink(pid_file.c_str());
}

Supervisor::Supervisor(App& app, SupervisorOptions options)
    : app_(app), options_(std::move(options)), children_(static_cast<size_t>(options_.count)) {
    ::setenv("AOZORA_PARENT", std::to_string(::getpid()).c_str(), 1);
    // Workers share the machine: a thread of theirs that waits for another must not spin.
    ::setenv("OMP_WAIT_POLICY", "passive", 0);
    if (options_.count > 0) thread_ = std::thread([this] { run(); });
}

Supervisor::~Supervisor() { stop(0); }

pid_t Supervisor::start_one(int number) {
    std::vector<std::string> words = options_.command;
    for (std::string& word : words) {
        if (const size_t at = word.find("{n}"); at != std::string::npos)
            word.replace(at, 3, std::to_string(number));
    }
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    // A group of its own: Ctrl-C at the terminal goes to the server, which then tells its workers.
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(
        &attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    // Not even a listening socket may live on in a worker: it would hold the port of a dead server.
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addclosefrom_np(&files, 3);
    pid_t pid = 0;
    const int failed =
        posix_spawn(&pid, arguments[0], &files, &attributes, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
    if (failed) {
        log_event(base::LogLevel::Error, "worker_not_started", {{"reason", std::strerror(failed)}});
        return 0;
    }
    ++app_.metrics.workers_started;
    return pid;
}

void Supervisor::write_pids() {
    std::ofstream out(options_.pid_file, std::ios::trunc);
    for (const Child& child : children_) {
        if (child.pid > 0) out << child.pid << ' ' << start_time(child.pid) << '\n';
    }
}

void Supervisor::run() {
    while (!stopping_) {
        {
            const std::lock_guard guard(lock_);
            bool changed = false;
            for (size_t i = 0; i < children_.size() && !stopping_; ++i) {
                Child& child = children_[i];
                if (child.pid > 0) {
                    int status = 0;
                    if (::waitpid(child.pid, &status, WNOHANG) != child.pid) continue;
                    const auto lived = Clock::now() - child.started;
                    child.quick_deaths =
                        lived < std::chrono::seconds(5) ? child.quick_deaths + 1 : 0;
                    // 0, 0.25, 0.5 ... 30 s: one that cannot start must not keep a core busy.
                    const double wait =
                        child.quick_deaths == 0
                            ? 0
                            : std::min(30.0, 0.125 * std::exp2(std::min(child.quick_deaths, 10)));
                    child.next_start = Clock::now() + std::chrono::duration_cast<Clock::duration>(
                                                          std::chrono::duration<double>(wait));
                    log_event(base::LogLevel::Warning, "worker_ended",
                              {{"pid", static_cast<int64_t>(child.pid)},
                               {"signal", WIFSIGNALED(status) ? WTERMSIG(status) : 0},
                               {"status", WIFEXITED(status) ? WEXITSTATUS(status) : -1}});
                    child.pid = 0;
                    changed = true;
                }
                if (Clock::now() < child.next_start) continue;
                child.pid = start_one(static_cast<int>(i) + 1);
                child.started = Clock::now();
                if (child.pid == 0) child.next_start = Clock::now() + std::chrono::seconds(5);
                changed = true;
            }
            if (changed) write_pids();
        }
        ::usleep(50'000);
    }
}

void Supervisor::stop(double seconds) {
    if (stopping_.exchange(true)) return;
    if (thread_.joinable()) thread_.join();
    const std::lock_guard guard(lock_);
    for (const Child& child : children_) {
        if (child.pid > 0) ::kill(child.pid, SIGTERM);
    }
    const auto until = Clock::now() + std::chrono::duration_cast<Clock::duration>(
                                          std::chrono::duration<double>(seconds));
    for (Child& child : children_) {
        while (child.pid > 0) {
            if (::waitpid(child.pid, nullptr, WNOHANG) == child.pid) {
                child.pid = 0;
            } else if (Clock::now() > until) {
                ::kill(child.pid, SIGKILL);
                ::waitpid(child.pid, nullptr, 0);
                child.pid = 0;
            } else {
                ::usleep(10'000);
            }
        }
    }
    ::unlink(options_.pid_file.c_str());
}

std::vector<pid_t> Supervisor::pids() const {
    const std::lock_guard guard(lock_);
    std::vector<pid_t> all;
    for (const Child& child : children_) {
        if (child.pid > 0) all.push_back(child.pid);
    }
    return all;
}

}  // namespace server
