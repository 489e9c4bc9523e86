#include "apps/server/every_request.h"

#include <algorithm>
#include <chrono>

#include "apps/server/core/origin.h"

namespace server {

std::optional<http::Response> guard(const App& app, const http::RequestHead& head) {
    if (head.unix_socket) return std::nullopt;
    const std::string* host = head.header("Host");
    if (!host || !host_is_ours(*host, app.origins)) {
        return to_response(ApiError{421,
                                    "This server does not answer to the name '" +
                                        (host ? *host : std::string()) +
                                        "'. Its operator can add it to server.hosts.",
                                    "invalid_request_error", "", "unknown_host"});
    }
    const std::string* origin = head.header("Origin");
    if (!origin) return std::nullopt;
    switch (origin_kind(*origin, *host, app.origins)) {
        case OriginKind::Same: return std::nullopt;
        case OriginKind::Allowed:
            if (head.method == "OPTIONS") {
                http::Response response = http::text(204, "");
                const std::string* wanted = head.header("Access-Control-Request-Headers");
                response.with("Access-Control-Allow-Methods", "GET, POST, DELETE")
                    .with("Access-Control-Allow-Headers",
                          wanted ? *wanted : "authorization, content-type")
                    .with("Access-Control-Max-Age", "600");
                return response;
            }
            return std::nullopt;
        case OriginKind::Foreign:
            return to_response(
                forbidden("The origin '" + *origin +
                              "' may not use this server from a browser. Its operator "
                              "can add it to server.cors_origins.",
                          "foreign_origin"));
    }
    return std::nullopt;
}

void finish(const App& app, const http::RequestHead& head, http::Response& response) {
    response.with("x-request-id", head.id);
    const int64_t now_us = std::chrono::duration_cast<std::chrono::microseconds>(
                               std::chrono::steady_clock::now().time_since_epoch())
                               .count();
    response.with("openai-processing-ms",
                  std::to_string(std::max<int64_t>(0, (now_us - head.received_us) / 1000)));
    response.with("openai-version", "2020-10-01");
    for (const http::Header& note : head.notes) response.headers.push_back(note);
    if (app.origins.cors_origins.empty()) return;
    const std::string* origin = head.header("Origin");
    const std::string* host = head.header("Host");
    if (origin && origin_kind(*origin, host ? *host : "", app.origins) == OriginKind::Allowed) {
        // Keys only: cookies are never sent to other sites' pages.
        response.with("Access-Control-Allow-Origin", *origin).with("Vary", "Origin");
        response.with("Access-Control-Expose-Headers",
                      "x-request-id, openai-poll-after-ms, retry-after, x-aozora-variations");
    }
}

http::Response plain_error(int status, const std::string& message) {
    return to_response(
        {status, message, status >= 500 ? "server_error" : "invalid_request_error", "", ""});
}

}  // namespace server
