// Health, metrics, the description of the API, and the page.
#include "apps/server/openapi.h"
#include "apps/server/routes/routes.h"
#include "apps/web/files.h"
#include "base/text/text.h"

namespace server {
namespace {

http::Route plain(const char* pattern, http::Handler handler) {
    http::Route route;
    route.method = "GET";
    route.pattern = pattern;
    route.handler = std::move(handler);
    return route;
}

http::Response live(http::Request&) { return http::json_text(200, "{\"status\":\"ok\"}"); }

http::Response ready(App& app) {
    std::string why;
    if (app.draining) why = "draining";
    else if (!app.db->ping().ok()) why = "database";
    else if (const auto free = app.blobs->free_bytes();
             free.ok() && *free < app.config.low_disk_bytes)
        why = "low_disk";
    if (why.empty()) return http::json_text(200, "{\"status\":\"ready\"}");
    return http::json_text(503, base::Json({{"status", "not_ready"}, {"reason", why}}).dump());
}

http::Response metrics(App& app) {
    std::vector<Metrics::Gauge> gauges;
    if (const auto depth = app.queue->depth(); depth.ok()) {
        gauges.push_back({"aozora_queue_waiting", "Jobs that wait.", double(depth->queued)});
        gauges.push_back({"aozora_queue_leased", "Jobs being worked on.", double(depth->leased)});
        gauges.push_back({"aozora_queue_oldest_seconds", "Age of the oldest waiting job.",
                          double(depth->oldest_ms) / 1000});
    }
    if (app.http) {
        const auto counts = app.http->counts();
        gauges.push_back({"aozora_connections", "Open connections.", double(counts.connections)});
        gauges.push_back({"aozora_event_streams", "Open streams of server-sent events.",
                          double(counts.event_streams)});
        gauges.push_back({"aozora_requests_in_flight", "Requests being answered.",
                          double(counts.requests_in_flight)});
    }
    if (const auto free = app.blobs->free_bytes(); free.ok() && *free < INT64_MAX)
        gauges.push_back({"aozora_disk_free_bytes", "Free space beside the blobs.", double(*free)});
    return http::text(200, app.metrics.text(gauges), "text/plain; version=0.0.4; charset=utf-8");
}

http::Response page_file(const http::Request& request, const apps::WebFile& file) {
    http::Response response;
    response.with("Content-Type", std::string(file.type))
        .with("Cache-Control", file.immutable ? "public, max-age=31536000, immutable" : "no-cache")
        .with("ETag", '"' + std::string(file.etag) + '"')
        .with("Vary", "Accept-Encoding")
        .with("X-Content-Type-Options", "nosniff")
        .with("Referrer-Policy", "no-referrer")
        .with("Content-Security-Policy", std::string(apps::kWebContentSecurityPolicy));
    const std::string* known = request.header("If-None-Match");
    if (known && known->find(file.etag) != std::string::npos) {
        response.status = 304;
        return response;
    }
    const std::string* accepted = request.header("Accept-Encoding");
    if (!file.bytes_gzip.empty() && accepted && accepted->find("gzip") != std::string::npos) {
        response.with("Content-Encoding", "gzip");
        response.body = std::string(file.bytes_gzip);
    } else {
        response.body = std::string(file.bytes);
    }
    return response;
}

http::Response page(http::Request& request) {
    const apps::WebFile* index = nullptr;
    for (const apps::WebFile& file : apps::web_files()) {
        if (file.path == request.path) return page_file(request, file);
        if (file.path == "/index.html") index = &file;
    }
    // Addresses of the page's own views; anything else is unknown.
    if (index && (request.path == "/" || base::starts_with(request.path, "/v/")))
        return page_file(request, *index);
    return to_response({404,
                        "Unknown request URL: " + request.method + " " + request.path +
                            ". The API lives under /v1; /openapi.json describes it.",
                        "invalid_request_error", "", "unknown_url"});
}

}  // namespace

void add_system_routes(http::Router& router, App& app) {
    router.add(plain("/livez", live));
    router.add(plain("/readyz", [&app](http::Request&) { return ready(app); }));
    router.add(plain("/metrics", [&app](http::Request&) { return metrics(app); }));
    router.add(plain("/openapi.json", [](http::Request&) {
        return http::json_text(200, std::string(openapi_document()));
    }));
    router.add(plain("/", page));
    router.add(plain("/{rest*}", page));
}

http::Router all_routes(App& app) {
    http::Router router;
    add_video_routes(router, app);
    add_derive_routes(router, app);
    add_content_routes(router, app);
    add_character_routes(router, app);
    add_file_routes(router, app);
    add_batch_routes(router, app);
    add_model_routes(router, app);
    add_webhook_routes(router, app);
    add_admin_routes(router, app);
    add_session_routes(router, app);
    add_worker_routes(router, app);
    add_system_routes(router, app);
    return router;
}

}  // namespace server
