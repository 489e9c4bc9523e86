// The server's side of a Later: the first of answer, timeout and departure wins.
#pragma once

#include <functional>
#include <mutex>
#include <optional>

#include "apps/server/http/message.h"

namespace http {

class LaterAnswer final : public Later {
public:
    LaterAnswer(double timeout_s, Response at_timeout)
        : timeout_s_(timeout_s), at_timeout_(std::move(at_timeout)) {}
    void answer(Response response) override;
    bool gone() const override;

    double timeout_s() const { return timeout_s_; }
    // As of EventQueue.
    bool attach(std::function<void()> wake);
    // The answer, once it is there; at the latest after finish().
    std::optional<Response> take();
    // Time is up: the timeout answer, unless another came first.
    void finish();
    // The client has left or the answer was taken; no wake after this returns.
    void detach();

private:
    mutable std::mutex mutex_;
    const double timeout_s_;
    Response at_timeout_;
    std::optional<Response> response_;
    bool taken_ = false, over_ = false;
    std::function<void()> wake_;
};

}  // namespace http
