// One I/O thread, and what all of them share. Includes Asio: only for the .cc files of this folder
// that need it.
#pragma once

#include <atomic>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "apps/server/http/server.h"

struct ssl_ctx_st;

namespace http {

namespace asio = boost::asio;

using Executor = asio::io_context::executor_type;
template <typename T>
using Task = asio::awaitable<T, Executor>;
inline constexpr asio::use_awaitable_t<Executor> use_task{};
using Stream = asio::posix::basic_stream_descriptor<Executor>;
using Timer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                         asio::wait_traits<std::chrono::steady_clock>, Executor>;

int64_t steady_us();

struct Service {
    Service(ServerOptions given_options, Router given_router)
        : options(std::move(given_options)), router(std::move(given_router)) {}

    ServerOptions options;
    Router router;
    std::shared_ptr<ssl_ctx_st> tls;
    std::unique_ptr<asio::thread_pool> pool;
    std::atomic<int64_t> connections{0}, event_streams{0}, requests{0}, accepted{0};
    std::atomic<bool> draining{false};
    std::mutex mutex;  // with `changed`: connections reached 0
    std::condition_variable changed;

    // Near the limit, idle connections have to make room.
    bool crowded() const { return connections.load() * 10 >= options.most_connections * 9; }
    void connection_closed();
};

class Connection;

// The connections of one thread. All members but `load` and `context` belong to that thread.
class Loop {
public:
    explicit Loop(Service& given_service);
    ~Loop();
    void start(int number);
    void stop();  // any thread; joins
    void add(Connection* connection);
    void remove(Connection* connection);
    std::string_view date();  // of now, for the Date header

    Service& service;
    std::vector<Connection*> connections;  // each knows its place
    std::atomic<int> load{0};              // connections given to this loop
    asio::io_context context{1};

private:
    void tick();
    asio::executor_work_guard<Executor> work_;
    Timer timer_;  // looks after deadlines while there are connections
    bool ticking_ = false;
    std::chrono::microseconds tick_{};
    std::string date_;
    int64_t date_second_ = -1;
    std::thread thread_;
};

// Runs `work` on the pool; the coroutine goes on where it was. `work` must not throw and outlives
// the call, since the caller waits.
template <typename Work>
Task<void> on_pool(Service& service, Executor back, Work& work) {
    asio::thread_pool* pool = service.pool.get();
    Work* job = &work;
    return asio::async_initiate<const asio::use_awaitable_t<Executor>, void()>(
        [pool, back, job](auto handler) {
            asio::post(*pool, [back, job, handler = std::move(handler)]() mutable {
                (*job)();
                asio::post(back, std::move(handler));
            });
        },
        use_task);
}

}  // namespace http
