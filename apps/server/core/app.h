// All that a running server holds, handed to every route. Built by serve.cc, outlives the http
// server.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "apps/server/archive/keys.h"
#include "apps/server/archive/videos.h"
#include "apps/server/core/api_error.h"
#include "apps/server/core/board.h"
#include "apps/server/core/config.h"
#include "apps/server/core/key_ring.h"
#include "apps/server/core/metrics.h"
#include "apps/server/core/model_board.h"
#include "apps/server/core/origin.h"
#include "apps/server/http/router.h"
#include "apps/server/http/server.h"
#include "store/blobs/blobs.h"
#include "store/queue/queue.h"
#include "store/sql/db.h"
#include "studio/guard/guard.h"

namespace server {

struct App {
    Config config;
    std::unique_ptr<store::Db> db;
    std::unique_ptr<store::BlobStore> blobs;
    std::unique_ptr<store::Queue> queue;
    std::unique_ptr<studio::Guard> guard;
    Board board;
    KeyRing keys;
    RateLimiter rates;
    Metrics metrics;
    ModelBoard models;
    OriginRules origins;
    std::string media_secret;  // signs short addresses of media
    std::string worker_token_hash;
    std::string base_url;          // "http://127.0.0.1:8080"
    Caller first_caller;           // whom --open and the login link stand for
    std::string login_token_hash;  // of the link that was printed; "" = used
    std::mutex login_lock;
    std::atomic<bool> draining{false};
    http::Server* http = nullptr;  // set once it runs

    // After a change of a video: forgets what was cached, tells listeners here and other servers.
    void video_changed(const std::string& id);
    // Reads a video with what is known live; nullopt: none.
    base::Result<std::optional<VideoRow>> video(const std::string& id);
    // What an ended or running video looks like on the wire, through the cache.
    Answer<std::shared_ptr<const CachedVideo>> cached_video(const std::string& id);
    void wake_workers();
};

// The caller of a request, without counting it. An ApiError when there is none.
Answer<std::shared_ptr<const Caller>> authenticate(App& app, const http::RequestHead& head);
// Only from memory: nullopt where the database must be asked.
std::optional<std::shared_ptr<const Caller>> known_caller(App& app, const http::RequestHead& head);
// "Bearer X" of the Authorization header; "" = none.
std::string_view bearer(const http::RequestHead& head);
std::string_view cookie_value(const http::RequestHead& head, std::string_view name);
constexpr const char* kCookie = "aozora_session";

using Secured = std::function<http::Response(App&, http::Request&, const Caller&)>;

struct RouteOptions {
    int64_t most_body_bytes = 1 << 20;
    int64_t most_field_bytes = 256 << 10;
    int64_t most_memory_bytes = 8 << 20;  // of what is no file
};

// A route that needs a caller with `scope` ("" = any caller): checked, and counted against the
// rate, before the body is read.
http::Route secured(App& app, const char* method, const char* pattern, const char* scope,
                    Secured handler, RouteOptions options = {});

// Logs the reason under the request's id and answers 500 without it.
http::Response internal_error(const http::RequestHead& head, const base::Error& error);

}  // namespace server

// TRY for handlers: the value, or a 500 whose reason is in the log.
#define TRY_OR_500(request, ...)                                                              \
    __extension__({                                                                           \
        auto try_result_ = (__VA_ARGS__);                                                     \
        if (!try_result_.ok()) return ::server::internal_error(request, try_result_.error()); \
        std::move(try_result_).value();                                                       \
    })
