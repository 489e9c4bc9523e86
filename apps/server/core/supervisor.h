// The server's own workers: child processes that are started again when they end. A child dies with
// its server (PR_SET_PDEATHSIG, set by `aozora worker --child`), so kill -9 leaves none behind.
#pragma once

#include <sys/types.h>

#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "apps/server/core/app.h"

namespace server {

struct SupervisorOptions {
    int count = 1;
    std::vector<std::string> command;  // of one worker; "{n}" becomes its number
    std::string
        pid_file;  // the children's pids and start times, to end leftovers at the next start
};

class Supervisor {
public:
    Supervisor(App& app, SupervisorOptions options);
    ~Supervisor();
    // SIGTERM (they give their jobs back), then SIGKILL after `seconds`.
    void stop(double seconds);
    std::vector<pid_t> pids() const;

private:
    void run();
    pid_t start_one(int number);
    void write_pids();

    App& app_;
    SupervisorOptions options_;
    mutable std::mutex lock_;
    struct Child {
        pid_t pid = 0;
        std::chrono::steady_clock::time_point started, next_start;
        int quick_deaths = 0;
    };
    std::vector<Child> children_;
    std::atomic<bool> stopping_{false};
    std::thread thread_;
};

// Ends processes that a dead server's pid file names, if they are still what it started.
void end_leftovers(const std::string& pid_file);

}  // namespace server
