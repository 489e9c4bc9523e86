#include "base/net/sigv4.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <map>
#include <utility>

#include "base/core/sha256.h"
#include "base/text/text.h"

namespace base {
namespace {

constexpr const char* kAlgorithm = "AWS4-HMAC-SHA256";

std::string hex(std::string_view bytes) {
    constexpr const char* kHex = "0123456789abcdef";
    std::string out;
    for (const char c : bytes) {
        out += kHex[static_cast<unsigned char>(c) >> 4];
        out += kHex[static_cast<unsigned char>(c) & 15];
    }
    return out;
}

std::string hmac(std::string_view key, std::string_view text) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    CHECK(HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
               reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest, &size),
          "HMAC");
    return {reinterpret_cast<const char*>(digest), size};
}

// What of a URL is signed.
struct Target {
    std::string base;  // "https://host:port"
    std::string host, path;
    std::vector<std::pair<std::string, std::string>> query;  // decoded

    std::string canonical_query() const {
        std::vector<std::pair<std::string, std::string>> sorted;
        for (const auto& [name, value] : query) {
            sorted.emplace_back(percent_encoded(name), percent_encoded(value));
        }
        std::ranges::sort(sorted);
        std::string out;
        for (const auto& [name, value] : sorted) {
            if (!out.empty()) out += '&';
            out += name + "=" + value;
        }
        return out;
    }
};

Result<Target> target_of(std::string_view url) {
    const size_t scheme = url.find("://");
    if (scheme == std::string_view::npos)
        return usage_error("an address without http:// or https://");
    url = url.substr(0, url.find('#'));
    const size_t start = scheme + 3;
    const size_t end = std::min(url.find_first_of("/?", start), url.size());
    Target out;
    out.base = url.substr(0, end);
    out.host = to_lower_ascii(url.substr(start, end - start));
    if (out.host.empty() || out.host.find('@') != std::string::npos) {
        return usage_error("an address that is signed needs a host and no user");
    }
    const bool secure = to_lower_ascii(url.substr(0, scheme)) == "https";
    const std::string_view usual_port = secure ? ":443" : ":80";
    if (out.host.ends_with(usual_port)) out.host.resize(out.host.size() - usual_port.size());
    const size_t mark = url.find('?', end);
    const std::string_view path = url.substr(end, mark == url.npos ? url.npos : mark - end);
    out.path = path.empty() ? "/" : percent_encoded(percent_decoded(path), true);
    if (mark == std::string_view::npos) return out;
    for (const std::string& part : split(url.substr(mark + 1), '&')) {
        if (part.empty()) continue;
        const size_t equals = part.find('=');
        out.query.emplace_back(
            percent_decoded(part.substr(0, equals)),
            equals == std::string::npos ? "" : percent_decoded(part.substr(equals + 1)));
    }
    return out;
}

struct Moment {
    std::string date, time;  // "20130524", "20130524T000000Z"
};

Moment moment_of(int64_t now_s) {
    const auto seconds = static_cast<std::time_t>(now_s);
    std::tm utc{};
    gmtime_r(&seconds, &utc);
    char text[32];
    std::strftime(text, sizeof(text), "%Y%m%dT%H%M%SZ", &utc);
    return {std::string(text, 8), text};
}

std::string scope_of(const SigV4Key& key, const Moment& moment) {
    return moment.date + "/" + key.region + "/" + key.service + "/aws4_request";
}

std::string signature(const SigV4Key& key, const Moment& moment,
                      const std::string& canonical_request) {
    const std::string text = std::string(kAlgorithm) + "\n" + moment.time + "\n" +
                             scope_of(key, moment) + "\n" + sha256_hex(canonical_request);
    std::string secret = hmac("AWS4" + key.secret_key, moment.date);
    for (const std::string& part : {key.region, key.service, std::string("aws4_request")}) {
        secret = hmac(secret, part);
    }
    return hex(hmac(secret, text));
}

// Runs of blanks count as one.
std::string canonical_value(std::string_view value) {
    std::string out;
    for (const char c : trim(value)) {
        const bool blank = c == ' ' || c == '\t';
        if (blank && !out.empty() && out.back() == ' ') continue;
        out += blank ? ' ' : c;
    }
    return out;
}

}  // namespace

std::string percent_encoded(std::string_view text, bool keeps_slash) {
    constexpr const char* kHex = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~' ||
                           (c == '/' && keeps_slash);
        if (plain) {
            out += c;
        } else {
            out += '%';
            out += kHex[static_cast<unsigned char>(c) >> 4];
            out += kHex[static_cast<unsigned char>(c) & 15];
        }
    }
    return out;
}

std::string percent_decoded(std::string_view text) {
    const auto digit = [](char c) {
        if (c >= '0' && c <= '9') return c - '0';
        if (c >= 'a' && c <= 'f') return c - 'a' + 10;
        if (c >= 'A' && c <= 'F') return c - 'A' + 10;
        return -1;
    };
    std::string out;
    for (size_t i = 0; i < text.size(); ++i) {
        const bool pair = text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 &&
                          digit(text[i + 2]) >= 0;
        if (!pair) {
            out += text[i];
            continue;
        }
        out += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
        i += 2;
    }
    return out;
}

Result<std::vector<HttpHeader>> sigv4_headers(const SigV4Key& key, const std::string& method,
                                              const std::string& url,
                                              const std::vector<HttpHeader>& headers,
                                              const std::string& payload_sha256, int64_t now_s) {
    const Target target = TRY(target_of(url));
    const Moment moment = moment_of(now_s);
    std::vector<HttpHeader> added = {{"x-amz-date", moment.time},
                                     {"x-amz-content-sha256", payload_sha256}};
    if (!key.session_token.empty()) added.push_back({"x-amz-security-token", key.session_token});

    std::map<std::string, std::string> all = {{"host", target.host}};
    for (const auto* list : std::array{&headers, &std::as_const(added)}) {
        for (const HttpHeader& header : *list) {
            std::string& value = all[to_lower_ascii(header.name)];
            value += (value.empty() ? "" : ",") + canonical_value(header.value);
        }
    }
    std::string lines, names;
    for (const auto& [name, value] : all) {
        lines += name + ":" + value + "\n";
        names += (names.empty() ? "" : ";") + name;
    }
    const std::string request = method + "\n" + target.path + "\n" + target.canonical_query() +
                                "\n" + lines + "\n" + names + "\n" + payload_sha256;
    added.push_back({"Authorization", std::string(kAlgorithm) + " Credential=" + key.access_key +
                                          "/" + scope_of(key, moment) + ",SignedHeaders=" + names +
                                          ",Signature=" + signature(key, moment, request)});
    return added;
}

Result<std::string> sigv4_presigned_url(const SigV4Key& key, const std::string& method,
                                        const std::string& url, int seconds, int64_t now_s) {
    if (seconds < 1 || seconds > 604'800) return usage_error("a signature lasts 1 s to 7 days");
    Target target = TRY(target_of(url));
    const Moment moment = moment_of(now_s);
    target.query.emplace_back("X-Amz-Algorithm", kAlgorithm);
    target.query.emplace_back("X-Amz-Credential", key.access_key + "/" + scope_of(key, moment));
    target.query.emplace_back("X-Amz-Date", moment.time);
    target.query.emplace_back("X-Amz-Expires", std::to_string(seconds));
    if (!key.session_token.empty()) {
        target.query.emplace_back("X-Amz-Security-Token", key.session_token);
    }
    target.query.emplace_back("X-Amz-SignedHeaders", "host");
    const std::string query = target.canonical_query();
    const std::string request = method + "\n" + target.path + "\n" + query +
                                "\nhost:" + target.host + "\n\nhost\nUNSIGNED-PAYLOAD";
    return target.base + target.path + "?" + query +
           "&X-Amz-Signature=" + signature(key, moment, request);
}

}  // namespace base
