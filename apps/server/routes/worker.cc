// /internal/v1: how workers get jobs and give back films (docs/formats/job.md).
#include <algorithm>
#include <chrono>
#include <cmath>

#include "apps/server/core/endings.h"
#include "apps/server/core/event_log.h"
#include "apps/server/core/secrets.h"
#include "apps/server/routes/routes.h"
#include "apps/server/routes/worker_desk.h"
#include "base/text/text.h"

namespace server {
namespace {

constexpr int64_t kMostTraitsBytes = 64 << 10;
constexpr double kMostWaitS = 30;
// Between two heartbeats that reach the database; the ones between only move the progress.
constexpr auto kBeatEvery = std::chrono::seconds(2);

http::Response claim(Desk& desk, http::Request& request) {
    GET_OR_ANSWER(body, body_json(request));
    const std::string worker = text_of(body, "worker");
    if (worker.empty() || worker.size() > 200)
        return to_response(bad_value("worker", "A worker needs a name."));
    store::Capabilities can;
    if (body.contains("can") && body.at("can").is_object()) {
        const base::Json& told = body.at("can");
        const auto names = [&](const char* key, std::vector<std::string>& out) {
            if (!told.contains(key) || !told.at(key).is_array()) return;
            for (const base::Json& item : told.at(key)) {
                if (item.is_string()) out.push_back(item.get<std::string>());
            }
        };
        names("engines", can.engines);
        names("models", can.models);
        desk.app.models.announce(can.models);
        if (told.contains("max_pixels") && told.at("max_pixels").is_number_integer())
            can.max_pixels = told.at("max_pixels").get<int64_t>();
    }
    double wait_s = 0;
    if (body.contains("wait_s") && body.at("wait_s").is_number())
        wait_s = std::clamp(body.at("wait_s").get<double>(), 0.0, kMostWaitS);
    return desk.claims.ask(worker, can, wait_s);
}

http::Response heartbeat(Desk& desk, http::Request& request) {
    App& app = desk.app;
    GET_OR_ANSWER(body, body_json(request));
    const int64_t job = job_id(request);
    const int attempt = attempt_of(body);
    const auto number = [&](const char* name, int64_t by_default) {
        return body.contains(name) && body.at(name).is_number() ? body.at(name).get<int64_t>()
                                                                : by_default;
    };
    Live live;
    live.attempt = attempt;
    live.progress = static_cast<int>(std::clamp<int64_t>(number("progress", 0), 0, 99));
    live.stage = text_of(body, "stage").substr(0, 40);
    live.frame = number("frame", 0);
    live.frames = number("frames", 0);
    std::optional<std::string> checkpoint;
    if (body.contains("checkpoint") && !body.at("checkpoint").is_null())
        checkpoint = body.at("checkpoint").dump();

    Beats::Seen seen = desk.beats.get(job);
    const auto now = std::chrono::steady_clock::now();
    const bool cancel_asked = seen.video_known && app.board.cancel_asked(seen.video_id);
    const char* state = "go";
    if (seen.attempt != attempt || checkpoint || cancel_asked || now - seen.stored > kBeatEvery) {
        const store::Beat beat = TRY_OR_500(
            request, app.queue->heartbeat(job, attempt, live.progress, live.stage, checkpoint));
        if (beat == store::Beat::Lost) {
            ++app.metrics.jobs_lost;
            state = "lost";
        } else if (beat == store::Beat::Cancel) {
            state = "cancel";
        }
        if (beat != store::Beat::Lost) {
            seen.attempt = attempt;
            seen.stored = now;
            if (!seen.video_known) {
                const auto video = TRY_OR_500(request, find_video_of_job(*app.db, job));
                seen.video_known = true;
                if (video) seen.video_id = video->id;
            }
            desk.beats.put(job, seen);
        }
    }
    if (std::string_view(state) == "go" && !seen.video_id.empty() &&
        app.board.set_live(seen.video_id, live)) {
        app.board.tell(seen.video_id, "progress", progress_json(seen.video_id, live).dump());
        if (app.db->engine() == store::Engine::Postgres) app.db->wake("videos", seen.video_id);
    }
    return http::json_text(200,
                           base::Json({{"state", state}, {"lease_s", app.config.lease_s}}).dump());
}

http::Response put_preview(Desk& desk, http::Request& request) {
    Beats::Seen seen = desk.beats.get(job_id(request));
    if (seen.attempt != attempt_of_query(request) || seen.video_id.empty()) {
        return http::text(204, "");  // before the first heartbeat: nobody could see it yet
    }
    desk.app.board.set_preview(seen.video_id, std::move(request.body));
    if (const auto preview = desk.app.board.preview(seen.video_id)) {
        desk.app.board.tell(seen.video_id, "preview",
                            base::Json({{"url", "/v1/videos/" + seen.video_id + "/preview?n=" +
                                                    std::to_string(preview->number)}})
                                .dump());
    }
    return http::text(204, "");
}

http::Response complete(Desk& desk, http::Request& request) {
    App& app = desk.app;
    GET_OR_ANSWER(body, body_json(request));
    const int64_t job = job_id(request);
    Made made;
    std::string traits;
    if (body.contains("outputs") && body.at("outputs").is_object()) {
        for (const auto& [name, value] : body.at("outputs").items()) {
            if (!value.is_string())
                return to_response(bad_value("outputs." + name, "expected a hash"));
            const std::string sha256 = value.get<std::string>();
            const auto bytes = TRY_OR_500(request, app.blobs->size(sha256));
            if (!bytes) {
                return to_response(
                    bad_value("outputs." + name, "this output was not uploaded", "missing_output"));
            }
            if (name == "traits") {
                traits = TRY_OR_500(request, app.blobs->read(sha256, {}, kMostTraitsBytes));
            } else {
                made.outputs.push_back({name, {sha256, *bytes}});
            }
        }
    }
    double seconds = 0;
    if (body.contains("result") && body.at("result").is_object()) {
        const base::Json& result = body.at("result");
        if (result.contains("seconds") && result.at("seconds").is_number()) {
            seconds = result.at("seconds").get<double>();
            std::string text = std::to_string(std::round(seconds * 1000) / 1000);
            text.erase(text.find_last_not_of('0') + 1);
            if (text.back() == '.') text.pop_back();
            made.seconds = text;
        }
        if (result.contains("width_px") && result.contains("height_px")) {
            made.size = std::to_string(result.at("width_px").get<int>()) + "x" +
                        std::to_string(result.at("height_px").get<int>());
        }
        base::Json report = {{"understood", base::Json::array()},
                             {"replaced", base::Json::array()},
                             {"left_out", base::Json::array()}};
        for (const char* key : {"understood", "replaced", "left_out"}) {
            if (result.contains(key) && result.at(key).is_array()) report[key] = result.at(key);
        }
        made.report = report.dump();
    }
    bool ended = false;
    const int attempt = attempt_of(body);
    TRY_OR_500(request, app.db->transaction([&](store::Tx& tx) -> base::Status {
        ended = TRY(app.queue->finish(tx, job, attempt, store::JobState::Completed,
                                      body.value("result", base::Json::object()).dump()));
        if (ended) TRY(end_completed(app, tx, job, made, traits));
        return {};
    }));
    desk.forget(job);
    if (!ended) {
        ++app.metrics.jobs_lost;
        return to_response(lost());
    }
    ++app.metrics.videos_completed;
    app.metrics.film_ms += static_cast<int64_t>(seconds * 1000);
    log_event(base::LogLevel::Info, "job_completed", {{"job", job}, {"attempt", attempt}});
    return http::json_text(200, "{}");
}

http::Response fail(Desk& desk, http::Request& request) {
    App& app = desk.app;
    GET_OR_ANSWER(body, body_json(request));
    const int64_t job = job_id(request);
    const int attempt = attempt_of(body);
    store::JobError error{text_of(body, "code"), text_of(body, "message")};
    if (error.code.empty()) error.code = "generation_failed";
    if (error.message.empty()) error.message = "The video could not be made.";
    const auto failure = text_of(body, "class") == "retryable" ? store::FailureClass::Retryable
                                                               : store::FailureClass::Permanent;
    const store::Failed did = TRY_OR_500(
        request, app.queue->fail(job, attempt, failure, error,
                                 [&](store::Tx& tx) { return end_failed(app, tx, job, error); }));
    desk.forget(job);
    log_event(base::LogLevel::Warning, "job_failed",
              {{"job", job},
               {"attempt", attempt},
               {"code", error.code},
               {"message", error.message},
               {"again", did == store::Failed::Queued ? 1 : 0}});
    if (did == store::Failed::Lost) {
        ++app.metrics.jobs_lost;
        return to_response(lost());
    }
    if (did == store::Failed::Ended) ++app.metrics.videos_failed;
    else ++app.metrics.job_retries;
    return http::json_text(200, "{}");
}

http::Response cancelled(Desk& desk, http::Request& request) {
    App& app = desk.app;
    GET_OR_ANSWER(body, body_json(request));
    const int64_t job = job_id(request);
    bool ended = false;
    TRY_OR_500(request, app.db->transaction([&](store::Tx& tx) -> base::Status {
        const store::JobError error{"cancelled", "The video was cancelled."};
        ended = TRY(
            app.queue->finish(tx, job, attempt_of(body), store::JobState::Cancelled, "", error));
        if (ended) TRY(end_failed(app, tx, job, error));
        return {};
    }));
    desk.forget(job);
    return ended ? http::json_text(200, "{}") : to_response(lost());
}

http::Response release(Desk& desk, http::Request& request) {
    GET_OR_ANSWER(body, body_json(request));
    const int64_t job = job_id(request);
    const bool released = TRY_OR_500(request, desk.app.queue->release(job, attempt_of(body)));
    desk.forget(job);
    if (!released) return to_response(lost());
    if (const auto video = find_video_of_job(*desk.app.db, job); video.ok() && *video)
        desk.app.video_changed((*video)->id);
    desk.app.wake_workers();
    return http::json_text(200, "{}");
}

}  // namespace

void add_worker_routes(http::Router& router, App& app) {
    auto desk = std::make_shared<Desk>(app);
    // A wake may come on a thread of the database: the pool does the work.
    desk->listener = app.db->listen("jobs", [weak = std::weak_ptr<Desk>(desk)](const std::string&) {
        const auto alive = weak.lock();
        if (!alive || !alive->app.http) return;
        alive->app.http->post([alive] { alive->claims.serve_waiting(); });
    });
    using Work = http::Response (*)(Desk&, http::Request&);
    const auto add = [&](const char* method, const char* pattern, Work work, int64_t most_body,
                         bool to_file) {
        http::Route route;
        route.method = method;
        route.pattern = pattern;
        route.most_body_bytes = most_body;
        route.body_to_file = to_file;
        route.gate = [&app](http::RequestHead& head) -> std::optional<http::Response> {
            const std::string_view token = bearer(head);
            if (!token.empty() && same_secret(sha256_hex(token), app.worker_token_hash))
                return std::nullopt;
            ++app.metrics.unauthorised;
            return to_response(unauthorised("This address is for workers with a worker token."));
        };
        route.handler = [desk, work](http::Request& request) { return work(*desk, request); };
        router.add(std::move(route));
    };
    constexpr int64_t kSmall = 1 << 20, kOutput = int64_t{64} << 30;
    add("POST", "/internal/v1/jobs/claim", claim, kSmall, false);
    add("POST", "/internal/v1/jobs/{job_id}/heartbeat", heartbeat, 8 << 20, false);
    add("GET", "/internal/v1/jobs/{job_id}/inputs/{name}", get_input, 0, false);
    add("PUT", "/internal/v1/jobs/{job_id}/preview", put_preview, 512 << 10, false);
    add("PUT", "/internal/v1/jobs/{job_id}/parts/{name}", put_part, kOutput, true);
    add("PUT", "/internal/v1/jobs/{job_id}/outputs/{name}", put_output, kOutput, true);
    add("POST", "/internal/v1/jobs/{job_id}/uploads", ask_upload, kSmall, false);
    add("POST", "/internal/v1/jobs/{job_id}/uploads/{upload}", take_upload, kSmall, false);
    add("POST", "/internal/v1/jobs/{job_id}/complete", complete, kSmall * 8, false);
    add("POST", "/internal/v1/jobs/{job_id}/fail", fail, kSmall, false);
    add("POST", "/internal/v1/jobs/{job_id}/cancelled", cancelled, kSmall, false);
    add("POST", "/internal/v1/jobs/{job_id}/release", release, kSmall, false);
}

}  // namespace server
