#include "apps/server/core/metrics.h"

#include <cinttypes>
#include <cstdio>

namespace server {
namespace {

void add(std::string& out, const char* format, auto... values) {
    char line[512];
    std::snprintf(line, sizeof line, format, values...);
    out += line;
}

void head(std::string& out, std::string_view name, std::string_view help, const char* type) {
    out.append("# HELP ").append(name).append(" ").append(help).append("\n");
    out.append("# TYPE ").append(name).append(" ").append(type).append("\n");
}

}  // namespace

void Metrics::set_routes(const std::vector<std::string_view>& patterns) {
    for (const std::string_view pattern : patterns) {
        auto entry = std::make_unique<Entry>();
        entry->route = std::string(pattern);
        // Several methods share a pattern's text but not its address: one line for all of them.
        Entry* target = entry.get();
        for (const auto& known : entries_) {
            if (known->route == pattern) target = known.get();
        }
        if (target == entry.get()) entries_.push_back(std::move(entry));
        by_pattern_[pattern.data()] = target;
    }
}

Metrics::Entry& Metrics::entry_of(std::string_view route) {
    const auto found = by_pattern_.find(route.data());
    return found == by_pattern_.end() ? none_ : *found->second;
}

void Metrics::count_request(std::string_view route, int status, int64_t duration_us,
                            int64_t bytes_in, int64_t bytes_out) {
    constexpr auto relaxed = std::memory_order_relaxed;
    Entry& entry = entry_of(route);
    entry.by_class[static_cast<size_t>(status / 100) % 6].fetch_add(1, relaxed);
    size_t bucket = 0;
    while (bucket < kBucketsUs.size() && duration_us > kBucketsUs[bucket]) ++bucket;
    entry.buckets[bucket].fetch_add(1, relaxed);
    entry.sum_us.fetch_add(duration_us, relaxed);
    entry.count.fetch_add(1, relaxed);
    bytes_in_.fetch_add(bytes_in, relaxed);
    bytes_out_.fetch_add(bytes_out, relaxed);
}

std::string Metrics::text(const std::vector<Gauge>& gauges) const {
    std::string out;
    std::vector<const Entry*> all = {&none_};
    for (const auto& entry : entries_) all.push_back(entry.get());
    head(out, "aozora_http_requests_total", "Answered requests.", "counter");
    for (const Entry* entry : all) {
        for (size_t c = 1; c < 6; ++c) {
            if (const int64_t count = entry->by_class[c].load(); count > 0) {
                add(out, "aozora_http_requests_total{route=\"%s\",status=\"%zuxx\"} %" PRId64 "\n",
                    entry->route.c_str(), c, count);
            }
        }
    }
    head(out, "aozora_http_request_seconds", "Time from head to end of the answer.", "histogram");
    for (const Entry* entry : all) {
        if (entry->count.load() == 0) continue;
        int64_t below = 0;
        for (size_t i = 0; i < kBucketsUs.size(); ++i) {
            below += entry->buckets[i].load();
            add(out, "aozora_http_request_seconds_bucket{route=\"%s\",le=\"%g\"} %" PRId64 "\n",
                entry->route.c_str(), static_cast<double>(kBucketsUs[i]) / 1e6, below);
        }
        below += entry->buckets[kBucketsUs.size()].load();
        add(out, "aozora_http_request_seconds_bucket{route=\"%s\",le=\"+Inf\"} %" PRId64 "\n",
            entry->route.c_str(), below);
        add(out, "aozora_http_request_seconds_sum{route=\"%s\"} %.6f\n", entry->route.c_str(),
            static_cast<double>(entry->sum_us.load()) / 1e6);
        add(out, "aozora_http_request_seconds_count{route=\"%s\"} %" PRId64 "\n",
            entry->route.c_str(), entry->count.load());
    }
    const struct {
        const char* name;
        const char* help;
        int64_t value;
    } counters[] = {
        {"aozora_http_received_bytes_total", "Bytes of bodies received.", bytes_in_.load()},
        {"aozora_http_sent_bytes_total", "Bytes of bodies sent.", bytes_out_.load()},
        {"aozora_videos_created_total", "Accepted videos.", videos_created.load()},
        {"aozora_videos_completed_total", "Videos that were made.", videos_completed.load()},
        {"aozora_videos_failed_total", "Videos that failed.", videos_failed.load()},
        {"aozora_videos_cancelled_total", "Videos that were cancelled.", videos_cancelled.load()},
        {"aozora_videos_blocked_total", "Videos refused by moderation.", videos_blocked.load()},
        {"aozora_jobs_lost_total", "Answers of workers whose lease was over.", jobs_lost.load()},
        {"aozora_lease_deaths_total", "Leases that ran out.", lease_deaths.load()},
        {"aozora_job_retries_total", "Jobs that were queued again.", job_retries.load()},
        {"aozora_rate_limited_total", "Requests refused by a limit.", rate_limited.load()},
        {"aozora_unauthorised_total", "Requests without a valid key.", unauthorised.load()},
        {"aozora_webhooks_sent_total", "Webhooks that were taken.", webhooks_sent.load()},
        {"aozora_webhooks_failed_total", "Tries of webhooks that failed.", webhooks_failed.load()},
        {"aozora_workers_started_total", "Worker processes started.", workers_started.load()},
        {"aozora_film_milliseconds_total", "Length of finished films.", film_ms.load()},
        {"aozora_making_milliseconds_total", "Time that finished films took.", made_ms.load()},
    };
    for (const auto& counter : counters) {
        head(out, counter.name, counter.help, "counter");
        add(out, "%s %" PRId64 "\n", counter.name, counter.value);
    }
    for (const Gauge& gauge : gauges) {
        head(out, gauge.name, gauge.help, "gauge");
        add(out, "%s %g\n", std::string(gauge.name).c_str(), gauge.value);
    }
    return out;
}

}  // namespace server
