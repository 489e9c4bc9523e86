// Who listens in this process, and the thread that calls them. Used by both engines.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace store {

class Wakes {
public:
    using OnWake = std::function<void(const std::string& message)>;

    Wakes() = default;
    ~Wakes();
    Wakes(const Wakes&) = delete;

    // The handle may be dropped by the call itself; from another thread that waits for the call.
    std::shared_ptr<void> listen(const std::string& channel, OnWake on_wake);
    void post(const std::string& channel, const std::string& message);
    std::vector<std::string> channels();

private:
    struct Listener {
        std::string channel;
        OnWake on_wake;
        std::recursive_mutex calling;
        bool ended = false;
    };
    void run();

    std::mutex mutex_;
    std::condition_variable posted_;
    std::vector<std::weak_ptr<Listener>> listeners_;
    std::deque<std::pair<std::string, std::string>> queue_;
    bool stop_ = false;
    std::thread thread_;
};

}  // namespace store
