// Answers that take their time: event streams and long polls, and the watch for clients that leave.
#include <array>
#include <boost/asio/redirect_error.hpp>

#include "apps/server/http/connection.h"
#include "apps/server/http/wire.h"
#include "base/core/log.h"

namespace http {
namespace {

constexpr size_t kMostWatchedBytes = 64 << 10;

}  // namespace

std::function<void()> Connection::waker() {
    return [weak = weak_from_this(), executor = loop_.context.get_executor()] {
        asio::post(executor, [weak] {
            if (const auto self = weak.lock()) self->signal();
        });
    };
}

void Connection::signal() {
    if (signal_) signal_->cancel();
    if (events_ && events_->overrun()) {  // it hangs in a write that leads nowhere
        error_code ignored;
        socket_.cancel(ignored);
    }
}

Task<void> Connection::send_events() {
    auto queue = std::dynamic_pointer_cast<EventQueue>(
        std::get<std::shared_ptr<EventStream>>(response_.body));
    if (!queue || !queue->attach(waker())) {
        response_ = handler_failed("an EventStream was answered twice");
        const std::string body = std::get<std::string>(response_.body);
        co_await send_text(body);
        co_return;
    }
    events_ = std::move(queue);
    response_.body = std::string();
    const auto add = [this](const char* name, const char* value) {
        if (!find_header(response_.headers, name)) response_.with(name, value);
    };
    add("Content-Type", "text/event-stream");
    add("Cache-Control", "no-store");
    add("X-Accel-Buffering", "no");  // nginx must not collect events
    keep_alive_ = false;
    const Framing framing = framing_for(-1);
    const bool chunked = framing.kind == Framing::Chunked;
    write_head(framing);
    std::string bytes = std::move(out_);
    iovec head = piece_of(bytes);
    if (!co_await write_all(&head, 1) || request_.method == "HEAD") {
        events_->detach();
        events_.reset();
        co_return;
    }
    // An idle stream keeps next to nothing.
    in_.release();
    free_text(bytes);
    Headers().swap(response_.headers);
    const Counted counted(service_.event_streams);
    if (draining_) events_->close();
    signal_.emplace(loop_.context.get_executor());
    begin_watch(true);
    const auto heartbeat =
        std::chrono::microseconds(static_cast<int64_t>(service_.options.heartbeat_s * 1e6));
    std::string start;
    while (!peer_gone_) {
        const auto taken = events_->take(bytes);
        if (taken == EventQueue::Taken::End) break;
        if (taken == EventQueue::Taken::Nothing) {
            signal_->expires_after(heartbeat);
            error_code woken;
            co_await signal_->async_wait(asio::redirect_error(use_task, woken));
            if (woken || peer_gone_) continue;
            bytes = ":\n\n";
        }
        start = chunked ? chunk_start(bytes.size()) : std::string();
        std::array<iovec, 3> pieces{piece_of(start), piece_of(bytes),
                                    piece_of(chunked ? "\r\n" : "")};
        if (!co_await write_all(pieces.data(), 3)) break;
    }
    end_watch();
    signal_.reset();
    if (!broken_ && !peer_gone_ && chunked) {
        iovec last = piece_of("0\r\n\r\n");
        co_await write_all(&last, 1);
    }
    events_->detach();
    events_.reset();
}

Task<bool> Connection::await_later() {
    later_ =
        std::dynamic_pointer_cast<LaterAnswer>(std::get<std::shared_ptr<Later>>(response_.body));
    if (!later_ || !later_->attach(waker())) {
        later_.reset();
        response_ = handler_failed("a Later was answered twice");
        co_return true;
    }
    response_.body = std::string();
    const auto end = std::chrono::steady_clock::now() +
                     std::chrono::microseconds(static_cast<int64_t>(later_->timeout_s() * 1e6));
    signal_.emplace(loop_.context.get_executor());
    begin_watch(false);
    for (;;) {
        if (auto answer = later_->take()) {
            response_ = std::move(*answer);
            break;
        }
        if (peer_gone_) break;
        if (draining_ || std::chrono::steady_clock::now() >= end) {
            later_->finish();
            continue;
        }
        signal_->expires_at(end);
        error_code woken;
        co_await signal_->async_wait(asio::redirect_error(use_task, woken));
    }
    end_watch();
    signal_.reset();
    later_->detach();
    later_.reset();
    co_return !peer_gone_;
}

// While nothing is read for the protocol, somebody must notice that the client leaves. Bytes of a
// next request are kept, unless the connection ends after this answer anyway.
void Connection::begin_watch(bool discard) {
    watch_wanted_ = true;
    watch_discards_ = discard;
    discarded_ = 0;
    if (!watching_) on_watch();
}

void Connection::end_watch() { watch_wanted_ = false; }

void Connection::watch() {
    watching_ = true;
    socket_.async_wait(Stream::wait_read, [self = shared_from_this()](const error_code& failure) {
        self->watching_ = false;
        if (!failure && self->watch_wanted_) self->on_watch();
    });
}

void Connection::on_watch() {
    for (;;) {
        if (discarded_ > kMostWatchedBytes || in_.size() > kMostWatchedBytes) {
            // A stream's client has nothing to say; a poll's client may wait with its requests.
            peer_gone_ = watch_discards_;
            break;
        }
        Io io;
        if (watch_discards_) {
            std::array<char, 1024> scratch;
            io = transport_.read(scratch.data(), scratch.size());
            discarded_ += io.bytes;
        } else {
            io = fill(kReadBytes);
        }
        if (io.state == Io::Moved) continue;
        if (io.state == Io::WantRead || io.state == Io::WantWrite) return watch();
        peer_gone_ = true;
        break;
    }
    if (peer_gone_) signal();
}

}  // namespace http
