#include "apps/server/http/loop.h"

#include <pthread.h>

#include <algorithm>
#include <ctime>

#include "apps/server/http/connection.h"
#include "apps/server/http/http_date.h"

namespace http {

int64_t steady_us() {
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1'000'000 + now.tv_nsec / 1000;
}

void Service::connection_closed() {
    if (connections.fetch_sub(1) == 1 && draining.load()) {
        const std::lock_guard lock(mutex);
        changed.notify_all();
    }
}

Loop::Loop(Service& given_service)
    : service(given_service), work_(context.get_executor()), timer_(context.get_executor()) {
    // Deadlines are looked at four times within the shortest of them, at most four times a second.
    const ServerOptions& options = service.options;
    const double shortest = std::min(
        {options.header_timeout_s, options.idle_timeout_s, options.body_idle_timeout_s, 1.0});
    tick_ = std::chrono::microseconds(static_cast<int64_t>(std::max(shortest / 4, 0.01) * 1e6));
}

Loop::~Loop() { stop(); }

void Loop::start(int number) {
    thread_ = std::thread([this, number] {
        pthread_setname_np(pthread_self(), ("http-io-" + std::to_string(number)).c_str());
        context.run();
    });
}

void Loop::stop() {
    context.stop();
    if (thread_.joinable()) thread_.join();
}

void Loop::add(Connection* connection) {
    connection->place = connections.size();
    connections.push_back(connection);
    if (!ticking_) tick();
}

void Loop::remove(Connection* connection) {
    connections.back()->place = connection->place;
    connections[connection->place] = connections.back();
    connections.pop_back();
    load.fetch_sub(1, std::memory_order_relaxed);
}

void Loop::tick() {
    ticking_ = !connections.empty();
    if (!ticking_) return;
    timer_.expires_after(tick_);
    timer_.async_wait([this](const boost::system::error_code& error) {
        if (error) return;
        const int64_t now = steady_us();
        for (Connection* connection : connections) connection->check_deadline(now);
        tick();
    });
}

std::string_view Loop::date() {
    timespec now{};
    clock_gettime(CLOCK_REALTIME_COARSE, &now);
    if (now.tv_sec != date_second_) {
        date_second_ = now.tv_sec;
        date_ = format_http_date(date_second_);
    }
    return date_;
}

}  // namespace http
