// What a handler sees: a request whose body has been received, and the answers it may give.
// Boost never shows here; the wire lives in connection.cc.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/core/result.h"

namespace http {

struct Header {
    std::string name, value;
};
using Headers = std::vector<Header>;
const std::string* find_header(const Headers& headers, std::string_view name);  // any case

// Decoded; the first of equal names wins in get().
struct Query {
    std::vector<std::pair<std::string, std::string>> pairs;
    const std::string* get(std::string_view name) const;
};

// The request line and headers, before any body.
struct RequestHead {
    std::string method;  // "GET"
    std::string target;  // as sent: "/v1/videos?limit=2"
    std::string path;    // percent-decoded, always starts with '/', no "..", no NUL
    Query query;
    Headers headers;
    std::string peer;  // "127.0.0.1", "::1", "unix"
    bool tls = false;
    bool unix_socket = false;
    std::string id;           // "req_" + 32 hex digits, new for each request
    int64_t received_us = 0;  // steady clock
    std::vector<std::pair<std::string, std::string>> params;  // {name} parts of the route
    std::string_view route;  // the pattern that matched, for metrics
    Headers notes;           // kept by gates and handlers for ServerOptions::finish

    const std::string* header(std::string_view name) const { return find_header(headers, name); }
    std::string_view param(std::string_view name) const;  // CHECK-fails when the route has none
};

// A file that came with the request, already on disk in the server's upload folder. Whoever moves
// it away must take it (take()); otherwise it is deleted with the request.
class UploadedFile {
public:
    UploadedFile() = default;
    UploadedFile(std::string path, int64_t bytes, std::string sha256);
    ~UploadedFile();
    UploadedFile(UploadedFile&&) noexcept;
    UploadedFile& operator=(UploadedFile&&) noexcept;
    const std::string& path() const { return path_; }
    int64_t bytes() const { return bytes_; }
    const std::string& sha256() const { return sha256_; }  // computed while it was received
    std::string take();                                    // the path; no longer deleted here

private:
    std::string path_, sha256_;
    int64_t bytes_ = 0;
};

// One part of multipart/form-data, in the order of arrival. A part with a filename is a file.
struct FormPart {
    std::string name;   // "seconds", "video[id]", "characters[][id]"
    std::string value;  // of a text part
    std::optional<UploadedFile> file;
    std::string filename, content_type;  // of a file part; never trusted
};

// Head, body and files live until the handler has returned; after that only the head remains, until
// the answer is sent. What a PulledBody, an EventStream or a Later needs must be moved out.
struct Request : RequestHead {
    std::string body;                       // a body that is not multipart and fits in memory
    std::optional<UploadedFile> body_file;  // a body of a route with `body_to_file`
    std::vector<FormPart> form;             // multipart/form-data and x-www-form-urlencoded
    bool is_form = false;
    std::string content_type;  // lower case, without parameters
};

// Server-sent events. Any thread may send; nothing blocks: events of a client that reads too slowly
// beyond `most_queued_bytes` end the stream. Comments are sent every 15 s so that proxies keep it.
class EventStream {
public:
    virtual ~EventStream() = default;
    virtual void send(std::string_view event, std::string_view data, std::string_view id = {}) = 0;
    virtual void close() = 0;
    virtual bool gone() const = 0;
    // Called once, on any thread, when the client has left or the server stops. Set before use.
    virtual void on_gone(std::function<void()> action) = 0;
    static std::shared_ptr<EventStream> create(size_t most_queued_bytes = 256 << 10);
};

struct Response;

// An answer that comes later (long polls). The first answer wins; `timeout_s` after the handler has
// returned, or when the server drains, the server sends the timeout answer. Any thread.
class Later {
public:
    virtual ~Later() = default;
    virtual void answer(Response response) = 0;
    virtual bool gone() const = 0;  // answered, timed out or the client left
    static std::shared_ptr<Later> create(double timeout_s, Response at_timeout);
};

// A file on disk. The server sends it by sendfile and answers Range, If-Range, If-None-Match,
// If-Modified-Since and HEAD by itself (RFC 9110); it is opened when the handler returns, so a
// deleted file still ends well. Several ranges are answered as multipart/byteranges.
struct FileBody {
    std::string path;
    std::string etag;           // strong, without quotes; "" = none
    bool delete_after = false;  // its name goes as soon as it is open, its bytes with the answer
};

// Bytes pulled from elsewhere (an S3 object): `next` gives the next piece, "" at the end; called on
// the pool. `length` -1 = unknown (chunked). A failure of the first piece is answered 502; of a
// later one it breaks the connection, so that nobody takes a part for the whole.
struct PulledBody {
    int64_t length = -1;
    std::function<base::Result<std::string>()> next;
};

struct Response {
    int status = 200;
    Headers headers;  // Content-Type and all others; Content-Length and Date are the server's
    std::variant<std::string, std::shared_ptr<const std::string>, FileBody, PulledBody,
                 std::shared_ptr<EventStream>, std::shared_ptr<Later>>
        body;

    Response& with(std::string name, std::string value) {
        headers.push_back({std::move(name), std::move(value)});
        return *this;
    }
};

Response text(int status, std::string body, std::string content_type = "text/plain; charset=utf-8");
Response json_text(int status, std::string body);
Response redirect(int status, std::string location);

}  // namespace http
