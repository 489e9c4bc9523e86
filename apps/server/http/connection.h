// One client: a coroutine that reads requests and writes answers until either side is done.
// Lives on one Loop's thread; only handlers run elsewhere, while the coroutine waits for them.
#pragma once

#include <sys/uio.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "apps/server/http/body.h"
#include "apps/server/http/event_stream.h"
#include "apps/server/http/file_answer.h"
#include "apps/server/http/input_buffer.h"
#include "apps/server/http/later.h"
#include "apps/server/http/loop.h"
#include "apps/server/http/message.h"
#include "apps/server/http/request_parser.h"
#include "apps/server/http/response_head.h"
#include "apps/server/http/transport.h"

namespace http {

class Connection : public std::enable_shared_from_this<Connection> {
public:
    struct Peer {
        std::string name;
        bool tls = false, unix_socket = false;
    };
    // Takes the socket. On the loop's thread.
    static void start(Loop& loop, int socket, Peer peer);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    void check_deadline(int64_t now_us);
    // The server wants to end: idle connections close, streams and long polls are let go.
    void drain();
    // The loop has stopped for good: streams and long polls learn it. From any one thread.
    void abandon();

    size_t place = 0;  // in the loop's list

private:
    enum class Head { Complete, Refused, Closed };

    Connection(Loop& loop, int socket, Peer peer);
    Task<void> run();
    Task<bool> handshake();
    void begin_request();
    Task<Head> read_head();
    Task<void> serve(Head head);
    bool answer_at_once();
    Task<void> handle();
    Task<void> read_body(BodySink& sink, std::optional<Refusal>& refusal);

    // On the pool (or, for fast routes, here).
    void call_handler(const Route& route, bool with_gate);
    bool call_gate(const Route& route);
    void prepare_body();
    void prepare_at_once();
    void pull_next(const std::function<base::Result<std::string>()>& next);

    Task<void> deliver();
    void settle_unread_body();
    void write_head(Framing framing);
    Framing framing_for(int64_t length) const;
    Task<void> send_text(std::string_view text);
    Task<void> send_file();
    Task<bool> send_piece(int64_t offset, int64_t length);
    Task<void> send_pulled();
    Task<void> send_events();
    Task<bool> await_later();
    Task<void> discard_body();
    Task<void> linger();

    // False: the connection is broken or the peer took nothing for too long.
    Task<bool> write_all(iovec* pieces, int count, bool more = false);
    // False: it took longer, or the socket was shut.
    Task<bool> wait(Io::State want, double seconds);
    Io fill(size_t bytes);

    std::function<void()> waker();
    void signal();
    void begin_watch(bool discard);
    void watch();
    void on_watch();
    void end_watch();

    Response error(int status, const std::string& message);
    Response handler_failed(const char* what);
    void abort();
    void finished();

    Loop& loop_;
    Service& service_;
    Stream socket_;
    Transport transport_;
    InputBuffer in_;
    RequestParser parser_;
    Request request_;
    Response response_;
    const Route* route_ = nullptr;
    std::string out_;  // the head being written, and small things

    std::unique_ptr<FileAnswer> file_;
    std::optional<base::Result<std::string>> pulled_;
    int64_t pull_length_ = -1;

    std::shared_ptr<EventQueue> events_;
    std::shared_ptr<LaterAnswer> later_;
    std::optional<Timer> signal_;  // cancelled to wake the coroutine

    int64_t deadline_us_ = INT64_MAX;
    int64_t idle_since_us_ = 0;
    int64_t served_ = 0;
    int64_t body_bytes_ = 0;  // received and decoded, of this request
    int64_t bytes_in_ = 0, bytes_out_ = 0;
    int burst_ = 0;  // requests answered without giving way
    size_t discarded_ = 0;
    bool idle_ = false, timed_out_ = false, draining_ = false;
    bool keep_alive_ = true, broken_ = false, linger_ = false;
    bool continue_sent_ = false, discard_body_ = false;
    bool unprepared_ = false;  // prepare_body() is still to come, on the pool
    bool watching_ = false, watch_wanted_ = false, watch_discards_ = false, peer_gone_ = false;
};

}  // namespace http
