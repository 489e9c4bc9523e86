#include "apps/server/http/multipart.h"

#include <strings.h>

#include "apps/server/http/target.h"
#include "base/text/text.h"

namespace http {
namespace {

bool same_name(std::string_view a, std::string_view b) {
    return a.size() == b.size() && strncasecmp(a.data(), b.data(), a.size()) == 0;
}

bool is_boundary_char(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view("'()+_,-./:=? ").find(c) != std::string_view::npos;
}

// Reads a quoted string at text[0] == '"'. Only \" and \\ are escapes: some browsers send Windows
// paths with lone backslashes.
std::optional<std::string> read_quoted(std::string_view& text) {
    std::string out;
    for (size_t i = 1; i < text.size(); ++i) {
        if (text[i] == '"') {
            text.remove_prefix(i + 1);
            return out;
        }
        if (text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == '"' || text[i + 1] == '\\')) {
            ++i;
        }
        out += text[i];
    }
    return std::nullopt;
}

// Browsers write these three bytes of names as escapes (WHATWG HTML, multipart/form-data encoding
// algorithm); nothing else is escaped there.
std::string unescape_name(std::string_view text) {
    std::string out;
    for (size_t i = 0; i < text.size(); ++i) {
        const std::string_view three = text.substr(i, 3);
        const char byte = three == "%22" ? '"' : three == "%0D" ? '\r' : three == "%0A" ? '\n' : 0;
        out += byte ? byte : text[i];
        if (byte) i += 2;
    }
    return out;
}

// UTF-8''na%C3%AFve.png (RFC 8187); nullopt for other charsets or broken escapes.
std::optional<std::string> decode_extended(std::string_view text) {
    const size_t first = text.find('\'');
    if (first == std::string_view::npos || !same_name(text.substr(0, first), "utf-8")) {
        return std::nullopt;
    }
    const size_t second = text.find('\'', first + 1);
    std::string out;
    if (second == std::string_view::npos || !percent_decode(text.substr(second + 1), out)) {
        return std::nullopt;
    }
    return out;
}

}  // namespace

std::optional<std::string> header_parameter(std::string_view header, std::string_view name) {
    size_t semicolon = header.find(';');
    while (semicolon != std::string_view::npos) {
        header = base::trim(header.substr(semicolon + 1));
        const size_t equals = header.find_first_of("=;");
        if (equals == std::string_view::npos) return std::nullopt;
        const std::string_view key = base::trim(header.substr(0, equals));
        if (header[equals] == ';') {  // a parameter without a value
            semicolon = equals;
            continue;
        }
        std::string_view rest = base::trim(header.substr(equals + 1));
        std::string value;
        if (rest.starts_with('"')) {
            auto quoted = read_quoted(rest);
            if (!quoted) return std::nullopt;
            value = std::move(*quoted);
        } else {
            value = base::trim(rest.substr(0, rest.find(';')));
        }
        if (same_name(key, name)) return value;
        header = rest;
        semicolon = header.find(';');
    }
    return std::nullopt;
}

std::optional<std::string> multipart_boundary(std::string_view content_type) {
    auto boundary = header_parameter(content_type, "boundary");
    if (!boundary || boundary->empty() || boundary->size() > 70 || boundary->back() == ' ') {
        return std::nullopt;
    }
    for (const char c : *boundary) {
        if (!is_boundary_char(c)) return std::nullopt;
    }
    return boundary;
}

// The first boundary may stand at the very start of the body: a CRLF is put before it.
MultipartParser::MultipartParser(std::string_view boundary, PartReceiver& receiver)
    : delimiter_("\r\n--" + std::string(boundary)), receiver_(receiver), held_("\r\n") {}

MultipartParser::Step MultipartParser::refuse(int status, std::string message) {
    refusal_ = Refusal{status, std::move(message)};
    return Step::Refused;
}

MultipartParser::Step MultipartParser::check(std::optional<Refusal> refusal) {
    if (!refusal) return Step::Again;
    refusal_ = std::move(refusal);
    return Step::Refused;
}

std::optional<Refusal> MultipartParser::feed(std::string_view bytes) {
    if (refusal_ || state_ == State::Epilogue) return refusal_;
    // Held bytes are few, so joining them costs one copy of the piece at most.
    std::string joined;
    std::string_view left = bytes;
    if (!held_.empty()) {
        joined = std::move(held_);
        joined += bytes;
        left = joined;
    }
    Step result = Step::Again;
    while (result == Step::Again) result = step(left);
    if (result == Step::NeedMore) {
        held_.assign(left);
    } else {
        held_.clear();
    }
    return refusal_;
}

std::optional<Refusal> MultipartParser::finish() {
    if (!refusal_ && state_ != State::Epilogue) {
        refuse(400, "the multipart body ended before its closing boundary");
    }
    return refusal_;
}

MultipartParser::Step MultipartParser::step(std::string_view& left) {
    switch (state_) {
        case State::Preamble:
        case State::Body: return find_boundary(left);
        case State::Boundary: return after_boundary(left);
        case State::Head: return read_head(left);
        case State::BodyStart: return start_body(left);
        case State::Epilogue: left = {}; return Step::NeedMore;
    }
    return Step::NeedMore;
}

MultipartParser::Step MultipartParser::deliver(std::string_view piece) {
    if (piece.empty()) return Step::Again;
    if (state_ == State::Preamble) {
        preamble_bytes_ += piece.size();
        if (preamble_bytes_ > kMostPreambleBytes) {
            return refuse(400, "the multipart body does not begin with its boundary");
        }
        return Step::Again;
    }
    return check(receiver_.data(piece));
}

MultipartParser::Step MultipartParser::find_boundary(std::string_view& left) {
    const size_t at = left.find(delimiter_);
    if (at != std::string_view::npos) {
        // What follows decides whether this is a boundary line, so the delimiter stays.
        if (deliver(left.substr(0, at)) == Step::Refused) return Step::Refused;
        left.remove_prefix(at);
        at_start_ = false;
        state_ = State::Boundary;
        return Step::Again;
    }
    // The end may be the beginning of a delimiter: keep from the first CR that could start one.
    size_t keep = left.size() >= delimiter_.size() ? left.size() - delimiter_.size() + 1 : 0;
    while ((keep = left.find('\r', keep)) != std::string_view::npos) {
        if (std::string_view(delimiter_).starts_with(left.substr(keep))) break;
        ++keep;
    }
    keep = std::min(keep, left.size());
    if (deliver(left.substr(0, keep)) == Step::Refused) return Step::Refused;
    left.remove_prefix(keep);
    return Step::NeedMore;
}

MultipartParser::Step MultipartParser::after_boundary(std::string_view& left) {
    std::string_view rest = left.substr(delimiter_.size());
    const bool closes = rest.starts_with("--");
    if (!closes && (rest.empty() || rest == "-")) return Step::NeedMore;
    size_t padding = 0;
    if (!closes) {
        while (padding < rest.size() && (rest[padding] == ' ' || rest[padding] == '\t')) ++padding;
        if (padding > kMostPaddingBytes) return refuse(400, "too many blanks after a boundary");
        rest.remove_prefix(padding);
        if (rest.empty() || rest == "\r") return Step::NeedMore;
        if (!rest.starts_with("\r\n")) {
            // Content that begins like the boundary: an ordinary part of the body.
            state_ = in_part_ ? State::Body : State::Preamble;
            std::string_view piece = left.substr(0, delimiter_.size());
            left.remove_prefix(delimiter_.size());
            if (at_start_) piece.remove_prefix(2);
            return deliver(piece);
        }
    }
    if (in_part_) {
        in_part_ = false;
        if (check(receiver_.end()) == Step::Refused) return Step::Refused;
    }
    if (closes) {
        state_ = State::Epilogue;
        return Step::Again;
    }
    if (++parts_ > kMostParts) {
        return refuse(400, "more than " + std::to_string(kMostParts) + " parts in the form");
    }
    // The line's CRLF stays: an empty header is then CRLF CRLF like any other.
    left.remove_prefix(delimiter_.size() + padding);
    state_ = State::Head;
    return Step::Again;
}

MultipartParser::Step MultipartParser::read_head(std::string_view& left) {
    const size_t end = left.find("\r\n\r\n");
    if (end == std::string_view::npos ? left.size() > kMostHeadBytes : end > kMostHeadBytes) {
        return refuse(400, "the header of a part is longer than " + std::to_string(kMostHeadBytes) +
                               " bytes");
    }
    if (end == std::string_view::npos) return Step::NeedMore;
    std::string_view lines = left.substr(0, end + 2);
    left.remove_prefix(end + 2);

    PartHead head;
    bool named = false;
    lines.remove_prefix(2);
    while (!lines.empty()) {
        const std::string_view line = lines.substr(0, lines.find("\r\n"));
        lines.remove_prefix(line.size() + 2);
        const size_t colon = line.find(':');
        if (colon == std::string_view::npos || colon == 0 || line[0] == ' ' || line[0] == '\t') {
            return refuse(400, "a header line of a part is not 'name: value'");
        }
        const std::string_view name = line.substr(0, colon);
        const std::string_view value = base::trim(line.substr(colon + 1));
        if (same_name(name, "Content-Disposition")) {
            if (!same_name(base::trim(value.substr(0, value.find(';'))), "form-data") || named) {
                return refuse(400, "a part needs one Content-Disposition: form-data");
            }
            const auto field = header_parameter(value, "name");
            if (!field) return refuse(400, "a part of the form has no name");
            named = true;
            head.name = unescape_name(*field);
            if (const auto plain = header_parameter(value, "filename")) {
                head.filename = unescape_name(*plain);
            }
            if (const auto extended = header_parameter(value, "filename*")) {
                if (auto decoded = decode_extended(*extended)) head.filename = std::move(*decoded);
            }
        } else if (same_name(name, "Content-Type")) {
            head.content_type = value;
        } else if (same_name(name, "Content-Transfer-Encoding")) {
            if (same_name(value, "base64") || same_name(value, "quoted-printable")) {
                return refuse(400, "Content-Transfer-Encoding " + quotable(value) +
                                       " is not supported; send the bytes as they are");
            }
        }
    }
    if (!named) return refuse(400, "a part needs Content-Disposition: form-data; name=\"...\"");
    state_ = State::BodyStart;
    in_part_ = true;
    return check(receiver_.begin(std::move(head)));
}

// A part without a body may share one CRLF between its header and the next delimiter (RFC 2046:
// body-part := MIME-part-headers [CRLF *OCTET]).
MultipartParser::Step MultipartParser::start_body(std::string_view& left) {
    if (left.size() < delimiter_.size() && std::string_view(delimiter_).starts_with(left)) {
        return Step::NeedMore;
    }
    at_start_ = left.starts_with(delimiter_);
    if (!at_start_) left.remove_prefix(2);
    state_ = at_start_ ? State::Boundary : State::Body;
    return Step::Again;
}

}  // namespace http
