#include "apps/server/core/app.h"

#include <cmath>

#include "apps/server/core/event_log.h"
#include "apps/server/core/secrets.h"
#include "base/text/text.h"

namespace server {
namespace {

std::string token_hash(App& app, const http::RequestHead& head) {
    (void)app;
    if (const std::string_view key = bearer(head); !key.empty()) return sha256_hex(key);
    if (const std::string_view cookie = cookie_value(head, kCookie); !cookie.empty())
        return "s:" + sha256_hex(cookie);
    return "";
}

bool is_safe(const std::string& method) {
    return method == "GET" || method == "HEAD" || method == "OPTIONS";
}

// A cookie is sent by the browser whoever asks; only this server's own pages may use it to change
// something. (SameSite=Strict says so to the browser already; this does not rely on it.)
bool cookie_may(App& app, const http::RequestHead& head) {
    if (is_safe(head.method)) return true;
    const std::string* origin = head.header("Origin");
    const std::string* host = head.header("Host");
    const std::string* site = head.header("Sec-Fetch-Site");
    if (site && *site != "same-origin" && *site != "none") return false;
    if (!origin) return site != nullptr;
    return origin_kind(*origin, host ? *host : "", app.origins) == OriginKind::Same;
}

// Counts the request; the answer that refuses it, or nothing.
std::optional<http::Response> count(App& app, const Caller& caller, http::RequestHead& head) {
    if (!caller.limits.requests_per_minute) return std::nullopt;
    const RateLimiter::Verdict verdict = app.rates.take(
        caller.key_id, *caller.limits.requests_per_minute, std::chrono::steady_clock::now());
    // Kept with the request for `finish`, which adds them to whatever answer there will be.
    head.notes.push_back({"x-ratelimit-limit-requests", std::to_string(verdict.limit)});
    head.notes.push_back({"x-ratelimit-remaining-requests", std::to_string(verdict.remaining)});
    char reset[32];
    std::snprintf(reset, sizeof reset, "%.3fs", verdict.reset_s);
    head.notes.push_back({"x-ratelimit-reset-requests", reset});
    if (verdict.allowed) return std::nullopt;
    ++app.metrics.rate_limited;
    return to_response(
        too_many("Rate limit reached for requests: " + std::to_string(verdict.limit) +
                     " a minute. Try again in " +
                     std::to_string(static_cast<int>(std::ceil(verdict.retry_s))) + " s.",
                 "rate_limit_exceeded", std::max(1, static_cast<int>(std::ceil(verdict.retry_s)))));
}

}  // namespace

std::string_view bearer(const http::RequestHead& head) {
    const std::string* header = head.header("Authorization");
    if (!header || header->size() < 8) return {};
    std::string_view text = *header;
    if (base::to_lower_ascii(text.substr(0, 7)) != "bearer ") return {};
    return base::trim(text.substr(7));
}

std::string_view cookie_value(const http::RequestHead& head, std::string_view name) {
    for (const http::Header& header : head.headers) {
        if (base::to_lower_ascii(header.name) != "cookie") continue;
        std::string_view rest = header.value;
        while (!rest.empty()) {
            const size_t end = std::min(rest.find(';'), rest.size());
            const std::string_view pair = base::trim(rest.substr(0, end));
            if (pair.size() > name.size() && base::starts_with(pair, name) &&
                pair[name.size()] == '=')
                return pair.substr(name.size() + 1);
            rest = end == rest.size() ? std::string_view() : rest.substr(end + 1);
        }
    }
    return {};
}

std::optional<std::shared_ptr<const Caller>> known_caller(App& app, const http::RequestHead& head) {
    const std::string hash = token_hash(app, head);
    if (hash.empty()) return std::nullopt;
    const auto known = app.keys.find_at_once(hash);
    if (!known || !known->valid) return std::nullopt;
    return known->caller;
}

Answer<std::shared_ptr<const Caller>> authenticate(App& app, const http::RequestHead& head) {
    const std::string hash = token_hash(app, head);
    if (hash.empty()) {
        if (app.config.open) return std::make_shared<const Caller>(app.first_caller);
        ++app.metrics.unauthorised;
        return unauthorised(
            "You didn't provide an API key. Send it in the Authorization header: \"Authorization: "
            "Bearer YOUR_KEY\". The server printed one at its first start; aozora keys create "
            "makes "
            "another.");
    }
    auto known = app.keys.find(hash);
    if (!known) {
        const bool session = base::starts_with(hash, "s:");
        auto found = session ? find_session(*app.db, hash.substr(2)) : find_key(*app.db, hash);
        if (!found.ok()) {
            log_event(base::LogLevel::Error, "key_check_failed",
                      {{"request", head.id}, {"reason", found.error().text()}});
            return unavailable("The server cannot reach its database. Try again.", 2);
        }
        app.keys.put(hash, *found);
        known = KeyRing::Known{found->has_value(),
                               *found ? std::make_shared<const Caller>(**found) : nullptr};
    }
    if (!known->valid) {
        if (app.config.open) return std::make_shared<const Caller>(app.first_caller);
        ++app.metrics.unauthorised;
        return unauthorised("Incorrect API key provided. It may be mistyped, revoked or expired.");
    }
    if (known->caller->session && !cookie_may(app, head)) {
        return forbidden("This request came from a page of another site.", "foreign_origin");
    }
    return known->caller;
}

http::Route secured(App& app, const char* method, const char* pattern, const char* scope,
                    Secured handler, RouteOptions options) {
    const std::string needed = scope;
    http::Route route;
    route.method = method;
    route.pattern = pattern;
    route.most_body_bytes = options.most_body_bytes;
    route.most_field_bytes = options.most_field_bytes;
    route.most_memory_bytes = options.most_memory_bytes;
    const auto admit = [&app, needed](http::RequestHead& head) -> std::optional<http::Response> {
        auto caller = authenticate(app, head);
        if (!caller.ok()) return to_response(caller.error());
        if (!needed.empty() && !(*caller)->may(needed)) {
            return to_response(
                forbidden("This key lacks the scope \"" + needed + "\".", "missing_scope"));
        }
        return count(app, **caller, head);
    };
    route.gate = admit;
    route.handler = [&app, handler = std::move(handler)](http::Request& request) {
        auto caller = authenticate(app, request);
        if (!caller.ok()) return to_response(caller.error());
        return handler(app, request, **caller);
    };
    return route;
}

http::Response internal_error(const http::RequestHead& head, const base::Error& error) {
    log_event(base::LogLevel::Error, "request_failed",
              {{"request", head.id}, {"path", head.path}, {"reason", error.text()}});
    return to_response(server_error(head.id));
}

base::Result<std::optional<VideoRow>> App::video(const std::string& id) {
    auto found = TRY(find_video(*db, id));
    if (found && found->status == "in_progress") {
        if (const auto live = board.live(id)) {
            found->progress = std::max(found->progress, std::min(live->progress, 99));
            found->stage = live->stage;
        }
    }
    return found;
}

Answer<std::shared_ptr<const CachedVideo>> App::cached_video(const std::string& id) {
    if (auto cached = board.cached(id)) return cached;
    const uint64_t ticket = board.ticket(id);
    const auto found = video(id);
    if (!found.ok()) {
        log_event(base::LogLevel::Error, "database", {{"reason", found.error().text()}});
        return unavailable("The server cannot reach its database. Try again.", 2);
    }
    if (!*found) return video_not_found(id);
    const VideoRow& row = **found;
    auto made = std::make_shared<CachedVideo>();
    made->project_id = row.project_id;
    made->ended = row.status == "completed" || row.status == "failed";
    if (!made->ended) made->poll_after_ms = row.status == "queued" ? 2000 : 1000;
    made->json = std::make_shared<const std::string>(video_json(row).dump());
    made->read_at = std::chrono::steady_clock::now();
    board.put(id, made, ticket);
    return std::shared_ptr<const CachedVideo>(made);
}

void App::video_changed(const std::string& id) {
    board.forget(id);
    if (board.anybody_listens(id)) {
        if (auto now = cached_video(id); now.ok()) {
            if ((*now)->ended) {
                // Before the last word: the stream ends with the video's end.
                if (const auto row = video(id); row.ok() && *row && !(*row)->report.empty())
                    board.tell(id, "report", (*row)->report);
            }
            board.tell(id, "video", *(*now)->json);
            if ((*now)->ended) board.close_streams(id);
        } else if (now.error().status == 404) {
            board.tell(id, "deleted", "{}");
            board.close_streams(id);
        }
    }
    if (db->engine() == store::Engine::Postgres) db->wake("videos", id);
}

void App::wake_workers() { db->wake("jobs", ""); }

}  // namespace server
