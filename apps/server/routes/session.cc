// How a browser gets in without ever holding a key: a link that works once, then a cookie.
#include "apps/server/core/fields.h"
#include "apps/server/core/secrets.h"
#include "apps/server/routes/routes.h"
#include "apps/server/routes/submit.h"

namespace server {
namespace {

constexpr int64_t kSessionMs = int64_t{30} * 24 * 3'600'000;

std::string cookie_header(const http::RequestHead& head, const std::string& value,
                          int64_t seconds) {
    std::string cookie = std::string(kCookie) + "=" + value +
                         "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" + std::to_string(seconds);
    if (head.tls) cookie += "; Secure";
    return cookie;
}

base::Result<std::string> begin_session(App& app, const Caller& caller) {
    std::string cookie;
    TRY(app.db->transaction([&](store::Tx& tx) -> base::Status {
        cookie = TRY(create_session(tx, caller, kSessionMs));
        return {};
    }));
    return cookie;
}

// The page does the last step by a POST of its own: a link preview or a scanner that only reads the
// address must not use the link up.
constexpr const char* kLoginPage =
    "<!doctype html><html lang=en><meta charset=utf-8><title>Aozora</title>"
    "<meta name=viewport content='width=device-width'><meta name=referrer content=same-origin>"
    "<style>body{font:18px/1.5 system-ui;margin:15vh auto;max-width:30rem;padding:0 1rem;"
    "text-align:center;color-scheme:light dark}button{font:inherit;padding:.7rem 1.6rem;"
    "border-radius:2rem;border:0;background:#1769aa;color:#fff}</style>"
    "<h1>Aozora</h1><form method=post><button autofocus>Open Aozora in this "
    "browser</button></form>";

http::Response login_page(App&, http::Request&) {
    return http::text(200, kLoginPage, "text/html; charset=utf-8")
        .with("Cache-Control", "no-store");
}

http::Response login(App& app, http::Request& request) {
    const std::string* token = request.query.get("t");
    {
        const std::lock_guard guard(app.login_lock);
        if (!token || app.login_token_hash.empty() ||
            !same_secret(sha256_hex(*token), app.login_token_hash)) {
            return http::text(
                403,
                "This login link was used already or is not of this server's last "
                "start. Restart the server for a new one, or open / and paste a key.\n");
        }
        app.login_token_hash.clear();
    }
    const std::string cookie = TRY_OR_500(request, begin_session(app, app.first_caller));
    return http::redirect(303, "/")
        .with("Set-Cookie", cookie_header(request, cookie, kSessionMs / 1000))
        .with("Cache-Control", "no-store");
}

http::Response create(App& app, http::Request& request) {
    GET_OR_ANSWER(fields, Fields::read(request));
    GET_OR_ANSWER(key, fields.text("key", 500));
    if (!key) return to_response(missing_parameter("key"));
    const auto caller = TRY_OR_500(request, find_key(*app.db, sha256_hex(*key)));
    if (!caller) return to_response(unauthorised("Incorrect API key provided."));
    const std::string cookie = TRY_OR_500(request, begin_session(app, *caller));
    return http::text(204, "").with("Set-Cookie",
                                    cookie_header(request, cookie, kSessionMs / 1000));
}

http::Response remove(App& app, http::Request& request) {
    const std::string cookie(cookie_value(request, kCookie));
    if (!cookie.empty()) {
        TRY_OR_500(request, app.db->transaction([&](store::Tx& tx) {
            return end_session(tx, sha256_hex(cookie));
        }));
        app.keys.forget_all();
    }
    return http::text(204, "").with("Set-Cookie", cookie_header(request, "", 0));
}

http::Response show(App& app, http::Request& request, const Caller& caller) {
    base::Json models = base::Json::array();
    models.push_back(
        {{"id", "world-1"},
         {"name", "World 1"},
         {"sizes", {"1280x720", "720x1280", "1024x1024", "1920x1080", "1080x1920", "640x360"}},
         {"most_seconds", app.config.most_seconds},
         {"qualities", {"draft", "standard", "final"}},
         {"styles", {"realistic", "clay", "anime", "noir"}}});
    std::string name = "default";
    for (const Project& project : TRY_OR_500(request, list_projects(*app.db))) {
        if (project.id == caller.project_id) name = project.name;
    }
    const std::string* host = request.header("Host");
    const std::string base_url = !app.config.public_url.empty() ? app.config.public_url
                                 : host ? (request.tls ? "https://" : "http://") + *host
                                        : app.base_url;
    return http::json_text(
        200, base::Json({{"project", {{"id", caller.project_id}, {"name", name}}},
                         {"open", app.config.open},
                         {"base_url", base_url + "/v1"},
                         {"models", std::move(models)},
                         {"limits",
                          {{"most_seconds", app.config.most_seconds},
                           {"most_extended_seconds", app.config.most_extended_seconds},
                           {"most_upload_bytes", app.config.most_upload_bytes}}}})
                 .dump());
}

http::Route open_route(App& app, const char* method, const char* pattern,
                       http::Response (*handler)(App&, http::Request&)) {
    http::Route route;
    route.method = method;
    route.pattern = pattern;
    route.most_body_bytes = 64 << 10;
    route.handler = [&app, handler](http::Request& request) { return handler(app, request); };
    return route;
}

}  // namespace

void add_session_routes(http::Router& router, App& app) {
    router.add(open_route(app, "GET", "/login", login_page));
    router.add(open_route(app, "POST", "/login", login));
    router.add(open_route(app, "POST", "/api/session", create));
    router.add(open_route(app, "DELETE", "/api/session", remove));
    router.add(secured(app, "GET", "/api/session", "", show));
}

}  // namespace server
