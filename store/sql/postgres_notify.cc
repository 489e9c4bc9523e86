#include "store/sql/postgres_notify.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <memory>

#include "store/sql/postgres_connection.h"

namespace store {

PostgresNotify::PostgresNotify(std::string url, Wakes& wakes)
    : url_(std::move(url)), wakes_(wakes), poke_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    CHECK(poke_ >= 0, "eventfd");
    thread_ = std::thread([this] { run(); });
}

PostgresNotify::~PostgresNotify() {
    {
        const std::lock_guard lock(mutex_);
        stop_ = true;
    }
    settled_.notify_all();
    eventfd_write(poke_, 1);
    thread_.join();
    ::close(poke_);
}

void PostgresNotify::channels_changed() {
    std::unique_lock lock(mutex_);
    const int64_t mine = ++asked_;
    eventfd_write(poke_, 1);
    settled_.wait_for(lock, std::chrono::seconds(2), [&] { return served_ >= mine || stop_; });
}

void PostgresNotify::run() {
    int failures = 0;
    while (true) {
        const auto began = std::chrono::steady_clock::now();
        serve();
        failures =
            std::chrono::steady_clock::now() - began > std::chrono::seconds(5) ? 0 : failures + 1;
        std::unique_lock lock(mutex_);
        const auto pause = std::chrono::milliseconds(std::min(5'000, 100 << std::min(failures, 6)));
        settled_.wait_for(lock, pause, [this] { return stop_; });
        if (stop_) return;
    }
}

void PostgresNotify::serve() {
    auto trouble = PostgresConnection::Trouble::None;
    auto opened = PostgresConnection::open(url_, {}, &trouble);
    if (!opened.ok()) return;
    PostgresConnection& connection = **opened;
    PGconn* const handle = connection.handle();
    std::vector<std::string> listening;
    bool missed = connected_before_;
    while (true) {
        int64_t asked = 0;
        {
            const std::lock_guard lock(mutex_);
            if (stop_) return;
            asked = asked_;
        }
        for (const std::string& channel : wakes_.channels()) {
            if (std::ranges::find(listening, channel) != listening.end()) continue;
            char* const name = PQescapeIdentifier(handle, channel.data(), channel.size());
            if (!name) return;
            const base::Status listened = connection.exec(std::string("LISTEN ") + name);
            PQfreemem(name);
            if (!listened.ok()) return;
            listening.push_back(channel);
            if (missed) wakes_.post(channel, "");
        }
        missed = false;
        connected_before_ = true;
        {
            const std::lock_guard lock(mutex_);
            served_ = std::max(served_, asked);
        }
        settled_.notify_all();

        while (PGnotify* note = PQnotifies(handle)) {
            wakes_.post(note->relname, note->extra);
            PQfreemem(note);
        }
        pollfd waiting[2] = {{PQsocket(handle), POLLIN, 0}, {poke_, POLLIN, 0}};
        poll(waiting, 2, 60'000);
        eventfd_t ignored;
        eventfd_read(poke_, &ignored);
        if (!PQconsumeInput(handle) || PQstatus(handle) != CONNECTION_OK) return;
    }
}

}  // namespace store
