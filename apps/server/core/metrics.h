// Counters for /metrics in Prometheus' text format (version 0.0.4). Counting is a few atomic adds.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace server {

class Metrics {
public:
    // Before serving: the patterns that requests are counted under.
    void set_routes(const std::vector<std::string_view>& patterns);
    // `route` is RequestHead::route, a view into one of the patterns; any other counts as "none".
    void count_request(std::string_view route, int status, int64_t duration_us, int64_t bytes_in,
                       int64_t bytes_out);

    std::atomic<int64_t> videos_created{0}, videos_completed{0}, videos_failed{0},
        videos_cancelled{0}, videos_blocked{0}, jobs_lost{0}, lease_deaths{0}, job_retries{0},
        rate_limited{0}, unauthorised{0}, webhooks_sent{0}, webhooks_failed{0}, workers_started{0};
    std::atomic<int64_t> film_ms{0}, made_ms{0};  // length of finished films; time they took

    // `gauges`: name, help and value of what is only known now.
    struct Gauge {
        std::string_view name, help;
        double value;
    };
    std::string text(const std::vector<Gauge>& gauges) const;

private:
    static constexpr std::array<int64_t, 10> kBucketsUs = {
        500, 1'000, 2'500, 5'000, 10'000, 50'000, 250'000, 1'000'000, 5'000'000, 30'000'000};
    struct Entry {
        std::string route;
        std::array<std::atomic<int64_t>, 6> by_class{};  // 1xx .. 5xx
        std::array<std::atomic<int64_t>, 11> buckets{};
        std::atomic<int64_t> sum_us{0}, count{0};
    };
    Entry& entry_of(std::string_view route);

    std::vector<std::unique_ptr<Entry>> entries_;
    std::unordered_map<const char*, Entry*> by_pattern_;
    Entry none_{"none", {}, {}, {}, {}};
    std::atomic<int64_t> bytes_in_{0}, bytes_out_{0};
};

}  // namespace server
