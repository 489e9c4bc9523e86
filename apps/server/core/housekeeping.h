// What a server does besides answering: takes back leases that ran out, moves batches on, sends
// webhooks, drops expired content and sweeps orphans. Three threads; stop() ends them.
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "apps/server/core/app.h"

namespace server {

class Housekeeping {
public:
    explicit Housekeeping(App& app);
    ~Housekeeping();
    void stop();

private:
    // True after `seconds` or a wake; false when it is time to stop.
    bool pause(double seconds);
    void look_after_leases();
    void look_after_batches();
    void send_webhooks();

    App& app_;
    std::mutex lock_;
    std::condition_variable changed_;
    bool stopping_ = false;
    int64_t wakes_ = 0;
    std::vector<std::shared_ptr<void>> listeners_;
    std::vector<std::thread> threads_;
};

}  // namespace server
