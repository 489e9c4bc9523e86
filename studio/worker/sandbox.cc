#include "studio/worker/sandbox.h"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <mutex>
#include <vector>

#include "base/json/json.h"
#include "base/text/text.h"
#include "studio/worker/failure.h"

namespace studio {
namespace {

using Clock = std::chrono::steady_clock;

constexpr const char* kBubblewrap = "/usr/bin/bwrap";
constexpr size_t kMostLineBytes = 4096;

std::string absolute(const std::string& path) {
    std::error_code error;
    const auto real = std::filesystem::weakly_canonical(path, error);
    return error ? path : real.string();
}

// Read-only libraries, the program, the one input; the folder of the output is all that it may
// write to.
std::vector<std::string> bubblewrap_command(const std::string& program) {
    std::vector<std::string> command = {
        kBubblewrap, "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop",
        "ALL",       "--clearenv",    "--ro-bind",         "/usr",          "/usr"};
    for (const char* folder : {"/lib", "/lib64", "/bin"}) {
        command.insert(command.end(), {"--ro-bind-try", folder, folder});
    }
    command.insert(command.end(),
                   {"--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache", "--proc", "/proc",
                    "--dev", "/dev", "--tmpfs", "/tmp", "--ro-bind", program, "/program"});
    return command;
}

struct Child {
    pid_t pid = -1;
    int output = -1;
};

// Between fork and exec only calls that are safe after the fork of a threaded process.
base::Result<Child> start(const std::vector<std::string>& command, const Sandbox& sandbox) {
    std::vector<char*> arguments;
    for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return base::failed("cannot start the decoder: no pipe");
    const pid_t parent = getpid();
    const pid_t pid = fork();
    if (pid < 0) {
        close(ends[0]);
        close(ends[1]);
        return base::failed("cannot start the decoder: no process");
    }
    if (pid == 0) {
        const auto limit = [](auto what, int64_t most) {
            const rlimit value{static_cast<rlim_t>(most), static_cast<rlim_t>(most)};
            setrlimit(what, &value);
        };
        setpgid(0, 0);
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent) _exit(127);
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
        limit(RLIMIT_CPU, static_cast<int64_t>(sandbox.cpu_s));
        limit(RLIMIT_AS, sandbox.memory_bytes);
        limit(RLIMIT_FSIZE, sandbox.file_bytes);
        limit(RLIMIT_CORE, 0);
        limit(RLIMIT_NOFILE, 256);
        (void)!unshare(CLONE_NEWNET);  // only root may; bubblewrap does it anyway
        const int nothing = open("/dev/null", O_RDWR);
        dup2(nothing, 0);
        dup2(ends[1], 1);
        dup2(nothing, 2);
        execv(arguments[0], arguments.data());
        _exit(127);
    }
    close(ends[1]);
    return Child{pid, ends[0]};
}

struct Ended {
    int status = 0;
    std::string line;
    bool late = false, cancelled = false;
};

// Reads what the child says until it is gone; kills its whole group when it must not go on.
Ended wait_for(const Child& child, double wall_s, const base::CancelToken* cancel) {
    Ended ended;
    const auto end = Clock::now() + std::chrono::duration<double>(wall_s);
    bool open = true;
    while (true) {
        if (open) {
            pollfd waiting{child.output, POLLIN, 0};
            if (poll(&waiting, 1, 50) > 0) {
                char buffer[1024];
                const ssize_t got = read(child.output, buffer, sizeof buffer);
                if (got > 0 && ended.line.size() < kMostLineBytes)
                    ended.line.append(buffer, static_cast<size_t>(got));
                else if (got == 0 || (got < 0 && errno != EINTR)) open = false;
            }
        } else {
            usleep(10'000);
        }
        if (waitpid(child.pid, &ended.status, WNOHANG) == child.pid) break;
        ended.late = Clock::now() > end;
        ended.cancelled = cancel != nullptr && cancel->cancelled();
        if (ended.late || ended.cancelled) {
            kill(-child.pid, SIGKILL);
            kill(child.pid, SIGKILL);
            waitpid(child.pid, &ended.status, 0);
            break;
        }
    }
    // What it said last may still be in the pipe.
    fcntl(child.output, F_SETFL, O_NONBLOCK);
    char buffer[1024];
    for (ssize_t got; ended.line.size() < kMostLineBytes &&
                      (got = read(child.output, buffer, sizeof buffer)) > 0;) {
        ended.line.append(buffer, static_cast<size_t>(got));
    }
    close(child.output);
    return ended;
}

// The child's own words, when they are in the form that we know.
base::Error told(const std::string& line, Untrusted kind) {
    const auto json = base::parse_json(line, "decoder");
    if (json.ok() && json->is_object() && json->contains("message") &&
        json->at("message").is_string() && json->contains("permanent")) {
        const std::string message = json->at("message").get<std::string>();
        if (json->at("permanent") == true) return reject(untrusted_code(kind), message);
        return base::failed(message);
    }
    return reject(untrusted_code(kind), "the file could not be decoded safely");
}

}  // namespace

// Tried once with the very program: in some containers bubblewrap is there and may do nothing.
bool bubblewrap_works(const std::string& named) {
    const std::string program = absolute(named);
    static std::mutex mutex;
    static std::map<std::string, bool> known;
    const std::lock_guard lock(mutex);
    if (const auto found = known.find(program); found != known.end()) return found->second;
    bool& works = known[program];
    if (access(kBubblewrap, X_OK) != 0) return works;
    std::vector<std::string> command = bubblewrap_command(program);
    command.insert(command.end(), {"/program", "--version"});
    const auto child = start(command, Sandbox());
    if (!child.ok()) return works;
    const Ended ended = wait_for(*child, 20, nullptr);
    works = WIFEXITED(ended.status) && WEXITSTATUS(ended.status) == 0;
    return works;
}

std::string refusal_line(const base::Error& error) {
    const JobFailure failure = failure_of(error);
    return base::Json({{"permanent", failure.permanent}, {"message", failure.message}})
        .dump(-1, ' ', true, base::Json::error_handler_t::replace);
}

base::Status decode_in_sandbox(const Sandbox& sandbox, Untrusted kind, const std::string& from,
                               const std::string& to, const DecodeLimits& limits,
                               const base::CancelToken* cancel) {
    if (sandbox.program.empty()) return decode_untrusted(kind, from, to, limits);
    const std::string program = absolute(sandbox.program), in = absolute(from), out = absolute(to);
    const std::string kind_word = untrusted_name(kind);
    const std::string seconds = std::to_string(limits.most_seconds);
    std::vector<std::string> command;
    if (sandbox.bubblewrap && bubblewrap_works(program)) {
        const std::filesystem::path target(out);
        command = bubblewrap_command(program);
        command.insert(
            command.end(),
            {"--ro-bind", in, "/in", "--bind", target.parent_path().string(), "/out", "/program",
             "decode-untrusted", kind_word, "/in", "/out/" + target.filename().string(), seconds});
    } else {
        command = {program, "decode-untrusted", kind_word, in, out, seconds};
    }
    const Ended ended = wait_for(TRY(start(command, sandbox)), sandbox.wall_s, cancel);
    if (ended.cancelled) return base::Error{base::ErrorKind::Cancelled, "cancelled", {}};
    if (ended.late)
        return reject(untrusted_code(kind), "decoding the file took too long; use a smaller one");
    if (WIFEXITED(ended.status) && WEXITSTATUS(ended.status) == 0) return {};
    if (WIFEXITED(ended.status) && WEXITSTATUS(ended.status) == 127)
        return base::failed("the decoder could not be started");
    return told(ended.line, kind);
}

}  // namespace studio
