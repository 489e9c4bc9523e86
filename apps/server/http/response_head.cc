#include "apps/server/http/response_head.h"

#include <strings.h>

#include <charconv>

#include "base/core/log.h"

namespace http {
namespace {

void append_number(std::string& out, int64_t value) {
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof(digits), value).ptr;
    out.append(digits, end);
}

bool is(const std::string& name, std::string_view other) {
    return name.size() == other.size() && strncasecmp(name.data(), other.data(), name.size()) == 0;
}

bool is_servers(const std::string& name) {
    switch (name.size()) {
        case 4: return is(name, "Date");
        case 6: return is(name, "Server");
        case 10: return is(name, "Connection") || is(name, "Keep-Alive");
        case 14: return is(name, "Content-Length");
        case 17: return is(name, "Transfer-Encoding");
        default: return false;
    }
}

bool is_safe(const Header& header) {
    if (header.name.empty()) return false;
    for (const char c : header.name) {
        if (c <= ' ' || c == ':' || c == 0x7f) return false;
    }
    for (const char c : header.value) {
        if ((static_cast<unsigned char>(c) < ' ' && c != '\t') || c == 0x7f) return false;
    }
    return true;
}

}  // namespace

std::string_view reason_phrase(int status) {
    switch (status) {
        case 200: return "OK";
        case 201: return "Created";
        case 202: return "Accepted";
        case 204: return "No Content";
        case 206: return "Partial Content";
        case 301: return "Moved Permanently";
        case 302: return "Found";
        case 303: return "See Other";
        case 304: return "Not Modified";
        case 307: return "Temporary Redirect";
        case 308: return "Permanent Redirect";
        case 400: return "Bad Request";
        case 401: return "Unauthorized";
        case 402: return "Payment Required";
        case 403: return "Forbidden";
        case 404: return "Not Found";
        case 405: return "Method Not Allowed";
        case 406: return "Not Acceptable";
        case 408: return "Request Timeout";
        case 409: return "Conflict";
        case 410: return "Gone";
        case 411: return "Length Required";
        case 412: return "Precondition Failed";
        case 413: return "Content Too Large";
        case 414: return "URI Too Long";
        case 415: return "Unsupported Media Type";
        case 416: return "Range Not Satisfiable";
        case 417: return "Expectation Failed";
        case 421: return "Misdirected Request";
        case 422: return "Unprocessable Content";
        case 425: return "Too Early";
        case 426: return "Upgrade Required";
        case 428: return "Precondition Required";
        case 429: return "Too Many Requests";
        case 431: return "Request Header Fields Too Large";
        case 451: return "Unavailable For Legal Reasons";
        case 500: return "Internal Server Error";
        case 501: return "Not Implemented";
        case 502: return "Bad Gateway";
        case 503: return "Service Unavailable";
        case 504: return "Gateway Timeout";
        case 505: return "HTTP Version Not Supported";
        case 507: return "Insufficient Storage";
        default: return "";
    }
}

bool status_has_body(int status) { return status >= 200 && status != 204 && status != 304; }

void append_head(std::string& out, const Response& response, const Framing& framing,
                 std::string_view date) {
    out += "HTTP/1.1 ";
    append_number(out, response.status);
    out += ' ';
    out += reason_phrase(response.status);
    out += "\r\nServer: aozora\r\nDate: ";
    out += date;
    switch (framing.kind) {
        case Framing::Length:
            out += "\r\nContent-Length: ";
            append_number(out, framing.length);
            break;
        case Framing::Chunked: out += "\r\nTransfer-Encoding: chunked"; break;
        case Framing::UntilClose:
        case Framing::None: break;
    }
    if (!framing.keep_alive) {
        out += "\r\nConnection: close";
    } else if (framing.http10) {
        out += "\r\nConnection: keep-alive";
    }
    for (const Header& header : response.headers) {
        if (is_servers(header.name)) continue;
        if (!is_safe(header)) {
            base::log(base::LogLevel::Error,
                      "http: an answer's header was dropped, it has "
                      "control characters");
            continue;
        }
        out += "\r\n";
        out += header.name;
        out += ": ";
        out += header.value;
    }
    out += "\r\n\r\n";
}

}  // namespace http
