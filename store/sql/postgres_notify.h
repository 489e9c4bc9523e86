// The connection that LISTENs, with its thread. Feeds Wakes.
#pragma once

#include <atomic>
#include <string>
#include <thread>

#include "store/sql/wakes.h"

namespace store {

class PostgresNotify {
public:
    PostgresNotify(std::string url, Wakes& wakes);
    ~PostgresNotify();
    PostgresNotify(const PostgresNotify&) = delete;

    // Tells the thread that there may be a new channel, and waits (for a moment at most) until it
    // listens, so that a wake sent after listen() returned is heard.
    void channels_changed();

private:
    void run();
    // Until the connection is lost or the thread is to end.
    void serve();

    std::string url_;
    Wakes& wakes_;
    int poke_ = -1;  // eventfd
    std::mutex mutex_;
    std::condition_variable settled_;
    int64_t asked_ = 0, served_ = 0;
    bool stop_ = false;
    bool connected_before_ = false;
    std::thread thread_;
};

}  // namespace store
