// From checked videos to queued ones: moderation, limits, disk, idempotency and the commit.
#include <cmath>

#include "apps/server/core/event_log.h"
#include "apps/server/core/secrets.h"
#include "apps/server/routes/pictures.h"
#include "apps/server/routes/submit.h"
#include "base/text/text.h"

namespace server {
namespace {

double units_of(const App& app, const NewVideo& video) {
    const auto named = app.config.units.find(video.model);
    const auto by_default = app.config.units.find("default");
    const double weight = named != app.config.units.end()        ? named->second
                          : by_default != app.config.units.end() ? by_default->second
                                                                 : 1.0;
    double made = 0;
    if (video.payload.contains("seconds")) made = video.payload.at("seconds").get<double>();
    return weight * made;
}

std::optional<ApiError> refuse_when_full(App& app) {
    if (app.draining) return unavailable("The server is about to restart. Try again.", 5);
    const auto free = app.blobs->free_bytes();
    if (free.ok() && *free < app.config.low_disk_bytes) {
        return unavailable("The server is low on disk space and takes no new work.", 60);
    }
    const auto depth = app.queue->depth();
    if (!depth.ok()) return database_failed(depth.error());
    if (depth->queued >= app.config.most_waiting) {
        return unavailable("The queue is full. Try again later.", 30);
    }
    return std::nullopt;
}

}  // namespace

std::optional<ApiError> read_idempotency(const http::Request& request, Submission& submission) {
    const std::string* key = request.header("Idempotency-Key");
    if (!key) return std::nullopt;
    if (key->empty() || key->size() > 255 || !base::is_valid_utf8(*key)) {
        return bad_value("Idempotency-Key", "The Idempotency-Key must have 1 to 255 characters.");
    }
    submission.idempotency_key = *key;
    std::string asked = request.method + " " + request.path + "\n" + request.body;
    for (const http::FormPart& part : request.form) {
        asked += "\n" + part.name + "=" + part.value;
        if (part.file) asked += part.file->sha256();
    }
    submission.request_hash = sha256_hex(asked);
    return std::nullopt;
}

namespace {

// What a transaction decided beyond storing: kept outside so that a retry starts afresh.
struct Outcome {
    std::vector<std::string> ids;
    std::optional<ApiError> refused;
    bool repeated = false;
};

base::Status store_all(App& app, const Caller& caller, const Submission& submission,
                       const std::optional<studio::Refusal>& refusal, store::Tx& tx,
                       Outcome& outcome) {
    outcome = {};
    if (!submission.idempotency_key.empty()) {
        const store::Rows known = TRY(tx.query(
            "SELECT request_hash, response FROM idempotency WHERE project_id = ? AND key = ?",
            {caller.project_id, submission.idempotency_key}));
        if (!known.empty()) {
            if (known[0][0].text() != submission.request_hash) {
                outcome.refused = ApiError{
                    422,
                    "This Idempotency-Key was used for a different request. Use a new key for each "
                    "new request.",
                    "invalid_request_error", "Idempotency-Key", "idempotency_key_reused"};
                return {};
            }
            outcome.ids = base::split(known[0][1].text(), ',');
            outcome.repeated = true;
            return {};
        }
    }
    const auto count = static_cast<int64_t>(submission.videos.size());
    if (!refusal) {
        double units = 0;
        for (const NewVideo& video : submission.videos) units += units_of(app, video);
        // Locks the key's row, so the checks that follow hold until the commit.
        const auto spent = TRY(spend(tx, caller.key_id, static_cast<int64_t>(std::ceil(units)),
                                     caller.limits.units_per_day));
        if (!spent) {
            outcome.refused = too_many(
                "This key has used up its quota: " + std::to_string(*caller.limits.units_per_day) +
                    " units in 24 hours.",
                "insufficient_quota", 3600);
            return {};
        }
        if (caller.limits.concurrent_jobs) {
            const store::Rows running =
                TRY(tx.query("SELECT COUNT(*) FROM videos WHERE key_id = ? AND status = 'queued'",
                             {caller.key_id}));
            if (running[0][0].integer() + count > *caller.limits.concurrent_jobs) {
                outcome.refused = too_many("Too many running tasks: this key may have " +
                                               std::to_string(*caller.limits.concurrent_jobs) +
                                               " videos queued or in progress at once.",
                                           "too_many_running_tasks", 5);
                return {};
            }
        }
    }
    for (NewVideo video : submission.videos) {
        video.id = new_id("video_");
        video.project_id = caller.project_id;
        video.key_id = caller.key_id;
        video.priority = caller.priority;
        if (refusal) {
            TRY(create_blocked_video(tx, *app.queue, video,
                                     {"moderation_blocked", refusal->message}));
        } else {
            TRY(create_video(tx, *app.queue, video));
        }
        outcome.ids.push_back(video.id);
    }
    if (!submission.idempotency_key.empty()) {
        TRY(tx.execute(
            "INSERT INTO idempotency(project_id, key, request_hash, response, created_ms) "
            "VALUES (?, ?, ?, ?, {now})",
            {caller.project_id, submission.idempotency_key, submission.request_hash,
             base::join(outcome.ids, ",")}));
    }
    return {};
}

}  // namespace

Answer<std::vector<std::string>> submit(App& app, const Caller& caller, Submission submission) {
    if (auto error = refuse_when_full(app)) return *error;
    std::optional<studio::Refusal> refusal;
    for (const NewVideo& video : submission.videos) {
        if (!refusal) refusal = app.guard->check_prompt(video.prompt);
        if (video.payload.contains("storyboard")) {
            for (const base::Json& shot : video.payload.at("storyboard")) {
                if (!refusal)
                    refusal = app.guard->check_prompt(shot.at("prompt").get<std::string>());
            }
        }
        for (const NamedBlob& input : video.inputs) {
            if (!refusal) refusal = app.guard->check_input(input.blob.sha256);
        }
    }
    Outcome outcome;
    base::Status stored;
    // Two equal keys at once: the loser's INSERT fails; its second try finds the winner's answer.
    for (int attempt = 0; attempt < 2; ++attempt) {
        stored = app.db->transaction([&](store::Tx& tx) {
            return store_all(app, caller, submission, refusal, tx, outcome);
        });
        if (stored.ok() || submission.idempotency_key.empty()) break;
    }
    if (!stored.ok()) return database_failed(stored.error());
    if (outcome.refused) {
        if (outcome.refused->status == 429) ++app.metrics.rate_limited;
        return *outcome.refused;
    }
    if (!outcome.repeated) {
        app.metrics.videos_created += static_cast<int64_t>(outcome.ids.size());
        if (refusal) {
            app.metrics.videos_blocked += static_cast<int64_t>(outcome.ids.size());
            log_event(base::LogLevel::Info, "video_blocked",
                      {{"video", outcome.ids[0]}, {"category", refusal->category}});
        } else {
            for (const std::string& id : outcome.ids) {
                log_event(base::LogLevel::Info, "video_created",
                          {{"video", id},
                           {"project", caller.project_id},
                           {"key", caller.key_id},
                           {"task", submission.videos[0].task},
                           {"prompt", app.config.log_prompts ? submission.videos[0].prompt : "-"}});
            }
            app.wake_workers();
        }
    }
    return outcome.ids;
}

http::Response answer_videos(App& app, const std::vector<std::string>& ids) {
    auto video = app.cached_video(ids[0]);
    if (!video.ok()) return to_response(video.error());
    http::Response response;
    response.with("Content-Type", "application/json");
    response.body = (*video)->json;
    if ((*video)->poll_after_ms > 0)
        response.with("openai-poll-after-ms", std::to_string((*video)->poll_after_ms));
    if (ids.size() > 1) response.with("x-aozora-variations", base::join(ids, ","));
    return response;
}

}  // namespace server
