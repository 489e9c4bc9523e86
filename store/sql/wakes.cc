#include "store/sql/wakes.h"

#include <algorithm>

namespace store {
namespace {

// Wakes are hints: when nobody keeps up, the newest are dropped.
constexpr size_t kMostQueued = 4096;

}  // namespace

Wakes::~Wakes() {
    {
        const std::lock_guard lock(mutex_);
        stop_ = true;
    }
    posted_.notify_all();
    if (thread_.joinable()) thread_.join();
}

std::shared_ptr<void> Wakes::listen(const std::string& channel, OnWake on_wake) {
    auto listener = std::make_shared<Listener>();
    listener->channel = channel;
    listener->on_wake = std::move(on_wake);
    const std::lock_guard lock(mutex_);
    std::erase_if(listeners_, [](const auto& each) { return each.expired(); });
    listeners_.push_back(listener);
    if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
    // The thread may hold the listener a moment longer than the handle lives.
    return {listener.get(), [listener](void*) {
                const std::lock_guard calling(listener->calling);
                listener->ended = true;
            }};
}

void Wakes::post(const std::string& channel, const std::string& message) {
    {
        const std::lock_guard lock(mutex_);
        const std::pair entry(channel, message);
        if (!thread_.joinable() || queue_.size() >= kMostQueued) return;
        if (!queue_.empty() && queue_.back() == entry) return;
        queue_.push_back(entry);
    }
    posted_.notify_one();
}

std::vector<std::string> Wakes::channels() {
    const std::lock_guard lock(mutex_);
    std::vector<std::string> out;
    for (const auto& each : listeners_) {
        const auto listener = each.lock();
        if (listener && std::ranges::find(out, listener->channel) == out.end()) {
            out.push_back(listener->channel);
        }
    }
    return out;
}

void Wakes::run() {
    std::unique_lock lock(mutex_);
    while (true) {
        posted_.wait(lock, [this] { return stop_ || !queue_.empty(); });
        if (stop_) return;
        const auto [channel, message] = std::move(queue_.front());
        queue_.pop_front();
        std::vector<std::shared_ptr<Listener>> called;
        for (const auto& each : listeners_) {
            auto listener = each.lock();
            if (listener && listener->channel == channel) called.push_back(std::move(listener));
        }
        lock.unlock();
        for (const auto& listener : called) {
            const std::lock_guard calling(listener->calling);
            if (!listener->ended) listener->on_wake(message);
        }
        called.clear();
        lock.lock();
    }
}

}  // namespace store
