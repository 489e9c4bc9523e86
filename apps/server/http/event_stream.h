// The server's side of an EventStream: a bounded queue between any thread that sends and the I/O
// thread that writes.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "apps/server/http/message.h"

namespace http {

class EventQueue final : public EventStream {
public:
    explicit EventQueue(size_t most_queued_bytes) : most_bytes_(most_queued_bytes) {}
    void send(std::string_view event, std::string_view data, std::string_view id) override;
    void close() override;
    bool gone() const override;
    void on_gone(std::function<void()> action) override;

    // One connection takes the stream; false when it was taken before. `wake` is called under the
    // lock when there is something to take(): it must only post.
    bool attach(std::function<void()> wake);
    // The connection is over; no wake after this returns. Runs the action of on_gone.
    void detach();
    enum class Taken { Nothing, Bytes, End };
    // More was sent than the queue holds: the client reads too slowly and is to be let go.
    bool overrun() const;
    // Moves the queued bytes to `out`; End when closed or overrun and nothing is left to write.
    Taken take(std::string& out);

private:
    mutable std::mutex mutex_;
    const size_t most_bytes_;
    std::string queued_;
    bool taken_ = false, closed_ = false, overrun_ = false, gone_ = false;
    std::function<void()> wake_, on_gone_;
};

}  // namespace http
