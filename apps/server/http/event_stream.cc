#include "apps/server/http/event_stream.h"

#include <exception>
#include <utility>

#include "base/core/log.h"

namespace http {
namespace {

// A field of the event format (WHATWG HTML, 9.2) must not hold a line end.
void append_field(std::string& out, std::string_view name, std::string_view value) {
    out += name;
    out += ": ";
    for (const char c : value) {
        if (c != '\r' && c != '\n' && c != '\0') out += c;
    }
    out += '\n';
}

std::string format_event(std::string_view event, std::string_view data, std::string_view id) {
    std::string out;
    out.reserve(event.size() + data.size() + id.size() + 32);
    if (!event.empty()) append_field(out, "event", event);
    if (!id.empty()) append_field(out, "id", id);
    for (;;) {  // one data line for each line; CRLF, CR and LF all end lines
        const size_t end = data.find_first_of("\r\n");
        append_field(out, "data", data.substr(0, end));
        if (end == std::string_view::npos) break;
        data.remove_prefix(end + (data.substr(end, 2) == "\r\n" ? 2 : 1));
    }
    out += '\n';
    return out;
}

}  // namespace

void EventQueue::send(std::string_view event, std::string_view data, std::string_view id) {
    const std::string text = format_event(event, data, id);
    const std::lock_guard lock(mutex_);
    if (closed_ || overrun_ || gone_) return;
    const bool was_empty = queued_.empty();
    if (queued_.size() + text.size() > most_bytes_) {
        overrun_ = true;
        std::string().swap(queued_);
    } else {
        queued_ += text;
    }
    if (wake_ && (was_empty || overrun_)) wake_();
}

void EventQueue::close() {
    const std::lock_guard lock(mutex_);
    if (std::exchange(closed_, true)) return;
    if (wake_) wake_();
}

bool EventQueue::gone() const {
    const std::lock_guard lock(mutex_);
    return gone_ || overrun_;
}

void EventQueue::on_gone(std::function<void()> action) {
    {
        const std::lock_guard lock(mutex_);
        if (!gone_) {
            on_gone_ = std::move(action);
            return;
        }
    }
    if (action) action();
}

bool EventQueue::attach(std::function<void()> wake) {
    const std::lock_guard lock(mutex_);
    if (std::exchange(taken_, true)) return false;
    wake_ = std::move(wake);
    return true;
}

void EventQueue::detach() {
    std::function<void()> action;
    {
        const std::lock_guard lock(mutex_);
        if (std::exchange(gone_, true)) return;
        wake_ = nullptr;
        std::string().swap(queued_);
        action = std::exchange(on_gone_, nullptr);
    }
    try {
        if (action) action();
    } catch (const std::exception& trouble) {  // this may run in a destructor
        base::log(base::LogLevel::Error, std::string("http: on_gone: ") + trouble.what());
    }
}

bool EventQueue::overrun() const {
    const std::lock_guard lock(mutex_);
    return overrun_;
}

// Buffers are given away, not kept: most streams are idle most of the time.
EventQueue::Taken EventQueue::take(std::string& out) {
    const std::lock_guard lock(mutex_);
    std::string().swap(out);
    if (!queued_.empty()) {
        out.swap(queued_);
        return Taken::Bytes;
    }
    return closed_ || overrun_ ? Taken::End : Taken::Nothing;
}

std::shared_ptr<EventStream> EventStream::create(size_t most_queued_bytes) {
    return std::make_shared<EventQueue>(most_queued_bytes);
}

}  // namespace http
