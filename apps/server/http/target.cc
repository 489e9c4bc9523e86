#include "apps/server/http/target.h"

#include <strings.h>

namespace http {
namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

// The byte that an escape at text[at] == '%' stands for, -1 when it is broken.
int escaped_byte(std::string_view text, size_t at) {
    if (at + 2 >= text.size()) return -1;
    const int high = hex_digit(text[at + 1]);
    const int low = hex_digit(text[at + 2]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

std::string decode_form(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+') {
            out += ' ';
        } else if (const int byte = text[i] == '%' ? escaped_byte(text, i) : -1; byte >= 0) {
            out += static_cast<char>(byte);
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

bool has_scheme(std::string_view target, std::string_view scheme) {
    return target.size() > scheme.size() &&
           strncasecmp(target.data(), scheme.data(), scheme.size()) == 0;
}

// "http://host/path" -> "/path": servers must take the form that proxies send (RFC 9112, 3.2.2).
std::string_view without_authority(std::string_view target) {
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (!has_scheme(target, scheme)) continue;
        const size_t path = target.find_first_of("/?", scheme.size());
        return path == std::string_view::npos ? std::string_view("/") : target.substr(path);
    }
    return target;
}

bool has_dot_segment(std::string_view path) {
    for (size_t at = path.find("/."); at != std::string_view::npos; at = path.find("/.", at + 1)) {
        std::string_view segment = path.substr(at + 1);
        segment = segment.substr(0, segment.find('/'));
        if (segment == "." || segment == "..") return true;
    }
    return false;
}

}  // namespace

bool percent_decode(std::string_view text, std::string& out) {
    out.clear();
    for (size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i];
            continue;
        }
        const int byte = escaped_byte(text, i);
        if (byte < 0) return false;
        out += static_cast<char>(byte);
        i += 2;
    }
    return true;
}

std::vector<std::pair<std::string, std::string>> parse_pairs(std::string_view text, size_t most) {
    std::vector<std::pair<std::string, std::string>> pairs;
    while (!text.empty() && pairs.size() < most) {
        const std::string_view pair = text.substr(0, text.find('&'));
        text.remove_prefix(std::min(text.size(), pair.size() + 1));
        if (pair.empty()) continue;
        const size_t equals = std::min(pair.find('='), pair.size());
        pairs.emplace_back(decode_form(pair.substr(0, equals)),
                           decode_form(pair.substr(std::min(equals + 1, pair.size()))));
    }
    return pairs;
}

base::Status parse_target(std::string_view target, std::string& path, Query& query) {
    query.pairs.clear();
    target = without_authority(target);
    const size_t question = target.find('?');
    const std::string_view raw = target.substr(0, question);
    if (!percent_decode(raw, path)) {
        return base::usage_error("the path has a broken escape; write % as %25");
    }
    if (question == 0) path.assign(1, '/');
    if (!path.starts_with('/')) return base::usage_error("the request target must start with '/'");
    for (const char c : path) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
            return base::usage_error("the path has a control character");
        }
    }
    if (has_dot_segment(path)) return base::usage_error("the path has a '.' or '..' segment");
    if (question != std::string_view::npos) query.pairs = parse_pairs(target.substr(question + 1));
    return {};
}

}  // namespace http
