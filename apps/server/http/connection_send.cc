// An answer on its way out: text, files, pulled bodies.
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <boost/asio/redirect_error.hpp>
#include <exception>

#include "apps/server/http/connection.h"
#include "apps/server/http/wire.h"
#include "base/core/log.h"

namespace http {
namespace {

constexpr int64_t kMostDrainedBytes = 64 << 10;  // of a body nobody wants, to save the connection
constexpr int64_t kMostFileTurnBytes = 4 << 20;  // then others have their turn

}  // namespace

Task<void> Connection::deliver() {
    if (std::holds_alternative<std::shared_ptr<Later>>(response_.body)) {
        if (!co_await await_later()) {
            broken_ = true;
            co_return;
        }
        unprepared_ = !std::holds_alternative<std::string>(response_.body);
    }
    if (unprepared_) {
        unprepared_ = false;
        auto work = [this] { prepare_body(); };
        co_await on_pool(service_, loop_.context.get_executor(), work);
    }
    if (std::holds_alternative<std::shared_ptr<Later>>(response_.body)) {
        response_ = handler_failed("a Later answered with a Later");
    }
    if (response_.status < 200 || response_.status > 599) {
        file_.reset();
        response_ = handler_failed("an answer needs a status of 200 to 599");
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
    for (const FileAnswer::Piece& piece : file_->pieces) {
        iovec before = piece_of(piece.before);
        if (!co_await write_all(&before, 1, piece.length > 0)) co_return;
        if (!co_await send_piece(piece.offset, piece.length)) {
            abort();
            co_return;
        }
    }
}

Task<bool> Connection::send_piece(int64_t offset, int64_t length) {
    const int64_t end = offset + length;
    int64_t in_turn = 0;
    while (offset < end) {
        const Io io = transport_.write_file(file_->file(), offset, end - offset);
        if (io.state == Io::Moved) {
            offset += static_cast<int64_t>(io.bytes);
            bytes_out_ += static_cast<int64_t>(io.bytes);
            in_turn += static_cast<int64_t>(io.bytes);
            if (in_turn < kMostFileTurnBytes) continue;
            in_turn = 0;
            co_await asio::post(loop_.context.get_executor(), use_task);
            continue;
        }
        // Ended: the file was cut short after it was opened, and its length is promised.
        if (io.state == Io::Ended || io.state == Io::Broken) co_return false;
        in_turn = 0;
        if (!co_await wait(io.state, service_.options.body_idle_timeout_s)) co_return false;
    }
    co_return true;
}

Task<void> Connection::send_pulled() {
    const auto next = std::move(std::get<PulledBody>(response_.body).next);
    Framing framing = framing_for(pull_length_);
    framing.keep_alive = keep_alive_ = keep_alive_ && framing.kind != Framing::UntilClose;
    write_head(framing);
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

// The client must not take what it has for the whole: a reset instead of an end.
void Connection::abort() {
    broken_ = true;
    const ::linger now{1, 0};
    ::setsockopt(socket_.native_handle(), SOL_SOCKET, SO_LINGER, &now, sizeof(now));
}

}  // namespace http
