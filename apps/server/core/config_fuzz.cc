// Any bytes as a configuration file: what is accepted is within the ranges that the manual states,
// and what is refused says where.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "apps/server/core/config.h"

namespace {

void expect(bool holds) {
    if (!holds) std::abort();
}

void expect_limit(const std::optional<int64_t>& limit) { expect(!limit || *limit >= 0); }

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    server::Config config = server::default_config();
    const base::Status read = server::read_config_text(text, "aozora.toml", config);
    if (!read.ok()) {
        expect(!read.error().message.empty());
        expect(read.error().where.starts_with("aozora.toml:"));
        return 0;
    }
    expect(config.io_threads >= 0 && config.io_threads <= 256);
    expect(config.most_connections >= 8 && config.most_upload_bytes >= 1024);
    expect(config.drain_s >= 0 && config.drain_s <= 3600);
    expect(!config.retention_days || *config.retention_days > 0);
    expect(config.low_disk_bytes >= 0 && config.workers >= 0 && config.worker_threads >= 0);
    expect(config.lease_s >= 1 && config.lease_s <= 3600 && config.max_deaths >= 1);
    expect(config.most_seconds >= 0.1 && config.most_extended_seconds >= 0.1);
    expect(config.most_pixels >= 1024 && config.most_waiting >= 1);
    expect_limit(config.key_limits.requests_per_minute);
    expect_limit(config.key_limits.concurrent_jobs);
    expect_limit(config.key_limits.units_per_day);
    for (const auto& [name, units] : config.units) expect(std::isfinite(units) && units >= 0);
    for (const server::ConfigWebhook& hook : config.webhooks) {
        expect(!hook.url.empty() && hook.project_id >= 1);
    }
    return 0;
}
