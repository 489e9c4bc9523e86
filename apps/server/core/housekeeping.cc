#include "apps/server/core/housekeeping.h"

#include <ctime>

#include "apps/server/archive/files.h"
#include "apps/server/archive/webhooks.h"
#include "apps/server/core/batch_runner.h"
#include "apps/server/core/endings.h"
#include "apps/server/core/event_log.h"
#include "base/net/http_client.h"

namespace server {
namespace {

constexpr int64_t kOrphanGraceMs = 3'600'000;
constexpr int64_t kIdempotencyMs = int64_t{24} * 3'600'000;
constexpr double kSweepEveryS = 600;

void warn(const char* what, const base::Error& error) {
    log_event(base::LogLevel::Warning, what, {{"reason", error.text()}});
}

void sweep(App& app) {
    if (const auto gone = expire_contents(*app.db); gone.ok()) {
        for (const std::string& id : *gone) app.video_changed(id);
    } else {
        warn("expiry", gone.error());
    }
    if (const auto gone = delete_expired_files(*app.db); !gone.ok()) warn("expiry", gone.error());
    if (const auto old =
            app.db->write("DELETE FROM idempotency WHERE created_ms < {now} - ?", {kIdempotencyMs});
        !old.ok())
        warn("expiry", old.error());
    if (const auto old = app.db->write("DELETE FROM deliveries WHERE ended_ms < {now} - ?",
                                       {7 * kIdempotencyMs});
        !old.ok())
        warn("expiry", old.error());
    const auto swept = store::sweep_orphans(*app.db, *app.blobs, kOrphanGraceMs);
    if (!swept.ok()) warn("sweep", swept.error());
    else if (*swept > 0) log_event(base::LogLevel::Info, "swept_orphans", {{"count", *swept}});
}

void deliver(App& app, const Delivery& delivery) {
    const int64_t now = std::time(nullptr);
    base::HttpRequest request;
    request.method = "POST";
    request.url = delivery.url;
    request.body = delivery.payload;
    request.headers = {{"Content-Type", "application/json"},
                       {"User-Agent", "Aozora-Webhooks/1"},
                       {"webhook-id", delivery.id},
                       {"webhook-timestamp", std::to_string(now)},
                       {"webhook-signature",
                        webhook_signature(delivery.secret, delivery.id, now, delivery.payload)}};
    request.timeout_s = 20;
    request.connect_timeout_s = 5;
    request.max_body_bytes = 64 << 10;
    request.allow_private = app.config.webhooks_to_private;
    const auto answer = base::http_exchange(request);
    const std::string said =
        answer.ok() ? "status " + std::to_string(answer->status) : answer.error().message;
    base::Status stored;
    if (answer.ok() && answer->ok()) {
        ++app.metrics.webhooks_sent;
        stored = delivery_done(*app.db, delivery.id, said);
    } else {
        ++app.metrics.webhooks_failed;
        log_event(base::LogLevel::Warning, "webhook_failed",
                  {{"event", delivery.id},
                   {"url", base::url_without_secrets(delivery.url)},
                   {"attempt", delivery.attempts},
                   {"answer", said}});
        stored = delivery_failed(*app.db, delivery, said);
    }
    if (!stored.ok()) warn("webhook", stored.error());
}

}  // namespace

Housekeeping::Housekeeping(App& app) : app_(app) {
    const auto wake = [this](const std::string&) {
        const std::lock_guard guard(lock_);
        ++wakes_;
        changed_.notify_all();
    };
    listeners_.push_back(app.db->listen("ended", wake));
    listeners_.push_back(app.db->listen("batches", wake));
    threads_.emplace_back([this] { look_after_leases(); });
    threads_.emplace_back([this] { look_after_batches(); });
    threads_.emplace_back([this] { send_webhooks(); });
}

Housekeeping::~Housekeeping() { stop(); }

void Housekeeping::stop() {
    {
        const std::lock_guard guard(lock_);
        stopping_ = true;
        changed_.notify_all();
    }
    for (std::thread& thread : threads_) {
        if (thread.joinable()) thread.join();
    }
    listeners_.clear();
}

bool Housekeeping::pause(double seconds) {
    std::unique_lock guard(lock_);
    const int64_t before = wakes_;
    changed_.wait_for(guard, std::chrono::duration<double>(seconds),
                      [&] { return stopping_ || wakes_ != before; });
    return !stopping_;
}

void Housekeeping::look_after_leases() {
    auto swept = std::chrono::steady_clock::now() - std::chrono::hours(1);
    while (true) {
        // Not pause(): a busy server's wakes must not make this look more often than it need.
        {
            std::unique_lock guard(lock_);
            if (changed_.wait_for(guard, std::chrono::seconds(1), [&] { return stopping_; }))
                return;
        }
        const auto reaped =
            app_.queue->reap([&](store::Tx& tx, const store::JobRow& job) -> base::Status {
                const store::JobError error =
                    job.error.value_or(store::JobError{"worker_lost",
                                                       "The video could not be made: its worker "
                                                       "died too often."});
                return end_failed(app_, tx, job.id, error);
            });
        if (!reaped.ok()) {
            warn("leases", reaped.error());
        } else if (*reaped > 0) {
            app_.metrics.lease_deaths += *reaped;
            log_event(base::LogLevel::Warning, "leases_ran_out", {{"count", *reaped}});
        }
        app_.wake_workers();  // also for retries whose time has come
        const auto now = std::chrono::steady_clock::now();
        if (now - swept > std::chrono::duration<double>(kSweepEveryS)) {
            swept = now;
            sweep(app_);
        }
    }
}

void Housekeeping::look_after_batches() {
    BatchRunner runner(app_);
    while (true) {
        runner.step();
        if (!pause(2)) return;
    }
}

void Housekeeping::send_webhooks() {
    while (true) {
        const auto delivery = take_delivery(*app_.db);
        if (!delivery.ok()) warn("webhooks", delivery.error());
        if (delivery.ok() && *delivery) {
            deliver(app_, **delivery);
            const std::lock_guard guard(lock_);
            if (stopping_) return;
            continue;
        }
        if (!pause(2)) return;
    }
}

}  // namespace server
