// The request line, the headers and the framing of the body (RFC 9112). Boost.Beast's basic_parser
// does the grammar; this adds what it lets through and a server on the internet must not: folded
// header lines, transfer codings other than chunked, a missing or doubled Host.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "apps/server/http/message.h"
#include "apps/server/http/refusal.h"

namespace http {

class RequestParser {
public:
    RequestParser();
    ~RequestParser();

    enum class Step { NeedMore, Done, Refused };
    // Forgets the last request; `head` must stay where it is until the next reset.
    void reset(RequestHead& head);
    // `bytes`: all that is unread. NeedMore uses none but leading empty lines; Done uses the head.
    Step parse_head(std::string_view bytes, size_t most_bytes, size_t& used);
    // Appends decoded bytes to `body`. NeedMore: `bytes` is used up or ends within a chunk's frame.
    Step parse_body(std::string_view bytes, size_t& used, std::string& body);
    const Refusal& refusal() const { return refusal_; }

    // After the head.
    bool keep_alive() const;  // what the client asks for
    bool has_body() const;
    bool http10() const { return version_ == 10; }
    bool expects_continue() const { return expects_continue_; }
    std::optional<int64_t> content_length() const;  // nullopt: chunked or no body
    bool body_done() const;

private:
    struct Impl;
    Step refuse(int status, std::string message);
    Step check_head();
    std::unique_ptr<Impl> impl_;
    RequestHead* head_ = nullptr;
    Refusal refusal_;
    size_t searched_ = 0;  // no end of the head before here
    int version_ = 11;
    bool expects_continue_ = false;
};

}  // namespace http
