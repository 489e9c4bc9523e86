#include "apps/server/core/claims.h"

#include "apps/server/core/event_log.h"
#include "base/text/text.h"

namespace server {

base::Result<std::optional<http::Response>> Claims::try_claim(const std::string& worker,
                                                              const store::Capabilities& can,
                                                              store::Lease* claimed) {
    if (app_.draining) return std::optional<http::Response>();
    const auto lease = TRY(app_.queue->claim(worker, can));
    if (!lease) return std::optional<http::Response>();
    *claimed = *lease;
    const base::Json stored = TRY(base::parse_json(lease->payload, "job"));
    const store::Rows parts =
        TRY(app_.db->read("SELECT role FROM blob_refs WHERE owner = ? ORDER BY role",
                          {"job:" + std::to_string(lease->id)}));
    base::Json part_names = base::Json::array();
    for (const store::Row& row : parts) {
        if (base::starts_with(row[0].text(), "part:"))
            part_names.push_back(row[0].text().substr(5));
    }
    base::Json inputs = base::Json::array();
    for (const base::Json& input : stored.value("inputs", base::Json::array())) {
        base::Json one = input;
        // A worker of a fleet fetches from the store itself where that is possible.
        if (const auto url = app_.blobs->presigned_get(input.at("sha256").get<std::string>(), 3600,
                                                       "application/octet-stream"))
            one["url"] = *url;
        inputs.push_back(std::move(one));
    }
    base::Json checkpoint = nullptr;
    if (!lease->checkpoint.empty())
        checkpoint = TRY(base::parse_json(lease->checkpoint, "checkpoint"));
    const base::Json body = {{"job",
                              {{"id", lease->id},
                               {"attempt", lease->attempt},
                               {"kind", lease->kind},
                               {"payload", stored.value("payload", base::Json::object())},
                               {"checkpoint", std::move(checkpoint)},
                               {"inputs", std::move(inputs)},
                               {"parts", std::move(part_names)}}},
                             {"lease_s", app_.config.lease_s},
                             {"heartbeat_s", std::min(10.0, app_.config.lease_s / 4)}};
    log_event(base::LogLevel::Info, "job_started",
              {{"job", lease->id}, {"attempt", lease->attempt}, {"worker", worker}});
    if (const auto video = find_video_of_job(*app_.db, lease->id); video.ok() && *video)
        app_.video_changed((*video)->id);
    return std::optional<http::Response>(http::json_text(200, body.dump()));
}

http::Response Claims::ask(const std::string& worker, const store::Capabilities& can,
                           double wait_s) {
    store::Lease lease;
    auto answer = try_claim(worker, can, &lease);
    if (!answer.ok()) {
        log_event(base::LogLevel::Error, "claim_failed", {{"reason", answer.error().text()}});
        if (lease.id) (void)app_.queue->release(lease.id, lease.attempt);
        return to_response(unavailable("The server's database did not answer.", 2));
    }
    if (*answer) return std::move(**answer);
    if (wait_s <= 0 || app_.draining) return http::text(204, "");
    const auto later = http::Later::create(wait_s, http::text(204, ""));
    {
        const std::lock_guard guard(lock_);
        waiting_.push_back({worker, can, later});
    }
    http::Response response;
    response.body = later;
    return response;
}

void Claims::serve_waiting() {
    // One round at a time: two rounds for the same waiting worker would claim twice.
    const std::lock_guard serving(serving_);
    std::list<Waiting> round;
    {
        const std::lock_guard guard(lock_);
        round.swap(waiting_);
    }
    for (auto it = round.begin(); it != round.end();) {
        if (it->later->gone()) {
            it = round.erase(it);
            continue;
        }
        store::Lease lease;
        auto answer = try_claim(it->worker, it->can, &lease);
        if (answer.ok() && *answer) {
            if (it->later->gone()) (void)app_.queue->release(lease.id, lease.attempt);
            else it->later->answer(std::move(**answer));
            it = round.erase(it);
        } else {
            if (!answer.ok() && lease.id) (void)app_.queue->release(lease.id, lease.attempt);
            ++it;
        }
    }
    const std::lock_guard guard(lock_);
    waiting_.splice(waiting_.begin(), round);
}

size_t Claims::waiting() const {
    const std::lock_guard guard(lock_);
    return waiting_.size();
}

}  // namespace server
