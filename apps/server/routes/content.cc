// What a video holds: its bytes, its words, its record, and what happens while it is made.
#include <ctime>

#include "apps/server/core/secrets.h"
#include "apps/server/routes/routes.h"
#include "base/text/text.h"

namespace server {
namespace {

constexpr int64_t kMostTextBytes = 256 << 20;
constexpr int kMediaSeconds = 3600;

struct Variant {
    const char* role;
    const char* type;
    const char* ending;
};

const Variant* variant_named(std::string_view name) {
    static constexpr Variant kVariants[] = {{"video", "video/mp4", "mp4"},
                                            {"thumbnail", "image/webp", "webp"},
                                            {"spritesheet", "image/jpeg", "jpg"}};
    for (const Variant& variant : kVariants) {
        if (name == variant.role) return &variant;
    }
    return nullptr;
}

Answer<VideoRow> own_video(App& app, const std::string& id, int64_t project_id) {
    const auto found = app.video(id);
    if (!found.ok()) return unavailable("The server's database did not answer. Try again.", 2);
    if (!*found || (*found)->project_id != project_id) return video_not_found(id);
    return **found;
}

std::optional<ApiError> refuse_unready(const VideoRow& video) {
    if (video.status == "failed") {
        return ApiError{404, "Video '" + video.id + "' failed and has no content.",
                        "invalid_request_error", "", "video_failed"};
    }
    if (video.status != "completed") {
        return ApiError{404,
                        "Video is not ready yet, use GET /v1/videos/{video_id} to check status.",
                        "invalid_request_error", "", "video_not_ready"};
    }
    if (video.content_gone_ms) {
        return ApiError{404, "The content of video '" + video.id + "' has expired.",
                        "invalid_request_error", "", "content_expired"};
    }
    return std::nullopt;
}

http::Response send_blob(App& app, const http::RequestHead& head, const VideoRow& video,
                         const Variant& variant, bool private_cache) {
    const auto blob = TRY_OR_500(head, store::find_ref(*app.db, "video:" + video.id, variant.role));
    if (!blob) {
        return to_response({404, "Video '" + video.id + "' has no " + variant.role + ".",
                            "invalid_request_error", "variant", "not_available"});
    }
    if (const auto path = app.blobs->local_path(blob->sha256)) {
        http::Response response;
        response.with("Content-Type", variant.type)
            .with("Content-Disposition",
                  "inline; filename=\"" + video.id + "." + variant.ending + "\"")
            .with("Cache-Control", private_cache ? "private, max-age=3600" : "private, no-cache")
            .with("X-Content-Type-Options", "nosniff");
        response.body = http::FileBody{*path, blob->sha256};
        return response;
    }
    if (const auto url = app.blobs->presigned_get(blob->sha256, 900, variant.type))
        return http::redirect(302, *url).with("Cache-Control", "no-store");
    return internal_error(head, base::failed("a blob store without paths and addresses"));
}

http::Response content(App& app, http::Request& request, const Caller& caller) {
    const std::string* name = request.query.get("variant");
    const Variant* variant = variant_named(name ? *name : "video");
    if (!variant) {
        return to_response(bad_value("variant", "Invalid value: '" + *name +
                                                    "'. Supported values are: 'video', "
                                                    "'thumbnail', and 'spritesheet'."));
    }
    GET_OR_ANSWER(video, own_video(app, std::string(request.param("video_id")), caller.project_id));
    if (const auto error = refuse_unready(video)) return to_response(*error);
    return send_blob(app, request, video, *variant, false);
}

// The text outputs of our own engine.
Secured text_output(const char* role, const char* type) {
    return [role, type](App& app, http::Request& request, const Caller& caller) -> http::Response {
        GET_OR_ANSWER(video,
                      own_video(app, std::string(request.param("video_id")), caller.project_id));
        if (const auto error = refuse_unready(video)) return to_response(*error);
        const auto blob = TRY_OR_500(request, store::find_ref(*app.db, "video:" + video.id, role));
        if (!blob) {
            return to_response({404,
                                "Video '" + video.id + "' has no " + role +
                                    ": it was not made by a simulated world.",
                                "invalid_request_error", "", "not_available"});
        }
        if (const auto path = app.blobs->local_path(blob->sha256)) {
            http::Response response;
            response.with("Content-Type", type);
            response.body = http::FileBody{*path, blob->sha256};
            return response;
        }
        const std::string bytes =
            TRY_OR_500(request, app.blobs->read(blob->sha256, {}, kMostTextBytes));
        return http::text(200, bytes, type);
    };
}

http::Response report(App& app, http::Request& request, const Caller& caller) {
    GET_OR_ANSWER(video, own_video(app, std::string(request.param("video_id")), caller.project_id));
    if (video.report.empty()) {
        return to_response({404, "Video '" + video.id + "' has no report yet.",
                            "invalid_request_error", "", "not_available"});
    }
    return http::json_text(200, video.report);
}

http::Response preview(App& app, http::Request& request, const Caller& caller) {
    GET_OR_ANSWER(video, own_video(app, std::string(request.param("video_id")), caller.project_id));
    const auto picture = app.board.preview(video.id);
    if (!picture) {
        return to_response({404, "Video '" + video.id + "' has no preview now.",
                            "invalid_request_error", "", "not_available"});
    }
    http::Response response;
    response.with("Content-Type", "image/jpeg").with("Cache-Control", "no-store");
    response.body = picture->jpeg;
    return response;
}

http::Response events(App& app, http::Request& request, const Caller& caller) {
    const std::string id(request.param("video_id"));
    GET_OR_ANSWER(before, own_video(app, id, caller.project_id));
    (void)before;
    auto stream = http::EventStream::create();
    // Listen first, look afterwards: a change in between is told twice, never missed.
    app.board.listen(id, stream);
    GET_OR_ANSWER(video, own_video(app, id, caller.project_id));
    stream->send("video", video_json(video).dump());
    if (!video.report.empty()) stream->send("report", video.report);
    if (const auto live = app.board.live(id); live && video.status == "in_progress")
        stream->send("progress", progress_json(id, *live).dump());
    if (const auto picture = app.board.preview(id)) {
        stream->send("preview", base::Json({{"url", "/v1/videos/" + id + "/preview?n=" +
                                                        std::to_string(picture->number)}})
                                    .dump());
    }
    if (video.status == "completed" || video.status == "failed") stream->close();
    http::Response response;
    response.with("Content-Type", "text/event-stream")
        .with("Cache-Control", "no-store")
        .with("X-Accel-Buffering", "no");  // nginx: do not hold events back
    response.body = stream;
    return response;
}

// Short addresses for <video> and <img>, which cannot send a key.
std::string media_signature(const App& app, const std::string& id, std::string_view role,
                            int64_t expires_s) {
    return base64url(hmac_sha256(app.media_secret,
                                 id + "/" + std::string(role) + "/" + std::to_string(expires_s)));
}

http::Response media_addresses(App& app, http::Request& request, const Caller& caller) {
    GET_OR_ANSWER(video, own_video(app, std::string(request.param("video_id")), caller.project_id));
    if (const auto error = refuse_unready(video)) return to_response(*error);
    // Whole half hours, so that a page that asks again gets the same address and its cache holds.
    const int64_t expires = (std::time(nullptr) / 1800 + 1) * 1800 + kMediaSeconds;
    base::Json answer = {{"expires_at", expires}};
    for (const char* role : {"video", "thumbnail", "spritesheet"}) {
        answer[role] = "/media/" + video.id + "/" + role + "?e=" + std::to_string(expires) +
                       "&s=" + media_signature(app, video.id, role, expires);
    }
    return http::json_text(200, answer.dump());
}

http::Response media(App& app, http::Request& request) {
    const std::string id(request.param("video_id"));
    const Variant* variant = variant_named(request.param("variant"));
    const std::string* expires = request.query.get("e");
    const std::string* signature = request.query.get("s");
    const int64_t until = expires ? std::atoll(expires->c_str()) : 0;
    if (!variant || !signature || until < std::time(nullptr) ||
        !same_secret(*signature, media_signature(app, id, variant->role, until))) {
        return to_response({403, "This address has expired. Ask GET /api/videos/{id}/media again.",
                            "invalid_request_error", "", "expired_address"});
    }
    const auto video = TRY_OR_500(request, app.video(id));
    if (!video) return to_response(video_not_found(id));
    if (const auto error = refuse_unready(*video)) return to_response(*error);
    return send_blob(app, request, *video, *variant, true);
}

}  // namespace

void add_content_routes(http::Router& router, App& app) {
    router.add(secured(app, "GET", "/v1/videos/{video_id}/content", "videos:read", content));
    router.add(secured(app, "GET", "/v1/videos/{video_id}/record", "videos:read",
                       text_output("record", "application/json")));
    router.add(secured(app, "GET", "/v1/videos/{video_id}/shots", "videos:read",
                       text_output("shots", "application/json")));
    router.add(secured(app, "GET", "/v1/videos/{video_id}/screenplay", "videos:read",
                       text_output("screenplay", "text/plain; charset=utf-8")));
    router.add(secured(app, "GET", "/v1/videos/{video_id}/report", "videos:read", report));
    router.add(secured(app, "GET", "/v1/videos/{video_id}/preview", "videos:read", preview));
    router.add(secured(app, "GET", "/v1/videos/{video_id}/events", "videos:read", events));
    router.add(secured(app, "GET", "/api/videos/{video_id}/media", "videos:read", media_addresses));
    http::Route signed_media;
    signed_media.method = "GET";
    signed_media.pattern = "/media/{video_id}/{variant}";
    signed_media.handler = [&app](http::Request& request) { return media(app, request); };
    router.add(std::move(signed_media));
}

}  // namespace server
