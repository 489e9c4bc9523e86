#include "apps/server/http/later.h"

#include <utility>

namespace http {

void LaterAnswer::answer(Response response) {
    const std::lock_guard lock(mutex_);
    if (std::exchange(over_, true)) return;
    response_ = std::move(response);
    if (wake_) wake_();
}

bool LaterAnswer::gone() const {
    const std::lock_guard lock(mutex_);
    return over_;
}

bool LaterAnswer::attach(std::function<void()> wake) {
    const std::lock_guard lock(mutex_);
    if (std::exchange(taken_, true)) return false;
    wake_ = std::move(wake);
    return true;
}

std::optional<Response> LaterAnswer::take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(response_, std::nullopt);
}

void LaterAnswer::finish() {
    const std::lock_guard lock(mutex_);
    if (std::exchange(over_, true)) return;
    response_ = std::move(at_timeout_);
}

void LaterAnswer::detach() {
    std::function<void()> wake;
    const std::lock_guard lock(mutex_);
    over_ = true;
    wake_.swap(wake);
}

std::shared_ptr<Later> Later::create(double timeout_s, Response at_timeout) {
    return std::make_shared<LaterAnswer>(timeout_s, std::move(at_timeout));
}

}  // namespace http
