// The HTTP/1.1 server: Boost.Asio and Beast behind our own types, one coroutine a connection, one
// io_context thread a core, a small pool for handlers. Limits everywhere; nothing a client does can
// hold memory, a thread or a descriptor for ever.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "apps/server/http/message.h"
#include "apps/server/http/router.h"

namespace http {

struct ServerOptions {
    // "127.0.0.1:8080", "[::1]:8080", "0.0.0.0:0" (port chosen), "unix:/path".
    std::vector<std::string> listen = {"127.0.0.1:8080"};
    std::string tls_cert, tls_key;  // PEM files; both or none; for TCP listeners
    std::string upload_dir;         // where file parts are written while they arrive
    int io_threads = 0;             // 0 = cores
    int pool_threads = 0;           // 0 = max(4, 2 * cores)
    int most_connections = 10'000;  // the descriptor limit is raised to fit, or this is lowered
    int64_t most_header_bytes = 32 << 10;
    double header_timeout_s = 15;          // from the first byte to the end of the headers
    double idle_timeout_s = 75;            // keep-alive
    double body_idle_timeout_s = 30;       // without a byte of the body, or of progress in sending
    int64_t least_body_bytes_per_s = 256;  // slower uploads are ended after slow_body_after_s
    double slow_body_after_s = 60;
    double heartbeat_s = 15;  // between the comments of an event stream
    // Checked for every request before routing (Host, Origin, CORS preflight): an answer ends it.
    std::function<std::optional<Response>(const RequestHead&)> guard;
    // Last touch on every answer, also the server's own (404, 413 ...): headers that all share.
    std::function<void(const RequestHead&, Response&)> finish;
    // The body of the server's own errors, e.g. OpenAI's envelope. (status, message) -> Response
    // with text; the message is printable ASCII without quotes. Any thread.
    std::function<Response(int status, const std::string& message)> error;
    // Called once per finished request on an I/O thread: for logs and metrics; must not block.
    struct Done {
        const RequestHead& head;
        int status;
        int64_t bytes_in, bytes_out, duration_us;
    };
    std::function<void(const Done&)> done;
};

class Server {
public:
    virtual ~Server() = default;  // stops; handlers that run are waited for, queued ones dropped
    // Binds and starts serving. SO_REUSEADDR, so a killed server's port is free at once. Ignores
    // SIGPIPE in the whole process unless it has a handler (TLS writes would raise it).
    static base::Result<std::unique_ptr<Server>> start(ServerOptions options, Router router);
    // The TCP port of the first TCP listener.
    virtual int port() const = 0;
    // Stops accepting, lets requests in flight end for up to `seconds`, closes event streams,
    // stops.
    virtual void drain(double seconds) = 0;
    struct Counts {
        int64_t connections = 0, event_streams = 0, requests_in_flight = 0, accepted = 0;
    };
    virtual Counts counts() const = 0;
    // Work for the pool from outside a request.
    virtual void post(std::function<void()> work) = 0;
};

}  // namespace http
