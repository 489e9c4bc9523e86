#include "apps/server/core/fields.h"
#include "apps/server/routes/paging.h"
#include "apps/server/routes/routes.h"
#include "apps/server/routes/submit.h"

namespace server {
namespace {

http::Response create(App& app, http::Request& request, const Caller& caller) {
    GET_OR_ANSWER(fields, Fields::read(request));
    Submission submission;
    if (auto error = read_idempotency(request, submission)) return to_response(*error);
    GET_OR_ANSWER(videos, read_create(app, fields, caller));
    if (const auto unknown = fields.unknown()) return to_response(*unknown);
    submission.videos = std::move(videos);
    GET_OR_ANSWER(ids, submit(app, caller, std::move(submission)));
    return answer_videos(app, ids);
}

http::Response list(App& app, http::Request& request, const Caller& caller) {
    GET_OR_ANSWER(paging, read_paging(request));
    std::optional<int64_t> after;
    if (!paging.after.empty()) {
        after = TRY_OR_500(request, video_place(*app.db, caller.project_id, paging.after));
        if (!after) {
            return to_response(
                bad_value("after", "There is no video '" + paging.after + "' to list after."));
        }
    }
    const Page page = TRY_OR_500(
        request, list_videos(*app.db, caller.project_id, after, paging.limit, paging.ascending));
    std::vector<base::Json> data;
    for (VideoRow video : page.rows) {
        if (video.status == "in_progress") {
            if (const auto live = app.board.live(video.id))
                video.progress = std::max(video.progress, std::min(live->progress, 99));
        }
        data.push_back(video_json(video));
    }
    return list_response(data, page.has_more);
}

http::Response video_response(const CachedVideo& video) {
    http::Response response;
    response.headers.reserve(4);
    response.with("Content-Type", "application/json");
    if (video.poll_after_ms > 0)
        response.with("openai-poll-after-ms", std::to_string(video.poll_after_ms));
    response.body = video.json;
    return response;
}

http::Response retrieve(App& app, http::Request& request, const Caller& caller) {
    const std::string id(request.param("video_id"));
    GET_OR_ANSWER(video, app.cached_video(id));
    if (video->project_id != caller.project_id) return to_response(video_not_found(id));
    return video_response(*video);
}

// Polls are most of what a server hears: answered from memory on the I/O thread.
std::optional<http::Response> retrieve_fast(App& app, const http::RequestHead& head) {
    const auto caller = known_caller(app, head);
    if (!caller || (*caller)->limits.requests_per_minute || !(*caller)->may("videos:read"))
        return std::nullopt;
    const auto video = app.board.cached_at_once(std::string(head.param("video_id")));
    if (!video || video->project_id != (*caller)->project_id) return std::nullopt;
    return video_response(*video);
}

http::Response remove(App& app, http::Request& request, const Caller& caller) {
    const std::string id(request.param("video_id"));
    bool found = false;
    TRY_OR_500(request, app.db->transaction([&](store::Tx& tx) -> base::Status {
        found = TRY(delete_video(tx, *app.queue, id, caller.project_id));
        return {};
    }));
    if (!found) return to_response(video_not_found(id));
    app.board.ask_cancel(id);
    app.video_changed(id);
    return http::json_text(
        200, base::Json({{"id", id}, {"object", "video.deleted"}, {"deleted", true}}).dump());
}

http::Response cancel(App& app, http::Request& request, const Caller& caller) {
    const std::string id(request.param("video_id"));
    const auto video = TRY_OR_500(request, app.video(id));
    if (!video || video->project_id != caller.project_id) return to_response(video_not_found(id));
    bool cancelled = false;
    TRY_OR_500(request, app.db->transaction([&](store::Tx& tx) -> base::Status {
        cancelled = TRY(cancel_video(tx, *app.queue, *video));
        return {};
    }));
    if (!cancelled) {
        return to_response(bad_value("",
                                     "Video '" + id + "' has already ended (" + video->status +
                                         "); there is nothing to cancel.",
                                     "video_already_ended"));
    }
    ++app.metrics.videos_cancelled;
    app.board.ask_cancel(id);
    app.video_changed(id);
    return answer_videos(app, {id});
}

}  // namespace

void add_video_routes(http::Router& router, App& app) {
    // A data URL in a form field may be as long as OpenAI allows.
    const RouteOptions upload = {app.config.most_upload_bytes, 24 << 20, 32 << 20};
    router.add(secured(app, "POST", "/v1/videos", "videos:write", create, upload));
    router.add(secured(app, "GET", "/v1/videos", "videos:read", list));
    http::Route poll = secured(app, "GET", "/v1/videos/{video_id}", "videos:read", retrieve);
    poll.fast = [&app](const http::RequestHead& head) { return retrieve_fast(app, head); };
    router.add(std::move(poll));
    router.add(secured(app, "DELETE", "/v1/videos/{video_id}", "videos:write", remove));
    router.add(secured(app, "POST", "/v1/videos/{video_id}/cancel", "videos:write", cancel));
}

}  // namespace server
