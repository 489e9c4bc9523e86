#include "apps/server/http/connection.h"

#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <exception>

#include "apps/server/http/request_id.h"
#include "apps/server/http/wire.h"
#include "base/core/log.h"

namespace http {
namespace {

constexpr int64_t kMostLingerBytes = 256 << 20;
constexpr double kLingerS = 10;
constexpr double kCrowdedIdleS = 1;
constexpr int kMostBurst = 64;  // requests in a row, then others have their turn

}  // namespace

void Connection::start(Loop& loop, int socket, Peer peer) {
    std::shared_ptr<Connection> made(new Connection(loop, socket, std::move(peer)));
    error_code error;
    made->socket_.assign(socket, error);
    if (error) {
        ::close(socket);
        return;
    }
    asio::co_spawn(loop.context.get_executor(), made->run(),
                   // A watch may still hold the connection; closing lets it go.
                   [made](const std::exception_ptr&) {
                       error_code ignored;
                       made->socket_.close(ignored);
                   });
}

Connection::Connection(Loop& loop, int socket, Peer peer)
    : loop_(loop),
      service_(loop.service),
      socket_(loop.context.get_executor()),
      transport_(socket, peer.tls ? service_.tls.get() : nullptr) {
    request_.peer = std::move(peer.name);
    request_.tls = peer.tls;
    request_.unix_socket = peer.unix_socket;
    draining_ = service_.draining.load();
    loop_.add(this);
}

Connection::~Connection() {
    abandon();
    loop_.remove(this);
    service_.connection_closed();
}

void Connection::abandon() {
    if (events_) events_->detach();
    if (later_) later_->detach();
}

void Connection::check_deadline(int64_t now_us) {
    const bool must_yield = idle_ && service_.crowded() &&
                            now_us >= idle_since_us_ + static_cast<int64_t>(kCrowdedIdleS * 1e6);
    if (now_us < deadline_us_ && !must_yield) return;
    deadline_us_ = INT64_MAX;
    timed_out_ = true;
    error_code ignored;
    socket_.cancel(ignored);
}

void Connection::drain() {
    draining_ = true;
    if (events_) events_->close();
    if (idle_) {
        error_code ignored;
        socket_.cancel(ignored);
    }
    signal();
}

Task<void> Connection::run() {
    try {
        if (request_.tls && !co_await handshake()) co_return;
        while (keep_alive_ && !broken_) {
            const Head head = co_await read_head();
            if (head == Head::Closed) break;
            const Counted in_flight(service_.requests);
            co_await serve(head);
            ++served_;
        }
        if (!broken_) co_await linger();
    } catch (const std::exception& trouble) {
        base::log(base::LogLevel::Error,
                  std::string("http: a connection ended: ") + trouble.what());
    }
}

Task<bool> Connection::wait(Io::State want, double seconds) {
    deadline_us_ = later_us(seconds);
    error_code error;
    const auto kind = want == Io::WantWrite ? Stream::wait_write : Stream::wait_read;
    co_await socket_.async_wait(kind, asio::redirect_error(use_task, error));
    deadline_us_ = INT64_MAX;
    co_return !error && !timed_out_;
}

Task<bool> Connection::handshake() {
    const int64_t end = later_us(service_.options.header_timeout_s);
    if (!transport_.is_tls()) co_return false;  // OpenSSL had no memory
    for (;;) {
        const Io io = transport_.handshake();
        if (io.state == Io::Moved) co_return true;
        if (io.state != Io::WantRead && io.state != Io::WantWrite) co_return false;
        const double left = static_cast<double>(end - steady_us()) * 1e-6;
        if (left <= 0 || draining_ || !co_await wait(io.state, left)) co_return false;
    }
}

Io Connection::fill(size_t bytes) {
    char* to = in_.prepare(bytes);
    const Io io = transport_.read(to, in_.room());
    if (io.state == Io::Moved) {
        in_.commit(io.bytes);
        bytes_in_ += static_cast<int64_t>(io.bytes);
    }
    return io;
}

// Strings and lists keep their memory, so a busy connection allocates little.
void Connection::begin_request() {
    parser_.reset(request_);
    request_.path.assign(1, '/');
    request_.query.pairs.clear();
    request_.params.clear();
    request_.notes.clear();
    request_.form.clear();
    request_.content_type.clear();
    request_.is_form = false;
    request_.route = {};
    new_request_id(request_.id);
    route_ = nullptr;
    continue_sent_ = discard_body_ = false;
    body_bytes_ = bytes_out_ = 0;
    bytes_in_ = static_cast<int64_t>(in_.size());
}

Task<Connection::Head> Connection::read_head() {
    const ServerOptions& options = service_.options;
    begin_request();
    // After an answer the next request is hardly there yet: waiting first saves a failing read.
    bool wait_first = served_ > 0 && in_.empty() && !transport_.is_tls();
    if (++burst_ >= kMostBurst) {
        burst_ = 0;
        co_await asio::post(loop_.context.get_executor(), use_task);
    }
    int64_t head_end_us = 0;
    for (;;) {
        if (!in_.empty()) {
            if (head_end_us == 0) head_end_us = later_us(options.header_timeout_s);
            size_t used = 0;
            const auto step = parser_.parse_head(
                in_.view(), static_cast<size_t>(options.most_header_bytes), used);
            in_.consume(used);
            request_.received_us = steady_us();
            if (step == RequestParser::Step::Done) co_return Head::Complete;
            if (step == RequestParser::Step::Refused) {
                response_ = error(parser_.refusal().status, parser_.refusal().message);
                co_return Head::Refused;
            }
        }
        Io::State want = Io::WantRead;
        if (!wait_first) {
            const Io io = fill(kReadBytes);
            if (io.state == Io::Moved) continue;
            if (io.state == Io::Ended || io.state == Io::Broken) co_return Head::Closed;
            want = io.state;
        }
        wait_first = false;
        idle_ = in_.empty();
        if (idle_) {
            if (draining_) co_return Head::Closed;
            if (in_.capacity() > kIdleBufferBytes) in_.release();
            idle_since_us_ = steady_us();
            const double most = served_ > 0 ? options.idle_timeout_s : options.header_timeout_s;
            deadline_us_ = idle_since_us_ + static_cast<int64_t>(most * 1e6);
        } else {
            deadline_us_ = head_end_us;
        }
        burst_ = 0;
        error_code failure;
        const auto kind = want == Io::WantWrite ? Stream::wait_write : Stream::wait_read;
        co_await socket_.async_wait(kind, asio::redirect_error(use_task, failure));
        deadline_us_ = INT64_MAX;
        idle_ = false;
        if (timed_out_) {
            if (in_.empty()) co_return Head::Closed;
            timed_out_ = false;
            request_.received_us = steady_us();
            response_ = error(408, "the request headers took too long");
            co_return Head::Refused;
        }
        if (failure && !draining_) co_return Head::Closed;
    }
}

Task<void> Connection::serve(Head head) {
    if (head == Head::Refused) {
        keep_alive_ = false;
        linger_ = true;
        route_ = nullptr;
    } else {
        keep_alive_ = parser_.keep_alive();
        if (!answer_at_once()) co_await handle();
    }
    if (!broken_) co_await deliver();
    if (!broken_ && discard_body_) co_await discard_body();
    finished();
}

// Closing with unread bytes makes the kernel send a reset, and the client may lose the answer. So
// only this side ends first, and what still comes is thrown away for a while.
Task<void> Connection::linger() {
    transport_.shut_down();
    if (!linger_ && in_.empty()) co_return;
    const int64_t end_us = later_us(kLingerS);
    for (int64_t dropped = 0; dropped < kMostLingerBytes && steady_us() < end_us;) {
        in_.clear();
        const Io io = fill(kIdleBufferBytes);
        dropped += static_cast<int64_t>(io.bytes);
        if (io.state == Io::Moved) continue;
        if (io.state != Io::WantRead && io.state != Io::WantWrite) break;
        if (!co_await wait(io.state, kLingerIdleS)) break;
    }
}

void Connection::finished() {
    if (!service_.options.done) return;
    try {
        // What is unread belongs to the next request.
        service_.options.done({request_, response_.status,
                               bytes_in_ - static_cast<int64_t>(in_.size()), bytes_out_,
                               steady_us() - request_.received_us});
    } catch (const std::exception& trouble) {
        base::log(base::LogLevel::Error, std::string("http: options.done: ") + trouble.what());
    }
}

}  // namespace http
