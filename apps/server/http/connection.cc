#include "apps/server/http/connection.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <charconv>
#include <exception>

#include "apps/server/http/conditional.h"
#include "apps/server/http/request_id.h"
#include "base/core/log.h"

// Kept simple for the compiler's sake: in a co_await expression there are only names, never
// temporaries that own something (GCC 12 destroys some of those twice).

namespace http {
namespace {

using boost::system::error_code;

constexpr size_t kReadBytes = 4 << 10;
constexpr size_t kBodyReadBytes = 64 << 10;
constexpr size_t kBlockBytes = 128 << 10;        // of a body, handed to the pool at once
constexpr size_t kIdleBufferBytes = 16 << 10;    // more is given back between requests
constexpr int64_t kMostDrainedBytes = 64 << 10;  // of a body nobody wants, to save the connection
constexpr int64_t kMostLingerBytes = 256 << 20;
constexpr double kLingerS = 10, kLingerIdleS = 2;
constexpr double kCrowdedIdleS = 1;
constexpr int kMostBurst = 64;
constexpr size_t kMostWatchedBytes = 64 << 10;

iovec piece_of(std::string_view bytes) { return {const_cast<char*>(bytes.data()), bytes.size()}; }

std::string chunk_start(size_t bytes) {
    std::array<char, 20> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), bytes, 16).ptr;
    std::string text(digits.data(), end);
    text += "\r\n";
    return text;
}

int64_t later_us(double seconds) { return steady_us() + static_cast<int64_t>(seconds * 1e6); }

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
        if (transport_.is_tls() && !co_await handshake()) co_return;
        while (keep_alive_ && !broken_) {
            const Head head = co_await read_head();
            if (head == Head::Closed) break;
            service_.requests.fetch_add(1, std::memory_order_relaxed);
            co_await serve(head);
            service_.requests.fetch_sub(1, std::memory_order_relaxed);
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

Task<Connection::Head> Connection::read_head() {
    const ServerOptions& options = service_.options;
    parser_.reset(request_);
    request_.path.assign(1, '/');
    request_.query.pairs.clear();
    request_.params.clear();
    request_.route = {};
    new_request_id(request_.id);
    continue_sent_ = discard_body_ = false;
    body_bytes_ = bytes_out_ = 0;
    bytes_in_ = static_cast<int64_t>(in_.size());
    route_ = nullptr;

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

// The guard, the routing and the fast handlers; true when response_ is there.
bool Connection::answer_at_once() {
    const ServerOptions& options = service_.options;
    try {
        if (options.guard) {
            if (auto early = options.guard(request_)) {
                response_ = std::move(*early);
                prepare_body();
                return true;
            }
        }
        Router::Match match = service_.router.find(request_.method, request_.path);
        route_ = match.route;
        if (!route_) {
            if (match.allow.empty()) {
                response_ = error(404, "there is nothing at " + request_.path);
            } else {
                response_ =
                    error(405, request_.method + " is not allowed here; allowed: " + match.allow);
                response_.with("Allow", std::move(match.allow));
            }
            return true;
        }
        request_.route = route_->pattern;
        request_.params = std::move(match.params);
        if (route_->fast && !parser_.has_body()) {
            if (auto answer = route_->fast(request_)) {
                response_ = std::move(*answer);
                prepare_body();
                return true;
            }
        }
        if (!route_->handler) {
            response_ = error(404, "there is nothing at " + request_.path);
            return true;
        }
        return false;
    } catch (const std::exception& trouble) {
        response_ = handler_failed(trouble.what());
        return true;
    }
}

Task<void> Connection::handle() {
    const Route& route = *route_;
    const bool has_body = parser_.has_body();
    if (has_body) {
        std::optional<Refusal> refusal;
        std::unique_ptr<BodySink> sink =
            make_body_sink(route, service_.options.upload_dir, request_, refusal);
        if (sink && parser_.content_length().value_or(0) > sink->most_bytes()) {
            refusal = Refusal{
                413, "the body is larger than " + std::to_string(sink->most_bytes()) + " bytes"};
        }
        if (!refusal && route.gate) {
            bool ended = false;
            auto gate = [this, &route, &ended] { ended = call_gate(route); };
            co_await on_pool(service_, loop_.context.get_executor(), gate);
            if (ended) co_return;
        }
        if (!refusal) co_await read_body(*sink, refusal);
        if (refusal || broken_) {
            // Removing half an upload may take the disk a while.
            auto drop = [&sink] { sink.reset(); };
            if (sink && sink->blocks()) {
                co_await on_pool(service_, loop_.context.get_executor(), drop);
            }
            if (refusal) response_ = error(refusal->status, refusal->message);
            co_return;
        }
    }
    auto work = [this, &route, has_body] { call_handler(route, !has_body); };
    co_await on_pool(service_, loop_.context.get_executor(), work);
}

Task<void> Connection::read_body(BodySink& sink, std::optional<Refusal>& refusal) {
    const ServerOptions& options = service_.options;
    if (parser_.expects_continue() && in_.empty()) {
        iovec piece = piece_of("HTTP/1.1 100 Continue\r\n\r\n");
        if (!co_await write_all(&piece, 1)) co_return;
    }
    continue_sent_ = true;
    std::string block;
    int64_t waited_us = 0;
    bool done = false;
    auto work = [&sink, &refusal, &block, &done, this] {
        try {
            refusal = sink.write(block);
            if (!refusal && done) refusal = sink.finish(request_);
        } catch (const std::exception& trouble) {
            base::log(base::LogLevel::Error, std::string("http: a body: ") + trouble.what());
            refusal = Refusal{500, "the body could not be stored"};
        }
    };
    for (;;) {
        size_t used = 0;
        const size_t before = block.size();
        const auto step = parser_.parse_body(in_.view(), used, block);
        in_.consume(used);
        body_bytes_ += static_cast<int64_t>(block.size() - before);
        if (step == RequestParser::Step::Refused) {
            refusal = parser_.refusal();
            co_return;
        }
        if (body_bytes_ > sink.most_bytes()) {
            refusal = Refusal{
                413, "the body is larger than " + std::to_string(sink.most_bytes()) + " bytes"};
            co_return;
        }
        done = step == RequestParser::Step::Done;
        if (done || block.size() >= kBlockBytes) {
            if (sink.blocks()) {
                co_await on_pool(service_, loop_.context.get_executor(), work);
            } else {
                work();
            }
            block.clear();
            if (refusal || done) co_return;
        }
        if (in_.size() >= kBodyReadBytes) {
            refusal = Refusal{400, "the line of a chunk is too long"};
            co_return;
        }
        const int64_t left = parser_.content_length().value_or(INT64_MAX) - body_bytes_;
        const Io io =
            fill(static_cast<size_t>(std::clamp<int64_t>(left, kReadBytes, kBodyReadBytes)));
        if (io.state == Io::Moved) continue;
        if (io.state == Io::Ended) {
            refusal = Refusal{400, "the body ended before its announced length"};
            keep_alive_ = false;
            co_return;
        }
        if (io.state == Io::Broken) {
            broken_ = true;
            co_return;
        }
        const int64_t start_us = steady_us();
        const bool ready = co_await wait(io.state, options.body_idle_timeout_s);
        waited_us += steady_us() - start_us;
        const double waited_s = static_cast<double>(waited_us) * 1e-6;
        if (!ready) {
            if (!timed_out_) broken_ = true;
            if (timed_out_) refusal = Refusal{408, "no byte of the body came for too long"};
            timed_out_ = keep_alive_ = false;
            co_return;
        }
        if (waited_s > options.slow_body_after_s &&
            static_cast<double>(body_bytes_) <
                waited_s * static_cast<double>(options.least_body_bytes_per_s)) {
            refusal = Refusal{408, "the body came too slowly"};
            keep_alive_ = false;
            co_return;
        }
    }
}

bool Connection::call_gate(const Route& route) {
    try {
        auto early = route.gate(request_);
        if (!early) return false;
        response_ = std::move(*early);
    } catch (const std::exception& trouble) {
        response_ = handler_failed(trouble.what());
    } catch (...) {
        response_ = handler_failed("an unknown exception");
    }
    prepare_body();
    return true;
}

void Connection::call_handler(const Route& route, bool with_gate) {
    if (with_gate && route.gate && call_gate(route)) return;
    try {
        response_ = route.handler(request_);
    } catch (const std::exception& trouble) {
        response_ = handler_failed(trouble.what());
    } catch (...) {
        response_ = handler_failed("an unknown exception");
    }
    request_.form.clear();
    request_.body_file.reset();
    request_.body = {};
    request_.is_form = false;
    prepare_body();
}

// What an answer needs from disks and other machines before its first byte can go.
void Connection::prepare_body() {
    if (std::holds_alternative<FileBody>(response_.body)) {
        std::string missing;
        file_ = answer_file(request_, response_, missing);
        if (!missing.empty()) {
            base::log(base::LogLevel::Error, "http: a file to send is missing: " + missing);
            response_ = error(404, "the file is gone");
        } else if (!file_ && (response_.status == 412 || response_.status == 416)) {
            Response refused = error(response_.status, response_.status == 412
                                                           ? "a precondition does not hold"
                                                           : "the range lies outside the file");
            for (Header& header : response_.headers) refused.headers.push_back(std::move(header));
            response_ = std::move(refused);
        }
        return;
    }
    if (auto* body = std::get_if<PulledBody>(&response_.body)) {
        pull_length_ = body->length;
        pulled_.reset();
        if (request_.method == "HEAD") return;
        pull_next(body->next);
        if (pulled_->ok()) return;
        base::log(base::LogLevel::Error, "http: a body to pass on: " + pulled_->error().text());
        response_ = error(502, "the content could not be fetched");
        return;
    }
    if (response_.status == 200 && request_.header("If-None-Match")) {
        const std::string* etag = find_header(response_.headers, "ETag");
        if (!etag) return;
        if (evaluate_conditions(request_, {*etag, std::nullopt}) != Verdict::NotModified) return;
        response_.status = 304;
        response_.body = std::string();
    }
}

void Connection::pull_next(const std::function<base::Result<std::string>()>& next) {
    try {
        pulled_.emplace(next());
    } catch (const std::exception& trouble) {
        pulled_.emplace(base::failed(trouble.what()));
    } catch (...) {
        pulled_.emplace(base::failed("an unknown exception"));
    }
}

Response Connection::error(int status, const std::string& message) {
    if (service_.options.error) {
        try {
            Response made = service_.options.error(status, message);
            if (!std::holds_alternative<std::shared_ptr<Later>>(made.body)) return made;
        } catch (const std::exception& trouble) {
            base::log(base::LogLevel::Error, std::string("http: options.error: ") + trouble.what());
        }
    }
    return text(status, message + "\n");
}

Response Connection::handler_failed(const char* what) {
    base::log(base::LogLevel::Error, "http: " + request_.method + " " +
                                         std::string(request_.route) + " " + request_.id + ": " +
                                         what);
    return error(500, "the server failed; the error is in its log under " + request_.id);
}

Task<void> Connection::deliver() {
    if (std::holds_alternative<std::shared_ptr<Later>>(response_.body)) {
        if (!co_await await_later()) {
            broken_ = true;
            co_return;
        }
        if (!std::holds_alternative<std::string>(response_.body)) {
            auto work = [this] { prepare_body(); };
            co_await on_pool(service_, loop_.context.get_executor(), work);
        }
    }
    if (std::holds_alternative<std::shared_ptr<Later>>(response_.body)) {
        response_ = handler_failed("a Later answered with a Later");
    }
    settle_unread_body();
    if (service_.draining.load(std::memory_order_relaxed)) keep_alive_ = false;
    if (service_.options.finish) {
        try {
            service_.options.finish(request_, response_);
        } catch (const std::exception& trouble) {
            base::log(base::LogLevel::Error,
                      std::string("http: options.finish: ") + trouble.what());
        }
    }
    if (auto* shared = std::get_if<std::shared_ptr<const std::string>>(&response_.body)) {
        co_await send_text(*shared ? std::string_view(**shared) : std::string_view());
    } else if (std::holds_alternative<std::shared_ptr<EventStream>>(response_.body)) {
        co_await send_events();
    } else if (std::holds_alternative<PulledBody>(response_.body)) {
        co_await send_pulled();
    } else if (file_) {
        co_await send_file();
    } else {
        const auto* own = std::get_if<std::string>(&response_.body);
        co_await send_text(own ? std::string_view(*own) : std::string_view());
    }
    file_.reset();
    pulled_.reset();
}

// An answer before the whole body was read: a short rest is read and forgotten so that the
// connection lives on, otherwise the client is told that it closes.
void Connection::settle_unread_body() {
    if (linger_) keep_alive_ = false;  // the head was no request
    if (linger_ || parser_.body_done()) return;
    const auto length = parser_.content_length();
    const bool held_back = parser_.expects_continue() && !continue_sent_;
    discard_body_ =
        keep_alive_ && length && *length - body_bytes_ <= kMostDrainedBytes && !held_back;
    if (discard_body_) return;
    keep_alive_ = false;
    linger_ = true;
}

Framing Connection::framing_for(int64_t length) const {
    Framing framing;
    framing.http10 = parser_.http10();
    framing.keep_alive = keep_alive_;
    framing.length = length;
    if (length < 0) framing.kind = framing.http10 ? Framing::UntilClose : Framing::Chunked;
    if (response_.status == 204 || response_.status < 200) framing.kind = Framing::None;
    if (response_.status == 304) framing.kind = Framing::None;
    return framing;
}

void Connection::write_head(Framing framing) {
    out_.clear();
    append_head(out_, response_, framing, loop_.date());
}

Task<bool> Connection::write_all(iovec* pieces, int count, bool more) {
    for (;;) {
        while (count > 0 && pieces->iov_len == 0) {
            ++pieces;
            --count;
        }
        if (count == 0) co_return true;
        const Io io = transport_.write(pieces, count, more);
        if (io.state == Io::Moved) {
            bytes_out_ += static_cast<int64_t>(io.bytes);
            size_t moved = io.bytes;
            for (int i = 0; moved > 0; ++i) {
                const size_t step = std::min(moved, pieces[i].iov_len);
                pieces[i].iov_base = static_cast<char*>(pieces[i].iov_base) + step;
                pieces[i].iov_len -= step;
                moved -= step;
            }
            continue;
        }
        if (io.state != Io::WantRead && io.state != Io::WantWrite) break;
        if (!co_await wait(io.state, service_.options.body_idle_timeout_s)) break;
    }
    broken_ = true;
    co_return false;
}

Task<void> Connection::send_text(std::string_view text) {
    write_head(framing_for(static_cast<int64_t>(text.size())));
    if (request_.method == "HEAD" || !status_has_body(response_.status)) text = {};
    std::array<iovec, 2> pieces{piece_of(out_), piece_of(text)};
    co_await write_all(pieces.data(), 2);
}

Task<void> Connection::send_file() {
    write_head(framing_for(file_->bytes()));
    const bool head_only = request_.method == "HEAD" || !status_has_body(response_.status);
    iovec head = piece_of(out_);
    if (!co_await write_all(&head, 1, !head_only) || head_only) co_return;
    int64_t in_turn = 0;
    for (const FileAnswer::Piece& piece : file_->pieces) {
        iovec before = piece_of(piece.before);
        if (!co_await write_all(&before, 1, piece.length > 0)) co_return;
        int64_t offset = piece.offset;
        const int64_t end = piece.offset + piece.length;
        while (offset < end) {
            const Io io = transport_.write_file(file_->file(), offset, end - offset);
            if (io.state == Io::Moved) {
                offset += static_cast<int64_t>(io.bytes);
                bytes_out_ += static_cast<int64_t>(io.bytes);
                in_turn += static_cast<int64_t>(io.bytes);
                if (in_turn < (4 << 20)) continue;
                in_turn = 0;  // others want to be served, too
                co_await asio::post(loop_.context.get_executor(), use_task);
                continue;
            }
            if (io.state == Io::Ended || io.state == Io::Broken) {
                // Ended: the file was cut short after it was opened; the length is promised.
                abort();
                co_return;
            }
            in_turn = 0;
            if (!co_await wait(io.state, service_.options.body_idle_timeout_s)) {
                abort();
                co_return;
            }
        }
    }
}

Task<void> Connection::send_pulled() {
    const auto next = std::move(std::get<PulledBody>(response_.body).next);
    const Framing framing = framing_for(pull_length_);
    if (framing.kind == Framing::UntilClose) keep_alive_ = false;
    write_head(framing_for(pull_length_));
    const bool chunked = framing.kind == Framing::Chunked;
    std::string head = std::move(out_);
    if (request_.method == "HEAD" || !status_has_body(response_.status)) {
        iovec only = piece_of(head);
        co_await write_all(&only, 1);
        co_return;
    }
    int64_t sent = 0;
    auto work = [this, &next] { pull_next(next); };
    for (;;) {
        if (!pulled_->ok()) {
            base::log(base::LogLevel::Error, "http: a body broke off: " + pulled_->error().text());
            abort();
            co_return;
        }
        const std::string piece = std::move(**pulled_);
        const bool last = piece.empty();
        sent += static_cast<int64_t>(piece.size());
        if (pull_length_ >= 0 && (sent > pull_length_ || (last && sent < pull_length_))) {
            base::log(base::LogLevel::Error, "http: a body differs from its announced length");
            abort();
            co_return;
        }
        const std::string start = chunked ? chunk_start(piece.size()) : std::string();
        const std::string_view end = chunked ? "\r\n" : "";
        std::array<iovec, 4> pieces{piece_of(head), piece_of(start), piece_of(piece),
                                    piece_of(end)};
        if (!co_await write_all(pieces.data(), 4)) co_return;
        head.clear();
        if (last) co_return;
        co_await on_pool(service_, loop_.context.get_executor(), work);
    }
}

std::function<void()> Connection::waker() {
    return [weak = weak_from_this(), executor = loop_.context.get_executor()] {
        asio::post(executor, [weak] {
            if (const auto self = weak.lock()) self->signal();
        });
    };
}

void Connection::signal() {
    if (signal_) signal_->cancel();
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
    bytes = {};
    out_ = {};
    response_ = {};
    service_.event_streams.fetch_add(1, std::memory_order_relaxed);
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
            bytes = {};
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
    service_.event_streams.fetch_sub(1, std::memory_order_relaxed);
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

Task<void> Connection::discard_body() {
    std::string ignored;
    for (;;) {
        size_t used = 0;
        const auto step = parser_.parse_body(in_.view(), used, ignored);
        in_.consume(used);
        ignored.clear();
        if (step == RequestParser::Step::Done) co_return;
        if (step == RequestParser::Step::Refused) break;
        const Io io = fill(kReadBytes);
        if (io.state == Io::Moved) continue;
        if (io.state != Io::WantRead && io.state != Io::WantWrite) break;
        if (!co_await wait(io.state,
                           std::min(kLingerIdleS, service_.options.body_idle_timeout_s))) {
            break;
        }
    }
    broken_ = true;
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

// The client must not take what it has for the whole: a reset instead of an end.
void Connection::abort() {
    broken_ = true;
    const ::linger now{1, 0};
    ::setsockopt(socket_.native_handle(), SOL_SOCKET, SO_LINGER, &now, sizeof(now));
}

void Connection::finished() {
    if (!service_.options.done) return;
    try {
        service_.options.done({request_, response_.status, bytes_in_, bytes_out_,
                               steady_us() - request_.received_us});
    } catch (const std::exception& trouble) {
        base::log(base::LogLevel::Error, std::string("http: options.done: ") + trouble.what());
    }
}

}  // namespace http
