// From a request's head to its answer: guard, route, gate, body, handler.
#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <exception>

#include "apps/server/http/conditional.h"
#include "apps/server/http/connection.h"
#include "apps/server/http/wire.h"
#include "base/core/log.h"

namespace http {
namespace {

constexpr size_t kBodyReadBytes = 64 << 10;
constexpr size_t kBlockBytes = 64 << 10;  // of a body, handed to the pool at once

}  // namespace

// The guard, the routing and the fast handlers; true when response_ is there.
bool Connection::answer_at_once() {
    const ServerOptions& options = service_.options;
    try {
        if (options.guard) {
            if (auto early = options.guard(request_)) {
                response_ = std::move(*early);
                prepare_at_once();
                return true;
            }
        }
        Router::Match match = service_.router.find(request_.method, request_.path);
        route_ = match.route;
        if (!route_) {
            if (match.allow.empty()) {
                response_ = error(404, "there is nothing at " + quotable(request_.path));
            } else {
                response_ = error(405, quotable(request_.method) +
                                           " is not allowed here; allowed: " + match.allow);
                response_.with("Allow", std::move(match.allow));
            }
            return true;
        }
        request_.route = route_->pattern;
        request_.params = std::move(match.params);
        if (route_->fast && (!parser_.has_body() || !route_->handler)) {
            if (auto answer = route_->fast(request_)) {
                response_ = std::move(*answer);
                prepare_at_once();
                return true;
            }
        }
        if (!route_->handler) {
            response_ = error(404, "there is nothing at " + quotable(request_.path));
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
    free_text(request_.body);
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

// On the I/O thread, for answers of the guard and of fast routes.
void Connection::prepare_at_once() {
    unprepared_ = std::holds_alternative<PulledBody>(response_.body);
    if (!unprepared_) prepare_body();
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
            if (made.body.index() <= 1) return made;
            base::log(base::LogLevel::Error, "http: options.error must answer with text");
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

}  // namespace http
