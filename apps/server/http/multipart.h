// multipart/form-data as a stream (RFC 7578, RFC 2046 section 5.1). The parser holds at most one
// part header or one boundary's length of bytes; what a part means is the receiver's business.
//
// Stricter than some: lines end with CRLF; a part must have a Content-Disposition of form-data with
// a name; base64 and quoted-printable are refused (RFC 7578 section 4.7 deprecates them).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "apps/server/http/refusal.h"

namespace http {

struct PartHead {
    std::string name;
    std::optional<std::string> filename;  // present, even empty: a file
    std::string content_type;             // as sent; "" = none
};

// Called in the order begin, data*, end for each part. A refusal stops the parser.
class PartReceiver {
public:
    virtual ~PartReceiver() = default;
    virtual std::optional<Refusal> begin(PartHead head) = 0;
    virtual std::optional<Refusal> data(std::string_view piece) = 0;
    virtual std::optional<Refusal> end() = 0;
};

// The boundary of `multipart/form-data; boundary=...`; nullopt when it is missing or against the
// grammar (1 to 70 characters of bchars, no space at the end).
std::optional<std::string> multipart_boundary(std::string_view content_type);

// A parameter of a header such as `form-data; name="a"; filename="b"`; quoted or a token.
std::optional<std::string> header_parameter(std::string_view header, std::string_view name);

class MultipartParser {
public:
    static constexpr int kMostParts = 1000;
    static constexpr size_t kMostHeadBytes = 16 << 10;  // of one part
    static constexpr size_t kMostPreambleBytes = 64 << 10;
    static constexpr size_t kMostPaddingBytes = 64;  // blanks after a boundary

    MultipartParser(std::string_view boundary, PartReceiver& receiver);
    // Any piece of the body, split anywhere.
    std::optional<Refusal> feed(std::string_view bytes);
    // The body has ended: a refusal unless the closing boundary was seen.
    std::optional<Refusal> finish();

private:
    enum class State { Preamble, Boundary, Head, BodyStart, Body, Epilogue };
    enum class Step { Again, NeedMore, Refused };
    Step step(std::string_view& left);
    Step find_boundary(std::string_view& left);
    Step start_body(std::string_view& left);
    Step after_boundary(std::string_view& left);
    Step read_head(std::string_view& left);
    Step deliver(std::string_view piece);
    Step refuse(int status, std::string message);
    Step check(std::optional<Refusal> refusal);

    const std::string delimiter_;  // CRLF "--" boundary
    PartReceiver& receiver_;
    State state_ = State::Preamble;
    bool in_part_ = false;   // a part was begun and not ended
    bool at_start_ = false;  // of a part's body: the CRLF before it belongs to the header
    int parts_ = 0;
    size_t preamble_bytes_ = 0;
    std::string held_;  // bytes that cannot be judged yet
    std::optional<Refusal> refusal_;
};

}  // namespace http
